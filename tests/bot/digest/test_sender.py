import asyncio
import warnings
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.warnings import PTBDeprecationWarning

from bot.digest.sender import (
    MOST_TRIES,
    Doubtful,
    Ended,
    Moved,
    Outcome,
    Postponed,
    Sender,
    Taken,
    TopicGone,
)
from bot.messages.message import Message
from bot.messages.parts import freeze
from bot.messages.text import bold, italic, link
from bot.sandbox.faults import Fault, Rule
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.limits import Limits
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.world import ChatType
from bot.transport import (
    AddressError,
    ConnectTimedOutError,
    DisconnectedError,
    NotConnectedError,
    PoolTimedOutError,
    ReadTimedOutError,
    TransportError,
    WriteTimedOutError,
)
from store.ledger.values import DeliveryState, EditionKind, Owed
from tests.bot.digest.senders import NOW, Failures, failing, sender_over

READER = 1001
BODY = bold("Digest") + " 😀 · " + italic("late") + "\n" + link("[1]", "https://t.me/x?start=s1")


CLOSED = (
    "chat not found",
    "PEER_ID_INVALID",
    "CHAT_WRITE_FORBIDDEN",
    "not enough rights to send text messages to the chat",
    "have no rights to send a message",
    "need administrator rights in the channel chat",
    "group chat was deactivated",
    "CHAT_RESTRICTED",
)


def owed(chat: int = READER, *, topic: int = 0, attempts: int = 0) -> Owed:
    return Owed(
        delivery=1,
        edition=1,
        kind=EditionKind.DIGEST,
        chat=chat,
        topic=topic,
        part=0,
        content=freeze(Message(BODY)),
        attempts=attempts,
        resent=False,
        message=None,
    )


@pytest.fixture
def telegram() -> Telegram:
    telegram = Telegram(limits=Limits(enabled=False))
    telegram.people.add("Ann", person_id=READER)
    telegram.people.start(READER)
    return telegram


@pytest.fixture
def failures() -> Failures:
    return Failures()


@pytest.fixture
async def sender(telegram: Telegram, failures: Failures) -> AsyncIterator[Sender]:
    made = sender_over(InProcessRequest(telegram), failures)
    async with made.bot:
        yield made


async def judged(telegram: Telegram, sender: Sender, rule: Rule) -> Outcome:
    telegram.faults.set([rule])
    return await sender(owed())


async def test_a_part_arrives_as_it_was_frozen(telegram: Telegram, sender: Sender) -> None:
    outcome = await sender(owed())
    arrived = telegram.transcript(READER)[-1]
    assert outcome == Taken(message=arrived["message_id"])
    assert arrived["text"] == BODY.plain
    kept = [(e["type"], e["offset"], e["length"], e.get("url")) for e in arrived["entities"]]
    assert kept == [(e.type, e.offset, e.length, e.url) for e in BODY.entities()]
    assert arrived["link_preview_options"] == {"is_disabled": True}


async def test_a_part_goes_to_its_topic(telegram: Telegram, sender: Sender) -> None:
    forum = telegram.groups.create(
        READER, "Desk", type=ChatType.SUPERGROUP, members=(sender.bot.id,), is_forum=True
    )
    topic = telegram.groups.open_topic(READER, forum.id, "Geneva")
    assert isinstance(await sender(owed(forum.id, topic=topic.id)), Taken)
    assert isinstance(await sender(owed(forum.id)), Taken)
    threads = [m.get("message_thread_id") for m in telegram.transcript(forum.id) if "text" in m]
    assert threads == [topic.id, None]


@pytest.mark.parametrize("seconds", [1, 43_838])
async def test_a_flood_wait_puts_the_part_off_until_it_is_over(
    telegram: Telegram, sender: Sender, seconds: int
) -> None:
    outcome = await judged(telegram, sender, Rule(fault=Fault.FLOOD, seconds=seconds))
    assert outcome == Postponed(
        until=NOW + timedelta(seconds=seconds + 1),
        reason=f"Telegram asked us to wait {seconds} s",
        chat=True,
    )


@pytest.mark.parametrize(
    "text",
    [
        "bot was blocked by the user",
        "user is deactivated",
        "bot was kicked from the supergroup chat",
        "bot can't initiate conversation with a user",
    ],
)
async def test_a_chat_that_is_closed_to_the_bot_is_closed_in_the_ledger(
    telegram: Telegram, sender: Sender, text: str
) -> None:
    outcome = await judged(telegram, sender, Rule(fault=Fault.FORBIDDEN, text=text))
    assert isinstance(outcome, Ended)
    assert outcome.reason.casefold() == f"forbidden: {text}"
    assert (outcome.state, outcome.chat_closed) == (DeliveryState.FAILED, True)


