"""What goes wrong on purpose: rules by method, chat and moment.

A fault that Telegram answers with becomes a TelegramError; one that concerns the
connection is a value that the fronts carry out.
"""

import random
from dataclasses import dataclass, field
from enum import StrEnum

from bot.sandbox.errors import (
    TelegramError,
    bad_request,
    forbidden,
    migrated,
    server_error,
    too_many_requests,
)


class Fault(StrEnum):
    """The kinds of fault."""

    FLOOD = "flood"
    FORBIDDEN = "forbidden"
    BAD_REQUEST = "bad_request"
    MIGRATED = "migrated"
    SERVER_ERROR = "server_error"
    RESET = "reset"
    SLOW = "slow"
    ANSWER_LOST = "answer_lost"


class Connection(StrEnum):
    """What becomes of the connection: the fronts carry it out."""

    FINE = "fine"
    RESET = "reset"
    ANSWER_LOST = "answer_lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One fault, and when it strikes; every condition that is given must hold.

    `nth` and `times` count the calls that fit method and chat: from the nth on (1 is the
    first), so many times (None: for ever). `after` and `before` are seconds of the clock's
    `elapsed`. Which of `seconds`, `text`, `code` and `chat_to` is used depends on the fault.
    """

    fault: Fault
    method: str | None = None
    chat_id: int | None = None
    nth: int = 1
    times: int | None = None
    after: float | None = None
    before: float | None = None
    probability: float = 1.0
    seconds: float = 1.0
    text: str | None = None
    code: int = 502
    chat_to: int = -1000000000001

    def fits(self, method: str, chat_id: int | None) -> bool:
        """Tell whether a call is of the kind that this rule is about."""
        same_method = self.method is None or self.method.lower() == method.lower()
        return same_method and (self.chat_id is None or self.chat_id == chat_id)

    def error(self) -> TelegramError | None:
        """Give what Telegram answers, or None where the connection is concerned."""
        match self.fault:
            case Fault.FLOOD:
                return too_many_requests(round(self.seconds))
            case Fault.FORBIDDEN:
                return forbidden(self.text or "bot was blocked by the user")
            case Fault.BAD_REQUEST:
                return bad_request(self.text or "chat not found")
            case Fault.MIGRATED:
                return migrated(self.chat_to)
            case Fault.SERVER_ERROR:
                return server_error(self.code)
            case _:
                return None


@dataclass(slots=True)
class FaultPlan:
    """Rules in order, each with its own count; the first that strikes decides."""

    rules: list[Rule] = field(default_factory=list)
    seed: int = 0
    _counts: dict[int, int] = field(default_factory=dict)
    _dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - repeatable on purpose

    def set(self, rules: list[Rule], seed: int = 0) -> None:
        """Replace the plan and begin to count anew."""
        self.rules = list(rules)
        self.seed = seed
        self._counts.clear()
        self._dice = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def strike(self, method: str, chat_id: int | None, at: float) -> Rule | None:
        """Count a call and give the rule that strikes it, if any."""
        struck: Rule | None = None
        for index, rule in enumerate(self.rules):
            if not rule.fits(method, chat_id):
                continue
            count = self._counts.get(index, 0) + 1
            self._counts[index] = count
            if struck is None and self._is_due(rule, count, at):
                struck = rule
        return struck

    def _is_due(self, rule: Rule, count: int, at: float) -> bool:
        if count < rule.nth or (rule.times is not None and count >= rule.nth + rule.times):
            return False
        if rule.after is not None and at < rule.after:
            return False
        if rule.before is not None and at >= rule.before:
            return False
        return rule.probability >= 1.0 or self._dice.random() < rule.probability
