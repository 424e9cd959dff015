"""Requests to the control API: reading them, and answering with JSON or a plain refusal."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiohttp import BodyPartReader, web
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.sandbox.errors import SandboxError, TelegramError
from bot.sandbox.files import MAX_UPLOAD
from bot.sandbox.json_values import JsonObject
from bot.sandbox.params import Upload

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
MAX_FIELD = 64 * 1024


class Body(BaseModel):
    """What a request carries: known fields only, so that a slip of the pen is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RefusedError(Exception):
    """The request is refused: the status, and a sentence that says why."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


BodyT = TypeVar("BodyT", bound=Body)


def refusing(handler: Handler) -> Handler:
    """Make `handler` answer refusals with their sentence as JSON."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except RefusedError as error:
            return _refusal(str(error), error.status)
        except SandboxError as error:
            return _refusal(str(error), 400)
        except TelegramError as error:
            return _refusal(error.description, error.code)
        except ValidationError as error:
            return _refusal(_sentence(error), 400)

    return answer


def _refusal(sentence: str, status: int) -> web.Response:
    return web.json_response({"error": sentence}, status=status)


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    where = ".".join(str(step) for step in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]


def reading(model: type[BodyT], act: Callable[[BodyT], JsonObject | None]) -> Handler:
    """Make a handler of `act`, which takes a request's JSON as a `model`."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return done(act(await read_body(request, model)))

    return refusing(answer)


def done(result: JsonObject | None = None) -> web.Response:
    """Answer with what an act gives, or that it is done where it gives nothing."""
    return web.json_response({"ok": True} if result is None else result)


async def read_body(request: web.Request, model: type[BodyT]) -> BodyT:
    """Read a request's JSON as a `model`, or refuse."""
    return model.model_validate_json(await request.read() or b"{}")


def number(request: web.Request, name: str) -> int:
    """Read a whole number out of the path or the query, or refuse."""
    value = optional_number(request, name)
    if value is None:
        raise RefusedError(f"{name} is missing")
    return value


def optional_number(request: web.Request, name: str) -> int | None:
    """Read a whole number that may be left out, or refuse."""
    given = request.match_info.get(name) or request.query.get(name)
    if not given:
        return None
    try:
        return int(given)
    except ValueError:
        raise RefusedError(f"{name} is no whole number: {given[:40]}") from None


async def read_form(request: web.Request, model: type[BodyT]) -> tuple[BodyT, Upload]:
    """Read a form with one file, whose other fields are a `model`, or refuse."""
    if request.content_type != "multipart/form-data":
        raise RefusedError("a file comes as multipart/form-data")
    fields: dict[str, str] = {}
    upload: Upload | None = None
    try:
        parts = await request.multipart()
        while (part := await parts.next()) is not None:
            if not isinstance(part, BodyPartReader):
                raise RefusedError("a form within a form is not read")
            if part.filename is not None and part.name == "file":
                upload = await _read_file(part)
            else:
                fields[part.name or ""] = (await _read_part(part, MAX_FIELD)).decode()
    except ValueError as error:
        raise RefusedError(f"the form cannot be read: {error}") from None
    if upload is None:
        raise RefusedError("the form has no file")
    return model.model_validate({name: value for name, value in fields.items() if value}), upload


async def _read_file(part: BodyPartReader) -> Upload:
    return Upload(
        name=part.filename or "",
        data=await _read_part(part, MAX_UPLOAD),
        mime_type=part.headers.get("Content-Type", "application/octet-stream"),
    )


async def _read_part(part: BodyPartReader, limit: int) -> bytes:
    read = bytearray()
    while chunk := await part.read_chunk():
        read += chunk
        if len(read) > limit:
            raise RefusedError(f"more than {limit} bytes are not taken", 413)
    return bytes(read)
