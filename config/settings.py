"""The settings: what can be set, in which order it is looked for, how it is documented.

`Settings(…)` itself reads nothing and only checks what it is given; `load_settings()` is
what looks at the environment and the files. How sources are read is in `sources`, how
values are read in `fields`.
"""

import os
import textwrap
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import platformdirs
from pydantic import Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from config.fields import (
    Address,
    ApiUrl,
    DataFolder,
    Doubt,
    ExistingFolder,
    Guide,
    Ids,
    Level,
    Listen,
    LocalTime,
    LogLevel,
    PerSecond,
    Proxy,
    Seconds,
    Token,
    Uncertain,
    Zone,
)
from config.problems import Problem, SettingsError
from config.sources import PREFIX, Source, read_sources, unknown_in

__all__ = [
    "LogLevel",
    "Problem",
    "Settings",
    "SettingsError",
    "load_settings",
    "settings_example",
    "settings_table",
    "unknown_names",
]


def _user_data_dir() -> Path:
    return Path(platformdirs.user_data_dir("attache"))


class Settings(BaseSettings):
    """Everything an operator can set; a new field needs a description and a Guide."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_token: Annotated[
        Token | None,
        Guide(
            expected="the token of a bot: digits, a colon and at least 30 letters, digits, _ or -",
            remedy="Copy it whole from @BotFather, or leave it out for the sandbox.",
            default="none",
        ),
    ] = Field(
        default=None,
        description="The token that @BotFather gave for the bot. Without one the bot is on "
        "this machine only, in the sandbox.",
    )
    telegram_api_url: Annotated[
        ApiUrl,
        Guide(
            expected="an http:// or https:// address without a user name, ? or #",
            remedy="Write it like http://127.0.0.1:9000, or leave it out for Telegram's own.",
        ),
    ] = Field(
        default="https://api.telegram.org",
        description="The Bot API server: Telegram's own, a self-hosted one or a test server.",
    )
    proxy: Annotated[
        Proxy | None,
        Guide(
            expected="http://HOST:PORT or socks5://HOST:PORT, with USER:PASSWORD@ before HOST "
            "where the proxy asks for one",
            remedy="Write it like socks5://127.0.0.1:1080, or leave it out to connect directly.",
            default="none",
        ),
    ] = Field(
        default=None,
        description="An http:// or socks5:// proxy on the way to Telegram.",
    )
    admins: Annotated[
        Ids,
        Guide(
            expected="Telegram user ids, numbers above zero with commas or spaces between them",
            remedy="Write them like 1, 2, without names or @.",
            default="none",
        ),
    ] = Field(
        default=frozenset(),
        description="Telegram user ids of those who may use the admin commands, such as `1, 2`.",
    )
    data_dir: Annotated[
        DataFolder,
        Guide(
            expected="a folder, or a path where one can be made",
            remedy="Name a folder that this user may write to; it is made on first use.",
            default="the user's data folder",
        ),
    ] = Field(
        default_factory=_user_data_dir,
        description="Where the databases are kept, in a folder for each bot.",
    )
    summaries: Annotated[
        ExistingFolder | None,
        Guide(
            expected="a folder that exists",
            remedy="Name the folder with story.yaml and the summaries, or leave it out for the "
            "packaged ones.",
            default="the packaged summaries",
        ),
    ] = Field(
        default=None,
        description="The folder with `story.yaml` and the summaries to brief on.",
    )
    timezone: Annotated[
        Zone,
        Guide(
            expected="the name of a time zone in the IANA database",
            remedy="Write it like UTC or Europe/Berlin, with these capitals.",
        ),
    ] = Field(
        default=ZoneInfo("UTC"),
        description="The time zone that a chat has before it chooses its own.",
    )
    digest_time: Annotated[
        LocalTime,
        Guide(
            expected="a time of day, HH:MM from 00:00 to 23:59",
            remedy="Write it like 08:00, in the chat's own time zone.",
        ),
    ] = Field(
        default=time(8),
        description="When a chat gets its digest until it chooses a time of its own.",
    )
    sandbox_listen: Annotated[
        Address,
        Guide(
            expected="HOST:PORT with a port up to 65535",
            remedy="Write it like 127.0.0.1:8765; port 0 takes a free one.",
        ),
    ] = Field(
        default=Listen("127.0.0.1", 8765),
        description="Where the sandbox and its page are served when there is no token.",
    )
    webhook_url: Annotated[
        ApiUrl | None,
        Guide(
            expected="an http:// or https:// address without a user name, ? or #",
            remedy="Write the address that Telegram reaches this bot at, or leave it out to poll.",
            default="none: the bot asks Telegram for updates",
        ),
    ] = Field(
        default=None,
        description="The public address that Telegram is to send updates to, instead of being "
        "asked for them.",
    )
    listen: Annotated[
        Address,
        Guide(
            expected="HOST:PORT with a port up to 65535",
            remedy="Write it like 127.0.0.1:8080; port 0 takes a free one.",
        ),
    ] = Field(
        default=Listen("127.0.0.1", 8080),
        description="Where updates sent to `ATTACHE_WEBHOOK_URL` arrive, behind your proxy.",
    )
    health_listen: Annotated[
        Address,
        Guide(
            expected="HOST:PORT with a port up to 65535",
            remedy="Write it like 127.0.0.1:8081; port 0 takes a free one.",
        ),
    ] = Field(
        default=Listen("127.0.0.1", 8081),
        description="Where `/healthz` and `/metrics` (Prometheus) answer.",
    )
    uncertain: Annotated[
        Doubt,
        Guide(
            expected="leave or resend",
            remedy="Write leave to risk that a part is missing, resend that one comes twice.",
        ),
    ] = Field(
        default=Uncertain.LEAVE,
        description="What becomes of a part of which nobody can tell whether it arrived: "
        "`leave` it, or `resend` it once.",
    )
    messages_per_second: Annotated[
        PerSecond,
        Guide(
            expected="a whole number from 1 to 10000",
            remedy="Telegram takes 30 from a bot; write 25 to stay below.",
        ),
    ] = Field(default=25, description="How many messages may go out in any second.")
    messages_per_minute_to_group: Annotated[
        PerSecond,
        Guide(
            expected="a whole number from 1 to 10000",
            remedy="Telegram takes 20 from a bot; write 20 or less.",
        ),
    ] = Field(default=20, description="How many messages may go to one group in any minute.")
    seconds_between_messages: Annotated[
        Seconds,
        Guide(
            expected="a number of seconds above 0, 60 at most",
            remedy="Telegram takes one a second in a chat; write 1.",
        ),
    ] = Field(
        default=1.0,
        description="How many seconds lie between messages to one chat, over three of them.",
    )
    clock_url: Annotated[
        ApiUrl | None,
        Guide(
            expected="an http:// or https:// address without a user name, ? or #",
            remedy="Write it like http://127.0.0.1:8765/control/clock, or leave it out.",
            default="none: this machine's clock",
        ),
    ] = Field(
        default=None,
        description="A sandbox's clock to live by, for tests.",
    )
    log_level: Annotated[
        Level,
        Guide(
            expected="one of " + ", ".join(LogLevel),
            remedy="Write DEBUG to see most, CRITICAL to see least.",
        ),
    ] = Field(
        default=LogLevel.INFO,
        description="How much the log says: " + ", ".join(f"`{level}`" for level in LogLevel) + ".",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Make `Settings(…)` of its arguments alone; `load_settings()` reads the rest."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)

    @property
    def bot_id(self) -> int | None:
        """Give the bot's own Telegram id, which its token begins with."""
        if self.telegram_token is None:
            return None
        return int(self.telegram_token.get_secret_value().partition(":")[0])

    @property
    def bot_dir(self) -> Path:
        """Give the folder of this bot's state; made-up chats never meet a real token's."""
        return self.data_dir / str(self.bot_id or "sandbox")


