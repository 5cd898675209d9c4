"""The evaluation set: how well clusters fit events, and whether each event has the right origins.

`python tests/compare/test_stories.py` prints the figures and every miss.
"""

import pytest
from stories import Story, compare_stories, event_origins, misses, read_stories, right_origins, score

FLOOR = 0.83
"""Pairwise F1 over the whole set."""


def test_the_set_is_large_enough(stories: list[Story]) -> None:
    assert sum(len(story.articles) for story in stories) >= 20
    assert sum(len(story.events) for story in stories) >= 5


@pytest.mark.parametrize(("half", "f1", "precision", "origins"), [("fresh", 0.75, 0.93, 3), ("last", 0.8, 0.92, 5)])
def test_articles_written_later_fare_worse_but_are_not_merged_wrongly(
    stories: list[Story], half: str, f1: float, precision: float, origins: int
) -> None:
    told = [story for story in stories if story.half == half]
    comparison = compare_stories(told)
    reached = score(told, comparison)
    assert reached.f1 >= f1
    assert reached.precision >= precision
    assert len(right_origins(told, comparison)) >= origins


def test_clusters_are_the_events(stories: list[Story]) -> None:
    stories = [story for story in stories if story.half != "last"]
    comparison = compare_stories(stories)
    reached = score(stories, comparison)
    print(reached, *misses(stories, comparison), sep="\n")
    assert reached.f1 >= FLOOR
    assert reached.precision >= 0.92  # a wrong merge is worse than a lost one


KNOWN_MISSES = {
    ("3-patients", "evacuation"),
    ("8-aid-ship", "departure"),
    ("5-drones", "technicians"),  # retold without a word on whom it is from: at least one origin, at most two
}


@pytest.mark.parametrize("together", [True, False], ids=["all stories at once", "each story alone"])
def test_every_event_has_its_origins(stories: list[Story], together: bool) -> None:
    wrong: list[str] = []
    missed = set()
    settled = [story for story in stories if story.half not in ("fresh", "last")]
    whole = compare_stories(settled)
    for story in settled:
        comparison = whole if together else compare_stories([story])
        for event in story.events:
            if len(found := event_origins(event, comparison)) == len(event.origins):
                continue
            missed.add((story.name, event.name))
            if (story.name, event.name) not in KNOWN_MISSES:
                wrong.append(f"{story.name}, {event.name}: {found}, not {list(event.origins)}")
    assert not wrong, "\n".join(wrong)
    assert missed == KNOWN_MISSES, "take what is right now off the list"


def main() -> None:
    """Print what is reached on each half, and what is missed."""
    import claimx

    told = read_stories(claimx.load_model())
    for half in ("first", "second", "unseen", "fresh", "last"):
        part = [story for story in told if story.half == half]
        comparison = compare_stories(part)
        print(f"{half}: {sum(len(story.articles) for story in part)} articles, {score(part, comparison)}")
        right = len(right_origins(part, comparison))
        print(f"    origins of {right} of {sum(len(story.events) for story in part)} events counted right")
        if half == "last":
            continue  # who reads what it misses will tune on it
        for line in misses(part, comparison):
            print(f"    {line}")
        for story in part:
            for event in story.events:
                print(f"    {story.name}, {event.name}: {event_origins(event, comparison)}, gold {list(event.origins)}")
    told = [story for story in told if story.half != "last"]
    print(f"all but last: {score(told, compare_stories(told))}")


if __name__ == "__main__":
    main()
