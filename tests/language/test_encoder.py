"""The encoder component, with a stand-in for its graph: what it does with scores, not the scores themselves."""

import json
import pickle
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from claimx.errors import ModelError
from claimx.language.encoder import ClaimxEncoder, make_encoder
from claimx.language.graph import ARRAYS_FILE, GRAPH_FILE, EncoderGraph, WordScores
from claimx.language.pieces import Batch
from claimx.language.scheme import LabelScheme
from claimx.language.words import SHAPES, word_shape

SCHEME = LabelScheme(
    upos=("NOUN", "PUNCT", "PROPN"),
    xpos=("NN", ".", "NNP"),
    feats=("", "Number=Sing"),
    lemma_scripts=("keep|0|", "keep|1|"),
    deprels=("dep", "root"),
    entity_types=("ORG", "GPE"),
    noun_classes=("", "person", "place"),
    shapes=len(SHAPES),
)


class RuleGraph:
    """Stands in for the ONNX graph: capitalised words are names of places, each word hangs from the one before it.

    A capitalised word or a number begins a sentence with a probability of 0.9; marks are punctuation.
    """

    root_arc = np.array([0.0, 0.0, 4.0], dtype=np.float32)
    root_label = np.zeros(2, dtype=np.float32)

    def __init__(self) -> None:
        self.batches: list[Batch] = []

    def run(self, batch: Batch) -> WordScores:
        self.batches.append(batch)
        shapes = batch.word_shapes
        count = len(shapes)
        name = shapes == word_shape("Syria")
        mark = shapes == word_shape(",")
        tags = np.zeros((count, 5), dtype=np.int64)
        tags[:, 0] = tags[:, 1] = np.where(name, 2, np.where(mark, 1, 0))
        tags[:, 2] = name
        tags[:, 4] = 2
        bio = np.full((count, 5), -9.0, dtype=np.float32)
        bio[np.arange(count), np.where(name, 3, 0)] = 0.0
        bio[:, 4] = np.where(np.roll(name, 1), -0.1, -9.0)
        # the score of an arc is minus the square of its length but for one: dependents look one word back
        position = np.arange(count, dtype=np.float32)
        dependent = np.stack([2 * (position - 1), -np.ones(count), -((position - 1) ** 2) - 2], axis=1)
        head = np.stack([position, position**2, np.ones(count)], axis=1)
        zeros = np.zeros((count, 2), dtype=np.float32)
        return WordScores(
            tags=tags,
            starts=np.where(name, 0.9, 0.1).astype(np.float32),
            bio=bio,
            arc_dependent=dependent.astype(np.float32),
            arc_head=head.astype(np.float32),
            label_dependent=zeros,
            label_head=zeros,
        )

    def relations(self, dependents: np.ndarray, heads: np.ndarray) -> np.ndarray:
        return np.zeros(len(dependents), dtype=np.int64)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("encoder")
    (path / "scheme.json").write_text(SCHEME.model_dump_json())
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    letters = [prefix + letter for prefix in ("", "##") for letter in "abcdefghijklmnopqrstuvwxyz0123456789.,"]
    vocabulary = {name: index for index, name in enumerate([*special, *letters])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(path / "pieces.json"))
    (path / GRAPH_FILE).write_bytes(b"no graph")
    np.savez(path / ARRAYS_FILE)
    return path


@pytest.fixture
def nlp(folder: Path) -> Language:
    return build(folder)


def build(folder: Path, window_pieces: int = 144) -> Language:
    nlp = spacy.blank("en")
    encoder = nlp.add_pipe("claimx_encoder", config={"window_pieces": window_pieces, "batch_pieces": 512, "threads": 1})
    assert isinstance(encoder, ClaimxEncoder)
    encoder.from_disk(folder)
    encoder._graph = RuleGraph()  # type: ignore[assignment]
    return nlp


def test_sets_every_layer(nlp: Language) -> None:
    doc = nlp("Troops left Syria,")
    assert [token.tag_ for token in doc] == ["NNP", "NN", "NNP", "."]
    assert [token.pos_ for token in doc] == ["PROPN", "NOUN", "PROPN", "PUNCT"]
    assert str(doc[0].morph) == "Number=Sing"
    assert [token.lemma_ for token in doc] == ["Troops", "left", "Syria", ","]
    assert [ent.text for ent in doc.ents] == ["Troops", "Syria"]
    for layer in ("TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_IOB", "SENT_START"):
        assert doc.has_annotation(layer, require_complete=True), layer


def test_sentences_begin_where_the_graph_says(nlp: Language) -> None:
    doc = nlp("troops left Syria today")
    assert [sent.text for sent in doc.sents] == ["troops left", "Syria today"]
    assert [token.head.i for token in doc] == [0, 0, 2, 2]
    assert [token.dep_ for token in doc][1] == "dep"


def test_paragraphs_begin_sentences_whatever_the_graph_says(nlp: Language) -> None:
    doc = nlp("troops left\n\nthey say\nso it is")
    assert [sent.text.strip() for sent in doc.sents] == ["troops left", "they say", "so it is"]


