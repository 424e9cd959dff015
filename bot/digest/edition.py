"""Deciding on editions: which of those due are planned, which are skipped, and what goes in.

Pure: takes what the knowledge and the ledger told, returns what is to be written.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.digest.choice import NO_WISHES, Wishes, chosen
from bot.digest.due import Due, due, local_date
from bot.locales import Language, _, language_of, speaking, spoken
from bot.messages.digest import Briefing, digest, nothing_new
from bot.messages.message import Links
from bot.messages.parts import freeze
from store.ledger.values import NothingNew, PlannedEdition, Subscription

NOTHING_NEW = "nothing new"
_LATE_FROM = timedelta(minutes=15)  # a reader does not call ten minutes late
_LIVE_FOR = timedelta(days=14)


def story_today(as_of: date, calendar: date) -> date:
    """Return the story's own today.

    It is the calendar's for a story that is followed live, also over quiet days, and
    the day of the newest source for one that ended long ago (or is to come).
    """
    return calendar if timedelta(0) <= calendar - as_of <= _LIVE_FOR else as_of


def decide(
    subscription: Subscription,
    briefing: Briefing | None,
    *,
    offer: int,
    now: datetime,
    links: Links,
    wishes: Wishes = NO_WISHES,
) -> PlannedEdition | None:
    """Return the edition that `subscription` is owed at `now`, None where none is due.

    Without a briefing there is no story yet, and the edition is skipped.
    """
    owed = due(subscription.rhythm, last_date=subscription.last_date, now=now)
    if owed is None:
        return None
    told = briefing and suited(briefing, subscription, wishes)
    parts, reason = _parts(subscription, owed, told, now, links)
    return PlannedEdition(
        subscription=subscription,
        local_date=owed.local_date,
        due=owed.since,
        offer=offer,
        parts=parts,
        reason=reason,
        next_due=owed.next_due,
    )


def preview(
    subscription: Subscription,
    briefing: Briefing | None,
    *,
    now: datetime,
    links: Links,
    wishes: Wishes = NO_WISHES,
) -> tuple[tuple[str, ...], str | None]:
    """Return the parts that `subscription` would get if it were due now, or why it gets none."""
    owed = Due(local_date=local_date(subscription.rhythm, now), since=now, next_due=now)
    told = briefing and suited(briefing, subscription, wishes)
    return _parts(subscription, owed, told, now, links)


def suited(briefing: Briefing, known: Subscription | None, wishes: Wishes) -> Briefing:
    """Return the briefing as long as a reader wants it, and led by what they follow."""
    if known is not None and known.length is not briefing.length:
        briefing = replace(briefing, length=known.length)
    return chosen(briefing, wishes.interests, wishes.alerted)


def _parts(
    subscription: Subscription, owed: Due, briefing: Briefing | None, now: datetime, links: Links
) -> tuple[tuple[str, ...], str | None]:
    """Return the parts in the language of the subscription's chat, or why there are none."""
    with speaking(language_of(subscription.language)):
        return _told(subscription, owed, briefing, now, links)


def _told(
    subscription: Subscription, owed: Due, briefing: Briefing | None, now: datetime, links: Links
) -> tuple[tuple[str, ...], str | None]:
    late = now - owed.since
    if late > subscription.useful_for:
        return (), f"too late: due {owed.since:%Y-%m-%d %H:%M} UTC"
    if briefing is None:
        return (), "no story is loaded"
    told = replace(briefing, local_date=owed.local_date)
    if late >= _LATE_FROM:
        told = replace(told, late=_late_line(subscription, owed))
    if not told.anything and subscription.seen:
        if subscription.nothing_new is NothingNew.SILENCE:
            return (), NOTHING_NEW
        return (freeze(nothing_new(told)),), None
    return _composed(told, links, spoken()), None


@lru_cache(maxsize=32)
def _composed(told: Briefing, links: Links, language: Language) -> tuple[str, ...]:
    """Compose a digest once for all who are owed the same, in the language that is spoken."""
    del language  # here to tell what is kept for one from what is kept for another
    return tuple(freeze(message) for message in digest(told, links=links))


def _late_line(subscription: Subscription, owed: Due) -> str:
    local = owed.since.astimezone(ZoneInfo(subscription.rhythm.zone))
    return _("Late: this was due at {time}.").format(time=f"{local:%H:%M}")
