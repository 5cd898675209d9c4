"""What the grammar gives a reporting word as content: complements by kind (frame), the more telling first."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from claimx.claims.attribution.clauses import clause_run, is_clause
from claimx.claims.attribution.meaning import is_adjunct, refuses
from claimx.claims.attribution.runs import STOPS, Content, Piece, is_time, right_of, whole
from claimx.claims.attribution.sources import is_passive
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax

_NAMED = syntax.OBJECTS | syntax.INDIRECT_OBJECTS | {"xcomp", "ccomp", "parataxis", "oprd", "nsubj"}
_NOUN_CLAUSES = frozenset({"acl", "ccomp", "acl:relcl", "relcl", "appos", "advcl"})
_ADJECTIVE_CLAUSES = frozenset({"ccomp", "advcl", "csubj", "parataxis", "xcomp"})


@dataclass(frozen=True, slots=True)
class _Governed:
    """What hangs on a verb to its right, looked up once."""

    verb: Token
    passive: bool
    subject: Token | None
    """Of a passive: what the subject names is content."""
    right: list[Token]
    objects: list[Token]
    prepositions: list[syntax.Prepositional]

    @property
    def first(self) -> Token | None:
        """The first object."""
        return self.objects[0] if self.objects else None

    def from_object(self, last: Token) -> Content:
        """Return the run from the first object to the end of another complement."""
        start = self.first.left_edge.i if self.first is not None else 0
        return ((max(start, self.verb.i + 1), last.right_edge.i + 1),)


def verb_complements(verb: Token) -> Iterator[tuple[str, Content]]:
    """Yield the verb's complements as (frame, content), the more telling first."""
    passive = is_passive(verb)
    right = [c for c in verb.children if c.i > verb.i]
    objects = [c for c in right if c.dep_ in syntax.OBJECTS or c.dep_ in syntax.INDIRECT_OBJECTS]
    subject = _passive_subject(verb) if passive else None
    governed = _Governed(verb, passive, subject, right, objects, list(syntax.prepositionals(verb)))
    yield from _clauses(governed)
    yield from _as_phrases(governed)
    yield from _likenesses(governed)
    yield from _predicates(governed)
    yield from _infinitives(governed)
    yield from _objects(governed)
    yield from _prepositions(governed)
    if passive and subject is not None and syntax.agents(verb):
        yield "passive:object", (whole(subject),)


def _clauses(g: _Governed) -> Iterator[tuple[str, Content]]:
    clause = next((c for c in g.right if is_clause(c, g.verb)), None)
    if clause is not None:
        yield "clause", (clause_run(clause, g.verb, g.right),)
        return
    told = [g.first] if g.first is not None and g.verb.lower_ in VERBS.telling else []
    told += [phrase.noun for phrase in g.prepositions if phrase.preposition == "in" and phrase.noun.i > g.verb.i]
    for torn in (child for noun in told for child in noun.children):
        if torn.dep_ == "acl" and torn.left_edge.lower_ == "that":  # *told a court **that***, *said in a memo **that***
            yield "clause", ((torn.left_edge.i, torn.right_edge.i + 1),)
            return
    relative = next((o for o in g.objects if o.lower_ in WORDS.free_relatives), None)
    if relative is not None:
        yield "clause", (right_of(relative, g.verb),)


def _as_phrases(g: _Governed) -> Iterator[tuple[str, Content]]:
    found = _after_as(g)
    if found is None:
        return
    if g.passive:
        if g.subject is not None:
            yield "passive:as", (whole(g.subject), right_of(found, g.verb))
    elif g.first is not None:
        yield "as", g.from_object(found)
    else:
        middle = next((p.noun for p in g.prepositions if p.preposition == "to" and p.noun.i < found.i), None)
        if middle is not None:  # refer to it as …
            yield "as", ((middle.left_edge.i + 1, found.right_edge.i + 1),)


def _after_as(g: _Governed) -> Token | None:
    """Return the head of what follows *as*, a noun or else a clause without a subject."""
    nouns = (p.noun for p in g.prepositions if p.preposition == "as" and p.noun.i > g.verb.i)
    bare = (c for c in g.right if c.dep_ in {"advcl", "xcomp", "obl"} and not syntax.subjects(c))
    return next(nouns, None) or next((c for c in bare if any(m.lower_ == "as" and m.i < c.i for m in c.children)), None)


def _likenesses(g: _Governed) -> Iterator[tuple[str, Content]]:
    found = next((p.noun for p in g.prepositions if p.preposition == "to"), None)
    if found is not None and g.first is not None:
        yield "to", g.from_object(found)


