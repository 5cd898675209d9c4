"""The page: everything that a story has to show, in one HTML file that asks nothing of anybody.

The template escapes whatever it is given, and what it is given is cleaned of control characters first. The style sheet
and the script are written into the page, and its content security policy names their hashes: nothing else runs, and
nothing is fetched.
"""

import hashlib
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import IO, TYPE_CHECKING, Any, Final, get_args

from markupsafe import Markup

from claimx import __version__
from claimx.compare.records import Comparison
from claimx.edtf import read_day, word_day, word_edtf
from claimx.outlets import name_input
from claimx.output import wording
from claimx.output.clean import clean
from claimx.output.flat import link_to
from claimx.output.html import LONGEST_WHOLE
from claimx.output.json import dump
from claimx.records import MOVEMENT, ROLES, Article, Claim, SourcePart, Status
from claimx.report.chains import draw_chains
from claimx.report.events import gather_events, outlets_of, traces_of
from claimx.report.marks import ROLE_WORDS, Paragraph, is_headline, mark_paragraphs
from claimx.report.story import Entry, Story, name_span, numbers, safe_url, tell_story
from claimx.report.timeline import lay_out
from claimx.report.worldmap import draw_map
from claimx.review.records import article_key
from claimx.rules.kinds import claim_kinds, further_roles

if TYPE_CHECKING:
    from jinja2 import Environment

STATUSES: dict[Status, str] = {
    "asserted": "stated as fact",
    "hedged": "said with reserve",
    "prospective": "planned or expected",
    "barred": "forbidden, suspended or advised against",
    "negated": "denied, or did not happen",
    "unclear": "left open",
}
"""The statuses in the order of the legend, and what they mean."""

