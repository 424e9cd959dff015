import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.digest import tick as ticking
from store.database import Connection
from store.knowledge import news
from store.knowledge.schema import open_knowledge
from store.knowledge.values import Status, Summary
from store.ledger import offers, subscriptions
from store.ledger.values import Rhythm
from tests.bot.digest.desk import DAY, EIGHT, FIRST, LINKS, MORNING, NIGHT, SECOND, Desk
from tests.store.stories import event, summary

HAPPENED = replace(
    FIRST,
    events=tuple(
        replace(told, status=Status.HAPPENED) if told.status is Status.PLANNED else told
        for told in FIRST.events
    ),
)


async def test_what_is_due_is_planned_once_however_often_the_tick_comes(desk: Desk) -> None:
    await desk.know(FIRST)
    await desk.subscribe()
    assert await desk.plan() == 0
    assert await desk.plan(MORNING) == 1
    for minutes in (0, 1, 60, 600):
        assert await desk.plan(MORNING + timedelta(minutes=minutes)) == 0
    assert len(await desk.rows("SELECT id FROM edition")) == 1


async def test_each_morning_tells_what_became_known_since_the_last(desk: Desk) -> None:
    await desk.know(FIRST)
    await desk.subscribe()
    await desk.plan(MORNING)
    (first,) = await desk.send()
    await desk.know(FIRST, SECOND)
    await desk.plan(MORNING + DAY)
    (second,) = await desk.send()
    await desk.plan(MORNING + 2 * DAY)
    (third,) = await desk.send()
    assert "The story so far" in first
    assert "The quay cracks" in second
    assert "The harbour is measured" not in second
    assert third == "Digest · 12 Jan 2022: nothing new since the last one, as of 10 Jan 2022."


async def test_what_was_not_sent_is_told_again(desk: Desk) -> None:
    await desk.know(FIRST)
    await desk.subscribe()
    await desk.plan(MORNING)
    await desk.plan(MORNING + DAY)
    (said,) = await desk.send()
    assert said.startswith("Digest · 11 Jan 2022")
    assert "The story so far" in said


async def test_a_knowledge_made_anew_is_no_news(desk: Desk) -> None:
    await desk.know(FIRST, SECOND)
    await desk.subscribe()
    await desk.plan(MORNING)
    await desk.send()
    again = open_knowledge(desk.knowledge.path.with_name("again.db"))
    other = replace(desk, knowledge=again, tick=replace(desk.tick, knowledge=again))
    await other.know(SECOND, FIRST)
    await other.plan(MORNING + DAY)
    (said,) = await other.send()
    assert "nothing new" in said
    again.close()


async def test_a_reload_between_two_ticks_of_a_morning_makes_no_second_edition(desk: Desk) -> None:
    await desk.know(FIRST)
    await desk.subscribe()
    await desk.plan(MORNING)
    await desk.know(FIRST, SECOND)
    assert await desk.plan(MORNING + timedelta(minutes=1)) == 0
    (said,) = await desk.send()
    assert "The quay cracks" not in said
    await desk.plan(MORNING + DAY)
    (said,) = await desk.send()
    assert "The quay cracks" in said


async def test_what_went_and_came_back_is_no_news_and_what_happened_is(desk: Desk) -> None:
    await desk.know(FIRST, SECOND)
    await desk.subscribe()
    texts = []
    for day, known in enumerate([(FIRST, SECOND), (SECOND,), (FIRST, SECOND), (HAPPENED, SECOND)]):
        await desk.know(*known)
        await desk.plan(MORNING + day * DAY)
        texts += await desk.send()
    assert [("nothing new" in said) for said in texts] == [False, True, True, False]
    assert "The harbour opens [" in texts[3]
    assert "planned" not in texts[3]


async def test_who_stopped_gets_nothing_and_who_comes_back_has_read_what_was_read(
    desk: Desk,
) -> None:
    await desk.know(FIRST)
    await desk.subscribe()
    await desk.plan(MORNING)
    await desk.send()
    await desk.ledger.write(subscriptions.unsubscribe, 1, 0, now=MORNING)
    assert await desk.plan(MORNING + DAY) == 0
    await desk.know(FIRST, SECOND)
    await desk.subscribe()
    assert await desk.plan(MORNING + 2 * DAY) == 1
    (said,) = await desk.send()
    assert "The quay cracks" in said
    assert "The harbour is measured" not in said


