"""A chart's values become placed boxes. Pure: how wide words are is asked of `measure`.

Time runs down. The space between two events is not to scale; where days without an event
are left out, a break stands there and says how many.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.pictures.chart import Chart, Entry, Kind, Today
from bot.pictures.faces import (
    ABOUT,
    CITED,
    DATE,
    EMPTY,
    HEAD,
    NOTE,
    SMALL,
    STORY,
    TEXT,
    TITLE,
    TODAY,
    Face,
    Measure,
)
from bot.pictures.placed import Box, Break, Layout, Mark, Row, Tint, Track, Words
from bot.pictures.wrapping import ELLIPSIS, clip, wrap

WIDTH, MARGIN = 1080, 56
HIGHEST = 2400
RADIUS = 14

_INNER = WIDTH - 2 * MARGIN
_NARROWEST, _WIDEST, _ALL_LANES = 50, 130, 470
_BESIDE_HEAD = 20
_BEFORE_TEXT = 40
_BETWEEN, _SAME_DATE = 36, 20
_BREAK, _TODAY_ROOM = 64, 76
_APART = 12
_PILL = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """How many lines each kind of words may have, where the canvas gets no higher than so."""

    label: int
    highest: int
    title: int = 2
    about: int = 2
    sources: int = 3
    signs: int = 3
    remarks: int = 3


_ROOMS = (
    _Room(label=4, highest=2200),
    _Room(label=3, highest=HIGHEST),
    _Room(label=2, highest=HIGHEST),
    _Room(label=1, highest=HIGHEST),
    _Room(label=1, highest=HIGHEST, title=1, about=1, sources=1, signs=1, remarks=1),
)


def place(chart: Chart, measure: Measure) -> Layout:
    """Return where everything stands, with as many lines for each label as the canvas allows."""
    *most, least = _ROOMS
    for room in most:
        placed = _Page(chart=chart, measure=measure, room=room).layout()
        if placed.height <= room.highest:
            return placed
    return _Page(chart=chart, measure=measure, room=least).layout()


@dataclass(slots=True, kw_only=True)
class _Page:
    """One attempt; `y` is how far down it has come."""

    chart: Chart
    measure: Measure
    room: _Room
    y: float = MARGIN
    words: list[Words] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    signs: list[Mark] = field(default_factory=list)
    today: Words | None = None
    xs: tuple[float, ...] = ()
    text_x: float = MARGIN
    top: float = MARGIN  # of the lanes

    def layout(self) -> Layout:
        """Place everything from above to below."""
        self._head()
        for number, entry in enumerate(self.chart.entries):
            self._between(number, entry)
            self._row(number, entry)
        if self.chart.today and self.chart.today.above >= len(self.chart.entries):
            self._today(self.chart.today)
        bottom = self.y + _APART
        self._foot()
        return Layout(
            width=WIDTH,
            height=round(self.y + MARGIN),
            words=tuple(self.words),
            rules=tuple(self.rules),
            tracks=tuple(Track(x=x, lane=lane) for lane, x in enumerate(self.xs)),
            top=self.top,
            bottom=bottom,
            rows=tuple(self.rows),
            breaks=tuple(self.breaks),
            today=self.today,
            signs=tuple(self.signs),
        )

    def _head(self) -> None:
        self._paragraph(self.chart.story, STORY, 1, Tint.MUTED)
        self._paragraph(self.chart.title, TITLE, self.room.title)
        self.y += 6
        self._paragraph(self.chart.about, ABOUT, self.room.about, Tint.MUTED)
        self.y += 24
        self._lane_heads()
        self.y += 22

    def _lane_heads(self) -> None:
        names = [lane.name for lane in self.chart.lanes]
        wanted = [
            min(max(self.measure(name, HEAD) + _BESIDE_HEAD, _NARROWEST), _WIDEST) for name in names
        ]
        most = _share(wanted, _ALL_LANES)
        xs, x = [], float(MARGIN)
        for lane, name in enumerate(names):
            pitch = min(wanted[lane], most)
            room = pitch - _BESIDE_HEAD / 2
            shown = clip(name, HEAD, width=room, measure=self.measure)
            wide = self.measure(shown, HEAD)
            left = x + (pitch - wide) / 2
            self._put(shown, HEAD, left, lane=lane)
            xs.append(x + pitch / 2)
            x += pitch
        self.xs = tuple(xs)
        self.text_x = x + _BEFORE_TEXT if names else MARGIN
        self.y += HEAD.leading if names else 0
        self.top = self.y + 4

    def _between(self, number: int, entry: Entry) -> None:
        before = self.chart.entries[number - 1] if number else None
        today = self.chart.today if self.chart.today and self.chart.today.above == number else None
        if today:
            self._today(today)
        if entry.empty:
            self._break(entry.empty)
        elif before and not today:
            self.y += _SAME_DATE if _one_date(before, entry) else _BETWEEN

    def _break(self, empty: str) -> None:
        box = Box(MARGIN, self.y, self.text_x - _BEFORE_TEXT - MARGIN, _BREAK)
        self.y += (_BREAK - EMPTY.leading) / 2
        shown = clip(empty, EMPTY, width=self._text_width, measure=self.measure)
        words = self._words(shown, EMPTY, self.text_x, Tint.FAINT)
        self.breaks.append(Break(box=box, words=words))
        self.y = box.bottom

    def _today(self, today: Today) -> None:
        if today.empty:
            self._break(today.empty)
        self.y += (_TODAY_ROOM - TODAY.leading) / 2
        most = self._text_width - 2 * _PILL
        shown = clip(today.words, TODAY, width=most, measure=self.measure)
        left = WIDTH - MARGIN - _PILL - self.measure(shown, TODAY)
        self.today = self._words(shown, TODAY, left, Tint.PAPER)
        self.y += (_TODAY_ROOM + TODAY.leading) / 2

    def _row(self, number: int, entry: Entry) -> None:
        top = self.y
        words: list[Words] = []
        before = self.chart.entries[number - 1] if number else None
        if not (before and _one_date(before, entry)):
            date = clip(entry.date, DATE, width=self._text_width, measure=self.measure)
            words.append(self._words(date, DATE, self.text_x))
            self.y += DATE.leading
        for line in self._label(entry):
            words.append(self._words(line, TEXT, self.text_x))
            self.y += TEXT.leading
        words += self._tail(entry, words[-1] if words else None)
        self.y = max(self.y, top + TEXT.leading)
        first = words[0].box if words else Box(self.text_x, top, 0, TEXT.leading)
        middle = first.y + first.height / 2
        lanes: Iterable[int | None] = entry.lanes or ((None,) if not self.xs else ())
        self.rows.append(
            Row(
                entry=number,
                box=Box(self.text_x, top, self._text_width, self.y - top),
                words=tuple(words),
                marks=tuple(
                    Mark(
                        x=self.xs[lane] if lane is not None else MARGIN / 2,
                        y=middle,
                        bottom=max(self.y - RADIUS / 2, middle + 3 * RADIUS),
                        kind=entry.kind,
                        lasting=entry.lasting,
                        disputed=entry.disputed,
                        lane=lane,
                    )
                    for lane in lanes
                ),
                leader=self.text_x - _APART,
            )
        )

    def _tail(self, entry: Entry, last: Words | None) -> list[Words]:
        """Place note and citations behind the last line, or on one more below it."""
        cited = clip(entry.cited, CITED, width=self._text_width / 2, measure=self.measure)
        wide = self.measure(cited, CITED) + _APART if cited else 0
        note = clip(entry.note, NOTE, width=self._text_width - wide, measure=self.measure)
        if not (note or cited):
            return []
        wide += self.measure(note, NOTE) + _APART if note else 0
        x = self.text_x
        if last and last.face == TEXT and last.box.right + wide <= WIDTH - MARGIN:
            x = last.box.right + _APART
            self.y -= TEXT.leading
        placed = []
        for words, face, tint in ((note, NOTE, Tint.MUTED), (cited, CITED, Tint.FAINT)):
            if words:
                placed.append(self._words(words, face, x, tint))
                x = placed[-1].box.right + _APART
        self.y += TEXT.leading
        return placed

    def _foot(self) -> None:
        self.y += 40
        self.rules.append(self.y)
        self.y += 20
        self._signs()
        self._paragraph(self.chart.sources, SMALL, self.room.sources, Tint.MUTED)
        self._paragraph(self.chart.remarks, SMALL, self.room.remarks, Tint.MUTED)
        self._paragraph(self.chart.lacking, SMALL, 1, Tint.FAINT)

    def _signs(self) -> None:
        """Place what the shapes mean in rows, as far as there is room."""
        x, rows = float(MARGIN), 1
        most = _INNER - 2 * RADIUS - _APART
        for sign in self.chart.signs:
            words = clip(sign.words, SMALL, width=most, measure=self.measure)
            wide = 2 * RADIUS + _APART + self.measure(words, SMALL)
            if x > MARGIN and x + wide > WIDTH - MARGIN:
                x, rows = float(MARGIN), rows + 1
                if rows > self.room.signs:
                    break
                self.y += SMALL.leading + 4
            middle = self.y + SMALL.leading / 2
            tall = sign.lasting or sign.kind is Kind.ONGOING
            self.signs.append(
                Mark(
                    x=x + RADIUS,
                    y=middle - RADIUS / 2 if tall else middle,
                    bottom=middle + RADIUS,
                    kind=sign.kind,
                    lasting=sign.lasting,
                    disputed=sign.disputed,
                    lane=None,
                )
            )
            self._put(words, SMALL, x + 2 * RADIUS + _APART, Tint.MUTED)
            x += wide + 3 * _APART
        if self.chart.signs:
            self.y += SMALL.leading + 14

    @property
    def _text_width(self) -> float:
        return WIDTH - MARGIN - self.text_x

    def _label(self, entry: Entry) -> Sequence[str]:
        """Return the lines of a label; one that is cut leaves room for the citations behind it."""
        width, most = self._text_width, self.room.label
        lines = wrap(entry.text, TEXT, width=width, most=most, measure=self.measure)
        if entry.note or len(lines) < most or not lines[-1].endswith(ELLIPSIS):
            return lines
        width -= min(self.measure(entry.cited, CITED), width / 2) + 2 * _APART
        return *lines[:-1], clip(lines[-1], TEXT, width=width, measure=self.measure)

    def _paragraph(self, text: str, face: Face, most: int, tint: Tint = Tint.INK) -> None:
        for line in wrap(text, face, width=_INNER, most=most, measure=self.measure):
            self._put(line, face, MARGIN, tint)
            self.y += face.leading

    def _put(
        self, text: str, face: Face, x: float, tint: Tint = Tint.INK, *, lane: int | None = None
    ) -> None:
        if text:
            self.words.append(self._words(text, face, x, tint, lane=lane))

    def _words(
        self, text: str, face: Face, x: float, tint: Tint = Tint.INK, *, lane: int | None = None
    ) -> Words:
        box = Box(x, self.y, self.measure(text, face), face.leading)
        return Words(text=text, face=face, box=box, tint=tint, lane=lane)


def _share(wanted: Sequence[float], total: float) -> float:
    """Return how much each may have at most, so that together they have no more than `total`."""
    for number, least in enumerate(sorted(wanted)):
        share = total / (len(wanted) - number)
        if least > share:
            return share
        total -= least
    return max(wanted, default=0)


def _one_date(before: Entry, entry: Entry) -> bool:
    return before.date == entry.date
