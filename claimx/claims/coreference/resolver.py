"""Coreference: who *he*, *the general* and *Haftar* are in an article.

Names are grouped by their bearer; appositions, predicate nouns, relative and reflexive pronouns are tied by grammar;
*I* and *we* are who is quoted. All other pronouns and nouns are weighed against what agrees with them among the
mentions before, by what the encoder has learned (see `claimx.language.antecedents`); what is not sure enough stays
open. With a pipeline that has not learned coreference they all stay open.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from claimx.claims.coreference.chains import Chains
from claimx.claims.coreference.grammar import subject_of_copula
from claimx.claims.coreference.mentions import PLURAL, SINGULAR, Mention, is_quantity
from claimx.claims.coreference.names import fullness
from claimx.claims.coreference.pairs import OTHERS, agree
from claimx.claims.coreference.reading import Bearer, Reading
from claimx.language.semantics import semantics_of
from claimx.language.syntax import is_finite, is_verb, phrase, preposition_of, prepositionals
from claimx.rules.coreference import Vocabulary
from claimx.rules.loader import bundled_rules
from claimx.rules.titles import TITLES

Speakers = Callable[[Token], Span | None]

BARS = ("person", "it named", "it unnamed", "they named", "they unnamed", "post", "kind", "head", "noun")
"""Kinds of answers, each with its own least sureness."""
_TIED = 0.5
_AS_LIKELY = 0.9  # of the likeliest: what says more is worth that much
_MARKS = frozenset("[](){}|@#/\n")
_LONGEST = 14  # tokens of a description
_SHOWN = frozenset({"definite", "demonstrative", "possessive"})
_TRAILING = frozenset({"conj", "appos", "cc", "acl", "parataxis", "dep"})
_OWNING = frozenset({"poss", "nmod:poss"})
_VAGUE = frozenset({"any", "no", "every", "each", "neither", "another", "other"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a mention may refer to: which of `BARS` it must reach to be given, and how sure (0-1) it is."""

    span: Span
    bar: str
    sureness: float


