"""Everything that can be set: each setting with its default, its meaning and its guide.

`Settings(…)` itself reads nothing and only checks what it is given. Where settings come from
is in `settings` and `sources`, how values are read in `fields`.
"""

from datetime import time
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from config.fields import (
    Access,
    Address,
    ApiUrl,
    ChatIds,
    DataFolder,
    Doubt,
    Entry,
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
    Switch,
    Token,
    Uncertain,
    Zone,
)
from config.sources import PREFIX


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
    access: Annotated[
        Entry,
        Guide(
            expected="open, listed or invited",
            remedy="Write open for everybody, listed for those in ATTACHE_READERS, invited for "
            "those and whoever an admin sends a link.",
        ),
    ] = Field(
        default=Access.OPEN,
        description="Whom the bot answers: `open` everybody, `listed` only those in "
        "`ATTACHE_READERS`, `invited` also whoever comes by a link that an admin made with "
        "/invite. Admins always.",
    )
    readers: Annotated[
        ChatIds,
        Guide(
            expected="Telegram's ids of users, groups or channels, whole numbers with commas or "
            "spaces between them",
            remedy="Write them like 1, -1002, without names or @.",
            default="none",
        ),
    ] = Field(
        default=frozenset(),
        description="Telegram ids of the users, groups and channels that are let in when "
        "`ATTACHE_ACCESS` is not `open`, such as `1, -1002`.",
    )
    answers_per_minute: Annotated[
        PerSecond,
        Guide(
            expected="a whole number from 1 to 10000",
            remedy="20 is more than a person reads; write less to spare a busy bot.",
        ),
    ] = Field(
        default=20,
        description="How many messages of one person are answered in a minute, half of them at "
        "once; the others in a group do not wait for that person.",
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
    watch: Annotated[
        Switch,
        Guide(
            expected="on or off",
            remedy="Write on to have changed files loaded by themselves, off to load them with "
            "/reload.",
            default="on",
        ),
    ] = Field(
        default=True,
        description="Whether changed summaries are loaded by themselves once they have been "
        "left alone for two seconds; off: at the start and with /reload only.",
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
