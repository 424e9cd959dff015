"""From time expressions as written to the dates that they mean.

What decides is the day of the text, the tense of the sentence, and the date spoken of before.

News is reckoned from the day it was published; a narrative (a history, or a text whose day is
not known) from the date it last spoke of.
"""

from datetime import date, timedelta

from store.ingest.extract.times_calendar import (
    Dated,
    Point,
    dated,
    era,
    exactly,
    feast,
    half,
    make_day,
    moved,
    nearest_weekday,
    quarter,
    season,
    week,
    weekend,
)
from store.ingest.extract.times_expressions import Answer, expression, unknown
from store.ingest.extract.times_tense import Tense
from store.ingest.extract.times_values import (
    Calendar,
    Era,
    Fixed,
    Found,
    Relative,
    Shift,
    Stretch,
    TimeExpression,
    Way,
)
from store.ingest.extract.times_words import SEASON_STARTS
from store.knowledge.values import Basis

_FAR = 300  # days: farther back than this, and the near future is likelier
_NEAR = 45
_HOURS = 9  # so many ago are of the same day
_TURN = 9  # months back that make a narrative's next year likelier
_BACK = {Way.LAST, Way.BEFORE}
_STEPS = {Way.LAST: -1, Way.BEFORE: -1, Way.THIS: 0, Way.THAT: 0, Way.NEXT: 1, Way.AFTER: 1}


