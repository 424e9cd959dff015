"""The quotes of a text: whose words, how surely, and the sentence around them.

Verbatim is what stands between quotation marks and is given to somebody, or can only be
somebody's; reported is what a clause says that somebody said. Titles of works, nicknames and
single ironic words are no quotes.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from store.ingest.extract.attributions import Attribution, find_attributions
from store.ingest.extract.masking import masked_for_cues, sentences_around
from store.ingest.extract.persons import Mention, persons_in
from store.ingest.extract.quotation_marks import Quoted, find_quoted
from store.ingest.extract.quotes_shape import (
    DASHED,
    NAMED,
    SINGLE,
    WHOLE,
    WORDS,
    is_fragment,
    is_own_sentence,
    trimmed,
)
from store.ingest.extract.reported import Clause, find_clauses
from store.ingest.extract.saying import JUDGING
from store.ingest.extract.speakers import Cast
from store.ingest.extract.transcripts import Turn, find_turns
from store.ingest.extract.values import Span
from store.ingest.extract.works import is_nickname, is_work
from store.knowledge.values import Grade

_FAR = 160  # characters; a name and description before a colon is shorter
_GAP = re.compile(r"[\s,.;:\u2014\u2013-]*")
_BEFORE_CUE = frozenset(",?!\u2026-\u2014")
_NEAR = 60  # characters between a verb and words that it governs
_PRONOUN = re.compile(r"he|she|they|it", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:what|which|when|as|who|whom|that)\s+$")
_WHO, _WHO_REACH = re.compile(r"\bwho\s(?:\w+\s){0,2}\Z"), 24


class Sureness(StrEnum):
    """How surely the words are the speaker's."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


class Reason(StrEnum):
    """What the speaker is known by."""

    CUE = "the verb beside the words has this subject"
    CLAUSE = "the words stand in a clause given to the speaker"
    DASH = "the name stands behind the words"
    LED_UP = "the sentence before leads up to the words"
    CARRIED = "the words go on from those before"
    TRANSCRIPT = "the transcript names who speaks"
    NOBODY = "the text names no speaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundQuote:
    """Words that a text gives to somebody; `parts` are the stretches, split ones several."""

    parts: tuple[Span, ...]
    grade: Grade
    speaker: Span | None
    name: str | None  # in full, where the text tells
    cue: Span | None
    sentence: Span
    sure: Sureness
    because: Reason
    fragment: bool = False  # a few words in the writer's own sentence
    lead: Span | None = None  # the verb that denies what the words say, and goes with them

    @property
    def span(self) -> Span:
        """From the first word to the last, with what stands between the parts."""
        return Span(self.parts[0].start, self.parts[-1].end)

    def words(self, text: str) -> str:
        """Return the words, the parts joined, in one line; "denied" before what is denied."""
        parts = (self.lead, *self.parts) if self.lead else self.parts
        return " ".join(" ".join(part.of(text) for part in parts).split())


def find_quotes(
    text: str, persons: Callable[[str], tuple[Mention, ...]] = persons_in
) -> tuple[FoundQuote, ...]:
    """Return the quotes of `text`, verbatim and reported, in their order."""
    return _Reader(text, Cast(text, persons(text))).read()


@dataclass(frozen=True, slots=True)
class _Given:
    """Whom words are given to, and by what."""

    speaker: Span | None
    cue: Span | None
    sure: Sureness
    because: Reason


_NOBODY = _Given(None, None, Sureness.UNSURE, Reason.NOBODY)


