from collections.abc import Callable

import pytest

from bot.sandbox.errors import SandboxError
from bot.sandbox.json_values import JsonObject
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import Chat, ChatType, User
from tests.bot.sandbox.calling import Calling, bad


def kinds(updates: list[JsonObject]) -> list[str]:
    return [next(name for name in one if name != "update_id") for one in updates]


@pytest.fixture
def bob(telegram: Telegram) -> User:
    return telegram.people.add("Bob", last_name="Reed")


@pytest.fixture
def group(telegram: Telegram, ann: User, bob: User, call: Calling) -> Chat:
    group = telegram.groups.create(
        ann.id, "Desk", type=ChatType.SUPERGROUP, members=(bob.id, call.id)
    )
    call.updates()
    return group


def test_a_bot_that_is_added_is_told_twice(telegram: Telegram, ann: User, call: Calling) -> None:
    call.updates()

    telegram.groups.create(ann.id, "Desk", members=(call.id,))
    updates = call.updates()

    assert kinds(updates) == ["my_chat_member", "message"]
    member = updates[0]["my_chat_member"]
    statuses = member["old_chat_member"]["status"], member["new_chat_member"]["status"]
    assert statuses == ("left", "member")
    assert [one["id"] for one in updates[1]["message"]["new_chat_members"]] == [call.id]


