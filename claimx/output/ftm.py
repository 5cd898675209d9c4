"""FollowTheMoney entities as JSON Lines, for OpenAleph and its kin: trips and events with their documents.

A claim with both ends on the map or by name is a `Trip`, any other an `Event`; either has its article as `proof`. Who
moves is `involved`, places are `Address`es, what carries is the `vehicle`. The reference library (followthemoney) reads
them; ids depend on what an entity is called, so that the same country is one entity in all articles.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TextIO

from claimx.output.clean import clean, web_address
from claimx.output.context import OutputContext
from claimx.output.flat import days_of, link_to
from claimx.output.json import dump
from claimx.output.wording import SAYING, word_actors, word_status, word_title
from claimx.records import Actor, Article, Claim, Span, digest_text
from claimx.rules.kinds import further_roles

Entity = dict[str, Any]

_SCHEMAS: Final[dict[str, str]] = {
    "country": "PublicBody",
    "organisation": "Organization",
    "person": "Person",
    "group": "LegalEntity",
}


def write_ftm(articles: Iterable[Article], out: TextIO, *, context: OutputContext) -> None:
    """Write one entity a line, each once, those that others point to before them."""
    written: set[str] = set()
    for article in articles:
        for entity in _entities(article):
            if entity["id"] not in written:
                written.add(entity["id"])
                out.write(dump(entity) + "\n")
        out.flush()


def _entities(article: Article) -> Iterator[Entity]:
    if not article.claims:
        return
    document = _document(article)
    yield document
    for claim in article.claims:
        yield from _movement(article, claim, document["id"])


def _document(article: Article) -> Entity:
    return _entity(
        "Document",
        article.url or article.source,
        article.sha256 or digest_text(article.text),
        fileName=article.source,
        title=word_title(article),
        author=list(article.authors),
        publisher=article.publisher,
        publishedAt=days_of((article.published or "")[:10])[0],
        retrievedAt=article.retrieved_at,
        sourceUrl=web_address(article.url),
        bodyText=article.text,
    )


def _movement(article: Article, claim: Claim, document: str) -> Iterator[Entity]:
    """Yield what a claim points to, and then its trip or event."""
    ends = [_address(span) for span in (claim.origin, claim.destination)]
    elsewhere, others = list(_further(claim, "place", _address)), list(_further(claim, "actor", _mover))
    mover = _mover(claim.who)
    carrier = claim.vehicle.resolved or claim.vehicle.text if claim.vehicle else ""  # its actor is whose it is
    vehicle = _entity("Vehicle", carrier, name=carrier) if carrier else None
    yield from (entity for entity in (*ends, mover, vehicle) if entity)
    yield from (*elsewhere, *others)
    edtf = claim.when.date.edtf if claim.when and claim.when.date else None
    first, last = days_of(edtf)
    movement = {
        "name": _name(claim),
        "proof": document,
        "involved": [party["id"] for party in (*filter(None, [mover]), *others)],
        "startDate": first,
        "endDate": last,
        "date": first if first == last else None,
        "summary": claim.evidence.text,
        "description": f"what moves: {claim.what.text}" if claim.what else None,
        "notes": " ".join(word_status(claim)) if claim.sources else None,
        "keywords": [claim.status, f"confidence {claim.confidence:.2f}"],
        "recordId": claim.id,
        "sourceUrl": link_to(article, claim.evidence.text),
        "publisher": article.publisher,
    }
    origin, destination = ends
    if origin and destination:
        trip = {"startLocation": origin["id"], "endLocation": destination["id"]}
        yield _entity("Trip", claim.id, **movement, **trip, vehicle=vehicle["id"] if vehicle else None)
    else:
        known = origin or destination or next(iter(elsewhere), None)
        yield _entity("Event", claim.id, **movement, addressEntity=known["id"] if known else None)


def _further(claim: Claim, read: str, make: Callable[[Span | None], Entity | None]) -> Iterator[Entity]:
    """Yield what fills the roles of other kinds than movement that are read so."""
    for role in further_roles([claim.kind]).values():
        if read in role.reads and (entity := make(claim.filler(role.name))):
            yield entity


def _name(claim: Claim) -> str:
    """Return what to call a movement; one that is not told as a fact says so at once."""
    words = word_actors(claim)
    return words if claim.status == "asserted" else f"{SAYING[claim.status][1]}: {words}"


def _address(span: Span | None) -> Entity | None:
    if span is None:
        return None
    place, words = span.place, span.resolved or span.text
    if place is None:
        return _entity("Address", words, name=words, full=words)
    return _entity(
        "Address",
        place.name,
        place.country or "",
        name=place.name,
        full=place.name,
        country=_country(place.country),
        latitude=None if place.lat is None else str(place.lat),
        longitude=None if place.lon is None else str(place.lon),
    )


def _mover(span: Span | None) -> Entity | None:
    if span is None:
        return None
    actor = span.actor or Actor(span.resolved or span.text, None, "group")
    # a country of the list acts as its state; other names are those of the article
    return _entity(_SCHEMAS[actor.type], actor.name, actor.type, name=actor.name, country=_country(actor.country))


def _entity(schema: str, *key: str, **properties: Any) -> Entity:
    """Return an entity whose id depends on the key, with the properties that are known, each a list of strings."""
    digest = digest_text("\0".join((schema, *key)))
    values = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    kept = {name: [clean(value).strip() for value in listed if value] for name, listed in values.items()}
    return {
        "id": f"claimx-{digest[:32]}",
        "schema": schema,
        "properties": {name: listed for name, listed in kept.items() if any(listed)},
    }


def _country(code: str | None) -> str | None:
    return code.lower() if code else None
