"""One remaking of the knowledge: what changed, whom that concerns, and what is made of it."""

import contextlib
import gc
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pydantic import TypeAdapter

from store.database import Connection
from store.knowledge.changes import Diff, Tick, uncounted
from store.knowledge.making.assembly import person_record, subject_record
from store.knowledge.making.concerned import Concern, Names
from store.knowledge.making.concluding import KINDS, conclude
from store.knowledge.making.deriving import derive
from store.knowledge.making.equalising import Touched, among, as_list, equalise
from store.knowledge.making.merging import Merger
from store.knowledge.making.outcomes import bear_out, dated, note_borne_out, planned_near
from store.knowledge.making.said import Context, Said
from store.knowledge.making.sourcing import date_titles, remove_sources, write_sources
from store.knowledge.making.stated import Shelf, Sums, delete, in_chunks, write, written
from store.knowledge.values import StatedSubject, Story, Summary
from store.knowledge.written import as_written, summary_of

T = TypeVar("T")

_LINKED = ("source", "person", "event", "quote", "figure")
_MERGED = ("event", "quote", "figure")
_SUBJECTS = TypeAdapter(tuple[StatedSubject, ...])
_ROOM = 20_000  # summaries that are kept as values
_CACHE = 1 << 16  # KiB
_SELDOM = 200_000  # things made between two looks for garbage


@contextlib.contextmanager
def _undisturbed() -> Iterator[Callable[[], None]]:
    """Have the garbage collector look seldom; yield what has it leave alone what is there by then.

    It would look at all of a story again and again, and little of that is garbage. Where something
    is left alone already, for as long as the program runs, nothing more is: all of it ends at once.
    """
    usual = gc.get_threshold()
    leave_alone = gc.freeze if gc.get_freeze_count() == 0 else _do_nothing
    gc.set_threshold(max(usual[0], _SELDOM), *usual[1:])
    leave_alone()
    try:
        yield leave_alone
    finally:
        if leave_alone is gc.freeze:
            gc.unfreeze()
        gc.set_threshold(*usual)


@contextlib.contextmanager
def _with_room(db: Connection) -> Iterator[None]:
    """Have SQLite keep as many pages as a large story has under way, and afterwards as many again.

    Rows come all over the indexes; without room each page is written, and looked for in the
    log, time after time. What is not needed is not taken.
    """
    usual = db.execute("PRAGMA cache_size").fetchone()[0]
    db.execute(f"PRAGMA cache_size = {min(usual, -_CACHE)}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA cache_size = {usual}")


def _do_nothing() -> None:
    pass


