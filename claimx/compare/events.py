"""From articles to their comparison: read this first."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from claimx.compare.clusters import find_clusters
from claimx.compare.graph import make_graph
from claimx.compare.journeys import link_journeys
from claimx.compare.origins import find_origins, sort_origins
from claimx.compare.profiles import Profile, read_profile
from claimx.compare.readings import (
    find_agreements,
    find_contradictions,
    find_developments,
    find_differences,
    make_canonical,
    read_fields,
)
from claimx.compare.records import Cluster, Comparison, FirstReport, Mention, Merge, Origin, OriginRange
from claimx.compare.reuse import find_reuse
from claimx.compare.shifts import find_shifts
from claimx.compare.similarity import make_scorer
from claimx.compare.tracing import Tracer, make_tracer
from claimx.compare.web import Web
from claimx.outlets import fold
from claimx.records import MOVEMENT, Article
from claimx.rules.loader import RuleSet, bundled_rules


def compare_articles(articles: Iterable[Article], rules: RuleSet | None = None) -> Comparison:
    """Return the comparison of articles with their claims; those given twice count once."""
    rules = rules or bundled_rules()
    articles = order_articles(articles)
    profiles: list[Profile] = []
    for index, article in enumerate(articles):
        for claim in (claim for claim in article.claims if claim.kind == MOVEMENT):
            profiles.append(read_profile(article, index, claim, len(profiles), rules))
    reuse = find_reuse(articles)
    groups = find_clusters(profiles, make_scorer(profiles, articles))
    members = [[profiles[number] for number in group] for group in groups]
    tracer = make_tracer(articles, reuse, rules)
    related = _events_shared(members)
    webs = [tracer.trace(group, related=related) for group in members]
    clusters = [_cluster(group, web, tracer) for group, web in zip(members, webs, strict=True)]
    clusters = link_journeys(clusters, members)
    clusters.sort(key=lambda cluster: (-len(cluster.outlets), -len(cluster.mentions), _first(cluster)))
    told = [cluster for cluster in clusters if len(cluster.outlets) > 1] or clusters
    origins = _all_origins(told)
    return Comparison(
        articles=articles,
        clusters=tuple(clusters),
        outlets=tracer.outlets(range(len(articles))),
        origins=origins,
        merges=_all_merges(told),
        graph=make_graph(clusters, webs, tracer),
        origin_range=OriginRange(max((one.origin_range.at_least for one in told), default=0), len(origins)),
    )


def order_articles(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return the articles by date, those without one last, then outlet and text; each text of an outlet once."""
    distinct: dict[tuple[str, ...], Article] = {}
    for article in sorted(articles, key=_order):
        distinct.setdefault((article.text, fold(article.publisher or ""), article.url or ""), article)
    return tuple(distinct.values())


def _order(article: Article) -> tuple[str, ...]:
    words = (article.publisher, article.title, article.text, article.url, article.source, article.retrieved_at)
    return (article.published or "~", *(word or "" for word in words), repr(article))  # at last by whatever differs


def _first(cluster: Cluster) -> tuple[int, int, str]:
    first = cluster.mentions[0]
    return (first.article, first.claim.trigger.start, cluster.id)


def _cluster(group: Sequence[Profile], web: Web, tracer: Tracer) -> Cluster:
    readings = read_fields(group)
    found = find_origins(web, tracer)
    mentions = tuple(
        Mention(
            article=profile.article,
            claim=profile.claim,
            outlet=tracer.tellers[profile.article].name,
            quantity=profile.quantity,
            attributed=start.attributed,
            origins=ids,
        )
        for profile, start, ids in zip(group, web.starts, found.per_mention, strict=True)
    )
    return Cluster(
        id=_cluster_id(mentions),
        canonical=make_canonical(group, readings),
        mentions=mentions,
        agreements=tuple(find_agreements(readings)),
        differences=tuple(find_differences(readings)),
        contradictions=tuple(find_contradictions(readings)),
        first_report=_first_report(mentions, tracer.articles),
        outlets=tracer.outlets(mention.article for mention in mentions),
        origins=found.origins,
        merges=found.merges,
        developments=tuple(find_developments(readings)),
        shifts=tuple(find_shifts(group, web, tracer)),
        origin_range=found.range,
        denied_by=tuple(web.deniers),
    )


def _cluster_id(mentions: Sequence[Mention]) -> str:
    """Return 16 hex digits that depend on the claims alone."""
    return hashlib.sha256(" ".join(sorted(mention.claim.id for mention in mentions)).encode()).hexdigest()[:16]


def _first_report(mentions: Sequence[Mention], articles: Sequence[Article]) -> FirstReport | None:
    dates = [(articles[mention.article].published, number) for number, mention in enumerate(mentions)]
    dated = [(published, number) for published, number in dates if published]
    if not dated:
        return None
    published, number = min(dated)
    undated = {mentions[number].article for published, number in dates if not published}
    return FirstReport(number, published, len(undated))


def _events_shared(groups: Sequence[Sequence[Profile]]) -> Mapping[tuple[int, int], int]:
    """Return how many events each two articles both tell."""
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for group in groups:
        for pair in combinations(sorted({profile.article for profile in group}), 2):
            shared[pair] += 1
    return shared


def _all_origins(clusters: Sequence[Cluster]) -> tuple[Origin, ...]:
    """Return the origins of several events, each once, with all who go back to it."""
    found: dict[str, Origin] = {}
    for origin in (origin for cluster in clusters for origin in cluster.origins):
        if (known := found.setdefault(origin.id, origin)) is not origin:
            found[origin.id] = replace(
                known,
                attributed=known.attributed or origin.attributed,
                certainty=max(known.certainty, origin.certainty),  # likely, if one is
                outlets=tuple(dict.fromkeys((*known.outlets, *origin.outlets))),
                articles=tuple(sorted({*known.articles, *origin.articles})),
            )
    return tuple(sort_origins(found.values()))


def _all_merges(clusters: Sequence[Cluster]) -> tuple[Merge, ...]:
    """Return why outlets share origins in several events, each reason once."""
    found: dict[tuple[str, str], Merge] = {}
    for cluster in clusters:
        for merge in cluster.merges:
            found.setdefault((merge.origin, merge.reason), merge)
    return tuple(found.values())