async def test_a_group_that_moved_names_its_new_number(telegram: Telegram, sender: Sender) -> None:
    assert await judged(telegram, sender, Rule(fault=Fault.MIGRATED, chat_to=-1001)) == Moved(
        to=-1001
    )


async def test_a_group_that_became_a_supergroup_is_followed(
    telegram: Telegram, sender: Sender
) -> None:
    group = telegram.groups.create(READER, "Desk", members=(sender.bot.id,))
    new = telegram.groups.migrate(READER, group.id)
    assert await sender(owed(group.id)) == Moved(to=new.id)


@pytest.mark.parametrize("text", CLOSED)
async def test_a_chat_that_takes_nothing_is_closed_and_not_tried_in_plain_text(
    telegram: Telegram, sender: Sender, failures: Failures, text: str
) -> None:
    outcome = await judged(telegram, sender, Rule(fault=Fault.BAD_REQUEST, text=text))
    assert isinstance(outcome, Ended)
    assert (outcome.state, outcome.chat_closed) == (DeliveryState.FAILED, True)
    assert failures.heard == ["BadRequest"]


@pytest.mark.parametrize(
    "text", ["message thread not found", "TOPIC_DELETED", "Bad Request: TOPIC_CLOSED"]
)
async def test_a_topic_that_is_gone_is_told_from_its_chat(
    telegram: Telegram, sender: Sender, text: str
) -> None:
    telegram.faults.set([Rule(fault=Fault.BAD_REQUEST, text=text)])
    assert await sender(owed(topic=7)) == TopicGone()
    # Where there is no topic it is a refusal like any other: no end of falling back.
    outcome = await sender(owed())
    assert isinstance(outcome, Ended)
    assert outcome.state is DeliveryState.FAILED


async def test_a_topic_that_a_forum_never_had_is_gone(telegram: Telegram, sender: Sender) -> None:
    forum = telegram.groups.create(
        READER, "Desk", type=ChatType.SUPERGROUP, members=(sender.bot.id,), is_forum=True
    )
    assert await sender(owed(forum.id, topic=999)) == TopicGone()


ENTITIES = "can't parse entities: unsupported start tag"


async def test_a_part_whose_styles_are_refused_goes_as_plain_text_once_and_that_is_noted(
    telegram: Telegram, sender: Sender, failures: Failures
) -> None:
    outcome = await judged(telegram, sender, Rule(fault=Fault.BAD_REQUEST, text=ENTITIES, times=1))
    arrived = telegram.transcript(READER)[-1]
    assert isinstance(outcome, Taken)
    assert outcome.message == arrived["message_id"]
    assert outcome.note is not None
    assert outcome.note.casefold() == f"sent as plain text: {ENTITIES}"
    assert (arrived["text"], arrived.get("entities", [])) == (BODY.plain, [])
    assert failures.heard == ["BadRequest"]


async def test_a_part_that_is_refused_as_plain_text_too_has_failed(
    telegram: Telegram, sender: Sender, failures: Failures
) -> None:
    before = len(telegram.transcript(READER))
    outcome = await judged(telegram, sender, Rule(fault=Fault.BAD_REQUEST, text=ENTITIES))
    assert isinstance(outcome, Ended)
    assert (outcome.state, outcome.chat_closed) == (DeliveryState.FAILED, False)
    assert failures.heard == ["BadRequest", "BadRequest"]
    assert len(telegram.transcript(READER)) == before


async def test_a_flood_wait_for_the_plain_text_is_one_too(
    telegram: Telegram, sender: Sender, failures: Failures
) -> None:
    telegram.faults.set(
        [
            Rule(fault=Fault.BAD_REQUEST, text=ENTITIES, times=1),
            Rule(fault=Fault.FLOOD, nth=2, seconds=5),
        ]
    )
    outcome = await sender(owed())
    assert isinstance(outcome, Postponed)
    assert (outcome.until, outcome.chat) == (NOW + timedelta(seconds=6), True)
    assert failures.heard == ["BadRequest", "RetryAfter"]


@pytest.mark.parametrize("code", [500, 502, 504])
async def test_a_server_that_fails_is_tried_again_ever_later_and_not_for_ever(
    telegram: Telegram, sender: Sender, code: int
) -> None:
    telegram.faults.set([Rule(fault=Fault.SERVER_ERROR, code=code)])
    waits: list[float] = []
    for attempts in range(MOST_TRIES - 1):
        outcome = await sender(owed(attempts=attempts))
        assert isinstance(outcome, Postponed)
        assert (outcome.tried, outcome.chat) == (True, False)
        assert outcome.reason.startswith("possible repeat: Telegram's server failed")
        waits.append((outcome.until - NOW).total_seconds())
    assert waits == [10.0, 20.0, 40.0, 80.0, 160.0]
    last = await sender(owed(attempts=MOST_TRIES - 1))
    assert isinstance(last, Ended)
    assert (last.state, last.chat_closed) == (DeliveryState.FAILED, False)


