"""Claims as flat rows, one value a column: what tables, spreadsheets, databases and maps take."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urldefrag

from claimx.edtf import FIRST_DAY, LAST_DAY, day_bounds
from claimx.output.clean import clean, web_address
from claimx.output.context import OutputContext
from claimx.output.wording import word_content, word_sources, word_span, word_type
from claimx.records import MOVEMENT, ROLES, Article, Claim, Evidence, Place, Source, Span
from claimx.rules.kinds import KindRole, claim_kinds, further_roles

Value = str | int | float | None
Row = dict[str, Value]

PLACES = ("origin", "via", "destination")
ARTICLE_COLUMNS = ("article", "url", "title", "publisher", "published")
ATTRIBUTION_COLUMNS = (*ARTICLE_COLUMNS, "source", "cue", "content", "type", "start", "end")
DAYS = ("first_day", "last_day")
"""Columns that hold days, in ISO 8601."""

MIDDLE = "country's middle"
"""How precise the coordinates of a country are, of which no better point is known."""

_FRAGMENT_WORDS = 6  # at each end of a sentence: enough to find it, few enough to survive a typo mended in its middle


def flatten_article(article: Article) -> Row:
    """Return the columns that say which article a row is from."""
    about = (article.source, article.url, article.title, article.publisher, article.published)
    return dict(zip(ARTICLE_COLUMNS, about, strict=True))


def flatten_claim(article: Article, claim: Claim) -> Row:
    """Return a claim's columns: the article's words by role, and beside them what each was resolved to.

    A claim of another kind than movement has besides its kind, and its further roles.
    """
    when = claim.when
    edtf = when.date.edtf if when and when.date else None
    first, last = days_of(edtf)
    row: Row = {
        **flatten_article(article),
        "trigger": claim.trigger.text,
        **_actor("who", claim.who),
        "what": _text(claim.what),
        "what_name": name_behind(claim.what),
        **{column: value for role in PLACES for column, value in _place(role, getattr(claim, role)).items()},
        "vehicle": _text(claim.vehicle),
        "vehicle_name": claim.vehicle.resolved if claim.vehicle else None,  # its actor is whose it is, not its name
        "when": _text(when),
        "edtf": edtf,
        "first_day": first,
        "last_day": last,
        "day_basis": when.date.basis if when and when.date else None,
        "status": claim.status,
        "status_cue": _text(claim.status_cue),
        "disputed_by": " ".join(claim.disputed_by) or None,
        "sources": word_sources(claim.sources) or None,
        **_source("first_source", claim.sources[0] if claim.sources else None),
        **_source("last_source", claim.sources[-1] if claim.sources else None),
        "evidence": claim.evidence.text,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "confidence": claim.confidence,
        "rules": " ".join(claim.rules),
        "review": claim.review,
        "id": claim.id,
        "link": link_to(article, claim.evidence.text),
    }
    if claim.kind != MOVEMENT:
        row["kind"] = claim.kind
        for role in further_roles([claim.kind]).values():
            row |= _further(role, claim.filler(role.name))
    return row


def places_of(claim: Claim) -> dict[str, Span | None]:
    """Return what stands in the roles of a claim that are places: of a movement where it leads along, in order."""
    if claim.kind == MOVEMENT:
        return {role: claim.filler(role) for role in PLACES}
    declared = claim_kinds().get(claim.kind)
    return {r.name: claim.filler(r.name) for r in declared.role if "place" in r.reads} if declared else {}


def layer_columns(context: OutputContext) -> tuple[str, ...]:
    """Return the columns of claims, or of attributions, in order."""
    return claim_columns(context.kinds) if context.layer == "claims" else ATTRIBUTION_COLUMNS


def flatten_layer(article: Article, columns: Sequence[str], context: OutputContext) -> Iterator[Sequence[Value]]:
    """Yield what stands in these columns for each claim of an article, or for each attribution."""
    if context.layer == "claims":
        yield from (claim_values(article, claim, columns) for claim in article.claims)
        return
    about = flatten_article(article).values()
    for attribution in article.attributions:
        source, cue = word_span(attribution.source), word_span(attribution.cue)
        start = min((span.start for span in attribution.content), default=None)
        end = max((span.end for span in attribution.content), default=None)
        yield (*about, source, cue, word_content(attribution), word_type(attribution), start, end)


def claim_columns(kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of claims of these kinds, in order; of movements alone they are `CLAIM_COLUMNS`."""
    if tuple(kinds) == (MOVEMENT,):
        return CLAIM_COLUMNS
    declared = {role.name for kind in kinds for role in claim_kinds()[kind].role}
    without = [role for role in ROLES if role not in declared]
    columns = [
        name for name in CLAIM_COLUMNS if not any(name == role or name.startswith(f"{role}_") for role in without)
    ]
    columns.insert(columns.index("trigger"), "kind")
    further = [name for role in further_roles(kinds).values() for name in _further(role, None)]
    at = columns.index("edtf") - ("when" in columns)
    return (*columns[:at], *further, *columns[at:])


