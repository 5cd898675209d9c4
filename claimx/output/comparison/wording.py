"""How comparisons read in the formats for people."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from claimx.compare.records import (
    Cluster,
    Comparison,
    Contradiction,
    Development,
    Difference,
    Field,
    Mention,
    Merge,
    Origin,
    OriginRange,
    Value,
)
from claimx.compare.vocabulary import vocabulary
from claimx.edtf import word_edtf
from claimx.outlets import fold
from claimx.output.clean import clean
from claimx.output.wording import (
    is_guessed,
    mover_of,
    why_check,
    word_number,
    word_reserve,
    word_route,
    word_span,
    word_title,
)
from claimx.records import ROLES, Claim, Role, Span

_DATE = re.compile(r"\[([0-9./X~?%-]+)]$")

FIELD_NAMES: dict[Field, str] = {
    "who": "who",
    "what": "what",
    "quantity": "number",
    "origin": "from",
    "destination": "to",
    "via": "via",
    "vehicle": "by",
    "when": "when",
    "status": "status",
    "sources": "said by",
}


def told_by_several(comparison: Comparison) -> list[Cluster]:
    """Return the events that more than one outlet tells."""
    return [cluster for cluster in comparison.clusters if len(cluster.outlets) > 1]


def word_value(value: Value | None) -> str:
    """Return what a value says, on one line, a date behind it in words."""
    return _DATE.sub(lambda match: f"[{word_edtf(match[1])}]", clean(value.text).strip()) if value else ""


def word_event(cluster: Cluster) -> str:
    """Return who moves what, and the word for it, as the clearest mention has them: "Russia → radars (moved)".

    All is one mention's: parts of several make a sentence that nobody said. A pronoun gives way to the name that it
    stands for, and is left out where nobody knows that; whom the sentence itself does not name is marked: "Russia (?)".
    """
    claim = clearest_mention(cluster).claim
    actors = " → ".join(filter(None, (name_party(mover_of(claim), claim), name_party(claim.what, claim))))
    return f"{actors} ({word_span(claim.trigger)})".lstrip()


def word_heading(cluster: Cluster) -> str:
    """Return a heading that also says how sure the event is, where nothing beside it does: "Denied by Kyiv: ..."."""
    reserve = word_reserve(clearest_mention(cluster).claim)
    return f"{reserve}: {word_event(cluster)}" if reserve else word_event(cluster)


def name_party(span: Span | None, claim: Claim) -> str:
    """Return whom a span of the claim names, a pronoun by its referent's name; "" where that is not known."""
    if span is None:
        return ""
    words = word_span(span)
    if fold(span.text) in vocabulary().words.empty:
        words = clean(span.resolved).strip() if span.resolved else ""
    return f"{words} (?)" if words and is_guessed(span, claim) else words


def word_way(cluster: Cluster) -> str:
    """Return whence and whither by the clearest mention, a question mark for what it leaves open; "" for neither."""
    return word_route(clearest_mention(cluster).claim)


def clearest_mention(cluster: Cluster) -> Mention:
    """Return the mention whose own words tell most of an event.

    It is of the event's status and names a party, if one does; then it has most roles and sources filled, is not
    doubtful, then the surest, the shortest, the first. A pronoun that stands for nobody known fills nothing.
    """

    def clearness(indexed: tuple[int, Mention]) -> tuple[bool, bool, int, bool, float, int, int]:
        position, claim = indexed[0], indexed[1].claim
        parties = (claim.who, claim.what, claim.vehicle)
        named = sum(bool(name_party(span, claim)) for span in parties)
        filled = sum(bool(getattr(claim, role)) for role in ROLES if role not in ("who", "what", "vehicle"))
        return (
            claim.status == cluster.canonical.status.text,
            named > 0,
            named + filled + bool(claim.sources),
            not why_check(claim),
            claim.confidence,
            -len(claim.evidence.text),
            -position,
        )

    return max(enumerate(cluster.mentions), key=clearness)[1]


