"""Logging: one redacted line per record on standard error, times in UTC.

Holds no logger of its own; the program's is `logging.getLogger("attache")`. Changes nothing until
`configure()` is called.
"""

import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import TextIO
from urllib.parse import quote, unquote

REDACTED = "[redacted]"

_HANDLER = "attache"
# They log every request, address and token included, or every job, at INFO.
_TALKATIVE = ("apscheduler", "httpcore", "httpx")
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{30,}")
_INVITATION = re.compile(r"(start(?:@\w+)?[= ]i)[A-Za-z0-9_-]{20,60}")  # lets somebody in
_LINE_BREAKING = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


def configure(level: int | str, secrets: Iterable[str], stream: TextIO | None = None) -> None:
    """Log from `level` up to `stream`, standard error if none; a second call replaces the first.

    `secrets` are tokens, passwords and addresses with a user and password in them.
    """
    handler = _Handler(stream or sys.stderr)
    handler.set_name(_HANDLER)
    handler.setFormatter(_Formatter(redactor(secrets)))
    root = logging.getLogger()
    for old in [old for old in root.handlers if old.get_name() == _HANDLER]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def redactor(secrets: Iterable[str]) -> Callable[[str], str]:
    """Give a function that puts `[redacted]` for the secrets and all that looks like a token.

    Nor does it let the link of an invitation through.
    """
    forms = {form for secret in secrets for form in _forms(secret)}
    # The longest first: a part of a secret must not be taken out of its middle.
    known = re.compile("|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)))

    def redact(text: str) -> str:
        if forms:
            text = known.sub(REDACTED, text)
        return _INVITATION.sub(rf"\1{REDACTED}", _TOKEN.sub(REDACTED, text))

    return redact


def _forms(secret: str) -> Iterator[str]:
    """Give the ways in which a secret, or the secret part of it, may be written."""
    for part in _parts(secret):
        for form in (part, unquote(part), quote(part), quote(part, safe=""), repr(part)[1:-1]):
            if form:
                yield form


def _parts(secret: str) -> Iterator[str]:
    yield secret
    scheme, _, rest = secret.rpartition("://")
    if scheme:
        rest = rest.partition("/")[0].rpartition("@")[0]
        yield rest
    yield rest.partition(":")[2]


class _Formatter(logging.Formatter):
    """Write a record, with its traceback, as one line without secrets."""

    def __init__(self, redact: Callable[[str], str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        cached, record.exc_text = record.exc_text, None
        try:
            text = super().format(record)
        finally:
            record.exc_text = cached  # other handlers format for themselves
        return _LINE_BREAKING.sub(_escape, self._redact(text))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - the name is logging's
        del datefmt
        time = datetime.fromtimestamp(record.created, UTC)
        return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class _Handler(logging.StreamHandler[TextIO]):
    """Write lines to a stream."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Say where a record was lost; logging's own report shows its values, secrets too."""
        with suppress(OSError, ValueError):  # the stream is gone or closed
            self.stream.write(f"a log record of {record.name} was lost: {record.filename}:")
            self.stream.write(f"{record.lineno}{self.terminator}")


def _escape(character: re.Match[str]) -> str:
    return character[0].encode("unicode_escape").decode("ascii")
