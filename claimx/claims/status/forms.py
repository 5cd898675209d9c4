"""What a clause or noun on the way up from a trigger is by its form: an infinitive, a question, a command, a habit."""

from collections.abc import Collection

from spacy.tokens import Token

from claimx.language import syntax
from claimx.rules.calendar import DAY_NAMES
from claimx.rules.grammar import GRAMMAR
from claimx.rules.schema import Sort

ASKING = frozenset({"WRB", "WP", "WDT", "WP$"})
"""Tags of words that ask for more than *yes* or *no*."""
_SEEMING = frozenset({"seem", "appear"})


def preposition(verb: Token) -> str:
    """Return the preposition or conjunction that a gerund stands under (*barred **from** entering*), "" if none."""
    if verb.dep_ == "pcomp":
        return verb.head.lower_
    markers = (c.lower_ for c in verb.children if c.dep_ in {"case", "mark"} and c.i < verb.i)
    return next((word for word in markers if word not in {"to", "that", "if", "whether"}), "")


def find_child(token: Token, words: Collection[str], labels: Collection[str] = ()) -> Token | None:
    """Return the first of a token's children that is one of some words, under one of some labels if any are given."""
    return next((c for c in token.children if c.lower_ in words and (not labels or c.dep_ in labels)), None)


def is_habit(verb: Token) -> bool:
    """Return whether *would* tells what used to be: *would usually leave, before the war they would come every day*."""
    if find_child(verb, GRAMMAR.habits) is not None:
        return True
    phrases = [c for c in verb.children if c.dep_.startswith("obl")]
    before = any(phrase.left_edge.lower_ in {"before", "prior"} and phrase.i < verb.i for phrase in phrases)
    return before and any(find_child(phrase, {"every", "each"}) is not None for phrase in phrases)


def helpers_of(verb: Token) -> list[Token]:
    """Return the auxiliaries and the copula of a verb."""
    return [c for c in verb.children if c.dep_ in syntax.AUXILIARIES or c.dep_ == "cop"]


def has_copula(noun: Token) -> bool:
    return any(child.dep_ == "cop" for child in noun.children)


def is_infinitive(token: Token) -> bool:
    return find_child(token, {"to"}, {"mark", "aux"}) is not None


def is_to_be(verb: Token) -> bool:
    """Return whether *be* + *to* marks what is arranged (*were **to be taken** to Munich*)."""
    be = next((c for c in helpers_of(verb) if c.lower_ in GRAMMAR.finite_be), None)
    return be is not None and any(c.lower_ == "to" and c.pos_ == "PART" and be.i < c.i < verb.i for c in verb.children)


def is_not_past(clause: Token) -> bool:
    """Return whether an adverbial clause may lie ahead: no past tense in it (*when she **arrives***)."""
    if find_child(clause, {"since", "as", "because", "although"}, {"mark", "case"}) is not None:
        return False
    helpers = helpers_of(clause)
    if clause.tag_ == "VBN" and not helpers and all(c.dep_ != "mark" for c in clause.children):
        return False  # ***brought** to Rome, he will be tried*
    past = clause.tag_ == "VBD" or any(c.tag_ == "VBD" or c.lower_ in {"has", "have", "had"} for c in helpers)
    return not past


def unmet_condition(verb: Token) -> Token | None:
    """Return the auxiliary of a condition that was not met (***Had** they reached the gate, …*), None elsewhere."""
    had = find_child(verb, {"had"}, syntax.AUXILIARIES)
    if had is None or not any(had.i < subject.i < verb.i for subject in syntax.subjects(verb)):
        return None
    before = had.doc[max(had.i - 1, had.sent.start) : had.i]
    opens = all(not word.is_alpha or word.lower_ in {"and", "but", "that"} for word in before)
    return had if opens and not any(t.text == "?" for t in had.doc[verb.i : had.sent.end]) else None


def is_perfect(verb: Token) -> bool:
    return any(c.dep_ in syntax.AUXILIARIES and c.lemma_.lower() == "have" for c in verb.children)


def is_ahead(noun: Token) -> bool:
    """Return whether a noun stands under *ahead of*, *in advance of* or *the eve of*."""
    case = next((c for c in noun.children if c.dep_ in {"case", "prep"} and c.i < noun.i), None)
    words = noun.doc[max(case.i - 1, 0) : case.i + 1] if case is not None else ()
    return any(word.lower_ in GRAMMAR.before_prepositions for word in words)


