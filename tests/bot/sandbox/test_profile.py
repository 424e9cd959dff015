import pytest

from bot.sandbox.clock import ManualClock
from bot.sandbox.json_values import Json
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import ChatType, User
from tests.bot.sandbox.calling import Calling, bad


def commands(*names: str) -> Json:
    return [{"command": name, "description": name.title()} for name in names]


def test_get_me_tells_what_only_it_tells(call: Calling) -> None:
    me = call("getMe")

    assert (me["id"], me["is_bot"], me["first_name"]) == (1, True, "Attaché")
    assert (me["can_join_groups"], me["can_read_all_group_messages"]) == (True, False)


def test_commands_are_kept_by_scope_and_language(ann: User, call: Calling) -> None:
    here: Json = {"type": "chat", "chat_id": ann.id}
    call("setMyCommands", commands=commands("help"))
    call("setMyCommands", commands=commands("hilfe"), language_code="de")
    call("setMyCommands", commands=commands("reload"), scope=here)

    assert call("getMyCommands") == commands("help")
    assert call("getMyCommands", language_code="de") == commands("hilfe")
    assert call("getMyCommands", scope=here) == commands("reload")
    assert call("getMyCommands", language_code="fr") == []
    call("deleteMyCommands", scope=here)
    assert call("getMyCommands", scope=here) == []


