"""Where an event's claims come from: who has it from whom, and who says it first.

In each event, what an article says leads to its outlet, or to the agency whose copy it carries, on to the outlets and
documents that it cites, and to those whom these name: a directed graph. Where it leads no further is an origin, so
outlets whose ways meet count once, and an outlet that cites others for the event is no origin itself. Sources without
a name lead nowhere: two outlets that both cite *officials* stay two.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from urllib.parse import urlsplit

from claimx.compare.bylines import Byline, find_byline
from claimx.compare.names import is_agency, outlet_key, shown_outlet
from claimx.compare.records import Basis, Certainty, EdgeType, Merge, Node, Origin, OriginKind, Trace
from claimx.compare.reuse import Reuse, Sentence
from claimx.compare.speakers import Speakers, Unnamed, know_speakers
from claimx.records import Article, Claim, Source

_LIKELY: Certainty = "likely"
_EARLY = 0.5  # of an article, within which it must name the outlet that it retells


@dataclass(frozen=True, slots=True)
class Step:
    """From who has it to whom they have it from, why, how surely, and the words that show it."""

    start: str
    end: str
    type: EdgeType
    basis: Basis
    certainty: Certainty
    claims: tuple[str, ...]
    traces: tuple[Trace, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """An article as a link of chains: the node of its outlet, that of its agency, if any, and what it is copied from."""

    index: int
    outlet: str
    name: str
    voice: str
    byline: Byline | None


@dataclass(frozen=True, slots=True)
class Start:
    """A mention in the web: its article and claim, the node that its chain begins with, and whether it is attributed."""

    article: int
    claim: str
    node: str
    attributed: bool


@dataclass(slots=True)
class Web:
    """The chains of one event, or of all: nodes by key, steps, and for each mention the node that it starts from."""

    nodes: dict[str, Node] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)

    def add_node(self, key: str, label: str, kind: OriginKind) -> None:
        """Add a source, unless it is there."""
        self.nodes.setdefault(key, Node(key, "source", label, kind))

    def roots(self) -> dict[str, dict[str, Certainty]]:
        """Return for each node the origins that it leads to, as keys, and how surely."""
        import networkx as nx  # loads slowly, and only comparing needs it

        graph = nx.DiGraph()
        graph.add_nodes_from(sorted(self.nodes))
        firm = {(step.start, step.end) for step in self.steps if step.certainty == "firm"}
        graph.add_edges_from(sorted({(step.start, step.end) for step in self.steps if step.start != step.end}))
        condensed = nx.condensation(graph)
        names = {number: min(condensed.nodes[number]["members"]) for number in condensed}
        sinks = {
            number: min(condensed.nodes[number]["members"], key=self._rank)
            for number in condensed
            if not condensed.out_degree(number)
        }
        surely = nx.DiGraph()
        surely.add_nodes_from(names)
        surely.add_edges_from(
            (condensed.graph["mapping"][a], condensed.graph["mapping"][b]) for a, b in firm if a in graph and b in graph
        )
        found: dict[str, dict[str, Certainty]] = {}
        for number in condensed:
            reached = nx.descendants(condensed, number) | {number}
            certain = nx.descendants(surely, number) | {number}
            roots: dict[str, Certainty] = {
                sinks[end]: "firm" if end in certain else _LIKELY for end in sorted(reached & sinks.keys())
            }
            for member in condensed.nodes[number]["members"]:
                found[member] = roots
        return found

    def _rank(self, key: str) -> tuple[bool, str]:
        return (self.nodes[key].kind != "agency", key)


@dataclass(frozen=True, slots=True)
class Tracer:
    """What tracing needs: the articles as tellers, their sources by name, and what they copied from each other."""

    articles: Sequence[Article]
    tellers: Sequence[Teller]
    speakers: Speakers
    reuse: Mapping[tuple[int, int], Reuse]
    leans: Mapping[int, str]
    unnamed_reports: Mapping[int, Source]

    def trace(self, mentions: Sequence[tuple[int, Claim]], *, related: Mapping[tuple[int, int], int]) -> Web:
        """Return the chains of an event's mentions, each the index of its article and the claim.

        `related` says how many events two articles share.
        """
        web = Web()
        for index, claim in mentions:
            self._follow(web, index, claim)
        self._copies(web, mentions)
        self._speaking_for(web)
        self._same_institution(web, mentions)
        self._by_content(web, mentions, related)
        return web

    def _follow(self, web: Web, index: int, claim: Claim) -> None:
        """Add the chain of one claim: outlet, agency, then its sources from the one nearest to the article on."""
        teller = self.tellers[index]
        web.add_node(teller.outlet, teller.name, "agency" if is_agency(teller.outlet.partition(" ")[2]) else "outlet")
        here = teller.outlet
        if teller.byline and teller.voice != teller.outlet:
            web.add_node(teller.voice, shown_outlet(teller.byline.agency) or teller.byline.name, "agency")
            web.steps.append(
                Step(here, teller.voice, "copies", "same agency", "firm", (claim.id,), (teller.byline.trace,))
            )
            here = teller.voice
        start = ""
        for source in reversed(claim.sources):
            who = self.speakers.identify(source, index)
            if isinstance(who, Unnamed) or who.key in (here, teller.outlet):
                continue
            web.add_node(who.key, who.name, who.kind)
            basis: Basis = (
                "same agency" if who.kind == "agency" else "same outlet" if who.kind == "outlet" else "same source"
            )
            kind: EdgeType = "quotes" if _is_quoted(self.articles[index], source, claim) else "cites"
            trace = Trace(index, "text", source.text, source.start, source.end)
            web.steps.append(Step(here, who.key, kind, basis, "firm", (claim.id,), (trace,)))
            here = who.key
            start = start or who.key
        web.starts.append(
            Start(index, claim.id, start or teller.voice, bool(claim.sources) or teller.byline is not None)
        )

    def _copies(self, web: Web, mentions: Sequence[tuple[int, Claim]]) -> None:
        """Add a step from each article to the one that its text was taken from."""
        present = sorted({index for index, _ in mentions})
        for position, right in enumerate(present):
            for left in present[:position]:
                reuse = self.reuse.get((left, right))
                one, other = self.tellers[left], self.tellers[right]
                if reuse is None or not reuse.is_copy or one.outlet == other.outlet or one.voice == other.voice:
                    continue
                claims = tuple(claim.id for index, claim in mentions if index in (left, right))
                if one.byline is None and other.byline is not None:
                    one, other = other, one
                step = Step(
                    other.voice,
                    one.voice,
                    "copies",
                    "same text",
                    "firm",
                    claims,
                    _passage(self.articles, reuse),
                    f"{round(100 * reuse.share)} per cent of the shorter text is the same",
                )
                web.steps.append(step)
                if self.articles[left].published == self.articles[right].published and (one.byline is None) == (
                    other.byline is None
                ):
                    web.steps.append(
                        Step(one.voice, other.voice, "copies", "same text", "firm", claims, step.traces, step.reason)
                    )

    def _speaking_for(self, web: Web) -> None:
        """Add steps from persons to the body they speak for, where others name the body, or another who speaks for it."""
        speaking = {key: self.speakers.affiliations[key] for key in web.nodes if key in self.speakers.affiliations}
        for key, body in sorted(speaking.items()):
            if body in web.nodes or list(speaking.values()).count(body) > 1:
                web.add_node(body, self.speakers.label(body), "organisation")
                reason = f"{web.nodes[key].label} speaks for {web.nodes[body].label}"
                web.steps.append(Step(key, body, "cites", "same source", "firm", (), (), reason))

    def _same_institution(self, web: Web, mentions: Sequence[tuple[int, Claim]]) -> None:
        """Add likely steps from *the military*, unnamed, to the one military that others name for the same event."""
        named = {key: node for key, node in web.nodes.items() if key.startswith(("body ", "country "))}
        for index, claim in mentions:
            for source in claim.sources:
                who = self.speakers.identify(source, index)
                if isinstance(who, Unnamed) and who.noun:
                    spelled = [
                        key
                        for key in named
                        if who.noun in key or any(who.noun in name for name in self.speakers.spelled.get(key, ()))
                    ]
                    if len(spelled) == 1:
                        trace = Trace(index, "text", source.text, source.start, source.end)
                        reason = (
                            f"“{source.text}” is likely {named[spelled[0]].label}, whom others name for the same event"
                        )
                        web.steps.append(
                            Step(
                                self.tellers[index].voice,
                                spelled[0],
                                "cites",
                                "same source",
                                _LIKELY,
                                (claim.id,),
                                (trace,),
                                reason,
                            )
                        )
        countries = {key.partition(" ")[2]: key for key in named if key.startswith("country ")}
        for key in sorted(named):
            country = self.speakers.countries.get(key)
            if key.startswith("body ") and country in countries:
                reason = f"{named[countries[country]].label}, as a source, is likely {named[key].label}"
                web.steps.append(Step(countries[country], key, "cites", "same source", _LIKELY, (), (), reason))

    def _by_content(
        self, web: Web, mentions: Sequence[tuple[int, Claim]], related: Mapping[tuple[int, int], int]
    ) -> None:
        """Add likely steps for articles that stand on a report they name elsewhere, or do not name at all."""
        leading = {step.start for step in web.steps}
        own = sorted({index for index, _ in mentions if self.tellers[index].voice not in leading})
        told = sorted({index for index, _ in mentions})
        for index in own:
            teller = self.tellers[index]
            claims = tuple(claim.id for one, claim in mentions if one == index)
            if report := self.unnamed_reports.get(index):
                if (found := self._named_report(index, told, related)) is None:
                    continue
                key, name, other = found
                web.add_node(key, name, "outlet")
                trace = Trace(index, "text", report.text, report.start, report.end)
                reason = f"{teller.name} cites “{report.text}” without a name and tells the same events as {self.tellers[other].name}, which has them from {name}"
                web.steps.append(Step(teller.voice, key, "rests on", "same content", _LIKELY, claims, (trace,), reason))
            elif outlet := self.leans.get(index):
                name = self.speakers.label(outlet)
                web.add_node(outlet, name, "outlet")
                reason = f"{teller.name} cites no other outlet than {name} for what it tells elsewhere"
                web.steps.append(Step(teller.voice, outlet, "rests on", "same content", _LIKELY, claims, (), reason))

    def _named_report(
        self, index: int, told: Sequence[int], related: Mapping[tuple[int, int], int]
    ) -> tuple[str, str, int] | None:
        """Return the outlet whose report an unnamed one likely is: key, name and the article that tells; None if unclear."""
        candidates: dict[str, tuple[str, int, int]] = {}
        for other in told:
            if other == index or related.get((min(index, other), max(index, other)), 0) < 2:
                continue
            shared = related[min(index, other), max(index, other)]
            key = self.leans.get(other) or self.tellers[other].voice
            name = self.speakers.names.get(key) or self.tellers[other].name
            if key not in candidates or candidates[key][2] < shared:
                candidates[key] = (name, other, shared)
        if not candidates:
            return None
        cited = {key for other in told if (key := self.leans.get(other))}
        likely = [key for key in candidates if key in cited] or list(candidates)
        key = max(sorted(likely), key=lambda one: candidates[one][2])
        return key, candidates[key][0], candidates[key][1]


def make_tracer(articles: Sequence[Article], reuse: Sequence[Reuse]) -> Tracer:
    """Return what traces the events of these articles."""
    speakers = know_speakers(articles)
    tellers = [_teller(article, index) for index, article in enumerate(articles)]
    leans: dict[int, str] = {}
    unnamed: dict[int, Source] = {}
    for index, article in enumerate(articles):
        cited: dict[str, int] = {}
        for claim in article.claims:
            for source in claim.sources:  # nearest to the event first
                who = speakers.identify(source, index)
                if (
                    not isinstance(who, Unnamed)
                    and who.kind in ("outlet", "agency")
                    and who.key != tellers[index].outlet
                ):
                    cited.setdefault(who.key, source.start)
                    break
        if len(cited) == 1 and min(cited.values()) <= _EARLY * len(article.text):
            leans[index] = next(iter(cited))
        reports = [source for source in speakers.mentions.get(index, ()) if _is_unnamed_report(speakers, source, index)]
        if reports and not cited and tellers[index].byline is None:
            unnamed[index] = min(reports, key=lambda source: source.start)
    return Tracer(
        articles=articles,
        tellers=tellers,
        speakers=speakers,
        reuse={(one.left, one.right): one for one in reuse},
        leans=leans,
        unnamed_reports=unnamed,
    )


def _is_unnamed_report(speakers: Speakers, source: Source, index: int) -> bool:
    who = speakers.identify(source, index)
    return isinstance(who, Unnamed) and who.report


def _teller(article: Article, index: int) -> Teller:
    name, key = _outlet_of(article)
    byline = find_byline(article, index)
    return Teller(index, key, name, f"outlet {byline.agency}" if byline else key, byline)


def _outlet_of(article: Article) -> tuple[str, str]:
    """Return an article's outlet by name and key; an article of nobody's is an outlet of its own."""
    if article.publisher and (key := outlet_key(article.publisher)):
        return article.publisher, f"outlet {key}"
    if article.url and (host := urlsplit(article.url).hostname if "//" in article.url else None):
        host = host.removeprefix("www.")
        return host, f"outlet {outlet_key(host)}"
    name = article.title or (
        "standard input" if article.source == "-" else PurePath(article.source).name or article.source
    )
    return name, f"article {hashlib.sha256(article.text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def find_origins(web: Web, tracer: Tracer) -> tuple[tuple[Origin, ...], tuple[Merge, ...], list[tuple[str, ...]]]:
    """Return the origins of an event, why outlets share them, and for each mention the ids of its origins."""
    roots = web.roots()
    per_mention = [tuple(roots[start.node]) for start in web.starts]
    origins, merges = [], []
    for key in sorted({key for found in per_mention for key in found}):
        starts = [start for start, found in zip(web.starts, per_mention, strict=True) if key in found]
        articles = tuple(sorted({start.article for start in starts}))
        outlets = _outlets(articles, tracer)
        sure: Certainty = "firm" if all(roots[start.node][key] == "firm" for start in starts) else _LIKELY
        node = web.nodes[key]
        origins.append(
            Origin(key, node.label, node.kind or "other", _is_attributed(key, starts, web), sure, outlets, articles)
        )
        if len(outlets) > 1:
            merges += _merges(key, articles, web, tracer)
    order = {origin.id: (not origin.attributed, -len(origin.outlets), origin.name, origin.id) for origin in origins}
    return (
        tuple(sorted(origins, key=lambda origin: order[origin.id])),
        tuple(
            sorted(merges, key=lambda merge: (order[merge.origin], merge.certainty, -len(merge.outlets), merge.reason))
        ),
        per_mention,
    )


def _is_attributed(key: str, starts: Sequence[Start], web: Web) -> bool:
    """Return whether anybody names the origin; an outlet in its own voice is named by nobody."""
    return any(step.end == key for step in web.steps) or any(start.attributed for start in starts)


def _outlets(articles: Iterable[int], tracer: Tracer) -> tuple[str, ...]:
    """Return the names of the outlets of articles, each once, in the order of the articles."""
    names: dict[str, str] = {}
    for index in articles:
        names.setdefault(tracer.tellers[index].outlet, tracer.tellers[index].name)
    return tuple(names.values())


def _merges(origin: str, articles: Sequence[int], web: Web, tracer: Tracer) -> Iterator[Merge]:
    """Yield why articles share an origin: where their ways meet first, then what is only likely."""
    ways = {
        index: _nodes_from(
            {start.node for start in web.starts if start.article == index} | {tracer.tellers[index].outlet}, web.steps
        )
        for index in articles
    }
    leading = {key for key in web.nodes if origin in _nodes_from({key}, web.steps)}
    explained: list[frozenset[int]] = []
    for key in sorted(leading, key=lambda key: (-sum(key in way for way in ways.values()), key != origin, key)):
        steps = [step for step in web.steps if step.end == key and step.certainty == "firm"]
        meeting = frozenset(
            index
            for index, way in ways.items()
            if key in way and any(step.start in way for step in steps) or tracer.tellers[index].outlet == key
        )
        if len(_outlets(sorted(meeting), tracer)) < 2 or any(meeting <= known for known in explained):
            continue
        explained.append(meeting)
        yield _meeting(origin, key, sorted(meeting), steps, ways, web, tracer)
    for step in web.steps:
        if step.certainty == _LIKELY and step.end in leading:
            concerned = sorted(index for index, way in ways.items() if step.start in way)
            if concerned:
                yield Merge(
                    origin, tuple(concerned), _outlets(concerned, tracer), step.basis, _LIKELY, step.reason, step.traces
                )


def _meeting(
    origin: str,
    key: str,
    articles: Sequence[int],
    steps: Sequence[Step],
    ways: Mapping[int, frozenset[str]],
    web: Web,
    tracer: Tracer,
) -> Merge:
    """Return the merge of articles whose ways meet at one node, in words."""
    manners: dict[str, list[int]] = {}
    traces: list[Trace] = []
    bases: list[Basis] = []
    for index in articles:
        into = [step for step in steps if step.start in ways[index]]
        own = [step for step in into if any(trace.article == index for trace in step.traces)] or into
        manners.setdefault(_manner(index, key, own, web, tracer), []).append(index)
        traces += [trace for step in own for trace in step.traces if trace.article == index and trace not in traces]
        bases += [step.basis for step in own]
    label = web.nodes[key].label
    parts = [f"{_listed(_outlets(indices, tracer))} {manner}" for manner, indices in manners.items()]
    basis = min(set(bases), key=lambda basis: (-bases.count(basis), basis)) if bases else "same source"
    return Merge(
        origin,
        tuple(articles),
        _outlets(articles, tracer),
        basis,
        "firm",
        f"{label}: {'; '.join(parts)}",
        tuple(traces),
    )


def _manner(index: int, key: str, steps: Sequence[Step], web: Web, tracer: Tracer) -> str:
    """Return how an article has something from a node, in words that follow its outlet's name."""
    teller = tracer.tellers[index]
    if teller.outlet == key or not steps:
        return "told it"
    step = steps[0]
    if step.basis == "same text":
        return f"shares text with it ({step.reason})"
    if step.type == "copies":
        return f"runs its copy (“{step.traces[0].text}”)"
    if step.start in (teller.outlet, teller.voice):
        return "quotes it" if step.type == "quotes" else "cites it"
    return f"has it by way of {web.nodes[step.start].label}"


def _nodes_from(starts: Iterable[str], steps: Sequence[Step]) -> frozenset[str]:
    """Return the nodes that steps lead to from some, themselves included."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        here = waiting.pop()
        for step in steps:
            if step.start == here and step.end not in found:
                found.add(step.end)
                waiting.append(step.end)
    return frozenset(found)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _is_quoted(article: Article, source: Source, claim: Claim) -> bool:
    return any(
        attribution.type != "indirect" and attribution.source is not None and attribution.source.start == source.start
        for attribution in article.attributions
    )


def _passage(articles: Sequence[Article], reuse: Reuse) -> tuple[Trace, ...]:
    """Return the longest sentence that two articles share, in each of them."""
    pair: tuple[Sentence, Sentence] = max(reuse.shared, key=lambda pair: (len(pair[0].words), -pair[0].start))
    return tuple(
        Trace(one.article, "text", articles[one.article].text[one.start : one.end], one.start, one.end) for one in pair
    )
