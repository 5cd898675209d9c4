"""Reporting words in a parsed text, and what the grammar makes their content: one `Cue` for each that attributes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from claimx.claims.attribution.lexicon import Lexicon, ReportingRule
from claimx.claims.attribution.sources import is_passive, noun_source_head, own_subject, source_head
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax

Piece = tuple[int, int]
"""A run of tokens, half-open."""

_STOPS = frozenset({",", ";", ":", "—", "–", "-", "--", "(", ")", ".", "!", "?"})
_LIGHT_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word at work.

    `head` is the word, `start` and `end` the tokens of the cue; `source` the head of the source's phrase; `content`
    runs of tokens; `frame` the complement that is content.
    """

    head: Token
    start: int
    end: int
    rule: ReportingRule
    frame: str
    content: tuple[Piece, ...]
    source: Token | None


def find_verb_cue(verb: Token, lexicon: Lexicon) -> Cue | None:
    """Return the cue that a verb is, with the best of the complements that its rules allow; None where it is none."""
    rules = lexicon.verbs.get(verb.lower_)
    if not rules or not _is_verbal(verb):
        return None
    strong = next((rule for rule in rules if "clause" in rule.takes and rule.mode in {"speech", "writing"}), None)
    for frame, content in _complements(verb):
        kept = {"clause", "infinitive"} if verb.lower_ in VERBS.saying else {"clause", "infinitive", "gerund"}
        if strong is not None and frame not in kept:
            torn = _torn_clause(verb, frame)
            if torn is not None:
                start, end = cue_extent(verb)
                return Cue(verb, start, end, strong, "clause", (torn,), source_head(verb))
        for rule in rules:
            if _takes(rule, frame):
                source = source_head(verb)
                if rule.mode == "evidence":
                    subject = own_subject(verb) if verb.dep_ != "xcomp" else None
                    if subject is not None and subject.i < verb.i:
                        content = (_whole(subject), *content)
                    source = None
                if frame == "object" and rule.prepositions:
                    content = _with_following(verb, content, rule.prepositions)
                start, end = cue_extent(verb, frame)
                return Cue(verb, start, end, rule, frame, content, source)
    gap = _gapped(verb) if strong is not None else None
    if strong is not None and gap is not None:
        start, end = cue_extent(verb)
        return Cue(verb, start, end, strong, "clause", gap, source_head(verb))
    if strong is not None:
        torn = _torn_clause(verb, "")
        if torn is not None:
            start, end = cue_extent(verb)
            return Cue(verb, start, end, strong, "clause", (torn,), source_head(verb))
    return None


def _gapped(verb: Token) -> tuple[Piece, ...] | None:
    """Return what is said in a relative clause around its verb (***which** he said **was sold in May***)."""
    doc = verb.doc
    after = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    if after is None or after.tag_ not in {"VBD", "VBZ", "VBP", "MD"} or not syntax.is_finite(verb):
        return None
    subject = own_subject(verb)
    if subject is None or subject.i > verb.i or subject.left_edge.i == 0:
        return None
    pronoun = doc[subject.left_edge.i - 1]
    if pronoun.lower_ not in {"which", "that", "who", "what", "whom"}:
        return None
    inner = next((c for c in verb.children if c.i > verb.i and c.dep_ in {"ccomp", "xcomp", "parataxis"}), None)
    end = inner.right_edge.i + 1 if inner is not None else verb.right_edge.i + 1
    while inner is None and end < verb.sent.end and doc[end].text not in _STOPS:
        end += 1
    return (pronoun.i, pronoun.i + 1), (verb.i + 1, end)


def _torn_clause(verb: Token, frame: str) -> Piece | None:
    """Return the rest of the sentence where a clause follows a verb of saying but the parse ties it elsewhere."""
    doc, stop = verb.doc, verb.sent.end
    if not (syntax.is_finite(verb) or verb.tag_ in {"VBG", "VB"}) or is_passive(verb):
        return None
    subject = own_subject(verb)
    if subject is not None and subject.i > verb.i:
        return None
    start = verb.i + 1
    hearer = next(
        (c for c in verb.children if c.i > verb.i and c.dep_ in {*syntax.OBJECTS, *syntax.INDIRECT_OBJECTS}), None
    )
    if hearer is not None and verb.lower_ in VERBS.telling:
        start = hearer.right_edge.i + 1
        if start >= stop or doc[start].lower_ != "that":
            return None
    elif frame == "object" and verb.lower_ not in VERBS.saying:
        return None
    while start < stop and doc[start].pos_ == "ADV" and doc[start].dep_ == "advmod":
        start += 1
    first = doc[start] if start < stop else None
    if (
        first is None
        or first.is_punct
        or first.is_quote
        or first.is_space
        or first.pos_ in {"ADP", "CCONJ", "AUX", "VERB", "PART"}
    ):
        return None
    if first.pos_ == "SCONJ" and first.lower_ not in {"that", "whether", "if"}:
        return None
    for i in range(start, min(stop, start + 25)):
        token = doc[i]
        if token.text in {";", ":"} or token.is_space or (token.text == "," and i - start < 1):
            return None
        if token.pos_ == "SCONJ" and i > start and token.lower_ in WORDS.adjuncts:
            return None
        if token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and i > start:
            end = stop
            return start, end
    return None


