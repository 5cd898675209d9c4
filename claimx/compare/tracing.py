"""From the mentions of an event to the web of who has it from whom.

What an article says leads to its outlet, or to the agency whose copy it carries, on to the outlets and documents that
it cites, and to those whom these name. Sources without a name lead nowhere: two outlets that both cite *officials*
stay two. What rests on more than the words of a citation is added as *likely*.
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from claimx.compare.bodies import is_of, is_of_any, plain_body
from claimx.compare.keys import SourceKey
from claimx.compare.names import fold, is_agency, shown_outlet
from claimx.compare.profiles import Profile, context_words, is_headline
from claimx.compare.records import Basis, Certainty, EdgeType, Trace
from claimx.compare.reuse import Reuse, Sentence
from claimx.compare.speakers import Speaker, Speakers, Unnamed, know_speakers
from claimx.compare.tellers import Teller, read_teller
from claimx.compare.vocabulary import vocabulary
from claimx.compare.web import Start, Step, Web
from claimx.records import ROLES, Article, Attribution, Claim, Source
from claimx.rules.loader import load_rules

_LIKELY: Certainty = "likely"
_BESIDE = 40  # characters between a sentence and the quotation that follows it
_SUMMED = 2  # words that a headline shares with what it sums up
_EARLY = 0.5  # of an article, within which it must name the outlet that it retells


def make_tracer(articles: Sequence[Article], reuse: Sequence[Reuse]) -> "Tracer":
    """Return what traces the events of these articles."""
    speakers = know_speakers(articles)
    tellers = [read_teller(article, index) for index, article in enumerate(articles)]
    leans: dict[int, SourceKey] = {}
    unnamed: dict[int, Source] = {}
    for index, article in enumerate(articles):
        cited: dict[SourceKey, int] = {}
        for claim in article.claims:
            for source in claim.sources:  # nearest to the event first
                who = speakers.identify(source, index)
                if (
                    not isinstance(who, Unnamed)
                    and who.kind in ("outlet", "agency")
                    and who.key != tellers[index].outlet
                ):
                    cited.setdefault(who.key, source.start)
                    break
        if len(cited) == 1 and min(cited.values()) <= _EARLY * len(article.text):
            leans[index] = next(iter(cited))
        reports = [source for source in speakers.mentions.get(index, ()) if _is_unnamed_report(speakers, source, index)]
        if reports and not cited and tellers[index].byline is None:
            unnamed[index] = min(reports, key=lambda source: source.start)
    return Tracer(
        articles=articles,
        tellers=tellers,
        speakers=speakers,
        reuse={(one.left, one.right): one for one in reuse},
        leans=leans,
        unnamed_reports=unnamed,
    )


@dataclass(frozen=True, slots=True)
class Tracer:
    """What tracing needs: the articles as tellers, their sources by name, and what they copied from each other."""

    articles: Sequence[Article]
    tellers: Sequence[Teller]
    speakers: Speakers
    reuse: Mapping[tuple[int, int], Reuse]
    leans: Mapping[int, SourceKey]
    unnamed_reports: Mapping[int, Source]
    persons: dict[int, tuple[tuple[Source, str], ...]] = field(default_factory=dict)
    """What `_persons_of` remembers."""

    def trace(self, profiles: Sequence[Profile], *, related: Mapping[tuple[int, int], int]) -> Web:
        """Return the chains of an event's mentions; `related` says how many events two articles share.

        Whom a headline names is told again below it, by the full name, so the headline's word does not count there.
        """
        web = Web()
        told = {profile.article for profile in profiles if not profile.headline}
        mentions = []
        for profile in profiles:
            claim = profile.claim
            if profile.headline and profile.article in told:
                claim = replace(claim, sources=())
            mentions.append((profile.article, claim))
            self._follow(web, profile.article, claim)
        self._copies(web, mentions)
        self._speaking_for(web)
        self._same_person(web)
        self._same_institution(web, mentions)
        self._said_beside(web, mentions)
        self._by_content(web, mentions, related)
        return web

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
        for source in reversed(self.speakers.heard(claim, index)):
            if self._is_slip(claim, source):
                continue
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
        web.starts.append(
            Start(index, claim.id, start or teller.voice, bool(claim.sources) or teller.byline is not None)
        )

    def _is_slip(self, claim: Claim, source: Source) -> bool:
        """Return whether a source is only who moves, mistaken for who says so."""
        mover = claim.who is not None and claim.who.start == source.start
        return mover and not self.speakers.speaks_itself(source, claim.evidence)

    def _copies(self, web: Web, mentions: Sequence[tuple[int, Claim]]) -> None:
        """Add a step from each article to the one that its text was taken from."""
        present = sorted({index for index, _ in mentions})
        for position, right in enumerate(present):
            for left in present[:position]:
                reuse = self.reuse.get((left, right))
                one, other = self.tellers[left], self.tellers[right]
                if reuse is None or not reuse.is_copy or one.outlet == other.outlet or one.voice == other.voice:
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
                    _passage(self.articles, reuse),
                    f"{round(100 * reuse.share)} per cent of the shorter text is the same",
                )
                web.steps.append(step)
                same_day = self.articles[left].published == self.articles[right].published
                if same_day and (one.byline is None) == (other.byline is None):  # who copied whom, nothing tells
                    web.steps.append(replace(step, start=one.voice, end=other.voice))

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
        """Add steps between persons whose names are spelled in two ways."""
        persons = sorted(key for key in web.nodes if key.type == "person")
        for one, other in combinations(persons, 2):
            if self.speakers.is_spelling(one, other):
                reason = f"{web.nodes[other].label} is {web.nodes[one].label}, spelled otherwise"
                web.steps.append(Step(other, one, "cites", "same source", "firm", (), (), reason))

    def _same_institution(self, web: Web, mentions: Sequence[tuple[int, Claim]]) -> None:
        """Add likely steps from *the military*, unnamed, to the one military that others name for the same event."""
        named = {key: node for key, node in web.nodes.items() if key.is_body}
        for index, claim in mentions:
            for source in claim.sources:
                who = self.speakers.identify(source, index)
                if isinstance(who, Unnamed) and who.noun:
                    spelled = [
                        key
                        for key in named
                        if plain_body(who.noun) in key.name
                        or any(who.noun in name for name in self.speakers.spelled.get(key, ()))
                    ]
                    if len(spelled) == 1:
                        trace = Trace(index, "text", source.text, source.start, source.end)
                        reason = (
                            f"“{source.text}” is likely {named[spelled[0]].label}, whom others name for the same event"
                        )
                        web.steps.append(
                            Step(
                                self.tellers[index].voice,
                                spelled[0],
                                "cites",
                                "same source",
                                _LIKELY,
                                (claim.id,),
                                (trace,),
                                reason,
                            )
                        )
        for key in sorted(named):
            if len(fuller := [other for other in named if is_of(other, key)]) == 1:
                reason = f"{named[key].label}, of whatever country, is likely {named[fuller[0]].label}"
                web.steps.append(Step(key, fuller[0], "cites", "same source", _LIKELY, (), (), reason))
        for key in sorted(key for key in web.nodes if key.type == "person" and " " not in key.name):
            fuller = [o for o in web.nodes if o.type == "person" and o.name.endswith(f" {key.name}")]
            if len(fuller := [other for other in fuller if other != key]) == 1:
                reason = f"{web.nodes[key].label} is likely {web.nodes[fuller[0]].label}"
                web.steps.append(Step(key, fuller[0], "cites", "same source", _LIKELY, (), (), reason))
        for key in sorted(named):
            if key.type == "institution" and (fuller := [other for other in named if _is_part(key, other)])[1:] == []:
                for other in fuller:
                    reason = f"{named[key].label} is likely {named[other].label}"
                    web.steps.append(Step(key, other, "cites", "same source", _LIKELY, (), (), reason))
        countries = {key.name: key for key in named if key.type == "country"}
        for key in sorted(named):
            country = self.speakers.countries.get(key)
            if key.type == "institution" and country in countries:
                reason = f"{named[countries[country]].label}, as a source, is likely {named[key].label}"
                web.steps.append(Step(countries[country], key, "cites", "same source", _LIKELY, (), (), reason))

    def _said_beside(self, web: Web, mentions: Sequence[tuple[int, Claim]]) -> None:
        """Add likely steps from an article's own voice to who is named in the sentence, or quoted on it next."""
        leading = {step.start for step in web.steps}
        for index, claim in mentions:
            teller = self.tellers[index]
            if teller.voice in leading:
                continue
            for source in self._speaking_beside(index, claim):
                who = self.speakers.identify(source, index)
                if isinstance(who, Unnamed) or who.key == teller.outlet:
                    continue
                web.add_node(who.key, who.name, who.kind)
                trace = Trace(index, "text", source.text, source.start, source.end)
                reason = f"{teller.name} tells it beside the words of {who.name}, and likely has it from there"
                web.steps.append(
                    Step(teller.voice, who.key, "cites", "same source", _LIKELY, (claim.id,), (trace,), reason)
                )
                break

    def _speaking_beside(self, index: int, claim: Claim) -> Iterator[Source]:
        """Yield the sources that a claim without one may go back to.

        Those are persons named in its sentence or quoted next and, for a headline, whoever said what the lead tells.
        """
        article = self.articles[index]
        moving = " ".join(fold(span.resolved or span.text) for role in ROLES if (span := getattr(claim, role)))
        told = f" {fold(claim.evidence.text)} "
        for source, name in self._persons_of(index):
            if f" {name} " in told and name not in moving:
                yield source
        headline = is_headline(article, claim)
        for attribution in article.attributions:
            speaker = attribution.source
            if (
                speaker
                and headline
                and _sums_up(claim, attribution, article)
                and not any(self._is_slip(other, speaker) for other in article.claims)
            ):
                yield speaker
            if speaker is None or attribution.type == "indirect" or speaker.kind != "person":
                continue
            start = min(span.start for span in attribution.content)
            between = article.text[claim.evidence.end : start] if start >= claim.evidence.end else None
            if between is not None and len(between) <= _BESIDE:
                words = fold(" ".join(span.text for span in attribution.content)).split()
                if _kind_of_movement(claim) in {kind for word in words for kind in _kinds(word)}:
                    yield speaker

    def _persons_of(self, index: int) -> tuple[tuple[Source, str], ...]:
        """Return the sources of an article that are persons, with their folded names; all its claims ask for them."""
        if index not in self.persons:
            known = (
                (source, self.speakers.identify(source, index)) for source in self.speakers.mentions.get(index, ())
            )
            self.persons[index] = tuple(
                (source, fold(who.name)) for source, who in known if isinstance(who, Speaker) and who.kind == "person"
            )
        return self.persons[index]

    def _by_content(
        self, web: Web, mentions: Sequence[tuple[int, Claim]], related: Mapping[tuple[int, int], int]
    ) -> None:
        """Add likely steps for articles that stand on a report they name elsewhere, or do not name at all."""
        leading = {step.start for step in web.steps}
        own = sorted({index for index, _ in mentions if self.tellers[index].voice not in leading})
        told = sorted({index for index, _ in mentions})
        for index in own:
            teller = self.tellers[index]
            claims = tuple(claim.id for one, claim in mentions if one == index)
            if report := self.unnamed_reports.get(index):
                if (found := self._named_report(index, told, related)) is None:
                    continue
                key, name, other = found
                web.add_node(key, name, "outlet")
                trace = Trace(index, "text", report.text, report.start, report.end)
                reason = (
                    f"{teller.name} cites “{report.text}” without a name and tells the same events as "
                    f"{self.tellers[other].name}, which has them from {name}"
                )
                web.steps.append(Step(teller.voice, key, "rests on", "same content", _LIKELY, claims, (trace,), reason))
            elif (outlet := self.leans.get(index)) and outlet != teller.voice:
                name = self.speakers.label(outlet)
                web.add_node(outlet, name, "outlet")
                reason = f"{teller.name} cites no other outlet than {name} for what it tells elsewhere"
                web.steps.append(Step(teller.voice, outlet, "rests on", "same content", _LIKELY, claims, (), reason))

    def _named_report(
        self, index: int, told: Sequence[int], related: Mapping[tuple[int, int], int]
    ) -> tuple[SourceKey, str, int] | None:
        """Return the outlet whose report an unnamed one likely is: key, name, article that tells; None if unclear."""
        candidates: dict[SourceKey, tuple[str, int, int]] = {}
        for other in told:
            if other == index or related.get((min(index, other), max(index, other)), 0) < 2:
                continue
            shared = related[min(index, other), max(index, other)]
            key = self.leans.get(other) or self.tellers[other].voice
            name = self.speakers.names.get(key) or self.tellers[other].name
            if key not in candidates or candidates[key][2] < shared:
                candidates[key] = (name, other, shared)
        if not candidates:
            return None
        cited = {self.leans[other] for other in told if other in self.leans}
        likely = [key for key in candidates if key in cited] or list(candidates)
        found = max(sorted(likely), key=lambda one: candidates[one][2])
        return found, candidates[found][0], candidates[found][1]


