"""Methods that answer a pressed button and an inline query."""

import re

from bot.sandbox.entities import utf16_length
from bot.sandbox.errors import QUERY_TOO_OLD, bad_request, unsupported
from bot.sandbox.feed import Happened
from bot.sandbox.files import read_file
from bot.sandbox.json_values import Json, JsonObject
from bot.sandbox.keyboards import read_markup
from bot.sandbox.objects import photo_sizes
from bot.sandbox.params import Params
from bot.sandbox.targets import Call
from bot.sandbox.texts import read_caption, read_message_text

# Telegram publishes neither; client libraries' trackers speak of ten to fifteen seconds.
CALLBACK_PATIENCE = 15.0
INLINE_PATIENCE = 15.0
MAX_ANSWER = 200
MAX_RESULTS = 50
MAX_BYTES = 64  # [docs] of a result's id and of next_offset
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_callback_query(call: Call) -> Json:
    """Answer a pressed button: end its waiting, with a note or an alert if wanted."""
    params = call.params
    query = call.state.world.callbacks.get(params.text("callback_query_id"))
    text, url = params.text("text"), params.text("url")
    show_alert = params.flag("show_alert")
    params.integer("cache_time")
    late = query is None or call.state.clock.elapsed() - query.pressed > CALLBACK_PATIENCE
    if query is None or late or query.answered or query.bot_id != call.bot.user.id:
        raise bad_request(QUERY_TOO_OLD)
    if utf16_length(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    name = call.bot.user.username or ""
    if url and not url.startswith(
        (f"https://t.me/{name}?", f"t.me/{name}?", f"tg://resolve?domain={name}")
    ):
        raise bad_request("URL_INVALID")
    query.answered = True
    query.text, query.show_alert, query.url = text or None, show_alert, url or None
    data: JsonObject = {
        "callback_query_id": query.id,
        "person_id": query.person_id,
        "message_id": query.message_id,
        "text": query.text,
        "show_alert": show_alert,
        "url": query.url,
    }
    chat = call.state.world.chat_for(query.chat_id, query.bot_id)
    call.state.happened(Happened.CALLBACK_ANSWERED, data, chat=chat, bot=call.bot)
    return True


def answer_inline_query(call: Call) -> Json:
    """Offer results to somebody who types behind the bot's name."""
    params = call.params
    query = call.state.world.inline_queries.get(params.text("inline_query_id"))
    given = params.json_array("results", "InlineQueryResult") or []
    cache_time, personal = params.integer("cache_time"), params.flag("is_personal")
    next_offset = params.text("next_offset")
    button = _read_button(params)
    if len(given) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len(next_offset.encode()) > MAX_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    results = [_read_result(call, result) for result in given]
    if len({result["id"] for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    late = query is None or call.state.clock.elapsed() - query.asked > INLINE_PATIENCE
    if query is None or late or query.answered or query.bot_id != call.bot.user.id:
        raise bad_request(QUERY_TOO_OLD)
    query.answered = True
    query.results, query.next_offset, query.button = results, next_offset, button
    query.is_personal = personal
    if cache_time is not None:
        query.cache_time = cache_time
    data: JsonObject = {
        "inline_query_id": query.id,
        "person_id": query.person_id,
        "results": results,
        "next_offset": next_offset,
        "button": button,
    }
    call.state.happened(Happened.INLINE_ANSWERED, data, bot=call.bot)
    return True


def _read_button(params: Params) -> JsonObject | None:
    button = params.json_object("button", "inline query results button")
    if button is None:
        return None
    if button.get("web_app"):
        raise unsupported("inline query results buttons of type web_app")
    if not isinstance(button.get("text"), str) or not button["text"]:
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    parameter = button.get("start_parameter")
    if not isinstance(parameter, str) or not parameter:
        raise bad_request("START_PARAM_EMPTY")
    if not _START_PARAMETER.fullmatch(parameter):
        raise bad_request("START_PARAM_INVALID")
    return button


def _read_result(call: Call, result: object) -> JsonObject:
    # Keeps the result as it came, with the message it would send as `sandbox_message`.
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    kind = result.get("type")
    photo = kind == "photo" and "photo_file_id" in result
    if kind != "article" and not photo:
        raise unsupported(f"inline query results of type {kind}")
    identifier = result.get("id")
    if not isinstance(identifier, str) or not 1 <= len(identifier.encode()) <= MAX_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    message = _photo_message(call, result) if photo else _article_message(call, result)
    markup = read_markup(Params(result, {}), inline_only=True)
    return {**result, "sandbox_message": {"content": message, "reply_markup": markup}}


def _article_message(call: Call, result: JsonObject) -> JsonObject:
    if not isinstance(result.get("title"), str) or not result["title"]:
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    content = result.get("input_message_content")
    if not isinstance(content, dict):
        raise bad_request("can't parse inline query result: there is no input message content")
    return _text_message(call, content)


def _text_message(call: Call, content: JsonObject) -> JsonObject:
    if "message_text" not in content:
        raise unsupported("input message contents other than texts")
    return read_message_text(call, Params(content, {}), "message_text")


def _photo_message(call: Call, result: JsonObject) -> JsonObject:
    # Only pictures that Telegram has: those given by address are not fetched here.
    file = read_file(
        call.state.world, Params({}, {}), "photo", "photo_file_id", str(result["photo_file_id"])
    )
    content = result.get("input_message_content")
    if isinstance(content, dict):
        return _text_message(call, content)
    return {"photo": photo_sizes(file)} | read_caption(call, Params(result, {}))


METHODS = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
