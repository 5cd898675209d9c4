"""Reviews: one line a verdict, as `claimx report` saves them in a browser."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claimx.errors import SourceUnreadable
from claimx.outlets import name_input
from claimx.records import Article, Role, Status, digest_text
from claimx.sources.files import read_utf8

Verdict = Literal["accepted", "corrected", "rejected", "missed", "read"]
"""What a reader says: of a claim that it is right, nearly, or none; of words that a claim is missing; of an article
that it was read whole, so that what was missed in it is known."""

MAX_BYTES = 50_000_000
"""Bytes of a file of reviews: some hundred thousand verdicts."""

_Words = Annotated[str, Field(max_length=5_000)]
_Offset = Annotated[int, Field(ge=0)]


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ArticleKey(_Line):
    """Which article is meant: by its text, whatever it was read from; the rest says it to people."""

    text_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    source: _Words | None = None
    url: _Words | None = None


class Words(_Line):
    """Words of an article, with their offsets as `Span` has them."""

    text: _Words
    start: _Offset
    end: _Offset


class Review(_Line):
    """A verdict, and with *corrected* and *missed* what the article says: in `roles` its words, "" for nothing.

    What is not in `roles` stays as it was. `claim` is a claim's id, `at` when it was said (ISO 8601).
    """

    review: Literal[1]
    verdict: Verdict
    article: ArticleKey
    claim: Annotated[str, Field(max_length=100)] | None = None
    trigger: Words | None = None
    status: Status | None = None
    roles: dict[Role, _Words] = {}
    note: _Words = ""
    at: Annotated[str, Field(max_length=40)] | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What it is about: of two reviews with one key the later one holds."""
        if self.verdict == "missed" and self.trigger:
            return (self.article.text_sha256, "missed", str(self.trigger.start), str(self.trigger.end))
        return (self.article.text_sha256, self.verdict if self.verdict == "read" else "claim", self.claim or "")


def article_key(article: Article) -> dict[str, str | None]:
    """Return what a review says of the article that it is about; of a file's path only its name, as it is handed on."""
    return {"text_sha256": digest_text(article.text), "source": name_input(article), "url": article.url}


def read_reviews(paths: Iterable[Path]) -> list[Review]:
    """Return the reviews of the files; of several about one thing, that which comes last.

    Raises SourceNotFound, and SourceUnreadable where a line is no review, with its number and what is wrong.
    """
    found: dict[tuple[str, ...], Review] = {}
    for path in paths:
        for number, line in enumerate(read_utf8(str(path), MAX_BYTES, encoding="utf-8-sig").split("\n"), 1):
            if line.strip():
                review = _parse(str(path), number, line)
                found.pop(review.key, None)
                found[review.key] = review
    return list(found.values())


def _parse(path: str, number: int, line: str) -> Review:
    try:
        review = Review.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        what = ": ".join(filter(None, (".".join(str(part)[:50] for part in first["loc"]), first["msg"])))
        raise SourceUnreadable(path, f"line {number} is no review ({what}); give what the report saved") from error
    needed = {"read": None, "missed": "trigger"}.get(review.verdict, "claim")
    if needed and getattr(review, needed) is None:
        raise SourceUnreadable(path, f"line {number}: {review.verdict} without {needed}; give what the report saved")
    return review
