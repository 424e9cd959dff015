import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.database import Connection, Database, open_connection
from store.ingest.summaries import Reading, read_summaries
from store.knowledge.reload import Changes, Diff, reload
from store.knowledge.schema import open_knowledge
from store.knowledge.search import search
from store.knowledge.sources import as_of, counts, sources, story
from store.knowledge.values import Side, Summary
from tests.store.stories import (
    STORY,
    dump,
    event,
    figure,
    fresh,
    is_sound,
    load,
    person,
    quote,
    summary,
    written,
)

A = summary(
    "a",
    "2022-01-09",
    people=[person("Ada Quay", role="Mayor")],
    events=[event("2022-01-10", "Ada Quay opens the harbour", ("Ada Quay",), "Riga")],
    quotes=[quote("Ada Quay", "It is open")],
    figures=[figure("Berths", "30")],
    body="Ada Quay opened the harbour.",
)
B = summary("b", "2022-01-11", people=["Bo Pier"], quotes=[quote("Bo Pier", "No")])


def numbers(db: Connection) -> dict[str, int]:
    return {s.title: s.citation.n for s in sources(db, limit=100).sources}


def test_the_first_reload_tells_that_all_is_new(db: Connection) -> None:
    assert load(db, [A, B]) == Diff(
        story=True,
        documents=Changes(new=2),
        people=Changes(new=2),
        events=Changes(new=1),
        quotes=Changes(new=2),
        figures=Changes(new=1),
        subjects=Changes(new=1),  # the place of the event
    )
    assert is_sound(db)


def test_an_added_file_is_new(db: Connection) -> None:
    load(db, [A])
    assert load(db, [A, B]) == Diff(
        documents=Changes(new=1), people=Changes(new=1), quotes=Changes(new=1)
    )


def test_a_changed_file_changes_what_it_states(db: Connection) -> None:
    load(db, [A, B])
    changed = replace(
        A,
        title="Another title",
        people=(person("Ada Quay", role="Former mayor"),),
        quotes=(quote("Ada Quay", "It is shut"),),
    )
    assert load(db, [changed, B]) == Diff(
        documents=Changes(changed=1), people=Changes(changed=1), quotes=Changes(new=1, gone=1)
    )
    assert is_sound(db)


def test_a_removed_file_takes_along_what_it_alone_states(db: Connection) -> None:
    load(db, [A, B])
    assert load(db, [B]) == Diff(
        documents=Changes(gone=1),
        people=Changes(gone=1),
        events=Changes(gone=1),
        quotes=Changes(gone=1),
        figures=Changes(gone=1),
        subjects=Changes(gone=1),
    )
    assert is_sound(db)
    assert search(db, "harbour opened", limit=9).total == 1  # b alone is left


def test_what_another_file_states_too_stays(db: Connection) -> None:
    again = replace(A, file="c.md", document="c.txt")
    load(db, [A, again])
    assert load(db, [again]) == Diff(
        documents=Changes(gone=1),
        people=Changes(changed=1),
        events=Changes(changed=1),
        quotes=Changes(changed=1),
        figures=Changes(changed=1),
    )
    assert is_sound(db)


def test_a_changed_story_is_told(db: Connection) -> None:
    sides = (Side(name="City", short="CT", colour="#000000"),)
    load(db, [A])
    told = replace(STORY, sides=sides)
    assert load(db, [A], told) == Diff(story=True)
    assert story(db) == told
    assert not load(db, [A], told)


def test_all_may_go(db: Connection) -> None:
    load(db, [A, B])
    load(db, [])
    assert (as_of(db), counts(db).people, search(db, "harbour", limit=9).total) == (None, 0, 0)
    assert is_sound(db)


async def test_a_broken_file_changes_nothing_and_a_skipped_one_goes(tmp_path: Path) -> None:
    folder = tmp_path / "story"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.md").write_text(written(document=f"{name}.txt"))
    knowledge = open_knowledge(tmp_path / "knowledge.db")
    await apply(knowledge, read_summaries([folder]).whole())
    (folder / "b.md").write_text("broken")
    reading = read_summaries([folder])
    assert [problem.file for problem in reading.problems] == ["b.md"]
    diff = await apply(knowledge, reading.whole(skip_broken=True))
    assert diff == Diff(documents=Changes(gone=1))
    knowledge.close()


