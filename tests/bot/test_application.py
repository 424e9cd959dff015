"""The whole application: who is answered and who is not, trouble, many at once."""

import asyncio
import sqlite3
import sys
import threading
from pathlib import Path

import pytest

from bot.sandbox.params import Upload
from bot.sandbox.world import ChatType
from store.database import Connection
from store.knowledge import people
from tests.bot.conversation import (
    ADMIN,
    READER,
    add_people,
    conversation,
    labels,
    polling,
)

HOSTILE = [
    '"',
    "*",
    "NEAR(",
    "' OR 1=1 --",
    "title:x AND NOT",
    "a" * 4000,
    "word " * 800,
    "😀" * 2000,
    "\u200f\u200e",
    "\u202e\u2066evil\u2069",
    "😀👨\u200d👩\u200d👧",
    "<b>x</b> &amp; [a](b) *_`",
    "…",
    ":",
    "%s {0} \\",
    "c++ foo-bar it's",
    "@",
    "\u0301\u0333",
    "\U0010ffff",
]


# Whatever is said is answered


@pytest.mark.parametrize(
    "command", ["", "/who ", "/timeline ", "/quotes ", "/search ", "/start ", "/subscribe "]
)
async def test_hostile_words_are_answered_sensibly(tmp_path: Path, command: str) -> None:
    async with conversation(tmp_path / "data") as talk:
        for words in HOSTILE:
            shown = await talk.ask(f"{command}{words}"[:4096])
            assert shown["text"]
            assert "went wrong" not in shown["text"]
            for label in labels(shown)[:1]:
                assert (await talk.press(shown, label))["text"]


