"""ECB+ as articles with claims, each claim with the event that the annotators say it tells.

    python -m claimx_training.identity.corpus ecb_plus.jsonl [--stories DIR] -o CLAIMS.jsonl [--model NAME]

Every document gives two articles: one with the claims that claimx finds in it, and one in which every event that the
annotators went through is read as if it were a claim, by its PropBank arguments. There are few of the first and many of
the second, which tell just as well how much a shared name, day or number says. Reading the documents takes long, and is
done once; documents that the file has already are passed over.

Invented stories (`DIR/*.toml`, as under `tests/compare/stories`) may be added: those of the halves that words and
weights were always chosen on, with the claims that the rules find in them.

ECB+: Cybulska and Vossen, "Using a sledgehammer to crack a nut? Lexical diversity and event coreference resolution"
(LREC 2014), CC BY 3.0.
"""

import argparse
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from claimx.claims.annotate import Annotator
from claimx.claims.candidates import Candidate, Trigger
from claimx.claims.movement.learned import LEARNED
from claimx.claims.roles import Filler
from claimx.claims.status import assess_status
from claimx.language.semantics import SEMANTICS, Predicate, semantics_of
from claimx.pipeline import extract_from_doc
from claimx.records import Article, Claim, article_from_wire, to_wire
from claimx.rules.loader import RuleSet, load_rules

_ROLES = {
    "ARG0": "who", "ARG1": "what", "ARGM-LOC": "destination", "ARGM-GOL": "destination", "ARGM-DIR": "origin",
    "ARGM-TMP": "when",
}  # fmt: skip
_HELD_OUT = 3  # of so many topics one
_ALONE = " alone "  # in the names of events that one mention tells
_CHOSEN_ON = ("first", "second", "unseen")  # halves of the invented stories; the others are for measuring


@dataclass(frozen=True, slots=True)
class Document:
    """A document with the `topic` that it is compared within.

    `found` has the claims that claimx finds, `marked` the marked events read as claims.

    `chains` has the event of each claim by its id; claims that overlap no mark are not in it.
    """

    id: str
    topic: str
    found: Article
    marked: Article
    chains: Mapping[str, str]


def held_out(documents: Iterable[Document]) -> set[str]:
    """Return the topics that nothing is fitted on: every third one of ECB+ in order."""
    topics = sorted({document.topic for document in documents if is_corpus(document.topic)}, key=int)
    return set(topics[_HELD_OUT - 1 :: _HELD_OUT])


def is_corpus(topic: str) -> bool:
    """Return whether a topic is of ECB+, not an invented story."""
    return topic.isdigit()


