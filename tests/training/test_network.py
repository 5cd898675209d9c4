"""The network in torch, at a size that trains in a moment, and its way to ONNX and spaCy."""

import json
import random
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
torch.set_num_threads(1)
pytest.importorskip("onnx")

import spacy  # noqa: E402 - after what decides whether this file runs
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers  # noqa: E402

from claimx.claims.coreference.pairs import ALONE, SIZES  # noqa: E402
from claimx.claims.coreference.resolver import BARS  # noqa: E402
from claimx.language.antecedents import COREFERENCE_FILE, AntecedentScorer  # noqa: E402
from claimx.language.graph import EncoderGraph  # noqa: E402
from claimx.language.pieces import PieceTable, make_batch  # noqa: E402
from claimx.language.words import word_shape  # noqa: E402
from claimx_training import entity_labels as labels  # noqa: E402
from claimx_training.batches import BatchMaker, make_windows  # noqa: E402
from claimx_training.coreference.head import Batch, CoreferenceHead, joined  # noqa: E402
from claimx_training.coreference.joining import MENTION_WIDTH  # noqa: E402
from claimx_training.coreference.recipe import head_arrays  # noqa: E402
from claimx_training.export import Int8Embedding, RunningNetwork, export_graph, export_semantics  # noqa: E402
from claimx_training.network import SHAPE_WIDTH, ClaimxNetwork, EncoderSize  # noqa: E402
from claimx_training.semantics.network import SemanticNetwork  # noqa: E402
from claimx_training.sentences import Sentence  # noqa: E402
from claimx_training.train import compute_losses, head_sizes, make_scheme  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")  # the exporters of torch and onnx warn of their own plans

SIZE = EncoderSize(vocabulary=60, width=24, layers=2, heads=2, feed_forward=48, positions=64)


def sentence(words: str, heads: list[int], deprels: str, document: str = "d") -> Sentence:
    split = words.split()
    return Sentence(
        words=split,
        spaces=[True] * len(split),
        document=document,
        upos=["NOUN" if word[0].isupper() else "VERB" for word in split],
        xpos=["NN"] * len(split),
        feats=[""] * len(split),
        lemmas=[word.lower() for word in split],
        heads=heads,
        deprels=deprels.split(),
        entities=[labels.begin({"ORG"}) if word[0].isupper() else labels.OUTSIDE for word in split],
        noun_classes=["person" if word[0].isupper() else "" for word in split],
    )


TREES = [
    sentence("Anna left", [1, -1], "nsubj root"),
    sentence("Ships left Mali", [1, -1, 1], "nsubj root obj"),
]


