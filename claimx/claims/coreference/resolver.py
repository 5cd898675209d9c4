"""Coreference: who *he*, *the general* and *Haftar* are in an article.

Names are grouped by their bearer; appositions, predicate nouns, relative and reflexive pronouns are tied by grammar;
*I* and *we* are who is quoted. All other pronouns and nouns are weighed against what agrees with them among the
mentions before, by what the encoder has learned (see `claimx.language.antecedents`); what is not sure enough stays
open. With a pipeline that has not learned coreference they all stay open.
"""

from collections.abc import Callable
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from claimx.claims.coreference.chains import Chains
from claimx.claims.coreference.mentions import PLURAL, SINGULAR, Mention
from claimx.claims.coreference.names import fullness
from claimx.claims.coreference.reading import Bearer, Reading
from claimx.language.semantics import semantics_of
from claimx.language.syntax import is_finite, is_verb, phrase
from claimx.rules.coreference import Vocabulary
from claimx.rules.loader import bundled_rules
from claimx.rules.titles import TITLES

Speakers = Callable[[Token], Span | None]

BARS = ("person", "it named", "it unnamed", "they named", "they unnamed", "post", "kind", "head")
"""Kinds of answers, each with its own least sureness."""
_TIED = 0.5
_MARKS = frozenset("[](){}|@#/\n")
_LONGEST = 14  # tokens of a description
_SHOWN = frozenset({"definite", "demonstrative", "possessive"})
_TRAILING = frozenset({"conj", "appos", "cc", "acl", "parataxis", "dep"})
_VAGUE = frozenset({"any", "no", "every", "each", "neither", "another", "other"})


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
        self._speakers = speakers
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

        None where nothing is clearly meant, where the article says no more than the span itself, and for names.
        """
        mention = self.reading.mention_at(span)
        if mention is None or mention.kind in {"name", "pair"}:
            return None
        if mention.kind == "pronoun" and mention.form in {"i", "we"}:
            return self._speaker(mention)
        if mention.kind == "nominal" and mention.form not in _SHOWN and not self._is_bare_post(mention):
            return None
        answer, bar = self.answer(mention)
        if answer is None or self.sureness(mention) < self._least(bar):
            return None
        return None if answer.start < span.end and span.start < answer.end else answer

    def fullest(self, span: Span) -> Span | None:
        """Return the longest form of a name in the article, its title included; None where `span` is no name."""
        mention = self.reading.mention_at(span)
        bearer = self.reading.bearers[mention.index] if mention is not None and mention.kind == "name" else None
        return self._fullest_name(bearer) if bearer is not None else None

    def answer(self, mention: Mention) -> tuple[Span | None, str]:
        """Return what a mention's chain says it is, sure or not, and which of `BARS` that must reach."""
        bearer = self.chains.bearer(mention)
        if mention.kind == "pronoun":
            if mention.form in {"he", "she", "relative"}:
                bar = "person"
            else:
                bar = f"{'it' if mention.form == 'it' else 'they'} {'named' if bearer is not None else 'unnamed'}"
        else:
            bar = "head" if bearer is None else ("post" if mention.lemma in bearer.nouns else "kind")
        if bearer is not None:
            return self._name_for(mention, bearer), bar
        return self._description(mention), bar

    def sureness(self, mention: Mention) -> float:
        """Return how sure (0-1) the answer is."""
        chains = self.chains
        found = chains.sureness[mention.index]
        bearer = chains.bearer(mention)
        if bearer is not None and mention.index < bearer.mentions[0]:
            found *= chains.joining.get(chains.of[mention.index], 1.0)
        return found

    def _is_bare_post(self, mention: Mention) -> bool:
        """Return whether the noun is a post without an article, as in headlines (*Foreign Minister visits Libya*)."""
        post = mention.form == "bare" and mention.lemma in TITLES.words
        return post and self._doc[mention.head].pos_ == "PROPN"

    def _least(self, bar: str) -> float:
        return _TIED if self._scorer is None else float(self._scorer.least[BARS.index(bar)])

    def _name_for(self, mention: Mention, bearer: Bearer) -> Span | None:
        inside = any(
            self.reading.mentions[i].role == "complement"
            and self._doc[self.reading.mentions[i].head].head.i == mention.head
            for i in bearer.mentions
        )  # *the town of Jaffna*
        named = self._fullest_name(bearer)
        return None if inside or named.start <= mention.head < named.end else named

    def _fullest_name(self, bearer: Bearer) -> Span:
        names = [name for i in bearer.mentions if (name := self.reading.mentions[i].name) is not None]
        best = max(names, key=lambda name: (not _MARKS & {*self._doc[name.full : name.end].text}, *fullness(name)))
        return self._doc[best.full : best.end]

    def _description(self, mention: Mention) -> Span | None:
        """Return the phrase that says most of those before in the mention's chain."""
        chains = self.chains
        own = _content(self._extent(mention)) if mention.kind == "nominal" else 0
        best, most = None, own
        for index in chains.members[chains.of[mention.index]]:
            other = self.reading.mentions[index]
            if index >= mention.index:
                break
            heading = other.sentence == 0 and self.reading.has_heading
            if other.kind == "pronoun" or (other.form == "bare" and (heading or other.number == SINGULAR)):
                continue  # without its article it tells little, and headings are not cut well
            span = self._extent(other)
            if mention.modifiers - {word for t in span for word in (t.lower_, t.lemma_.lower())}:
                continue  # *the prior study* is not *the current study*
            if _content(span) > most and _is_clean(span) and not span.start <= mention.head < span.end:
                best, most = span, _content(span)
        return best

    def _extent(self, mention: Mention) -> Span:
        head = self._doc[mention.head]
        if mention.kind == "pair":
            return phrase(head)
        return phrase(head, without=[c for c in head.children if c.dep_ in _TRAILING and c.i > head.i])

    def _speaker(self, mention: Mention) -> Span | None:
        speaker = self._speakers(self._doc[mention.head]) if self._speakers is not None else None
        who = self.reading.mention_at(speaker) if speaker is not None else None
        if speaker is None or who is None or who.index == mention.index:
            return None
        if mention.form == "we" and not (who.number & PLURAL or who.classes & {"group", "place"}):
            return None  # one person's *we* is a group that the quotation need not name
        bearer = self.reading.bearers[who.index]
        if bearer is not None:
            return self._fullest_name(bearer)
        found = self.resolve(speaker)
        return found if found is not None or who.kind == "pronoun" else speaker


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
