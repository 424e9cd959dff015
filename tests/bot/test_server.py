"""The bot's own web servers: health, figures, and where Telegram sends updates to."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.metrics import Metrics, Pulse
from bot.sandbox.clock import ManualClock
from bot.sandbox.faults import Fault, Rule
from bot.sandbox.json_values import JsonObject
from bot.server import ListenError, receiving, showing, webhook_secret
from config.fields import Listen
from tests.bot.conversation import NOW, READER, Conversation, conversation
from tests.e2e.processes import free_port

DAY = timedelta(days=1)
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE: JsonObject = {
    "update_id": 900_001,
    "message": {
        "message_id": 1,
        "date": 1_642_669_200,
        "chat": {"id": READER, "type": "private", "first_name": "Ann"},
        "from": {"id": READER, "is_bot": False, "first_name": "Ann"},
        "text": "/who Sherman",
        "entities": [{"type": "bot_command", "offset": 0, "length": 4}],
    },
}


@asynccontextmanager
async def shown(metrics: Metrics) -> AsyncIterator[str]:
    port = free_port()
    async with showing(metrics, Listen("127.0.0.1", port)):
        yield f"http://127.0.0.1:{port}"


async def get(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def figures(url: str) -> dict[str, float]:
    status, text = await get(f"{url}/metrics")
    assert status == 200
    lines = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


async def test_a_bot_is_well_while_it_ticks(tmp_path: Path) -> None:
    clock = ManualClock(hour=NOW)
    async with (
        conversation(tmp_path / "data", clock=clock.now) as talk,
        shown(talk.deliverer.metrics) as url,
    ):
        assert await get(f"{url}/healthz") == (503, "no tick yet\n")
        await talk.deliver()
        assert await get(f"{url}/healthz") == (200, "last tick 0 s ago\n")
        clock.advance(120)
        assert await get(f"{url}/healthz") == (200, "last tick 120 s ago\n")
        clock.advance(1)
        assert await get(f"{url}/healthz") == (503, "last tick 121 s ago\n")
        assert (await get(f"{url}/"))[0] == 404


async def test_the_figures_are_those_of_the_ledger(tmp_path: Path) -> None:
    clock = ManualClock(hour=NOW)
    async with (
        conversation(tmp_path / "data", clock=clock.now) as talk,
        shown(talk.deliverer.metrics) as url,
    ):
        empty = await figures(url)
        assert empty['attache_deliveries{state="sent"}'] == 0
        assert empty["attache_lag_seconds"] == 0
        assert empty["attache_tick_age_seconds"] != empty["attache_tick_age_seconds"]
        await talk.ask("/subscribe 8:00")
        clock.hour = NOW + DAY
        assert (await figures(url))["attache_lag_seconds"] == 3600
        flood = Rule(fault=Fault.FLOOD, method="sendMessage", times=1, seconds=60)
        talk.telegram.faults.set([flood])
        await talk.deliver()
        waiting = await figures(url)
        assert waiting['attache_deliveries{state="planned"}'] >= 1
        assert waiting['attache_telegram_errors_total{type="RetryAfter"}'] == 1
        assert waiting["attache_lag_seconds"] == 0
        clock.advance(100)
        assert (await figures(url))["attache_lag_seconds"] == 39
        await talk.deliver()
        sent = await figures(url)
        assert sent['attache_deliveries{state="planned"}'] == 0
        assert sent['attache_deliveries{state="sent"}'] >= 1
        assert sent["attache_lag_seconds"] == 0
        assert sent["attache_tick_age_seconds"] == 0


async def test_a_port_that_is_taken_is_warned_of_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with conversation(tmp_path / "data") as talk:
        metrics = talk.deliverer.metrics
        other = Metrics(ledger=talk.ledger, clock=metrics.clock, pulse=Pulse(clock=metrics.clock))
        async with shown(metrics) as url:
            port = int(url.rpartition(":")[2])
            async with showing(other, Listen("127.0.0.1", port)):
                assert "ATTACHE_HEALTH_LISTEN: cannot listen on 127.0.0.1:" in caplog.text
            assert (await get(f"{url}/healthz"))[0] == 503


@asynccontextmanager
async def webhook(talk: Conversation) -> AsyncIterator[str]:
    """Let the bot take updates by webhook, and handle them."""
    public = "https://bot.example.org/hook/attache"
    async with receiving(talk.app, url=public, host="127.0.0.1", port=0) as where:
        await talk.app.start()
        try:
            yield f"http://{where}/hook/attache"
        finally:
            await talk.app.stop()


async def post(url: str, body: object, secret: str | None) -> int:
    headers = {} if secret is None else {HEADER: secret}
    async with aiohttp.ClientSession() as session:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with session.post(url, headers=headers, data=data) as answer:
            return answer.status


async def test_an_update_that_telegram_sends_is_answered(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk, webhook(talk) as url:
        talk.telegram.people.start(READER)
        assert await post(url, UPDATE, webhook_secret(talk.app.bot.token)) == 200
        await talk.until(lambda: bool(talk.messages()))
        assert talk.messages()[0]["text"].startswith("Wendy Sherman\n")


async def test_an_update_from_anybody_else_is_refused(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk, webhook(talk) as url:
        for secret in (None, "", "wrong", "wröng", "\udcff"):
            assert (secret, await raw_post(url, secret)) == (secret, 403)
        await asyncio.sleep(0.05)
        assert talk.messages() == []
        assert await talk.rows("SELECT * FROM inbox") == []


async def raw_post(url: str, secret: str | None) -> int:
    """Post an update with a header that no client library would send."""
    host, _, port = url.removeprefix("http://").partition("/")[0].partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    header = b"" if secret is None else f"{HEADER}: {secret}\r\n".encode("utf-8", "surrogateescape")
    writer.write(
        b"POST /hook/attache HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        b"Content-Length: 2\r\n" + header + b"\r\n{}"
    )
    status = (await reader.readline()).split()[1]
    writer.close()
    await writer.wait_closed()
    return int(status)


async def test_no_other_path_and_no_other_method_is_answered(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk, webhook(talk) as url:
        secret = webhook_secret(talk.app.bot.token)
        for path in ("/", "/hook", "/hook/attache/more", "/healthz", "/metrics"):
            wrong = url.replace("/hook/attache", path)
            assert await post(wrong, UPDATE, secret) == 404
        assert (await get(url))[0] == 405


NO_UPDATES = (b"", b"{", b"\xff", b"[1]", b"5", b'"x"', b"null", b"{}", b'{"update_id": 5, "m')


async def test_what_is_no_update_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with conversation(tmp_path / "data") as talk, webhook(talk) as url:
        secret = webhook_secret(talk.app.bot.token)
        answered = [await post(url, body, secret) for body in NO_UPDATES]
        assert answered == [400] * len(NO_UPDATES)
        assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
        assert await talk.rows("SELECT * FROM inbox") == []


async def test_a_body_of_a_size_that_no_update_has_is_refused(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk, webhook(talk) as url:
        body = b" " * 1_000_001
        assert await post(url, body, webhook_secret(talk.app.bot.token)) == 413


async def test_a_webhooks_port_that_is_taken_is_an_error_that_names_the_setting(
    tmp_path: Path,
) -> None:
    async with conversation(tmp_path / "data") as talk:
        url = "https://bot.example.org/hook"
        async with receiving(talk.app, url=url, host="127.0.0.1", port=0) as where:
            port = int(where.rpartition(":")[2])
            with pytest.raises(ListenError, match="ATTACHE_LISTEN: cannot listen on 127"):
                async with receiving(talk.app, url=url, host="127.0.0.1", port=port):
                    pass


def test_the_secret_is_the_tokens_own_and_shows_nothing_of_it() -> None:
    one, other = webhook_secret("1:a"), webhook_secret("1:b")
    assert one != other
    assert len(one) <= 256
    assert one.isalnum()
