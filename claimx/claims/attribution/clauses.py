"""Content clauses: whether a verb governs one, and which words are in it, where parsers err most."""

from collections.abc import Sequence

from spacy.tokens import Token

from claimx.claims.attribution.meaning import FAIR, role
from claimx.claims.attribution.runs import STOPS, Content, Piece, is_time, right_of
from claimx.claims.attribution.sources import is_passive, noun_class, own_subject
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax
from claimx.rules.lexicon import Lexicon

_PARTING = frozenset({",", "—", "–", "―", "--"})
_INSERTED_MAX = 14  # tokens between commas, after a verb of saying and before *that*


def is_clause(child: Token, verb: Token) -> bool:
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
            and not any(t.text in STOPS or t.is_quote for t in child.doc[verb.i + 1 : first.i + 1])
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
    if child.dep_ != "ccomp":
        return False
    # *allege the cook **fled** to Rome*, the cook taken for whom they tell
    torn = any(c.dep_ in syntax.INDIRECT_OBJECTS and verb.i < c.i < child.i for c in verb.children)
    return syntax.is_finite(child) or (torn and child.tag_ == "VBN" and verb.lower_ not in VERBS.telling)


def is_hung_on(child: Token) -> bool:
    """Return whether a clause is what somebody is told, although the parse ties it to him (*told a **court** that*)."""
    marked = any(c.lower_ == "that" and c.dep_ == "mark" and c.i == child.left_edge.i for c in child.children)
    return child.dep_ == "acl" and marked and bool(syntax.subjects(child))


def clause_run(clause: Token, verb: Token, right: Sequence[Token]) -> Piece:
    """Return the content clause, with what stands before it and is no adjunct of the verb where nobody is addressed.

    Parsers tear long subjects off their clause (*says the first of 12 … has returned*); a bare object before a clause
    that has no subject is such a piece.
    """
    start, end = right_of(clause, verb)
    end = min(end, max(_host_start(verb), clause.i + 1))
    start = _after_time(clause, start)
    host = _own_clause(clause, verb)
    if host is not None:
        return start, host
    that = next((c.i for c in clause.children if c.lower_ == "that" and c.dep_ == "mark" and c.i < clause.i), start)
    if verb.doc[start].pos_ == "ADP" and start < that:
        return that, _run_on(clause, verb, right, end)  # said **on the radio** that …
    if not syntax.subjects(clause) and verb.lower_ not in VERBS.telling:
        for child in right:
            subject = {*syntax.OBJECTS, *syntax.INDIRECT_OBJECTS, *syntax.SUBJECTS}
            if child.i < clause.i and child.dep_ in {*subject, "ccomp", "xcomp"}:
                start = min(start, max(child.left_edge.i, verb.i + 1))
                break
    first = verb.nbor() if verb.i + 1 < start else None
    if (
        first is not None
        and verb.lower_ in VERBS.saying
        and (first.is_quote or first.pos_ in {*syntax.NOMINALS, "DET", "ADJ", "CCONJ"})
        and (not is_time(first) or first.nbor().tag_ == "POS")
    ):
        start = verb.i + 1
    return start, _run_on(clause, verb, right, end)


def _after_time(clause: Token, start: int) -> int:
    """Return where a clause begins after the time at which it was told (*told aides **this week** | he would go*)."""
    for child in clause.children:
        edge = child.right_edge.i + 1
        bare = child.left_edge.i == start and not any(c.dep_ == "case" for c in child.children)
        timed = is_time(child) or noun_class(child) == "time"
        if bare and timed and child.dep_ not in syntax.SUBJECTS and edge < clause.i and clause.doc[edge].text != ",":
            return edge
    return start


def second_saying(verb: Token, piece: Piece, speaker: Token | None, lexicon: Lexicon) -> int:
    """Return where what is said ends: before a second reporting verb of the same speaker (*said … **and warned** …*).

    The parse ties such a verb to the clause; by its semantic roles it is the first speaker's.
    """
    doc, (start, end) = verb.doc, piece
    if speaker is None:
        return end
    for token in doc[max(start, verb.i + 1) + 1 : end]:
        if (
            token.dep_ != "conj"
            or not (token.tag_ == verb.tag_ or syntax.is_finite(token))
            or token.lower_ not in lexicon.verbs
        ):
            continue
        joint = next((c for c in token.children if c.dep_ == "cc" and c.i < token.i), None)
        said_by = role(token, "ARG0", FAIR)
        if joint is not None and joint.i > start and said_by is not None and said_by.i == speaker.i:
            return joint.i
    return end


