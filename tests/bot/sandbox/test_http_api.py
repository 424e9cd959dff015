import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox.faults import Fault, Rule
from bot.sandbox.limits import Limits
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.world import User
from tests.bot.sandbox.calling import DOCUMENT, PHOTO
from tests.bot.sandbox.http_client import Client, client_of, until


@pytest.fixture
async def client(telegram: Telegram) -> AsyncIterator[Client]:
    async with client_of(telegram) as client:
        yield client


@pytest.mark.parametrize("method", ["getMe", "getme", "GETME"])
async def test_names_of_methods_are_in_any_case(client: Client, method: str) -> None:
    me = await client.call(method)

    assert (me["id"], me["username"]) == (1, "attache_sandbox_bot")


@pytest.mark.parametrize("method", ["getMe", "getUpdates", "setWebhook", "noMethod", ""])
async def test_a_wrong_token_is_refused(client: Client, method: str) -> None:
    answer = await client.ask(f"/bot1:wrong/{method}")

    assert answer == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})


@pytest.mark.parametrize("method", ["noMethod", "", "getMe/more", "test/getMe"])
async def test_an_unknown_method_is_refused(client: Client, method: str) -> None:
    status, body = await client.post(method)

    assert (status, body["ok"], body["error_code"]) == (404, False, 404)


async def test_asking_for_headers_alone_calls_nothing(client: Client, telegram: Telegram) -> None:
    async with client.session.head(client.address("deleteMyCommands")) as response:
        status = response.status

    assert (status, telegram.events_after(0)) == (405, [])


async def test_a_refusal_has_its_status_and_text(client: Client) -> None:
    status, body = await client.post("sendMessage", json={"chat_id": 99, "text": "Hi"})

    assert (status, body) == (
        400,
        {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"},
    )


async def test_a_pause_is_told_in_body_and_header(
    client: Client, ann: User, telegram: Telegram
) -> None:
    telegram.limits = Limits(chat_burst=1)
    await client.call("sendMessage", chat_id=ann.id, text="One")

    async with client.session.post(
        client.address("sendMessage"), json={"chat_id": ann.id, "text": "Two"}
    ) as response:
        body = await response.json()

    assert (response.status, body["parameters"]) == (429, {"retry_after": 1})
    assert response.headers["Retry-After"] == "1"


async def test_a_file_is_downloaded_byte_for_byte(
    client: Client, ann: User, telegram: Telegram
) -> None:
    message = telegram.people.send_document(ann.id, ann.id, DOCUMENT)
    file = await client.call("getFile", file_id=message.content["document"]["file_id"])

    async with client.session.get(
        f"{client.url}/file/bot{SANDBOX_TOKEN}/{file['file_path']}"
    ) as response:
        data = await response.read()

    assert (response.status, data) == (200, DOCUMENT.data)
    assert response.content_type == "application/octet-stream"


async def test_a_file_needs_the_token_and_its_path(
    client: Client, ann: User, telegram: Telegram
) -> None:
    message = telegram.people.send_photo(ann.id, ann.id, PHOTO)
    file = await client.call("getFile", file_id=message.content["photo"][-1]["file_id"])

    wrong_token, _ = await client.ask(f"/file/bot1:wrong/{file['file_path']}")
    wrong_path, _ = await client.ask(f"/file/bot{SANDBOX_TOKEN}/photos/none.jpg")

    assert (wrong_token, wrong_path) == (401, 404)


async def test_a_reset_closes_the_connection_and_has_no_effect(
    client: Client, ann: User, telegram: Telegram
) -> None:
    telegram.faults.set([Rule(fault=Fault.RESET, method="sendMessage", times=1, seconds=0)])
    before = len(telegram.transcript(ann.id))

    with pytest.raises(aiohttp.ClientOSError, match="reset by peer"):
        await client.call("sendMessage", chat_id=ann.id, text="Lost")
    after_reset = len(telegram.transcript(ann.id))
    await client.call("sendMessage", chat_id=ann.id, text="Arrives")

    assert after_reset == before
    assert telegram.transcript(ann.id)[-1]["text"] == "Arrives"


async def test_a_lost_answer_closes_the_connection_after_the_effect(
    client: Client, ann: User, telegram: Telegram
) -> None:
    telegram.faults.set([Rule(fault=Fault.ANSWER_LOST, method="sendMessage", times=1, seconds=0)])

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.call("sendMessage", chat_id=ann.id, text="Arrives")

    assert telegram.transcript(ann.id)[-1]["text"] == "Arrives"


async def test_a_slow_answer_comes_late_and_holds_nobody_else_up(
    client: Client, ann: User, telegram: Telegram
) -> None:
    telegram.faults.set([Rule(fault=Fault.SLOW, method="sendMessage", seconds=0.2)])
    begun = time.monotonic()

    async with asyncio.TaskGroup() as group:
        group.create_task(client.call("sendMessage", chat_id=ann.id, text="Slow"))
        await client.call("getMe")
        at_once = time.monotonic() - begun
    late = time.monotonic() - begun

    assert at_once < 0.2 <= late


async def test_who_hangs_up_during_a_slow_answer_harms_nothing(
    client: Client, ann: User, telegram: Telegram
) -> None:
    telegram.faults.set([Rule(fault=Fault.SLOW, method="sendMessage", seconds=30)])
    quick = aiohttp.ClientTimeout(total=0.1)

    with pytest.raises(TimeoutError):
        await client.post("sendMessage", json={"chat_id": ann.id, "text": "Hi"}, timeout=quick)

    await until(lambda: telegram.transcript(ann.id)[-1]["text"] == "Hi")
    assert (await client.call("getMe"))["id"] == 1
