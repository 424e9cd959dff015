import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox.faults import Fault, Rule
from bot.sandbox.json_values import Json, JsonObject
from bot.sandbox.server import build_server_app, serving
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.world import User
from tests.bot.sandbox.http_client import Client, client_of, until

OTHER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class Polled:
    """Counts the times that the sandbox was asked for updates."""

    def __init__(self) -> None:
        self.times = 0

    def on_call(self, method: str, params: JsonObject, result: Json) -> None:
        del params, result
        self.times += method == "getUpdates"

    def on_update(self, update: JsonObject) -> None:
        pass

    async def once_more(self) -> None:
        """Wait until it is asked again; who finds nothing then waits."""
        before = self.times
        await until(lambda: self.times > before)


@pytest.fixture
def polled(telegram: Telegram) -> Polled:
    polled = Polled()
    telegram.observe(polled)
    return polled


@pytest.fixture
async def client(telegram: Telegram) -> AsyncIterator[Client]:
    async with client_of(telegram) as client:
        yield client


async def confirmed(client: Client) -> int:
    """Confirm all that waits and give the next offset."""
    updates = await client.call("getUpdates")
    offset = updates[-1]["update_id"] + 1 if updates else 0
    assert await client.call("getUpdates", offset=offset) == []
    return int(offset)


async def test_what_waits_is_given_at_once(client: Client, ann: User) -> None:
    updates = await client.call("getUpdates", timeout=30)

    assert [update["message"]["text"] for update in updates] == ["/start"]
    assert updates[0]["message"]["from"]["id"] == ann.id


async def test_a_poll_waits_for_the_next_update(
    client: Client, ann: User, telegram: Telegram, polled: Polled
) -> None:
    offset = await confirmed(client)

    async with asyncio.TaskGroup() as group:
        poll = group.create_task(client.call("getUpdates", offset=offset, timeout=30))
        await polled.once_more()
        telegram.people.send_text(ann.id, ann.id, "Hello")

    assert [update["message"]["text"] for update in poll.result()] == ["Hello"]


async def test_a_poll_ends_with_nothing_when_its_seconds_are_over(client: Client) -> None:
    started = time.monotonic()

    updates = await client.call("getUpdates", timeout=1)

    assert updates == []
    assert 1.0 <= time.monotonic() - started < 3.0


async def test_an_update_of_an_unwanted_kind_wakes_nobody(
    client: Client, ann: User, telegram: Telegram, polled: Polled
) -> None:
    offset = await confirmed(client)
    params = {"offset": offset, "timeout": 30, "allowed_updates": ["callback_query", "message"]}

    async with asyncio.TaskGroup() as group:
        poll = group.create_task(client.call("getUpdates", **params))
        await polled.once_more()
        telegram.people.ask_inline(ann.id, "sherman")
        await asyncio.sleep(0.05)
        waiting = not poll.done()
        telegram.people.send_text(ann.id, ann.id, "Hello")

    assert waiting
    assert len(poll.result()) == 1


async def test_a_second_poller_ends_the_first(
    client: Client, ann: User, telegram: Telegram, polled: Polled
) -> None:
    offset = await confirmed(client)
    given = {"offset": offset, "timeout": 30}

    async with asyncio.TaskGroup() as group:
        first = group.create_task(client.post("getUpdates", json=given))
        await polled.once_more()
        second = group.create_task(client.post("getUpdates", json=given))
        refused = await first
        telegram.people.send_text(ann.id, ann.id, "Hello")

    assert refused == (409, {"ok": False, "error_code": 409, "description": OTHER})
    assert [update["message"]["text"] for update in second.result()[1]["result"]] == ["Hello"]


async def test_a_poller_that_does_not_wait_ends_the_one_who_does(
    client: Client, polled: Polled
) -> None:
    async with asyncio.TaskGroup() as group:
        first = group.create_task(client.post("getUpdates", json={"timeout": 30}))
        await polled.once_more()
        second = await client.call("getUpdates", timeout=0)

    assert (first.result()[0], second) == (409, [])


async def test_another_bots_poller_ends_nobody(
    client: Client, telegram: Telegram, polled: Polled
) -> None:
    telegram.add_bot("2:other", "other_bot", "Other")
    async with asyncio.TaskGroup() as group:
        first = group.create_task(client.post("getUpdates", json={"timeout": 1}))
        await polled.once_more()
        other = await client.ask("/bot2:other/getUpdates")

    assert (first.result()[0], other[0]) == (200, 200)


async def test_polling_while_a_webhook_is_set_is_refused(
    client: Client, telegram: Telegram
) -> None:
    telegram.bot(SANDBOX_TOKEN).webhook.url = "http://127.0.0.1:9/"

    status, body = await client.post("getUpdates", json={"timeout": 30})

    assert (status, body["description"]) == (409, WEBHOOK)


async def test_setting_a_webhook_ends_the_poll(client: Client, polled: Polled) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(client.post("getUpdates", json={"timeout": 30}))
        await polled.once_more()
        await client.call("setWebhook", url="http://127.0.0.1:9/")

    status, body = poll.result()
    assert (status, body["description"]) == (409, "Conflict: terminated by setWebhook request")


async def test_who_hung_up_takes_no_updates_along(
    client: Client, ann: User, telegram: Telegram
) -> None:
    offset = await confirmed(client)
    given = {"offset": offset, "timeout": 30}
    with pytest.raises(TimeoutError):
        await client.post("getUpdates", json=given, timeout=aiohttp.ClientTimeout(total=0.1))

    telegram.people.send_text(ann.id, ann.id, "Hello")
    status, body = await client.post("getUpdates", json=given)

    assert (status, len(body["result"])) == (200, 1)


async def test_a_fault_strikes_a_poll_once_and_at_once(client: Client, telegram: Telegram) -> None:
    telegram.faults.set([Rule(fault=Fault.SERVER_ERROR, method="getUpdates", times=1, code=502)])

    first, _ = await client.post("getUpdates", json={"timeout": 30})
    second, _ = await client.post("getUpdates", json={"timeout": 0})

    assert (first, second) == (502, 200)


async def test_a_server_that_stops_lets_its_polls_go(telegram: Telegram, polled: Polled) -> None:
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        async with serving(build_server_app(telegram), "127.0.0.1", 0) as url:
            client = Client(session=session, url=url)
            poll = group.create_task(client.post("getUpdates", json={"timeout": 30}))
            await polled.once_more()
            started = time.monotonic()
        stopped = time.monotonic() - started

    assert poll.result() == (200, {"ok": True, "result": []})
    assert stopped < 1.0
    await until(lambda: telegram.state.update_watchers == [])
