"""Whose words they are: the source of a reporting word, its span, its kind, and whether it hides its name."""

import re
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from claimx.claims.attribution.meaning import FAIR, LIKELY, SURE, role
from claimx.claims.attribution.runs import TENSED, closes, is_time
from claimx.claims.attribution.vocabulary import VERBS, WORDS
from claimx.language import syntax
from claimx.records import SourceKind
from claimx.rules.lexicon import Lexicon

_ENTITY_KINDS: dict[str, SourceKind] = {
    "PERSON": "person", "ORG": "organisation", "GPE": "organisation", "NORP": "other", "FAC": "organisation",
}  # fmt: skip
_PRONOUN_KINDS: dict[str, SourceKind] = {
    "it": "organisation", "he": "person", "she": "person", "i": "person", "who": "person", "we": "person",
}  # fmt: skip
_DATING = frozenset({"amod", "det", "nummod", "nmod:tmod"})
_BESIDE = frozenset({"compound", "flat", "appos", "nmod"})  # what may name the kind beside a head that does not
_MUTE = frozenset({"abstract", "event", "time", "object", "substance", "plant", "weapon"})
_DESCRIPTION_ENDS = frozenset({".", ";", ":", "!", "?", "—", "–", "--"})
_MAX_CLIMB = 4
_NAME_MAX = 8  # tokens from a verb to the head of the name after it


def is_passive(verb: Token) -> bool:
    """Return whether the verb is passive beyond doubt: a bare past tense is active whatever its subject's label."""
    return syntax.is_passive(verb) and (verb.tag_ != "VBD" or any(c.dep_ in syntax.AUXILIARIES for c in verb.children))


def source_head(verb: Token) -> Token | None:
    """Return the head of the phrase that names who says, thinks or wants: the subject, the agent, or the controller.

    A relative pronoun counts as it stands. None where the sentence does not say (*it is believed*).
    """
    if is_passive(verb):
        agents = syntax.agents(verb)
        return agents[0] if agents else None
    return _meant_subject(verb, _subject(verb, 0))


def _meant_subject(verb: Token, found: Token | None) -> Token | None:
    """Return who acts by the semantic roles, if these are sure and name another than a subject that was only inferred.

    *They implored **her** to stay, arguing that …*: those who implored argue.
    """
    if found is None or own_subject(verb) is not None:
        return found
    meant = role(verb, "ARG0", LIKELY)
    if meant is None or meant.i > verb.i or meant.pos_ not in {"NOUN", "PROPN"}:
        return found
    if meant.dep_ not in syntax.SUBJECTS and (meant.head.i == found.head.i or role(verb, "ARG0", SURE) is None):
        return found  # *aides chided **Lee** for lying, saying that …*
    related = found.i == meant.i or found.is_ancestor(meant) or meant.is_ancestor(found)
    return found if related else meant


def own_subject(verb: Token) -> Token | None:
    """Return the head of the verb's own subject: the one after it where it is inverted, else the nearest before it.

    A parser may give a reporting verb two, the other being that of what is said.
    """
    # by label: `syntax.subjects` takes one after the verb for an object where there is another before it
    labelled = [c for c in verb.children if c.dep_ in syntax.SUBJECTS and not c.dep_.startswith("csubj")]
    found = [s for s in labelled or syntax.subjects(verb) if s.pos_ != "ADV" and not _is_date(s)]
    before = [s for s in found if s.i < verb.i]
    inverted = _inverted_subject(verb, found) if _may_be_inverted(verb) else None
    # *Such a view, said **Lee**, is wrong*, where the parse takes the view for who said it
    named = inverted or _tagged_name(verb)
    return named or (_untorn(before) if before else _torn_actor(verb) or _mislabelled_subject(verb))


def _is_date(noun: Token) -> bool:
    """Return whether a noun is part of a time (*last **June** stirred …*), not one named so (***April** said*)."""
    return is_time(noun) and (noun.pos_ != "PROPN" or any(c.dep_ in _DATING for c in noun.children))


def _inverted_subject(verb: Token, found: list[Token]) -> Token | None:
    """Return the subject after its verb (*“…,” said **Lee***), or who by the semantic roles stands before it.

    In ***Lee**, the mayor, said Poe should resign* a parser may take both for subjects of *said*.
    """
    after = [s for s in found if s.i > verb.i]
    if not after:
        return None
    meant = role(verb, "ARG0", SURE if len(after) == len(found) else LIKELY)
    return meant if meant is not None and meant.i < verb.i else after[0]


