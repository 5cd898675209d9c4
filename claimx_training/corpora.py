"""Readers of the corpora: each yields `Sentence`s, with its labels translated into claimx's own."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import conllu
from conllu.models import Token, TokenList

from claimx.errors import ModelError
from claimx_training import entity_labels as labels
from claimx_training.hardware import hardware_class, mark_hardware
from claimx_training.sentences import NOT_ANNOTATED, Sentence

GMB_TEST_SENTENCES: Final = 4000
GMB_GOLD_SENTENCES: Final = range(20000, 23000)
"""Sentences that claimx's own development gold was drawn from: never trained on."""
RE3D_HELD_OUT: Final = (
    "E50B8563",
    "8A716D1B",
    "E1935755",
    "6CB38F21",
    "11010487",
    "CFEF9B4E",
)
RE3D_HELD_OUT_COUNT: Final = 10

Split = Callable[[str], list[str]]
"""Cuts a corpus's word into the words that spaCy's tokenizer would make of it."""


@dataclass(frozen=True, slots=True)
class CorpusPaths:
    """Where each corpus lies below the folder that holds them all."""

    root: Path

    def treebank(self, name: str, part: str) -> Path:
        """The CoNLL-U file of `name` (``ewt`` or ``gum``) for `part` (``train``, ``dev`` or ``test``)."""
        stem = {"ewt": "en_ewt", "gum": "gum_free"}[name]
        return self.root / name / f"{stem}-{part}.conllu"

    @property
    def gmb(self) -> Path:
        """Groningen Meaning Bank, as a zipped table."""
        return self.root / "ner" / "gmb_ner.csv.zip"

    @property
    def re3d(self) -> Path:
        """re3d, one document a line."""
        return self.root / "ner" / "re3d.jsonl"

    @property
    def ecb_plus(self) -> Path:
        """ECB+, one document a line."""
        return self.root / "events" / "ecb_plus.jsonl"

    @property
    def rams(self) -> Path:
        """RAMS, the part called dev, one excerpt a line."""
        return self.root / "events" / "rams_dev.jsonl"

    @property
    def wikigold(self) -> Path:
        """Wikigold."""
        return self.root / "ner" / "wikigold.conll"

    def uner(self, part: str) -> Path:
        """Universal NER over EWT, ``dev`` or ``test``."""
        return self.root / "ner" / f"uner_ewt-{part}.iob2"

    def check(self) -> None:
        """Raise `ModelError` where a corpus that training or evaluation reads is not there."""
        wanted = [self.treebank(name, part) for name in ("ewt", "gum") for part in ("train", "dev", "test")]
        wanted += [self.gmb, self.re3d, self.wikigold, self.uner("dev"), self.uner("test")]
        missing = [str(path.relative_to(self.root)) for path in wanted if not path.is_file()]
        if missing:
            raise ModelError(f"{self.root} lacks {', '.join(missing)}; name the folder of the corpora with --corpora")


_AS_IT_STANDS: Final = {name: lambda columns, index: columns[index] for name in ("xpos", "feats", "deps", "misc")}
"""Columns that conllu is told to leave as strings, which is how labels are learned and compared."""


def token_lists(path: Path, fields: Sequence[str] | None = None) -> Iterator[tuple[str, TokenList]]:
    """The sentences of a file in the form of CoNLL-U, or with the columns `fields`, each after its document's name."""
    document = ""
    with path.open(encoding="utf-8") as lines:
        for tokens in conllu.parse_incr(lines, fields=fields, field_parsers=_AS_IT_STANDS):
            document = next((name or "" for key, name in tokens.metadata.items() if key.startswith("newdoc")), document)
            yield document, tokens


