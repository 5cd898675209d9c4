"""Errors travel between processes and say what they are about."""

import pickle

import pytest

from claimx import errors


@pytest.mark.parametrize(
    "kind", [errors.SourceError, errors.SourceNotFound, errors.SourceUnreadable, errors.FetchError]
)
def test_source_errors_can_be_pickled(kind: type[errors.SourceError]) -> None:
    copy = pickle.loads(pickle.dumps(kind("a.txt", "no such file")))  # noqa: S301
    assert type(copy) is kind
    assert str(copy) == "a.txt: no such file"
    assert (copy.source, copy.message) == ("a.txt", "no such file")
