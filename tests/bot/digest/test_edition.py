from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.digest.edition import NOTHING_NEW, decide, story_today
from bot.messages.digest import Briefing
from store.ledger.values import NothingNew, PlannedEdition, Rhythm, Subscription, Wanted
from tests.bot.digest.desk import DAY, EIGHT, FIRST, LINKS, MORNING, SECOND, Desk, text_of

MONDAY = date(2022, 1, 10)
READER = Subscription(
    id=1,
    chat=1,
    topic=0,
    rhythm=EIGHT,
    useful_for=timedelta(hours=6),
    nothing_new=NothingNew.SAY,
    state=Wanted.ON,
    last_date=MONDAY - DAY,
    next_due=MORNING,
    seen=1,
)
QUIET = replace(READER, nothing_new=NothingNew.SILENCE)


def decided(
    reader: Subscription, briefing: Briefing | None, now: datetime = MORNING
) -> PlannedEdition:
    edition = decide(reader, briefing, offer=5, now=now, links=LINKS)
    assert edition is not None
    return edition


def text(edition: PlannedEdition) -> str:
    (part,) = edition.parts
    return text_of(part)


@pytest.fixture
async def news(desk: Desk) -> Briefing:
    """Tell of the second source, after the first."""
    await desk.know(FIRST)
    seen = await desk.tick.offer()
    await desk.know(FIRST, SECOND)
    await desk.tick.offer()
    briefing = await desk.tick.briefing(seen, MONDAY)
    assert briefing is not None
    return briefing


@pytest.fixture
async def no_news(desk: Desk) -> Briefing:
    await desk.know(FIRST)
    briefing = await desk.tick.briefing(await desk.tick.offer(), MONDAY)
    assert briefing is not None
    return briefing


@pytest.mark.parametrize(
    ("as_of", "calendar", "today"),
    [
        ("2022-01-10", "2022-01-10", "2022-01-10"),
        ("2022-01-10", "2022-01-24", "2022-01-24"),  # followed live, on quiet days too
        ("2022-01-10", "2022-01-25", "2022-01-10"),  # ended
        ("2022-01-10", "2026-06-01", "2022-01-10"),
        ("2022-01-10", "2022-01-09", "2022-01-10"),  # to come
    ],
)
def test_the_story_has_its_own_today_when_it_ended(as_of: str, calendar: str, today: str) -> None:
    told = story_today(date.fromisoformat(as_of), date.fromisoformat(calendar))
    assert told == date.fromisoformat(today)


def test_nothing_is_decided_before_its_time(news: Briefing) -> None:
    early = MORNING - timedelta(seconds=1)
    assert decide(READER, news, offer=5, now=early, links=LINKS) is None
    done = replace(READER, last_date=MONDAY)
    assert decide(done, news, offer=5, now=MORNING, links=LINKS) is None


def test_an_edition_says_of_which_date_it_is_and_when_the_next_is_due(news: Briefing) -> None:
    edition = decided(READER, news)
    assert (edition.local_date, edition.due, edition.next_due) == (MONDAY, MORNING, MORNING + DAY)
    assert (edition.offer, edition.reason, edition.subscription) == (5, None, READER)


async def test_the_first_is_the_story_so_far(desk: Desk) -> None:
    await desk.know(FIRST, SECOND)
    said = text(decided(replace(READER, seen=0), await desk.tick.briefing(0, MONDAY)))
    assert said.startswith("Digest · 10 Jan 2022\nThe harbour\n\nWho builds the new harbour")
    assert "2 sources, 1 person, 4 events, 1 quote, as of 10 Jan 2022" in said
    wanted = ("The story so far", "The harbour is measured", "The quay cracks", "It will be deep")
    assert all(words in said for words in wanted)
    assert said.count("The harbour opens") == 1
    assert said.index("Today and tomorrow") < said.index("The harbour opens")


def test_a_later_one_is_the_news_then_the_plans_then_this_day_of_other_years(
    news: Briefing,
) -> None:
    said = text(decided(READER, news))
    order = [
        *("Digest · 10 Jan 2022", "New\n", "The quay cracks", "New sources", "About second"),
        *("Today and tomorrow\n", "The harbour opens", "On this day", "The harbour is thought of"),
    ]
    assert sorted(order, key=said.index) == order
    assert "The harbour is measured" not in said
    assert "It will be deep" not in said


def test_a_day_without_news_says_so_in_one_line(no_news: Briefing) -> None:
    edition = decided(READER, no_news)
    said = "Digest · 10 Jan 2022: nothing new since the last one, as of 9 Jan 2022."
    assert (text(edition), edition.reason) == (said, None)


def test_a_reader_who_wants_no_such_line_gets_none_and_the_ledger_says_why(
    no_news: Briefing, news: Briefing
) -> None:
    silent = decided(QUIET, no_news)
    assert (silent.parts, silent.reason) == ((), NOTHING_NEW)
    assert decided(QUIET, news).parts == decided(READER, news).parts


def test_a_late_edition_says_when_it_was_due_in_the_readers_own_time(
    news: Briefing, no_news: Briefing
) -> None:
    kyiv = replace(READER, rhythm=Rhythm(at=time(10), zone="Europe/Kyiv"))
    on_time = MORNING + timedelta(minutes=14)
    late = MORNING + timedelta(minutes=15)
    assert "Late" not in text(decided(kyiv, news, on_time))
    assert "\nLate: this was due at 10:00.\n" in text(decided(kyiv, news, late))
    assert text(decided(kyiv, no_news, late)).endswith(" Late: this was due at 10:00.")


def test_an_edition_too_late_to_be_useful_is_skipped(news: Briefing) -> None:
    limit = MORNING + READER.useful_for
    assert decided(READER, news, limit).parts
    skipped = decided(READER, news, limit + timedelta(seconds=1))
    assert (skipped.parts, skipped.reason) == ((), "too late: due 2022-01-10 08:00 UTC")
    assert skipped.next_due == MORNING + DAY


def test_without_a_story_there_is_no_edition() -> None:
    edition = decided(READER, None)
    assert (edition.parts, edition.reason) == ((), "no story is loaded")


def test_chats_that_are_owed_the_same_get_the_same(news: Briefing) -> None:
    other = replace(READER, id=2, chat=-2, topic=3, rhythm=Rhythm(at=time(10), zone="Europe/Kyiv"))
    assert decided(other, news).parts == decided(READER, news).parts


def test_a_story_of_long_ago_says_by_which_day_it_stands(news: Briefing) -> None:
    now = datetime(2026, 6, 1, 8, tzinfo=UTC)
    ended = replace(news, today=news.as_of)
    said = text(decided(replace(READER, last_date=date(2026, 5, 31)), ended, now))
    assert said.startswith("Digest · 1 Jun 2026\n")
    assert "Today and tomorrow, in a story that stands at 10 Jan 2022\n" in said