class Resolver:
    """Resolves the expressions of one text in their order, and keeps where the story stands."""

    def __init__(self, published: date | None, *, narrative: bool) -> None:
        self._published = published
        self._narrative = narrative or published is None
        self._spoken: Point | None = None
        self._spoken_in = -9  # the sentence of it
        self._passing: int | None = None  # a year mentioned since, not as where the story stands
        self._weekdays: dict[int, date] = {}  # as they were last resolved

    def resolve(self, found: Found, tense: Tense, sentence: int, *, leads: bool) -> TimeExpression:
        """Return what `found` means; where it `leads`, what follows is reckoned from it."""
        form = found.form
        if isinstance(form, Fixed):
            return TimeExpression(span=found.span, kind=form.kind, value=form.value)
        answer = self._answer(found, tense, sentence)
        if answer is None:
            return unknown(found)
        point = answer.dated.point
        if leads and point is not None:
            self._spoken, self._spoken_in, self._passing = point, sentence, None
        elif point is not None and point.month is None and isinstance(form, Calendar):
            self._passing = point.year
        return expression(found, answer)

    def _answer(self, found: Found, tense: Tense, sentence: int) -> Answer | None:
        match found.form:
            case Calendar() as form:
                return self._calendar(form, found.stretch, tense, sentence)
            case Era(start=start, years=years, before_christ=before):
                return Answer(era(start, years, before_christ=before), Basis.STATED)
            case Relative() as form:
                return self._relative(form, found.stretch, tense)
            case Shift() as form:
                return self._shift(form)
        return None

    @property
    def today(self) -> date | None:
        """The day of the text, where news is reckoned from it."""
        return None if self._narrative else self._published

    @property
    def _here(self) -> Point | None:
        """Where "this week" and "ago" are reckoned from."""
        if self._narrative and self._spoken is not None:
            return self._spoken
        return Point.of(self._published) if self._published else self._spoken

    @property
    def _there(self) -> Point | None:
        """Where "that week" and "later" are reckoned from."""
        if self._spoken is not None:
            return self._spoken
        return Point.of(self._published) if self._published else None

    def _because(self, what: str, base: Point | None) -> str:
        if base is not None and self._published and base == Point.of(self._published):
            return f"{what} of the text's day, {base}"
        return f"{what} of the date spoken of before, {base}"

    def _resolved(self, result: Dated | None, what: str, base: Point | None) -> Answer | None:
        if result is None:
            return None
        return Answer(result, Basis.RESOLVED, self._because(what, base))

    # Dates as the calendar writes them

    def _calendar(
        self, form: Calendar, stretch: Stretch | None, tense: Tense, sentence: int
    ) -> Answer | None:
        if form.weekday is not None:
            return self._weekday(form, tense)
        if form.ambiguous:
            return self._ambiguous(form)
        if form.year is not None:
            year = -form.year if form.before_christ else form.year
            basis = Basis.INFERRED if form.fiscal and form.quarter else Basis.STATED
            because = "taken as the quarter of the calendar" if basis is Basis.INFERRED else None
            return Answer(_in_year(form, year, stretch), basis, because)
        if form.way is not None:
            return self._year_by_way(form, form.way, stretch)
        if form.day is not None and form.month is None:
            return self._day_of_month(form.day, tense)
        return self._yearless(form, stretch, tense, sentence)

    def _year_by_way(self, form: Calendar, way: Way, stretch: Stretch | None) -> Answer | None:
        if form.near and way in {Way.LAST, Way.NEXT}:
            return self._month_by_way(form, way, stretch)
        base = self._here if way in {Way.LAST, Way.THIS, Way.NEXT} else self._there
        if base is None:
            return None
        result = _in_year(form, base.year + _STEPS[way], stretch)
        return self._resolved(result, f"{way} year", base)

    def _month_by_way(self, form: Calendar, way: Way, stretch: Stretch | None) -> Answer | None:
        """Resolve last June and next June: the nearest that is over, or has yet to begin."""
        base = self._here
        if base is None or form.month is None:
            return None
        whole = form.day is None or base.day is None
        here = (base.month or 1, 0 if whole else base.day)
        asked = (form.month, 0 if whole else form.day)
        if way is Way.LAST:
            year = base.year if asked < here else base.year - 1
        else:
            year = base.year if asked > here else base.year + 1
        return self._resolved(_in_year(form, year, stretch), f"the {way} such month", base)

    def _weekday(self, form: Calendar, tense: Tense) -> Answer | None:
        base = self._there if form.way in {Way.AFTER, Way.BEFORE} else self._here
        day = base.date if base else None
        if base is None or day is None or form.weekday is None:
            return None
        if form.week is not None:
            monday = day - timedelta(days=day.isoweekday() - form.weekday)
            result = monday + timedelta(days=7 * _STEPS[form.week])
            return self._resolved(dated(Point.of(result)), f"of {form.week} week", base)
        known = self._weekdays.get(form.weekday)
        if known is not None and (form.again or (tense is Tense.UNKNOWN and form.way is None)):
            why = f"the {known:%A} that the text spoke of before, {known}"
            return Answer(dated(Point.of(known)), Basis.RESOLVED, why)
        back = tense is not Tense.FUTURE and not self._narrative
        if form.way is Way.THIS:
            back = tense is Tense.PAST
        if form.way in {Way.LAST, Way.NEXT, Way.BEFORE, Way.AFTER}:
            back = form.way in _BACK
            result = nearest_weekday(day, form.weekday, back=back, itself=False)
        else:
            result = nearest_weekday(day, form.weekday, back=back)
        self._weekdays[form.weekday] = result
        side = "before" if back else "after"
        basis = Basis.INFERRED if tense is Tense.UNKNOWN and form.way is None else Basis.RESOLVED
        why = f"the nearest {result:%A} on or {side} {day}, by the {tense.value} tense"
        return Answer(dated(Point.of(result)), basis, why)

    def _ambiguous(self, form: Calendar) -> Answer | None:
        """Resolve 3/4/22 only where one of its readings is close to the text's own day."""
        if form.year is None:
            return None
        readings = [
            day
            for month, number in ((form.month, form.day), (form.day, form.month))
            if (day := make_day(form.year, month, number)) is not None
        ]
        base = self._published
        if base is not None:
            away = sorted(readings, key=lambda day: abs(day - base))
            near, far = (abs(day - base).days for day in (away[0], away[-1]))
            if near <= _NEAR and far > 2 * near + 7:
                why = f"day and month as closest to the text's day, {base}"
                return Answer(dated(Point.of(away[0])), Basis.INFERRED, why)
        return None

    def _day_of_month(self, day: int, tense: Tense) -> Answer | None:
        base = self._there
        if base is None or base.month is None:
            return None
        result = Point(base.year, base.month, day)
        here = base.date
        if here is not None and base == self._here and result.date is not None:
            late = result.date > here
            if late and tense is Tense.PAST:
                previous = moved(base, "MO", -1)
                if previous is not None and previous.point is not None:
                    result = Point(previous.point.year, previous.point.month, day)
        return self._resolved(dated(result), "the day in the month", base)

    def _yearless(
        self, form: Calendar, stretch: Stretch | None, tense: Tense, sentence: int
    ) -> Answer | None:
        carried = self._spoken is not None and self._carries(tense, sentence)
        if self._spoken is not None and (self._narrative or carried):
            year = _story_year(form, self._spoken, self._passing)
            return self._resolved(_in_year(form, year, stretch), "the year", self._spoken)
        if self._published is None or self._narrative:
            return self._from_published(form, stretch, Tense.PAST) if self._published else None
        return self._from_published(form, stretch, tense)

    def _carries(self, tense: Tense, sentence: int) -> bool:
        """Tell whether news that looks back goes on looking back to the same year."""
        if self._spoken is None or self._published is None or tense is Tense.FUTURE:
            return False
        far = self._published.year - self._spoken.year > 1
        return far and sentence - self._spoken_in <= 1

    def _from_published(
        self, form: Calendar, stretch: Stretch | None, tense: Tense
    ) -> Answer | None:
        """Choose the year by tense: the last such date, the next one, or the nearest."""
        today = self._published
        if today is None:
            return None
        years = (today.year - 1, today.year, today.year + 1)
        choices = [_in_year(form, year, stretch) for year in years]
        known = [(choice, choice.when) for choice in choices if choice.when is not None]
        past = [(each, when) for each, when in known if when.start <= today]
        ahead = [(each, when) for each, when in known if when.end >= today]
        if not known:
            return None
        # A 29 February has no neighbour in other years.
        (last, last_when), (following, next_when) = (past or known)[-1], (ahead or known)[0]
        back, forth = (today - last_when.end).days, (next_when.start - today).days
        if tense is Tense.UNKNOWN:
            chosen = last if back <= forth * 2 else following
        elif tense is Tense.PAST:
            chosen = following if back > _FAR and forth < _NEAR else last
        else:
            chosen = last if forth > _FAR and back < _NEAR else following
        basis = Basis.INFERRED if tense is Tense.UNKNOWN else Basis.RESOLVED
        why = f"the year by the {tense.value} tense and the text's day, {today}"
        return Answer(chosen, basis, why)

    # Dates told by another

    def _relative(self, form: Relative, stretch: Stretch | None, tense: Tense) -> Answer | None:
        spoken = form.way in {Way.THAT, Way.BEFORE, Way.AFTER}
        base = self._there if spoken else self._here
        if base is None or (form.unit == "D" and form.kind_of is None and form.way is Way.LAST):
            return None
        if form.kind_of is not None:
            result = self._relative_kind(form, form.kind_of, base)
            return self._resolved(result, f"{form.way} one", base)
        if form.unit == "WE" and base.date is not None:
            return self._resolved(_weekend(base.date, form.way, tense), "the weekend", base)
        if form.unit == "W" and form.way in {Way.THIS, Way.THAT} and base.date is not None:
            return self._resolved(week(base.date), "the week", base)
        result = moved(base, form.unit, _STEPS[form.way])
        if result is not None and result.point is not None and stretch is not None:
            whole = result.point
            if result.value == str(whole):
                result = dated(whole, stretch)
        return self._resolved(result, f"{form.way} one", base)

    @staticmethod
    def _relative_kind(form: Relative, kind: str, base: Point) -> Dated | None:
        """Resolve last summer and that evening."""
        if kind not in SEASON_STARTS:
            away = _STEPS[form.way]
            return moved(base, "D", away)
        start, month = SEASON_STARTS[kind], base.month or 1
        year = base.year
        if form.way in _BACK and month < start + 3:
            year -= 1
        elif form.way in {Way.NEXT, Way.AFTER} and month >= start:
            year += 1
        return season(year, kind)

    def _shift(self, form: Shift) -> Answer | None:
        base = self._there if form.spoken else self._here
        if not form.spoken and form.unit == "D" and self._narrative:
            base = self._here if form.count else None
        if base is None or form.count is None:
            return None
        if form.unit in {"S", "M", "H"}:
            return self._within_the_day(form, base)
        if form.exact is not None and base.date is not None:
            result = exactly(form, base.date)
            return self._resolved(result, "reckoned from the day", base)
        result = moved(base, form.unit, -form.count if form.back else form.count)
        return self._resolved(result, "reckoned from the day", base)

    def _within_the_day(self, form: Shift, base: Point) -> Answer | None:
        """Resolve an hour ago, of which only the day can be told."""
        few = form.unit != "H" or (form.count or 0) <= _HOURS
        if form.spoken or base.date is None or not few or self._narrative:
            return None
        why = f"a matter of hours from the text's day, {base}"
        return Answer(dated(base), Basis.INFERRED, why)