def _own_clause(clause: Token, verb: Token) -> int | None:
    """Return where the content of a participle ends, if the parse takes the main clause after it for its head.

    *A report showing that he left, **the minister told parliament that …***.
    """
    if verb.tag_ not in {"VBG", "VBN"} or verb.dep_ not in {"acl", "advcl"}:
        return None
    for child in clause.children:
        end = child.right_edge.i + 1
        if child.dep_ in {"ccomp", "parataxis"} and verb.i < child.i and end < clause.i and verb.doc[end].text == ",":
            return end
    return None


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
        apart = len(gap) or child.left_edge.is_punct
        if child.dep_ == "ccomp" and apart and child.right_edge.i == child.i and syntax.subjects(child):
            break  # *said they had left, the station **has learned***
        end = child.right_edge.i + 1
    end = _with_second_clause(clause, verb, end)
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


def _with_second_clause(clause: Token, verb: Token, end: int) -> int:
    """Return where the content ends with a further clause that the parse ties to the verb (*… **and that** they left*).

    It goes on with *that*, with a modal and no subject, or with the same pronoun (*says **she** hopes, but **she** …*).
    """
    first = next((s for s in syntax.subjects(clause) if s.pos_ == "PRON"), None)
    for child in verb.children:
        start = child.left_edge.i
        if child.dep_ != "conj" or start < end or any(t.text not in {",", "and", "but"} for t in verb.doc[end:start]):
            continue
        subject = next((s for s in syntax.subjects(child) if s.i < child.i), None)
        marked = any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children)
        words = [t for t in verb.doc[start : child.i + 1] if t.text not in {",", "and", "but"}]
        modal = subject is None and next(iter(words), child).tag_ == "MD"
        same = subject is not None and first is not None and subject.lower_ == first.lower_
        if marked or modal or same:
            return child.right_edge.i + 1
    return end


def torn_clause(verb: Token, frame: str) -> Piece | None:
    """Return the rest of the sentence where a clause follows a verb of saying but the parse ties it elsewhere."""
    doc, stop = verb.doc, _host_start(verb)
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
    elif frame == "object" and verb.lower_ not in VERBS.saying and not _is_subject(hearer):
        return None
    if verb.lower_ in VERBS.saying:
        start = _after_insertion(verb, start, stop)
    while start < stop and doc[start].pos_ == "ADV" and doc[start].dep_ == "advmod":
        if doc[start].lower_ in WORDS.adjuncts:
            return None  # *wrote **when** they had left*
        start += 1
    first = doc[start] if start < stop else None
    if first is not None and first.is_quote and verb.lower_ in VERBS.saying:  # said **"two boats" from Tunis had** sunk
        close = next((i for i in range(start + 2, min(stop - 1, start + 8)) if doc[i].is_quote), None)
        first = doc[close + 1] if close is not None else None
        return (start, stop) if first is not None and _begins_predicate(first, stop) else None
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
    if is_time(first) and first.nbor().text == ",":
        return None  # …, he said **Friday**, adding that it had been open
    for i in range(start, min(stop, start + 25)):
        token = doc[i]
        if token.text in {";", ":"} or token.is_space or (token.text == "," and i - start < 1):
            return None
        if token.pos_ == "SCONJ" and i > start and token.lower_ in WORDS.adjuncts:
            return None
        if token.pos_ in {"VERB", "AUX"} and token.tag_ in syntax.FINITE_TAGS and i > start:
            set_off = any(t.text == "," for t in doc[start:i])  # *as he went on home, the crowd **left***
            main = set_off and (token.is_ancestor(verb) or token.head.is_ancestor(verb))
            return None if main or _is_second_verb(token, verb) else (start, stop)
    return None