def _untorn(subjects: list[Token]) -> Token:
    """Return the last of some subjects, or the head of the name that it was torn off (*President* | *Lai Ching-te*)."""
    chosen = subjects[-1]
    for torn in reversed(subjects[:-1]):
        joint = chosen.doc[chosen.left_edge.i - 1]
        joined = joint.pos_ in {"NOUN", "PROPN", "ADJ"} or (joint.text == "-" and not joint.whitespace_)
        if not joined or torn.right_edge.i + 1 < chosen.left_edge.i:
            break
        if any(token.text == "," for token in chosen.doc[torn.i : chosen.i]):
            break  # *the bus, officials **said**, left*: the first is another clause's
        chosen = torn
    return chosen


def _tagged_name(verb: Token) -> Token | None:
    """Return who acts by the semantic roles, right behind a finite verb that stands set off (*, said **Ann Lee**,*)."""
    before = verb.nbor(-1) if verb.i else verb
    meant = role(verb, "ARG0", SURE) if before.is_punct and verb.tag_ in TENSED else None
    return meant if meant is not None and verb.i < meant.i <= verb.i + _NAME_MAX else None


def _torn_actor(verb: Token) -> Token | None:
    """Return who acts by the semantic roles, before a main verb without subject (*She left, her **club** said*)."""
    meant = role(verb, "ARG0", LIKELY) if verb.tag_ in TENSED and verb.dep_ == "ROOT" else None
    if meant is None or meant.i > verb.i or meant.pos_ not in {"NOUN", "PROPN"} or is_passive(verb):
        return None
    return meant


def _mislabelled_subject(verb: Token) -> Token | None:
    """Return the noun right before a finite active verb that the parse calls its object (*Abello had told him*)."""
    if is_passive(verb) or not syntax.is_finite(verb):
        return None
    start = min([verb.i, *(t.i for t in verb.children if t.dep_ in syntax.AUXILIARIES)])
    labels = {*syntax.OBJECTS, *syntax.INDIRECT_OBJECTS}
    found = [c for c in verb.children if c.dep_ in labels and c.i < start and c.right_edge.i == start - 1]
    return found[-1] if found and found[-1].pos_ in {"NOUN", "PROPN"} else None


def _may_be_inverted(verb: Token) -> bool:
    """Return whether a subject after the verb can be its own: nothing nominal stands right before the verb."""
    before = verb.nbor(-1) if verb.i else verb
    return before is verb or before.is_punct or before.is_space or before.pos_ in {"ADV", "SCONJ", "CCONJ", "AUX"}


def _subject(verb: Token, climbed: int) -> Token | None:
    """Return the head of the verb's own subject, or of the one that it shares with a verb above it."""
    subject, head = own_subject(verb), verb.head
    if subject is not None:
        return subject
    if climbed >= _MAX_CLIMB or head.i == verb.i or any(c.dep_ in {"expl", "expl:impers"} for c in verb.children):
        return None
    if verb.dep_ == "conj":
        return _conjoined_subject(verb, climbed)
    if verb.dep_ == "xcomp":
        return _controller(verb, climbed)
    if verb.dep_ in {"advcl", "aux", "parataxis", "dep"}:
        return _adverbial_subject(verb, climbed)
    if verb.dep_ in {"acl", "acl:relcl", "relcl"} and head.pos_ in syntax.NOMINALS:
        return noun_source_head(head) if _is_noun_complement(verb) else head
    return None


def _conjoined_subject(verb: Token, climbed: int) -> Token | None:
    """Return the subject of the verb that another one goes on from."""
    head = verb.head
    governor = head.head
    if head.dep_ == "ccomp" and verb.tag_ == governor.tag_ == "VBD" and head.tag_ != "VBD" and own_subject(governor):
        return own_subject(governor)  # he said it was safe **and added** …
    return _subject(head, climbed + 1)


def _controller(verb: Token, climbed: int) -> Token | None:
    """Return who is to do what an infinitive says: the object of the verb above it, else that verb's subject."""
    head = verb.head
    objects = [*syntax.direct_objects(head), *syntax.indirect_objects(head)]
    told = objects and any(child.lower_ == "to" for child in verb.children)
    return objects[0] if told and head.lemma_ not in {"use", "take", "need"} else _any_subject(head, climbed + 1)


