"""How spans and chains of sources read in the formats for people."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import get_args

from claimx.edtf import word_edtf
from claimx.output.clean import clean
from claimx.records import Article, Attribution, Claim, Evidence, Source, Span, Status
from claimx.rules.kinds import claim_kinds, further_roles

LEAST_SURE = 0.5
"""The confidence below which people are asked to check a claim: at it, its kind is wrong as often as right."""

_UNSURE = f"confidence below {LEAST_SURE}"

SAYING: dict[Status, tuple[str, str]] = {
    "asserted": ("said by", "stated as fact"),
    "hedged": ("alleged by", "told with reserve"),
    "prospective": ("planned, says", "planned or expected"),
    "barred": ("barred, says", "forbidden or suspended"),
    "negated": ("denied by", "denied, or did not happen"),
    "unclear": ("left open by", "left open"),
}
"""How a status reads before those who say it, and where nobody is named."""

_BOUNDS = frozenset({"since", "until", "till", "by", "before", "after"})
"""What stands before a time and makes it a bound: spans leave it out, readers need it."""


def word_span(span: Span | Source | None) -> str:
    """Return a span's words; in brackets, as editors do it, what a pronoun or a relative date stands for."""
    if span is None:
        return ""
    words, meant = clean(span.text).strip(), word_meant(span)
    return f"{words} [{meant}]" if meant else words


def word_meant(span: Span | Source) -> str:
    """Return what a pronoun or a relative date stands for, "" where the words say it themselves."""
    meant = span.resolved or ""
    if isinstance(span, Span) and span.date and span.date.edtf:
        meant = word_edtf(span.date.edtf)
    meant = clean(meant).strip()
    return "" if meant == clean(span.text).strip() else meant


def word_when(claim: Claim) -> str:
    """Return when a claim says it was, with what makes of the time a bound: *since Friday*, *by June*."""
    words = word_span(claim.when)
    if claim.when is None:
        return words
    before = claim.evidence.text[: max(claim.when.start - claim.evidence.start, 0)].split()
    return f"{before[-1].lower()} {words}" if before and before[-1].lower() in _BOUNDS else words


def word_sources(sources: Iterable[Source]) -> str:
    """Return who told whom, nearest to the event first: "officials → The Wall Street Journal"."""
    return " → ".join(word_span(source) for source in sources)


def word_content(attribution: Attribution) -> str:
    """Return what was said, a gap between its spans as "…"."""
    return " … ".join(clean(span.text).strip() for span in attribution.content)


def word_type(attribution: Attribution) -> str:
    """Return how it was said: "direct", "indirect" or "mixed"; "view" of what nobody is told to have voiced."""
    return attribution.type if attribution.voiced else "view"


def voiced_first(attributions: Iterable[Attribution]) -> list[Attribution]:
    """Return what was said, in order, and behind it the views of which an article tells."""
    return sorted(attributions, key=lambda attribution: not attribution.voiced)


def word_actors(claim: Claim) -> str:
    """Return who moves what, and the article's word for it: "Russia → radars (moved)".

    Whoever or whatever moves comes first, whichever role holds it: "Norwegian frigate (left)". A party that the
    claim's own sentence does not name, so that it may be guessed, is marked: "Russia (?) → radars (moved)".
    """
    parties = [word_party(span, claim) for span in (mover_of(claim), claim.what) if span]
    return f"{' → '.join(parties)} ({word_span(claim.trigger)})".lstrip()


def word_reserve(claim: Claim) -> str:
    """Return what a heading must say before it: "Denied by Ukraine", "Planned or expected"; "" for what is asserted.

    Of a chain of sources it names the one nearest to the event.
    """
    if claim.status == "asserted":
        return ""
    saying, alone = SAYING[claim.status]
    words = f"{saying} {word_span(claim.sources[0])}" if claim.sources else alone
    return words[:1].upper() + words[1:]


def mover_of(claim: Claim) -> Span | None:
    """Return what leads a claim's heading before what is moved: who moves, or else what carries."""
    if claim.vehicle and (claim.who is None or _is_within(claim.who, claim.vehicle)):
        return claim.vehicle  # "Russian" of "Russian cargo planes" says whose they are
    return claim.who


def word_vehicle(claim: Claim) -> str:
    """Return what carries, "" where the heading says it already."""
    return "" if claim.vehicle is mover_of(claim) else word_span(claim.vehicle)


def word_party(span: Span, claim: Claim) -> str:
    """Return a party's words, marked where it may be guessed: "Russia (?)"."""
    return f"{word_span(span)} (?)" if is_guessed(span, claim) else word_span(span)


def is_guessed(span: Span, claim: Claim) -> bool:
    """Tell a party that the claim's own sentence does not name."""
    return not _is_within(span, claim.evidence)


