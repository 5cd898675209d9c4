"""From a web page to an article: trafilatura finds the text and what the page says about itself.

A. Barbaresi, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and Extraction",
ACL 2021 System Demonstrations, pages 122-131.
"""

import copy
import logging
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import trafilatura
from lxml.etree import iterwalk

from claimx.sources.metadata import find_time, take_metadata

_SPACES = re.compile(r"\s+")
_SEPARATOR = re.compile(r"\s+[|·•:»–—-]+\s+")
_BULLET = "- "  # what trafilatura puts before list items
_TOP = 5  # lines among which a headline may stand
_BYLINE = re.compile(r"^by\s+", re.I)
_BETWEEN_NAMES = re.compile(r",? and |, | & ")
_NAME_PART = r"(?:[A-Z][\w.’'-]*|de|van|von|der|den|al|el|bin|da|la|le)"
_NAME = re.compile(rf"{_NAME_PART}(?: {_NAME_PART}){{1,4}}")
_MIN_HEADLINE = 3  # words of a printed headline; what is shorter names a section or the site
_LEAST_SHARE = 0.5  # of the words in a page's paragraphs; with less, the article's body is taken to be lost
_MOST_SHARE = 1.5  # of those words, in lists and quotations too; with more, the second try is full of furniture
_GAIN = 1.5  # times as many words as before the second try must find
_REACH = 50  # lines among which the place of the next is looked for in another reading
_MOST_STRANGE = 20  # lines of one reading that the other has nowhere; with more, they are not laid side by side
_ASIDE = frozenset({"nav", "header", "footer", "aside", "form", "figure", "template", "noscript", "dialog"})
_ASIDE_NAMES = re.compile(r"comment|cookie|consent|newsletter|related|recommend|promo|teaser|subscri|disqus", re.I)
_STOP_INSIDE = re.compile(r"[a-z][.!?…][\"'”’)]* [A-Z“\"]")
_MIN_RUN = 60  # words of a line that holds the end of a sentence, though it ends like none
_MIN_WORDS = 6  # of a line that ends like a sentence; pages without one are lists of links or notices

# trafilatura logs what it cannot read, which Python would print to stderr; claimx raises its own errors for that
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds: the article's text, headline first, blank lines between paragraphs, and its metadata."""

    text: str
    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: str | None
    published_at: str | None
    url: str | None


def parse_page(html: str, url: str | None = None) -> Page | None:
    """Return the article that an HTML page holds, or None where it holds none.

    Menus, share bars, comments and other furniture stay out as far as trafilatura tells them from the article. The
    headline is always the first line of the text. Precision is favoured, which leaves more furniture out; what it cuts
    out of the middle of the article comes from a reading that does not favour it. Where much less is found than the
    page's paragraphs hold, the page is read again with recall favoured, as its body may be taken for furniture. What
    the page says about itself comes from its JSON-LD first, and then from all else that trafilatura reads. `published`
    is what the page declares, never a guess from its text.
    """
    tree = trafilatura.load_html(html)
    if tree is None:
        return None
    declared = take_metadata(tree)
    document, lines = _extract(tree, url, precise=True)
    if document is not None and _is_article(lines):
        lines = mend_cuts(lines, _extract(tree, url)[1])
    else:  # on some old pages tables, which are left out at first, hold the whole article
        document, lines = _extract(tree, url, tables=True)
        if document is None or not _is_article(lines):
            return None
    if (held := _words_held(tree)) * _LEAST_SHARE > _count(lines):
        again, found = _extract(tree, url, tables=True, recall=True)
        # what is found must be the lost body, and no more than the page's paragraphs hold: furniture is more
        if again is not None and _count(lines) * _GAIN < _count(found) <= held * _MOST_SHARE:
            document, lines = again, found
    publisher = declared.publisher or _line(document.sitename)
    printed = [line for element in tree.iter("h1") if (line := _line(element.text_content()))]
    title = _title(declared.title, _line(document.title), publisher, lines, printed)
    published, published_at = declared.published, declared.published_at
    if published is None:
        published = document.date
        published_at = find_time(tree, published) if published else None
    return Page(
        text="\n\n".join(_headed(lines, title)) + "\n",
        title=title,
        publisher=publisher,
        authors=_authors(declared.authors, declared.reviewed)
        or _authors((document.author or "").split(";"), declared.reviewed),
        published=published,
        published_at=published_at,
        url=document.url if document.url != url else declared.url or url,
    )


def _headed(lines: list[str], title: str | None) -> list[str]:
    """Return the lines with the title on top, once."""
    if title is None:
        return lines
    return [title, *(line for i, line in enumerate(lines) if i >= _TOP or _key(line) != _key(title))]


