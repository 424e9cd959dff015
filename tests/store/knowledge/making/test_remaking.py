"""What a reload by parts leaves is what a new one makes: THE rule of reloads, row for row."""

import gc
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import Connection, open_connection, transaction
from store.knowledge.making.remaking import Remaking
from store.knowledge.reload import extend
from store.knowledge.values import (
    Grade,
    StatedEvent,
    StatedFigure,
    StatedPerson,
    StatedQuote,
    StatedSubject,
    Status,
    Story,
    SubjectKind,
    Summary,
    When,
)
from store.knowledge.written import source_key
from tests.store import stories
from tests.store.stories import STORY, assembled, dump, is_sound, load, summary

NAMES = st.sampled_from(
    (
        *("Ada Quay", "Bo Quay", "Quay", "A. Quay", "von Quay", "Ursula von Quay", "Von Quay"),
        *("Cy de Pier", "de Pier", "Jo Vale de Pier", "Vale de Pier", "Pier", "Bo", "Pelé"),
        *("Ида Квэй", "Квэй", "Mayor"),
    )
)
PLACES = st.sampled_from((None, "Riga", "RIGA", "Old Riga", "Port", "Пярну", "Quay", "!"))
TEXTS = st.sampled_from(
    (
        *("Quay opens the harbour of Riga", "Ada Quay meets Bo Quay in Old Riga"),
        *(
            "Talks of Vale de Pier and Quay on grain",
            "talks on grain open",
            "Talks open",
            "It rains",
        ),
        *("De Pier's men and von Quay came", "The Port of Pärnu's mayor", "Mayor Bo came to NATO"),
        *(
            "Квэй opens the harbour",
            "Harbour opens, Quay's doing",
            "harbour opened for grain trade",
        ),
    )
)
WHENS = st.sampled_from(
    [
        When.parse(when)
        for when in (
            *("2022-01-09", "2022-01-10", "2022-01-11", "2022-01", "2022", "mid 2022-01"),
            *("2022-01-08/2022-03-01", "2021-12-31/2022-01-09"),
        )
    ]
)
PEOPLE = st.builds(
    StatedPerson,
    name=NAMES,
    aliases=st.lists(NAMES, max_size=2).map(tuple),
    role=st.sampled_from((None, None, "Mayor of Riga", "Envoy to NATO", "Clerk")),
    side=st.sampled_from((None, "City", "NATO")),
)
EVENTS = st.builds(
    StatedEvent,
    when=WHENS,
    text=TEXTS,
    people=st.none() | st.lists(NAMES, max_size=3).map(tuple),
    place=PLACES,
    status=st.sampled_from((Status.HAPPENED, Status.HAPPENED, Status.PLANNED, Status.ONGOING)),
    correction=st.sampled_from((None, None, None, "Talks open")),
)
QUOTES = st.builds(
    StatedQuote,
    speaker=NAMES,
    text=st.sampled_from(("Yes", "No", "It is open", "NATO stays in Riga")),
    when=st.none() | WHENS,
    grade=st.sampled_from(Grade),
    about=st.sampled_from((None, "grain", "the port of Old Riga", "Port")),
)
FIGURES = st.builds(
    StatedFigure,
    what=st.sampled_from(("berths", "Berths", "ships of Riga")),
    value=st.sampled_from(("30", "40")),
    according_to=st.sampled_from((None, "NATO", "Old Riga", "Пярну")),
)
SUMMARIES = st.builds(
    lambda name, day, title, body, people, events, quotes, figures: Summary(
        file=f"{name}.md",
        title=title,
        outlet="The Gazette",
        document=f"{name}.txt",
        published=date(2022, 1, day),
        body=" ".join(body),
        people=tuple(people),
        events=tuple(events),
        quotes=tuple(quotes),
        figures=tuple(figures),
    ),
    st.sampled_from("abcdef"),
    st.integers(9, 12),
    TEXTS,
    st.lists(TEXTS.map(lambda text: f"{text}."), min_size=1, max_size=3),
    st.lists(PEOPLE, max_size=3),
    st.lists(EVENTS, max_size=3),
    st.lists(QUOTES, max_size=2),
    st.lists(FIGURES, max_size=1),
)
FOLDERS = st.lists(SUMMARIES, max_size=6, unique_by=lambda made: made.file)
SUBJECTS = (
    StatedSubject(kind=SubjectKind.ORGANISATION, name="NATO", side="City"),
    StatedSubject(kind=SubjectKind.SIDE, name="City", aliases=("Riga",)),
    StatedSubject(kind=SubjectKind.TOPIC, name="grain", aliases=("harbour",)),
    StatedSubject(kind=SubjectKind.PLACE, name="Pärnu", aliases=("Port",)),
)
STORIES = st.sampled_from(
    (STORY, STORY, replace(STORY, subjects=SUBJECTS), replace(STORY, subjects=SUBJECTS[2:]))
)


