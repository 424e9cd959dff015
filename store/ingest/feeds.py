"""When to ask a feed again, and which of its entries are new: decisions without effects.

The caller keeps one `FeedState` a feed, asks it once it is due, and tells what came of it.
Nothing that one feed does changes another's state.
"""

import random
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from store.ingest.fetch import Fetched, FetchError
from store.ingest.raw.feed import Entry, Feed

SHORTEST = timedelta(minutes=15)
USUAL = timedelta(hours=1)
LONGEST = timedelta(days=1)
LONGEST_WAIT = timedelta(days=30)  # for somebody to say the day of an article
MOST_SEEN = 5000  # keys; a feed of 1,000 entries has at most 3,000
MOST_NEW = 50  # entries a visit: each may ask its site for a page
_GIVEN_UP = 20  # failures in a row; about two weeks at a day each
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})")
_DOUBLINGS = 7  # more would pass LONGEST anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a feed between two visits; `next_visit` None means never again."""

    address: str
    next_visit: datetime | None
    etag: str | None = None
    modified: str | None = None
    last_visit: datetime | None = None
    failures: int = 0
    problem: str | None = None
    interval: timedelta = USUAL
    seen: tuple[str, ...] = ()  # keys of entries, the newest last
    undated: Mapping[str, date] = field(default_factory=dict)  # articles, since when they wait


def conditions(state: FeedState) -> Mapping[str, str]:
    """Return the headers that ask for the feed only if it has changed."""
    asked = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return {name: value for name, value in asked.items() if value}


def visited(state: FeedState, answer: Fetched, feed: Feed | None, now: datetime) -> FeedState:
    """Return the state after an answer; `feed` is None where it said "not modified"."""
    interval = _interval(answer, feed, state.interval, now)
    fresh = not answer.unchanged
    return replace(
        state,
        address=answer.moved_to or state.address,
        next_visit=now + interval,
        etag=_header(answer, "ETag") if fresh else state.etag,
        modified=_header(answer, "Last-Modified") if fresh else state.modified,
        last_visit=now,
        failures=0,
        problem=feed.broken if feed else None,
        interval=interval,
    )


def failed(
    state: FeedState, error: FetchError | Exception, now: datetime, chance: random.Random
) -> FeedState:
    """Return the state after a failure: longer and longer pauses, never shorter than was asked.

    A feed that answers 410 (gone), or nothing good twenty times in a row, is not visited
    again until an operator names it anew.
    """
    failures = state.failures + 1
    pause = min(SHORTEST * 2 ** min(failures, _DOUBLINGS), LONGEST)
    # Feeds that failed together do not come back together.
    pause *= 1 + chance.random() / 4
    asked = error.retry_after if isinstance(error, FetchError) else None
    pause = max(pause, state.interval, min(asked, LONGEST * 7) if asked else timedelta())
    gone = isinstance(error, FetchError) and error.status == 410  # noqa: PLR2004 (Gone)
    return replace(
        state,
        next_visit=None if gone or failures >= _GIVEN_UP else now + pause,
        last_visit=now,
        failures=failures,
        problem=" ".join(str(error).split())[:500],
    )


def unseen(
    state: FeedState, entries: Iterable[Entry], most: int = MOST_NEW
) -> tuple[tuple[Entry, ...], FeedState]:
    """Return the entries that were not met before, oldest first, and the state that knows them.

    An entry is known by its id, its link or its words: a feed that changes one of them
    does not send all of its entries again. Past `most` the rest waits for the next
    visit, which then asks for the whole feed.
    """
    seen = dict.fromkeys(state.seen)
    new: list[Entry] = []
    waiting = False
    for entry in reversed(tuple(entries)):  # feeds begin with the newest
        known = any(key in seen for key in entry.keys)
        if not known and len(new) == most:
            waiting = True
            continue
        if not known:
            new.append(entry)
        for key in entry.keys:
            seen.pop(key, None)  # to the end: what a feed still lists must not be forgotten
            seen[key] = None
    after = replace(state, seen=tuple(seen)[-MOST_SEEN:])
    return tuple(new), replace(after, etag=None, modified=None) if waiting else after


def await_days(
    state: FeedState, undated: Iterable[str], drafted: Container[str], today: date
) -> tuple[FeedState, tuple[str, ...]]:
    """Return the state with what waits for its day, the `undated` too, and what waited too long.

    The feed does not tell of an entry again; so it is remembered until it is `drafted`.
    """
    since = {**dict.fromkeys(undated, today), **state.undated}
    left = {address: day for address, day in since.items() if address not in drafted}
    waiting = {address: day for address, day in left.items() if today - day < LONGEST_WAIT}
    given_up = tuple(address for address in left if address not in waiting)
    return replace(state, undated=waiting), given_up


def _interval(answer: Fetched, feed: Feed | None, before: timedelta, now: datetime) -> timedelta:
    """Return the longest that the feed or its server asks for, within our bounds."""
    asked = [_fresh_for(answer, now), feed.ttl if feed else None]
    wanted = max((each for each in asked if each), default=USUAL if feed else before)
    return min(max(wanted, SHORTEST), LONGEST)


def _fresh_for(answer: Fetched, now: datetime) -> timedelta | None:
    control = (_header(answer, "Cache-Control") or "").casefold()
    if "no-cache" in control or "no-store" in control:
        return None
    if match := _MAX_AGE.search(control):
        return timedelta(seconds=int(match[1]))
    try:
        expires = parsedate_to_datetime(_header(answer, "Expires") or "")
    except (ValueError, TypeError, OverflowError):
        return None
    expires = expires if expires.tzinfo else expires.replace(tzinfo=UTC)
    return expires - now if expires > now else None


def _header(answer: Fetched, name: str) -> str | None:
    value = answer.headers.get(name)
    return value[:1000] if value else None