def _in_year(form: Calendar, year: int, stretch: Stretch | None) -> Dated:
    if form.season is not None:
        return season(year, form.season)
    if form.quarter is not None:
        return quarter(year, form.quarter)
    if form.half is not None:
        return half(year, form.half)
    if form.easter is not None or form.nth is not None:
        return feast(year, form)
    result = dated(Point(year, form.month, form.day), stretch)
    if form.fiscal:
        return Dated(f"FY{year}", result.when, None)
    return result


def _story_year(form: Calendar, spoken: Point, passing: int | None) -> int:
    """Return the year of a date without one, in a story that stands at `spoken`.

    A story goes on: a month that is over is of the year mentioned in `passing`, if that follows.
    """
    month = form.month or (SEASON_STARTS[form.season] if form.season else None)
    if form.season == "WI":
        return spoken.year + 1 if (spoken.month or 1) > 7 else spoken.year  # noqa: PLR2004 (summer is over)
    if month is None or spoken.month is None:
        return spoken.year
    if passing == spoken.year + 1 and month < spoken.month:
        return passing
    return spoken.year + 1 if spoken.month - month > _TURN else spoken.year


def _weekend(day: date, way: Way, tense: Tense) -> Dated:
    back = -7 if way in _BACK or (tense is Tense.PAST and day.isoweekday() < 6) else 0  # noqa: PLR2004 (Saturday)
    return weekend(day + timedelta(days=7 if way in {Way.NEXT, Way.AFTER} else back))
