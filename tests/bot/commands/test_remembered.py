"""Answers that are kept until the knowledge changes."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.remembered import Remembered
from bot.locales import Language, speaking
from store.database import Connection, Database
from store.knowledge.reload import reload
from store.knowledge.remembering import version
from store.knowledge.schema import open_knowledge
from store.knowledge.values import Side, Story


@pytest.fixture
def knowledge(tmp_path: Path) -> Iterator[Database]:
    database = open_knowledge(tmp_path / "knowledge.db")
    yield database
    database.close()


async def ask(knowledge: Database, remembered: Remembered[int], about: str, answer: int) -> int:
    def question(db: Connection) -> int:
        return remembered.of(db, about, lambda: answer)

    return await knowledge.read(question)


async def test_an_answer_is_made_once(knowledge: Database) -> None:
    remembered = Remembered[int]()
    assert await ask(knowledge, remembered, "who", 1) == 1
    assert await ask(knowledge, remembered, "who", 2) == 1
    assert await ask(knowledge, remembered, "what", 3) == 3


async def test_each_language_has_its_own(knowledge: Database) -> None:
    remembered = Remembered[int]()
    assert await ask(knowledge, remembered, "who", 1) == 1
    with speaking(Language.GERMAN):
        assert await ask(knowledge, remembered, "who", 2) == 2


@pytest.mark.parametrize(
    "story",
    [
        Story(title="Another title", intro=""),
        Story(title="", intro="", sides=(Side(name="Northland", short="NO", colour="#112233"),)),
    ],
)
async def test_a_story_told_otherwise_is_answered_anew(knowledge: Database, story: Story) -> None:
    remembered = Remembered[int]()
    assert await ask(knowledge, remembered, "who", 1) == 1
    await knowledge.write(reload, story, [])
    assert await ask(knowledge, remembered, "who", 2) == 2


async def test_what_takes_several_looks_is_kept_too(knowledge: Database) -> None:
    remembered, made = Remembered[int](), [1, 2]

    async def make() -> int:
        return made.pop()

    assert await remembered.told(knowledge, "who", make) == 2
    assert await remembered.told(knowledge, "who", make) == 2


async def test_several_looks_are_of_one_moment_whatever_changes_between_them(
    knowledge: Database,
) -> None:
    remembered = Remembered[str]()
    loop = asyncio.get_running_loop()

    async def make() -> str:
        before = await knowledge.read(version)
        change = knowledge.write(reload, Story(title="Meanwhile", intro=""), [])
        asyncio.run_coroutine_threadsafe(change, loop).result(10)
        assert await knowledge.read(version) == before
        return before

    async def again() -> str:
        return await knowledge.read(version)

    first = await remembered.told(knowledge, "who", make)
    assert await remembered.told(knowledge, "who", again) != first


async def test_what_takes_several_looks_waits_for_nothing_else(knowledge: Database) -> None:
    async def make() -> int:
        await asyncio.sleep(0)
        return 1

    with pytest.raises(RuntimeError, match="waits"):
        await Remembered[int]().told(knowledge, "who", make)
    assert await ask(knowledge, Remembered[int](), "who", 1) == 1
