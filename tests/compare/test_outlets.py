"""Whose an article is: by what it says of itself, however it says it."""

from dataclasses import replace

import pytest
from examples import article

from claimx.compare import compare
from claimx.outlets import name_input, name_outlet


def test_outlets_go_by_publisher_host_title_or_file() -> None:
    bare = replace(article(), publisher=None, url=None, title=None)
    assert name_outlet(article()) == "Caliber.Az"
    assert name_outlet(replace(bare, url="https://www.daily.example/a?b")) == "daily.example"
    assert name_outlet(replace(bare, url="javascript:alert(1)//www.x.example")) == "radars.html"
    assert name_outlet(replace(bare, url="http://[bad")) == "radars.html"
    assert name_outlet(replace(bare, title="A title")) == "A title"
    assert name_outlet(bare) == "radars.html"
    assert name_outlet(replace(bare, source="-")) == "standard input"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("/home/jane/leak/radars.html", "radars.html"),
        ("/home/jane/kept.warc.gz#712,https://daily.example/a", "kept.warc.gz#712,https://daily.example/a"),
        ("https://daily.example/a/b", "https://daily.example/a/b"),
        ("-", "standard input"),
    ],
)
def test_inputs_go_by_their_names_without_folders(source: str, shown: str) -> None:
    assert name_input(replace(article(), source=source)) == shown


def test_an_address_that_is_none_breaks_nothing() -> None:
    (outlet,) = compare([replace(article(), publisher=None, title=None, url="http://[bad")]).outlets
    assert outlet == "radars.html"