class Resolver:
    """The referents of one document's mentions; nothing is computed before the first question.

    `speakers` gives, for a token inside a quotation, the span of who is quoted; without it *I* and *we* stay open.
    Spans asked about may be any that a caller cut from the document: their root decides which mention is meant.
    `words` are those of the rules in force; `chains` are for training, which makes them itself.
    """

    def __init__(
        self,
        doc: Doc,
        speakers: Speakers | None = None,
        *,
        words: Vocabulary | None = None,
        chains: Chains | None = None,
    ) -> None:
        self._doc = doc
        self._words = words
        self._speakers = speakers or (lambda token: None)
        if chains is not None:
            self.chains = chains
        semantics = semantics_of(doc)
        self._scorer = semantics.arrays.antecedents if semantics is not None else None

    @cached_property
    def chains(self) -> Chains:
        """The document's chains, as far as grammar and the pipeline's model tell."""
        chains = Chains(Reading(self._doc, self._words or bundled_rules().coreference))
        semantics = semantics_of(self._doc)
        if semantics is not None and self._scorer is not None:
            vectors = semantics.mention_vectors([mention.head for mention in chains.reading.mentions])
            if vectors is not None:
                chains.link(self._scorer, vectors)
        return chains

    @property
    def reading(self) -> Reading:
        """The document's mentions."""
        return self.chains.reading

    def resolve(self, span: Span) -> Span | None:
        """Return the fullest name (else the fullest description) of what a pronoun or generic noun refers to.

        None where nothing is clearly meant, where the article says no more than the span itself, and for names. Of
        *some of them* it is what *them* refers to.
        """
        parts = prepositionals(span.root) if is_quantity(span.root) else ()
        part_of = next((p.noun for p in parts if p.preposition == "of" and p.noun.i < span.end), None)
        if part_of is not None and part_of.pos_ == "PRON":
            return self.resolve(self._doc[part_of.i : part_of.i + 1])
        mention = self.reading.mention_at(span)
        if mention is None or mention.kind in {"name", "pair"}:
            return None
        if mention.kind == "pronoun" and mention.form in {"i", "we"}:
            speaker = self._speakers(self._doc[mention.head])
            if speaker is not None:
                return self._speaker(mention, speaker)
            if mention.form == "we":
                return None
        if mention.kind == "nominal" and mention.form not in _SHOWN and not self._is_bare_post(mention):
            return None
        sure = (answer.span for answer in self.answers(mention) if answer.sureness >= self._least(answer.bar))
        found = next(sure, None)
        return None if found is None or (found.start < span.end and span.start < found.end) else found

    def fullest(self, span: Span) -> Span | None:
        """Return the longest form of a name in the article, its title included; None where `span` is no name."""
        mention = self.reading.mention_at(span)
        bearer = self.reading.bearers[mention.index] if mention is not None and mention.kind == "name" else None
        return self._fullest_name(bearer) if bearer is not None else None

    def answers(self, mention: Mention) -> Iterator[Answer]:
        """Yield what a mention may refer to, sure or not: the likeliest name, then the fullest likely description."""
        chains = self.chains
        own = chains.unit[mention.index]
        likely = {own: 1.0, **chains.together.get(own, {})}
        named = max((unit for unit in likely if unit in chains.named), key=likely.__getitem__, default=None)
        if named is not None and (named == own or self._may_be(mention, chains.named[named])):
            bearer = chains.named[named]
            name = self._name_for(mention, bearer)
            if name is not None:
                yield Answer(name, self._bar(mention, bearer), likely[named])
        described = self._description(mention, likely)
        if described is not None:
            yield Answer(described[0], self._bar(mention, None), described[1])

    def _may_be(self, mention: Mention, bearer: Bearer) -> bool:
        """Return whether a mention may refer to whom or what it is not compared with but through others."""
        name = self.reading.mentions[bearer.mentions[0]]
        if mention.kind != "pronoun":
            match = self.reading.match(mention, name)
            if match in OTHERS or not (match or mention.classes & name.classes):
                return False  # no *pilot* is an F-16, no *town* a region
            if "country" in bearer.kinds and self._is_elsewhere(mention, bearer):
                return False
        return agree(mention, bearer.number, bearer.gender, name)

    def _is_elsewhere(self, mention: Mention, country: Bearer) -> bool:
        """Return whether the sentence is about another nation's people (***Kenyan** police closed the country*)."""
        reading = self.reading
        for other in reversed(reading.mentions[: mention.index]):
            if other.sentence != mention.sentence or reading.bearers[other.index] is country:
                return False
            if other.name is not None and other.name.type == "people" and other.role == "modifier":
                people = reading.by_head.get(self._doc[other.head].head.i)
                return people is not None and reading.is_main_subject(people)
        return False

    def _bar(self, mention: Mention, bearer: Bearer | None) -> str:
        if mention.kind != "pronoun":
            if bearer is None:
                return "head"
            if mention.lemma in bearer.nouns:
                return "post"
            known = self.reading.match(mention, self.reading.mentions[bearer.mentions[0]])
            return "kind" if known in {"kind of name", "person"} else "noun"
        if mention.form in {"he", "she", "i", "relative"}:
            return "person"
        return f"{'it' if mention.form in {'it', 'there'} else 'they'} {'named' if bearer is not None else 'unnamed'}"

    def _is_bare_post(self, mention: Mention) -> bool:
        """Return whether the noun is a post without an article, as in headlines (*Foreign Minister visits Libya*)."""
        post = mention.form == "bare" and mention.lemma in TITLES.words
        return post and self._doc[mention.head].pos_ == "PROPN"

    def _least(self, bar: str) -> float:
        return _TIED if self._scorer is None else float(self._scorer.least[BARS.index(bar)])

    def _name_for(self, mention: Mention, bearer: Bearer) -> Span | None:
        if mention.kind == "nominal" and _is_placed(self._doc[mention.head]):
            return None  # *the ministry **in Oslo*** says which, and is not Norway
        names = [self.reading.mentions[i] for i in bearer.mentions]
        if any(name.role == "complement" and self._doc[name.head].head.i == mention.head for name in names):
            return None  # *the town of Jaffna*
        named = self._fullest_name(bearer)
        return None if named.start <= mention.head < named.end else named

    def _fullest_name(self, bearer: Bearer) -> Span:
        names = [name for i in bearer.mentions if (name := self.reading.mentions[i].name) is not None]
        best = max(
            names,
            key=lambda name: (
                not _MARKS & {*self._doc[name.full : name.end].text},
                name.type != "people",  # *Canada* rather than *Canadian*
                *fullness(name),
            ),
        )
        return self._doc[best.full : best.end]

    def _description(self, mention: Mention, likely: Mapping[int, float]) -> tuple[Span, float] | None:
        """Return the phrase before that says most of what is as likely as any, and how likely that is."""
        own = _content(self._extent(mention)) if mention.kind == "nominal" else 0
        found = [
            (chance, span)
            for unit, chance in likely.items()
            if unit not in self.chains.named
            for index in self.chains.units[unit]
            if index < mention.index
            and (span := self._phrase_for(mention, self.reading.mentions[index])) is not None
            and _content(span) > own
        ]
        most = max((chance for chance, _ in found), default=0.0)
        best = max(
            ((chance, span) for chance, span in found if chance >= _AS_LIKELY * most),
            key=lambda one: (_content(one[1]), one[0]),
            default=None,
        )
        return None if best is None else (best[1], best[0])

    def _phrase_for(self, mention: Mention, other: Mention) -> Span | None:
        """Return the phrase of an earlier mention where it tells what a mention is."""
        heading = other.sentence == 0 and self.reading.has_heading
        if other.kind == "pronoun" or other.form == "demonstrative":
            return None
        if other.form == "bare" and (heading or other.number == SINGULAR):
            return None  # without its article it tells little, and headings are not cut well
        subject = subject_of_copula(self._doc[other.head])
        if subject is not None and subject.pos_ == "PRON":
            return None  # *he is a quiet kind of man* does not say who he is
        owner = self.reading.owner_name(mention)
        if owner and owner != self.reading.owner_name(other):
            return None  # *the neighbour's flat* is not *a flat in town*
        span = self._told(other)
        if span is None or span.start <= mention.head < span.end:
            return None
        # *the prior study* is not *the current study*
        return None if mention.modifiers - {word for t in span for word in (t.lower_, t.lemma_.lower())} else span

    def _told(self, mention: Mention) -> Span | None:
        """Return the phrase that tells what is mentioned, None where it does not by itself."""
        head = self._doc[mention.head]
        whole = self._extent(mention)
        if _content(whole) == 1:
            longer = phrase(head, without=[c for c in _trailing(head) if c.dep_ != "acl"])
            if _is_clean(longer):
                return longer  # *a man wearing a yellow shirt*
        owned = [t.head for t in whole if t.dep_ in _OWNING and t.pos_ == "PRON" and t.head.i > head.i]
        if owned:
            whole = phrase(head, without=[*_trailing(head), *owned])  # *a spokesman for the army* [*at its barracks*]
        return whole if _is_clean(whole) else None

    def _extent(self, mention: Mention) -> Span:
        head = self._doc[mention.head]
        return phrase(head, without=() if mention.kind == "pair" else _trailing(head))

    def _speaker(self, mention: Mention, speaker: Span) -> Span | None:
        who = self.reading.mention_at(speaker)
        if who is None or who.index == mention.index:
            return None
        if mention.form == "we" and not (who.number & PLURAL or who.classes & {"group", "place"}):
            return None  # one person's *we* is a group that the quotation need not name
        bearer = self.reading.bearers[who.index]
        if bearer is not None:
            return self._fullest_name(bearer)
        found = self.resolve(speaker)
        return speaker if found is None and _is_clean(speaker) else found


