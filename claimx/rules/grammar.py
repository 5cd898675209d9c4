"""The closed word classes of `grammar.toml`, as sets."""

import functools
from typing import Literal

from claimx.rules import numbers
from claimx.rules.files import Strict, read_bundled
from claimx.rules.schema import Role

Words = frozenset[str]


class Grammar(Strict):
    """Word classes by name; what each is for stands beside it in `grammar.toml`."""

    path_nouns: Words
    object_control: Words
    light_verbs: Words
    operator_verbs: Words
    operated: Words
    transport_modes: Words
    vehicle_prepositions: Words
    figure_prepositions: Words
    time_prepositions: Words
    duration_prepositions: Words
    eases: Words
    abilities: Words
    purposes: Words
    anybody: Words
    those: Words
    orders: Words
    receiving: Words
    writings: Words
    time_adverbs: Words
    indefinite_people: Words
    place_adverbs: Words
    quantities: Words
    reflexives: Words
    contrasting: Words
    ship_prefixes: Words
    aspect_verbs: Words
    permitting_verbs: Words
    mandative_verbs: Words
    asking_verbs: Words
    path_prepositions: Words
    place_joints: Words
    container_prepositions: Words
    complement_prepositions: Words
    negative_determiners: Words
    finite_be: Words
    looking_back_verbs: Words
    beside_prepositions: Words
    before_prepositions: Words
    reached_by_moving: Words
    resultative_verbs: Words
    forestalling_verbs: Words
    rebuffing_verbs: Words
    failing_verbs: Words
    onlooking_verbs: Words
    bidding_verbs: Words
    lawgivers: Words
    pacts: Words
    leaving_words: Words
    resigning: Words
    posts: Words
    standing: Words
    carrying_verbs: Words
    bids: Words
    issuing_verbs: Words
    measures: Words
    blaming_verbs: Words
    getting_verbs: Words
    depths: Words
    journeys: Words
    earlier: Words
    agenda: Words
    duties: Words
    setting_out_verbs: Words
    ranks: Words
    permits: Words
    guessing_modals: Words
    befalling_verbs: Words
    habits: Words
    announcing_verbs: Words
    flows: Words
    fallings: Words
    ailments: Words
    steering_verbs: Words
    entailing_verbs: Words
    limits: Words
    day_parts: Words
    coming_times: Words
    polities: Words
    pronouns: dict[Literal["i", "we", "you", "he", "she", "it", "they"], Words]
    prepositions: dict[Literal["origin", "destination", "via", "vehicle"], tuple[str, ...]]

    @functools.cached_property
    def form_of_pronoun(self) -> dict[str, str]:
        """The first form of a personal pronoun (*he* of *himself*), by any of its forms."""
        return {word: form for form, words in self.pronouns.items() for word in words}

    @functools.cached_property
    def first_person(self) -> Words:
        """All forms of *I* and *we*."""
        return self.pronouns["i"] | self.pronouns["we"]

    @functools.cached_property
    def personal_pronouns(self) -> Words:
        """Pronouns that stand for people, or things beside people (*they*)."""
        return self.indefinite_people | (self.form_of_pronoun.keys() - self.pronouns["it"])

    @functools.cached_property
    def role_of_preposition(self) -> dict[str, Role]:
        """What a preposition makes of the phrase under it, by preposition."""
        return {word: role for role, words in self.prepositions.items() for word in words}


_BUNDLED = read_bundled(Grammar, "grammar.toml")
GRAMMAR = _BUNDLED.model_copy(update={"quantities": _BUNDLED.quantities | numbers.WORDS})
