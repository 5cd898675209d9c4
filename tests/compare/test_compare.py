"""Which claims are one event, and what differs in it."""

import itertools
from dataclasses import replace
from typing import Any

import pytest
from examples import any_text, articles
from hypothesis import given, settings
from hypothesis import strategies as st
from making import article, claim, tanks
from stories import Story, without_dates

from claimx.compare import Comparison, compare
from claimx.compare.parties import head_nouns
from claimx.compare.profiles import read_profile
from claimx.compare.records import Cluster, comparison_to_wire
from claimx.gazetteer import actor_of
from claimx.records import Article


def events(comparison: Comparison) -> list[Cluster]:
    return [cluster for cluster in comparison.clusters if len(cluster.mentions) > 1]


def only(*told: Article) -> Cluster:
    """Return the one event that all of these articles tell."""
    clusters = compare(told).clusters
    assert len(clusters) == 1
    assert len(clusters[0].mentions) == sum(len(one.claims) for one in told)
    return clusters[0]


def reasons(cluster: Cluster) -> list[tuple[str, str]]:
    return [(one.field, one.reason) for one in cluster.contradictions]


def test_two_outlets_tell_one_event() -> None:
    cluster = only(tanks("Herald"), tanks("Tribune", published="2025-03-02"))
    assert cluster.outlets == ("Herald", "Tribune")
    assert not cluster.contradictions
    assert {"who", "what", "origin", "destination", "when", "quantity", "status"} <= set(cluster.agreements)
    assert cluster.canonical.destination is not None
    assert cluster.canonical.destination.text == "Libya"


@pytest.mark.parametrize(
    "other",
    [
        {"destination": "Mali", "on": "2025-02-20"},
        {"origin": "Armenia", "destination": "Mali"},
        {"on": "2024-11-02", "published": "2024-11-03"},
    ],
    ids=["elsewhere", "from elsewhere", "months before"],
)
def test_another_place_or_time_is_another_event(other: dict[str, Any]) -> None:
    assert not events(compare([tanks("Herald"), tanks("Tribune", **other)]))


def test_another_mover_is_another_event() -> None:
    text = "Turkey moved 30 tanks from Syria to Libya on that day.\n"
    other = claim(text, "moved", who="Turkey", what="30 tanks", origin="Syria", destination="Libya")
    assert not events(compare([tanks("Herald"), article("Tribune", text, other)]))


def trip(paper: str, text: str, trigger: str, published: str = "2025-03-01", **roles: Any) -> Article:
    return article(paper, text, claim(text, trigger, **roles), published=published)


@pytest.mark.parametrize(
    ("thing", "joined"), [("howitzers", False), ("relief", False), ("panzers", True), ("hardware", True)]
)
def test_other_things_are_another_event(thing: str, joined: bool) -> None:
    other = tanks("Tribune")
    text = other.text.replace("30 tanks", f"30 {thing}").replace("Russia moved", "In the night Russia moved")
    roles = {"who": "Russia", "what": f"30 {thing}", "origin": "Syria", "destination": "Libya", "when": "that day"}
    named = article("Tribune", text, claim(text, "moved", on="2025-02-27", **roles))
    assert bool(events(compare([tanks("Herald"), named]))) is joined


def test_an_earlier_one_is_another_event_than_the_news() -> None:
    now = trip("Herald", "A convoy crossed into Sudan.\n", "crossed", vehicle="A convoy", destination="Sudan")
    text = "An earlier convoy crossed into Sudan.\n"
    before = trip("Tribune", text, "crossed", vehicle="An earlier convoy", destination="Sudan")
    assert not events(compare([now, before]))
    older = replace(now, published="2025-02-27")  # what it tells may be the earlier one
    assert events(compare([older, before]))


@pytest.mark.parametrize(("who", "joined"), [("A reporter", False), ("Two guards", True)])
def test_one_person_is_not_several(who: str, joined: bool) -> None:
    several = trip("Herald", "Two guards left Juba on Monday.\n", "left", who="Two guards", origin="Juba")
    other = trip("Tribune", f"{who} left Juba on Monday night.\n", "left", who=who, origin="Juba")
    assert bool(events(compare([several, other]))) is joined