def read_documents(path: Path) -> list[Document]:
    """Return the documents that `write_documents` wrote."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Document(
            record["id"],
            str(record["topic"]),
            article_from_wire(record["found"]),
            article_from_wire(record["marked"]),
            record["chains"],
        )
        for record in records
    ]


def write_documents(corpus: Path, output: Path, nlp: Language) -> None:
    """Add to the output the documents of the corpus that it lacks, with their claims."""
    known = {json.loads(line)["id"] for line in output.read_text().splitlines()} if output.exists() else set()
    rules = load_rules()
    records = (json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines())
    with output.open("a", encoding="utf-8") as file:
        for record in records:
            if record["id"] not in known:
                file.write(json.dumps(_read(record, nlp, rules), ensure_ascii=False) + "\n")
                file.flush()


def write_stories(folder: Path, output: Path, nlp: Language) -> None:
    """Add to the output the articles of the invented stories that it lacks."""
    known = {json.loads(line)["id"] for line in output.read_text().splitlines()} if output.exists() else set()
    rules = load_rules()
    with output.open("a", encoding="utf-8") as file:
        for path in sorted(folder.glob("*.toml")):
            story = tomllib.loads(path.read_text(encoding="utf-8"))
            for raw in story["articles"] if story["half"] in _CHOSEN_ON else ():
                record = _read_invented(raw, story["events"], nlp, rules)
                record |= {"id": f"{path.stem} {raw['id']}", "topic": path.stem}
                if record["id"] not in known:
                    file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _read_invented(
    raw: Mapping[str, Any], events: Iterable[Mapping[str, Any]], nlp: Language, rules: RuleSet
) -> dict[str, Any]:
    fields = {name: raw[name] for name in ("title", "publisher", "published")}
    article = Article(raw["id"], raw["text"].strip(), authors=tuple(raw.get("authors", ())), language="en", **fields)
    doc = nlp(article.text)
    doc.user_data.pop(SEMANTICS, None)  # nobody learned from the rules
    article = extract_from_doc(article, doc, rules)
    chains = {claim.id: f"alone {claim.id}" for claim in article.claims}
    for event in events:
        for mark in event["claims"]:
            name, _, words = mark.partition(": ")
            if name == raw["id"]:
                before, _ = re.split(r"[\[\]]", words, maxsplit=1)
                start = article.text.index(re.sub(r"[\[\]]", "", words)) + len(before)
                chains |= {claim.id: event["name"] for claim in article.claims if claim.trigger.start == start}
    return {"found": to_wire(article), "marked": to_wire(replace(article, claims=())), "chains": chains}


def _read(record: Mapping[str, Any], nlp: Language, rules: RuleSet) -> dict[str, Any]:
    doc = nlp(record["text"])
    article = Article(source=record["id"], text=record["text"], published=record["date"])
    annotator = Annotator(article, doc, rules)
    found = replace(article, claims=tuple(annotator.claims()), attributions=tuple(annotator.attributions()))
    chains: dict[str, str] = {}
    for claim in found.claims:
        for mark in record["mentions"]:
            start, end = _span_of(mark)
            known = mark["checked"] or _ALONE not in mark["chain"]  # elsewhere nobody looked for what else tells it
            if known and claim.trigger.start < end and start < claim.trigger.end:
                chains.setdefault(claim.id, mark["chain"])
    events = [(_span_of(mark), mark["chain"]) for mark in record["mentions"] if mark["checked"]]
    claims: dict[str, Claim] = {}
    for (start, end), chain in events:
        for claim in _claim_of_mark(annotator, doc, start, end):
            claims[claim.id] = claim
            chains.setdefault(claim.id, chain)
    marked = replace(found, claims=tuple(sorted(claims.values(), key=lambda claim: claim.trigger.start)))
    return {
        "id": record["id"],
        "topic": record["topic"],
        "found": to_wire(found),
        "marked": to_wire(marked),
        "chains": chains,
    }


def _span_of(mark: Mapping[str, Any]) -> tuple[int, int]:
    return mark["spans"][0][0], mark["spans"][-1][1]


def _claim_of_mark(annotator: Annotator, doc: Doc, start: int, end: int) -> Iterator[Claim]:
    """Yield the claim that a marked event makes, none where it is a pronoun or the model knows no arguments."""
    span, semantics = doc.char_span(start, end, alignment_mode="expand"), semantics_of(doc)
    if span is None or semantics is None or span.root.pos_ not in {"VERB", "NOUN", "PROPN"}:
        return
    predicate = semantics.predicate(span.root)
    heads = _heads(predicate)
    if not heads:
        return
    trigger = Trigger(span.root, span.root.lemma_.lower(), span, LEARNED, "noun")
    status, cue, cues = assess_status(trigger, annotator.rules)
    roles = {role: Filler(head).as_span() for role, head in heads.items()}
    yield annotator._claim(Candidate(trigger, roles, heads, status, cue, ("learned", *cues)), part=0)


def _heads(predicate: Predicate) -> dict[str, Token]:
    """Return the heads of the arguments as roles of a movement; who alone does something goes, so to say."""
    heads: dict[str, Token] = {}
    for argument in sorted(predicate.arguments, key=lambda argument: -argument.probability):
        role = _ROLES.get(argument.label)
        if role:
            heads.setdefault(role, argument.head)
    return heads


def main() -> None:
    """Read the corpus and write its claims."""
    from claimx.language import load_model

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, metavar="ecb_plus.jsonl")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--stories", type=Path, metavar="DIR")
    parser.add_argument("--model")
    args = parser.parse_args()
    nlp = load_model(args.model) if args.model else load_model()
    write_documents(args.corpus, args.output, nlp)
    if args.stories:
        write_stories(args.stories, args.output, nlp)
    counts = Counter(len(document.found.claims) > 0 for document in read_documents(args.output))
    print(f"{counts.total()} documents, {counts[True]} with claims")


if __name__ == "__main__":
    main()
