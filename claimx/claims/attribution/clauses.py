"""Content clauses: whether a verb governs one, and which words are in it, where parsers err most."""

from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from claimx.claims.attribution.meaning import FAIR, role
from claimx.claims.attribution.reading import DASHES
from claimx.claims.attribution.runs import STOPS, Content, Piece, is_time, right_of
from claimx.claims.attribution.sources import is_passive, noun_class, own_subject
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR
from claimx.rules.lexicon import Lexicon

_PARTING = frozenset({",", *DASHES})
_RUNNING_ON = frozenset(
    {"obl", "obl:unmarked", "advcl", "advmod", "nmod", "ccomp", "parataxis", "prep", "mark", "case"}
)  # fmt: skip
_CLAUSAL = frozenset({"expl", "csubj"})
_INSERTED_MAX = 14  # tokens between commas, after a verb of saying and before *that*
_VERB_MAX = 25  # tokens from where a clause begins to its verb


def is_clause(child: Token, verb: Token) -> bool:
    """Return whether a right-hand child is a finite content clause of the verb."""
    if child.dep_ not in {"ccomp", "advcl", "parataxis", "xcomp", "acl", "dep", "csubj", "advcl:relcl"}:
        return False
    first = child.doc[max(child.left_edge.i, verb.i + 1)]
    if child.dep_ == "advcl":
        asked = first.lower_ in WORDS.clause_openers and verb.lower_ in VERBS.wondering
        return asked or first.lower_ == "that"
    if any(t.dep_ == "mark" and t.i < child.i and t.lower_ in WORDS.adjuncts for t in child.children):
        return False
    if child.dep_ in {"parataxis", "dep"}:
        close = first.i - verb.i <= 2 and not any(t.text in STOPS for t in child.doc[verb.i + 1 : first.i + 1])
        return close and bool(syntax.subjects(child))
    if child.dep_ in {"xcomp", "acl"}:
        return first.lower_ in {"that", "whether"}
    if first.lower_ == "to":
        return False
    if first.lower_ in {"that", *WORDS.clause_openers} or syntax.subjects(child):
        return True
    return (child.dep_ == "ccomp" and syntax.is_finite(child)) or any(t.dep_ in _CLAUSAL for t in child.children)


def clause_run(clause: Token, verb: Token, right: Sequence[Token]) -> Piece:
    """Return the content clause, with what stands before it and is no adjunct of the verb where nobody is addressed.

    Parsers tear long subjects off their clause (*says the first of 12 … has returned*); a bare object before a clause
    that has no subject is such a piece.
    """
    start, end = right_of(clause, verb)
    end = min(end, max(_host_start(verb), clause.i + 1))
    if verb.doc[start].lower_ == "that" and start > verb.i + 1:
        return start, _run_on(clause, verb, right, end)  # *said last week **that** …*
    start = _after_time(clause, start)
    that = next((c.i for c in clause.children if c.lower_ == "that" and c.dep_ == "mark"), start)
    if verb.doc[start].pos_ == "ADP" and start < that:
        return that, _run_on(clause, verb, right, end)  # said **on the radio** that …
    if not syntax.subjects(clause) and verb.lower_ not in VERBS.telling:
        for child in right:
            subject = {*syntax.OBJECTS, *syntax.INDIRECT_OBJECTS, *syntax.SUBJECTS}
            if child.i < clause.i and child.dep_ in {*subject, "ccomp", "xcomp"}:
                start = min(start, max(child.left_edge.i, verb.i + 1))
                break
    if verb.i + 1 < start and verb.lower_ in VERBS.saying:
        first = verb.nbor()
        if first.pos_ in {*syntax.NOMINALS, "DET", "ADJ", "CCONJ"} and not is_time(first):
            start = first.i
    return start, _run_on(clause, verb, right, end)