def _predicates(g: _Governed) -> Iterator[tuple[str, Content]]:
    named = _named(g.verb, g.right) if not g.passive and g.verb.lower_ in VERBS.naming else None
    if named is not None:
        yield "predicate", (named,)
    small = next((c for c in g.right if _is_small(c)), None)
    if small is None:
        return
    if g.first is not None:
        yield "predicate", g.from_object(small)
    elif g.passive:
        if g.subject is not None:
            yield "passive:predicate", (whole(g.subject), right_of(small, g.verb))
    elif small.tag_ == "VBG":
        yield "gerund", (right_of(small, g.verb),)
    elif small.dep_ == "xcomp":
        yield "predicate_of_subject", (right_of(small, g.verb),)


def _infinitives(g: _Governed) -> Iterator[tuple[str, Content]]:
    infinitive = next((c for c in g.right if _is_infinitive(c)), None)
    if infinitive is None:
        return
    end = infinitive.right_edge.i + 1
    for phrase in g.prepositions:
        if phrase.preposition in {"on", "upon"} and g.verb.i < phrase.noun.i < infinitive.i:
            yield "on_infinitive", ((phrase.marker.i + 1, end),)
    if g.passive:
        if g.subject is not None:
            yield "passive:infinitive", (whole(g.subject), right_of(infinitive, g.verb))
        else:
            yield "infinitive", (right_of(infinitive, g.verb),)
        return
    if g.first is not None:
        if g.first.i < infinitive.i:
            yield "object_infinitive", g.from_object(infinitive)
        return
    torn = g.verb.doc[g.verb.i + 1 : infinitive.left_edge.i]  # a noun phrase that the parse tied to nothing of use
    if len(torn) and torn[0].pos_ in {*syntax.NOMINALS, "DET", "ADJ"} and torn[-1].pos_ in syntax.NOMINALS:
        yield "object_infinitive", ((g.verb.i + 1, end),)
    yield "infinitive", (right_of(infinitive, g.verb),)


def _objects(g: _Governed) -> Iterator[tuple[str, Content]]:
    if g.first is not None and refuses(g.verb, g.first):
        return  # that is no denial
    gerund = _gerund(g)
    if gerund is not None and g.first in {None, gerund}:
        yield "passive:gerund" if g.passive else "gerund", (right_of(gerund, g.verb),)
    rated = _rating(g)
    if rated is not None:
        yield "estimate", g.from_object(rated)
    accused = _with_its_gerund(g)
    if accused is not None:
        yield "object", (accused,)
    if g.first is not None and not g.passive and (g.first.dep_ in syntax.OBJECTS or len(g.objects) == 1):
        start, end = right_of(g.first, g.verb)
        if g.verb.lower_ in VERBS.perceiving:  # *spotted the trucks **leaving***
            seen = (c for c in g.right if c.tag_ == "VBG" and c.left_edge.i == end)
            end = next((c.right_edge.i + 1 for c in seen), end)
        yield "object", ((start, _with_rest(g, end)),)


def _with_rest(g: _Governed, end: int) -> int:
    """Return where an object ends with what the parse tears off it (*defended his order | **to shut the port***).

    What the semantic roles call an adjunct of the verb is none of it (*denounced the deal | **in a speech***).
    """
    for child in g.right:
        torn = child.dep_ in {"obl", "nmod", "advcl", "xcomp", "acl"} and child.left_edge.i == end
        if torn and child.left_edge.pos_ in {"ADP", "PART"} and not is_time(child) and not is_adjunct(g.verb, child):
            end = child.right_edge.i + 1
    return end


def _with_its_gerund(g: _Governed) -> Piece | None:
    """Return whom a verb accuses of what, where the parse ties the one to the other (*accused **Togo of lying***)."""
    for child in g.right if g.first is None and not g.passive else ():
        mark = next((c for c in child.children if c.dep_ == "mark" and c.lower_ == "of"), None)
        if child.dep_ == "xcomp" and child.tag_ == "VBG" and mark is not None:
            return right_of(child, g.verb)
    return None


def _rating(g: _Governed) -> Token | None:
    """Return the number at which a verb puts an abstraction (*put the **toll** at **nine***)."""
    if g.first is None or not Token.has_extension("noun_class") or g.first._.noun_class != "abstract":
        return None
    for token in g.verb.doc[g.first.i + 1 : g.verb.sent.end - 1]:
        number = token.nbor()
        if token.lower_ == "at" and number.like_num:
            return number
    return None


def _gerund(g: _Governed) -> Token | None:
    after = g.verb.i + 1
    for child in g.right:
        parted = any(t.text in STOPS for t in g.verb.doc[after : child.left_edge.i + 1])
        if not parted and child.dep_ in {"ccomp", "xcomp", "obj", "dobj", "advcl", "pcomp"} and _is_gerund(child):
            return child
    return None


