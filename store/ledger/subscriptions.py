"""Subscriptions: who wants a digest, when, and how far each has read."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from store.database import Connection
from store.ledger.values import (
    ChatLanguage,
    Length,
    NothingNew,
    Quiet,
    Rhythm,
    Subscription,
    Wanted,
)

_WITH_LANGUAGE = (
    "SELECT subscription.*, chat.kind AS chat_kind, chat.language AS chat_language, "
    "chat.chosen AS chat_chosen FROM subscription JOIN chat ON chat.id = subscription.chat "
)


def seconds(moment: datetime) -> int:
    """Return `moment` as the ledger keeps it."""
    return int(moment.timestamp())


def subscription(db: Connection, chat: int, topic: int) -> Subscription | None:
    """Return the subscription of a chat's topic, stopped or not, or None."""
    rows = db.query(
        _WITH_LANGUAGE + "WHERE chat = :chat AND topic = :topic",
        {"chat": chat, "topic": topic},
    )
    return next(map(_subscription, rows), None)


def subscribe(  # noqa: PLR0913 (what a subscription is)
    db: Connection,
    *,
    chat: int,
    topic: int,
    kind: str,
    language: str | None,
    rhythm: Rhythm,
    last_date: date,
    next_due: datetime,
    now: datetime,
) -> Subscription:
    """Begin the subscription of a chat's topic, or take it up again with a new rhythm.

    What the chat has read already stays read.
    """
    db.execute(
        "INSERT INTO chat (id, kind, language, since) VALUES (:id, :kind, :language, :since) "
        "ON CONFLICT (id) DO UPDATE SET kind = :kind, language = :language, state = 'open'",
        {"id": chat, "kind": kind, "language": language, "since": seconds(now)},
    )
    db.execute(
        "INSERT INTO subscription (chat, topic, at, zone, days, last_date, next_due) "
        "VALUES (:chat, :topic, :at, :zone, :days, :last_date, :next_due) "
        "ON CONFLICT (chat, topic) DO UPDATE SET at = :at, zone = :zone, days = :days, "
        "last_date = MAX(last_date, :last_date), next_due = :next_due, state = 'on'",
        {
            "chat": chat,
            "topic": topic,
            "at": rhythm.at.isoformat("minutes"),
            "zone": rhythm.zone,
            "days": rhythm.days,
            "last_date": last_date.isoformat(),
            "next_due": seconds(next_due),
        },
    )
    made = subscription(db, chat, topic)
    if made is None:
        raise AssertionError("a subscription just written is there")
    return made


def unsubscribe(db: Connection, chat: int, topic: int, *, now: datetime) -> bool:
    """Stop the subscription of a chat's topic and what it still owes; tell if there was one."""
    db.execute(
        "UPDATE delivery SET state = 'skipped', reason = 'unsubscribed', changed = :now "
        "WHERE state = 'planned' AND edition IN (SELECT edition.id FROM edition "
        "JOIN subscription ON subscription.id = edition.subscription "
        "WHERE subscription.chat = :chat AND subscription.topic = :topic)",
        {"chat": chat, "topic": topic, "now": seconds(now)},
    )
    changed = db.execute(
        "UPDATE subscription SET state = 'off' "
        "WHERE chat = :chat AND topic = :topic AND state != 'off'",
        {"chat": chat, "topic": topic},
    )
    return changed.rowcount > 0


def change(
    db: Connection,
    chat: int,
    topic: int,
    alter: Callable[[Subscription, date | None], Subscription],
) -> Subscription | None:
    """Let `alter` say how a subscription is set from here on; return it, or None without one.

    `alter` gets the subscription and its `last_edition`. One that is off stays as it is.
    Nothing but the rhythm, what follows from it, and how editions come is written.
    """
    known = subscription(db, chat, topic)
    if known is None or known.state is Wanted.OFF:
        return known
    wanted = alter(known, last_edition(db, known.id))
    if wanted != known:
        db.execute(
            "UPDATE subscription SET at = :at, zone = :zone, days = :days, "
            "useful_for = :useful_for, nothing_new = :nothing_new, last_date = :last_date, "
            "next_due = :next_due WHERE id = :id",
            {
                "id": known.id,
                "at": wanted.rhythm.at.isoformat("minutes"),
                "zone": wanted.rhythm.zone,
                "days": wanted.rhythm.days,
                "useful_for": int(wanted.useful_for.total_seconds()),
                "nothing_new": wanted.nothing_new,
                "last_date": wanted.last_date.isoformat(),
                "next_due": seconds(wanted.next_due),
            },
        )
    return wanted


