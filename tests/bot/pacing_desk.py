"""A pacing under test, the far end of it, and a loop whose time jumps."""

import asyncio
import selectors
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from telegram.error import RetryAfter

from bot.pacing import Limits, Pacing, Priority


class JumpingLoop(asyncio.SelectorEventLoop):
    """Time jumps to whatever is next to happen, and where nothing is, that is an error."""

    def __init__(self) -> None:
        self.passed = 0.0
        super().__init__(selectors.SelectSelector())
        select = self._selector.select  # type: ignore[attr-defined]

        def jump(timeout: float | None = None) -> object:
            assert timeout is not None, "everybody waits, and nothing will ever happen"
            self.passed += timeout
            return select(0)

        self._selector.select = jump  # type: ignore[attr-defined]

    def time(self) -> float:
        return self.passed

    def stall(self, seconds: float) -> None:
        """Let time pass while nothing runs, as on a machine that is too busy."""
        self.passed += seconds


def jump_through(story: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        runner.run(story)


@dataclass(frozen=True, slots=True)
class Call:
    at: float
    chat: int
    priority: Priority
    asked: float
    name: str


@dataclass(slots=True)
class Desk:
    """A pacing under test and the far end of it: what is called, when, and what it answers."""

    limits: Limits = field(default_factory=Limits)
    pacing: Pacing = field(init=False)
    calls: list[Call] = field(default_factory=list)
    arrived: list[Call] = field(default_factory=list)
    floods: dict[int, list[int]] = field(default_factory=dict)
    sleeps: int = 0
    oversleep: float = 0.0
    opens: float = 0.0  # when the far end begins to take what was sent to it

    def __post_init__(self) -> None:
        self.pacing = Pacing(self.limits, now=now, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.sleeps += 1
        await asyncio.sleep(seconds + self.oversleep)

    async def ask(
        self,
        chat: int,
        priority: Priority = Priority.REPLY,
        *,
        name: str = "",
        way: float = 0.0,
        back: float = 0.0,
        endpoint: str = "sendMessage",
        data: Mapping[str, object] = MappingProxyType({}),
    ) -> bool:
        asked = now()

        async def callback(given: str) -> bool:
            call = Call(now(), chat, priority, asked, given)
            self.calls.append(call)
            await asyncio.sleep(max(way, self.opens - now()))
            self.arrived.append(Call(now(), chat, priority, asked, given))
            await asyncio.sleep(back)
            if self.floods.get(chat):
                raise RetryAfter(self.floods[chat].pop(0))
            return True

        answer = await self.pacing.process_request(
            callback, (name,), {}, endpoint, {"chat_id": chat, **data}, priority
        )
        return answer is True

    def moments(self, *chats: int) -> list[float]:
        return [call.at for call in self.calls if not chats or call.chat in chats]


def now() -> float:
    return asyncio.get_running_loop().time()