@pytest.mark.parametrize(("often", "joined"), [("on Monday", True), ("every week", False)])
def test_what_is_done_again_and_again_is_another_event(often: str, joined: bool) -> None:
    once = trip(
        "Herald", "Denmark sent tractors to Ghana.\n", "sent", who="Denmark", what="tractors", destination="Ghana"
    )
    text = f"In those days Denmark sent tractors to Ghana {often}.\n"
    other = trip("Tribune", text, "sent", who="Denmark", what="tractors", destination="Ghana", when=often)
    assert bool(events(compare([once, other]))) is joined


@pytest.mark.parametrize(
    ("many", "joined"), [("14 nurses", True), ("20 nurses", True), ("200 nurses", False), ("200 riders", False)]
)
def test_another_number_of_others_is_another_event(many: str, joined: bool) -> None:
    one = trip("Herald", "14 nurses crossed into Ghana.\n", "crossed", who="14 nurses", destination="Ghana")
    text = f"At dawn {many} crossed into Ghana.\n"
    other = trip("Tribune", text, "crossed", who=many, destination="Ghana")
    assert bool(events(compare([one, other]))) is joined


@pytest.mark.parametrize(("count", "joined"), [("45", True), ("another 45", False)])
def test_a_further_number_is_of_another_group(count: str, joined: bool) -> None:
    assert bool(events(compare([tanks("Herald", count="30"), tanks("Tribune", count=count)]))) is joined


@pytest.mark.parametrize(("other", "joined"), [("Fatah", False), ("The Hamas guards", True)])
def test_what_another_group_did_is_another_event(other: str, joined: bool) -> None:
    roles = {"what": "dozens of rockets", "destination": "the valley"}
    one = trip("Herald", "Hamas fired dozens of rockets at the valley.\n", "fired", who="Hamas", **roles)
    text = f"{other} fired dozens of rockets at the valley.\n"
    two = trip("Tribune", text, "fired", who=other, **roles)
    assert bool(events(compare([one, two]))) is joined


def test_which_of_several_is_meant_must_be_said() -> None:
    """One of two journeys that an article tells of fits another's claim no better than the second does."""
    text = "The 30 pilgrims were brought away from Ghana.\n"
    told = trip("Herald", text, "brought", what="The 30 pilgrims", origin="Ghana")
    roles = {"what": "The 30 worshippers", "origin": "Ghana"}
    first = "The 30 worshippers were taken from Ghana to the shrine on Monday.\n"
    second = "The 30 worshippers were led from Ghana to the market on Friday.\n"
    one = claim(first, "taken", destination="the shrine", when="Monday", on="2025-02-24", **roles)
    assert events(compare([told, article("Tribune", first, one)]))
    other = claim(first + second, "led", destination="the market", when="Friday", on="2025-02-28", **roles)
    both = article("Tribune", first + second, one, replace(other, predicate="taken"))
    assert not events(compare([told, both]))


@pytest.mark.parametrize(("who", "joined"), [("the shepherds", False), ("the 30 shepherds", True)])
def test_what_happens_often_is_not_one_event(who: str, joined: bool) -> None:
    """That claims are of one kind is not enough: a name, a number, a day or a place pins an event down."""
    one = trip("Herald", f"When the dogs had begun to bark, {who} fled over the frozen stream.\n", "fled", who=who)
    other = trip("Tribune", f"Smoke rose behind a barn, so {who} fled with lanterns.\n", "fled", who=who)
    assert bool(events(compare([one, other]))) is joined


@pytest.mark.parametrize(("giver", "joined"), [("Denmark", True), ("Norway", False)])
def test_from_whom_it_comes_is_who_sends_it(giver: str, joined: bool) -> None:
    text = "Denmark sent 20 tractors to Ghana.\n"
    sent = trip("Herald", text, "sent", who="Denmark", what="20 tractors", destination="Ghana")
    text = f"On that day the 20 tractors from {giver} were sent to Ghana.\n"
    told = claim(text, "sent", what="the 20 tractors", origin=giver, destination="Ghana")
    assert told.origin is not None
    told = replace(told, origin=replace(told.origin, place=None, actor=actor_of(giver)))
    assert bool(events(compare([sent, article("Tribune", text, told)]))) is joined