def _sums_up(claim: Claim, attribution: Attribution, article: Article) -> bool:
    """Return whether a headline tells what somebody said in the lead, the paragraph below it."""
    said = " ".join(
        span.text
        for span in attribution.content
        if article.text.count("\n\n", 0, span.start) == claim.evidence.paragraph + 1
    )
    words = vocabulary()
    return len(context_words(claim.evidence.text, words) & context_words(said, words)) >= _SUMMED


def _is_part(key: SourceKey, other: SourceKey) -> bool:
    """Return whether a body's name is a part of another's: *the Red Cross* and its International Committee."""
    part = key.name != other.name and f" {key.name} " in f" {other.name} "
    return other.type == "institution" and part and not is_of_any(key)


def _is_unnamed_report(speakers: Speakers, source: Source, index: int) -> bool:
    who = speakers.identify(source, index)
    return isinstance(who, Unnamed) and who.report


def _kind_of_movement(claim: Claim) -> str:
    return vocabulary().kinds.get(claim.rules[0] if claim.rules else "", "")


@functools.cache
def _kinds(word: str) -> frozenset[str]:
    """Return the kinds of movement that a form of a verb may tell."""
    rules = load_rules()
    lemma = rules.verb_lemmas.get(word)
    return frozenset(vocabulary().kinds.get(rule.id, "") for _, rule in rules.verbs.get(lemma or "", ())) - {""}


def _is_quoted(article: Article, source: Source) -> bool:
    return any(
        attribution.type != "indirect" and attribution.source is not None and attribution.source.start == source.start
        for attribution in article.attributions
    )


def _passage(articles: Sequence[Article], reuse: Reuse) -> tuple[Trace, ...]:
    """Return the longest sentence that two articles share, in each of them."""
    pair: tuple[Sentence, Sentence] = max(reuse.shared, key=lambda pair: (len(pair[0].words), -pair[0].start))
    return tuple(
        Trace(one.article, "text", articles[one.article].text[one.start : one.end], one.start, one.end) for one in pair
    )