def _after_time(clause: Token, start: int) -> int:
    """Return where a clause begins after the time at which it was told (*told aides **this week** | he would go*)."""
    words = takewhile(lambda token: token.lower_ in GRAMMAR.day_parts | {"on"}, clause.doc[start : clause.i])
    opened = sum(1 for _ in words)  # *said **late on Friday** | they would go*
    for child in clause.children if opened else ():
        if child.i == start + opened and is_time(child):
            return child.right_edge.i + 1
    for child in clause.children:
        bare = child.left_edge.i == start and not any(c.dep_ == "case" for c in child.children)
        timed = is_time(child) or noun_class(child) == "time"
        if bare and timed and child.dep_ not in syntax.SUBJECTS:
            return child.right_edge.i + 1
    return start


def second_saying(verb: Token, piece: Piece, speaker: Token | None, lexicon: Lexicon) -> int:
    """Return where what is said ends: before a second reporting verb of the same speaker (*said … **and warned** …*).

    The parse ties such a verb to the clause; by its semantic roles it is the first speaker's.
    """
    doc, (start, end) = verb.doc, piece
    if speaker is None:
        return end
    for token in doc[max(start, verb.i + 1) + 1 : end]:
        if token.dep_ != "conj" or token.lower_ not in lexicon.verbs:
            continue
        if token.tag_ != verb.tag_ and not syntax.is_finite(token):
            continue
        joint = next((c for c in token.children if c.dep_ == "cc"), None)
        said_by = role(token, "ARG0", FAIR)
        if joint is not None and said_by is not None and said_by.i == speaker.i:
            return joint.i
    return end


def _run_on(clause: Token, verb: Token, right: Sequence[Token], end: int) -> int:
    """Return where a content clause ends: after adjuncts hung on the verb, before a second reporting verb."""
    for child in right:
        if child.left_edge.i < end or child.dep_ == "punct":
            continue
        gap = verb.doc[end : child.left_edge.i]
        if child.dep_ not in _RUNNING_ON or any(t.text not in _PARTING for t in gap):
            break
        if child.dep_ == "parataxis" and len(gap):
            break
        end = child.right_edge.i + 1
    end = _with_second_clause(clause, verb, end)
    for child in clause.children:
        # he said he would go **and warned** …: the parse ties the second verb to the clause, the tense to the first
        if (
            child.dep_ == "conj"
            and child.tag_ == verb.tag_ == "VBD"
            and clause.tag_ != "VBD"
            and not syntax.subjects(child)
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
        modal = subject is None and any(c.tag_ == "MD" for c in child.children)
        marked = any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children)
        again = child.lower_ in VERBS.saying  # *asks whether he would go, **and he insisted** that …*
        same = subject is not None and first is not None and subject.lower_ == first.lower_ and not again
        if marked or modal or same:
            return child.right_edge.i + 1
    return end


def torn_clause(verb: Token, frame: str) -> Piece | None:
    """Return the rest of the sentence where a clause follows a verb of saying but the parse ties it elsewhere."""
    doc, stop = verb.doc, _host_start(verb)
    start = _torn_start(verb, frame, stop)
    if start is None or start >= stop:
        return None
    if doc[start].is_quote and verb.lower_ in VERBS.saying:  # said **"two boats" from Tunis had** sunk
        close = next((i for i in range(start + 2, min(stop - 1, start + 8)) if doc[i].is_quote), stop)
        rest = takewhile(lambda token: token.text not in STOPS, doc[close + 1 : stop])
        return (start, stop) if any(token.tag_ in syntax.FINITE_TAGS for token in rest) else None
    if not _may_open(doc[start]):
        return None
    torn = _first_finite(doc[start : min(stop, start + _VERB_MAX)])
    if torn is None:
        return None
    set_off = any(t.text == "," for t in doc[start : torn.i])  # *as he went on home, the crowd **left***
    main = set_off and (torn.is_ancestor(verb) or torn.head.is_ancestor(verb))
    second = torn.dep_ == "conj" and torn.head.i == verb.i  # *met and **left***
    return None if main or second else (start, stop)


