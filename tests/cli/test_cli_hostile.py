"""What comes from outside to be read as rules, as saved articles or as files: a line says what is wrong, and soon."""

import json
import os
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nasties.inputs import NEEDLE
from typer.testing import CliRunner, Result

from claimx.cli import app
from claimx.cli.rules import app as rules_app
from claimx.compare import compare
from claimx.compare.similarity import Scorer
from claimx.compare.speakers import Speakers
from claimx.records import Article, article_from_wire, to_wire
from claimx.rules import limits as pack_limits
from claimx.sources.saved import read_saved
from claimx.sources.web import _retry_after
from claimx.store import open_store
from claimx_benchmarks.compare import make_articles

Run = Callable[..., Result]
SECONDS = 20.0  # of work that a refusal may cost at the very most
HIDDEN = {"\u200b", "\u2060", "\ufeff", "\u202e", "\u2066", "\u200f", "\U000e0041"}
STEERING = "\x1b[31mred\x07\x00\x9b2J\u202eevil\u200b\u2060\ufeff\u2066\u200f\U000e0041"

RULE = """
[[movement]]
id = "{id}"
frame = "transfer"
verbs = [{verbs}]
phrases = [{phrases}]
matches = [{matches}]
ignores = ["The crew slept."]
"""


def rule(
    id: str = "x", verbs: str = '"teleport"', phrases: str = "", matches: str = '"The crew teleported it."'
) -> str:
    return RULE.format(id=id, verbs=verbs, phrases=phrases, matches=matches)


def status(word: str) -> str:
    return f'[[status]]\nid = "s"\nstatus = "hedged"\nreach = "modifier"\nwords = ["{word}"]\nmatches = ["They go."]\n'