def told_beside(cluster: Cluster) -> Iterator[tuple[Field, Value]]:
    """Yield what the clearest mention, by which an event is called, leaves open and others tell, all alike."""
    claim = clearest_mention(cluster).claim
    apart = {difference.field for difference in differences_between(cluster)}
    for field in get_args(Role):
        value: Value | None = getattr(cluster.canonical, field)
        if value and getattr(claim, field) is None and field not in apart:
            yield field, value


def word_names(names: Iterable[str]) -> str:
    """Return names on one line."""
    return ", ".join(clean(name).strip() for name in names)


def word_counts(cluster: Cluster) -> str:
    """Return how many outlets tell an event and how many origins they have: "4 outlets, 1 independent origin"."""
    outlets = word_number(len(cluster.outlets), "outlet")
    return f"{outlets}, {word_origin_count(cluster.origins, cluster.origin_range)}"


def word_origin_count(origins: Sequence[Origin], reach: OriginRange) -> str:
    """Return how many origins are given, the outlets that speak in their own voice apart, and how many there may be.

    "1 independent origin, 1 outlet in its own voice: at least 1 origin, at most 2".
    """
    own = sum(not origin.attributed for origin in origins)
    given = len(origins) - own
    likely = "likely " if any(origin.certainty == "likely" for origin in origins) else ""
    words = f"{likely}{word_number(given, 'independent origin')}" if given else "no origin given"
    if own:
        words += f", {word_number(own, 'outlet')} in {'its' if own == 1 else 'their'} own voice"
    if reach.at_least < reach.at_most:
        words += f": at least {word_number(reach.at_least, 'origin')}, at most {reach.at_most}"
    return words


def word_origin(origin: Origin) -> str:
    """Return an origin with the outlets that go back to it: "Reuters (The Coast Courier, Daily Harbour)"."""
    name = clean(origin.name).strip()
    if not origin.attributed:
        return f"{name}, in its own voice"
    outlets = word_names(origin.outlets)
    return name if outlets == name else f"{name} ({outlets})"


def word_merge(merge: Merge) -> str:
    """Return why outlets count once."""
    words = clean(merge.reason).strip()
    return f"likely: {words}" if merge.certainty == "likely" else words


def word_first(cluster: Cluster) -> str:
    """Return who told it first, as far as articles are dated."""
    first = cluster.first_report
    if first is None:
        return "not known: no article says when it was published"
    words = f"{clean(first.published).strip()}, {clean(cluster.mentions[first.mention].outlet).strip()}"
    if first.undated:
        words += f"; {word_number(first.undated, 'article')} without a date may be older"
    return words


def word_readings(values: Iterable[Value], cluster: Cluster) -> str:
    """Return values with the outlets that give them: "26,000 tonnes (A, B); 24,500 tonnes (C)"."""
    return "; ".join(f"{word_value(value)} ({word_names(outlets_of(value, cluster))})" for value in values)


def word_contradiction(contradiction: Contradiction, cluster: Cluster) -> str:
    """Return a contradiction: the field, why both cannot be so, and who says what."""
    return _word_sides(contradiction, (contradiction.left, contradiction.right), cluster)


def _word_sides(told: Contradiction | Development, values: Iterable[Value], cluster: Cluster) -> str:
    return f"{FIELD_NAMES[told.field]}: {clean(told.reason).strip()}: {word_readings(values, cluster)}"


def word_agreements(cluster: Cluster) -> str:
    """Return the fields on which all agree."""
    return ", ".join(FIELD_NAMES[field] for field in cluster.agreements)


def outlets_of(value: Value, cluster: Cluster) -> tuple[str, ...]:
    """Return the outlets whose mentions give a value, each once."""
    return tuple(dict.fromkeys(cluster.mentions[number].outlet for number in value.mentions))


def differences_between(cluster: Cluster) -> Iterator[Difference]:
    """Yield what outlets fill differently; what one outlet puts in two ways, in its headline and below, is left out."""
    for difference in cluster.differences:
        if len({outlet for value in difference.values for outlet in outlets_of(value, cluster)}) > 1:
            yield difference


