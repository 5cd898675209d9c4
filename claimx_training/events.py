"""How much of the movement that RAMS and WikiEvents mark claimx finds, and why it misses the rest.

    python -m claimx_training.events --corpora DIR [--model NAME] [--show N]

`DIR` holds `events/rams_dev.jsonl` and `events/wikievents_dev.jsonl`. Of both ontologies the types that say that
something changes place are kept (`is_movement`). RAMS marks one event a context, and WikiEvents is sparing: what they
leave unmarked is no error, so triggers are measured by recall alone, and roles on the triggers found. They also mark
what the guideline leaves out (arrests, goods, trade as a topic): `events.toml` lists those marks, and recall is given
with and without them. Arguments that stand in another sentence are neither wanted nor held against the extractor (the
guideline keeps roles to the sentence). Spans are often a phrase's head or a name in it, so that roles are counted
twice: *overlap*, where the head of one span lies in the other, and *strict*, where the two share at least half of the
longer one.

RAMS: Ebner et al. (2020), https://nlp.jhu.edu/rams/. WikiEvents: Li, Ji, Han (2021),
https://github.com/raspberryice/gen-arg.
"""

import argparse
import functools
import json
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from claimx.claims.movement.evidence import refusal
from claimx.claims.movement.triggers import event_lemma, find_triggers, verb_lemma
from claimx.claims.nouns import Kinds
from claimx.claims.roles import find_roles
from claimx.pipeline import extract_from_doc
from claimx.records import Article, Claim, Span
from claimx.rules.loader import RuleSet, load_rules
from claimx_training.scoring import Tally, same_span

SCORED_ROLES = ("who", "what", "vehicle", "origin", "destination")
"""The roles that both ontologies have."""

