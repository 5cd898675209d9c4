"""What the tests of batches share."""

from pathlib import Path

import pytest
from cheap_work import ListSink, MakeFiles


@pytest.fixture
def sink() -> ListSink:
    return ListSink()


@pytest.fixture
def make_files(tmp_path: Path) -> MakeFiles:
    """Write files of these texts (or so many of one), and return their paths."""

    def make(*texts: str, count: int = 0) -> list[str]:
        paths = []
        for number, text in enumerate([*texts, *["The army moved trucks."] * count]):
            path = tmp_path / f"{number:03}.txt"
            path.write_text(text, encoding="utf-8")
            paths.append(str(path))
        return paths

    return make
