"""Of which day an article is, where it does not say so in full.

From its dateline with the weekday that it names, or from what the story knows: the day with
which its weekdays become those of known events. Where the evidence leaves two days, none.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from store.ingest.draft_values import Known
from store.ingest.extract.events import FoundEvent, find_events
from store.ingest.extract.names_values import Form, Mention
from store.ingest.extract.sentences import find_sentences
from store.ingest.extract.times import find_times
from store.ingest.raw.values import Dateline, Published, RawArticle
from store.knowledge.making.happenings import telling_words
from store.knowledge.values import Basis, Precision, StatedEvent, Status, When
from store.text import fold

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LEADS = 3  # sentences
_OLDEST = 1990  # articles on pages; older ones say their year
_ENOUGH = 2  # days of known events; people of the story
_WORDS = 3  # in common, beside a person or the place
_AROUND = timedelta(days=10)
_MOST_DAYS = 120  # that are tried
_EVIDENCE = 20_000  # characters that are read anew for each day; news says it long before


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """When an article was published, or why that cannot be told."""

    published: Published | None
    undated: str = ""


def date_article(
    article: RawArticle, mentions: Sequence[Mention], known: Known, today: date
) -> Dating:
    """Return of which day `article` is; nothing after `today` is tried."""
    stated = article.published
    if stated is not None and stated.when.precision is Precision.DAY:
        return Dating(published=stated)
    text = article.text[:_EVIDENCE]
    if article.dateline is not None and article.dateline.day and article.dateline.month:
        return _by_dateline(text, article.dateline, mentions, known, today)
    return _by_story(text, mentions, known, today)


def _by_dateline(
    text: str, line: Dateline, mentions: Sequence[Mention], known: Known, today: date
) -> Dating:
    words = " ".join(line.text.split())
    if line.year is not None:
        day = _day(line.year, line)
        if day is None or day > today:
            kind = "is no day" if day is None else "is of a day to come"
            return Dating(published=None, undated=f"the dateline \u201c{words}\u201d {kind}")
        because = f"dateline \u201c{words}\u201d"
        return Dating(published=_published(day, Basis.STATED, because))
    years = _stated_years(text)
    first = max((year for year in years if year <= today.year), default=_OLDEST)
    days = [day for year in range(first, today.year + 1) if (day := _day(year, line))]
    days = [day for day in days if day <= today]
    weekdays = _weekdays(text)
    named = [day for day in days if _WEEKDAYS[day.weekday()] in weekdays]
    chosen, why = named or days, ""
    if named:
        why = f"; it names {_WEEKDAYS[named[0].weekday()]}, as in {_years(named)} since {first}"
    if len(chosen) > 1 and _is_of_story(mentions, known):
        told = {summary.published.year for summary in known.summaries}
        story = [day for day in chosen if any(abs(day.year - year) <= 1 for year in told)]
        if len(story) == 1:
            chosen, why = story, f"{why}; the story is of {_years(story)}"
    if len(chosen) != 1:
        reason = f"the dateline \u201c{words}\u201d has no year, and more than one would fit"
        return Dating(published=None, undated=reason)
    because = f"dateline \u201c{words}\u201d without a year{why}"
    return Dating(published=_published(chosen[0], Basis.RESOLVED, because))


def _is_of_story(mentions: Sequence[Mention], known: Known) -> bool:
    """Tell whether people whom the story knows are named in full."""
    people = {fold(person.name) for person in known.people}
    named = {fold(each.name) for each in mentions if each.form is Form.FULL}
    return len(people & named) >= _ENOUGH


def _day(year: int, line: Dateline) -> date | None:
    try:
        return date(year, line.month or 0, line.day or 0)
    except ValueError:
        return None


def _years(days: Sequence[date]) -> str:
    return ", ".join(str(day.year) for day in days)


def _stated_years(text: str) -> set[int]:
    """Return the years that the text gives in full, as years of what has been."""
    return {
        time.when.start.year
        for time in find_times(text)
        if time.when is not None and time.basis is Basis.STATED
    }


def _weekdays(text: str) -> set[str]:
    """Return the weekdays that the beginning of the text names."""
    lead = " ".join(each.of(text) for each in find_sentences(text)[:_LEADS])
    return {name for name in _WEEKDAYS if name in lead}


def _published(day: date, basis: Basis, because: str) -> Published:
    return Published(when=When.day(day), basis=basis, because=because)


def _by_story(text: str, mentions: Sequence[Mention], known: Known, today: date) -> Dating:
    """Return the one day with which the text's weekdays are those of known events."""
    told = [
        event
        for summary in known.summaries
        for event in summary.events
        if event.when.precision is Precision.DAY
    ]
    if not told:
        return Dating(published=None, undated="the article shows no date")
    reading = _Reading(text, mentions, told)
    tried = [reading.tried(day) for day in _days_around(told, today)]
    most = max((len(trial.known_days) for trial in tried), default=0)
    best = [trial for trial in tried if len(trial.known_days) == most and trial.fits]
    nearest = min((trial.distance for trial in best), default=0)
    best = [trial for trial in best if trial.distance == nearest]
    if most < _ENOUGH or len(best) != 1:
        found = f"it tells known events of {most or 'no'} day{'' if most == 1 else 's'}"
        also = f", and {len(best)} days would fit" if most >= _ENOUGH else ""
        reason = f"the article shows no date, and the story does not tell enough: {found}{also}"
        return Dating(published=None, undated=reason)
    because = (
        "no date shown; with this day its weekdays are those of events that the story knows"
        f" ({', '.join(best[0].known_days)}), and the latest that it tells as past is of the day"
        " itself"
    )
    return Dating(published=_published(best[0].day, Basis.INFERRED, because))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """What the text would say if it were of a day; each sentence with one known event."""

    day: date
    matched: tuple[tuple[FoundEvent, StatedEvent], ...]
    distance: int  # of its weekdays from the day: news speaks of near ones
    fits: bool

    @property
    def known_days(self) -> tuple[str, ...]:
        """The days of the known events, each once: one could be of any story's weekday."""
        return tuple(sorted({str(known.when) for _, known in self.matched}))