async def apply(knowledge: Database, reading: Reading) -> Diff:
    return await knowledge.write(reload, reading.story, reading.summaries)


async def test_an_unchanged_folder_writes_nothing(tmp_path: Path, seeds: Reading) -> None:
    path = tmp_path / "knowledge.db"
    knowledge = open_knowledge(path)
    watcher = open_connection(path, synchronous="NORMAL", writable=False)
    try:
        assert await apply(knowledge, seeds)
        before = state(path, watcher), knowledge._writing.conn.total_changes
        assert not await apply(knowledge, seeds)
        assert (state(path, watcher), knowledge._writing.conn.total_changes) == before
    finally:
        watcher.close()
        knowledge.close()


def state(path: Path, watcher: Connection) -> list[object]:
    files = [path, path.with_name(path.name + "-wal")]
    return [
        watcher.execute("PRAGMA data_version").fetchone()[0],
        *((hashlib.sha256(f.read_bytes()).digest(), f.stat().st_mtime_ns) for f in files),
    ]


def test_a_number_once_given_is_never_given_to_another(db: Connection) -> None:
    load(db, [A, B])
    assert numbers(db) == {"About a": 1, "About b": 2}
    load(db, [A])
    load(db, [A, summary("c")])
    assert numbers(db) == {"About a": 1, "About c": 3}
    load(db, [B])
    assert numbers(db) == {"About b": 2}
    load(db, [A, B, summary("c"), summary("d")])
    assert numbers(db) == {"About a": 1, "About b": 2, "About c": 3, "About d": 4}


words = st.sampled_from(["Ada Quay", "Bo Pier", "Quay", "Pier", "Cy Dock"])
files = st.builds(
    lambda name, day, title, people, speaker, text, present, body: replace(
        summary(
            name,
            f"2022-01-0{day}",
            people=[person(p, *aliases, role=title) for p, aliases in people],
            quotes=[quote(speaker, text)] if text else [],
            events=[event(f"2022-01-0{day}", text or "Opens", tuple(present) or None, "Riga")],
            figures=[figure("Berths", text)] if text else [],
            body=body,
        ),
        title=title,
    ),
    st.sampled_from("abcd"),
    st.integers(1, 2),
    st.sampled_from(["One", "Two"]),
    st.lists(st.tuples(words, st.lists(words, max_size=1)), max_size=2),
    words,
    st.sampled_from(["", "Yes", "No", "Quay stays"]),
    st.lists(words, max_size=2),
    st.sampled_from(["Quay came.", "Ada Quay and Bo Pier left. It rained."]),
)
folders = st.lists(files, max_size=4, unique_by=lambda made: made.file)


@settings(max_examples=60)
@given(st.lists(folders, min_size=2, max_size=3))
def test_a_reload_equals_loading_afresh(steps: list[list[Summary]]) -> None:
    db, other = fresh(), fresh()
    try:
        for step in steps:
            load(db, step)
        load(other, steps[-1])
        assert dump(db) == dump(other)
        assert is_sound(db)
        assert not load(db, steps[-1])
    finally:
        db.close()
        other.close()


@pytest.mark.parametrize("skip", range(1, 60, 4))
def test_an_error_anywhere_in_a_reload_leaves_the_old_state(db: Connection, skip: int) -> None:
    load(db, [A])
    before = dump(db)
    left = skip

    def interrupt(*_: object) -> int:
        nonlocal left
        left -= 1
        return int(left <= 0)

    db.conn.set_progress_handler(interrupt, 100)
    try:
        load(db, [replace(B, quotes=tuple(quote("Bo Pier", f"No {n}") for n in range(40)))])
    except Exception as error:  # noqa: BLE001 (whatever it is, the state must be the old one)
        # The second where it is the schema that was being read.
        assert str(error) in {"interrupted", "database schema has changed"}  # noqa: PT017
    else:
        pytest.fail("was not interrupted")
    finally:
        db.conn.set_progress_handler(None, 0)
    assert dump(db) == before
    assert is_sound(db)
