"""Mentions: the pronouns, names and noun phrases of a document, with what each tells about its referent."""

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from claimx.claims.coreference.names import Name, find_names
from claimx.language.syntax import (
    CLAUSAL,
    INDIRECT_OBJECTS,
    OBJECTS,
    RELATIVES,
    SUBJECTS,
    conjuncts,
    governor,
    is_relative_pronoun,
    is_verb,
    joined_name,
    possessors,
    preposition_of,
    prepositionals,
)
from claimx.rules.coreference import Vocabulary
from claimx.rules.grammar import GRAMMAR
from claimx.rules.numbers import MULTIPLIERS
from claimx.rules.titles import TITLES

SINGULAR, PLURAL = 1, 2

_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "myself", "ourselves"})
_POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our", "whose"})

_DEFINITE = frozenset({"the"})
_DEMONSTRATIVE = frozenset({"this", "that", "these", "those"})
_NEGATIVE = frozenset({"no", "neither"})
_INDEFINITE = frozenset({"a", "an", "another", "some", "any", "every", "each", "several", "many", "few", "most",
                         "more", "all"})  # fmt: skip
_MODIFIER_DEPS = frozenset({"compound", "amod", "nn", "nmod:desc", "flat", "nmod", "nummod"})
_INSIDE_NAME = frozenset({"compound", "flat", "flat:name", "flat:foreign", "fixed", "goeswith", "nmod:desc", "nn"})
_TITLING = frozenset({"compound", "nmod:desc", "flat", "nn"})
_CLASSES = {"person": {"person"}, "group": {"group"}, "place": {"place"}, "people": {"person", "group"}}


@dataclass(slots=True)
class Mention:
    """A phrase that may refer: `kind` is "pronoun", "name", "nominal" or "pair" (several joined by *and*).

    `form` is the pronoun's family (he, she, it, they, i, we, relative) or the determiner's: definite, demonstrative,
    possessive, indefinite, negative, bare. `number` and `gender` hold what may be: bits of SINGULAR and PLURAL, and
    "m", "f" or "".
    `classes` are noun classes, empty where nothing is known; `learned` is what the pipeline's model says of a pronoun.
    `owner` is the head of the possessor, -1 for none.
    """

    index: int
    head: int
    kind: str
    form: str
    lemma: str
    number: int
    gender: str
    classes: frozenset[str]
    sentence: int
    role: str
    depth: int
    modifiers: frozenset[str] = frozenset()
    trailing: bool = False
    owner: int = -1
    learned: str = ""
    name: Name | None = None
    quoted: int = 0
    members: tuple[int, ...] = ()
    nouns: frozenset[str] = field(default_factory=frozenset)


@dataclass(slots=True)
class Clauses:
    """Per token: the predicate of its clause, its sentence, and the quotation it stands in (0 for none)."""

    predicate: list[int]
    sentence: list[int]
    quoted: list[int]


def find_clauses(doc: Doc) -> Clauses:
    """Return the clause, sentence and quotation of each token."""
    sentence = [0] * len(doc)
    if doc.has_annotation("SENT_START"):
        for number, sent in enumerate(doc.sents):
            for i in range(sent.start, sent.end):
                sentence[i] = number
    predicate = [-1] * len(doc)
    for token in doc:
        path = []
        node = token
        while predicate[node.i] < 0:
            path.append(node.i)
            if is_predicate(node) or node.head.i == node.i:
                predicate[node.i] = node.i
                break
            node = node.head
        found = predicate[node.i]
        for i in path:
            predicate[i] = found
    return Clauses(predicate, sentence, _quotations(doc))


def is_predicate(token: Token) -> bool:
    """Return whether the token heads a clause: a verb that is no auxiliary, or whatever has a subject or copula."""
    if token.dep_ in CLAUSAL or token.dep_ == "ROOT":
        return True
    if any(child.dep_ in SUBJECTS or child.dep_ == "cop" for child in token.children):
        return True
    return is_verb(token) and token.dep_ in {"conj", "parataxis"}


def _quotations(doc: Doc) -> list[int]:
    """Return the number of the quotation that each token stands in, by double quotation marks alone."""
    found = [0] * len(doc)
    count, inside, last = 0, False, 0
    for token in doc:
        text = token.text
        if text in {"“", "``", "„"}:
            count += 1
            inside, last = True, token.i
        elif text in {"”", "''"}:
            inside = False
        elif text == '"':
            inside = not inside
            if inside:
                count += 1
                last = token.i
        elif inside and token.is_space and text.count("\n") > 1 and token.i - last > 200:
            inside = False  # a mark was forgotten
        if inside:
            found[token.i] = count
    return found


