"""Senders to test with: over the Telegram of this machine, or over a line that fails."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bot.digest.sender import Sender
from bot.pacing import Limits, Pacing
from bot.sandbox.telegram import SANDBOX_TOKEN

NOW = datetime(2022, 1, 10, 8, tzinfo=UTC)


@dataclass(slots=True)
class Failures:
    """The types of Telegram's errors, as they were heard of."""

    heard: list[str] = field(default_factory=list)


def sender_over(
    request: BaseRequest, failures: Failures | None = None, token: str = SANDBOX_TOKEN
) -> Sender:
    """Return a sender of least jitter."""
    failures = failures or Failures()
    pacing = Pacing(Limits(enabled=False))
    bot = ExtBot(token, request=request, rate_limiter=pacing)
    return Sender(bot=bot, clock=lambda: NOW, jitter=lambda: 0.0, failed=failures.heard.append)


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
    return sender_over(Failing(error))
