"""Which attributions are sayings: somebody's words or stand, with content of their own, not a topic or an act."""

from typing import TYPE_CHECKING, Final, Literal

from spacy.tokens import Span, Token

from claimx.claims.attribution.meaning import FAIR, is_done, role
from claimx.claims.attribution.sources import has_voice, noun_class
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax
from claimx.rules.grammar import GRAMMAR
from claimx.rules.lexicon import Lexicon

if TYPE_CHECKING:
    from claimx.claims.attribution.attributions import Attributed

_SOLID: Final = frozenset({"place", "object", "vehicle", "substance", "weapon", "plant"})
_DONE: Final = 0.1
_DONE_UNSAID: Final = 0.12  # for wishes, judgments and topics, of which less is sure
_FEW: Final = 2  # tokens of an infinitive with nothing to it (*to do*)
_NOT_STATING: Final = frozenset({"DET", "PRON", "PUNCT", "SPACE", "PART", "ADP"})
_ARGUMENTS: Final = frozenset({"nmod", "acl", "acl:relcl", "relcl", "obl", "prep", "advcl", "ccomp"})
_CLAUSES: Final = frozenset({"acl", "acl:relcl", "relcl", "advcl", "ccomp", "xcomp"})
_DUE: Final = frozenset({"should", "must"})
_POSSIBLE: Final = frozenset({"can", "could", "may", "might"})
_SOMEBODIES: Final = frozenset({"person", "organization", "animal"})
_ANYBODY: Final = frozenset({"anyone", "anybody", "someone", "whoever", "you"})


def told_as(attributed: "Attributed", lexicon: Lexicon) -> Literal["saying", "view", ""]:
    """Return as what an attribution belongs on a list of who says what, "" where it does not.

    It is a saying where somebody who can speak says, at least by implication, something: a clause, a quotation, or a
    phrase that states something by itself. *Zeroed in on the gap* names a topic, *those hoping to leave* describes
    people, *should reject the advice* and *a chance to remind them* tell of no saying that was done. Else it may be a
    view. What is in doubt stays out; it may still be the source of a claim.
    """
    if attributed.type == "direct":
        return "saying"
    if not _has_teller(attributed, lexicon):
        return ""
    if attributed.source is None or _is_said(attributed):
        return "saying"
    return "view" if _is_view(attributed) else ""


def _is_said(attributed: "Attributed") -> bool:
    cue = attributed.cue.root
    if _is_undone(attributed, cue) or _is_deed(attributed, cue):
        return False
    phrase = attributed.frame.rpartition(":")[0].endswith("prep") or attributed.frame == "object"
    return not phrase or attributed.type == "mixed" or _states(attributed)


def _is_view(attributed: "Attributed") -> bool:
    """Return whether words tell of somebody's stance to a thing, or of what he takes up.

    *Backed the delay, praised the order, discussed the plan*, but not *attacked the depot*.
    """
    if attributed.mode == "topic":
        return True
    taken = attributed.mode == "judgment" or attributed.cue.root.lower_ in VERBS.acting
    return attributed.frame == "object" and taken and noun_class(attributed.content[0].root) not in _SOLID


def _has_teller(attributed: "Attributed", lexicon: Lexicon) -> bool:
    """Return whether something is told of by somebody who can say things, or is put to somebody by nobody named."""
    cue = attributed.cue.root
    if attributed.mode == "evidence" or _is_of_a_thing(attributed, lexicon):
        return False
    if attributed.source is None:
        # *asked whether it sank; is accused of theft*
        return cue.lower_ in VERBS.putting and cue.tag_ in {"VBD", "VBN"}
    if attributed.source[0].lower_ in WORDS.nobody:
        return False
    clausal = attributed.says and attributed.frame in {"clause", "quote", "host"}
    speaks = attributed.named is not None and has_voice(attributed.named, attributed.kind)
    if not speaks and (not clausal or cue.lower_ in VERBS.showing or cue.tag_ == "VBG"):
        return False
    if attributed.type == "indirect" and attributed.content[0][0].lower_ in GRAMMAR.reflexives:
        return False  # *found **itself** on a reef*
    return attributed.source.text.lower() not in _ANYBODY


