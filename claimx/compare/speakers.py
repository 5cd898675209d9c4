"""Who a source is, across articles: one key for one person, body, outlet or document, and none for the unnamed."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from rapidfuzz import fuzz

from claimx.compare.bodies import known_body, plain_body, state_body
from claimx.compare.names import SourceKey, initials, institution, meant
from claimx.compare.naming import ARTICLE, RUN, find_first_names, find_holder, find_name, office_of
from claimx.compare.records import OriginKind
from claimx.gazetteer import country_of, country_place, government_of, is_place_name
from claimx.outlets import fold, is_agency, is_outlet, outlet_key, shown_outlet
from claimx.records import ROLES, Article, Claim, Evidence, Source
from claimx.rules.files import Strict, read_bundled
from claimx.rules.organisations import ORGANISATIONS

_ITS = re.compile(r"^(?:its|their)\s", re.IGNORECASE)
_LEADS = re.compile(r"\bwho (?:leads|heads|runs|chairs|directs|commands|founded|speaks for) (the [^,.]+|[A-Z][^,.]+)")
_NAME = r"(?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)+)"
_ITS_OFFICE = re.compile(rf"\b(?:its|their) (?P<office>[a-z-]+(?: [a-z-]+){{0,2}}),?(?: {_NAME})?")
_OFFICE_AFTER = re.compile(rf"{_NAME}, (?:its|their) (?P<office>[a-z-]+(?: [a-z-]+){{0,2}})")
_OF_BODY = re.compile(r"^(?P<person>\S+ .+?) (?:of|from) (?:the )?(?P<body>.+)$")
_INITIAL = re.compile(r" \w(?= )")
_ONE_NAME = 60.0  # of 100: surnames after the same first names that are more alike are spellings of one
_FOR = re.compile(r"\s(?:of|for|at|from|with)\s(?:the\s)?")


class _Words(Strict):
    unnamed_reports: frozenset[str]
    speakers: frozenset[str]
    institutions: frozenset[str]
    groups: frozenset[str]
    told: tuple[str, ...]
    voices: frozenset[str]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source with a name: `key` is the same wherever it is the same one; `of` is the key of whom it speaks for."""

    key: SourceKey
    name: str
    kind: OriginKind
    of: SourceKey | None = None


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A source without a name, as worded; `report` where it is a report or an outlet, `noun` of an institution."""

    words: str
    report: bool
    noun: str | None


@dataclass(frozen=True, slots=True)
class Speakers:
    """The sources of all articles, known by name; initials and surnames are read by the names around them.

    `people`, `outlets`, `named_bodies`, `mentions` in order and `texts` are by article; `bodies` gives the key of what
    goes by a name, `full_names` those of a surname.
    By key of a speaker: `names` to show, `spelled` folded names, and `affiliations`, whom it speaks for.
    """

    texts: Sequence[str]
    people: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    outlets: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    bodies: dict[str, SourceKey] = field(default_factory=dict)
    named_bodies: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    mentions: dict[int, tuple[Source, ...]] = field(default_factory=dict)
    full_names: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[SourceKey, str] = field(default_factory=dict)
    spelled: defaultdict[SourceKey, set[str]] = field(default_factory=lambda: defaultdict(set))
    affiliations: dict[SourceKey, SourceKey] = field(default_factory=dict)

    def label(self, key: SourceKey) -> str:
        """Return the name to show for a speaker's key."""
        if known := self.names.get(key):
            return known
        country = country_place((key.country or key.name).upper()) if key.is_body else None
        if country is None:
            return key.name.title()
        return country.name if key.type == "country" else f"{key.name} of {country.name}"

    def identify(self, source: Source, article: int) -> Speaker | Unnamed:
        """Return who a source in the article of this index is."""
        words, noun = _words(), _noun(source.text)
        if source.kind == "outlet" and noun in words.unnamed_reports | words.groups:
            return self._unnamed_outlet(source, noun, article)
        if worded := self._body_in_words(source, article):
            return worded
        if (office := office_of(source.text)) and (holder := find_holder(office, self.texts[article])):
            return self._person(holder, article)
        found = find_name(source, self.texts[article])
        if found is None:
            return self._unnamed(source, noun, article)
        name, actor = found.text, source.actor
        if (source.kind == "outlet" or is_outlet(name)) and not _shown_body(self._body(name).name):
            return _outlet(name)
        if actor and actor.type == "country" and actor.country:
            seat = ARTICLE.sub("", meant(source))  # *the Pentagon* is shown by that name
            return _state(actor.country, seat if seat[:1].isupper() and government_of(seat) else actor.name)
        if found.person or _is_person(source, name):
            return self._in_person(source, name, article)
        if found.evidence:
            return Speaker(SourceKey("evidence", fold(name)), name, "document" if source.kind == "document" else "data")
        return _body(self._full_body(name, article), name)

    def _unnamed(self, source: Source, noun: str, article: int) -> Speaker | Unnamed:
        """Return the body that a source without a name is: *the ministry* named before it, *the government*."""
        body = None if source.anonymous else _institution(noun)
        if body and (before := self._body_before(source, body, article) or self._government(body, article)):
            return before
        reports, last = _words().unnamed_reports, noun.rpartition(" ")[2]
        report = not source.anonymous and (source.kind == "outlet" or not reports.isdisjoint((noun, last)))
        return Unnamed(meant(source), report, body)

    def _in_person(self, source: Source, name: str, article: int) -> Speaker:
        """Return the person who is named, with the body that this one speaks for."""
        if source.kind == "person" and (code := government_of(name)):  # *Bamako denies*
            return _state(code, name)
        of = _OF_BODY.match(name) if source.kind == "person" else None
        if of and (employer := self._body_called(of["body"], article)):  # *Mary Poe of UNHCR*
            return self._person(of["person"], article, employer)
        return self._person(name, article, self._speaks_for(source, name, article))

    def _person(self, name: str, article: int, of: SourceKey | None = None) -> Speaker:
        full = self._full_name(name, article)
        return Speaker(SourceKey("person", fold(full)), full, "person", of)

    def named(self, sources: Iterable[Source], article: int) -> Iterator[Speaker]:
        """Yield who the sources in the article of this index are, as far as they have names."""
        for source in sources:
            if isinstance(who := self.identify(source, article), Speaker):
                yield who

    def is_spelling(self, one: SourceKey, other: SourceKey) -> bool:
        """Return whether two keys of persons are one name spelled twice: *Faiz*, *Fayez*; *Ann B. Lee*, *Ann Lee*."""
        left, right = one.name.split(), other.name.split()
        if len(left) != len(right):
            short, long = (_INITIAL.sub("", key.name) for key in (one, other))
            return " " in short and short == long
        same = len(left) == len(right) > 1 and left[:-1] == right[:-1] and left[-1][0] == right[-1][0]
        return same and fuzz.ratio(left[-1], right[-1]) >= _ONE_NAME

    def speaks_itself(self, source: Source, evidence: Evidence) -> bool:
        """Return whether a body that moves something also says so: *the museum has returned it, its director said*."""
        rest = evidence.text[max(0, source.end - evidence.start) :]
        return any(_has_speaker(match["office"]) for match in _ITS_OFFICE.finditer(rest))

    def heard(self, claim: Claim, article: int) -> tuple[Source, ...]:
        """Return a claim's sources with those who told an outlet what it is the source of: *Ada Lind told AFP*."""
        found: list[Source] = []
        for source in claim.sources:
            if source.kind == "outlet" or is_outlet(source.text):
                teller = _who_told(source, claim, self.texts[article])
                if teller and all(not (one.start <= teller.start < one.end) for one in claim.sources):
                    found.append(teller)
            found.append(source)
        return tuple(found)

    def _unnamed_outlet(self, source: Source, noun: str, article: int) -> Speaker | Unnamed:
        """Return the outlet that *the newspaper* is: the only one that the article names."""
        named = self.outlets.get(article, ())
        if len(named) == 1 and source.text.lower().startswith("the "):
            return _outlet(*named)
        if noun in _words().groups and (body := self._body_before(source, noun, article)):
            return body
        return Unnamed(source.text, report=True, noun=None)

    def _body_in_words(self, source: Source, article: int) -> Speaker | None:
        """Return the body that goes by other words (*Doctors Without Borders*), or that an unnamed voice is of."""
        words = ARTICLE.sub("", source.text)
        if source.kind != "outlet" and (known := _aliases().get(fold(words))):
            return _body(known, words)
        if not source.anonymous:
            return None
        for voice in sorted(_words().voices):
            of = re.match(rf"{voice} (?:for|of|from) (?:the )?(.+)", words, re.IGNORECASE)
            body = of[1] if of else words[: -len(voice)].strip() if words.lower().endswith(f" {voice}") else ""
            if (seat := government_of(body)) and country_of(body) is None:  # *a Kremlin spokesman*
                return _state(seat, body)
            if body and (key := self._body_called(body, article)):
                return _body(key, body)
        return None

    def _body_called(self, words: str, article: int) -> SourceKey | None:
        """Return the key of the body that words are the name of, None where they are none."""
        bare = ARTICLE.sub("", words)
        if known := _aliases().get(fold(bare)):
            return known
        if found := known_body(bare):
            return found
        run = _last_run(bare)
        return self._full_body(run, article) if run == bare else None

    def _body_before(self, source: Source, noun: str, article: int) -> Speaker | None:
        """Return the body that *the ministry* is: the last one named before it whose name, or nature, fits."""
        if not source.text.lower().startswith("the "):
            return None
        before = self._before(source.start, article)
        bodies = (one for one in before if one.kind in ("organisation", "outlet") and find_name(one))
        for who in self.named(bodies, article):
            if who.key.type == "institution" and (noun in _words().groups or plain_body(noun) in who.key.name):
                return who
        return None

    def _government(self, noun: str, article: int) -> Speaker | None:
        """Return whose *the government* is: that of the only country that the article cites."""
        if noun != "government":
            return None
        actors = [one.actor for one in self.mentions.get(article, ()) if one.actor and one.actor.type == "country"]
        countries = {actor.country for actor in actors}
        country = countries.pop() if len(countries) == 1 else None
        return _state(country, min(actor.name for actor in actors)) if country else None

    def _full_body(self, name: str, article: int) -> SourceKey:
        """Return a body's key by its fullest name in the article: *the Port Authority* of Odesa."""
        key, folded = self._body(name), fold(name)
        longer = {
            self.bodies.get(full) or institution(full)
            for full in self.named_bodies.get(article, ())
            if full.endswith((f" {key.name}", f" {folded}"))
        }
        return longer.pop() if len(longer) == 1 and " " in folded else key

    def _full_name(self, name: str, article: int) -> str:
        """Return a person's fullest name in the article: where only the surname is given, the one that its text has."""
        tail = fold(name).split()
        longer = [full for full in self.people.get(article, ()) if fold(full).split()[-len(tail) :] == tail]
        if len(tail) == 1 and longer == [name] * len(longer):
            text = self.texts[article]
            known = [full for full in self.full_names.get(tail[0], ()) if full in text]
            longer += known or find_first_names(name, text)
        return max(longer, key=lambda full: (len(full), full), default=name)

    def _body(self, name: str) -> SourceKey:
        """Return an organisation's key: what an alias, or initials that others spell out, stand for."""
        folded = outlet_key(name)
        owner, _, rest = name.partition(" ")
        if rest.count(" ") and country_of(owner) and state_body(name) is None:
            folded = outlet_key(rest)  # *U.S. Customs and Border Protection*
        return self.bodies.get(folded) or state_body(name) or institution(folded)

    def _speaks_for(self, source: Source, name: str, article: int) -> SourceKey | None:
        """Return the key of the body that a person speaks for, as far as the words around the name tell."""
        folded = fold(name)
        # a name without any words around it tells nothing, however often it stands there
        persons = (one for one in self.mentions.get(article, ()) if one.kind == "person" and one.text != name)
        longer = (one for one in persons if fold(one.text).endswith(folded))
        found = (self._affiliation(one, name, article) for one in (source, *longer))
        return next(filter(None, found), None)

    def last_body(self, article: int, before: int) -> SourceKey | None:
        """Return the key of the body that an article has cited last before an offset."""
        bodies = (one for one in self._before(before, article) if one.kind in ("organisation", "other"))
        return next((who.key for who in self.named(bodies, article)), None)

    def _before(self, offset: int, article: int) -> Iterator[Source]:
        """Yield the sources that an article has before an offset, the last one first."""
        return (one for one in reversed(self.mentions.get(article, ())) if one.start < offset)

    def _affiliation(self, source: Source, name: str, article: int) -> SourceKey | None:
        before, _, after = source.text.partition(name)
        # *its director, Aminata Kone* and *Luis Reyes, its spokesman*
        its = next((part for part in (before, after.lstrip(", ")) if _ITS.match(part)), "")
        if _has_speaker(its.replace(",", " ")):
            return self.last_body(article, source.start)
        tokens = before.split()
        for position, token in enumerate(tokens):
            if token.lower() not in _words().speakers:
                continue
            office = " ".join(tokens[:position])
            if (seat := government_of(office)) and country_of(office) is None:  # *Kremlin spokesman*
                return SourceKey("country", seat)
            if token.lower() != "minister" and (body := self._body_called(office, article)):
                return body
            if run := _last_run(office):
                run = f"{run} ministry" if token.lower() == "minister" else run
                return self._full_body(run, article)
        if leads := _LEADS.search(after):
            noun = _noun(leads[1])
            if noun in _words().groups | _words().institutions:
                led = self._body_before(replace(source, text=leads[1]), noun, article)
                return led.key if led else None
            if match := RUN.match(ARTICLE.sub("", leads[1])):
                return self._full_body(match[0], article)
        office, *rest = _FOR.split(after, maxsplit=1)
        named = RUN.search(rest[0]) if rest and _has_speaker(office.replace(",", " ")) else None
        return self._body(named[0]) if named else None


