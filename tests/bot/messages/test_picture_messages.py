from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.locales import Language, speaking
from bot.messages import picture as say
from bot.messages.callbacks import PicturePage
from bot.messages.message import Links
from bot.messages.picture import LONGEST_CAPTION, Pictured
from bot.pictures.chart import Chart, Kind, Theme, Today
from store.knowledge.disputes import Dispute
from store.knowledge.keys import content_key
from store.knowledge.people import PersonRef
from store.knowledge.sources import Citation
from store.knowledge.timeline import Event, TimelinePage
from store.knowledge.values import Basis, Side, Status, Story, When

LINKS = Links("attache_sandbox_bot")
AS_OF = date(2022, 1, 11)
NAMES = ("Town", "Crown", *(f"Side {n}" for n in range(10)))
STORY = Story(
    title="The harbour",
    intro="Who builds it.",
    sides=tuple(Side(name=name, short=name[:1], colour="#112233") for name in NAMES),
)


def event(
    when: str,
    status: Status = Status.HAPPENED,
    *,
    borne_out: bool = False,
    sources: int = 1,
    outlet: str = "The Gazette",
) -> Event:
    cited = (
        Citation(n=n, key=content_key(str(n)), outlet=outlet, published=AS_OF)
        for n in range(1, sources + 1)
    )
    return Event(
        key=content_key(when + status),
        when=When.parse(when),
        text="Ships come in",
        place=None,
        status=status,
        borne_out=borne_out,
        sources=tuple(cited),
    )


def of(
    *events: Event,
    sides: Mapping[str, Sequence[str]] | None = None,
    offset: int = 0,
    total: int | None = None,
    title: str = "",
    persons: Sequence[PersonRef] = (),
) -> Pictured:
    return Pictured(
        page=TimelinePage(events=events, offset=offset, total=total or len(events)),
        sides={one.key: (sides or {}).get(str(one.when), ()) for one in events},
        story=STORY,
        as_of=AS_OF,
        title=title,
        persons=persons,
        press=PicturePage(""),
    )


def empty(*days: str) -> list[str]:
    chart = say.chart(of(*map(event, days), offset=5, total=99))
    return [entry.empty for entry in chart.entries]


def test_days_of_which_nothing_is_told_are_counted() -> None:
    assert empty("2021-12-01", "2021-12-01", "2021-12-02", "2021-12-04", "2022-01-09") == [
        "",
        "",
        "",
        "1 day without an event",
        "35 days without an event",
    ]


def test_long_stretches_are_counted_in_months_and_years() -> None:
    assert empty("2010-01-01", "2014", "2021-06-10", "2022-01-09") == [
        "",
        "3 years without an event",
        "6 years without an event",
        "6 months without an event",
    ]


def test_what_lasted_leaves_no_empty_days() -> None:
    assert empty("2021-12-01/2021-12-20", "2021-12-03", "2021-12-21") == ["", "", ""]


def test_a_year_hides_no_empty_days_between_two_days_in_it() -> None:
    assert empty("2021", "2021-02-01", "2021-02-05") == ["", "", "3 days without an event"]


def today(*days: str, offset: int = 0, total: int | None = None) -> Today | None:
    return say.chart(of(*map(event, days), offset=offset, total=total)).today


def test_as_of_stands_between_what_is_past_and_what_is_to_come() -> None:
    words = "as of 11 Jan 2022"
    assert today("2022-01-10", "2022-01-11", "2022-01-12") == Today(above=2, words=words)
    assert today("2022-01-12") == Today(above=0, words=words)
    told = Today(above=1, words=words, empty="9 days without an event")
    assert today("2022-01-01") == told


def test_as_of_is_left_to_the_picture_that_it_belongs_to() -> None:
    assert today("2022-01-10", total=9) is None
    assert today("2022-01-12", offset=8, total=9) is None


def test_the_days_before_and_after_as_of_are_counted_apart() -> None:
    chart = say.chart(of(event("2022-01-08"), event("2022-01-14")))
    assert chart.today is not None
    assert chart.today.empty == "2 days without an event"
    assert chart.entries[1].empty == "2 days without an event"


def lanes(chart: Chart) -> list[tuple[str, ...]]:
    return [tuple(chart.lanes[lane].name for lane in one.lanes) for one in chart.entries]


def test_an_event_stands_on_the_lanes_of_its_sides() -> None:
    sides = {"2022-01-01": ("Crown", "Town"), "2022-01-02": ("Crown",)}
    chart = say.chart(of(event("2022-01-01"), event("2022-01-02"), sides=sides))
    assert lanes(chart) == [("T", "C"), ("C",)]
    assert chart.remarks == ""


def test_an_event_of_no_side_stands_on_the_lane_of_none() -> None:
    sides = {"2022-01-01": ("Town",), "2022-01-03": ("Abroad",)}
    days = ("2022-01-01", "2022-01-02", "2022-01-03")
    chart = say.chart(of(*map(event, days), sides=sides))
    assert lanes(chart) == [("T",), ("–",), ("–",)]
    assert chart.remarks == "– of no person whose side is known"


