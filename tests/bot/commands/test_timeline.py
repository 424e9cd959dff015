import re

import pytest

from bot.sandbox.json_values import JsonObject
from store.ingest.loading import packaged_summaries
from store.ingest.summaries import read_summaries
from store.knowledge.values import Status
from tests.bot.conversation import Conversation, labels, links

EVENTS = [e for s in read_summaries((packaged_summaries(),)).summaries for e in s.events]


async def test_every_dated_event_stands_on_the_timeline_of_its_day(talk: Conversation) -> None:
    for event in EVENTS:
        shown = await talk.ask(f"/timeline {event.when}")
        found = [line for line in await whole(talk, shown) if event.text in line]
        assert len(found) == 1
        assert re.search(r"(\[\d\])+$", found[0])
        if event.status is Status.PLANNED:
            assert " · planned" in found[0]


async def test_every_event_at_a_place_stands_on_its_timeline(talk: Conversation) -> None:
    for place in {event.place for event in EVENTS if event.place}:
        shown = await talk.ask(f"/timeline {place.upper()}")
        lines = "\n".join(await whole(talk, shown))
        assert all(event.text in lines for event in EVENTS if event.place == place)


async def test_the_whole_timeline_begins_where_the_story_stands(talk: Conversation) -> None:
    shown = await talk.ask("/timeline")
    assert shown["text"].startswith("Timeline · as of 19 Jan 2022\n")
    assert "‹ Earlier" in labels(shown)
    lines = [line for line in await whole(talk, shown) if line.endswith("]")]
    told = [event.text for event in EVENTS]
    assert sum(any(text in line for line in lines) for text in told) == len(told)
    assert len(lines) == len(set(lines))


async def test_a_month_and_a_year_hold_their_days(talk: Conversation) -> None:
    assert (await talk.ask("/timeline 2021-06"))["text"].startswith("Timeline · Jun 2021 · as of")
    assert "Crimea" in (await talk.ask("/timeline 2014"))["text"]


async def test_a_person_has_a_timeline_by_command(talk: Conversation) -> None:
    shown = await talk.ask("/timeline Ryabkov")
    assert shown["text"].startswith("Sergei Ryabkov · timeline\n")
    assert (await talk.press(shown, "Profile"))["text"].startswith("Sergei Ryabkov\nRussian")


async def test_a_day_on_which_nothing_happened_is_said_so(talk: Conversation) -> None:
    shown = await talk.ask("/timeline 1999-12-31")
    assert "The sources tell of no dated event there." in shown["text"]


async def test_an_unknown_place_is_told_what_can_be_asked(talk: Conversation) -> None:
    shown = await talk.ask("/timeline Atlantis 2022-01-12/2022-01-10")
    assert shown["text"].startswith("I have no timeline for “Atlantis 2022")
    assert "Geneva" in labels(shown)
    assert (await talk.press(shown, "Geneva"))["text"].startswith("Timeline · Geneva")


async def test_latest_tells_what_is_new_and_what_comes_next(talk: Conversation) -> None:
    shown = await talk.ask("/latest")
    assert shown["text"].startswith("Latest · as of 19 Jan 2022\n")
    assert "\nNext\n11–31 Jan 2022  " in shown["text"]
    _newest, _heading, coming = shown["text"].partition("\nNext\n")
    planned = (await talk.ask("/next"))["text"].splitlines()
    lines = [line for line in planned if " · planned" in line]
    assert coming.partition("\n\n")[0].splitlines() == lines
    assert "\n\n° date worked out from words such as “on Monday”\n" in coming
    assert (await talk.press(shown, "Sources"))["text"].startswith("Sources\n")


async def whole(talk: Conversation, shown: JsonObject) -> list[str]:
    """Return the lines of all pages, from the first to the last."""
    while "‹ Earlier" in labels(shown):
        shown = await talk.press(shown, "‹ Earlier")
    lines = str(shown["text"]).splitlines()
    while "Later ›" in labels(shown):
        shown = await talk.press(shown, "Later ›")
        lines += str(shown["text"]).splitlines()
    return lines


@pytest.mark.parametrize(
    ("asked", "title", "events"),
    [
        ("Blinken 2022-01-09..2022-01-19", "Antony Blinken · 9–19 Jan 2022", 3),
        ("2022-01-09/2022-01-19 blinken", "Antony Blinken · 9–19 Jan 2022", 3),
        ("Geneva since 2022-01-10", "Geneva · since 10 Jan 2022", 4),
        ("since 2022-01-10 Geneva", "Geneva · since 10 Jan 2022", 4),
        ("Geneva Sherman", "Wendy Sherman · Geneva", 3),
        ("Sherman in Geneva 2022-01-10", "Wendy Sherman · Geneva · 10 Jan 2022", 1),
        ("Sherman Ryabkov", "Wendy Sherman and Sergei Ryabkov", 3),
        (
            "Ryabkov and Sherman Geneva January",
            "Sergei Ryabkov and Wendy Sherman · Geneva · Jan",
            3,
        ),
        ("since 2022-01-20", "since 20 Jan 2022", 3),
    ],
)
async def test_person_place_and_dates_stand_in_any_order(
    talk: Conversation, asked: str, title: str, events: int
) -> None:
    shown = await talk.ask(f"/timeline {asked}")
    assert shown["text"].startswith(f"Timeline · {title}")
    lines = [line for line in await whole(talk, shown) if re.match(r"\d.*\]$", line)]
    assert len(lines) == events


