import pytest

from bot.sandbox.clock import ManualClock
from bot.sandbox.errors import SandboxError
from bot.sandbox.json_values import Json
from bot.sandbox.params import Upload
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import ChatType, User
from tests.bot.sandbox.calling import Calling, bad
from tests.bot.sandbox.playground import png

TOO_OLD = bad("query is too old and response timeout expired or query ID is invalid")
BUTTONS: Json = {
    "inline_keyboard": [
        [{"text": "More", "callback_data": "more"}, {"text": "Site", "url": "https://example.org/"}]
    ]
}


@pytest.fixture
def sent(ann: User, call: Calling) -> int:
    message = call("sendMessage", chat_id=ann.id, text="x", reply_markup=BUTTONS)
    return int(message["message_id"])


def article(identifier: str = "1", **more: Json) -> dict[str, Json]:
    content: Json = {"message_text": "<b>Sherman</b>", "parse_mode": "HTML"}
    return {
        "type": "article",
        "id": identifier,
        "title": "Sherman",
        "input_message_content": content,
        **more,
    }


def test_a_press_reaches_the_bot_and_its_answer_the_person(
    telegram: Telegram, ann: User, call: Calling, sent: int
) -> None:
    call.updates()

    pressed = telegram.people.press(ann.id, ann.id, sent, label="More")
    query = call.updates()[0]["callback_query"]
    call("answerCallbackQuery", callback_query_id=query["id"], text="Noted", show_alert=True)

    assert (query["data"], query["from"]["id"], query["message"]["message_id"]) == (
        "more",
        ann.id,
        sent,
    )
    answered = telegram.callback(pressed.id)
    assert (answered.answered, answered.text, answered.show_alert) == (True, "Noted", True)
    event = telegram.events_after(0)[-1]
    assert event.data["callback_query_id"] == pressed.id
    assert event.data["text"] == "Noted"


def test_a_press_is_answered_once_and_in_time(
    telegram: Telegram, ann: User, call: Calling, sent: int
) -> None:
    clock = telegram.clock
    assert isinstance(clock, ManualClock)
    first = telegram.people.press(ann.id, ann.id, sent, data="more")
    call("answerCallbackQuery", callback_query_id=first.id)
    second = telegram.people.press(ann.id, ann.id, sent, data="more")
    clock.advance(16)

    refusals = {
        call.refusal("answerCallbackQuery", callback_query_id=identifier)
        for identifier in (first.id, second.id, "999", "")
    }

    assert refusals == {TOO_OLD}


def test_the_hour_may_jump_while_a_press_waits(
    telegram: Telegram, ann: User, call: Calling, sent: int
) -> None:
    clock = telegram.clock
    assert isinstance(clock, ManualClock)
    pressed = telegram.people.press(ann.id, ann.id, sent, data="more")

    clock.hour = clock.hour.replace(year=2030)

    assert call("answerCallbackQuery", callback_query_id=pressed.id) is True


def test_an_answer_is_short_and_leads_to_the_bot_itself(
    telegram: Telegram, ann: User, call: Calling, sent: int
) -> None:
    def answer(**params: Json) -> tuple[int, str]:
        pressed = telegram.people.press(ann.id, ann.id, sent, data="more")
        return call.refusal("answerCallbackQuery", callback_query_id=pressed.id, **params)

    assert answer(text="x" * 201) == bad("MESSAGE_TOO_LONG")
    assert answer(url="https://example.org/") == bad("URL_INVALID")


def test_only_buttons_that_call_back_are_pressed(telegram: Telegram, ann: User, sent: int) -> None:
    with pytest.raises(SandboxError, match="there are: More, Site"):
        telegram.people.press(ann.id, ann.id, sent, label="Less")
    with pytest.raises(SandboxError, match="is no callback but a url"):
        telegram.people.press(ann.id, ann.id, sent, label="Site")


