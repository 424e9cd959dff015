"""The bot without Telegram: every page that its buttons reach, each checked and counted."""

import re
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from bot.commands.disputed import Disputed
from bot.commands.export import exported
from bot.commands.next import Next
from bot.commands.picture import picture_of
from bot.commands.questions import Questions
from bot.commands.quotes import Quotes
from bot.commands.search import Search
from bot.commands.sources import Sources
from bot.commands.start import Start
from bot.commands.timeline import Timeline
from bot.commands.who import Who
from bot.messages import help as about
from bot.messages import picture
from bot.messages.callbacks import (
    LONGEST,
    Callback,
    Export,
    ExportFormat,
    List,
    ListPage,
    PersonPage,
    PicturePage,
    QuotesPage,
    SourcePage,
    SubjectPage,
    TimelinePage,
    View,
    unpack,
)
from bot.messages.export import LONGEST_CAPTION, caption, file_of
from bot.messages.message import Button, Links, Message
from bot.messages.text import LONGEST_MESSAGE, MOST_ENTITIES, units
from bot.pictures.chart import Theme
from bot.pictures.layout import place
from store.database import Database
from tests.bot.hostile import Story

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
OF_SUBJECTS = (
    "{}",
    "who leads {}",
    "who is from {}",
    "what did {} say",
    "what did {} say about bold",
    "what happened to {} in January",
)
QUESTIONS = ("a", "reload", "😀", "bold example.org", "Person0y", "2021-11-01", "\u200f", "x" * 90)
_FILES = 3  # of each kind that are made


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
        self.files: Counter[ExportFormat | None] = Counter()  # that were made
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
        self.start = Start(
            knowledge=knowledge, who=self.who, timeline=self.timeline, sources=self.sources
        )

    async def page(self, press: Callback) -> Message:  # noqa: PLR0911 (one for each kind)
        match press:
            case PersonPage():
                return await self.who.page(press, LINKS)
            case SubjectPage():
                return await self.who.subject(press, LINKS)
            case TimelinePage():
                return await self.timeline.page(press, LINKS)
            case PicturePage():
                return await self.picture(press)
            case QuotesPage():
                return await self.quotes.turned(press, None, LINKS)
            case SourcePage():
                return await self.sources.page(press, LINKS)
            case ListPage():
                return await self.listed(press)
            case Export():
                return await self.export(press)
        raise AssertionError(press)

    async def picture(self, press: PicturePage) -> Message:
        """Return what stands below a picture, of which every event has a place in it."""
        pictured = await self.knowledge.read(picture_of, press)
        assert pictured is not None
        if press.theme is Theme.LIGHT:  # the other one is placed alike
            placed = place(picture.chart(pictured), lambda text, face: len(text) * face.size / 2)
            assert len(placed.rows) == len(pictured.page.events)
        caption = picture.caption(pictured, LINKS)
        assert caption.body.units <= picture.LONGEST_CAPTION
        return caption

    async def export(self, press: Export) -> Message:
        """Return what is said to a button that asks for a file, or below the file."""
        found = await self.knowledge.read(exported, press.scope, press.format)
        if isinstance(found, Message):
            return found
        assert press.format is not None
        assert units(caption(found)) <= LONGEST_CAPTION
        self.files[press.format] += 1
        if self.files[press.format] <= _FILES:  # a calendar takes long
            assert file_of(found, press.format, now=datetime(2022, 1, 20, tzinfo=UTC))
        return about.words_only()

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
            *[
                await self.questions.asked(asked.format(name), LINKS)
                for asked in OF_SUBJECTS
                for name in (story.topic, story.organisation)
            ],
            await self.timeline.newest(LINKS),
            await self.quotes.of_all(0, LINKS),
            await self.sources.listed(0, LINKS),
            *[await self.search.hits(asked, 0, LINKS) for asked in QUESTIONS],
        ]


def once(kind: str, count: int, shown: list[Message]) -> None:
    found = Counter(mark for message in shown for mark in marks(kind, message.text))
    assert found == {f"{kind}{n}y": 1 for n in range(count)}
