"""What each source states, and what all of them call persons and places: rows, and their sums."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from store.database import Connection
from store.knowledge.making.calling import Call, call_of
from store.knowledge.making.equalising import among
from store.knowledge.making.joining import Use
from store.knowledge.making.said import Said
from store.knowledge.written import summary_of

T = TypeVar("T")
CHUNK = 500  # summaries

PLACE, NOTE = "place", "note"


def in_chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Yield `items`, so many at a time."""
    left = iter(items)
    while chunk := list(islice(left, size)):
        yield chunk


def write(db: Connection, stated: Iterable[tuple[str, str, str]]) -> None:
    """Write what sources state, as (key, day of publication, JSON)."""
    db.conn.executemany("INSERT OR REPLACE INTO stated VALUES (?, ?, ?)", stated)


def delete(db: Connection, keys: Iterable[str]) -> None:
    """Forget what these sources state."""
    among(db, "DELETE FROM stated WHERE source IN keys", keys)


def written(db: Connection, keys: Iterable[str]) -> dict[str, str]:
    """Return what those of the sources state that state anything, as JSON."""
    return dict(among(db, "SELECT source, summary FROM stated WHERE source IN keys", keys))


@dataclass(slots=True)
class Shelf:
    """What sources say, worked out once and kept while there is room."""

    db: Connection
    _kept: dict[str, Said] = field(default_factory=dict)

    def put(self, saids: Iterable[Said]) -> None:
        """Keep what was worked out already."""
        self._kept.update((said.key, said) for said in saids)

    def take(self, keys: Collection[str]) -> dict[str, Said]:
        """Return what those of the sources say that state anything."""
        missing = [key for key in keys if key not in self._kept]
        for key, text in written(self.db, missing).items() if missing else ():
            self._kept[key] = Said(key, summary_of(text))
        return {key: self._kept[key] for key in keys if key in self._kept}

    def clear_but(self, most: int) -> None:
        """Forget what was put first, where more than `most` are kept."""
        for key in list(islice(self._kept, max(0, len(self._kept) - most))):
            del self._kept[key]


@dataclass(slots=True)
class Sum:
    """How often each of something is said and where first, and by how much that moves."""

    known: dict[str, Use]
    added: Counter[str] = field(default_factory=Counter)
    earliest: dict[str, str] = field(default_factory=dict)  # of what was added
    _gone: set[str] = field(default_factory=set)  # whose first use is no more

    def add(self, text: str, first: str) -> None:
        """Count one more."""
        self.added[text] += 1
        if first < self.earliest.setdefault(text, first):
            self.earliest[text] = first

    def remove(self, text: str, first: str) -> None:
        """Count one less."""
        self.added[text] -= 1
        if text in self.known and self.known[text].first == first:
            self._gone.add(text)

    @property
    def lost(self) -> set[str]:
        """What was said first where it is said no more, and is said nowhere so early now."""
        return {
            text
            for text in self._gone
            if self.known[text].times + self.added[text] > 0
            and not self.earliest.get(text, "~") <= self.known[text].first
        }

    @property
    def moved(self) -> list[str]:
        """What is said more, less, or first elsewhere."""
        lost = self.lost
        return [
            text
            for text in sorted(self.added)
            if self.added[text] or text in lost or self._is_earlier(text)
        ]

    def _is_earlier(self, text: str) -> bool:
        known = self.known.get(text)
        return known is not None and self.earliest.get(text, "~") < known.first

    def after(self, first_of_rest: Mapping[str, str]) -> dict[str, Use]:
        """Return the sums as they are now; `first_of_rest` is told of those that lost theirs."""
        now, lost = dict(self.known), self.lost
        for text in self.moved:
            count = (now[text].times if text in now else 0) + self.added[text]
            if count <= 0:
                now.pop(text, None)
                continue
            firsts = [self.earliest[text]] if text in self.earliest else []
            if text in lost:
                firsts += [first_of_rest[text]] if text in first_of_rest else []
            elif text in now:
                firsts.append(now[text].first)
            now[text] = Use(count, min(firsts))
        return now


class Sums:
    """All that is summed up over the sources: calls of persons, places of events, notes."""

    def __init__(self, db: Connection, *, anew: bool = False) -> None:
        """Read the sums; none where they are to be made `anew`."""
        self._db = db
        if anew:
            db.execute("DELETE FROM called")
            db.execute("DELETE FROM phrase")
        phrases: dict[str, dict[str, Use]] = defaultdict(dict)
        for kind, text, count, first in db.execute("SELECT kind, text, count, first FROM phrase"):
            phrases[kind][text] = Use(count, first)
        self._written: dict[Call, str] = {}
        self._read: dict[str, Call] = {}
        called = db.execute("SELECT call, count, first FROM called")
        self.calls = Sum({text: Use(count, first) for text, count, first in called})
        self.places = Sum(phrases[PLACE])
        self.notes = Sum(phrases[NOTE])

    def _as_text(self, call: Call) -> str:
        if call not in self._written:
            self._written[call] = call.as_text()
        return self._written[call]

    def calls_in(self, uses: Mapping[str, Use]) -> dict[Call, Use]:
        """Return the calls that were summed up as text."""
        for text in uses.keys() - self._read.keys():
            self._read[text] = call_of(text)
        return {self._read[text]: use for text, use in uses.items()}

    def add(self, said: Said) -> None:
        """Count what a source says."""
        for call, first in said.firsts():
            self.calls.add(self._as_text(call), first)
        for place, first in said.places():
            self.places.add(place, first)
        for note in said.notes():
            self.notes.add(note, "")

    def remove(self, said: Said) -> None:
        """Count what a source says no more."""
        for call, first in said.firsts():
            self.calls.remove(self._as_text(call), first)
        for place, first in said.places():
            self.places.remove(place, first)
        for note in said.notes():
            self.notes.remove(note, "")

    def write(self, calls: Mapping[str, Use], places: Mapping[str, Use]) -> None:
        """Write down the sums as they are now."""
        self._write("called", ("call",), {(t,): calls.get(t) for t in self.calls.moved})
        notes = self.notes.after(dict.fromkeys(self.notes.lost, ""))
        moved: dict[tuple[str, ...], Use | None] = {
            (PLACE, text): places.get(text) for text in self.places.moved
        }
        moved |= {(NOTE, text): notes.get(text) for text in self.notes.moved}
        self._write("phrase", ("kind", "text"), moved)

    def _write(
        self, table: str, key: tuple[str, ...], moved: Mapping[tuple[str, ...], Use | None]
    ) -> None:
        where = " AND ".join(f"{name} = ?" for name in key)
        self._db.conn.executemany(
            f"DELETE FROM {table} WHERE {where}",  # noqa: S608 (ours)
            [at for at, use in moved.items() if use is None],
        )
        marks = ", ".join("?" * (len(key) + 2))
        self._db.conn.executemany(
            f"INSERT OR REPLACE INTO {table} VALUES ({marks})",  # noqa: S608 (ours)
            [(*at, *use) for at, use in moved.items() if use is not None],
        )