def unsafe(text: str) -> set[str]:
    return {c for c in text if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\r\t") or c in HIDDEN}


def check(file: Path) -> Result:
    return CliRunner().invoke(rules_app, ["check", str(file)])


PACKS = {
    "deep arrays": ("a = " + "[" * 50_000 + "]" * 50_000, "nested too deeply"),
    "deep tables": ("a = " + "{a = " * 50_000, "nested too deeply"),
    "a key of many parts": (".".join("a" * 100_000) + " = 1", "nested too deeply"),
    "an endless integer": ("a = " + "9" * 5_000, "a number that is too long"),
    "a large file": ("#" * 600_000, f"larger than {pack_limits.MAX_BYTES:,} bytes"),
    "many ids": ("".join(rule(f"r{n}", f'"v{n}"') for n in range(2_000)), f"more than {pack_limits.MAX_RULES} rules"),
    "one verb for all": (
        "".join(rule(f"r{n}") for n in range(60)), "more than 50 rules or phrases that begin with",
    ),
    "many matches": (rule(matches=", ".join(['"They teleport."'] * 3_000)), "more than 2,000 sentences"),
    "a huge match": (rule(matches=f'"{"They teleport it. " * 100}"'), "of more than 1,000 characters"),
    "much to match": (rule(matches=", ".join([f'"{"They go. " * 100}"'] * 120)), "of more than 100,000 characters"),
    "many words": (rule(verbs=", ".join(f'"v{n}"' for n in range(11_000))), "more than 10,000 words"),
    "a long word": (rule(verbs=f'"{"v" * 200}"'), "a word or phrase of more than 100 characters"),
    **{
        f"U+{code:04X} as {what}": (maker(f"\\u{code:04x}"), "holds control characters")
        for code in (0x00, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F)
        for what, maker in {
            "a verb": lambda word: rule(verbs=f'"{word}"'),
            "a phrase": lambda word: rule(phrases=f'"{word}"'),
            "a status": status,
            "a sentence": lambda word: rule(matches=f'"{word}"'),
        }.items()
    },
    "a key that steers": (f'"{"k" * 200_000}\\u001b[31m" = 1', "extra inputs are not permitted"),
}  # fmt: skip


@pytest.mark.parametrize("name", PACKS)
def test_a_hostile_pack_is_refused_in_a_line(tmp_path: Path, name: str) -> None:
    text, words = PACKS[name]
    file = tmp_path / "pack.toml"
    file.write_text(text, encoding="utf-8")
    begun = time.process_time()
    result = check(file)
    assert time.process_time() - begun < SECONDS
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("claimx: ")
    assert words in line
    assert len(line) < 1_000
    assert not unsafe(line)


@pytest.mark.parametrize("name", ["folder", "none", "device"])
def test_what_is_no_pack_is_refused_in_a_line(tmp_path: Path, name: str) -> None:
    path = {"folder": str(tmp_path), "none": str(tmp_path / "no"), "device": "/dev/zero"}[name]
    result = CliRunner().invoke(rules_app, ["list", "--rules", path])
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_a_large_pack_within_the_limits_is_checked(tmp_path: Path) -> None:
    file = tmp_path / "pack.toml"
    file.write_text(
        "".join(
            rule(f"r{n}", f'"teleport{n}"', matches=f'"The crew will teleport{n} crates."') for n in range(40)
        ).replace("slept", "slept, one said,\\n"),
        encoding="utf-8",
    )
    result = check(file)
    assert result.exit_code in (0, 1)
    assert "Traceback" not in result.output


def test_rules_are_listed_without_what_steers_a_terminal(tmp_path: Path) -> None:
    shown = "".join(char for char in STEERING if char >= "\xa0")
    file = tmp_path / "pack\x1b[31m.toml"
    file.write_text(rule(verbs=f'"tele{shown}port"'), encoding="utf-8")
    listed = CliRunner().invoke(rules_app, ["list", "--rules", str(file)])
    assert "x\tmovement\ttransfer\tteleport" in listed.stdout.splitlines()
    tried = CliRunner().invoke(rules_app, ["try", str(file), f"The crew moved{STEERING} crates."])
    for result in (listed, check(file), tried):
        assert not unsafe(result.output)


def test_wrong_arguments_are_repeated_without_what_steers_a_terminal(tmp_path: Path) -> None:
    for arguments in (
        [f"--{STEERING}"],
        ["search", "db", "--status", STEERING],
        ["extract", "-f", STEERING],
        [STEERING],
    ):
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 2
        assert not unsafe(result.stderr)


def wire(number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = to_wire(make_articles(number + 1)[number])
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]


def save(path: Path, *wires: dict[str, Any], **replaced: str) -> Path:
    text = json.dumps({"schema_version": 1, "articles": list(wires)})
    for mark, value in replaced.items():
        text = text.replace(f'"{mark}"', value)
    path.write_text(text, encoding="utf-8")
    return path


def with_place(**degrees: object) -> dict[str, Any]:
    made = wire()
    place = {"name": "Oran", "country": "DZ", "lat": 35.7, "lon": -0.6, "geonameid": None, "kind": "city", **degrees}
    made["claims"][0]["destination"]["place"] = place
    return made


def with_confidence(value: object) -> dict[str, Any]:
    made = wire()
    made["claims"][0]["confidence"] = value
    return made


def with_start(value: int) -> dict[str, Any]:
    made = wire()
    made["claims"][0]["trigger"]["start"] = value
    return made


SAVED: dict[str, tuple[Callable[[], dict[str, Any]], dict[str, str], str]] = {
    "NaN confidence": (lambda: with_confidence("N"), {"N": "NaN"}, "NaN is no number in JSON"),
    "infinite confidence": (lambda: with_confidence("N"), {"N": "-Infinity"}, "-Infinity is no number in JSON"),
    "confidence that overflows": (lambda: with_confidence("N"), {"N": "1e999"}, "1e999 is no number that"),
    "confidence of many digits": (lambda: with_confidence("N"), {"N": "9" * 400}, "is not as claimx writes them"),
    "confidence of too many digits": (lambda: with_confidence("N"), {"N": "9" * 5_000}, "not JSON"),
    "confidence of 2": (lambda: with_confidence(2), {}, "a confidence of 2"),
    "NaN latitude": (lambda: with_place(lat="N"), {"N": "NaN"}, "NaN is no number in JSON"),
    "infinite longitude": (lambda: with_place(lon="N"), {"N": "Infinity"}, "Infinity is no number in JSON"),
    "latitude of 91": (lambda: with_place(lat=91), {}, "a place that is not on earth"),
    "longitude of 1e300": (lambda: with_place(lon=1e300), {}, "a place that is not on earth"),
    "words before the text": (lambda: with_start(-5), {}, "which the text does not have"),
    "words behind the text": (lambda: with_start(10**30), {}, "not as claimx writes them"),
    "a huge text": (lambda: wire() | {"text": "x" * 2_000_000}, {}, "longer than 1,000,000 characters"),
    "very many words": (lambda: wire() | {"text": "go " * 60_000}, {}, "longer than 50,000 words"),
    "very many claims": (lambda: wire() | {"claims": wire()["claims"] * 3_000}, {}, "more than 2,000 claims"),
    "very many sources": (
        lambda: wire() | {"claims": [{**wire()["claims"][0], "sources": [{}] * 60}]}, {}, "more than 50 sources",
    ),
    "many sources of many claims": (
        lambda: wire() | {"claims": [{**wire()["claims"][0], "sources": [{}] * 50}] * 110}, {}, "5,000 sources in all",
    ),
    "very many attributions": (lambda: wire() | {"attributions": [{}] * 11_000}, {}, "more than 10,000 attributions"),
    "a huge title": (lambda: wire() | {"title": "x" * 20_000}, {}, "more than 10,000 characters of title"),
    "very many authors": (lambda: wire() | {"authors": [""] * 20_000}, {}, "more than 10,000 characters of title"),
    "depth": (lambda: wire() | {"title": "N"}, {"N": "[" * 100_000}, "not JSON"),
}  # fmt: skip


@pytest.mark.parametrize("command", ["compare", "report"])
@pytest.mark.parametrize("name", SAVED)
def test_saved_articles_that_claimx_does_not_write_are_a_line(
    run: Run, tmp_path: Path, name: str, command: str
) -> None:
    maker, replaced, words = SAVED[name]
    file = save(tmp_path / "bad.json", maker(), **replaced)
    good = save(tmp_path / "good.json", wire(), wire(1))
    begun = time.process_time()
    result = run(command, file, good, "-o", tmp_path / "out.html")
    assert time.process_time() - begun < SECONDS
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"claimx: {file}: ")
    assert words in line
    assert len(line) < 1_000
    assert (tmp_path / "out.html").stat().st_size > 1_000, "the good ones still come out"