def test_a_verb_of_no_rule_has_a_way() -> None:
    text = "The guards kicked two riders off the ferry.\n"
    told = trip("Herald", text, "kicked", rule="learned", who="The guards", what="two riders")
    kicked = replace(told.claims[0], predicate="kick")
    assert read_profile(told, 0, kicked, 0).way == "expel"
    assert read_profile(told, 0, replace(kicked, predicate="whittle"), 0).way is None
    assert read_profile(told, 0, replace(kicked, rules=("go",)), 0).way == "go"


def test_what_only_says_who_it_is_is_no_name() -> None:
    """Two soldiers who cross a border are not one, for all that both are called *soldier*; nor are they at odds."""
    one = trip("Herald", "A North Korean soldier crossed into China.\n", "crossed", who="A North Korean soldier")
    profile = read_profile(one, 0, one.claims[0], 0)
    assert profile.theme is not None
    assert not profile.theme.names
    assert profile.theme.heads == {"soldier"}
    two = trip("Tribune", "Ada Lind crossed into China.\n", "crossed", who="Ada Lind")
    named = read_profile(two, 0, two.claims[0], 0)
    assert named.theme is not None
    assert named.theme.names == {"ada lind"}


def test_a_demonym_is_no_thing() -> None:
    assert head_nouns("Ukrainian") == set()
    assert head_nouns("Ukrainian maize") == {"maize"}
    assert head_nouns("Afghans") == {"afghan"}
    assert head_nouns("approximately 1,500 sacks, and tanks") == {"sack", "tank"}


@pytest.mark.parametrize(("city", "events_told"), [("Seoul", 2), ("South Korea", 1)])
def test_to_be_taken_on_is_another_event(city: str, events_told: int) -> None:
    text = f"An officer walked into South Korea on Wednesday.\n\nThe officer was taken to {city} for questions.\n"
    first = claim(text, "walked", who="An officer", destination="South Korea")
    then = claim(text, "taken", rule="bring", what="The officer", destination=city)
    first = replace(first, rules=("walk",))
    assert len(compare([article("Herald", text, first, then)]).clusters) == events_told


@pytest.mark.parametrize(("day", "joined"), [("Monday", True), ("Thursday", False)])
def test_another_weekday_is_another_day_without_any_date(day: str, joined: bool) -> None:
    one = trip(
        "Herald", "Dutch frigates reached the port of Lagos on Monday.\n", "reached",
        who="Dutch frigates", destination="the port of Lagos", when="Monday",
    )  # fmt: skip
    other = trip(
        "Tribune", f"Dutch frigates reached the port of Lagos on {day}, it is said.\n", "reached",
        who="Dutch frigates", destination="the port of Lagos", when=day,
    )  # fmt: skip
    told = without_dates([one, other])
    assert bool(events(compare(told))) is joined


@pytest.mark.parametrize(("published", "joined"), [("2025-03-02", True), ("2025-03-25", False)])
def test_reports_weeks_apart_that_give_no_time_are_two_events(published: str, joined: bool) -> None:
    one = trip("Herald", "An aid convoy reached Goma.\n", "reached", who="An aid convoy", destination="Goma")
    other = trip(
        "Tribune", "Now an aid convoy has reached Goma, in the east.\n", "reached", published,
        who="an aid convoy", destination="Goma",
    )  # fmt: skip
    assert bool(events(compare([one, other]))) is joined
    assert not events(compare(without_dates([one, other])))


def test_legs_of_a_journey_are_linked_and_not_merged() -> None:
    ship = "The Halcyon Star"
    first = trip(
        "Herald", f"{ship} sailed from Odesa to Mersin.\n", "sailed", who=ship, origin="Odesa", destination="Mersin"
    )
    then = trip(
        "Tribune", f"{ship} sailed from Mersin to Lagos.\n", "sailed", who=ship, origin="Mersin", destination="Lagos"
    )
    one, other = compare([first, then]).clusters
    assert (one.journey, other.journey) == ((other.id,), (one.id,))


def test_generic_ships_far_apart_are_two_events() -> None:
    one = trip(
        "Herald", "A Dutch frigate sailed to the Gulf of Guinea under escort.\n", "sailed",
        who="A Dutch frigate", destination="the Gulf of Guinea",
    )  # fmt: skip
    other = trip(
        "Tribune", "A tanker sailed to the Gulf of Finland under escort.\n", "sailed",
        who="A tanker", destination="the Gulf of Finland",
    )  # fmt: skip
    assert not events(compare(without_dates([one, other])))


