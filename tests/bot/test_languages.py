"""Readers of several languages, each answered in theirs: in every kind of chat and update."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import InlineQuery, Update, User

from bot.languages import Languages
from bot.locales import Language, spoken
from bot.messages.callbacks import Option, Setting, SettingsPage
from bot.sandbox.clock import ManualClock
from bot.sandbox.faults import Fault, Rule
from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import ChatType
from store.database import Connection
from store.errors import StoreError
from store.knowledge import sources
from store.ledger import languages
from store.ledger.values import ChatLanguage, Policy
from tests.bot.conversation import ADMIN, NOW, READER, Conversation, conversation, labels
from tests.bot.tongues import language_in, tongues

__all__ = ["tongues"]  # the fixture

HANS, OLENA, MARIE = 49, 380, 33
SPOKEN = {HANS: "de", OLENA: "uk", MARIE: "fr"}

pytestmark = pytest.mark.usefixtures("tongues")


def add_everybody(talk: Conversation) -> None:
    for person, code in SPOKEN.items():
        talk.telegram.people.add(f"Reader {person}", person_id=person, language_code=code)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with conversation(tmp_path / "data") as opened:
        add_everybody(opened)
        yield opened


def group_of(talk: Conversation, *, type_: ChatType = ChatType.SUPERGROUP) -> int:
    """Make a group that Hans owns, with Olena and the bot in it."""
    bot = talk.telegram.people.bot(None).user
    return talk.telegram.groups.create(HANS, "Desk", type=type_, members=(OLENA, bot.id)).id


async def choose(talk: Conversation, label: str, person: int) -> JsonObject:
    return await talk.press(await page_of_languages(talk, person, person), label, person=person)


async def page_of_languages(talk: Conversation, person: int, chat: int) -> JsonObject:
    """Open the page of /settings that sets the language, whatever its button is called."""
    (shown,) = await talk.say("/settings", person=person, chat=chat)
    packed = Setting(Option.PAGE, SettingsPage.LANGUAGE).pack()
    buttons = [button for row in shown["reply_markup"]["inline_keyboard"] for button in row]
    (label,) = (one["text"] for one in buttons if one["callback_data"] == packed)
    return await talk.press(shown, label, person=person)


# Who is answered in what


@pytest.mark.parametrize(
    ("person", "language"), [(READER, "en"), (HANS, "de"), (OLENA, "uk"), (MARIE, "en")]
)
async def test_a_reader_is_answered_in_telegrams_language_else_in_english(
    talk: Conversation, person: int, language: str
) -> None:
    for words in ("/help", "/privacy", "/settings", "/brief", "/who Nobody Atall"):
        assert language_in((await talk.ask(words, person=person))["text"]) == language


async def test_nothing_is_kept_of_a_reader_who_only_asks(talk: Conversation) -> None:
    for words in ("/start", "/settings", "/help"):
        await talk.ask(words, person=HANS)
    assert await talk.rows("SELECT * FROM chat") == []


async def test_what_a_reader_chooses_is_spoken_at_once_and_after_a_restart(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        shown = await choose(talk, "Українська", READER)
        assert language_in(shown["text"]) == "uk"
        assert "✓ Українська" in labels(shown)
    async with conversation(tmp_path / "data") as talk:
        assert language_in((await talk.ask("/help"))["text"]) == "uk"
        assert language_in((await talk.ask("/help", person=ADMIN))["text"]) == "en"


async def test_a_choice_can_be_taken_back(talk: Conversation) -> None:
    shown = await choose(talk, "English", HANS)
    assert language_in(shown["text"]) == "en"
    assert "✓ English" in labels(shown)
    assert "\nLanguage: English" in shown["text"]
    shown = await talk.press(shown, "As in Telegram", person=HANS)
    assert language_in(shown["text"]) == "de"
    assert "✓ <de>As in Telegram" in labels(shown)
    assert "\n<de>Language: as in Telegram" in shown["text"]


async def test_a_choice_survives_subscribing_and_goes_with_forgetting(talk: Conversation) -> None:
    await choose(talk, "English", HANS)
    await talk.ask("/subscribe 8:00", person=HANS)
    assert language_in((await talk.ask("/help", person=HANS))["text"]) == "en"
    asked = await talk.ask("/forget", person=HANS)
    await talk.press(asked, "Forget everything", person=HANS)
    assert language_in((await talk.ask("/help", person=HANS))["text"]) == "de"
    assert await talk.rows("SELECT * FROM chat") == []


async def test_another_language_in_telegram_is_kept_of_who_subscribes(talk: Conversation) -> None:
    await talk.ask("/subscribe 8:00", person=HANS)
    talk.telegram.people.set_language(HANS, "uk")
    assert language_in((await talk.ask("/help", person=HANS))["text"]) == "uk"
    assert await talk.rows("SELECT id, language FROM chat") == [{"id": HANS, "language": "uk"}]


async def test_trouble_is_told_in_the_readers_language(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(sources, "story", fail)
    with pytest.raises(ZeroDivisionError):
        await talk.ask("/start", person=OLENA)
    said = talk.messages(OLENA)[-1]["text"]
    assert said.startswith("<uk>Something went wrong on my side")


# Groups


async def test_a_group_is_answered_in_english_whoever_asks(talk: Conversation) -> None:
    group = group_of(talk)
    for person in (HANS, OLENA):
        (shown,) = await talk.say("/help", person=person, chat=group)
        assert language_in(shown["text"]) == "en"


async def test_the_admins_of_a_group_choose_for_all_in_it_and_nobody_else_does(
    talk: Conversation,
) -> None:
    group = group_of(talk)
    shown = await page_of_languages(talk, HANS, group)
    assert not [label for label in labels(shown) if "Telegram" in label]
    assert "✓ English" in labels(shown)
    assert "\nLanguage: English" in shown["text"]
    assert "admins" in str(await talk.toast(shown, "Deutsch", person=OLENA))
    assert "✓ Deutsch" in labels(await talk.press(shown, "Deutsch", person=HANS))
    (shown,) = await talk.say("/help", person=OLENA, chat=group)
    assert language_in(shown["text"]) == "de"
    assert language_in((await talk.ask("/help", person=OLENA))["text"]) == "uk"


async def test_a_group_that_becomes_a_supergroup_is_spoken_to_as_before(
    talk: Conversation,
) -> None:
    group = group_of(talk, type_=ChatType.GROUP)
    await talk.press(await page_of_languages(talk, HANS, group), "Deutsch", person=HANS)
    moved = talk.telegram.groups.migrate(HANS, group).id
    await talk.answered()
    (shown,) = await talk.say("/help", person=OLENA, chat=moved)
    assert language_in(shown["text"]) == "de"


# What comes unasked


async def test_one_tick_plans_each_readers_digest_in_the_readers_language(tmp_path: Path) -> None:
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now) as talk:
        add_everybody(talk)
        readers = (READER, HANS, OLENA, MARIE)
        for person in readers:
            await talk.ask("/subscribe 8:00", person=person)
        await choose(talk, "Deutsch", READER)
        clock.hour = NOW + timedelta(days=1)
        await talk.deliver()
        came = {person: talk.messages(person)[-1]["text"] for person in readers}
        assert {person: language_in(text) for person, text in came.items()} == {
            READER: "de",
            HANS: "de",
            OLENA: "uk",
            MARIE: "en",
        }
        assert came[READER] == came[HANS]
        clock.hour = NOW + timedelta(days=2)
        await talk.deliver()
        quiet = [language_in(talk.messages(person)[-1]["text"]) for person in readers]
        assert quiet == ["de", "de", "uk", "en"]


async def test_an_announcement_is_in_its_admins_words_for_all(talk: Conversation) -> None:
    for person in (HANS, OLENA):
        await talk.ask("/subscribe 8:00", person=person)
    asked = await talk.ask("/announce Hallo, world", person=ADMIN)
    await talk.press(asked, labels(asked)[0], person=ADMIN)
    await talk.deliver()
    assert [talk.messages(person)[-1]["text"] for person in (HANS, OLENA)] == ["Hallo, world"] * 2


SUMMARY = (
    "---\ntitle: Vote\nsource: The Gazette\npublished: 2022-01-19\nevents:\n"
    "  - {date: 2022-01-18, text: EVENT}\n---\nThe council has voted.\n"
)
WRONG, RIGHT = "The council votes 31 to 20", "The council votes 30 to 21"


async def test_a_correction_says_so_in_the_readers_language(tmp_path: Path) -> None:
    story = tmp_path / "story"
    story.mkdir()
    (story / "vote.md").write_text(SUMMARY.replace("EVENT", WRONG))
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", summaries=story, clock=clock.now) as talk:
        add_everybody(talk)
        readers = (READER, HANS, OLENA)
        for person in readers:
            await talk.ask("/subscribe 8:00", person=person)
        clock.hour = NOW + timedelta(days=1)
        await talk.deliver()
        (story / "vote.md").write_text(
            SUMMARY.replace("EVENT}", f"{RIGHT}, correction: '{WRONG}'}}")
        )
        await talk.ask("/reload", person=ADMIN)
        asked = await talk.ask("/corrections", person=ADMIN)
        await talk.press(asked, labels(asked)[0], person=ADMIN)
        await talk.deliver()
        notes = [talk.messages(person)[-1]["text"].splitlines()[-1] for person in readers]
        assert [note.partition("Corrected on")[0] for note in notes] == ["", "<de>", "<uk>"]


async def test_a_group_hears_in_its_language_that_a_topic_is_gone(tmp_path: Path) -> None:
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now) as talk:
        add_everybody(talk)
        bot = talk.telegram.people.bot(None).user
        group = talk.telegram.groups.create(
            HANS, "Desk", type=ChatType.SUPERGROUP, members=(bot.id,), is_forum=True
        ).id
        await talk.press(await page_of_languages(talk, HANS, group), "Deutsch", person=HANS)
        topic = talk.telegram.groups.open_topic(HANS, group, "Geneva").id
        talk.telegram.people.send_text(HANS, group, "/subscribe 8:00", thread=topic)
        await talk.answered()
        rule = Rule(
            fault=Fault.BAD_REQUEST,
            method="sendMessage",
            times=1,
            text="message thread not found",
        )
        talk.telegram.faults.set([rule])
        clock.hour = NOW + timedelta(days=1)
        await talk.deliver()
        said = [m["text"] for m in talk.messages(group) if "topic" in m["text"]]
        assert [text.partition("The topic that")[0] for text in said] == ["<de>"]


async def test_admins_are_told_in_their_language(tmp_path: Path) -> None:
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now, policy=Policy.LEAVE) as talk:
        await choose(talk, "Українська", ADMIN)
        await talk.ask("/subscribe 8:00")
        clock.hour = NOW + timedelta(days=1)
        await talk.deliver()

        def crash(db: Connection) -> None:
            db.execute("UPDATE delivery SET state = 'sending' WHERE part = 0")

        await talk.ledger.write(crash)
        await talk.app.post_init(talk.app)  # type: ignore[misc]
        assert language_in(talk.messages(ADMIN)[-1]["text"]) == "uk"


# What is remembered


def inline(person: int, code: str | None) -> Update:
    asker = User(person, "Somebody", is_bot=False, language_code=code)
    return Update(1, inline_query=InlineQuery("1", asker, "Sherman", ""))


async def heard(known: Languages, update: Update) -> Language:
    """Return what is spoken after `update` was heard, in a task of its own."""
    context: Any = None

    async def handle() -> Language:
        await known.hear(update, context)
        return spoken()

    return await asyncio.ensure_future(handle())


async def test_an_inline_question_is_answered_in_the_language_of_who_asks(
    talk: Conversation,
) -> None:
    await choose(talk, "Українська", READER)
    known = Languages(ledger=talk.ledger, clock=lambda: NOW)
    assert await heard(known, inline(READER, "en")) is Language.UKRAINIAN
    assert await heard(known, inline(HANS, "de-AT")) is Language.GERMAN
    assert await heard(known, inline(MARIE, None)) is Language.ENGLISH
    assert await heard(known, Update(2)) is Language.ENGLISH
    assert spoken() is Language.ENGLISH


async def test_who_asks_again_costs_no_look_into_the_ledger(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    read = languages.language_of_chat

    def counted(db: Connection, chat: int) -> ChatLanguage | None:
        asked.append(chat)
        return read(db, chat)

    monkeypatch.setattr(languages, "language_of_chat", counted)
    known = Languages(ledger=talk.ledger, clock=lambda: NOW, most=2)
    for person in (1, 2, 1, 2, 1):
        await heard(known, inline(person, "de"))
    assert asked == [1, 2]
    for person in (3, 1, 2):  # 2 made way for 3
        await heard(known, inline(person, "de"))
    assert asked == [1, 2, 3, 2]


async def test_telegrams_code_is_written_down_when_it_changes_only(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[int, str]] = []
    monkeypatch.setattr(languages, "tell", lambda _, chat, code: written.append((chat, code)))
    known = Languages(ledger=talk.ledger, clock=lambda: NOW)
    for code in ("de", "de", "uk", "uk", None, "de"):
        await heard(known, inline(HANS, code))
    assert written == [(HANS, "uk"), (HANS, "de")]


async def test_a_ledger_that_cannot_be_read_keeps_nobody_from_an_answer(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(db: Connection, chat: int) -> None:
        del db, chat
        raise StoreError("the disk refuses")

    monkeypatch.setattr(languages, "language_of_chat", broken)
    assert language_in((await talk.ask("/help", person=HANS))["text"]) == "de"