def is_ranked(noun: Token) -> bool:
    """Return whether an infinitive tells what the noun did: *the first to leave, the latest ship to sail*."""
    before = (c for c in noun.lefts if c.dep_ in {"amod", "nummod", "det", "advmod"})
    words = (noun, *(word for child in before for word in (child, *child.lefts)))
    return any(word.lower_ in GRAMMAR.ranks or word.tag_ in {"JJS", "RBS"} for word in words)


def is_attained(purpose: Token, verb: Token) -> bool:
    """Return whether an infinitive tells what was done, and is no mere purpose.

    *used a van **to carry** them, took two days **to reach** the town, flew in **to visit** them*
    """
    lemma, past = verb.lemma_.lower(), verb.tag_ == "VBD" or is_perfect(verb)
    counted = any(c.dep_ == "nummod" for noun in syntax.direct_objects(verb) for c in noun.children)
    reached = past and purpose.lemma_.lower() in GRAMMAR.reached_by_moving
    return reached or lemma == "use" or (lemma == "take" and counted)


def is_done_with(noun: Token) -> bool:
    """Return whether an infinitive at the noun tells of what was done (*used a trick, enabled them **to escape***)."""
    return noun.head.lemma_.lower() in {"use", *GRAMMAR.permitting_verbs} or is_ranked(noun)


def resultative(participle: Token) -> Token | None:
    """Return the verb whose object the participle says what becomes of it (*send crowds **fleeing***)."""
    noun = participle.head
    while noun.dep_ == "nmod":
        noun = noun.head
    fits = noun.dep_ in syntax.OBJECTS and noun.head.lemma_.lower() in GRAMMAR.resultative_verbs
    return noun.head if fits else None


def predicate_of(noun: Token) -> Token | None:
    """Return the noun that a copula makes a predicate, which this one is or is coordinated with; None elsewhere."""
    first = syntax.first_conjunct(noun)
    return first if has_copula(first) else None


def told_of(gerund: Token) -> Token | None:
    """Return the noun that what moves hangs on (*a cap **on** refugees coming, the prospect **of** kings visiting*)."""
    noun = gerund.head
    if noun.dep_ == "nmod":
        told = noun.head
        return told.head if told.lemma_.lower() == "number" else told  # *limits the number of*
    return noun if any(child.dep_ == "nmod" for child in noun.children) else None


def forbidding_may(verb: Token) -> Token | None:
    """Return *may* where it is denied, which forbids (*may not leave, no pilgrim may leave*); None elsewhere.

    Of arriving and becoming, and of what goes on or is over, it guesses: *may not arrive, may not have left*.
    """
    may = find_child(verb, {"may"}, syntax.AUXILIARIES)
    if may is None or is_perfect(verb) or is_going_on(may, verb) or verb.lemma_.lower() in GRAMMAR.befalling_verbs:
        return None
    denied = find_child(verb, {"not", "never", "nor", "longer"}) is not None
    return may if denied or is_nobodys(verb) else None


def is_nobodys(verb: Token) -> bool:
    return any(noun.left_edge.lower_ in {"no", "nobody", "none", "neither"} for noun in syntax.subjects(verb))


def ban(verb: Token) -> Token | None:
    """Return what says that a movement must not be (*was **not** to leave, no Kurd **can** be deported*), else None."""
    denial = find_child(verb, syntax.NOT)
    if denial is not None and is_to_be(verb):
        return denial
    denied = syntax.is_passive(verb) and (denial is not None or is_nobodys(verb))
    return find_child(verb, {"can", "ca"}, syntax.AUXILIARIES) if denied else None


def is_believed(verb: Token, clause: Token) -> bool:
    """Return whether a verb tells what is believed of somebody (*is **said** to, men **said** to, claims to have*)."""
    if syntax.is_passive(verb) or verb.lemma_.lower() in _SEEMING:
        return True
    return is_infinitive(clause) and (verb.tag_ == "VBN" or is_perfect(clause))


def is_subjunctive(verb: Token) -> bool:
    """Return whether a passive is asked for (*that he **be moved***)."""
    be = find_child(verb, {"be"}, {*syntax.PASSIVE_AUXILIARIES, "cop"})
    finite = find_child(verb, {"that"}, {"mark"}) is not None
    return be is not None and finite and not any(c.tag_ == "MD" for c in helpers_of(verb))


def is_waited_for(clause: Token) -> bool:
    """Return whether a clause with *until* or *before* tells of what is still to come: no past tense in it."""
    waits = find_child(clause, {"until", "till", "before"}, {"mark"}) is not None
    return waits and any(verb.tag_ in {"VBZ", "VBP"} for verb in (clause, *helpers_of(clause)))


