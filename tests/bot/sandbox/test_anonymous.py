"""Who writes in whose name: anonymous administrators, and a channel's posts."""

import pytest

from bot.sandbox.errors import SandboxError
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import Chat, ChatType, User
from tests.bot.sandbox.calling import Calling

GROUP_ANONYMOUS_BOT = 1087968824


@pytest.fixture
def desk(telegram: Telegram, ann: User, call: Calling) -> Chat:
    desk = telegram.groups.create(ann.id, "Desk", type=ChatType.SUPERGROUP, members=(call.id,))
    telegram.groups.make_admin(ann.id, desk.id, call.id)
    call.updates()
    return desk


def test_an_anonymous_administrator_writes_as_the_group(
    telegram: Telegram, ann: User, call: Calling, desk: Chat
) -> None:
    telegram.groups.set_anonymous(ann.id, desk.id)
    call.updates()

    telegram.people.send_text(ann.id, desk.id, "/settings")

    message = call.updates()[0]["message"]
    assert (message["from"]["id"], message["from"]["username"]) == (
        GROUP_ANONYMOUS_BOT,
        "GroupAnonymousBot",
    )
    assert message["sender_chat"] == message["chat"]
    shown = telegram.transcript(desk.id)[-1]
    assert shown["written_by"] == ann.id
    assert "written_by" not in message


def test_a_forwarded_message_does_not_give_the_administrator_away(
    telegram: Telegram, ann: User, call: Calling, desk: Chat
) -> None:
    telegram.groups.set_anonymous(ann.id, desk.id)
    said = telegram.people.send_text(ann.id, desk.id, "/who")

    passed_on = call("forwardMessage", chat_id=ann.id, from_chat_id=desk.id, message_id=said.id)

    assert passed_on["forward_origin"]["type"] == "chat"
    assert passed_on["forward_origin"]["sender_chat"]["title"] == "Desk"


def test_a_press_names_the_anonymous_administrator_in_person(
    telegram: Telegram, ann: User, call: Calling, desk: Chat
) -> None:
    markup = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    sent = call("sendMessage", chat_id=desk.id, text="x", reply_markup=markup)
    telegram.groups.set_anonymous(ann.id, desk.id)
    call.updates()

    telegram.people.press(ann.id, desk.id, sent["message_id"], data="more")

    assert call.updates()[0]["callback_query"]["from"]["id"] == ann.id


def test_administrators_are_told_apart_by_anonymity(
    telegram: Telegram, ann: User, call: Calling, desk: Chat
) -> None:
    telegram.groups.set_anonymous(ann.id, desk.id)

    asked = {"chat_id": desk.id, "user_id": ann.id}
    assert call("getChatMember", **asked)["is_anonymous"] is True
    telegram.groups.set_anonymous(ann.id, desk.id, anonymous=False)
    assert call("getChatMember", **asked)["is_anonymous"] is False
    telegram.people.send_text(ann.id, desk.id, "/mine")
    assert call.updates()[-1]["message"]["from"]["id"] == ann.id


def test_only_administrators_of_supergroups_are_anonymous(
    telegram: Telegram, ann: User, desk: Chat
) -> None:
    bob = telegram.people.add("Bob")
    telegram.groups.join(bob.id, desk.id)
    small = telegram.groups.create(ann.id, "Small")

    with pytest.raises(SandboxError, match="may not do that"):
        telegram.groups.set_anonymous(bob.id, desk.id)
    with pytest.raises(SandboxError, match="only administrators of a supergroup"):
        telegram.groups.set_anonymous(ann.id, small.id)


def test_a_bot_is_told_of_posts_in_a_channel_but_not_of_its_own(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    channel = telegram.groups.create(ann.id, "Bulletin", type=ChatType.CHANNEL, members=(call.id,))
    call.updates()

    call("sendMessage", chat_id=channel.id, text="mine")
    telegram.people.send_text(ann.id, channel.id, "Ann's")

    posts = [update["channel_post"] for update in call.updates()]
    assert [post["text"] for post in posts] == ["Ann's"]
    assert "from" not in posts[0]
