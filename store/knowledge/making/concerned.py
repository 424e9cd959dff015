"""Whom a change concerns beside those that changed: who read a name that means another now."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from store.database import Connection
from store.knowledge.gazetteer import Gazetteer
from store.knowledge.making.equalising import among
from store.knowledge.making.joining import Cast, Use
from store.knowledge.making.recognising import readings
from store.knowledge.making.said import Context, Said
from store.knowledge.making.stated import Shelf, Sums, in_chunks
from store.knowledge.values import StatedSubject
from store.text import fold

_MANY = 200  # names; of more all sources are made again, where they are not many more
_SHARE = 20


@dataclass(frozen=True, slots=True)
class Concern:
    """What the whole story says now, and what is to be made again for it."""

    context: Context
    sources: Collection[str]
    people: Collection[str]
    events: Collection[str]


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a story calls persons and places, as they were and as they are."""

    db: Connection
    sums: Sums
    shelf: Shelf
    subjects: tuple[StatedSubject, ...]
    changed: Collection[str]  # sources that say something else, or nothing any more

    def concern(self, *, whole: bool) -> Concern:
        """Sum up the names as they are now, and find whom what changed in them concerns.

        Where the `whole` is made again, nobody is looked for: all persons are concerned.
        """
        known = _in_order(self.sums.places.known)
        before = Context(
            Cast(self.sums.calls_in(self.sums.calls.known)), Gazetteer(self.subjects, known)
        )
        places = self.sums.places.after(self._firsts_of_places())
        calls = self.sums.calls.after(self._firsts_of_calls(before.cast))
        self.sums.write(calls, places)
        now = _in_order(places)
        after = Context(
            Cast(self.sums.calls_in(calls)) if self.sums.calls.moved else before.cast,
            Gazetteer(self.subjects, now) if now != known else before.gazetteer,
        )
        if whole:
            return Concern(after, (), [person.key for person in after.cast.people()], ())
        people = self._people(before.cast, after.cast)
        return Concern(
            after,
            self._sources(before, after) - set(self.changed),
            people,
            self._events(key for key in people if before.speaks(key) != after.speaks(key)),
        )

    def _people(self, before: Cast, after: Cast) -> set[str]:
        """Return the keys of all, of before and of now, of whom something may differ."""
        moved = set(self.sums.calls_in(dict.fromkeys(self.sums.calls.moved, Use(0, ""))))
        return {
            cast.keys[call]
            for cast in (before, after)
            for call in cast.keys
            if call in moved or before.keys.get(call) != after.keys.get(call)
        }

    def _sources(self, before: Context, after: Context) -> set[str]:
        forms = _differing(readings(before.cast), readings(after.cast))
        words = {form for form in forms if " " not in form}
        # Who names a person by several words names them by the last of these too.
        texts = [form for form in forms if form in words or form.split()[-1] not in words]
        texts += self._changed_subjects(before.gazetteer, after.gazetteer)
        if len(texts) > _MANY and len(texts) * _SHARE > self._count():
            return {key for (key,) in self.db.execute("SELECT key FROM source")}
        found = {key for text in texts for key in self._that_say(text)}
        renamed = {
            key for call, key in before.cast.keys.items() if after.cast.keys.get(call, key) != key
        }
        for chunk in in_chunks(sorted(renamed)):
            rows = among(self.db, "SELECT source FROM mention WHERE person IN keys", chunk)
            found |= {source for (source,) in rows}
        return found

    def _count(self) -> int:
        return int(self.db.execute("SELECT COUNT(*) FROM source").fetchone()[0])

    def _changed_subjects(self, before: Gazetteer, after: Gazetteer) -> list[str]:
        """Return the names, folded, of the subjects that are called otherwise now."""
        changed = [
            subject
            for key in _differing(before.subjects, after.subjects)
            for subject in (before.subjects.get(key), after.subjects.get(key))
            if subject is not None
        ]
        return sorted({fold(name) for one in changed for name in (one.name, *one.aliases)})

    def _that_say(self, text: str) -> Iterator[str]:
        """Yield the sources with all words of `text`, given folded, in what they say."""
        words = text.split()
        query = " AND ".join(f'"{word}"' for word in words)
        rows = self.db.execute(
            "SELECT key FROM source_text JOIN source ON n = source_text.rowid "
            "WHERE source_text MATCH ?",
            [f"folded : ({query})"],
        )
        yield from (key for (key,) in rows)
        for note in self.sums.notes.known:
            if set(words) <= set(fold(note).split()):
                yield from self._that_note(note)

    def _that_note(self, note: str) -> Iterator[str]:
        """Yield the sources that state `note`, which no search finds."""
        written = json.dumps(note, ensure_ascii=False)
        rows = self.db.execute("SELECT source FROM stated WHERE instr(summary, ?)", [written])
        yield from (source for (source,) in rows)

    def _events(self, people: Iterable[str]) -> set[str]:
        rows = among(self.db, "SELECT event FROM event_person WHERE person IN keys", people)
        return {event for (event,) in rows}

    def _firsts_of_calls(self, before: Cast) -> dict[str, str]:
        """Return where those calls stand first now that did in a source that changed."""
        lost = self.sums.calls.lost
        found: dict[str, str] = {}
        for call in self.sums.calls_in({text: self.sums.calls.known[text] for text in lost}):
            rows = self.db.execute(
                "SELECT source.key FROM mention JOIN source ON source.key = mention.source "
                "WHERE person = ? ORDER BY source.published, file, source.key",
                [before.keys[call]],
            )
            for said in self._others(rows.fetchall()):
                if first := dict(reversed(list(said.firsts()))).get(call):
                    found[call.as_text()] = first
                    break
        return found

    def _firsts_of_places(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for place in self.sums.places.lost:
            query = " AND ".join(f'"{word}"' for word in fold(place).split())
            rows = self.db.execute(
                "SELECT key FROM source_text JOIN source ON n = source_text.rowid "
                "WHERE source_text MATCH ? ORDER BY published, file, key",
                [f"folded : ({query})"],
            )
            for said in self._others(rows.fetchall()):
                if first := dict(reversed(list(said.places()))).get(place):
                    found[place] = first
                    break
        return found

    def _others(self, rows: Iterable[tuple[str]]) -> Iterator[Said]:
        """Yield, of sources in their order, what those say that have not changed."""
        keys = (key for (key,) in rows if key not in self.changed)
        for chunk in in_chunks(keys, 16):
            saids = self.shelf.take(chunk)
            yield from (saids[key] for key in chunk if key in saids)


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def _in_order(places: Mapping[str, Use]) -> list[str]:
    """Return places by where each stands first, which alone tells what they are called."""
    return sorted(places, key=lambda text: places[text].first)
