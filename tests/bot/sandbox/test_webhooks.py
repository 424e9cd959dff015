import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.json_values import JsonObject
from bot.sandbox.server import build_server_app, serving
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.webhooks import SECRET_HEADER, Waits
from bot.sandbox.world import ChatType, User
from tests.bot.sandbox.http_client import Client, client_of, until

QUICK = Waits(answer=0.3, shortest=0.02, longest=0.05)


@dataclass(slots=True, kw_only=True)
class Receiver:
    """A bot's webhook: keeps what it gets, and answers with what is queued, else with 200."""

    answers: list[web.Response] = field(default_factory=list)
    updates: list[JsonObject] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    inside: int = 0
    most_inside: int = 0
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.updates.append(update)
        self.headers.append(dict(request.headers))
        self.inside += 1
        self.most_inside = max(self.inside, self.most_inside)
        await self.open.wait()
        self.inside -= 1
        return self.answers.pop(0) if self.answers else web.Response()

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    receiver.open.set()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    receiver.open.set()
    await runner.cleanup()


@pytest.fixture
async def client(telegram: Telegram) -> AsyncIterator[Client]:
    async with client_of(telegram, QUICK) as client:
        yield client


def failing(status: int = 500, **headers: str) -> web.Response:
    return web.Response(status=status, headers=headers)


async def pending(client: Client) -> int:
    return int((await client.call("getWebhookInfo"))["pending_update_count"])