def _is_within(inner: Span, outer: Span | Evidence) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def word_status(claim: Claim) -> tuple[str, str]:
    """Return a label and what stands behind it: ("denied by", "the ministry"), ("status", "told with reserve")."""
    saying, alone = SAYING[claim.status]
    if claim.sources:
        return saying, word_sources(claim.sources)
    return "status", alone + (f" (“{word_span(claim.status_cue)}”)" if claim.status_cue else "")


def why_check(claim: Claim) -> list[str]:
    """Return why somebody should check a claim before it is used; an empty list where nothing speaks for that.

    What a reader has reviewed was checked.
    """
    if claim.review:
        return []
    reasons = []
    if claim.confidence < LEAST_SURE:
        reasons.append(f"confidence {claim.confidence:.2f}")
    if any(span and is_guessed(span, claim) for span in (claim.who, claim.what)):
        reasons.append("a party that its sentence does not name")
    if claim.disputed_by:
        reasons.append("denied elsewhere in the article")
    return reasons


def word_route(claim: Claim) -> str:
    """Return whence and whither, a question mark for what the article leaves open: "Syria → ?"; "" for neither."""
    ends = (word_span(claim.origin), word_span(claim.destination))
    return " → ".join(end or "?" for end in ends) if any(ends) else ""


def word_further(claim: Claim) -> dict[str, str]:
    """Return the roles of a claim that movements lack, as far as they are filled, by their labels for people."""
    known = further_roles([claim.kind])
    filled = {role: span for role, span in claim.roles.items() if span}
    return {known[role].label if role in known else role: word_party(span, claim) for role, span in filled.items()}


def word_kinds(kinds: Iterable[str]) -> str:
    """Return what claims of these kinds are called together: "movement claims", "movement and arrest claims"."""
    events = [claim_kinds()[kind].event if kind in claim_kinds() else kind for kind in kinds]
    return f"{' and '.join(events)} claims"


def word_event(kinds: Sequence[str]) -> str:
    """Return what stands over the words that claims of these kinds rest on: "movement", of several kinds "event"."""
    return claim_kinds()[kinds[0]].event if len(kinds) == 1 and kinds[0] in claim_kinds() else "event"


def word_number(number: int, one: str, several: str | None = None) -> str:
    """Return a number with its noun: "1 claim", "1,200 claims"; `several` where it takes more than an s."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def word_title(article: Article) -> str:
    """Return what to call an article: its title or, failing that, its source."""
    return clean(article.title or ("standard input" if article.source == "-" else article.source)).strip()


def word_origin(article: Article) -> str:
    """Return where an article is from: publisher, authors, date and source, as far as the title does not say it."""
    parts = (article.publisher, ", ".join(article.authors), article.published, article.title and article.source)
    return " · ".join(clean(part).strip() for part in parts if part)


@dataclass(slots=True)
class Tally:
    """What the articles of an output came to, counted as they go by."""

    articles: int = 0
    empty: int = 0
    undated: int = 0
    statuses: Counter[Status] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    to_check: int = 0

    def watch(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Yield the articles, and count them."""
        for article in articles:
            self.articles += 1
            self.empty += not article.claims
            # what a relative time means, nobody can say of an article without a date
            lost = any(claim.when and not (claim.when.date and claim.when.date.edtf) for claim in article.claims)
            self.undated += article.published is None and lost
            for claim in article.claims:
                self.statuses[claim.status] += 1
                reasons = why_check(claim)
                self.to_check += bool(reasons)
                self.checks.update(_UNSURE if reason.startswith("confidence") else reason for reason in reasons)
            yield article

    def words(self) -> Iterator[str]:
        """Yield the sum in sentences: claims by status, articles without any, what to check and why, what to do."""
        known = [f"{self.statuses[status]:,} {status}" for status in get_args(Status) if self.statuses[status]]
        total = sum(self.statuses.values())
        words = f"{word_number(total, 'claim')} in {word_number(self.articles, 'article')}"
        words += f": {', '.join(known)}" if known else ""
        yield words + (f"; {word_number(self.empty, 'article')} without any" if self.empty and total else "")
        if checks := self.word_checks():
            yield checks
        if self.undated:
            undated = word_number(self.undated, "article")
            yield f"{undated} without a date: --date says when, so that “Monday” can be dated"

    def word_checks(self) -> str:
        """Return how many claims need checking and why; "" where none does."""
        why = ", ".join(
            f"{reason} ({many:,})" if len(self.checks) > 1 else reason for reason, many in self.checks.most_common()
        )
        return f"check {self.to_check:,} of them: {why}" if self.to_check else ""