def mend_cuts(precise: Sequence[str], fuller: Sequence[str]) -> list[str]:
    """Return the lines of a reading that favours precision, with what it cut out of the middle of the article.

    Such a reading drops pieces of paragraphs beside links, so that sentences begin or end anywhere, and lines that look
    like headings. A line that is cut is taken whole from the fuller reading, and lines between two that both readings
    have are the article's where they run in sentences. What the fuller reading has before the first line and after the
    last that both have, where furniture stands, stays out. A reading in far fewer lines has run paragraphs together and
    tells nothing.
    """
    if len(fuller) * 2 < len(precise):
        return list(precise)
    kept = frozenset(precise)
    mended: list[str] = []
    place = strange = 0
    for line in precise:
        found = _find(line, fuller[place : place + _REACH])
        if found is not None:
            if place:
                skipped = fuller[place : place + found]
                mended.extend(more for more in skipped if more not in kept and _is_article([more]))
            mended.append(fuller[place + found])
            place += found + 1
        elif not (place and _is_within(line, fuller[place - 1])):  # else another piece of the line taken whole
            mended.append(line)
            strange += 1
            if strange > _MOST_STRANGE:
                return list(precise)
    return mended


def _find(line: str, lines: Sequence[str]) -> int | None:
    """Return where a line stands among others, as it is or else with what was cut out of it."""
    if line in lines:
        return lines.index(line)
    return next((place for place, whole in enumerate(lines) if _is_within(line, whole)), None)


def _is_within(cut: str, whole: str) -> bool:
    """Tell whether the words of a line are those of another in their order, with some of these left out."""
    if whole.startswith(cut) or whole.endswith(cut):
        return True
    words = cut.split()
    rest = iter(whole.split())
    return len(words) >= _MIN_WORDS and all(word in rest for word in words)


def _extract(
    tree: Any, url: str | None, *, precise: bool = False, tables: bool = False, recall: bool = False
) -> tuple[Any, list[str]]:
    """Return the document that trafilatura finds in a page, None where it finds none, and the lines of its text."""
    document: Any = trafilatura.bare_extraction(
        copy.deepcopy(tree),
        url=url,
        favor_precision=precise,
        favor_recall=recall,
        include_comments=False,
        include_tables=tables,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"},
    )
    text = (document.text if document else None) or ""
    return document, [line for raw in text.splitlines() if (line := _line(raw.removeprefix(_BULLET)))]


def _count(lines: Iterable[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _words_held(tree: Any) -> int:
    """Return how many words a page holds in paragraphs that run in sentences, outside what is plainly furniture."""
    words = 0
    walk = iterwalk(tree, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str):
            continue
        aside = element.tag in _ASIDE or _ASIDE_NAMES.search(f"{element.get('class', '')} {element.get('id', '')}")
        if not aside and element.tag == "p" and _is_article([line := _line(element.text_content()) or ""]):
            words += len(line.split())
        if aside or element.tag == "p":
            walk.skip_subtree()
    return words


def _title(
    declared: str | None, found: str | None, publisher: str | None, lines: list[str], printed: list[str]
) -> str | None:
    """Return the headline: the title that the page prints, or else the one that it declares in JSON-LD.

    What is declared may be made for search engines; a printed headline is known by the words that it shares with it.
    """
    titles = [_headline(title, publisher, lines) for title in (declared, found)]
    shown = next((title for title in titles if title in lines[:_TOP]), None)
    if shown is not None:
        return shown
    like = (headline for headline in printed if any(title and _is_like(headline, title) for title in titles))
    return next(like, titles[0] or titles[1])


def _is_like(headline: str, title: str) -> bool:
    """Tell whether a printed headline is that of an article with this title: they share many of their words."""
    own, others = set(_key(headline).split()), set(_key(title).split())
    return len(own) >= _MIN_HEADLINE and 2 * len(own & others) >= min(len(own), len(others))


def _headline(title: str | None, publisher: str | None, lines: list[str]) -> str | None:
    """Return the title as the article prints it: a line near its top, or the title less the publisher's name."""
    if title is None:
        return None
    for line in lines[:_TOP]:
        prefix = len(line) * 2 >= len(title) and _SEPARATOR.match(title.removeprefix(line))  # no mere "World – …"
        if prefix or _key(title) == _key(line):
            return line
    head, separator, tail = title.rpartition(next(iter(_SEPARATOR.findall(title)[-1:]), "\n"))
    return head.strip() if separator and publisher and _key(tail) == _key(publisher) else title


def _is_article(lines: list[str]) -> bool:
    """Tell an article from a page of links: somewhere it runs in sentences, if only the last of them lacks its stop."""
    return any(_is_sentence(line) or (len(line.split()) >= _MIN_RUN and _STOP_INSIDE.search(line)) for line in lines)


def _is_sentence(line: str) -> bool:
    return line.rstrip("\"'”’)]").endswith((".", "!", "?", "…")) and len(line.split()) >= _MIN_WORDS


def _authors(bylines: Iterable[str], reviewed: Collection[str]) -> tuple[str, ...]:
    """Return the names in bylines, each once, in the page's order, less those whom a fact check is about.

    "A, B and C" are three names, where all of them look like names; "Police and Crime Desk" stays one.
    """
    found: dict[str, None] = {}
    for line in filter(None, (_line(_BYLINE.sub("", byline.strip())) for byline in bylines)):
        names = _BETWEEN_NAMES.split(line)
        found |= dict.fromkeys(names if all(map(_NAME.fullmatch, names)) else [line])
    return tuple(name for name in found if name not in reviewed)


def _line(text: str | None) -> str | None:
    return _SPACES.sub(" ", text).strip() or None if text else None


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
