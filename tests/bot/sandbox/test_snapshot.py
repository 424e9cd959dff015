import json

import pytest

from bot.sandbox import snapshot
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.world import ChatType, User
from tests.bot.sandbox.calling import PHOTO, Calling

BUTTONS = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}


def lived_in(telegram: Telegram, ann: User, call: Calling) -> None:
    sent = call("sendMessage", chat_id=ann.id, text="x", reply_markup=BUTTONS)["message_id"]
    telegram.people.press(ann.id, ann.id, sent, label="More")
    telegram.people.send_photo(ann.id, ann.id, PHOTO)
    telegram.people.ask_inline(ann.id, "Sher")
    forum = telegram.groups.create(
        ann.id, "Desk", type=ChatType.SUPERGROUP, members=(call.id,), is_forum=True
    )
    telegram.groups.open_topic(ann.id, forum.id, "Geneva")
    telegram.people.react(ann.id, ann.id, 1, "👍")
    call("setMyCommands", commands=[{"command": "who", "description": "Who"}])
    call("pinChatMessage", chat_id=ann.id, message_id=sent)
    call("setWebhook", url="https://example.org/")


def test_a_world_that_is_written_down_is_read_back_equal(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    lived_in(telegram, ann, call)

    written = snapshot.to_json(telegram.world)

    assert snapshot.from_json(written) == telegram.world
    assert snapshot.to_json(snapshot.from_json(written)) == written


def test_life_goes_on_where_it_stopped(telegram: Telegram, ann: User, call: Calling) -> None:
    lived_in(telegram, ann, call)
    call("deleteWebhook")

    again = Telegram(world=snapshot.from_json(snapshot.to_json(telegram.world)))
    new_call = Calling(again)
    sent = new_call("sendMessage", chat_id=ann.id, text="after")
    photo = again.transcript(ann.id)[2]["photo"][0]["file_id"]
    path = new_call("getFile", file_id=photo)["file_path"]

    assert again.feed.sequence == telegram.feed.sequence + 1
    assert [one["update_id"] for one in new_call("getUpdates")] == [
        one["update_id"] for one in call("getUpdates")
    ]
    assert sent["message_id"] > max(one["message_id"] for one in telegram.transcript(ann.id))
    assert again.download(SANDBOX_TOKEN, path).data == PHOTO.data


def test_a_snapshot_of_another_version_is_refused(telegram: Telegram) -> None:
    written = json.loads(snapshot.to_json(telegram.world)) | {"version": 99}

    with pytest.raises(snapshot.SnapshotError, match="version 99, not 1"):
        snapshot.from_json(json.dumps(written).encode())


def test_what_is_no_snapshot_is_refused() -> None:
    with pytest.raises(snapshot.SnapshotError):
        snapshot.from_json(b"{}")
