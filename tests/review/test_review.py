"""Reviews: read, merged into what claimx found, and counted."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from examples import TEXT, article

from claimx.errors import SourceNotFound, SourceUnreadable
from claimx.gazetteer import find_place
from claimx.output.flat import CLAIM_COLUMNS
from claimx.output.wording import why_check
from claimx.records import Article, article_from_wire, to_wire
from claimx.review import Merged, Review, Share, count_reviews, merge_reviews, read_reviews
from claimx.review.records import article_key


def line(verdict: str, claim: str | None = None, about: Article | None = None, **more: object) -> dict[str, object]:
    return {"review": 1, "verdict": verdict, "article": article_key(about or article()), "claim": claim, **more}


def review(verdict: str, claim: str | None = None, **more: object) -> Review:
    return Review.model_validate(line(verdict, claim, **more))


def words(text: str) -> dict[str, object]:
    start = TEXT.index(text)
    return {"text": text, "start": start, "end": start + len(text)}


def test_accepted_claims_say_so_and_need_no_check() -> None:
    bare = article().claims[1]
    doubtful = replace(article(), claims=(replace(bare, confidence=0.1),))
    assert why_check(doubtful.claims[0])
    merged = Merged()
    (claim,) = merge_reviews(doubtful, [review("accepted", bare.id)], merged).claims
    assert (claim.review, why_check(claim), merged.taken["accepted"]) == ("accepted", [], 1)
    assert "review" in CLAIM_COLUMNS
    assert to_wire(claim)["review"] == "accepted"
    assert "review" not in to_wire(bare)
    again = article_from_wire(to_wire(replace(doubtful, claims=(claim,))))
    assert again.claims == (claim,)


def test_rejected_claims_go_and_dispute_nothing() -> None:
    first, second = article().claims
    disputed = replace(article(), claims=(replace(first, disputed_by=(second.id,)), second))
    merged = Merged()
    done = merge_reviews(disputed, [review("rejected", second.id)], merged)
    assert done.claims == (replace(first, disputed_by=()),)
    assert merge_reviews(done, [review("rejected", second.id)], Merged()) == done
    assert merged.refused == []


def test_corrected_claims_keep_what_is_not_said_otherwise() -> None:
    first = article().claims[0]
    correction = review(
        "corrected", first.id, status="asserted", roles={"what": "cargo planes", "via": "", "origin": "Libya"}
    )
    done = merge_reviews(article(), [correction], Merged())
    claim = done.claims[0]
    assert claim.what
    assert claim.origin
    assert TEXT[claim.what.start : claim.what.end] == claim.what.text == "cargo planes"
    assert claim.origin.place == find_place("Libya")
    assert first.evidence.start <= claim.origin.start < first.evidence.end  # not in the headline
    assert (claim.status, claim.status_cue, claim.review) == ("asserted", None, "corrected")
    assert (claim.who, claim.destination, claim.sources) == (first.who, first.destination, first.sources)
    assert merge_reviews(done, [correction], Merged()) == done


def test_missed_claims_come_where_their_words_stand() -> None:
    missed = review("missed", trigger=words("shifts"), status="hedged", roles={"who": "Russia", "destination": "Libya"})
    merged = Merged()
    done = merge_reviews(article(), [missed], merged)
    claim = done.claims[0]  # in order of the text
    assert len(done.claims) == 3
    assert (claim.predicate, claim.status, claim.review, claim.confidence) == ("shifts", "hedged", "missed", 1.0)
    assert claim.evidence.text == "Russia shifts radars to Libya"
    assert claim.who
    assert claim.who.actor
    assert claim.who.actor.country == "RU"
    assert merge_reviews(done, [missed], Merged()) == done


def test_the_evidence_of_a_missed_claim_is_its_sentence() -> None:
    done = merge_reviews(article(), [review("missed", trigger=words("said one"))], Merged())
    assert done.claims[-1].evidence.text == "“They left at night,” said one of them."


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (review("accepted", "no such claim"), "no claim"),
        (review("corrected", article().claims[0].id, roles={"who": "Martians"}), "who is not in its words"),
        (review("missed", trigger={"text": "teleported", "start": 3, "end": 13}), "do not stand in it"),
        (review("missed", trigger=words("moved")), "is no missed claim"),
    ],
)
def test_what_fits_nothing_is_said(bad: Review, why: str) -> None:
    merged = Merged()
    assert merge_reviews(article(), [bad], merged) == article()
    (refused,) = merged.refused
    assert why in refused


def test_words_are_found_where_offsets_are_a_little_off() -> None:
    place = TEXT.rindex("Libya")
    off = review("missed", trigger={"text": "Libya", "start": place - 4, "end": place + 1})
    done = merge_reviews(article(), [off], Merged())
    assert place in {claim.trigger.start for claim in done.claims}


# files


def test_of_several_reviews_of_one_thing_the_last_one_holds(tmp_path: Path) -> None:
    lines = [line("accepted", "a"), line("read"), line("rejected", "a"), line("missed", trigger=words("shifts"))]
    path = tmp_path / "reviews.jsonl"
    path.write_text("\ufeff" + "\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    assert [one.verdict for one in read_reviews([path])] == ["read", "rejected", "missed"]


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        json.dumps(line("praised", "a")),
        json.dumps(line("accepted")),
        json.dumps(line("missed")),
        json.dumps({**line("accepted", "a"), "review": 2}),
        json.dumps({**line("accepted", "a"), "extra": 1}),
        json.dumps(line("missed", trigger={"text": "x", "start": -1, "end": 0})),
        json.dumps(line("corrected", "a", roles={"whose": "x"})),
    ],
)
def test_what_is_no_review_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "reviews.jsonl"
    path.write_text(json.dumps(line("read")) + "\n" + text, encoding="utf-8")
    with pytest.raises(SourceUnreadable, match="line 2"):
        read_reviews([path])


def test_no_such_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound):
        read_reviews([tmp_path / "none.jsonl"])


# figures


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (15, 148, 0.0624, 0.1605)],
)
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    """Against the figures of R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, and the formula at 0 and 1."""
    assert Share(part, whole).interval == pytest.approx((low, high), abs=0.0001)


def test_nothing_reviewed_leaves_all_open() -> None:
    assert Share(0, 0).interval == (0.0, 1.0)


def test_recall_is_known_where_articles_were_read_whole() -> None:
    other = replace(article(), text=TEXT + "More.")
    reviews = [
        review("accepted", "a"), review("corrected", "b"), review("rejected", "c"), review("read"),
        review("missed", trigger=words("shifts")),
        Review.model_validate(line("accepted", "d", other)),
        Review.model_validate(line("missed", about=other, trigger=words("shifts"))),
    ]  # fmt: skip
    figures = count_reviews(reviews)
    assert (figures.articles, figures.whole, figures.unread) == (2, 1, 1)
    assert (figures.precision, figures.found, figures.recall) == (Share(2, 4), Share(3, 4), Share(2, 3))
