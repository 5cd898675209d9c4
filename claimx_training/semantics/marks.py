"""The movement marks: what people marked in texts of the corpora, kept stand-off, and the texts put together again.

A line of a marks file is one text: `text` names it by its first and last sentence (``gmb:7981-7992``,
``gum:GUM_news_asylum:0-24``, ``ewt:ID:0-24``), `claims` are its claims. A span is [sentence, start, end]: the
sentence's place in the text, from 0, and characters in it. The documents of ECB+ and re3d come without sentences and
count as one each (``ecb:13_10ecbplus:0-0``). An excerpt of RAMS is named by the place of its article among the file's
addresses and its own in that article (``rams:17_0:0-4``). Passages that were written for training
(``written:A00-01:0-2``) lie beside the marks.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Final

from spacy.language import Language

from claimx.language.semantics import MOVEMENT_ROLES
from claimx_training.corpora import CorpusPaths, gmb_table, read_conllu
from claimx_training.semantics.corpora import marked_passage
from claimx_training.semantics.passages import Passage

HELD_OUT: Final = 3
HELD_OUT_NEWS: Final = frozenset({HELD_OUT, 7})
_TENTHS: Final = 10
_BRACKETS: Final = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}
_CLITICS: Final = frozenset({"'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "'"})
_NO_SPACE_BEFORE: Final = frozenset({".", ",", ";", ":", "!", "?", ")", "]", "%", "”", "…"}) | _CLITICS
_NO_SPACE_AFTER: Final = ("(", "[", "$", "£", "€", "#", "“", "‘")
_HYPHENS: Final = frozenset({"-", "/"})


def marks_file() -> Path:
    """The movement marks that claimx brings along for training."""
    return Path(str(resources.files("claimx_training"))) / "marks" / "movements.jsonl"


def written_file() -> Path:
    """The passages that were written for training, one a line: `id` and `sentences`."""
    return marks_file().with_name("written.jsonl")


def is_held_out(name: str) -> bool:
    """Whether a marked text is kept out of training: one in ten, by its name; of RAMS, nearest to what is read, two.

    ECB+ tells the same news many times over and RAMS has several excerpts of an article: there it goes by the number
    of the topic or article, in front of the document's. What was written for training is never measured on.
    """
    if name.startswith("written:"):
        return False
    grouped = name.startswith(("ecb:", "rams:"))
    part = zlib.crc32((name.partition("_")[0] if grouped else name).encode()) % _TENTHS
    return part in HELD_OUT_NEWS if name.startswith("rams:") else part == HELD_OUT


def join_words(words: Sequence[str], *, hyphens: bool = False) -> str:
    """A corpus's words as running text: quotation marks, brackets and clitics closed up.

    So are `hyphens` and slashes, where the corpus cuts words at them, as RAMS does and GMB does not.
    """
    text = ""
    opened = False
    words = [_BRACKETS.get(word, word) for word in words]
    for index, word in enumerate(words):
        quote = word == '"'
        leans = word.replace("’", "'") in _NO_SPACE_BEFORE or (quote and opened)
        led = text.endswith(_NO_SPACE_AFTER) or (opened and text.endswith('"'))
        text += word if not text or leans or led or (hyphens and _is_hyphenated(text, words, index)) else f" {word}"
        opened ^= quote
    return text


def _is_hyphenated(text: str, words: Sequence[str], index: int) -> bool:
    """Whether a word is a hyphen or slash between two words, or follows one that is closed up."""
    word = words[index]
    if word in _HYPHENS:
        return text[-1:].isalnum() and index + 1 < len(words) and words[index + 1][:1].isalnum()
    return words[index - 1] in _HYPHENS and bool(text[-2:-1].strip()) and word[:1].isalnum()


def rams_excerpts(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The excerpts of a file of RAMS: the name of each (``17_0``) and its sentences."""
    articles: dict[str, int] = {}
    seen: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        address = record["source_url"]
        article = articles.setdefault(address, len(articles))
        place = seen.get(address, 0)
        seen[address] = place + 1
        yield f"{article}_{place}", [join_words(words, hyphens=True) for words in record["sentences"]]


class MarkedTexts:
    """The sentences of the texts that the marks are on, looked up in the corpora."""

    def __init__(self, paths: CorpusPaths) -> None:
        self._gmb = {number: join_words(words) for number, words, _ in gmb_table(paths.gmb)}
        self._sentences: dict[tuple[str, str], list[str]] = {}
        for corpus in ("gum", "ewt"):
            for sentence in read_conllu(paths.treebank(corpus, "train")):
                self._sentences.setdefault((corpus, sentence.document), []).append(sentence.text)
        for corpus, path in (("ecb", paths.ecb_plus), ("re3d", paths.re3d)):
            for line in path.open(encoding="utf-8"):
                document = json.loads(line)
                self._sentences[corpus, document["id"]] = [document["text"]]
        for name, sentences in rams_excerpts(paths.rams):
            self._sentences["rams", name] = sentences
        for line in written_file().open(encoding="utf-8"):
            passage = json.loads(line)
            self._sentences["written", passage["id"]] = passage["sentences"]

    def sentences(self, name: str) -> list[str]:
        """The sentences of the text called `name`. Raises KeyError where the corpora have none such."""
        corpus, _, rest = name.partition(":")
        document, _, numbers = rest.rpartition(":")
        first, last = map(int, numbers.split("-"))
        if corpus == "gmb":
            return [self._gmb[n] for n in range(first, last + 1)]
        return self._sentences[corpus, document][first : last + 1]


def read_marks(path: Path, texts: MarkedTexts) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Name, running text and claims of each marked text; spans with `start` and `end` in the running text."""
    for line in path.open(encoding="utf-8"):
        record = json.loads(line)
        sentences = texts.sentences(record["text"])
        starts = [0]
        for sentence in sentences:
            starts.append(starts[-1] + len(sentence) + 1)

        def span(at: list[int], starts: list[int] = starts) -> dict[str, int]:
            return {"start": starts[at[0]] + at[1], "end": starts[at[0]] + at[2]}

        claims = [
            {
                "trigger": span(claim["trigger"]),
                "status": claim["status"],
                "sources": [span(s) for s in claim["sources"]],
                **{role: span(claim[role]) for role in MOVEMENT_ROLES if role in claim},
            }
            for claim in record["claims"]
        ]
        yield record["text"], " ".join(sentences), claims


def marked_passages(path: Path, texts: MarkedTexts, nlp: Language) -> Iterator[Passage]:
    """A passage for each marked text."""
    records = list(read_marks(path, texts))
    for (name, _, claims), doc in zip(records, nlp.pipe(text for _, text, _ in records), strict=True):
        yield marked_passage(name, doc, claims)
