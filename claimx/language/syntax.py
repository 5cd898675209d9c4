"""Syntax by question, not by label: one vocabulary over UD v2 (claimx's own pipeline) and ClearNLP (spaCy's own).

The two schemes differ most in prepositions (UD hangs them under their noun, ClearNLP the other way round) and
in the copula. Everything in claimx that asks about grammar asks here, so that either pipeline serves.
Labels: https://universaldependencies.org/u/dep/ and the ClearNLP guidelines (Choi & Palmer 2012).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass", "csubj", "csubj:pass", "csubjpass"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass", "csubjpass"})
OBJECTS = frozenset({"obj", "dobj"})
INDIRECT_OBJECTS = frozenset({"iobj", "dative"})
RELATIVES = frozenset({"acl:relcl", "relcl"})
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
NOT = frozenset({"not", "n't", "n’t"})
NOT_EVER = NOT | {"never"}
CLAUSAL = frozenset(
    {"ccomp", "xcomp", "advcl", "advcl:relcl", "acl", "acl:relcl", "relcl", "parataxis", "csubj", "csubj:pass",
     "csubj:outer", "csubjpass", "pcomp"}
)  # fmt: skip
PARTICLES = frozenset({"compound:prt", "prt"})
_BARE_PARTICIPLES = frozenset({"borne", "driven", "flown", "given", "stolen", "taken", "thrown", "withdrawn"})
"""Past participles of verbs that take an object which no past tense looks like."""
PASSIVE_AUXILIARIES = frozenset({"aux:pass", "auxpass"})
AUXILIARIES = frozenset({"aux", "aux:pass", "auxpass"})
NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})

_NOUN_OBLIQUE = frozenset(
    {"obl", "obl:agent", "obl:npmod", "obl:tmod", "obl:unmarked", "nmod", "nmod:npmod", "nmod:tmod", "nmod:unmarked",
     "nmod:desc"}
)  # fmt: skip
_BARE_OBLIQUE = frozenset(
    {"obl:npmod", "obl:tmod", "obl:unmarked", "npadvmod", "nmod:tmod", "nmod:npmod", "nmod:unmarked", "obl", "nmod"}
)
_POSSESSIVE = frozenset({"nmod:poss", "poss"})
_PREMODIFIERS = frozenset({"compound", "amod", "nmod", "nmod:desc", "nn", "flat", "nmod:npmod"})
_NAME_JOINTS = frozenset({"flat", "flat:name", "flat:foreign", "fixed", "goeswith"})

# What may belong to a noun phrase below its head, beside what `_belongs` looks at closer. Everything else (relative
# clauses with a finite verb, parataxis, the copula's subject, adverbial clauses of a predicate noun) ends the phrase.
_INSIDE_PHRASE = frozenset(
    {"det", "det:predet", "predet", "nummod", "nummod:gov", "quantmod", "amod", "compound", "nmod", "nmod:poss", "poss",
     "nmod:npmod", "nmod:desc", "nmod:unmarked", "appos", "flat", "flat:name", "flat:foreign", "fixed", "goeswith",
     "cc", "cc:preconj", "preconj", "prep", "pobj", "pcomp", "nn", "obl:npmod", "obl:unmarked", "npadvmod", "neg",
     "list", "meta", "dep", "reparandum"}
)  # fmt: skip
_OPENINGS = frozenset({"mark", "aux", "advmod", "case"})
_RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})


@dataclass(frozen=True, slots=True)
class Prepositional:
    """A noun that a preposition ties to a head: `radars ··from·· Syria`.

    `preposition` is lower-case, several words joined by a space (*out of*); `marker` its first token; `noun` the head
    of the object; `head` what the phrase hangs on.
    """

    preposition: str
    marker: Token
    noun: Token
    head: Token


def is_verb(token: Token) -> bool:
    """Return whether the token is a verb form, participles that the tagger calls adjectives left out."""
    return token.pos_ in {"VERB", "AUX"}


def is_finite(verb: Token) -> bool:
    """Return whether the verb, or an auxiliary or copula of it, carries tense or mood."""
    return any(
        "Fin" in token.morph.get("VerbForm", [])
        or token.tag_ in FINITE_TAGS
        or (token.pos_ == "VERB" and token.tag_ in {"NN", "NNS"})  # the two taggers at odds: only finite forms look so
        for token in (verb, *(child for child in verb.children if child.dep_ in AUXILIARIES or child.dep_ == "cop"))
    )


def subjects(verb: Token) -> list[Token]:
    """Return the heads of the verb's own subjects, of active and passive clauses; relative pronouns included.

    What parsers call a subject but stands where only an object can is left to `direct_objects`.
    """
    found = [child for child in verb.children if _is_nominal_subject(child) and not _stands_as_object(child, verb)]
    if len(found) > 1 and lent_subject(verb) is not None:
        found = found[1:]  # *the bus, officials **said**, left*
    return found or [child for child in verb.children if _stands_as_subject(child, verb)]


def direct_objects(verb: Token) -> list[Token]:
    """Return the heads of the verb's own direct objects."""
    return [
        child
        for child in verb.children
        if (child.dep_ in OBJECTS and not _stands_as_subject(child, verb)) or _stands_as_object(child, verb)
    ]


