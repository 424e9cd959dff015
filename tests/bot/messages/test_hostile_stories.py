"""Whatever the summaries say, each message is one that Telegram takes, and pages lose nothing."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.locales import Language, speaking
from bot.messages import admin
from bot.messages import help as about
from bot.messages.callbacks import (
    Callback,
    Facet,
    PersonPage,
    SourcePage,
    SubjectPage,
    TimelinePage,
    View,
)
from store.database import Database
from store.errors import BrokenSummariesError, Problem
from store.ingest.loading import Loader
from store.knowledge import people, sources
from store.knowledge.gazetteer import subject_key
from store.knowledge.reload import Changes, Diff
from store.knowledge.schema import open_knowledge
from tests.bot.crawling import (
    LINKS,
    Bot,
    buttons,
    check,
    marks,
    once,
    turned,
)
from tests.bot.hostile import LONGEST_OF_ALL, ONLY_LETTERS, STORIES, Story, texts
from tests.bot.tongues import stretched

__all__ = ["stretched"]  # the fixture


async def crawl(bot: Bot, story: Story) -> None:
    """Press every button there is."""
    waiting = list(await bot.roots(story))
    seen: set[Callback] = set()
    while waiting:
        for button in buttons(check(waiting.pop())):
            if button.press not in seen:
                seen.add(button.press)
                waiting.append(await bot.page(button.press))


async def read_everything(bot: Bot, story: Story) -> None:
    """Turn all pages; each item is on exactly one of them."""
    every = {"event": story.events, "quote": story.quotes, "source": story.sources}
    shown = await turned(await bot.page(TimelinePage("", 0)), {"Later ›"}, bot.page)
    once("Event", every["event"], shown)
    shown = await turned(await bot.quotes.of_all(0, LINKS), {"Older ›"}, bot.page)
    once("Quote", every["quote"], shown)
    shown = await turned(await bot.sources.listed(0, LINKS), {"Older ›"}, bot.page)
    once("Source", every["source"], shown)
    known = await bot.knowledge.read(people.all_people)
    said: Counter[str] = Counter()
    for person in known:
        shown = await turned(
            await bot.page(PersonPage(person.key, View.QUOTES)), {"Older ›"}, bot.page
        )
        said.update(mark for message in shown for mark in marks("Quote", message.text))
    assert said == {f"Quote{n}y": 1 for n in range(story.quotes)}
    await read_subjects(bot, story)
    listed = await bot.knowledge.read(sources.sources, limit=100)
    for source in listed.sources:
        await read_source(bot, story, source)


async def read_subjects(bot: Bot, story: Story) -> None:
    """Turn all pages of the topic that everything is about, and of the organisation of all."""
    about_all = subject_key(story.topic)
    for kind, facet, count in (
        ("Event", Facet.TIMELINE, story.events),
        ("Quote", Facet.QUOTES, story.quotes),
        ("Figure", Facet.FIGURES, story.figures),
    ):
        if story.events or story.quotes or story.figures:
            first = await bot.page(SubjectPage(about_all, facet, 0))
            once(kind, count, await turned(first, {"Later ›", "Older ›", "More ›"}, bot.page))
    first = await bot.page(SubjectPage(subject_key(story.organisation), Facet.PEOPLE, 0))
    once("Person", story.people, await turned(first, {"More ›"}, bot.page))
    first = await bot.page(SubjectPage(subject_key(story.organisation), Facet.SOURCES, 0))
    found = [
        mark for m in await turned(first, {"Older ›"}, bot.page) for mark in marks("Source", m.text)
    ]
    named = [n for n in range(story.sources) if story._mine(n, story.people)]
    assert sorted(found) == sorted(f"Source{n}y" for n in named)


async def read_source(bot: Bot, story: Story, source: sources.Source) -> None:
    number = int(marks("Source", source.title)[0][6:-1])
    stated = story._summary(number)
    shown = await turned(await bot.page(SourcePage(source.citation.key)), {"More ›"}, bot.page)
    text = "\n".join(message.text for message in shown)
    told = {
        kind: sorted(set(marks(kind, str(stated[field]))))
        for kind, field in (("Event", "events"), ("Quote", "quotes"), ("Figure", "figures"))
    }
    assert {kind: sorted(marks(kind, text)) for kind in told} == told
    assert set(marks("Person", text)) >= set(marks("Person", str(stated["people"])))
    for part in range(story.paragraphs):
        assert text.count(f"Body{number}y{part}z") == 1
    letters = Counter(source.body.replace(" ", "").replace("\n", ""))
    assert not letters - Counter(text)


@settings(max_examples=4)
@example(ONLY_LETTERS)
@given(STORIES)
async def test_every_page_of_a_hostile_story_is_one_that_telegram_takes(story: Story) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "story").mkdir()
        knowledge = open_knowledge(Path(folder) / "knowledge.db", readers=1)
        try:
            loader = Loader(knowledge=knowledge, configured=story.write(Path(folder) / "story"))
            await loader.load()
            bot = Bot(knowledge)
            await crawl(bot, story)
            await read_everything(bot, story)
        finally:
            knowledge.close()


@pytest.fixture(scope="module")
def longest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Give the knowledge of the longest story of all, which takes seconds to load."""
    folder = tmp_path_factory.mktemp("longest")
    (folder / "story").mkdir()
    knowledge = open_knowledge(folder / "knowledge.db", readers=1)
    try:
        configured = LONGEST_OF_ALL.write(folder / "story")
        asyncio.run(Loader(knowledge=knowledge, configured=configured).load())
        yield knowledge
    finally:
        knowledge.close()


