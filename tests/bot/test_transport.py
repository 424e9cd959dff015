import asyncio
import copy
import io
import json
import logging
import socket
import tempfile
import traceback
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, TimedOut

from bot.transport import (
    AddressError,
    AiohttpRequest,
    ConnectTimedOutError,
    DisconnectedError,
    NotConnectedError,
    PoolTimedOutError,
    ReadTimedOutError,
    Sent,
    Timeouts,
    TransportError,
    WriteTimedOutError,
)
from config.logs import configure
from tests.bot.servers import (
    QUICK,
    TOKEN,
    YES,
    Reaction,
    Telegram,
    answer,
    cut_short,
    failure,
    hang_up,
    listening,
    no_http,
    reset,
    say_nothing,
    take_nothing,
)

SECRET_HALF = TOKEN.partition(":")[2]
ME = b'{"ok":true,"result":{"id":123456789,"is_bot":true,"first_name":"A","username":"a_bot"}}'
MESSAGE = b'{"ok":true,"result":{"message_id":7,"date":0,"chat":{"id":1,"type":"private"}}}'


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    fake = Telegram()
    async with listening(fake.handle) as port:
        fake.url = f"http://127.0.0.1:{port}/bot"
        yield fake


@pytest.fixture
async def transport() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(timeouts=QUICK) as request:
        yield request


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    requests = AiohttpRequest(timeouts=QUICK), AiohttpRequest(timeouts=QUICK)
    telegram.reactions.append(answer(ME))
    url, file_url = telegram.url, telegram.url.replace("/bot", "/file/bot")
    async with Bot(TOKEN, url, file_url, requests[0], requests[1]) as bot:
        yield bot


async def test_an_unchanged_bot_uses_it(telegram: Telegram) -> None:
    telegram.reactions.append(answer(ME))

    async with Bot(TOKEN, base_url=telegram.url, request=AiohttpRequest()) as bot:
        username = bot.username

    assert username == "a_bot"