def lent_subject(verb: Token) -> Token | None:
    """Return the subject that the parse hangs on an inserted verb of saying, but is that of the clause after it.

    *The last **bus**, officials said, left on Tuesday* and *Two **buses** had left, officials said*: the first of two
    subjects, with a comma between them.
    """
    found = [child for child in verb.children if _is_nominal_subject(child) and child.i < verb.i]
    if len(found) < 2 or all(token.text != "," for token in verb.doc[found[0].i + 1 : found[1].i]):
        return None
    orphans = (c for c in verb.children if c.dep_ == "ccomp" and c.i > found[0].i and is_finite(c))
    orphan = next((c for c in orphans if not any(_is_nominal_subject(child) for child in c.children)), None)
    return found[0] if orphan is not None else None


def _is_nominal_subject(child: Token) -> bool:
    return child.dep_ in SUBJECTS and child.dep_[:5] != "csubj"


def _stands_as_subject(child: Token, verb: Token) -> bool:
    """Return whether a noun stands where only a subject can, whatever its label: before a finite verb without one."""
    if child.i > verb.i or child.tag_ in _RELATIVE_TAGS or not is_finite(verb):
        return False
    if any(_is_nominal_subject(c) or c.dep_ in {"expl", "csubj", "csubj:pass"} for c in verb.children):
        return False
    if child.dep_ in OBJECTS:
        return any(c.dep_ in OBJECTS and c.i > verb.i for c in verb.children)
    if (
        child.dep_ not in {"obl", "dislocated"}
        or child.pos_ not in {"PROPN", "PRON"}
        or child.ent_type_ in {"DATE", "TIME"}
    ):
        return False
    between = child.doc[child.right_edge.i + 1 : verb.i]
    bare = not any(c.dep_ in {"case", "mark"} for c in child.children)
    return bare and all(token.pos_ in {"AUX", "ADV", "PART"} for token in between)


def _stands_as_object(child: Token, verb: Token) -> bool:
    """Return whether a "subject" follows a verb that has one before it, or an infinitive, which has none of its own."""
    if child.i < verb.i or child.dep_ != "nsubj" or verb.pos_ != "VERB":
        return False
    infinitive = any(c.lower_ == "to" and c.i < verb.i and c.pos_ == "PART" for c in verb.children)
    return infinitive or any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.children)


def indirect_objects(verb: Token) -> list[Token]:
    """Return the heads of the verb's bare indirect objects (*sent **Haftar** radars*)."""
    return [child for child in verb.children if child.dep_ in INDIRECT_OBJECTS and child.pos_ != "ADP"]


