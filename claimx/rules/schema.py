"""What a rule file may say. Unknown keys are refused by name."""

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from claimx.records import Role as Role
from claimx.records import SourceKind
from claimx.records import Status as Status
from claimx.rules.files import Strict

Frame = Literal["transfer", "self", "either", "goal", "source", "path"]
Way = Literal["leave", "arrive", "back", "send", "expel", "go"]
Needs = Literal["role", "thing", "place", "goal"]
Reach = Literal["complement", "modifier", "object", "clause"]
Sort = Literal[
    "modal-perfect", "belief-passive", "modal-future", "modal-unmet", "intention", "desire", "order",
    "advice-against", "plan", "call-for", "ahead", "purpose", "left-open", "open-question", "prohibition",
    "embargo", "cut-off", "ceased", "limit", "factive", "realised", "negation", "refusal", "hindrance", "cancelled",
    "threat-of", "forestalled", "permission", "wish-for-others", "report", "falsehood", "vain", "ordered",
]  # fmt: skip
"""What grammar may take the words of a status rule for: what they do in a clause besides their status."""
Mode = Literal["speech", "writing", "evidence", "thought", "intention", "request", "judgment", "topic"]
Stance = Literal["neutral", "factive", "doubtful", "denial", "intention"]
Complement = Literal[
    "clause", "quote", "infinitive", "gerund", "object", "object_infinitive", "on_infinitive", "predicate",
    "predicate_of_subject", "as", "to", "host", "estimate", "passive:infinitive",
]  # fmt: skip
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]


def _in_words(text: str) -> str:
    """Return the text if all of it can be seen; what no article says would match what nobody sees."""
    if any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in text):
        raise ValueError("holds control characters; give words")
    if not text.split():
        raise ValueError("holds no words")
    return text


Word = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_in_words)]
Words = tuple[Word, ...]
Sentence = Annotated[str, AfterValidator(_in_words)]

_WAY_OF: dict[Frame, Way] = {
    "transfer": "send", "either": "send", "self": "go", "path": "go", "goal": "arrive", "source": "leave",
}  # fmt: skip


class Example(Strict):
    """A sentence in which a rule must fire, with the roles it must fill (verbatim) and the status it must give."""

    text: Sentence
    trigger: str | None = None
    who: str | None = None
    what: str | None = None
    origin: str | None = None
    destination: str | None = None
    via: str | None = None
    vehicle: str | None = None
    when: str | None = None
    status: Status | None = None
    absent: tuple[Role, ...] = ()
    """Roles that must stay empty."""


class MovementRule(Strict):
    """One class of movement words and the argument pattern they share.

    `frame` says what the grammar's functions mean: *transfer* (subject moves object), *self* (subject moves), *either*
    (with an object the first, without one the second), *goal* / *source* / *path* (the object is the place gone to /
    left / crossed). `needs` says how much evidence the words need: any *role*; a movable *thing* or a place; a *place*;
    a *goal* (a place or party gone to). `prepositions` overrides the general table ("" drops one).
    """

    id: Identifier
    frame: Frame
    needs: Needs = "role"
    way: Way | Literal[""] | None = None
    """Which way it goes ("" for any), where that is not what the frame says: words of one way tell one event."""
    not_with: tuple[Identifier, ...] = ()
    """Rules whose words cannot tell the same event (*visited*: not *fled*)."""
    verbs: Words = ()
    nouns: Words = ()
    phrases: Words = ()
    verbnet: Words = ()
    framenet: Words = ()
    prepositions: dict[str, Role | Literal[""]] = Field(default_factory=dict)
    place_object: Role | None = None
    """The role of an object that is a place where the frame's object is a thing (*evacuated **the town***)."""
    vehicle_object: Role | None = None
    """The same for an object that is a means of transport (*unloaded **the ship***)."""
    meets_people: bool = False
    """Whether the object may be somebody met at a place, which then fills the role (*visited him in **prison***)."""
    active_only: bool = False
    """Whether the passive means something else (*a convoy **led by** a colonel*)."""
    drops_figures: bool = False
    """Whether an object that is no place is left out of the claim rather than ending it (*fled **war***)."""
    not_particles: Words = ()
    """Particles that make the verbs mean something else (*carried **out***)."""
    only_objects: Words = ()
    """Lemmas of which the object must be one, if no other makes the words movement (*recalled its **envoy***)."""
    not_objects: Words = ()
    """Lemmas that, as object or subject that moves, make the words mean something else."""
    matches: tuple[Example | Sentence, ...] = Field(min_length=1)
    ignores: Words = Field(min_length=1)

    @model_validator(mode="after")
    def _has_words(self) -> "MovementRule":
        if not (self.verbs or self.nouns or self.phrases):
            raise ValueError("a rule needs verbs, nouns or phrases")
        return self

    @property
    def goes(self) -> Way | None:
        """Which way it goes; None where its words leave that open (*came*)."""
        return _WAY_OF[self.frame] if self.way is None else self.way or None


