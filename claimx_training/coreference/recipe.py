"""From semantic layers to a coreference head on them: read the corpora, encode, train, find thresholds, store."""

import logging
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
import spacy
import torch
from spacy.language import Language
from torch import nn

from claimx.claims.coreference.chains import Chains
from claimx.claims.coreference.reading import Reading
from claimx.claims.coreference.resolver import Resolver
from claimx.language.antecedents import COREFERENCE_FILE, SECOND, Antecedents, MentionVectors, make_antecedents
from claimx.language.cascade import CASCADE_FILE
from claimx.language.semantics import SEMANTICS, semantics_of
from claimx_training.coreference.corpora import Document, read_gum, read_litbank
from claimx_training.coreference.examples import Example, make_example
from claimx_training.coreference.graphs import write_mentions
from claimx_training.coreference.head import (
    CoreferenceHead,
    HeadOptions,
    gathered,
    joined,
    separate_heads,
    to_batch,
    train_heads,
)
from claimx_training.coreference.joining import first_heads, joined_scorers, write_scorer
from claimx_training.coreference.measure import Judged, answers, least_sureness
from claimx_training.coreference.references import read_references, references_file
from claimx_training.corpora import CorpusPaths
from claimx_training.semantics.marks import MarkedTexts, is_held_out
from claimx_training.semantics.network import SemanticNetwork

log = logging.getLogger("claimx_training")
STATE_FILE: Final = "coreference.pt"
_NEWS_WEIGHT: Final = 3  # GUM has interviews, speeches and textbooks too
_COMPONENT: Final = "claimx_encoder"


def train_coreference(paths: CorpusPaths, folder: Path, pipeline: Path, options: HeadOptions) -> None:
    """Train the head on the semantic layers of the training folder `folder`, and leave it there.

    The parser is that of `pipeline`; the layers stay as they are. Learns from GUM train, LitBank and the marks of
    references; what is sure enough is found on GUM dev and the held-out marks of references.
    """
    with tempfile.TemporaryDirectory() as scratch:
        nlp = encoding_pipeline(folder, pipeline, Path(scratch) / "pipeline")
        head = train_heads(_learned(paths, nlp, options), options)
        least = _least(paths, nlp, make_antecedents(head_arrays(head)), made=head.mention)
    torch.save({"head": head.state_dict(), "least": torch.tensor(least)}, folder / STATE_FILE)


def add_heads(paths: CorpusPaths, nlp: Language, output: Path, options: HeadOptions) -> None:
    """Train further heads on the word vectors that a pipeline has, and write its scorers with them to `output`.

    The graph stays as it is: the new heads take the vectors that its own learned, and the place of further ones that
    were trained before. Learns from the same texts.
    """
    arrays = _stored(nlp)
    old = first_heads({name: value for name, value in arrays.items() if not name.startswith(SECOND)})
    second = {name: value for name, value in arrays.items() if name.startswith(SECOND)}
    batches = list(gathered(to_batch(e) for e in _learned(paths, nlp, options) if len(e.pairs.anaphors)))
    heads = separate_heads(batches, len(old["product"]), replace(options, mention=None))
    whole = joined_scorers([old, *(head_arrays(head) for head in heads)]) | second
    write_scorer(output, whole | _bars(_least(paths, nlp, make_antecedents(whole))))


def add_second_heads(paths: CorpusPaths, nlp: Language, output: Path, options: HeadOptions) -> None:
    """Train heads on what the second encoder makes of words, and write the pipeline with them to the folder `output`.

    The encoders stay as they are; the second one's graph is given the vectors of mentions that the heads learn.
    """
    shutil.copytree(nlp.path, output)
    files = output / _COMPONENT
    write_mentions(nlp.path / _COMPONENT / CASCADE_FILE, files / CASCADE_FILE, None)
    reader = spacy.load(output)
    reader.get_pipe(_COMPONENT).least_chance = 0.0  # type: ignore[attr-defined]
    batches = list(
        gathered(to_batch(e, second=True) for e in _learned(paths, reader, options) if len(e.pairs.anaphors))
    )
    head = joined(separate_heads(batches, batches[0].vectors.shape[1], options))
    write_mentions(nlp.path / _COMPONENT / CASCADE_FILE, files / CASCADE_FILE, head.mention.layer)
    first = {name: value for name, value in _stored(nlp).items() if not name.startswith(SECOND)}
    whole = first | {SECOND + name: value for name, value in head_arrays(head).items()}
    least = _least(paths, spacy.load(output), make_antecedents(whole))
    write_scorer(files / COREFERENCE_FILE, whole | _bars(least))


def fit_sureness(paths: CorpusPaths, nlp: Language, output: Path) -> None:
    """Find anew from which sureness on a pipeline gives its answers, and write its scorers with that to `output`."""
    arrays = _stored(nlp)
    write_scorer(output, arrays | _bars(_least(paths, nlp, make_antecedents(arrays))))


def _bars(least: list[float]) -> dict[str, Any]:
    return {"least": np.asarray(least, dtype=np.float32)}


def _stored(nlp: Language) -> dict[str, Any]:
    """The arrays of a pipeline's scorers but for the thresholds."""
    with np.load(nlp.path / _COMPONENT / COREFERENCE_FILE) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files if name != "least"}