def is_passive(verb: Token) -> bool:
    """Return whether the verb is a passive: by its auxiliary, its subject, or as a past participle after a noun."""
    if any(child.dep_ in PASSIVE_AUXILIARIES for child in verb.children):
        return True
    if any(child.dep_ in PASSIVE_SUBJECTS for child in verb.children):
        # with an object it is a slip of the label
        return not any(child.dep_ in OBJECTS and child.i > verb.i for child in verb.children)
    if verb.dep_ == "acl" and is_past_participle(verb):
        return not subjects(verb)
    if verb.dep_ == "ROOT" and verb.lower_ in _BARE_PARTICIPLES:  # a headline: *Three miners **flown** home*
        return not direct_objects(verb) and not any(child.dep_ in AUXILIARIES for child in verb.children)
    if verb.dep_ in {"conj", "xcomp", "advcl", "amod"} and is_past_participle(verb) and not direct_objects(verb):
        if any(child.dep_ in AUXILIARIES or child.dep_ in SUBJECTS for child in verb.children):
            return False
        if verb.dep_ == "conj":
            return is_past_participle(verb.head) and is_passive(verb.head)
        return True
    return False


def is_past_participle(verb: Token) -> bool:
    """Return whether the form is a past participle (*shipped* in *was shipped*, *weapons shipped*)."""
    if verb.tag_ in {"VBN", "VBD", "VBZ", "VBP", "VB", "VBG"}:
        return verb.tag_ == "VBN"
    return "Past" in verb.morph.get("Tense", []) and "Part" in verb.morph.get("VerbForm", [])


def agents(verb: Token) -> list[Token]:
    """Return the heads of the passive's *by* phrases that name who acts."""
    nouns = (phrase.noun for phrase in prepositionals(verb) if phrase.preposition == "by")
    return [noun for noun in nouns if noun.ent_type_ not in {"DATE", "TIME"} and noun.tag_ != "VBG"]


def particles(verb: Token) -> list[Token]:
    """Return the verb's particles (*pulled **out***)."""
    return [child for child in verb.children if child.dep_ in PARTICLES]


def prepositionals(head: Token) -> Iterator[Prepositional]:
    """Yield the prepositional phrases that hang directly on a verb or noun, in text order.

    Coordinated phrases (*from Syria and from Iraq*) each count; a second noun under one preposition
    (*to Turkey and Iran*) does not, being part of the first's span. A phrase that the parse hangs on an adverbial
    clause but that stands before it opens (*landed **in Crete** en route to Cyprus*) counts with the verb before.
    """
    opening = _opening(head)
    for child in head.children:
        if child.right_edge.i < opening:
            continue
        yield from _prepositional(child, head)
        for inner in child.children:
            if head.i < inner.i and inner.right_edge.i < _opening(child):
                yield from _prepositional(inner, head)


def _opening(clause: Token) -> int:
    """Return where an adverbial clause after its verb opens, by its *to* or *en*; -1 for all else."""
    if clause.dep_ != "advcl" or clause.head.i > clause.i:
        return -1
    words = (c for c in clause.children if c.i < clause.i and c.dep_ in _OPENINGS)
    return next((c.i for c in words if c.lower_ in {"to", "en"}), -1)


def _prepositional(child: Token, head: Token) -> Iterator[Prepositional]:
    if child.dep_ in _NOUN_OBLIQUE or child.dep_ in {"advcl", "xcomp", "acl", "root", "dep", "orphan"}:
        for noun in (child, *(c for c in child.children if c.dep_ == "conj")):
            if markers := _case_markers(noun):
                yield Prepositional(_joined(markers), markers[0], noun, head)
            elif noun.i == child.i:
                return
    elif child.dep_ in {"prep", "agent"} or (child.dep_ == "dative" and child.pos_ == "ADP"):
        yield from _clearnlp_prepositional(child, head)


