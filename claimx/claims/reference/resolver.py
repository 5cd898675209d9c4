"""Reference: who *he*, *the general* and *Haftar* are, from names, grammar and nearness alone.

The document is read once, left to right. Names are grouped by their bearer first; appositions, predicate nouns and
relative pronouns are tied by grammar; every other pronoun and definite noun is weighed against the entities so far
(see `ranking`), within what gender, number, noun class and binding allow, and stays open where none is clearly best.
"""

from collections.abc import Callable

from spacy.tokens import Doc, Span, Token

from claimx.claims.reference.mentions import PLURAL, Mention
from claimx.claims.reference.reading import Reading
from claimx.claims.reference.vocabulary import vocabulary, weights

Speakers = Callable[[Token], Span | None]


class Resolver:
    """The referents of one document's mentions; nothing is computed before the first question.

    `speakers` gives, for a token inside a quotation, the span of who is quoted; without it *I* and *we* stay open.
    Spans asked about may be any that a caller cut from the document: their root decides which mention is meant.
    """

    def __init__(self, doc: Doc, speakers: Speakers | None = None) -> None:
        self._doc = doc
        self._speakers = speakers
        self._read: Reading | None = None

    @property
    def _reading(self) -> Reading:
        if self._read is None:
            self._read = Reading(self._doc, vocabulary(), weights())
            self._read.run()
        return self._read

    def resolve(self, span: Span) -> Span | None:
        """Return the fullest name (else the fullest description) of what a pronoun or generic noun refers to.

        None where nothing is clearly meant, where the article says no more than the span itself, and for names.
        """
        reading = self._reading
        mention = reading.mention_at(span)
        if mention is None or mention.kind in {"name", "pair"}:
            return None
        if mention.kind == "pronoun" and mention.form in {"i", "we"}:
            return self._speaker(mention)
        found = reading.description(mention)
        return None if found is None or (found.start < span.end and span.start < found.end) else found

    def fullest(self, span: Span) -> Span | None:
        """Return the longest form of a name in the article, its title included; None where `span` is no name."""
        mention = self._reading.mention_at(span)
        if mention is None or mention.kind != "name":
            return None
        entity = self._reading.entity_of(mention)
        if entity is None or mention.index not in entity.names:
            return None
        return self._reading.fullest_name(mention)

    def same_entity(self, a: Span, b: Span) -> bool:
        """Return whether two spans are taken to refer to the same; False when unsure."""
        reading = self._reading
        first, second = reading.mention_at(a), reading.mention_at(b)
        if first is None or second is None:
            return False
        if first.index == second.index:
            return True
        return (
            reading.entity_of(first) is reading.entity_of(second) and reading.is_sure(first) and reading.is_sure(second)
        )

    def _speaker(self, mention: Mention) -> Span | None:
        if self._speakers is None:
            return None
        speaker = self._speakers(self._doc[mention.head])
        if speaker is None:
            return None
        reading = self._reading
        who = reading.mention_at(speaker)
        if who is None or who.index == mention.index:
            return None
        if mention.form == "we" and not (who.number & PLURAL or who.classes & {"group", "place"}):
            return None  # one person's *we* is a group that the quotation need not name
        if who.kind == "name":
            return reading.fullest_name(who)
        return reading.description(who) or (speaker if who.kind in {"nominal", "pair"} else None)


def same_entity(a: Span, b: Span) -> bool:
    """Return whether two spans of one document refer to the same; for many questions keep one `Resolver`."""
    return a.doc is b.doc and Resolver(a.doc).same_entity(a, b)