def know_speakers(articles: Sequence[Article]) -> Speakers:
    """Return what the articles together say about who their sources are."""
    speakers = Speakers([article.text for article in articles])
    for index, article in enumerate(articles):
        known: dict[tuple[int, int], Source] = {}
        said = [source for claim in article.claims for source in claim.sources]
        for source in (*said, *(one.source for one in article.attributions if one.source)):
            known.setdefault((source.start, source.end), source)
            _remember_name(speakers, source, index)
        speakers.mentions[index] = tuple(sorted(known.values(), key=lambda source: source.start))
    for name in (name for names in speakers.people.values() for name in names if " " in name):
        speakers.full_names[fold(name).split()[-1]].add(name)
    speakers.bodies.update(_aliases())
    for index, text in enumerate(speakers.texts):
        for match in chain(_ITS_OFFICE.finditer(text), _OFFICE_AFTER.finditer(text)):  # *its director, Ada Lind*
            told = match["name"] and _has_speaker(match["office"])
            if told and (body := speakers.last_body(index, match.start())):
                speakers.affiliations.setdefault(SourceKey("person", fold(match["name"])), body)
    for index, sources in speakers.mentions.items():
        for source in sources:
            if isinstance(who := speakers.identify(source, index), Speaker):
                _remember(speakers, source, who)
    return speakers


