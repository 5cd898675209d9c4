"""No article is lost in silence: whatever is raised about a source costs it alone, in a line and in the exit status."""

import io
import json
import lzma
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import Result

import claimx
from claimx.cli.run_batch import Workers
from claimx.errors import OutputError, SourceUnreadable, StoreError
from claimx.output.appended import Appended
from claimx.records import Article
from claimx.sources import Raw, ReadOptions, files, recording
from claimx.sources.recording import record

Run = Callable[..., Result]
CLAIMX = [sys.executable, "-c", "from claimx.cli import main; main()"]
TEXT = "The army moved thirty trucks from Tarnow to Weststadt on Monday, two officials said.\n"

FAULTS: dict[str, Callable[[str], Exception]] = {
    "disk": lambda _: OSError(28, "No space left on device"),
    "nameless OSError": lambda _: OSError("Invalid data stream"),
    "LZMA": lambda _: lzma.LZMAError("Corrupt input data"),
    "zlib": lambda _: zlib.error("Error -3"),
    "ended": lambda _: EOFError(),
    "value": lambda _: ValueError("no such thing"),
    "lookup": lambda _: KeyError("x"),
    "depth": lambda _: RecursionError("maximum recursion depth exceeded"),
    "memory": lambda _: MemoryError(),
    "stop": lambda _: StopIteration(),
    "characters": lambda _: UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    "not kept": lambda _: OutputError("cannot keep what was read"),
    "store": lambda _: StoreError("no room"),
    "ours": lambda source: SourceUnreadable(source, "damaged; get a whole copy"),
    "of its own kind": lambda _: type("Strange", (Exception,), {})("line\nbreaks\x1b[31m"),
}
STAGES = ("reading", "recording", "analysing", "writing")
PLANS = st.dictionaries(st.integers(0, 9), st.tuples(st.sampled_from(STAGES), st.sampled_from(sorted(FAULTS))))


