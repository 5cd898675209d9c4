"""Words that may say that something changes place. Find first; roles and needs decide later."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from claimx.claims.candidates import Trigger
from claimx.language import syntax
from claimx.rules.loader import RuleSet

_DIRECTIONAL = frozenset({"back", "out", "in", "away", "off", "over", "down", "up", "forward", "on", "through", "past"})
_PARTICLE_RELATIONS = syntax.PARTICLES | {"advmod", "case", "obj", "dobj", "obl", "prep", "mark", "compound", "xcomp"}
_MODIFIES = frozenset({"nmod:desc", *syntax.AUXILIARIES, "cop", "case", "mark", "fixed"})
_MODIFIES_BEFORE = frozenset({"amod", "compound"})


def find_triggers(doc: Doc, rules: RuleSet) -> Iterator[list[Trigger]]:
    """Yield, for each candidate word in text order, the rules to try on it, most specific first."""
    for token in doc:
        found = _phrases(token, rules) or _verbs(token, rules) or _nouns(token, rules)
        if found:
            yield found


def verb_lemma(token: Token, rules: RuleSet) -> str:
    """Return the lemma under which the rules know the verb, else the model's; `left` is *leave*, never *left*."""
    return rules.verb_lemmas.get(token.lower_) or token.lemma_.lower()


def event_lemma(token: Token, rules: RuleSet) -> str:
    """Return the lemma under which the rules know the event noun, else the model's."""
    for lemma in (token.lower_, token.lemma_.lower(), token.lower_.removesuffix("s"), f"{token.lower_[:-3]}y"):
        if lemma in rules.nouns:
            return lemma
    return token.lemma_.lower()


def _phrases(token: Token, rules: RuleSet) -> list[Trigger]:
    for words, rule in rules.phrases.get(token.lower_, ()):
        span = token.doc[token.i : token.i + len(words)]
        if tuple(t.lower_ for t in span) == words:
            return [Trigger(span[-1], " ".join(words), span, rule, "phrase")]
    return []


def _verbs(token: Token, rules: RuleSet) -> list[Trigger]:
    if token.pos_ != "VERB" or _is_modifier(token):
        return []
    lemma = verb_lemma(token, rules)
    return [
        Trigger(token, lemma, verb_span(token, particle), rule, "verb")
        for particle, rule in rules.verbs.get(lemma, ())
        if not particle or _has_particle(token, particle)
    ]


def _nouns(token: Token, rules: RuleSet) -> list[Trigger]:
    if token.pos_ != "NOUN" or _is_modifier(token):
        return []
    lemma = event_lemma(token, rules)
    if lemma not in rules.nouns:
        return []
    return [Trigger(token, lemma, token.doc[token.i : token.i + 1], rules.nouns[lemma], "noun")]


def _has_particle(verb: Token, particle: str) -> bool:
    if any(child.lower_ == particle for child in verb.rights):
        return True
    after = verb.doc[verb.i + 1 : verb.i + 2]
    if any(t.dep_ == "case" and t.head.ent_type_ in {"DATE", "TIME"} for t in after):
        return False  # *will fly **in** 2030*
    return any(t.lower_ == particle and t.dep_ in _PARTICLE_RELATIONS and t.head.i >= verb.i for t in after)


def verb_span(verb: Token, particle: str) -> Span:
    """Return the verb with a directional particle right behind it (*pulled out*, *heading back*)."""
    doc, end = verb.doc, verb.i + 1
    if end < len(doc):
        after = doc[end]
        hangs_on_verb = after.head.i == verb.i and after.dep_ in syntax.PARTICLES | {"advmod", "prep"}
        opens_out_of = after.lower_ == "out" and doc[end + 1 : end + 2].text.lower() == "of"
        directional = after.lower_ in _DIRECTIONAL and (hangs_on_verb or opens_out_of) and after.pos_ != "SCONJ"
        governs = after.dep_ == "prep" and any(child.dep_ == "pobj" for child in after.children)
        if (after.lower_ == particle or directional) and not governs:
            end += 1
    return doc[verb.i : end]


def _is_modifier(token: Token) -> bool:
    """Return whether the word only modifies the noun after it (*departing troops*, *withdrawal agreement*)."""
    if token.dep_ == "conj":
        return syntax.first_conjunct(token).dep_ == "amod"
    return token.dep_ in _MODIFIES or (token.dep_ in _MODIFIES_BEFORE and token.i < token.head.i)
