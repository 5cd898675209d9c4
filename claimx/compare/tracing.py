"""From the mentions of an event to the web of who has it from whom.

What an article says leads to its outlet, or to the agency whose copy it carries, on to the outlets and documents that
it cites, and to those whom these name. Sources without a name lead nowhere: two outlets that both cite *officials*
stay two, though they may be one. Only passages as in an agency's copy, and a report without a name whose events another
article has from one with a name, are added as *likely*.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import combinations

from claimx.compare.bodies import is_of, is_of_any, plain_body
from claimx.compare.names import SourceKey, meant
from claimx.compare.parties import context_words
from claimx.compare.profiles import Profile, is_headline, rule_of
from claimx.compare.records import Basis, EdgeType, OriginKind, Trace
from claimx.compare.reuse import Reuse, Sentence
from claimx.compare.speakers import Speaker, Speakers, Unnamed, know_speakers
from claimx.compare.tellers import Teller, read_teller
from claimx.compare.web import Start, Step, Web
from claimx.outlets import fold, is_agency, shown_outlet
from claimx.records import ROLES, Article, Attribution, Claim, Source, SourcePart
from claimx.rules.loader import RuleSet

Mentions = Sequence[tuple[int, Claim]]
"""The claims of an event, each with the index of its article."""

_CONTENT = re.compile(r"[\"“”]|\bthat\b")
_TIME_FOLLOWS = re.compile(r"^,?\s*(?:\w+ly\s+)?(?:when|while|as|after|before|until|since|upon)\s")
_BASES: Mapping[OriginKind, Basis] = {"agency": "same agency", "outlet": "same outlet"}
_MANNERS: Mapping[bool, EdgeType] = {True: "quotes", False: "cites"}
_FROM_OUTLET: tuple[SourcePart, ...] = ("relay", "speaker", "evidence")
_RELATED = 2  # events, at least, that both tell
_BESIDE = 40  # characters between a sentence and the quotation that follows it
_TELLING = 14  # words, at least, of a sentence on the event that two articles share
_PASSAGE = 25  # words, at least, that an article has as an agency's copy has them
_SUMMED = 2  # words that a headline shares with what it sums up


def make_tracer(articles: Sequence[Article], reuse: Sequence[Reuse], rules: RuleSet) -> "Tracer":
    """Return what traces the events of these articles."""
    speakers = know_speakers(articles)
    tellers = [read_teller(article, index) for index, article in enumerate(articles)]
    unnamed: dict[int, Source] = {}
    for teller, article in zip(tellers, articles, strict=True):
        known = speakers.named((source for claim in article.claims for source in claim.sources), teller.index)
        cites = any(who.kind in ("outlet", "agency") and who.key != teller.outlet for who in known)
        if not cites and teller.byline is None:
            for source in reversed(speakers.mentions.get(teller.index, ())):
                if isinstance(who := speakers.identify(source, teller.index), Unnamed) and who.report:
                    unnamed[teller.index] = source  # the first one
    copied = {(one.left, one.right): one for one in reuse}
    return Tracer(articles, tellers, speakers, copied, unnamed, rules)


@dataclass(frozen=True, slots=True)
class Tracer:
    """What tracing needs: the articles as tellers, their sources by name, and what they copied from each other."""

    articles: Sequence[Article]
    tellers: Sequence[Teller]
    speakers: Speakers
    reuse: Mapping[tuple[int, int], Reuse]
    unnamed_reports: Mapping[int, Source]
    rules: RuleSet

    def outlets(self, articles: Iterable[int]) -> tuple[str, ...]:
        """Return the names of the outlets of articles, each once, in the order of the articles."""
        names: dict[SourceKey, str] = {}
        for index in sorted(articles):
            names.setdefault(self.tellers[index].outlet, self.tellers[index].name)
        return tuple(names.values())

    def trace(self, profiles: Sequence[Profile], *, related: Mapping[tuple[int, int], int]) -> Web:
        """Return the chains of an event's mentions; `related` says how many events two articles share.

        Whom a headline names is told again below it, by the full name, so the headline's word does not count there.
        """
        web = Web()
        told = {profile.article for profile in profiles if not profile.headline}
        affirming = [profile for profile in profiles if profile.claim.status != "negated"]
        telling = {
            who.key for profile in affirming for who in self.speakers.named(profile.claim.sources, profile.article)
        }
        mentions = []
        for profile in profiles:
            claim, teller = profile.claim, self.tellers[profile.article]
            if profile.headline and profile.article in told:
                claim = replace(claim, sources=())
            named = list(self.speakers.named(claim.sources, profile.article))
            web.add_node(teller.outlet, teller.name, "agency" if is_agency(teller.outlet.name) else "outlet")
            if affirming and claim.status == "negated" and telling.isdisjoint(who.key for who in named):
                # whoever denies what others tell is no origin of that
                web.starts.append(Start(teller.index, claim.id, teller.outlet, bool(claim.sources), denies=True))
                web.deniers |= dict.fromkeys(who.name for who in named[:1])
            else:
                mentions.append((profile.article, claim))
                self._follow(web, teller, claim)
        self._copies(web, mentions)
        self._speaking_for(web)
        self._same_institution(web, mentions)
        self._said_below(web, mentions)
        self._same_person(web)
        self._by_content(web, mentions, related)
        return web

    def _follow(self, web: Web, teller: Teller, claim: Claim) -> None:
        """Add the chain of one claim: outlet, agency, then its sources from the one nearest to the article on."""
        chain, claims = [teller.voice], (claim.id,)
        if teller.byline and teller.voice != teller.outlet:
            web.add_node(teller.voice, shown_outlet(teller.byline.agency) or teller.byline.name, "agency")
            web.steps.append(
                Step(teller.outlet, teller.voice, "copies", "same agency", claims=claims, traces=(teller.byline.trace,))
            )
        heard = [source for source in self.speakers.heard(claim, teller.index) if not self._is_slip(claim, source)]
        # from the outlet on: who passes it on, who says it, what shows it; each part in the order of the words
        heard.reverse()
        heard.sort(key=lambda source: _FROM_OUTLET.index(_part_of(source)))
        for source in heard:
            who = self.speakers.identify(source, teller.index)
            quoted = _is_quoted(self.articles[teller.index], source)
            if isinstance(who, Unnamed) and quoted and source.kind in ("person", "other"):
                # whoever the outlet has heard speak is somebody, though without a name
                unnamed = SourceKey("unnamed", f"{fold(who.words)} of {chain[-1].name}")
                who = Speaker(unnamed, f"{who.words} ({teller.name})", "person")
            if isinstance(who, Unnamed) or who.key in (chain[-1], teller.outlet):
                continue
            web.add_node(who.key, who.name, who.kind)
            basis, kind = _BASES.get(who.kind, "same source"), _MANNERS[quoted]
            web.steps.append(Step(chain[-1], who.key, kind, basis, claims=claims, traces=(_trace(teller, source),)))
            chain.append(who.key)
        start = chain[1] if len(chain) > 1 else teller.voice
        web.starts.append(Start(teller.index, claim.id, start, bool(heard) or teller.voice != teller.outlet))

    def _is_slip(self, claim: Claim, source: Source) -> bool:
        """Return whether a source is only who moves, or who spoke at that time, mistaken for who says so."""
        if _is_aside(source, claim):
            return True
        mover = claim.who is not None and claim.who.start == source.start
        return mover and not self.speakers.speaks_itself(source, claim.evidence)

    def _copies(self, web: Web, mentions: Mentions) -> None:
        """Add a step from each article to the one that its text was taken from."""
        present = sorted({index for index, _ in mentions})
        for right, left in ((right, left) for right in present for left in present if left < right):
            reuse = self.reuse.get((left, right))
            # an agency's copy comes first
            one, other = sorted((self.tellers[left], self.tellers[right]), key=lambda teller: teller.byline is None)
            if reuse is None or one.outlet == other.outlet or one.voice == other.voice:
                continue
            told = _shared_telling(mentions, reuse)
            if not (reuse.is_copy or told):
                self._passages(web, mentions, reuse, one, other)
                continue
            claims = tuple(claim.id for index, claim in mentions if index in (left, right))
            share = f"{round(100 * reuse.share)} per cent of the shorter text is the same"
            reason = share if reuse.is_copy else "the same sentence"
            traces = self._traces(told or _longest(reuse.shared))
            step = Step(other.voice, one.voice, "copies", "same text", claims=claims, traces=traces, reason=reason)
            web.steps.append(step)
            same_day = self.articles[left].published == self.articles[right].published
            if same_day and (one.byline is None) == (other.byline is None):  # who copied whom, nothing tells
                web.steps.append(replace(step, start=one.voice, end=other.voice))

    def _passages(self, web: Web, mentions: Mentions, reuse: Reuse, one: Teller, other: Teller) -> None:
        """Add a likely step from an article to the agency whose copy has some of the same passages."""
        if one.byline is None or other.byline is not None or reuse.length < _PASSAGE:
            return
        name = web.nodes[one.voice].label
        claims = tuple(claim.id for index, claim in mentions if index == other.index)
        reason = f"{other.name} has {reuse.length} words in a row or more as in the copy of {name}"
        traces = self._traces(_longest(reuse.shared))
        web.steps.append(Step(other.voice, one.voice, "copies", "same text", "likely", claims, traces, reason))

    def _traces(self, shared: tuple[Sentence, Sentence]) -> tuple[Trace, ...]:
        """Return where a shared sentence stands in each article."""
        return tuple(
            Trace(one.article, "text", self.articles[one.article].text[one.start : one.end], one.start, one.end)
            for one in shared
        )

    def _speaking_for(self, web: Web) -> None:
        """Add steps from persons to the body they speak for, where it is named too, or another who speaks for it."""
        speaking = {key: self.speakers.affiliations[key] for key in web.nodes if key in self.speakers.affiliations}
        for key, body in sorted(speaking.items()):
            # two foreign ministers may be of two countries
            several = list(speaking.values()).count(body) > 1 and not is_of_any(body)
            if body in web.nodes or several or any(is_of(other, body) for other in web.nodes):
                web.add_node(body, self.speakers.label(body), "organisation")
                reason = f"{web.nodes[key].label} speaks for {web.nodes[body].label}"
                web.steps.append(Step(key, body, reason=reason))

    def _same_person(self, web: Web) -> None:
        """Add steps between the names of one person: in full or not, and spelled in two ways."""
        persons = sorted(key for key in web.nodes if key.type == "person")
        for key in persons:
            longer = [other for other in persons if other.name.endswith(f" {key.name}")]
            if " " not in key.name:
                web.be_one(key, longer)
            for other in longer if " " in key.name else ():  # what stands before a full name is no part of it
                web.be_one(other, [key])
        for one, other in combinations(persons, 2):
            if self.speakers.is_spelling(one, other):
                reason = f"{web.nodes[other].label} is {web.nodes[one].label}, spelled otherwise"
                web.steps.append(Step(other, one, reason=reason))

    def _same_institution(self, web: Web, mentions: Mentions) -> None:
        """Add steps between names of one body: *the military*, *Turkey's military*, *Ankara*."""
        named = {key: node for key, node in web.nodes.items() if key.is_body}
        cited = [(index, claim, source) for index, claim in mentions for source in claim.sources]
        for index, claim, source in cited:
            who = self.speakers.identify(source, index)
            if not isinstance(who, Unnamed) or not who.noun:
                continue
            noun = plain_body(who.noun)
            states = [key for key in named if key.type == "country" and noun == "government"]
            spelled = states or [key for key in named if self._goes_by(key, {noun, who.noun})]
            if len(spelled) == 1:
                teller = self.tellers[index]
                reason = f"“{source.text}” is {named[spelled[0]].label}, whom others name for the same event"
                traces = (_trace(teller, source),)
                web.steps.append(Step(teller.voice, spelled[0], claims=(claim.id,), traces=traces, reason=reason))
        for key in sorted(named):
            web.be_one(key, [other for other in named if is_of(other, key)])
            web.be_one(key, [other for other in named if _is_part(key, other)])

    def _goes_by(self, key: SourceKey, nouns: AbstractSet[str]) -> bool:
        """Return whether a body's name, or a name that articles give it, ends in one of some nouns."""
        names = {key.name, *self.speakers.spelled.get(key, ())}
        return any(f" {name}".endswith(f" {noun}") for name in names for noun in nouns)

    def _said_below(self, web: Web, mentions: Mentions) -> None:
        """Add steps from an article's own voice to who is quoted next on the same kind of movement.

        So is whoever says in the lead what a headline sums up that the article says no more of.
        """
        leading = {step.start for step in web.steps}
        for index, claim in mentions:
            teller = self.tellers[index]
            if teller.voice in leading:
                continue
            for source in self._speaking_next(index, claim):
                who = self.speakers.identify(source, index)
                if isinstance(who, Speaker) and who.key != teller.outlet:
                    web.add_node(who.key, who.name, who.kind)
                    web.steps.append(Step(teller.voice, who.key, claims=(claim.id,), traces=(_trace(teller, source),)))
                    break

    def _speaking_next(self, index: int, claim: Claim) -> Iterator[Source]:
        """Yield whoever said what a claim tells: in its sentence, in the quotation that follows, below a headline."""
        article = self.articles[index]
        moving = {word for role in ROLES if (span := getattr(claim, role)) for word in fold(span.text).split()}
        headline = is_headline(article, claim)
        for source in self.speakers.mentions.get(index, ()):
            who = self.speakers.identify(source, index)
            if not isinstance(who, Speaker) or who.kind != "person" or _surname(who.name) in moving:
                continue
            if _says(who.name, claim.evidence.text) and not _is_aside(source, claim):
                yield source
        for attribution in article.attributions:
            speaker = attribution.source
            if speaker is None or _surname(meant(speaker)) in moving:
                continue
            moves = any(self._is_slip(other, speaker) for other in article.claims)
            if headline and not moves and _sums_up(claim, attribution, article):
                yield speaker
            if speaker.kind == "person" and self._quotes_next(claim, attribution):
                yield speaker

    def _quotes_next(self, claim: Claim, attribution: Attribution) -> bool:
        """Return whether a quotation follows a claim's sentence at once, with a verb of the same kind of movement."""
        start = min(span.start for span in attribution.content)
        if attribution.type == "indirect" or not 0 <= start - claim.evidence.end <= _BESIDE:
            return False
        rule = rule_of(claim, self.rules)
        words = (word for span in attribution.content for word in fold(span.text).split())
        return rule is not None and any(rule.goes in self.rules.ways_of(word) for word in words)

    def _by_content(self, web: Web, mentions: Mentions, related: Mapping[tuple[int, int], int]) -> None:
        """Add likely steps for articles that stand on a report without a name and tell what a named one tells."""
        leading = {step.start for step in web.steps}
        told = sorted({index for index, _ in mentions})
        for index in told:
            teller, report = self.tellers[index], self.unnamed_reports.get(index)
            if report is None or teller.voice in leading:
                continue
            if found := self._named_report(web, index, told, related):
                key, other = found
                name = self.speakers.label(key)
                claims = tuple(claim.id for one, claim in mentions if one == index)
                reason = (
                    f"{teller.name} cites “{report.text}” without a name and tells the same events as "
                    f"{other.name}, which has them from {name}"
                )
                traces = (_trace(teller, report),)
                web.steps.append(Step(teller.voice, key, "rests on", "same content", "likely", claims, traces, reason))

    def _named_report(
        self, web: Web, index: int, told: Sequence[int], related: Mapping[tuple[int, int], int]
    ) -> tuple[SourceKey, Teller] | None:
        """Return the outlet whose report an unnamed one likely is, and which article tells; None if unclear."""
        cited = {step.start: step.end for step in web.steps if step.end.type == "outlet" and step.type != "copies"}
        shared = {other: related.get((min(index, other), max(index, other)), 0) for other in told if other != index}
        found = [other for other in shared if shared[other] >= _RELATED and self.tellers[other].voice in cited]
        if not found:
            return None
        teller = self.tellers[max(found, key=lambda other: (shared[other], -other))]
        return cited[teller.voice], teller