def _takes(rule: ReportingRule, frame: str) -> bool:
    if frame in rule.takes:
        return True
    if frame.startswith("passive:"):
        return rule.passive and _takes(rule, frame.removeprefix("passive:"))
    return frame.startswith("prep:") and frame.removeprefix("prep:") in rule.prepositions


def _is_verbal(token: Token) -> bool:
    if token.pos_ not in {"VERB", "AUX"} and token.tag_ not in _LIGHT_TAGS:
        return False
    if token.dep_ in {"amod", "compound", "aux", "aux:pass", "auxpass", "case", "flat", "cop"}:
        return False
    return not (token.ent_type_ and token.pos_ == "PROPN")


def cue_extent(verb: Token, frame: str = "") -> Piece:
    """Return the tokens of the cue: the verb with its auxiliaries, negation and particle where these are adjacent."""
    start, end = verb.i, verb.i + 1
    own = {
        t.i
        for t in verb.children
        if t.dep_ in syntax.AUXILIARIES or t.dep_ in {"advmod", "neg"} or t.lower_ in {"not", "n't", "n’t"}
    }
    while start - 1 in own:
        start -= 1
    while start < verb.i and verb.doc[start].dep_ == "advmod" and verb.doc[start].lower_ not in {"not", "n't", "never"}:
        start += 1
    particles = {t.i for t in syntax.particles(verb)}
    while end in particles:
        end += 1
    if frame.removeprefix("passive:").startswith("prep:"):
        words = frame.rpartition(":")[2].split()
        following = [t.lower_ for t in verb.doc[end : end + len(words)]]
        if following == words:
            end += len(words)
    return start, end


