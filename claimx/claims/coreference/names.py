"""Names: what a name says about its bearer, and when two names can be of the same bearer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from claimx.gazetteer import find_place
from claimx.language.syntax import joined_name
from claimx.rules.coreference import Vocabulary
from claimx.rules.grammar import GRAMMAR
from claimx.rules.titles import TITLES

_TYPE_OF = {
    **dict.fromkeys(("PERSON", "PER"), "person"),
    "ORG": "group",
    **dict.fromkeys(("GPE", "LOC", "FAC"), "place"),
    "NORP": "people",
    **dict.fromkeys(("PRODUCT", "VEHICLE", "VESSEL", "WORK_OF_ART", "LAW", "EVENT", "MISC"), "thing"),
}
"""What an entity label makes of a name; labels that are not here (dates, amounts) make none."""

_LONGEST_TITLE = 9  # tokens


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a name.

    `type` is "person", "group", "place", "people", "thing" or, of what no entity label was given, "unknown";
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

    def text(self, doc: Doc) -> str:
        """Return the name without its title."""
        return doc[self.start : self.end].text


def find_names(doc: Doc, words: Vocabulary) -> list[Name]:
    """Return the names among the document's entities, in text order; entities that are a title only are left out."""
    ents = [ent for ent in doc.ents if ent.label_ in _TYPE_OF]
    surnames = {
        ent[-1].lower_
        for ent in ents
        if _TYPE_OF[ent.label_] == "person" and len(ent) > 1 and any(token.lower_ not in TITLES.words for token in ent)
    }
    spans = [(ent, _TYPE_OF[ent.label_]) for ent in ents]
    spans += [(span, "unknown") for span in _unlabelled(doc, words)]
    ordered = sorted(spans, key=lambda pair: pair[0].start)
    found = [name for span, kind in ordered if (name := _named(span, kind, surnames, words)) is not None]
    return _completed(_retyped(found), doc, words)


def _completed(names: list[Name], doc: Doc, words: Vocabulary) -> list[Name]:
    """Return the names, with a nationality before one taken into it where an acronym of the text counts it.

    Entity labels part *Libyan* from *National Army*; the *LNA* beside it tells that they are one.
    """
    acronyms = {name.parts[0].replace(".", "") for name in names if name.acronym}
    found: list[Name] = []
    for name in names:
        before = found[-1] if found else None
        if before is None or before.end != name.start:
            found.append(name)
            continue
        parts = (*before.parts, *name.parts)
        if name.start == before.start + 1 and doc[before.start].lower_ in GRAMMAR.ship_prefixes:  # ***MV** Aurora*
            found[-1] = replace(
                name, type="thing", start=before.start, full=before.full, parts=parts, gender="", told=""
            )
        elif before.type == "people" and name.type == "group" and len(parts) > 2 and _initials(parts, words) & acronyms:
            found[-1] = replace(name, start=before.start, full=before.start, parts=parts)
        else:
            found.append(name)
    return found


def _unlabelled(doc: Doc, words: Vocabulary) -> list[Span]:
    """Return the proper nouns that are no part of an entity, each with the parts that follow it.

    Posts (*the Foreign Secretary*) and single nouns with a capital (*the Government*) are left out.
    """
    posts = TITLES.words
    taken = {token.i for ent in doc.ents for token in ent}
    proper = [token.pos_ == "PROPN" and token.i not in taken for token in doc]
    found = []
    end = 0
    while end < len(doc):
        start, end = end, end + 1
        if not proper[start]:
            continue
        while end < len(doc) and proper[end] and _joined(doc, start, end):
            end += 1
        while start and start - 1 not in taken and _is_capital_adjective(doc[start - 1]):
            start -= 1  # *the **Clean** Power Plan*
        known = all(token.lower_ in words.class_of or token.lower_ in posts for token in doc[start:end])
        named = not known or (end - start > 1 and doc[end - 1].lower_ not in posts)
        if named and any(token.text[:1].isupper() for token in doc[start:end]):
            found.append(doc[start:end])
    return found


def _is_capital_adjective(token: Token) -> bool:
    return token.pos_ == "ADJ" and token.text[:1].isupper() and not token.is_sent_start


