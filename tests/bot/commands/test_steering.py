"""/why, /broadcast, /preview, /announce, and the buttons that do something."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.clock import ManualClock
from bot.sandbox.faults import Fault, Rule
from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import ChatType
from config.settings import Access
from store.ledger.values import DeliveryState
from tests.bot.conversation import ADMIN, NOW, READER, Conversation, conversation, labels
from tests.store.ledger.debts import subscribed

BOT = 1
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MORNING = datetime(2022, 1, 21, 8, tzinfo=NOW.tzinfo)
OTHER = 1002
REFUSED = "That command is for this bot's admins."


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(hour=NOW)


@pytest.fixture
async def talk(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Conversation]:
    people = (READER, OTHER, ADMIN)
    async with conversation(tmp_path / "data", clock=clock.now, people=people) as opened:
        yield opened


async def why(talk: Conversation) -> list[str]:
    return str((await talk.ask("/why"))["text"]).splitlines()[2:]


async def counted(talk: Conversation) -> dict[str, int]:
    rows = await talk.rows("SELECT state, COUNT(*) AS number FROM delivery GROUP BY state")
    return {row["state"]: row["number"] for row in rows}


def said(messages: list[JsonObject]) -> list[str]:
    return [message["text"] for message in messages]


async def test_why_tells_of_each_day(talk: Conversation, clock: ManualClock) -> None:
    assert await why(talk) == ["Nothing was due here yet. /subscribe begins the digest."]
    await talk.ask("/subscribe 8:00")
    clock.hour = MORNING
    await talk.deliver()
    parts = sum(m["text"].startswith("Digest · 21") for m in talk.messages())
    shown = f", {parts} parts" if parts > 1 else ""
    assert await why(talk) == [f"Today: sent 08:00{shown}"]
    clock.hour = MORNING + DAY + HOUR
    await talk.deliver()
    assert await why(talk) == ["Today: sent 09:00, late", f"Yesterday: sent 08:00{shown}"]


async def test_why_tells_of_silence_and_of_what_waits(
    talk: Conversation, clock: ManualClock
) -> None:
    await talk.ask("/subscribe 8:00")
    clock.hour = MORNING
    await talk.deliver()
    await talk.ledger.write(lambda db: db.execute("UPDATE subscription SET nothing_new='silence'"))
    clock.hour = MORNING + DAY
    await talk.deliver()
    assert (await why(talk))[0] == "Today: skipped: nothing new"
    await talk.ledger.write(lambda db: db.execute("UPDATE subscription SET nothing_new='say'"))
    flood = Rule(fault=Fault.FLOOD, method="sendMessage", chat_id=READER, times=1, seconds=719)
    talk.telegram.faults.set([flood])
    clock.hour = MORNING + 2 * DAY
    await talk.deliver()
    assert (await why(talk))[0] == "Today: waiting: Telegram asked us to wait 719 s"
    clock.hour = MORNING + 2 * DAY + timedelta(minutes=12)
    await talk.deliver()
    assert (await why(talk))[0] == "Today: sent 08:12 (Telegram asked us to wait 719 s)"


async def test_why_in_a_topic_tells_of_the_topic(talk: Conversation, clock: ManualClock) -> None:
    forum = talk.telegram.groups.create(
        READER, "Desk", type=ChatType.SUPERGROUP, members=(BOT,), is_forum=True
    )
    topic = talk.telegram.groups.open_topic(READER, forum.id, "Geneva")
    talk.telegram.people.send_text(READER, forum.id, "/subscribe 8:00", thread=topic.id)
    await talk.answered()
    clock.hour = MORNING
    await talk.deliver()
    for thread in (topic.id, None):
        talk.telegram.people.send_text(READER, forum.id, "/why", thread=thread)
    await talk.answered()
    in_topic, outside = said(talk.messages(forum.id))[-2:]
    assert "Today: sent 08:00" in in_topic
    assert "Nothing was due here yet" in outside


async def test_the_broadcast_is_halted_and_resumed_by_buttons(
    talk: Conversation, clock: ManualClock
) -> None:
    assert (await talk.ask("/broadcast", person=ADMIN))["text"] == "Nothing was broadcast yet."
    for person in (READER, OTHER):
        await talk.ask("/subscribe 8:00", person=person)
    clock.hour = MORNING
    flood = Rule(fault=Fault.FLOOD, method="sendMessage", times=2, seconds=60)
    talk.telegram.faults.set([flood])
    await talk.deliver()
    shown = await talk.ask("/broadcast", person=ADMIN)
    assert "waiting: " in shown["text"]
    assert labels(shown) == ["Halt", "Refresh"]
    halted = await talk.press(shown, "Halt", person=ADMIN)
    assert "halted: an admin pressed Halt" in halted["text"]
    assert labels(halted) == ["Resume", "Refresh"]
    clock.hour = MORNING + HOUR
    await talk.deliver()
    assert await counted(talk) == {DeliveryState.PLANNED: sum((await counted(talk)).values())}
    assert "halted" in (await talk.press(halted, "Refresh", person=ADMIN))["text"]
    resumed = await talk.press(halted, "Resume", person=ADMIN)
    assert "halted" not in resumed["text"]
    await talk.deliver()
    fresh = await talk.press(resumed, "Refresh", person=ADMIN)
    assert f"sent: {(await counted(talk))[DeliveryState.SENT]}" in fresh["text"]
    assert "waiting" not in fresh["text"]
    assert fresh["message_id"] == shown["message_id"]


@pytest.mark.parametrize("command", ["/broadcast", "/preview 1001", "/announce Hello all"])
async def test_a_reader_may_not_steer(talk: Conversation, command: str) -> None:
    assert (await talk.ask(command))["text"] == REFUSED


@pytest.mark.parametrize("data", ["d:h", "d:r", "d:b", "d:a", "d:l"])
async def test_a_reader_who_presses_an_admins_button_is_refused(
    talk: Conversation, data: str
) -> None:
    await talk.ask("/subscribe 8:00")
    shown = await talk.ask("/help")
    assert await talk.press_data(shown, data) == REFUSED
    assert await talk.rows("SELECT * FROM halt") == []
    assert await talk.rows("SELECT * FROM edition") == []
    assert talk.messages()[-1]["text"] == shown["text"]


async def test_a_preview_is_what_then_arrives(talk: Conversation, clock: ManualClock) -> None:
    await talk.ask("/subscribe 8:00")
    for _ in range(2):
        clock.hour = clock.hour.replace(hour=8) + DAY
        shown = await talk.say(f"/preview {READER}", person=ADMIN)
        before = len(talk.messages())
        await talk.deliver()
        arrived = talk.messages()[before:]
        assert [look(m) for m in shown] == [look(m) for m in arrived]
        assert not any("reply_markup" in m for m in shown)
    assert "nothing new" in talk.messages()[-1]["text"]


def look(message: JsonObject) -> tuple[object, ...]:
    """Return all of a message but its buttons, which in a preview would act on the wrong chat."""
    return message["text"], message.get("entities")


async def test_a_preview_says_where_nothing_would_be_sent(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data", access=Access.LISTED) as talk:
        await talk.ledger.write(subscribed, READER)
        said = await talk.ask(f"/preview {READER}", person=ADMIN)
    assert said["text"] == "It would be skipped: let in no more."


async def test_a_preview_changes_nothing(talk: Conversation, clock: ManualClock) -> None:
    await talk.ask("/subscribe 8:00")
    before = await talk.rows("SELECT * FROM subscription")
    clock.hour = MORNING
    await talk.say(f"/preview {READER}", person=ADMIN)
    assert await talk.rows("SELECT * FROM subscription") == before
    assert await talk.rows("SELECT * FROM edition") == []


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "/preview CHAT, the number of a chat"),
        ("Ann", "/preview CHAT, the number of a chat"),
        ("9" * 40, "/preview CHAT, the number of a chat"),
        ("--5", "/preview CHAT, the number of a chat"),
        ("-99", "Chat -99 has no subscription."),
    ],
)
async def test_a_preview_of_no_chat_says_so(talk: Conversation, words: str, answer: str) -> None:
    assert answer in (await talk.ask(f"/preview {words}".strip(), person=ADMIN))["text"]


async def announce(talk: Conversation, words: str) -> JsonObject:
    return await talk.ask(words, person=ADMIN)


async def test_an_announcement_is_sent_once_however_often_it_is_confirmed(
    talk: Conversation,
) -> None:
    for person in (READER, OTHER):
        await talk.ask("/subscribe 8:00", person=person)
    shown = await announce(talk, "/announce Back at *nine*\n\nAll of us")
    assert shown["text"] == "To be announced to 2 chats:\n\nBack at *nine*\n\nAll of us"
    assert labels(shown) == ["Send to 2", "Leave it"]
    await talk.toast(shown, "Send to 2", person=ADMIN, times=3)
    for _ in range(2):
        await talk.deliver()
    for person in (READER, OTHER):
        assert said(talk.messages(person)).count("Back at *nine*\n\nAll of us") == 1
    last = said(talk.messages(ADMIN))[-1]
    assert last.startswith("On its way to 2 chats.")


async def test_an_announcement_that_is_left_is_not_sent(talk: Conversation) -> None:
    await talk.ask("/subscribe 8:00")
    shown = await announce(talk, "/announce Hello")
    left = await talk.press(shown, "Leave it", person=ADMIN)
    assert (left["text"], labels(left)) == ("Nothing was announced.", [])
    await talk.deliver()
    assert "Hello" not in said(talk.messages())


@pytest.mark.parametrize(
    ("words", "announced"),
    [
        ("/announce\nOne line\nand another", "One line\nand another"),
        ("/announce@attache_sandbox_bot  Hello", "Hello"),
    ],
)
async def test_the_words_begin_behind_the_command(
    talk: Conversation, words: str, announced: str
) -> None:
    shown = (await announce(talk, words))["text"]
    assert shown.partition("\n\n")[2] == announced


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("/announce", "/announce TEXT, the words to be sent to all"),
        ("/announce " + "x" * 3600, "That is too long for one message."),
        ("/announce " + "😀" * 1800, "That is too long for one message."),
    ],
)
async def test_words_that_cannot_be_announced_are_refused(
    talk: Conversation, words: str, answer: str
) -> None:
    assert answer in (await announce(talk, words))["text"]
