"""The buttons below a digest, and groups that move to another number."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from telegram import Update

from bot.sandbox.clock import ManualClock
from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import Chat, ChatType
from store.ledger import inbox
from tests.bot.conversation import ADMIN, NOW, READER, Conversation, conversation, labels

BOT = 1
DAY = timedelta(days=1)
MORNING = datetime(2022, 1, 21, 8, tzinfo=NOW.tzinfo)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(hour=NOW)


@pytest.fixture
async def talk(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Conversation]:
    async with conversation(tmp_path / "data", clock=clock.now) as opened:
        yield opened


@pytest.fixture
def group(talk: Conversation) -> Chat:
    """Give a group of the reader's, with an ordinary member in it."""
    return talk.telegram.groups.create(
        READER, "Desk", type=ChatType.SUPERGROUP, members=(BOT, ADMIN)
    )


async def digest_of(talk: Conversation, chat: int = READER) -> JsonObject:
    """Deliver, and return the last part of the digest, which carries the buttons."""
    await talk.deliver()
    last = talk.messages(chat)[-1]
    assert labels(last) == ["Follow or mute…", "Pause for a week", "Stop"]
    return last


async def dates(talk: Conversation) -> list[str]:
    rows = await talk.rows("SELECT local_date FROM edition WHERE kind = 'digest' ORDER BY id")
    return [row["local_date"] for row in rows]


async def live(talk: Conversation, clock: ManualClock, days: int) -> None:
    """Let days pass, an hour at a time."""
    for _ in range(days * 24):
        clock.advance(3600)
        await talk.deliver()


async def test_a_pause_lasts_a_week(talk: Conversation, clock: ManualClock) -> None:
    await talk.ask("/subscribe 8:00")
    clock.hour = MORNING
    shown = await digest_of(talk)
    for _ in range(2):
        await talk.toast(shown, "Pause for a week")
        assert talk.messages()[-1]["text"] == "Paused: the next digest comes on 29 Jan 2022."
    await live(talk, clock, 9)
    assert await dates(talk) == ["2022-01-21", "2022-01-29", "2022-01-30"]


async def test_going_on_brings_no_date_a_second_time(
    talk: Conversation, clock: ManualClock
) -> None:
    await talk.ask("/subscribe 8:00")
    clock.hour = MORNING
    shown = await digest_of(talk)
    # Later today it would be due again, were today not decided on.
    await talk.ask("/subscribe 20:00")
    await talk.toast(shown, "Pause for a week")
    paused = talk.messages()[-1]
    assert labels(paused) == ["Go on now"]
    for _ in range(2):
        await talk.toast(paused, "Go on now")
        words = "The digest goes on, at 20:00 (UTC), first on 22 Jan 2022."
        assert talk.messages()[-1]["text"] == words
    await live(talk, clock, 2)
    assert await dates(talk) == ["2022-01-21", "2022-01-22"]


async def test_subscribing_anew_ends_a_pause(talk: Conversation, clock: ManualClock) -> None:
    await talk.ask("/subscribe 8:00")
    clock.hour = MORNING
    await talk.toast(await digest_of(talk), "Pause for a week")
    clock.hour = MORNING + timedelta(hours=1)
    assert "first on 22 Jan 2022" in (await talk.ask("/subscribe"))["text"]


async def test_a_digest_is_stopped_by_its_button(talk: Conversation, clock: ManualClock) -> None:
    await talk.ask("/subscribe 8:00")
    clock.hour = MORNING
    shown = await digest_of(talk)
    await talk.toast(shown, "Stop")
    assert talk.messages()[-1]["text"].startswith("No digest comes any more.")
    for label in ("Stop", "Pause for a week"):
        await talk.toast(shown, label)
        assert talk.messages()[-1]["text"].startswith("No digest was coming here.")
    await live(talk, clock, 2)
    assert await dates(talk) == ["2022-01-21"]