class _Reading:
    """A text, read as if it were of one day after the other."""

    def __init__(self, text: str, mentions: Sequence[Mention], told: Sequence[StatedEvent]) -> None:
        self._text, self._mentions = text, mentions
        self._told: defaultdict[When, list[StatedEvent]] = defaultdict(list)
        for known in told:
            self._told[known.when].append(known)

    def tried(self, day: date) -> _Trial:
        """Return what the text would say if it were of the day."""
        events = [
            event
            for event in find_events(self._text, day, names=self._mentions)
            if event.time and not event.quoted and event.basis is Basis.RESOLVED
        ]
        matched = [(event, known) for event in events if (known := self._known(event))]
        days = [event for event in events if event.when.precision is Precision.DAY]
        happened = [event.when.start for event in days if event.status is not Status.PLANNED]
        return _Trial(
            day=day,
            matched=tuple(matched),
            distance=sum(abs((event.when.start - day).days) for event in days),
            fits=max(happened, default=day) == day,
        )

    def _known(self, event: FoundEvent) -> StatedEvent | None:
        """Return the event as the story knows it, on that day."""
        told = self._told.get(event.when, ())
        return next((known for known in told if _is_known(self._text, event, known)), None)


def _days_around(told: Sequence[StatedEvent], today: date) -> list[date]:
    """Return the days near known events, the newest `_MOST_DAYS`, in order."""
    days = {
        event.when.start + timedelta(days=shift)
        for event in told
        for shift in range(-_AROUND.days, _AROUND.days + 1)
    }
    return sorted(day for day in days if day <= today)[-_MOST_DAYS:]


def _is_known(text: str, event: FoundEvent, known: StatedEvent) -> bool:
    """Tell whether an event of a day is one that the story knows of that day."""
    here = {fold(name) for name in event.people}
    shared = len(here & {fold(name) for name in known.people or ()})
    placed = event.place is not None and known.place is not None
    same_place = placed and fold(event.place or "") == fold(known.place or "")
    words = len(telling_words(event.words(text)) & telling_words(known.text))
    if shared > 1:  # two who meet
        return True
    return words >= _WORDS and (shared == 1 or same_place)
