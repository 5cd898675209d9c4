"""One pass over a document: its mentions, the entities they refer to, and how sure each link is."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from claimx.claims.reference import ranking
from claimx.claims.reference.grammar import co_arguments, is_empty, subject_ahead, subject_for, subject_of_copula
from claimx.claims.reference.kinds import country_named, homeland, kinds_of_name, name_text
from claimx.claims.reference.mentions import (
    PLURAL,
    SINGULAR,
    Clauses,
    Mention,
    find_clauses,
    find_mentions,
    is_possessive,
    is_reflexive,
    relative_clause,
)
from claimx.claims.reference.names import fullness, group_names
from claimx.claims.reference.ranking import Candidate, Entity
from claimx.claims.reference.vocabulary import ReferenceWeights, Vocabulary
from claimx.language.syntax import (
    CLAUSAL,
    SUBJECTS,
    appositions,
    first_conjunct,
    joined_name,
    phrase,
    prepositionals,
    subjects,
)

THIRD = frozenset({"he", "she", "it", "they"})
_WINDOW = {"he": 5, "she": 5, "it": 3, "they": 4}  # sentences back
_NOUN_WINDOW = 12
_HEAD_WINDOW = 60  # for a noun met before
_MOST_RECENT = 500  # entities looked at, whatever the length of their sentences; articles stay under 100
_MOST_CANDIDATES = 50  # entities weighed for a noun, the nearest; articles stay under 10
_OWNERS = 8  # mentions looked at for whose something is
_ANNOUNCED_WINDOW = 6
_LONGEST_COMPLEMENT = 4  # tokens of a title after its noun: *of Foreign Affairs*
_COUNTS = frozenset({"both", "two", "three"})
_SMALL_TITLES = frozenset({"former", "new", "current", "outgoing", "embattled", "visiting", "late", "then"})
_DEFINITE = frozenset({"definite", "demonstrative", "possessive"})
_ROLES = ("subject", "object", "oblique", "poss", "complement", "appos")
_MAIN = frozenset({"ROOT", "root", "ccomp", "conj", "parataxis"})
_POINTING = frozenset({"nmod:poss", "poss"})
_MARGIN = 2.0  # how many times as likely as the next candidate the best must be
_PERSON_MARGIN = 1.5  # ... where gender has already told most others apart
_TIED = 0.5  # least sureness of what a mention that grammar ties to another is tied to
_GROUPS = {"he": "he", "she": "he", "it": "it", "they": "they"}


class Reading:
    """One pass over a document: mentions, entities, links. `run` does it; training walks it by itself."""

    def __init__(self, doc: Doc, words: Vocabulary, weights: ReferenceWeights) -> None:
        self.doc = doc
        self.words = words
        self.weights = weights
        self.clauses: Clauses = find_clauses(doc)
        self.mentions: list[Mention] = find_mentions(doc, self.clauses, words)
        self.by_head: dict[int, Mention] = {}
        self.pair_at: dict[int, Mention] = {}
        for mention in self.mentions:
            (self.pair_at if mention.kind == "pair" else self.by_head)[mention.head] = mention
        self.name_at: dict[int, Mention] = {}
        for mention in self.mentions:
            if mention.name is not None:
                for i in range(mention.name.full, mention.name.end):
                    if i not in self.name_at or mention.name.start <= i:
                        self.name_at[i] = mention
        self.entities: list[Entity | None] = [None] * len(self.mentions)
        self.sureness: list[float] = [1.0] * len(self.mentions)
        self.bars: list[float] = [_TIED] * len(self.mentions)
        self._fullest: dict[tuple[int, int], Span] = {}
        self.ties = self._ties()
        self.named_next = {first for second, first in self.ties.items() if self.mentions[second].name is not None}
        self.speakers = self._quote_speakers()
        self._bear_names()

    # ── questions ────────────────────────────────────────────────────────────────────────────────────────────────

    def mention_at(self, span: Span) -> Mention | None:
        """Return the mention that a span stands for, by its root; a pair where the span holds several of it."""
        root = span.root
        pair = self.pair_at.get(root.i)
        if pair is not None and sum(span.start <= i < span.end for i in pair.members) > 1:
            return pair
        mention = self.by_head.get(root.i)
        if mention is None:
            mention = self.by_head.get(joined_name(root).i)
        if mention is None:
            mention = self.name_at.get(root.i)
        joined = any(child.dep_ == "conj" and span.start <= child.i < span.end for child in root.children)
        return None if joined else mention  # several that do not make a pair

    def entity_of(self, mention: Mention) -> Entity | None:
        return self.entities[mention.index]

    def is_sure(self, mention: Mention) -> bool:
        """Return whether the chain of links that ties the mention to its entity is likely enough to be told."""
        return self.sureness[mention.index] >= self.bars[mention.index]

    def fullest_name(self, mention: Mention) -> Span | None:
        entity = self.entity_of(mention)
        if entity is None or not entity.names:
            return None
        key = (id(entity), len(entity.names))
        if key not in self._fullest:
            names = [name for i in entity.names if (name := self.mentions[i].name) is not None]
            best = max(names, key=fullness)
            self._fullest[key] = self.doc[best.full : best.end]
        return self._fullest[key]

    def description(self, mention: Mention) -> Span | None:
        entity = self.entity_of(mention)
        if entity is None or not self.is_sure(mention):
            return None
        named = self.fullest_name(mention)
        if named is not None:
            inside = any(
                self.mentions[i].role == "complement" and self.doc[self.mentions[i].head].head.i == mention.head
                for i in entity.names
            )  # *the town of Jaffna*
            return None if inside or named.start <= mention.head < named.end else named
        for index in entity.mentions:
            other = self.mentions[index]
            if other.index >= mention.index:
                return None
            if other.kind == "pronoun":
                continue
            span = self._extent(other)
            if any(token.pos_ == "PRON" and token.dep_ in _POINTING for token in span):
                continue  # *its troops* tells no more than the pronoun asked about
            if mention.kind == "nominal" and (
                span.start <= mention.head < span.end or _content(span) <= _content(self._extent(mention))
            ):
                continue
            return span
        return None

    def _extent(self, mention: Mention) -> Span:
        head = self.doc[mention.head]
        if mention.kind == "pair":
            return phrase(head)
        others = [child for child in head.children if child.dep_ in {"conj", "appos", "cc"} and child.i > head.i]
        return phrase(head, without=others)

    # ── the pass ─────────────────────────────────────────────────────────────────────────────────────────────────

    def run(self) -> None:
        """Give every mention its entity."""
        for mention in self.mentions:
            rows = self.candidates(mention)
            if rows is None:
                self.settle(mention)
                continue
            candidates, features = rows
            chances = ranking.probabilities(features, self.weights.weights.get(group_of(mention), {}))
            best = max(range(len(chances)), key=chances.__getitem__)
            if best < len(candidates):
                chosen = candidates[best]
                bar = _bar(mention, chosen)
                second = max((c for i, c in enumerate(chances[:-1]) if i != best), default=0.0)
                margin = _PERSON_MARGIN if mention.form in {"he", "she"} else _MARGIN
                if chances[best] >= max(self.weights.link[bar], margin * second):
                    self.bars[mention.index] = self.weights.report[bar]
                    self.join(mention, chosen.entity, min(chances[best], self._anchor(mention, chosen)))
                    continue
            self.settle(mention)

    def _anchor(self, mention: Mention, chosen: Candidate) -> float:
        """Return how sure the mention is that the link rests on: for a noun, the nearest that is no pronoun."""
        if mention.kind == "nominal":
            for index in reversed(chosen.entity.mentions):
                if self.mentions[index].kind != "pronoun":
                    return self.sureness[index]
        return self.sureness[chosen.mention.index]

    def settle(self, mention: Mention) -> None:
        """Give a mention that is not weighed the entity that grammar or its name gives it, else a new one."""
        target = self.ties.get(mention.index)
        entity = self.entities[mention.index]
        if entity is not None and mention.name is not None and not entity.mentions:
            unnamed = self._announced(mention, entity)
            if unnamed is not None:
                self._merge(unnamed, entity)
        if target is not None:
            other = self.entities[target]
            if other is not None and other is not entity:
                if entity is None:
                    self.join(mention, other, self.sureness[target])
                else:
                    self._merge(other, entity)
        self.join(mention, self.entities[mention.index] or self._fresh(mention), self.sureness[mention.index])

    def _announced(self, mention: Mention, entity: Entity) -> Entity | None:
        """Return the unnamed entity whose post the first mention of a name repeats as its title.

        *Sri Lanka's president said … President Kumaratunga said*: only the last such post before it.
        """
        posts = mention.nouns & self.words.words.titles.posts
        if mention.name is None or mention.name.type != "person" or not posts:
            return None
        titles = self._title_words(range(mention.name.full, mention.name.start))
        for other, nearest in self._recent(mention, _ANNOUNCED_WINDOW):
            if not posts & other.nouns or not other.number & SINGULAR or nearest.kind == "pair":
                continue
            first = self.mentions[other.mentions[0]]
            if other.names or not genders_agree(entity.gender, other.gender) or first.kind != "nominal":
                return None
            head = self.doc[first.head]
            inside = [t.i for t in head.subtree if t.i <= head.i + _LONGEST_COMPLEMENT and t.dep_ not in _POINTING]
            same = self._title_words(inside) == titles
            return other if first.form in _DEFINITE | {"bare"} and same else None
        return None

    def _title_words(self, tokens: Iterable[int]) -> set[str]:
        """Return the words of a title that tell one post from another: no country, no small word, no *former*."""
        found = set()
        for i in tokens:
            token = self.doc[i]
            if token.pos_ in {"NOUN", "PROPN", "ADJ"} and token.ent_type_ not in {"GPE", "NORP"}:
                found.add(token.lower_)
        return found - _SMALL_TITLES

    def join(self, mention: Mention, entity: Entity, sureness: float) -> None:
        """Add the mention to the entity, which learns from it."""
        self.entities[mention.index] = entity
        self.sureness[mention.index] = sureness
        if not entity.mentions or entity.mentions[-1] < mention.index:
            entity.mentions.append(mention.index)
        if not entity.gender and mention.gender and mention.kind != "pair":
            entity.gender = mention.gender
        if mention.kind == "nominal":
            entity.nouns |= mention.nouns
            entity.modifiers |= mention.modifiers
            entity.kinds = entity.kinds or self.words.kinds_of.get(mention.lemma, frozenset())
        if not entity.classes:
            entity.classes = mention.classes
        narrowed = entity.number & mention.number
        if narrowed and mention.kind != "name" and not entity.names:
            entity.number = narrowed

    def _merge(self, gone: Entity, kept: Entity) -> None:
        for index in gone.mentions:
            self.entities[index] = kept
        kept.mentions = sorted({*kept.mentions, *gone.mentions})
        kept.nouns |= gone.nouns
        kept.modifiers |= gone.modifiers
        kept.names += [i for i in gone.names if i not in kept.names]
        kept.name_words |= gone.name_words
        kept.gender = kept.gender or gone.gender
        kept.kinds = kept.kinds | gone.kinds

    def _fresh(self, mention: Mention) -> Entity:
        return Entity(
            number=mention.number,
            gender=mention.gender,
            classes=mention.classes,
            pair=mention.kind == "pair",
        )

    def _bear_names(self) -> None:
        """Make an entity of each bearer of names; its mentions join as the pass reaches them."""
        named = [mention for mention in self.mentions if mention.name is not None]
        names = [mention.name for mention in named if mention.name is not None]
        for bearer in group_names(names, self.doc, self.words):
            members = [named[i] for i in sorted(bearer.names)]
            entity = Entity(
                number=members[0].number,
                gender=bearer.gender,
                classes=next((m.classes for m in members if m.classes), frozenset()),
                kinds=kinds_of_name(self.doc, members, self.words),
            )
            for member in members:
                entity.names.append(member.index)
                entity.nouns |= member.nouns
                entity.modifiers |= {w for w in (member.name.titles if member.name else ()) if w not in entity.nouns}
                entity.modifiers |= member.modifiers
                entity.name_words |= set(member.name.parts if member.name else ())
                self.entities[member.index] = entity
        self._tie_peoples()

    def _tie_peoples(self) -> None:
        """Make an adjective of nationality a mention of its country, where the article names that."""
        countries = {}
        for mention in self.mentions:
            if mention.name is not None and mention.name.type == "place":
                code = country_named(name_text(self.doc, mention))
                if code is not None:
                    countries[code] = self.entities[mention.index]
        for mention in self.mentions:
            if mention.name is not None and mention.name.type == "people" and mention.role == "modifier":
                home = countries.get(homeland(name_text(self.doc, mention)) or "")
                if home is not None:
                    self.entities[mention.index] = home

    def _ties(self) -> dict[int, int]:
        """Return which mention grammar ties to which: appositions, predicate nouns, relative and reflexive pronouns."""
        ties: dict[int, int] = {}
        for mention in self.mentions:
            token = self.doc[mention.head]
            if mention.kind == "pronoun":
                other = self._grammatical_antecedent(mention, token)
                if other is not None:
                    ties[mention.index] = other.index
                continue
            if mention.kind == "pair":
                continue
            for child in (*appositions(token), *_doubled_subject(token)):
                other = self.by_head.get(joined_name(child).i)
                if other is not None and self._may_be_same(mention, other):
                    self._tie(ties, mention, other)
            other = self._named_by_noun(mention)
            if other is not None:
                self._tie(ties, mention, other)
            subject = subject_of_copula(token)
            other = self.by_head.get(subject.i) if subject is not None else None
            if other is not None and self._may_be_same(mention, other):
                self._tie(ties, mention, other)
        return ties

    @staticmethod
    def _tie(ties: dict[int, int], a: Mention, b: Mention) -> None:
        first, second = (a, b) if a.index < b.index else (b, a)
        ties.setdefault(second.index, first.index)

    def _may_be_same(self, a: Mention, b: Mention) -> bool:
        """Return whether apposition or copula can equate the two: a name and a noun, or two nouns, that agree."""
        if a.kind == b.kind == "pronoun" or "relative" in {a.form, b.form}:
            return False
        if "it" in {a.form, b.form} and "name" in {a.kind, b.kind}:
            return False  # *it was Haftar who left*
        if a.name is not None and b.name is not None:
            return False
        if not a.number & b.number or not genders_agree(a.gender, b.gender):
            return False
        return not a.classes or not b.classes or bool(a.classes & b.classes)

    def _named_by_noun(self, mention: Mention) -> Mention | None:
        """Return the noun before a name that says what it is: *the tanker **MV Aurora***, *the town of **Jaffna***."""
        name = mention.name
        if name is None or name.type == "person" or name.full == 0:
            return None
        before = self.doc[name.full - 1]
        if before.lower_ == "of" and name.type == "place" and before.i > 0:
            before = self.doc[before.i - 1]
            kinds = self.words.kinds_of.get(before.lemma_.lower(), frozenset())
            fits = bool(kinds & {"city", "island", "region", "country"}) and self.doc[mention.head].head.i == before.i
        else:
            head = self.doc[mention.head].head
            # parsers hang the two on each other or side by side
            fits = before.pos_ == "NOUN" and head.i in {before.i, before.head.i}
        noun = self.by_head.get(before.i)
        return noun if fits and noun is not None and noun.kind == "nominal" and noun.number & SINGULAR else None

    def _grammatical_antecedent(self, mention: Mention, token: Token) -> Mention | None:
        if mention.form == "relative":
            clause = relative_clause(token)
            if clause is None:
                return None
            noun = clause.head
            pair = self.pair_at.get(noun.i)
            if pair is not None and clause.i > max(pair.members):
                return pair
            return self.by_head.get(joined_name(noun).i)
        if is_reflexive(mention):
            subject = subject_for(self.doc[self.clauses.predicate[token.i]])
            found = self.by_head.get(subject.i) if subject is not None else None
            if found is not None and found.number & mention.number and genders_agree(found.gender, mention.gender):
                return found
        return None

    # ── candidates ───────────────────────────────────────────────────────────────────────────────────────────────

    def candidates(self, mention: Mention) -> tuple[list[Candidate], list[list[str]]] | None:
        """Return what the mention may take up, with the features of each and, last, of "none".

        None where the mention is not to be weighed: names, new introductions, what grammar settles, empty *it*.
        """
        if mention.index in self.ties or mention.index in self.named_next or mention.kind in {"name", "pair"}:
            return None
        if mention.kind == "pronoun":
            if mention.form not in THIRD or is_reflexive(mention):
                return None
            if mention.lemma == "it" and is_empty(self.doc[mention.head], self.words.words.pleonastic):
                return None
            found = self._for_pronoun(mention)
            rows = [ranking.pronoun_features(mention, candidate, rank) for rank, candidate in enumerate(found)]
            if len(rows) < 3:
                for row in rows:
                    row.append(f"alone={len(rows)}")
            rows.append(ranking.pronoun_none(mention))
        else:
            if mention.form not in _DEFINITE and not self._is_bare_post(mention):
                return None
            owner = self.by_head.get(mention.owner)
            if owner is not None and owner.form in {"i", "we"}:
                return None  # *our president* is known to who speaks
            if mention.lemma == "one" or (mention.lemma in _COUNTS and mention.trailing):
                return None  # *the one who*, *both of those*
            found = self._for_noun(mention)
            rows = [ranking.definite_features(mention, candidate, rank) for rank, candidate in enumerate(found)]
            rows.append(ranking.definite_none(mention))
        return (found, rows) if found else None

    def _is_bare_post(self, mention: Mention) -> bool:
        """Return whether the noun is a post without an article, as in headlines (*Foreign Minister visits Libya*)."""
        return (
            mention.form == "bare"
            and mention.number == SINGULAR
            and mention.lemma in self.words.words.titles.posts
            and self.doc[mention.head].pos_ == "PROPN"
        )

    def _recent(self, mention: Mention, sentences: int) -> Iterator[tuple[Entity, Mention]]:
        """Yield the entities mentioned before, nearest first, each with its nearest mention."""
        seen: set[int] = set()
        for index in range(mention.index - 1, -1, -1):
            other = self.mentions[index]
            if mention.sentence - other.sentence > sentences:
                return
            entity = self.entities[index]
            if entity is None or id(entity) in seen or other.head == mention.head:
                continue
            if other.form in {"relative", "negative"}:
                continue
            seen.add(id(entity))
            yield entity, other
            if len(seen) == _MOST_RECENT:
                return

    def _for_pronoun(self, mention: Mention) -> list[Candidate]:
        found = []
        blocked = self._blocked(mention)
        subject = subject_ahead(self.doc[mention.head])
        ahead = self.by_head.get(subject.i) if subject is not None else None
        if ahead is not None and ahead.name is None:
            ahead = None
        for entity, other in self._recent(mention, _WINDOW[mention.form]):
            if id(entity) in blocked or not _agrees(mention, entity):
                continue
            if other.kind == "pronoun" and other.form in {"i", "we"}:
                continue
            facts = self._facts(mention, other, entity)
            if ahead is not None and self.entities[ahead.index] is entity:
                facts.append("ahead")
                ahead = None
            found.append(Candidate(entity, other, tuple(facts)))
        if ahead is not None:
            named = self.entities[ahead.index]
            if named is not None and _agrees(mention, named) and id(named) not in blocked:
                found.append(Candidate(named, ahead, ("ahead", "ahead only")))
        return found

    def _facts(self, mention: Mention, other: Mention, entity: Entity) -> list[str]:
        facts = [f"topic={self._topic(entity, other)}"]
        mine, theirs = self.clauses.predicate[mention.head], self.clauses.predicate[other.head]
        if mention.quoted and self.speakers.get(mention.quoted) in entity.mentions:
            facts.append("speaks")
        if other.sentence == mention.sentence:
            if mine == theirs:
                facts.append("clause=same")
            elif other.role == "subject" and self.doc[theirs].is_ancestor(self.doc[mine]):
                facts.append("commands" if not (mention.quoted and not other.quoted) else "commands quotation")
        if entity.mentions and self.mentions[entity.mentions[0]].sentence <= 1:
            facts.append("lead")
        verbs = self.words.words.reporting.verbs
        if mention.role == other.role == "subject":
            a, b = self.doc[mine].lemma_, self.doc[theirs].lemma_
            if a in verbs and b in verbs:
                facts.append("both report")
            elif a in verbs:
                facts.append("reports")
            elif b in verbs:
                facts.append("reported")
            if mine != theirs and a == b:
                facts.append("verb=same")
        return facts

    def _topic(self, entity: Entity, nearest: Mention) -> str:
        """Return the best role that the entity has in the sentence of its nearest mention."""
        best = len(_ROLES)
        for index in reversed(entity.mentions):
            if index > nearest.index:
                continue
            mention = self.mentions[index]
            if mention.sentence != nearest.sentence:
                break
            rank = _ROLES.index(mention.role) if mention.role in _ROLES else len(_ROLES)
            if rank == 0 and self.doc[self.clauses.predicate[mention.head]].dep_ in _MAIN:
                return "main subject"
            best = min(best, rank)
        return _ROLES[best] if best < len(_ROLES) else "other"

    def _quote_speakers(self) -> dict[int, int]:
        """Return, per quotation, the mention that is the subject of the reporting verb beside it."""
        spans: dict[int, list[int]] = {}
        for i, number in enumerate(self.clauses.quoted):
            if number:
                spans.setdefault(number, []).append(i)
        verbs = self.words.words.reporting.verbs
        found: dict[int, int] = {}
        for number, inside in spans.items():
            first, last = inside[0], inside[-1]
            best: tuple[int, int] | None = None
            for i in [*range(max(0, first - 12), first), *range(last + 1, min(len(self.doc), last + 13))]:
                token = self.doc[i]
                if token.lemma_.lower() not in verbs or self.clauses.quoted[i]:
                    continue
                sentences = {self.clauses.sentence[first], self.clauses.sentence[last]}
                if self.clauses.sentence[i] not in sentences and not self._opens(i, first):
                    continue
                subject = next(iter(subjects(token)), None)
                mention = self.by_head.get(joined_name(subject).i) if subject is not None else None
                distance = first - i if i < first else i - last
                if mention is not None and (best is None or distance < best[0]):
                    best = (distance, mention.index)
            if best is not None:
                found[number] = best[1]
        return found

    def _opens(self, i: int, first: int) -> bool:
        """Return whether nothing but a colon or comma, marks and spaces part a verb's sentence from a quotation."""
        between = self.doc[i + 1 : first]
        return (
            any(token.text == ":" for token in between) and self.clauses.sentence[first] - self.clauses.sentence[i] <= 1
        )

    def _blocked(self, mention: Mention) -> set[int]:
        """Return the ids of the entities that binding keeps the mention from."""
        token = self.doc[mention.head]
        blocked: set[int] = set()

        def block(head: int) -> None:
            for found in (self.by_head.get(head), self.pair_at.get(head)):
                if found is not None:
                    entity = self.entities[found.index]
                    if entity is not None:
                        blocked.add(id(entity))

        if not is_possessive(mention):
            for head in co_arguments(token):
                block(head)
        node, beside = token, False
        while node.head.i != node.i and node.dep_ not in CLAUSAL and node.dep_ != "ROOT":
            # under its neighbour only on paper, or under a later part of its neighbour's name
            beside = node.dep_ in {"conj", "appos"} or (beside and node.dep_ in {"flat", "flat:name"})
            node = node.head
            if not beside:
                block(joined_name(node).i)  # a phrase that holds the mention
        if mention.kind == "nominal":
            for child in token.subtree:
                if child.i != token.i and child.dep_ not in {"appos"} and self.by_head.get(child.i) is not None:
                    block(child.i)
        first = first_conjunct(token)
        if first.i != token.i:
            block(joined_name(first).i)
            for child in first.children:
                if child.dep_ == "conj" and child.i != token.i:
                    block(joined_name(child).i)
        return blocked

    def _for_noun(self, mention: Mention) -> list[Candidate]:
        found = []
        blocked = self._blocked(mention)
        kinds = self.words.kinds_of.get(mention.lemma, frozenset())
        for entity, other in self._recent(mention, _HEAD_WINDOW):
            if id(entity) in blocked or not entity.number & mention.number:
                continue
            if entity.pair and mention.number != PLURAL:
                continue
            match = self._match(mention, entity, kinds)
            if not match:
                continue
            if match not in {"head", "title"} and mention.sentence - other.sentence > _NOUN_WINDOW:
                continue
            if not genders_agree(mention.gender, entity.gender):
                continue
            facts = self._noun_facts(mention, other, entity)
            if "owner=other" not in facts:
                found.append(Candidate(entity, other, (f"match={match}", *facts)))
            if len(found) == _MOST_CANDIDATES:
                break
        titled = [candidate for candidate in found if "match=title" in candidate.facts]
        if len({c.mention.sentence for c in titled}) < len(titled):
            return []  # two presidents in one sentence
        if titled:
            # the post itself was named: no need to guess who might hold it
            found = [c for c in found if not any(fact.startswith("match=person") for fact in c.facts)]
        return found

    def _match(self, mention: Mention, entity: Entity, kinds: frozenset[str]) -> str:
        if mention.lemma in entity.nouns:
            if not entity.names or "person" not in entity.kinds:
                return "head"
            return "title" if self._is_same_post(mention, entity) else ""
        if entity.pair:
            numbers = self.words.words.number
            if mention.lemma in numbers.pairs or (mention.modifiers & numbers.pairs and self._covers(mention, entity)):
                return "pair"
            return "pair noun" if self._covers(mention, entity) else ""
        shared = kinds & entity.kinds
        if ("person" in shared and not self._may_hold(mention.lemma, entity)) or (
            "organization" in shared and not self._may_be(mention.lemma, entity)
        ):
            return ""
        if shared and mention.form != "possessive":
            kind = sorted(shared)[0]
            return f"{kind} name" if entity.names else f"{kind} noun"
        return ""

    def _is_same_post(self, mention: Mention, entity: Entity) -> bool:
        """Return whether a post is not told apart from the named person's by a word (*foreign* minister)."""
        told = entity.modifiers | entity.nouns | entity.name_words
        new = mention.modifiers - told - _SMALL_TITLES
        head = self.doc[mention.head]
        if any(p.preposition == "of" and p.noun.lower_ not in told for p in prepositionals(head)):
            return False  # *the president of that country*
        return all(
            token.ent_type_ in {"GPE", "NORP"} or token.lower_ not in new for token in self.doc[mention.head].lefts
        )

    def _may_hold(self, noun: str, entity: Entity) -> bool:
        """Return whether someone known by other posts may be called by this noun (*the leader*, not *the minister*)."""
        titles = self.words.words.titles
        return noun not in titles.posts or noun in titles.general or not entity.nouns & titles.posts

    def _may_be(self, noun: str, entity: Entity) -> bool:
        """Return whether an organisation so named may be called by this noun (a *Bank* a *group*, not a *party*)."""
        told = {word for word in entity.nouns if "group" in self.words.class_of.get(word, ())}
        return not told or noun in self.words.words.kinds.generic

    def _covers(self, mention: Mention, entity: Entity) -> bool:
        """Return whether the plural noun names what every member of a pair is (*the countries*: France and Italy)."""
        pair = self.mentions[entity.mentions[0]]
        kinds = self.words.kinds_of.get(mention.lemma, frozenset())
        members = [self.by_head.get(i) for i in pair.members]
        entities = [self.entities[m.index] for m in members if m is not None]
        return len(entities) == len(pair.members) and all(e is not None and e.kinds & kinds for e in entities)

    def _noun_facts(self, mention: Mention, other: Mention, entity: Entity) -> list[str]:
        facts = []
        if mention.form == "possessive":
            mine = self._owner(mention)
            owners = {id(o) for i in entity.mentions[-_OWNERS:] if (o := self._owner(self.mentions[i])) is not None}
            if mine is not None:
                facts.append("owner=same" if id(mine) in owners else ("owner=other" if owners else "owner=new"))
        if other.lemma == mention.lemma:
            facts.append("repeats")
        if self.clauses.predicate[mention.head] == self.clauses.predicate[other.head]:
            facts.append("clause=same")
        return facts

    def _owner(self, mention: Mention) -> Entity | None:
        owner = self.by_head.get(mention.owner)
        return self.entities[owner.index] if owner is not None else None