def test_sentences_set_before_are_kept(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=["troops", "left", "Syria", "today"], sent_starts=[True, False, False, True])
    nlp.get_pipe("claimx_encoder")(doc)
    assert [sent.text.strip() for sent in doc.sents] == ["troops left Syria", "today"]


def test_white_space_hangs_from_its_neighbour_and_is_never_read(nlp: Language) -> None:
    doc = nlp("\n troops  left\n")
    spaces = [token for token in doc if token.is_space]
    assert len(spaces) == 3
    for token in spaces:
        assert (token.pos_, token.tag_, token.dep_, token.lemma_) == ("SPACE", "_SP", "dep", token.text)
        assert not token.head.is_space
        assert token._.noun_class == ""
        assert token._.arc_prob is None
    graph = nlp.get_pipe("claimx_encoder")._graph
    assert len(graph.batches[-1].firsts) == 2


def test_white_space_inside_a_name_is_part_of_it(nlp: Language) -> None:
    doc = nlp("in Tartus \u00a0 port")
    assert [(ent.text, ent.label_) for ent in doc.ents] in ([("Tartus", "GPE")], [("Tartus \u00a0 port", "GPE")])


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0"])
def test_texts_without_words_pass(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert not doc.ents
    assert all(token.is_space for token in doc)


def test_nominals_have_a_class_and_all_words_an_arc_probability(nlp: Language) -> None:
    doc = nlp("troops left Syria,")
    assert [token._.noun_class for token in doc] == ["place", "place", "place", ""]
    assert all(0 < token._.arc_prob <= 1 for token in doc)


def test_other_pipelines_have_neither() -> None:
    doc = spacy.blank("en")("troops left")
    assert doc[0]._.noun_class == ""
    assert doc[0]._.arc_prob is None


def test_long_texts_are_read_in_windows(folder: Path) -> None:
    nlp = build(folder, window_pieces=40)
    text = "Aa bb cc dd. " * 40 + "\n\n" + "eee " * 100
    doc = nlp(text)
    graph = nlp.get_pipe("claimx_encoder")._graph
    widths = [batch.pieces.shape[1] for batch in graph.batches]
    assert max(widths) <= 42
    assert sum(len(batch.firsts) for batch in graph.batches) == sum(not token.is_space for token in doc)
    # a paragraph too long for a window is cut after a full stop where it has some
    starts = [sent[0].text for sent in doc.sents]
    assert set(starts[: starts.index("eee")]) == {"Aa"}


def test_a_word_longer_than_a_window_passes(folder: Path) -> None:
    nlp = build(folder, window_pieces=5)
    doc = nlp("a" * 5000 + " bb")
    assert len(doc) == 2


def test_many_docs_at_once_are_as_one_by_one(nlp: Language) -> None:
    texts = ["troops left Syria today", "", "Ships came,\n\nthey left", "a b c " * 50, "\n"]
    together = [doc.to_json() for doc in nlp.pipe(texts)]
    assert together == [nlp(text).to_json() for text in texts]


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet="ab Tz,.\n\r\t\u00a0\u200b“é北", max_size=80))
def test_any_text_passes(folder: Path, text: str) -> None:
    doc = build(folder, window_pieces=12)(text)
    assert doc.text == text
    for token in doc:
        assert token.is_space or not token.head.is_space
        assert token.head.sent == token.sent


def test_comes_back_from_disk_as_a_pipeline(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    encoder = again.get_pipe("claimx_encoder")
    assert encoder.scheme == SCHEME
    meta = json.loads((tmp_path / "pipeline" / "meta.json").read_text())
    assert meta["labels"]["claimx_encoder"] == ["dep", "root", "ORG", "GPE"]


def test_can_be_sent_to_another_process(nlp: Language) -> None:
    encoder = pickle.loads(pickle.dumps(nlp.get_pipe("claimx_encoder")))  # noqa: S301 - our own bytes
    assert encoder.scheme == SCHEME
    assert encoder._graph is None


def test_without_weights_it_says_what_to_do() -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ModelError, match="load a trained pipeline"):
        make_encoder(nlp, "claimx_encoder", 144, 512, 1)(nlp.make_doc("troops"))


def test_missing_files_are_named(tmp_path: Path, nlp: Language) -> None:
    with pytest.raises(ModelError, match=GRAPH_FILE):
        nlp.get_pipe("claimx_encoder").from_disk(tmp_path)


def test_a_damaged_graph_is_an_error_of_ours(folder: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        EncoderGraph(folder)


def test_unknown_scheme_keys_are_refused(folder: Path, tmp_path: Path) -> None:
    for name in (GRAPH_FILE, ARRAYS_FILE, "pieces.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "scheme.json").write_text(json.dumps({**SCHEME.model_dump(), "surprise": 1}))
    nlp = spacy.blank("en")
    with pytest.raises(ModelError, match="train the model again"):
        make_encoder(nlp, "claimx_encoder", 144, 512, 1).from_disk(tmp_path)
