"""The README's first picture: a report about the three articles of tests/compare/pages, as Chromium shows it.

    python tests/screenshot.py [FILE.png]

Needs claimx, the playwright package and a Chromium of the system. It writes docs/report.png where no file is named.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from chromium import CHROMIUM

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "report.png"
PAGES = ROOT / "tests" / "compare" / "pages"
SIZE = (1180, 900)


def draw(page: Path, picture: Path) -> None:
    """Write a picture of the top of a report."""
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        raise SystemExit("needs Chromium or Chrome on the path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox"])
        shown = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]}, reduced_motion="reduce")
        shown.goto(page.as_uri())
        shown.screenshot(path=picture)
        browser.close()


def main(arguments: list[str]) -> None:
    picture = Path(arguments[0]) if arguments else PICTURE
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        command = [sys.executable, "-c", "from claimx.cli import main; main()", "report", PAGES, "-q", "-o", page]
        subprocess.run([*map(str, command), "--title", "A ship with maize leaves Odesa"], check=True)
        draw(page, picture)


if __name__ == "__main__":
    main(sys.argv[1:])