async def test_turning_the_page_keeps_the_filter(talk: Conversation) -> None:
    shown = await talk.ask("/timeline since 2022-01-09")
    assert "\n1 to 8 of " in shown["text"]  # days asked for are read from the first
    last = await talk.press(shown, "Later ›")
    assert last["text"].startswith("Timeline · since 9 Jan 2022")


async def test_what_fits_several_people_asks_of_which(talk: Conversation) -> None:
    shown = await talk.ask("/timeline Serg 2022-01-10..2022-01-12")
    assert "Which one?" in shown["text"]
    opened = await talk.press(shown, "Sergei Ryabkov")
    assert opened["text"].startswith("Timeline · Sergei Ryabkov · 10–12 Jan 2022")


async def test_next_tells_what_is_planned_soonest_first(talk: Conversation) -> None:
    shown = await talk.ask("/next")
    assert shown["text"].startswith("Next · as of 19 Jan 2022\n")
    days = [line.split("  ")[0] for line in shown["text"].splitlines() if " · planned" in line]
    assert days == ["11–31 Jan 2022", "20 Jan 2022", "21 Jan 2022"]


async def test_what_the_sources_tell_differently_is_marked_and_explained(
    talk: Conversation,
) -> None:
    shown = (await talk.ask("/timeline Geneva 2022-01-09..2022-01-10"))["text"]
    marked = [line for line in shown.splitlines() if "\u26a0" in line]
    assert [line[:12].strip() for line in marked] == [
        "9 Jan 2022",
        "10 Jan 2022",
        "10 Jan 2022",
        "\u26a0 the source",
    ]
    assert marked[-1] == "\u26a0 the sources differ: /disputed"
    differing = (await talk.ask("/disputed"))["text"]
    assert "Day of the US-Russia talks in Geneva" in differing


async def test_no_mark_is_explained_that_no_line_has(talk: Conversation) -> None:
    shown = (await talk.ask("/timeline 2022-01-11"))["text"]
    for mark in ("\u26a0", "\u00b0", "\u2248"):
        assert shown.count(f"\n{mark} ") == (f" {mark} [" in shown or f" {mark} °" in shown)


async def test_names_in_events_open_their_pages(talk: Conversation) -> None:
    shown = await talk.ask("/timeline 2022-01-11")
    assert {"Wendy Sherman", "Jens Stoltenberg"} <= links(shown).keys()
    assert (await talk.open_link(shown, "Wendy Sherman")).startswith("Wendy Sherman\n")


async def test_a_source_says_from_what_its_dates_are_known(talk: Conversation) -> None:
    shown = await talk.ask("/timeline Geneva 2022-01-10")
    text = await talk.open_link(shown, "[4]")
    page = talk.messages()[-1]
    while "More ›" in labels(page):
        page = await talk.press(page, "More ›")
        text += page["text"]
    assert "Date resolved: “on Monday”, the day before this report of Tuesday 11 Jan 2022" in text
    assert "Date inferred: part of the coordination on “Tuesday”" in text


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("/timeline early January", "1–10 Jan 2022"),
        ("what happened in mid-January?", "11–20 Jan 2022"),
        ("/timeline Mitte Januar", "11–20 Jan 2022"),
        ("Was geschah Anfang Januar 2022?", "1–10 Jan 2022"),
        ("/timeline Januar 2022", "Jan 2022"),
        ("Що сталося на початку січня?", "1–10 Jan 2022"),
    ],
)
async def test_parts_of_a_month_are_read_in_each_language(
    talk: Conversation, asked: str, days: str
) -> None:
    shown = await talk.ask(asked)
    assert shown["text"].startswith(f"Timeline · {days} · as of 19 Jan 2022")
    assert "[3]" in "\n".join(await whole(talk, shown))


@pytest.mark.parametrize(
    "asked", ["/timeline NATO Russia", "talks between NATO and Russia", "When did NATO meet Russia"]
)
async def test_a_timeline_of_two_subjects_has_the_events_of_both(
    talk: Conversation, asked: str
) -> None:
    shown = await talk.ask(asked)
    assert shown["text"].startswith("Timeline · NATO and Russia · as of 19 Jan 2022\n")
    both = {line for line in await whole(talk, shown) if line.endswith("]")}
    for alone in ("NATO", "Russia"):
        assert both <= set(await whole(talk, await talk.ask(f"/timeline {alone}")))
    some = await talk.ask("/timeline NATO Russia 11 January 2022")
    assert some["text"].startswith("Timeline · NATO and Russia · 11 Jan 2022 · as of")


async def test_names_of_places_and_organisations_open_their_pages(talk: Conversation) -> None:
    shown = await talk.ask("/timeline Sherman")
    assert (await talk.open_link(shown, "Geneva")).startswith("Geneva\n")
    assert (await talk.open_link(shown, "NATO")).startswith("NATO\n")