def test_an_inline_query_brings_results_to_choose_from(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    telegram.people.bot(None).inline_feedback = True
    call.updates()

    asked = telegram.people.ask_inline(ann.id, "Sher")
    query = call.updates()[0]["inline_query"]
    call(
        "answerInlineQuery",
        inline_query_id=query["id"],
        results=[article(), article("2")],
        next_offset="2",
        button={"text": "All", "start_parameter": "all"},
    )
    message = telegram.people.choose_inline(ann.id, asked.id, "2", ann.id)

    assert query["query"] == "Sher"
    found = telegram.inline_query(asked.id)
    assert [result["id"] for result in found.results] == ["1", "2"]
    assert (found.next_offset, found.button) == ("2", {"text": "All", "start_parameter": "all"})
    assert message.content == {
        "text": "Sherman",
        "entities": [{"type": "bold", "offset": 0, "length": 7}],
    }
    through, chosen = call.updates()
    assert through["message"]["via_bot"]["id"] == call.id
    assert chosen["chosen_inline_result"]["result_id"] == "2"


def test_what_was_chosen_is_told_only_to_bots_that_asked_for_it(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    asked = telegram.people.ask_inline(ann.id, "Sher")
    call("answerInlineQuery", inline_query_id=asked.id, results=[article()])
    call.updates()

    telegram.people.choose_inline(ann.id, asked.id, "1", ann.id)

    assert [sorted(update.keys() - {"update_id"}) for update in call.updates()] == [["message"]]


def test_a_result_is_sent_into_the_topic_that_is_open(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    forum = telegram.groups.create(
        ann.id, "Desk", type=ChatType.SUPERGROUP, is_forum=True, members=(call.id,)
    )
    topic = telegram.groups.open_topic(ann.id, forum.id, "Geneva")
    asked = telegram.people.ask_inline(ann.id, "Sher")
    call("answerInlineQuery", inline_query_id=asked.id, results=[article()])

    message = telegram.people.choose_inline(ann.id, asked.id, "1", forum.id, thread=topic.id)

    assert message.thread == topic.id


def test_a_picture_that_telegram_has_is_a_result(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    upload = Upload(name="map.png", data=png(60, 40), mime_type="image/png")
    sent = telegram.people.send_photo(ann.id, ann.id, upload)
    asked = telegram.people.ask_inline(ann.id, "map")
    known = sent.content["photo"][0]["file_id"]
    results: Json = [{"type": "photo", "id": "1", "photo_file_id": known, "caption": "Geneva"}]

    call("answerInlineQuery", inline_query_id=asked.id, results=results)
    message = telegram.people.choose_inline(ann.id, asked.id, "1", ann.id)

    assert message.content["photo"][0]["file_id"] == known
    assert message.content["caption"] == "Geneva"


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "", "start_parameter": "a"}, "SWITCH_PM_TEXT_EMPTY"),
        ({"text": "Open"}, "START_PARAM_EMPTY"),
        ({"text": "Open", "start_parameter": "x" * 65}, "START_PARAM_INVALID"),
        ({"text": "Open", "start_parameter": "a b"}, "START_PARAM_INVALID"),
        (
            {"text": "Open", "web_app": {"url": "https://example.org/"}},
            "the sandbox does not support inline query results buttons of type web_app",
        ),
    ],
)
def test_a_wrong_button_over_the_results_is_refused(
    telegram: Telegram, ann: User, call: Calling, button: Json, refusal: str
) -> None:
    asked = telegram.people.ask_inline(ann.id, "Sher")

    found = call.refusal("answerInlineQuery", inline_query_id=asked.id, results=[], button=button)

    assert found == bad(refusal)


def test_how_long_an_answer_may_be_kept_and_for_whom_can_be_looked_at(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    first = telegram.people.ask_inline(ann.id, "a")
    call("answerInlineQuery", inline_query_id=first.id, results=[])
    second = telegram.people.ask_inline(ann.id, "b")
    call("answerInlineQuery", inline_query_id=second.id, results=[], cache_time=0, is_personal=True)

    assert (first.cache_time, first.is_personal) == (300, False)
    assert (second.cache_time, second.is_personal) == (0, True)


def test_a_message_sent_inline_is_pressed_and_edited_by_its_own_id(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    asked = telegram.people.ask_inline(ann.id, "Sher")
    results: Json = [article(reply_markup=BUTTONS)]
    call("answerInlineQuery", inline_query_id=asked.id, results=results)
    message = telegram.people.choose_inline(ann.id, asked.id, "1", ann.id)
    call.updates()

    telegram.people.press(ann.id, ann.id, message.id, label="More")
    query = call.updates()[0]["callback_query"]
    edited = call("editMessageText", inline_message_id=query["inline_message_id"], text="new")

    assert "message" not in query
    assert edited is True
    assert telegram.transcript(ann.id)[-1]["text"] == "new"


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        ([article()] * 51, "RESULTS_TOO_MUCH"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article("")], "RESULT_ID_INVALID"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article(title="")], "can't parse inline query result: Can't find field \"title\""),
        (
            [article(type="photo", photo_url="https://example.org/a.jpg")],
            "the sandbox does not support inline query results of type photo",
        ),
        (
            [article(type="gif")],
            "the sandbox does not support inline query results of type gif",
        ),
        ([article(input_message_content={"message_text": ""})], "message text is empty"),
        (["x"], "can't parse inline query result: expected an Object"),
        (
            [article(input_message_content=None)],
            "can't parse inline query result: there is no input message content",
        ),
        (
            [article(input_message_content={"latitude": 1, "longitude": 1})],
            "the sandbox does not support input message contents other than texts",
        ),
    ],
)
def test_wrong_results_are_refused(
    telegram: Telegram, ann: User, call: Calling, results: Json, refusal: str
) -> None:
    asked = telegram.people.ask_inline(ann.id, "Sher")

    found = call.refusal("answerInlineQuery", inline_query_id=asked.id, results=results)

    assert found == bad(refusal)


def test_an_inline_query_is_answered_once_and_in_time(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    clock = telegram.clock
    assert isinstance(clock, ManualClock)
    first = telegram.people.ask_inline(ann.id, "a")
    call("answerInlineQuery", inline_query_id=first.id, results=[])
    second = telegram.people.ask_inline(ann.id, "b")
    clock.advance(16)

    refusals = {
        call.refusal("answerInlineQuery", inline_query_id=identifier, results=[])
        for identifier in (first.id, second.id, "999")
    }

    assert refusals == {TOO_OLD}


def test_a_query_is_no_essay(telegram: Telegram, ann: User) -> None:
    assert telegram.people.ask_inline(ann.id, "x" * 256).query == "x" * 256
    with pytest.raises(SandboxError, match="at most 256 characters"):
        telegram.people.ask_inline(ann.id, "x" * 257)


def test_an_offset_is_short_too(telegram: Telegram, ann: User, call: Calling) -> None:
    asked = telegram.people.ask_inline(ann.id, "x")

    refusal = call.refusal(
        "answerInlineQuery", inline_query_id=asked.id, results=[], next_offset="x" * 65
    )

    assert refusal == bad("NEXT_OFFSET_INVALID")
