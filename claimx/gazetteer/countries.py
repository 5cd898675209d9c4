"""Countries by their names, demonyms and seats of government, and what a noun phrase that opens with one belongs to."""

import functools

from claimx.gazetteer.geonames import GeoNames, fold
from claimx.gazetteer.near import Near
from claimx.gazetteer.words import COORDINATION, POSSESSIVE, clean, plain
from claimx.records import Place
from claimx.rules import numbers
from claimx.rules.places import Facts


class Countries:
    """Names of countries and of their people, and the countries that they stand for."""

    def __init__(self, facts: Facts, geonames: GeoNames) -> None:
        self._facts = facts
        self.by_code = geonames.countries()
        self.names: dict[str, str] = {}
        self.people: dict[str, str] = {}
        self.plural_people: set[str] = set()
        self._index()

    def country_of(self, text: str) -> str | None:
        """Return the ISO 3166-1 alpha-2 code of the country that a span names or belongs to.

        That is a country's name, a demonym (*Russian*), or a noun phrase that opens with either (*Libyan officials*,
        *Sudan's army*). None where there are two countries, or where the name is shared (*Congolese*).
        """
        bare = plain(clean(text))
        return self.named(bare) or self.owner(bare)[0]

    def government_of(self, text: str) -> str | None:
        """Return the country whose government a capital, a seat or a country's own name stands for where it acts."""
        bare = clean(text)
        if country := self._facts.seats.get(bare) or self._facts.seats.get(plain(bare)):
            return country
        return self.named(plain(bare)) or self.capitals.get(fold(plain(bare)))

    def _index(self) -> None:
        for code, country in self.by_code.items():
            facts = self._facts.countries.get(code)
            if code in ("AN", "CS"):  # dissolved states, kept in GeoNames for old data
                continue
            names = [facts.name] if facts and facts.name else []
            names += [country.name, *(facts.also if facts else ())]
            for name in names:
                if name not in self._facts.shared:
                    self.names.setdefault(plain(name), code)
            for person in facts.people if facts else ():
                self.people.setdefault(person, code)
                if (plural := _plural(person)) is not None:
                    self.people.setdefault(plural, code)
                    self.plural_people.add(plural)

    @functools.cached_property
    def capitals(self) -> dict[str, str]:
        """Return the countries of capitals that stand for their governments."""
        return {
            fold(country.capital): code
            for code, country in self.by_code.items()
            if code in self._facts.countries and country.capital and country.capital not in self._facts.not_seats.names
        }

    def name_of(self, code: str) -> str:
        """Return what to call a country, by its code."""
        facts = self._facts.countries.get(code)
        return plain((facts.name if facts else None) or self.by_code[code].name)

    def named(self, bare: str) -> str | None:
        """Return the country of an exact name or demonym."""
        found = self.names.get(bare) or self.people.get(bare)
        if found is None and len(bare) > 3 and bare.isupper():  # headlines in capitals
            return self.names.get(bare.title()) or self.people.get(bare.title())
        return found

    def owner(self, bare: str) -> tuple[str | None, str]:
        """Return the country whose name or demonym opens a noun phrase, and the rest of the phrase.

        Numbers and adjectives may stand before it: *two Swedish diplomats*, *the former Kenyan ambassador*.
        """
        if possessive := POSSESSIVE.match(bare):
            owner = plain(possessive[1])
            if country := self.names.get(owner):
                return country, possessive[2]
        words = bare.split(" ")
        start = 0
        while start < len(words) and (self.is_quantity(words[start]) or words[start] in self._facts.actors.adjectives):
            start += 1
        for many in (3, 2, 1):
            end = start + many
            country = self.named(" ".join(words[start:end]))
            if country is None or len(words) <= end:
                continue
            rest = " ".join(words[end:])
            if COORDINATION.match(f" {rest}") or rest.startswith(","):
                return None, bare  # US and Libyan officials
            return country, rest
        if start and start == len(words) - 1 and words[start] in self.plural_people:
            return self.people[words[start]], words[start]  # 15 Azerbaijanis
        return None, bare

    def nationality(self, bare: str) -> str | None:
        """Return the country of *Syrian President Bashar al-Assad*, *US envoy*; not of *Chad Smith*."""
        country, rest = self.owner(bare)
        opening = bare[: len(bare) - len(rest)].strip()
        is_name = opening in self.names and not opening.strip(".").isupper()
        return None if is_name else country

    def inside(self, bare: str) -> str | None:
        """Return the country of *Bank of Russia*, *Central Bank of Libya*."""
        _, of, name = bare.rpartition(" of ")
        return self.names.get(plain(name)) if of else None

    def choose(self, name: str, near: Near) -> str | None:
        """Return which country a shared name means, by the article's countries and the neighbours of each choice."""
        codes = self._facts.shared[name]
        neighbours = {code: self.by_code[code].neighbours for code in codes}
        scores = []
        for code in codes:
            others = set[str]().union(*(neighbours[other] for other in codes if other != code)) | set(codes)
            # the United States are in every other article, whatever it is about
            scores.append(
                (0.5 if code == "US" else 2.0) * (code in near.codes) + len((neighbours[code] - others) & near.codes)
            )
        best = max(scores)
        return codes[scores.index(best)] if best and scores.count(best) == 1 else None

    def place(self, code: str) -> Place:
        """Return a country with a point near its middle, by its code."""
        facts = self._facts.countries.get(code)
        lat, lon = facts.at if facts else (None, None)
        return Place(self.name_of(code), code, lat, lon, self.by_code[code].geonameid, "country")

    def is_quantity(self, word: str) -> bool:
        """Tell whether a word says how many."""
        return word[:1].isdigit() or word.lower() in self._facts.actors.quantities | numbers.WORDS


def _plural(person: str) -> str | None:
    last = person.split(" ")[-1]
    if last.endswith(("ish", "ese", "ch", "ss", "men", "man", "woman", "ic", "ois", "Dutch", "s", "otho", "tswana")):
        return None
    return person + "s"