def _complements(verb: Token) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """Yield the verb's complements as (frame, content), the more telling first."""
    passive = is_passive(verb)
    lead = "passive:" if passive else ""
    subject = _passive_subject(verb) if passive else None
    right = [c for c in verb.children if c.i > verb.i]
    objects = [c for c in right if c.dep_ in syntax.OBJECTS or c.dep_ in syntax.INDIRECT_OBJECTS]
    clause = next((c for c in right if _is_clause(c, verb)), None)
    if clause is not None:
        yield "clause", (_clause_run(clause, verb, right),)
    elif any(o.lower_ in WORDS.free_relatives for o in objects) and not passive:
        what = next(o for o in objects if o.lower_ in WORDS.free_relatives)
        yield "clause", ((max(what.left_edge.i, verb.i + 1), what.right_edge.i + 1),)
    small = next((c for c in right if _is_small(c)), None)
    infinitive = next((c for c in right if _is_infinitive(c)), None)
    gerund = next(
        (
            c
            for c in right
            if c.dep_ in {"ccomp", "xcomp", "obj", "dobj", "advcl", "pcomp"}
            and _is_gerund(c)
            and not any(t.text in _STOPS for t in verb.doc[verb.i + 1 : c.left_edge.i + 1])
        ),
        None,
    )
    if gerund is None and verb.i + 1 < len(verb.doc) and verb.nbor().tag_ == "VBG" and verb.nbor().dep_ == "conj":
        gerund = verb.nbor()  # denied **sending**, where the parse coordinates the two
    prepositions = list(syntax.prepositionals(verb))
    as_phrase = next((p.noun for p in prepositions if p.preposition == "as" and p.noun.i > verb.i), None)
    if as_phrase is None:
        as_phrase = next(
            (
                c
                for c in right
                if c.dep_ in {"advcl", "xcomp", "obl"} and any(m.lower_ == "as" and m.i < c.i for m in c.children)
            ),
            None,
        )
    first = objects[0] if objects else None
    if as_phrase is not None and (first is not None or passive):
        if passive and subject is not None:
            yield "passive:as", (_whole(subject), _right_of(as_phrase, verb))
        elif first is not None and first.i < as_phrase.i:
            yield "as", ((max(first.left_edge.i, verb.i + 1), as_phrase.right_edge.i + 1),)
    elif (
        as_phrase is not None
        and not passive
        and as_phrase.left_edge.i > verb.i + 1
        and verb.doc[verb.i + 1].pos_ in {*syntax.NOMINALS, "DET"}
    ):
        yield "as", ((verb.i + 1, as_phrase.right_edge.i + 1),)
    elif as_phrase is not None:
        middle = next((p.noun for p in prepositions if p.preposition == "to" and p.noun.i < as_phrase.i), None)
        if middle is not None:
            yield "as", ((middle.left_edge.i + 1, as_phrase.right_edge.i + 1),)
    if not passive and verb.lower_ in VERBS.naming:
        named = _named(verb, right)
        if named is not None:
            yield "predicate", (named,)
    if small is not None and first is not None and first.i < small.i:
        yield "predicate", ((max(first.left_edge.i, verb.i + 1), small.right_edge.i + 1),)
    elif small is not None and not passive and first is None and small.tag_ == "VBG":
        yield "gerund", (_right_of(small, verb),)
    elif small is not None and not passive and first is None and small.dep_ == "xcomp":
        yield "predicate_of_subject", (_right_of(small, verb),)
    elif small is not None and passive and subject is not None:
        yield "passive:predicate", (_whole(subject), _right_of(small, verb))
    if infinitive is not None:
        for phrase in prepositions:
            if phrase.preposition in {"on", "upon"} and verb.i < phrase.noun.i < infinitive.i:
                yield "on_infinitive", ((phrase.marker.i + 1, infinitive.right_edge.i + 1),)
        lead_in = verb.doc[verb.i + 1 : infinitive.left_edge.i]
        if len(lead_in) and first is None and not passive and _is_plain_phrase(lead_in):
            yield "object_infinitive", ((verb.i + 1, infinitive.right_edge.i + 1),)
        if first is not None and first.i < infinitive.i and not passive:
            yield "object_infinitive", ((max(first.left_edge.i, verb.i + 1), infinitive.right_edge.i + 1),)
        elif passive and subject is not None:
            yield "passive:infinitive", (_whole(subject), _right_of(infinitive, verb))
        elif first is None:
            yield "infinitive", (_right_of(infinitive, verb),)
    if gerund is not None and first in {None, gerund}:
        yield lead + "gerund", (_right_of(gerund, verb),)
    if first is not None and not passive:
        pieces = _right_of(first, verb)
        if first.dep_ in syntax.OBJECTS or len(objects) == 1:
            yield "object", (pieces,)
    for phrase in prepositions:
        if phrase.noun.i > verb.i and not _is_time(phrase.noun):
            start = max(phrase.noun.left_edge.i, phrase.marker.i + len(phrase.preposition.split()))
            yield lead + "prep:" + phrase.preposition, ((start, phrase.noun.right_edge.i + 1),)
    for child in right:
        first_token = child.left_edge
        if (
            first_token.i > verb.i
            and not _is_time(child)
            and child.dep_ in {"advcl", "ccomp", "xcomp", "obl", "obj"}
            and first_token.pos_ in {"ADP", "SCONJ"}
            and first_token.i < child.i
        ):
            yield lead + "prep:" + first_token.lower_, ((first_token.i + 1, child.right_edge.i + 1),)
    if (
        verb.i + 2 < len(verb.doc)
        and verb.doc[verb.i + 1].pos_ == "ADP"
        and right
        and not _is_time(verb.doc[verb.i + 2])
    ):
        end = max(c.right_edge.i + 1 for c in right)
        if end > verb.i + 2:
            yield lead + "prep:" + verb.doc[verb.i + 1].lower_, ((verb.i + 2, end),)
    if passive and subject is not None and syntax.agents(verb):
        yield "passive:object", (_whole(subject),)


