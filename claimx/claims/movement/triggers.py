"""Words that may say that something changes place. Find first; roles and needs decide later."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from claimx.claims.candidates import Trigger
from claimx.language import syntax
from claimx.rules.loader import RuleSet

_DIRECTIONAL = frozenset({"back", "out", "in", "away", "off", "over", "down", "up", "forward", "on", "through", "past"})
_PARTICLE_RELATIONS = syntax.PARTICLES | {"advmod", "case", "obj", "dobj", "obl", "prep", "mark", "compound", "xcomp"}


def find_triggers(doc: Doc, rules: RuleSet) -> Iterator[list[Trigger]]:
    """Yield, for each candidate word in text order, the rules to try on it, most specific first."""
    for token in doc:
        if token.lower_ in rules.phrases and (found := _phrase(token, rules)):
            yield [found]
        elif token.pos_ == "VERB":
            lemma = verb_lemma(token, rules)
            if lemma in rules.verbs and not _is_modifier(token) and (found_verbs := list(_verb(token, lemma, rules))):
                yield found_verbs
        elif token.pos_ == "NOUN":
            lemma = event_lemma(token, rules)
            if lemma in rules.nouns and not _is_modifier(token):
                yield [Trigger(token, lemma, doc[token.i : token.i + 1], rules.nouns[lemma], "noun")]


def verb_lemma(token: Token, rules: RuleSet) -> str:
    """Return the lemma under which the rules know the verb, else the model's; `left` is *leave*, never *left*."""
    return rules.verb_lemmas.get(token.lower_) or token.lemma_.lower()


def event_lemma(token: Token, rules: RuleSet) -> str:
    """Return the lemma under which the rules know the event noun, else the model's."""
    for lemma in (token.lower_, token.lemma_.lower(), token.lower_.removesuffix("s"), f"{token.lower_[:-3]}y"):
        if lemma in rules.nouns:
            return lemma
    return token.lemma_.lower()


def _phrase(token: Token, rules: RuleSet) -> Trigger | None:
    for words, rule in rules.phrases[token.lower_]:
        span = token.doc[token.i : token.i + len(words)]
        if tuple(t.lower_ for t in span) == words:
            return Trigger(span[-1], " ".join(words), span, rule, "phrase")
    return None


def _verb(token: Token, lemma: str, rules: RuleSet) -> Iterator[Trigger]:
    for particle, rule in rules.verbs[lemma]:
        if not particle or _has_particle(token, particle):
            yield Trigger(token, lemma, verb_span(token, particle), rule, "verb")


def _has_particle(verb: Token, particle: str) -> bool:
    return any(child.lower_ == particle and child.i > verb.i for child in verb.children) or (
        verb.i + 1 < len(verb.doc)
        and verb.nbor(1).lower_ == particle
        and verb.nbor(1).dep_ in _PARTICLE_RELATIONS
        and verb.nbor(1).head.i >= verb.i
    )


def verb_span(verb: Token, particle: str) -> Span:
    """Return the verb with a directional particle right behind it (*pulled out*, *heading back*)."""
    end = verb.i + 1
    if end < len(verb.doc):
        after = verb.doc[end]
        hangs_on_verb = after.head.i == verb.i and after.dep_ in syntax.PARTICLES | {"advmod", "prep"}
        opens_out_of = after.lower_ == "out" and end + 1 < len(verb.doc) and verb.doc[end + 1].lower_ == "of"
        named = after.lower_ == particle
        if named or (after.lower_ in _DIRECTIONAL and (hangs_on_verb or opens_out_of) and after.pos_ != "SCONJ"):
            if after.dep_ == "prep" and any(child.dep_ == "pobj" for child in after.children):
                return verb.doc[verb.i : verb.i + 1]
            end += 1
    return verb.doc[verb.i : end]


def _is_modifier(token: Token) -> bool:
    """Return whether the word only modifies the noun after it (*departing troops*, *withdrawal agreement*)."""
    if token.dep_ == "conj" and syntax.first_conjunct(token).dep_ == "amod":
        return True
    return token.dep_ in {
        "amod",
        "compound",
        "nmod:desc",
        "aux",
        "aux:pass",
        "auxpass",
        "cop",
        "case",
        "mark",
        "fixed",
    } and (token.dep_ not in {"compound", "amod"} or token.i < token.head.i)