def load_settings(
    overrides: Mapping[str, object] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """Find each setting where it is given first, or raise SettingsError with all problems.

    The order: `overrides` (the command line, by field name; None is not given), `environ`,
    `.env` in `folder`, the secrets folder, `attache.toml` in `folder`, defaults.
    """
    environ, folder = _where(environ, folder)
    result = _load(overrides or {}, environ, folder)
    if isinstance(result, Settings):
        return result
    # Raised here, not where pydantic's error is at hand: its text and its chain show values.
    raise SettingsError(result, unknown_names(environ=environ, folder=folder))


def unknown_names(
    *, environ: Mapping[str, str] | None = None, folder: Path | None = None
) -> tuple[str, ...]:
    """Point out each name that looks like a setting and is none, with the nearest right one."""
    return unknown_in(Settings, *_where(environ, folder))


def _where(
    environ: Mapping[str, str] | None, folder: Path | None
) -> tuple[Mapping[str, str], Path]:
    return (os.environ if environ is None else environ), (folder or Path.cwd())


def _load(
    overrides: Mapping[str, object], environ: Mapping[str, str], folder: Path
) -> Settings | tuple[Problem, ...]:
    if strangers := overrides.keys() - Settings.model_fields.keys():
        raise TypeError(f"no such settings: {', '.join(sorted(strangers))}")
    sources = [Source(origin="the command line", values=overrides)]
    try:
        sources += read_sources(Settings, environ, folder)
    except SettingsError as error:
        return error.problems
    given = {
        name: (source.origin, source.values[name])
        for source in reversed(sources)
        for name in Settings.model_fields
        if source.values.get(name) not in (None, "")
    }
    values: dict[str, Any] = {name: value for name, (_, value) in given.items()}
    try:
        return Settings(**values)
    except ValidationError as error:
        wrong = {str(e["loc"][0]) for e in error.errors(include_input=False, include_url=False)}
    origins = {name: origin for name, (origin, _) in given.items()}
    return tuple(_problem(name, origins) for name in Settings.model_fields if name in wrong)


def _problem(name: str, origins: Mapping[str, str]) -> Problem:
    guide = guide_of(Settings.model_fields[name])
    return Problem(
        name=environment_name(name),
        origin=origins.get(name),
        expected=guide.expected,
        remedy=guide.remedy,
    )


def environment_name(field_name: str) -> str:
    """Give the name that a setting has in the environment."""
    return PREFIX + field_name.upper()


def guide_of(field: FieldInfo) -> Guide:
    """Give the guide that stands in a field's annotation."""
    return next(item for item in field.metadata if isinstance(item, Guide))


def settings_table() -> str:
    """Write the table of the settings for the README."""
    rows = [
        f"| `{environment_name(name)}` | {_shown(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(("| name | default | meaning |", "|---|---|---|", *rows))


_EXAMPLE_TOP = """\
# Copy this file to .env and take the # away from the lines that you set.
# Keep .env to yourself: it holds the token."""


def settings_example() -> str:
    """Write the settings as a `.env` file with every line commented out."""
    blocks = [_EXAMPLE_TOP]
    for name, field in Settings.model_fields.items():
        words = guide_of(field).default
        meaning = f"{field.description} Default: {words}." if words else field.description
        value = "" if words else _written(field)
        blocks.append(
            "\n".join(
                (
                    *textwrap.wrap(f"{meaning}", 88, initial_indent="# ", subsequent_indent="# "),
                    f"# {environment_name(name)}={value}",
                )
            )
        )
    return "\n\n".join(blocks) + "\n"


def _shown(field: FieldInfo) -> str:
    return guide_of(field).default or f"`{_written(field)}`"


def _written(field: FieldInfo) -> str:
    default = field.default
    return f"{default:%H:%M}" if isinstance(default, time) else str(default)
