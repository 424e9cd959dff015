"""The kinds of value that settings take: how each is read, refused and explained.

Holds no setting. A check raises ValueError with no text: what the operator is told is the
setting's Guide, which cannot carry a value.
"""

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{30,}")
_LOCAL_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What an operator is told about one setting."""

    expected: str  # continues "expected …"
    remedy: str  # one or two sentences
    default: str | None = None  # how the default is written where it is not a plain value


class Uncertain(StrEnum):
    """What becomes of a part of which nobody can tell whether it arrived."""

    LEAVE = "leave"
    RESEND = "resend"


class Access(StrEnum):
    """Whom the bot answers, beside its admins."""

    OPEN = "open"
    LISTED = "listed"
    INVITED = "invited"


class LogLevel(StrEnum):
    """How much the log says."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"
    CRITICAL = "CRITICAL"


def _trim(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _check_token(token: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(token.get_secret_value()):
        raise ValueError
    return token


def _check_api_url(url: str) -> str:
    parts = urlsplit(url)
    _ = parts.port  # raises ValueError for a port that is no number or too high
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", url):
        raise ValueError
    # The address is logged, so it may not carry a password.
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError
    return url.rstrip("/")


def _check_proxy(proxy: SecretStr) -> SecretStr:
    url = proxy.get_secret_value()
    parts = urlsplit(url)
    if parts.scheme not in ("http", "socks5") or not parts.hostname or not parts.port:
        raise ValueError
    if parts.path.strip("/") or parts.query or parts.fragment or re.search(r"\s", url):
        raise ValueError
    return proxy


def _read_ids(value: object) -> frozenset[int]:
    return frozenset(map(_read_id, _listed(value)))


def _read_chat_ids(value: object) -> frozenset[int]:
    return frozenset(map(_read_chat_id, _listed(value)))


def _listed(value: object) -> list[object]:
    if isinstance(value, str):
        return [*filter(None, re.split(r"[,;\s]+", value))]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    return [value]


def _read_id(item: object) -> int:
    # Telegram's ids fit 52 bits; the length limit also keeps int() from refusing digits.
    if isinstance(item, str) and re.fullmatch(r"[0-9]{1,16}", item):
        item = int(item)
    if isinstance(item, bool) or not isinstance(item, int) or item <= 0:
        raise ValueError
    return item


def _read_chat_id(item: object) -> int:
    """Read the id of a user, a number above zero, or of a group or channel, one below it."""
    if isinstance(item, str) and item.startswith("-"):
        return -_read_id(item[1:])
    if isinstance(item, int) and not isinstance(item, bool) and item < 0:
        return item
    return _read_id(item)


def _check_folder_or_nothing(path: Path) -> Path:
    path = _at_home(path)
    if path.exists() and not path.is_dir():
        raise ValueError
    return path


def _check_folder(path: Path) -> Path:
    path = _at_home(path)
    if not path.is_dir():
        raise ValueError
    return path


def _at_home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError from None


def _read_zone(value: object) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    if not isinstance(value, str):
        raise ValueError  # noqa: TRY004 (pydantic turns only a ValueError into a problem)
    try:
        return ZoneInfo(value.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError from None


def _read_local_time(value: object) -> time:
    if isinstance(value, str) and (found := _LOCAL_TIME.fullmatch(value.strip())):
        return time(int(found[1]), int(found[2]))
    # TOML has local times of its own: 08:00:00 without quotation marks.
    if isinstance(value, time) and value == time(value.hour, value.minute):
        return value
    raise ValueError


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


_ADDRESS = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[^\s:\[\]/]+):(?P<port>\d{1,5})")
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Listen:
    """Where a server of ours listens; port 0 takes a free one."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def _read_listen(value: object) -> Listen:
    if isinstance(value, Listen):
        return value
    match = _ADDRESS.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or int(match["port"]) > _LAST_PORT:
        raise ValueError("no HOST:PORT")
    return Listen(match["host"].strip("[]"), int(match["port"]))


Token = Annotated[SecretStr, BeforeValidator(_trim), AfterValidator(_check_token)]
ApiUrl = Annotated[str, BeforeValidator(_trim), AfterValidator(_check_api_url)]
Proxy = Annotated[SecretStr, BeforeValidator(_trim), AfterValidator(_check_proxy)]
DataFolder = Annotated[Path, AfterValidator(_check_folder_or_nothing)]
ExistingFolder = Annotated[Path, AfterValidator(_check_folder)]
Zone = Annotated[ZoneInfo, BeforeValidator(_read_zone)]
LocalTime = Annotated[time, BeforeValidator(_read_local_time)]


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


Switch = Annotated[bool, BeforeValidator(_trim)]
Doubt = Annotated[Uncertain, BeforeValidator(_lower)]
Entry = Annotated[Access, BeforeValidator(_lower)]
Seconds = Annotated[float, Field(gt=0, le=60)]
PerSecond = Annotated[int, Field(ge=1, le=10_000)]
Address = Annotated[Listen, NoDecode, BeforeValidator(_read_listen)]
Level = Annotated[LogLevel, BeforeValidator(_upper)]
# NoDecode: pydantic-settings would read a list from the environment as JSON only.
Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(_read_ids)]
ChatIds = Annotated[frozenset[int], NoDecode, BeforeValidator(_read_chat_ids)]