def read_conllu(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file, with trees; multiword tokens are taken apart, empty nodes left out."""
    for document, tokens in token_lists(path):
        spaces_after: dict[int, bool] = {}
        for token in tokens:
            match token["id"]:
                case (first, "-", last):
                    spaces_after |= dict.fromkeys(range(first, last), False)
                    spaces_after[last] = _has_space(token)
        rows = [token for token in tokens if isinstance(token["id"], int)]
        yield Sentence(
            words=[row["form"] for row in rows],
            spaces=[spaces_after.get(row["id"], _has_space(row)) for row in rows],
            document=document,
            id=tokens.metadata.get("sent_id", ""),
            starts_paragraph=any(key.split()[0] in {"newdoc", "newpar"} for key in tokens.metadata),
            text=tokens.metadata.get("text", ""),
            upos=[row["upos"] for row in rows],
            xpos=[row["xpos"] for row in rows],
            feats=["" if row["feats"] == "_" else row["feats"] for row in rows],
            lemmas=[row["lemma"] if row["lemma"] != "_" or row["form"] == "_" else row["form"] for row in rows],
            heads=[row["head"] - 1 for row in rows],
            deprels=[row["deprel"] for row in rows],
            misc=[row["misc"] for row in rows],
        )


def _has_space(token: Token) -> bool:
    return "SpaceAfter=No" not in token["misc"]


_ENTITY_PART: Final = re.compile(
    r"\((?P<id>[^-()]+)-(?P<type>[a-z]+)(?P<rest>[^()]*)(?P<closed>\)?)|(?P<end>[^-()]+)\)"
)
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON"})


def entity_marks(misc: str) -> str:
    """What GUM's ``Entity`` says at a word: which mentions begin and end there."""
    return next((part.removeprefix("Entity=") for part in misc.split("|") if part.startswith("Entity=")), "")


def read_gum(path: Path) -> Iterator[Sentence]:
    """`read_conllu` with the two layers that GUM's ``Entity`` column gives: noun classes and named entities.

    The head word of each mention gets the mention's type as its noun class; words that no mention is headed by have
    none, save nouns, of which nothing is known then. A mention with a Wikipedia identity and a proper noun as its head
    is a named entity.
    """
    open_mentions: dict[str, tuple[int, str, str]] = {}
    for sentence in read_conllu(path):
        mentions: list[tuple[int, int, str, str]] = []
        for index, misc in enumerate(sentence.misc):
            for match in _ENTITY_PART.finditer(entity_marks(misc)):
                if match["end"]:
                    opened = open_mentions.pop(match["end"], None)
                    if opened:
                        mentions.append((opened[0], index + 1, opened[1], opened[2]))
                elif match["closed"]:
                    mentions.append((index, index + 1, match["type"], match["rest"]))
                else:
                    open_mentions[match["id"]] = (index, match["type"], match["rest"])
        open_mentions.clear()
        yield _with_mentions(sentence, mentions)


def _with_mentions(sentence: Sentence, mentions: list[tuple[int, int, str, str]]) -> Sentence:
    assert sentence.heads is not None  # noqa: S101 - a treebank's sentence; this is for the type checker
    assert sentence.upos is not None  # noqa: S101
    classes = [NOT_ANNOTATED if tag in _NOMINAL else "" for tag in sentence.upos]
    # widest last, so that a name's own span decides about the words that a longer mention shares with it
    named: list[tuple[int, int, frozenset[str]]] = []
    for start, end, kind, rest in sorted(mentions, key=lambda mention: mention[0] - mention[1]):
        heads = [index for index in range(start, end) if not start <= sentence.heads[index] < end]
        if kind in labels.NOUN_CLASSES:
            for head in heads[:1]:
                if sentence.upos[head] in _NOMINAL:
                    own = hardware_class(sentence.words[head].lower()) if kind in {"object", "abstract"} else ""
                    classes[head] = own or kind
        # the fields are infstat-salience-centering-minspan-link[-identity]
        identity = len(rest.split("-")) > 6
        types = {"person": {"PERSON"}, "organization": {"ORG"}, "place": labels.PLACES}.get(kind)
        if types and heads and identity and sentence.upos[heads[0]] == "PROPN":
            named.append((start, end, frozenset(types)))
    unmarked = labels.EVERY_TYPE - {"PERSON", "ORG"} - labels.PLACES
    entities = [
        labels.ANYTHING if tag in {"PROPN", "X"} or word[:1].isupper() else labels.outside(unmarked)
        for word, tag in zip(sentence.words, sentence.upos, strict=True)
    ]
    for start, end, types in named:
        if all(sentence.upos[index] == "PROPN" for index in range(start, end)) and end - start <= 4:
            name = " ".join(sentence.words[start:end])
            allowed = labels.place_types(name) if types == labels.PLACES else types
            entities[start:end] = [labels.begin(allowed), *[labels.inside(allowed)] * (end - start - 1)]
    return sentence.copy(noun_classes=classes, entities=entities)


def gmb_table(path: Path) -> Iterator[tuple[int, list[str], list[str]]]:
    """The sentences of the Groningen Meaning Bank's table as they stand: their number, words and IOB2 tags."""
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as raw:
        table = csv.reader(io.TextIOWrapper(raw, encoding="latin-1", newline=""))
        next(table)
        number = 0
        words: list[str] = []
        tags: list[str] = []
        for row in table:
            if row[0].startswith("Sentence:"):
                if words:
                    yield number, words, tags
                number, words, tags = int(row[0].split()[1]), [], []
            words.append(row[1])
            tags.append(row[3])
        if words:
            yield number, words, tags


def read_gmb(path: Path, split: Split) -> Iterator[tuple[int, Sentence]]:
    """The sentences of the Groningen Meaning Bank's table with their numbers in it, cut into words by `split`."""
    for number, words, tags in gmb_table(path):
        yield number, _gmb_sentence(number, words, tags, split)


_GMB_NOUN_CLASS: Final = {"per": "person", "org": "organization", "geo": "place", "tim": "time"}
_GMB_UNMARKED: Final = frozenset({"MONEY", "QUANTITY", "WEAPON", "VEHICLE", "PRODUCT"})


def gmb_types(tag: str, name: str) -> frozenset[str]:
    """The entity types that a GMB span of this tag and wording can be; empty where it may be none."""
    if tag == "gpe":
        # GMB's gpe is a nationality nearly always; the rest are countries that its tagger had first marked so
        return frozenset({"GPE"}) if labels.is_political(name) else frozenset({"NORP"})
    if tag == "geo":
        return labels.place_types(name)
    if tag == "tim":
        return labels.time_types(name)
    return {
        "per": frozenset({"PERSON"}),
        "org": frozenset({"ORG"}),
        "eve": frozenset({"EVENT"}),
        "art": frozenset({"PRODUCT", "WEAPON", "VEHICLE"}),
    }.get(tag, frozenset())


def _gmb_sentence(number: int, words: list[str], tags: list[str], split: Split) -> Sentence:
    plain = labels.outside(_GMB_UNMARKED)
    masks = [plain] * len(words)
    classes = mark_hardware(words, [NOT_ANNOTATED] * len(words))
    for start, end, tag in labels.spans_of(tags):
        name = " ".join(words[start:end])
        types = gmb_types(tag, name)
        if tag in _GMB_NOUN_CLASS:
            # the head of a name is its last word, but for "Centers for Disease Control"
            head = next((index for index in range(start + 1, end) if words[index] in {"of", "for"}), end) - 1
            classes[head] = _GMB_NOUN_CLASS[tag]
        if types and tag != "art":
            masks[start:end] = [labels.begin(types), *[labels.inside(types)] * (end - start - 1)]
        else:
            masks[start:end] = [labels.ANYTHING] * (end - start)
    out_words: list[str] = []
    out_masks: list[int] = []
    out_classes: list[str] = []
    spaces: list[bool] = []
    for word, mask, noun_class in zip(words, masks, classes, strict=True):
        parts = split(_MOJIBAKE.get(word, word)) or [word]
        out_words += parts
        spaces += [False] * (len(parts) - 1) + [True]
        out_classes += [NOT_ANNOTATED] * (len(parts) - 1) + [noun_class]
        if len(parts) == 1:
            out_masks.append(mask)
        elif mask == plain:
            # "U.S.-led" is one unmarked word there, but holds a name once it is cut
            out_masks += [labels.ANYTHING if part[:1].isupper() else plain for part in parts]
        else:
            out_masks.append(mask)
            out_masks += [_continue(mask)] * (len(parts) - 1)
    return Sentence(
        words=out_words,
        spaces=spaces,
        document=f"gmb-{number // 15}",
        entities=out_masks,
        noun_classes=out_classes,
    )


_MOJIBAKE: Final = {"``": '"', "''": '"', "\x93": "“", "\x94": "”", "\x92": "’", "\x96": "–", "\x97": "—"}
_BEGINS: Final = labels.begin(labels.ENTITY_TYPES)


def _continue(mask: int) -> int:
    """The mask of a further piece of a word: what began goes on."""
    if mask == labels.ANYTHING:
        return mask
    return ((mask & _BEGINS) << 1) | (mask & ~_BEGINS)


def is_gmb_training(number: int, last: int) -> bool:
    """May GMB's sentence `number` be trained on, when the table ends with number `last`?"""
    return number <= last - GMB_TEST_SENTENCES and number not in GMB_GOLD_SENTENCES


_OTHER_TYPES: Final = frozenset({"DATE", "TIME", "MONEY", "QUANTITY", "WEAPON", "VEHICLE"})


def read_wikigold(path: Path, split: Split) -> Iterator[Sentence]:
    """The sentences of wikigold; MISC may be anything but a person, an organisation or a place."""
    misc = labels.EVERY_TYPE - {"PERSON", "ORG"} - labels.PLACES
    rows: list[tuple[str, str]] = []
    count = 0
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            word, _, tag = line.strip().rpartition(" ")
            rows.append((word, tag))
        elif rows:
            if rows[0][0] != "-DOCSTART-":
                yield _simple_sentence(
                    f"wikigold-{count // 10}",
                    rows,
                    {"PER": frozenset({"PERSON"}), "ORG": frozenset({"ORG"}), "LOC": labels.PLACES},
                    _OTHER_TYPES,
                    misc,
                    split,
                )
                count += 1
            rows = []


def iob_sentences(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """The sentences of an IOB2 file of Universal NER: their document, words and tags."""
    for document, tokens in token_lists(path, ("id", "form", "tag")):
        yield document, [token["form"] for token in tokens], [token["tag"] for token in tokens]


def read_uner(path: Path) -> Iterator[Sentence]:
    """The sentences of Universal NER for EWT, in EWT's own words."""
    unmarked = labels.EVERY_TYPE - {"PERSON", "ORG"} - labels.PLACES
    types = {"PER": frozenset({"PERSON"}), "ORG": frozenset({"ORG"}), "LOC": labels.PLACES}
    for document, words, tags in iob_sentences(path):
        rows = list(zip(words, tags, strict=True))
        yield _simple_sentence(document, rows, types, unmarked, unmarked, lambda word: [word])


def _simple_sentence(
    document: str,
    rows: list[tuple[str, str]],
    types: dict[str, frozenset[str]],
    unmarked: frozenset[str],
    other: frozenset[str],
    split: Split,
) -> Sentence:
    masks = [labels.outside(unmarked)] * len(rows)
    for start, end, tag in labels.spans_of([tag for _, tag in rows]):
        allowed = types.get(tag)
        if allowed == labels.PLACES:
            allowed = labels.place_types(" ".join(word for word, _ in rows[start:end]))
        if allowed:
            masks[start:end] = [labels.begin(allowed), *[labels.inside(allowed)] * (end - start - 1)]
        else:
            masks[start:end] = [labels.outside(other)] * (end - start)
    words: list[str] = []
    out: list[int] = []
    for (word, _), mask in zip(rows, masks, strict=True):
        parts = split(word) or [word]
        words += parts
        out += [mask, *[_continue(mask)] * (len(parts) - 1)]
    return Sentence(words=words, spaces=[True] * len(words), document=document, entities=out)


@dataclass(frozen=True, slots=True)
class Re3dDocument:
    """A document of re3d: its text and its marked spans (start, end, type, confidence)."""

    id: str
    text: str
    spans: tuple[tuple[int, int, str, float], ...]
    held_out: bool


def read_re3d(path: Path) -> list[Re3dDocument]:
    """The documents of re3d, of which ten are held out: six fixed ones and the first others by identifier."""
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    fixed = [entry["id"] for entry in raw if entry["id"].startswith(RE3D_HELD_OUT)]
    rest = sorted(entry["id"] for entry in raw if entry["id"] not in fixed)
    held_out = {*fixed, *rest[: RE3D_HELD_OUT_COUNT - len(fixed)]}
    return [
        Re3dDocument(
            entry["id"],
            entry["text"],
            tuple((e["begin"], e["end"], e["type"], float(e["confidence"])) for e in entry["entities"]),
            entry["id"] in held_out,
        )
        for entry in raw
    ]


RE3D_TYPES: Final[dict[str, frozenset[str]]] = {
    "Person": frozenset({"PERSON"}),
    "Organisation": frozenset({"ORG"}),
    "Location": labels.PLACES,
    "Nationality": frozenset({"NORP"}),
    "MilitaryPlatform": frozenset({"VEHICLE"}),
    "Vehicle": frozenset({"VEHICLE"}),
    "Weapon": frozenset({"WEAPON"}),
    "Money": frozenset({"MONEY"}),
    "Quantity": frozenset({"QUANTITY"}),
    "Temporal": frozenset({"DATE", "TIME"}),
}
_HARDWARE: Final = frozenset({"MilitaryPlatform", "Vehicle", "Weapon"})
_EXPRESSIONS: Final = frozenset({"Money", "Quantity", "Temporal"})
_RE3D_NOUN_CLASS: Final = {
    "Person": "person",
    "Organisation": "organization",
    "Location": "place",
    "MilitaryPlatform": "vehicle",
    "Vehicle": "vehicle",
    "Weapon": "weapon",
    "Temporal": "time",
}
_RE3D_UNMARKED: Final = frozenset({"PRODUCT", "EVENT"})
_MIN_CONFIDENCE: Final = 0.7


def re3d_sentences(
    documents: Iterable[Re3dDocument], tokenize: Callable[[str], list[list[tuple[str, int]]]]
) -> Iterator[Sentence]:
    """re3d's documents as sentences of words.

    `tokenize` gives the sentences of a text as lists of words with their offsets. Names are taken from spans whose
    words are all capitalised once determiners are off; of the words of other spans nothing is known.
    """
    for document in documents:
        for words in tokenize(document.text):
            yield _re3d_sentence(document, words)


def _re3d_sentence(document: Re3dDocument, words: list[tuple[str, int]]) -> Sentence:
    plain = labels.outside(_RE3D_UNMARKED)
    masks = [plain] * len(words)
    classes = [NOT_ANNOTATED] * len(words)
    # longest first: what lies inside a longer span is said last and stands
    for begin, end, kind, confidence in sorted(document.spans, key=lambda span: span[0] - span[1]):
        covered = [index for index, (word, at) in enumerate(words) if begin <= at and at + len(word) <= end]
        if not covered:
            continue
        while len(covered) > 1 and words[covered[0]][0].lower() in {"the", "a", "an", "its", "their", "his", "our"}:
            covered.pop(0)
        texts = [words[index][0] for index in covered]
        types = RE3D_TYPES.get(kind)
        noun_class = _RE3D_NOUN_CLASS.get(kind)
        if noun_class and confidence >= _MIN_CONFIDENCE and texts[-1].isalpha():
            if kind in _HARDWARE:
                noun_class = hardware_class(texts[-1].lower()) or noun_class
            classes[covered[-1]] = noun_class
        name = all(text[:1].isupper() or not text[:1].isalpha() for text in texts) and texts[0][:1].isupper()
        # "tanks" is a vehicle but no name: that is the noun class's to say
        if kind in _HARDWARE and not any(text[:1].isupper() for text in texts):
            masks[covered[0] : covered[-1] + 1] = [plain] * len(covered)
            continue
        trusted = types and (name or (kind in _EXPRESSIONS and confidence >= _MIN_CONFIDENCE and len(texts) <= 4))
        if trusted and types:
            if kind == "Person" and texts[0] in {"Dr", "Mr", "Mrs", "Ms", "HE", "President", "General", "Minister"}:
                trusted = False
            if types == labels.PLACES:
                types = labels.place_types(" ".join(texts))
            elif kind == "Temporal":
                types = labels.time_types(" ".join(texts))
        if trusted and types:
            masks[covered[0]] = labels.begin(types)
            for index in covered[1:]:
                masks[index] = labels.inside(types)
        else:
            for index in covered:
                masks[index] = labels.ANYTHING
    return Sentence(
        words=[word for word, _ in words],
        spaces=[True] * len(words),
        document=f"re3d-{document.id}",
        entities=masks,
        noun_classes=classes,
    )