def _clause_run(clause: Token, verb: Token, right: Sequence[Token]) -> Piece:
    """Return the content clause, with what stands before it and is no adjunct of the verb where nobody is addressed.

    Parsers tear long subjects off their clause (*says the first of 12 … has returned*); a bare object before a clause
    that has no subject is such a piece.
    """
    start, end = _right_of(clause, verb)
    if not syntax.subjects(clause) and verb.lower_ not in VERBS.telling:
        for child in right:
            if child.i < clause.i and child.dep_ in {*syntax.OBJECTS, *syntax.SUBJECTS, "ccomp", "xcomp"}:
                start = min(start, max(child.left_edge.i, verb.i + 1))
                break
    first = verb.nbor() if verb.i + 1 < start else None
    if (
        first is not None
        and verb.lower_ in VERBS.saying
        and (first.is_quote or first.pos_ in {*syntax.NOMINALS, "DET", "ADJ", "CCONJ"})
        and not _is_time(first)
    ):
        start = verb.i + 1
    return start, _run_on(clause, verb, right, end)


def _run_on(clause: Token, verb: Token, right: Sequence[Token], end: int) -> int:
    """Return where a content clause ends: after adjuncts hung on the verb, before a second reporting verb."""
    for child in right:
        if child.left_edge.i < end:
            continue
        gap = verb.doc[end : child.left_edge.i]
        if any(t.text not in {",", "—", "–", "-", "--"} for t in gap) or child.dep_ in {"conj", "cc", "discourse"}:
            break
        if child.tag_ == "VBG" and len(gap):
            break
        if child.dep_ not in {
            "obl",
            "advcl",
            "advmod",
            "nmod",
            "ccomp",
            "parataxis",
            "obl:unmarked",
            "prep",
            "mark",
            "case",
            "punct",
        }:
            break
        if child.dep_ == "punct":
            continue
        if child.dep_ == "parataxis" and len(gap):
            break
        end = child.right_edge.i + 1
    for child in clause.children:
        # he said he would go **and warned** …: the parse ties the second verb to the clause, the tense to the first
        if (
            child.dep_ == "conj"
            and child.tag_ == verb.tag_ == "VBD"
            and clause.tag_ != "VBD"
            and not syntax.subjects(child)
            and child.i < end
        ):
            joint = next((t for t in child.children if t.dep_ == "cc"), None)
            return joint.i if joint is not None else child.left_edge.i
    return end


def _named(verb: Token, right: Sequence[Token]) -> Piece | None:
    """Return what a verb of naming has to its right, where that is two phrases (*called **him "a disgrace"***)."""
    parts = [
        c
        for c in right
        if c.dep_ in {*syntax.OBJECTS, *syntax.INDIRECT_OBJECTS, "xcomp", "ccomp", "parataxis", "oprd", "nsubj"}
    ]
    if not parts or parts[0].left_edge.i > verb.i + 3 or verb.doc[verb.i + 1].pos_ == "ADP":
        return None
    start, end = verb.i + 1, max(c.right_edge.i + 1 for c in parts)
    run = verb.doc[start:end]
    if (
        len(parts) < 2
        and parts[0].dep_ != "xcomp"
        and not any(t.is_quote for t in run)
        and parts[0].left_edge.i == start
    ):
        return None
    return start, end


def _is_plain_phrase(words: Span) -> bool:
    """Return whether some words are one noun phrase that the parse tied to nothing of use."""
    return (
        words[0].pos_ in {*syntax.NOMINALS, "DET", "ADJ"}
        and words[-1].pos_ in syntax.NOMINALS
        and not any(t.is_punct or t.pos_ in {"VERB", "AUX", "SCONJ"} or t.ent_type_ in {"DATE", "TIME"} for t in words)
    )


def _is_clause(child: Token, verb: Token) -> bool:
    """Return whether a right-hand child is a finite content clause of the verb."""
    if child.dep_ not in {"ccomp", "advcl", "parataxis", "xcomp", "acl", "dep", "csubj", "advcl:relcl"}:
        return False
    marks = [t for t in child.children if t.dep_ in {"mark", "advmod", "obj", "nsubj", "obl", "det"} and t.i < child.i]
    first = child.doc[max(child.left_edge.i, verb.i + 1)]
    if child.dep_ == "advcl":
        if first.lower_ == "that":
            return True
        return first.lower_ in WORDS.clause_openers and verb.lower_ in VERBS.wondering
    if any(m.lower_ in WORDS.adjuncts and m.dep_ == "mark" for m in marks):
        return False
    if child.dep_ in {"parataxis", "dep"}:
        return (
            first.i - verb.i <= 2
            and not any(t.text in _STOPS or t.is_quote for t in child.doc[verb.i + 1 : first.i + 1])
            and bool(syntax.subjects(child))
        )
    if child.dep_ in {"xcomp", "acl"}:
        return first.lower_ in {"that", "whether"} and bool(syntax.subjects(child))
    if first.lower_ == "to" and not syntax.subjects(child):
        return False
    if first.lower_ in {"that", "whether", "if"} or first.lower_ in WORDS.clause_openers:
        return True
    if syntax.subjects(child) or any(t.dep_ in {"expl", "csubj"} for t in child.children):
        return first.lower_ != "to"
    return child.dep_ == "ccomp" and syntax.is_finite(child)