async def test_updates_are_posted_as_json_with_the_secret(
    client: Client, ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    await client.call("setWebhook", url=receiver.url, secret_token="a-secret_1")

    telegram.people.send_text(ann.id, ann.id, "Hello 😀")
    await until(lambda: len(receiver.updates) == 2)

    assert receiver.texts == ["/start", "Hello 😀"]  # what was pending comes first
    assert {headers[SECRET_HEADER] for headers in receiver.headers} == {"a-secret_1"}
    assert {headers["Content-Type"] for headers in receiver.headers} == {"application/json"}


async def test_without_a_secret_there_is_no_header(
    client: Client, ann: User, receiver: Receiver
) -> None:
    await client.call("setWebhook", url=receiver.url)
    await until(lambda: receiver.updates)

    assert ann.id == receiver.updates[0]["message"]["from"]["id"]
    assert SECRET_HEADER not in receiver.headers[0]


async def test_what_was_taken_is_no_longer_pending(
    client: Client, ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    del ann
    await client.call("setWebhook", url=receiver.url, max_connections=7)
    await until(lambda: telegram.bot(SANDBOX_TOKEN).updates == [])

    assert await client.call("getWebhookInfo") == {
        "url": receiver.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 7,
    }


@pytest.mark.parametrize("status", [500, 404, 302])
async def test_a_refused_update_is_posted_again_and_the_error_told(
    client: Client, ann: User, telegram: Telegram, receiver: Receiver, status: int
) -> None:
    del ann
    receiver.answers = [failing(status, Location="/elsewhere") for _ in range(3)]
    receiver.open.clear()
    await client.call("setWebhook", url=receiver.url)
    failures = []
    bot = telegram.bot(SANDBOX_TOKEN)

    receiver.open.set()
    await until(lambda: bot.webhook.last_error_message)
    failures.append(bot.webhook.last_error_message)
    await until(lambda: bot.updates == [])

    reason = {500: "Internal Server Error", 404: "Not Found", 302: "Found"}[status]
    assert failures == [f"Wrong response from the webhook: {status} {reason}"]
    assert len(receiver.updates) == 4
    assert len({update["update_id"] for update in receiver.updates}) == 1


async def test_the_error_and_what_is_pending_stand_in_the_info(
    client: Client, ann: User, telegram: Telegram
) -> None:
    telegram.people.send_text(ann.id, ann.id, "Hello")
    await client.call("setWebhook", url="http://127.0.0.1:9/nobody")
    await until(lambda: telegram.bot(SANDBOX_TOKEN).webhook.last_error_message)

    info = await client.call("getWebhookInfo")

    assert (info["pending_update_count"], info["last_error_message"]) == (2, "Connection refused")
    assert info["last_error_date"] == int(telegram.clock.now().timestamp())


async def test_no_answer_in_time_counts_as_refused(
    client: Client, ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    del ann
    receiver.open.clear()
    await client.call("setWebhook", url=receiver.url)
    bot = telegram.bot(SANDBOX_TOKEN)

    await until(lambda: bot.webhook.last_error_message == "Read timeout expired")
    receiver.open.set()
    await until(lambda: bot.updates == [])

    assert len(receiver.updates) >= 2


async def test_a_pause_that_the_webhook_asks_for_is_made(
    client: Client, ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    del ann
    receiver.answers = [failing(429, **{"Retry-After": "1"})]
    loop = asyncio.get_running_loop()
    started = loop.time()

    await client.call("setWebhook", url=receiver.url)
    await until(lambda: telegram.bot(SANDBOX_TOKEN).updates == [])

    assert loop.time() - started >= 1.0


def test_waits_grow_up_to_the_longest() -> None:
    waits = [Waits().before(retry) for retry in (1, 2, 3, 4, 5, 6, 7, 8, 10_000)]

    assert waits == [0, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_one_chat_keeps_its_order_whatever_fails(
    client: Client, ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    receiver.answers = [web.Response(), failing(), failing(), web.Response(), failing()]
    await client.call("setWebhook", url=receiver.url)

    for number in range(20):
        telegram.people.send_text(ann.id, ann.id, str(number))
    await until(lambda: telegram.bot(SANDBOX_TOKEN).updates == [])

    taken = list(dict.fromkeys(receiver.texts))
    assert taken == ["/start", *map(str, range(20))]
    assert receiver.most_inside == 1


async def crowd(telegram: Telegram, size: int) -> None:
    for number in range(size):
        person = telegram.people.add(f"Reader {number}")
        telegram.people.start(person.id)


async def test_chats_are_served_side_by_side_up_to_the_limit(
    client: Client, telegram: Telegram, receiver: Receiver
) -> None:
    receiver.open.clear()
    await client.call("setWebhook", url=receiver.url, max_connections=3)

    await crowd(telegram, 10)
    await until(lambda: receiver.inside == 3)
    receiver.open.set()
    await until(lambda: telegram.bot(SANDBOX_TOKEN).updates == [])

    assert (receiver.most_inside, len(receiver.updates)) == (3, 10)


async def test_one_connection_keeps_the_order_of_all(
    client: Client, telegram: Telegram, receiver: Receiver
) -> None:
    receiver.answers = [failing(), web.Response(), failing()]
    await client.call("setWebhook", url=receiver.url, max_connections=1)

    await crowd(telegram, 10)
    await until(lambda: telegram.bot(SANDBOX_TOKEN).updates == [])

    numbers = [update["update_id"] for update in receiver.updates]
    assert numbers == sorted(numbers)
    assert receiver.most_inside == 1


async def test_every_kind_of_update_is_posted(
    client: Client, ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    kinds = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
    await client.call("setWebhook", url=receiver.url, allowed_updates=kinds)
    button = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    message = await client.call("sendMessage", chat_id=ann.id, text="Hi", reply_markup=button)
    group = telegram.groups.create(ann.id, "Desk", type=ChatType.SUPERGROUP, members=(1,))

    own = telegram.people.send_text(ann.id, ann.id, "one")
    telegram.people.edit_text(ann.id, ann.id, own.id, "two")
    telegram.people.press(ann.id, ann.id, message["message_id"], data="more")
    telegram.people.ask_inline(ann.id, "sherman")
    telegram.people.send_text(ann.id, group.id, "/who")
    await until(lambda: telegram.bot(SANDBOX_TOKEN).updates == [])

    posted = {key for update in receiver.updates for key in update} - {"update_id"}
    assert posted == set(kinds)


async def test_a_call_in_the_answer_is_carried_out(
    client: Client, ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    call = {"method": "SendMessage", "chat_id": ann.id, "text": "From the answer"}
    receiver.answers = [web.json_response(call)]

    await client.call("setWebhook", url=receiver.url)
    await until(lambda: telegram.transcript(ann.id)[-1]["text"] == "From the answer")

    assert await pending(client) == 0


async def test_a_form_in_the_answer_is_carried_out(
    client: Client, ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    form = f"method=sendMessage&chat_id={ann.id}&text=From+the+form"
    receiver.answers = [web.Response(text=form, content_type="application/x-www-form-urlencoded")]

    await client.call("setWebhook", url=receiver.url)

    await until(lambda: telegram.transcript(ann.id)[-1]["text"] == "From the form")


@pytest.mark.parametrize(
    "answer",
    [
        {"method": "deleteWebhook"},
        {"method": "logOut"},
        {"method": "sendMessage", "chat_id": 99, "text": "nobody"},
        {"method": 7},
        {"text": "no method"},
        ["no call"],
    ],
)
async def test_an_answer_that_is_no_call_or_not_allowed_is_let_pass(
    client: Client,
    ann: User,
    telegram: Telegram,
    receiver: Receiver,
    answer: Any,  # noqa: ANN401
) -> None:
    receiver.answers = [web.Response(body=json.dumps(answer), content_type="application/json")]
    await client.call("setWebhook", url=receiver.url)

    telegram.people.send_text(ann.id, ann.id, "Hello")
    await until(lambda: telegram.bot(SANDBOX_TOKEN).updates == [])

    assert (await client.call("getWebhookInfo"))["url"] == receiver.url


async def test_a_deleted_webhook_gets_nothing_more(
    client: Client, ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    receiver.answers = [failing() for _ in range(100)]
    await client.call("setWebhook", url=receiver.url)
    await until(lambda: receiver.updates)

    await client.call("deleteWebhook")
    await asyncio.sleep(0.06)
    posted = len(receiver.updates)
    telegram.people.send_text(ann.id, ann.id, "Hello")
    await asyncio.sleep(0.1)

    assert len(receiver.updates) == posted
    assert [u["message"]["text"] for u in await client.call("getUpdates")] == ["/start", "Hello"]


async def test_what_is_pending_can_be_dropped(
    client: Client, ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    await client.call("setWebhook", url=receiver.url, drop_pending_updates=True)

    telegram.people.send_text(ann.id, ann.id, "Hello")
    await until(lambda: receiver.updates)

    assert receiver.texts == ["Hello"]


async def test_a_new_address_gets_what_the_old_one_refused(
    client: Client, ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    await client.call("setWebhook", url="http://127.0.0.1:9/nobody")
    await until(lambda: telegram.bot(SANDBOX_TOKEN).webhook.last_error_message)

    await client.call("setWebhook", url=receiver.url)
    telegram.people.send_text(ann.id, ann.id, "Hello")
    await until(lambda: telegram.bot(SANDBOX_TOKEN).updates == [])

    assert receiver.texts == ["/start", "Hello"]


async def test_a_webhook_outlives_the_server(
    ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    telegram.call(SANDBOX_TOKEN, "setWebhook", {"url": receiver.url})

    async with serving(build_server_app(telegram, waits=QUICK), "127.0.0.1", 0):
        await until(lambda: receiver.texts == ["/start"])
    telegram.people.send_text(ann.id, ann.id, "Meanwhile")
    async with serving(build_server_app(telegram, waits=QUICK), "127.0.0.1", 0):
        await until(lambda: receiver.texts == ["/start", "Meanwhile"])

    assert telegram.state.update_watchers == []


async def test_a_server_stops_while_a_webhook_does_not_answer(
    ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    del ann
    receiver.open.clear()
    telegram.call(SANDBOX_TOKEN, "setWebhook", {"url": receiver.url})

    async with asyncio.timeout(2):
        async with serving(build_server_app(telegram), "127.0.0.1", 0):
            await until(lambda: receiver.updates)

    assert len(telegram.bot(SANDBOX_TOKEN).updates) == 1


async def test_each_bot_has_its_own_webhook(
    client: Client, ann: User, telegram: Telegram, receiver: Receiver
) -> None:
    del ann
    telegram.add_bot("2:other", "other_bot", "Other")
    await client.call("setWebhook", url=receiver.url)
    await until(lambda: len(receiver.updates) == 1)

    person = telegram.people.add("Ben")
    telegram.people.start(person.id, bot_id=2)

    status, body = await client.ask("/bot2:other/getUpdates")
    assert (status, len(body["result"]), len(receiver.updates)) == (200, 1, 1)
