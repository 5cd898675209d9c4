"""What changes on the way from a source to who retells it: a hedge that is gone, a source that is, another number.

Only what is beyond doubt is told: the retelling names the outlet that it has it from, and that outlet's own words are
among the mentions; or its sentence is a copy of another's but for what got lost.
"""

from collections.abc import Iterator, Sequence

from claimx.compare.features import is_copied
from claimx.compare.keys import SourceKey
from claimx.compare.profiles import Profile
from claimx.compare.quantities import compatible
from claimx.compare.records import Shift, ShiftKind
from claimx.compare.tracing import Tracer
from claimx.compare.web import Web

_COPIED = 75.0  # of 100: sentences as alike as this, which say the same movement, were made from one another
_NEAR = 160  # characters around a sentence within which it may name whom it has it from


def find_shifts(profiles: Sequence[Profile], web: Web, tracer: Tracer) -> Iterator[Shift]:
    """Yield what mentions changed of what they have from others; of each kind one for a mention at most."""
    cited = [_cited_by(profile, web) for profile in profiles]
    seen: set[tuple[int, ShiftKind]] = set()
    for index, retold in enumerate(profiles):
        for other, original in enumerate(profiles):
            if retold.article == original.article or retold.headline or original.headline:
                continue
            if retold.claim.predicate != original.claim.predicate:
                continue
            teller = tracer.tellers[original.article]
            named = bool(cited[index] & {teller.outlet, teller.voice}) and retold.outlet != original.outlet
            copied = is_copied(retold, original, _COPIED) and (named or _is_later(retold, original))
            if _is_verbatim(original, tracer) and not _is_verbatim(retold, tracer):
                continue  # the speech itself, whoever prints it
            if not (named or copied):
                continue
            for kind, reason in _changes(retold, original, tracer, copied=copied):
                if (index, kind) not in seen:
                    seen.add((index, kind))
                    yield Shift(kind, index, other, teller.name, reason)


def _cited_by(profile: Profile, web: Web) -> set[SourceKey]:
    """Return the nodes that a claim names as where it has it from."""
    return {step.end for step in web.steps if profile.claim.id in step.claims and step.basis == "same outlet"}


def _is_verbatim(profile: Profile, tracer: Tracer) -> bool:
    """Return whether a claim stands in direct speech."""
    trigger = profile.claim.trigger
    return any(
        span.start <= trigger.start < span.end
        for attribution in tracer.articles[profile.article].attributions
        if attribution.type != "indirect"
        for span in attribution.content
    )


def _is_later(retold: Profile, original: Profile) -> bool:
    return retold.day is not None and original.day is not None and retold.day > original.day


def _changes(retold: Profile, original: Profile, tracer: Tracer, *, copied: bool) -> Iterator[tuple[ShiftKind, str]]:
    name = tracer.tellers[original.article].name
    mine, theirs = retold.claim, original.claim
    if theirs.status == "hedged" and theirs.status_cue is not None and mine.status == "asserted":
        yield "certainty", f"{name} has “{theirs.status_cue.text}”, which is gone"
    if copied and theirs.sources and not mine.sources and not _names_any(retold, original, tracer):
        told = theirs.sources[0].resolved or theirs.sources[0].text
        yield "source", f"{name} has it from {told}, who is not named"
    one, other = retold.quantity, original.quantity
    if one and other and not compatible(one, other) and _same_thing(retold, original):
        yield "quantity", f"{other.text} became {one.text}"
    left, right = retold.agent, original.agent
    if copied and left and right and left.countries and right.countries and not left.countries & right.countries:
        yield "actor", f"{right.phrase} became {left.phrase}"


def _same_thing(left: Profile, right: Profile) -> bool:
    return bool(left.theme and right.theme and left.theme.heads and left.theme.heads == right.theme.heads)


def _names_any(retold: Profile, original: Profile, tracer: Tracer) -> bool:
    """Return whether the words around a retelling name one of the original's sources, or have it from anybody."""
    article, evidence = tracer.articles[retold.article], retold.claim.evidence
    start, end = evidence.start - _NEAR, evidence.end + _NEAR
    if any(attribution.source and start <= attribution.source.start <= end for attribution in article.attributions):
        return True
    near = article.text[max(0, start) : end].lower()
    return any(
        word in near
        for source in original.claim.sources
        for word in (source.resolved or source.text).lower().split()
        if len(word) > 3
    )