def test_a_bot_that_is_removed_is_told_once(
    telegram: Telegram, ann: User, call: Calling, group: Chat
) -> None:
    telegram.groups.remove_member(ann.id, group.id, call.id)
    telegram.people.send_text(ann.id, group.id, "/status")

    updates = call.updates()
    assert kinds(updates) == ["message", "my_chat_member"]
    assert updates[1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"


def test_blocking_and_unblocking_is_told(telegram: Telegram, ann: User, call: Calling) -> None:
    call.updates()

    telegram.people.block(ann.id)
    telegram.people.block(ann.id)
    telegram.people.start(ann.id, "s12")

    updates = call.updates()
    assert kinds(updates) == ["my_chat_member", "my_chat_member", "message"]
    statuses = [one["my_chat_member"]["new_chat_member"]["status"] for one in updates[:2]]
    assert statuses == ["kicked", "member"]
    assert updates[2]["message"]["text"] == "/start s12"


def test_a_bot_reads_only_what_is_meant_for_it(
    telegram: Telegram, ann: User, bob: User, call: Calling, group: Chat
) -> None:
    own = call("sendMessage", chat_id=group.id, text="x")["message_id"]
    texts = ["hello", "/status", "/status@other_bot", "/status@attache_sandbox_bot"]
    texts += ["ask @Attache_Sandbox_Bot"]

    for text in texts:
        telegram.people.send_text(bob.id, group.id, text)
    telegram.people.send_text(ann.id, group.id, "an answer", reply_to=own)

    read = [one["message"]["text"] for one in call.updates()]
    assert read == [texts[1], texts[3], texts[4], "an answer"]


def test_an_administrator_reads_all(
    telegram: Telegram, ann: User, bob: User, call: Calling, group: Chat
) -> None:
    telegram.groups.make_admin(ann.id, group.id, call.id)
    call.updates()

    telegram.people.send_text(bob.id, group.id, "hello")

    assert call.updates()[0]["message"]["text"] == "hello"


def test_bots_do_not_see_each_other(telegram: Telegram, ann: User, call: Calling) -> None:
    other = telegram.add_bot("2:other", "other_bot", "Other", reads_all=True)
    group = telegram.groups.create(ann.id, "Desk", members=(call.id, other.user.id))
    other_call = Calling(telegram, "2:other")
    other_call.updates()

    call("sendMessage", chat_id=group.id, text="/hello")

    assert other_call.updates() == []


def test_members_come_and_go(telegram: Telegram, bob: User, call: Calling, group: Chat) -> None:
    count = call("getChatMemberCount", chat_id=group.id)
    telegram.groups.leave(bob.id, group.id)
    gone = call("getChatMember", chat_id=group.id, user_id=bob.id)["status"]
    telegram.groups.join(bob.id, group.id)

    assert (count, gone) == (3, "left")
    assert call("getChatMember", chat_id=group.id, user_id=bob.id)["status"] == "member"
    updates = call.updates()
    assert [sorted(one["message"])[-2:] for one in updates] == [
        ["left_chat_member", "message_id"],
        ["message_id", "new_chat_members"],
    ]


def test_changes_of_others_are_told_to_an_administrator_who_asks(
    telegram: Telegram, ann: User, bob: User, call: Calling, group: Chat
) -> None:
    telegram.groups.make_admin(ann.id, group.id, call.id)
    call.updates(allowed_updates=["chat_member"])

    telegram.groups.make_admin(ann.id, group.id, bob.id, title="editor")

    change = call.updates()[0]["chat_member"]
    assert change["new_chat_member"]["custom_title"] == "editor"
    assert change["from"]["id"] == ann.id


def test_administrators_are_listed(
    telegram: Telegram, ann: User, bob: User, call: Calling, group: Chat
) -> None:
    telegram.groups.make_admin(ann.id, group.id, bob.id, ("can_pin_messages",))

    owner, administrator = call("getChatAdministrators", chat_id=group.id)

    assert (owner["status"], owner["user"]["id"]) == ("creator", ann.id)
    assert administrator["can_pin_messages"] is True
    assert administrator["can_delete_messages"] is False


def test_a_private_chat_has_no_administrators(ann: User, call: Calling) -> None:
    refusal = call.refusal("getChatAdministrators", chat_id=ann.id)

    assert refusal == bad("there are no administrators in the private chat")
    assert call("getChatMemberCount", chat_id=ann.id) == 2
    assert call("getChatMember", chat_id=ann.id, user_id=ann.id)["status"] == "member"
    assert call.refusal("leaveChat", chat_id=ann.id) == bad(
        "chat member status can't be changed in private chats"
    )


def test_unknown_members_are_refused(ann: User, call: Calling, group: Chat) -> None:
    assert call.refusal("getChatMember", chat_id=group.id) == bad("invalid user_id specified")
    assert call.refusal("getChatMember", chat_id=group.id, user_id=5) == bad("user not found")
    assert call.refusal("getChatMember", chat_id=ann.id, user_id=5) == bad("user not found")


def test_a_full_chat_tells_all(telegram: Telegram, ann: User, call: Calling) -> None:
    channel = telegram.groups.create(
        ann.id, "Wire", type=ChatType.CHANNEL, username="the_wire", members=(call.id,)
    )

    full = call("getChat", chat_id=channel.id)

    shown = full["title"], full["type"], full["active_usernames"], full["max_reaction_count"]
    assert shown == ("Wire", "channel", ["the_wire"], 11)
    assert "permissions" not in full


def test_a_channel_speaks_in_its_own_name(telegram: Telegram, ann: User, call: Calling) -> None:
    channel = telegram.groups.create(ann.id, "Wire", type=ChatType.CHANNEL, members=(call.id,))
    call.updates()

    post = telegram.people.send_text(ann.id, channel.id, "News")
    telegram.people.edit_text(ann.id, channel.id, post.id, "More news")

    first, second = call.updates()
    posted, edited = first["channel_post"], second["edited_channel_post"]
    assert posted["sender_chat"]["id"] == channel.id
    assert "from" not in posted
    assert edited["text"] == "More news"


def test_a_group_becomes_a_supergroup_and_both_say_so(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    old = telegram.groups.create(ann.id, "Desk", members=(call.id,))
    call.updates()

    new = telegram.groups.migrate(ann.id, old.id)

    there, here = (one["message"] for one in call.updates())
    assert (there["chat"]["id"], there["migrate_to_chat_id"]) == (old.id, new.id)
    assert (here["chat"]["id"], here["migrate_from_chat_id"]) == (new.id, old.id)
    assert call("getChatMemberCount", chat_id=new.id) == 2
    with pytest.raises(SandboxError, match="has become the supergroup"):
        telegram.people.send_text(ann.id, old.id, "x")


def test_people_do_only_what_they_may(
    telegram: Telegram, ann: User, bob: User, call: Calling, group: Chat
) -> None:
    stranger = telegram.people.add("Eve").id
    channel = telegram.groups.create(ann.id, "Wire", type=ChatType.CHANNEL, members=(bob.id,))
    telegram.groups.remove_member(ann.id, group.id, bob.id)

    forbidden: list[Callable[[], object]] = [
        lambda: telegram.people.send_text(stranger, group.id, "x"),
        lambda: telegram.people.send_text(bob.id, channel.id, "x"),
        lambda: telegram.groups.remove_member(stranger, group.id, ann.id),
        lambda: telegram.groups.make_admin(stranger, group.id, stranger),
        lambda: telegram.groups.join(bob.id, group.id),
        lambda: telegram.groups.join(ann.id, group.id),
        lambda: telegram.groups.add_member(ann.id, group.id, call.id),
        lambda: telegram.groups.leave(stranger, group.id),
        lambda: telegram.groups.migrate(ann.id, group.id),
        lambda: telegram.groups.create(ann.id, "x", is_forum=True),
        lambda: telegram.groups.create(ann.id, "x", chat_id=group.id),
        lambda: telegram.groups.chat(-5),
    ]
    for act in forbidden:
        with pytest.raises(SandboxError):
            act()


def test_a_title_changes(telegram: Telegram, ann: User, call: Calling, group: Chat) -> None:
    telegram.groups.set_title(ann.id, group.id, "Night desk")

    assert call.updates()[0]["message"]["new_chat_title"] == "Night desk"
    assert call("getChat", chat_id=group.id)["title"] == "Night desk"


def test_a_stranger_in_a_private_chat_is_not_found(ann: User, bob: User, call: Calling) -> None:
    assert call.refusal("getChatMember", chat_id=ann.id, user_id=bob.id) == bad("user not found")


def test_only_administrators_see_who_reads_a_channel(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    wire = telegram.groups.create(ann.id, "Wire", type=ChatType.CHANNEL, members=(call.id,))
    telegram.groups.unmake_admin(ann.id, wire.id, call.id)

    refusal = call.refusal("getChatMember", chat_id=wire.id, user_id=ann.id)

    assert refusal == bad("member list is inaccessible")


def test_a_bot_edits_its_own_posts_in_a_channel(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    wire = telegram.groups.create(ann.id, "Wire", type=ChatType.CHANNEL, members=(call.id,))
    post = call("sendMessage", chat_id=wire.id, text="News")["message_id"]

    edited = call("editMessageText", chat_id=wire.id, message_id=post, text="More news")

    assert edited["text"] == "More news"


def test_what_was_sent_through_a_bot_reaches_it(
    telegram: Telegram, bob: User, call: Calling, group: Chat
) -> None:
    asked = telegram.people.ask_inline(bob.id, "x")
    content = {"message_text": "plain"}
    article = {"type": "article", "id": "1", "title": "x", "input_message_content": content}
    call("answerInlineQuery", inline_query_id=asked.id, results=[article])
    call.updates()

    telegram.people.choose_inline(bob.id, asked.id, "1", group.id)

    assert call.updates()[0]["message"]["text"] == "plain"


def test_a_group_that_moved_is_governed_no_more(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    old = telegram.groups.create(ann.id, "Desk", members=(call.id,))
    telegram.groups.migrate(ann.id, old.id)

    with pytest.raises(SandboxError, match="has become the supergroup"):
        telegram.groups.set_title(ann.id, old.id, "x")
    with pytest.raises(SandboxError, match="only a forum has topics"):
        telegram.groups.open_topic(ann.id, telegram.groups.create(ann.id, "x").id, "x")