def _joined(doc: Doc, start: int, i: int) -> bool:
    head = doc[i].head.i
    return start <= head < i or any(doc[j].head.i == i for j in range(start, i))


def _named(ent: Span, kind: str, surnames: set[str], words: Vocabulary) -> Name | None:
    """Return the name that an entity or a run of proper nouns is, None where it is a title only."""
    doc = ent.doc
    start, end = _bounds(ent)
    if start >= end:
        return None
    if end - start > 1 and doc[start].lower_ in GRAMMAR.ship_prefixes and doc[start].text.isupper():
        kind = "thing"
    full = start
    if kind == "person":
        full, start, end = _without_title(doc, start, end)
        if _is_title(doc[start:end], surnames):
            return None
    tokens = [token for token in doc[start:end] if any(map(str.isalnum, token.text))]
    if not tokens:
        return None
    parts = tuple(token.lower_.rstrip(".") if len(token) <= 2 else token.lower_ for token in tokens)
    gender = first_name_gender(parts[0], words) if len(parts) > 1 else ""
    if kind == "unknown" and gender:
        kind = "person"
    head = int(doc[start:end].root.i)
    if kind == "person":
        full = min(full, _title_start(doc, start, words))
        head = _titled_head(doc, full, start, head)
    titles = frozenset(token.lower_ for token in doc[full:start] if token.is_alpha or token.lower_ in _POSTS)
    told = _told_gender(titles, words)
    return Name(
        type=kind,
        start=start,
        end=end,
        full=full,
        head=head,
        parts=parts,
        titles=titles,
        gender=told or (gender if kind == "person" else ""),
        told=told,
        acronym=_is_acronym(tokens),
    )


def _bounds(ent: Span) -> tuple[int, int]:
    """Return where a name begins and ends, without article or genitive, with what a hyphen ties to it."""
    doc, start, end = ent.doc, ent.start, ent.end
    while end > start and (doc[end - 1].is_space or doc[end - 1].lower_ in {"'s", "’s", "'", "’"}):
        end -= 1
    while start < end and (doc[start].is_space or doc[start].lower_ in {"the", "a", "an"}):
        start += 1
    while start > 1 and doc[start - 1].text in {"-", "‑"} and _is_tied(doc[start - 2 : start]):
        start -= 2  # *African-**Americans***
    return start, end


def _is_tied(before: Span) -> bool:
    return not any(token.whitespace_ for token in before)


_POSTS = TITLES.words | TITLES.male | TITLES.female


def _without_title(doc: Doc, start: int, end: int) -> tuple[int, int, int]:
    """Return where a person's entity begins, and where the name in it begins and ends."""
    full = start
    while start < end - 1 and (doc[start].lower_ in _POSTS or doc[start].lower_ in {"of", "-"}):
        start += 1
    if end - start > 1 and _is_shouted(doc[start]) and not doc[start + 1].text.isupper():
        start = full = start + 1  # a picture agency's name run into the text (*GETTY Trump*)
    if end - start > 1 and _is_shouted(doc[end - 1]) and not doc[start].text.isupper():
        end -= 1
    return full, start, end


def _is_shouted(token: Token) -> bool:
    return token.text.isupper() and len(token) > 3


def _is_title(span: Span, surnames: set[str]) -> bool:
    """Return whether a person's entity is no name but a title, and that of nobody named so."""
    if len(span) == 1 and span[0].lower_ in surnames:
        return False
    return all(token.lower_ in _POSTS or token.pos_ == "ADJ" for token in span)


def _is_acronym(tokens: Sequence[Token]) -> bool:
    text = tokens[0].text
    return len(tokens) == 1 and 2 <= len(text.replace(".", "")) <= 6 and text.isupper() and text[0].isalpha()


def _titled_head(doc: Doc, full: int, start: int, head: int) -> int:
    """Return the head of name and title together, where the parser hangs the name on its title."""
    token = joined_name(doc[head])
    while token.head.i != token.i and full <= token.head.i < start and token.i >= full:
        token = token.head
    return int(token.i) if full <= token.i else head


