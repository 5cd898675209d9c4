"""Any article at all, with text as hostile as strings can be."""

from typing import get_args

from hypothesis import strategies as st

from claimx.records import (
    Actor,
    ActorType,
    Article,
    Attribution,
    AttributionType,
    Claim,
    Date,
    Evidence,
    Place,
    Source,
    SourceKind,
    SourcePart,
    Span,
    Status,
)

WORDS = st.text(st.characters() | st.sampled_from("\x00\ud83d\ude00'\"%:\\ é*"), max_size=12)
_OFFSETS = st.integers(0, 2**31 - 1)
_MAYBE = st.none() | WORDS
_ACTORS = st.none() | st.builds(Actor, WORDS, _MAYBE, st.sampled_from(get_args(ActorType)))
_DEGREES = st.none() | st.floats(-180, 180)
_PLACES = st.none() | st.builds(Place, WORDS, _MAYBE, _DEGREES, _DEGREES, st.none() | _OFFSETS, WORDS)
_DATES = st.none() | st.builds(
    Date, st.none() | st.sampled_from(["2024-12-16", "2024/..", "199X"]) | WORDS,
    st.sampled_from(["explicit", "relative to publication"]),
)  # fmt: skip
_SPANS = st.builds(Span, WORDS, _OFFSETS, _OFFSETS, _MAYBE, _ACTORS, _PLACES, _DATES)
_NO_SPANS = st.none() | _SPANS
_SOURCES = st.builds(
    Source, WORDS, _OFFSETS, _OFFSETS, st.sampled_from(get_args(SourceKind)), st.booleans(), _NO_SPANS, _MAYBE, _ACTORS,
    st.none() | st.sampled_from(get_args(SourcePart)),
)  # fmt: skip
_CLAIMS = st.builds(
    Claim, WORDS, WORDS, _SPANS, st.builds(Evidence, WORDS, _OFFSETS, _OFFSETS, _OFFSETS),
    who=_NO_SPANS, origin=_NO_SPANS, destination=_NO_SPANS, when=_NO_SPANS, status_cue=_NO_SPANS,
    status=st.sampled_from(get_args(Status)), sources=st.lists(_SOURCES, max_size=2).map(tuple),
    rules=st.lists(WORDS, max_size=2).map(tuple), confidence=st.floats(0, 1), kind=WORDS,
    disputed_by=st.lists(WORDS, max_size=1).map(tuple), roles=st.dictionaries(WORDS, _NO_SPANS, max_size=1),
)  # fmt: skip
_ATTRIBUTIONS = st.builds(
    Attribution, st.none() | _SOURCES, _NO_SPANS, st.lists(_SPANS, max_size=2).map(tuple),
    st.sampled_from(get_args(AttributionType)),
)  # fmt: skip
ARTICLES = st.builds(
    Article, source=WORDS, text=WORDS, url=_MAYBE, title=_MAYBE, publisher=_MAYBE, published=_MAYBE,
    authors=st.lists(WORDS, max_size=2).map(tuple), retrieved_at=_MAYBE, sha256=_MAYBE, language=_MAYBE,
    claims=st.lists(_CLAIMS, max_size=2).map(tuple), attributions=st.lists(_ATTRIBUTIONS, max_size=2).map(tuple),
)  # fmt: skip