def _is_infinitive(child: Token) -> bool:
    if child.dep_ not in {"xcomp", "ccomp", "advcl", "obj", "obl", "advcl:relcl", "acl"}:
        return False
    return any(
        t.lower_ in {"to", "na"} and t.i < child.i and t.dep_ in {"mark", "aux", "case"} for t in child.children
    ) and (child.pos_ in {"VERB", "AUX", "ADJ"} or child.tag_ == "VB" or any(t.dep_ == "cop" for t in child.children))


def _is_gerund(child: Token) -> bool:
    return child.tag_ == "VBG" and not any(
        t.dep_ in {"mark", "case", "aux", "nsubj"} and t.i < child.i for t in child.children
    )


def _is_small(child: Token) -> bool:
    if child.dep_ not in {"xcomp", "oprd", "ccomp"}:
        return False
    if any(t.dep_ in {"mark", "case", "aux"} and t.i < child.i for t in child.children):
        return False
    return child.pos_ in {"ADJ", "NOUN", "PROPN", "PRON", "NUM", "ADP", "ADV", "VERB"} and child.tag_ not in {
        "VBD",
        "VBZ",
        "VBP",
        "VB",
    }


def _passive_subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in syntax.PASSIVE_SUBJECTS or child.dep_ in syntax.SUBJECTS:
            return None if child.lower_ in {"it", "there"} and child.pos_ == "PRON" and "expl" in child.dep_ else child
    if verb.dep_ in {"conj", "xcomp", "aux"} and verb.head.i != verb.i:
        return next((s for s in syntax.subjects(verb.head) if s.i < verb.i), None)
    if verb.dep_ == "acl" and verb.head.i < verb.i:
        return verb.head
    return None


def _is_time(token: Token) -> bool:
    return token.ent_type_ in {"DATE", "TIME"}


def _right_of(child: Token, verb: Token) -> Piece:
    return max(child.left_edge.i, verb.i + 1), child.right_edge.i + 1


def _whole(head: Token) -> Piece:
    span = syntax.phrase(head)
    return span.start, span.end


def _with_following(verb: Token, content: tuple[Piece, ...], prepositions: Sequence[str]) -> tuple[Piece, ...]:
    """Return the object's run, drawn on over the phrases with the given prepositions (*blamed Paris for the delay*)."""
    (start, end), *rest = content
    for child in verb.children:
        if child.i < end or child.dep_ not in {"obl", "advcl", "prep", "nmod", "xcomp"}:
            continue
        first = child.left_edge
        if first.lower_ in prepositions:
            end = max(end, child.right_edge.i + 1)
    return ((start, end), *rest)


def find_noun_cue(noun: Token, lexicon: Lexicon) -> Cue | None:
    """Return the cue that a noun is with a content clause, infinitive or phrase of its own; None where it has none."""
    rules = lexicon.nouns.get(noun.lower_)
    if not rules or noun.pos_ != "NOUN":
        return None
    for frame, child in _noun_complements(noun):
        for rule in rules:
            if _takes(rule, frame):
                start = child.left_edge.i
                if frame.startswith("prep:"):
                    start += len(frame.removeprefix("prep:").split())
                end = noun.i + 1 if not frame.startswith("prep:") else max(noun.i + 1, min(start, noun.i + 3))
                return Cue(noun, noun.i, end, rule, frame, ((start, child.right_edge.i + 1),), noun_source_head(noun))
    return None


def _noun_complements(noun: Token) -> Iterator[tuple[str, Token]]:
    for child in noun.children:
        if child.i < noun.i:
            continue
        if child.dep_ in {"acl", "ccomp", "acl:relcl", "relcl", "appos", "advcl"} and child.pos_ in {
            "VERB",
            "AUX",
            "ADJ",
            "NOUN",
            "PROPN",
        }:
            first = child.left_edge
            if first.lower_ == "that" and (first.dep_ == "mark" or first.tag_ == "IN") and syntax.subjects(child):
                yield "clause", child
            elif first.lower_ == "to" and child.dep_ not in {"appos"} and child.tag_ == "VB":
                yield "infinitive", child
    for phrase in syntax.prepositionals(noun):
        if phrase.noun.i > noun.i:
            yield f"prep:{phrase.preposition}", phrase.noun


