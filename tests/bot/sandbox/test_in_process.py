"""python-telegram-bot's own Bot over the in-process front."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, MessageEntity
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.sandbox.faults import Fault, Rule
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.limits import Limits
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.world import User
from tests.bot.sandbox.calling import PHOTO


@pytest.fixture
async def ptb(telegram: Telegram) -> AsyncIterator[Bot]:
    bot = Bot(
        SANDBOX_TOKEN,
        request=InProcessRequest(telegram),
        get_updates_request=InProcessRequest(telegram),
    )
    async with bot:
        yield bot


async def test_texts_entities_and_buttons_arrive(telegram: Telegram, ann: User, ptb: Bot) -> None:
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])

    sent = await ptb.send_message(
        ann.id,
        "😀 bold",
        entities=[MessageEntity(MessageEntity.BOLD, 3, 4)],
        reply_markup=buttons,
    )

    assert sent.parse_entities() == {sent.entities[0]: "bold"}
    assert sent.reply_markup == buttons
    assert telegram.transcript(ann.id)[-1]["text"] == "😀 bold"
    assert telegram.oddities == []


async def test_files_go_up_and_down(telegram: Telegram, ann: User, ptb: Bot) -> None:
    sent = await ptb.send_photo(ann.id, PHOTO.data, caption="map", filename="map.png")
    file = await sent.photo[-1].get_file()
    album = await ptb.send_media_group(
        ann.id, [InputMediaPhoto(PHOTO.data), InputMediaPhoto(sent.photo[-1].file_id)]
    )

    assert bytes(await file.download_as_bytearray()) == PHOTO.data
    assert len({message.media_group_id for message in album}) == 1
    assert telegram.oddities == []


async def test_a_file_that_is_not_there_is_an_error(ann: User, ptb: Bot) -> None:
    sent = await ptb.send_photo(ann.id, PHOTO.data)
    file = await sent.photo[-1].get_file()
    assert file.file_path is not None

    request = ptb.request
    with pytest.raises(InvalidToken):
        await request.retrieve(file.file_path.replace("file_u", "file_x"))
    with pytest.raises(InvalidToken):
        await request.retrieve(file.file_path.replace(SANDBOX_TOKEN, "1:wrong"))


async def test_refusals_become_the_librarys_errors(telegram: Telegram, ann: User, ptb: Bot) -> None:
    group = telegram.groups.create(ann.id, "Desk", members=(1,))
    new = telegram.groups.migrate(ann.id, group.id)

    with pytest.raises(BadRequest, match="Chat not found"):
        await ptb.send_message(77, "x")
    with pytest.raises(ChatMigrated) as moved:
        await ptb.send_message(group.id, "x")
    telegram.people.block(ann.id)
    with pytest.raises(Forbidden, match="blocked by the user"):
        await ptb.send_message(ann.id, "x")
    await ptb.set_webhook("https://example.org/")
    with pytest.raises(Conflict, match="webhook is active"):
        await ptb.get_updates()

    assert moved.value.new_chat_id == new.id


async def test_a_wrong_token_is_invalid(telegram: Telegram) -> None:
    bot = Bot("1:wrong", request=InProcessRequest(telegram))

    with pytest.raises(InvalidToken):
        await bot.initialize()


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_a_planned_flood_wait_becomes_retry_after(
    telegram: Telegram, ann: User, ptb: Bot
) -> None:
    telegram.faults.set([Rule(fault=Fault.FLOOD, method="sendMessage", seconds=43_838)])

    with pytest.raises(RetryAfter) as told:
        await ptb.send_message(ann.id, "x")

    assert told.value._retry_after.total_seconds() == 43_838


async def test_broken_connections_are_carried_out(telegram: Telegram, ann: User, ptb: Bot) -> None:
    telegram.faults.set(
        [
            Rule(fault=Fault.RESET, times=1),
            Rule(fault=Fault.ANSWER_LOST, nth=2, times=1),
            Rule(fault=Fault.SERVER_ERROR, nth=3, times=1),
        ]
    )

    with pytest.raises(NetworkError, match="reset"):
        await ptb.send_message(ann.id, "reset")
    with pytest.raises(TimedOut, match="lost"):
        await ptb.send_message(ann.id, "lost")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await ptb.send_message(ann.id, "refused")

    assert [one["text"] for one in telegram.transcript(ann.id)] == ["/start", "lost"]


async def test_a_slow_answer_comes_late_or_times_out(
    telegram: Telegram, ann: User, ptb: Bot
) -> None:
    telegram.faults.set([Rule(fault=Fault.SLOW, seconds=0.05)])

    started = time.monotonic()
    await ptb.send_message(ann.id, "late")
    took = time.monotonic() - started
    with pytest.raises(TimedOut):
        await ptb.send_message(ann.id, "too late", read_timeout=0.01)

    assert took >= 0.05
    assert [one["text"] for one in telegram.transcript(ann.id)[1:]] == ["late", "too late"]


async def test_a_long_poll_ends_when_something_happens(
    telegram: Telegram, ann: User, ptb: Bot
) -> None:
    first = await ptb.get_updates()
    loop = asyncio.get_running_loop()
    loop.call_later(0.05, telegram.people.send_text, ann.id, ann.id, "now")

    started = time.monotonic()
    updates = await ptb.get_updates(offset=first[-1].update_id + 1, timeout=10)

    assert [update.message.text for update in updates if update.message] == ["now"]
    assert 0.04 < time.monotonic() - started < 5
    assert telegram.state.update_watchers == []


async def test_a_long_poll_ends_empty_after_its_time(telegram: Telegram, ptb: Bot) -> None:
    started = time.monotonic()

    assert await ptb.get_updates(timeout=1) == ()
    assert time.monotonic() - started >= 0.9
    assert telegram.state.update_watchers == []


async def test_many_senders_at_once_do_not_disturb_each_other(
    telegram: Telegram, ann: User, ptb: Bot
) -> None:
    telegram.limits = Limits(enabled=False)

    await asyncio.gather(*(ptb.send_message(ann.id, str(number)) for number in range(50)))

    sent = [one["text"] for one in telegram.transcript(ann.id)[1:]]
    assert sorted(map(int, sent)) == list(range(50))


async def test_a_request_without_parameters_is_answered(telegram: Telegram) -> None:
    front = InProcessRequest(telegram)

    status, body = await front.do_request(f"https://api/bot{SANDBOX_TOKEN}/getMe", "POST")

    assert (status, body[:11]) == (200, b'{"ok": true')
