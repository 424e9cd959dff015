"""Flooding: how many answers one person gets in a while. Time is an argument.

Each person has a bucket of answers that fills up again; what finds it empty is not answered,
and the first time within a minute that is said. What others get does not depend on it.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

_MINUTE = 60.0
_MOST_PEOPLE = 10_000  # the one who was quiet for longest is forgotten first: a full bucket


class Judgement(StrEnum):
    """What becomes of what somebody sends."""

    ANSWER = "answer"
    WARN = "warn"  # not answered, but told to slow down
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How many answers fit a bucket, and how many come back in a minute."""

    per_minute: float
    burst: float

    @classmethod
    def of(cls, per_minute: int) -> "Limit":
        """Return the limit that allows so many a minute, half of them at once."""
        return cls(per_minute=per_minute, burst=max(per_minute / 2, 2.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """What one person has left, as of a moment."""

    left: float
    at: float  # seconds
    warned: float | None = None  # when last


def spend(
    bucket: Bucket, cost: float, limit: Limit, now: float, *, can_warn: bool = True
) -> tuple[Judgement, Bucket]:
    """Take `cost` answers out of a bucket at `now`, if they are there; return it as it is then.

    Where nothing can be said the warning is left for later.
    """
    passed = max(now - bucket.at, 0.0)
    left = min(bucket.left + passed * limit.per_minute / _MINUTE, limit.burst)
    bucket = replace(bucket, left=left, at=max(now, bucket.at))
    if left >= cost:
        return Judgement.ANSWER, replace(bucket, left=left - cost)
    is_warned = bucket.warned is not None and now - bucket.warned < _MINUTE
    if is_warned or not can_warn:
        return Judgement.DROP, bucket
    return Judgement.WARN, replace(bucket, warned=now)


class Flooding:
    """The buckets of all who wrote lately."""

    def __init__(self, limit: Limit, *, now: Callable[[], float], most: int = _MOST_PEOPLE) -> None:
        self._limit = limit
        self._now = now
        self._most = most
        self._buckets: OrderedDict[int, Bucket] = OrderedDict()

    def __len__(self) -> int:
        """Return how many people are remembered."""
        return len(self._buckets)

    def judge(self, person: int, cost: float, *, can_warn: bool = True) -> Judgement:
        """Judge something that a person sent, and count it."""
        now = self._now()
        known = self._buckets.pop(person, None) or Bucket(left=self._limit.burst, at=now)
        judgement, self._buckets[person] = spend(known, cost, self._limit, now, can_warn=can_warn)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return judgement
