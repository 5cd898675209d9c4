"""Event identity: topics held out, how pairs and B³ are counted, and weights that only say what makes sense."""

from pathlib import Path

import pytest
from compare.making import tanks  # type: ignore[import-not-found]

from claimx.compare.features import FEATURES
from claimx.compare.vocabulary import vocabulary
from claimx.records import Article
from claimx_training.identity.corpus import Document, held_out
from claimx_training.identity.evaluate import measure, same_lemma
from claimx_training.identity.fit import Topic, read_pairs, read_topics, write_identity
from claimx_training.identity.fit import _bounds as bounds


def document(topic: str, article: Article, event: str) -> Document:
    return Document(article.source, topic, article, article, {claim.id: event for claim in article.claims})


@pytest.fixture
def topic() -> Topic:
    told = [("A", "Libya", "one"), ("B", "Libya", "one"), ("C", "Mali", "two")]
    documents = [document("1", tanks(paper, destination=end, tail=f" {paper}"), event) for paper, end, event in told]
    (found,) = read_topics(documents, marked=False)
    return found


def test_every_third_topic_is_held_out_and_no_invented_story() -> None:
    names = ["12", "3", "7", "1-story", "20", "30", "41"]
    assert held_out(document(name, tanks(name), "one") for name in names) == {"12", "41"}


def test_figures_of_pairs_and_b_cubed(topic: Topic) -> None:
    right = measure([(topic, [[0, 1], [2]])])
    assert right.pairs == right.b_cubed == (1.0, 1.0)
    lemma = measure([(topic, same_lemma(topic))])
    assert list(lemma.pairs) == pytest.approx([1 / 3, 1.0])
    assert list(lemma.b_cubed) == pytest.approx([(2 / 3 + 2 / 3 + 1 / 3) / 3, 1.0])


def test_pairs_that_are_excluded_teach_nothing(topic: Topic) -> None:
    pairs = read_pairs([topic], marked=False)
    assert pairs.rows.shape[1] == len(FEATURES)
    assert pairs.same.tolist()[0] == 1.0


@pytest.mark.parametrize("name", FEATURES)
def test_no_weight_has_the_wrong_sign(name: str) -> None:
    low, high = bounds(name)
    weight = vocabulary().identity.weights.get(name, 0.0)  # type: ignore[call-overload]
    assert low is None or weight >= low
    assert high is None or weight <= high


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    from claimx.compare.vocabulary import Identity
    from claimx.rules.files import parse_toml

    identity = vocabulary().identity
    assert parse_toml(Identity, write_identity(identity), "identity.toml") == identity