def find_adjective_cue(adjective: Token, lexicon: Lexicon) -> Cue | None:
    """Return the cue that a predicate adjective is (*is aware that*, *was critical of*), None without content."""
    rules = lexicon.adjectives.get(adjective.lower_)
    if not rules or adjective.pos_ not in {"ADJ", "VERB"}:
        return None
    for frame, child in _adjective_complements(adjective):
        for rule in rules:
            if _takes(rule, frame):
                start = child.left_edge.i if child.left_edge.i > adjective.i else adjective.i + 1
                if frame.startswith("prep:"):
                    start += 1
                copulas = [t.i for t in adjective.children if t.dep_ in {"cop", "aux"} and adjective.i - t.i <= 3]
                content = ((start, child.right_edge.i + 1),)
                return Cue(
                    adjective, min([*copulas, adjective.i]), adjective.i + 1, rule, frame, content, _holder(adjective)
                )
    return None


def _holder(adjective: Token) -> Token | None:
    subjects = syntax.subjects(adjective)
    if subjects:
        return None if subjects[0].lower_ in {"it", "there", "this", "that", "what"} else subjects[0]
    if adjective.dep_ in {"xcomp", "acomp", "ccomp", "oprd", "attr"} and syntax.is_verb(adjective.head):
        return source_head(adjective.head)
    if adjective.dep_ in {"conj", "advcl", "acl", "parataxis"}:
        return source_head(adjective) or next(iter(syntax.subjects(adjective.head)), None)
    return None


def _adjective_complements(adjective: Token) -> Iterator[tuple[str, Token]]:
    for child in adjective.children:
        if child.i < adjective.i:
            continue
        first = child.left_edge
        if child.dep_ in {"ccomp", "advcl", "csubj", "parataxis", "xcomp"}:
            if first.lower_ in {"that", "whether", "how", "why", "what"}:
                yield "clause", child
            elif first.lower_ == "to" and child.tag_ == "VB":
                yield "infinitive", child
            elif child.dep_ == "ccomp" and syntax.subjects(child):
                yield "clause", child
    for phrase in syntax.prepositionals(adjective):
        if phrase.noun.i > adjective.i:
            yield f"prep:{phrase.preposition}", phrase.noun


def reporting_clause(verb: Token, limit: int) -> Piece:
    """Return the run of a reporting clause that stands by itself (*, two officials said on Monday,*).

    It reaches from the subject or verb, whichever is first, to the next punctuation after both; `limit` is the first
    token that it must not reach.
    """
    start, last = verb.i, verb.i
    subject = own_subject(verb)
    if subject is not None and subject.i < verb.i:
        start = subject.left_edge.i
    elif subject is not None:
        last = max(last, syntax.phrase(subject).end - 1)
    for child in verb.children:
        if child.dep_ in syntax.AUXILIARIES or (child.dep_ in {"mark", "advmod"} and 0 < verb.i - child.i <= 6):
            start = min(start, child.i)
    end = last + 1
    doc = verb.doc
    while start < verb.i and (doc[start].is_punct or doc[start].is_quote):
        start += 1
    while end < limit and doc[end].text not in _STOPS and not doc[end].is_quote and "\n" not in doc[end].text:
        end += 1
    return start, end


def trimmed(doc: Doc, piece: Piece) -> Piece | None:
    """Return the run without blanks and punctuation hanging over its ends; quote marks and brackets that pair stay."""
    start, end = piece
    while start < end and (doc[start].is_space or (doc[start].is_punct and not _opens(doc[start]))):
        start += 1
    while end > start and (doc[end - 1].is_space or (doc[end - 1].is_punct and not _closes(doc, start, end - 1))):
        end -= 1
    return (start, end) if end > start else None


def _opens(token: Token) -> bool:
    return token.is_quote or token.is_left_punct or token.text in {"''", "``"}


def _closes(doc: Doc, start: int, at: int) -> bool:
    token = doc[at]
    if token.text in {"?", "!"}:
        return False
    if token.text in {")", "]"}:
        return any(t.text in {"(", "["} for t in doc[start:at])
    return (token.is_quote or token.text == "''") and any(_opens(t) for t in doc[start:at])


def span(doc: Doc, piece: Piece) -> Span:
    """Return the run as a span."""
    return doc[piece[0] : piece[1]]
