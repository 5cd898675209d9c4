"""Fixtures that the tests of several parts share."""

import signal
import threading
from collections.abc import Iterator

import pytest
from hypothesis import settings
from spacy.language import Language
from website import Website

import claimx

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # a shell starts background jobs so, and what tests start would inherit it and could not be interrupted
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("claimx", deadline=None)  # machines that run tests are busy; time is no property of ours
settings.load_profile("claimx")


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark what runs the language model or a browser by the fixtures that it asks for; others say so themselves."""
    for item in items:
        if "nlp" in item.fixturenames and not hasattr(item.module, "nlp"):  # some modules have a small one of their own
            item.add_marker("weights")
        if "browser" in item.fixturenames:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The embedded language model."""
    return claimx.load_model()


@pytest.fixture(scope="session")
def running_website() -> Iterator[Website]:
    website = Website()
    thread = threading.Thread(target=website.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield website
    website.over.set()
    website.shutdown()
    website.server_close()
    thread.join()


@pytest.fixture
def website(running_website: Website, monkeypatch: pytest.MonkeyPatch) -> Website:
    """A web server on loopback, reached directly whatever proxy the machine uses, and without pauses."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    for record in (running_website.requests, running_website.script, running_website.pauses):
        record.clear()  # type: ignore[attr-defined]
    monkeypatch.setattr("claimx.sources.web.sleep", running_website.pauses.append)
    monkeypatch.setattr("claimx.sources.web._FETCHERS", {})
    return running_website
