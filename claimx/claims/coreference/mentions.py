"""Mentions: the pronouns, names and noun phrases of a document, with what each tells about its referent."""

from dataclasses import dataclass

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

_CLASS_OF_FORM = {"he": "person", "she": "person", "i": "person", "there": "place"}
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})

_FORM_OF = {
    "the": "definite",
    "both": "definite",
    **dict.fromkeys(("this", "that", "these", "those"), "demonstrative"),
    **dict.fromkeys(("no", "neither"), "negative"),
    **dict.fromkeys(("a", "an", "another", "some", "any", "every", "each", "several", "many", "few", "most", "more",
                     "all"), "indefinite"),
}  # fmt: skip
"""What a determiner makes of its noun."""
_MODIFIER_DEPS = frozenset({"compound", "amod", "nn", "nmod:desc", "flat", "nmod", "nummod"})
_INSIDE_NAME = frozenset({"compound", "flat", "flat:name", "flat:foreign", "fixed", "goeswith", "nmod:desc", "nn"})
_TITLING = frozenset({"compound", "nmod:desc", "flat", "nn"})
_CLASSES = {
    "person": frozenset({"person"}),
    "group": frozenset({"group"}),
    "place": frozenset({"place"}),
    "people": frozenset({"person", "group"}),
}

_ROLES = {
    **dict.fromkeys((*CLAUSAL, "ROOT", "attr", "acomp"), "predicate"),
    **dict.fromkeys(SUBJECTS, "subject"),
    **dict.fromkeys((*OBJECTS, *INDIRECT_OBJECTS), "object"),
    **dict.fromkeys(("nmod:poss", "poss"), "poss"),
    **dict.fromkeys(("compound", "amod", "nn", "flat", "nmod:desc"), "modifier"),
    "appos": "appos",
    "npadvmod": "oblique",
}


@dataclass(slots=True)
class Mention:
    """A phrase that may refer: `kind` is "pronoun", "name", "nominal" or "pair" (several joined by *and*).

    `form` is the pronoun's family (he, she, it, there, they, i, we, relative) or the determiner's: definite,
    demonstrative, possessive, indefinite, negative, bare. `number` and `gender` hold what may be: bits of SINGULAR and
    PLURAL, and "m", "f" or "".
    `classes` are noun classes, empty where nothing is known; `learned` is what the pipeline's model says of a pronoun.
    `owner` is the head of the possessor, -1 for none. Where the mention stands, `find_mentions` fills in.
    """

    head: int
    kind: str
    form: str
    lemma: str
    number: int
    gender: str = ""
    classes: frozenset[str] = frozenset()
    index: int = -1
    sentence: int = 0
    role: str = "other"
    depth: int = 0
    quoted: int = 0
    modifiers: frozenset[str] = frozenset()
    trailing: bool = False
    owner: int = -1
    learned: str = ""
    name: Name | None = None
    members: tuple[int, ...] = ()
    nouns: frozenset[str] = frozenset()


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
        sentence = [number for number, sent in enumerate(doc.sents) for _ in sent]
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
        if text in {"“", "``", "„"} or (text == '"' and not inside):
            count += 1
            inside, last = True, token.i
        elif text in {"”", "''", '"'}:
            inside = False
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
        mention: Mention | None
        named = at.get(token.i)
        if named is None and (token.i in inside or not _heads_phrase(token) or _is_measured(token)):
            continue
        if named is not None:
            mention = _name_mention(token, named, words)
        else:
            mention = _pronoun(token) if _is_pronoun(token) else _nominal(token, words)
        found += [one for one in (_pair(token, words, at), mention) if one is not None]
    for index, mention in enumerate(found):
        token = doc[mention.head]
        mention.index = index
        mention.sentence = clauses.sentence[token.i]
        mention.role = role_of(token)
        mention.depth = _depth(token)
        mention.quoted = clauses.quoted[token.i]
    return found


def _is_pronoun(token: Token) -> bool:
    return token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$", "WP", "WP$"} or _is_place_adverb(token)


def _is_place_adverb(token: Token) -> bool:
    """Return whether the word is *there* for a place, which takes up what was said as pronouns do."""
    return token.lower_ == "there" and token.pos_ == "ADV" and token.dep_ != "expl"


def _heads_phrase(token: Token) -> bool:
    if _is_pronoun(token):
        return True
    if token.pos_ == "NUM":
        return token.lemma_.lower() in {"two", "three", "both"} and token.dep_ not in {"nummod", "compound"}
    if token.pos_ == "DET":
        return token.lower_ == "both" and token.dep_ not in {"det", "cc:preconj", "preconj"}
    return token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in _INSIDE_NAME


_QUANTITIES = frozenset({
    *MULTIPLIERS, "score", "ten", "number", "majority", "couple", "handful", "group", "lot", "ton", "series", "variety",
    "rest", "pair",
})  # fmt: skip


def is_quantity(token: Token) -> bool:
    """Return whether a word says how many or how much (*two, some, most, dozens*)."""
    return token.pos_ in {"NUM", "DET", "PRON", "ADJ"} or noun_lemma(token) in _QUANTITIES


def _measured(token: Token) -> Token | None:
    """Return the noun that a noun of quantity counts: *hundreds of **migrants***."""
    if token.pos_ in {"NOUN", "NUM"} and noun_lemma(token) in _QUANTITIES:
        return next((p.noun for p in prepositionals(token) if p.preposition == "of" and p.noun.pos_ == "NOUN"), None)
    return None


def _is_measured(token: Token) -> bool:
    head = governor(token)
    return head is not None and _measured(head) is not None and preposition_of(token) == "of"


