"""Measure how long a page takes to write, how that grows with the story, and how fast a browser opens and filters it.

The articles are made, as for comparing. The browser is the Chromium of the system, driven by playwright; without one,
only the writing is measured.
"""

import argparse
import importlib.util
import io
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from claimx.report import write_report
from claimx_benchmarks.compare import growth, make_articles

LIMIT_EXPONENT = 1.3
"""The power of the number of articles that writing may grow with."""
LIMIT_SECONDS = 2.0
"""What a browser may take to show what a filter leaves of 500 articles with 3,000 claims."""

_SIZES = (50, 150, 500)
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_OPENED = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
_ACTIONS = {
    "filter": "one('[name=words]').value = 'radars'; one('#filters').dispatchEvent(new Event('input'));",
    "show all": "one('#reset').click();",
    "sort": "one('[data-sort=what] button').click();",
    "find evidence": "one('#table tbody tr:last-child td').click();",
}
_TIMED = """async () => {{
    const one = (selector) => document.querySelector(selector);
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await frame();
    const before = performance.now();
    {action}
    await new Promise((done) => setTimeout(done, 100));
    await frame();
    return performance.now() - before;
}}"""


def write_pages(sizes: Sequence[int]) -> Iterator[tuple[int, float, str]]:
    """Yield for each number of articles the seconds that their page took to write, and the page."""
    _write(5)  # what loads once is no part of it
    for size in sizes:
        seconds, page = _write(size)
        yield size, seconds, page


def _write(size: int) -> tuple[float, str]:
    articles = make_articles(size)
    out = io.StringIO(newline="")
    begun = time.process_time()
    write_report(articles, out)
    return time.process_time() - begun, out.getvalue()


def browse(page: str, chromium: str) -> dict[str, float]:
    """Return the seconds that a browser takes to open a page, and for what people do on it, to the next frame shown."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "story.html"
        path.write_text(page, encoding="utf-8", newline="")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--headless", "--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        tab.goto(path.as_uri())
        seconds = {"open": tab.evaluate(_OPENED) / 1000}
        for name, action in _ACTIONS.items():
            seconds[name] = tab.evaluate(_TIMED.format(action=action)) / 1000
        browser.close()
    return seconds


def find_browser() -> str | None:
    """Return the path of the system's Chromium, None where it or playwright is missing."""
    if importlib.util.find_spec("playwright") is None:
        return None
    return next(filter(None, map(shutil.which, _CHROMIUM)), None)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the seconds and their growth; 1 where a limit is broken."""
    parser = argparse.ArgumentParser(
        prog="python -m claimx_benchmarks report", description=(__doc__ or "").split("\n", 1)[0]
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=list(_SIZES), metavar="N", help="numbers of articles")
    parser.add_argument("--no-browser", action="store_true", help="measure the writing alone")
    options = parser.parse_args(arguments)
    chromium = None if options.no_browser else find_browser()
    seconds: dict[int, float] = {}
    broken = False
    for size, taken, page in write_pages(sorted(set(options.sizes))):
        seconds[size] = taken
        print(f"{size:6d} articles {taken:8.2f} s to write {len(page) / 1e6:6.1f} MB")
        if chromium:
            shown = browse(page, chromium)
            print("       browser " + ", ".join(f"{name} {value:.2f} s" for name, value in shown.items()))
            broken = broken or shown["filter"] > LIMIT_SECONDS
    if len(seconds) > 1:
        exponent = growth(seconds)
        print(f"writing grows with the power {exponent:.2f} of the number  (at most {LIMIT_EXPONENT:g})")
        broken = broken or exponent > LIMIT_EXPONENT
    return int(broken)