@pytest.mark.parametrize("label", ["Pause for a week", "Stop"])
async def test_in_a_group_only_its_admins_may_press(
    talk: Conversation, clock: ManualClock, group: Chat, label: str
) -> None:
    await talk.say("/subscribe 8:00", chat=group.id)
    clock.hour = MORNING
    shown = await digest_of(talk, group.id)
    before = await talk.rows("SELECT * FROM subscription")
    await talk.toast(shown, label, person=ADMIN)
    assert talk.messages(group.id)[-1]["text"] == "In a group, its admins decide on the digest."
    assert await talk.rows("SELECT * FROM subscription") == before
    await talk.toast(shown, label)
    assert await talk.rows("SELECT * FROM subscription") != before


async def test_a_bot_that_writes_as_the_group_makes_nobody_an_admin(
    talk: Conversation, clock: ManualClock, group: Chat
) -> None:
    await talk.say("/subscribe 8:00", chat=group.id)
    clock.hour = MORNING
    shown = await digest_of(talk, group.id)
    before = await talk.rows("SELECT * FROM subscription")
    talk.telegram.people.press(ADMIN, group.id, shown["message_id"], label="Stop")
    (pressed,) = await talk.app.bot.get_updates(timeout=0)
    seen = pressed.to_dict()
    seen["callback_query"]["message"]["sender_chat"] = shown["chat"]
    update = Update.de_json(seen, talk.app.bot)
    await talk.app.process_update(update)
    assert talk.troubles == []
    assert talk.messages(group.id)[-1]["text"] == "In a group, its admins decide on the digest."
    assert await talk.rows("SELECT * FROM subscription") == before


async def test_a_group_that_becomes_a_supergroup_keeps_its_digest(
    talk: Conversation, clock: ManualClock
) -> None:
    group = talk.telegram.groups.create(READER, "Desk", members=(BOT,))
    await talk.say("/subscribe 8:00", chat=group.id)
    new = talk.telegram.groups.migrate(READER, group.id)
    await talk.answered()
    (row,) = await talk.rows("SELECT chat, state FROM subscription")
    assert row == {"chat": new.id, "state": "on"}
    clock.hour = MORNING
    await digest_of(talk, new.id)
    assert await dates(talk) == ["2022-01-21"]
    assert talk.messages(group.id)[-1]["text"].startswith("The digest comes each day")


async def test_a_group_that_moves_unseen_is_followed_when_its_digest_is_sent(
    talk: Conversation, clock: ManualClock
) -> None:
    group = talk.telegram.groups.create(READER, "Desk", members=(BOT,))
    await talk.say("/subscribe 8:00", chat=group.id)
    new = talk.telegram.groups.migrate(READER, group.id)
    clock.hour = MORNING
    await digest_of(talk, new.id)
    # The service messages come later, and tell nothing new.
    await talk.answered()
    await talk.deliver()
    assert await dates(talk) == ["2022-01-21"]
    (row,) = await talk.rows("SELECT chat FROM subscription")
    assert row == {"chat": new.id}


async def test_a_pause_that_is_handled_again_after_a_kill_stays_the_pause_it_was(
    talk: Conversation, clock: ManualClock
) -> None:
    await talk.ask("/subscribe 8:00")
    clock.hour = MORNING
    shown = await digest_of(talk)
    talk.telegram.people.press(READER, READER, shown["message_id"], label="Pause for a week")
    (update,) = await talk.app.bot.get_updates(timeout=0)
    came = inbox.arrival(update.update_id, READER, update.to_dict())
    await talk.ledger.write(inbox.keep, came)
    for _ in range(2):
        await talk.app.process_update(update)
        assert talk.messages()[-1]["text"] == "Paused: the next digest comes on 29 Jan 2022."
        clock.hour += DAY
    await live(talk, clock, 6)
    assert await dates(talk) == ["2022-01-21", "2022-01-29"]
