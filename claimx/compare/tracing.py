"""From the mentions of an event to the web of who has it from whom.

What an article says leads to its outlet, or to the agency whose copy it carries, on to the outlets and documents that
it cites, and to those whom these name. Sources without a name lead nowhere: two outlets that both cite *officials*
stay two, though they may be one. Only passages as in an agency's copy, and a report without a name whose events another
article has from one with a name, are added as *likely*.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import combinations

from claimx.compare.bodies import is_of, is_of_any, plain_body
from claimx.compare.keys import SourceKey
from claimx.compare.names import fold, is_agency, shown_outlet
from claimx.compare.parties import context_words
from claimx.compare.profiles import Profile, is_headline
from claimx.compare.records import Basis, Certainty, EdgeType, Trace
from claimx.compare.reuse import Reuse, Sentence
from claimx.compare.speakers import Speaker, Speakers, Unnamed, know_speakers
from claimx.compare.tellers import Teller, read_teller
from claimx.compare.web import Start, Step, Web
from claimx.records import ROLES, Article, Attribution, Claim, Source, SourcePart
from claimx.rules.loader import RuleSet

_LIKELY: Certainty = "likely"
_CONTENT = re.compile(r"[\"“”]|\bthat\b")
_TIME_FOLLOWS = re.compile(r"^,?\s*(?:\w+ly\s+)?(?:when|while|as|after|before|until|since|upon)\s")
_MEANWHILE = re.compile(r"\b(?:as|while)\s+(?:he|she|they)\s+(?:\w+\s+)?$")
_FROM_OUTLET: tuple[SourcePart, ...] = ("relay", "speaker", "evidence")
_RELATED = 2  # events, at least, that both tell
_BESIDE = 40  # characters between a sentence and the quotation that follows it
_TELLING = 14  # words, at least, of a sentence on the event that two articles share
_GOVERNMENT = "government"
_PASSAGE = 25  # words, at least, that an article has as an agency's copy has them
_SUMMED = 2  # words that a headline shares with what it sums up


def make_tracer(articles: Sequence[Article], reuse: Sequence[Reuse], rules: RuleSet) -> "Tracer":
    """Return what traces the events of these articles."""
    speakers = know_speakers(articles)
    tellers = [read_teller(article, index) for index, article in enumerate(articles)]
    unnamed: dict[int, Source] = {}
    for index, article in enumerate(articles):
        sources = {source for claim in article.claims for source in claim.sources}
        known = (speakers.identify(source, index) for source in sources)
        cited = any(
            isinstance(who, Speaker) and who.kind in ("outlet", "agency") and who.key != tellers[index].outlet
            for who in known
        )
        reports = [source for source in speakers.mentions.get(index, ()) if _is_unnamed_report(speakers, source, index)]
        if reports and not cited and tellers[index].byline is None:
            unnamed[index] = min(reports, key=lambda source: source.start)
    return Tracer(
        articles=articles,
        tellers=tellers,
        speakers=speakers,
        reuse={(one.left, one.right): one for one in reuse},
        unnamed_reports=unnamed,
        rules=rules,
    )


@dataclass(frozen=True, slots=True)
class Tracer:
    """What tracing needs: the articles as tellers, their sources by name, and what they copied from each other."""

    articles: Sequence[Article]
    tellers: Sequence[Teller]
    speakers: Speakers
    reuse: Mapping[tuple[int, int], Reuse]
    unnamed_reports: Mapping[int, Source]
    rules: RuleSet

    def trace(self, profiles: Sequence[Profile], *, related: Mapping[tuple[int, int], int]) -> Web:
        """Return the chains of an event's mentions; `related` says how many events two articles share.

        Whom a headline names is told again below it, by the full name, so the headline's word does not count there.
        """
        web = Web()
        told = {profile.article for profile in profiles if not profile.headline}
        telling = {
            source
            for profile in profiles
            if profile.claim.status != "negated"
            for source in self._known(profile.article, profile.claim)
        }
        denied = any(profile.claim.status != "negated" for profile in profiles)
        mentions = []
        for profile in profiles:
            claim = profile.claim
            if profile.headline and profile.article in told:
                claim = replace(claim, sources=())
            if denied and claim.status == "negated" and not self._tells(profile.article, claim, telling):
                self._deny(web, profile.article, claim)
                continue
            mentions.append((profile.article, claim))
            self._follow(web, profile.article, claim)
        self._copies(web, mentions)
        self._speaking_for(web)
        self._same_institution(web, mentions)
        self._said_below(web, mentions)
        self._same_person(web)
        self._by_content(web, mentions, related)
        return web

    def _known(self, index: int, claim: Claim) -> set[SourceKey]:
        known = (self.speakers.identify(source, index) for source in claim.sources)
        return {who.key for who in known if isinstance(who, Speaker)}

    def _tells(self, index: int, claim: Claim, telling: AbstractSet[SourceKey]) -> bool:
        """Return whether those who deny something are among those who tell it elsewhere."""
        return bool(self._known(index, claim) & telling)

    def _deny(self, web: Web, index: int, claim: Claim) -> None:
        """Add a mention that denies what others tell: whoever says so is no origin of that."""
        teller = self.tellers[index]
        web.add_node(teller.outlet, teller.name, "agency" if is_agency(teller.outlet.name) else "outlet")
        web.starts.append(Start(index, claim.id, teller.outlet, bool(claim.sources), denies=True))
        known = (self.speakers.identify(source, index) for source in claim.sources)
        if names := [who.name for who in known if isinstance(who, Speaker)]:
            web.deniers.setdefault(names[0])

    def _follow(self, web: Web, index: int, claim: Claim) -> None:
        """Add the chain of one claim: outlet, agency, then its sources from the one nearest to the article on."""
        teller = self.tellers[index]
        web.add_node(teller.outlet, teller.name, "agency" if is_agency(teller.outlet.name) else "outlet")
        here = teller.outlet
        if teller.byline and teller.voice != teller.outlet:
            web.add_node(teller.voice, shown_outlet(teller.byline.agency) or teller.byline.name, "agency")
            web.steps.append(
                Step(here, teller.voice, "copies", "same agency", "firm", (claim.id,), (teller.byline.trace,))
            )
            here = teller.voice
        start: SourceKey | None = None
        heard = [source for source in self.speakers.heard(claim, index) if not self._is_slip(claim, source)]
        # from the outlet on: who passes it on, who says it, what shows it; each part in the order of the words
        heard.reverse()
        heard.sort(key=lambda source: _FROM_OUTLET.index(_part_of(source)))
        for source in heard:
            who = self.speakers.identify(source, index)
            quoted = _is_quoted(self.articles[index], source)
            if isinstance(who, Unnamed) and quoted and source.kind in ("person", "other"):
                # whoever the outlet has heard speak is somebody, though without a name
                unnamed = SourceKey("unnamed", f"{fold(who.words)} of {here.name}")
                who = Speaker(unnamed, f"{who.words} ({teller.name})", "person")
            if isinstance(who, Unnamed) or who.key in (here, teller.outlet):
                continue
            web.add_node(who.key, who.name, who.kind)
            basis: Basis = (
                "same agency" if who.kind == "agency" else "same outlet" if who.kind == "outlet" else "same source"
            )
            kind: EdgeType = "quotes" if quoted else "cites"
            trace = Trace(index, "text", source.text, source.start, source.end)
            web.steps.append(Step(here, who.key, kind, basis, "firm", (claim.id,), (trace,)))
            here = who.key
            start = start or who.key
        web.starts.append(Start(index, claim.id, start or teller.voice, bool(heard) or teller.voice != teller.outlet))

    def _is_slip(self, claim: Claim, source: Source) -> bool:
        """Return whether a source is only who moves, or who spoke at that time, mistaken for who says so."""
        if _is_aside(source, claim):
            return True
        mover = claim.who is not None and claim.who.start == source.start
        return mover and not self.speakers.speaks_itself(source, claim.evidence)

    def _copies(self, web: Web, mentions: Sequence[tuple[int, Claim]]) -> None:
        """Add a step from each article to the one that its text was taken from."""
        present = sorted({index for index, _ in mentions})
        for position, right in enumerate(present):
            for left in present[:position]:
                reuse = self.reuse.get((left, right))
                one, other = self.tellers[left], self.tellers[right]
                if reuse is None or one.outlet == other.outlet or one.voice == other.voice:
                    continue
                told = _shared_telling(mentions, reuse)
                if not (reuse.is_copy or told):
                    self._passages(web, mentions, reuse)
                    continue
                claims = tuple(claim.id for index, claim in mentions if index in (left, right))
                if one.byline is None and other.byline is not None:
                    one, other = other, one
                step = Step(
                    other.voice,
                    one.voice,
                    "copies",
                    "same text",
                    "firm",
                    claims,
                    _traces(self.articles, told or _longest(reuse)),
                    f"{round(100 * reuse.share)} per cent of the shorter text is the same"
                    if reuse.is_copy
                    else "the same sentence",
                )
                web.steps.append(step)
                same_day = self.articles[left].published == self.articles[right].published
                if same_day and (one.byline is None) == (other.byline is None):  # who copied whom, nothing tells
                    web.steps.append(replace(step, start=one.voice, end=other.voice))

    def _passages(self, web: Web, mentions: Sequence[tuple[int, Claim]], reuse: Reuse) -> None:
        """Add a likely step from an article to the agency whose copy has some of the same passages."""
        one, other = self.tellers[reuse.left], self.tellers[reuse.right]
        if one.byline is None:
            one, other = other, one
        if one.byline is None or other.byline is not None or reuse.length < _PASSAGE:
            return
        name = web.nodes[one.voice].label
        claims = tuple(claim.id for index, claim in mentions if index == other.index)
        reason = f"{other.name} has {reuse.length} words in a row or more as in the copy of {name}"
        passage = _traces(self.articles, _longest(reuse))
        web.steps.append(Step(other.voice, one.voice, "copies", "same text", _LIKELY, claims, passage, reason))

    def _speaking_for(self, web: Web) -> None:
        """Add steps from persons to the body they speak for, where it is named too, or another who speaks for it."""
        speaking = {key: self.speakers.affiliations[key] for key in web.nodes if key in self.speakers.affiliations}
        for key, body in sorted(speaking.items()):
            # two foreign ministers may be of two countries
            several = list(speaking.values()).count(body) > 1 and not is_of_any(body)
            if body in web.nodes or several or any(is_of(other, body) for other in web.nodes):
                web.add_node(body, self.speakers.label(body), "organisation")
                reason = f"{web.nodes[key].label} speaks for {web.nodes[body].label}"
                web.steps.append(Step(key, body, "cites", "same source", "firm", (), (), reason))

    def _same_person(self, web: Web) -> None:
        """Add steps between the names of one person: in full or not, and spelled in two ways."""
        persons = sorted(key for key in web.nodes if key.type == "person")
        for key in persons:
            longer = [other for other in persons if other.name.endswith(f" {key.name}")]
            if " " not in key.name:
                self._be_one(web, key, longer)
            for other in longer if " " in key.name else ():  # what stands before a full name is no part of it
                self._be_one(web, other, [key])
        for one, other in combinations(persons, 2):
            if self.speakers.is_spelling(one, other):
                reason = f"{web.nodes[other].label} is {web.nodes[one].label}, spelled otherwise"
                web.steps.append(Step(other, one, "cites", "same source", "firm", (), (), reason))

    def _same_institution(self, web: Web, mentions: Sequence[tuple[int, Claim]]) -> None:
        """Add steps between names of one body: *the military*, *Turkey's military*, *Ankara*."""
        named = {key: node for key, node in web.nodes.items() if key.is_body}
        for index, claim in mentions:
            for source in claim.sources:
                who = self.speakers.identify(source, index)
                if isinstance(who, Unnamed) and who.noun:
                    noun = plain_body(who.noun)
                    states = [key for key in named if key.type == "country" and noun == _GOVERNMENT]
                    spelled = states or [key for key in named if self._goes_by(key, {noun, who.noun})]
                    if len(spelled) == 1:
                        trace = Trace(index, "text", source.text, source.start, source.end)
                        reason = f"“{source.text}” is {named[spelled[0]].label}, whom others name for the same event"
                        voice = self.tellers[index].voice
                        web.steps.append(
                            Step(voice, spelled[0], "cites", "same source", "firm", (claim.id,), (trace,), reason)
                        )
        for key in sorted(named):
            self._be_one(web, key, [other for other in named if is_of(other, key)])
            if key.type == "institution":
                self._be_one(web, key, [other for other in named if _is_part(key, other)])
            else:
                self._be_one(web, key, [other for other in named if other.country == key.name.lower()])

    def _goes_by(self, key: SourceKey, nouns: AbstractSet[str]) -> bool:
        """Return whether a body's name, or a name that articles give it, ends in one of some nouns."""
        names = {key.name, *self.speakers.spelled.get(key, ())}
        return any(name == noun or name.endswith(f" {noun}") for name in names for noun in nouns)

    def _be_one(self, web: Web, key: SourceKey, fuller: Sequence[SourceKey]) -> None:
        """Add a step from a source to what it is by its fuller name, where there is one such name alone."""
        if len(fuller) == 1:
            reason = f"{web.nodes[key].label} is {web.nodes[fuller[0]].label}"
            web.steps.append(Step(key, fuller[0], "cites", "same source", "firm", (), (), reason))

    def _said_below(self, web: Web, mentions: Sequence[tuple[int, Claim]]) -> None:
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
                if isinstance(who, Unnamed) or who.key == teller.outlet:
                    continue
                web.add_node(who.key, who.name, who.kind)
                trace = Trace(index, "text", source.text, source.start, source.end)
                web.steps.append(Step(teller.voice, who.key, "cites", "same source", "firm", (claim.id,), (trace,)))
                break

    def _speaking_next(self, index: int, claim: Claim) -> Iterator[Source]:
        """Yield whoever said what a claim tells: in its sentence, in the quotation that follows, below a headline."""
        article = self.articles[index]
        headline = is_headline(article, claim)
        moving = {word for role in ROLES if (span := getattr(claim, role)) for word in fold(span.text).split()}
        for source in self.speakers.mentions.get(index, ()):
            who = self.speakers.identify(source, index)
            if not isinstance(who, Speaker) or who.kind != "person" or set(fold(who.name).split()[-1:]) & moving:
                continue
            if _says(who.name, claim.evidence.text) and not _is_aside(source, claim):
                yield source
        for attribution in article.attributions:
            speaker = attribution.source
            if speaker is None or set(fold(speaker.resolved or speaker.text).split()[-1:]) & moving:
                continue
            moves = any(self._is_slip(other, speaker) for other in article.claims)
            if headline and not moves and _sums_up(claim, attribution, article):
                yield speaker
            if speaker.kind == "person" and _quotes_next(claim, attribution, article, self.rules):
                yield speaker

    def _by_content(
        self, web: Web, mentions: Sequence[tuple[int, Claim]], related: Mapping[tuple[int, int], int]
    ) -> None:
        """Add likely steps for articles that stand on a report without a name and tell what a named one tells."""
        leading = {step.start for step in web.steps}
        told = sorted({index for index, _ in mentions})
        for index in told:
            teller, report = self.tellers[index], self.unnamed_reports.get(index)
            if report is None or teller.voice in leading:
                continue
            if found := self._named_report(web, index, told, related):
                key, name, other = found
                claims = tuple(claim.id for one, claim in mentions if one == index)
                web.add_node(key, name, "outlet")
                trace = Trace(index, "text", report.text, report.start, report.end)
                reason = (
                    f"{teller.name} cites “{report.text}” without a name and tells the same events as "
                    f"{self.tellers[other].name}, which has them from {name}"
                )
                web.steps.append(Step(teller.voice, key, "rests on", "same content", _LIKELY, claims, (trace,), reason))

    def _named_report(
        self, web: Web, index: int, told: Sequence[int], related: Mapping[tuple[int, int], int]
    ) -> tuple[SourceKey, str, int] | None:
        """Return the outlet whose report an unnamed one likely is: key, name, article that tells; None if unclear."""
        cited = {step.start: step.end for step in web.steps if step.end.type == "outlet" and step.type != "copies"}
        found: list[tuple[int, SourceKey, int]] = []
        for other in told:
            teller = self.tellers[other]
            shared = related.get((min(index, other), max(index, other)), 0)
            key = cited.get(teller.voice)
            if other != index and shared >= _RELATED and key:
                found.append((shared, key, other))
        if not found:
            return None
        _, key, other = max(found, key=lambda one: (one[0], -one[2]))
        return key, self.speakers.names.get(key) or self.tellers[other].name, other


