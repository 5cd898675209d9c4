"""What nouns name: the classes of `nouns.toml`, with what users' packs add to them."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claimx.errors import RuleError
from claimx.rules.calendar import MONTHS, WEEKDAYS
from claimx.rules.files import read_bundled
from claimx.rules.schema import NounClass, RuleFile


@dataclass(frozen=True, slots=True)
class Nouns:
    """The classes of nouns, by lemma.

    `kinds` maps a noun to all classes that it stands in, `classes` to the widest ones that these are part of, `first`
    to the one that counts where one answer is wanted, followed by what that is a part of.
    """

    kinds: Mapping[str, frozenset[str]]
    classes: Mapping[str, frozenset[str]]
    first: Mapping[str, tuple[str, ...]]

    def of(self, kind: str) -> frozenset[str]:
        """Return the nouns of a class, those of its parts included."""
        return frozenset(noun for noun in self.kinds if kind in self.kinds[noun] | self.classes[noun])


@functools.cache
def bundled_nouns() -> Nouns:
    """Return the classes of nouns that claimx brings."""
    return index_nouns(())


def index_nouns(added: Iterable[NounClass]) -> Nouns:
    """Return claimx's classes with a pack's; a noun that a pack names stands in the pack's classes alone.

    Raises RuleError where a pack's class is neither one of claimx's nor a part of one.
    """
    bundled = read_bundled(RuleFile, "nouns.toml").noun_class
    above = {group.id: group.of for group in bundled}
    listed: dict[str, list[str]] = {}
    for group in bundled:
        for noun in group.nouns:
            listed.setdefault(noun, []).append(group.id)
    for name in (*MONTHS, *WEEKDAYS):
        listed.setdefault(name, []).append("time")
    own: dict[str, list[str]] = {}
    for group in added:
        if above.setdefault(group.id, group.of) is None and group.id not in {one.id for one in bundled}:
            raise RuleError(f"noun class {group.id}: unknown; use one of {', '.join(sorted(above))}, or say `of` which")
        for noun in group.nouns:
            own.setdefault(noun.lower(), []).append(group.id)
    listed |= own
    return Nouns(
        kinds={noun: frozenset(ids) for noun, ids in listed.items()},
        classes={noun: frozenset(above[one] or one for one in ids) for noun, ids in listed.items()},
        first={noun: (ids[0], above[ids[0]] or ids[0]) for noun, ids in listed.items()},
    )
