"""Which attributions are sayings: somebody's words or stand, with content of their own, not a topic or an act."""

from typing import TYPE_CHECKING, Final

from spacy.tokens import Span, Token

from claimx.claims.attribution.meaning import FAIR, role
from claimx.claims.attribution.sources import antecedent, has_voice, noun_class
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax
from claimx.rules.lexicon import Lexicon

if TYPE_CHECKING:
    from claimx.claims.attribution.attributions import Attributed

_SOLID: Final = frozenset({"place", "object", "vehicle", "substance", "weapon", "plant"})
_FEW: Final = 2  # tokens of an infinitive with nothing to it (*to do*)
_NOT_STATING: Final = frozenset({"DET", "PRON", "PUNCT", "SPACE", "PART", "ADP"})
_NARROWING: Final = frozenset({"acl", "acl:relcl", "relcl"})
_ARGUMENTS: Final = frozenset({"nmod", "acl", "acl:relcl", "relcl", "obl", "prep", "advcl", "ccomp"})
_NOT: Final = frozenset({"not", "n't", "n’t", "never"})
_ANYBODY: Final = frozenset({"anyone", "anybody", "someone", "whoever", "you"})


def is_saying(attributed: "Attributed", lexicon: Lexicon) -> bool:
    """Return whether an attribution belongs on a list of who says what.

    It does where somebody who can speak says, at least by implication, something: a clause, a quotation, or a phrase
    that states something by itself. *Zeroed in on the gap* names a topic, *those hoping to leave* describes people,
    *should reject the advice* and *a chance to remind them* tell of no saying that was done. What is in doubt stays
    out; it may still be the source of a claim.
    """
    if attributed.type == "direct":
        return True
    if attributed.mode == "evidence" or _is_of_a_thing(attributed, lexicon):
        return False
    if attributed.source is None:
        cue = attributed.cue.root if attributed.cue is not None else None
        put = cue is not None and cue.lower_ in VERBS.putting and cue.tag_ in {"VBD", "VBN"}
        return put and attributed.frame in {"clause", "passive:prep:of"}  # *asked whether it sank; is accused of theft*
    if attributed.source[0].lower_ in WORDS.nobody:
        return False
    clausal = attributed.says and attributed.frame in {"clause", "quote", "host"} and attributed.mode != "intention"
    if not clausal and not _can_speak(attributed):
        return False
    if attributed.cue is not None and (
        _is_undone(attributed, attributed.cue.root, lexicon) or _is_deed(attributed, attributed.cue.root)
    ):
        return False
    if not attributed.says and attributed.source.text.lower() in _ANYBODY:
        return False
    phrase = attributed.frame.rpartition(":")[0].endswith("prep") or attributed.frame == "object"
    return not phrase or attributed.type == "mixed" or _states(attributed)


def _is_of_a_thing(attributed: "Attributed", lexicon: Lexicon) -> bool:
    """Return whether what the parse takes for a clause is a thing with a clause to it (*found **a firm** …*).

    By the semantic roles; a noun that itself names something said or thought is none (*voiced **fears** that …*).
    """
    cue = attributed.cue.root if attributed.cue is not None else None
    if cue is None or cue.pos_ != "VERB" or attributed.frame != "clause" or attributed.type != "indirect":
        return False
    said = role(cue, "ARG1", FAIR)
    if said is None or any(rule.mode != "evidence" for rule in lexicon.nouns.get(said.lower_, ())):
        return False
    named = said.pos_ in {"NOUN", "PROPN"} or said.lower_ in WORDS.contentless
    return said.head.i == cue.i and said.dep_ in {*syntax.OBJECTS, "obl"} and named


def _can_speak(attributed: "Attributed") -> bool:
    source = attributed.source
    if source is None:
        return False
    ancestor = antecedent(source)
    return has_voice(syntax.phrase(ancestor) if ancestor is not None else source, attributed.kind)