@cache
def _empty() -> bytes:
    db = stories.fresh()
    try:
        return db.conn.serialize()
    finally:
        db.close()


def fresh() -> Connection:
    """Return a connection to a knowledge that holds nothing, quicker made than by migrations."""
    db = open_connection(Path(":memory:"), synchronous="NORMAL")
    db.conn.deserialize(_empty())
    return db


def everything(db: Connection) -> tuple[object, ...]:
    """Return all that a reload is to leave: what is known, and what the next one begins with."""
    sums = [
        sorted(map(tuple, db.execute(f"SELECT * FROM {table}")), key=repr)  # noqa: S608
        for table in ("called", "phrase", "stated")
    ]
    return dump(db), sums, list(db.query("SELECT text FROM revision"))


def made_afresh(story: Story, summaries: list[Summary]) -> tuple[object, ...]:
    db = fresh()
    try:
        load(db, summaries, story)
        return everything(db)
    finally:
        db.close()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(STORIES, FOLDERS), min_size=2, max_size=5))
def test_a_reload_by_parts_equals_loading_afresh(steps: list[tuple[Story, list[Summary]]]) -> None:
    db = fresh()
    try:
        for story, folder in steps:
            load(db, folder, story)
        story, folder = steps[-1]
        assert everything(db) == made_afresh(story, folder)
        assert is_sound(db)
        assert not load(db, folder, story)
    finally:
        db.close()


@settings(max_examples=12, deadline=None)
@given(FOLDERS, st.lists(SUMMARIES, min_size=1, max_size=5))
def test_one_change_after_the_other_equals_all_at_once(
    folder: list[Summary], edits: list[Summary]
) -> None:
    db = fresh()
    known = {one.file: one for one in folder}
    try:
        load(db, folder)
        for edit in edits:
            known[edit.file] = edit
            load(db, known.values())
            assert everything(db) == made_afresh(STORY, list(known.values()))
        for file in list(known):
            del known[file]
            load(db, known.values())
            assert everything(db) == made_afresh(STORY, list(known.values()))
    finally:
        db.close()


@settings(max_examples=15, deadline=None)
@given(FOLDERS, st.integers(1, 5))
def test_chunks_make_what_all_at_once_make(folder: list[Summary], size: int) -> None:
    db = fresh()
    try:
        for begin in range(0, len(folder), size):
            with transaction(db, immediate=True):
                extend(db, STORY, iter(folder[begin : begin + size]))
        if folder:
            assert everything(db) == made_afresh(STORY, folder)
        assert is_sound(db)
    finally:
        db.close()


@settings(max_examples=15, deadline=None)
@given(FOLDERS, FOLDERS, st.lists(st.integers(8, 13), min_size=1, max_size=4))
def test_a_story_that_replays_knows_what_is_published_by_its_day(
    first: list[Summary], folder: list[Summary], days: list[int]
) -> None:
    db = fresh()
    try:
        load(db, first)
        for day in days:
            now = {source_key(one): one for one in folder}
            by = date(2022, 1, day)
            gone = [key for (key,) in db.execute("SELECT source FROM stated") if key not in now]
            with transaction(db, immediate=True):
                Remaking(db, STORY, day=by).remake(now.items(), gone, other_day=True)
            known = [one for one in folder if one.published <= by]
            assert everything(db)[0] == made_afresh(STORY, known)[0]
            assert everything(db)[2] == made_afresh(STORY, known)[2] or not known
    finally:
        db.close()


@settings(max_examples=15, deadline=None)
@given(FOLDERS, FOLDERS)
def test_made_anew_all_is_as_if_nothing_had_been_there(
    first: list[Summary], folder: list[Summary]
) -> None:
    db = fresh()
    try:
        load(db, first)
        db.execute("UPDATE event SET digest = 'ab'")
        db.execute("UPDATE source SET digest = 'ab', naming = 'ab'")
        now = {source_key(one): one for one in folder}
        gone = [key for (key,) in db.execute("SELECT source FROM stated") if key not in now]
        with transaction(db, immediate=True):
            Remaking(db, STORY, anew=True).remake(now.items(), gone)
        assert everything(db)[:2] == made_afresh(STORY, folder)[:2]
        assert is_sound(db)
    finally:
        db.close()


def test_what_the_garbage_collector_is_to_leave_alone_stays_so() -> None:
    gc.unfreeze()
    assembled([summary("a")])
    assert gc.get_freeze_count() == 0
    gc.freeze()
    try:
        assembled([summary("a")])
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