def told_ahead(clause: Token, head: Token) -> Token | None:
    """Return *would* where a past tense tells of what lay ahead (*said that **when they arrived** they would call*)."""
    timed = find_child(clause, {"when", "once", "after", "until", "till"}, {"mark", "advmod"}) is not None
    told = timed and clause.tag_ == "VBD" and head.dep_ == "ccomp"
    return find_child(head, {"would", "’d", "'d"}, syntax.AUXILIARIES) if told else None


def is_not_one(opening: Token) -> bool:
    """Return whether a phrase opens with a denial of all (***not one** ship, **not a** single man*; not *not all*)."""
    return opening.lower_ == "not" and next_word(opening) in {"one", "a", "an"}


def is_of_law(verb: Token) -> bool:
    """Return whether a law, a court or the like acts, by itself or as the agent of a passive."""
    agents = (c for c in verb.children if syntax.preposition_of(c) == "by")
    return any(n.lemma_.lower() in GRAMMAR.lawgivers for n in (*syntax.subjects(verb), *agents))


def is_until(verb: Token, negation: Token) -> bool:
    """Return whether a negation only puts off (*not … **until** Monday*)."""
    if is_infinitive(verb) or find_child(verb, {"may", "can", "must", "should", "ca"}) is not None:
        return False
    if negation.lower_ == "not" and next_word(negation) in {"until", "till"}:
        return True  # ***not until** Monday will they leave*
    return negation.lower_ in syntax.NOT and any(
        word.lower_ in {"until", "till"}
        for child in verb.rights
        if child.dep_ in {"obl", "advcl", "prep", "obl:unmarked"}
        for word in (child, *child.children)
    )


def is_going_on(modal: Token, verb: Token) -> bool:
    """Return whether a modal guesses at what goes on (*may be crossing*), and does not tell of what is to come."""
    return verb.tag_ == "VBG" and modal.lower_ in {"may", "might", "could"} and not has_coming_time(verb)


def is_predicate_before(word: Token, verb: Token) -> bool:
    """Return whether an adjective governs the verb after it, whatever the parse says (*was **due to** arrive*)."""
    due = word.lower_ == "due" and word.dep_ in {"case", "mark"} and find_child(word, {"to"}) is not None
    adjective = word.pos_ == "ADJ" or word.tag_ == "JJ"
    return word.i < verb.i and (due or (adjective and word.dep_ in {"advcl", "xcomp", "acomp", "dep", "mark"}))


def is_imperative(verb: Token) -> bool:
    """Return whether a verb commands (*Leave the town! Don't come back*)."""
    if verb.tag_ != "VB" or verb.dep_ not in {"ROOT", "ccomp", "parataxis"} or is_infinitive(verb):
        return False
    return not syntax.subjects(verb) and all(c.lower_ in {"do", "don't"} for c in helpers_of(verb))


def is_forestalled(clause: Token) -> bool:
    """Return whether what a clause tells was cut off before it came about (*was caught before she **could leave***)."""
    head = syntax.governor(clause)
    if head is None or is_not_past(head):
        return False  # *needs to ask them before it **can return***
    could = find_child(clause, {"could"}, syntax.AUXILIARIES) is not None
    return could or head.lemma_.lower() in GRAMMAR.forestalling_verbs


def is_notion(gerund: Token) -> bool:
    """Return whether a gerund as subject names what is thought of (***sending** them is a priority*), no past event."""
    if gerund.tag_ != "VBG" or gerund.dep_ not in {"csubj", "nsubj"}:
        return False
    return not any(verb.tag_ in {"VBD", "VBN"} for verb in (gerund.head, *helpers_of(gerund.head)))


def is_futurate(trigger: Token) -> bool:
    """Return whether a present tense tells of what is arranged: it has a day or another time to come beside it.

    So *leaves on Sunday*, *begins a visit on Sunday*, *is leaving next week*; not *is visiting on Sunday*.
    """
    verb = trigger
    if verb.pos_ == "NOUN" and verb.dep_ in syntax.OBJECTS and verb.head.lemma_.lower() in GRAMMAR.aspect_verbs:
        verb = verb.head
    if verb.tag_ in {"VBZ", "VBP"} and not helpers_of(verb):
        return has_coming_time(verb, days=True)
    be = any(c.tag_ in {"VBZ", "VBP"} and c.lemma_ == "be" and c.dep_ == "aux" for c in verb.children)
    return verb.tag_ == "VBG" and be and has_coming_time(verb, days=verb.lemma_.lower() in GRAMMAR.setting_out_verbs)