def _is_undone(attributed: "Attributed", cue: Token, lexicon: Lexicon) -> bool:
    """Return whether a saying is only possible or due, or, if no plain saying, marks somebody out."""
    before = {c.lower_ for c in cue.children if c.i < cue.i}
    if before & WORDS.supposing or (cue.tag_ == "VBG" and "from" in before):
        return attributed.type == "indirect"  # ***if** he can show that …; kept her **from** declaring …*
    modals = {c.lower_ for c in cue.children if c.i < cue.i and c.tag_ == "MD"}
    if attributed.frame.startswith("passive:") and modals & {"can", "could", "may", "might"}:
        return True  # *limits that could be confirmed by inspectors*
    if modals & {"should", "must"} or (modals & {"can", "could"} and attributed.mode == "topic"):
        return True
    if cue.tag_ == "VB" and not modals and not any(c.lemma_ == "do" for c in cue.children if c.i < cue.i):
        let = cue.head.lower_ in VERBS.letting and cue.dep_ in {"ccomp", "xcomp"}  # *it let them know that …*
        return let or cue.dep_ in ({"acl", "ROOT"} if attributed.says else {"acl", "advcl", "ROOT"})
    if attributed.says:
        return False
    if attributed.mode in {"intention", "topic"} and _marks_out(attributed, cue):
        return True
    if "prep:" in attributed.frame and any(c.lower_ in _NOT for c in cue.children):
        return True  # *did not respond to requests*
    if attributed.mode != "topic" or cue.tag_ != "VBG" or cue.dep_ != "advcl":
        return False
    if cue.lower_ in VERBS.quoting:
        cited = attributed.content[0].root  # *citing records*, not *citing a threat*
        return cited.lower_ in lexicon.source_nouns or cited.lemma_ in WORDS.relay_nouns
    return "prep:" in attributed.frame


def _is_deed(attributed: "Attributed", cue: Token) -> bool:
    """Return whether words tell what is done, sought or willed, and quote nobody (***backed** the delay*)."""
    if attributed.type == "mixed" or attributed.says:
        return False
    if attributed.frame == "infinitive":
        verbal = cue.pos_ in {"VERB", "AUX"}
        willed = cue.pos_ == "ADJ" or cue.lower_ in (VERBS.willing if verbal else WORDS.willed)
        return attributed.mode == "intention" and willed and not (verbal and _is_declared(attributed, cue))
    if (
        attributed.frame == "object"
        and attributed.mode == "judgment"
        and noun_class(attributed.content[0].root) in _SOLID
    ):
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
    named = cue.dep_ in _NARROWING and source.root.i == cue.head.i
    return named or source.text.lower() in WORDS.relative_pronouns


def _after(attributed: "Attributed", phrase: Span) -> list[Token]:
    """Return what hangs on the cue after the phrase's head, within the phrase."""
    cue = attributed.cue.root if attributed.cue is not None else None
    return [c for c in cue.children if phrase.root.i < c.i < phrase.end] if cue is not None else []


def _states(attributed: "Attributed") -> bool:
    """Return whether a noun phrase states something, by what hangs on it or by what is thought of it."""
    phrase = attributed.content[0]
    head = phrase.root
    if head.pos_ in {"VERB", "AUX"}:
        return True
    if any(head.i < c.i < phrase.end and c.dep_ in _ARGUMENTS for c in head.children):
        felt = attributed.frame == "prep:of" and attributed.mode in {"thought", "judgment"}
        return not felt and attributed.frame != "prep:on"  # *is critical of the gap; focused on the gap*
    if attributed.mode == "request" and attributed.frame == "prep:for":
        return head.pos_ == "NOUN"  # *called for his dismissal*
    if attributed.frame != "object":
        return False
    if any(c.dep_ in _ARGUMENTS for c in _after(attributed, phrase)):
        return True  # *accused **him of theft***
    if attributed.says:
        return head.pos_ != "PROPN" and sum(t.pos_ not in _NOT_STATING for t in phrase) > 1
    return len(phrase) > 1 or head.pos_ not in {"PRON", "DET"}