def _trace(teller: Teller, source: Source) -> Trace:
    return Trace(teller.index, "text", source.text, source.start, source.end)


def _surname(name: str) -> str:
    return fold(name).rpartition(" ")[2]


def _sums_up(claim: Claim, attribution: Attribution, article: Article) -> bool:
    """Return whether a headline tells what somebody said in the lead, the paragraph below it."""
    lead = claim.evidence.paragraph + 1
    said = (span.text for span in attribution.content if article.text.count("\n\n", 0, span.start) == lead)
    return len(context_words(claim.evidence.text) & context_words(" ".join(said))) >= _SUMMED


def _says(name: str, sentence: str) -> bool:
    """Return whether a sentence has somebody say it: *Ada Lind, the owner, said*."""
    return re.search(rf"\b{re.escape(name)}(?:, [^,]{{2,60}},)? said\b", sentence) is not None


def _is_part(key: SourceKey, other: SourceKey) -> bool:
    """Return whether a body is of a state, or its name a part of another's: *the Red Cross*, its *Committee*."""
    if key.type == "country":
        return other.country == key.name.lower()
    part = key.name != other.name and f" {key.name} " in f" {other.name} "
    return part and not is_of_any(key)


def _is_aside(source: Source, claim: Claim) -> bool:
    """Return whether a claim only tells when somebody spoke: *said as she left*, *wrote when the convoy had come*."""
    if source.cue is None or source.cue.start < source.end:
        return False
    start = claim.evidence.start
    between = claim.evidence.text[max(0, source.cue.end - start) : max(0, claim.trigger.start - start)]
    return _TIME_FOLLOWS.match(between) is not None and not _CONTENT.search(between)


def _is_quoted(article: Article, source: Source) -> bool:
    quoted = (attribution.source for attribution in article.attributions if attribution.type != "indirect")
    return any(one is not None and one.start == source.start for one in quoted)


def _part_of(source: Source) -> SourcePart:
    """Return what a source does in its chain; records of older files do not say."""
    if source.part:
        return source.part
    return "relay" if source.kind == "outlet" else "evidence" if source.kind in ("image", "data") else "speaker"


def _shared_telling(mentions: Mentions, reuse: Reuse) -> tuple[Sentence, Sentence] | None:
    """Return the sentence by which two articles tell an event in the same words, None where it is short."""

    def tells(one: Sentence) -> bool:
        spans = (claim.trigger for index, claim in mentions if index == one.article)
        return any(one.start <= trigger.start < one.end for trigger in spans)

    pairs = [pair for pair in reuse.shared if all(len(one.words) >= _TELLING and tells(one) for one in pair)]
    return _longest(pairs) if pairs else None


def _longest(shared: Sequence[tuple[Sentence, Sentence]]) -> tuple[Sentence, Sentence]:
    """Return the longest sentence that two articles share."""
    return max(shared, key=lambda pair: (len(pair[0].words), -pair[0].start))