def _first_finite(words: Span) -> Token | None:
    """Return the first finite verb of a clause, None where another clause or what is no prose begins before it."""
    for token in words:
        if token.text in {";", ":"} or token.is_space or (token.pos_ == "SCONJ" and token.lower_ in WORDS.adjuncts):
            return None
        if syntax.is_verb(token) and token.tag_ in syntax.FINITE_TAGS:
            return token
    return None


def _torn_start(verb: Token, frame: str, stop: int) -> int | None:
    """Return where a clause would begin that the parse lost, None where the verb can have none."""
    doc, start, subject = verb.doc, verb.i + 1, own_subject(verb)
    if not (syntax.is_finite(verb) or verb.tag_ in {"VBG", "VB"}) or is_passive(verb):
        return None
    if subject is not None and subject.i > verb.i:
        return None
    labels = {*syntax.OBJECTS, *syntax.INDIRECT_OBJECTS}
    after = next((c for c in verb.children if c.i > verb.i and c.dep_ in labels), None)
    if after is not None and verb.lower_ in VERBS.telling:
        start = after.right_edge.i + 1
        if start >= stop or doc[start].lower_ != "that":
            return None
    elif verb.lower_ in VERBS.saying:
        start = _after_insertion(verb, start, stop)
    elif frame == "object" and not _is_subject(after):
        return None
    while start < stop and doc[start].pos_ == "ADV" and doc[start].dep_ == "advmod":
        if doc[start].lower_ in WORDS.adjuncts:
            return None  # *wrote **when** they had left*
        start += 1
    return start


def _may_open(first: Token) -> bool:
    """Return whether a word may open a clause without a mark or conjunction before it."""
    if first.is_punct or first.is_space or first.pos_ in {"ADP", "CCONJ", "AUX", "VERB", "PART"}:
        return False
    if first.pos_ == "SCONJ":
        return first.lower_ in {"that", "whether", "if"}
    return not (is_time(first) and first.nbor().text == ",")  # …, he said **Friday**, adding that it had been open


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
    if not own:
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


def opened_clause(doc: Doc, aside: Piece, sent: Piece) -> Piece | None:
    """Return the rest of the clause in whose opening an aside stands, of which alone it reports; None elsewhere.

    *the island where, **he said**, they had hidden; they left Oslo and, **he said**, reached Rome; they struck him,
    then, **he said**, fled*
    """
    start, end = aside
    if start - 2 <= sent[0] or doc[start - 1].text != "," or end >= sent[1] or doc[end].text != ",":
        return None
    opener = doc[start - 2]
    if opener.tag_ == "CC" or (opener.lower_ == "then" and doc[opener.i - 1].text in {",", "and"}):
        return end, sent[1]
    if opener.tag_ not in {"WDT", "WP", "WP$", "WRB"}:
        return None
    clause = next((a for a in opener.ancestors if a.dep_ in syntax.RELATIVES and a.right_edge.i > end), None)
    return end, min(clause.right_edge.i + 1, sent[1]) if clause is not None else sent[1]


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


def gapped_clause(verb: Token) -> Content | None:
    """Return what is said in a relative clause around its verb (***which** he said **was sold in May***)."""
    doc = verb.doc
    after = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    if after is None or after.tag_ not in syntax.FINITE_TAGS or not syntax.is_finite(verb):
        return None
    subject = own_subject(verb)
    if subject is None or subject.left_edge.i == 0:
        return None
    pronoun = doc[subject.left_edge.i - 1]
    if pronoun.lower_ not in {"which", "that", "who", "what", "whom"}:
        return None
    inner = next((c for c in verb.children if c.i > verb.i and c.dep_ in {"ccomp", "xcomp", "parataxis"}), None)
    end = inner.right_edge.i + 1 if inner is not None else verb.right_edge.i + 1
    while inner is None and end < verb.sent.end and doc[end].text not in STOPS:
        end += 1
    return (pronoun.i, pronoun.i + 1), (verb.i + 1, end)