_RAMS_TYPES = ("movement.transportperson.", "movement.transportartifact.")
_RAMS_STILL = ("prevent", "grantentry", "hide")  # nobody moves: barred, let in, concealed
_WIKIEVENTS_TYPES = ("Movement.Transportation.",)
_WIKIEVENTS_STILL = ("PreventPassage", "GrantAllowPassage")
_ARGUMENTS = {
    "transporter": "who", "passenger": "what", "artifact": "what", "passengerartifact": "what", "vehicle": "vehicle",
    "origin": "origin", "destination": "destination",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Argument:
    """A role of a marked event: the spans that answer it, and the roles in which the guideline may put them."""

    role: str
    roles: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A marked movement.

    `elsewhere` names the roles whose only arguments stand in another sentence; `outside` says why the guideline leaves
    the trigger out, "" where it does not.
    """

    type: str
    trigger: Span
    arguments: tuple[Argument, ...]
    elsewhere: frozenset[str] = frozenset()
    outside: str = ""


@dataclass(frozen=True, slots=True)
class EventDocument:
    """A text with the movements marked in it; there may be more that are not marked."""

    id: str
    text: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A marked trigger that was not found: what kind of miss, the word or reason, and the sentence."""

    kind: str
    detail: str
    trigger: str
    sentence: str


@dataclass(slots=True)
class EventScores:
    """Figures over a corpus."""

    triggers: Tally = field(default_factory=Tally)
    outside: Tally = field(default_factory=Tally)
    overlap: dict[str, Tally] = field(default_factory=lambda: {role: Tally() for role in SCORED_ROLES})
    strict: dict[str, Tally] = field(default_factory=lambda: {role: Tally() for role in SCORED_ROLES})
    misses: list[Miss] = field(default_factory=list)
    wrong_roles: list[str] = field(default_factory=list)


# ---- reading


def is_movement(event_type: str) -> bool:
    """Return whether an event type of RAMS or WikiEvents is a movement by the guideline."""
    if event_type.startswith(_RAMS_TYPES):
        return not event_type.rpartition(".")[2].startswith(_RAMS_STILL)
    return event_type.startswith(_WIKIEVENTS_TYPES) and not event_type.endswith(_WIKIEVENTS_STILL)


def read_rams(path: Path) -> Iterator[EventDocument]:
    """Yield the contexts of a RAMS file whose event is a movement, as running text."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        marked = [(start, end, kinds[0][0]) for start, end, kinds in row["evt_triggers"]]
        if not any(is_movement(kind) for _, _, kind in marked):
            continue
        text, offsets = joined([word for sentence in row["sentences"] for word in sentence])
        sentence_of = [number for number, sentence in enumerate(row["sentences"]) for _ in sentence]

        def span(start: int, end: int, text: str = text, offsets: Sequence[tuple[int, int]] = offsets) -> Span:
            return _span(text, offsets[start][0], offsets[end][1])

        events = []
        for start, end, kind in marked:
            links = [
                (role[len("evt000arg00") :], span(*argument), sentence_of[argument[0]] == sentence_of[start])
                for trigger, argument, role in row["gold_evt_links"]
                if trigger == [start, end]
            ]
            if is_movement(kind):
                events.append(make_event(kind, span(start, end), links, text))
        yield EventDocument(row["doc_key"], text, _judged(row["doc_key"], events))


def read_wikievents(path: Path) -> Iterator[EventDocument]:
    """Yield the documents of a WikiEvents file, those without a movement too."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, offsets = _wikievents_text(row["sentences"])
        mentions = {
            m["id"]: (offsets[m["start"]][0], offsets[m["end"] - 1][1], m["sent_idx"]) for m in row["entity_mentions"]
        }
        events = []
        for event in row["event_mentions"]:
            if not is_movement(event["event_type"]):
                continue
            trigger = event["trigger"]
            links = []
            for argument in event["arguments"]:
                start, end, sentence = mentions[argument["entity_id"]]
                links.append((argument["role"], _span(text, start, end), sentence == trigger["sent_idx"]))
            span = _span(text, offsets[trigger["start"]][0], offsets[trigger["end"] - 1][1])
            events.append(make_event(event["event_type"], span, links, text))
        yield EventDocument(row["doc_id"], text, _judged(row["doc_id"], events))


def _judged(document: str, events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(replace(event, outside=_outside().get((document, event.trigger.text), "")) for event in events)


@functools.cache
def _outside() -> dict[tuple[str, str], str]:
    """Return why the guideline leaves a marked trigger out, by document and trigger."""
    data = tomllib.loads((resources.files("claimx_training") / "events.toml").read_text(encoding="utf-8"))
    return {(row["document"], row["trigger"]): data["reasons"][row["reason"]] for row in data["outside"]}


def make_event(kind: str, trigger: Span, links: Iterable[tuple[str, Span, bool]], text: str) -> Event:
    """Return a marked event in the guideline's terms; a link is an argument's name, span, and whether it is near.

    Who moves without being moved is `who` after a verb and `what` of an event noun, and a vehicle that is driven is
    `what`: where the ontology does not tell, either answers.
    """
    near: defaultdict[str, list[Span]] = defaultdict(list)
    far: set[str] = set()
    for name, span, is_near in links:
        role = _ARGUMENTS.get(name.lower())
        if role is None:
            continue
        if not is_near:
            far.add(role)
        elif span not in near[role]:
            near[role].append(span)
    near["what"] = [span for span in near["what"] if span not in near["who"]]  # "moves itself" is marked as both
    arguments = []
    for role in SCORED_ROLES:
        if not near[role]:
            continue
        roles = [role]
        if role == "who" and not near["what"]:
            roles.append("what")
        if role == "what" and not near["who"]:
            roles.append("who")
        if role == "vehicle" and not near["what"]:
            roles.append("what")
        arguments.append(Argument(role, tuple(roles), _with_cover(near[role], text)))
    return Event(kind, trigger, tuple(arguments), frozenset(far - {argument.role for argument in arguments}))


_OPENING = frozenset("([{“‘$£€#@")
_CLOSING = frozenset([",", ".", ";", ":", "!", "?", ")", "]", "}", "”", "%", "...", "…", "n't", "n’t"])
_NO_COMPOUND = frozenset(
    {"a", "an", "the", "and", "or", "but", "it", "he", "she", "they", "we", "i", "which", "who", "this", "that", "as",
     "with", "from", "in", "on", "of", "for", "including", "is", "was"}
)  # fmt: skip


def joined(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return words as running text, spaced as English is, with the offsets of each.

    The corpus puts blanks around every hyphen; between letters it is taken for one inside a word, unless a function
    word stands beside it.
    """
    text, offsets = "", []
    open_quotes: set[str] = set()
    glue = True
    for index, word in enumerate(words):
        before = words[index - 1] if index else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        closes = word in open_quotes
        inside = word == "-" and _compound(before, after)
        clitic = word[:1] in {"'", "’"} and word[1:].isalpha()
        possessive = word in {"'", "’"} and not closes and before.endswith("s")
        if text and not (glue or word in _CLOSING or closes or inside or clitic or possessive):
            text += " "
        offsets.append((len(text), len(text) + len(word)))
        text += word
        glue = word in _OPENING or inside
        if word in {'"', "'"} and not possessive:
            glue = not closes
            open_quotes ^= {word}
    return text, offsets


def _compound(before: str, after: str) -> bool:
    ends = (before[-1:], after[:1])
    return all(end.isalnum() for end in ends) and not {before.lower(), after.lower()} & _NO_COMPOUND


def _wikievents_text(sentences: Sequence[Any]) -> tuple[str, list[tuple[int, int]]]:
    """Return the sentences as text, one without a full stop (a title) as a paragraph, and each word's offsets."""
    text, offsets = "", []
    for words, sentence in sentences:
        first = words[0][1]
        offsets += [(len(text) + start - first, len(text) + end - first) for _, start, end in words]
        text += sentence.rstrip()
        text += " " if text.endswith((".", "!", "?", "”", '"', "’", ")")) else "\n\n"
    return text, offsets


def _span(text: str, start: int, end: int) -> Span:
    return Span(text[start:end], start, end)


def _with_cover(spans: list[Span], text: str) -> tuple[Span, ...]:
    """Return the spans and, of several, the one that covers them: coordinated participants are one span in claims."""
    if len(spans) == 1:
        return tuple(spans)
    return (*spans, _span(text, min(s.start for s in spans), max(s.end for s in spans)))


# ---- scoring


def score_events(documents: Iterable[EventDocument], nlp: Language, rules: RuleSet | None = None) -> EventScores:
    """Return how well the claims found in the documents answer the events marked in them."""
    rules = rules or load_rules()
    scores = EventScores()
    pairs = ((document.text, document) for document in documents)
    for doc, document in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        claims = extract_from_doc(Article(source=document.id, text=document.text), doc, rules).claims
        scores.triggers.predicted += len(claims)
        for event in document.events:
            claim = _answer(event, claims)
            for tally in (scores.triggers, scores.outside) if event.outside else (scores.triggers,):
                tally.gold += 1
                tally.right += claim is not None
            if claim is None:
                if not event.outside:
                    scores.misses.append(_explain_miss(event, doc, rules))
                continue
            _compare(event, claim, doc, scores)
    return scores


def _answer(event: Event, claims: Sequence[Claim]) -> Claim | None:
    shared = [(min(c.trigger.end, event.trigger.end) - max(c.trigger.start, event.trigger.start), c) for c in claims]
    best = max(shared, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] > 0 else None


def _compare(event: Event, claim: Claim, doc: Doc, scores: EventScores) -> None:
    found = {role: span for role in SCORED_ROLES if (span := getattr(claim, role)) is not None}
    same: Callable[[Span, Span], bool]
    for tallies, same in ((scores.overlap, _heads_overlap(doc)), (scores.strict, same_span)):
        answered: dict[str, str] = {}  # role found -> role marked
        for argument in event.arguments:
            tallies[argument.role].gold += 1
            for role in argument.roles:
                if role in found and role not in answered and any(same(span, found[role]) for span in argument.spans):
                    tallies[argument.role].right += 1
                    answered[role] = argument.role
                    break
        for role in found:
            if role in answered:
                tallies[answered[role]].predicted += 1
            elif not _is_elsewhere(role, event):
                tallies[role].predicted += 1
        if tallies is scores.overlap:
            scores.wrong_roles += _role_faults(event, found, answered, doc)


def _is_elsewhere(role: str, event: Event) -> bool:
    return role in event.elsewhere or (role in {"who", "what"} and bool({"who", "what"} & event.elsewhere))


def _heads_overlap(doc: Doc) -> Callable[[Span, Span], bool]:
    def same(one: Span, other: Span) -> bool:
        heads = [_head(span, doc) for span in (one, other)]
        return any(
            head is not None and span.start <= head.idx < span.end
            for head, span in zip(heads, (other, one), strict=True)
        )

    return same


def _head(span: Span, doc: Doc) -> Token | None:
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    return tokens.root if tokens is not None and len(tokens) else None


def _role_faults(event: Event, found: Mapping[str, Span], answered: Mapping[str, str], doc: Doc) -> list[str]:
    sentence = _sentence(event.trigger, doc)
    faults = []
    for argument in event.arguments:
        if argument.role not in answered.values():
            got = found.get(argument.role)
            texts = " / ".join(span.text for span in argument.spans)
            kind = "wrong" if got is not None else "lacking"
            faults.append(
                f"{argument.role} {kind}: {event.trigger.text!r} wanted {texts!r}, got {got and got.text!r}: {sentence}"
            )
    wanted = {argument.role for argument in event.arguments}
    faults += [
        f"{role} too much: {event.trigger.text!r} got {span.text!r}: {sentence}"
        for role, span in found.items()
        if role not in answered and role not in wanted and not _is_elsewhere(role, event)
    ]
    return faults


def _sentence(span: Span, doc: Doc) -> str:
    head = _head(span, doc)
    return " ".join(head.sent.text.split()) if head is not None else ""


# ---- why a trigger was missed


def _explain_miss(event: Event, doc: Doc, rules: RuleSet) -> Miss:
    head = _head(event.trigger, doc)
    sentence = _sentence(event.trigger, doc)
    if head is None:
        return Miss("no word there", "", event.trigger.text, sentence)
    lemma, kinds = verb_lemma(head, rules), Kinds(rules)
    for candidates in find_triggers(doc, rules):
        if not any(head.i == token.i for token in candidates[0].span):
            continue
        reasons = []
        for trigger in candidates:
            reasons.append((trigger.rule.id, refusal(trigger, find_roles(trigger, kinds), kinds)))
        if all(reason for _, reason in reasons):
            detail = "; ".join(f"{rule}: {reason}" for rule, reason in reasons)
            return Miss("refused", detail, event.trigger.text, sentence)
        return Miss("taken up by another claim", lemma, event.trigger.text, sentence)
    known = {"VERB": lemma in rules.verbs, "NOUN": event_lemma(head, rules) in rules.nouns}
    place = f"{head.pos_} {head.dep_} of {head.head.text!r}"
    if known.get(head.pos_):
        return Miss("a modifier only", f"{lemma}: {place}", event.trigger.text, sentence)
    if any(known.values()):
        known_as = " and ".join(kind for kind, is_known in known.items() if is_known)
        detail = f"{lemma}: known as {known_as}, parsed as {place}"
        return Miss("known as another part of speech", detail, event.trigger.text, sentence)
    return Miss("not in the lexicon", f"{lemma} ({place})", event.trigger.text, sentence)


# ---- report


def report(name: str, scores: EventScores, *, show: int = 0) -> str:
    """Return the figures as text, with at most `show` misses of each kind."""
    triggers = scores.triggers
    inside = Tally(triggers.right - scores.outside.right, triggers.gold - scores.outside.gold)
    lines = [
        f"{name}: triggers recall {inside.recall:.3f} ({inside.right} of {inside.gold}); with the marks that the "
        f"guideline leaves out {triggers.recall:.3f} ({triggers.right} of {triggers.gold})"
    ]
    for title, tallies in (("overlap", scores.overlap), ("strict", scores.strict)):
        rows = {"all roles": _sum(tallies.values()), **tallies}
        for role, tally in rows.items():
            figures = f"P {tally.precision:.3f} R {tally.recall:.3f} F1 {tally.f1:.3f}"
            lines.append(f"  {title:8} {role:12} {figures}  gold {tally.gold} found {tally.predicted}")
    kinds: defaultdict[str, list[Miss]] = defaultdict(list)
    for miss in scores.misses:
        kinds[miss.kind].append(miss)
    for kind, misses in sorted(kinds.items(), key=lambda pair: -len(pair[1])):
        lines.append(f"  missed, {kind}: {len(misses)}")
        for miss in misses[:show]:
            lines += [f"    {miss.trigger!r}: {miss.detail}", f"        {miss.sentence}"]
    if show:
        lines += [
            f"  roles: {len(scores.wrong_roles)} faults",
            *(f"    {fault}" for fault in sorted(scores.wrong_roles)[:show]),
        ]
    return "\n".join(lines)


def _sum(tallies: Iterable[Tally]) -> Tally:
    every = list(tallies)
    return Tally(sum(t.right for t in every), sum(t.gold for t in every), sum(t.predicted for t in every))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of both corpora."""
    parser = argparse.ArgumentParser(
        prog="python -m claimx_training.events", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--corpora", type=Path, required=True, metavar="DIR", help="the folder that holds events/")
    parser.add_argument(
        "--model", metavar="NAME", help="a spaCy pipeline's name or folder; the embedded one by default"
    )
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N misses of each kind")
    options = parser.parse_args(arguments)
    from claimx.language import load_model

    nlp = load_model(options.model)
    for name, read, file in (
        ("RAMS", read_rams, "rams_dev.jsonl"),
        ("WikiEvents", read_wikievents, "wikievents_dev.jsonl"),
    ):
        scores = score_events(read(options.corpora / "events" / file), nlp)
        print(report(name, scores, show=options.show))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