def _is_of_a_thing(attributed: "Attributed", lexicon: Lexicon) -> bool:
    """Return whether what the parse takes for a clause is a thing with a clause to it (*found **a firm** …*).

    By the semantic roles; a noun that itself names something said or thought is none (*voiced **fears** that …*).
    """
    cue = attributed.cue.root
    if cue.pos_ != "VERB" or attributed.frame != "clause" or attributed.type != "indirect":
        return False
    said, told = role(cue, "ARG1", FAIR), role(cue, "ARG2", FAIR)
    if said is None and told is not None and attributed.holds(told):
        return True  # *told **the crew**, after the mast had broken*
    if said is None or any(rule.mode != "evidence" for rule in lexicon.nouns.get(said.lower_, ())):
        return False
    named = said.pos_ in {"NOUN", "PROPN"} or said.lower_ in WORDS.contentless
    return said.head.i == cue.i and said.dep_ in {*syntax.OBJECTS, "obl"} and named


def _is_undone(attributed: "Attributed", cue: Token) -> bool:
    """Return whether a saying is only possible or due, or, if no plain saying, marks somebody out."""
    says, indirect = attributed.says, attributed.type == "indirect"
    if indirect and not is_done(cue, _DONE if says else _DONE_UNSAID):
        return True
    if _is_brought_about(attributed, cue):
        return True
    if attributed.rule == "show" and cue.tag_ == "VBG":
        return True  # *Lee left, **showing** that …*
    if _is_supposed(cue):
        return indirect or not says
    modals = {c.lower_ for c in cue.children if c.tag_ == "MD"}
    if modals & _DUE or (modals & _POSSIBLE and not says):
        return True  # *limits that **could** be confirmed by inspectors*
    if cue.tag_ == "VB" and not modals and not any(c.lemma_ == "do" for c in cue.children):
        return _is_unsaid(cue, says)
    return not says and _is_in_passing(attributed, cue)


def _is_unsaid(infinitive: Token, says: bool) -> bool:
    """Return whether an infinitive is something to be said, or that somebody is brought to say."""
    let = infinitive.head.lower_ in VERBS.letting and infinitive.dep_ in {"ccomp", "xcomp"}  # *it let them know that …*
    return let or infinitive.dep_ in {"acl", "ROOT"} or (infinitive.dep_ == "advcl" and not says)


def _is_supposed(cue: Token) -> bool:
    """Return whether a saying is only supposed or prevented (***if** he can show that …; kept **from** saying*)."""
    marks = {c.lower_ for c in (*cue.children, *(cue.head.children if cue.dep_ == "conj" else ()))}
    return bool(marks & WORDS.supposing) or (cue.tag_ == "VBG" and "from" in marks)


def _is_in_passing(attributed: "Attributed", cue: Token) -> bool:
    """Return whether words that are no plain saying only describe somebody, are not said, or stand beside a deed."""
    if attributed.mode in {"intention", "topic"} and _marks_out(attributed, cue):
        return True
    phrasal = "prep:" in attributed.frame
    if (phrasal or attributed.frame in {"clause", "object"}) and any(c.lower_ in syntax.NOT_EVER for c in cue.children):
        return True  # *did not respond to requests; do not know what she wants*
    if attributed.mode != "topic" or cue.tag_ != "VBG" or cue.dep_ != "advcl":
        return False
    cites = cue.lower_ in VERBS.quoting
    return attributed.content[0].root.lemma_ in WORDS.relay_nouns if cites else phrasal  # *citing a statement*


