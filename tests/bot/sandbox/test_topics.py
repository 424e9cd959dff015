import pytest

from bot.sandbox.errors import SandboxError
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import Chat, ChatType, User
from tests.bot.sandbox.calling import Calling, bad


@pytest.fixture
def forum(telegram: Telegram, ann: User, call: Calling) -> Chat:
    forum = telegram.groups.create(
        ann.id, "Desk", type=ChatType.SUPERGROUP, members=(call.id,), is_forum=True
    )
    telegram.groups.make_admin(ann.id, forum.id, call.id)
    call.updates()
    return forum


def test_a_topic_is_opened_renamed_closed_and_taken_away(
    telegram: Telegram, call: Calling, forum: Chat
) -> None:
    topic = call("createForumTopic", chat_id=forum.id, name="Geneva")["message_thread_id"]
    where = {"chat_id": forum.id, "message_thread_id": topic}

    call("editForumTopic", **where, name="Vienna")
    call("closeForumTopic", **where)
    call("reopenForumTopic", **where)
    notices = [
        next(name for name in one if name.startswith("forum_topic"))
        for one in telegram.transcript(forum.id)[-4:]
    ]
    name = forum.topics[topic].name
    call("deleteForumTopic", **where)

    assert name == "Vienna"
    assert notices == [
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
    ]
    assert [one for one in telegram.transcript(forum.id) if "message_thread_id" in one] == []
    assert call.refusal("closeForumTopic", **where) == bad("message thread not found")


def test_messages_in_a_topic_carry_it_and_seem_to_answer_its_beginning(
    telegram: Telegram, ann: User, call: Calling, forum: Chat
) -> None:
    topic = telegram.groups.open_topic(ann.id, forum.id, "Geneva")
    call.updates()

    sent = call("sendMessage", chat_id=forum.id, message_thread_id=topic.id, text="x")
    telegram.people.send_text(ann.id, forum.id, "y", thread=topic.id)
    telegram.people.send_text(ann.id, forum.id, "z", reply_to=sent["message_id"])
    general = call("sendMessage", chat_id=forum.id, text="to all")

    seen, answered = (one["message"] for one in call.updates())
    for message in (sent, seen):
        assert (message["message_thread_id"], message["is_topic_message"]) == (topic.id, True)
        assert message["reply_to_message"]["forum_topic_created"]["name"] == "Geneva"
    assert answered["message_thread_id"] == topic.id
    assert answered["reply_to_message"]["text"] == "x"
    assert "message_thread_id" not in general


def test_wrong_threads_are_refused(ann: User, call: Calling, forum: Chat) -> None:
    where = [
        {"chat_id": forum.id, "message_thread_id": 99},
        {"chat_id": forum.id, "message_thread_id": 1},
        {"chat_id": ann.id, "message_thread_id": 5},
    ]

    refusals = {call.refusal("sendMessage", **one, text="x") for one in where}

    assert refusals == {bad("message thread not found")}
    assert call.refusal("createForumTopic", chat_id=ann.id, name="x") == bad(
        "the chat is not a forum"
    )


def test_a_closed_topic_is_for_those_who_manage_topics(
    telegram: Telegram, ann: User, call: Calling, forum: Chat
) -> None:
    topic = telegram.groups.open_topic(ann.id, forum.id, "Geneva")
    telegram.groups.set_topic_closed(ann.id, forum.id, topic.id)
    where = {"chat_id": forum.id, "message_thread_id": topic.id}

    allowed = call("sendMessage", **where, text="x")["text"]
    telegram.groups.unmake_admin(ann.id, forum.id, call.id)
    refusal = call.refusal("sendMessage", **where, text="x")

    assert (allowed, refusal) == ("x", bad("TOPIC_CLOSED"))
    with pytest.raises(SandboxError, match="no open topic"):
        telegram.people.send_text(ann.id, forum.id, "x", thread=topic.id)


def test_topics_take_rights(telegram: Telegram, ann: User, call: Calling, forum: Chat) -> None:
    topic = telegram.groups.open_topic(ann.id, forum.id, "Geneva")
    telegram.groups.unmake_admin(ann.id, forum.id, call.id)
    where = {"chat_id": forum.id, "message_thread_id": topic.id}

    refusals = [
        call.refusal("createForumTopic", chat_id=forum.id, name="x"),
        call.refusal("editForumTopic", **where, name="x"),
        call.refusal("closeForumTopic", **where),
        call.refusal("deleteForumTopic", **where),
    ]

    assert refusals == [
        bad("not enough rights to create a topic"),
        bad("not enough rights to edit the topic"),
        bad("not enough rights to close or open the topic"),
        bad("not enough rights to delete the topic"),
    ]


def test_a_wrong_topic_is_refused(call: Calling, forum: Chat) -> None:
    topic = call("createForumTopic", chat_id=forum.id, name="Geneva", icon_color=0x6FB9F0)
    where = {"chat_id": forum.id, "message_thread_id": topic["message_thread_id"]}

    refusals = [
        call.refusal("createForumTopic", chat_id=forum.id, name=" "),
        call.refusal("createForumTopic", chat_id=forum.id, name="x" * 129),
        call.refusal("createForumTopic", chat_id=forum.id, name="x", icon_color=1),
        call.refusal("editForumTopic", **where, name="Geneva"),
        call.refusal("reopenForumTopic", **where),
    ]

    assert refusals == [
        bad("title must be non-empty"),
        bad("TOPIC_TITLE_TOO_LONG"),
        bad("TOPIC_ICON_COLOR_INVALID"),
        bad("TOPIC_NOT_MODIFIED"),
        bad("TOPIC_NOT_MODIFIED"),
    ]


def test_the_owner_manages_topics_and_only_those_there_are(
    telegram: Telegram, ann: User, forum: Chat
) -> None:
    with pytest.raises(SandboxError, match="there is no topic 99"):
        telegram.groups.set_topic_closed(ann.id, forum.id, 99)