def test_what_claimx_writes_is_read_back(tmp_path: Path) -> None:
    file = save(tmp_path / "good.json", with_place(), wire(1), with_confidence(1), with_confidence(0))
    assert len(list(read_saved(str(file)))) == 4


def test_a_store_with_what_claimx_does_not_write_is_told(run: Run, tmp_path: Path) -> None:
    with open_store(tmp_path / "claims.db") as store:
        store.add(article_from_wire(with_confidence(1e308 * 10) | {"source": "bad"}))
        store.add(article_from_wire(wire(1)))
    result = run("report", "--store", tmp_path / "claims.db", "-o", tmp_path / "out.html")
    assert result.exit_code == 1
    assert result.stderr == (
        f"claimx: bad: not as claimx stores articles (claim {wire()['claims'][0]['id']}: a confidence of inf); "
        "extract it again\n"
    )


def alike(claims: int) -> list[Article]:
    """Two articles that tell one event so many times, with persons named all over."""
    sentence = "The army moved trucks from Tarnow to Weststadt, Ada Lind of UNHCR said. "
    made = []
    for number in range(2):
        text = sentence * claims
        found = []
        for n in range(claims):
            at = n * len(sentence)

            def span(words: str, at: int = at) -> dict[str, Any]:
                start = sentence.index(words) + at
                return {"text": words, "start": start, "end": start + len(words)}

            roles = {"who": "The army", "what": "trucks", "origin": "Tarnow", "destination": "Weststadt"}
            found.append(
                {"id": f"{number}{n:015}", "predicate": "move", "trigger": span("moved"), "kind": "movement",
                 **{role: span(words) for role, words in roles.items()},
                 "sources": [span("Ada Lind") | {"kind": "person", "anonymous": False}] if n % 2 else [],
                 "evidence": span(sentence.strip()) | {"paragraph": 0}, "confidence": 0.5}
            )  # fmt: skip
        made.append(
            article_from_wire({"source": str(number), "text": text, "publisher": f"P{number}", "claims": found})
        )
    return made