@dataclass(slots=True)
class Remaking:
    """Makes the knowledge equal to what sources state by `day`, where it names one.

    `anew`: whatever is there may be wrong, for another program made it.
    """

    db: Connection
    story: Story
    day: date | None = None
    anew: bool = False
    tick: Tick = uncounted
    _touched: dict[str, Touched] = field(
        default_factory=lambda: {kind: Touched() for kind in (*KINDS, "naming", "outcome")}
    )
    _made: dict[str, str] = field(default_factory=dict)  # sources to be made, and their places
    _leaving: set[str] = field(default_factory=set)
    _leave_alone: Callable[[], None] = _do_nothing

    def remake(
        self,
        told: Iterable[tuple[str, Summary]],
        gone: Iterable[str],
        *,
        other_day: bool = False,
    ) -> Diff:
        """Take in what sources say now and which are gone; make the knowledge equal to that.

        `other_day`: what was published by then may not be what is known.
        """
        with _with_room(self.db), _undisturbed() as self._leave_alone:
            return self._remake(told, gone, other_day=other_day)

    def _remake(
        self, told: Iterable[tuple[str, Summary]], gone: Iterable[str], *, other_day: bool
    ) -> Diff:
        is_fresh = self._is_empty("source") and self._is_empty("person")
        subjects = _SUBJECTS.dump_json(self.story.subjects).decode()
        others = [row[0] for row in self.db.execute("SELECT subjects FROM made_of")] != [subjects]
        anew = self.anew and not (is_fresh and self._is_empty("stated"))
        sums, shelf = Sums(self.db, anew=anew), Shelf(self.db)
        self._take_in(told, gone, sums, shelf, anew=anew)
        if anew:
            self._count_all(sums)
        elif other_day:
            self._turn_to_day(sums)
        if others and not anew:
            self._make_all()
        whole = anew or others or is_fresh
        changed = self._made.keys() | self._leaving
        names = Names(self.db, sums, shelf, self.story.subjects, changed)
        concern = names.concern(whole=whole)
        self._make_also(concern.sources)
        self._write_people(concern)
        merger = Merger(self.db, concern.context, shelf, self._touched, self._leaving)
        if whole:
            merger.before = None
        if anew:
            merger.kept = {kind: set() for kind in _MERGED}
        self._make(concern.context, merger, shelf)
        merger.merge_events(concern.events)
        self._remove(concern, merger, anew=anew or others)
        people = self._touched["person"]
        for chunk in in_chunks(sorted(people.else_changed | people.now.keys())):
            date_titles(self.db, chunk)
        self._bear_out(merger)
        self._name_subjects(concern.context)
        if others:
            self.db.execute("INSERT OR REPLACE INTO made_of VALUES (1, ?)", [subjects])
        return conclude(self.db, self.story, self._touched, anew=anew)

    def _in_turn(self, items: Iterable[T]) -> Iterator[list[T]]:
        """Yield `items` in chunks; what came of one the garbage collector leaves alone after it."""
        for chunk in in_chunks(items):
            yield chunk
            self._leave_alone()

    def _is_empty(self, table: str) -> bool:
        return self.db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None  # noqa: S608 (ours)

    def _keys(self, table: str) -> set[str]:
        return {key for (key,) in self.db.execute(f"SELECT key FROM {table}")}  # noqa: S608 (ours)

    def _known(self, keys: Iterable[str]) -> set[str]:
        return {key for (key,) in among(self.db, "SELECT key FROM source WHERE key IN keys", keys)}

    def _is_public(self, summary: Summary) -> bool:
        return self.day is None or summary.published <= self.day

    def _take_in(
        self,
        told: Iterable[tuple[str, Summary]],
        gone: Iterable[str],
        sums: Sums,
        shelf: Shelf,
        *,
        anew: bool,
    ) -> None:
        """Write down what sources state, and count what they call persons and places."""
        for chunk in self._in_turn(told):
            before = written(self.db, [key for key, _ in chunk])
            known = self._known(key for key, _ in chunk)
            texts = {key: as_written(summary) for key, summary in chunk}
            write(
                self.db,
                [
                    (key, summary.published.isoformat(), texts[key])
                    for key, summary in chunk
                    if before.get(key) != texts[key]
                ],
            )
            for key, summary in chunk:
                public = self._is_public(summary)
                if anew or (before.get(key) == texts[key] and public == (key in known)):
                    continue
                if key in known:
                    sums.remove(Said(key, summary_of(before[key])))
                if public:
                    self._add(Said(key, summary), sums, shelf)
                elif key in known:
                    self._leaving.add(key)
        for keys in in_chunks(gone):
            before = written(self.db, keys)
            known = self._known(keys)
            for key in known if not anew else ():
                sums.remove(Said(key, summary_of(before[key])))
            self._leaving |= known
            delete(self.db, keys)

    def _add(self, said: Said, sums: Sums, shelf: Shelf | None = None) -> None:
        sums.add(said)
        self._made[said.key] = said.place
        if shelf and len(self._made) <= _ROOM:
            shelf.put([said])

    def _count_all(self, sums: Sums) -> None:
        """Count what all say that are public."""
        until = self.day.isoformat() if self.day else "~"
        rows = self.db.execute("SELECT source FROM stated WHERE published <= ?", [until])
        public = [key for (key,) in rows]
        for chunk in in_chunks(public):
            for key, text in written(self.db, chunk).items():
                self._add(Said(key, summary_of(text)), sums)
        self._leaving |= self._keys("source") - set(public)

    def _turn_to_day(self, sums: Sums) -> None:
        """Have the sources come that are public now, and those leave that are not yet."""
        until = self.day.isoformat() if self.day else "~"
        for known, public, other in ((False, True, "<="), (True, False, ">")):
            rows = self.db.execute(
                f"SELECT source FROM stated WHERE published {other} ? "  # noqa: S608 (ours)
                f"AND {'' if known else 'NOT '}EXISTS (SELECT 1 FROM source WHERE key = source)",
                [until],
            )
            for chunk in in_chunks(key for (key,) in rows.fetchall() if key not in self._made):
                for key, text in written(self.db, chunk).items():
                    said = Said(key, summary_of(text))
                    if public:
                        self._add(said, sums)
                    elif key not in self._leaving:
                        sums.remove(said)
                        self._leaving.add(key)

    def _make_all(self) -> None:
        self._make_also(self._keys("source") - self._leaving)

    def _make_also(self, sources: Collection[str]) -> None:
        for chunk in in_chunks(key for key in sources if key not in self._made):
            for key, published, file in among(
                self.db, "SELECT key, published, file FROM source WHERE key IN keys", chunk
            ):
                self._made[key] = f"{published} {file}\x01{key}\x01"

    def _write_people(self, concern: Concern) -> None:
        gazetteer = concern.context.gazetteer
        people = {person.key: person for person in concern.context.cast.people(concern.people)}
        for chunk in in_chunks(people):
            records = (person_record(people[key], gazetteer) for key in chunk)
            equalise(self.db, "person", chunk, records, self._touched["person"])

    def _make(self, context: Context, merger: Merger, shelf: Shelf) -> None:
        done = 0
        for chunk in self._in_turn(sorted(self._made, key=self._made.__getitem__)):
            saids = shelf.take(chunk)
            write_sources(
                self.db, [derive(said, context) for said in saids.values()], self._touched
            )
            merger.merge(chunk, saids)
            shelf.clear_but(_ROOM)
            done += len(chunk)
            self.tick(done, len(self._made))
        for chunk in in_chunks(sorted(self._leaving)):
            merger.merge(chunk, {})
            remove_sources(self.db, chunk, self._touched)

    def _remove(self, concern: Concern, merger: Merger, *, anew: bool) -> None:
        """Remove the persons who are nobody now; and, made `anew`, what nobody tells."""
        people = concern.context.cast.by_key.keys()
        gone = {"person": (self._keys("person") if anew else set(concern.people)) - people}
        if merger.kept is not None:
            gone |= {kind: self._keys(kind) - kept for kind, kept in merger.kept.items()}
        for kind, keys in gone.items():
            for chunk in in_chunks(sorted(keys)):
                equalise(self.db, kind, chunk, (), self._touched[kind])

    def _bear_out(self, merger: Merger) -> None:
        """Hold the plans that were written, or that something was, against what took place."""
        events, outcomes = self._touched["event"], self._touched["outcome"]
        plans = set(outcomes.before) | set(events.now)
        if merger.before is not None:
            now = dated(self.db, events.now)
            near = planned_near(self.db, [*merger.before, *now])
            note_borne_out(self.db, near, outcomes)
            plans |= near
        for chunk in in_chunks(sorted(plans)):
            bear_out(self.db, chunk, events, outcomes)

    def _name_subjects(self, context: Context) -> None:
        """Keep the subjects that something names: each line of their page has a source."""
        subjects = context.gazetteer.subjects
        anywhere = " OR ".join(
            f"EXISTS (SELECT 1 FROM {kind}_subject WHERE subject = value)"  # noqa: S608 (ours)
            for kind in _LINKED
        )
        rows = self.db.execute(
            f"SELECT value FROM json_each(?) WHERE {anywhere}",  # noqa: S608 (ours)
            [as_list(subjects)],
        )
        named = {key for (key,) in rows.fetchall()}
        equalise(
            self.db,
            "subject",
            named | self._keys("subject"),
            (subject_record(key, one) for key, one in subjects.items() if key in named),
            self._touched["subject"],
        )
