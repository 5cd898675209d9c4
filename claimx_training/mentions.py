"""Names put in place of other names of their kind, so that small corpora are not learned by heart.

After Dai and Adel, "An Analysis of Simple Data Augmentation for Named Entity Recognition" (COLING 2020): mention
replacement. Only sentences without trees are changed, since a name's length changes with it.
"""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from claimx_training import entity_labels as labels
from claimx_training.sentences import NOT_ANNOTATED, Sentence

_REPLACE: Final = 0.4
_REPLACED: Final = frozenset({"PERSON", "ORG", "GPE"})
_BEGIN_TYPES: Final = {labels.begin({name}): name for name in labels.ENTITY_TYPES}


def mentions_of(sentence: Sentence) -> list[tuple[int, int, str]]:
    """The names of a sentence whose type is known beyond doubt: start, end, type."""
    found: list[tuple[int, int, str]] = []
    masks = sentence.entities or []
    for index, mask in enumerate(masks):
        kind = _BEGIN_TYPES.get(mask)
        if kind:
            end = index + 1
            while end < len(masks) and masks[end] == labels.inside({kind}):
                end += 1
            found.append((index, end, kind))
    return found


@dataclass(frozen=True, slots=True)
class MentionPool:
    """All names seen, by type."""

    names: dict[str, list[list[str]]]

    @classmethod
    def gather(cls, sentences: Iterable[Sentence]) -> Self:
        """The names in `sentences`, as often as they are there."""
        names: defaultdict[str, list[list[str]]] = defaultdict(list)
        for sentence in sentences:
            for start, end, kind in mentions_of(sentence):
                names[kind].append(sentence.words[start:end])
        return cls(dict(names))

    def replace(self, sentence: Sentence, chance: random.Random) -> Sentence:
        """The sentence with some of its persons, organisations and states or cities called otherwise."""
        if sentence.has_tree or sentence.entities is None:
            return sentence
        words, masks = list(sentence.words), list(sentence.entities)
        classes = list(sentence.noun_classes or [NOT_ANNOTATED] * len(words))
        for start, end, kind in reversed(mentions_of(sentence)):
            if kind in _REPLACED and kind in self.names and chance.random() < _REPLACE:
                new = chance.choice(self.names[kind])
                words[start:end] = new
                masks[start:end] = [labels.begin({kind}), *[labels.inside({kind})] * (len(new) - 1)]
                # the class of the name as a whole goes to its last word
                known = [name for name in classes[start:end] if name != NOT_ANNOTATED]
                classes[start:end] = [*[NOT_ANNOTATED] * (len(new) - 1), known[-1] if known else NOT_ANNOTATED]
        return sentence.copy(words=words, spaces=[True] * len(words), entities=masks, noun_classes=classes)