def _remember_name(speakers: Speakers, source: Source, article: int) -> None:
    """Take in what a source's name alone tells."""
    found = find_name(source, speakers.texts[article])
    if found is None:
        return
    name = found.text
    if source.kind == "outlet" and _noun(source.text) not in _words().unnamed_reports:
        speakers.outlets[article].add(shown_outlet(name) or name)
    elif found.person:
        speakers.people[article].append(name)
    elif not found.evidence:
        speakers.named_bodies[article].add(fold(name))
        if body := state_body(name):
            speakers.bodies[fold(name)] = body
        if len(short := initials(name)) > 2:
            speakers.bodies.setdefault(short, institution(name))


def _remember(speakers: Speakers, source: Source, who: Speaker) -> None:
    """Take in who a source is."""
    # of several spellings the longest is shown, of those as long the first in order, whatever came first
    known = speakers.names.get(who.key, "")
    speakers.names[who.key] = max(known, who.name, key=lambda name: (len(name), name))
    speakers.spelled[who.key].add(fold(meant(source)))
    if who.of:
        of = speakers.affiliations.get(who.key, who.of)
        speakers.affiliations[who.key] = max(of, who.of, key=lambda key: (len(str(key)), key))


def _who_told(outlet: Source, claim: Claim, text: str) -> Source | None:
    """Return the person who told an outlet, as far as the words of the sentence between show one."""
    start = claim.evidence.start
    before = text[start : outlet.start]
    told = next((found for verb in _words().told if (found := re.search(rf"\b{verb}\s+(?:the\s+)?$", before))), None)
    if told is None:
        return None
    moving = [span for role in ROLES if (span := getattr(claim, role))]
    if claim.trigger.start < outlet.start:
        start = max(span.end for span in (claim.trigger, *moving) if span.end <= outlet.start)
    end = claim.evidence.start + told.start()
    for run in RUN.finditer(text, start, end):
        name = run[0]
        if " " in name and not (is_place_name(name) or government_of(name) or is_outlet(name)):
            words = text[run.start() : end].rstrip(" ,")
            return Source(words, run.start(), run.start() + len(words), kind="person", cue=outlet.cue)
    return None