def claim_values(article: Article, claim: Claim, columns: Sequence[str]) -> list[Value]:
    """Return what stands in these columns of a claim, None in those of roles that its kind lacks."""
    row = {"kind": claim.kind, **flatten_claim(article, claim)}
    return [row.get(column) for column in columns]


def _further(role: KindRole, span: Span | None) -> Row:
    """Return the columns of a role that claims have no field for."""
    if "place" in role.reads:
        return _place(role.name, span)
    return _actor(role.name, span) if "actor" in role.reads else {role.name: _text(span)}


def flatten_sources(article: Article, claim: Claim) -> Iterator[Row]:
    """Yield a row for each source of a claim, from the one nearest to the event on."""
    for position, source in enumerate(claim.sources, 1):
        yield {
            "claim": claim.id,
            "position": position,
            "source": source.text,
            "source_name": name_behind(source),
            "kind": source.kind,
            "part": source.part,
            "anonymous": "yes" if source.anonymous else "no",
            "country": source.actor.country if source.actor else None,
            "cue": _text(source.cue),
            "article": article.source,
        }


def name_behind(span: Span | Source | None) -> str | None:
    """Return the fullest name of what a span means, as far as it was resolved: by the article, else by a list."""
    if span is None:
        return None
    return span.resolved or (span.actor.name if span.actor else None)


def precision_of(place: Place | None) -> str | None:
    """Return what a place's coordinates are those of, None where it has none."""
    if place is None or place.lat is None or place.lon is None:
        return None
    return MIDDLE if place.kind == "country" else place.kind


def link_to(article: Article, words: str) -> str | None:
    """Return the article's address with a text fragment, by which browsers open it at these words; None without one."""
    whole = web_address(article.url)
    if whole is None:
        return None
    parts = clean(words).split()
    if len(parts) <= 2 * _FRAGMENT_WORDS:
        fragment = _escape(" ".join(parts))
    else:
        fragment = f"{_escape(' '.join(parts[:_FRAGMENT_WORDS]))},{_escape(' '.join(parts[-_FRAGMENT_WORDS:]))}"
    address, anchor = urldefrag(whole)
    return f"{address}#{anchor.partition(':~:')[0]}:~:text={fragment}"


def _escape(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")  # a dash would mean that what is before it is context


def _text(span: Span | Source | None) -> str | None:
    return span.text if span else None


def days_of(edtf: str | None) -> tuple[str | None, str | None]:
    """Return the first and last day of a date, None for an end that is open or not known."""
    first, last = day_bounds(edtf) or (FIRST_DAY, LAST_DAY)
    return None if first == FIRST_DAY else first, None if last == LAST_DAY else last


def _actor(role: str, span: Span | None) -> Row:
    actor = span.actor if span else None
    return {
        role: _text(span),
        f"{role}_name": name_behind(span),
        f"{role}_country": actor.country if actor else None,
        f"{role}_type": actor.type if actor else None,
    }


def _place(role: str, span: Span | None) -> Row:
    place = span.place if span else None
    return {
        role: _text(span),
        f"{role}_name": place.name if place else name_behind(span),
        f"{role}_country": place.country if place else None,
        f"{role}_lat": place.lat if place else None,
        f"{role}_lon": place.lon if place else None,
        f"{role}_precision": precision_of(place),
        f"{role}_geonameid": place.geonameid if place else None,
    }


def _source(column: str, source: Source | None) -> Row:
    return {
        column: _text(source),
        f"{column}_name": name_behind(source),
        f"{column}_kind": source.kind if source else None,
    }


_ARTICLE = Article("", "")
_CLAIM = Claim("", "", Span("", 0, 0), Evidence("", 0, 0, 0), sources=(Source("", 0, 0),))
CLAIM_COLUMNS = tuple(flatten_claim(_ARTICLE, _CLAIM))
"""The columns of a claim, in order."""
SOURCE_COLUMNS = tuple(next(flatten_sources(_ARTICLE, _CLAIM)))
"""The columns of a claim's source, in order."""
