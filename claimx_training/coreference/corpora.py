"""Documents with coreference: GUM (CoNLL-U with ``Entity=``, Zeldes 2017) and LitBank (CoNLL-2012, Bamman 2020)."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from claimx_training.corpora import entity_marks, read_conllu

_ENTITY = re.compile(r"\(([^()]+)(\))?|([^()]+)\)")


@dataclass(slots=True)
class Document:
    """A text in words with its marked phrases: (first word, word after the last, cluster).

    `heads` holds the head of each word (-1 for a root) where the corpus has trees. `complete` says whether all kinds
    of things are marked: LitBank leaves out what is no person, place, vehicle or organisation. Where `anaphors` holds
    some of the phrases, by their words, only of these it is marked what they take up.
    """

    name: str
    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    begins: list[bool] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    phrases: list[tuple[int, int, str]] = field(default_factory=list)
    complete: bool = True
    anaphors: set[tuple[int, int]] = field(default_factory=set)

    def to_doc(self, nlp: Language) -> Doc:
        """The document as the pipeline reads it, in the corpus's own words and sentences."""
        doc = Doc(nlp.vocab, words=self.words, spaces=self.spaces, sent_starts=list(self.begins))
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
        return doc


def read_gum(path: Path) -> Iterator[Document]:
    """Yield the documents of a part of GUM."""
    for name, sentences in groupby(read_conllu(path), key=lambda sentence: sentence.document):
        document = Document(name)
        opened: dict[str, list[int]] = {}
        for sentence in sentences:
            offset = len(document.words)
            document.words += sentence.words
            document.spaces += ["SpaceAfter=No" not in misc for misc in sentence.misc]
            document.begins += [index == 0 for index in range(len(sentence.words))]
            document.heads += [offset + head if head >= 0 else -1 for head in sentence.heads or ()]
            for word, misc in enumerate(sentence.misc, start=offset):
                document.phrases += _phrases(entity_marks(misc), word, opened, "-")
        yield document


def read_litbank(path: Path, limit: int) -> Iterator[Document]:
    """Yield the documents of LitBank's archive in CoNLL-2012, the first `limit` words of each."""
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if not name.endswith(".conll"):
                continue
            document, opened, begins = Document(f"litbank_{name}", complete=False), {}, True  # type: ignore[var-annotated]
            for line in archive.read(name).decode("utf-8").split("\n"):
                fields = line.split("\t")
                if len(fields) < 4:
                    begins = True
                    continue
                word = len(document.words)
                if word == limit:
                    break
                document.words.append(fields[3])
                document.spaces.append(True)
                document.begins.append(begins)
                begins = False
                document.phrases += _phrases(fields[-1].strip(), word, opened, "|")
            yield document


def _phrases(marks: str, word: int, opened: dict[str, list[int]], end: str) -> Iterator[tuple[int, int, str]]:
    """Yield the phrases that end with a word; `end` is what a cluster's name ends before."""
    for mark in marks.split("|") if end == "|" else [marks]:
        for match in _ENTITY.finditer(mark):
            begun, closed, ended = match.groups()
            if begun is not None:
                cluster = begun.split(end)[0].split("[")[0]
                if closed:
                    yield word, word + 1, cluster
                else:
                    opened.setdefault(cluster, []).append(word)
            elif opened.get(ended.split("[")[0]):
                yield opened[ended.split("[")[0]].pop(), word + 1, ended.split("[")[0]
