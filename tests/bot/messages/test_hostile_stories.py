"""Whatever the summaries say, each message is one that Telegram takes, and pages lose nothing."""

import re
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.commands.disputed import Disputed
from bot.commands.next import Next
from bot.commands.questions import Questions
from bot.commands.quotes import Quotes
from bot.commands.search import Search
from bot.commands.sources import Sources
from bot.commands.start import Start
from bot.commands.timeline import Timeline
from bot.commands.who import Who
from bot.messages import admin
from bot.messages import help as about
from bot.messages.callbacks import (
    LONGEST,
    Callback,
    List,
    ListPage,
    PersonPage,
    QuotesPage,
    SourcePage,
    TimelinePage,
    View,
    unpack,
)
from bot.messages.message import Button, Links, Message
from bot.messages.text import LONGEST_MESSAGE, MOST_ENTITIES, units
from store.database import Database
from store.errors import BrokenSummariesError, Problem
from store.ingest.loading import Loader
from store.knowledge import people, sources
from store.knowledge.reload import Changes, Diff
from store.knowledge.schema import open_knowledge
from tests.bot.hostile import LONGEST_OF_ALL, ONLY_LETTERS, STORIES, Story, texts

LINKS = Links("attache_sandbox_bot")
PLAIN = (
    "what is next",
    "how many bold",
    "how many Figure0y 😀",
    "where do sources differ",
    "who said bold",
    "Person0y and Person1y",
    "what happened in January",
    "what happened to Person0y since 1 December",
    "what happened on 1 January 1999",
)
OF_ONE = (
    "who is {}",
    "what did {} say about bold 😀 example.org",
    "what did {} say yesterday",
    "when did {} meet Person1y",
    "what is planned for {}",
)
QUESTIONS = ("a", "reload", "😀", "bold example.org", "Person0y", "2021-11-01", "\u200f", "x" * 90)


def check(message: Message) -> Message:
    """Tell whether Telegram would take the message as it is."""
    text = message.text
    assert text == text.strip()
    assert 0 < units(text) <= LONGEST_MESSAGE
    assert len(message.entities) <= MOST_ENTITIES
    end = 0
    for entity in message.entities:
        assert entity.offset >= end
        end = entity.offset + entity.length
        covered = text.encode("utf-16-le")[2 * entity.offset : 2 * end].decode("utf-16-le")
        assert covered.strip()
        assert (entity.url is not None) == (entity.type == "text_link")
    assert end <= units(text)
    for button in buttons(message):
        assert button.label.strip()
        assert len(button.press.pack().encode()) <= LONGEST
        assert unpack(button.press.pack()) == button.press
    assert all(len(row) <= 8 for row in message.keyboard)
    assert len(buttons(message)) <= 100
    return message


def buttons(message: Message) -> list[Button]:
    return [button for row in message.keyboard for button in row]


def marks(kind: str, text: str) -> list[str]:
    return re.findall(rf"{kind}\d+y", text)


async def turned(
    first: Message, labels: set[str], page: Callable[[Callback], Awaitable[Message]]
) -> list[Message]:
    """Return a page and all that follow it by the button with one of `labels`."""
    shown = [check(first)]
    while more := [b for b in buttons(shown[-1]) if b.label in labels]:
        shown.append(check(await page(more[0].press)))
        assert len(shown) < 200
    return shown


class Bot:
    """The commands over one knowledge, without Telegram."""

    def __init__(self, knowledge: Database) -> None:
        self.knowledge = knowledge
        self.who = Who(knowledge=knowledge)
        self.timeline = Timeline(knowledge=knowledge, who=self.who)
        self.quotes = Quotes(knowledge=knowledge, who=self.who)
        self.search = Search(knowledge=knowledge)
        self.sources = Sources(knowledge=knowledge)
        self.next = Next(knowledge=knowledge)
        self.disputed = Disputed(knowledge=knowledge)
        self.questions = Questions(
            knowledge=knowledge,
            who=self.who,
            timeline=self.timeline,
            quotes=self.quotes,
            search=self.search,
            sources=self.sources,
            next=self.next,
            disputed=self.disputed,
        )
        self.start = Start(knowledge=knowledge, who=self.who, sources=self.sources)

    async def page(self, press: Callback) -> Message:
        match press:
            case PersonPage():
                return await self.who.page(press, LINKS)
            case TimelinePage():
                return await self.timeline.page(press, LINKS)
            case QuotesPage():
                return await self.quotes.turned(press, None, LINKS)
            case SourcePage():
                return await self.sources.page(press, LINKS)
            case ListPage():
                return await self.listed(press)
        raise AssertionError(press)

    async def listed(self, press: ListPage) -> Message:  # noqa: PLR0911 (one for each list)
        match press.list:
            case List.QUOTES:
                return await self.quotes.page(press, LINKS)
            case List.SOURCES:
                return await self.sources.list_page(press, LINKS)
            case List.LATEST:
                return await self.timeline.newest(LINKS)
            case List.SEARCH:
                return await self.search.hits(QUESTIONS[0], press.offset, LINKS)
            case List.NEXT:
                return await self.next.page(press, LINKS)
            case List.DISPUTED | List.FIGURES:
                return await self.disputed.page(press, None, LINKS)
            case List.HELP:
                return about.words_only()

    async def roots(self, story: Story) -> list[Message]:
        """Return what the commands answer."""
        return [
            await self.start.greeting(),
            await self.who.everybody(),
            *[await self.who.named(story.person(n), LINKS) for n in range(story.people)],
            *[await self.who.named(asked, LINKS, view) for asked in QUESTIONS for view in View],
            *[await self.timeline.about(asked, LINKS) for asked in ("", *QUESTIONS)],
            await self.timeline.about(f"Place {story.place}"[:200], LINKS),
            *[await self.questions.asked(asked, LINKS) for asked in PLAIN],
            *[await self.questions.asked(asked.format(story.person(0)), LINKS) for asked in OF_ONE],
            await self.timeline.newest(LINKS),
            await self.quotes.of_all(0, LINKS),
            await self.sources.listed(0, LINKS),
            *[await self.search.hits(asked, 0, LINKS) for asked in QUESTIONS],
        ]


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
    listed = await bot.knowledge.read(sources.sources, limit=100)
    for source in listed.sources:
        await read_source(bot, story, source)


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


def once(kind: str, count: int, shown: list[Message]) -> None:
    found = Counter(mark for message in shown for mark in marks(kind, message.text))
    assert found == {f"{kind}{n}y": 1 for n in range(count)}


@settings(max_examples=6)
@example(LONGEST_OF_ALL)
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
            assert check(message) == about.NOTHING_LOADED
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