def _title_start(doc: Doc, start: int, words: Vocabulary) -> int:
    """Return the first token of the title before a person's name; `start` itself if there is none.

    Goes left over nouns, names, adjectives and *of*, up to a determiner, possessive, punctuation or verb; counts only
    where a noun for a person or a post is among them.
    """
    first, posted = start, False
    sentence = doc[start].sent.start if doc.has_annotation("SENT_START") else 0
    for i in range(start - 1, max(sentence, start - _LONGEST_TITLE) - 1, -1):
        is_post = _is_post(doc[i], words)
        if not _goes_on(doc, i, start, is_post=is_post, never=words.words.titles.never):
            break
        posted = posted or is_post
        first = i
    if not posted:
        return start
    while first < start and _is_loose(doc[first], words.words.titles.keep):
        first += 1
    return first


def _is_post(token: Token, words: Vocabulary) -> bool:
    """Return whether a word is a post or another noun for a person (*Judge Diallo*), and no verb."""
    named = token.lower_ in TITLES.words or "person" in words.class_of.get(token.lemma_.lower(), ())
    return named and token.pos_ != "VERB"


def _goes_on(doc: Doc, i: int, start: int, *, is_post: bool, never: frozenset[str]) -> bool:
    """Return whether a word before a name, and before words of its title, may be one of the title."""
    token = doc[i]
    if token.is_punct:
        return token.lower_ in {"-", "–", "."}
    if not is_post and doc[i + 1].lower_ in TITLES.honorifics:
        return False  # *the challenges | Mr. Diallo has faced*
    if token.lemma_.lower() in never and token.lower_ not in TITLES.words:
        return False
    if not is_post and token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
        # *Secretary **of** State*
        return i > 0 and token.lower_ in {"of", "for"} and doc[i - 1].lower_ in TITLES.words
    # a noun right before the name is its title only if it is a post or hangs on one (*Secretary of State*)
    return (is_post or i < start - 1 or _follows_post(doc, i)) and token.ent_type_ not in {"DATE", "TIME"}


def _follows_post(doc: Doc, i: int) -> bool:
    """Return whether the noun ends a title that starts with a post: *Minister of Foreign **Affairs***."""
    for j in range(i - 1, max(i - 4, 0), -1):
        if doc[j].lower_ in {"of", "for", "-", "–"}:
            return doc[j - 1].lower_ in TITLES.words
        if doc[j].pos_ not in {"NOUN", "PROPN", "ADJ", "CCONJ"}:
            return False
    return False


def _is_loose(token: Token, keep: frozenset[str]) -> bool:
    """Return whether a word before a title is none of it: ***embattled** President Diallo*."""
    if token.lower_ in {"of", "for", "and", "-", "–", "."}:
        return True
    return token.pos_ in {"ADJ", "ADV", "VERB", "NUM"} and token.text[:1].islower() and token.lower_ not in keep


def _told_gender(titles: frozenset[str], words: Vocabulary) -> str:
    if titles & (TITLES.male | words.male):
        return "m"
    return "f" if titles & (TITLES.female | words.female) else ""


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
class NameGroup:
    """The names of one bearer, by their indices: the longest `parts` seen, and what they tell of gender."""

    type: str
    parts: tuple[str, ...]
    gender: str
    told: str
    acronym: bool
    titles: frozenset[str]
    names: list[int]


def group_names(names: Sequence[Name], doc: Doc, words: Vocabulary) -> list[NameGroup]:
    """Return the bearers of the names, each with the indices of its names; longer names come before shorter ones.

    A short name that fits two bearers (*Clinton* beside *Bill* and *Hillary Clinton*) is of the one whom alone the text
    had named before, else a bearer of its own.
    """
    bearers: list[NameGroup] = []
    by_word: dict[str, list[NameGroup]] = {}
    distinct: dict[tuple[str, tuple[str, ...], str], list[int]] = {}
    for index, name in enumerate(names):
        distinct.setdefault((name.type, name.parts, name.told), []).append(index)
    order = sorted(distinct.items(), key=lambda item: (-len(item[0][1]), item[0][2] == "", item[1][0]))
    for (kind, parts, told), indices in order:
        sample = names[indices[0]]
        gender = next((names[i].gender for i in indices if names[i].gender), "")
        titles = frozenset(word for i in indices for word in names[i].titles)
        posts = (titles & TITLES.words) - TITLES.honorifics
        bearer = NameGroup(kind, parts, gender, told, sample.acronym, posts, indices)
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
    return _with_abbreviations(bearers, names, doc)