_PARTS: Final[dict[SourcePart, str]] = {"evidence": "as evidence", "relay": "passes it on"}
"""What a source does that does not say it itself."""
_MANY_CLAIMS: Final = 500
"""Claims beyond which a page is laid out only where it is seen."""
_COLUMNS = (
    ("who", "who"), ("movement", "trigger"), ("what", "what"), ("from", "origin"), ("to", "destination"),
    ("when", "when"),
)  # fmt: skip
"""Columns of the table; what few claims have stands in the cell that it belongs to, so that the others have room."""
_ROLES = tuple((ROLE_WORDS.get(role, role), role) for role in ROLES)
_UNSAFE_IN_SCRIPT = re.compile("[<>&]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article on the page: its text in pieces, the headline apart where the text has it."""

    index: int
    article: Article
    outlet: str
    headline: Paragraph | None
    paragraphs: list[Paragraph]
    entries: tuple[Entry, ...]


def write_report(
    articles: Iterable[Article],
    out: IO[str],
    *,
    title: str | None = None,
    comparison: Comparison | None = None,
    kinds: Sequence[str] = (MOVEMENT,),
) -> None:
    """Write the page about the articles, which come with their claims; `title` is its headline.

    `kinds` are those that were looked for, to be named where there are no claims.

    With a `comparison` of them the page has the events that several tell, and the articles stand in its order.
    """
    story = tell_story(comparison.articles if comparison else articles)
    had = {entry.claim.kind for entry in story.entries}
    kinds = sorted(had, key=lambda kind: (kind != MOVEMENT, kind)) or [*kinds]
    dated = any(entry.claim.when for entry in story.entries)
    style, script = _asset("page.css"), _asset("page.js")
    page = _environment().get_template("page.html")
    out.writelines(
        page.generate(
            title=clean(title or _title(story, kinds)).strip(),
            standfirst=_standfirst(story, kinds),
            policy=_policy(style, script),
            style=Markup(style),  # noqa: S704 # claimx's own, as is the script
            script=Markup(script),  # noqa: S704
            data=Markup(_json(_data(story, kinds))),  # noqa: S704 # escaped by _json
            story=story,
            statuses=_counted(story.entries),
            roles=_ROLES,
            checks=_checks(story),
            longest_whole=LONGEST_WHOLE,
            columns=[(label, role) for label, role in _columns(kinds) if role != "when" or dated],
            told=wording.word_kinds(kinds),
            of_movement=kinds == [MOVEMENT],
            menus=_menus(story),
            events=gather_events(comparison, story) if comparison else [],
            world=draw_map(story.entries),
            timeline=lay_out(story),
            chains=draw_chains(story.entries),
            parts=_PARTS,
            many_claims=_MANY_CLAIMS,
            sheets=[_sheet(story, index) for index in range(len(story.articles))],
            version=__version__,
        )
    )


def _columns(kinds: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield label and role of the columns that claims of these kinds need; roles of other kinds come before when."""
    known = [claim_kinds()[kind] for kind in kinds if kind in claim_kinds()]
    declared = {role.name for kind in known for role in kind.role}
    for label, role in _COLUMNS:
        if role == "when":
            yield from ((further.label, further.name) for further in further_roles(kinds).values())
        if role == "trigger":
            yield wording.word_event(kinds), role
        elif role in declared or not known:
            yield label, role


def _title(story: Story, kinds: Sequence[str]) -> str:
    if len(story.articles) == 1:
        return story.articles[0].title or story.outlets[0]
    told = wording.word_kinds(kinds)
    return f"{told[0].upper()}{told[1:]} in {wording.word_number(len(story.articles), 'article')}"


def _standfirst(story: Story, kinds: Sequence[str]) -> str:
    """Return what the page is about in a sentence."""
    outlets = len(set(story.outlets))
    days = sorted(filter(None, (read_day(article.published) for article in story.articles)))
    words = wording.word_number(len(story.entries), "claim")
    if outlets > 1:
        words += f" from {wording.word_number(outlets, 'outlet')}"
    elif story.outlets and story.outlets[0] != _title(story, kinds):
        words += f" from {story.outlets[0]}"
    if not days:
        return f"{words}."
    when = word_day(days[0]) if days[0] == days[-1] else word_edtf(f"{days[0]}/{days[-1]}")
    return f"{words}, published {when}."


def _counted(entries: Iterable[Entry]) -> list[tuple[Status, str, int]]:
    counts = Counter(entry.claim.status for entry in entries)
    return [(status, STATUSES[status], counts[status]) for status in get_args(Status)]


def _checks(story: Story) -> str:
    """Return how many claims need checking and why, as a sentence; "" where none does."""
    tally = wording.Tally()
    for _ in tally.watch(story.articles):
        pass
    words = tally.word_checks()
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _sheet(story: Story, index: int) -> Sheet:
    article, entries = story.articles[index], tuple(entry for entry in story.entries if entry.article == index)
    paragraphs = mark_paragraphs(article, entries)
    titled = bool(paragraphs) and is_headline(paragraphs[0], article)
    return Sheet(index, article, story.outlets[index], paragraphs[0] if titled else None, paragraphs[titled:], entries)


def _menus(story: Story) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """Return the filters that choose one of many: their name, their label, and the choices with their counts."""
    of = {
        "outlet": ("Outlet", Counter(entry.outlet for entry in story.entries)),
        "source": ("Source", Counter(name for entry in story.entries for name in entry.sources)),
        "place": ("Place", Counter(name for entry in story.entries for name in entry.places)),
    }
    return [
        (name, label, sorted(counts.items(), key=lambda item: item[0].casefold()))
        for name, (label, counts) in of.items()
        if len(counts) > 1
    ]


def _data(story: Story, kinds: Sequence[str]) -> dict[str, Any]:
    """Return what the script needs to filter, sort, save and review: no markup, and words that the page has anyway."""
    further = [[role.label, role.name] for role in further_roles(kinds).values()]
    return {
        **({"further": further} if further else {}),
        "claims": [_row(entry, story.articles[entry.article]) for entry in story.entries],
        "articles": [
            {**article_key(article), "title": clean(article.title or outlet)}
            for article, outlet in zip(story.articles, story.outlets, strict=True)
        ],
    }


def _row(entry: Entry, article: Article) -> dict[str, Any]:
    claim = entry.claim
    first, final = entry.period or (None, None)
    words = (
        wording.word_actors(claim),
        wording.word_route(claim),
        wording.word_span(claim.via),
        wording.word_span(claim.vehicle),
        *wording.word_further(claim).values(),
        wording.word_when(claim),
        claim.status,
        wording.word_sources(claim.sources),
        entry.outlet,
        claim.evidence.text,
    )
    return {
        "status": claim.status,
        "outlet": entry.outlet,
        "source": entry.sources,
        "place": entry.places,
        "dated": entry.period is not None,
        "from": first.isoformat() if first else "",
        "to": final.isoformat() if final else "",
        "confidence": claim.confidence,
        "id": claim.id,
        "article": entry.article,
        "link": link_to(article, claim.evidence.text) or "",
        "trigger": [claim.trigger.start, claim.trigger.end],
        "roles": {role: clean(span.text) for role, span in claim.fillers().items()},
        "meant": {role: meant for role, span in claim.fillers().items() if (meant := wording.word_meant(span))},
        "movement": wording.word_span(claim.trigger),
        "said": wording.word_sources(claim.sources),
        "words": clean(" ".join(words)).lower(),  # as the script has the words that it looks for
    }


def _json(value: Any) -> str:
    """Return JSON that no HTML parser takes for markup, whatever it says."""
    return _UNSAFE_IN_SCRIPT.sub(lambda match: f"\\u{ord(match[0]):04x}", dump(value))


def _policy(style: str, script: str) -> str:
    """Return the page's content security policy: its own style sheet and script, and nothing else from anywhere."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _asset(name: str) -> str:
    return (resources.files("claimx.report") / "assets" / name).read_text(encoding="utf-8")


def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("claimx.report", "assets"),
        autoescape=True,
        finalize=_cleaned,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["guessed_in"] = wording.is_guessed
    environment.filters.update(
        numbers=numbers,
        day=_day,
        url=safe_url,
        input=name_input,
        many=wording.word_number,
        actors=wording.word_actors,
        mover=wording.mover_of,
        vehicle=wording.word_vehicle,
        standing=wording.word_status,
        doubts=_doubts,
        spoken=wording.word_span,
        ends=_ends,
        meant=wording.word_meant,
        outlets=outlets_of,
        traces=traces_of,
        # quotation marks of its own, beside which others would be read wrongly
        quoting=re.compile('[“”"]').search,
    )
    return environment


def _cleaned(value: Any) -> Any:
    """Return text as the template may show it; markup, which is the template's own, and numbers as they are."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _ends(claim: Claim) -> str:
    """Return whence and whither in words: "from Syria to Libya"."""
    ends = (("from", claim.origin), ("to", claim.destination))
    return " ".join(f"{word} {name_span(span)}" for word, span in ends if span)


def _doubts(claim: Claim) -> str | None:
    """Return what to say beside a claim's confidence: "check", and why where the number does not say it, or None."""
    reasons = wording.why_check(claim)
    others = [reason for reason in reasons if not reason.startswith("confidence")]
    return ": ".join(filter(None, ("check", ", ".join(others)))) if reasons else None


def _day(text: str | None) -> str | None:
    """Return an ISO date in words, other text as it is."""
    day = read_day(text)
    return word_day(day) if day else text
