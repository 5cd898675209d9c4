"""Places and actors: what a name points at, and what must stay open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimx import gazetteer
from claimx.gazetteer import PLACE_BY_DESCRIPTION, REGION_BY_DESCRIPTION
from claimx.records import Actor

NO_CONTEXT: tuple[str, ...] = ()

FOUND = [
    # countries, whole or written otherwise
    ("Libya", NO_CONTEXT, "Libya", "LY", "country"),
    ("the United States", NO_CONTEXT, "United States", "US", "country"),
    ("U.S.", NO_CONTEXT, "United States", "US", "country"),
    ("the UK", NO_CONTEXT, "United Kingdom", "GB", "country"),
    ("LIBYA", NO_CONTEXT, "Libya", "LY", "country"),
    ("Côte d’Ivoire", NO_CONTEXT, "Ivory Coast", "CI", "country"),
    ("Democratic Republic of Congo", NO_CONTEXT, "Democratic Republic of the Congo", "CD", "country"),
    ("Bosnia and Herzegovina", NO_CONTEXT, "Bosnia and Herzegovina", "BA", "country"),
    ("the Netherlands", NO_CONTEXT, "Netherlands", "NL", "country"),
    ("the Palestinian territories", NO_CONTEXT, "Palestinian territories", "PS", "country"),
    ("the capital, Bangui", NO_CONTEXT, "Bangui", "CF", "city"),
    ("a Turkish yard", NO_CONTEXT, "Turkish yard", "TR", PLACE_BY_DESCRIPTION),
    ("six Libyan bases", NO_CONTEXT, "six Libyan bases", "LY", PLACE_BY_DESCRIPTION),
    ("Santo Domingo", ("Spain",), "Santo Domingo", "DO", "city"),
    ("Dubai", ("Uganda",), "Dubai", "AE", "city"),
    ("war-torn Syria", NO_CONTEXT, "Syria", "SY", "country"),
    ("neighbouring Chad", NO_CONTEXT, "Chad", "TD", "country"),
    ("bases in Syria", NO_CONTEXT, "Syria", "SY", "country"),
    # cities
    ("Benghazi", NO_CONTEXT, "Benghazi", "LY", "city"),
    ("Kuwait City", NO_CONTEXT, "Kuwait City", "KW", "city"),
    ("Moscow", NO_CONTEXT, "Moscow", "RU", "city"),
    ("Washington", NO_CONTEXT, "Washington", "US", "city"),
    ("N’Djamena", NO_CONTEXT, "N'Djamena", "TD", "city"),
    ("Tartus", NO_CONTEXT, "Ţarţūs", "SY", "city"),
    ("Kiev", NO_CONTEXT, "Kyiv", "UA", "city"),
    ("central Baghdad", NO_CONTEXT, "Baghdad", "IQ", "city"),
    ("Entebbe airport", NO_CONTEXT, "Entebbe", "UG", "city"),
    ("its home port in Mombasa, Kenya", NO_CONTEXT, "Mombasa", "KE", "city"),
    ("the eastern Congolese city of Goma", NO_CONTEXT, "Goma", "CD", "city"),
    ("the northern town of Jaffna held by Tamil Tiger rebels", NO_CONTEXT, "Jaffna", "LK", "city"),
    ("the 40m dry well in Baoding, Hebei province", NO_CONTEXT, "Baoding", "CN", "city"),
    ("the South Sudanese capital", NO_CONTEXT, "Juba", "SS", "city"),
    ("the Pakistani capital", NO_CONTEXT, "Islamabad", "PK", "city"),
    ("Nigeria’s capital", NO_CONTEXT, "Abuja", "NG", "city"),
    ("the capital of Peru", NO_CONTEXT, "Lima", "PE", "city"),
    ("Paris, Texas", NO_CONTEXT, "Paris", "US", "city"),
    ("Springfield, Illinois", NO_CONTEXT, "Springfield", "US", "city"),
    # names that several places share, with the article's other places
    ("Tripoli", ("Libya", "Italy"), "Tripoli", "LY", "city"),
    ("Tripoli", ("Beirut",), "Tripoli", "LB", "city"),
    ("Reading", ("UK",), "Reading", "GB", "city"),
    ("Nice", ("France",), "Nice", "FR", "city"),
    ("Brest", ("Minsk", "Poland"), "Brest", "BY", "city"),
    ("Adre", ("Chad",), "Adré", "TD", "city"),
    ("Congo", ("Rwanda",), "Democratic Republic of the Congo", "CD", "country"),
    ("Georgia", ("Russia", "US"), "Georgia", "GE", "country"),
    ("Georgia", ("Atlanta",), "Georgia", "US", "state"),
    ("the two remaining Soviet-era bases in Georgia", ("Moscow",), "Georgia", "GE", "country"),
    ("Texas", NO_CONTEXT, "Texas", "US", "state"),
    # regions and sites
    ("the Middle East", NO_CONTEXT, "Middle East", None, "region"),
    ("the Gulf", NO_CONTEXT, "Gulf", None, "region"),
    ("the Red Sea", ("Sudan",), "Red Sea", None, "region"),  # and a state of Sudan
    ("the Northern Territory", NO_CONTEXT, "Northern Territory", "AU", "state"),
    ("the Punjab", ("India",), "Punjab", "IN", "state"),
    ("Red Sea state", ("Sudan",), "Red Sea", "SD", "state"),
    ("the Gulf of Guinea", NO_CONTEXT, "Gulf of Guinea", None, "region"),
    ("the Hamas-controlled Gaza Strip", NO_CONTEXT, "Gaza Strip", "PS", "region"),
    ("Incirlik Air Base, Turkey", NO_CONTEXT, "Incirlik Air Base", "TR", "site"),
    ("the city of Liberia", ("Costa Rica",), "Liberia", "CR", "city"),
    ("the Russian port of Ust-Luga", NO_CONTEXT, "Ust-Luga", "RU", "site"),
    ("The Hague", NO_CONTEXT, "The Hague", "NL", "city"),
    ("the White House", NO_CONTEXT, "White House", "US", "site"),
    # what is known by its country alone
    ("eastern Libya", NO_CONTEXT, "eastern Libya", "LY", REGION_BY_DESCRIPTION),
    ("bases in eastern Libya", NO_CONTEXT, "eastern Libya", "LY", REGION_BY_DESCRIPTION),
    ("a desert airstrip in northern Niger", NO_CONTEXT, "northern Niger", "NE", REGION_BY_DESCRIPTION),
    ("Sudan's West Darfur state", NO_CONTEXT, "West Darfur", "SD", "state"),
    ("Estonian waters", NO_CONTEXT, "Estonian waters", "EE", PLACE_BY_DESCRIPTION),
    ("the Somali port of El-Maan", NO_CONTEXT, "El-Maan", "SO", PLACE_BY_DESCRIPTION),
    ("the Rafah border crossing in Egypt", NO_CONTEXT, "Rafah border crossing", "EG", PLACE_BY_DESCRIPTION),
    ("a depot near Barysaw", ("Belarus",), "depot near Barysaw", "BY", PLACE_BY_DESCRIPTION),
    ("Anbar province", NO_CONTEXT, "Anbar", "IQ", "state"),
    ("the Brest region", ("Belarus",), "Brest region", "BY", PLACE_BY_DESCRIPTION),
    ("a new site at Zalkum, Chad", NO_CONTEXT, "Zalkum, Chad", "TD", PLACE_BY_DESCRIPTION),
]

STATES = [
    ("Tamil Nadu", NO_CONTEXT, "Tamil Nadu", "IN", "state"),
    ("Bihar", NO_CONTEXT, "Bihar", "IN", "state"),  # not the city of Bihar Sharif
    ("Ontario", NO_CONTEXT, "Ontario", "CA", "state"),  # not the city in California
    ("Bavaria", NO_CONTEXT, "Bavaria", "DE", "state"),
    ("Helmand province", NO_CONTEXT, "Helmand", "AF", "state"),
    ("Kandahar province", NO_CONTEXT, "Kandahar", "AF", "state"),
    ("Kandahar", NO_CONTEXT, "Kandahār", "AF", "city"),
    ("the Mexican state of Sinaloa", NO_CONTEXT, "Sinaloa", "MX", "state"),
    ("Washington state", NO_CONTEXT, "Washington", "US", "state"),
    ("Niger state", NO_CONTEXT, "Niger", "NG", "state"),
    ("the state of Georgia", NO_CONTEXT, "Georgia", "US", "state"),
    ("Somali region", ("Ethiopia",), "Somali", "ET", "state"),
    ("the Gaza region", NO_CONTEXT, "Gaza region", "PS", PLACE_BY_DESCRIPTION),
    ("the Gaza province", ("Mozambique",), "Gaza", "MZ", "state"),
    ("Punjab", ("Pakistan",), "Punjab", "PK", "state"),
    ("Punjab", ("Indian",), "Punjab", "IN", "state"),
    ("Punjab", NO_CONTEXT, "Punjab", None, "region"),
    ("Santa Catarina", ("Brazil",), "Santa Catarina", "BR", "state"),  # a suburb of Monterrey bears the name too
    ("Victoria", ("Australia",), "Victoria", "AU", "state"),
    ("Kent", ("British",), "Kent", "GB", "county"),
    ("New York", NO_CONTEXT, "New York City", "US", "city"),
    ("upstate New York", NO_CONTEXT, "upstate New York", "US", REGION_BY_DESCRIPTION),
    ("western Washington", NO_CONTEXT, "western Washington", "US", REGION_BY_DESCRIPTION),
    ("central Washington", NO_CONTEXT, "Washington", "US", "city"),
    # counties whole
    ("Guernsey County", NO_CONTEXT, "Guernsey County", "US", "county"),
    ("Guernsey County", ("Britain",), "Guernsey County", "US", "county"),
    ("Guernsey County, Ohio", NO_CONTEXT, "Guernsey County", "US", "county"),
    ("Ohio's Guernsey County", NO_CONTEXT, "Guernsey County", "US", "county"),
    ("a warehouse in Lancaster County, Pa.", NO_CONTEXT, "Lancaster County", "US", "county"),
    ("Los Angeles County", NO_CONTEXT, "Los Angeles County", "US", "county"),
    ("County Cork", NO_CONTEXT, "Cork", "IE", "county"),
    ("Guernsey", NO_CONTEXT, "Guernsey", "GG", "country"),
    # shortened behind a town
    ("Allentown, Pa.", NO_CONTEXT, "Allentown", "US", "city"),
    ("Allentown, PA", NO_CONTEXT, "Allentown", "US", "city"),
    ("Allentown , Pa .", NO_CONTEXT, "Allentown", "US", "city"),
    ("Reading, Pa.", NO_CONTEXT, "Reading", "US", "city"),
    ("Manchester, N.H.", NO_CONTEXT, "Manchester", "US", "city"),
    ("Gary, Ind.", NO_CONTEXT, "Gary", "US", "city"),
    ("Lebanon, Tenn.", NO_CONTEXT, "Lebanon", "US", "city"),
    ("Vancouver, B.C.", NO_CONTEXT, "Vancouver", "CA", "city"),
    ("Buffalo, New York", NO_CONTEXT, "Buffalo", "US", "city"),
    ("Washington, D.C.", NO_CONTEXT, "Washington", "US", "city"),
    ("Washington DC", NO_CONTEXT, "Washington", "US", "city"),
    ("Punxsutawney, Pa.", NO_CONTEXT, "Punxsutawney, Pennsylvania", "US", PLACE_BY_DESCRIPTION),
]

NAMESAKES = [
    ("Salisbury", ("Britain",), "GB", "Salisbury"),
    ("Salisbury", ("England", "Russian"), "GB", "Salisbury"),
    ("Salisbury", ("Maryland",), "US", "Salisbury"),
    ("Salisbury", ("Zimbabwe",), "ZW", "Harare"),
    ("St. Petersburg", ("Russia",), "RU", "Saint Petersburg"),
    ("St Petersburg", ("Russian",), "RU", "Saint Petersburg"),
    ("St. Petersburg", ("Florida",), "US", "St. Petersburg"),
    ("St. Petersburg", (), "RU", "Saint Petersburg"),
    ("Perth", ("Scotland",), "GB", "Perth"),
    ("Perth", ("Australia",), "AU", "Perth"),
    ("Birmingham", ("Alabama",), "US", "Birmingham"),
    ("Birmingham", ("UK",), "GB", "Birmingham"),
    ("London", ("London", "Ontario"), "CA", "London"),
    ("London", ("London", "Canada"), "GB", "London"),  # the capital, five times as large and more
    ("Paris", ("Paris", "Texas"), "US", "Paris"),
    ("Paris", ("US",), "FR", "Paris"),
    ("Moscow", ("US",), "RU", "Moscow"),
    ("SALISBURY", ("Britain",), "GB", "Salisbury"),
    ("Homs", (), "SY", "Homs"),  # what Al Khums in Libya is called, too
    ("Alexandria", (), "EG", "Alexandria"),
    ("Quezon", ("Chinese",), "PH", "Quezon City"),  # a town of the country bears the name
    ("Gaza", (), "PS", "Gaza"),
    ("Athens", ("US",), "GR", "Athens"),
    ("Washington", ("Utah",), "US", "Washington"),
    ("Jaffna", ("Jaffna", "India"), "LK", "Jaffna"),  # named by itself, it needs no country
    ("Athens", (), "GR", "Athens"),
]

OPEN = [
    ("the White Nile", ("Sudan",)),  # the river, not the state
    ("Poti", ("Armenia",)),  # Teresina in Brazil is called so, too
    ("Salisbury", NO_CONTEXT),  # Harare's older name is no reason
    ("Salisbury", ("Britain", "Zimbabwe")),
    ("Birmingham", ("Alabama", "UK")),
    ("Boston", ("UK",)),
    ("Perth", ("UK",)),
    ("Odessa", NO_CONTEXT),
    ("Northern", NO_CONTEXT),
    ("Kent", NO_CONTEXT),
    ("Kochi", NO_CONTEXT),
    ("the Pa. town", NO_CONTEXT),
    ("Tripoli", NO_CONTEXT),
    ("Tripoli", ("Libya", "Lebanon")),
    ("Birmingham", NO_CONTEXT),
    ("Georgia", NO_CONTEXT),
    ("Congo", NO_CONTEXT),
    ("Korea", ("Japan",)),
    ("Reading", NO_CONTEXT),
    ("reading", ("UK",)),
    ("turkey", NO_CONTEXT),
    ("mobile", ("US",)),
    ("Of", NO_CONTEXT),
    ("Police", ("Germany",)),
    ("Madaya", ("Syria",)),  # a town of 24,000 in Myanmar bears the name too
    ("San Antonio", ("Spain",)),
    ("home", NO_CONTEXT),
    ("north", NO_CONTEXT),
    ("the border", ("Chad", "Sudan")),
    ("the village", ("Russia",)),
    ("Turkey, Egypt", NO_CONTEXT),
    ("Yerevan and Tbilisi", NO_CONTEXT),
    ("Saudi Arabia, Egypt, Israel, the Palestinian territories and Iraq", NO_CONTEXT),
    ("Kabul's neighbour", NO_CONTEXT),
    ("Ukrainian forces", NO_CONTEXT),
    ("the leader of Hamas", NO_CONTEXT),
    ("the people of Iran", NO_CONTEXT),
    ("territories controlled by Libyan warlord Khalifa Haftar", NO_CONTEXT),
    ("Khalifa Haftar", ("Libya",)),
    ("the Taquari", ("Brazil",)),
    ("", NO_CONTEXT),
    ("...", NO_CONTEXT),
]


@pytest.mark.parametrize(("text", "context", "name", "country", "kind"), FOUND + STATES)
def test_find_place(text: str, context: tuple[str, ...], name: str, country: str | None, kind: str) -> None:
    place = gazetteer.find_place(text, context=context)
    assert place is not None
    assert (place.name, place.country, place.kind) == (name, country, kind)


@pytest.mark.parametrize(("text", "context", "country", "name"), NAMESAKES)
def test_what_the_article_names_decides_between_namesakes(
    text: str, context: tuple[str, ...], country: str, name: str
) -> None:
    place = gazetteer.find_place(text, context=context)
    assert place is not None
    assert (place.country, place.name, place.kind) == (country, name, "city")


def test_a_town_that_nobody_lives_in_has_namesakes_too() -> None:
    assert gazetteer.find_place("Plymouth", context=("Montserrat",)) is not None


def test_a_state_behind_a_town_picks_the_town() -> None:
    towns = [gazetteer.find_place(f"Portland, {state}") for state in ("Ore.", "Maine", "OR")]
    assert [town and round(town.lat or 0) for town in towns] == [46, 44, 46]
    assert gazetteer.find_place("Portland", context=("Maine",)) == towns[1]


def test_states_have_a_country_and_no_point() -> None:
    state, province = gazetteer.find_place("Ohio"), gazetteer.find_place("Jalisco")
    assert state is not None
    assert province is not None
    assert (state.country, state.lat, state.lon, state.geonameid) == ("US", None, None, 5165418)
    assert (province.country, province.lat, province.lon, province.geonameid) == ("MX", None, None, None)


@pytest.mark.parametrize(("text", "context"), OPEN)
def test_a_null_beats_a_guess(text: str, context: tuple[str, ...]) -> None:
    assert gazetteer.find_place(text, context=context) is None


@pytest.mark.parametrize(("text", "country"), [("eastern Libya", "LY"), ("Estonian waters", "EE"), ("the Gulf", None)])
def test_descriptions_and_regions_have_no_coordinates(text: str, country: str | None) -> None:
    place = gazetteer.find_place(text)
    assert place is not None
    assert (place.country, place.lat, place.lon, place.geonameid) == (country, None, None, None)


def test_cities_and_countries_have_coordinates_and_ids() -> None:
    city, country = gazetteer.find_place("Benghazi"), gazetteer.find_place("Libya")
    assert city is not None
    assert country is not None
    assert (city.geonameid, round(city.lat or 0), round(city.lon or 0)) == (88319, 32, 20)
    assert (country.geonameid, country.lat, country.lon) == (2215636, 25.0, 17.0)


COUNTRIES = [
    ("Russian", "RU"),
    ("Libyan", "LY"),
    ("US", "US"),
    ("U.S.", "US"),
    ("the United States", "US"),
    ("British", "GB"),
    ("Syrian", "SY"),
    ("Danes", "DK"),
    ("South Sudanese", "SS"),
    ("Nigerien", "NE"),
    ("Nigerian", "NG"),
    ("Libyan officials", "LY"),
    ("the South Korean army", "KR"),
    ("Rwanda’s government", "RW"),
    ("Polish", "PL"),
    ("polish", None),
    ("us", None),
    ("turkey", None),
    ("Congolese", None),
    ("US and Libyan officials", None),
    ("Iranian-backed militia", None),
    ("Moscow", None),
    ("officials", None),
    ("the Turkishness of it", None),
]


@pytest.mark.parametrize(("text", "country"), COUNTRIES)
def test_country_of(text: str, country: str | None) -> None:
    assert gazetteer.country_of(text) == country


GOVERNMENTS = [
    ("Moscow", "RU"),
    ("the Kremlin", "RU"),
    ("Washington", "US"),
    ("the White House", "US"),
    ("Beijing", "CN"),
    ("Tehran", "IR"),
    ("Ankara", "TR"),
    ("Kyiv", "UA"),
    ("Kiev", "UA"),
    ("Tel Aviv", "IL"),
    ("Russia", "RU"),
    ("Brussels", None),  # the European Union as often as Belgium
    ("Tripoli", None),
    ("Saint Petersburg", None),
    ("Mumbai", None),
    ("kremlin", None),
]


@pytest.mark.parametrize(("text", "country"), GOVERNMENTS)
def test_government_of(text: str, country: str | None) -> None:
    assert gazetteer.government_of(text) == country


@pytest.mark.parametrize(
    "text", ["Libya", "Moscow", "Paris", "the Middle East", "Texas", "Congo", "Shanghai", "Crimea"]
)
def test_place_names(text: str) -> None:
    assert gazetteer.is_place_name(text)


@pytest.mark.parametrize("text", ["libya", "Nice", "Of", "Haftar", "Wagner", "the officials", "Libyan officials", ""])
def test_no_place_names(text: str) -> None:
    assert not gazetteer.is_place_name(text)


ACTORS = [
    ("Russia", "GPE", Actor("Russia", "RU", "country")),
    ("Russian", "NORP", Actor("Russia", "RU", "country")),
    ("Moscow", "GPE", Actor("Russia", "RU", "country")),
    ("the Kremlin", "ORG", Actor("Russia", "RU", "country")),
    ("the Kuwaiti government", None, Actor("Kuwait", "KW", "country")),
    ("Rwanda's government", None, Actor("Rwanda", "RW", "country")),
    ("the government of Chad", None, Actor("Chad", "TD", "country")),
    ("The Wall Street Journal", "ORG", Actor("Wall Street Journal", None, "organisation")),
    ("the Libyan National Army", "ORG", Actor("Libyan National Army", "LY", "organisation")),
    ("The Israeli military", None, Actor("Israeli military", "IL", "organisation")),
    ("Libyan officials", None, Actor("Libyan officials", "LY", "group")),
    ("US and Libyan officials", None, Actor("US and Libyan officials", None, "group")),
    ("Wagner fighters", None, Actor("Wagner fighters", None, "group")),
    ("Kuwaitis", "NORP", Actor("Kuwaitis", "KW", "group")),
    ("Khalifa Haftar", "PERSON", Actor("Khalifa Haftar", None, "person")),
    ("Syrian President Bashar al-Assad", "PERSON", Actor("Bashar al-Assad", "SY", "person")),
    ("Bashar al-Assad, the Syrian dictator", "PERSON", Actor("Bashar al-Assad", None, "person")),
    ("CIA Director William Burns", "PERSON", Actor("William Burns", None, "person")),
    ("Mr. Ivanov", None, Actor("Ivanov", None, "person")),
    ("Chad Smith", "PERSON", Actor("Chad Smith", None, "person")),
    ("Russian cargo planes", None, Actor("Russia", "RU", "country")),
    ("a British warship", None, Actor("United Kingdom", "GB", "country")),
    ("15 Azerbaijanis", None, Actor("15 Azerbaijanis", "AZ", "group")),
    ("two Swedish diplomats", None, Actor("two Swedish diplomats", "SE", "group")),
    ("between 3,000 and 4,000 Rwandan troops", None, Actor("between 3,000 and 4,000 Rwandan troops", "RW", "group")),
    ("Uganda and Ethiopia", None, Actor("Uganda and Ethiopia", None, "group")),
    (
        "Cody Ray Fugate, 29, and Travis Lunsford, 41",
        "PERSON",
        Actor("Cody Ray Fugate, 29, and Travis Lunsford, 41", None, "group"),
    ),
    ("Muhammad bin Salman", "PERSON", Actor("Muhammad bin Salman", None, "person")),
    ("the Danish foreign minister", None, Actor("Danish foreign minister", "DK", "person")),
    ("Sweden's ambassador to Afghanistan", None, Actor("Sweden's ambassador to Afghanistan", "SE", "person")),
    ("Nigeria's culture minister, Folake Adeyemi", "PERSON", Actor("Folake Adeyemi", "NG", "person")),
    ("Open Larder's director in Congo, Esther Mbuyi", "PERSON", Actor("Esther Mbuyi", None, "person")),
    ("Presidential aide Luiza Prates", "PERSON", Actor("Luiza Prates", None, "person")),
    ("Soap star Kezia", "PERSON", Actor("Kezia", None, "person")),
    ("Harlow County Sheriff Dina Brandt", "PERSON", Actor("Dina Brandt", None, "person")),
    ("Orchard CEO Milo Hart", "PERSON", Actor("Milo Hart", None, "person")),
    ("Gen. Ruth Osei", "PERSON", Actor("Ruth Osei", None, "person")),
    ("Queen Ingeborg of Norway", "PERSON", Actor("Queen Ingeborg of Norway", "NO", "person")),
    ("Octavio Larrabure, 52", "PERSON", Actor("Octavio Larrabure", None, "person")),
    ("Bank of Russia", "ORG", Actor("Bank of Russia", "RU", "organisation")),
    ("850 soldiers", None, None),
    ("Two inmates", None, None),
    ("Rescuers", None, None),
    ("Some 40,000 of them", None, None),
    ("No Danish foreign minister", None, None),
    ("more than half a million Afghans", None, Actor("more than half a million Afghans", "AF", "group")),
    ("The tanker Marlow Star", "PERSON", None),
    ("Water and soup", None, None),
    ("1.4 million cholera vaccine doses", None, None),
    ("Crown jewels", None, None),
    ("they", None, None),
    ("armed men", None, None),
    ("the man", None, None),
    ("Rubistar", None, None),
]


@pytest.mark.parametrize(("text", "label", "actor"), ACTORS)
def test_actor_of(text: str, label: str | None, actor: Actor | None) -> None:
    assert gazetteer.actor_of(text, label) == actor


def test_shared_names_act_for_the_country_of_the_article() -> None:
    assert gazetteer.actor_of("Georgia", "GPE") is None
    assert gazetteer.actor_of("Georgia", "GPE", context=("Moscow", "Georgia")) == Actor("Georgia", "GE", "country")
    assert gazetteer.actor_of("Congo", "GPE", context=("Rwanda",)) == Actor(
        "Democratic Republic of the Congo", "CD", "country"
    )


def test_every_country_lies_where_its_cities_are() -> None:
    known = gazetteer.gazetteer()
    by_country: dict[str, list[tuple[float, float]]] = {}
    for city in known.geonames.cities():
        by_country.setdefault(city.country, []).append((city.lat, city.lon))
    stray = []
    for code, facts in known.facts.countries.items():
        points = by_country.get(code, [])
        lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
        lat, lon = facts.at
        if points and not (min(lats) - 6 <= lat <= max(lats) + 10 and min(lons) - 6 <= lon <= max(lons) + 12):
            stray.append((code, facts.at))
    assert not stray


def test_shared_names_and_seats_name_known_countries() -> None:
    facts = gazetteer.gazetteer().facts
    codes = {
        *facts.seats.values(),
        *(c for many in facts.shared.values() for c in many),
        *filter(None, facts.regions.values()),
    }
    assert codes <= set(facts.countries) | {"IO"}
    assert facts.words.federations <= set(facts.countries)


def test_states_and_cities_that_are_listed_are_in_the_index() -> None:
    known = gazetteer.gazetteer()
    for code in (*known.facts.states.values(), *known.facts.abbreviations.values()):
        assert known.geonames.division(code) is not None, code
    for name, city in known.facts.cities.items():
        assert city.country in {found.country for found in known.geonames.cities_named(city.name)}, name


_WORDS = st.sampled_from(
    [
        *("the", "a", "of", "in", "near", "and", ",", "'s", "eastern", "port", "capital", "two", "10", "President"),
        *("Libya", "Russian", "Tripoli", "Georgia", "Moscow", "US", "Turkey", "Congolese", "officials", "held by"),
        *("Mr.", "Incirlik", "Air", "Base", "Bashar", "al-Assad", "-", "no", "army", "planes", "government", "-held"),
    ]
)


@settings(deadline=None)  # the first example loads the cities
@given(st.lists(_WORDS, max_size=8).map(" ".join) | st.text(max_size=30), st.lists(_WORDS, max_size=3))
def test_any_words_are_read_without_failing(text: str, context: list[str]) -> None:
    place = gazetteer.find_place(text, context=context)
    assert place is None or place.name
    for label in (None, "PERSON", "ORG", "GPE"):
        actor = gazetteer.actor_of(text, label, context=context)
        assert actor is None or actor.name
    assert gazetteer.country_of(text) is None or gazetteer.country_of(text) in gazetteer.gazetteer().facts.countries
    gazetteer.government_of(text)
    gazetteer.is_place_name(text)


@pytest.mark.parametrize("text", ["\ud800", "Dade\udfff County", "the city of S\ud800aná, Tex."])
def test_lone_surrogates_are_no_trouble(text: str) -> None:
    gazetteer.find_place(text, context=("Florida", "\ud800"))