def find_mentions(doc: Doc, clauses: Clauses, words: Vocabulary) -> list[Mention]:
    """Return the document's mentions, in the order of their heads; a pair comes right before its first member."""
    names = find_names(doc, words)
    at: dict[int, Name] = {}
    inside: set[int] = set()
    for name in names:
        at.setdefault(name.head, name)
        inside.update(range(name.full, name.end))
    found: list[Mention] = []
    for token in doc:
        named = at.get(token.i)
        if named is None and (token.i in inside or not _heads_phrase(token) or _is_measured(token)):
            continue
        pair = _pair(token, clauses, words, at)
        if pair is not None:
            found.append(pair)
        if named is not None:
            found.append(_name_mention(token, named, clauses, words))
        elif token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$", "WP", "WP$"}:
            mention = _pronoun(token, clauses)
            if mention is not None:
                found.append(mention)
        else:
            found.append(_nominal(token, clauses, words))
    for index, mention in enumerate(found):
        mention.index = index
    return found


def _heads_phrase(token: Token) -> bool:
    if token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$", "WP", "WP$"}:
        return True
    if token.pos_ == "NUM":
        return token.lemma_.lower() in {"two", "three", "both"} and token.dep_ not in {"nummod", "compound"}
    if token.pos_ == "DET":
        return token.lower_ == "both" and token.dep_ not in {"det", "cc:preconj", "preconj"}
    return token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in _INSIDE_NAME and not token.is_space


_QUANTITIES = frozenset({
    *MULTIPLIERS, "score", "ten", "number", "majority", "couple", "handful", "group", "lot", "ton", "series", "variety",
    "rest", "pair",
})  # fmt: skip


def _measured(token: Token) -> Token | None:
    """Return the noun that a noun of quantity counts: *hundreds of **migrants***."""
    if token.pos_ in {"NOUN", "NUM"} and noun_lemma(token) in _QUANTITIES:
        return next((p.noun for p in prepositionals(token) if p.preposition == "of" and p.noun.pos_ == "NOUN"), None)
    return None


def _is_measured(token: Token) -> bool:
    head = governor(token)
    if head is None or _measured(head) is None:
        return False
    return preposition_of(token) == "of"


def _name_mention(token: Token, name: Name, clauses: Clauses, words: Vocabulary) -> Mention:
    number = SINGULAR
    if name.type == "group":
        number = SINGULAR | PLURAL
    elif name.type == "people":
        number = PLURAL if _morph_number(token) == PLURAL else SINGULAR | PLURAL
    elif name.type in {"thing", "unknown"}:
        number = _morph_number(token) or SINGULAR
    modifiers = _modifiers(token, words) - set(name.parts) - name.titles
    nouns = set(name.titles & TITLES.words) - TITLES.honorifics
    nouns |= {word for word in name.titles if "person" in words.class_of.get(word, ())}
    if name.type in {"group", "place", "thing", "unknown"}:
        if len(name.parts) > 1 and token.lower_ in words.class_of:
            nouns.add(token.lower_)  # *the **Bank** of Eastland*
        # *militant group Hamas*, *the tanker MV Aurora*
        nouns |= {noun_lemma(c) for c in token.children if c.i < name.start and c.pos_ == "NOUN" and c.dep_ in _TITLING}
    classes = frozenset(_CLASSES.get(name.type, set()))
    if name.parts[0] in GRAMMAR.ship_prefixes and len(name.parts) > 1:
        classes = frozenset({"vehicle"})
    return Mention(
        index=-1,
        head=token.i,
        kind="name",
        form="definite",
        lemma=name.parts[-1],
        number=number,
        gender=name.gender,
        classes=classes,
        sentence=clauses.sentence[token.i],
        role=role_of(token),
        depth=_depth(token),
        modifiers=frozenset(modifiers),
        name=name,
        quoted=clauses.quoted[token.i],
        nouns=frozenset(nouns),
    )