def _name_mention(token: Token, name: Name, words: Vocabulary) -> Mention:
    number = SINGULAR
    if name.type == "group":
        number = SINGULAR | PLURAL
    elif name.type == "people":
        number = PLURAL if _morph_number(token) == PLURAL else SINGULAR | PLURAL
    elif name.type in {"thing", "unknown"}:
        number = _morph_number(token) or SINGULAR
    nouns = set(name.titles & TITLES.words) - TITLES.honorifics
    nouns |= {word for word in name.titles if "person" in words.class_of.get(word, ())}
    if name.type in {"group", "place", "thing", "unknown"}:
        if len(name.parts) > 1 and token.lower_ in words.class_of:
            nouns.add(token.lower_)  # *the **Bank** of Eastland*
        # *militant group Hamas*, *the tanker MV Aurora*
        nouns |= {noun_lemma(c) for c in token.children if c.i < name.start and c.pos_ == "NOUN" and c.dep_ in _TITLING}
    is_ship = name.parts[0] in GRAMMAR.ship_prefixes and len(name.parts) > 1
    return Mention(
        head=token.i,
        kind="name",
        form="definite",
        lemma=name.parts[-1],
        number=number,
        gender=name.gender,
        classes=frozenset({"vehicle"}) if is_ship else _CLASSES.get(name.type, frozenset()),
        modifiers=_modifiers(token) - {*name.parts} - name.titles,
        name=name,
        nouns=frozenset(nouns),
    )


def _pronoun(token: Token) -> Mention | None:
    lower = token.lower_
    form = GRAMMAR.form_of_pronoun.get(lower, "") if token.text != "US" else ""
    if _is_place_adverb(token):
        form = "there"
    if lower in _RELATIVE and relative_clause(token) is not None:
        form = "relative"
    if form in {"", "you"}:
        return None
    return Mention(
        head=token.i,
        kind="pronoun",
        form=form,
        lemma=lower,
        number={"they": PLURAL, "we": PLURAL, "relative": SINGULAR | PLURAL}.get(form, SINGULAR),
        gender={"he": "m", "she": "f"}.get(form, ""),
        classes=_CLASSES.get(_CLASS_OF_FORM.get(form, ""), frozenset()),
        learned="place" if form == "there" else noun_class(token),
    )


def is_reflexive(pronoun: Mention) -> bool:
    """Return whether the pronoun is *himself, itself …*."""
    return pronoun.lemma in GRAMMAR.reflexives


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


def _nominal(token: Token, words: Vocabulary) -> Mention:
    own = lemma = noun_lemma(token)
    form, owner = _form(token)
    number = _noun_number(token, lemma, words)
    counted = _measured(token)
    if counted is not None:
        lemma = noun_lemma(counted)
        number |= _noun_number(counted, lemma, words)
    classes = words.class_of.get(lemma, frozenset())
    learned = noun_class(token)
    if learned and (not classes or learned in classes):
        classes = frozenset({learned})
    if token.pos_ in {"NUM", "DET"}:
        number, classes = PLURAL, frozenset()
    return Mention(
        head=token.i,
        kind="nominal",
        form=form,
        lemma=lemma,
        number=number,
        gender="m" if lemma in words.male else "f" if lemma in words.female else "",
        classes=classes,
        modifiers=_modifiers(token),
        trailing=_has_trailing(token),
        owner=owner,
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
    lemma = (token.lemma_ or token.lower_).lower()
    plural = {"NNPS"} if token.lemma_ else {"NNS", "NNPS"}  # lemmatizers leave names as they are
    return lemma[:-1] if token.tag_ in plural and lemma.endswith("s") and not lemma.endswith("ss") else lemma


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
        if lemma in words.plural:
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
        if child.dep_ in {"det", "det:predet", "nummod", "amod"} and child.lower_ in _FORM_OF:
            return _FORM_OF[child.lower_], -1
    return "definite" if token.pos_ == "DET" else "bare", -1


def _modifiers(token: Token) -> frozenset[str]:
    found = set()
    for child in token.children:
        if child.i < token.i and child.dep_ in _MODIFIER_DEPS and not child.is_punct:
            found.add(noun_lemma(child) if child.pos_ in {"NOUN", "PROPN"} else child.lower_)
            for grand in child.children:
                if grand.dep_ in _MODIFIER_DEPS and grand.i < child.i:
                    found.add(grand.lower_)
    return frozenset(found)


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
    if dep == "pobj":
        return "oblique" if is_verb(node.head.head) else "complement"
    if dep.startswith("obl"):
        return "oblique"
    return _ROLES.get(dep) or ("complement" if dep.startswith("nmod") else "other")


def _depth(token: Token) -> int:
    """Return how many clauses and noun phrases the token is nested in, at most 3."""
    depth, node = 0, token
    while node.head.i != node.i and depth < 3:
        if node.dep_ in CLAUSAL or node.dep_ in {"nmod", "nmod:poss", "poss", "pobj"}:
            depth += 1
        node = node.head
    return depth


def _pair(token: Token, words: Vocabulary, at: dict[int, Name]) -> Mention | None:
    """Return the mention of several coordinated phrases together, where `token` is the first of them."""
    if token.dep_ == "conj" or token.pos_ in {"PRON", "DET"}:
        return None
    members = [t for t in conjuncts(token) if t.pos_ in {"NOUN", "PROPN", "PRON"}]
    if len(members) < 2 or not any(c.dep_ == "cc" and c.lower_ in {"and", "&"} for m in members for c in m.children):
        return None
    classes = [
        _CLASSES.get(name.type, frozenset())
        if (name := at.get(member.i)) is not None
        else words.class_of.get(noun_lemma(member), frozenset())
        for member in members
    ]
    return Mention(
        head=token.i,
        kind="pair",
        form="definite",
        lemma="",
        number=PLURAL,
        classes=frozenset.intersection(*classes),
        members=tuple(m.i for m in members),
    )
