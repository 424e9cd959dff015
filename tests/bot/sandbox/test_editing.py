from datetime import timedelta

import pytest

from bot.sandbox.clock import ManualClock
from bot.sandbox.json_values import Json
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import ChatType, User
from tests.bot.sandbox.calling import DOCUMENT, PHOTO, Calling, bad

BUTTONS = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
NOT_MODIFIED = bad(
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def test_an_edit_changes_the_message_in_place(telegram: Telegram, ann: User, call: Calling) -> None:
    sent = call("sendMessage", chat_id=ann.id, text="one", reply_markup=BUTTONS)

    edited = call("editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="two")

    assert edited["text"] == "two"
    assert edited["edit_date"] == telegram.state.date
    assert "reply_markup" not in edited
    assert telegram.transcript(ann.id)[-1] == edited


def test_buttons_change_without_a_mark_of_editing(ann: User, call: Calling) -> None:
    sent = call("sendMessage", chat_id=ann.id, text="one")
    where = {"chat_id": ann.id, "message_id": sent["message_id"]}

    with_buttons = call("editMessageReplyMarkup", **where, reply_markup=BUTTONS)
    without = call("editMessageReplyMarkup", **where)

    assert with_buttons["reply_markup"] == BUTTONS
    assert "edit_date" not in with_buttons
    assert "reply_markup" not in without


def test_what_changes_nothing_is_refused(ann: User, call: Calling) -> None:
    sent = call("sendMessage", chat_id=ann.id, text="one", reply_markup=BUTTONS)
    where = {"chat_id": ann.id, "message_id": sent["message_id"]}

    same = call.refusal("editMessageText", **where, text=" one ", reply_markup=BUTTONS)
    same_buttons = call.refusal("editMessageReplyMarkup", **where, reply_markup=BUTTONS)

    assert same == NOT_MODIFIED
    assert same_buttons == NOT_MODIFIED


def test_a_caption_and_a_picture_are_edited(ann: User, call: Calling) -> None:
    sent = call("sendPhoto", {"photo": PHOTO}, chat_id=ann.id, caption="one")
    where = {"chat_id": ann.id, "message_id": sent["message_id"]}

    captioned = call("editMessageCaption", **where, caption="two")
    media: Json = {"type": "photo", "media": "attach://new", "caption": "three"}
    replaced = call("editMessageMedia", {"new": PHOTO}, **where, media=media)
    bare = call("editMessageCaption", **where)

    assert captioned["photo"] == sent["photo"]
    assert captioned["caption"] == "two"
    assert replaced["photo"] != sent["photo"]
    assert replaced["caption"] == "three"
    assert "caption" not in bare


def test_texts_and_captions_are_edited_by_their_own_methods(ann: User, call: Calling) -> None:
    text = call("sendMessage", chat_id=ann.id, text="one")["message_id"]
    photo = call("sendPhoto", {"photo": PHOTO}, chat_id=ann.id)["message_id"]

    refusals = [
        call.refusal("editMessageText", chat_id=ann.id, message_id=photo, text="x"),
        call.refusal("editMessageCaption", chat_id=ann.id, message_id=text, caption="x"),
        call.refusal("editMessageMedia", chat_id=ann.id, message_id=photo),
    ]

    assert refusals == [
        bad("there is no text in the message to edit"),
        bad("there is no caption in the message to edit"),
        bad('parameter "media" is required'),
    ]


def test_only_own_messages_are_edited(ann: User, call: Calling) -> None:
    forwarded = call("forwardMessage", chat_id=ann.id, from_chat_id=ann.id, message_id=1)
    keys = call("sendMessage", chat_id=ann.id, text="x", reply_markup={"force_reply": True})

    refusals = {
        call.refusal("editMessageText", chat_id=ann.id, message_id=message_id, text="y")
        for message_id in (1, forwarded["message_id"], keys["message_id"])
    }

    assert refusals == {bad("message can't be edited")}


def test_a_message_that_is_not_there_is_not_edited(ann: User, call: Calling) -> None:
    refusals = [
        call.refusal("editMessageText", chat_id=ann.id, message_id=99, text="x"),
        call.refusal("editMessageText", chat_id=ann.id, text="x"),
        call.refusal("editMessageText", text="x"),
        call.refusal("editMessageText", inline_message_id="?", text="x"),
        call.refusal("editMessageText", chat_id=ann.id, message_id=1),
        call.refusal("editMessageText", chat_id=ann.id, message_id=1, text="x" * 4097),
    ]

    assert refusals == [
        bad("message to edit not found"),
        bad("message to edit not found"),
        bad("message identifier is not specified"),
        bad("MESSAGE_ID_INVALID"),
        bad("message text is empty"),
        bad("message is too long"),
    ]


def test_only_inline_buttons_come_with_an_edit(ann: User, call: Calling) -> None:
    sent = call("sendMessage", chat_id=ann.id, text="one")

    refusal = call.refusal(
        "editMessageText",
        chat_id=ann.id,
        message_id=sent["message_id"],
        text="two",
        reply_markup={"remove_keyboard": True},
    )

    assert refusal == bad("inline keyboard expected")


def test_an_album_keeps_its_kind(ann: User, call: Calling) -> None:
    media: Json = [
        {"type": "photo", "media": "attach://a"},
        {"type": "photo", "media": "attach://a"},
    ]
    sent = call("sendMediaGroup", {"a": PHOTO}, chat_id=ann.id, media=media)

    refusal = call.refusal(
        "editMessageMedia",
        {"b": DOCUMENT},
        chat_id=ann.id,
        message_id=sent[0]["message_id"],
        media={"type": "document", "media": "attach://b"},
    )

    assert refusal == bad("the sandbox does not support another kind of media in an album")


def test_a_deleted_message_is_gone(telegram: Telegram, ann: User, call: Calling) -> None:
    sent = call("sendMessage", chat_id=ann.id, text="one")["message_id"]

    assert call("deleteMessage", chat_id=ann.id, message_id=sent) is True
    refusal = call.refusal("deleteMessage", chat_id=ann.id, message_id=sent)

    assert [one["message_id"] for one in telegram.transcript(ann.id)] == [1]
    assert refusal == bad("message to delete not found")


def test_several_are_deleted_and_missing_ones_passed_over(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    sent = [call("sendMessage", chat_id=ann.id, text="x")["message_id"] for _ in range(3)]

    assert call("deleteMessages", chat_id=ann.id, message_ids=[*sent, 99]) is True

    assert [one["message_id"] for one in telegram.transcript(ann.id)] == [1]
    assert call.refusal("deleteMessages", chat_id=ann.id) == bad(
        "message identifiers are not specified"
    )
    too_many: Json = list(range(1, 102))
    assert call.refusal("deleteMessages", chat_id=ann.id, message_ids=too_many) == bad(
        "too many message identifiers specified"
    )


def test_after_two_days_nothing_is_deleted(telegram: Telegram, ann: User, call: Calling) -> None:
    clock = telegram.clock
    assert isinstance(clock, ManualClock)
    sent = call("sendMessage", chat_id=ann.id, text="one")["message_id"]

    clock.advance(timedelta(hours=48, seconds=1).total_seconds())
    refusal = call.refusal("deleteMessage", chat_id=ann.id, message_id=sent)

    assert refusal == bad("message can't be deleted for everyone")


def test_others_messages_in_a_group_are_an_administrators_to_delete(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    group = telegram.groups.create(ann.id, "Desk", type=ChatType.SUPERGROUP, members=(call.id,))
    message = telegram.people.send_text(ann.id, group.id, "/x")

    refusal = call.refusal("deleteMessage", chat_id=group.id, message_id=message.id)
    telegram.groups.make_admin(ann.id, group.id, call.id)

    assert refusal == bad("message can't be deleted")
    assert call("deleteMessage", chat_id=group.id, message_id=message.id) is True


def test_messages_are_pinned_and_unpinned(telegram: Telegram, ann: User, call: Calling) -> None:
    first, second = (call("sendMessage", chat_id=ann.id, text=x)["message_id"] for x in "ab")

    call("pinChatMessage", chat_id=ann.id, message_id=first)
    call("pinChatMessage", chat_id=ann.id, message_id=second)
    pinned = call("getChat", chat_id=ann.id)["pinned_message"]["text"]
    notice = telegram.transcript(ann.id)[-1]["pinned_message"]["message_id"]
    call("unpinChatMessage", chat_id=ann.id)
    left = call("getChat", chat_id=ann.id)["pinned_message"]["text"]
    call("unpinAllChatMessages", chat_id=ann.id)

    assert (pinned, notice, left) == ("b", second, "a")
    assert "pinned_message" not in call("getChat", chat_id=ann.id)
    assert call.refusal("unpinChatMessage", chat_id=ann.id) == bad("message to unpin not found")
    assert call.refusal("pinChatMessage", chat_id=ann.id, message_id=99) == bad(
        "message to pin not found"
    )


def test_pinning_in_a_group_takes_the_right_to(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    group = telegram.groups.create(ann.id, "Desk", members=(call.id,))
    sent = call("sendMessage", chat_id=group.id, text="x")["message_id"]

    refusal = call.refusal("pinChatMessage", chat_id=group.id, message_id=sent)
    telegram.groups.make_admin(ann.id, group.id, call.id, ("can_pin_messages",))

    assert refusal == bad("not enough rights to manage pinned messages in the chat")
    assert call("pinChatMessage", chat_id=group.id, message_id=sent) is True


def test_the_bot_reacts(telegram: Telegram, ann: User, call: Calling) -> None:
    reaction: Json = [{"type": "emoji", "emoji": "👍"}]

    call("setMessageReaction", chat_id=ann.id, message_id=1, reaction=reaction)
    shown = telegram.transcript(ann.id)[0]["reactions"]
    call("setMessageReaction", chat_id=ann.id, message_id=1)

    assert shown == {"1": reaction}
    assert "reactions" not in telegram.transcript(ann.id)[0]


@pytest.mark.parametrize(
    ("reaction", "message_id", "refusal"),
    [
        ([{"type": "emoji", "emoji": "👍"}] * 2, 1, "REACTIONS_TOO_MANY"),
        ([{"type": "emoji", "emoji": "👍"}], 99, "message to react not found"),
        (
            [{"type": "paid"}],
            1,
            "the sandbox does not support reactions of other types than emoji",
        ),
    ],
)
def test_a_wrong_reaction_is_refused(
    ann: User, call: Calling, reaction: Json, message_id: int, refusal: str
) -> None:
    found = call.refusal(
        "setMessageReaction", chat_id=ann.id, message_id=message_id, reaction=reaction
    )

    assert found == bad(refusal)


def test_a_message_is_pinned_anew_and_its_pin_goes_with_it(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    first, second = (call("sendMessage", chat_id=ann.id, text=x)["message_id"] for x in "ab")
    for message_id in (first, second, first):
        call("pinChatMessage", chat_id=ann.id, message_id=message_id)

    call("deleteMessage", chat_id=ann.id, message_id=first)

    assert call("getChat", chat_id=ann.id)["pinned_message"]["message_id"] == second
    gone = telegram.transcript(ann.id)[-1]["pinned_message"]
    assert (gone["message_id"], gone["date"]) == (first, 0)
