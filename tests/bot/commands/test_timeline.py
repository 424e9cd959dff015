import re

import pytest

from bot.sandbox.json_values import JsonObject
from store.ingest.loading import packaged_summaries
from store.ingest.summaries import read_summaries
from store.knowledge.values import Status
from tests.bot.conversation import Conversation, labels

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
    assert "\nNext\n20 Jan 2022  " in shown["text"]
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
    last = await talk.press(shown, "‹ Earlier")
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
