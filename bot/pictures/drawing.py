"""Placed boxes become a PNG. Decides nothing about where anything stands.

Shapes are painted four times as large and made smaller, which smooths their edges; only
each one's own box, so that a picture needs little memory.
"""

import io
from collections.abc import Callable
from dataclasses import replace

from PIL import Image, ImageDraw

from bot.pictures import fonts
from bot.pictures.chart import Chart, Entry, Kind, Lane, Theme, Today
from bot.pictures.faces import Face, Weight
from bot.pictures.layout import MARGIN, RADIUS, place
from bot.pictures.palette import PALETTES, Colour, Palette, blend
from bot.pictures.placed import Break, Layout, Mark, Row, Words
from bot.pictures.wrapping import LACKING, legible

_FINER = 4
_COLOURS = 256
_RING = 5
_CUT = 6
_TRACK = 4
_BAR = 10  # half as wide as a bar
_FADED = 0.4
_DASH = 8
_BASELINE = 0.75  # of a line's height
_QUESTION = Face(Weight.BOLD, 24, 28)
_HOLLOW = frozenset({Kind.PLANNED, Kind.OPEN})


def draw(chart: Chart, theme: Theme) -> bytes:
    """Return the chart as a PNG."""
    shown = _legible(chart)
    layout = place(shown, fonts.measure)
    canvas = _Canvas(layout, PALETTES[theme], shown.lanes)
    canvas.paint()
    written = io.BytesIO()
    # A few hundred colours are drawn; naming them is faster than packing them all, and smaller.
    named = canvas.image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    named.save(written, "PNG")
    return written.getvalue()


def _legible(chart: Chart) -> Chart:
    def read(text: str) -> str:
        return legible(text, fonts.has)

    def entry(one: Entry) -> Entry:
        return replace(
            one,
            date=read(one.date),
            text=read(one.text),
            note=read(one.note),
            cited=read(one.cited),
            empty=read(one.empty),
        )

    shown = replace(
        chart,
        story=read(chart.story),
        title=read(chart.title),
        about=read(chart.about),
        lanes=tuple(replace(lane, name=read(lane.name)) for lane in chart.lanes),
        entries=tuple(map(entry, chart.entries)),
        today=_legible_today(chart.today, read),
        signs=tuple(replace(sign, words=read(sign.words)) for sign in chart.signs),
        sources=read(chart.sources),
        remarks=read(chart.remarks),
        lacking="",
    )
    lacks = LACKING in repr(shown)
    return replace(shown, lacking=read(chart.lacking).strip()) if lacks else shown


def _legible_today(today: Today | None, read: Callable[[str], str]) -> Today | None:
    return today and replace(today, words=read(today.words), empty=read(today.empty))


