"""Tokens, methods and parameters: what is read, what is refused by name, what is noted.

What each method does with its parameters stands with that method.
"""

import pytest

from bot.sandbox.json_values import Json
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import User
from tests.bot.sandbox.calling import DOCUMENT, PHOTO, Calling, bad


def test_form_text_is_read_like_json(telegram: Telegram, ann: User, call: Calling) -> None:
    call(
        "sendMessage",
        chat_id=str(ann.id),
        text="bold",
        entities='[{"type": "bold", "offset": 0, "length": 4}]',
        protect_content="true",
        disable_notification="false",
        link_preview_options='{"is_disabled": true}',
    )

    sent = telegram.transcript(ann.id)[-1]
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    assert sent["has_protected_content"] is True
    assert sent["link_preview_options"] == {"is_disabled": True}


def test_a_wrong_token_is_refused(telegram: Telegram) -> None:
    assert Calling(telegram, "1:wrong").refusal("getMe") == (401, "Unauthorized")


def test_an_unknown_method_is_not_found_and_an_absent_one_refused_by_name(call: Calling) -> None:
    assert call.refusal("sendPigeon") == (404, "Not Found: method not found")
    assert call.refusal("sendPoll") == bad("the sandbox does not support the method sendPoll")


def test_method_names_are_taken_in_any_case(call: Calling) -> None:
    assert call("GETME")["username"] == "attache_sandbox_bot"


@pytest.mark.parametrize(
    "parameter",
    ["business_connection_id", "message_effect_id", "allow_paid_broadcast"],
)
def test_a_parameter_that_means_nothing_here_is_refused_by_name(
    ann: User, call: Calling, parameter: str
) -> None:
    refusal = call.refusal("sendMessage", chat_id=ann.id, text="x", **{parameter: "1"})

    assert refusal == bad(f"the sandbox does not support the parameter {parameter}")


def test_an_unknown_parameter_is_let_pass_and_noted(ann: User) -> None:
    telegram = Telegram()
    telegram.people.add("Ann", person_id=ann.id)
    telegram.people.start(ann.id)
    call = Calling(telegram)

    call("sendMessage", chat_id=ann.id, text="x", colour="red")

    assert [(one.method, one.what) for one in telegram.oddities] == [
        ("sendMessage", "unknown parameter colour")
    ]


@pytest.mark.parametrize(
    ("params", "what"),
    [
        ({"parse_mode": "MarkdownV2"}, "parse_mode MarkdownV2: use entities or HTML"),
        ({"reply_parameters": {"message_id": 1, "quote": "s"}}, "reply_parameters with quote"),
        (
            {"reply_parameters": {"message_id": 1, "checklist_task_id": 1}},
            "reply_parameters with checklist_task_id",
        ),
        (
            {"reply_parameters": {"message_id": 1, "chat_id": 5}},
            "reply_parameters with another chat_id",
        ),
    ],
)
def test_what_telegram_has_and_the_sandbox_has_not_is_refused_by_name(
    ann: User, call: Calling, params: dict[str, Json], what: str
) -> None:
    refusal = call.refusal("sendMessage", chat_id=ann.id, text="x", **params)

    assert refusal == bad(f"the sandbox does not support {what}")


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"parse_mode": "Loud"}, "unsupported parse_mode"),
        ({"reply_parameters": "[]"}, "object expected as reply parameters"),
        ({"reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        ({"entities": "{}"}, "expected an Array of MessageEntity"),
    ],
)
def test_parameters_of_a_wrong_kind_are_refused(
    ann: User, call: Calling, params: dict[str, Json], refusal: str
) -> None:
    assert call.refusal("sendMessage", chat_id=ann.id, text="x", **params) == bad(refusal)


def test_parameters_that_are_no_numbers_count_as_not_given(ann: User, call: Calling) -> None:
    assert call.refusal("getChatMember", chat_id=ann.id, user_id=True) == bad(
        "invalid user_id specified"
    )
    assert call.refusal("sendLocation", chat_id=ann.id, latitude="north", longitude=1) == bad(
        "latitude is empty"
    )


def test_thumbnails_are_refused_by_name(ann: User, call: Calling) -> None:
    files = {"document": DOCUMENT, "thumbnail": PHOTO}
    media = {"type": "document", "media": "attach://document", "thumbnail": "attach://thumbnail"}

    refusals = [
        call.refusal("sendDocument", files, chat_id=ann.id),
        call.refusal("sendMediaGroup", files, chat_id=ann.id, media=[media, media]),
    ]

    assert refusals == [
        bad("the sandbox does not support the parameter thumbnail"),
        bad("the sandbox does not support InputMedia with thumbnail"),
    ]


def test_older_and_rarer_parameters_are_read(ann: User, call: Calling) -> None:
    text = call("sendMessage", chat_id=ann.id, text="x", disable_web_page_preview=True)
    photo = call(
        "sendPhoto", {"photo": PHOTO}, chat_id=ann.id, caption="x", show_caption_above_media=True
    )

    assert text["link_preview_options"] == {"is_disabled": True}
    assert photo["show_caption_above_media"] is True
