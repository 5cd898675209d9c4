"""Names: what a name says about its bearer, and when two names can be of the same bearer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from claimx.gazetteer import find_place
from claimx.language.syntax import joined_name
from claimx.rules.coreference import Vocabulary
from claimx.rules.grammar import GRAMMAR
from claimx.rules.titles import TITLES

PERSONS = frozenset({"PERSON", "PER"})
GROUPS = frozenset({"ORG"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
PEOPLES = frozenset({"NORP"})
THINGS = frozenset({"PRODUCT", "VEHICLE", "VESSEL", "WORK_OF_ART", "LAW", "EVENT", "MISC"})
NAMED = PERSONS | GROUPS | PLACES | PEOPLES | THINGS

_LONGEST_TITLE = 9  # tokens


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a name.

    `start:end` are the tokens of the name alone, `full` the first token of its title; `parts` the lower-case words
    that identify; `titles` the lower-case words of the title; `gender` is "m", "f" or "" by honorific or first name,
    `told` by honorific alone.
    """

    type: str
    start: int
    end: int
    full: int
    head: int
    parts: tuple[str, ...]
    titles: frozenset[str]
    gender: str
    told: str
    acronym: bool


def find_names(doc: Doc, words: Vocabulary) -> list[Name]:
    """Return the names among the document's entities, in text order; entities that are a title only are left out."""
    ents = [ent for ent in doc.ents if ent.label_ in NAMED]
    posts = TITLES.words
    surnames = {
        ent[-1].lower_
        for ent in ents
        if ent.label_ in PERSONS and len(ent) > 1 and any(token.lower_ not in posts for token in ent)
    }
    taken = {i for ent in doc.ents for i in range(ent.start, ent.end)}
    spans = [(ent, name_type(ent.label_)) for ent in ents]
    spans += [(span, "unknown") for span in _unlabelled(doc, taken, words)]
    found = []
    for span, kind in sorted(spans, key=lambda pair: pair[0].start):
        name = _named(span, kind, surnames, words)
        if name is not None:
            found.append(name)
    return _completed(_retyped(found), doc, words)


def _completed(names: list[Name], doc: Doc, words: Vocabulary) -> list[Name]:
    """Return the names, with a nationality before one taken into it where an acronym of the text counts it.

    Entity labels part *Libyan* from *National Army*; the *LNA* beside it tells that they are one.
    """
    acronyms = {name.parts[0].replace(".", "") for name in names if name.acronym}
    found: list[Name] = []
    for name in names:
        before = found[-1] if found else None
        if before is not None and before.end == name.start == before.start + 1 and _is_prefix(doc[before.start]):
            parts = (*before.parts, *name.parts)
            found[-1] = replace(
                name, type="thing", start=before.start, full=before.full, parts=parts, gender="", told=""
            )
            continue
        if before is not None and before.type == "people" and before.end == name.start and name.type == "group":
            parts = (*before.parts, *name.parts)
            if len(parts) > 2 and _initials(parts, words) & acronyms:
                found[-1] = replace(name, start=before.start, full=before.start, parts=parts)
                continue
        found.append(name)
    return found


def _is_prefix(token: Token) -> bool:
    """Return whether the word begins a ship's name (***MV** Aurora*)."""
    return token.lower_ in GRAMMAR.ship_prefixes


def _unlabelled(doc: Doc, taken: set[int], words: Vocabulary) -> list[Span]:
    """Return the proper nouns that are no part of an entity, each with the parts that follow it.

    Posts (*the Foreign Secretary*) and single nouns with a capital (*the Government*) are left out.
    """
    posts = TITLES.words
    found = []
    i = 0
    while i < len(doc):
        if doc[i].pos_ != "PROPN" or i in taken:
            i += 1
            continue
        start = i
        while i < len(doc) and doc[i].pos_ == "PROPN" and i not in taken and (i == start or _joined(doc, start, i)):
            i += 1
        while start and start - 1 not in taken and doc[start - 1].pos_ == "ADJ" and _capital_inside(doc[start - 1]):
            start -= 1  # *the **Clean** Power Plan*
        known = all(token.lower_ in words.class_of or token.lower_ in posts for token in doc[start:i])
        if any(map(noun_like, doc[start:i])) and (not known or (i - start > 1 and doc[i - 1].lower_ not in posts)):
            found.append(doc[start:i])
    return found