def _pronoun(token: Token, clauses: Clauses) -> Mention | None:
    lower = token.lower_
    form, number, gender, classes = "", SINGULAR, "", frozenset[str]()
    person = GRAMMAR.form_of_pronoun.get(lower, "") if token.text != "US" else ""
    if person in {"he", "she", "i"}:
        form, gender, classes = person, {"he": "m", "she": "f"}.get(person, ""), frozenset({"person"})
    elif person in {"it", "they", "we"}:
        form, number = person, SINGULAR if person == "it" else PLURAL
    elif lower in _RELATIVE and relative_clause(token) is not None:
        form, number = "relative", SINGULAR | PLURAL
    else:
        return None
    return Mention(
        index=-1,
        head=token.i,
        kind="pronoun",
        form=form,
        lemma=lower,
        number=number,
        gender=gender,
        classes=classes,
        sentence=clauses.sentence[token.i],
        role=role_of(token),
        depth=_depth(token),
        quoted=clauses.quoted[token.i],
        learned=noun_class(token),
    )


def is_reflexive(mention: Mention) -> bool:
    """Return whether the mention is *himself, itself …*."""
    return mention.kind == "pronoun" and mention.lemma in _REFLEXIVE


def is_possessive(mention: Mention) -> bool:
    """Return whether the mention is a possessive pronoun before a noun."""
    return mention.kind == "pronoun" and mention.role == "poss" and mention.lemma in _POSSESSIVE


def relative_clause(pronoun: Token) -> Token | None:
    """Return the head of the relative clause that the relative pronoun opens, None where it opens none."""
    if not is_relative_pronoun(pronoun):
        return None
    node = pronoun
    while node.head.i != node.i:
        if node.dep_ in RELATIVES or node.dep_ == "advcl:relcl":
            return node if node.dep_ in RELATIVES and node.i != pronoun.i else None
        if node.dep_ in {"csubj", "parataxis"}:
            return None
        node = node.head
    return None


def _nominal(token: Token, clauses: Clauses, words: Vocabulary) -> Mention:
    lemma = noun_lemma(token)
    form, owner = _form(token)
    number = _noun_number(token, lemma, words)
    own = lemma
    counted = _measured(token)
    if counted is not None:
        lemma, number = noun_lemma(counted), number | _noun_number(counted, noun_lemma(counted), words)
    gender = ""
    if lemma in words.male:
        gender = "m"
    elif lemma in words.female:
        gender = "f"
    classes = words.class_of.get(lemma, frozenset())
    learned = noun_class(token)
    if learned and (not classes or learned in classes):
        classes = frozenset({learned})
    if token.pos_ in {"NUM", "DET"}:
        number, classes = PLURAL, frozenset()
    return Mention(
        index=-1,
        head=token.i,
        kind="nominal",
        form=form,
        lemma=lemma,
        number=number,
        gender=gender,
        classes=classes,
        sentence=clauses.sentence[token.i],
        role=role_of(token),
        depth=_depth(token),
        modifiers=frozenset(_modifiers(token, words)),
        trailing=_has_trailing(token),
        owner=owner,
        quoted=clauses.quoted[token.i],
        nouns=frozenset({own, lemma}),
    )


_LEARNED = {"organization": "group", "organisation": "group", "plant": "object", "weapon": "object"}


def noun_class(token: Token) -> str:
    """Return the noun class that the pipeline's own model gives the token, "" where it gives none."""
    if not Token.has_extension("noun_class"):
        return ""
    value = token._.noun_class or ""
    return _LEARNED.get(value, value)


def noun_lemma(token: Token) -> str:
    """Return the noun's lemma in lower case; where the pipeline has none, its text without a plural *s*."""
    lemma = (token.lemma_ or "").lower()
    if not lemma:
        lemma = token.lower_
        if token.tag_ in {"NNS", "NNPS"} and lemma.endswith("s"):
            lemma = lemma[:-1]
    elif token.pos_ == "PROPN" and token.tag_ == "NNPS" and lemma.endswith("s") and not lemma.endswith("ss"):
        lemma = lemma[:-1]
    return lemma


def _morph_number(token: Token) -> int:
    number = token.morph.get("Number", [])
    if number:
        return SINGULAR if number[0] == "Sing" else PLURAL  # Plur, or Ptan (*troops*)
    if token.tag_ in {"NNS", "NNPS"}:
        return PLURAL
    return SINGULAR if token.tag_ in {"NN", "NNP"} else 0


