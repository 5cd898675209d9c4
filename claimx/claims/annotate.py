"""What was found turned into an article's claims: sources, referents, places and dates put beside the spans."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from claimx.claims.attribution import (
    Attributed,
    Hop,
    find_attributions,
    is_belied,
    is_nobodys,
    is_presupposed,
    proposer,
    source_chain,
    to_records,
    to_source,
    told_by,
    unattributed_source,
)
from claimx.claims.candidates import Candidate
from claimx.claims.coreference import Resolver
from claimx.claims.dates import published_on, resolve_date
from claimx.claims.disputes import with_disputes
from claimx.claims.finders import finder_of
from claimx.claims.movement.learned import decisions, source_chance
from claimx.claims.nouns import Kinds
from claimx.claims.status import RANK
from claimx.claims.takeups import with_plans_taken_up
from claimx.gazetteer import actor_of, find_place
from claimx.language import syntax
from claimx.language.paragraphs import find_paragraphs
from claimx.outlets import outlet_key, own_outlets
from claimx.records import Article, Attribution, Claim, Evidence, Source, Span, Status, claim_id
from claimx.rules.grammar import GRAMMAR
from claimx.rules.kinds import KindRole, claim_kinds
from claimx.rules.loader import RuleSet

_PRESUPPOSED = "factive"
_BY_STANCE: dict[str, Status] = {"denial": "negated", "doubtful": "hedged"}


class Annotator:
    """What is known of one document: who says what, what its words refer to, where its paragraphs begin."""

    def __init__(self, article: Article, doc: Doc, rules: RuleSet) -> None:
        self.article = article
        self.doc = doc
        self.rules = rules
        self.attributed = find_attributions(doc, lexicon=rules.lexicon)
        self.resolver = Resolver(doc, self._speaker, words=rules.coreference)
        self.kinds = Kinds(rules, self._referent)
        self._published = published_on(article)
        self._own_outlets = own_outlets(article)
        self._paragraph_starts = [start for start, _ in find_paragraphs(doc.text)]
        self._places = tuple(
            dict.fromkeys(entity.text for entity in doc.ents if entity.label_ in {"GPE", "LOC", "NORP"})
        )

    def claims(self) -> Iterator[Claim]:
        """Yield the document's claims of the kinds that the rules ask for, in text order."""
        given = with_plans_taken_up([pair for pair in self.candidates_and_claims() if _is_given(*pair)])
        if len(self.rules.kinds) > 1:
            given.sort(key=lambda claim: claim.trigger.start)
        yield from with_disputes(given)

    def candidates_and_claims(self) -> Iterator[tuple[Candidate, Claim]]:
        """Yield each candidate with the claim that it makes, disputes apart, also those too unsure to be given."""
        for kind in self.rules.kinds:
            seen: Counter[int] = Counter()
            for found in finder_of(kind).find_candidates(self.doc, self.rules, self.kinds):
                yield found, self._claim(found, part=seen[found.trigger.token.i])
                seen[found.trigger.token.i] += 1

    def attributions(self) -> Iterator[Attribution]:
        """Yield the document's sayings in text order; those within another one are left to the chains."""
        for attributed in self.attributed:
            if not attributed.listed:
                continue
            record = to_records(attributed)
            if record.source is not None and attributed.source is not None:
                record = replace(record, source=self._source(record.source, attributed.source))
            yield record

    def _speaker(self, token: Token) -> DocSpan | None:
        """Return who is quoted where the token stands, the innermost quotation first."""
        holding = [a for a in self.attributed if a.type == "direct" and a.source is not None and a.holds(token)]
        innermost = min(holding, key=_length, default=None)
        return innermost.source if innermost is not None else None

    def _referent(self, token: Token) -> Token | None:
        span = self.resolver.resolve(self.doc[token.i : token.i + 1])
        return span.root if span is not None else None

    def _claim(self, found: Candidate, part: int) -> Claim:
        trigger = _span(found.trigger.span)
        sent = found.trigger.token.sent
        chain = source_chain(found.trigger.token, self.attributed)
        status, cue = self._with_stance(found, chain)
        kind = claim_kinds()[found.kind]
        roles: dict[str, Any] = {
            role.name: self._role(role, _without_teller(found.roles[role.name], chain), status)
            for role in kind.role
            if role.name in found.roles
        }
        _keep_apart(roles)
        claim = Claim(
            id=claim_id(self.article.text, trigger, part, kind=found.kind),
            kind=found.kind,
            predicate=found.trigger.predicate,
            trigger=trigger,
            evidence=self._evidence(sent),
            status=status,
            status_cue=_span(cue) if cue is not None else None,
            sources=self._proposed(found.trigger.token, self._of_others(self._sources(found, chain)), status),
            rules=found.rules,
            confidence=0.0,
            roles={role.name: roles.pop(role.name, None) for role in kind.further},
            **roles,
        )
        return replace(claim, confidence=finder_of(found.kind).score(found, self.kinds, claim))

    def _sources(self, found: Candidate, chain: tuple[Hop, ...]) -> tuple[Source, ...]:
        """Return the sources of a candidate: the chain that grammar gives, and what the encoder is sure of besides."""
        told = [(hop.attributed, hop.source, self._source(to_source(hop), hop.source)) for hop in chain]
        if found.learned is None:
            return tuple(source for _, _, source in told)
        likely = {choice.token.i: choice.probability for choice in found.learned.sources}
        least = decisions().source.threshold
        kept: list[tuple[Attributed | None, Source]] = [
            (attributed, source)
            for attributed, span, source in told
            if source_chance(max((likely.get(token.i, 0.0) for token in span), default=0.0), attributed=True) >= least
        ]
        taken = {token.i for span in (*self._belied(found), *(span for _, span, _ in told)) for token in span}
        for choice in found.learned.sources:
            head = syntax.named_by(choice.token)
            if head.i not in taken and source_chance(choice.probability, attributed=False) >= least:
                span = told_by(head)
                source = self._source(unattributed_source(span, self.rules.lexicon), span)
                # who speaks within what others report is nearer to the event than they
                at = (i for i, (told_in, _) in enumerate(kept) if told_in is not None and told_in.holds(choice.token))
                kept.insert(next(at, len(kept)), (None, source))
        return _each_once(source for _, source in kept)

    def _belied(self, found: Candidate) -> list[DocSpan]:
        """Return who says so of whom the article calls it untrue."""
        return [a.source for a in self.attributed if a.source and is_belied(a) and a.holds(found.trigger.token)]

    def _of_others(self, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        """Return the sources without what is none: a bare *this*, and whose own article it is where that was told.

        *Told the Herald* says in the Herald who was told; that *the Herald reports* it stays.
        """
        named = [source for source in sources if source.text.lower() not in {"this", "that"}]
        speaking = {source.cue for source in named if source.part != "relay"}
        return tuple(
            source
            for source in named
            if source.part != "relay" or source.cue not in speaking or outlet_key(source.text) not in self._own_outlets
        )

    def _proposed(self, trigger: Token, sources: tuple[Source, ...], status: Status) -> tuple[Source, ...]:
        """Return the sources with who asks for a ban before them, where nobody has been told of one in force."""
        span = proposer(trigger) if status == "barred" else None
        if span is None or any(source.text.split()[-1:] == [span[-1].text] for source in sources):
            return sources
        asks = self._source(unattributed_source(span, self.rules.lexicon), span)
        unknown = span.root.pos_ == "PRON" and asks.resolved is None  # maybe one of those who tell of it
        return sources if sources and unknown else (asks, *sources)

    def _with_stance(self, found: Candidate, chain: tuple[Hop, ...]) -> tuple[Status, DocSpan | None]:
        """Return the candidate's status and cue, with what reporting words add: a denial negates, a doubt hedges."""
        status, cue = found.status, found.status_cue
        trigger = found.trigger.token
        told = [(hop.stance, hop.cue) for hop in chain if not is_presupposed(trigger, hop.attributed)]
        told += [  # *it is claimed*
            (a.stance, a.cue)
            for a in self.attributed
            if is_nobodys(a) and a.says and a.holds(trigger) and not is_presupposed(trigger, a)
        ]
        told += [("denial", a.cue) for a in self.attributed if is_belied(a) and a.holds(trigger)]
        for stance, words in told:
            added = _BY_STANCE.get(stance)
            if added == "hedged" and _PRESUPPOSED in found.rules:
                continue  # *some suggest that they are angry that he left*: that he left is in no doubt
            if added is not None and RANK[added] > RANK[status]:
                status, cue = added, words
        return status, cue

    def _role(self, role: KindRole, span: DocSpan, status: Status) -> Span:
        if "date" in role.reads:
            tense: Literal["past", "future"] = "future" if status == "prospective" else "past"
            return replace(_span(span), date=resolve_date(span.text, self._published, tense))
        resolved = self._resolved(span)
        fullest = None if resolved else self.resolver.fullest(span)
        name = resolved or (fullest.text if fullest is not None else span.text)
        place = find_place(resolved or span.text, context=self._places) if "place" in role.reads else None
        # a capital that somebody goes to is a place; only where it acts does it stand for its government
        actor = (
            actor_of(name, span.root.ent_type_, context=self._places)
            if "actor" in role.reads and place is None
            else None
        )
        return replace(_span(span), resolved=resolved, actor=actor, place=place)

    def _source(self, source: Source, span: DocSpan) -> Source:
        resolved = source.resolved or self._resolved(span)
        actor = actor_of(resolved or source.text, span.root.ent_type_, context=self._places)
        return replace(source, resolved=resolved, actor=actor)

    def _resolved(self, span: DocSpan) -> str | None:
        referent = self.resolver.resolve(span)
        if referent is not None and len(referent) > 2 and referent[-1].text == "-":
            referent = referent[:-2]  # Mr Lee | ad-libbed
        return referent.text if referent is not None and referent.text != span.text else None

    def _evidence(self, sent: DocSpan) -> Evidence:
        text = sent.text.rstrip()
        start = sent.start_char + len(text) - len(text.lstrip())
        text = text.lstrip()
        paragraph = max(bisect_right(self._paragraph_starts, start) - 1, 0)
        return Evidence(text, start, start + len(text), paragraph)


def _without_teller(span: DocSpan, chain: tuple[Hop, ...]) -> DocSpan:
    """Return a role's phrase without who tells of the claim, where the parse adds him (*a camp[, an aide said]*)."""
    end = min((hop.source.start for hop in chain if span.start < hop.source.start < span.end), default=span.end)
    while end < span.end and end - 1 > span.start and span.doc[end - 1].is_punct:
        end -= 1
    return span.doc[span.start : end]


def _each_once(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return the sources without whom a pronoun has named before (*what **Lee** said when **he** told them that*)."""
    kept: list[Source] = []
    for source in sources:
        if not any(before.resolved == source.text for before in kept):
            kept.append(source)
    return tuple(kept)


def _keep_apart(roles: dict[str, Any]) -> None:
    """Leave open whom a movement moves where that would be the one who moves it (*he took **the child** home*)."""
    who, what = roles.get("who"), roles.get("what")
    if who is None or what is None or what.resolved is None or what.text.lower() in GRAMMAR.reflexives:
        return
    if what.resolved in {who.resolved, who.text}:
        roles["what"] = replace(what, resolved=None, actor=None)


def _is_given(found: Candidate, claim: Claim) -> bool:
    """Return whether a claim is sure enough to be given; what a rule of the user's own found always is."""
    learned = found.learned
    return learned is None or learned.own or claim.confidence >= decisions().claim.least


def _length(attributed: Attributed) -> int:
    return sum(len(span) for span in attributed.content)


def _span(span: DocSpan) -> Span:
    return Span(span.text, span.start_char, span.end_char)
