"""Who was let in, and by what: invitations, and the people, groups and channels they admitted.

An invitation's secret is kept hashed only. Who is let in by the settings is not here, nor
what follows from all that: bot.access.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from store.database import Connection
from store.ledger.editions import withdraw
from store.ledger.subscriptions import seconds

MOST_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link that lets some more people in, until it expires."""

    id: int
    label: str
    uses: int  # that are left
    made: datetime
    expires: datetime
    admitted: int  # by it so far


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Somebody who was let in by an invitation, or a group or channel, brought in by somebody."""

    id: int
    brought_by: int | None
    expelled: bool


def invite(
    db: Connection,
    secret: str,
    *,
    asked: str,
    label: str,
    uses: int,
    now: datetime,
    lasts: timedelta,
) -> Invitation:
    """Make the invitation that was asked for by the message `asked`.

    Asked for again by the same message, it gets the new secret: nobody has seen the old one
    if the bot was killed before it could be told.
    """
    row = db.execute(
        "INSERT INTO invitation (asked, hash, label, uses, made, expires) "
        "VALUES (:asked, :hash, :label, :uses, :now, :expires) "
        "ON CONFLICT (asked) DO UPDATE SET hash = :hash RETURNING id",
        {
            "asked": asked,
            "hash": _hash(secret),
            "label": label,
            "uses": uses,
            "now": seconds(now),
            "expires": seconds(now + lasts),
        },
    ).fetchone()
    return Invitation(id=row[0], label=label, uses=uses, made=now, expires=now + lasts, admitted=0)


def invitations(db: Connection, *, now: datetime) -> tuple[Invitation, ...]:
    """Return the invitations that still let somebody in, the newest first."""
    rows = db.query(
        "SELECT *, (SELECT COUNT(*) FROM admission WHERE invitation = invitation.id) AS admitted "
        "FROM invitation WHERE uses > 0 AND expires > :now ORDER BY id DESC LIMIT :limit",
        {"now": seconds(now), "limit": MOST_LISTED},
    )
    return tuple(map(_invitation, rows))


def revoke(db: Connection, number: int) -> bool:
    """Let an invitation admit nobody any more; those it admitted stay. Tell if there was one."""
    changed = db.execute(
        "UPDATE invitation SET uses = 0 WHERE id = :id AND uses > 0", {"id": number}
    )
    return changed.rowcount > 0


def redeem(db: Connection, secret: str, person: int, *, now: datetime) -> bool:
    """Let a person in by an invitation; tell whether that person is in.

    Who is in already uses up nothing. Who was expelled is let in by a later invitation only.
    """
    known = admission(db, person)
    if known is not None and not known.expelled:
        return True
    used = db.execute(
        "UPDATE invitation SET uses = uses - 1 WHERE hash = :hash AND uses > 0 "
        "AND expires > :now AND made > COALESCE((SELECT expelled FROM admission "
        "WHERE id = :person), 0) RETURNING id",
        {"hash": _hash(secret), "person": person, "now": seconds(now)},
    ).fetchone()
    if used is None:
        return False
    db.execute(
        "INSERT INTO admission (id, since, invitation) VALUES (:id, :now, :invitation) "
        "ON CONFLICT (id) DO UPDATE SET since = :now, invitation = :invitation, expelled = NULL",
        {"id": person, "now": seconds(now), "invitation": used[0]},
    )
    return True


def bring(db: Connection, chat: int, person: int, *, pardon: bool, now: datetime) -> None:
    """Note that a person brings a group or channel in; one that was expelled only by pardon."""
    db.execute(
        "INSERT INTO admission (id, since, brought_by) VALUES (:chat, :now, :person) "
        "ON CONFLICT (id) DO UPDATE SET brought_by = :person, expelled = NULL "
        "WHERE expelled IS NULL OR :pardon",
        {"chat": chat, "now": seconds(now), "person": person, "pardon": pardon},
    )


def expel(db: Connection, number: int, *, now: datetime) -> bool:
    """Let a person, group or channel in no more; tell whether it was known here.

    What is owed to it, and to what that person brought in, is skipped.
    """
    place = {"id": number, "now": seconds(now)}
    known = db.execute(
        "INSERT INTO admission (id, since, expelled) SELECT :id, :now, :now WHERE "
        "EXISTS (SELECT 1 FROM chat WHERE id = :id) OR "
        "EXISTS (SELECT 1 FROM admission WHERE id = :id) "
        "ON CONFLICT (id) DO UPDATE SET expelled = :now RETURNING id",
        place,
    ).fetchall()
    owed = db.query(
        "SELECT id FROM edition WHERE chat = :id "
        "OR chat IN (SELECT id FROM admission WHERE brought_by = :id)",
        place,
    )
    withdraw(db, [row["id"] for row in list(owed)], reason="let in no more", now=now)
    return bool(known)


def admission(db: Connection, number: int) -> Admission | None:
    """Return how a person, group or channel came in, or was put out; None for a stranger."""
    rows = db.query("SELECT * FROM admission WHERE id = :id", {"id": number})
    return next(map(_admission, rows), None)


def move(db: Connection, old: int, new: int) -> None:
    """Let a group that got another number stay in, or out; out also where it was in by the new."""
    place = {"old": old, "new": new}
    db.execute(
        "UPDATE admission SET expelled = COALESCE(expelled, "
        "(SELECT expelled FROM admission WHERE id = :old)) WHERE id = :new",
        place,
    )
    db.execute("UPDATE OR IGNORE admission SET id = :new WHERE id = :old", place)
    db.execute("DELETE FROM admission WHERE id = :old", place)


def _hash(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"invitation").digest()


def _invitation(row: Mapping[str, Any]) -> Invitation:
    return Invitation(
        id=row["id"],
        label=row["label"],
        uses=row["uses"],
        made=datetime.fromtimestamp(row["made"], UTC),
        expires=datetime.fromtimestamp(row["expires"], UTC),
        admitted=row["admitted"],
    )


def _admission(row: Mapping[str, Any]) -> Admission:
    return Admission(
        id=row["id"], brought_by=row["brought_by"], expelled=row["expelled"] is not None
    )
