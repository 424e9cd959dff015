from bot.sandbox.feed import KEPT_EVENTS, Event, Feed, Happened
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import ChatType, User
from tests.bot.sandbox.calling import Calling


def kinds(telegram: Telegram, after: int) -> list[str]:
    return [event.kind.value for event in telegram.events_after(after)]


def test_all_that_happens_is_told_in_order(telegram: Telegram, ann: User, call: Calling) -> None:
    start = telegram.feed.sequence

    sent = call("sendMessage", chat_id=ann.id, text="x")["message_id"]
    call("editMessageText", chat_id=ann.id, message_id=sent, text="y")
    call("deleteMessage", chat_id=ann.id, message_id=sent)
    call("sendChatAction", chat_id=ann.id, action="typing")
    telegram.people.react(ann.id, ann.id, 1, "👍")
    telegram.people.block(ann.id)
    call("setMyCommands", commands=[{"command": "who", "description": "Who"}])
    call("setMyDescription", description="x")

    events = telegram.events_after(start)
    assert [event.kind.value for event in events] == [
        "message",
        "edited",
        "deleted",
        "chat_action",
        "reaction",
        "member",
        "commands",
        "profile",
    ]
    assert [event.sequence for event in events] == list(range(start + 1, start + 9))
    assert [event.chat_id for event in events[:2]] == [ann.id, ann.id]
    assert events[1].data["text"] == "y"
    assert events[2].data == {"message_id": sent}


def test_groups_topics_and_pins_are_told(telegram: Telegram, ann: User, call: Calling) -> None:
    start = telegram.feed.sequence
    forum = telegram.groups.create(
        ann.id, "Desk", type=ChatType.SUPERGROUP, members=(call.id,), is_forum=True
    )
    telegram.groups.open_topic(ann.id, forum.id, "Geneva")
    call("pinChatMessage", chat_id=ann.id, message_id=1)

    assert kinds(telegram, start) == [
        "chat",
        "message",
        "member",
        "message",
        "message",
        "topic",
        "pinned",
        "message",
    ]


def test_watchers_see_each_event_until_they_stop(telegram: Telegram, ann: User) -> None:
    seen: list[Event] = []
    unwatch = telegram.watch_feed(seen.append)

    telegram.people.send_text(ann.id, ann.id, "x")
    unwatch()
    telegram.people.send_text(ann.id, ann.id, "y")

    assert [event.data["text"] for event in seen] == ["x"]


def test_what_was_forgotten_is_known_to_be_missing() -> None:
    feed = Feed()
    for _ in range(KEPT_EVENTS + 5):
        feed.add(Happened.MESSAGE, bot_id=None, chat_id=None, data={})

    assert feed.first == 5
    assert len(feed.after(0)) == KEPT_EVENTS
    assert feed.after(feed.sequence) == []
    assert [event.sequence for event in feed.after(KEPT_EVENTS + 3)] == [
        KEPT_EVENTS + 4,
        KEPT_EVENTS + 5,
    ]


def test_an_empty_feed_misses_nothing() -> None:
    assert Feed(sequence=7).first == 7
