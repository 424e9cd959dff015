"""Groups: whom the bot hears there, where it answers, and who decides."""

from pathlib import Path

import pytest
from telegram import Update

from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import Chat, ChatType
from tests.bot.commands.test_digest import kept
from tests.bot.conversation import ADMIN, READER, Conversation, labels

BOT = 1


@pytest.fixture
async def group(talk: Conversation) -> Chat:
    """Give a group of the reader's, with an ordinary member in it."""
    made = talk.telegram.groups.create(
        READER, "Desk", type=ChatType.SUPERGROUP, members=(BOT, ADMIN)
    )
    await talk.answered()
    return made


@pytest.fixture
async def forum(talk: Conversation) -> Chat:
    """Give a forum of the reader's."""
    made = talk.telegram.groups.create(
        READER, "Desk", type=ChatType.SUPERGROUP, members=(BOT,), is_forum=True
    )
    await talk.answered()
    return made


async def said_in(talk: Conversation, chat: Chat, words: str, thread: int | None) -> JsonObject:
    """Say something in a topic, and return the one answer."""
    sent = talk.telegram.people.send_text(READER, chat.id, words, thread=thread)
    await talk.answered()
    (answer,) = [m for m in talk.messages(chat.id) if m["message_id"] > sent.id]
    return answer


@pytest.mark.parametrize(
    "words",
    ["/who@other_bot Sherman", "/start@other_bot", "/nosuchcommand", "/nosuchcommand@other_bot"],
)
async def test_it_is_silent_to_what_is_not_its_own(
    talk: Conversation, group: Chat, words: str
) -> None:
    talk.telegram.groups.make_admin(READER, group.id, BOT)  # it is shown everything
    await talk.answered()
    assert await talk.say(words, chat=group.id) == []


async def test_start_says_what_it_can_see(talk: Conversation, group: Chat) -> None:
    (said,) = await talk.say("/start", chat=group.id)
    assert "In this group I see only commands, replies to me and messages" in said["text"]
    talk.telegram.groups.make_admin(READER, group.id, BOT)
    await talk.answered()
    (said,) = await talk.say("/start", chat=group.id)
    assert "In this group I can see all messages." in said["text"]
    assert "In this group" not in (await talk.ask("/start"))["text"]


async def test_an_anonymous_admin_subscribes_and_presses(
    talk: Conversation, group: Chat, tmp_path: Path
) -> None:
    talk.telegram.groups.set_anonymous(READER, group.id)
    await talk.answered()
    (said,) = await talk.say("/subscribe 07:30", chat=group.id)
    assert "each day at 07:30" in said["text"]
    (page,) = await talk.say("/settings", chat=group.id)
    page = await talk.press(await talk.press(page, "Time"), "+1 h")
    assert "at 08:30" in page["text"]
    assert list(kept(tmp_path)) == [(group.id, 0)]


async def test_answers_and_pages_stay_in_their_topic(talk: Conversation, forum: Chat) -> None:
    topic = talk.telegram.groups.open_topic(READER, forum.id, "Geneva")
    for words in ("/who Sherman", "/settings", "/start", "/why"):
        answers = await said_in(talk, forum, words, topic.id)
        assert answers["message_thread_id"] == topic.id
    assert "message_thread_id" not in await said_in(talk, forum, "/who Sherman", None)
    page = await said_in(talk, forum, "/who Sherman", topic.id)
    turned = await talk.press(page, labels(page)[0])
    assert turned["message_thread_id"] == topic.id


async def test_each_topics_digest_comes_in_it(
    talk: Conversation, forum: Chat, tmp_path: Path
) -> None:
    topics = [talk.telegram.groups.open_topic(READER, forum.id, name) for name in ("A", "B")]
    for topic in topics:
        await said_in(talk, forum, "/subscribe 08:00", topic.id)
    assert list(kept(tmp_path)) == [(forum.id, topic.id) for topic in topics]
    page = await said_in(talk, forum, "/settings", topics[1].id)
    await talk.press(page, "Turn the digest off")
    await talk.ledger.write(
        lambda db: db.execute("UPDATE subscription SET last_date = '2022-01-19', next_due = 0")
    )
    await talk.deliver()
    digests = [m for m in talk.messages(forum.id) if m["text"].startswith("Digest · 20 Jan")]
    assert {m["message_thread_id"] for m in digests} == {topics[0].id}


async def test_a_thread_of_replies_is_no_topic(
    talk: Conversation, group: Chat, tmp_path: Path
) -> None:
    sent = talk.telegram.people.send_text(READER, group.id, "hello")
    for number, words in enumerate(("/who Sherman", "/subscribe 08:00")):
        update = Update.de_json(
            {
                "update_id": 900_000 + number,
                "message": {
                    "message_id": sent.id,
                    "message_thread_id": 77,  # the first message of the thread
                    "date": 1_642_669_200,
                    "chat": {"id": group.id, "type": "supergroup", "title": "Desk"},
                    "from": {"id": READER, "is_bot": False, "first_name": "Reader"},
                    "text": words,
                    "entities": [{"type": "bot_command", "offset": 0, "length": words.index(" ")}],
                },
            },
            talk.app.bot,
        )
        await talk.app.process_update(update)
    assert talk.troubles == []
    assert list(kept(tmp_path)) == [(group.id, 0)]
    assert all("message_thread_id" not in m for m in talk.messages(group.id))
