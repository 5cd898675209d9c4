"""What a document's mentions are before any is weighed: whose names they are, and what grammar says of two of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from claimx.claims.coreference.grammar import co_arguments, is_empty, subject_for, subject_of_copula
from claimx.claims.coreference.kinds import country_named, homeland, kinds_of_name
from claimx.claims.coreference.mentions import (
    SINGULAR,
    Clauses,
    Mention,
    find_clauses,
    find_mentions,
    is_reflexive,
    relative_clause,
)
from claimx.claims.coreference.names import group_names
from claimx.language.syntax import (
    CLAUSAL,
    SUBJECTS,
    appositions,
    first_conjunct,
    is_verb,
    joined_name,
    prepositionals,
    subjects,
)
from claimx.rules.coreference import Vocabulary
from claimx.rules.titles import TITLES

_WEIGHED = frozenset({"definite", "demonstrative", "possessive", "bare"})
_LEAD = frozenset({1, 2})
_INTRODUCING = frozenset({"bare", "indefinite"})
_THIRD = frozenset({"he", "she"})
_COUNTS = frozenset({"both", "two", "three"})
_SMALL_TITLES = frozenset({"former", "new", "current", "outgoing", "embattled", "visiting", "late", "then"})
_MAIN = frozenset({"ROOT", "root", "ccomp", "conj", "parataxis"})
_POST_BEFORE = 100  # mentions between a post and the name that it is of
_NEAR_QUOTATION = 12  # tokens between a quotation and the verb that reports it


@dataclass(eq=False, slots=True)
class Bearer:
    """Whom or what names are of, with what they tell together; `mentions` are indices of the names."""

    number: int
    gender: str
    kinds: frozenset[str]
    nouns: frozenset[str]
    told: frozenset[str]
    mentions: list[int] = field(default_factory=list)


class Reading:
    """The mentions of a document, their bearers where they are names, and which of them grammar ties together."""

    def __init__(self, doc: Doc, words: Vocabulary) -> None:
        self.doc = doc
        self.words = words
        self.clauses: Clauses = find_clauses(doc)
        self.mentions: list[Mention] = find_mentions(doc, self.clauses, words)
        self.by_head: dict[int, Mention] = {}
        self.pair_at: dict[int, Mention] = {}
        self.name_at: dict[int, Mention] = {}
        for mention in self.mentions:
            (self.pair_at if mention.kind == "pair" else self.by_head)[mention.head] = mention
            if mention.name is not None:
                for i in range(mention.name.full, mention.name.end):
                    if i not in self.name_at or mention.name.start <= i:
                        self.name_at[i] = mention
        self.bearers: list[Bearer | None] = [None] * len(self.mentions)
        self._bear_names()
        self.ties = dict(self._ties())
        self._named_next = {first for second, first in self.ties.items() if self.mentions[second].name is not None}
        self._speakers = self._quote_speakers()

    def mention_at(self, span: Span) -> Mention | None:
        """Return the mention that a span stands for, by its root; a pair where the span holds several of it."""
        root = span.root
        pair = self.pair_at.get(root.i)
        if pair is not None and sum(span.start <= i < span.end for i in pair.members) > 1:
            return pair
        if any(child.dep_ == "conj" and span.start <= child.i < span.end for child in root.children):
            return None  # several that do not make a pair
        return self.by_head.get(root.i) or self.by_head.get(joined_name(root).i) or self.name_at.get(root.i)

    def is_weighed(self, mention: Mention) -> bool:
        """Return whether neither grammar nor its name settles what the mention takes up."""
        if mention.index in self.ties or mention.index in self._named_next or mention.kind == "pair":
            return False
        if mention.kind == "pronoun":
            if mention.form == "relative" or is_reflexive(mention):
                return False
            return mention.lemma != "it" or not is_empty(self.doc[mention.head], self.words.words.pleonastic)
        bearer = self.bearers[mention.index]
        if bearer is not None:
            return bearer.mentions[0] == mention.index
        if mention.lemma == "one" or (mention.lemma in _COUNTS and mention.trailing):
            return False  # *the one who*, *both of those*
        owner = self.by_head.get(mention.owner)
        if owner is not None and owner.form in {"i", "we"}:
            return False  # *our president* is known to who speaks
        return mention.form in _WEIGHED

    # ── what is asked of pairs ───────────────────────────────────────────────────────────────────────────────────

    def number(self, mention: Mention) -> int:
        bearer = self.bearers[mention.index]
        return mention.number if bearer is None else bearer.number

    def told(self, mention: Mention) -> frozenset[str]:
        """Return the words that tell the mention from others of its kind, those of all its names where it is one."""
        bearer = self.bearers[mention.index]
        return mention.modifiers | mention.nouns if bearer is None else bearer.told

    def match(self, mention: Mention, other: Mention) -> str:
        """Return how the noun of a mention goes with an earlier one's, "" where it does not."""
        if mention.name is not None:
            return "named" if self._is_called(mention, other) else ""
        if other.kind == "pronoun":
            return ""
        kinds = self.words.kinds_of.get(mention.lemma, frozenset())
        if other.kind == "pair":
            return "pair" if self._covers(mention, other, kinds) else ""
        bearer = self.bearers[other.index]
        if bearer is None:
            if mention.lemma in other.nouns:
                return "head"
            return "kind" if kinds & self.words.kinds_of.get(other.lemma, frozenset()) else ""
        if "notable" in bearer.kinds:
            return self._match_person(mention, bearer, kinds)
        if mention.lemma in bearer.nouns:
            return "kind" if mention.modifiers - bearer.told else "head"
        if not kinds & bearer.kinds:
            return "other kind" if kinds and bearer.kinds else ""  # no agency is a town
        groups = {word for word in bearer.told if "group" in self.words.class_of.get(word, ())}
        generic = mention.lemma in self.words.words.kinds.generic
        if "organization" in bearer.kinds and groups and not generic and mention.lemma not in groups:
            return "kind"  # a *Bank* may be called a group, but no party
        return "kind of name"

    def _match_person(self, mention: Mention, bearer: Bearer, kinds: frozenset[str]) -> str:
        new = mention.modifiers - bearer.told - _SMALL_TITLES
        if mention.lemma in bearer.nouns:
            return "same post" if self._is_same_post(mention, bearer, new) else "other post"
        if "notable" not in kinds:
            return "other kind" if kinds else ""  # no agency is a person
        may = mention.lemma not in TITLES.words or mention.lemma in self.words.words.titles.general
        return "person" if not new and (may or not bearer.nouns & TITLES.words) else "other person"

    def _is_called(self, name: Mention, noun: Mention) -> bool:
        bearer = self.bearers[name.index]
        if bearer is None or noun.kind != "nominal":
            return False
        return noun.lemma in bearer.nouns or bool(bearer.kinds & self.words.kinds_of.get(noun.lemma, frozenset()))

    def _is_same_post(self, mention: Mention, bearer: Bearer, new: frozenset[str]) -> bool:
        """Return whether a post is not told apart from the named person's by a word (*foreign* minister)."""
        head = self.doc[mention.head]
        if any(p.preposition == "of" and p.noun.lower_ not in bearer.told for p in prepositionals(head)):
            return False  # *the president of that country*
        return all(token.ent_type_ in {"GPE", "NORP"} or token.lower_ not in new for token in head.lefts)

    def _covers(self, mention: Mention, pair: Mention, kinds: frozenset[str]) -> bool:
        """Return whether a plural noun names what every member of a pair is (*the countries*: France and Italy)."""
        if mention.lemma in self.words.words.number.pairs:
            return True
        members = [self.by_head.get(i) for i in pair.members]
        bearers = [self.bearers[m.index] for m in members if m is not None]
        return len(bearers) == len(pair.members) and all(b is not None and b.kinds & kinds for b in bearers)

    def speaks(self, mention: Mention, quotation: int) -> bool:
        """Return whether the mention is, or has the name of, who is quoted."""
        speaker = self._speakers.get(quotation)
        if speaker is None:
            return False
        bearer = self.bearers[mention.index]
        return speaker == mention.index or (bearer is not None and bearer is self.bearers[speaker])

    def is_main_subject(self, mention: Mention) -> bool:
        predicate = self.doc[self.clauses.predicate[mention.head]]
        return mention.role == "subject" and predicate.dep_ in _MAIN

    def reports(self, mention: Mention) -> bool:
        """Return whether the mention's clause is about saying something."""
        return self.doc[self.clauses.predicate[mention.head]].lemma_ in self.words.saying

    def told_by(self, speaker: Mention, other: Mention) -> str:
        """Return what the other is in what a speaker reports: "subject", "other", or "" where it is not there."""
        verb = self.doc[self.clauses.predicate[speaker.head]]
        told = [c for c in verb.children if c.dep_ == "ccomp"]
        if verb.dep_ == "parataxis" and verb.head.i < verb.i:
            told.append(verb.head)
        token = self.doc[other.head]
        for clause in told:
            if clause.is_ancestor(token) and not (verb.is_ancestor(token) and clause.i == verb.head.i):
                return "subject" if token.dep_ in SUBJECTS and token.head.i == clause.i else "other"
        return ""

    def is_outlet(self, mention: Mention) -> bool:
        """Return whether the mention names one who passes news on."""
        name = mention.name.text(self.doc).lower() if mention.name is not None else ""
        return mention.lemma in self.words.outlets or name in self.words.outlets

    def owner_name(self, mention: Mention) -> str:
        """Return a key for the owner of what is mentioned, "" where it has none or a pronoun for one."""
        owner = self.by_head.get(mention.owner)
        if owner is None or owner.kind == "pronoun":
            return ""
        bearer = self.bearers[owner.index]
        return str(bearer.mentions[0]) if bearer is not None else owner.lemma

    def blocked(self, mention: Mention) -> set[int]:
        """Return the mentions that binding keeps the mention from: co-arguments, phrases that hold it, conjuncts."""
        token = self.doc[mention.head]
        heads: set[int] = set()
        if mention.kind != "pronoun" or mention.role != "poss":
            heads.update(co_arguments(token))
        node, beside = token, False
        while node.head.i != node.i and node.dep_ not in CLAUSAL:
            # under its neighbour only on paper, or under a later part of its neighbour's name
            beside = node.dep_ in {"conj", "appos"} or (beside and node.dep_ in {"flat", "flat:name"})
            node = node.head
            if not beside:
                heads.add(joined_name(node).i)
        if mention.kind == "nominal":
            heads.update(child.i for child in token.subtree if child.i != token.i and child.dep_ != "appos")
        first = first_conjunct(token)
        if first.i != token.i:
            heads.add(joined_name(first).i)
            heads.update(joined_name(child).i for child in first.children if child.dep_ == "conj")
        heads.discard(token.i)
        found = {m.index for head in heads for m in (self.by_head.get(head), self.pair_at.get(head)) if m is not None}
        found |= self.barred_by_speech(mention)
        bearers = [bearer for index in found if (bearer := self.bearers[index]) is not None]
        return found.union(*(bearer.mentions for bearer in bearers))

    def barred_by_speech(self, mention: Mention) -> set[int]:
        """Return who is quoted where *he* and *she* stand, who would say *I*: *"**He** is fine," the doctor said*.

        Of a quotation beside which nobody speaks that is who said something in the sentence before it.
        """
        if mention.form not in _THIRD or not mention.quoted:
            return set()
        speaker = self._speakers.get(mention.quoted, self._spoke_before.get(mention.quoted))
        return set() if speaker is None else {speaker}

    # ── names ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _bear_names(self) -> None:
        named = [(mention, mention.name) for mention in self.mentions if mention.name is not None]
        for found in group_names([name for _, name in named], self.doc, self.words):
            of = [named[i] for i in sorted(found.names)]
            members = [mention for mention, _ in of]
            nouns = frozenset[str]().union(*(m.nouns for m in members))
            nouns = nouns.union(*(self.words.alike.get(noun, ()) for noun in nouns))
            bearer = Bearer(
                number=members[0].number,
                gender=found.gender,
                kinds=kinds_of_name(self.doc, members, self.words),
                nouns=nouns,
                told=nouns.union(*(name.titles.union(name.parts, m.modifiers) for m, name in of)),
                mentions=[m.index for m in members],
            )
            for member in members:
                self.bearers[member.index] = bearer
        self._tie_peoples()

    def _tie_peoples(self) -> None:
        """Make an adjective of nationality a mention of its country, where the article names that."""
        countries: dict[str, Bearer] = {}
        peoples = []
        for mention, bearer in zip(self.mentions, self.bearers, strict=True):
            if mention.name is None or bearer is None:
                continue
            if mention.name.type == "place" and (code := country_named(mention.name.text(self.doc))) is not None:
                countries.setdefault(code, bearer)
            elif mention.name.type == "people" and mention.role == "modifier":
                peoples.append((mention.index, homeland(mention.name.text(self.doc)), bearer))
        for index, code, bearer in peoples:
            home = countries.get(code or "")
            if home is not None:
                bearer.mentions.remove(index)
                home.mentions = sorted([*home.mentions, index])
                self.bearers[index] = home

    # ── ties ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _ties(self) -> Iterator[tuple[int, int]]:
        """Yield the mentions that grammar ties to another: appositions, predicate nouns, relatives, reflexives."""
        for mention in reversed(self.mentions):
            token = self.doc[mention.head]
            if mention.kind == "pronoun":
                other = self._grammatical_antecedent(mention, token)
                if other is not None:
                    yield mention.index, other.index
            elif mention.kind != "pair":
                beside = [t for t in appositions(token) if not self._is_beyond_quotation(t, token)]
                equal = [subject_of_copula(token), *beside, *_doubled_subject(token)]
                others = [self.by_head.get(joined_name(t).i) for t in equal if t is not None]
                same = [o for o in others if o is not None and may_be_same(mention, o)]
                for other in (*same, self._named_by_noun(mention)):
                    if other is not None and other.index != mention.index:
                        yield max(mention.index, other.index), min(mention.index, other.index)

    def _is_beyond_quotation(self, one: Token, other: Token) -> bool:
        """Return whether what is said to one ends before the other (*"Doe, you honour us," **the king** said*)."""
        first, second = sorted((one.i, other.i))
        quoted = self.clauses.quoted
        return 0 < quoted[first] != quoted[second] and any(is_verb(token) for token in self.doc[first:second])

    def _named_by_noun(self, mention: Mention) -> Mention | None:
        """Return the noun before a name that says what it is.

        *the tanker **MV Aurora***, *the town of **Jaffna***, *a trucker named **John Doe***.
        """
        name = mention.name
        called = self._called(mention)
        if called is not None or name is None or name.type == "person" or name.full == 0:
            return called
        before = self.doc[name.full - 1]
        head = self.doc[mention.head].head
        if before.lower_ == "of" and name.type == "place" and before.i > 0:
            before = self.doc[before.i - 1]
            kinds = self.words.kinds_of.get(before.lemma_.lower(), frozenset())
            fits = bool(kinds & {"city", "island", "region", "country"}) and head.i == before.i
        else:
            # parsers hang the two on each other or side by side
            fits = before.pos_ == "NOUN" and head.i in {before.i, before.head.i}
        noun = self.by_head.get(before.i)
        return noun if fits and noun is not None and noun.kind == "nominal" and noun.number & SINGULAR else None

    def _called(self, mention: Mention) -> Mention | None:
        """Return the noun that a participle gives the mention for a name."""
        participle = self.doc[mention.head].head
        if mention.name is None or participle.dep_ != "acl" or participle.i > mention.head:
            return None
        naming = participle.lemma_.lower() in self.words.words.names.naming and participle.tag_ == "VBN"
        noun = self.by_head.get(participle.head.i) if naming else None
        return noun if noun is not None and may_be_same(mention, noun) else None

    def _grammatical_antecedent(self, mention: Mention, token: Token) -> Mention | None:
        if mention.form == "relative" and (clause := relative_clause(token)) is not None:
            pair = self.pair_at.get(clause.head.i)
            if pair is not None and clause.i > max(pair.members):
                return pair
            return self.by_head.get(joined_name(clause.head).i)
        if is_reflexive(mention):
            subject = subject_for(self.doc[self.clauses.predicate[token.i]])
            found = self.by_head.get(subject.i) if subject is not None else None
            if found is not None and found.number & mention.number and genders_agree(found.gender, mention.gender):
                return found
        return None

    def _subject_of(self, verb: Token) -> Mention | None:
        return next((self.by_head.get(joined_name(subject).i) for subject in subjects(verb)), None)

    def repeats(self) -> Iterator[tuple[int, int]]:
        """Yield what a heading has without an article and the sentence after it introduces: both are of one thing."""
        first = [m for m in self.mentions if m.kind == "nominal" and m.sentence == 0 and m.form == "bare"]
        if not first or not self.has_heading:
            return
        lead = [m for m in self.mentions if m.kind == "nominal" and m.sentence in _LEAD and m.form in _INTRODUCING]
        for mention in first:
            same = [m for m in lead if m.lemma == mention.lemma and m.number & mention.number]
            if len(same) == 1:
                yield mention.index, same[0].index

    def posts(self) -> Iterator[tuple[int, int]]:
        """Yield a post told apart by its words (*the Foreign Secretary*) with the one name after it that has them."""
        bearers = list({id(b): b for b in self.bearers if b is not None and "notable" in b.kinds}.values())
        for mention in self.mentions:
            if mention.kind != "nominal" or not mention.modifiers or mention.trailing or mention.owner >= 0:
                continue
            proper = mention.form == "bare" and self.doc[mention.head].pos_ == "PROPN"
            if mention.number != SINGULAR or not (proper or mention.form == "definite"):
                continue
            of = [b for b in bearers if mention.lemma in b.nouns and mention.modifiers <= b.told]
            if len(of) == 1 and 0 < of[0].mentions[0] - mention.index <= _POST_BEFORE:
                yield mention.index, of[0].mentions[0]

    @cached_property
    def has_heading(self) -> bool:
        """Return whether the document's first sentence is a line of its own without a full stop."""
        text = next(self.doc.sents).text
        return text.rstrip()[-1:] not in {".", "!", "?", '"', "”"} and "\n" in self.doc.text[len(text.rstrip()) :][:3]

    # ── quotations ───────────────────────────────────────────────────────────────────────────────────────────────

    def _quote_speakers(self) -> dict[int, int]:
        """Return, per quotation, the mention that is the subject of the nearest reporting verb beside it."""
        spans: dict[int, list[int]] = {}
        for i, number in enumerate(self.clauses.quoted):
            if number:
                spans.setdefault(number, []).append(i)
        found: dict[int, int] = {}
        for number, inside in spans.items():
            first, last = inside[0], inside[-1]
            near = [*range(last + 1, min(len(self.doc), last + 1 + _NEAR_QUOTATION)),
                    *range(first - 1, max(-1, first - 1 - _NEAR_QUOTATION), -1)]  # fmt: skip
            for i in sorted(near, key=lambda i: first - i if i < first else i - last):
                verb = self.doc[i]
                speaker = self._subject_of(verb) if self._reports_beside(verb, first, last) else None
                if speaker is not None:
                    found[number] = speaker.index
                    break
        return found

    @cached_property
    def _spoke_before(self) -> dict[int, int]:
        """Return, per quotation, the subject of the first reporting verb in the sentence before it."""
        found: dict[int, int] = {}
        last: tuple[int, int] | None = None  # sentence and mention
        for token in self.doc:
            number, sentence = self.clauses.quoted[token.i], self.clauses.sentence[token.i]
            if number and number not in found and last is not None and sentence - last[0] == 1:
                found[number] = last[1]
            elif not number and (last is None or last[0] < sentence) and token.lemma_.lower() in self.words.saying:
                speaker = self._subject_of(token)
                if speaker is not None:
                    last = sentence, speaker.index
        return found

    def _reports_beside(self, token: Token, first: int, last: int) -> bool:
        """Return whether a verb outside the quotation `first:last` reports it: in its sentence, or before its colon."""
        if token.lemma_.lower() not in self.words.saying or self.clauses.quoted[token.i]:
            return False
        sentence = self.clauses.sentence
        beside = sentence[token.i] in {sentence[first], sentence[last]}
        return beside or any(between.text == ":" for between in self.doc[token.i + 1 : first])


def may_be_same(a: Mention, b: Mention) -> bool:
    """Return whether apposition or copula can equate the two: a name and a noun, or two nouns, that agree."""
    if "relative" in {a.form, b.form}:
        return False
    if "it" in {a.form, b.form} and "name" in {a.kind, b.kind}:
        return False  # *it was Haftar who left*
    if a.name is not None and b.name is not None:
        return False
    if not a.number & b.number or not genders_agree(a.gender, b.gender):
        return False
    return not a.classes or not b.classes or bool(a.classes & b.classes)


def _doubled_subject(token: Token) -> list[Token]:
    """Return a second subject right after a comma, which can only be an apposition that the parser missed."""
    if token.dep_ not in SUBJECTS:
        return []
    later = [subject for subject in subjects(token.head) if subject.i > token.i and subject.dep_ == token.dep_]
    return [s for s in later[:1] if any(t.text == "," for t in token.doc[token.i + 1 : s.i])]


def genders_agree(a: str, b: str) -> bool:
    return not a or not b or a == b
