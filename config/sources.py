"""Where settings come from: the environment, `.env`, the secrets folder, `attache.toml`.

Reads with pydantic's own sources and says where each value was found. What a value means is
none of its business; what an error says never includes one.
"""

import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    InitSettingsSource,
    SecretsSettingsSource,
)

from config.problems import Problem, SettingsError

PREFIX = "ATTACHE_"
DOTENV = ".env"
TOML = "attache.toml"
SECRETS_DIR = "ATTACHE_SECRETS_DIR"
DEFAULT_SECRETS_DIR = "/run/secrets"
# Names that are right and yet no fields: where the secrets are, and the description of the
# Bot API that some of the tests compare with.
OTHER_NAMES = frozenset({SECRETS_DIR, "ATTACHE_BOTAPI_SPEC"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What one place gives, by field name."""

    origin: str
    values: Mapping[str, object]


class _Environment(EnvSettingsSource):
    """Read the environment that is given instead of the process's own."""

    def __init__(self, settings_cls: type[BaseSettings], environ: Mapping[str, str]) -> None:
        self._environ = environ
        super().__init__(settings_cls)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return {name.lower(): value for name, value in self._environ.items() if value}


def read_sources(
    settings_cls: type[BaseSettings], environ: Mapping[str, str], folder: Path
) -> tuple[Source, ...]:
    """Read all sources but the command line, the strongest first."""
    return (
        Source(origin="the environment", values=_Environment(settings_cls, environ)()),
        Source(origin=DOTENV, values=_read_dotenv(settings_cls, folder / DOTENV)),
        _read_secrets(settings_cls, _secrets_folder(environ)),
        Source(origin=TOML, values=InitSettingsSource(settings_cls, _read_toml(folder / TOML))()),
    )


def unknown_in(
    settings_cls: type[BaseSettings], environ: Mapping[str, str], folder: Path
) -> tuple[str, ...]:
    """Point out names that are no settings; a source that cannot be read has none to show."""
    fields = settings_cls.model_fields.keys()
    names = {PREFIX + field.upper() for field in fields}
    found = [
        *_unknown(environ, names | OTHER_NAMES, "the environment"),
        *_unknown(_names_in_dotenv(folder / DOTENV), names, DOTENV),
        *_unknown(_names_in_secrets(_secrets_folder(environ)), names, "the secrets folder"),
    ]
    return (*found, *_unknown_in_toml(folder / TOML, list(fields)))


def _read_dotenv(settings_cls: type[BaseSettings], path: Path) -> Mapping[str, object]:
    text = _read_text(path)
    if text is None:
        return {}
    for binding in parse_stream(io.StringIO(text)):
        name = (binding.key or "").upper()
        # `ATTACHE_TELEGRAM_TOKEN: 1:a` and the like are names without a value to dotenv.
        if binding.error or (name.startswith(PREFIX) and binding.value is None):
            line = _first_line_of_text(binding.original.string, binding.original.line)
            raise _broken(path, line, "lines of the form NAME=value")
    source = DotEnvSettingsSource(
        settings_cls,
        env_file=path,
        env_file_encoding="utf-8-sig",  # as some editors write it
        dotenv_filtering="only_existing",
    )
    return source()


def _first_line_of_text(text: str, line: int) -> int:
    """Skip the empty lines that dotenv counts as the beginning of a binding."""
    blank = text[: len(text) - len(text.lstrip())]
    return line + blank.count("\n")


def _read_secrets(settings_cls: type[BaseSettings], folder: Path) -> Source:
    try:
        # pydantic warns of a missing folder; to most operators it is simply not there.
        values = SecretsSettingsSource(settings_cls, folder)() if folder.exists() else {}
    except (OSError, UnicodeError, ValueError):
        raise SettingsError((_SECRETS_PROBLEM,)) from None
    return Source(origin=str(folder), values=values)


_SECRETS_PROBLEM = Problem(
    name=SECRETS_DIR,
    origin=None,
    expected="a folder with one readable UTF-8 file for each secret, such as "
    "attache_telegram_token",
    remedy=f"Correct the folder or its rights; {DEFAULT_SECRETS_DIR} is where it is looked for "
    "when the environment does not name one.",
)


def _read_toml(path: Path) -> dict[str, object]:
    text = _read_text(path)
    try:
        return {} if text is None else tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # Its text ends "(at line 3, column 8)" or "(at end of document)".
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len((text or "").splitlines())
    raise _broken(path, line, 'TOML, such as timezone = "Europe/Berlin"')


def _read_text(path: Path) -> str | None:
    """Read a file if it is there; a folder named .env is a virtual environment's."""
    try:
        if not path.is_file():
            return None
        content = path.read_bytes()
    except OSError as error:
        raise SettingsError((_unreadable(path, error),)) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    raise _broken(path, line, "UTF-8 text")


def _unreadable(path: Path, error: OSError) -> Problem:
    return Problem(
        name=path.name,
        origin=error.strerror,
        expected="a file that this user may read",
        remedy="Correct its rights, or start in another folder.",
    )


def _broken(path: Path, line: int, expected: str) -> SettingsError:
    remedy = f"Correct or remove line {line}."
    problem = Problem(name=path.name, origin=f"line {line}", expected=expected, remedy=remedy)
    return SettingsError((problem,))


def _secrets_folder(environ: Mapping[str, str]) -> Path:
    return Path(environ.get(SECRETS_DIR) or DEFAULT_SECRETS_DIR)


def _names_in_dotenv(path: Path) -> Iterable[str]:
    try:
        text = _read_text(path)
    except SettingsError:
        return ()
    return dotenv_values(stream=io.StringIO(text or ""), interpolate=False)


def _names_in_secrets(folder: Path) -> Iterable[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return ()


def _unknown(given: Iterable[str], known: Iterable[str], origin: str) -> Iterator[str]:
    known = sorted(known)
    for name in given:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            yield _hint(name, origin, _nearest(name, known))


def _unknown_in_toml(path: Path, fields: list[str]) -> Iterator[str]:
    try:
        given = _read_toml(path)
    except SettingsError:
        return
    for name, value in given.items():
        if isinstance(value, dict):
            yield f"{_cut(name)} in {TOML} is a table; write the settings above it, without one."
        elif name not in fields:
            yield _hint(name, TOML, _nearest(name, fields))


def _hint(name: str, origin: str, nearest: str) -> str:
    return f"{_cut(name)} in {origin} is not a setting; the nearest is {nearest}."


def _cut(name: str) -> str:
    """Keep what can be a name: the rest may be a value that was written in the wrong place."""
    beginning = re.match(r"[A-Za-z0-9_]*", name)
    kept = beginning[0] if beginning else ""
    return kept if kept == name else f"{kept}…"


def _nearest(name: str, known: list[str]) -> str:
    from rapidfuzz import fuzz  # noqa: PLC0415 (five megabytes, for a slip)

    wanted = _bare(name)
    return max(known, key=lambda right: fuzz.WRatio(wanted, _bare(right)))


def _bare(name: str) -> str:
    return name.lower().removeprefix(PREFIX.lower())
