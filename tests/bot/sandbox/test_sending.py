"""Texts, places and actions; answers, forwards and copies.

Pictures, documents and albums stand in test_media.py.
"""

from itertools import count

import pytest

from bot.sandbox.limits import Limits
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import ChatType, User
from tests.bot.sandbox.calling import PHOTO, Calling, bad


def test_a_text_is_answered_with_the_message_and_stands_in_the_chat(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    message = call("sendMessage", chat_id=ann.id, text="Good morning")

    assert message == {
        "message_id": 2,
        "from": {
            "id": 1,
            "is_bot": True,
            "first_name": "Attaché",
            "username": "attache_sandbox_bot",
        },
        "date": telegram.state.date,
        "chat": {
            "id": ann.id,
            "type": "private",
            "first_name": "Ann",
            "username": "ann_reads",
        },
        "text": "Good morning",
    }
    assert telegram.transcript(ann.id)[-1] == message


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
)
def test_a_text_has_1_to_4096_utf16_units(
    ann: User, call: Calling, text: str, refusal: str
) -> None:
    assert call.refusal("sendMessage", chat_id=ann.id, text=text) == bad(refusal)


def test_the_longest_text_is_measured_after_entities_and_trimming(ann: User, call: Calling) -> None:
    markup = f"<b>{'x' * 4096}</b>"

    assert len(call("sendMessage", chat_id=ann.id, text=markup, parse_mode="HTML")["text"]) == 4096
    assert len(call("sendMessage", chat_id=ann.id, text="😀" * 2048 + "\n  ")["text"]) == 2048


def test_a_place_has_coordinates(ann: User, call: Calling) -> None:
    sent = call("sendLocation", chat_id=ann.id, latitude="46.2", longitude=6.15)

    assert sent["location"] == {"latitude": 46.2, "longitude": 6.15}
    assert call.refusal("sendLocation", chat_id=ann.id, longitude=1) == bad("latitude is empty")
    assert call.refusal("sendLocation", chat_id=ann.id, latitude=1) == bad("longitude is empty")
    refusal = call.refusal("sendLocation", chat_id=ann.id, latitude=91, longitude=1)
    assert refusal == bad("wrong location specified")


def test_an_action_is_shown_and_not_kept(telegram: Telegram, ann: User, call: Calling) -> None:
    before = telegram.transcript(ann.id)

    assert call("sendChatAction", chat_id=ann.id, action="typing") is True
    refusal = call.refusal("sendChatAction", chat_id=ann.id, action="sleeping")

    assert telegram.events_after(0)[-1].data == {"action": "typing", "message_thread_id": None}
    assert telegram.transcript(ann.id) == before
    assert refusal == bad("wrong parameter action in request")


def test_an_answer_shows_what_it_answers(ann: User, call: Calling) -> None:
    sent = call("sendMessage", chat_id=ann.id, text="yes", reply_parameters={"message_id": 1})
    older = call("sendMessage", chat_id=ann.id, text="yes", reply_to_message_id=1)

    assert sent["reply_to_message"]["text"] == "/start"
    assert older["reply_to_message"]["message_id"] == 1


def test_an_answer_to_nothing_is_refused_unless_it_need_not_be_one(
    ann: User, call: Calling
) -> None:
    lenient = {"message_id": 99, "allow_sending_without_reply": True}

    refusal = call.refusal(
        "sendMessage", chat_id=ann.id, text="x", reply_parameters={"message_id": 99}
    )
    sent = call("sendMessage", chat_id=ann.id, text="x", reply_parameters=lenient)

    assert refusal == bad("message to be replied not found")
    assert "reply_to_message" not in sent


def test_a_forward_says_where_it_comes_from_and_a_copy_does_not(ann: User, call: Calling) -> None:
    forwarded = call("forwardMessage", chat_id=ann.id, from_chat_id=ann.id, message_id=1)
    copied = call("copyMessage", chat_id=ann.id, from_chat_id=ann.id, message_id=1)

    assert forwarded["text"] == "/start"
    assert forwarded["forward_origin"]["sender_user"]["id"] == ann.id
    assert copied == {"message_id": 3}


def test_a_copy_of_a_picture_takes_another_caption(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    sent = call("sendPhoto", {"photo": PHOTO}, chat_id=ann.id, caption="one")

    call(
        "copyMessage",
        chat_id=ann.id,
        from_chat_id=ann.id,
        message_id=sent["message_id"],
        caption="two",
    )

    assert telegram.transcript(ann.id)[-1]["caption"] == "two"


def test_what_may_not_be_passed_on_is_refused(ann: User, call: Calling) -> None:
    sent = call("sendMessage", chat_id=ann.id, text="secret", protect_content=True)
    here = {"chat_id": ann.id, "from_chat_id": ann.id}

    refusals = [
        call.refusal("forwardMessage", **here, message_id=99),
        call.refusal("copyMessage", **here, message_id=99),
        call.refusal("forwardMessage", **here, message_id=sent["message_id"]),
        call.refusal("copyMessage", **here, message_id=sent["message_id"]),
    ]

    assert refusals == [
        bad("message to forward not found"),
        bad("message to copy not found"),
        bad("the message can't be forwarded"),
        bad("the message can't be copied"),
    ]


def test_more_than_a_hundred_entities_are_cut_and_noted(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    entities = [{"type": "code", "offset": 2 * at, "length": 1} for at in range(101)]

    sent = call("sendMessage", chat_id=ann.id, text="x " * 101, entities=entities)

    assert len(sent["entities"]) == 100
    assert [one.what for one in telegram.oddities] == ["101 entities, of which 100 are kept"]


def test_messages_of_all_private_chats_are_numbered_in_one_row(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    bob = telegram.people.add("Bob")
    telegram.people.start(bob.id)
    telegram.limits = Limits(enabled=False)
    numbers = count(3)

    for person in (ann, bob, ann):
        message = call("sendMessage", chat_id=person.id, text="x")
        assert message["message_id"] == next(numbers)


def test_a_channels_post_is_forwarded_with_its_place(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    wire = telegram.groups.create(ann.id, "Wire", type=ChatType.CHANNEL, members=(call.id,))
    post = call("sendMessage", chat_id=wire.id, text="News")["message_id"]

    sent = call("forwardMessage", chat_id=ann.id, from_chat_id=wire.id, message_id=post)
    refusal = call.refusal("forwardMessage", chat_id=ann.id, message_id=post)

    assert sent["forward_origin"]["chat"]["id"] == wire.id
    assert sent["forward_origin"]["message_id"] == post
    assert refusal == bad('parameter "from_chat_id" is required')
