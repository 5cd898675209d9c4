"""The origins of an event, and why outlets share them.

Where the ways of its mentions lead no further is an origin; outlets whose ways meet count once, and an outlet that
cites others for the event is no origin itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from claimx.compare.bodies import is_of_any
from claimx.compare.keys import SourceKey
from claimx.compare.records import Basis, Certainty, Merge, Origin, OriginRange, Trace
from claimx.compare.speakers import Speakers
from claimx.compare.tracing import Tracer
from claimx.compare.web import Start, Step, Web

_LIKELY: Certainty = "likely"


@dataclass(frozen=True, slots=True)
class Found:
    """The origins of an event, why outlets share them, the ids of each mention's origins, and how many they are."""

    origins: tuple[Origin, ...]
    merges: tuple[Merge, ...]
    per_mention: list[tuple[str, ...]]
    range: OriginRange


def find_origins(web: Web, tracer: Tracer) -> Found:
    """Return the origins of an event; a mention that denies what the others tell has none."""
    roots = web.roots()
    per_mention = [() if start.denies else tuple(roots[start.node]) for start in web.starts]
    origins: list[Origin] = []
    merges: list[Merge] = []
    for key in sorted({key for found in per_mention for key in found}):
        starts = [start for start, found in zip(web.starts, per_mention, strict=True) if key in found]
        articles = tuple(sorted({start.article for start in starts}))
        outlets = _outlets(articles, tracer)
        sure: Certainty = "firm" if all(roots[start.node][key] == "firm" for start in starts) else _LIKELY
        node = web.nodes[key]
        attributed = _is_attributed(key, starts, web)
        origins.append(Origin(str(key), node.label, node.kind or "other", attributed, sure, outlets, articles))
        if len(outlets) > 1:
            merges += _merges(key, articles, web, tracer)
    order = {origin.id: (not origin.attributed, -len(origin.outlets), origin.name, origin.id) for origin in origins}
    return Found(
        tuple(sorted(origins, key=lambda origin: order[origin.id])),
        tuple(
            sorted(merges, key=lambda merge: (order[merge.origin], merge.certainty, -len(merge.outlets), merge.reason))
        ),
        [tuple(str(key) for key in found) for found in per_mention],
        count_origins({key for found in per_mention for key in found}, tracer.speakers),
    )


def count_origins(keys: Iterable[SourceKey], speakers: Speakers) -> OriginRange:
    """Return how many origins there are at least and at most, where each key is one as far as anything tells.

    Outlets, agencies and sources without a name may all have it from one of those who are named; the bodies of one
    state, and who speaks for them, from one another.
    """
    known = set(keys)
    named: set[SourceKey | str] = set()
    stateless = False
    for key in known:
        if key.type in ("outlet", "article", "unnamed"):
            continue
        body = speakers.affiliations.get(key, key)
        country = body.country or (body.name.lower() if body.type == "country" else "")
        if is_of_any(body):
            stateless = True  # a ministry, of whatever country
        else:
            named.add(country or body)
    states = any(isinstance(one, str) for one in named)
    return OriginRange(max(min(1, len(known)), len(named) + (stateless and not states)), len(known))


def _is_attributed(key: SourceKey, starts: Sequence[Start], web: Web) -> bool:
    """Return whether anybody names the origin; an outlet in its own voice is named by nobody."""
    return any(step.end == key for step in web.steps) or any(start.attributed for start in starts)


def _outlets(articles: Iterable[int], tracer: Tracer) -> tuple[str, ...]:
    """Return the names of the outlets of articles, each once, in the order of the articles."""
    names: dict[SourceKey, str] = {}
    for index in articles:
        names.setdefault(tracer.tellers[index].outlet, tracer.tellers[index].name)
    return tuple(names.values())


def _merges(origin: SourceKey, articles: Sequence[int], web: Web, tracer: Tracer) -> Iterator[Merge]:
    """Yield why articles share an origin: where their ways meet first, then what is only likely."""
    reach = web.reach()
    begun: dict[int, set[SourceKey]] = {index: {tracer.tellers[index].outlet} for index in articles}
    for start in web.starts:
        if start.article in begun:
            begun[start.article].add(start.node)
    ways = {index: reach.nodes_from(*nodes) for index, nodes in begun.items()}
    leading = {key for key in web.nodes if origin in reach.nodes_from(key)}
    explained: list[frozenset[int]] = []
    for key in sorted(leading, key=lambda key: (-sum(key in way for way in ways.values()), key != origin, key)):
        steps = [step for step in web.steps if step.end == key and step.certainty == "firm"]
        meeting = frozenset(
            index
            for index, way in ways.items()
            if (key in way and any(step.start in way for step in steps)) or tracer.tellers[index].outlet == key
        )
        if len(_outlets(sorted(meeting), tracer)) < 2 or any(meeting <= known for known in explained):
            continue
        explained.append(meeting)
        yield _meeting(origin, key, sorted(meeting), steps, ways, web, tracer)
    for step in web.steps:
        if step.certainty == _LIKELY and step.end in leading:
            concerned = sorted(index for index, way in ways.items() if step.start in way)
            if concerned:
                outlets = _outlets(concerned, tracer)
                yield Merge(str(origin), tuple(concerned), outlets, step.basis, _LIKELY, step.reason, step.traces)


def _meeting(
    origin: SourceKey,
    key: SourceKey,
    articles: Sequence[int],
    steps: Sequence[Step],
    ways: Mapping[int, frozenset[SourceKey]],
    web: Web,
    tracer: Tracer,
) -> Merge:
    """Return the merge of articles whose ways meet at one node, in words."""
    manners: dict[tuple[str, str], list[int]] = {}
    traces: list[Trace] = []
    bases: list[Basis] = []
    for index in articles:
        into = [step for step in steps if step.start in ways[index]]
        own = [step for step in into if any(trace.article == index for trace in step.traces)] or into
        manners.setdefault(_manner(index, key, own, web, tracer), []).append(index)
        traces += [trace for step in own for trace in step.traces if trace.article == index and trace not in traces]
        bases += [step.basis for step in own]
    parts = [
        f"{_listed(_outlets(indices, tracer))} {manner[len(_outlets(indices, tracer)) > 1]}"
        for manner, indices in manners.items()
    ]
    basis = min(set(bases), key=lambda basis: (-bases.count(basis), basis)) if bases else "same source"
    return Merge(
        str(origin),
        tuple(articles),
        _outlets(articles, tracer),
        basis,
        "firm",
        "; ".join(parts),
        tuple(traces),
    )


def _manner(index: int, key: SourceKey, steps: Sequence[Step], web: Web, tracer: Tracer) -> tuple[str, str]:
    """Return how an article has something from a node, to follow the name of one outlet, and of several."""
    teller = tracer.tellers[index]
    label = web.nodes[key].label
    if teller.outlet == key or not steps:
        return "tells it", "tell it"
    step = steps[0]
    if step.basis == "same text":
        return f"shares text with {label} ({step.reason})", f"share text with {label} ({step.reason})"
    if step.type == "copies":
        copy = f"copy of {label} (“{step.traces[0].text}”)"
        return f"runs {copy}", f"run {copy}"
    if step.start in (teller.outlet, teller.voice):
        return (f"quotes {label}", f"quote {label}") if step.type == "quotes" else (f"cites {label}", f"cite {label}")
    way = f"it by way of {web.nodes[step.start].label}"
    return f"has {way}", f"have {way}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
