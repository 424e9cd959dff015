"""Checking `reply_markup`: inline keyboards, reply keyboards, their removal, forced replies."""

from typing import Any

from bot.sandbox.errors import BUTTON_DATA_INVALID, bad_request, unsupported
from bot.sandbox.finding import link_address
from bot.sandbox.json_values import JsonObject
from bot.sandbox.params import Params

MAX_CALLBACK_DATA = 64
MAX_BUTTONS = 100
_OTHER_ACTIONS = (
    "web_app",
    "login_url",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
    "icon_custom_emoji_id",
)
_OTHER_KEYS = ("request_users", "request_chat", "request_managed_bot", "request_poll", "web_app")


def read_markup(params: Params, *, inline_only: bool = False) -> JsonObject | None:
    """Read and check `reply_markup`; None where none was given."""
    markup = params.decoded("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup, "inline_keyboard", " of the InlineKeyboardMarkup")
        checked = [[_inline_button(button) for button in row] for row in rows]
        checked = [row for row in checked if row]
        if sum(map(len, checked)) > MAX_BUTTONS:
            raise bad_request("reply markup is too long")
        return {"inline_keyboard": checked} if checked else None
    if inline_only:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup:
        keyboard = [[_key(button) for button in row] for row in _rows(markup, "keyboard", "")]
        return {**markup, "keyboard": [row for row in keyboard if row]}
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def _rows(markup: JsonObject, name: str, owner: str) -> list[list[Any]]:
    rows = markup[name]
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}"{owner} must be an Array of Arrays')
    return rows


def _text(button: JsonObject, noun: str) -> str:
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f"can't parse {noun}: Can't find field \"text\"")
    if not text.strip():
        raise bad_request(f"{noun} text must be non-empty")
    return text


def _inline_button(button: object) -> JsonObject:
    if not isinstance(button, dict):
        raise bad_request(
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        )
    for action in _OTHER_ACTIONS:
        if button.get(action) not in (None, False):
            raise unsupported(f"inline keyboard buttons with {action}")
    checked = {"text": _text(button, "inline keyboard button")} | _action(button)
    return checked | ({"style": button["style"]} if "style" in button else {})


def _action(button: JsonObject) -> JsonObject:
    # Telegram takes the first of these and passes over the others.
    if button.get("url"):
        address = link_address(str(button["url"]))
        if address is None:
            raise bad_request(
                f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
            )
        return {"url": address}
    if button.get("callback_data"):
        data = str(button["callback_data"])
        if len(data.encode()) > MAX_CALLBACK_DATA:
            raise bad_request(BUTTON_DATA_INVALID)
        return {"callback_data": data}
    for name in ("switch_inline_query", "switch_inline_query_current_chat", "copy_text"):
        if button.get(name) is not None:
            return {name: button[name]}
    raise bad_request(
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    )


def _key(button: object) -> JsonObject:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request(
            "can't parse keyboard button: KeyboardButton must be a String or an Object"
        )
    for wish in _OTHER_KEYS:
        if button.get(wish) is not None:
            raise unsupported(f"keyboard buttons with {wish}")
    _text(button, "keyboard button")
    return button
