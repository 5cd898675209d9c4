"""What changes on the way from a source to who retells it: a hedge that is gone, a source that is, another number.

Only what is beyond doubt is told: the retelling names the outlet that it has it from, and that outlet's own words are
among the mentions; or its sentence is a copy of another's but for what got lost.
"""

from collections.abc import Iterator, Sequence
from itertools import product

from claimx.compare.names import meant
from claimx.compare.pairs import Pair
from claimx.compare.parties import apart
from claimx.compare.profiles import Profile
from claimx.compare.records import Shift, ShiftKind
from claimx.compare.tracing import Tracer
from claimx.compare.web import Web

_COPIED = 75.0  # of 100: sentences as alike as this, which say the same movement, were made from one another
_NEAR = 160  # characters around a sentence within which it may name whom it has it from


def find_shifts(profiles: Sequence[Profile], web: Web, tracer: Tracer) -> Iterator[Shift]:
    """Yield what mentions changed of what they have from others; of each kind one for a mention at most."""
    outlets = [step for step in web.steps if step.basis == "same outlet"]
    cited = [{step.end for step in outlets if profile.claim.id in step.claims} for profile in profiles]
    seen: set[tuple[int, ShiftKind]] = set()
    for (index, retold), (other, original) in product(enumerate(profiles), repeat=2):
        if retold.article == original.article or retold.headline or original.headline:
            continue
        if retold.claim.predicate != original.claim.predicate:
            continue
        if _is_verbatim(original, tracer) and not _is_verbatim(retold, tracer):
            continue  # the speech itself, whoever prints it
        pair, teller = Pair(original, retold), tracer.tellers[original.article]
        named = not cited[index].isdisjoint((teller.outlet, teller.voice)) and retold.outlet != original.outlet
        copied = (named or pair.in_order) and pair.is_copied(_COPIED)
        if named or copied:
            for kind, reason in _changes(pair, tracer, copied=copied):
                if (index, kind) not in seen:
                    seen.add((index, kind))
                    yield Shift(kind, index, other, teller.name, reason)


def _is_verbatim(profile: Profile, tracer: Tracer) -> bool:
    """Return whether a claim stands in direct speech."""
    start, attributions = profile.claim.trigger.start, tracer.articles[profile.article].attributions
    quoted = (span for attribution in attributions if attribution.type != "indirect" for span in attribution.content)
    return any(span.start <= start < span.end for span in quoted)


def _changes(pair: Pair, tracer: Tracer, *, copied: bool) -> Iterator[tuple[ShiftKind, str]]:
    original, retold = pair.left, pair.right
    name = tracer.tellers[original.article].name
    mine, theirs = retold.claim, original.claim
    if theirs.status == "hedged" and theirs.status_cue is not None and mine.status == "asserted":
        yield "certainty", f"{name} has “{theirs.status_cue.text}”, which is gone"
    if copied and theirs.sources and not mine.sources and not _names_any(retold, original, tracer):
        told = meant(theirs.sources[0])
        yield "source", f"{name} has it from {told}, who is not named"
    if retold.quantity and original.quantity and pair.numbers_differ and pair.same_thing:
        yield "quantity", f"{original.quantity.text} became {retold.quantity.text}"
    left, right = retold.agent, original.agent
    if copied and left and right and apart(left.countries, right.countries):
        yield "actor", f"{right.phrase} became {left.phrase}"


def _names_any(retold: Profile, original: Profile, tracer: Tracer) -> bool:
    """Return whether the words around a retelling name one of the original's sources, or have it from anybody."""
    article, evidence = tracer.articles[retold.article], retold.claim.evidence
    start, end = evidence.start - _NEAR, evidence.end + _NEAR
    if any(attribution.source and start <= attribution.source.start <= end for attribution in article.attributions):
        return True
    near = article.text[max(0, start) : end].lower()
    names = (word for source in original.claim.sources for word in meant(source).lower().split() if len(word) > 3)
    return any(name in near for name in names)
