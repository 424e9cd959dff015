"""How much a chat is told, whether at once, and when it is left alone: set by a press or typed."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.digest.due import begin, local_date
from bot.messages.callbacks import LENGTHS, QUIET_HOURS, Option, Setting
from store.database import Connection
from store.ledger import preferences, subscriptions
from store.ledger.values import Quiet, Rhythm, Subscription

PREFERENCES = frozenset({Option.LENGTH, Option.QUIET, Option.ALERTS})

_DAY = timedelta(days=1)
_TIME = r"([01]?\d|2[0-3])(?:[:.]([0-5]\d))?"
_FROM_TO = re.compile(rf"{_TIME}\s*(?:-|–|to|bis)\s*{_TIME}")
_NEVER = frozenset({"off", "never", "no", "0"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Whose settings are meant: of which chat, and which of its topics."""

    chat: int
    topic: int
    kind: str  # as Telegram calls it


class NoQuietHoursError(ValueError):
    """Words are no quiet hours."""


def read_quiet(words: str) -> Quiet | None:
    """Read `22:00-07:00`, or `off`. Raises `NoQuietHoursError` for any other words."""
    if words.casefold() in _NEVER:
        return None
    match = _FROM_TO.fullmatch(words.casefold())
    if match is None:
        raise NoQuietHoursError(words)
    begins, ends = (
        time(int(hour), int(minute or 0))
        for hour, minute in ((match[1], match[2]), (match[3], match[4]))
    )
    try:
        return Quiet(begins=begins, ends=ends)
    except ValueError as error:
        raise NoQuietHoursError(words) from error


def set_preference(
    db: Connection,
    press: Setting,
    where: Where,
    *,
    language: str | None,
    default: Rhythm,
    now: datetime,
) -> Subscription | None:
    """Set what a press says, also for a chat that gets no digest; return its settings then."""
    known = settings_of(db, where, language=language, default=default, now=now)
    match press.option:
        case Option.LENGTH:
            preferences.set_length(db, known.id, LENGTHS[press.value])
        case Option.QUIET:
            quiet = QUIET_HOURS[press.value - 1] if press.value else None
            preferences.set_quiet(db, known.id, quiet)
        case Option.ALERTS:
            preferences.set_alerts(db, known.id, on=bool(press.value), now=now)
    return subscriptions.subscription(db, where.chat, where.topic)


def settings_of(
    db: Connection,
    where: Where,
    *,
    language: str | None,
    default: Rhythm,
    now: datetime,
) -> Subscription:
    """Return the settings of a chat's topic, begun without a digest where there are none."""
    _, next_due = begin(default, now=now)
    return preferences.settings_of(
        db,
        chat=where.chat,
        topic=where.topic,
        kind=where.kind,
        language=language,
        rhythm=default,
        last_date=local_date(default, now) - _DAY,  # nothing was decided on yet
        next_due=next_due,
        now=now,
    )