def test_of_very_many_sides_the_last_share_the_lane_of_none() -> None:
    chart = say.chart(of(event("2022-01-01"), sides={"2022-01-01": NAMES}))
    assert len(chart.lanes) == say.MOST_LANES + 1
    assert len(chart.entries[0].lanes) == say.MOST_LANES + 1


@pytest.mark.parametrize(
    ("told", "kind", "note"),
    [
        (event("2022-01-01"), Kind.HAPPENED, ""),
        (event("2022-01-01", Status.ONGOING), Kind.ONGOING, "ongoing"),
        (event("2022-01-12", Status.PLANNED), Kind.PLANNED, "planned"),
        (event("2022-01-01", Status.PLANNED, borne_out=True), Kind.PLANNED, "planned"),
        (
            event("2022-01-01", Status.PLANNED),
            Kind.OPEN,
            "planned, outcome not in the sources",
        ),
    ],
)
def test_what_is_planned_or_open_is_told_apart(told: Event, kind: Kind, note: str) -> None:
    (entry,) = say.chart(of(told)).entries
    assert (entry.kind, entry.note) == (kind, note)


@pytest.mark.parametrize(
    ("when", "lasting"),
    [("2022-01-01", False), ("2022-01", True), ("2022", True), ("2022-01-01/2022-01-03", True)],
)
def test_only_a_day_is_a_point(when: str, *, lasting: bool) -> None:
    assert [entry.lasting for entry in say.chart(of(event(when))).entries] == [lasting]


def test_only_the_shapes_that_are_there_are_explained() -> None:
    told = (event("2022-01-01"), event("2022-01-12", Status.PLANNED))
    assert [sign.words for sign in say.chart(of(*told)).signs] == ["happened", "planned"]
    assert say.chart(of(event("2022-01-01"))).signs == ()


def test_what_the_sources_differ_on_has_a_shape_of_its_own() -> None:
    chart = say.chart(of(replace(event("2022-01-01"), dispute=Dispute.FIGURE), event("2022-01-02")))
    assert [(entry.disputed, entry.note) for entry in chart.entries] == [
        (True, "the sources differ"),
        (False, ""),
    ]
    assert [sign.words for sign in chart.signs] == ["happened", "the sources differ"]


def test_a_date_that_no_source_states_in_full_is_marked() -> None:
    days = (
        replace(event("2022-01-01"), basis=Basis.RESOLVED),
        replace(event("2022-01-02"), basis=Basis.INFERRED),
    )
    chart = say.chart(of(*days, sides={"2022-01-01": ("Town",), "2022-01-02": ("Town",)}))
    assert [entry.cited for entry in chart.entries] == ["° [1]", "≈ [1]"]
    assert chart.remarks == "° date worked out · ≈ date inferred"


def test_of_many_sources_the_first_are_cited() -> None:
    assert say.chart(of(event("2022-01-01", sources=6))).entries[0].cited == "[1][2][3][4] +2"


def test_the_caption_says_what_is_shown_and_links_to_it() -> None:
    ann = PersonRef(key=content_key("Ann"), name="Ann Ash")
    pictured = of(event("2022-01-01"), offset=8, total=34, title="Ann Ash", persons=[ann])
    caption = say.caption(pictured, LINKS)
    assert caption.text == (
        "Timeline · Ann Ash\nEvents 9 to 9 of 34 · as of 11 Jan 2022\n\n"
        "[1] The Gazette, 11 Jan 2022"
    )
    assert [entity.url for entity in caption.entities if entity.url] == [
        LINKS.person(ann.key),
        LINKS.source(content_key("1")),
    ]


def test_the_buttons_turn_the_picture_and_change_its_theme() -> None:
    turn, (theme,) = say.caption(of(event("2022-01-01"), offset=8, total=34), LINKS).keyboard
    assert [(button.label, button.press) for button in (*turn, theme)] == [
        ("‹ Earlier", PicturePage("", Theme.LIGHT, 0)),
        ("Later ›", PicturePage("", Theme.LIGHT, 16)),
        ("Dark", PicturePage("", Theme.DARK, 8)),
    ]


def test_a_long_caption_leaves_out_the_sources() -> None:
    told = event("2022-01-01", sources=8, outlet="W" * 2000)
    persons = [PersonRef(key=content_key(name), name=name * 300) for name in "ab"]
    caption = say.caption(of(told, title="x" * 300, persons=persons), LINKS)
    assert caption.body.units <= LONGEST_CAPTION


def test_a_chart_speaks_the_reader_s_language() -> None:
    with speaking(Language.GERMAN):
        (entry,) = say.chart(of(event("2022-01-11"))).entries
    assert entry.date == "11. Jan. 2022"