def test_many_claims_of_one_event_take_work_in_proportion(monkeypatch: pytest.MonkeyPatch) -> None:
    """It used to be the square: every claim looked at every source of its article again, and asked who that is."""
    counted = 0

    def counting(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal counted
            counted += 1
            return method(*arguments, **options)

        return call

    for kind, name in ((Speakers, "identify"), (Speakers, "_affiliation"), (Scorer, "score")):
        monkeypatch.setattr(kind, name, counting(getattr(kind, name)))

    def work(claims: int) -> int:
        nonlocal counted
        counted = 0
        compare(alike(claims))
        return counted

    assert work(400) / work(200) < 2.5


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "markdown", "html", "geojson", "graph"])
def test_nothing_in_saved_articles_steers_a_terminal(run: Run, tmp_path: Path, form: str) -> None:
    def poisoned(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: poisoned(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [poisoned(item, key) for item in value]
        fixed = ("text", "status", "kind", "type", "published", "basis", "edtf", "language")
        return value + STEERING if isinstance(value, str) and key not in fixed else value

    file = save(tmp_path / "a\x1b[31m.json", poisoned(wire()), poisoned(wire(1)))
    result = run("compare", "-f", form, file, tmp_path / "none\x1b]0;x\x07.txt")
    assert result.exit_code == 1
    found = unsafe(result.stdout) - (HIDDEN if "json" in form or form == "graph" else set())  # data, for programs
    assert not found, {hex(ord(char)) for char in found}
    assert not unsafe(result.stderr)


@pytest.mark.parametrize(
    "value",
    ["Fri, 31 Feb 2025 00:00:00 GMT", "Mon, 01 Jan 99999 00:00:00 GMT", "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
     "Mon, 99 Jan 2024 99:99:99 +999999999999", "1 Jan 2024 1:1:" + "9" * 5_000, "", "soon", "-5"],
)  # fmt: skip
def test_a_pause_until_an_impossible_date_is_none(value: str) -> None:
    assert _retry_after(value) is None


@pytest.mark.parametrize(("value", "seconds"), [("7", 7.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)])
def test_a_possible_one_is(value: str, seconds: float) -> None:
    assert _retry_after(value) == seconds


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal of its own")
def test_a_device_with_nothing_to_read_is_a_line(run: Run, tmp_path: Path) -> None:
    """As /proc/kmsg, which only root may open: it is there, but has nothing to say now."""
    (tmp_path / "a.txt").write_text(NEEDLE, encoding="utf-8")
    ours, theirs = os.openpty()
    try:
        result = run("extract", os.ttyname(theirs), tmp_path / "a.txt")
    finally:
        os.close(ours)
        os.close(theirs)
    assert result.exit_code == 1
    (line,) = [line for line in result.stderr.splitlines() if "/dev/" in line]
    assert "nothing to read now" in line
    assert result.stdout


def test_what_nobody_foresaw_is_a_line() -> None:
    code = (
        "import claimx.cli.run as run\n"
        "def broken(*_, **__): raise LookupError('a\\nb\\x1b[31m')\n"
        "run.run = broken\n"
        "from claimx.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code, "extract", "x"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "claimx: stopped by something unforeseen (LookupError: a b); please report this\n"