def _introduced(fitting: list[NameGroup], short: NameGroup) -> list[NameGroup]:
    """Return whom a short name must be of where it is used before the second of those whom it fits is named."""
    first, second = sorted(fitting, key=lambda bearer: min(bearer.names))[:2]
    known = any(min(first.names) < index < min(second.names) for index in short.names)
    return [first] if known else fitting


def _absorb(kept: NameGroup, other: NameGroup) -> None:
    kept.names += other.names
    kept.titles |= other.titles
    kept.told = kept.told or other.told
    kept.gender = kept.told or kept.gender or other.gender
    if other.type == "person" or kept.type == "unknown":
        kept.type = other.type


def _keys(parts: tuple[str, ...], words: Vocabulary) -> set[str]:
    whole = " ".join(parts)
    keys = {parts[0], parts[-1], words.alias_of.get(whole, whole)}
    titles = words.words.titles
    keys |= {part for part in parts[-2:-1] if parts[-1] in titles.suffixes}
    keys |= {last for part in parts if (last := _without_particle(part, titles.particles))}
    return keys | (_initials(parts, words) if len(parts) > 1 else {parts[0].replace(".", "")})


_LOOSE = {frozenset({"group", "place"}), frozenset({"group", "thing"}), frozenset({"place", "thing"}),
          frozenset({"group", "people"}), frozenset({"person", "thing"})}  # fmt: skip


def _same_bearer(long: NameGroup, short: NameGroup, words: Vocabulary) -> bool:
    """Return whether the shorter name can be of the bearer of the longer one."""
    whole, other = " ".join(long.parts), " ".join(short.parts)
    same_text = words.alias_of.get(whole, whole) == words.alias_of.get(other, other)
    abbreviated = short.acronym and len(long.parts) > 2 and other.replace(".", "") in _initials(long.parts, words)
    if long.type != short.type:
        types = frozenset({long.type, short.type})
        if not (same_text or abbreviated) or not ("unknown" in types or types in _LOOSE):
            return False
    if long.gender and short.told and long.gender != short.told:
        return False
    if same_text:
        return True
    if long.type == "person":
        return _same_person(long.parts, short.parts, words)
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


def _same_person(long: tuple[str, ...], short: tuple[str, ...], words: Vocabulary) -> bool:
    a, b = (tuple(part for part in parts if part not in words.words.titles.suffixes) for parts in (long, short))
    if not a or not b:
        return False
    if len(b) == 1:
        if b[0] in {a[0], a[-1], _without_particle(a[-1], words.words.titles.particles)}:
            return True
        return b[0] in a and first_name_gender(b[0], words) != ""
    if a[: len(b)] == b:
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
    particle, _, rest = part.replace("‑", "-").replace("–", "-").partition("-")
    return rest if particle in particles else ""


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


def _with_abbreviations(bearers: list[NameGroup], names: Sequence[Name], doc: Doc) -> list[NameGroup]:
    """Return the bearers with a name in brackets right after another joined to it: *Human Rights Watch (HRW)*."""
    of = {index: bearer for bearer in bearers for index in bearer.names}
    for index, (outer, inner) in enumerate(pairwise(names)):
        kept, gone = of[index], of[index + 1]
        bracketed = doc[outer.end : inner.start].text == "(" and doc[inner.end : inner.end + 1].text == ")"
        if inner.acronym and kept is not gone and bracketed and _is_short_for(inner.parts[0], outer.parts):
            _absorb(kept, gone)
            of.update(dict.fromkeys(gone.names, kept))
            bearers = [b for b in bearers if b is not gone]
    return bearers


def _is_short_for(acronym: str, parts: tuple[str, ...]) -> bool:
    letters = iter("".join(parts))
    short = acronym.replace(".", "")
    return short[0] == parts[0][0] and all(letter in letters for letter in short)


def fullness(name: Name) -> tuple[int, int, int]:
    """Return what to rank the names of one bearer by: words of the name, then of its title, then earliness."""
    return (len(name.parts), name.end - name.full, -name.start)
