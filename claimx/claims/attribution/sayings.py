"""Which attributions are sayings: somebody's words or stand, with content of their own, not a topic or an act."""

from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from claimx.claims.attribution.sources import antecedent, has_voice
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax

if TYPE_CHECKING:
    from claimx.claims.attribution.attributions import Attributed

_NOT_STATING: Final = frozenset({"DET", "PRON", "PUNCT", "SPACE", "PART", "ADP"})
_NARROWING: Final = frozenset({"acl", "acl:relcl", "relcl"})
_ARGUMENTS: Final = frozenset({"nmod", "acl", "acl:relcl", "relcl", "obl", "prep", "advcl", "ccomp"})
_NOT: Final = frozenset({"not", "n't", "n’t", "never"})
_ANYBODY: Final = frozenset({"anyone", "anybody", "someone", "whoever", "you"})


def is_saying(attributed: "Attributed") -> bool:
    """Return whether an attribution belongs on a list of who says what.

    It does where somebody who can speak says, at least by implication, something: a clause, a quotation, or a phrase
    that states something by itself. *Zeroed in on the gap* names a topic, *those hoping to leave* describes people,
    *should reject the advice* and *a chance to remind them* tell of no saying that was done. What is in doubt stays
    out; it may still be the source of a claim.
    """
    if attributed.type == "direct":
        return True
    if attributed.source is None or attributed.mode == "evidence":
        return False
    if attributed.source[0].lower_ in WORDS.nobody:
        return False
    clausal = attributed.says and attributed.frame in {"clause", "quote", "host"}
    if not clausal and not _can_speak(attributed):
        return False
    if attributed.cue is not None and _is_undone(attributed, attributed.cue.root):
        return False
    if not attributed.says and attributed.source.text.lower() in _ANYBODY:
        return False
    phrase = attributed.frame.rpartition(":")[0].endswith("prep") or attributed.frame == "object"
    return not phrase or attributed.type == "mixed" or _states(attributed)


def _can_speak(attributed: "Attributed") -> bool:
    source = attributed.source
    if source is None:
        return False
    ancestor = antecedent(source)
    return has_voice(syntax.phrase(ancestor) if ancestor is not None else source, attributed.kind)


def _is_undone(attributed: "Attributed", cue: Token) -> bool:
    """Return whether a saying is only possible or due, or, if no plain saying, marks somebody out."""
    modals = {c.lower_ for c in cue.children if c.i < cue.i and c.tag_ == "MD"}
    if modals & {"should", "must"} or (modals & {"can", "could"} and attributed.mode == "topic"):
        return True
    if cue.tag_ == "VB" and not modals and not any(c.lemma_ == "do" for c in cue.children if c.i < cue.i):
        return cue.dep_ in ({"acl", "ROOT"} if attributed.says else {"acl", "advcl", "ROOT"})
    if attributed.says:
        return False
    if attributed.mode in {"intention", "topic"} and _marks_out(attributed, cue):
        return True
    if "prep:" in attributed.frame and any(c.lower_ in _NOT for c in cue.children):
        return True  # *did not respond to requests*
    named = cue.lower_ in VERBS.quoting or "prep:" in attributed.frame
    return attributed.mode == "topic" and named and cue.tag_ == "VBG" and cue.dep_ == "advcl"  # *citing interviews*


def _marks_out(attributed: "Attributed", cue: Token) -> bool:
    """Return whether the words only tell of whom the article speaks (***those who want to leave** are few*)."""
    source = attributed.source
    if source is None or attributed.kind in {"document", "outlet"}:
        return False  # *a plan that outlines a way out*
    named = cue.dep_ in _NARROWING and source.root.i == cue.head.i
    return named or source.text.lower() in WORDS.relative_pronouns


def _states(attributed: "Attributed") -> bool:
    """Return whether a noun phrase states something, by what hangs on it or by what is thought of it."""
    phrase = attributed.content[0]
    head = phrase.root
    if head.pos_ in {"VERB", "AUX"}:
        return True
    if any(head.i < c.i < phrase.end and c.dep_ in _ARGUMENTS for c in head.children):
        felt = attributed.frame == "prep:of" and attributed.mode in {"thought", "judgment"}
        return not felt and attributed.frame != "prep:on"  # *is critical of the gap; focused on the gap*
    if attributed.frame != "object":
        return False
    if attributed.says:
        return head.pos_ != "PROPN" and sum(t.pos_ not in _NOT_STATING for t in phrase) > 1
    return len(phrase) > 1 or head.pos_ not in {"PRON", "DET"}
