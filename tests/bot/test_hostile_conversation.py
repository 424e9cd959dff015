"""Hostile knowledge through the whole bot: what a chat sets, is sent, and finds gone.

The Telegram of this machine refuses what Telegram refuses, so that any message, caption,
button, toast or result over its limits is trouble in these conversations. Pages of the
knowledge alone are read in messages/test_hostile_stories.py.
"""

import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.menus import everything
from bot.messages.callbacks import (
    Callback,
    Correct,
    Follow,
    Following,
    Forget,
    LetGo,
    Press,
    PressedOn,
    Revoke,
    Setting,
    unpack,
)
from bot.messages.callbacks.setting import LENGTHS, Option
from bot.messages.following import PAGE
from bot.messages.help import Entry
from bot.messages.text import LONGEST_MESSAGE, MOST_ENTITIES, units
from bot.sandbox.clock import ManualClock
from bot.sandbox.entities import tidy
from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import ChatType
from config.settings import Access
from store.ingest.clean import clean_line
from store.knowledge import sources
from store.ledger.values import Length, Stance
from tests.bot.conversation import ADMIN, NOW, READER, Conversation, conversation
from tests.bot.hostile import LONGEST_LINE, LONGEST_NAME, Story
from tests.bot.tongues import stretched

__all__ = ["stretched"]  # the fixture

BOT, HANS, OLENA = 1, 49, 380
READERS = {READER: Length.FULL, HANS: Length.NORMAL, OLENA: Length.SHORT}
LONGEST_TITLE, LONGEST_CAPTION, LONGEST_TYPED = 128, 1024, 256
MARKUP = "<b>&lt;</b> *_`~||[a](b) {} %s "
MIRRORED = "\u202e\u2067\u05e9\u05dc\u05d5\u05dd\u200f a\u0301\u0333 👨\u200d👩\u200d👧 "
ENOUGH = 6  # buttons of each kind that are pressed in one crawl
NEVER = (Forget, Correct, Revoke)  # pressed where it is their turn