def _capital_inside(token: Token) -> bool:
    return token.text[:1].isupper() and not token.is_sent_start


def _joined(doc: Doc, start: int, i: int) -> bool:
    head = doc[i].head.i
    return start <= head < i or any(doc[j].head.i == i for j in range(start, i))


def noun_like(token: Token) -> bool:
    """Return whether a proper noun looks like a name's part: capitalised, with letters, not all of it a number."""
    return token.text[:1].isupper() and any(map(str.isalpha, token.text))


def name_type(label: str) -> str:
    """Return "person", "group", "place", "people" or "thing" for an entity label."""
    if label in PERSONS:
        return "person"
    if label in GROUPS:
        return "group"
    if label in PLACES:
        return "place"
    return "people" if label in PEOPLES else "thing"


def _named(ent: Span, kind: str, surnames: set[str], words: Vocabulary) -> Name | None:
    doc, start, end = ent.doc, ent.start, ent.end
    while end > start and (doc[end - 1].lower_ in {"'s", "’s", "'", "’"} or doc[end - 1].is_space):
        end -= 1
    while start < end and (doc[start].lower_ in {"the", "a", "an"} or doc[start].is_space):
        start += 1
    if start >= end:
        return None
    while (
        start > 1
        and doc[start - 1].text in {"-", "‑"}
        and not (doc[start - 1].whitespace_ or doc[start - 2].whitespace_)
    ):
        start -= 2  # *African-**Americans***
    if end - start > 1 and doc[start].lower_ in GRAMMAR.ship_prefixes and doc[start].text.isupper():
        kind = "thing"
    titled = start
    posts = TITLES.words | TITLES.male | TITLES.female
    if kind == "person":
        while (
            start < end - 1
            and (doc[start].lower_ in posts or doc[start].lower_ in {"of", "-"})
            and (start > titled or doc[start].lower_ in posts)
        ):
            start += 1
        if end - start > 1 and doc[start].text.isupper() and len(doc[start]) > 3 and not doc[start + 1].text.isupper():
            start = titled = start + 1  # a picture agency's name run into the text (*GETTY Trump*)
        if end - start > 1 and doc[end - 1].text.isupper() and len(doc[end - 1]) > 3 and not doc[start].text.isupper():
            end -= 1
        if end - start == 1 and doc[start].pos_ == "ADJ":
            return None
        if all(token.lower_ in posts or token.pos_ == "ADJ" for token in doc[start:end]) and not (
            end - start == 1 and doc[start].lower_ in surnames
        ):
            return None
    head = _head(doc, start, end)
    if kind == "unknown" and given_gender([token.lower_ for token in doc[start:end]], words):
        kind = "person"
    full = start
    if kind == "person":
        full = min(titled, _title_start(doc, start, head, words))
        head = _titled_head(doc, full, start, head)
    titles = frozenset(token.lower_ for token in doc[full:start] if token.is_alpha or token.lower_ in posts)
    tokens = [token for token in doc[start:end] if not token.is_punct and not token.is_space]
    parts = tuple(token.lower_.rstrip(".") if len(token) <= 2 else token.lower_ for token in tokens)
    parts = tuple(part for part in parts if any(map(str.isalnum, part)))
    if not parts:
        return None
    told = _told_gender(titles, words)
    text = "".join(token.text for token in tokens)
    return Name(
        type=kind,
        start=start,
        end=end,
        full=full,
        head=head,
        parts=parts,
        titles=titles,
        gender=told or (given_gender(parts, words) if kind in {"person", "unknown"} else ""),
        told=told,
        acronym=len(tokens) == 1
        and 2 <= len(text.replace(".", "")) <= 6
        and text.upper() == text
        and text[0].isalpha(),
    )


def _head(doc: Doc, start: int, end: int) -> int:
    return int(doc[start:end].root.i)


def _titled_head(doc: Doc, full: int, start: int, head: int) -> int:
    """Return the head of name and title together, where the parser hangs the name on its title."""
    token = joined_name(doc[head])
    while token.head.i != token.i and full <= token.head.i < start and token.i >= full:
        token = token.head
    return int(token.i) if full <= token.i else head