class Inline:
    """An executor that works at once, so that faults can be put into its work."""

    count = 1

    def submit(self, function: Any, /, *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.fixture
def ten(tmp_path: Path) -> list[Path]:
    """Ten articles, each with a text of its own."""
    paths = [tmp_path / f"{number}.txt" for number in range(10)]
    for number, path in enumerate(paths):
        path.write_text(f"{TEXT}It was report number {number}.\n", encoding="utf-8")
    return paths


@pytest.fixture
def plan(monkeypatch: pytest.MonkeyPatch, loaded: object) -> dict[str, tuple[str, str]]:
    """Have faults raised: what is put in, by source, is the stage and the fault."""
    plan: dict[str, tuple[str, str]] = {}

    def trip(stage: str, source: str) -> None:
        if plan.get(source, ("", ""))[0] == stage:
            raise FAULTS[plan[source][1]](source)

    read_file, extract, metadata = files.read_file, claimx.pipeline.extract, Article.metadata

    def reading(source: str, options: ReadOptions) -> Raw:
        trip("reading", source)
        return read_file(source, options)

    def recorded(folder: str, raw: Raw, answers: Any = ()) -> None:
        trip("recording", raw.source)
        record(folder, raw, answers)

    def analysing(article: Article, **options: Any) -> Article:
        trip("analysing", article.source)
        return extract(article, **options)

    def analysing_all(articles: Iterator[Article], **options: Any) -> Iterator[Article]:
        yield from (analysing(article, **options) for article in articles)

    def writing(article: Article) -> dict[str, Any]:
        trip("writing", article.source)
        return metadata(article)

    append = Appended.append

    def appending(file: Appended, data: bytes) -> None:
        if file.path.name == "out.jsonl":
            trip("writing", json.loads(data)["source"])
        append(file, data)

    monkeypatch.setattr(files, "read_file", reading)
    monkeypatch.setattr(recording, "record", recorded)
    monkeypatch.setattr("claimx.pipeline.extract", analysing)
    monkeypatch.setattr("claimx.pipeline.extract_all", analysing_all)
    monkeypatch.setattr(Article, "metadata", writing)
    monkeypatch.setattr(Appended, "append", appending)
    return plan


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(faults=PLANS)
def test_what_comes_out_and_what_is_told_are_all_there_is(
    run: Run, plan: dict[str, tuple[str, str]], ten: list[Path], faults: dict[int, tuple[str, str]]
) -> None:
    plan.clear()
    plan |= {str(ten[number]): fault for number, fault in faults.items()}
    result = run("extract", "-f", "jsonl", "--archive", ten[0].parent / "kept", *ten)
    out = [json.loads(line)["article"]["source"] for line in result.stdout.splitlines()]
    check(plan, ten, result, out, [next(str(p) for p in ten if str(p) in line) for line in result.stderr.splitlines()])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(faults=PLANS)
def test_the_same_of_batches(
    run: Run,
    plan: dict[str, tuple[str, str]],
    ten: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    faults: dict[int, tuple[str, str]],
) -> None:
    def executor(_: object) -> AbstractContextManager[Workers]:
        return nullcontext(Inline())  # type: ignore[arg-type]

    def analysis(**_: object) -> Callable[[list[Raw]], list[Any]]:
        def work(raws: list[Raw]) -> list[Any]:
            articles = [claimx.sources.understand(raw) for raw in raws]
            return list(claimx.pipeline.extract_each(articles))

        return work

    monkeypatch.setattr("claimx.cli.run_batch._executor", executor)
    monkeypatch.setattr("claimx.cli.run_batch.Analysis", analysis)
    plan.clear()
    plan |= {str(ten[number]): fault for number, fault in faults.items()}
    folder = ten[0].parent
    target = folder / "out.jsonl"
    result = run("batch", "--archive", folder / "kept", *ten, "-o", target, "--overwrite")
    out = [json.loads(line)["source"] for line in target.read_text(encoding="utf-8").splitlines()]
    errors = folder / "out.errors.jsonl"
    told = errors.read_text(encoding="utf-8").splitlines() if errors.exists() else []
    check(plan, ten, result, out, [json.loads(line)["source"] for line in told])


def check(plan: dict[str, Any], ten: list[Path], result: Result, out: list[str], told: list[str]) -> None:
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert sorted(out) == [str(path) for path in ten if str(path) not in plan]
    assert sorted(told) == sorted(plan)
    assert result.exit_code == (1 if plan else 0)
    assert all(line.startswith("claimx: ") for line in result.stderr.splitlines())
    assert "\x1b" not in result.stderr


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a good file, a WACZ file with a damaged LZMA member between good ones, and a good file."""
    folder = tmp_path_factory.mktemp("broken")
    for name in ("a.txt", "z.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    kept = folder.parent / "kept"
    record(str(kept), Raw("first.txt", TEXT.encode()))
    (warc,) = kept.iterdir()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("archive/1.warc.gz", warc.read_bytes())
        archive.writestr("archive/2.warc.gz", warc.read_bytes() * 50, compress_type=zipfile.ZIP_LZMA)
        archive.writestr("archive/3.warc.gz", warc.read_bytes())
        info = archive.getinfo("archive/2.warc.gz")
    data = bytearray(packed.getvalue())
    start = info.header_offset + 30 + len(info.filename) + 20
    data[start : start + 40] = b"\xff" * 40
    (folder / "m.wacz").write_bytes(data)
    return folder


def test_a_damaged_member_costs_neither_the_files_after_it_nor_the_members(run: Run, broken: Path) -> None:
    result = run("extract", "-f", "json", broken)
    assert result.exit_code == 1
    names = [Path(article["source"]).name for article in json.loads(result.stdout)["articles"]]
    assert len(names) == 4, names
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"claimx: {broken / 'm.wacz'}: archive/2.warc.gz in the archive is damaged: ")


@pytest.mark.weights
def test_nor_in_a_batch(tmp_path: Path, broken: Path) -> None:
    out = tmp_path / "out.jsonl"
    command = [*CLAIMX, "batch", "--workers", "1", str(broken), "-o", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(out.read_bytes().splitlines()) == 4
    (error,) = (tmp_path / "out.errors.jsonl").read_bytes().splitlines()
    assert "archive/2.warc.gz in the archive is damaged" in json.loads(error)["message"]


def test_an_archive_that_fills_up_loses_nothing_in_silence(tmp_path: Path) -> None:
    for number in range(8):
        words = " ".join(f"It was seen at {n * 7919 % 10007} and {n * number}." for n in range(900))
        (tmp_path / f"{number}.txt").write_text(f"{TEXT}{words}\n", encoding="utf-8")
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_480, 20_480))\n"
        "import claimx.pipeline, claimx.language, types\n"
        "claimx.language.load_model = lambda name: types.SimpleNamespace(meta={})\n"
        "claimx.pipeline.extract_all = lambda articles, **_: articles\n"
        "from claimx.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "extract", "-q", "-f", "json", "--archive", str(tmp_path / "kept"), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(Path(claimx.__file__).parents[1])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    out = [article["source"] for article in json.loads(done.stdout)["articles"]]
    told = done.stderr.splitlines()
    assert done.returncode == 1
    assert 0 < len(out) < 8
    assert len(out) + len(told) == 8
    assert all("cannot keep what was read in" in line and "File too large" in line for line in told)