class _Canvas:
    """One picture while it is painted."""

    def __init__(self, layout: Layout, palette: Palette, lanes: tuple[Lane, ...]) -> None:
        self.layout, self.palette = layout, palette
        self.colours = [palette.lane(lane) for lane in lanes]
        self.image = Image.new("RGB", (layout.width, layout.height), palette.paper)
        self._draw = ImageDraw.Draw(self.image)

    def paint(self) -> None:
        """Paint all, what lies below first."""
        for y in self.layout.rules:
            self._draw.rectangle(
                (MARGIN, y, self.layout.width - MARGIN, y + 1), fill=self.palette.line
            )
        for track in self.layout.tracks:
            faded = blend(self.palette.paper, self.colours[track.lane], _FADED)
            box = (track.x - _TRACK / 2, self.layout.top, track.x + _TRACK / 2, self.layout.bottom)
            self._draw.rectangle(_exact(box), fill=faded)
        for empty in self.layout.breaks:
            self._break(empty)
        if self.layout.today:
            self._today(self.layout.today)
        for row in self.layout.rows:
            self._row(row)
        for mark in self.layout.signs:
            self._mark(mark)
        for words in self.layout.words:
            self._words(words)

    def _words(self, words: Words) -> None:
        colour = self.palette.tint(words.tint) if words.lane is None else self.colours[words.lane]
        # By the baseline: small words behind large ones stand on the same line.
        foot = words.box.y + words.box.height * _BASELINE
        at = (words.box.x, foot)
        self._draw.text(at, words.text, font=fonts.font(words.face), fill=colour, anchor="ls")

    def _row(self, row: Row) -> None:
        for words in row.words:
            self._words(words)
        if not row.marks:
            return
        first, last = row.marks[0], row.marks[-1]
        dashed = first.kind in _HOLLOW
        self._line(last.x + RADIUS + 6, row.leader, last.y, self.palette.line, 3, dashed=dashed)
        self._line(first.x, last.x, last.y, self.palette.muted, 4, dashed=dashed)
        for mark in row.marks:
            self._mark(mark)

    def _line(
        self, left: float, right: float, y: float, colour: Colour, thick: int, *, dashed: bool
    ) -> None:
        step = _DASH * 2 if dashed else max(right - left, 1)
        x = left
        while x < right:
            end = min(x + (_DASH if dashed else step), right)
            self._draw.rectangle(
                _exact((x, y - thick / 2, end, y + thick / 2)),
                fill=colour,
            )
            x += step

    def _break(self, empty: Break) -> None:
        """Cut the lanes with two slanted strokes each, as a broken axis is drawn."""
        top, bottom = empty.box.y, empty.box.bottom
        middle = (top + bottom) / 2
        for track in self.layout.tracks:
            strong = blend(self.palette.paper, self.colours[track.lane], 2 * _FADED)
            self._draw.rectangle(
                _exact((track.x - 12, middle - 11, track.x + 12, middle + 11)),
                fill=self.palette.paper,
            )
            for y in (middle - 9, middle + 9):

                def stroke(draw: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
                    wide, high = size
                    draw.line((6, high - 8, wide - 6, 8), fill=255, width=_TRACK * _FINER)

                self._stamp((track.x - 13, y - 7, track.x + 13, y + 7), strong, stroke)
        self._words(empty.words)

    def _today(self, words: Words) -> None:
        y, box = words.box.y + words.box.height / 2, words.box
        self._line(MARGIN, self.layout.width - MARGIN, y, self.palette.ink, 3, dashed=False)
        pill = (box.x - 20, box.y, box.right + 20, box.bottom)

        def rounded(draw: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
            draw.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), size[1] // 2, fill=255)

        self._stamp(pill, self.palette.ink, rounded)
        self._words(words)

    def _mark(self, mark: Mark) -> None:
        colour = self.palette.muted if mark.lane is None else self.colours[mark.lane]
        hollow = mark.kind in _HOLLOW
        bottom = mark.bottom if mark.lasting else mark.y + RADIUS
        half = _BAR if mark.lasting and mark.kind is not Kind.OPEN else RADIUS
        box = (mark.x - half, mark.y - RADIUS, mark.x + half, bottom)
        gap = (box[0] - 5, box[1] - 5, box[2] + 5, box[3] + 5)
        self._stamp(gap, self.palette.paper, _capsule)
        self._stamp(box, colour, _capsule)
        if hollow:
            inner = (box[0] + _RING, box[1] + _RING, box[2] - _RING, box[3] - _RING)
            self._stamp(inner, self.palette.paper, _capsule)
        if mark.disputed:  # in two halves, as the sources are
            cut = (mark.x - _CUT / 2, box[1] - 5, mark.x + _CUT / 2, box[3] + 5)
            self._draw.rectangle(_exact(cut), fill=self.palette.paper)
        if mark.kind is Kind.OPEN:
            self._draw.text(
                (mark.x, mark.y),
                "?",
                font=fonts.font(_QUESTION),
                fill=self.palette.ink,
                anchor="mm",
            )
        if mark.kind is Kind.ONGOING:
            tail = (mark.x - RADIUS, bottom + 4, mark.x + RADIUS, bottom + 4 + RADIUS)
            self._stamp(tail, colour, _arrow)

    def _stamp(
        self,
        box: tuple[float, float, float, float],
        colour: Colour,
        paint: Callable[[ImageDraw.ImageDraw, tuple[int, int]], None],
    ) -> None:
        left, top, right, bottom = map(round, box)
        size = (max(right - left, 1), max(bottom - top, 1))
        fine = (size[0] * _FINER, size[1] * _FINER)
        mask = Image.new("L", fine, 0)
        paint(ImageDraw.Draw(mask), fine)
        self.image.paste(colour, (left, top, left + size[0], top + size[1]), mask.reduce(_FINER))


def _capsule(draw: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    draw.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), min(size) // 2, fill=255)


def _arrow(draw: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    wide, high = size
    draw.polygon([(0, 0), (wide - 1, 0), (wide // 2, high - 1)], fill=255)


def _exact(box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    """Return the box in whole pixels, of which Pillow paints the last too."""
    left, top, right, bottom = map(round, box)
    return left, top, max(right - 1, left), max(bottom - 1, top)