def test_a_person_is_offered_the_narrowest_commands(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    bob = telegram.people.add("Bob", language_code="de")
    group = telegram.groups.create(ann.id, "Desk", members=(bob.id, call.id))

    def offered(person: User, chat_id: int) -> list[str]:
        return [one["command"] for one in telegram.commands(person.id, chat_id)]

    call("setMyCommands", commands=commands("help"))
    call("setMyCommands", commands=commands("hilfe"), language_code="de")
    first = offered(ann, ann.id), offered(bob, group.id)
    call("setMyCommands", commands=commands("who"), scope={"type": "all_private_chats"})
    call("setMyCommands", commands=commands("rules"), scope={"type": "all_group_chats"})
    second = offered(ann, ann.id), offered(bob, group.id)
    call("setMyCommands", commands=commands("ban"), scope={"type": "all_chat_administrators"})
    third = offered(ann, group.id), offered(bob, group.id)
    member: Json = {"type": "chat_member", "chat_id": group.id, "user_id": bob.id}
    call("setMyCommands", commands=commands("mine"), scope=member)

    assert first == (["help"], ["hilfe"])
    assert second == (["who"], ["rules"])
    assert third == (["ban"], ["rules"])
    assert offered(bob, group.id) == ["mine"]


def test_each_scope_is_asked_in_the_persons_language_then_in_none(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    group = telegram.groups.create(ann.id, "Desk", type=ChatType.SUPERGROUP, members=(call.id,))
    here = {"chat_id": group.id}
    scopes: list[Json] = [
        {"type": "chat_member", "user_id": ann.id, **here},
        {"type": "chat_administrators", **here},
        {"type": "chat", **here},
        {"type": "all_chat_administrators"},
        {"type": "all_group_chats"},
        {"type": "default"},
    ]
    languages: tuple[str, str] = ("de", "")
    places = [(scope, code) for scope in scopes for code in languages]
    for number, (scope, code) in enumerate(places):
        call("setMyCommands", commands=commands(f"c{number}"), scope=scope, language_code=code)
    telegram.people.set_language(ann.id, "de-at")

    offered = []
    for scope, code in places:
        offered.append(telegram.commands(ann.id, group.id)[0]["command"])
        call("deleteMyCommands", scope=scope, language_code=code)

    assert offered == [f"c{number}" for number in range(len(places))]
    assert telegram.commands(ann.id, group.id) == []


def test_a_channel_and_a_group_without_the_bot_offer_no_commands(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    call("setMyCommands", commands=commands("help"))
    group = telegram.groups.create(ann.id, "Desk")
    channel = telegram.groups.create(ann.id, "Bulletin", type=ChatType.CHANNEL, members=(call.id,))

    assert telegram.commands(ann.id, group.id) == []
    assert telegram.commands(ann.id, channel.id) == []


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ([{"command": "Help", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "help", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "help", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        (commands(*(f"c{n}" for n in range(101))), "BOT_COMMANDS_TOO_MUCH"),
        (["help"], "can't parse BotCommand: expected an Object"),
    ],
)
def test_wrong_commands_are_refused(call: Calling, given: Json, refusal: str) -> None:
    assert call.refusal("setMyCommands", commands=given) == bad(refusal)


@pytest.mark.parametrize(
    ("scope", "refusal"),
    [
        ({"type": "everybody"}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"type": "chat", "chat_id": 77}, "chat not found"),
        (
            {"type": "chat_administrators", "chat_id": 1001},
            "can't use specified scope in private chats",
        ),
    ],
)
@pytest.mark.usefixtures("ann")
def test_wrong_scopes_are_refused(call: Calling, scope: Json, refusal: str) -> None:
    assert call.refusal("setMyCommands", commands=[], scope=scope) == bad(refusal)
    assert call.refusal("getMyCommands", scope=scope) == bad(refusal)


def test_a_language_has_two_letters(call: Calling) -> None:
    refusal = call.refusal("setMyCommands", commands=[], language_code="english")

    assert refusal == bad("invalid language code specified")


@pytest.mark.parametrize(
    ("noun", "field", "longest", "refusal"),
    [
        ("Description", "description", 512, "DESCRIPTION_TOO_LONG"),
        ("ShortDescription", "short_description", 120, "ABOUT_TOO_LONG"),
        ("Name", "name", 64, "BOT_TITLE_INVALID"),
    ],
)
def test_what_the_bot_says_of_itself_is_kept_by_language(
    call: Calling, noun: str, field: str, longest: int, refusal: str
) -> None:
    call(f"setMy{noun}", **{field: "in English"})
    call(f"setMy{noun}", **{field: "auf Deutsch", "language_code": "de"})

    assert call(f"getMy{noun}") == {field: "in English"}
    assert call(f"getMy{noun}", language_code="de") == {field: "auf Deutsch"}
    assert call(f"getMy{noun}", language_code="fr") == {field: "in English"}
    call(f"setMy{noun}", language_code="de")
    assert call(f"getMy{noun}", language_code="de") == {field: "in English"}
    assert call.refusal(f"setMy{noun}", **{field: "x" * (longest + 1)}) == bad(refusal)


def test_the_menu_button_is_set_for_all_and_for_one(ann: User, call: Calling) -> None:
    first = call("getChatMenuButton", chat_id=ann.id)
    call("setChatMenuButton", chat_id=ann.id, menu_button={"type": "default"})

    assert first == {"type": "commands"}
    assert call("getChatMenuButton", chat_id=ann.id) == {"type": "default"}
    assert call("getChatMenuButton") == {"type": "commands"}
    assert call.refusal("setChatMenuButton", menu_button={"type": "web_app"}) == bad(
        "the sandbox does not support menu buttons of type web_app"
    )


def test_a_bot_that_logged_out_is_refused_for_ten_minutes(
    telegram: Telegram, call: Calling
) -> None:
    clock = telegram.clock
    assert isinstance(clock, ManualClock)

    assert call("logOut") is True
    refusal = call.refusal("getMe")
    clock.advance(600)

    assert refusal == (400, "Logged out")
    assert call("getMe")["id"] == 1
    assert call("close") is True


def test_commands_are_not_for_channels(telegram: Telegram, ann: User, call: Calling) -> None:
    wire = telegram.groups.create(ann.id, "Wire", type=ChatType.CHANNEL, members=(call.id,))
    scope: Json = {"type": "chat", "chat_id": wire.id}

    refusal = call.refusal("setMyCommands", commands=[], scope=scope)

    assert refusal == bad("can't change commands in channel chats")
    assert telegram.commands(ann.id, wire.id) == []


def test_menu_buttons_are_for_private_chats(telegram: Telegram, ann: User, call: Calling) -> None:
    group = telegram.groups.create(ann.id, "Desk", members=(call.id,))

    assert call.refusal("setChatMenuButton", chat_id=group.id) == bad(
        "the method is available only in private chats"
    )
    assert call.refusal("setChatMenuButton", menu_button={"type": "loud"}) == bad(
        "can't parse MenuButton: Unsupported type specified"
    )