def test_who_is_unsaid_is_found_by_another_noun_of_the_sentence() -> None:
    one = trip(
        "Herald", "About two dozen lorries with food arrived in Kadugli on Sunday.\n", "arrived",
        destination="Kadugli", when="Sunday", on="2025-02-23", rule="arrive",
    )  # fmt: skip
    other = trip(
        "Tribune", "A convoy of 24 trucks reached Kadugli on Sunday.\n", "reached",
        vehicle="24 trucks", destination="Kadugli", when="Sunday", on="2025-02-23", rule="reach",
    )  # fmt: skip
    assert events(compare([one, other]))


def test_a_part_of_a_place_contradicts_nothing_and_is_the_canonical_one() -> None:
    cluster = only(tanks("Herald"), tanks("Tribune", destination="Benghazi"))
    assert cluster.contradictions == ()
    assert [one.field for one in cluster.differences] == ["destination"]
    assert cluster.canonical.destination is not None
    assert cluster.canonical.destination.text == "Benghazi"


@pytest.mark.parametrize(("end", "place"), [("destination", "Mali"), ("origin", "Armenia")])
def test_another_place_contradicts_where_all_else_is_alike(end: str, place: str) -> None:
    cluster = only(tanks("Herald"), tanks("Tribune", **{end: place}))
    assert [field for field, _ in reasons(cluster)] == [end]


def test_dozens_contradict_no_number_among_them() -> None:
    assert reasons(only(tanks("Herald", count="dozens of"), tanks("Tribune", count="30"))) == []


def test_a_number_contradicts_another() -> None:
    found = reasons(only(tanks("Herald", count="30"), tanks("Tribune", count="45")))
    assert found == [("quantity", "30 and 45 cannot be one number")]


def test_how_many_are_to_go_contradicts_no_number_of_those_who_went() -> None:
    planned = tanks("Tribune", count="45")
    planned = replace(planned, claims=tuple(replace(one, status="prospective") for one in planned.claims))
    assert reasons(only(tanks("Herald", count="30"), planned)) == []


def test_a_day_contradicts_another_and_no_week_around_it() -> None:
    cluster = only(tanks("Herald", on="2025-02-27"), tanks("Tribune", on="2025-02-25"))
    assert reasons(cluster) == [("when", "2025-02-27 and 2025-02-25 are different times")]
    assert reasons(only(tanks("Herald"), tanks("Tribune", on="2025-02-24/2025-03-02"))) == []


@pytest.mark.parametrize(
    "other",
    [
        {"count": "45", "on": "2025-02-25"},
        {"count": "45", "destination": "Mali"},
        {"on": "2025-02-25", "origin": "Armenia"},
    ],
)
def test_two_contradictions_are_another_event(other: dict[str, Any]) -> None:
    assert not events(compare([tanks("Herald"), tanks("Tribune", **other)]))


def test_who_denies_a_part_of_what_he_tells_contradicts_nobody() -> None:
    text = "Russia moved 30 tanks from Syria to Libya on that day, but did not move them as far as Sebha.\n"
    roles = {"who": "Russia", "what": "30 tanks", "origin": "Syria", "destination": "Libya", "when": "that day"}
    denied = claim(text, "move ", status="negated", on="2025-02-27", **roles)
    both = article("Tribune", text, claim(text, "moved", on="2025-02-27", **roles), denied)
    alone = article("Tribune", text, denied)
    assert reasons(only(tanks("Herald"), alone)) == [("status", "said to be so here, denied there")]
    assert reasons(only(tanks("Herald"), both)) == []


def test_a_denial_contradicts_what_is_asserted() -> None:
    cluster = only(tanks("Herald"), tanks("Tribune", status="negated"))
    assert reasons(cluster) == [("status", "said to be so here, denied there")]
    left, right = cluster.contradictions[0].left, cluster.contradictions[0].right
    assert {left.text, right.text} == {"asserted", "negated"}
    assert reasons(only(tanks("Herald"), tanks("Tribune", status="hedged"))) == []


