"""Titles and posts of persons: what stands before a name and is no part of it."""

import functools

from claimx.rules.files import Strict, read_bundled

Words = frozenset[str]


class Titles(Strict):
    """Titles by what they tell; what each list is for stands beside it in `titles.toml`."""

    posts: Words
    ambiguous: Words
    parts: Words
    short: Words
    address: Words
    sole: Words
    royal: Words
    male: Words
    female: Words

    @functools.cached_property
    def words(self) -> Words:
        """Every word that can be one of a title, those cut short with and without their full stop."""
        cut = self.short | self.address
        single = {post for post in self.posts if " " not in post}
        return self.ambiguous.union(self.parts, single, cut, (f"{word}." for word in cut))

    @functools.cached_property
    def honorifics(self) -> Words:
        """How anybody is addressed, with and without a full stop."""
        return self.address.union(f"{word}." for word in self.address)


TITLES = read_bundled(Titles, "titles.toml")
