"""A reload that is killed in the middle, and readers while reloads go on."""

import asyncio
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from store.database import Connection
from store.knowledge.reload import reload
from store.knowledge.schema import open_knowledge
from store.knowledge.values import Story, Summary
from tests.store.stories import STORY, dump, event, fresh, is_sound, load, person, quote, summary

ROOT = Path(__file__).parents[3]

# Writes until one more statement would be too many, or only the commit is left; says so,
# and waits to be killed. The tiny cache makes SQLite spill what is not committed into the log.
CHILD = """
import sys, time
from pathlib import Path
from store.knowledge.making import remaking
from tests.store.knowledge.test_reload_crash import told
from tests.store.stories import STORY, fresh, load
db = fresh(Path(sys.argv[1]))
db.execute("PRAGMA cache_size = 2")
remaking._CACHE = -2
left = int(sys.argv[2])
def count(statement):
    global left
    left -= statement.lstrip().startswith(("INSERT", "UPDATE", "DELETE"))
    if left == 0 or statement == "COMMIT":
        print(left == 0, flush=True)
        time.sleep(60)
db.conn.set_trace_callback(count)
load(db, told("new", 30), STORY)
"""


def told(word: str, sources: int) -> list[Summary]:
    """Return a story in which everything holds `word`."""
    return [
        summary(
            f"{n}",
            people=[person("Ada Quay", role=word), person(f"Bo {word}{n}")],
            events=[event("2022-01-10", f"{word} {n}", ("Ada Quay",), word)],
            quotes=[quote("Ada Quay", f"{word} {n}")],
            body=f"{word} was said. " * 40,
        )
        for n in range(sources)
    ]


@pytest.mark.parametrize(
    ("after", "in_the_middle"), [(5, True), (50, True), (100, True), (10_000, False)]
)
def test_a_process_killed_in_a_reload_leaves_the_old_state(
    tmp_path: Path, after: int, *, in_the_middle: bool
) -> None:
    path = tmp_path / "knowledge.db"
    db = fresh(path)
    load(db, told("old", 25))
    before = dump(db)
    db.close()
    with subprocess.Popen(  # noqa: S603 (this Python, with our own words)
        [sys.executable, "-c", CHILD, str(path), str(after)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as child:
        assert child.stdout is not None
        said = child.stdout.readline()
        child.kill()
    assert said == b"%r\n" % in_the_middle
    assert path.with_name("knowledge.db-wal").stat().st_size > 0
    db = fresh(path)
    assert dump(db) == before
    assert is_sound(db)
    assert load(db, told("new", 30))
    assert is_sound(db)
    db.close()


def seen(db: Connection) -> set[str]:
    """Return which of the words the tables hold, asked one after the other."""
    found = set()
    for column in (
        *("title FROM story", "body FROM source", "title FROM role", "text FROM event"),
        *("text FROM quote", "place FROM event", "name FROM person WHERE name != 'Ada Quay'"),
        "sentence FROM mention WHERE sentence IS NOT NULL",
    ):
        rows = db.execute(f"SELECT DISTINCT {column}").fetchall()
        found |= {word for (text,) in rows for word in ("old", "new") if word in text}
        time.sleep(0.001)
    for word in ("old", "new"):
        query = "SELECT COUNT(*) FROM source_text WHERE source_text MATCH ?"
        found |= {word} if db.execute(query, [word]).fetchone()[0] else set()
    return found


async def test_readers_see_one_state_or_the_other_and_never_a_mixture(tmp_path: Path) -> None:
    knowledge = open_knowledge(tmp_path / "knowledge.db")
    states: list[tuple[Story, list[Summary]]] = [
        (replace(STORY, title=word), told(word, sources))
        for word, sources in (("old", 4), ("new", 6))
    ]
    await knowledge.write(reload, *states[0])
    done = False

    async def watch() -> list[set[str]]:
        views = []
        while not done:
            views.append(await knowledge.read(seen))
        return views

    async def turn() -> None:
        nonlocal done
        try:
            for n in range(40):
                assert await knowledge.write(reload, *states[(n + 1) % 2])
        finally:
            done = True

    try:
        _, *watched = await asyncio.gather(turn(), *(watch() for _ in range(4)))
    finally:
        knowledge.close()
    views = [view for views in watched for view in views or []]
    assert {frozenset(view) for view in views} == {frozenset({"old"}), frozenset({"new"})}