def _adverbial_subject(verb: Token, climbed: int) -> Token | None:
    """Return the subject that an adverbial clause takes from the clause above it."""
    head = verb.head
    if head.lower_ in VERBS.quoting and any(t.lower_ == "as" for t in verb.children):
        quoted = [c for c in head.children if head.i < c.i < verb.i and c.pos_ in syntax.NOMINALS]
        if quoted:
            return quoted[-1]
    if verb.tag_ == "VBG" and head.dep_ == "ccomp" and verb.left_edge.text == ",":
        head = head.head  # he said it was open**, adding** …
    return _any_subject(head, climbed + 1)


def _is_noun_complement(verb: Token) -> bool:
    """Return whether a gerund or infinitive says what a noun is about, not who does it (*his role in **urging***)."""
    marks = [c for c in verb.children if c.dep_ in {"mark", "case"}]
    return any(c.lower_ == "to" if verb.tag_ == "VB" else c.pos_ in {"ADP", "SCONJ"} for c in marks)


def _any_subject(verb: Token, climbed: int) -> Token | None:
    passive = next((c for c in verb.children if c.dep_ in syntax.PASSIVE_SUBJECTS and c.dep_[0] == "n"), None)
    return passive or _subject(verb, climbed)


def noun_source_head(noun: Token) -> Token | None:
    """Return the head of who holds the claim, plan or view that a noun names: possessor, *by* phrase, or giver."""
    for possessor in syntax.possessors(noun):
        return possessor
    for giver in _under(noun, "by", "from", "among"):
        return giver
    for child in noun.children:
        if (
            child.dep_ in {"compound", "amod", "nmod"}
            and child.i < noun.i
            and (child.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"} or noun_class(child) == "person")
        ):
            return child
    head = noun.head
    if noun.dep_ in syntax.OBJECTS and syntax.is_verb(head):
        return source_head(head) if head.lower_ not in VERBS.gaining else None  # *mustered enough support for it*
    if noun.dep_ in {"obl", "nmod", "pobj"}:
        governor = syntax.governor(noun)
        by_it = any(c.dep_ == "case" and c.lower_ in WORDS.uttering for c in noun.children)
        if governor is not None and syntax.is_verb(governor) and by_it:
            return source_head(governor)
    return None


def source_span(head: Token) -> Span:
    """Return the source's phrase: the maximal noun phrase, a relative pronoun or possessor as it stands."""
    if head.lower_ in WORDS.relative_pronouns and head.tag_ in {"WP", "WDT", "IN", "WP$"}:
        return head.doc[head.i : head.i + 1]
    if head.dep_ in {"compound", "amod"}:
        return head.doc[head.left_edge.i : head.i + 1]
    return _whole_name(syntax.phrase(head))


def whole_source(head: Token, cue: tuple[int, int]) -> Span:
    """Return the source with all that describes it, relative clauses included, as quotation corpora mark it."""
    short = source_span(head)
    if len(short) == 1 and (short[0].pos_ == "PRON" or short[0].dep_ in {"compound", "amod"}):
        return short
    doc = head.doc
    start, end = min(short.start, head.left_edge.i), max(short.end, head.right_edge.i + 1)
    if start < cue[1] and cue[0] < end:
        start, end = (start, cue[0]) if head.i < cue[0] else (cue[1], end)
    if not start <= head.i < end:  # the parse makes the cue part of the name
        return short if len(short) else doc[head.i : head.i + 1]
    while end - 1 > head.i and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].tag_ == "POS"):
        if closes(doc, start, end - 1):
            break
        end -= 1
    while end - 1 > head.i and end == cue[0] and doc[end - 1].pos_ == "ADV" and doc[end - 1].lower_.endswith("ly"):
        end -= 1  # Ann Lee | sternly *warned*
    while start < min(head.i, short.start) and doc[start].dep_ in {"case", "cc", "punct", "mark"}:
        start += 1
    start = _with_title(doc, start, head)
    return _without_adverbials(_described(_whole_name(doc[start:end]), head, cue), head)


def _without_adverbials(span: Span, head: Token) -> Span:
    """Return the source without where or when it is said (*In Oslo, | aides*; *Ann Lee | on Friday*)."""
    doc, start, end = span.doc, span.start, span.end
    for child in head.children:
        placed = any(c.dep_ == "case" for c in child.children)
        after = child.right_edge.i + 1
        if start <= child.i < head.i and placed and "," in {doc[after - 1].text, doc[after].text}:
            start = after + (doc[after].text == ",")
        timed = (not placed or child.left_edge.lower_ == "on") and is_time(child) and child.dep_ != "appos"
        if head.i < child.i < end == after and timed:
            end = child.left_edge.i
    return doc[start:end] if start <= head.i < end else span


