from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot
from telegram.error import InvalidToken
from telegram.request import BaseRequest, RequestData

from bot.digest.sender import Ended, Outcome, Postponed, Sender, Taken
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
from store.ledger.values import DeliveryState, Owed

NOW = datetime(2022, 1, 10, 8, tzinfo=UTC)
READER = 1001
BODY = bold("Digest") + " 😀 · " + italic("late") + "\n" + link("[1]", "https://t.me/x?start=s1")


def owed(chat: int = READER, *, topic: int = 0) -> Owed:
    return Owed(
        delivery=1,
        edition=1,
        chat=chat,
        topic=topic,
        part=0,
        content=freeze(Message(BODY)),
        attempts=0,
    )


@pytest.fixture
def telegram() -> Telegram:
    telegram = Telegram(limits=Limits(enabled=False))
    telegram.people.add("Ann", person_id=READER)
    telegram.people.start(READER)
    return telegram


@pytest.fixture
async def sender(telegram: Telegram) -> AsyncIterator[Sender]:
    async with Bot(SANDBOX_TOKEN, request=InProcessRequest(telegram)) as bot:
        yield Sender(bot=bot, clock=lambda: NOW)


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


@pytest.mark.parametrize(
    "rule",
    [
        Rule(fault=Fault.BAD_REQUEST, text="message thread not found"),
        Rule(fault=Fault.MIGRATED, chat_to=-1001),
    ],
)
async def test_what_telegram_refuses_was_surely_not_sent(
    telegram: Telegram, sender: Sender, rule: Rule
) -> None:
    outcome = await judged(telegram, sender, rule)
    assert isinstance(outcome, Ended)
    assert (outcome.state, outcome.chat_closed) == (DeliveryState.FAILED, False)
    assert outcome.reason


@pytest.mark.parametrize(
    "rule",
    [
        Rule(fault=Fault.SERVER_ERROR, code=500),
        Rule(fault=Fault.SERVER_ERROR, code=502),
        Rule(fault=Fault.SERVER_ERROR, code=504),
        Rule(fault=Fault.RESET),
        Rule(fault=Fault.ANSWER_LOST),
    ],
)
async def test_what_has_no_answer_may_have_been_sent(
    telegram: Telegram, sender: Sender, rule: Rule
) -> None:
    outcome = await judged(telegram, sender, rule)
    assert isinstance(outcome, Ended)
    assert (outcome.state, outcome.chat_closed) == (DeliveryState.UNCERTAIN, False)
    assert outcome.reason
    assert SANDBOX_TOKEN not in outcome.reason


class Failing(BaseRequest):
    """A connection on which every request ends in one error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    @property
    def read_timeout(self) -> float | None:
        return 1.0

    async def initialize(self) -> None:
        """Open nothing."""

    async def shutdown(self) -> None:
        """Close nothing."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        del url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        raise self.error


def failing(error: Exception) -> Sender:
    return Sender(bot=Bot(SANDBOX_TOKEN, request=Failing(error)), clock=lambda: NOW)


@pytest.mark.parametrize(
    "kind", [NotConnectedError, AddressError, ConnectTimedOutError, PoolTimedOutError]
)
async def test_what_never_left_is_owed_again_soon(kind: type[TransportError]) -> None:
    outcome = await failing(kind("sendMessage: not sent"))(owed())
    assert isinstance(outcome, Postponed)
    assert NOW < outcome.until <= NOW + timedelta(minutes=1)
    assert "not sent" in outcome.reason


@pytest.mark.parametrize("kind", [ReadTimedOutError, WriteTimedOutError, DisconnectedError])
async def test_what_broke_on_the_way_is_uncertain(kind: type[TransportError]) -> None:
    outcome = await failing(kind("sendMessage: perhaps sent"))(owed())
    assert isinstance(outcome, Ended)
    assert outcome.state is DeliveryState.UNCERTAIN
    assert "perhaps sent" in outcome.reason


async def test_a_refused_token_concerns_every_part_and_is_raised(telegram: Telegram) -> None:
    wrong = SANDBOX_TOKEN[:-1] + ("a" if SANDBOX_TOKEN[-1] != "a" else "b")
    sender = Sender(bot=Bot(wrong, request=InProcessRequest(telegram)), clock=lambda: NOW)
    with pytest.raises(InvalidToken):
        await sender(owed())
