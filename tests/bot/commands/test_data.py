"""What is kept about a chat: told, handed over as a file, and deleted."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.clock import ManualClock
from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import Chat, ChatType
from store.ledger import inbox
from tests.bot.commands.test_digest import kept
from tests.bot.conversation import ADMIN, NOW, READER, Conversation, conversation, labels, polling

BOT = 1


@pytest.fixture
def group(talk: Conversation) -> Chat:
    """Give a group of the reader's, with an ordinary member in it."""
    return talk.telegram.groups.create(
        READER, "Desk", type=ChatType.SUPERGROUP, members=(BOT, ADMIN)
    )


def file_in(talk: Conversation, message: JsonObject) -> dict[str, Any]:
    """Return what stands in the file of a message."""
    assert message["document"]["file_name"] == "attache-data.json"
    stored = talk.telegram.world.files[message["document"]["file_id"]]
    read: dict[str, Any] = json.loads(stored.data)
    return read


async def digests(talk: Conversation, *people: int) -> None:
    """Let people subscribe and get their first digest."""
    for person in people:
        await talk.ask("/subscribe 09:00", person=person)
        await talk.ledger.write(
            lambda db: db.execute("UPDATE subscription SET last_date = '2022-01-19', next_due = 0")
        )
    await talk.deliver()


async def everything(talk: Conversation) -> str:
    """Return all that stands in the ledger of chats.

    Times and process numbers are of none, nor are the hashes of menus, whose digits may be any,
    and where in a text a style begins.
    """
    whole = await talk.ledger.read(
        lambda db: "\n".join(
            f"{table.name} {row}"
            for table in db.tables
            if table.name not in {"_sqlite_migrations", "owner", "menu"}
            for row in table.rows
        )
    )
    return re.sub(r"(offset\W+)\d+", r"\1", whole)


async def test_privacy_says_how_to_get_and_to_delete_what_is_kept(talk: Conversation) -> None:
    said = (await talk.ask("/privacy"))["text"]
    assert "/mydata sends you all of it" in said
    assert "/forget deletes it" in said


async def test_all_that_is_kept_comes_as_a_file(talk: Conversation) -> None:
    await digests(talk, READER, ADMIN)
    shown = await talk.ask("/mydata")
    assert shown["caption"].startswith("All that is kept about this chat.")
    told = file_in(talk, shown)
    assert told["chat"]["id"] == READER
    assert [one["at"] for one in told["subscriptions"]] == ["09:00"]
    (edition,) = told["editions"]
    assert edition["local_date"] == "2022-01-20"
    sent = [m for m in talk.messages() if m.get("text", "").startswith("Digest · 20 Jan 2022")]
    assert edition["deliveries"][0]["content"]["text"] == sent[0]["text"]
    assert edition["deliveries"][0]["message"] == sent[0]["message_id"]
    assert str(ADMIN) not in [str(one) for one in (told["chat"]["id"], told["inbox"])]


async def test_of_somebody_new_the_file_is_empty_and_changes_nothing(
    talk: Conversation, tmp_path: Path
) -> None:
    told = file_in(talk, await talk.ask("/mydata"))
    assert {name: kept for name, kept in told.items() if kept} == {}
    assert kept(tmp_path) == {}


async def test_what_was_set_aside_is_in_the_file_and_goes_with_the_rest(talk: Conversation) -> None:
    came = inbox.arrival(900_001, READER, {"message": {"text": "what ended it"}})
    await talk.ledger.write(inbox.keep, came)
    (told,) = file_in(talk, await talk.ask("/mydata"))["inbox"]
    assert told["body"] == {"message": {"text": "what ended it"}}
    await talk.press(await talk.ask("/forget"), "Forget everything")
    assert "what ended it" not in await everything(talk)


async def test_forgetting_is_confirmed_first_and_leaves_counts(
    talk: Conversation, tmp_path: Path
) -> None:
    await digests(talk, READER, ADMIN)
    asked = await talk.ask("/forget")
    assert labels(asked) == ["Forget everything", "Leave it"]
    assert {chat for chat, _ in kept(tmp_path)} == {READER, ADMIN}
    parts = await talk.rows("SELECT state, COUNT(*) AS n FROM delivery GROUP BY state")
    done = await talk.press(asked, "Forget everything")
    assert done["text"] == "Everything about this chat is deleted. /subscribe begins anew."
    assert labels(done) == []
    assert str(READER) not in await everything(talk)
    assert {chat for chat, _ in kept(tmp_path)} == {ADMIN}
    assert await talk.rows("SELECT state, COUNT(*) AS n FROM delivery GROUP BY state") == parts
    told = file_in(talk, await talk.ask("/mydata"))
    assert {name: kept for name, kept in told.items() if kept} == {}
    assert "Nothing was due here yet." in (await talk.ask("/why"))["text"]


async def test_it_can_be_left_and_pressed_twice(talk: Conversation, tmp_path: Path) -> None:
    await digests(talk, READER)
    left = await talk.press(await talk.ask("/forget"), "Leave it")
    assert left["text"] == "Nothing was deleted."
    assert list(kept(tmp_path)) == [(READER, 0)]
    await talk.toast(await talk.ask("/forget"), "Forget everything", times=2)
    assert talk.messages()[-1]["text"].endswith("/subscribe begins anew.")
    assert kept(tmp_path) == {}
    again = await talk.press(await talk.ask("/forget"), "Forget everything")
    assert again["text"].startswith("Nothing was kept about this chat.")