def _with_title(doc: Doc, start: int, head: Token) -> int:
    """Return where a name begins with the title before it that the parse cut off (*campaign chief | Ann Lee*)."""
    if head.pos_ != "PROPN" or head.ent_type_ not in {"PERSON", ""} or start == 0:
        return start
    before = doc[start - 1]
    titled = before.pos_ == "NOUN" or (before.tag_ == "NNP" and before.text.endswith("."))
    if not titled or is_time(before) or noun_class(before) in _MUTE:
        return start  # at the end of the exchange | Ann Lee
    i = start
    while i > max(start - 8, 0) and doc[i - 1].pos_ in {"NOUN", "PROPN", "ADJ", "DET", "NUM"}:
        if doc[i - 1].is_sent_end:
            break
        i -= 1
    return i


def _described(span: Span, head: Token, cue: tuple[int, int]) -> Span:
    """Return the source drawn on over the description set off by commas after it (*said Li Na, who runs the port*)."""
    doc, end = span.doc, span.end
    if end + 1 >= len(doc) or doc[end].text != "," or not _describes(doc[end + 1]):
        return span
    if head.i < cue[0]:  # X, who runs the port, said
        stop = cue[0] - 1
        return doc[span.start : stop] if doc[stop].text == "," and not _tells(doc[end:stop]) else span
    rest = doc[end + 1 : end + 60]  # said X, who runs the port.
    return doc[span.start : next((token.i for token in rest if _ends_description(token)), rest.end)]


def _describes(word: Token) -> bool:
    """Return whether a word behind a name and comma can open its description."""
    verbal = word.pos_ in {"VERB", "AUX", "ADV", "SCONJ", "CCONJ", "PART", "PUNCT", "SPACE"}
    return not verbal and word.lower_ not in WORDS.not_describing


def _ends_description(token: Token) -> bool:
    """Return whether a description ends before a token: at a full stop, or where the sentence goes on after a comma."""
    if token.text == "," and token.i + 1 < len(token.doc):
        return token.nbor().lower_ in WORDS.not_describing - {"and"}
    return token.is_quote or token.is_space or token.is_sent_start or token.text in _DESCRIPTION_ENDS


def _tells(words: Span) -> bool:
    """Return whether words behind a name tell what it does rather than describe it (*Lee, once there, **sat***)."""
    finite = [t for t in words if t.tag_ in TENSED]
    inner = {a.i for a in words if a.dep_ in syntax.RELATIVES}
    return any(t.i not in inner and not any(a.i in inner for a in t.ancestors) for t in finite)


def _whole_name(span: Span) -> Span:
    """Return the span drawn on over the rest of a name that the parse cut off (*Minister* | *Tobias Ellwood*)."""
    doc, end = span.doc, span.end
    if doc[end - 1].pos_ not in {"PROPN", "NOUN"}:
        return span
    kinds = {"PERSON"} if doc[end - 1].pos_ == "PROPN" else {"PERSON", "ORG", ""}  # state media | Xinhua
    while end < len(doc) and doc[end].pos_ == "PROPN" and not doc[end].is_sent_start:
        if doc[end].ent_type_ not in kinds and doc[end].lower_ not in WORDS.outlet_endings:
            break  # *Harbour Business* | *Daily*
        end += 1
    return span if end < len(doc) and doc[end].tag_ == "POS" else doc[span.start : end]


def without_additions(span: Span) -> Span:
    """Return the phrase without the relative clause or age that ends it (*a doctor* | *who treats the wounded*)."""
    if len(span) > 2 and span[-1].like_num and span[-2].text == ",":
        return span[:-2]
    if span[-1].lower_ == "neither" and len(span) > 1:
        return span[:-1]
    for token in span[1:-1]:  # a clerk**, quoted by Reuters**; Turkish officials**, Reuters reported**
        if token.lower_ == "via":  # the mayor **via the agency APA**
            return span.doc[span.start : token.i]
        passed_on = token.nbor().lower_ in WORDS.relaying | VERBS.quoting
        inserted = span[-1].lower_ in VERBS.tagging and span[-1].tag_ != "VBG"
        if token.text == "," and (passed_on or inserted):
            return span.doc[span.start : token.i]
    for token in span[1:]:
        if token.tag_ in {"WP", "WDT", "WP$"} and token.lower_ != "that":
            end = token.i
            while end > span.start + 1 and (span.doc[end - 1].is_punct or span.doc[end - 1].pos_ == "ADP"):
                end -= 1
            return span.doc[span.start : end]
    return span