def _sums_up(claim: Claim, attribution: Attribution, article: Article) -> bool:
    """Return whether a headline tells what somebody said in the lead, the paragraph below it."""
    said = " ".join(
        span.text
        for span in attribution.content
        if article.text.count("\n\n", 0, span.start) == claim.evidence.paragraph + 1
    )
    return len(context_words(claim.evidence.text) & context_words(said)) >= _SUMMED


def _says(name: str, sentence: str) -> bool:
    """Return whether a sentence has somebody say it: *Ada Lind, the owner, said*."""
    return re.search(rf"\b{re.escape(name)}(?:, [^,]{{2,60}},)? said\b", sentence) is not None


def _quotes_next(claim: Claim, attribution: Attribution, article: Article, rules: RuleSet) -> bool:
    """Return whether a quotation follows a claim's sentence at once, with a verb of the same kind of movement."""
    start = min(span.start for span in attribution.content)
    if attribution.type == "indirect" or not 0 <= start - claim.evidence.end <= _BESIDE:
        return False
    rule = rules.by_id.get(claim.rules[0]) if claim.rules else None
    words = (word for span in attribution.content for word in fold(span.text).split())
    return rule is not None and any(rule.goes in rules.ways_of(word) for word in words)


def _is_part(key: SourceKey, other: SourceKey) -> bool:
    """Return whether a body's name is a part of another's: *the Red Cross* and its International Committee."""
    part = key.name != other.name and f" {key.name} " in f" {other.name} "
    return other.type == "institution" and part and not is_of_any(key)


