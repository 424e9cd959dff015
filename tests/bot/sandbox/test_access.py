"""Whom a bot may write to, and in which words Telegram says no."""

import pytest

from bot.sandbox.telegram import Telegram
from bot.sandbox.world import ChatType, User
from tests.bot.sandbox.calling import Calling, bad, forbidden


def test_a_chat_that_is_not_there_is_not_found(call: Calling) -> None:
    assert call.refusal("sendMessage", chat_id=77, text="x") == bad("chat not found")
    assert call.refusal("sendMessage", chat_id="@nowhere", text="x") == bad("chat not found")
    assert call.refusal("sendMessage", chat_id="nonsense", text="x") == bad("chat not found")
    assert call.refusal("sendMessage", text="x") == bad("chat_id is empty")


def test_the_text_is_looked_at_before_the_chat(call: Calling) -> None:
    assert call.refusal("sendMessage", chat_id=77) == bad("message text is empty")


def test_somebody_who_never_wrote_to_the_bot_cannot_be_written_to(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    bob = telegram.people.add("Bob")
    telegram.groups.create(ann.id, "Desk", members=(bob.id, call.id))

    refusal = call.refusal("sendMessage", chat_id=bob.id, text="x")

    assert refusal == forbidden("bot can't initiate conversation with a user")


def test_bots_do_not_write_to_bots(telegram: Telegram, call: Calling) -> None:
    other = telegram.add_bot("2:other", "other_bot", "Other")

    refusal = call.refusal("sendMessage", chat_id=other.user.id, text="x")

    assert refusal == forbidden("bot can't send messages to bots")


def test_a_blocked_bot_cannot_write_until_it_is_unblocked(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    telegram.people.block(ann.id)

    refusals = [
        call.refusal("sendMessage", chat_id=ann.id, text="x"),
        call.refusal("sendChatAction", chat_id=ann.id, action="typing"),
    ]
    telegram.people.unblock(ann.id)

    assert refusals == [forbidden("bot was blocked by the user")] * 2
    assert call("sendMessage", chat_id=ann.id, text="x")["text"] == "x"


def test_a_deleted_account_cannot_be_written_to(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    telegram.people.deactivate(ann.id)

    refusal = call.refusal("sendMessage", chat_id=ann.id, text="x")

    assert refusal == forbidden("user is deactivated")


@pytest.mark.parametrize("kind", [ChatType.GROUP, ChatType.SUPERGROUP, ChatType.CHANNEL])
def test_a_bot_that_was_removed_or_left_cannot_write(
    telegram: Telegram, ann: User, call: Calling, kind: ChatType
) -> None:
    chat = telegram.groups.create(ann.id, "Desk", type=kind, members=(call.id,))

    telegram.groups.remove_member(ann.id, chat.id, call.id)
    removed = call.refusal("sendMessage", chat_id=chat.id, text="x")
    telegram.groups.add_member(ann.id, chat.id, call.id)
    call("leaveChat", chat_id=chat.id)
    left = call.refusal("sendMessage", chat_id=chat.id, text="x")

    assert removed == forbidden(f"bot was kicked from the {kind.value} chat")
    assert left == forbidden(f"bot is not a member of the {kind.value} chat")


def test_a_group_that_it_was_removed_from_can_still_be_read(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    group = telegram.groups.create(ann.id, "Desk", members=(call.id,))
    supergroup = telegram.groups.create(
        ann.id, "Desk", type=ChatType.SUPERGROUP, members=(call.id,)
    )
    for chat in (group, supergroup):
        telegram.groups.remove_member(ann.id, chat.id, call.id)

    assert call("getChat", chat_id=group.id)["title"] == "Desk"
    refusal = call.refusal("getChat", chat_id=supergroup.id)
    assert refusal == forbidden("bot was kicked from the supergroup chat")


def test_a_group_that_became_a_supergroup_says_which(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    group = telegram.groups.create(ann.id, "Desk", members=(call.id,))
    new = telegram.groups.migrate(ann.id, group.id)

    error = call.error("sendMessage", chat_id=group.id, text="x")

    assert error.body() == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
    }
    assert call("sendMessage", chat_id=new.id, text="x")["chat"]["type"] == "supergroup"


def test_a_public_chat_is_found_by_its_name(telegram: Telegram, ann: User, call: Calling) -> None:
    channel = telegram.groups.create(
        ann.id, "Wire", type=ChatType.CHANNEL, username="the_wire", members=(call.id,)
    )

    sent = call("sendMessage", chat_id="@The_Wire", text="x")

    assert sent["chat"]["id"] == channel.id
    assert "from" not in sent
    assert sent["sender_chat"]["username"] == "the_wire"


def test_a_channel_is_for_administrators(telegram: Telegram, ann: User, call: Calling) -> None:
    channel = telegram.groups.create(ann.id, "Wire", type=ChatType.CHANNEL, members=(call.id,))
    telegram.groups.unmake_admin(ann.id, channel.id, call.id)

    refusal = call.refusal("sendMessage", chat_id=channel.id, text="x")

    assert refusal == bad("need administrator rights in the channel chat")


def test_a_restricted_bot_may_not_write(telegram: Telegram, ann: User, call: Calling) -> None:
    group = telegram.groups.create(ann.id, "Desk", type=ChatType.SUPERGROUP, members=(call.id,))
    telegram.groups.restrict(ann.id, group.id, call.id)

    refusal = call.refusal("sendMessage", chat_id=group.id, text="x")

    assert refusal == bad("not enough rights to send text messages to the chat")


def test_a_group_that_the_bot_never_was_in_is_not_found(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    group = telegram.groups.create(ann.id, "Desk")

    assert call.refusal("sendMessage", chat_id=group.id, text="x") == bad("chat not found")


def test_a_group_that_became_a_supergroup_can_still_be_read(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    group = telegram.groups.create(ann.id, "Desk", members=(call.id,))
    telegram.groups.migrate(ann.id, group.id)

    assert call("getChat", chat_id=group.id)["title"] == "Desk"
    assert call.refusal("getChatMemberCount", chat_id=group.id) == bad(
        "group chat was upgraded to a supergroup chat"
    )


def test_a_bot_that_is_not_there_cannot_leave(telegram: Telegram, ann: User, call: Calling) -> None:
    group = telegram.groups.create(ann.id, "Desk", members=(call.id,))
    telegram.groups.remove_member(ann.id, group.id, call.id)

    assert call.refusal("leaveChat", chat_id=group.id) == forbidden(
        "bot is not a member of the group chat"
    )
