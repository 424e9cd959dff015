"""Watching a folder: how it looks at one moment, and when it has been quiet long enough.

Looks by the status of each file, and reads none. When to look is not decided here.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from store.ingest.folders import EXACT, Listed, listed_at

QUIET = 2.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the files looked at one moment."""

    mark: str  # another one after any change
    settled: bool  # no file is so young that a change could leave its stamp as it is
    files: int  # those of summaries


def look_at(
    paths: Sequence[Path],
    *,
    now: Callable[[], int] = time.time_ns,
    see: Callable[[Listed], object] | None = None,
) -> Look:
    """Look at the files at `paths`, and have each `see`n; trouble is part of how they look."""
    moment, youngest, count = now(), 0, 0
    seen = blake2b(digest_size=12)
    for listed in listed_at(paths):
        path, looks = listed.path, listed.stamp or listed.trouble
        youngest = max(youngest, listed.changed)
        count += not (listed.is_story or listed.trouble)
        seen.update(f"{len(path)}:{path}={looks};".encode(errors="surrogateescape"))
        if see is not None:
            see(listed)
    return Look(mark=seen.hexdigest(), settled=moment - youngest >= EXACT, files=count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is known of a folder that is looked at again and again."""

    handled: str = ""
    last: str = ""
    since: float = 0.0  # seconds of some clock

    def looks(self, mark: str, now: float) -> "Watched":
        """Return what is known after the folder was seen to look like `mark`."""
        return self if mark == self.last else replace(self, last=mark, since=now)

    def is_due(self, now: float) -> bool:
        """Tell whether something has changed, and nothing since for long enough."""
        return self.last != self.handled and now - self.since >= QUIET

    def done(self) -> "Watched":
        """Return what is known once the folder as it looks was dealt with."""
        return replace(self, handled=self.last)