def _marked(paths: CorpusPaths, nlp: Language, *, held_out: bool) -> Iterator[Document]:
    documents = read_references(references_file(), MarkedTexts(paths).sentences, nlp)
    return (document for document in documents if is_held_out(document.name) == held_out)


def _learned(paths: CorpusPaths, nlp: Language, options: HeadOptions) -> list[Example]:
    """What GUM train, LitBank and the marks of references teach."""
    litbank = read_litbank(paths.root / "coreference" / "litbank.zip", options.litbank_words)
    news = _marked(paths, nlp, held_out=False)
    found = list(encode(chain(read_gum(paths.treebank("gum", "train")), litbank, news), nlp))
    log.info("%d documents, %d pairs", len(found), sum(len(e.pairs.anaphor) for e in found))
    return found


@torch.no_grad()  # type: ignore[untyped-decorator]
def _least(paths: CorpusPaths, nlp: Language, scorers: Antecedents, made: nn.Module | None = None) -> list[float]:
    """From which sureness on each kind of answer is given, by GUM dev and the marks of references held out.

    `made` makes the vectors of mentions from those that the pipeline gives, where its graph does not.
    """
    found: list[Judged] = []

    def resolver(example: Example) -> Resolver:
        chains = Chains(example.reading)
        vectors = example.vectors.as_floats(np.float32)
        if made is not None:
            vectors = MentionVectors(made(torch.from_numpy(vectors.first)).numpy())
        chains.link(scorers, vectors)
        return Resolver(example.reading.doc, chains=chains)

    for example in encode(read_gum(paths.treebank("gum", "dev")), nlp):
        found += answers(resolver(example), example.clusters)
    for example in encode(_marked(paths, nlp, held_out=True), nlp):
        found += _NEWS_WEIGHT * list(answers(resolver(example), example.clusters, example.asked))
    return least_sureness(found)


def encoding_pipeline(folder: Path, pipeline: Path, output: Path) -> Language:
    """The pipeline at `pipeline`, copied to `output`, with the word vectors of `folder`'s layers as mention vectors."""
    from claimx_training.export import export_graph
    from claimx_training.semantics.checkpoint import read_network
    from claimx_training.semantics.network import read_semantic_network

    network = read_network(pipeline / _COMPONENT)
    semantic, _ = read_semantic_network(folder, network)
    semantic.mention = nn.Identity()
    shutil.copytree(pipeline, output)
    (output / _COMPONENT / COREFERENCE_FILE).unlink(missing_ok=True)
    export_graph(network, output / _COMPONENT, quantize=True, semantic=semantic)
    return spacy.load(output)


def encode(documents: Iterable[Document], nlp: Language) -> Iterator[Example]:
    """Yield what each document teaches, with its mentions' vectors."""
    for document in documents:
        doc = document.to_doc(nlp)
        example = make_example(document, doc)
        example = example.with_vectors(vectors_of(example.reading))
        doc.user_data.pop(SEMANTICS)  # vectors of all words, which would fill the memory
        yield example


def vectors_of(reading: Reading) -> MentionVectors:
    """What a pipeline gives of the mentions, halved in precision to need less memory."""
    semantics = semantics_of(reading.doc)
    found = semantics.mention_vectors([m.head for m in reading.mentions]) if semantics is not None else None
    assert found is not None  # noqa: S101 - a pipeline that coreference is learned from has them
    return found.as_floats(np.float16)


def head_arrays(head: CoreferenceHead) -> dict[str, Any]:
    """The arrays of `AntecedentScorer` but for the thresholds."""
    found = {
        "product": head.product.weight.T,
        "product_bias": head.product.bias,
        "anaphor": head.anaphor.weight.T,
        "candidate": head.candidate.weight.T,
        "codes": head.codes.weight,
        "score": head.score.weight[0],
        "single": head.single.weight.T,
        "single_bias": head.single.bias,
        "alone": head.alone.weight,
        "nothing": head.nothing.weight[0],
        "nothing_bias": head.nothing.bias[0],
    }
    return {name: np.ascontiguousarray(value.detach().numpy()) for name, value in found.items()}


def read_head(folder: Path) -> tuple[CoreferenceHead, list[float]] | None:
    """The head of a training folder and its thresholds, None where it has none."""
    path = folder / STATE_FILE
    if not path.is_file():
        return None
    stored = torch.load(path, map_location="cpu", weights_only=True)
    mention, width = stored["head"]["mention.layer.weight"].shape
    head = CoreferenceHead(width, mention=mention, hidden=stored["head"]["score.weight"].shape[1])
    head.load_state_dict(stored["head"])
    head.eval()
    return head, stored["least"].tolist()


def add_head(folder: Path, semantic: SemanticNetwork, output: Path) -> None:
    """Give the semantic layers the mention vectors of the head in `folder`, and write the rest of it into `output`.

    Nothing happens where the folder has none.
    """
    found = read_head(folder)
    if found is not None:
        head, least = found
        semantic.mention = head.mention
        write_scorer(output / COREFERENCE_FILE, head_arrays(head) | _bars(least))
