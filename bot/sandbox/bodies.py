"""What a request brings: query string, form, multipart or JSON, as parameters and files.

Not here: what the parameters mean. `attach://…` names a file part and is followed by the
methods.
"""

import json
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.errors import TelegramError, bad_request
from bot.sandbox.json_values import Json
from bot.sandbox.multipart import read_parts
from bot.sandbox.params import Upload

# 50 MB for a file, and something for what goes with it
MAX_BODY = 51 * 1024 * 1024

Body = tuple[dict[str, Json], dict[str, Upload]]


async def read_body(request: web.Request) -> Body:
    """Read the parameters and files of a request, or refuse it."""
    params: dict[str, Json] = {}
    files: dict[str, Upload] = {}
    try:
        if request.can_read_body:
            content_type = request.headers.get("Content-Type", "")
            params, files = _read(content_type, await request.read())
    except web.HTTPRequestEntityTooLarge:
        raise TelegramError(413, "Request Entity Too Large") from None
    except ValueError:
        raise bad_request("can't parse the body of the request") from None
    if request.query_string:
        # What stands in the address comes first, and the first of a name counts. [server]
        params |= dict(reversed(list(request.query.items())))
    return params, files


def read_answer(content_type: str, body: bytes) -> Body:
    """Read the method call that a webhook may answer an update with; empty if it is none."""
    try:
        return _read(content_type, body)
    except (ValueError, TelegramError):
        return {}, {}


def _read(content_type: str, body: bytes) -> Body:
    match content_type.partition(";")[0].strip().lower():
        case "application/json":
            return _read_json(body), {}
        case "application/x-www-form-urlencoded":
            # The first of a name counts. [server]
            given = parse_qsl(body.decode(), keep_blank_values=True)
            return {**dict(reversed(given))}, {}
        case "multipart/form-data":
            return _read_form(content_type, body)
        case _:
            return {}, {}


def _read_json(body: bytes) -> dict[str, Json]:
    if not body.strip():
        return {}
    read: Json = json.loads(body)
    if not isinstance(read, dict):
        raise bad_request("JSON object expected")  # [server] HttpReader.cpp
    return read


def _read_form(content_type: str, body: bytes) -> Body:
    params: dict[str, Json] = {}
    files: dict[str, Upload] = {}
    for part in read_parts(content_type, body):
        if part.file_name is None:
            params.setdefault(part.name, part.data.decode())
        else:
            files[part.name] = Upload(
                name=part.file_name, data=part.data, mime_type=part.content_type
            )
    return params, files