def _trailing(head: Token) -> list[Token]:
    """Return what follows a noun and is no part of what tells it from others, *to Brest* of *from a depot to Brest*."""
    leaving = preposition_of(head) == "from"
    return [
        child
        for child in head.children
        if child.i > head.i
        and (child.dep_ in _TRAILING or (leaving and preposition_of(child) in {"to", "into", "towards", "toward"}))
    ]


def _is_placed(noun: Token) -> bool:
    """Return whether a noun is told from others by a named place (*the ministry in Oslo*)."""
    return any(p.preposition in {"in", "at", "near"} and p.noun.pos_ == "PROPN" for p in prepositionals(noun))


def _is_clean(span: Span) -> bool:
    """Return whether a phrase tells what something is by itself: no pronoun or clause in it, no line's end, no cut."""
    if len(span) > _LONGEST or "\n" in span.text or span[0].pos_ in {"ADP", "PART", "CCONJ", "PUNCT"}:
        return False  # [*up*] *to 10,000 migrants*
    return not any(
        t.pos_ in {"PRON", "SCONJ"} or (t.i == span.start and t.lower_ in _VAGUE) or (is_verb(t) and is_finite(t))
        for t in span
    )


def _content(span: Span) -> int:
    return sum(token.pos_ not in {"DET", "PUNCT", "ADP", "SPACE"} for token in span)