@settings(max_examples=30)
@given(st.floats(0, 1), st.integers(0, MOST_TRIES - 2))
def test_the_wait_after_a_failed_server_is_spread_and_has_an_end(
    jitter: float, attempts: int
) -> None:
    sender = replace(failing(NetworkError("x")), jitter=lambda: jitter)
    outcome = asyncio.run(sender(owed(attempts=attempts)))
    assert isinstance(outcome, Postponed)
    longest = min(20 * 2**attempts, 600)
    assert longest / 2 <= (outcome.until - NOW).total_seconds() <= longest


async def test_an_answer_that_is_lost_leaves_a_part_in_doubt(
    telegram: Telegram, sender: Sender
) -> None:
    before = len(telegram.transcript(READER))
    outcome = await judged(telegram, sender, Rule(fault=Fault.ANSWER_LOST))
    assert isinstance(outcome, Doubtful)
    assert SANDBOX_TOKEN not in outcome.reason
    assert len(telegram.transcript(READER)) == before + 1


@pytest.mark.parametrize("wait", [7, timedelta(seconds=7)])
async def test_a_wait_is_understood_as_a_number_and_as_a_span(
    monkeypatch: pytest.MonkeyPatch, wait: int | timedelta
) -> None:
    if isinstance(wait, int):
        monkeypatch.delenv("PTB_TIMEDELTA")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBDeprecationWarning)
        outcome = await failing(RetryAfter(wait))(owed())
    assert outcome == Postponed(
        until=NOW + timedelta(seconds=8), reason="Telegram asked us to wait 7 s", chat=True
    )


def correction(message: int, text: str = "Corrected") -> Owed:
    part = freeze(Message(bold(text)))
    return replace(owed(), kind=EditionKind.CORRECTION, message=message, content=part)


async def test_a_correction_edits_the_message_that_is_there(
    telegram: Telegram, sender: Sender
) -> None:
    sent = await sender(owed())
    assert isinstance(sent, Taken)
    before = len(telegram.transcript(READER))
    assert await sender(correction(sent.message)) == Taken(message=sent.message)
    shown = telegram.transcript(READER)
    assert (len(shown), shown[-1]["text"]) == (before, "Corrected")
    again = await sender(correction(sent.message))
    assert again == Taken(message=sent.message, note="it was so already")


async def test_a_correction_of_a_message_that_is_gone_is_skipped_and_nothing_new_is_sent(
    telegram: Telegram, sender: Sender
) -> None:
    before = telegram.transcript(READER)
    outcome = await sender(correction(98_765))
    assert isinstance(outcome, Ended)
    assert (outcome.state, outcome.chat_closed) == (DeliveryState.SKIPPED, False)
    telegram.faults.set([Rule(fault=Fault.BAD_REQUEST, text="message can't be edited")])
    outcome = await sender(correction(1))
    assert isinstance(outcome, Ended)
    assert outcome.state is DeliveryState.SKIPPED
    assert telegram.transcript(READER) == before


@pytest.mark.parametrize(
    "kind", [NotConnectedError, AddressError, ConnectTimedOutError, PoolTimedOutError]
)
async def test_what_never_left_is_owed_again_soon(kind: type[TransportError]) -> None:
    outcome = await failing(kind("sendMessage: not sent"))(owed())
    assert isinstance(outcome, Postponed)
    assert NOW < outcome.until <= NOW + timedelta(minutes=1)
    assert (outcome.chat, outcome.tried) == (False, False)
    assert "not sent" in outcome.reason


@pytest.mark.parametrize("kind", [ReadTimedOutError, WriteTimedOutError, DisconnectedError])
async def test_what_broke_on_the_way_is_uncertain(kind: type[TransportError]) -> None:
    outcome = await failing(kind("sendMessage: perhaps sent"))(owed())
    assert isinstance(outcome, Doubtful)
    assert "perhaps sent" in outcome.reason


async def test_an_answer_that_is_none_leaves_a_part_in_doubt() -> None:
    assert isinstance(await failing(TelegramError("Invalid server response"))(owed()), Doubtful)
    assert isinstance(await failing(TimedOut())(owed()), Doubtful)


async def test_a_refused_token_concerns_every_part_and_is_raised(telegram: Telegram) -> None:
    wrong = SANDBOX_TOKEN[:-1] + ("a" if SANDBOX_TOKEN[-1] != "a" else "b")
    failures = Failures()
    with pytest.raises(InvalidToken):
        await sender_over(InProcessRequest(telegram), failures, wrong)(owed())
    assert failures.heard == ["InvalidToken"]