async def test_every_page_of_the_longest_story_is_one_that_telegram_takes(
    longest: Database,
) -> None:
    await read_everything(Bot(longest), LONGEST_OF_ALL)


@pytest.mark.parametrize("language", [Language.GERMAN, Language.UKRAINIAN])
async def test_in_every_language_the_longest_pages_are_ones_that_telegram_takes(
    language: Language, longest: Database
) -> None:
    with speaking(language):
        await crawl(Bot(longest), LONGEST_OF_ALL)


@pytest.mark.usefixtures("stretched")
async def test_in_a_longer_language_the_longest_pages_are_ones_that_telegram_takes(
    longest: Database,
) -> None:
    await crawl(Bot(longest), LONGEST_OF_ALL)


async def test_nothing_loaded_is_said_plainly(tmp_path: Path) -> None:
    knowledge = open_knowledge(tmp_path / "knowledge.db")
    bot = Bot(knowledge)
    try:
        for message in (
            await bot.start.greeting(),
            await bot.who.everybody(),
            await bot.timeline.about("", LINKS),
            await bot.timeline.newest(LINKS),
            await bot.sources.listed(0, LINKS),
            await bot.next.planned(0, LINKS),
            await bot.disputed.differing("", 0, LINKS),
            await bot.questions.asked("who is Sherman", LINKS),
        ):
            assert check(message) == about.nothing_loaded()
        for message in (
            await bot.who.named("Sherman", LINKS),
            await bot.timeline.about("Geneva", LINKS),
            await bot.quotes.of_all(0, LINKS),
            await bot.search.hits("lockstep", 0, LINKS),
        ):
            assert check(message).markup is None
    finally:
        knowledge.close()


@given(
    st.lists(
        st.builds(
            Problem,
            file=texts(200),
            line=st.none() | st.integers(1, 9999),
            field=st.none() | texts(200),
            message=texts(2000),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_broken_summaries_are_told_in_one_message(problems: list[Problem]) -> None:
    said = check(admin.broken(BrokenSummariesError(problems)))
    assert (f"and {len(problems) - 15} more" in said.text) == (len(problems) > 15)


CHANGES = st.builds(
    Changes, new=st.integers(0, 10**6), changed=st.integers(0, 10**6), gone=st.integers(0, 10**6)
)


@given(st.builds(Diff, story=st.booleans(), documents=CHANGES, people=CHANGES, figures=CHANGES))
def test_a_reload_is_told_in_one_message(diff: Diff) -> None:
    assert (check(admin.reloaded(diff)).text == "Nothing has changed.") == (not diff)


@given(texts(5000), texts(5000))
def test_status_and_trouble_fit_whatever_they_name(title: str, paths: str) -> None:
    check(admin.failed(paths))
    check(
        admin.status(
            admin.State(
                version="1.0",
                up=timedelta(days=400, hours=3),
                title=title,
                counted=sources.Counts(sources=5, people=1, events=2, quotes=3, figures=4),
                as_of=datetime(2022, 1, 20, tzinfo=UTC).date(),
                summaries=paths,
                database="96 KiB",
            )
        )
    )