def _noun_number(token: Token, lemma: str, words: Vocabulary) -> int:
    number = _morph_number(token) or SINGULAR
    if number == SINGULAR:
        if lemma in words.plural or token.lower_ in words.plural:
            return PLURAL
        if lemma in words.words.number.collective:
            return SINGULAR | PLURAL
    return number


def _form(token: Token) -> tuple[str, int]:
    """Return the form of a noun phrase and the head of its possessor."""
    owners = possessors(token)
    if owners:
        return "possessive", joined_name(owners[0]).i
    for child in token.children:
        if child.i > token.i:
            break
        if child.dep_ in {"det", "det:predet", "nummod", "amod"}:
            lower = child.lower_
            if lower in _DEFINITE:
                return "definite", -1
            if lower in _DEMONSTRATIVE:
                return "demonstrative", -1
            if lower in _NEGATIVE:
                return "negative", -1
            if lower in _INDEFINITE:
                return "indefinite", -1
            if lower == "both":
                return "definite", -1
    if token.pos_ == "DET":
        return "definite", -1
    return "bare", -1


def _modifiers(token: Token, words: Vocabulary) -> set[str]:
    found = set()
    for child in token.children:
        if child.i < token.i and child.dep_ in _MODIFIER_DEPS and not child.is_punct:
            found.add(noun_lemma(child) if child.pos_ in {"NOUN", "PROPN"} else child.lower_)
            for grand in child.children:
                if grand.dep_ in _MODIFIER_DEPS and grand.i < child.i:
                    found.add(grand.lower_)
    return found


def _has_trailing(token: Token) -> bool:
    """Return whether a complement or relative clause after the noun tells what it is (*the ships that left*)."""
    return any(
        child.i > token.i and child.dep_ in {"nmod", "prep", "acl", "acl:relcl", "relcl", "appos", "nmod:desc"}
        for child in token.children
    )


def role_of(token: Token) -> str:
    """Return "subject", "object", "oblique", "complement" (of a noun), "poss", "appos", "modifier" or "other".

    A later conjunct has the role of the first.
    """
    node = token
    while node.dep_ == "conj" and node.head.i != node.i and node.head.pos_ not in {"VERB", "AUX"}:
        node = node.head
    dep = node.dep_
    if dep in SUBJECTS:
        return "subject"
    if dep in OBJECTS or dep in INDIRECT_OBJECTS:
        return "object"
    if dep in {"nmod:poss", "poss"}:
        return "poss"
    if dep == "appos":
        return "appos"
    if dep in {"compound", "amod", "nn", "flat", "nmod:desc"}:
        return "modifier"
    if dep == "pobj":
        return "oblique" if is_verb(node.head.head) else "complement"
    if dep.startswith("obl") or dep == "npadvmod":
        return "oblique"
    if dep.startswith("nmod"):
        return "complement"
    if dep == "ROOT" or dep in CLAUSAL or dep in {"attr", "acomp"}:
        return "predicate"
    return "other"


def _depth(token: Token) -> int:
    """Return how many clauses and noun phrases the token is nested in, at most 3."""
    depth, node = 0, token
    while node.head.i != node.i and depth < 3:
        if node.dep_ in CLAUSAL or node.dep_ in {"nmod", "nmod:poss", "poss", "pobj"}:
            depth += 1
        node = node.head
    return depth


def _pair(token: Token, clauses: Clauses, words: Vocabulary, at: dict[int, Name]) -> Mention | None:
    """Return the mention of several coordinated phrases together, where `token` is the first of them."""
    if token.dep_ == "conj" or token.pos_ in {"PRON", "DET"}:
        return None
    members = [t for t in conjuncts(token) if t.pos_ in {"NOUN", "PROPN", "PRON"}]
    if len(members) < 2 or not any(c.dep_ == "cc" and c.lower_ in {"and", "&"} for m in members for c in m.children):
        return None
    classes: list[frozenset[str]] = []
    for member in members:
        name = at.get(member.i)
        if name is not None:
            classes.append(frozenset(_CLASSES.get(name.type, set())))
        else:
            classes.append(words.class_of.get(noun_lemma(member), frozenset()))
    return Mention(
        index=-1,
        head=token.i,
        kind="pair",
        form="definite",
        lemma="",
        number=PLURAL,
        gender="",
        classes=frozenset.intersection(*classes),
        sentence=clauses.sentence[token.i],
        role=role_of(token),
        depth=_depth(token),
        quoted=clauses.quoted[token.i],
        members=tuple(m.i for m in members),
    )
