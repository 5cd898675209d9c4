"""What of a source's words is its name: no title or office, no adjective, nothing that it only stands beside."""

import functools
import re
from dataclasses import dataclass

from claimx import gazetteer as places
from claimx.compare.bodies import known_body, state_body
from claimx.compare.names import meant
from claimx.compare.vocabulary import vocabulary
from claimx.outlets import fold, is_outlet
from claimx.records import Source
from claimx.rules.files import Strict, read_bundled
from claimx.rules.titles import TITLES

RUN = re.compile(
    r"(?:[A-Z][\w.&’'-]*\w|[A-Z])"
    r"(?: (?:(?:of|for|the|and|de|la|al|bin|von|van|on) )*(?:[A-Z][\w.&’'-]*\w|[A-Z]\.(?= [A-Z])|[A-Z]))*"
)
"""Words in capitals, and small ones between them."""
ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her|our|one of|some of)\s+", re.IGNORECASE)

_TITLES = TITLES.posts | TITLES.short | TITLES.address
_EVIDENCE = ("document", "data", "image")
_CUT = re.compile(r"\s*\(.*$|(?<=[A-Z]{2})\.(?=[A-Z][a-z]).*$|[’']s?$|(?: and| on)? the (?=[A-Z]).*$|\son\s.*$")
_DAY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)(?:\.|[’']s)?"
)
_BESIDE = re.compile(
    r"\b(?:in|at|on|near|about|among|with|than|to|against|over|into|who|that|which|via|including)(?: [a-z]+)?$"
)
_HEAD_OF = re.compile(r"(?P<noun>[A-Za-z][\w-]*) (?:of|for|from|by)(?: the| its)?$")
_FOLLOWING = re.compile(r"^(?:[’']s?)?(?P<words>(?: [a-z][\w-]*)+)")
_SMALL = re.compile(
    r"^(?:in|of|for|from|at|on|who|that|which|and|or|with|to|as|by|near|told|about|against|under|after|before|led|based)$"
)
_INDEFINITE = re.compile(
    r"^(?:an?|one|two|three|another|some|several|many|most|multiple|various|other|few|both|no|at least)\s",
    re.IGNORECASE,
)


class _Names(Strict):
    before: frozenset[str]
    matters: frozenset[str]
    heads: frozenset[str]
    rule_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name: whether a person's, and whether of evidence (*the Panama Papers*)."""

    text: str
    person: bool = False
    evidence: bool = False


def find_name(source: Source, text: str = "") -> Name | None:
    """Return the name in a source's words, None where they have none or hide it; `text` is that of its article."""
    words = meant(source)
    if name := _titled(words, source.kind == "person", text):
        return Name(name, person=True)
    name = None if source.anonymous else _proper_name(source)
    if name is None or not fold(name) or fold(name) in vocabulary().words.empty:
        return None
    if source.actor and source.actor.type == "country":
        return Name(name)
    if source.kind == "person":
        beside = _BESIDE.search(words[: max(0, words.find(name))].rstrip())
        name = strip_titles(name, text)
        return Name(name, person=True) if name and not beside else None
    return _standing(_without_days(name), words, source)


def strip_titles(name: str, text: str = "") -> str:
    """Return a person's name without the titles and offices before it, "" where nothing else is left.

    So goes a word that merely begins the sentence: `text` has it in small letters too (*Organizer Ada Lind*).
    """
    tokens = _without_days(name).split()
    if len(tokens) > 1 and _is_title(tokens[-1]) and _names().matters & {token.lower() for token in tokens}:
        return ""  # *U.S. Defense Secretary*
    last = max((number for number, token in enumerate(tokens[:-1]) if _is_title(token)), default=-1)
    rest = tokens[last + 1 :]
    if last >= 0 and rest[0] in ("of", "for", "to"):
        rest = rest[2:] if rest[1:2] == ["the"] else rest[1:]
        while rest and (rest[0].lower() in _names().matters or places.country_of(rest[0])):
            rest = rest[1:]
        rest = rest if len(rest) > 1 else []  # *Mayor of Odesa*
    while len(rest) > 1 and (not rest[0][:1].isupper() or _is_adjective(rest[0])):
        rest = rest[1:]
    if len(rest) > 2 and _is_small(rest[0], text):
        rest = rest[1:]
    return " ".join(rest)


def office_of(words: str) -> str | None:
    """Return the office that words give instead of a name (*the U.S. president*), None for anything else."""
    parts = [part for part in ARTICLE.sub("", words).split() if not places.country_of(part)]
    office = " ".join(parts).lower()
    return office if words[:4].lower() == "the " and office in TITLES.sole else None


def find_holder(office: str, text: str) -> str | None:
    """Return the one name that a text puts behind an office (*President Ada Lind*), None for none or several."""
    title = r"\s+".join(map(re.escape, office.split()))
    name = r"(?:[A-Z]\.? )?[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+)*"
    found = re.findall(rf"\b(?<![Vv]ice )(?i:{title})\s+({name})", text)
    names = [name for one in found if (name := strip_titles(re.sub(r"[’']s$", "", one), text))]
    return max(names, key=len) if len({name.split()[-1] for name in names}) == 1 else None


def find_first_names(surname: str, text: str) -> list[str]:
    """Return the full name that a text gives for a surname, as a list; empty where it gives none, or several."""
    if surname.isupper():
        return []
    found = re.findall(rf"\b([A-Z][\w-]+)(?: [A-Z]\.)? {re.escape(surname)}\b", text)
    first = {one for one in found if not _is_title(one) and not _is_adjective(one) and not _is_small(one, text)}
    return [f"{one} {surname}" for one in first] if len(first) == 1 else []


def _is_small(word: str, text: str) -> bool:
    """Return whether a text has a word in small letters too, so that its capital is only that of a sentence."""
    return re.search(rf"(?<![@/.\w]){re.escape(word.lower())}s?\b", text) is not None


def _titled(words: str, is_person: bool, text: str) -> str | None:
    """Return the person whom words name by title and name, whatever kind of source they were taken for."""
    for part in re.split(r",\s", words):
        runs = RUN.findall(part)
        if not runs or not part.endswith(runs[-1]):
            continue
        before = part.removesuffix(runs[-1]).split()
        if any(_is_title(token) for token in runs[-1].split()[:-1]):
            name = strip_titles(runs[-1], text)
        elif before and _is_title(before[-1]):
            name = strip_titles(f"{before[-1]} {runs[-1]}", text)
        else:
            continue
        if len(name.split()) > (not is_person) and not _is_body(name):
            return name
    return None


def _proper_name(source: Source) -> str | None:
    """Return the longest of the names in a source's words, or the one that whom they mean goes by."""
    bare = ARTICLE.sub("", meant(source))
    if source.kind == "organisation" and "," not in bare and known_body(bare):
        return bare
    runs, actor = _runs(source, bare), source.actor
    if actor is None or actor.type == "group":
        return max(runs, key=len) if runs and source.kind != "officials" else None
    name = actor.name.partition(",")[0]
    if actor.type == source.kind == "person":
        return name
    return next((run for run in runs if run.endswith(f" {name}")), name)


def _runs(source: Source, bare: str) -> list[str]:
    """Return the words in capitals that may be a name: no adjective of a country, no noun that begins a sentence."""
    runs: list[str] = RUN.findall(bare)
    if len(runs) > 1:  # *the Iranian news agency Fars*, *the UN mission in Niger*
        runs = [run for run in runs if places.country_of(run) is None or " " in run] or runs
    if runs and " " not in runs[0] and source.text.startswith(runs[0]):
        lone = runs[0].lower()
        plural = len(runs) == 1 and lone.endswith("s") and not source.actor and not is_outlet(lone)
        if plural or lone in _names().heads or (source.kind in _EVIDENCE and not runs[0].isupper()):
            return runs[1:]
    return runs


def _standing(name: str, words: str, source: Source) -> Name | None:
    """Return the name of a body, None where it only stands beside what speaks: *rebels in Syria*, *British papers*."""
    name = _CUT.sub("", name)
    if not name[:1].isupper() and not name[:1].isdigit():
        return None
    if known_body(name):
        return Name(name)
    if _is_adjective(name):
        return None  # *the North Koreans*
    before, found, after = words.partition(name)
    if not found:
        return Name(name)
    before = ARTICLE.sub("", before).rstrip()
    if _BESIDE.search(before):
        return None
    heads, evidence = _names().heads, source.kind in _EVIDENCE
    of, nouns = _HEAD_OF.search(before), _nouns_after(after)
    if of and not evidence and of["noun"].lower() not in heads and "," not in before:
        return None  # *the parents of Ada Lind*
    if _names().rule_of.intersection(nouns[:1]):
        return Name(f"{name} {nouns[0]}")  # *the Lind administration*
    headed = before.rpartition(" ")[2] in heads
    if evidence:
        return _evidence(name, after, of=of is not None, noted=headed or bool(nouns))
    if not heads.issuperset(nouns[-1:]):
        return None  # *Reform advocates*, *British media outlets*
    if _INDEFINITE.match(words) and not (of or nouns or "," in before or headed):
        return None  # *a senior Republican*
    return Name(name)


def _evidence(name: str, after: str, *, of: bool, noted: bool) -> Name | None:
    """Return the name that evidence has, or of whom it is `of`; `noted`: beside a noun that says what it is."""
    if of and any(map(_is_title, name.split()[:-1])) and (bare := strip_titles(name)):
        return Name(bare, person=True)  # *a letter from General Ada Lind to*
    if of or noted or after.startswith(("’", "'")):
        return Name(name)
    return Name(name, evidence=True) if not after and " " in name else None


def _nouns_after(after: str) -> list[str]:
    """Return the small words that follow a name, up to the first that is no part of its phrase."""
    found = _FOLLOWING.match(after)
    nouns: list[str] = []
    for word in found["words"].split() if found else ():
        if _SMALL.match(word):
            break
        nouns.append(word)
    return nouns


def _without_days(name: str) -> str:
    tokens = re.sub(r"\s*\(.*$", "", name).split()
    while tokens and _DAY.fullmatch(tokens[0]):
        tokens = tokens[1:]
    while tokens and (_DAY.fullmatch(tokens[-1]) or tokens[-1] in ("on", "and", "now")):
        tokens = tokens[:-1]
    return " ".join(tokens)


def _is_title(token: str) -> bool:
    word = token.lower().rstrip(".,")
    return word in _TITLES or word in _names().before


def _is_adjective(name: str) -> bool:
    """Return whether words only say of what country somebody is: *British*, *North Korean*."""
    alone = " " not in name.removeprefix("North ").removeprefix("South ")
    return alone and places.country_of(name) is not None and not places.is_place_name(name)


def _is_body(name: str) -> bool:
    return state_body(name) is not None or is_outlet(name) or fold(name.split()[-1]) in _names().heads


@functools.cache
def _names() -> _Names:
    return read_bundled(_Names, "names.toml")