def _prepositions(g: _Governed) -> Iterator[tuple[str, Content]]:
    lead = "passive:prep:" if g.passive else "prep:"
    for phrase in g.prepositions:
        if phrase.noun.i > g.verb.i and not is_time(phrase.noun):
            start = max(phrase.noun.left_edge.i, phrase.marker.i + len(phrase.preposition.split()))
            yield lead + phrase.preposition, ((start, phrase.noun.right_edge.i + 1),)
    for child in g.right:
        marker = child.left_edge
        if (
            g.verb.i < marker.i < child.i
            and marker.pos_ in {"ADP", "SCONJ"}
            and child.dep_ in {"advcl", "ccomp", "xcomp", "obl", "obj"}
            and not is_time(child)
        ):
            yield lead + marker.lower_, ((marker.i + 1, child.right_edge.i + 1),)
    doc, after = g.verb.doc, g.verb.i + 1
    if g.right and after + 1 < len(doc) and doc[after].pos_ == "ADP" and not is_time(doc[after + 1]):
        yield lead + doc[after].lower_, ((after + 1, max(c.right_edge.i + 1 for c in g.right)),)


def _passive_subject(verb: Token) -> Token | None:
    own = next((child for child in verb.children if child.dep_ in syntax.SUBJECTS), None)
    if own is None and verb.dep_ in {"conj", "xcomp", "aux"}:
        return next(iter(syntax.subjects(verb.head)), None)
    return verb.head if own is None and verb.dep_ == "acl" else own


def _named(verb: Token, right: Sequence[Token]) -> Piece | None:
    """Return what a verb of naming has to its right, where that is two phrases (*called **him "a disgrace"***)."""
    parts = [c for c in right if c.dep_ in _NAMED]
    if not parts or parts[0].left_edge.i > verb.i + 3 or verb.doc[verb.i + 1].pos_ == "ADP":
        return None
    start, end = verb.i + 1, max(c.right_edge.i + 1 for c in parts)
    two = len(parts) > 1 or parts[0].dep_ == "xcomp" or parts[0].left_edge.i > start
    return (start, end) if two or any(t.is_quote for t in verb.doc[start:end]) else None


def _is_infinitive(child: Token) -> bool:
    if child.dep_ not in {"xcomp", "ccomp", "advcl", "obj", "obl", "advcl:relcl", "acl"}:
        return False
    verbal = child.pos_ in {"VERB", "AUX", "ADJ"} or child.tag_ == "VB" or any(t.dep_ == "cop" for t in child.children)
    return verbal and any(t.lower_ in {"to", "na"} for t in child.children)


def _is_gerund(child: Token) -> bool:
    return child.tag_ == "VBG" and not any(t.dep_ in {"mark", "case", "aux", "nsubj"} for t in child.children)


def _is_small(child: Token) -> bool:
    """Return whether a phrase or participle is predicated of something by itself (*called it **a lie***)."""
    if child.dep_ not in {"xcomp", "oprd", "ccomp"} or child.tag_ in {"VBD", "VBZ", "VBP", "VB"}:
        return False
    opened = any(t.dep_ in {"mark", "case", "aux"} for t in child.children)
    return not opened and child.pos_ not in {"AUX", "DET", "PART"}


def with_following(verb: Token, content: Content, prepositions: Sequence[str]) -> Content:
    """Return the object's run, drawn on over the phrases with the given prepositions (*blamed Paris for the delay*)."""
    (start, end), *rest = content
    for child in verb.children:
        if child.i < end or child.dep_ not in {"obl", "advcl", "prep", "nmod", "xcomp", "ccomp"}:
            continue
        first = child.left_edge
        if first.lower_ in prepositions:
            end = max(end, child.right_edge.i + 1)
    return ((start, end), *rest)


def noun_complements(noun: Token) -> Iterator[tuple[str, Token]]:
    """Yield what a noun has for content as (frame, head): a clause, an infinitive, a phrase."""
    return _complements(noun, _NOUN_CLAUSES, {"that"})


def adjective_complements(adjective: Token) -> Iterator[tuple[str, Token]]:
    """Yield what an adjective has for content as (frame, head): a clause, an infinitive, a phrase."""
    return _complements(adjective, _ADJECTIVE_CLAUSES, {"that", "whether", "how", "why", "what"})


def _complements(word: Token, labels: Collection[str], openers: Collection[str]) -> Iterator[tuple[str, Token]]:
    for child in word.children:
        if child.i < word.i or child.dep_ not in labels:
            continue
        first = child.left_edge
        opened = first.lower_ in openers and first.tag_ != "WDT"
        if (opened or child.dep_ == "ccomp") and syntax.subjects(child):
            yield "clause", child
        elif opened and word.pos_ != "NOUN":
            yield "clause", child  # *is not sure **what to do***
        elif first.lower_ == "to" and child.tag_ == "VB":
            yield "infinitive", child
    for phrase in syntax.prepositionals(word):
        if phrase.noun.i > word.i:
            yield f"prep:{phrase.preposition}", phrase.noun
