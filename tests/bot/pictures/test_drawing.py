import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from PIL import Image

from bot.pictures import fonts
from bot.pictures.chart import Chart, Entry, Kind, Lane, Sign, Theme
from bot.pictures.drawing import draw
from bot.pictures.faces import TEXT
from bot.pictures.layout import HIGHEST, WIDTH
from bot.pictures.palette import PALETTES, contrast
from tests.bot.pictures.charts import charts
from tests.bot.pictures.test_layout import CHART


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def colours(png: bytes) -> set[tuple[int, ...]]:
    found = opened(png).getcolors(maxcolors=1 << 24)
    assert found is not None
    return {colour for _, colour in found if isinstance(colour, tuple)}


@settings(max_examples=15, deadline=None)
@given(charts())
def test_any_chart_becomes_a_picture_that_telegram_takes(chart: Chart) -> None:
    coloured = tuple(replace(lane, colour="#1c5af9") for lane in chart.lanes)
    image = opened(draw(replace(chart, lanes=coloured), Theme.DARK))
    assert (image.width, image.height <= HIGHEST) == (WIDTH, True)


def test_an_empty_chart_is_an_empty_picture() -> None:
    assert opened(draw(Chart(story="", title="", about=""), Theme.LIGHT)).width == WIDTH


@pytest.mark.parametrize("theme", Theme)
def test_the_paper_and_the_sides_have_their_colours(theme: Theme) -> None:
    lane = Lane(name="US", colour="#ff8800" if theme is Theme.DARK else "#1c5af9")
    found = colours(draw(replace(CHART, lanes=(lane,)), theme))
    for wanted in (PALETTES[theme].paper, PALETTES[theme].lane(lane)):
        assert any(all(abs(a - b) < 8 for a, b in zip(wanted, one, strict=True)) for one in found)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#1c5af9", "#9f9203", "#808080"])
def test_a_side_of_any_colour_can_be_seen(theme: Theme, colour: str) -> None:
    palette = PALETTES[theme]
    assert contrast(palette.lane(Lane(name="", colour=colour)), palette.paper) >= 3


@pytest.mark.parametrize("theme", Theme)
def test_words_can_be_read(theme: Theme) -> None:
    palette = PALETTES[theme]
    for words in (palette.ink, palette.muted, palette.faint):
        assert contrast(words, palette.paper) >= 4.5


def test_each_kind_of_event_looks_different_also_without_colours() -> None:
    entry = Entry(date="", text="x", lanes=(0,))
    shapes = {
        opened(draw(replace(CHART, entries=(one,)), Theme.LIGHT)).convert("1").tobytes()
        for kind in Kind
        for lasting in (False, True)
        for disputed in (False, True)
        for one in (replace(entry, kind=kind, lasting=lasting, disputed=disputed),)
    }
    assert len(shapes) == 4 * len(Kind)


@pytest.mark.parametrize("words", ["Шерман Їжак Ґонтар", "Ἀθηνᾶ Ώρα", "José Łódź", "–“”…[2]"])
def test_the_font_has_the_letters_of_the_house(words: str) -> None:
    assert all(map(fonts.has, words))
    assert fonts.measure(words, TEXT) > 0


@pytest.mark.parametrize("letter", ["ש", "中", "😀", "ع"])
def test_the_font_says_which_letters_it_lacks(letter: str) -> None:
    assert not fonts.has(letter)


def test_what_letters_are_missing_is_said_only_where_some_are() -> None:
    chart = replace(CHART, lacking="Letters are missing.")
    plain = opened(draw(chart, Theme.LIGHT))
    lacking = opened(draw(replace(chart, story="中"), Theme.LIGHT))
    assert lacking.height > plain.height


def test_the_meaning_of_shapes_is_drawn() -> None:
    signs = (Sign(words="happened"), Sign(kind=Kind.PLANNED, words="planned"))
    plain, told = (draw(one, Theme.LIGHT) for one in (CHART, replace(CHART, signs=signs)))
    assert opened(told).height > opened(plain).height