def story(piece: str) -> Story:
    """Return a story in which all that can be long is as long as a summary may hold."""

    def long(length: int) -> str:
        return (piece * (length // len(piece) + 1))[:length].strip()

    return Story(
        sources=3,
        people=16,
        events=14,
        quotes=9,
        figures=4,
        paragraphs=1,
        shared=2,
        name=long(LONGEST_NAME),
        role=long(LONGEST_LINE),
        text=long(130),  # a correction finds what a digest has in full
        place=long(LONGEST_NAME),
        outlet=long(LONGEST_LINE),
        document="https://example.org/",
        body=long(600),
        title=long(LONGEST_LINE),
    )


class Desk:
    """One conversation with several readers, over a folder whose files come and go."""

    def __init__(
        self, talk: Conversation, told: Story, kept: dict[Path, str], clock: ManualClock
    ) -> None:
        self.talk, self.story, self.kept, self.clock = talk, told, kept, clock

    async def ask(self, words: str, *, person: int = READER) -> list[JsonObject]:
        answers = await self.talk.say(words[: LONGEST_MESSAGE // 2], person=person)
        assert answers, words
        return answers

    async def press(self, message: JsonObject, press: Callback) -> JsonObject:
        """Press what a message has or had; return it as it stands then."""
        await self.talk.press_data(message, press.pack())
        chat = message["chat"]["id"]
        return next(m for m in self.talk.messages(chat) if m["message_id"] == message["message_id"])

    async def crawl(self, person: int, roots: Iterable[JsonObject]) -> None:
        """Press the buttons of messages and of what they open: enough of each kind."""
        waiting, seen, pressed = list(roots), set[Callback](), Counter[type[Callback]]()
        while waiting:
            message = waiting.pop()
            for press in presses(message):
                if press in seen or pressed[type(press)] >= ENOUGH or isinstance(press, NEVER):
                    continue
                seen.add(press)
                pressed[type(press)] += 1
                before = {m["message_id"] for m in self.talk.messages(person)}
                waiting.append(await self.press(message, press))
                waiting += [m for m in self.talk.messages(person) if m["message_id"] not in before]

    async def files(self, *numbers: int) -> None:
        """Let these summaries be there, and no others."""
        for path, words in self.kept.items():
            if int(path.stem) in numbers:
                path.write_text(words, "utf-8")
            else:
                path.unlink(missing_ok=True)
        await self.ask("/reload", person=ADMIN)

    async def pass_on(self, time: timedelta) -> None:
        """Let time pass, and what is due then be sent."""
        self.clock.hour += time
        await self.talk.run_jobs("tick", "broadcast", "menus")


def presses(message: JsonObject) -> list[Callback]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [
        unpack(button["callback_data"])
        for row in rows
        for button in row
        if "callback_data" in button
    ]


def check(message: JsonObject) -> None:
    """Tell whether a message is within the limits; the bot's own count, not the sandbox's."""
    words = str(message.get("text") or message.get("caption") or "")
    longest = LONGEST_MESSAGE if "text" in message else LONGEST_CAPTION
    assert "text" not in message or words.strip()
    assert units(words) <= longest
    entities = [*message.get("entities", ()), *message.get("caption_entities", ())]
    assert len(entities) <= MOST_ENTITIES
    assert all(e["length"] > 0 and e["offset"] + e["length"] <= units(words) for e in entities)


@pytest.fixture(params=["😀", MARKUP, MIRRORED, "stretched"], ids=str)
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    """Give a desk with one of three summaries loaded, asked in three languages."""
    piece = str(request.param)
    if piece == "stretched":
        request.getfixturevalue("stretched")
        piece = "Щ"
    folder, clock = tmp_path / "story", ManualClock(hour=NOW)
    folder.mkdir()
    told = story(piece)
    told.write(folder)
    kept = {path: path.read_text("utf-8") for path in sorted(folder.glob("*.md"))}
    for path in list(kept)[1:]:
        path.unlink()
    async with conversation(
        tmp_path / "data",
        summaries=folder,
        clock=clock.now,
        people=(READER, ADMIN),
        access=Access.INVITED,
        readers=READERS,
    ) as talk:
        for person, code in ((HANS, "de"), (OLENA, "uk")):
            talk.telegram.people.add(told.name[:64], person_id=person, language_code=code)
        opened = Desk(talk, told, kept, clock)
        yield opened
        for person in (*READERS, ADMIN):
            for message in talk.messages(person):
                check(message)


async def test_what_a_reader_asks_sets_and_is_sent_fits(desk: Desk) -> None:
    talk, told = desk.talk, desk.story
    for person, length in READERS.items():
        await desk.ask("/subscribe 8:00", person=person)
        (settings,) = await desk.ask("/settings", person=person)
        await desk.press(settings, Setting(Option.LENGTH, LENGTHS.index(length)))
        await desk.press(settings, Setting(Option.ALERTS, 1))
        for number in told._mine(0, told.people):
            await follow(desk, person, told.person(number), Stance.FOLLOW)
        await follow(desk, person, told.topic, Stance.FOLLOW)
        await follow(desk, person, told.organisation, Stance.MUTE)
        await desk.ask("/digest", person=person)
        await desk.ask("/catchup", person=person)
    await desk.pass_on(timedelta(minutes=1))
    before = {person: len(talk.messages(person)) for person in READERS}
    await desk.files(*range(told.sources))
    await desk.pass_on(timedelta(hours=1))  # what is followed is told at once
    assert all(len(talk.messages(person)) > before[person] for person in READERS)
    before = {person: len(talk.messages(person)) for person in READERS}
    await desk.pass_on(timedelta(days=1))
    assert all(len(talk.messages(person)) > before[person] for person in READERS)
    for person in READERS:
        sent = talk.messages(person)[before[person] :]
        asked = [
            *await desk.ask("/catchup", person=person),
            *await desk.ask("/settings", person=person),
            *await desk.ask("/latest", person=person),
            *await desk.ask("/export", person=person),
            *await desk.ask(f"/timeline {told.person(1)}", person=person),
        ]
        await desk.crawl(person, [*sent, *asked])
        for words in (
            "/why",
            "/mydata",
            "/privacy",
            "/help",
            "/start",
            "/channels",
            "/unsubscribe",
        ):
            await desk.ask(words, person=person)


async def follow(desk: Desk, person: int, name: str, stance: Stance) -> None:
    (page,) = await desk.ask(f"/who {name}", person=person)
    (press,) = [p for p in presses(page) if isinstance(p, Follow) and p.stance is stance]
    await desk.press(page, press)


async def test_what_is_gone_from_the_story_is_listed_in_full_and_let_go(desk: Desk) -> None:
    talk, told = desk.talk, desk.story
    followed = told._mine(0, told.people)
    for number in followed:
        await follow(desk, READER, told.person(number), Stance(("follow", "mute")[number % 2]))
    (listed,) = await desk.ask("/following")
    other = next(iter(desk.kept)).with_name("other.md")
    other.write_text("---\ntitle: x\nsource: x\npublished: 2022-01-09\n---\nx\n")
    await desk.files()
    kept = {row["key"] for row in await talk.rows("SELECT key FROM interest")}
    assert len(kept) == len(followed) > PAGE
    found = list[str]()
    for offset in range(0, len(followed), PAGE):
        listed = await desk.press(listed, Following(offset))
        assert listed["text"].count("Person") == len(letting_go(listed))
        found += letting_go(listed)
    assert sorted(found) == sorted(kept)
    for key in found:
        listed = await desk.press(listed, LetGo(key, PAGE))
    assert await talk.rows("SELECT key FROM interest") == []
    for old in [m for m in talk.messages() if presses(m)]:
        await desk.crawl(READER, [old])
    await desk.ask(f"/who {told.person(0)}")


def letting_go(message: JsonObject) -> list[str]:
    return [press.key for press in presses(message) if isinstance(press, LetGo)]


async def test_what_admins_see_fits(desk: Desk) -> None:
    talk, told = desk.talk, desk.story
    for person in READERS:
        await desk.ask("/subscribe 8:00", person=person)
    await desk.pass_on(timedelta(days=1))
    for path, words in list(desk.kept.items()):
        desk.kept[path] = corrected(words)
    await desk.files(0)
    (offered,) = await desk.ask("/corrections", person=ADMIN)
    (press, *_more) = [press for press in presses(offered) if isinstance(press, Correct)]
    await desk.press(offered, press)
    await desk.pass_on(timedelta(minutes=1))
    for _number in range(25):
        await desk.ask(f"/invite 5 30d {told.name}", person=ADMIN)
    for words in ("/invites", "/broadcast", "/status", f"/preview {READER}", f"/expel {told.name}"):
        await desk.ask(words, person=ADMIN)
    (open_,) = await desk.ask("/invites", person=ADMIN)
    for press_ in presses(open_):
        await desk.press(open_, press_)
    announced = clean_line(told.body)
    (asked,) = await desk.ask(f"/announce {announced}", person=ADMIN)
    await desk.press(asked, Press(PressedOn.ANNOUNCE))
    await desk.pass_on(timedelta(minutes=1))
    assert talk.messages(HANS)[-1]["text"] == tidy(announced, [])[0]


def corrected(summary: str) -> str:
    """Return a summary whose events all correct what it said of them before."""
    _, front, body = summary.split("---\n", 2)
    stated = json.loads(front)
    for event in stated["events"]:
        event["correction"] = event["text"]
        event["text"] = f"Corrected{event['text']}"[:LONGEST_LINE]
    return f"---\n{json.dumps(stated, ensure_ascii=False)}\n---\n{body}"


async def test_what_telegram_shows_of_the_bot_is_none_of_it_refused(desk: Desk) -> None:
    story_ = await desk.talk.knowledge.read(sources.story)
    assert story_ is not None
    (help_,) = await desk.ask("/help", person=ADMIN)
    names = re.findall(r"^/(\w+)", help_["text"], re.MULTILINE)
    entries = [Entry(name=name, arguments="", description="x" * 60, admin=False) for name in names]
    shown = list(everything(entries, frozenset({ADMIN}), story_))
    for one in shown:
        await one.set(desk.talk.app.bot)
        if isinstance(one.content, str):
            assert 0 < len(one.content) <= {"description": 512, "short description": 120}[one.scope]
    assert {one.language for one in shown} == {"", "de", "uk"}


async def test_channels_of_any_title_are_steered(desk: Desk) -> None:
    talk, people = desk.talk, desk.talk.telegram.people
    posted = list[int]()
    for person in READERS:
        people.start(person)
        made = [
            talk.telegram.groups.create(
                person,
                f"{number}{desk.story.title}"[:LONGEST_TITLE],
                type=ChatType.CHANNEL,
                members=(BOT,),
            )
            for number in range(3)
        ]
        await talk.answered()
        (listed,) = await desk.ask("/channels", person=person)
        assert len(presses(listed)) == 3
        await desk.crawl(person, [listed, *talk.messages(person)[-4:]])
        await desk.ask(f"/subscribe {made[0].id} 8:00", person=person)
        posted.append(made[0].id)
    await desk.pass_on(timedelta(days=1))
    for channel in posted:
        posts = [m for m in talk.telegram.transcript(channel) if "text" in m]
        assert posts
        for post in posts:
            check(post)


async def test_what_is_offered_inline_fits_and_none_is_lost(desk: Desk) -> None:
    await desk.files(*range(desk.story.sources))
    for person in READERS:
        every = await offered(desk, person, "")
        marks = Counter(title.split()[0].strip("“") for title in every["q"])
        assert sum(marks.values()) == desk.story.quotes
        assert len(every["e"]) == desk.story.events
        for typed in ("Person", desk.story.person(0), desk.story.topic, desk.story.place, "bold"):
            await offered(desk, person, typed)


async def offered(desk: Desk, person: int, typed: str) -> dict[str, list[str]]:
    """Return the titles of all that is offered, page by page, by kind."""
    titles: dict[str, list[str]] = {"e": [], "q": [], "p": [], "u": []}
    telegram, offset, known = desk.talk.telegram, "", set[str]()
    for _page in range(20):
        asked = telegram.people.ask_inline(person, typed[: LONGEST_TYPED // 2], offset=offset)
        await desk.talk.answered()
        query = telegram.inline_query(asked.id)
        for result in query.results:
            assert result["id"] not in known
            known.add(result["id"])
            titles[result["id"][0]].append(result["title"])
            assert 0 < units(result["title"]) <= 100
            assert units(result.get("description", "")) <= 100
            sent = telegram.people.choose_inline(person, query.id, result["id"], person)
            assert sent.content["text"].strip()
        offset = query.next_offset
        if not offset:
            break
    assert not offset
    return titles