def _title_start(doc: Doc, start: int, head: int, words: Vocabulary) -> int:
    """Return the first token of the title before a person's name; `start` itself if there is none.

    Goes left over nouns, names, adjectives and *of*, up to a determiner, possessive, punctuation or verb; counts only
    where a noun for a person or a post is among them.
    """
    posts = TITLES.words
    first, posted = start, False
    sentence = doc[head].sent.start if doc.has_annotation("SENT_START") else 0
    i = start - 1
    while i >= max(sentence, start - _LONGEST_TITLE):
        token = doc[i]
        lower = token.lower_
        if token.is_punct and lower not in {"-", "–", "."}:
            break
        noun = token.lemma_.lower()
        if noun in words.words.titles.never and lower not in posts:
            break
        is_post = lower in posts or "person" in words.class_of.get(noun, ())
        if token.pos_ in {"NOUN", "PROPN", "ADJ"} or is_post:
            # a noun right before the name is its title only if it is a post or hangs on one (*Secretary of State*)
            if not is_post and i == start - 1 and not _follows_post(doc, i, posts):
                break
            if token.ent_type_ in {"DATE", "TIME"}:
                break
        elif not _joins_title(doc, i, head, posts):
            break
        posted = posted or is_post
        first = i
        i -= 1
    if not posted:
        return start
    keep = words.words.titles.keep
    while first < start:
        token = doc[first]
        if token.lower_ in {"of", "for", "and", "-", "–", "."}:
            first += 1
        elif token.pos_ in {"ADJ", "ADV", "VERB", "NUM"} and token.text[:1].islower() and token.lower_ not in keep:
            first += 1
            if first < start and doc[first].lower_ in {"-", "–"}:
                first += 1
        else:
            break
    return first


def _follows_post(doc: Doc, i: int, posts: frozenset[str]) -> bool:
    """Return whether the noun ends a title that starts with a post: *Minister of Foreign **Affairs***."""
    for j in range(i - 1, max(i - 4, -1), -1):
        if doc[j].lower_ in {"of", "for", "-", "–"}:
            return j > 0 and doc[j - 1].lower_ in posts
        if doc[j].pos_ not in {"NOUN", "PROPN", "ADJ", "CCONJ"}:
            return False
    return False


def _joins_title(doc: Doc, i: int, head: int, posts: frozenset[str]) -> bool:
    """Return whether a small word joins words of a title: *Secretary of State*, *vice-president*."""
    token = doc[i]
    if token.lower_ in {"-", "–", "."}:
        return True
    if i == 0 or token.lower_ not in {"of", "for", "and"}:
        return False
    left = doc[i - 1]
    if token.lower_ != "and":
        return left.lower_ in posts
    # *Minister for Trade and Industry X*, not two people
    return left.ent_type_ == "" and left.pos_ in {"NOUN", "PROPN"} and doc[head].is_ancestor(left)


def _told_gender(titles: frozenset[str], words: Vocabulary) -> str:
    if titles & (TITLES.male | words.male):
        return "m"
    return "f" if titles & (TITLES.female | words.female) else ""


def given_gender(parts: Sequence[str], words: Vocabulary) -> str:
    """Return "m" or "f" where the first of a name's several words is a given name of one gender, else ""."""
    if len(parts) < 2:
        return ""
    return first_name_gender(parts[0], words)


def first_name_gender(name: str, words: Vocabulary) -> str:
    """Return "m" or "f" for a given name that goes with one gender, "" for others."""
    gender = words.words.gender
    if name in gender.either_names:
        return ""
    male, female = name in gender.male_names, name in gender.female_names
    return "" if male == female else ("m" if male else "f")


def _retyped(names: list[Name]) -> list[Name]:
    """Return the names with a lone word that is elsewhere a person's surname made a person, labels being noisy."""
    surnames = {n.parts[-1] for n in names if n.type == "person" and len(n.parts) > 1}
    votes = Counter((n.parts[-1], n.type) for n in names)
    found = []
    for name in names:
        word = name.parts[-1]
        if len(name.parts) == 1 and word in surnames and not name.acronym and name.type in _UNSURE:
            others = max(votes[word, kind] for kind in ("group", "place", "thing"))
            if name.type == "unknown" or votes[word, "person"] >= others:
                name = replace(name, type="person")
        found.append(name)
    return found


_UNSURE = frozenset({"group", "place", "thing", "unknown"})