class StatusRule(Strict):
    """One class of words that embed a clause and change whether it is so (after ConText: scope and pseudo-cues).

    `status` is what they make of a plain clause, where it ranks higher than what the clause has already; `over` what
    they make of one that has a status of its own (*tried to **block***: negated becomes prospective); `denied` what
    their own negation makes of it (*not **allowed***: barred; *did not **regret***: asserted), by default negated.
    `reach`: *complement* (governs the trigger's clause: *plans to move*), *modifier* (hangs on the trigger or a word
    that governs it: *reportedly*, *will*), *object* (governs the event noun or phrase: *cancelled the visit*),
    *clause* (heads the subordinate clause that holds the trigger: *if*).
    `pseudo`: phrases that hold the words but are no cue (*not only*).
    """

    id: Identifier
    sort: Sort | None = None
    """What grammar takes its words for, as it does those of the bundled rule of this name."""
    status: Status
    reach: Reach
    over: dict[Status, Status] = Field(default_factory=dict)
    denied: Status | None = None
    turns: bool = False
    """Whether it negates as *not* does what it embeds at once (*refused to allow*: barred, as *did not allow* is)."""
    words: Words = ()
    needs_infinitive: bool = False
    """Only where the trigger is an infinitive (*is to travel*) or gerund of it."""
    part_of_speech: Literal["NOUN", "VERB", "ADJ"] | None = None
    """The universal part of speech that the word must have, where others mean something else (*reports*)."""
    pseudo: Words = ()
    unsure: bool = False
    """Whether it leaves the status to the encoder, where there is one and nothing else bears on the trigger."""
    sure: bool = False
    """Whether it alone says what the status is, where nothing else bears on the trigger."""
    matches: tuple[Example | Sentence, ...] = Field(min_length=1)
    ignores: Words = ()


class NounClass(Strict):
    """Nouns of one class, by lemma."""

    id: Identifier
    of: Identifier | None = None
    """The wider class that it is a part of."""
    nouns: Words


class SayingExample(Strict):
    """A sentence in which a reporting rule must fire, with what it must find (verbatim)."""

    text: str
    source: str | None = None
    cue: str | None = None
    content: tuple[str, ...] = ()


class ReportingRule(Strict):
    """One class of reporting words that take the same complements.

    `takes` and `prepositions` say which complements are content; `vouches` for which of them the source says that the
    content is so (by default clause, quote, gerund and host of speech and writing). `passive` lets the subject of a
    passive be content (*is expected to leave*). `stance` is what the word adds: whether the content is presented as
    known (factive), open to doubt, denied, or only intended.
    """

    id: Identifier
    mode: Mode
    stance: Stance = "neutral"
    verbs: Words = ()
    nouns: Words = ()
    adjectives: Words = ()
    phrases: Words = ()
    takes: tuple[Complement, ...] = ()
    prepositions: Words = ()
    vouches: tuple[Complement, ...] | None = None
    passive: bool = False
    source_kinds: tuple[SourceKind, ...] = ()
    """The kinds of source that vouch, where others only think (*the **institute** assessed that*); all if empty."""
    vouched_prepositions: Words = ()
    """Prepositions whose phrase the source vouches for (*claims **of** an incursion*)."""
    particle: str = ""
    """The particle without which the verb says nothing (*pointed **out** that*); none if empty."""
    not_sources: Words = ()
    """Nouns that, after a phrase, make it a measure (*according to their age*)."""
    matches: tuple[SayingExample, ...] = Field(min_length=1)
    ignores: Words = Field(min_length=1)

    @model_validator(mode="after")
    def _has_words(self) -> "ReportingRule":
        if not (self.verbs or self.nouns or self.adjectives or self.phrases):
            raise ValueError("a rule needs verbs, nouns, adjectives or phrases")
        if not (self.takes or self.prepositions):
            raise ValueError("a rule needs takes or prepositions")
        return self

    @property
    def is_saying(self) -> bool:
        """Whether its words tell that somebody says what a clause below them says."""
        return "clause" in self.takes and ("quote" in self.takes or self.mode in {"speech", "writing"})

    def says(self, frame: str) -> bool:
        """Return whether, with this complement, the source vouches for the content."""
        if frame.removeprefix("passive:").removeprefix("prep:") in self.vouched_prepositions:
            return True
        if self.vouches is not None:
            return frame in self.vouches
        return self.mode in {"speech", "writing"} and frame in {"clause", "quote", "gerund", "host"}


class SourceNouns(Strict):
    """Nouns (and names) that tell what kind of source a phrase names."""

    kind: SourceKind
    nouns: Words = ()
    names: Words = ()


class RuleFile(Strict):
    """One TOML file: any of movement, status and reporting rules, classes of nouns and what sources are called."""

    movement: tuple[MovementRule, ...] = ()
    status: tuple[StatusRule, ...] = ()
    noun_class: tuple[NounClass, ...] = ()
    reporting: tuple[ReportingRule, ...] = ()
    source_nouns: tuple[SourceNouns, ...] = ()
