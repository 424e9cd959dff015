from dataclasses import replace
from itertools import combinations, pairwise

from hypothesis import given, settings

from bot.pictures.chart import Chart, Entry, Kind, Lane, Today
from bot.pictures.layout import HIGHEST, MARGIN, WIDTH, place
from bot.pictures.placed import Layout, Words
from tests.bot.pictures.charts import charts, measure

DAY = Entry(date="10 Jan 2022", text="Talks in Geneva", cited="[2]", lanes=(0,))
CHART = Chart(
    story="Talks",
    title="Wendy Sherman",
    about="1 event",
    lanes=(Lane(name="US", colour="#1c5af9"), Lane(name="RU", colour="#ab5239")),
    entries=(DAY,),
)


def all_words(layout: Layout) -> list[Words]:
    today = (layout.today,) if layout.today else ()
    rows = (words for row in layout.rows for words in row.words)
    return [*layout.words, *rows, *(empty.words for empty in layout.breaks), *today]


@settings(max_examples=40, deadline=None)
@given(charts())
def test_no_words_overlap_or_leave_the_canvas(chart: Chart) -> None:
    layout = place(chart, measure)
    slack = 0.01
    for one in all_words(layout):
        assert one.box.x >= MARGIN - slack
        assert one.box.right <= WIDTH - MARGIN + slack
        assert one.box.y >= 0
        assert one.box.bottom <= layout.height
        assert one.box.width == measure(one.text, one.face)
    for box, other in combinations((words.box for words in all_words(layout)), 2):
        smaller = replace(box, width=box.width - slack, height=box.height - slack)
        assert not smaller.meets(other)


@settings(max_examples=40, deadline=None)
@given(charts())
def test_a_picture_is_no_higher_than_a_telephone_can_show(chart: Chart) -> None:
    layout = place(chart, measure)
    assert (layout.width, layout.height <= HIGHEST) == (WIDTH, True)


@settings(max_examples=40, deadline=None)
@given(charts())
def test_every_event_is_placed_once_and_in_order(chart: Chart) -> None:
    rows = place(chart, measure).rows
    assert [row.entry for row in rows] == list(range(len(chart.entries)))
    for above, below in pairwise(rows):
        assert above.box.bottom <= below.box.y


@settings(max_examples=40, deadline=None)
@given(charts())
def test_every_event_is_marked_on_its_own_lanes_beside_its_label(chart: Chart) -> None:
    layout = place(chart, measure)
    for row, entry in zip(layout.rows, chart.entries, strict=True):
        assert tuple(mark.lane for mark in row.marks if mark.lane is not None) == entry.lanes
        for mark in row.marks:
            assert row.box.y <= mark.y <= row.box.bottom
            assert mark.x < row.leader <= row.box.x
            assert (mark.kind, mark.lasting) == (entry.kind, entry.lasting)
            assert mark.disputed == entry.disputed
            if mark.lane is not None:
                assert mark.x == layout.tracks[mark.lane].x


@settings(max_examples=40, deadline=None)
@given(charts())
def test_as_of_and_breaks_stand_between_the_events_they_belong_to(chart: Chart) -> None:
    layout = place(chart, measure)
    if layout.today is not None and chart.today is not None:
        middle = layout.today.box.y
        above = [row for row in layout.rows if row.box.bottom <= middle]
        assert len(above) == min(chart.today.above, len(layout.rows))
    for row in layout.rows:
        assert not any(row.box.meets(empty.box) for empty in layout.breaks)


def test_a_date_that_several_events_share_is_written_once() -> None:
    layout = place(replace(CHART, entries=(DAY, replace(DAY, text="Dinner"))), measure)
    dates = [words.text for row in layout.rows for words in row.words if words.text == DAY.date]
    assert dates == [DAY.date]


def test_long_labels_get_fewer_lines_the_more_events_there_are() -> None:
    wordy = replace(DAY, text="word " * 200, empty="5 days without an event")

    def lines(count: int) -> int:
        entries = tuple(replace(wordy, date=f"{n} Jan") for n in range(count))
        rows = place(replace(CHART, entries=entries), measure).rows
        return sum(words.text.startswith("word") for words in rows[0].words)

    assert (lines(1), lines(8)) == (4, 2)


def test_what_lasts_has_a_bar_as_long_as_its_label() -> None:
    lasting = replace(DAY, text="word " * 60, lasting=True)
    (row,) = place(replace(CHART, entries=(lasting,)), measure).rows
    (mark,) = row.marks
    assert mark.bottom > row.box.bottom - 10


def test_the_shapes_of_marks_are_those_of_the_events() -> None:
    entries = tuple(replace(DAY, kind=kind) for kind in Kind)
    rows = place(replace(CHART, entries=entries), measure).rows
    assert [row.marks[0].kind for row in rows] == list(Kind)


def test_as_of_stands_below_the_last_event_if_nothing_is_to_come() -> None:
    layout = place(replace(CHART, today=Today(above=1, words="as of 11 Jan 2022")), measure)
    assert layout.today is not None
    assert layout.today.box.y > layout.rows[0].box.bottom