class _Reader:
    """Reads one text from its beginning to its end, and remembers who spoke last."""

    def __init__(self, text: str, cast: Cast) -> None:
        self._text, self._cast = text, cast
        self._stretches = [
            each for each in find_quoted(text) if not is_nickname(text, each.outer, each.inner)
        ]
        self._masked = masked_for_cues(text, self._stretches)
        self._sentences = sentences_around(text, self._stretches)
        self._quotes: list[FoundQuote] = []
        self._place = 0  # of the last verbatim one
        self._last: tuple[FoundQuote, Quoted] | None = None
        self._lead: tuple[Attribution, Span] | None = None

    def read(self) -> tuple[FoundQuote, ...]:
        """Return the quotes."""
        starts = [each.start for each in self._sentences]
        by_sentence: dict[int, list[Quoted]] = {}
        for stretch in self._stretches:
            place = max(0, bisect_right(starts, stretch.outer.start) - 1)
            by_sentence.setdefault(place, []).append(stretch)
        turns = find_turns(self._text)
        self._quotes.extend(map(self._turn, turns))
        said = Span(turns[0].name.start, turns[-1].parts[-1].end) if turns else None
        for place, sentence in enumerate(self._sentences):
            if said and said.meets(sentence):
                continue
            self._read_sentence(sentence, by_sentence.get(place, []))
        return tuple(sorted(self._quotes, key=lambda each: (each.span, each.grade)))

    def _turn(self, turn: Turn) -> FoundQuote:
        return FoundQuote(
            parts=turn.parts,
            grade=Grade.VERBATIM,
            speaker=turn.name,
            name=self._cast.resolve_capitals(turn.name),
            cue=None,
            sentence=Span(turn.name.start, turn.parts[-1].end),
            sure=Sureness.SURE,
            because=Reason.TRANSCRIPT,
        )

    def _read_sentence(self, sentence: Span, stretches: list[Quoted]) -> None:
        attributions = find_attributions(self._masked, sentence)
        clauses = find_clauses(self._masked, sentence, attributions)
        for stretch in stretches:
            self._read_stretch(sentence, stretch, attributions, clauses)
        for clause in clauses:
            self._report(sentence, clause)
        for attribution in attributions:
            if attribution.source and not attribution.weak:
                self._hear(attribution.source)
        self._lead = self._leading(sentence, attributions)

    def _hear(self, source: Span) -> None:
        if name := self._cast.resolve(source):
            self._cast.heard(source.start, name)

    def _leading(
        self, sentence: Span, attributions: tuple[Attribution, ...]
    ) -> tuple[Attribution, Span] | None:
        """Return the attribution of a sentence that may lead up to words in the next."""
        first = next((each for each in attributions if each.source and not each.weak), None)
        return (first, sentence) if first else None

    def _led(self, stretch: Quoted) -> _Given | None:
        """Return who is named in the sentence before, as far as it leads up to the words."""
        if self._lead is None:
            return None
        attribution, sentence = self._lead
        between = self._text[sentence.end : stretch.outer.start]
        if between.strip():
            return None
        if sentence.of(self._text).endswith(":"):
            return self._given(attribution, Sureness.LIKELY, Reason.LED_UP)
        if "\n" in between:
            return None
        return self._given(attribution, Sureness.UNSURE, Reason.LED_UP)

    def _read_stretch(
        self,
        sentence: Span,
        stretch: Quoted,
        attributions: tuple[Attribution, ...],
        clauses: tuple[Clause, ...],
    ) -> None:
        given = (
            self._beside(stretch, attributions)
            or self._inside(stretch, clauses)
            or self._behind(stretch, attributions)
            or self._dashed(stretch)
            or self._named_before(stretch)
            or self._alone(sentence, stretch)
        )
        if given is None:
            return
        fragment = is_fragment(self._text, sentence, stretch)
        name = self._cast.resolve(given.speaker) if given.speaker else None
        quote = FoundQuote(
            parts=(trimmed(self._text, stretch.inner),),
            grade=Grade.VERBATIM,
            speaker=given.speaker,
            name=name,
            cue=given.cue,
            sentence=sentence,
            sure=given.sure,
            because=given.because,
            fragment=fragment,
        )
        self._keep(quote, stretch)

    def _keep(self, quote: FoundQuote, stretch: Quoted) -> None:
        """Keep `quote`; what goes on from the last one is another part of that."""
        if self._last and self._goes_on(self._last, quote, stretch):
            whole = self._last[0]
            sentence = Span(whole.sentence.start, max(whole.sentence.end, quote.sentence.end))
            joined = replace(whole, parts=whole.parts + quote.parts, sentence=sentence)
            if whole.speaker is None and quote.speaker:
                joined = replace(
                    joined, speaker=quote.speaker, name=quote.name, cue=quote.cue,
                    sure=quote.sure, because=quote.because,
                )  # fmt: skip
            self._quotes[self._place] = joined
            quote = joined
        else:
            self._place = len(self._quotes)
            self._quotes.append(quote)
        self._last = quote, stretch

    def _goes_on(self, last: tuple[FoundQuote, Quoted], quote: FoundQuote, stretch: Quoted) -> bool:
        before, before_stretch = last
        between = self._text[before_stretch.outer.end : stretch.outer.start]
        if before.fragment or quote.fragment:
            return False
        if before_stretch.goes_on:
            return not between.strip()
        if "\n" in between.strip(" ") and "\n\n" in between:
            return False
        if quote.because is Reason.CARRIED:
            return True
        return quote.cue is not None and quote.cue == before.cue

    def _beside(self, stretch: Quoted, attributions: tuple[Attribution, ...]) -> _Given | None:
        """Return who is named by a verb right behind or right before the words."""
        if is_work(self._text, stretch.outer, stretch.inner):
            return None
        last = stretch.inner.of(self._text).rstrip(SINGLE)[-1:]
        following = self._text[stretch.outer.end : stretch.outer.end + 1]
        behind = next((each for each in self._behind_all(stretch, attributions)), None)
        if behind and (last != "." or following == ","):
            gap = self._text[stretch.outer.end : behind.start]
            if last in _BEFORE_CUE or "," in gap:
                return self._given(behind, Sureness.SURE, Reason.CUE)
        before = [each for each in attributions if each.cue.end <= stretch.outer.start]
        if before and before[-1].source and self._leads(before[-1], stretch):
            return self._given(before[-1], Sureness.SURE, Reason.CUE)
        return None

    def _behind_all(
        self, stretch: Quoted, attributions: tuple[Attribution, ...]
    ) -> Iterator[Attribution]:
        """Yield the attribution right behind the words; also past "who was asked"."""
        for each in attributions:
            if each.start < stretch.outer.end:
                continue
            if not each.weak and _GAP.fullmatch(self._text, stretch.outer.end, each.start):
                yield each
            low = max(stretch.outer.end, each.cue.start - _WHO_REACH)
            if _WHO.search(self._text, low, each.cue.start) is None:
                return

    def _leads(self, attribution: Attribution, stretch: Quoted) -> bool:
        """Tell whether the verb leads up to whole words: said at the rally, "…"."""
        gap = self._text[attribution.whole.end : stretch.outer.start].rstrip()
        if gap.endswith(":"):
            return True
        words = stretch.inner.of(self._text).lstrip()
        return (
            (gap.endswith(",") or not gap)
            and words[:1].isupper()
            and attribution.verb not in JUDGING
        )

    def _inside(self, stretch: Quoted, clauses: tuple[Clause, ...]) -> _Given | None:
        """Return who is given the clause that holds the words."""
        if is_work(self._text, stretch.outer, stretch.inner):
            return None
        for clause in clauses:
            if clause.attribution.source and clause.span.holds(stretch.inner):
                sure = Sureness.UNSURE if clause.lead else Sureness.LIKELY
                return self._given(clause.attribution, sure, Reason.CLAUSE)
        return None

    def _behind(self, stretch: Quoted, attributions: tuple[Attribution, ...]) -> _Given | None:
        """Return the last one before the words in their sentence who says or judges."""
        if is_work(self._text, stretch.outer, stretch.inner):
            return None
        before = [each for each in attributions if each.cue.end <= stretch.outer.start]
        if not before:
            return None
        best = before[-1]
        if best.weak:  # else a passive that names nobody: what is called "…"
            best = next((each for each in reversed(before) if each.source), best)
        if best.source and _PRONOUN.fullmatch(best.source.of(self._text)) and self._relative(best):
            # what she calls "…": she is whom the sentence is about
            best = next((each for each in before if self._may_be(best, each)), best)
        words = WORDS.findall(stretch.inner.of(self._text))
        reach = best.cue.end
        if self._last and self._last[0].cue == best.cue:
            reach = max(reach, self._last[1].outer.end)
        far = stretch.outer.start - reach > _NEAR
        if far and len(words) == 1:
            return None  # irony rather than words
        return self._given(best, Sureness.UNSURE if far else Sureness.LIKELY, Reason.CUE)

    def _may_be(self, pronoun: Attribution, other: Attribution) -> bool:
        if pronoun.source is None or other.source is None or pronoun.source == other.source:
            return False
        return self._cast.may_be(pronoun.source, other.source)

    def _relative(self, attribution: Attribution) -> bool:
        """Tell whether the verb stands in a clause like "what she calls"."""
        start = attribution.source.start if attribution.source else attribution.start
        return bool(_RELATIVE.search(self._text, max(0, start - 16), start))

    def _given(self, attribution: Attribution, sure: Sureness, because: Reason) -> _Given:
        if attribution.weak and sure is Sureness.SURE:
            sure = Sureness.LIKELY
        if attribution.source is None:
            sure = Sureness.UNSURE
        return _Given(attribution.source, attribution.cue, sure, because)

    def _dashed(self, stretch: Quoted) -> _Given | None:
        match = DASHED.match(self._text, stretch.outer.end)
        if match is None or len(WORDS.findall(stretch.inner.of(self._text))) < WHOLE:
            return None
        speaker = trimmed(self._text, Span(match.start("name"), match.end("name")))
        return _Given(speaker, None, Sureness.LIKELY, Reason.DASH)

    def _named_before(self, stretch: Quoted) -> _Given | None:
        """Return the person whose name and a colon open the paragraph: Anna Lund, mayor: "…"."""
        low = max(0, stretch.outer.start - _FAR)
        match = NAMED.search(self._text, low, stretch.outer.start)
        if match is None:
            return None
        speaker = Span(match.start("name"), match.end("name"))
        if self._cast.resolve(speaker) is None:
            return None
        return _Given(speaker, None, Sureness.LIKELY, Reason.TRANSCRIPT)

    def _alone(self, sentence: Span, stretch: Quoted) -> _Given | None:
        """Return whose are words that stand in a sentence of their own."""
        if not is_own_sentence(self._text, self._masked, sentence, stretch):
            return None
        if self._last is None:
            return self._led(stretch) or _NOBODY
        quote, before = self._last
        carried = _Given(quote.speaker, quote.cue, Sureness.LIKELY, Reason.CARRIED)
        if before.goes_on or (not quote.fragment and self._same_sentence(quote, stretch)):
            return carried
        if led := self._led(stretch):
            return led
        return _NOBODY  # who spoke in the paragraph before is no evidence: speakers take turns

    def _same_sentence(self, quote: FoundQuote, stretch: Quoted) -> bool:
        """Tell whether nothing but space is between the sentence of `quote` and the words."""
        between = self._text[quote.sentence.end : stretch.outer.start]
        return not between.strip() and "\n" not in between

    def _report(self, sentence: Span, clause: Clause) -> None:
        source = clause.attribution.source
        if source is None:
            return
        self._quotes.append(
            FoundQuote(
                parts=(clause.span,),
                grade=Grade.REPORTED,
                speaker=source,
                name=self._cast.resolve(source),
                cue=clause.attribution.cue,
                sentence=sentence,
                sure=Sureness.LIKELY if clause.attribution.weak else Sureness.SURE,
                because=Reason.CUE,
                lead=clause.lead,
            )
        )
