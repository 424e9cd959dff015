"""A text or caption with its entities, read out of a request."""

from bot.sandbox import errors
from bot.sandbox.entities import MAX_ENTITIES, check_entities, tidy, utf16_length
from bot.sandbox.errors import bad_request, unsupported
from bot.sandbox.html_text import parse_html
from bot.sandbox.json_values import JsonObject
from bot.sandbox.params import Params
from bot.sandbox.targets import Call

MAX_TEXT = 4096
MAX_CAPTION = 1024


def read_text(
    call: Call, params: Params, name: str = "text", entities: str = "entities"
) -> tuple[str, list[JsonObject]]:
    """Read a formatted text, whatever its length; it may be empty."""
    source = params.text(name)
    mode = params.text("parse_mode")
    given = params.json_array(entities, "MessageEntity")
    if mode and mode.lower() != "none":
        if mode.lower() != "html":
            if mode.lower() not in {"markdown", "markdownv2"}:
                raise bad_request("unsupported parse_mode")
            raise unsupported(f"parse_mode {mode}: use entities or HTML")
        text, found = parse_html(source)
    else:
        text, found = source, check_entities(source, given or [])
    text, found = tidy(text, found)
    if len(found) > MAX_ENTITIES:
        call.odd(f"{len(found)} entities, of which {MAX_ENTITIES} are kept")
        found = found[:MAX_ENTITIES]
    return text, found


def read_message_text(
    call: Call, params: Params, name: str = "text", entities: str = "entities"
) -> JsonObject:
    """Read the text of a message as its content; refuse an empty or too long one."""
    if not params.text(name):
        raise bad_request(errors.MESSAGE_TEXT_EMPTY)
    text, found = read_text(call, params, name, entities)
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request(errors.MESSAGE_TOO_LONG)
    content: JsonObject = {"text": text}
    if found:
        content["entities"] = found
    return content | _preview(params)


def read_caption(call: Call, params: Params) -> JsonObject:
    """Read a caption as content; no caption is no content."""
    text, found = read_text(call, params, "caption", "caption_entities")
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request(errors.CAPTION_TOO_LONG)
    content: JsonObject = {}
    if text:
        content["caption"] = text
    if found:
        content["caption_entities"] = found
    if params.flag("show_caption_above_media") and text:
        content["show_caption_above_media"] = True
    return content


def _preview(params: Params) -> JsonObject:
    options = params.json_object("link_preview_options", "link preview options")
    if params.flag("disable_web_page_preview"):  # what it was called before
        options = {"is_disabled": True}
    return {"link_preview_options": options} if options else {}