def _is_unnamed_report(speakers: Speakers, source: Source, index: int) -> bool:
    who = speakers.identify(source, index)
    return isinstance(who, Unnamed) and who.report


def _is_aside(source: Source, claim: Claim) -> bool:
    """Return whether a claim only tells when somebody spoke: *said as she left*, *wrote when the convoy had come*."""
    if source.cue is None or source.cue.start < source.end:
        return False
    start = claim.evidence.start
    between = claim.evidence.text[max(0, source.cue.end - start) : max(0, claim.trigger.start - start)]
    if _CONTENT.search(between):
        return False
    if _TIME_FOLLOWS.match(between):
        return True
    who = claim.who
    himself = (
        who is not None
        and bool(who.resolved)
        and fold(who.resolved or "").split()[-1:] == fold(source.text).split()[-1:]
    )
    return himself and _MEANWHILE.search(between) is not None


def _is_quoted(article: Article, source: Source) -> bool:
    return any(
        attribution.type != "indirect" and attribution.source is not None and attribution.source.start == source.start
        for attribution in article.attributions
    )


def _part_of(source: Source) -> SourcePart:
    """Return what a source does in its chain; records of older files do not say."""
    if source.part:
        return source.part
    return "relay" if source.kind == "outlet" else "evidence" if source.kind in ("image", "data") else "speaker"


def _shared_telling(mentions: Sequence[tuple[int, Claim]], reuse: Reuse) -> tuple[Sentence, Sentence] | None:
    """Return the sentence by which two articles tell an event in the same words, None where it is short."""

    def tells(one: Sentence) -> bool:
        spans = (claim.trigger for index, claim in mentions if index == one.article)
        return any(one.start <= trigger.start < one.end for trigger in spans)

    pairs = [pair for pair in reuse.shared if all(len(one.words) >= _TELLING and tells(one) for one in pair)]
    return max(pairs, key=lambda pair: (len(pair[0].words), -pair[0].start), default=None)


def _longest(reuse: Reuse) -> tuple[Sentence, Sentence]:
    """Return the longest sentence that two articles share."""
    return max(reuse.shared, key=lambda pair: (len(pair[0].words), -pair[0].start))


def _traces(articles: Sequence[Article], pair: tuple[Sentence, Sentence]) -> tuple[Trace, ...]:
    """Return where a shared sentence stands in each article."""
    return tuple(
        Trace(one.article, "text", articles[one.article].text[one.start : one.end], one.start, one.end) for one in pair
    )