def _clearnlp_prepositional(prep: Token, head: Token) -> Iterator[Prepositional]:
    for grandchild in prep.children:
        if grandchild.dep_ in {"pobj", "pcomp"}:
            yield Prepositional(prep.lower_, prep, grandchild, head)
        elif grandchild.dep_ == "prep":  # out -> of -> pobj
            for inner in _clearnlp_prepositional(grandchild, head):
                yield Prepositional(f"{prep.lower_} {inner.preposition}", prep, inner.noun, head)
        elif grandchild.dep_ == "conj" and grandchild.pos_ == "ADP":
            yield from _clearnlp_prepositional(grandchild, head)


def _case_markers(noun: Token) -> list[Token]:
    """Return what marks a noun's case before it, its prepositions, the genitive's *'s* left out."""
    return [child for child in noun.children if child.dep_ == "case" and child.i < noun.i and child.pos_ != "PART"]


def _joined(markers: list[Token]) -> str:
    words: list[str] = []
    for marker in markers:
        words.append(marker.lower_)
        words += [c.lower_ for c in marker.children if c.dep_ == "fixed"]
    return " ".join(words)


def bare_obliques(head: Token) -> list[Token]:
    """Return the heads of noun phrases used as adverbials with no preposition (*arrived **Sunday***)."""
    return [
        child
        for child in head.children
        if child.dep_ in _BARE_OBLIQUE and not any(c.dep_ == "case" and c.i < child.i for c in child.children)
    ]


def possessors(noun: Token) -> list[Token]:
    """Return the heads of the noun's possessors (***Russia**'s withdrawal, **its** troops*).

    A parser may hang *candidate Ann **Lee**'s call* on the verb in two pieces; the possessive ending tells.
    """
    return [child for child in noun.children if child.dep_ in _POSSESSIVE] or _torn_possessor(noun)


def _torn_possessor(noun: Token) -> list[Token]:
    at = noun.left_edge.i - 1
    if noun.pos_ != "NOUN" or at < 1 or noun.doc[at].tag_ != "POS":
        return []
    owner = noun.doc[at].head
    return [owner] if owner.i < at and owner.pos_ in {"NOUN", "PROPN"} and not owner.is_ancestor(noun) else []


def premodifiers(noun: Token) -> list[Token]:
    """Return the nouns and adjectives right before a noun that modify it (***arms** shipment, **Russian** planes*)."""
    return [
        child
        for child in noun.children
        if child.i < noun.i and child.dep_ in _PREMODIFIERS and not any(c.dep_ == "case" for c in child.children)
    ]


def conjuncts(token: Token) -> list[Token]:
    """Return the token and what is coordinated with it further on, in text order."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += conjuncts(child)
    return found


def first_conjunct(token: Token) -> Token:
    """Return the first of the coordinated tokens that `token` is one of; itself if it stands alone."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def appositions(noun: Token) -> list[Token]:
    """Return the heads of the noun's appositions."""
    return [child for child in noun.children if child.dep_ == "appos"]


def is_relative_pronoun(token: Token) -> bool:
    """Return whether a pronoun is of the kind that opens relative clauses, going by its tag or features."""
    return token.tag_ in {"WDT", "WP", "WP$"} or "Rel" in token.morph.get("PronType", [])


def relative_pronoun(clause_head: Token) -> Token | None:
    """Return the relative pronoun of a relative clause, None where it has none (*the arms Russia sent*)."""
    for token in clause_head.subtree:
        if is_relative_pronoun(token):
            return token
        if token.i >= clause_head.i:
            break
    return None


def governor(token: Token) -> Token | None:
    """Return what the token's clause or phrase hangs on, prepositions skipped; None at the root."""
    head = token.head
    if head.i == token.i:
        return None
    while head.dep_ in {"prep", "agent", "pcomp"} and head.pos_ == "ADP" and head.head.i != head.i:
        head = head.head
    return head


