"""What is told at once of what is followed, once, and not at night."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.digest.alerts import Alerts
from bot.messages.callbacks import Choose, unpack
from bot.messages.following import MOST_ALERTED
from store.database import Connection
from store.ledger import chats, deliveries, interests, preferences, subscriptions
from store.ledger.values import Interest, Length, Policy, Quiet, Rhythm, Stance, Wanted
from tests.bot.digest.desk import DAY, EIGHT, FIRST, LINKS, MORNING, NIGHT, Desk
from tests.store.ledger.debts import take
from tests.store.stories import event, quote, summary

NEWS = summary(
    "news",
    "2022-01-10",
    people=["Ada Quay", "Ben Tide"],
    events=[
        event("2022-01-10", "Ada measures again", ("Ada Quay",)),
        event("2022-01-10", "Ben sails", ("Ben Tide",)),
    ],
    quotes=[quote("Ada Quay", "It is deep", "2022-01-10")],
)
MORE = summary(
    "more",
    "2022-01-11",
    people=["Ada Quay"],
    events=[event("2022-01-11", "Ada rests", ("Ada Quay",))],
)
MINUTE = timedelta(minutes=1)
UNTIL_EIGHT = Quiet(begins=time(22), ends=time(8))


async def key_of(desk: Desk, name: str) -> str:
    def question(db: Connection) -> str:
        return str(next(db.query("SELECT key FROM person WHERE name = ?", [name]))["key"])

    return await desk.knowledge.read(question)


async def follow(
    desk: Desk, name: str = "Ada Quay", chat: int = 1, stance: Stance = Stance.FOLLOW
) -> None:
    wanted = Interest(kind="person", key=await key_of(desk, name), stance=stance, name=name)
    await desk.ledger.write(
        interests.follow_or_mute, chat, 0, wanted, chat_kind="private", now=desk.clock.now()
    )


async def wants_alerts(
    desk: Desk,
    chat: int = 1,
    *,
    on: bool = True,
    quiet: Quiet | None = None,
    rhythm: Rhythm = EIGHT,
) -> None:
    """Turn alerts on for a chat, which gets no digest unless it has subscribed."""

    def change(db: Connection) -> None:
        known = preferences.settings_of(
            db,
            chat=chat,
            topic=0,
            kind="private",
            language="en",
            rhythm=rhythm,
            last_date=NIGHT.date() - DAY,
            next_due=MORNING,
            now=NIGHT,
        )
        preferences.set_alerts(db, known.id, on=on, now=desk.clock.now())
        preferences.set_quiet(db, known.id, quiet)

    await desk.ledger.write(change)


@pytest.fixture
async def reader(desk: Desk) -> Desk:
    """Let one who gets no digest follow Ada, with alerts."""
    await desk.know(FIRST)
    await desk.plan()
    await wants_alerts(desk)
    await follow(desk)
    return desk


async def news_after_a_digest(desk: Desk, *, quiet: Quiet | None = None) -> None:
    """Let one who has had a digest, and wants alerts, follow Ada before there is news of her."""
    await desk.know(FIRST)
    await desk.subscribe()
    await wants_alerts(desk, quiet=quiet)
    await desk.plan(MORNING)
    await desk.send()
    await follow(desk)
    await desk.know(FIRST, NEWS)


async def alerts(desk: Desk) -> list[str]:
    await desk.plan()
    return await desk.send()


async def test_what_is_offered_while_alerts_are_owed_is_told_by_the_next_ones(
    reader: Desk,
) -> None:
    await reader.know(FIRST, NEWS)
    first = await reader.tick.offer()
    await reader.know(FIRST, NEWS, MORE)
    await reader.tick.offer()
    owe = Alerts(knowledge=reader.knowledge, ledger=reader.ledger, clock=reader.clock.now)
    await owe(first, LINKS)
    (said,) = await reader.send()
    assert "Ada measures" in said
    assert "Ada rests" not in said
    (later,) = await alerts(reader)
    assert "Ada rests" in later
    assert "Ada measures" not in later


async def test_what_is_new_of_what_is_followed_is_told_at_once_and_once(reader: Desk) -> None:
    assert await alerts(reader) == []
    await reader.know(FIRST, NEWS)
    (said,) = await alerts(reader)
    assert said == (
        "You follow · 2 new\n\n10 Jan 2022  Ada measures again [2]\n\n"
        "“It is deep”\nAda Quay · 10 Jan 2022 [2]"
    )
    for _ in range(3):
        assert await alerts(reader) == []
    (edition,) = await reader.rows("SELECT kind, key, subscription FROM edition")
    assert edition == {"kind": "alert", "key": "2", "subscription": None}


async def test_no_digest_is_needed_and_none_comes_of_it(reader: Desk) -> None:
    known = await reader.subscription()
    assert known.state is Wanted.OFF
    await reader.know(FIRST, NEWS)
    assert len(await alerts(reader)) == 1
    assert await reader.plan(MORNING + 3 * DAY) == 0
    assert await reader.send() == []


async def test_what_is_not_followed_or_no_alert_was_asked_for_is_not_told(reader: Desk) -> None:
    await wants_alerts(reader, 2)
    await wants_alerts(reader, 3, on=False)
    await follow(reader, chat=3)
    await wants_alerts(reader, 4)
    await follow(reader, chat=4, stance=Stance.MUTE)
    await reader.know(FIRST, NEWS)
    assert len(await alerts(reader)) == 1


async def test_who_begins_later_is_told_of_what_comes_later(desk: Desk) -> None:
    await desk.know(FIRST, NEWS)
    await desk.plan()
    await wants_alerts(desk)
    await follow(desk)
    assert await alerts(desk) == []
    await desk.know(FIRST, NEWS, MORE)
    (said,) = await alerts(desk)
    assert "Ada rests" in said
    assert "measures" not in said


async def test_who_waits_before_the_first_load_is_not_told_of_the_whole_story(desk: Desk) -> None:
    await wants_alerts(desk)
    await desk.know(FIRST)
    await follow(desk)
    assert await alerts(desk) == []
    await desk.know(FIRST, NEWS)
    assert len(await alerts(desk)) == 1


async def test_a_knowledge_made_anew_is_no_news(reader: Desk) -> None:
    await reader.know(FIRST, NEWS)
    await alerts(reader)
    await reader.know(NEWS)
    await reader.know(FIRST, NEWS)
    assert await alerts(reader) == []


async def test_a_thousand_items_are_one_alert(reader: Desk) -> None:
    many = summary(
        "many",
        "2022-01-10",
        people=["Ada Quay"],
        events=[event("2022-01-10", f"Ada lays stone {n}", ("Ada Quay",)) for n in range(1000)],
        quotes=[quote("Ada Quay", f"Stone {n} lies", "2022-01-10") for n in range(5)],
    )
    await reader.know(FIRST, many)
    (said,) = await alerts(reader)
    assert said.startswith("You follow · 1005 new\n")
    assert f"and {1005 - MOST_ALERTED} more: /catchup" in said
    assert await alerts(reader) == []


async def test_the_menu_below_an_alert_offers_what_it_is_about(reader: Desk) -> None:
    await reader.know(FIRST, NEWS)
    await reader.plan()
    (row,) = await reader.rows("SELECT parts FROM content")
    markup = json.loads(json.loads(row["parts"])[0])["markup"]
    press = unpack(markup["inline_keyboard"][0][0]["callback_data"])
    assert isinstance(press, Choose)
    assert await key_of(reader, "Ada Quay") in press.keys


async def test_in_quiet_hours_it_waits(desk: Desk) -> None:
    await desk.know(FIRST)
    await desk.plan()
    kyiv = Rhythm(at=time(8), zone="Europe/Kyiv")
    await wants_alerts(desk, quiet=Quiet(begins=time(22), ends=time(7)), rhythm=kyiv)
    await follow(desk)
    await desk.know(FIRST, NEWS)
    assert await alerts(desk) == []  # 4 in the morning there
    assert await desk.plan(datetime(2022, 1, 10, 4, 59, tzinfo=UTC)) == 0
    assert await desk.send() == []
    await desk.plan(datetime(2022, 1, 10, 5, tzinfo=UTC))
    assert len(await desk.send()) == 1


async def test_what_was_held_up_until_quiet_hours_waits_for_their_end(reader: Desk) -> None:
    await reader.know(FIRST, NEWS)
    await reader.plan()
    await wants_alerts(reader, quiet=Quiet(begins=time(22), ends=time(7)))
    assert await reader.send() == []
    owed = await reader.rows("SELECT state, reason, attempts, not_before FROM delivery")
    seven = int(NIGHT.replace(hour=7).timestamp())
    assert owed == [
        {"state": "planned", "reason": "Quiet hours", "attempts": 0, "not_before": seven}
    ]
    await reader.plan(NIGHT.replace(hour=7))
    assert len(await reader.send()) == 1


async def test_a_chat_that_is_closed_is_passed_over(reader: Desk) -> None:
    await reader.ledger.write(chats.close, 1, reason="blocked", now=NIGHT)
    await reader.know(FIRST, NEWS)
    assert await alerts(reader) == []
    await reader.ledger.write(chats.reopen, 1, now=NIGHT)
    assert await alerts(reader) == []
    await reader.know(FIRST, NEWS, MORE)
    assert len(await alerts(reader)) == 1


async def test_turned_off_none_comes_that_is_owed_or_under_way(reader: Desk) -> None:
    await reader.know(FIRST, NEWS)
    await reader.plan()
    (part,) = await reader.ledger.write(take, now=NIGHT)
    await wants_alerts(reader, on=False)
    await reader.ledger.write(
        deliveries.postpone, part, until=NIGHT, reason="no connection", now=NIGHT
    )
    assert await reader.send() == []
    assert await reader.rows("SELECT state FROM delivery") == [{"state": "skipped"}]


async def test_an_alert_in_doubt_is_sent_once_more_where_the_operator_says_so(
    reader: Desk,
) -> None:
    await reader.know(FIRST, NEWS)
    await reader.plan()
    await reader.ledger.write(take, now=NIGHT)
    await reader.ledger.write(deliveries.recover, policy=Policy.RESEND, now=NIGHT)
    assert len(await reader.send()) == 1


async def test_the_next_digest_tells_what_an_alert_told_but_is_not_led_by_it(desk: Desk) -> None:
    await news_after_a_digest(desk)
    assert len(await alerts(desk)) == 1
    await desk.plan(MORNING + DAY)
    (said,) = await desk.send()
    assert "Ada measures again" in said
    assert "You follow" not in said


async def test_a_digest_that_is_due_tells_what_an_alert_would_have(desk: Desk) -> None:
    await news_after_a_digest(desk)
    await desk.plan(MORNING + DAY)
    (said,) = await desk.send()
    assert said.index("You follow") < said.index("Ada measures again") < said.index("Ben sails")
    assert await alerts(desk) == []


async def test_an_alert_that_waited_for_the_morning_gives_way_to_its_digest(desk: Desk) -> None:
    await news_after_a_digest(desk, quiet=UNTIL_EIGHT)
    assert await desk.plan(NIGHT + DAY) == 0
    desk.clock.hour = MORNING + DAY
    assert await desk.send() == []  # the digest is due, and not planned yet
    await desk.plan()
    (said,) = await desk.send()
    assert said.startswith("Digest · ")
    assert "You follow" in said
    (alert,) = await desk.rows(
        "SELECT delivery.state, delivery.reason FROM delivery JOIN edition "
        "ON edition.id = edition WHERE kind = 'alert'"
    )
    assert alert == {"state": "skipped", "reason": "the digest came first"}


async def test_an_alert_that_waited_comes_where_the_digest_was_stopped(desk: Desk) -> None:
    await news_after_a_digest(desk, quiet=UNTIL_EIGHT)
    await desk.plan(NIGHT + DAY)
    await desk.ledger.write(subscriptions.unsubscribe, 1, 0, now=NIGHT + DAY)
    await desk.plan(MORNING + DAY + MINUTE)
    (said,) = await desk.send()
    assert said.startswith("You follow")


async def test_an_alert_that_did_not_arrive_leaves_the_lead_to_the_digest(desk: Desk) -> None:
    await news_after_a_digest(desk)
    await desk.plan()
    await wants_alerts(desk, on=False)
    await desk.plan(MORNING + DAY)
    (said,) = await desk.send()
    assert said.index("You follow") < said.index("Ada measures again") < said.index("Ben sails")


async def test_followed_and_muted_things_shape_the_digest_as_it_is_frozen(desk: Desk) -> None:
    await desk.know(FIRST)
    for chat in (1, 2, 3):
        await desk.subscribe(chat)
    await desk.plan(MORNING)
    await desk.send()
    await desk.know(FIRST, NEWS)
    await follow(desk, chat=1)
    await follow(desk, chat=2, stance=Stance.MUTE)
    await desk.plan(MORNING + DAY)
    await desk.ledger.write(interests.drop, chat=1, topic=0)
    led, muted, plain = await desk.send()
    assert led.index("You follow\n") < led.index("Ada measures again") < led.index("New\n")
    assert "Ben sails" in muted
    assert "Ada measures" not in muted
    assert "2 items left out, about what you mute: /following" in muted
    assert "You follow" not in plain


async def test_a_day_of_which_all_is_muted_is_a_day_without_news(desk: Desk) -> None:
    await desk.know(FIRST)
    await desk.subscribe()
    await desk.plan(MORNING)
    await desk.send()
    await desk.know(FIRST, MORE)
    await follow(desk, stance=Stance.MUTE)
    await desk.plan(MORNING + DAY)
    (said,) = await desk.send()
    assert said.startswith("Digest · 11 Jan 2022: nothing new since the last one")
    assert said.endswith("\n1 item left out, about what you mute: /following")


async def test_a_short_digest_is_a_few_lines_and_a_full_one_more(desk: Desk) -> None:
    stones = summary(
        "stones",
        "2022-01-11",
        events=[event("2022-01-11", f"Stone {n:02} is laid") for n in range(50)],
    )
    await desk.know(FIRST)
    for chat in (1, 2, 3):
        await desk.subscribe(chat)
    await desk.plan(MORNING)
    await desk.send()
    for chat, length in ((1, Length.SHORT), (3, Length.FULL)):
        known = await desk.ledger.read(subscriptions.subscription, chat, 0)
        assert known is not None
        await desk.ledger.write(preferences.set_length, known.id, length)
    await desk.know(FIRST, stones)
    await desk.plan(MORNING + DAY)
    short, normal, *full = await desk.send()
    assert [said.count("is laid") for said in (short, normal, "".join(full))] == [5, 30, 50]
    assert short.startswith("Digest · 11 Jan 2022\nThe harbour\n\nNew\n")
    assert short.endswith("and 45 more: /catchup")


async def test_chats_without_interests_share_what_they_are_sent(desk: Desk) -> None:
    await desk.know(FIRST)
    for chat in range(1, 6):
        await desk.subscribe(chat)
    await follow(desk, chat=4)
    await desk.ledger.write(
        interests.follow_or_mute,
        5,
        0,
        Interest(kind="topic", key="aaaaaaaaaaaa", stance=Stance.MUTE, name="not in the story"),
        chat_kind="private",
        now=NIGHT,
    )
    await desk.plan(MORNING)
    contents = await desk.rows("SELECT content FROM edition ORDER BY chat")
    assert len({row["content"] for row in contents}) == 2
    assert contents[4] == contents[0]