def _doubled_subject(token: Token) -> list[Token]:
    """Return a second subject right after a comma, which can only be an apposition that the parser missed."""
    if token.dep_ not in SUBJECTS or token.head.i == token.i:
        return []
    later = [subject for subject in subjects(token.head) if subject.i > token.i and subject.dep_ == token.dep_]
    return [s for s in later[:1] if any(t.text == "," for t in token.doc[token.i + 1 : s.i])]


def group_of(mention: Mention) -> str:
    """Return which weights a mention is judged by."""
    return _GROUPS.get(mention.form, "definite") if mention.kind == "pronoun" else "definite"


def _bar(mention: Mention, chosen: Candidate) -> str:
    """Return which threshold a link must reach; nouns that name a kind and reporting verbs settle more alone."""
    group = group_of(mention)
    if group == "definite":
        if "match=title" in chosen.facts:
            return "definite title"
        if "match=head" in chosen.facts:
            return "definite head"
        return "definite person" if any(fact.startswith("match=person") for fact in chosen.facts) else "definite kind"
    if group == "it" and "both report" in chosen.facts and chosen.entity.classes & {"group", "place"}:
        return "it reports"
    if group in {"it", "they"}:
        return f"{group} {'named' if chosen.entity.names else 'unnamed'}"
    return group


def _agrees(mention: Mention, entity: Entity) -> bool:
    """Return whether gender, number and noun class let a pronoun stand for the entity."""
    if mention.form in {"he", "she"}:
        return (
            bool(entity.number & SINGULAR)
            and not entity.pair
            and genders_agree(mention.gender, entity.gender)
            and (not entity.classes or "person" in entity.classes)
        )
    if mention.form == "it":
        return (
            bool(entity.number & SINGULAR)
            and not entity.pair
            and not entity.gender
            and (not entity.classes or entity.classes != {"person"})
        )
    return bool(entity.number & PLURAL)


def genders_agree(a: str, b: str) -> bool:
    return not a or not b or a == b


def _content(span: Span) -> int:
    return sum(token.pos_ not in {"DET", "PUNCT", "ADP", "SPACE"} for token in span)