def preposition_of(noun: Token) -> str:
    """Return the preposition that the noun stands under, lower-case, "" if none."""
    if noun.dep_ in {"pobj", "pcomp"}:
        return noun.head.lower_
    return _joined(_case_markers(noun))


def negations(token: Token) -> list[Token]:
    """Return the tokens that negate a verb or noun directly (*not, never, no*)."""
    return [
        child
        for child in token.children
        if child.dep_ == "neg"
        or (child.dep_ in {"advmod", "det", "cc:preconj", "cc", "case", "mark"} and child.lower_ in _NEGATORS)
        or (child.dep_ == "advmod" and "Neg" in child.morph.get("Polarity", []))
    ]


_NEGATORS = frozenset({*NOT, "never", "no", "neither", "nor", "without", "nowhere", "cannot"})


def phrase(head: Token, *, without: Iterable[Token] = ()) -> Span:
    """Return the maximal noun phrase around `head`, as the guideline wants spans.

    No leading preposition; coordination, apposition, prepositional phrases and restrictive participles in; finite
    relative clauses out. `without` names heads of dependents to leave out too (a phrase that the verb claims).
    """
    kept = {head.i}
    dropped = {token.i for token in without}
    _collect(head, head, kept, dropped)
    start = end = head.i
    while start - 1 in kept:
        start -= 1
    while end + 1 in kept:
        end += 1
    return _trimmed(head.doc, start, end + 1, head)


def _collect(node: Token, head: Token, kept: set[int], dropped: set[int]) -> None:
    for child in node.children:
        if child.i in dropped or not _belongs(child, node, head):
            continue
        kept.add(child.i)
        _collect(child, head, kept, dropped)


def _belongs(child: Token, node: Token, head: Token) -> bool:
    if child.dep_ in RELATIVES:
        # a reduced relative (*territories controlled by …*) is sometimes labelled like a full one
        return not is_finite(child) and not any(t.tag_ in _RELATIVE_TAGS for t in child.subtree) and child.i > node.i
    if node.i != head.i and node.dep_ not in {"conj", "appos", "flat"}:
        return True
    match child.dep_:
        case "case":
            return node.i != head.i
        case "advmod":
            return (child.i < node.i or _counts(child)) and not _has_copula(node)
        case "punct":
            return not _has_copula(node)
        case "obl":
            return not is_verb(node) and not _has_copula(node)
        case "conj":
            return is_verb(node) or not is_verb(child)
        case "acl":
            return child.i < node.i or not _is_set_off(child, node)
    return child.dep_ in _INSIDE_PHRASE


def _has_copula(noun: Token) -> bool:
    return any(child.dep_ == "cop" for child in noun.children)


_BESIDE_MAX = 3  # words behind a participle


def _is_set_off(participle: Token, noun: Token) -> bool:
    """Return whether a participle behind a comma does not restrict the noun (*boys**, singing songs of the sea***).

    One of a few words describes as an apposition does (*the barn, gutted by fire*), unless it goes on from the
    participle above the noun (*moved in boats**, driven to Kampala***).
    """
    first, above = participle.left_edge, governor(noun)
    if first.text != "," and (first.i == 0 or first.nbor(-1).text != ","):
        return False
    goes_on = above is not None and above.tag_ == participle.tag_ == "VBN" and above.i < noun.i
    long = participle.right_edge.i - participle.i > _BESIDE_MAX
    return long or (goes_on and any(c.dep_ == "obl" for c in participle.children))


def _counts(adverb: Token) -> bool:
    return adverb.pos_ == "NUM" or adverb.lower_ in {"ago", "alone", "abroad", "there", "here", "home"}


_QUANTITY_OPENERS = (("up", "to"), ("close", "to"), ("as", "many", "as"), ("as", "much", "as"), ("as", "few", "as"))


