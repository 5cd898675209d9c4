"""Reporting words in a parsed text, each with the content and source that the grammar gives it."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from claimx.claims.attribution.clauses import gapped_clause, meant_clause, second_saying, torn_clause
from claimx.claims.attribution.complements import (
    adjective_complements,
    noun_complements,
    verb_complements,
    with_following,
)
from claimx.claims.attribution.reading import clause_rule
from claimx.claims.attribution.runs import STOPS, Content, Piece, whole
from claimx.claims.attribution.sources import is_passive, noun_source_head, own_subject, source_head, source_kind
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax
from claimx.rules.lexicon import Lexicon
from claimx.rules.schema import ReportingRule

_LONGEST_CLAUSE = 200  # tokens after a reporting verb; what runs on without punctuation is no prose
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
    content: Content
    source: Token | None


def find_cue(word: Token, lexicon: Lexicon) -> Cue | None:
    """Return the cue that a word is, as verb, noun or predicate adjective; None where it reports nothing."""
    cue = _verb_cue(word, lexicon) or _noun_cue(word, lexicon)
    if cue is None or (cue.source is None and is_passive(word)):
        return _adjective_cue(word, lexicon) or cue
    return cue


def _verb_cue(verb: Token, lexicon: Lexicon) -> Cue | None:
    """Return the cue that a verb is, with the best of the complements that its rules allow; None where it is none."""
    rules = lexicon.rules_of(verb)
    if not rules or not _is_verbal(verb):
        return None
    found = _complement(verb, rules, lexicon)
    if found is not None:
        return _cue(verb, *found, lexicon)
    rule = clause_rule(rules) or clause_rule(rules, {"thought"})
    return _meant(verb, rule) if rule is not None else None


def _complement(
    verb: Token, rules: Sequence[ReportingRule], lexicon: Lexicon
) -> tuple[ReportingRule, str, Content] | None:
    """Return the rule that a verb is used by, with the complement that is content, and that as runs of tokens."""
    saying = clause_rule(rules)
    if saying is not None and (gapped := gapped_clause(verb)) is not None:
        return saying, "clause", gapped
    kept = {"clause", "infinitive"} if verb.lower_ in VERBS.saying else {"clause", "infinitive", "gerund"}
    for frame, content in (*verb_complements(verb), ("", ())):
        if saying is not None and frame not in kept and (torn := torn_clause(verb, frame)) is not None:
            return saying, "clause", (torn,)
        rule = next((r for r in rules if _takes(r, frame) and (frame != "object" or _may_show(verb, r, lexicon))), None)
        if rule is not None and frame == "passive:infinitive" and saying is not None and source_head(verb) is not None:
            return saying, "clause", content  # *they are said **by colleagues** to have left*
        if rule is not None:
            return rule, frame, content
    return None


def _meant(verb: Token, rule: ReportingRule) -> Cue | None:
    """Return the cue of a verb of saying or thinking whose clause only the semantic roles give."""
    meant = meant_clause(verb)
    if meant is None:
        return None
    content, speaker = meant
    return Cue(verb, *cue_extent(verb), rule, "clause", (content,), speaker)


def _may_show(verb: Token, rule: ReportingRule, lexicon: Lexicon) -> bool:
    """Return whether the source is of a kind that the rule asks for (***cameras** recorded the boat leaving*)."""
    if not rule.source_kinds:
        return True
    head = source_head(verb)
    return head is not None and source_kind(syntax.phrase(head), lexicon) in rule.source_kinds


def _cue(verb: Token, rule: ReportingRule, frame: str, content: Content, lexicon: Lexicon) -> Cue:
    source = source_head(verb)
    if rule.mode == "evidence":  # who seems to do something is no source: the whole is what appears
        subject = own_subject(verb) if verb.dep_ != "xcomp" else None
        if subject is not None and subject.i < verb.i:
            content = (whole(subject), *content)
        source = None
    if frame == "clause":
        content = tuple((start, second_saying(verb, (start, end), source, lexicon)) for start, end in content)
    if frame == "object" and rule.prepositions:
        content = with_following(verb, content, rule.prepositions)
    if frame not in {"clause", "gerund", "estimate"}:
        content = tuple((start, _before_relay(verb.doc, start, end)) for start, end in content)
    start, end = cue_extent(verb, frame)
    return Cue(verb, start, end, rule, frame, content, source)


def _before_relay(doc: Doc, start: int, end: int) -> int:
    """Return where a phrase ends without the occasion on which it is said (*urged calm | **in a statement***)."""
    for i in range(start + 1, end - 1):
        if doc[i].lower_ == "in" and doc[i].head.lower_ in WORDS.relay_nouns:
            return i
    return end


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
    own = {t.i for t in verb.children if t.dep_ in {*syntax.AUXILIARIES, "advmod", "neg"}}
    while start - 1 in own:
        start -= 1
    while start < verb.i and verb.doc[start].dep_ == "advmod" and verb.doc[start].lower_ not in {"not", "n't", "never"}:
        start += 1
    if start > 1 and verb.doc[start - 1].text == "-" and not verb.doc[start - 1].whitespace_:
        start -= 2  # ad-libbed
    particles = {t.i for t in syntax.particles(verb)}
    while end in particles:
        end += 1
    if frame.removeprefix("passive:").startswith("prep:"):
        words = frame.rpartition(":")[2].split()
        following = [t.lower_ for t in verb.doc[end : end + len(words)]]
        if following == words:
            end += len(words)
    return start, end


def _noun_cue(noun: Token, lexicon: Lexicon) -> Cue | None:
    """Return the cue that a noun is with a content clause, infinitive or phrase of its own; None where it has none."""
    rules = lexicon.nouns.get(noun.lower_)
    if not rules or noun.pos_ != "NOUN":
        return None
    for frame, child in noun_complements(noun):
        for rule in rules:
            if not _takes(rule, frame):
                continue
            if rule.mode == "evidence":
                shown = _shown(noun, child)
                if shown is not None:
                    return Cue(noun, shown[0] - 1, shown[0], rule, frame, (shown,), noun)
                continue
            source = noun_source_head(noun)
            if source is None and frame.removeprefix("prep:") in rule.vouched_prepositions:
                continue  # *allegations of fraud*, which nobody is said to make
            start = child.left_edge.i
            if frame.startswith("prep:"):
                start += len(frame.removeprefix("prep:").split())
            end = noun.i + 1 if not frame.startswith("prep:") else max(noun.i + 1, min(start, noun.i + 3))
            return Cue(noun, noun.i, end, rule, frame, ((start, child.right_edge.i + 1),), source)
    return None


def _shown(picture: Token, thing: Token) -> Piece | None:
    """Return what is going on in a picture of a thing (*video of **the boat leaving***), None where nothing is."""
    for token in (thing, picture):
        for child in token.children:
            if child.tag_ == "VBG" and child.i > thing.i:
                return thing.left_edge.i + 1, max(thing.right_edge.i, child.right_edge.i) + 1
    return None


def _adjective_cue(adjective: Token, lexicon: Lexicon) -> Cue | None:
    """Return the cue that a predicate adjective is (*is aware that*, *was critical of*), None without content."""
    rules = lexicon.adjectives.get(adjective.lower_)
    if not rules or adjective.pos_ not in {"ADJ", "VERB"}:
        return None
    for frame, child in adjective_complements(adjective):
        for rule in rules:
            if _takes(rule, frame):
                start = max(child.left_edge.i, adjective.i + 1) + frame.startswith("prep:")
                copulas = [t.i for t in adjective.children if t.dep_ in {"cop", "aux"} and adjective.i - t.i <= 3]
                first, end, content = min([*copulas, adjective.i]), adjective.i + 1, ((start, child.right_edge.i + 1),)
                return Cue(adjective, first, end, rule, frame, content, _holder(adjective))
    return None


def _holder(adjective: Token) -> Token | None:
    subjects = syntax.subjects(adjective)
    if subjects:
        return None if subjects[0].lower_ in {"it", "there", "this", "that", "what"} else subjects[0]
    if adjective.dep_ in {"xcomp", "acomp", "ccomp", "oprd", "attr"} and syntax.is_verb(adjective.head):
        return source_head(adjective.head)
    if adjective.dep_ in {"conj", "advcl", "acl", "parataxis"}:
        return source_head(adjective)
    return None


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
    limit = min(limit, end + _LONGEST_CLAUSE)
    doc = verb.doc
    while start < verb.i and doc[start].is_punct:
        start += 1
    while end < limit and doc[end].text not in STOPS and not doc[end].is_quote and "\n" not in doc[end].text:
        end += 1
    return start, end
