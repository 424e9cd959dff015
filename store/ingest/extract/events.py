"""Events of a text: dated statements with who took part, where, and how surely.

An event is a sentence with a day, a part of a month, a month or a year in it; asked for the
`undated` too, also a sentence that reports something without a date, which is then inferred
from the day of the report. What several texts tell of one is joined in the knowledge.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from store.ingest.extract.denying import is_turned
from store.ingest.extract.events_tense import (
    clause_around,
    is_possessive,
    is_reported,
    status_at,
)
from store.ingest.extract.names import find_names
from store.ingest.extract.names_values import Kind, Mention
from store.ingest.extract.quotation_marks import find_quoted
from store.ingest.extract.quotes import Sureness
from store.ingest.extract.sentences import find_sentences
from store.ingest.extract.times import find_times
from store.ingest.extract.times_values import TimeExpression, TimeKind
from store.ingest.extract.values import Span
from store.knowledge.making.happenings import alike, telling_words
from store.knowledge.values import Basis, Precision, Status, When

_PLACED = re.compile(
    r"\b(?:in|at|near|outside)\s(?:the\s)?(?:\w+\s(?:capital|city|town|port|capital\scity)\s"
    r"(?:of\s)?)?\Z"
)
_DATED = frozenset({TimeKind.DATE, TimeKind.TIME})
_LEADS = 3  # sentences in which a report says when what it reports was
_FRESH = timedelta(days=6)
_REACH = 40  # characters before a place that tell that it is one
_WORDS = re.compile(r"\w+")
_FEWEST = 4  # words of a sentence that tells something
_TURNED = "the sentence says that it will not be, or does not say that it will"
_MOST_ALIKE = 64  # events of one date with which one more is compared


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEvent:
    """A dated statement; `time` is where the date stands, None where it was inferred.

    `quoted` says that the date stands in somebody's words; `sentences` are all that tell it.
    """

    sentences: tuple[Span, ...]
    when: When
    status: Status
    basis: Basis
    because: str | None
    sure: Sureness
    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    place: str | None = None
    time: Span | None = None
    quoted: bool = False

    @property
    def sentence(self) -> Span:
        """The sentence that tells it first."""
        return self.sentences[0]

    def words(self, text: str) -> str:
        """Return the sentence in one line."""
        return " ".join(self.sentence.of(text).split())


def find_events(
    text: str,
    published: date | None,
    *,
    times: Sequence[TimeExpression] | None = None,
    names: Sequence[Mention] | None = None,
    undated: bool = False,
) -> tuple[FoundEvent, ...]:
    """Return the events of `text`, which is of the day `published`, in its order.

    `times` and `names` are those of the text, where they are known already.
    """
    found = find_times(text, published) if times is None else times
    named = find_names(text) if names is None else names
    reader = _Reader(text, published, found, named)
    return tuple(reader.read(undated=undated))


class _Reader:
    """Reads one text's sentences, and knows of which day the report is."""

    def __init__(
        self,
        text: str,
        published: date | None,
        times: Sequence[TimeExpression],
        names: Sequence[Mention],
    ) -> None:
        self._text, self._published = text, published
        self._times = [each for each in times if each.kind in _DATED and each.when is not None]
        self._time_starts = [each.span.start for each in self._times]
        self._names = sorted(names, key=lambda each: each.span)
        self._name_starts = [each.span.start for each in self._names]
        self._quoted = [each.outer for each in find_quoted(text)]
        self._quoted_starts = [each.start for each in self._quoted]
        self._sentences = find_sentences(text)

    def read(self, *, undated: bool) -> Iterator[FoundEvent]:
        """Yield the events."""
        day = self.report_day() if undated else None
        for sentence in self._sentences:
            if len(_WORDS.findall(self._text, sentence.start, sentence.end)) < _FEWEST:
                continue
            events = list(self._dated(sentence))
            yield from events
            told = any(
                event.sure is not Sureness.UNSURE and event.status is not Status.PLANNED
                for event in events
            )
            if day and not told and (event := self._inferred(sentence, day)):
                yield event

    def report_day(self) -> When | None:
        """Return the day of what is reported: a fresh day its beginning names, else its own."""
        if self._published is None:
            return None
        told = 0
        for sentence in self._sentences:
            for time in self._in(sentence):
                when = time.when
                if when is None or when.precision is not Precision.DAY or self._is_said(time.span):
                    continue
                if timedelta() <= self._published - when.start <= _FRESH:
                    return when
            told += self._text[sentence.end - 1] in '.!?"\u201d'
            if told >= _LEADS:
                break
        return When.day(self._published)

    def _in(self, sentence: Span) -> Iterator[TimeExpression]:
        at = bisect_left(self._time_starts, sentence.start)
        while at < len(self._times) and self._times[at].span.start < sentence.end:
            yield self._times[at]
            at += 1

    def _is_said(self, span: Span) -> bool:
        """Tell whether `span` stands between quotation marks."""
        at = bisect_left(self._quoted_starts, span.end) - 1
        return at >= 0 and self._quoted[at].holds(span)

    def _dated(self, sentence: Span) -> Iterator[FoundEvent]:
        seen: set[When] = set()
        for time in self._in(sentence):
            when = time.when
            if when is None or when in seen:
                continue
            seen.add(when)
            said = self._is_said(time.span)
            people, bodies = self._taking_part(sentence)
            status = status_at(self._text, sentence, time.span, when, self._published)
            turned = status is Status.PLANNED and self._is_turned(sentence, time.span)
            because = self._because(time)
            yield FoundEvent(
                sentences=(sentence,),
                when=when,
                status=status,
                basis=time.basis,
                because="; ".join(filter(None, (because, _TURNED))) if turned else because,
                sure=Sureness.UNSURE if turned else self._sure(time, said=said),
                people=people,
                bodies=bodies,
                place=self._place(sentence, time.span),
                time=time.span,
                quoted=said,
            )

    def _is_turned(self, sentence: Span, place: Span) -> bool:
        """Tell whether what is planned for the date at `place` is denied or will not be."""
        clause = clause_around(self._text, sentence, place)
        return is_turned(self._text, clause.start, clause.end, place.start)

    def _because(self, time: TimeExpression) -> str | None:
        if time.basis is Basis.STATED:
            return None
        words = " ".join(time.span.of(self._text).split())
        return f"\u201c{words}\u201d: {time.because}" if time.because else f"\u201c{words}\u201d"

    def _sure(self, time: TimeExpression, *, said: bool) -> Sureness:
        if said or is_possessive(self._text, time.span) or time.basis is Basis.INFERRED:
            return Sureness.UNSURE
        return Sureness.SURE if time.basis is Basis.STATED else Sureness.LIKELY

    def _inferred(self, sentence: Span, day: When) -> FoundEvent | None:
        """Return what a sentence without a date reports, as of the day of the report."""
        masked = self._masked(sentence)
        if not is_reported(masked, headline=sentence == self._sentences[0]):
            return None
        people, bodies = self._taking_part(sentence)
        return FoundEvent(
            sentences=(sentence,),
            when=day,
            status=Status.HAPPENED,
            basis=Basis.INFERRED,
            because=f"no date given; the report is of {day}",
            sure=Sureness.UNSURE,
            people=people,
            bodies=bodies,
            place=self._place(sentence, sentence),
        )

    def _masked(self, sentence: Span) -> str:
        """Return the sentence with the words of others blanked."""
        words = sentence.of(self._text)
        at = max(0, bisect_left(self._quoted_starts, sentence.start) - 1)
        for outer in self._quoted[at:]:
            if outer.start >= sentence.end:
                break
            if outer.meets(sentence):
                start, end = max(outer.start, sentence.start), min(outer.end, sentence.end)
                blank = "\u25a0" * (end - start)
                words = words[: start - sentence.start] + blank + words[end - sentence.start :]
        return words

    def _mentions(self, sentence: Span) -> Iterator[Mention]:
        at = bisect_left(self._name_starts, sentence.start)
        while at < len(self._names) and self._names[at].span.start < sentence.end:
            yield self._names[at]
            at += 1

    def _taking_part(self, sentence: Span) -> tuple[tuple[str, ...], tuple[str, ...]]:
        people: dict[str, None] = {}
        bodies: dict[str, None] = {}
        for mention in self._mentions(sentence):
            if mention.kind is Kind.PERSON:
                people.setdefault(mention.name)
            elif mention.kind in {Kind.ORGANISATION, Kind.PLACE}:
                bodies.setdefault(mention.name)
        return tuple(people), tuple(bodies)

    def _place(self, sentence: Span, near: Span) -> str | None:
        """Return the place nearest to the date that stands behind "in", "at" or the like."""
        placed = [
            mention
            for mention in self._mentions(sentence)
            if mention.kind is Kind.PLACE
            and _PLACED.search(
                self._text, max(sentence.start, mention.span.start - _REACH), mention.span.start
            )
        ]
        if not placed:
            return None
        best = min(placed, key=lambda each: abs(each.span.start - near.start))
        return " ".join(best.span.of(self._text).split())


def merged(text: str, events: Sequence[FoundEvent]) -> tuple[FoundEvent, ...]:
    """Join the events of one text that are the same: same date, and mostly the same words."""
    kept: list[FoundEvent] = []
    by_date: dict[When, list[int]] = {}
    for event in events:
        places = by_date.setdefault(event.when, [])
        same = next(
            (
                at
                for at in places[-_MOST_ALIKE:]
                if alike(telling_words(kept[at].words(text)), telling_words(event.words(text)))
            ),
            None,
        )
        if same is None:
            places.append(len(kept))
            kept.append(event)
            continue
        first = kept[same]
        kept[same] = replace(
            first,
            sentences=tuple(dict.fromkeys((*first.sentences, *event.sentences))),
            people=tuple(dict.fromkeys((*first.people, *event.people))),
            bodies=tuple(dict.fromkeys((*first.bodies, *event.bodies))),
            place=first.place or event.place,
        )
    return tuple(kept)
