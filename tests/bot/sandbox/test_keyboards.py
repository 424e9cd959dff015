import pytest

from bot.sandbox.json_values import Json
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import User
from tests.bot.sandbox.calling import Calling, bad


def inline(**button: Json) -> dict[str, Json]:
    return {"inline_keyboard": [[{"text": "Open", **button}]]}


def test_inline_buttons_come_back_with_the_message(ann: User, call: Calling) -> None:
    markup = {
        "inline_keyboard": [
            [{"text": "Open", "callback_data": "x" * 64}, {"text": "Site", "url": "example.org"}],
            [{"text": "Ask", "switch_inline_query_current_chat": ""}],
            [],
        ]
    }

    sent = call("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)

    assert sent["reply_markup"] == {
        "inline_keyboard": [
            [
                {"text": "Open", "callback_data": "x" * 64},
                {"text": "Site", "url": "http://example.org/"},
            ],
            [{"text": "Ask", "switch_inline_query_current_chat": ""}],
        ]
    }


@pytest.mark.parametrize(
    "markup",
    [
        {"keyboard": [[{"text": "Yes"}, {"text": "Where I am", "request_location": True}]]},
        {"remove_keyboard": True},
        {"force_reply": True, "selective": True},
    ],
)
def test_other_markup_is_seen_by_people_only(
    telegram: Telegram, ann: User, call: Calling, markup: Json
) -> None:
    sent = call("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)

    assert "reply_markup" not in sent
    assert telegram.transcript(ann.id)[-1]["reply_markup"] == markup


def test_a_key_that_is_only_a_text_becomes_a_button(loose: Calling) -> None:
    loose("sendMessage", chat_id=1001, text="x", reply_markup='{"keyboard": [["Yes"]]}')

    shown = loose.telegram.transcript(1001)[-1]
    assert shown["reply_markup"] == {"keyboard": [[{"text": "Yes"}]]}


@pytest.mark.parametrize("markup", ["", {}, {"inline_keyboard": []}, {"inline_keyboard": [[]]}])
def test_empty_markup_is_none(loose: Calling, markup: Json) -> None:
    sent = loose("sendMessage", chat_id=1001, text="x", reply_markup=markup)

    assert "reply_markup" not in sent


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[]", "object expected as reply markup"),
        (
            {"inline_keyboard": [{"text": "a"}]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        ({"keyboard": "a"}, 'field "keyboard" must be of type Array'),
        ({"keyboard": ["a"]}, 'field "keyboard" must be an Array of Arrays'),
        (
            {"inline_keyboard": [["a"]]},
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            {"inline_keyboard": [[{"callback_data": "a"}]]},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"keyboard": [[1]]},
            "can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
        (inline(text=" ", callback_data="a"), "inline keyboard button text must be non-empty"),
        (
            inline(),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline(callback_data=""),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (inline(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (inline(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (
            inline(url="http://localhost:8765/"),
            "inline keyboard button URL 'http://localhost:8765/' is invalid: Wrong HTTP URL",
        ),
        (
            {"inline_keyboard": [[{"text": "a", "callback_data": "a"}] for _ in range(101)]},
            "reply markup is too long",
        ),
        (inline(pay=True), "the sandbox does not support inline keyboard buttons with pay"),
        (
            {"keyboard": [[{"text": "a", "request_poll": {}}]]},
            "the sandbox does not support keyboard buttons with request_poll",
        ),
    ],
)
def test_wrong_markup_is_refused(ann: User, call: Calling, markup: Json, refusal: str) -> None:
    found = call.refusal("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)

    assert found == bad(refusal)