async def test_who_subscribes_again_gets_the_story_so_far(tmp_path: Path) -> None:
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now) as talk:
        await digests(talk, READER)
        await talk.press(await talk.ask("/forget"), "Forget everything")
        await talk.ask("/subscribe 09:30")
        clock.advance(3600)
        await talk.deliver()
        told = [m["text"] for m in talk.messages() if m["text"].startswith("Digest ·")]
        assert ["The story so far" in text for text in told] == [True, True]


async def test_old_buttons_of_a_chat_that_was_forgotten_say_that_nothing_comes(
    talk: Conversation, tmp_path: Path
) -> None:
    await digests(talk, READER)
    settings, digest = await talk.ask("/settings"), talk.messages()[-2]
    settings = await talk.press(settings, "Days")
    await talk.press(await talk.ask("/forget"), "Forget everything")
    assert "Digest: off" in (await talk.press(settings, "Workdays"))["text"]
    await talk.press(digest, "Pause for a week")
    assert talk.messages()[-1]["text"].startswith("No digest was coming here.")
    assert kept(tmp_path) == {}


async def test_a_broadcast_in_flight_goes_on_without_the_chat(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chat is forgotten while its part is on its way, after it left the ledger."""
    await talk.ask("/subscribe 09:00")
    await talk.ask("/subscribe 09:00", person=ADMIN)
    await talk.ledger.write(
        lambda db: db.execute("UPDATE subscription SET last_date = '2022-01-19', next_due = 0")
    )
    asked = await talk.ask("/forget")
    broadcast = talk.deliverer._broadcast
    assert broadcast is not None
    send = broadcast.sender

    async def forgotten_meanwhile(owed: Any) -> Any:  # noqa: ANN401 (passes on what it gets)
        if owed.chat == READER and "is deleted" not in talk.messages()[-1]["text"]:
            await talk.press(asked, "Forget everything")
        return await send(owed)

    monkeypatch.setattr(broadcast, "sender", forgotten_meanwhile)
    await talk.deliver()
    assert str(READER) not in await everything(talk)
    states = await talk.rows(
        "SELECT DISTINCT chat, delivery.state FROM delivery "
        "JOIN edition ON edition.id = edition ORDER BY chat, delivery.state"
    )
    assert {"chat": ADMIN, "state": "sent"} in states
    assert {"chat": 0, "state": "uncertain"} in states
    assert {row["state"] for row in states if row["chat"] == ADMIN} == {"sent"}


async def test_in_a_group_only_its_admins_get_and_delete(
    talk: Conversation, group: Chat, tmp_path: Path
) -> None:
    await talk.say("/subscribe 7:30", chat=group.id)
    refused = "In a group, its admins decide on what is kept."
    for command in ("/mydata", "/forget"):
        (said,) = await talk.say(command, person=ADMIN, chat=group.id)
        assert said["text"] == refused
    (asked,) = await talk.say("/forget", chat=group.id)
    for label in ("Forget everything", "Leave it"):
        assert await talk.toast(asked, label, person=ADMIN) == refused
    assert list(kept(tmp_path)) == [(group.id, 0)]
    (shown,) = await talk.say("/mydata", chat=group.id)
    assert file_in(talk, shown)["chat"]["kind"] == "supergroup"
    await talk.press(asked, "Forget everything")
    assert str(group.id) not in await everything(talk)


async def test_forgetting_ends_the_digests_of_all_topics(
    talk: Conversation, tmp_path: Path
) -> None:
    forum = talk.telegram.groups.create(
        READER, "Desk", type=ChatType.SUPERGROUP, members=(BOT,), is_forum=True
    )
    topic = talk.telegram.groups.open_topic(READER, forum.id, "Geneva")
    for words, thread in (("/subscribe", topic.id), ("/subscribe", None), ("/forget", topic.id)):
        talk.telegram.people.send_text(READER, forum.id, words, thread=thread)
        await talk.answered()
    assert len(kept(tmp_path)) == 2
    await talk.press(talk.messages(forum.id)[-1], "Forget everything")
    assert kept(tmp_path) == {}


async def test_an_announcement_made_from_a_forgotten_chat_names_it_no_more(
    talk: Conversation,
) -> None:
    await talk.ask("/subscribe")
    shown = await talk.ask("/announce The harbour opens", person=ADMIN)
    await talk.press(shown, "Send to 1", person=ADMIN)
    assert f"announcement {ADMIN}/" in await everything(talk)
    await talk.press(await talk.ask("/forget", person=ADMIN), "Forget everything", person=ADMIN)
    assert f"announcement {ADMIN}/" not in await everything(talk)
    await talk.deliver()
    assert [m["text"] for m in talk.messages()].count("The harbour opens") == 1


async def test_the_update_that_forgets_leaves_nothing_in_the_inbox(talk: Conversation) -> None:
    await talk.ask("/subscribe")
    asked = await talk.ask("/forget")
    async with polling(talk):
        number = asked["message_id"]
        talk.telegram.people.press(READER, READER, number, label="Forget everything")
        await talk.until(lambda: "is deleted" in talk.messages()[-1]["text"])
    assert talk.troubles == []
    assert str(READER) not in await everything(talk)