def antecedent(span: Span) -> Token | None:
    """Return the noun that a relative pronoun stands for, None for anything else."""
    if len(span) != 1 or span[0].lower_ not in WORDS.relative_pronouns or span[0].is_upper:
        return None  # the WHO is none
    clause = next((a for a in span[0].ancestors if a.dep_ in syntax.RELATIVES), None)
    if clause is None:
        return None
    meant = role(clause, "ARG0", SURE)
    nearer = meant is not None and clause.head.i < meant.i < span[0].i
    return meant if nearer else _bearer(clause.head)  # *a deed and **neighbours** who said …*


def _bearer(noun: Token) -> Token:
    """Return who is said to be a person, for what tells of him (***Lee** is a clerk and a poet who said …*)."""
    first = noun
    while first.dep_ == "conj" and not any(c.dep_ == "cop" for c in first.children):
        first = first.head
    if not any(c.dep_ == "cop" for c in first.children):
        return noun
    named = own_subject(first) or (own_subject(first.head) if first.dep_ == "conj" else None)
    return named if named is not None and named.i < noun.i and named.pos_ == "PROPN" else noun


def head_noun(span: Span) -> Token:
    """Return the noun that heads a phrase, the first one where the parse gives the phrase another kind of head."""
    root = span.root
    if root.pos_ in syntax.NOMINALS:
        return root
    return next((t for t in span if t.pos_ in {"NOUN", "PROPN", "PRON"}), root)


_CALL_LETTERS = re.compile("[KW][A-Z]{3}(-TV|-FM|-AM)?|(?!CCTV)[A-Z]*TV[A-Z]*")
"""The name of a radio or television station in America, or one with *TV* in it, cameras (*CCTV*) apart."""


def _names_outlet(span: Span, head: Token, lexicon: Lexicon) -> bool:
    """Return whether the phrase is the name of a news outlet, or holds one at its head or beside it."""
    if {span.text, span.text.removeprefix("the ").removeprefix("The ")} & lexicon.outlets:
        return True
    if head.ent_type_ == "PERSON" or lexicon.source_nouns.get(head.lower_) not in {None, "outlet", "organisation"}:
        return False
    names = [t.text for t in span if t.i <= span.root.i or t.dep_ in {"flat", "compound", "appos"}]
    known = any(name in lexicon.outlets or _CALL_LETTERS.fullmatch(name) for name in names)
    sites = any(name.lower().endswith(tuple(WORDS.site_endings)) for name in names)
    return known or sites or any(f"{a} {b}" in lexicon.outlets for a, b in pairwise(names))


def source_kind(span: Span, lexicon: Lexicon) -> SourceKind:
    """Return what kind of source a phrase names, by its names first, then by the noun that heads it."""
    head = head_noun(span)
    if head.pos_ == "PRON":
        return _PRONOUN_KINDS.get(head.lower_, "other")
    if _names_outlet(span, head, lexicon):
        return "outlet"
    kind = lexicon.source_nouns.get(head.lower_)
    kinds = [lexicon.source_nouns.get(token.lower_) for token in span]
    nouns = {lexicon.source_nouns.get(token.lower_) for token in span if token.pos_ == "NOUN"}
    if span[-1].ent_type_ == "PERSON" and "outlet" not in nouns and all(token.pos_ != "ADP" for token in span):
        return "person"
    if kind is not None and (head.pos_ != "PROPN" or not head.ent_type_):
        return kind
    if head.ent_type_ in {"ORG", "WORK_OF_ART", "PRODUCT"}:
        return "outlet" if "outlet" in kinds else "organisation"
    if head.ent_type_ in _ENTITY_KINDS:
        return _ENTITY_KINDS[head.ent_type_]
    if kinds[-1] == "image":
        return "image"
    if noun_class(head) == "person":
        return "person"
    beside = zip(span, kinds, strict=True)
    return next((kind for token, kind in beside if kind is not None and token.dep_ in _BESIDE), "other")


