"""The bot as it runs on Telegram: a process of its own against a Bot API server of a few lines."""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.application import ALLOWED_UPDATES

TOKEN = "123456789:AAHfiqksKZ8WmR2zSjiQ7_v4TMAKdiHm9T0"
ME = {"id": 123456789, "is_bot": True, "first_name": "Attaché", "username": "attache_test_bot"}
WHO = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 0,
        "chat": {"id": 5, "type": "private", "first_name": "Ann"},
        "from": {"id": 5, "is_bot": False, "first_name": "Ann"},
        "text": "/who Sherman",
        "entities": [{"type": "bot_command", "offset": 0, "length": 4}],
    },
}


class BotApi:
    """Answers what the bot calls, keeps it, and hands out one update."""

    def __init__(self, *, update_id: int = 1) -> None:
        self.update: dict[str, Any] = {**WHO, "update_id": update_id}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.called = asyncio.Event()
        self.answered = asyncio.Event()
        self.shown = asyncio.Event()

    async def handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        is_json = request.content_type == "application/json"
        body = await request.json() if is_json else await request.post()
        given = {name: _value(str(value)) for name, value in body.items()}
        self.calls.append((method, given))
        self.called.set()
        if request.match_info["token"] != TOKEN:
            error = {"ok": False, "error_code": 401, "description": "Unauthorized"}
            return web.json_response(error, status=401)
        return web.json_response({"ok": True, "result": await self._result(method, given)})

    async def _result(self, method: str, given: dict[str, Any]) -> object:
        if method == "getMe":
            return ME
        if method == "sendMessage":
            self.answered.set()
            return {**WHO["message"], "message_id": 2, "text": given["text"]}  # type: ignore[dict-item]
        if method == "setMyShortDescription" and given.get("language_code") == "uk":
            self.shown.set()  # the last of what the bot shows of itself
        if method != "getUpdates":
            return True
        offset = int(given.get("offset", 0))
        if offset <= self.update["update_id"] and int(given.get("timeout", 0)) > 0:
            return [self.update]
        await asyncio.sleep(min(int(given.get("timeout", 0)), 1))
        return []

    def of(self, method: str) -> list[dict[str, Any]]:
        """Return what `method` was called with."""
        return [given for name, given in self.calls if name.casefold() == method.casefold()]


def _value(text: str) -> Any:  # noqa: ANN401 (whatever JSON holds)
    try:
        return json.loads(text)
    except ValueError:
        return text


@asynccontextmanager
async def served(api: BotApi, port: int = 0) -> AsyncIterator[int]:
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", api.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def running(tmp_path: Path, port: int, token: str = TOKEN) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("attache"),
        "run",
        env={
            "HOME": str(tmp_path),
            "PATH": os.environ["PATH"],
            "ATTACHE_DATA_DIR": str(tmp_path / "data"),
            "ATTACHE_TELEGRAM_TOKEN": token,
            "ATTACHE_TELEGRAM_API_URL": f"http://127.0.0.1:{port}",
            "ATTACHE_LOG_LEVEL": "DEBUG",
            "ATTACHE_ADMINS": "7",
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd="/",
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def stopped(process: Process, *, by: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
    """Stop the bot, and return its exit status and all that it wrote."""
    process.send_signal(by)
    async with asyncio.timeout(5):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, (out + err).decode()


@pytest.fixture
def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def test_a_question_on_telegram_is_answered_with_entities(tmp_path: Path) -> None:
    api = BotApi()
    async with served(api) as port, running(tmp_path, port) as process:
        async with asyncio.timeout(30):
            await api.answered.wait()
        status, written = await stopped(process)
    assert status == 0
    (sent,) = api.of("sendMessage")
    assert sent["chat_id"] == 5
    assert sent["text"].startswith("Wendy Sherman\nUS Deputy Secretary of State")
    assert sent["entities"][0] == {"type": "bold", "offset": 0, "length": 13}
    linked = [e["url"] for e in sent["entities"] if e["type"] == "text_link"]
    assert all(url.startswith("https://t.me/attache_test_bot?start=") for url in linked)
    assert "parse_mode" not in sent
    rows = sent["reply_markup"]["inline_keyboard"]
    labels = [[button["text"] for button in row] for row in rows]
    assert labels == [["Timeline", "Quotes", "With"], ["Follow", "Mute"]]
    assert "Traceback" not in written
    assert TOKEN not in written
    assert TOKEN.partition(":")[2] not in written


async def test_menus_are_set_once_somebody_was_answered_and_not_at_the_next_start(
    tmp_path: Path,
) -> None:
    first, second = BotApi(), BotApi(update_id=2)
    async with served(first) as port, running(tmp_path, port) as process:
        async with asyncio.timeout(30):
            await first.shown.wait()
        await stopped(process)
    async with served(second) as port, running(tmp_path, port) as process:
        async with asyncio.timeout(30):
            await second.answered.wait()
        await stopped(process)
    methods = [name.casefold() for name, _ in first.calls]
    assert methods.index("sendmessage") < methods.index("setmycommands")
    menus = first.of("setMyCommands")
    scopes = ("default", "all_group_chats", "all_chat_administrators", "chat")
    wanted = {(scope, code) for scope in scopes for code in ("", "de", "uk")}
    assert {(one["scope"]["type"], one.get("language_code", "")) for one in menus} == wanted
    admins = next(one for one in menus if one["scope"]["type"] == "chat")
    assert admins["scope"] == {"type": "chat", "chat_id": 7}
    assert "reload" in {command["command"] for command in admins["commands"]}
    assert second.of("setMyCommands") == second.of("setMyDescription") == []


async def test_wanted_updates_are_always_told(tmp_path: Path) -> None:
    api = BotApi()
    async with served(api) as port, running(tmp_path, port) as process:
        async with asyncio.timeout(30):
            await api.answered.wait()
        await stopped(process, by=signal.SIGINT)
    polls = [given for given in api.of("getUpdates") if given.get("timeout")]
    assert polls
    assert all(given["allowed_updates"] == list(ALLOWED_UPDATES) for given in polls)
    assert "my_chat_member" in ALLOWED_UPDATES


async def test_a_server_that_is_down_at_the_start_is_waited_for(
    tmp_path: Path, free_port: int
) -> None:
    api = BotApi()
    async with running(tmp_path, free_port) as process:
        assert process.stderr is not None
        said = b""
        async with asyncio.timeout(30):
            while b"does not answer" not in said:
                said += await process.stderr.readline()
            async with served(api, free_port):
                await api.answered.wait()
                status, written = await stopped(process)
    assert status == 0
    assert TOKEN not in said.decode() + written


async def test_it_stops_while_it_waits_for_a_server(tmp_path: Path, free_port: int) -> None:
    async with running(tmp_path, free_port) as process:
        assert process.stderr is not None
        async with asyncio.timeout(30):
            while b"does not answer" not in await process.stderr.readline():
                pass
        status, written = await stopped(process)
    assert (status, "Traceback" in written) == (0, False)


async def test_a_refused_token_stops_the_start_and_is_not_shown(tmp_path: Path) -> None:
    token = TOKEN[:-1] + "x"
    async with served(BotApi()) as port, running(tmp_path, port, token) as process:
        async with asyncio.timeout(30):
            out, err = await process.communicate()
    assert process.returncode == 1
    assert b"ATTACHE_TELEGRAM_TOKEN: Telegram refuses this token." in err
    assert b"Traceback" not in err
    assert token.partition(":")[2].encode() not in out + err