def _is_brought_about(attributed: "Attributed", cue: Token) -> bool:
    """Return whether a thing is seen to, or somebody awaited (*made **sure** it sank; Lee, **expected** to speak*)."""
    if attributed.mode not in {"intention", "thought"}:
        return False
    if cue.pos_ == "ADJ":
        return cue.lower_ in {"sure", "certain"} and cue.head.lower_ in VERBS.letting
    return cue.tag_ == "VBN" and not any(c.pos_ == "AUX" for c in cue.children)


def _is_deed(attributed: "Attributed", cue: Token) -> bool:
    """Return whether words tell what is done, sought or willed, and quote nobody (***backed** the delay*)."""
    if attributed.type == "mixed" or attributed.says:
        return False
    if attributed.frame == "infinitive":
        verbal = cue.pos_ in {"VERB", "AUX"}
        willed = cue.pos_ == "ADJ" or cue.lower_ in (VERBS.willing if verbal else WORDS.willed)
        return willed and not (verbal and _is_declared(attributed, cue))
    judged = attributed.frame == "object" and attributed.mode == "judgment"
    if judged and noun_class(attributed.content[0].root) in _SOLID:
        return True  # *attacked the depot*
    return (attributed.frame == "object" or "prep:" in attributed.frame) and cue.lower_ in VERBS.acting


def _is_declared(attributed: "Attributed", cue: Token) -> bool:
    """Return whether somebody's plan or wish stands as now declared (*Lee **plans** to mend the quay*).

    What somebody wanted, or did not want, is told of him by who writes.
    """
    spoken = attributed.kind in {"person", "officials", "organisation"}
    polite = cue.lower_ == "like" and any(c.lower_ == "would" for c in cue.children)
    declared = polite or (cue.tag_ == "VBZ" and cue.lower_ in VERBS.planning)
    return declared and spoken and len(attributed.content[0]) > _FEW


def _marks_out(attributed: "Attributed", cue: Token) -> bool:
    """Return whether the words only tell of whom the article speaks (***those who want to leave** are few*)."""
    source = attributed.source
    if source is None or attributed.kind in {"document", "outlet"}:
        return False  # *a plan that outlines a way out*
    return source.text.lower() in WORDS.relative_pronouns


def _after(parent: Token, phrase: Span) -> list[Token]:
    """Return what hangs on a word after a phrase's head, within the phrase."""
    return [c for c in parent.children if phrase.root.i < c.i < phrase.end]


def _is_somebody(noun: Token) -> bool:
    """Return whether a noun names people, of whom to praise or to accuse them says nothing yet."""
    return noun.pos_ in {"PRON", "PROPN"} or noun_class(noun) in _SOMEBODIES


def _states(attributed: "Attributed") -> bool:
    """Return whether a noun phrase states something, by what hangs on it or by what is thought of it."""
    phrase = attributed.content[0]
    head = phrase.root
    own, beside = _after(head, phrase), _after(attributed.cue.root, phrase)
    judged = attributed.mode in {"judgment", "topic"} or attributed.stance == "doubtful"
    if head.pos_ in {"VERB", "AUX"}:
        return True
    if attributed.frame == "object" and judged and _is_somebody(head):
        return any(c.dep_ in _CLAUSES or c.left_edge.lower_ in WORDS.charging for c in (*beside, *own))
    if any(c.dep_ in _ARGUMENTS for c in own):
        felt = attributed.frame == "prep:of" and attributed.mode in {"thought", "judgment"}
        # *is critical of the gap; focused on the gap; referred to the gap*
        return not felt and attributed.frame not in {"prep:on", "prep:to"}
    if attributed.mode == "request" and attributed.frame == "prep:for":
        return head.pos_ == "NOUN"  # *called for his dismissal*
    if attributed.frame != "object":
        return False
    if any(c.dep_ in _ARGUMENTS for c in beside):
        return True  # *accused **him of theft***
    return not attributed.says or (head.pos_ != "PROPN" and sum(t.pos_ not in _NOT_STATING for t in phrase) > 1)