@dataclass(slots=True)
class Bearer:
    """One bearer of names: the longest `parts` seen, and what its names tell of gender."""

    type: str
    parts: tuple[str, ...]
    gender: str
    told: str
    acronym: bool
    titles: frozenset[str]
    names: list[int]


def group_names(names: Sequence[Name], doc: Doc, words: Vocabulary) -> list[Bearer]:
    """Return the bearers of the names, each with the indices of its names; longer names come before shorter ones.

    A short name that fits two bearers (*Clinton* beside *Bill* and *Hillary Clinton*) is of the one whom alone the text
    had named before, else a bearer of its own.
    """
    bearers: list[Bearer] = []
    by_word: dict[str, list[Bearer]] = {}
    distinct: dict[tuple[str, tuple[str, ...], str], list[int]] = {}
    for index, name in enumerate(names):
        distinct.setdefault((name.type, name.parts, name.told), []).append(index)
    order = sorted(distinct.items(), key=lambda item: (-len(item[0][1]), item[0][2] == "", item[1][0]))
    for (kind, parts, told), indices in order:
        sample = names[indices[0]]
        gender = next((names[i].gender for i in indices if names[i].gender), "")
        posts = frozenset(word for i in indices for word in names[i].titles) & TITLES.words
        posts -= TITLES.honorifics
        bearer = Bearer(kind, parts, gender, told, sample.acronym, posts, indices)
        near = {id(b): b for word in _keys(parts, words) for b in by_word.get(word, ())}
        fitting = [b for b in near.values() if _same_bearer(b, bearer, words)]
        if len(fitting) > 1:
            exact = [b for b in fitting if b.parts == parts]
            fitting = exact if len(exact) == 1 else [b for b in fitting if b.titles & bearer.titles] or fitting
            fitting = _introduced(fitting, bearer) if len(fitting) > 1 else fitting
        if len(fitting) == 1:
            _absorb(fitting[0], bearer)
            bearer = fitting[0]
        else:
            bearers.append(bearer)
        for word in _keys(parts, words):
            by_word.setdefault(word, []).append(bearer)
    return _with_abbreviations(bearers, names, doc, words)


def _introduced(fitting: list[Bearer], short: Bearer) -> list[Bearer]:
    """Return whom a short name must be of where it is used before the second of those whom it fits is named."""
    first, second = sorted(fitting, key=lambda bearer: min(bearer.names))[:2]
    known = any(min(first.names) < index < min(second.names) for index in short.names)
    return [first] if known else fitting


def _absorb(kept: Bearer, other: Bearer) -> None:
    kept.names += other.names
    kept.titles |= other.titles
    kept.told = kept.told or other.told
    kept.gender = kept.told or kept.gender or other.gender
    if len(other.parts) > len(kept.parts):
        kept.parts = other.parts
    if other.type == "person" or kept.type == "unknown":
        kept.type = other.type


def _keys(parts: tuple[str, ...], words: Vocabulary) -> set[str]:
    whole = " ".join(parts)
    keys = {parts[0], parts[-1], words.alias_of.get(whole, whole)}
    minor = words.words.names.minor_words
    titles = words.words.titles
    keys |= {part for part in parts[-2:-1] if parts[-1] in titles.suffixes}
    keys |= {last for part in parts if (last := _without_particle(part, titles.particles))}
    if len(parts) > 1:
        initials = [part[0] for part in parts if part not in minor]
        keys.add("".join(initials))
        keys.add("".join(part[0] for part in parts))
    else:
        keys.add(parts[0].replace(".", ""))
    return keys


_LOOSE = {frozenset({"group", "place"}), frozenset({"group", "thing"}), frozenset({"place", "thing"}),
          frozenset({"group", "people"}), frozenset({"person", "thing"})}  # fmt: skip


def _same_bearer(long: Bearer, short: Bearer, words: Vocabulary) -> bool:
    """Return whether the shorter name can be of the bearer of the longer one."""
    whole, other = " ".join(long.parts), " ".join(short.parts)
    same_text = words.alias_of.get(whole, whole) == words.alias_of.get(other, other)
    abbreviated = short.acronym and len(long.parts) > 2 and other.replace(".", "") in _initials(long.parts, words)
    if long.type != short.type:
        types = frozenset({long.type, short.type})
        if not (same_text or abbreviated) or not ("unknown" in types or types in _LOOSE):
            return False
    if long.told and short.told and long.told != short.told:
        return False
    if same_text:
        return not (long.gender and short.told and long.gender != short.told)
    if long.type == "person":
        return _same_person(long, short, words)
    if abbreviated:
        return True
    if long.type == "place":
        return _same_place(long.parts, short.parts, words)
    if long.type in {"group", "thing", "unknown"}:
        return _same_group(long.parts, short.parts, words)
    return False