def test_a_denial_of_no_place_in_common_contradicts_nobody() -> None:
    text = "Russia did not move its 30 tanks on that day, the ministry said.\n"
    denied = claim(text, "move ", status="negated", who="Russia", what="30 tanks", when="that day", on="2025-02-27")
    assert reasons(only(tanks("Herald"), article("Tribune", text, denied))) == []


def test_first_report_is_the_earliest_and_honest_about_missing_dates() -> None:
    late, early = tanks("Herald", published="2025-03-02"), tanks("Tribune", published="2025-03-01")
    first = only(late, early).first_report
    assert first is not None
    assert (first.published, first.undated) == ("2025-03-01", 0)
    some = only(late, replace(early, published=None)).first_report
    assert some is not None
    assert (some.published, some.undated) == ("2025-03-02", 1)
    assert only(replace(late, published=None), replace(early, published=None)).first_report is None


def test_headline_and_body_are_one_event() -> None:
    text = "Russia moves tanks to Libya\n\nRussia moved 30 tanks from Syria to Benghazi on Monday, officials said.\n"
    head = claim(text, "moves", who="Russia", what="tanks", destination="Libya")
    body = claim(text, "moved", who="Russia", what="30 tanks", origin="Syria", destination="Benghazi")
    cluster = only(article("Herald", text, head, body, title="Russia moves tanks to Libya"))
    assert cluster.outlets == ("Herald",)
    assert cluster.canonical.destination is not None
    assert cluster.canonical.destination.text == "Benghazi"


def test_a_chain_of_similar_events_is_not_one() -> None:
    """Each is like the next, the first and the last are nothing alike."""
    told = [tanks("Herald", on=f"2025-02-{day:02}", published=f"2025-02-{day + 1:02}") for day in range(1, 28, 3)]
    told = [replace(one, publisher=f"Paper {number}") for number, one in enumerate(told)]
    largest = max(len(cluster.mentions) for cluster in compare(told).clusters)
    assert largest < len(told)


def test_an_article_given_twice_counts_once() -> None:
    comparison = compare([tanks("Herald"), tanks("Herald")])
    assert len(comparison.articles) == 1
    assert len(comparison.clusters) == 1


def test_nothing_to_compare_is_a_comparison_too() -> None:
    assert compare([]).clusters == ()
    assert compare([article("Herald", "Nothing moved.\n")]).clusters == ()


def test_every_claim_stands_in_one_cluster(stories: list[Story]) -> None:
    told = [one for story in stories for one in story.articles]
    held = [mention.claim.id for cluster in compare(told).clusters for mention in cluster.mentions]
    assert sorted(held) == sorted(claim.id for one in told for claim in one.claims)


def test_the_answer_does_not_depend_on_the_order(stories: list[Story]) -> None:
    told = list(stories[0].articles)
    wires = [comparison_to_wire(compare(order)) for order in itertools.permutations(told)]
    assert all(wire == wires[0] for wire in wires)


def test_the_same_without_dates(stories: list[Story]) -> None:
    told = without_dates(stories[0].articles)
    comparison = compare(told)
    assert comparison_to_wire(comparison) == comparison_to_wire(compare(list(reversed(told))))
    assert comparison.clusters
    assert all(cluster.first_report is None for cluster in comparison.clusters)


@settings(max_examples=40)
@given(st.lists(articles(), max_size=5), st.randoms(use_true_random=False))
def test_any_articles_in_any_order(told: list[Article], chance: Any) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)
    first, second = compare(told), compare(shuffled)
    assert comparison_to_wire(first) == comparison_to_wire(second)
    for cluster in first.clusters:
        assert cluster.mentions
        assert {origin for mention in cluster.mentions for origin in mention.origins} == {
            one.id for one in cluster.origins
        }


@given(any_text)
def test_an_article_compared_with_itself_agrees_with_itself(text: str) -> None:
    told = tanks("Herald", tail=f" {text.strip()}" if text.strip() else "")
    other = replace(told, publisher="Tribune")
    cluster = only(told, other)
    assert cluster.contradictions == ()
    assert cluster.differences == ()
    # a copy shares a sentence of twenty words at least, and a line ends a sentence
    assert len(cluster.origins) == 1 or len(told.text.split("\n", 1)[0].split()) < 20