@pytest.fixture(scope="module")
def table() -> PieceTable:
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghijklmnopqrstuvwxyz"]
    names += ["##" + letter for letter in "abcdefghijklmnopqrstuvwxyz"]
    tokenizer = Tokenizer(models.WordPiece({name: index for index, name in enumerate(names)}, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return PieceTable(tokenizer)


def make_network() -> ClaimxNetwork:
    torch.manual_seed(1)
    return ClaimxNetwork(SIZE, head_sizes(make_scheme(TREES)))


def test_windows_keep_documents_apart_and_lose_no_sentence() -> None:
    many = [TREES[index % 2].copy(document=str(index // 5)) for index in range(40)]
    windows = make_windows(many, random.Random(1))  # noqa: S311 - no secrets
    assert [one for window in windows for one in window] == many
    assert all(len({one.document for one in window}) == 1 for window in windows)


def test_batches_hold_the_labels_of_every_word(table: PieceTable) -> None:
    scheme = make_scheme(TREES)
    batch = BatchMaker(scheme, table).batch([TREES, [TREES[0]]])
    assert batch.present.tolist() == [[True] * 5, [True, True, False, False, False]]
    assert batch.heads.tolist() == [[2, 0, 4, 0, 4], [2, 0, -1, -1, -1]]
    assert batch.starts.tolist() == [[1, 0, 1, 0, 0], [1, 0, -1, -1, -1]]
    assert batch.sentence.tolist()[0] == [0, 0, 1, 1, 1]


def test_a_few_steps_lower_every_loss(table: PieceTable) -> None:
    network = make_network()
    batch = BatchMaker(make_scheme(TREES), table).batch([TREES])
    optimizer = torch.optim.Adam(network.parameters(), lr=3e-3)
    first: dict[str, float] = {}
    for step in range(40):
        network.train(step < 39)
        losses = compute_losses(network, network(**batch.inputs), batch)
        first = first or {name: float(value) for name, value in losses.items()}
        optimizer.zero_grad()
        torch.stack(list(losses.values())).sum().backward()
        optimizer.step()
    last = {name: float(value) for name, value in losses.items()}
    assert all(last[name] < first[name] or first[name] < 0.05 for name in first), (first, last)
    assert last["arcs"] < 0.5


def test_what_is_unknown_costs_nothing(table: PieceTable) -> None:
    network = make_network().eval()
    open_sentence = TREES[0].copy(entities=[labels.ANYTHING] * 2, heads=None)
    batch = BatchMaker(make_scheme(TREES), table).batch([[open_sentence]])
    losses = compute_losses(network, network(**batch.inputs), batch)
    assert float(losses["entities"]) == 0
    assert "arcs" not in losses
    assert float(losses["upos"]) == 0


def test_an_int8_embedding_is_near_the_first() -> None:
    weight = torch.randn(20, 8)
    index = torch.tensor([3, 7])
    assert torch.allclose(Int8Embedding(weight)(index), weight[index], atol=0.03)


@pytest.mark.parametrize("quantize", [False, True])
def test_the_exported_graph_computes_what_the_network_does(table: PieceTable, tmp_path: Path, quantize: bool) -> None:
    network = make_network().eval()
    words = [["Anna", "left"], ["Ships", "left", "Mali", "today"]]
    batch = make_batch([(table.look_up(one), [word_shape(word) for word in one]) for one in words], table)
    with torch.no_grad():
        inputs = [torch.from_numpy(value) for value in batch.inputs().values()]
        expected = [value.numpy() for value in RunningNetwork(network)(*inputs)]
    export_graph(network, tmp_path, quantize=quantize)
    found = EncoderGraph(tmp_path).run(batch)
    tolerance = 0.25 if quantize else 1e-4
    for name, value in zip(("starts", "bio", "arc_dependent", "arc_head"), (expected[1:5]), strict=True):
        assert np.allclose(getattr(found, name), value, atol=tolerance), name
    if not quantize:
        assert np.array_equal(found.tags, expected[0])


@pytest.mark.parametrize("learned", [True, False])
def test_a_graph_gives_mention_vectors_where_coreference_was_learned(
    table: PieceTable, tmp_path: Path, *, learned: bool
) -> None:
    network = make_network()
    semantic = SemanticNetwork(network.encoder, network.word_shapes, senses=3, labels=2, shared=1)
    width = SIZE.width + SHAPE_WIDTH
    head = CoreferenceHead(2 * width)
    if learned:
        semantic.mention = head.mention
        np.savez(tmp_path / COREFERENCE_FILE, **head_arrays(head), least=np.full(len(BARS), 0.5, dtype=np.float32))
    export_semantics(semantic, tmp_path, {"senses": ["a", "b", "c"], "labels": ["ARG0"], "frames": {}})
    export_graph(network, tmp_path, quantize=False, semantic=semantic.eval())
    words = ["Anna", "left", "Mali"]
    graph = EncoderGraph(tmp_path)
    found = graph.run(make_batch([(table.look_up(words), [word_shape(word) for word in words])], table))
    assert found.vectors is not None
    assert graph.semantics is not None
    assert (graph.semantics.antecedents is not None) == learned
    if learned:
        assert found.vectors.mention is not None
        assert found.vectors.mention.shape == (3, MENTION_WIDTH)
    else:
        assert found.vectors.mention is None


def test_a_head_scores_alike_in_torch_and_as_it_runs() -> None:
    torch.manual_seed(1)
    heads = [CoreferenceHead(6).eval(), CoreferenceHead(6).eval()]
    head = joined(heads)
    columns = np.cumsum([0, *SIZES.values()])[:-1]
    singles = np.cumsum([0, *ALONE.values()])[:-1]
    vectors = torch.randn(3, 6)
    batch = Batch(
        vectors=vectors, anaphors=torch.tensor([1, 2]), alone=torch.from_numpy(np.stack([singles, singles])),
        left=torch.tensor([1, 2, 2]), right=torch.tensor([0, 1, 0]), codes=torch.from_numpy(np.stack([columns] * 3)),
        row=torch.tensor([0, 1, 1]), column=torch.tensor([1, 1, 2]), width=2,
        truth=torch.zeros(2, 3, dtype=torch.bool), learnable=torch.ones(2, dtype=torch.bool),
    )  # fmt: skip
    with torch.no_grad():
        expected = head(batch).numpy()
        mean = (heads[0](batch) + heads[1](batch)).numpy() / 2
        mentions = head.mention(vectors).numpy()
    assert expected == pytest.approx(mean, abs=1e-5)
    scorer = AntecedentScorer(**head_arrays(head))
    pairs = scorer.pairs(mentions, np.asarray([1, 2, 2]), np.asarray([0, 1, 0]), np.stack([columns] * 3))
    assert pairs == pytest.approx(expected[[0, 1, 1], [1, 1, 2]], abs=1e-5)
    assert scorer.of_nothing(mentions[[1, 2]], np.stack([singles, singles])) == pytest.approx(expected[:, 0], abs=1e-5)


def test_a_checkpoint_becomes_a_pipeline(table: PieceTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from claimx_training import export

    checkpoint = tmp_path / "checkpoint"
    checkpoint.mkdir()
    torch.save(make_network().state_dict(), checkpoint / "checkpoint.pt")
    (checkpoint / "scheme.json").write_text(make_scheme(TREES).model_dump_json())
    (checkpoint / "training.json").write_text(json.dumps({"epochs": 1}))
    start = tmp_path / "start"
    start.mkdir()
    table._tokenizer.save(str(start / "tokenizer.json"))
    monkeypatch.setattr(export, "encoder_folder", lambda: start)
    monkeypatch.setattr(export, "EncoderSize", lambda: SIZE)
    made = export.export_pipeline(checkpoint, tmp_path / "en_made", meta={"license": "none"})
    nlp = spacy.load(made)
    doc = nlp("Anna left Mali.")
    assert doc.has_annotation("DEP")
    assert nlp.meta["license"] == "none"
    assert nlp.meta["training"] == {"epochs": 1}
    # exported again over what is there
    export.export_pipeline(checkpoint, tmp_path / "en_made", quantize=False)