def has_voice(span: Span, kind: SourceKind) -> bool:
    """Return whether a phrase names what can say, show or pass on a thing, as no mere notion or thing can.

    Of *early signs suggest that …* nobody is the source.
    """
    head = head_noun(span)
    counted = head.lower_ in WORDS.shares
    return kind != "other" or head.pos_ != "NOUN" or counted or noun_class(head) not in _MUTE


def noun_class(token: Token) -> str:
    """Return the language model's class of a common noun, "" where it has none."""
    return str(token._.noun_class) if token.pos_ == "NOUN" and Token.has_extension("noun_class") else ""


def is_anonymous(span: Span, kind: SourceKind) -> bool:
    """Return whether people speak unnamed: *officials*, *a senior diplomat*, *people close to the talks*."""
    if kind not in {"person", "officials"}:
        return False
    head = head_noun(span)
    if head.pos_ in {"PRON", "PROPN"}:
        return head.lower_ in {"some", "many", "others", "several", "one", "those", "someone", "somebody"}
    return not any(token.ent_type_ == "PERSON" for token in span)


_RELAY_REACH = 12  # tokens
_OWNING = frozenset({"amod", "compound", "nmod", "nmod:poss", "poss"})


def _relays_after(cue: Token) -> list[Token]:
    """Return whom a statement or interview in the cue's clause is to or with, by the order of words."""
    doc, end = cue.doc, min(len(cue.doc), cue.i + _RELAY_REACH)
    for i in range(cue.i + 1, end - 2):
        if doc[i].is_punct:
            break
        if doc[i].lower_ in WORDS.relay_nouns and doc[i + 1].lower_ in {"to", "with", "for"}:
            heads = [t for t in doc[i + 2 : end] if t.pos_ in {"PROPN", "NOUN"}][:1]
            return [syntax.joined_name(heads[0])] if heads else []
    return []


def find_relays(cue: Token | None, source: Span | None, lexicon: Lexicon) -> tuple[Span, ...]:
    """Return the outlets that a source speaks through: *told Reuters*, *in an interview with CNN*, *cited by AFP*."""
    found = _told(cue, lexicon) if cue is not None and syntax.is_verb(cue) else []
    if source is not None:
        if cue is not None and source.start > cue.i:  # who speaks stands where the parse looks for who is told
            found = [t for t in found if not source.start <= t.i < source.end]
        found += _passing_on(source)
        if cue is not None:
            found += [*_quoting_outlets(cue, source), *_quoted_by(cue, source)]
    spans: list[Span] = []
    for head in found:
        span = source_span(head)
        fresh = "@" not in span.text and not any(s.start < span.end and span.start < s.end for s in spans)
        fresh &= source is None or span.start != source.start
        outlet = source_kind(span, lexicon) == "outlet" and not _is_mere_audience(head_noun(span))
        if fresh and (outlet or _reports_for(span, lexicon)):
            spans.append(span)
    return tuple(spans)


def _papers(noun: Token) -> list[Token]:
    """Return the paper that somebody says a thing in, if it has a name (*in **the Herald**, in an issue of it*)."""
    papers = _under(noun, "of") if noun.lower_ in {"edition", "issue"} else [noun]
    return [paper for paper in papers if any(t.pos_ == "PROPN" for t in (paper, *paper.children))]


def _told(verb: Token, lexicon: Lexicon) -> list[Token]:
    """Return whom a verb tells, by the parse or the order of words (*told Reuters*; *said **on Sky News***)."""
    found: list[Token] = []
    if is_passive(verb) and verb.lower_ in VERBS.telling:
        found += [c for c in verb.children if c.dep_ in syntax.SUBJECTS]  # *Reuters was told by a clerk*
    found += [t for t in (*syntax.direct_objects(verb), *syntax.indirect_objects(verb)) if t.i > verb.i]
    told = hearer(verb)
    if told is not None and told not in found:
        found.append(told)
    if not found and verb.i + 1 < len(verb.doc) and verb.nbor().text in lexicon.outlets:
        found.append(verb.nbor())
    for phrase in syntax.prepositionals(verb):
        named = phrase.noun.pos_ == "PROPN" or any(syntax.appositions(phrase.noun))
        if phrase.preposition in {"to", "with", "via"} or (phrase.preposition in {"on", "for"} and named):
            found.append(phrase.noun)
        elif phrase.preposition == "in" and phrase.noun.i > verb.i:  # *argued **in** the Sunday edition of the Herald*
            found += _papers(phrase.noun)
        elif phrase.noun.lower_ in WORDS.relay_nouns:
            found += _under(phrase.noun, "with", "to", "for", "via")
    return found + _relays_after(verb)


