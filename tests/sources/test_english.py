"""English or not."""

import pytest

from claimx.sources.english import identify_language

OTHERS = {
    "de": "Die Armee hat am Montag dreißig Lastwagen aus dem Hafen von Tarnow nach Weststadt gebracht, sagten zwei "
    "Beamte, die nicht genannt werden wollten. Nach ihren Angaben transportierten die Fahrzeuge Radargeräte.",
    "nl": "Het leger heeft maandag dertig vrachtwagens van de haven van Tarnow naar Weststadt gebracht, zeiden twee "
    "ambtenaren die niet met naam genoemd wilden worden. De wagens vervoerden volgens hen radarapparatuur.",
    "fr": "L'armée a déplacé lundi trente camions du port de Tarnow vers Weststadt, ont déclaré deux responsables qui "
    "ont requis l'anonymat. Selon eux, les véhicules transportaient des radars et des pièces de rechange.",
    "es": "El ejército trasladó el lunes treinta camiones del puerto de Tarnow a Weststadt, según dos funcionarios que "
    "pidieron no ser identificados. Los vehículos transportaban radares y piezas de repuesto, añadieron.",
    "ru": "Армия перебросила в понедельник тридцать грузовиков из порта Тарнув в Вестштадт, сообщили два чиновника, "
    "пожелавшие остаться неназванными. По их словам, машины перевозили радары и запасные части к ним.",
    "ar": "نقل الجيش يوم الاثنين ثلاثين شاحنة من ميناء تارنوف إلى المدينة الغربية بحسب مسؤولين اثنين طلبا عدم الكشف عن "
    "هويتهما وقالا إن الشاحنات كانت تحمل رادارات وقطع غيار",
}
ENGLISH = {
    "news": "The army moved thirty trucks from the port of Tarnow to Weststadt on Monday, two officials said. They "
    "added that the trucks carried radars and spare parts, and that nobody had been told.",
    "names": "Foreign Minister Karin Holm-Eskildsen, Defence Minister Jörg Weißenfels, Prime Minister François Lefèvre "
    "and President Świętosława Żółkiewska flew to Reykjavík on Monday, where they met Chancellor Gudrun Thórsdóttir.",
    "headlines": "Russia shifts missiles. Troops leave Syria. Libya receives tanks. Convoy reaches Tobruk. Ship leaves "
    "Tartus. Planes land near Benghazi. Haftar visits Moscow. Assad flees Damascus. Embassy staff evacuated.",
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_named(language: str) -> None:
    assert identify_language(OTHERS[language]) == language


@pytest.mark.parametrize("name", ENGLISH)
def test_english_is_english(name: str) -> None:
    assert identify_language(ENGLISH[name]) == "en"


@pytest.mark.parametrize("text", ["Truppen nach Tarnow verlegt.", "Assad flees.", "", "12 345", "!"])
def test_a_few_latin_words_pass(text: str) -> None:
    assert identify_language(text) == "en"


def test_a_few_words_in_another_script_do_not() -> None:
    assert identify_language("Войска покинули порт Тарнув в понедельник утром.") == "ru"


def test_foreign_words_in_an_english_article_do_not_matter() -> None:
    assert identify_language(ENGLISH["news"] * 3 + OTHERS["de"]) == "en"