def _opens_quantity(token: Token) -> bool:
    """Tell whether a preposition before the token belongs to a number: *about 60*, *at **least** 14*, *up **to** 9*."""
    if token.lower_ == "to":
        return token.nbor(-1).lower_ == "up" and token.i + 1 < len(token.doc) and token.nbor().pos_ == "NUM"
    return token.pos_ in {"NUM", "ADV", "SYM"} or (token.tag_ in {"JJS", "RBS"} and token.head.pos_ == "NUM")


def _words_of_quantity(doc: Doc, start: int) -> int:
    """Return how many words before a number that begins at `start` belong to it (***as many as** 60 ships*)."""
    number = start + (doc[start].lower_ == "to")  # *up* alone may hang on the verb: *sent **up to** 60 ships*
    if doc[number].pos_ != "NUM":
        return 0
    for opener in _QUANTITY_OPENERS:
        first = number - len(opener)
        if first >= doc[number].sent.start and tuple(t.lower_ for t in doc[first:number]) == opener:
            return max(start - first, 0)
    return 0


_CLOSING = {")": "(", "]": "[", "”": "“", '"': '"', "’": "‘"}


def _trimmed(doc: Doc, start: int, end: int, head: Token) -> Span:
    """Return doc[start:end] without punctuation, conjunctions or blanks hanging over its ends, the head kept."""
    while start < head.i and _hangs_before(doc[start], head.i, end):
        start += 1
    start -= _words_of_quantity(doc, start)
    while start < head.i and doc[start].pos_ == "ADP" and not _opens_quantity(doc[start + 1]):
        if not doc[start].whitespace_ and doc[start + 1].text == "-":
            break  # *off-road vehicles*
        start += 1  # a preposition that the parse hangs elsewhere
    while end - 1 > head.i and _hangs_behind(doc[end - 1], start):
        end -= 1
    return doc[start:end]


def _hangs_before(token: Token, head: int, end: int) -> bool:
    """Return whether a token may not begin a phrase; a bracket or mark that closes in `head:end` may."""
    if token.tag_ == "WRB":  # *how [more than 40 people] left*
        return True
    if not (token.is_space or token.pos_ in {"PUNCT", "CCONJ"} or token.dep_ == "cc"):
        return False
    return token.text not in _CLOSING.values() or all(
        _CLOSING.get(other.text) != token.text for other in token.doc[head:end]
    )


def _hangs_behind(token: Token, start: int) -> bool:
    """Return whether a token may not end the phrase that begins at `start`; what closes a bracket or mark in it may."""
    if token.text in _CLOSING and any(other.text == _CLOSING[token.text] for other in token.doc[start : token.i]):
        return False
    if token.text == ".":
        return token.pos_ == "PUNCT" and token.dep_ == "punct"
    return token.is_space or token.pos_ == "PUNCT" or token.dep_ == "cc" or token.is_punct


def joined_name(token: Token) -> Token:
    """Return the head of the name that the token is a later part of (*Haftar* → *Khalifa*), else the token."""
    while token.dep_ in _NAME_JOINTS and token.head.i != token.i:
        token = token.head
    return token


def named_by(token: Token) -> Token:
    """Return the head of the name or noun that a word is only a part of (***US** President Ann Lee*), else the word."""
    while token.dep_ in _PHRASE_JOINTS and token.head.pos_ in {"NOUN", "PROPN"}:
        token = token.head
    return token


_PHRASE_JOINTS = _NAME_JOINTS | {"compound", "amod", "nummod", "nmod:desc", "nn"}


def in_one_phrase(first: Token, second: Token) -> bool:
    """Return whether both words stand for the same thing: one is part of the name or noun that the other heads."""
    if first.i == second.i:
        return True
    if first.is_ancestor(second):
        first, second = second, first
    while second.is_ancestor(first):
        if first.dep_ not in _PHRASE_JOINTS:
            return False
        first = first.head
        if first.i == second.i:
            return True
    return False
