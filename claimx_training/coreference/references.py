"""The marks of who *he* and *the vessel* are in news and in written excerpts, kept stand-off like those of movements.

A line is one text, named as in the movement marks; `references` are pairs of what takes something up and the nearest
earlier phrase that names or describes the same one, None where the text has none. A phrase is [sentence, start, end]:
the sentence's place in the text, from 0, and characters in it. Pronouns and general nouns that take something up were
marked, all of them, but no names: only what is marked teaches. Where a text is of several articles, as those of GMB
are, `begins` holds the sentences that begin another one, and each article is a document: nothing in it is taken up in
the next.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from itertools import pairwise
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from claimx_training.coreference.corpora import Document


def references_file() -> Path:
    """The marks of references that claimx brings along for training."""
    return Path(str(resources.files("claimx_training"))) / "marks" / "references.jsonl"


def read_references(path: Path, sentences_of: Callable[[str], Sequence[str]], nlp: Language) -> Iterator[Document]:
    """Yield the marked articles in the tokens of `nlp`; what takes something up is in their `anaphors`.

    `sentences_of` gives the sentences of a text by its name (`MarkedTexts.sentences`). The articles of a text all have
    its name.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        sentences = sentences_of(record["text"])
        for first, last in pairwise([0, *record.get("begins", ()), len(sentences)]):
            inside = [pair for pair in record["references"] if all(at is None or first <= at[0] < last for at in pair)]
            moved = [[at and [at[0] - first, *at[1:]] for at in pair] for pair in inside]
            if moved:
                yield _document(record["text"], sentences[first:last], moved, nlp)


def _document(name: str, sentences: Sequence[str], references: list[list[list[int]]], nlp: Language) -> Document:
    starts = [0]
    for sentence in sentences:
        starts.append(starts[-1] + len(sentence) + 1)
    doc = nlp.make_doc(" ".join(sentences))
    document = Document(
        name,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        begins=[any(token.idx == start for start in starts) for token in doc],
    )
    clusters: dict[tuple[int, int], str] = {}
    for anaphor, antecedent in references:
        taken = _words(doc, starts, anaphor)
        if taken is None:
            continue
        cluster = clusters.get(taken, f"c{taken[0]}-{taken[1]}")
        if antecedent is not None:
            named = _words(doc, starts, antecedent)
            if named is None:
                continue
            joined = clusters.get(named, cluster)
            clusters = {span: joined if name == cluster else name for span, name in clusters.items()}
            clusters[named] = cluster = joined
        clusters[taken] = cluster
        document.anaphors.add(taken)
    document.phrases = [(start, end, cluster) for (start, end), cluster in clusters.items()]
    return document


def _words(doc: Doc, starts: list[int], phrase: list[int]) -> tuple[int, int] | None:
    """The first token of a phrase and the one after its last."""
    begin = starts[phrase[0]]
    span = doc.char_span(begin + phrase[1], begin + phrase[2], alignment_mode="expand")
    return None if span is None else (span.start, span.end)
