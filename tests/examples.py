"""Records for tests: made by hand, or by hypothesis from any text whatever."""

from dataclasses import replace

from hypothesis import strategies as st

from claimx.records import (
    ROLES,
    Actor,
    Article,
    Attribution,
    Claim,
    Date,
    Evidence,
    Place,
    Source,
    Span,
    claim_id,
)

TEXT = (
    "Russia shifts radars to Libya\n\n"
    "Russian cargo planes have reportedly moved radars from Syria to bases in Libya since Monday, the officials said, "
    "Caliber.Az reports per The Wall Street Journal. “They left at night,” said one of them.\n"
)


def span(words: str, text: str = TEXT, *, after: str = "", **what: object) -> Span:
    """Return the span of `words` in `text`, from `after` on."""
    start = text.index(words, text.index(after))
    return replace(Span(words, start, start + len(words)), **what)  # type: ignore[arg-type]


def source(words: str, kind: str, *, cue: str | None = None, **what: object) -> Source:
    found = span(words)
    made = Source(found.text, found.start, found.end, cue=span(cue) if cue else None)
    return replace(made, kind=kind, **what)  # type: ignore[arg-type]


def article() -> Article:
    """Return an article with one claim that has nearly everything, one bare claim, and two attributions."""
    sentence = span("Russian cargo", after="Russian")
    evidence = Evidence(TEXT[sentence.start : TEXT.index(" “They")], sentence.start, TEXT.index(" “They"), 1)
    trigger = span("moved")
    full = Claim(
        id=claim_id(TEXT, trigger),
        predicate="move",
        trigger=trigger,
        evidence=evidence,
        who=span("Russian", after="\n", actor=Actor("Russia", "RU", "country")),
        what=span("radars", after="moved"),
        origin=span("Syria", place=Place("Syria", "SY", 35.0, 38.0, 163843, "country")),
        destination=span("bases in Libya", place=Place("Libya", "LY", 28.0, 17.0, 2215636, "country")),
        vehicle=span("Russian cargo planes"),
        when=span("Monday", date=Date("2024-12-16", "relative to publication")),
        status="hedged",
        status_cue=span("reportedly"),
        sources=(
            source("the officials", "officials", cue="said", anonymous=True, resolved="US officials"),
            source("The Wall Street Journal", "outlet", cue="per"),
            source("Caliber.Az", "outlet", cue="reports"),
        ),
        rules=("move.transfer", "status.reportedly"),
        confidence=0.75,
    )
    left = span("left")
    quote = span("“They left at night,”")
    bare = Claim(
        id=claim_id(TEXT, left),
        predicate="leave",
        trigger=left,
        evidence=Evidence(quote.text, quote.start, quote.end, 1),
        who=span("They", resolved="Russian cargo planes"),
        confidence=0.5,
    )
    return Article(
        source="samples/radars.html",
        text=TEXT,
        url="https://caliber.example/radars",
        title="Russia shifts radars to Libya",
        publisher="Caliber.Az",
        authors=("Ada Lind", "Bo Rask"),
        published="2024-12-19",
        sha256="0" * 64,
        language="en",
        claims=(full, bare),
        attributions=(
            Attribution(source("one of them", "person", anonymous=True), span("said", after="“"), (quote,), "direct"),
            Attribution(None, None, (span("radars", after="moved"), span("since Monday")), "indirect"),
        ),
    )


NASTY = (
    "=cmd|' /C calc'!A0 [red]boo[/red] \x1b[31mred\x1b[0m \x1b]0;title\x07 \u202egnp.exe "
    "<b>&amp;</b> *x* \x9b2J\r\n\tend"
)


def nasty_article() -> Article:
    """Return an article whose every word would like to do harm."""
    words = Span(NASTY, 0, len(NASTY))
    said = Source(NASTY, 0, len(NASTY))
    claim = Claim(
        "0" * 16, "move", words, Evidence(NASTY, 0, len(NASTY), 0), sources=(said,), **dict.fromkeys(ROLES, words)
    )
    return Article(
        NASTY,
        NASTY,
        url=NASTY,
        title=NASTY,
        publisher=NASTY,
        authors=(NASTY,),
        published=NASTY,
        published_at=NASTY,
        claims=(claim,),
        attributions=(Attribution(said, words, (words,), "direct"),),
    )


any_text = st.text(st.characters(exclude_categories=[]), max_size=20)  # lone surrogates included
_maybe_text = st.none() | any_text
_country = st.none() | st.sampled_from(["RU", "LY", "SY"])
_degrees = st.none() | st.floats(-90, 90)
_actors = st.builds(Actor, any_text, _country, st.sampled_from(["country", "organisation", "person", "group"]))
_places = st.builds(Place, any_text, _country, _degrees, _degrees, st.none() | st.integers(1, 10**7), st.just("city"))
_dates = st.builds(Date, st.none() | st.just("2024-12-16"), st.sampled_from(["explicit", "relative to publication"]))


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Any article whatever that keeps the promise `text[start:end] == span.text`."""
    text = draw(st.text(st.characters(exclude_categories=[]), min_size=1, max_size=80))
    offsets = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = st.builds(
        lambda ends, **what: Span(text[ends[0] : ends[1]], *ends, **what),
        offsets,
        resolved=_maybe_text,
        actor=st.none() | _actors,
        place=st.none() | _places,
        date=st.none() | _dates,
    )
    sources = st.builds(
        lambda ends, **what: Source(text[ends[0] : ends[1]], *ends, **what),
        offsets,
        kind=st.sampled_from(["person", "officials", "organisation", "outlet", "document", "data", "image", "other"]),
        anonymous=st.booleans(),
        cue=st.none() | spans,
        resolved=_maybe_text,
        actor=st.none() | _actors,
        part=st.none() | st.sampled_from(["speaker", "evidence", "relay"]),
    )
    claims = st.builds(
        Claim,
        id=st.just("0" * 16),
        predicate=any_text,
        trigger=spans,
        evidence=st.builds(lambda ends, n: Evidence(text[ends[0] : ends[1]], *ends, n), offsets, st.integers(0, 9)),
        **{role: st.none() | spans for role in (*ROLES, "status_cue")},
        status=st.sampled_from(["asserted", "hedged", "prospective", "barred", "negated", "unclear"]),
        sources=st.lists(sources, max_size=2).map(tuple),
        rules=st.lists(any_text, max_size=2).map(tuple),
        confidence=st.floats(0, 1),
        disputed_by=st.lists(st.just("1" * 16), max_size=1).map(tuple),
        kind=st.sampled_from(["movement", "arrest", "of the future"]),
        roles=st.dictionaries(st.sampled_from(["by", "where", "with"]), st.none() | spans, max_size=2),
    )
    attributions = st.builds(
        Attribution,
        st.none() | sources,
        st.none() | spans,
        st.lists(spans, min_size=1, max_size=2).map(tuple),
        st.sampled_from(["direct", "indirect", "mixed"]),
    )
    return Article(
        source=draw(any_text),
        text=text,
        url=draw(_maybe_text),
        title=draw(_maybe_text),
        publisher=draw(_maybe_text),
        authors=draw(st.lists(any_text, max_size=2).map(tuple)),
        published=draw(_maybe_text),
        published_at=draw(_maybe_text),
        claims=draw(st.lists(claims, max_size=2).map(tuple)),
        attributions=draw(st.lists(attributions, max_size=2).map(tuple)),
    )
