"""What goes into a store besides articles, what is asked of one, and what it answers."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from claimx import __version__
from claimx.records import MOVEMENT, Article, Claim, Status
from claimx.sources.raw import utc_now

AddResult = Literal["added", "new version", "replaced", "unchanged"]
"""What adding an article came to.

"new version": another text under an address that the store knew; both are kept. "replaced": the text was there, but
with other claims, attributions or metadata; the new ones took their place. "unchanged": all of it was there already.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What found an article's claims: program and model by name and version, users' rule packs by name and digest.

    All articles of one run of the program share one `Run`, whichever process adds them.
    """

    id: str
    started_at: str
    claimx: str
    model: str | None = None
    rules: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for; a claim must meet every condition that is given.

    `who`, `what`, `origin`, `destination` and `via` are names or words: a country finds its people, organisations and
    places, other words must all stand in the role's span or in the name behind it. `source` asks the same of any one
    link of the chain, or names a link's kind. `text` are words of the claim's sentence, `article` of the headline or
    text, `publisher` of its name; "words in quotes" are a phrase. `since` and `until` hold the claim's own date, which
    may be a stretch of time that reaches into theirs, or the article's publication date where the claim has none.
    `kinds` are kinds of claims, every kind where it is empty.
    """

    who: str | None = None
    what: str | None = None
    origin: str | None = None
    destination: str | None = None
    via: str | None = None
    since: date | None = None
    until: date | None = None
    status: tuple[Status, ...] = ()
    source: str | None = None
    text: str | None = None
    article: str | None = None
    publisher: str | None = None
    min_confidence: float = 0.0
    all_versions: bool = False
    limit: int | None = None
    kinds: tuple[str, ...] = (MOVEMENT,)


@dataclass(frozen=True, slots=True)
class Hit:
    """A claim that a search found; `article` is where it stands, without its claims and attributions."""

    claim: Claim
    article: Article


def make_run(*, model: Mapping[str, Any] | None = None, packs: Sequence[Path] = ()) -> Run:
    """Return a new run, begun now, by this claimx; `model` is what `claimx.output.describe_model` gives."""
    rules = None
    if packs:
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in packs)).hexdigest()
        rules = f"{', '.join(path.name for path in packs)} (SHA-256 {digest[:16]})"
    return Run(
        id=uuid.uuid4().hex,
        started_at=utc_now(),
        claimx=__version__,
        model=" ".join(str(model[key]) for key in ("name", "version") if model.get(key)) if model else None,
        rules=rules,
    )


def merge_hits(hits: Iterable[Hit]) -> Iterator[Article]:
    """Yield the articles of hits, each with the claims that were found in it; hits of one article come together."""
    for _, group in groupby(hits, key=lambda hit: hit.article):
        found = list(group)
        yield replace(found[0].article, claims=tuple(hit.claim for hit in found))
