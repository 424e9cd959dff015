from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.errors import SandboxError
from bot.sandbox.server import build_server_app, serving
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from tests.bot.sandbox.http_client import Client, client_of

ME = f"/bot{SANDBOX_TOKEN}/getMe"


@pytest.fixture
async def client(telegram: Telegram) -> AsyncIterator[Client]:
    async with client_of(telegram) as client:
        yield client


def port_of(client: Client) -> str:
    return client.url.rpartition(":")[2]


async def test_the_address_is_the_one_that_is_listened_on(telegram: Telegram) -> None:
    async with (
        serving(build_server_app(telegram), "0.0.0.0", 0) as url,  # noqa: S104 - told apart
        aiohttp.ClientSession() as session,
        session.get(url + ME) as response,
    ):
        status = response.status

    assert status == 200
    assert url.startswith("http://127.0.0.1:")


async def test_a_taken_port_is_an_error_that_names_the_remedy(
    client: Client, telegram: Telegram
) -> None:
    port = int(port_of(client))

    with pytest.raises(SandboxError) as caught:
        async with serving(build_server_app(telegram), "127.0.0.1", port):
            pass

    assert str(caught.value) == (
        f"The sandbox cannot listen on 127.0.0.1 port {port}: something listens there already; "
        "stop it, or choose another port."
    )


async def test_an_address_of_another_machine_is_an_error(telegram: Telegram) -> None:
    with pytest.raises(SandboxError, match=r"choose 127\.0\.0\.1"):
        async with serving(build_server_app(telegram), "192.0.2.1", 0):
            pass


async def test_further_routes_stand_beside_the_bot_api(telegram: Telegram) -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text="the page")

    app = build_server_app(telegram, [web.get("/", page)], [web.get("/control/x", page)])
    async with (
        serving(app, "127.0.0.1", 0) as url,
        aiohttp.ClientSession(url) as session,
        session.get("/") as first,
        session.get("/control/x") as second,
        session.get(ME) as third,
    ):
        statuses = [first.status, second.status, third.status]

    assert statuses == [200, 200, 200]


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
async def test_the_names_of_this_machine_are_answered_with_any_port(
    client: Client, name: str
) -> None:
    statuses = [
        (await client.ask(ME, headers={"Host": host}))[0]
        for host in (name, f"{name}:{port_of(client)}", f"{name}:9000")
    ]

    assert statuses == [200, 200, 200]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "localhost.evil.example", "", "[", "127.0.0.1@x"]
)
async def test_foreign_names_are_refused(client: Client, host: str) -> None:
    status, body = await client.ask(ME, headers={"Host": host})

    assert status == 403
    assert body["description"] == (
        "Forbidden: the sandbox answers to the names of this machine only, not to the one in "
        "the Host header; start it with this name if it is yours"
    )


async def test_a_name_that_is_handed_in_is_answered(telegram: Telegram) -> None:
    app = build_server_app(telegram, hosts=["Sandbox"])
    async with serving(app, "127.0.0.1", 0) as url, aiohttp.ClientSession() as session:
        status, _ = await Client(session=session, url=url).ask(ME, headers={"Host": "sandbox:8765"})

    assert status == 200


async def test_its_own_page_may_call(client: Client) -> None:
    headers = {"Origin": client.url, "Sec-Fetch-Site": "same-origin"}

    status, _ = await client.ask(ME, headers=headers)

    assert status == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1", ""]
)
async def test_a_page_of_another_site_may_not_call(client: Client, origin: str) -> None:
    status, body = await client.ask(ME, verb="POST", headers={"Origin": origin})

    assert (status, body["description"]) == (
        403,
        "Forbidden: a page of another site must not drive the sandbox",
    )


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_picture_or_link_of_another_site_calls_nothing(client: Client, site: str) -> None:
    status, _ = await client.ask(ME, headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"})

    assert status == 403


async def test_a_link_of_another_site_opens_the_page(telegram: Telegram) -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text="the page")

    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    app = build_server_app(telegram, [web.get("/", page)])
    async with (
        serving(app, "127.0.0.1", 0) as url,
        aiohttp.ClientSession() as session,
        session.get(url, headers=headers) as response,
    ):
        status = response.status

    assert status == 200
