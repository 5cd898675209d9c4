"""The origins of an event, and why outlets share them.

Where the ways of its mentions lead no further is an origin; outlets whose ways meet count once, and an outlet that
cites others for the event is no origin itself.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain

from claimx.compare.bodies import is_of_any
from claimx.compare.names import SourceKey
from claimx.compare.records import Basis, Certainty, Merge, Origin, OriginRange
from claimx.compare.speakers import Speakers
from claimx.compare.tracing import Tracer
from claimx.compare.web import Step, Web


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
    keys = sorted({key for found in per_mention for key in found})
    origins: list[Origin] = []
    merges: list[Merge] = []
    for key in keys:
        starts = [start for start, found in zip(web.starts, per_mention, strict=True) if key in found]
        articles = tuple(sorted({start.article for start in starts}))
        outlets = tracer.outlets(articles)
        sure: Certainty = "firm" if all(roots[start.node][key] == "firm" for start in starts) else "likely"
        node = web.nodes[key]
        # an outlet in its own voice is named by nobody
        attributed = any(step.end == key for step in web.steps) or any(start.attributed for start in starts)
        origins.append(Origin(str(key), node.label, node.kind or "other", attributed, sure, outlets, articles))
        if len(outlets) > 1:
            merges += _merges(key, articles, web, tracer)
    origins = sort_origins(origins)
    order = {origin.id: number for number, origin in enumerate(origins)}
    merges.sort(key=lambda merge: (order[merge.origin], merge.certainty, -len(merge.outlets), merge.reason))
    ids = [tuple(map(str, found)) for found in per_mention]
    return Found(tuple(origins), tuple(merges), ids, count_origins(keys, tracer.speakers))


def sort_origins(origins: Iterable[Origin]) -> list[Origin]:
    """Return origins in the order in which they are shown: those that are named first, then by their outlets."""
    return sorted(origins, key=lambda origin: (not origin.attributed, -len(origin.outlets), origin.name, origin.id))


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


def _merges(origin: SourceKey, articles: Sequence[int], web: Web, tracer: Tracer) -> Iterator[Merge]:
    """Yield why articles share an origin: where their ways meet first, then what is only likely."""
    import networkx as nx  # loads slowly, and only comparing needs it

    graph = web.graph()
    ways: dict[int, set[SourceKey]] = {}
    for index in articles:
        begun = {tracer.tellers[index].outlet, *(start.node for start in web.starts if start.article == index)}
        ways[index] = begun.union(*(nx.descendants(graph, key) for key in begun))
    reached = Counter(chain.from_iterable(ways.values()))
    leading: set[SourceKey] = nx.ancestors(graph, origin) | {origin}
    explained: list[set[int]] = []
    for key in sorted(leading, key=lambda key: (-reached[key], key != origin, key)):
        steps = [step for step in web.steps if (step.end, step.certainty) == (key, "firm")]
        meeting = {
            index
            for index, way in ways.items()
            if any(step.start in way for step in steps) or tracer.tellers[index].outlet == key
        }
        if len(tracer.outlets(meeting)) > 1 and not any(meeting <= known for known in explained):
            explained.append(meeting)
            yield _meeting(origin, key, sorted(meeting), steps, ways, web, tracer)
    for step in web.steps:
        if step.certainty == "likely" and step.end in leading:
            concerned = tuple(sorted(index for index, way in ways.items() if step.start in way))
            if concerned:
                outlets = tracer.outlets(concerned)
                yield Merge(str(origin), concerned, outlets, step.basis, "likely", step.reason, step.traces)


def _meeting(
    origin: SourceKey,
    key: SourceKey,
    articles: Sequence[int],
    steps: Sequence[Step],
    ways: Mapping[int, AbstractSet[SourceKey]],
    web: Web,
    tracer: Tracer,
) -> Merge:
    """Return the merge of articles whose ways meet at one node, in words."""
    manners: dict[tuple[str, str], list[int]] = {}
    taken: list[tuple[int, Step]] = []
    for index in articles:
        into = [step for step in steps if step.start in ways[index]]
        own = [step for step in into if any(trace.article == index for trace in step.traces)] or into
        manners.setdefault(_manner(index, key, own, web, tracer), []).append(index)
        taken += [(index, step) for step in own]
    parts = []
    for (one, several), indices in manners.items():
        outlets = tracer.outlets(indices)
        parts.append(f"{_listed(outlets)} {several if len(outlets) > 1 else one}")
    bases: Counter[Basis] = Counter(step.basis for _, step in taken)
    basis: Basis = min(bases, key=lambda basis: (-bases[basis], basis), default="same source")
    traces = tuple(trace for index, step in taken for trace in step.traces if trace.article == index)
    outlets = tracer.outlets(articles)
    return Merge(str(origin), tuple(articles), outlets, basis, "firm", "; ".join(parts), traces)


def _manner(index: int, key: SourceKey, steps: Sequence[Step], web: Web, tracer: Tracer) -> tuple[str, str]:
    """Return how an article has something from a node, to follow the name of one outlet, and of several."""
    teller, label = tracer.tellers[index], web.nodes[key].label
    if teller.outlet == key or not steps:
        return "tells it", "tell it"
    step = steps[0]
    if step.basis == "same text":
        verb, rest = "share", f"text with {label} ({step.reason})"
    elif step.type == "copies":
        verb, rest = "run", f"copy of {label} (“{step.traces[0].text}”)"
    elif step.start in (teller.outlet, teller.voice):
        verb, rest = "quote" if step.type == "quotes" else "cite", label
    else:
        rest = f"it by way of {web.nodes[step.start].label}"
        return f"has {rest}", f"have {rest}"
    return f"{verb}s {rest}", f"{verb} {rest}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