def meant_clause(verb: Token) -> tuple[Piece, Token] | None:
    """Return what is said and the head of who says it by the verb's semantic roles, where the parse lost the clause.

    *Some **believe** the weight of the cars shows …*: parsed as if the belief showed.
    """
    if not syntax.is_finite(verb):
        return None
    speaker, said = role(verb, "ARG0", FAIR), role(verb, "ARG1", FAIR)
    if speaker is None or said is None or not speaker.i < verb.i < said.i:
        return None
    own = [c for c in said.children if c.dep_ in syntax.SUBJECTS and verb.i < c.i < said.i]
    openers = {c.lower_ for c in said.children if c.dep_ in {"mark", "advmod"} and verb.i < c.i < said.i}
    if openers & WORDS.adjuncts and "that" not in openers:
        return None  # *wrote angrily **when** they had left*: then, not that
    verbs = (said, *(c for c in said.children if c.i < said.i))
    if not own or not any(t.tag_ in syntax.FINITE_TAGS for t in verbs):
        return None
    that = next((c.i for c in said.children if c.lower_ == "that" and verb.i < c.i < own[0].i), own[-1].left_edge.i)
    return (max(that, verb.i + 1), said.right_edge.i + 1), speaker


def _after_insertion(verb: Token, start: int, stop: int) -> int:
    """Return where *that* begins after words set off by commas (*said, citing officials, | **that** they had left*)."""
    doc = verb.doc
    if start >= stop or doc[start].text != ",":
        return start
    for i in range(start + 1, min(stop - 1, start + _INSERTED_MAX)):
        if doc[i].tag_ in syntax.FINITE_TAGS or doc[i].is_quote:
            break
        if doc[i].text == "," and doc[i + 1].lower_ == "that":
            return i + 1
    return start


def _host_start(verb: Token) -> int:
    """Return where a sentence goes on with its main clause (*showing that he left, | the mayor spoke*)."""
    root = verb.sent.root
    opening = {c.lower_ for c in verb.children if c.i < verb.i and c.dep_ in {"mark", "advmod"}}
    under = verb.tag_ == "VBG" or bool(opening & WORDS.adjuncts)
    subject = own_subject(root) if under and root.i > verb.i else None
    if subject is not None and subject.left_edge.i - 1 > verb.i and verb.doc[subject.left_edge.i - 1].text in _PARTING:
        return subject.left_edge.i - 1
    return verb.sent.end


def _is_subject(noun: Token | None) -> bool:
    """Return whether a noun that the parse calls an object stands before its verb (*stress **safety must** win*)."""
    end = noun.right_edge.i + 1 if noun is not None else 0
    return (
        noun is not None
        and end < len(noun.doc)
        and (noun.doc[end].tag_ == "MD" or noun.doc[end].lower_ in {"is", "are", "was", "were"})
    )


def _begins_predicate(first: Token, stop: int) -> bool:
    """Return whether a finite verb follows before the next mark, with what a quotation before it names as subject."""
    for token in first.doc[first.i : stop]:
        if token.text in STOPS or token.is_quote or token.pos_ == "SCONJ":
            return False
        if token.tag_ in syntax.FINITE_TAGS:
            return True
    return False


def _is_second_verb(token: Token, verb: Token) -> bool:
    """Return whether a finite verb goes on with another's subject, or with a clause beside its own (*met and left*)."""
    beside = token.dep_ == "conj" and token.head.i == verb.i
    return beside and verb.lower_ not in VERBS.saying


def gapped_clause(verb: Token) -> Content | None:
    """Return what is said in a relative clause around its verb (***which** he said **was sold in May***)."""
    doc = verb.doc
    after = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    if after is None or after.tag_ not in syntax.FINITE_TAGS or not syntax.is_finite(verb):
        return None
    subject = own_subject(verb)
    if subject is None or subject.i > verb.i or subject.left_edge.i == 0:
        return None
    pronoun = doc[subject.left_edge.i - 1]
    if pronoun.lower_ not in {"which", "that", "who", "what", "whom"}:
        return None
    inner = next((c for c in verb.children if c.i > verb.i and c.dep_ in {"ccomp", "xcomp", "parataxis"}), None)
    end = inner.right_edge.i + 1 if inner is not None else verb.right_edge.i + 1
    while inner is None and end < verb.sent.end and doc[end].text not in STOPS:
        end += 1
    return (pronoun.i, pronoun.i + 1), (verb.i + 1, end)
