"""What a request brings: query string, form, multipart or JSON, as parameters and files.

Not here: what the parameters mean. `attach://…` names a file part and is followed by the
methods.
"""

import json
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.http_exceptions import BadHttpMessage
from aiohttp.web_request import FileField

from bot.sandbox.errors import TelegramError, bad_request
from bot.sandbox.json_values import Json
from bot.sandbox.params import Upload

# 50 MB for a file, and something for what goes with it
MAX_BODY = 51 * 1024 * 1024

Body = tuple[dict[str, Json], dict[str, Upload]]

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"


async def read_body(request: web.Request) -> Body:
    """Read the parameters and files of a request, or refuse it."""
    params: dict[str, Json] = {}
    files: dict[str, Upload] = {}
    try:
        if request.can_read_body:
            if request.content_type == _JSON:
                params = _read_json(await request.read())
            else:
                params, files = await _read_form(request)
    except web.HTTPRequestEntityTooLarge:
        raise TelegramError(413, "Request Entity Too Large") from None
    except (ValueError, BadHttpMessage):
        raise bad_request("can't parse the body of the request") from None
    if request.query_string:
        # What stands in the address comes first, and the first of a name counts. [server]
        params |= dict(reversed(list(request.query.items())))
    return params, files


def read_answer(content_type: str, body: bytes) -> dict[str, Json]:
    """Read the method call that a webhook may answer an update with; empty if it is none."""
    try:
        if content_type == _JSON:
            return _read_json(body)
        if content_type == _FORM:
            return {**dict(reversed(parse_qsl(body.decode(), keep_blank_values=True)))}
    except (ValueError, TelegramError):
        pass
    return {}


def _read_json(body: bytes) -> dict[str, Json]:
    if not body.strip():
        return {}
    read: Json = json.loads(body)
    if not isinstance(read, dict):
        raise bad_request("JSON object expected")  # [server] HttpReader.cpp
    return read


async def _read_form(request: web.Request) -> Body:
    params: dict[str, Json] = {}
    files: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            with value.file as file:
                files[name] = Upload(
                    name=value.filename, data=file.read(), mime_type=value.content_type
                )
        else:
            text = value if isinstance(value, str) else value.decode()
            params.setdefault(name, text)
    return params, files