async def test_what_holds_no_words_is_told_that_words_are_needed(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        people = talk.telegram.people
        people.send_contact(READER, READER, "+4100000000")
        people.send_document(
            READER, READER, Upload(name="a.txt", data=b"a", mime_type="text/plain")
        )
        await talk.answered()
        said = [m["text"] for m in talk.messages()]
        assert said == ["I can read words only. Ask for a name, a place or a date."] * 2


async def test_an_unknown_command_is_said_so(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        shown = await talk.ask("/brief me")
        assert shown["text"] == "I do not know /brief. /help lists what I answer to."


async def test_an_edited_message_is_not_answered_again(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        for words in ("/who Sherman", "Sherman"):
            await talk.ask(words)
            count = len(talk.messages())
            sent = [m for m in talk.telegram.transcript(READER) if not m["from"]["is_bot"]][-1]
            talk.telegram.people.edit_text(READER, READER, sent["message_id"], f"{words}!")
            await talk.answered()
            assert len(talk.messages()) == count


async def test_in_a_group_commands_are_answered_and_talk_is_not(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        bot = talk.telegram.people.bot(None).user
        group = talk.telegram.groups.create(
            READER, "Newsroom", type=ChatType.SUPERGROUP, members=(ADMIN, bot.id)
        )
        for words in ("Sherman", "/brief", "who is Sherman?", "/who@other_bot Sherman"):
            assert await talk.say(words, chat=group.id) == []
        for words in (f"/who@{bot.username} Sherman", "/who Sherman"):
            (shown,) = await talk.say(words, chat=group.id)
            assert shown["text"].startswith("Wendy Sherman\n")
            assert shown["reply_to_message"]["text"] == words
        turned = await talk.press(talk.messages(group.id)[-1], "Quotes", person=ADMIN)
        assert turned["text"].startswith("Wendy Sherman · quotes")


async def test_a_topic_is_answered_in_the_topic(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        bot = talk.telegram.people.bot(None).user
        group = talk.telegram.groups.create(
            READER, "Desk", type=ChatType.SUPERGROUP, members=(bot.id,), is_forum=True
        )
        topic = talk.telegram.groups.open_topic(READER, group.id, "Geneva")
        sent = talk.telegram.people.send_text(READER, group.id, "/who Sherman", thread=topic.id)
        await talk.answered()
        (shown,) = [m for m in talk.messages(group.id) if m["message_id"] > sent.id]
        assert shown["message_thread_id"] == topic.id


async def test_start_greets_and_its_buttons_work(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        shown = await talk.ask("/start")
        assert shown["text"].startswith("Talks on Ukraine, winter 2021–22\n")
        assert labels(shown) == ["Latest", "Timeline", "Quotes", "Sources", "Help"]
        for label, begins in (
            ("Latest", "Latest · as of"),
            ("Timeline", "Timeline · as of"),
            ("Quotes", "Quotes\n"),
            ("Sources", "Sources\n"),
            ("Help", "What I answer to\n"),
        ):
            greeting = await talk.ask("/start")
            assert (await talk.press(greeting, label))["text"].startswith(begins)


@pytest.mark.parametrize(
    "payload", ["s", "saaaaaaaaaaaa", "p", "paaaaaaaaaaaa", "s:0", "x", "sherman", "s" * 64]
)
async def test_a_link_that_opens_nothing_is_answered_kindly(tmp_path: Path, payload: str) -> None:
    async with conversation(tmp_path / "data") as talk:
        shown = await talk.ask(f"/start {payload}")
        assert shown["text"].startswith(
            ("Talks on Ukraine", "That source is no longer part", "This page has changed")
        )


# Trouble, and many at once


async def test_trouble_is_logged_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with conversation(tmp_path / "data") as talk:

        def fail(*_: object, **__: object) -> None:
            raise ZeroDivisionError("a bug")

        monkeypatch.setattr(people, "named_people", fail)
        with pytest.raises(ZeroDivisionError):
            await talk.ask("/who Sherman")
        assert talk.messages()[-1]["text"].startswith("Something went wrong on my side")
        (record,) = [r for r in caplog.records if "was not answered" in r.message]
        assert record.exc_info is not None
        monkeypatch.undo()
        assert (await talk.ask("/who Sherman"))["text"].startswith("Wendy Sherman")


async def test_a_slow_question_holds_up_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = people.find_people
    held, go_on = threading.Event(), threading.Event()

    def slow(db: Connection, text: str, *, limit: int = 8) -> tuple[people.PersonRef, ...]:
        if text == "Slow":
            held.set()
            assert go_on.wait(30)
        return found(db, text, limit=limit)

    monkeypatch.setattr(people, "find_people", slow)
    async with conversation(tmp_path / "data") as talk:
        try:
            async with polling(talk):
                talk.telegram.people.send_text(READER, READER, "/who Slow")
                await asyncio.to_thread(held.wait, 30)
                talk.telegram.people.send_text(ADMIN, ADMIN, "/who Sherman")
                await talk.until(lambda: bool(talk.messages(ADMIN)))
                assert talk.messages(ADMIN)[0]["text"].startswith("Wendy Sherman")
                assert talk.messages(READER) == []
                go_on.set()
                await talk.until(lambda: bool(talk.messages(READER)))
        finally:
            go_on.set()


async def test_fifty_people_at_once_each_get_their_own_answer(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        known = await talk.knowledge.read(people.all_people)
        asked = {
            person.id: known[number % len(known)].name
            for number, person in enumerate(add_people(talk.telegram, 50))
        }
        async with polling(talk):
            for person, name in asked.items():
                talk.telegram.people.send_text(person, person, f"/who {name}")
            await talk.until(lambda: all(talk.messages(person) for person in asked))
        assert talk.troubles == []
        answers = {p: [m["text"].splitlines()[0] for m in talk.messages(p)] for p in asked}
        assert answers == {person: [name] for person, name in asked.items()}


async def test_no_sqlite_call_runs_on_the_event_loop(tmp_path: Path) -> None:
    seen: set[str] = set()

    def watch(frame: object, event: str, called: object) -> None:
        del frame
        if event == "c_call" and isinstance(getattr(called, "__self__", None), sqlite3.Connection):
            seen.add(threading.current_thread().name)

    threading.setprofile(watch)  # for the threads that begin from here on
    try:
        async with conversation(tmp_path / "data") as talk:
            sys.setprofile(watch)
            for words in ("/start", "/who Sherman", "/timeline", "lockstep", "/sources", "/latest"):
                await talk.ask(words)
            for words in ("/reload", "/status", "/subscribe", "/digest", "/settings"):
                assert await talk.say(words, person=ADMIN)
            sys.setprofile(None)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    assert {name.rpartition("_")[0] for name in seen} >= {"knowledge-reader", "knowledge-writer"}
    assert threading.current_thread().name not in seen


async def test_a_person_who_blocks_the_bot_meanwhile_troubles_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with conversation(tmp_path / "data") as talk:
        talk.telegram.people.send_text(READER, READER, "/who Sherman")
        talk.telegram.people.block(READER)
        with pytest.raises(Exception, match="blocked"):
            await talk.answered()
        assert (await talk.ask("/who Sherman", person=ADMIN))["text"].startswith("Wendy")
        assert not [r for r in caplog.records if "uncaught" in r.message]


# The documentation


async def test_the_readme_lists_what_the_bot_answers_to(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        shown = (await talk.ask("/help", person=ADMIN))["text"]
    _, readers, admins, _ = shown.split("\n\n")
    said = [f"{line} (admins)" for line in admins.splitlines()[1:]]
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    table = readme.split("<!-- commands -->")[1].split("<!-- /commands -->")[0]
    rows = [row.strip("| ").replace("\\|", "¦") for row in table.strip().splitlines()[2:]]
    written = [row.replace("` | ", " – ", 1).removeprefix("`").replace("¦", "|") for row in rows]
    assert written == [*readers.splitlines(), *said]