def put_off(db: Connection, number: int, *, last_date: date, next_due: datetime) -> None:
    """Let the next edition of a subscription be due at `next_due`, and be after `last_date`."""
    db.execute(
        "UPDATE subscription SET last_date = :last_date, next_due = :next_due WHERE id = :id",
        {"id": number, "last_date": last_date.isoformat(), "next_due": seconds(next_due)},
    )


def last_edition(db: Connection, number: int) -> date | None:
    """Return the newest local date for which a subscription has an edition."""
    newest = db.execute(
        "SELECT MAX(local_date) FROM edition WHERE subscription = ?", [number]
    ).fetchone()[0]
    return date.fromisoformat(newest) if newest else None


def of_chat(db: Connection, chat: int) -> tuple[Subscription, ...]:
    """Return the subscriptions of a chat and its topics."""
    rows = db.query(_WITH_LANGUAGE + "WHERE chat = ? ORDER BY topic", [chat])
    return tuple(map(_subscription, rows))


def all_subscriptions(db: Connection) -> tuple[Subscription, ...]:
    """Return every subscription, also those that are off."""
    return tuple(map(_subscription, db.query(_WITH_LANGUAGE + "ORDER BY subscription.id")))


def reschedule(db: Connection, number: int, next_due: datetime) -> None:
    """Put a subscription's next edition off to `next_due`."""
    db.execute(
        "UPDATE subscription SET next_due = :next_due WHERE id = :id",
        {"id": number, "next_due": seconds(next_due)},
    )


def due_by(db: Connection, now: datetime, *, limit: int) -> tuple[Subscription, ...]:
    """Return the subscriptions whose time has come, the longest due first."""
    rows = db.query(
        _WITH_LANGUAGE + "WHERE subscription.state = 'on' AND next_due <= :now "
        "ORDER BY next_due LIMIT :limit",
        {"now": seconds(now), "limit": limit},
    )
    return tuple(map(_subscription, rows))


def to_alert(db: Connection, newest: int, *, limit: int) -> tuple[Subscription, ...]:
    """Return the subscriptions with alerts that were not looked at for the offer `newest`."""
    rows = db.query(
        _WITH_LANGUAGE + "WHERE alerts AND alerted < :newest ORDER BY alerted LIMIT :limit",
        {"newest": newest, "limit": limit},
    )
    return tuple(map(_subscription, rows))


def longest_due(db: Connection) -> datetime | None:
    """Return the earliest moment for which an edition is not planned yet."""
    first = db.execute("SELECT MIN(next_due) FROM subscription WHERE state = 'on'").fetchone()[0]
    return datetime.fromtimestamp(first, UTC) if first is not None else None


def _subscription(row: Mapping[str, Any]) -> Subscription:
    return Subscription(
        id=int(row["id"]),
        chat=int(row["chat"]),
        topic=int(row["topic"]),
        rhythm=Rhythm(
            at=time.fromisoformat(str(row["at"])), zone=str(row["zone"]), days=int(row["days"])
        ),
        useful_for=timedelta(seconds=int(row["useful_for"])),
        nothing_new=NothingNew(str(row["nothing_new"])),
        state=Wanted(str(row["state"])),
        last_date=date.fromisoformat(str(row["last_date"])),
        next_due=datetime.fromtimestamp(int(row["next_due"]), UTC),
        seen=int(row["seen"]),
        language=ChatLanguage(
            chosen=row["chat_chosen"],
            private=row["chat_kind"] == "private",
            told=row["chat_language"],
        ).code,
        length=Length(row["length"]),
        quiet=_quiet(row["quiet_from"], row["quiet_to"]),
        alerts=bool(row["alerts"]),
        alerted=int(row["alerted"]),
    )


def _quiet(begins: str | None, ends: str | None) -> Quiet | None:
    if begins is None or ends is None:
        return None
    return Quiet(begins=time.fromisoformat(begins), ends=time.fromisoformat(ends))