def has_coming_time(verb: Token, *, days: bool = False) -> bool:
    """Return whether a verb has a time to come beside it (*tomorrow, next week*), with `days` a mere day's name too."""
    for child in verb.children:
        if child.dep_ not in {"obl", "obl:unmarked", "obl:tmod", "obl:npmod", "advmod", "npadvmod", "nmod:unmarked"}:
            continue
        words = [child.lower_, *(c.lower_ for c in child.children)]
        if any(word in {"every", "each", "last", "past"} for word in words):
            continue
        if any(word in GRAMMAR.coming_times for word in words) or (days and child.lower_ in DAY_NAMES):
            return True
    return False


def is_dated_ahead(noun: Token) -> bool:
    """Return whether an event's own phrase puts it in a time to come (*during his **visit** to Oslo next month*)."""
    times = (time for time in noun.subtree if time.i > noun.i and time.dep_ in {"nmod:unmarked", "obl:unmarked"})
    ahead = (time for time in times if time.left_edge.lower_ != "the")  # *the next day* may be long past
    return any(word.lower_ in {"next", "coming", "tomorrow"} for time in ahead for word in (time, *time.lefts))


def is_presupposed_question(clause: Token) -> bool:
    """Return whether an indirect question takes its clause for granted (*why they left, which ships had left*)."""
    if not syntax.is_finite(clause) or clause.dep_ not in {"ccomp", "csubj", "csubj:pass"}:
        return False
    words = [word for child in list(clause.lefts)[:1] for word in (child, child.left_edge)]
    return any(word.tag_ in ASKING and word.lower_ != "what" for word in words)


def governs(word: Token, below: Token, head: Token) -> bool:
    """Return whether a word governs a clause; *be, have, get, go* do as modals (*is to travel, has to leave*)."""
    if word.lemma_.lower() not in {"be", "go", "have", "get"}:
        return True
    if word.lemma_.lower() == "have" and word.tag_ in {"VBD", "VBN"}:
        return False  # *had to leave*: and did
    return is_infinitive(below) and (head.lemma_.lower() != "go" or head.tag_ == "VBG")


def is_wanted(clause: Token, sort: Sort | None) -> bool:
    """Return whether a finite complement is what is wanted, not what is (*demanded that X leave, vowed X will*)."""
    if sort == "desire" and is_not_past(clause):
        return True  # *hopes that the arms **are shipped** out*
    helpers = helpers_of(clause)
    if sort == "order" and clause.tag_ == "VBP" and not helpers:
        return True  # *demanded that they **leave***
    wanted = clause.tag_ == "VB" or any(c.tag_ == "MD" or c.lower_ == "be" for c in helpers)
    return wanted and sort in {"intention", "order", "desire"}


def is_indirect_question(clause: Token) -> bool:
    """Return whether a clause with *if* is asked, by its label or the word of knowing or asking before it."""
    head = syntax.governor(clause)
    asked = head is not None and head.i < clause.i and head.lemma_.lower() in GRAMMAR.asking_verbs
    return asked or clause.dep_ in {"ccomp", "csubj", "csubj:pass"}


def is_nonfinite(below: Token, head: Token) -> bool:
    """Return whether a complement is an infinitive, a gerund or a participle (*wants the boy **returned***)."""
    if is_infinitive(below):
        return True
    if below.tag_ in {"VBN", "VBD"} and head.lemma_.lower() in {"want", "need", "order"}:
        return not any(c.dep_ in {"mark", *syntax.AUXILIARIES} for c in below.children)
    if below.tag_ in {"VBN", "JJ"} and below.i == head.i + 1:
        return True  # *is believed **headed** for*
    gerund = below.tag_ in {"VBG", "VB"} or any(c.tag_ == "VBG" for c in below.children if c.dep_ in syntax.AUXILIARIES)
    return gerund and not syntax.is_finite(below)


def is_impersonal(verb: Token) -> bool:
    """Return whether nobody named says so, or things seem so (*it is **claimed** that, it **appears** that*)."""
    unsaid = syntax.is_passive(verb) or verb.lemma_.lower() in _SEEMING
    return unsaid and any(c.dep_.startswith("expl") for c in verb.children)


def is_likened(clause: Token) -> bool:
    """Return whether a clause is what things look like (*it looks **like** they left, as if they left*)."""
    if clause.head.lemma_.lower() not in {"look", "sound", *_SEEMING}:
        return False
    marks = [c for c in clause.lefts if c.lower_ in {"like", "as"}]
    return any(m.lower_ == "like" or next_word(m) in {"if", "though"} for m in marks)


def next_word(token: Token) -> str:
    return token.doc[token.i + 1 : token.i + 2].text.lower()
