"""The buttons of the settings: of the chat that they stand in, or of a channel."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import time
from enum import IntEnum, StrEnum
from typing import Self

from bot.locales import Language
from bot.messages.callbacks.packing import read_number
from store.ledger.values import Length, Quiet


class Option(StrEnum):
    """What a button of the settings sets; the value says to what."""

    WANTED = "w"  # 1: the digest comes, 0: it does not
    AT = "a"  # minutes after midnight
    DAY_ON = "y"  # 0 is Monday
    DAY_OFF = "n"
    DAYS = "d"  # bit 0 is Monday
    SILENT = "s"  # 1: no message on a day without news, 0: one line
    USEFUL = "u"  # hours
    ZONE = "z"  # 0: says how, sets nothing
    LANGUAGE = "l"  # which of LANGUAGES
    LENGTH = "e"  # which of LENGTHS
    QUIET = "q"  # 0: never, else which of QUIET_HOURS, counted from 1
    ALERTS = "t"  # 1: told at once of what is followed, 0: not
    PAGE = "p"  # which SettingsPage: shows it, sets nothing


class SettingsPage(IntEnum):
    """The pages of the settings: the first says all of them, each other sets one."""

    ALL = 0
    TIME = 1
    DAYS = 2
    ZONE = 3
    LENGTH = 4
    NOTHING_NEW = 5
    LATENESS = 6
    QUIET = 7
    ALERTS = 8
    LANGUAGE = 9


USEFUL_HOURS = (1, 3, 6, 12)  # that an edition may come late, as the settings offer them
LENGTHS = tuple(Length)
QUIET_HOURS = (  # as the settings offer them; others are typed
    Quiet(begins=time(22), ends=time(7)),
    Quiet(begins=time(23), ends=time(8)),
    Quiet(begins=time(20), ends=time(9)),
)
LANGUAGES: tuple[Language | None, ...] = (None, *Language)  # None: as Telegram says
VALUES: dict[Option, Collection[int]] = {
    Option.WANTED: (0, 1),
    Option.AT: range(24 * 60),
    Option.DAY_ON: range(7),
    Option.DAY_OFF: range(7),
    Option.DAYS: range(1, 1 << 7),
    Option.SILENT: (0, 1),
    Option.USEFUL: USEFUL_HOURS,
    Option.ZONE: (0,),
    Option.LANGUAGE: range(len(LANGUAGES)),
    Option.LENGTH: range(len(LENGTHS)),
    Option.QUIET: range(len(QUIET_HOURS) + 1),
    Option.ALERTS: (0, 1),
    Option.PAGE: tuple(SettingsPage),
}
_PAGES = {  # where a button stands
    Option.AT: SettingsPage.TIME,
    Option.DAY_ON: SettingsPage.DAYS,
    Option.DAY_OFF: SettingsPage.DAYS,
    Option.DAYS: SettingsPage.DAYS,
    Option.SILENT: SettingsPage.NOTHING_NEW,
    Option.USEFUL: SettingsPage.LATENESS,
    Option.ZONE: SettingsPage.ZONE,
    Option.LANGUAGE: SettingsPage.LANGUAGE,
    Option.LENGTH: SettingsPage.LENGTH,
    Option.QUIET: SettingsPage.QUIET,
    Option.ALERTS: SettingsPage.ALERTS,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """A button that sets one thing of the digest: to a value, so that a second press changes none.

    Raises ValueError for a value that the option cannot have.
    """

    option: Option
    value: int

    def __post_init__(self) -> None:
        if self.value not in VALUES[self.option]:
            raise ValueError(f"{self.option.name} cannot be {self.value}")

    @property
    def page(self) -> SettingsPage:
        """The page that is shown after a press."""
        if self.option is Option.PAGE:
            return SettingsPage(self.value)
        return _PAGES.get(self.option, SettingsPage.ALL)

    def pack(self) -> str:
        """Return the callback data."""
        return f"o:{self.option}:{self.value:d}"

    @classmethod
    def read(cls, fields: Sequence[str]) -> Self:
        """Return the value whose packed fields these are. Raises ValueError for others."""
        option, value = fields
        return cls(Option(option), read_number(value))


@dataclass(frozen=True, slots=True)
class ChannelPage:
    """The settings of a channel, by the ledger's own number of it, in the chat of an admin."""

    channel: int

    def pack(self) -> str:
        """Return the callback data."""
        return f"k:{self.channel}"


@dataclass(frozen=True, slots=True)
class ChannelSetting:
    """A button that sets one thing of a channel's digest."""

    channel: int
    setting: Setting

    def pack(self) -> str:
        """Return the callback data."""
        return f"k:{self.channel}:{self.setting.option}:{self.setting.value:d}"


def read_channel(fields: Sequence[str]) -> ChannelPage | ChannelSetting:
    """Return the value whose packed fields these are. Raises ValueError for others."""
    channel, *setting = fields
    if setting:
        return ChannelSetting(read_number(channel), Setting.read(setting))
    return ChannelPage(read_number(channel))