def split_by_article(values: Sequence[Value], cluster: Cluster) -> Iterator[tuple[int, str]]:
    """Yield the articles that fill a field, in order, each with all that it says."""
    for article in letter_articles(cluster):
        said = (value for value in values if any(cluster.mentions[one].article == article for one in value.mentions))
        if words := "; ".join(map(word_value, said)):
            yield article, words


def letter_articles(cluster: Cluster) -> dict[int, str]:
    """Return a letter for each article that tells an event: A to Z, then AA."""
    letters = {}
    for number, article in enumerate(sorted({mention.article for mention in cluster.mentions})):
        first, last = divmod(number, 26)
        letters[article] = (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + last)
    return letters


def word_article(index: int, comparison: Comparison) -> str:
    """Return an article's outlet, date and title, as far as it has them."""
    article = comparison.articles[index]
    parts = (article.publisher, article.published, article.title)
    return " · ".join(clean(part).strip() for part in parts if part) or word_title(article)


def fullest_evidence(cluster: Cluster) -> Iterator[tuple[int, str]]:
    """Yield for each article the sentence of the claim in which it says most."""
    for article in letter_articles(cluster):
        claims = [mention.claim for mention in cluster.mentions if mention.article == article]
        fullest = max(claims, key=lambda claim: sum(bool(getattr(claim, part)) for part in (*ROLES, "sources")))
        yield article, clean(fullest.evidence.text).strip()


def word_facts(cluster: Cluster, *, differences: bool = True) -> Iterator[tuple[str, str]]:
    """Yield what is to say of an event, with labels: who tells it, from whom, what is alike and what differs."""
    yield "told by", f"{word_counts(cluster)}: {word_names(cluster.outlets)}"
    yield from word_provenance(cluster)
    if cluster.agreements:
        yield "agree on", word_agreements(cluster)
    for difference in differences_between(cluster) if differences else ():
        yield f"differ on {FIELD_NAMES[difference.field]}", word_readings(difference.values, cluster)
    yield from word_changes(cluster)


def word_changes(cluster: Cluster) -> Iterator[tuple[str, str]]:
    """Yield what cannot both be so, what changed in the course of time, and what changed on the way."""
    yield from (("contradict", word_contradiction(one, cluster)) for one in cluster.contradictions)
    yield from (("developed", _word_sides(one, (one.earlier, one.later), cluster)) for one in cluster.developments)
    for shift in cluster.shifts:
        retold, original = cluster.mentions[shift.mention], cluster.mentions[shift.original]
        yield "shifted", f"{clean(retold.outlet).strip()}: {clean(shift.reason).strip()}"
        for mention in (original, retold):
            yield "shifted", f"{clean(mention.outlet).strip()}: “{clean(mention.claim.evidence.text).strip()}”"


def word_provenance(cluster: Cluster) -> Iterator[tuple[str, str]]:
    """Yield the origins of an event, why outlets share them, and who told it first."""
    yield from (("origin", word_origin(origin)) for origin in cluster.origins)
    if cluster.denied_by:
        yield "denied by", word_names(cluster.denied_by)
    yield from (("because", word_merge(merge)) for merge in cluster.merges)
    yield "first told", word_first(cluster)


def word_summary(comparison: Comparison) -> str:
    """Return the whole comparison in one line."""
    several = told_by_several(comparison)
    parts = [
        f"{word_number(len(comparison.articles), 'article')} of {word_number(len(comparison.outlets), 'outlet')}",
        f"{word_number(len(several), 'event')} told by more than one",
    ]
    if several:
        parts.append(word_origin_count(comparison.origins, comparison.origin_range))
    return " · ".join(parts)


def word_rest(comparison: Comparison) -> str:
    """Return how many events are left out because one outlet alone tells them; "" for none."""
    count = sum(len(cluster.outlets) < 2 for cluster in comparison.clusters)
    noun = "more event" if count < len(comparison.clusters) else "event"
    return f"{word_number(count, noun)} told by one outlet alone" if count else ""