def _is_person(source: Source, name: str) -> bool:
    """Return whether a name is of a known person, or an official's after the office: *agency spokeswoman Mary Poe*."""
    if source.kind == "other":
        return source.actor is not None and source.actor.type == "person"
    before, found, _ = source.text.partition(name)
    return source.kind == "officials" and bool(found) and " " in name and _has_speaker(before)


def _has_speaker(office: str) -> bool:
    return bool(set(office.lower().split()) & _words().speakers)


def _outlet(name: str) -> Speaker:
    key, shown = SourceKey("outlet", outlet_key(name)), shown_outlet(name) or ARTICLE.sub("", name)
    return Speaker(key, shown, "agency" if is_agency(key.name) else "outlet")


def _state(code: str, name: str) -> Speaker:
    return Speaker(SourceKey("country", code), name, "organisation")


def _body(key: SourceKey, name: str) -> Speaker:
    return Speaker(key, _shown_body(key.name) or name, "organisation")


def _institution(words: str) -> str | None:
    """Return the noun of an institution that words are, or who speaks for it: *government statement*."""
    known = _words()
    for voice in known.voices:
        words = words.removesuffix(f" {voice}")
    return words if words in known.institutions else None


def _last_run(text: str) -> str | None:
    runs: list[str] = RUN.findall(text)
    return runs[-1] if runs and text.endswith(runs[-1]) and not government_of(runs[-1]) else None


def _noun(text: str) -> str:
    return ARTICLE.sub("", text).lower().removeprefix("recent ").removeprefix("new ")


def _shown_body(key: str) -> str | None:
    return next((full for full in ORGANISATIONS if fold(full) == key), None)


@functools.cache
def _aliases() -> dict[str, SourceKey]:
    """Return the keys of organisations by what news calls them."""
    return {fold(alias): institution(full) for full, also in ORGANISATIONS.items() for alias in (full, *also)}


@functools.cache
def _words() -> _Words:
    return read_bundled(_Words, "origins.toml")
