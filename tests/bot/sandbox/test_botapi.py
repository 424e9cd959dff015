"""What the sandbox knows, and what the Bot API's description knows, agree.

Skipped unless ATTACHE_BOTAPI_SPEC names the description; then every other test of this
folder is checked against it too.
"""

import pytest

from bot.sandbox.methods import SUPPORTED
from bot.sandbox.telegram import Telegram
from bot.sandbox.unsupported import UNSUPPORTED
from bot.sandbox.updates import KINDS
from tests.bot.sandbox.botapi import BotApi, Checker
from tests.bot.sandbox.calling import PHOTO, Calling
from tests.bot.sandbox.examples import Examples


@pytest.fixture
def described(api: BotApi | None) -> BotApi:
    if api is None:
        pytest.skip("ATTACHE_BOTAPI_SPEC does not name a description of the Bot API")
    return api


def test_every_method_is_supported_or_refused_by_name(described: BotApi) -> None:
    assert set(SUPPORTED) | UNSUPPORTED == described.methods
    assert set(SUPPORTED) & UNSUPPORTED == set()


def test_every_kind_of_update_is_known(described: BotApi) -> None:
    assert described.update_kinds == KINDS


def test_every_parameter_is_read_or_refused_by_name(described: BotApi) -> None:
    checker = Checker(described)
    examples = Examples()
    examples.telegram.observe(checker)

    for method in SUPPORTED:
        params, files = examples.of(method)
        given_otherwise = params.keys() | files.keys()
        # Nothing given counts as read all the same; what no line reads is noted.
        absent = dict.fromkeys(described.parameters(method) - given_otherwise)
        examples.call(method, files, **{**absent, **params})

    assert examples.telegram.oddities == []
    assert checker.methods == set(SUPPORTED)


def test_right_calls_and_updates_pass(described: BotApi) -> None:
    checker = Checker(described)
    telegram = Telegram()
    telegram.observe(checker)
    ann = telegram.people.add("Ann")
    call = Calling(telegram)

    telegram.people.start(ann.id)
    call("sendPhoto", {"photo": PHOTO}, chat_id=str(ann.id))
    call("getUpdates", limit="5", allowed_updates='["message"]')

    assert checker.problems == []
    assert checker.methods == {"sendPhoto", "getUpdates"}
    assert checker.updates == {"message"}


def test_wrong_names_and_types_are_found(described: BotApi) -> None:
    assert described.call_problems("sendPigeon", {}) == ["sendPigeon: no such method"]
    assert described.call_problems("sendMessage", {"chat_id": 1, "colour": "red"}) == [
        "sendMessage.colour: no such parameter",
        "sendMessage.text: required",
    ]
    assert described.call_problems("getUpdates", {"limit": "many", "timeout": True}) == [
        "getUpdates.limit: 'many' is not one of ['Integer']",
        "getUpdates.timeout: True is not a Integer",
    ]
    assert described.result_problems("getMe", {"id": "1", "is_bot": True, "name": "x"}) == [
        "getMe(): User has no field name",
        "getMe().id: '1' is not a Integer",
        "getMe(): User lacks first_name",
    ]
    assert described.update_problems({"update_id": 1}) == [
        "Update: one field besides update_id, not ['update_id']"
    ]
    left = {"user": {"id": 1, "is_bot": False, "first_name": "x"}, "status": "gone"}
    assert described.result_problems("getChatMember", left) == [
        "getChatMember().status: 'gone', not 'member'"
    ]