async def test_json_is_sent_as_ptb_encodes_it(bot: Bot, telegram: Telegram) -> None:
    telegram.reactions.append(answer(MESSAGE))

    await bot.send_message(1, "Zürich & 北京 = 1+1", disable_notification=True)

    head, body = telegram.requests[-1]
    assert head.startswith(f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\n")
    assert "Content-Type: application/json\r\n" in head
    assert json.loads(body) == {
        "chat_id": "1",
        "text": "Zürich & 北京 = 1+1",
        "disable_notification": "true",
    }


async def test_one_connection_serves_many_requests(
    transport: AiohttpRequest, telegram: Telegram
) -> None:
    results = [await telegram.post(transport) for _ in range(3)]

    assert results == [True, True, True]
    assert len(telegram.connections) == 1


@pytest.mark.parametrize("size", [0, 10, 3_000_000])
async def test_bytes_are_uploaded(bot: Bot, telegram: Telegram, size: int) -> None:
    telegram.reactions.append(answer(MESSAGE))

    await bot.send_document(1, b"x" * size, caption="Łódź — 北京", filename="北京 «1».png")

    head, body = telegram.requests[-1]
    assert "Content-Type: multipart/form-data; boundary=" in head
    assert 'name="document"; filename="北京 «1».png"' in body.decode()
    assert "Content-Type: image/png" in body.decode()
    assert "\r\n\r\nŁódź — 北京\r\n" in body.decode()
    assert body.count(b"\r\n\r\n" + b"x" * size + b"\r\n--") == 1


async def test_an_open_file_is_uploaded_whole_each_time_and_left_open(
    bot: Bot, telegram: Telegram
) -> None:
    content = b"0123456789" * 50_000
    with tempfile.TemporaryFile() as file:
        file.write(content)
        upload = InputFile(file, filename="a.bin", read_file_handle=False)
        for _ in range(2):
            telegram.reactions.append(answer(MESSAGE))
            await bot.send_document(1, upload)

        assert not file.closed
    assert [content in body for _, body in telegram.requests[-2:]] == [True, True]


async def test_a_file_is_downloaded(bot: Bot, telegram: Telegram) -> None:
    telegram.reactions += [
        answer(b'{"ok":true,"result":{"file_id":"a","file_unique_id":"b","file_path":"c/d e"}}'),
        answer(b"content"),
    ]

    content = await (await bot.get_file("a")).download_as_bytearray()

    assert content == b"content"
    assert telegram.requests[-1][0].startswith(f"GET /file/bot{TOKEN}/c/d%20e HTTP/1.1\r\n")


async def test_a_long_poll_may_last_longer_than_the_read_timeout(
    bot: Bot, telegram: Telegram
) -> None:
    telegram.reactions.append(answer(b'{"ok":true,"result":[]}', after=0.6))

    assert await bot.get_updates(timeout=1) == ()


async def test_a_long_poll_has_a_margin_though_reads_wait_for_ever(telegram: Telegram) -> None:
    telegram.reactions.append(answer(b'{"ok":true,"result":[]}', after=1.2))
    transport = AiohttpRequest(timeouts=Timeouts(read=None))
    bot = Bot(TOKEN, telegram.url, request=AiohttpRequest(), get_updates_request=transport)

    async with transport:
        assert await bot.get_updates(timeout=1) == ()


async def test_answers_of_telegram_are_left_to_ptb(
    transport: AiohttpRequest, telegram: Telegram
) -> None:
    telegram.reactions += [
        answer(b'{"ok":false,"description":"Bad Request: chat not found"}', "400 Bad Request"),
        answer(b"<html>nginx</html>", "502 Bad Gateway"),
        answer(b"", "302 Found\r\nLocation: http://127.0.0.1:1/"),
    ]

    errors = [await failure(telegram.post(transport)) for _ in range(3)]

    assert [type(error) for error in errors] == [BadRequest, NetworkError, NetworkError]
    assert str(errors[0]) == "Chat not found"
    assert "Bad Gateway (502)" in str(errors[1])
    assert len(telegram.requests) == 3


@pytest.mark.parametrize("reaction", [hang_up, reset, cut_short, no_http])
@pytest.mark.parametrize("earlier", [0, 1])
async def test_a_lost_connection_may_have_sent_and_is_not_tried_again(
    transport: AiohttpRequest, telegram: Telegram, reaction: Reaction, earlier: int
) -> None:
    for _ in range(earlier):  # so that the connection is a reused one
        await telegram.post(transport)
    telegram.reactions.append(reaction)

    error = await failure(telegram.post(transport))

    assert isinstance(error, DisconnectedError)
    assert error.sent is Sent.MAYBE
    assert str(error).startswith("sendMessage: perhaps sent")
    await asyncio.sleep(0.05)
    assert len(telegram.requests) == earlier + 1
    assert await telegram.post(transport) is True


async def test_an_idle_connection_closed_just_before_reuse_may_have_sent(
    transport: AiohttpRequest, telegram: Telegram
) -> None:
    await telegram.post(transport)

    # Nothing is awaited in between, so the client cannot have noticed.
    telegram.connections[0].get_extra_info("socket").shutdown(socket.SHUT_RDWR)
    error = await failure(telegram.post(transport))

    assert isinstance(error, DisconnectedError)
    assert error.sent is Sent.MAYBE
    await asyncio.sleep(0.05)
    assert len(telegram.requests) == 1
    assert len(telegram.connections) == 1


async def test_no_answer_in_time_may_have_sent(
    transport: AiohttpRequest, telegram: Telegram
) -> None:
    telegram.reactions.append(say_nothing)

    error = await failure(telegram.post(transport))

    assert isinstance(error, ReadTimedOutError)
    assert isinstance(error, TimedOut)
    assert error.sent is Sent.MAYBE
    assert str(error) == "sendMessage: perhaps sent, no answer in time"


async def test_an_upload_that_the_server_stops_taking_times_out(
    bot: Bot, telegram: Telegram
) -> None:
    telegram.reactions.append(take_nothing)

    error = await failure(bot.send_document(1, b"x" * 30_000_000))

    assert isinstance(error, WriteTimedOutError)
    assert isinstance(error, TimedOut)
    assert error.sent is Sent.MAYBE


async def test_a_refused_connection_was_not_sent(transport: AiohttpRequest) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/bot{TOKEN}/getMe"

        error = await failure(transport.post(url))

    assert isinstance(error, NotConnectedError)
    assert not isinstance(error, TimedOut)
    assert error.sent is Sent.NO
    assert str(error) == "getMe: not sent, no connection (Connection refused)"


async def test_an_unknown_name_was_not_sent(
    transport: AiohttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    error = await failure(transport.post(f"https://telegram.invalid/bot{TOKEN}/getMe"))

    assert isinstance(error, NotConnectedError)
    assert error.sent is Sent.NO
    assert "name not resolved: Name or service not known" in str(error)


async def test_failed_tls_was_not_sent(transport: AiohttpRequest) -> None:
    async with listening(no_http) as port:
        error = await failure(transport.post(f"https://127.0.0.1:{port}/bot{TOKEN}/getMe"))

    assert isinstance(error, NotConnectedError)
    assert error.sent is Sent.NO


async def test_no_connection_in_time_was_not_sent(transport: AiohttpRequest) -> None:
    async with listening(say_nothing) as port:  # TCP connects, the TLS handshake hangs
        error = await failure(transport.post(f"https://127.0.0.1:{port}/bot{TOKEN}/getMe"))

    assert isinstance(error, ConnectTimedOutError)
    assert isinstance(error, TimedOut)
    assert error.sent is Sent.NO


@pytest.mark.parametrize(
    "url", ["localhost/bot", "ftp://127.0.0.1/bot", "http:///bot", "http://[/"]
)
async def test_an_unusable_address_is_named_as_such(transport: AiohttpRequest, url: str) -> None:
    error = await failure(transport.post(f"{url}{TOKEN}/getMe"))

    assert isinstance(error, AddressError)
    assert error.sent is Sent.NO


async def test_a_full_pool_was_not_sent_and_frees_itself(telegram: Telegram) -> None:
    telegram.reactions.append(answer(YES, after=0.25))
    async with (
        AiohttpRequest(timeouts=QUICK, pool_size=1) as transport,
        asyncio.TaskGroup() as group,
    ):
        first = group.create_task(telegram.post(transport))
        await asyncio.sleep(0.05)

        error = await failure(telegram.post(transport))

        assert isinstance(error, PoolTimedOutError)
        assert isinstance(error, TimedOut)
        assert error.sent is Sent.NO
        assert await first is True
        assert await telegram.post(transport) is True
    assert len(telegram.requests) == 2


async def test_a_cancelled_request_stays_cancelled_and_frees_its_place(telegram: Telegram) -> None:
    telegram.reactions.append(say_nothing)
    async with (
        AiohttpRequest(timeouts=QUICK, pool_size=1) as transport,
        asyncio.TaskGroup() as group,
    ):
        first = group.create_task(telegram.post(transport))
        await asyncio.sleep(0.05)
        first.cancel()

        with pytest.raises(asyncio.CancelledError):
            await first
        assert await telegram.post(transport) is True


async def test_it_can_be_started_and_stopped_again_and_again(telegram: Telegram) -> None:
    transport = AiohttpRequest(timeouts=QUICK)
    await transport.shutdown()
    for _ in range(2):
        await transport.initialize()
        await transport.initialize()
        assert await telegram.post(transport) is True
        await transport.shutdown()
        await transport.shutdown()

        error = await failure(telegram.post(transport))
        assert isinstance(error, NotConnectedError)
        assert error.sent is Sent.NO


@pytest.mark.parametrize(
    "reaction", [hang_up, reset, cut_short, no_http, say_nothing, answer(b"{")]
)
async def test_no_error_and_no_log_shows_the_token(telegram: Telegram, reaction: Reaction) -> None:
    log = io.StringIO()
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    configure("DEBUG", [TOKEN], log)
    try:
        asyncio.get_running_loop().set_debug(True)
        telegram.reactions += [answer(ME), reaction]
        async with Bot(TOKEN, telegram.url, request=AiohttpRequest(timeouts=QUICK)) as bot:
            error = await failure(bot.send_message(1, "hello"))
        logging.getLogger("attache").error("failed", exc_info=error)
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers

    shown = "".join(traceback.format_exception(error)) + log.getvalue()
    assert SECRET_HALF not in shown
    assert "Traceback" in log.getvalue()
    assert "Set Bot API URL: http://127.0.0.1" in log.getvalue()
    chain: BaseException | None = error
    while chain is not None:
        assert SECRET_HALF not in f"{chain} {chain!r}"
        chain = chain.__context__


@pytest.mark.parametrize("kind", [NotConnectedError, ReadTimedOutError])
def test_errors_survive_a_copy(kind: type[TransportError]) -> None:
    error = copy.copy(kind("getMe: not sent"))

    assert (type(error), str(error), error.sent) == (kind, "getMe: not sent", kind.sent)