def hearer(verb: Token) -> Token | None:
    """Return who is told right behind a verb of telling, by the semantic roles (*told **the Post** he had left*)."""
    told = role(verb, "ARG2", FAIR) if verb.lower_ in VERBS.telling else None
    if told is None or told.pos_ not in syntax.NOMINALS or not verb.i < told.i <= verb.i + _NAME_MAX:
        return None
    between = verb.doc[verb.i + 1 : told.i]
    return told if all(t.pos_ in {"DET", "ADJ", "NUM", *syntax.NOMINALS} for t in between) else None


def _passing_on(source: Span) -> list[Token]:
    """Return who passes on what a source says, by what describes it (*aides who spoke to CNN; aides via TASS*)."""
    found: list[Token] = []
    behind = source.doc[source.end : source.end + 1]
    if behind.text.lower() == "via":  # the parse may hang it on the verb
        found.append(behind[0].head)
    for token in source.root.subtree:
        found += _under(token, "via")
        if token.lower_ in VERBS.conversing and token.dep_ in syntax.RELATIVES:
            found += _under(token, "to", "with")
        if token.lower_ in WORDS.relaying and token.dep_ in {"acl", "acl:relcl", "relcl", "amod", "conj", "advcl"}:
            found += [*syntax.agents(token), *_under(token, "in")]
    return found


def _under(head: Token, *prepositions: str) -> list[Token]:
    """Return the nouns that some prepositions tie to a head."""
    return [phrase.noun for phrase in syntax.prepositionals(head) if phrase.preposition in prepositions]


_REPORTERS = frozenset({"reporter", "correspondent", "journalist"})


def _reports_for(told: Span, lexicon: Lexicon) -> bool:
    """Return whether who is told reports for an outlet that is named (*told a **reporter** for Reuters*)."""
    reporter = next((token for token in told if token.lemma_.lower() in _REPORTERS), None)
    if reporter is None:
        return False
    before = told.doc[told.start : reporter.i]  # *told **BBC** correspondent Ann Lee*
    employers = _under(reporter, "for", "from", "of", "with")
    named = any(source_kind(source_span(noun), lexicon) == "outlet" for noun in employers)
    return named or any(token.text in lexicon.outlets for token in before)


def _is_mere_audience(noun: Token) -> bool:
    """Return whether those who are told pass nothing on (*told **reporters***, but *told **Chadian media***)."""
    owned = noun.lower_ in WORDS.owned_audiences and any(c.dep_ in _OWNING for c in noun.lefts)
    return noun.lower_ in WORDS.audiences and not owned


def _quoting_outlets(saying: Token, source: Span) -> list[Token]:
    """Return who quotes a source as *saying* something (*Reuters quoted X **as saying**; X was quoted by Reuters*)."""
    doc = saying.doc
    if saying.tag_ != "VBG" or saying.i < 2 or doc[saying.i - 1].lower_ != "as":
        return []
    quoting = next((t for t in reversed(doc[max(0, saying.i - 14) : saying.i - 1]) if t.lower_ in VERBS.quoting), None)
    if quoting is None:
        return []
    if source.start < quoting.i:
        return syntax.agents(quoting)[:1]
    subject = own_subject(quoting)
    return [subject] if subject is not None else []


def _quoted_by(cue: Token, source: Span) -> list[Token]:
    """Return who passes on what was just said (*…, a clerk said**, quoted by Reuters**; as saying **by Reuters***)."""
    doc = cue.doc
    at = max(cue.i, source.end - 1) + 1
    words = [t.lower_ for t in doc[at : at + 3]]
    if words[:1] == ["by"] and cue.tag_ == "VBG":
        start = at + 1
    elif words[2:] == ["by"] and (words[:2] == ["as", "saying"] or (words[0] == "," and words[1] in VERBS.quoting)):
        start = at + 3
    else:
        return []
    named = next((t for t in doc[start : start + 4] if t.pos_ in syntax.NOMINALS), None)
    while named is not None and named.dep_ in {"compound", "nmod:desc"} and named.head.i > named.i:
        named = named.head
    return [named] if named is not None else []