async def test_readers_who_have_read_differently_are_told_differently(desk: Desk) -> None:
    await desk.know(FIRST)
    await desk.subscribe(1)
    await desk.plan(MORNING)
    await desk.send()
    await desk.know(FIRST, SECOND)
    for chat in (2, 3):
        await desk.subscribe(chat)
    assert await desk.plan(MORNING + DAY) == 3
    one, two, three = await desk.send()
    assert "The story so far" not in one
    assert "The story so far" in two
    assert two == three
    assert len(await desk.rows("SELECT hash FROM content")) == 3


async def test_without_a_story_the_edition_is_skipped_and_the_first_one_waits(desk: Desk) -> None:
    await desk.subscribe()
    assert await desk.plan(MORNING) == 1
    assert await desk.send() == []
    assert await desk.reasons() == ["no story is loaded"]
    await desk.know(FIRST)
    await desk.plan(MORNING + DAY)
    (said,) = await desk.send()
    assert "The story so far" in said


async def test_days_without_service_bring_one_edition_or_one_that_is_skipped(desk: Desk) -> None:
    await desk.know(FIRST)
    for chat in (1, 2):
        await desk.subscribe(chat, replace(EIGHT, at=time(8 + 8 * (chat - 1))))
    assert await desk.plan(MORNING + 30 * DAY + timedelta(hours=1)) == 2
    assert await desk.reasons() == [None, "too late: due 2022-02-08 16:00 UTC"]
    dates = [row["local_date"] for row in await desk.rows("SELECT local_date FROM edition")]
    assert sorted(dates) == ["2022-02-08", "2022-02-09"]
    assert await desk.plan() == 0


async def test_the_digest_has_the_date_of_where_its_reader_lives(desk: Desk) -> None:
    plans = ("2022-01-11", "Planned for the 11th"), ("2022-01-13", "Planned for the 13th")
    told = summary(
        "plans",
        "2022-01-09",
        events=[event(when, text, status=Status.PLANNED) for when, text in plans],
    )
    await desk.know(told)
    for chat, zone in enumerate(("Pacific/Kiritimati", "Pacific/Pago_Pago"), start=1):
        await desk.subscribe(chat, Rhythm(at=time(8), zone=zone))
    await desk.plan(datetime(2022, 1, 11, 19, tzinfo=UTC))
    (east,) = [said for said in await desk.send() if "12 Jan" in said]
    assert east.startswith("Digest · 12 Jan 2022\n")
    assert "\n\nToday and tomorrow\n13 Jan 2022  Planned for the 13th" in east
    rows = await desk.rows("SELECT local_date FROM edition ORDER BY chat")
    assert [row["local_date"] for row in rows] == ["2022-01-12", "2022-01-11"]


async def test_a_moment_that_was_written_down_wrongly_is_put_right_and_holds_nobody_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticking, "_AT_ONCE", 2)
    await desk.know(FIRST)
    for chat in range(1, 8):
        await desk.subscribe(chat)

    def spoil(db: Connection) -> None:
        for chat in range(1, 7):
            subscriptions.reschedule(db, chat, NIGHT - chat * DAY)

    await desk.ledger.write(spoil)
    asked = 0

    def count() -> datetime:
        nonlocal asked
        asked += 1
        assert asked < 50
        return NIGHT

    assert await replace(desk.tick, clock=count)(LINKS) == 0
    for known in await desk.ledger.read(subscriptions.all_subscriptions):
        assert known.next_due == MORNING
    assert await desk.plan(MORNING) == 7