def _initials(parts: tuple[str, ...], words: Vocabulary) -> set[str]:
    minor = words.words.names.minor_words
    major = [part for part in parts if part not in minor]
    return {"".join(part[0] for part in major), "".join(part[0] for part in parts)}


def _same_person(long: Bearer, short: Bearer, words: Vocabulary) -> bool:
    if long.gender and short.told and long.gender != short.told:
        return False
    suffixes = words.words.titles.suffixes
    a = tuple(part for part in long.parts if part not in suffixes)
    b = tuple(part for part in short.parts if part not in suffixes)
    if not a or not b:
        return False
    if len(b) == 1:
        if b[0] in {a[0], a[-1], _without_particle(a[-1], words.words.titles.particles)}:
            return True
        return b[0] in a and first_name_gender(b[0], words) != ""
    if a == b or a[: len(b)] == b:
        return True
    if a[-len(b) :] == b:
        given = first_name_gender(a[0], words)
        if given and given == first_name_gender(b[0], words) and len(a) == len(b) + 1:
            return True  # who goes by the second of two given names
        # a surname of several words, not one full name run into another
        return first_name_gender(b[0], words) == "" and b[0] not in words.words.gender.either_names
    # one given name against another: equal, or one of them an initial; middle names may be missing
    return a[-1] == b[-1] and (a[0] == b[0] or (1 in {len(a[0]), len(b[0])} and a[0][0] == b[0][0]))


def _without_particle(part: str, particles: frozenset[str]) -> str:
    """Return the surname without the particle that a hyphen ties to it (*al-Assad*: *assad*), "" if there is none."""
    particle, hyphen, rest = part.replace("‑", "-").replace("–", "-").partition("-")
    return rest if hyphen and rest and particle in particles else ""


def _same_place(a: tuple[str, ...], b: tuple[str, ...], words: Vocabulary) -> bool:
    if len(a) != len(b) + 1 or a[: len(b)] != b:
        return False
    if a[-1] == "city":  # *Wuhan City* is Wuhan, *Kuwait City* not Kuwait
        place = find_place(" ".join(b).title())
        return place is not None and place.kind == "city"
    return a[-1] in words.words.names.place_suffixes


def _same_group(a: tuple[str, ...], b: tuple[str, ...], words: Vocabulary) -> bool:
    if a[: len(b)] == b and all(part.strip(".") in words.words.names.company_suffixes for part in a[len(b) :]):
        return True
    return len(b) > 1 and (a[-len(b) :] == b or (a[: len(b)] == b and len(a) - len(b) == 1))


def _with_abbreviations(bearers: list[Bearer], names: Sequence[Name], doc: Doc, words: Vocabulary) -> list[Bearer]:
    """Return the bearers with a name in brackets right after another joined to it: *Human Rights Watch (HRW)*."""
    of = {index: bearer for bearer in bearers for index in bearer.names}
    for index in range(1, len(names)):
        inner, outer = names[index], names[index - 1]
        if (
            outer.end + 1 == inner.start
            and doc[outer.end].text == "("
            and inner.end < len(doc)
            and (doc[inner.end].text == ")")
        ):
            short = "".join(inner.parts).replace(".", "")
            long = "".join(part[0] for part in outer.parts)
            if inner.acronym and of[index] is not of[index - 1] and _subsequence(short, long, outer.parts):
                kept, gone = of[index - 1], of[index]
                _absorb(kept, gone)
                for other in gone.names:
                    of[other] = kept
                bearers = [b for b in bearers if b is not gone]
    return bearers


def _subsequence(short: str, initials: str, parts: tuple[str, ...]) -> bool:
    letters = iter("".join(parts))
    return short[0] == initials[0] and all(letter in letters for letter in short)


def fullness(name: Name) -> tuple[int, int, int]:
    """Return what to rank the names of one bearer by: words of the name, then of its title, then earliness."""
    return (len(name.parts), name.end - name.full, -name.start)