async def test_a_reader_who_changes_the_time_during_the_tick_keeps_the_new_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.know(FIRST)
    await desk.subscribe()
    write_down = ticking._write_down
    evening = MORNING + timedelta(hours=10)

    def changed_first(db: Connection, *args: object) -> int:
        monkeypatch.setattr(ticking, "_write_down", write_down)
        known = subscriptions.subscription(db, 1, 0)
        assert known is not None
        subscriptions.subscribe(
            db,
            chat=1,
            topic=0,
            kind="private",
            language=None,
            rhythm=replace(EIGHT, at=time(18)),
            last_date=known.last_date,
            next_due=evening,
            now=MORNING,
        )
        return write_down(db, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(ticking, "_write_down", changed_first)
    assert await desk.plan(MORNING) == 0
    assert (await desk.subscription()).next_due == evening
    assert await desk.plan(evening) == 1


async def test_two_thousand_readers_are_planned_in_a_few_transactions(desk: Desk) -> None:
    await desk.know(FIRST)
    one = await desk.subscribe()

    def many(db: Connection) -> None:
        db.conn.executemany(
            "INSERT INTO chat (id, kind, since) VALUES (?, 'private', 0)",
            [(chat,) for chat in range(2, 2001)],
        )
        db.conn.executemany(
            "INSERT INTO subscription (chat, at, zone, last_date, next_due) "
            "VALUES (?, '08:00', 'UTC', ?, ?)",
            [
                (chat, one.last_date.isoformat(), int(one.next_due.timestamp()))
                for chat in range(2, 2001)
            ],
        )

    await desk.ledger.write(many)
    done: list[str] = []
    await desk.ledger.write(lambda db: db.conn.set_trace_callback(done.append))
    assert await desk.plan(MORNING) == 2000
    await desk.ledger.write(lambda db: db.conn.set_trace_callback(None))
    transactions = "\n".join(done).split("BEGIN IMMEDIATE")[1:]
    assert len(transactions) <= 2000 / ticking._STEP + 2
    # A reader's command is written down between two of them.
    most = max(said.count("INSERT INTO edition") for said in transactions)
    assert most == ticking._STEP <= 50
    assert len(await desk.rows("SELECT hash FROM content")) == 1
    assert len(await desk.rows("SELECT id FROM delivery WHERE state = 'planned'")) == 2000


async def test_a_large_story_is_offered_piece_by_piece_and_all_of_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticking, "_LOOKED_AT", 3)
    monkeypatch.setattr(ticking, "_OFFERED", 4)
    await desk.know(*(summary(str(n)) for n in range(20)))
    newest = await desk.tick.offer()
    assert newest > 1
    assert len(await desk.ledger.read(offers.offered_after, 0)) == 20
    assert await desk.tick.offer() == newest
    assert await desk.ledger.read(offers.offered_revision)


async def test_what_is_offered_while_editions_are_planned_is_told_by_the_next_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.know(FIRST)
    await desk.subscribe()
    await desk.plan(MORNING)
    await desk.send()
    await desk.know(FIRST, SECOND)
    brief = ticking.Tick.briefing
    later = summary("later", "2022-01-12", events=[event("2022-01-12", "The quay is mended")])

    async def briefed(tick: ticking.Tick, *args: Any, **kwargs: Any) -> object:  # noqa: ANN401 (whatever it takes)
        await desk.know(FIRST, SECOND, later)
        await tick.offer()
        return await brief(tick, *args, **kwargs)

    monkeypatch.setattr(ticking.Tick, "briefing", briefed)
    await desk.plan(MORNING + DAY)
    monkeypatch.undo()
    (second,) = await desk.send()
    await desk.plan(MORNING + 2 * DAY)
    (third,) = await desk.send()
    assert "The quay cracks" in second
    assert "The quay is mended" not in second
    assert "The quay is mended" in third


async def test_what_becomes_known_during_a_look_is_looked_for_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.know(FIRST)
    look = news.newsworthy
    came = False

    def looked(
        db: Connection, kind: news.Kind, after: str | int | None, *, limit: int
    ) -> tuple[object, str | int | None]:
        nonlocal came
        found = look(db, kind, after, limit=limit)
        if not came:
            came = True
            asyncio.run_coroutine_threadsafe(desk.know(FIRST, SECOND), loop).result()
        return found

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(news, "newsworthy", looked)
    await desk.tick.offer()
    monkeypatch.undo()
    offered = await desk.ledger.read(offers.offered_after, 0)
    await desk.tick.offer()
    assert len(await desk.ledger.read(offers.offered_after, 0)) > len(offered) > 0


async def test_what_is_known_is_offered_once(desk: Desk) -> None:
    assert await desk.tick.offer() == 0
    await desk.know(FIRST)
    assert [await desk.tick.offer() for _ in range(3)] == [1, 1, 1]
    await desk.know(FIRST, SECOND)
    assert [await desk.tick.offer() for _ in range(2)] == [2, 2]
    new = await desk.ledger.read(offers.offered_after, 1)
    assert [item.kind for item in new] == ["event", "source"]


async def test_the_first_briefing_is_the_newest_of_a_long_story(desk: Desk) -> None:
    def told(n: int) -> Summary:
        day = f"2022-01-{n % 28 + 1:02}"
        return summary(f"{n}", day, events=[event(day, f"Event {n}")])

    await desk.know(*(told(n) for n in range(60)))
    briefing = await desk.tick.briefing(0, date(2022, 2, 1))
    assert briefing is not None
    assert (len(briefing.news.events), len(briefing.news.sources)) == (15, 8)
    days = [known.when.start for known in briefing.news.events]
    assert days == sorted(days)
    assert days[-1] == date(2022, 1, 28)
