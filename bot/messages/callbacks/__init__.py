"""What a button carries: typed values, packed into the 64 bytes that Telegram gives it.

Keys, never names: a button of an earlier knowledge finds its thing or says it is gone.
"""

from collections.abc import Callable, Mapping, Sequence

from bot.messages.callbacks.acts import (
    Correct,
    Export,
    ExportFormat,
    Forget,
    Press,
    PressedOn,
    Reload,
    Review,
    ReviewAct,
    Revoke,
)
from bot.messages.callbacks.interest import (
    MOST_CHOICES,
    Choose,
    Follow,
    Following,
    LetGo,
    read_list,
)
from bot.messages.callbacks.packing import LONGEST, CallbackError
from bot.messages.callbacks.pages import (
    CatchUpPage,
    Facet,
    List,
    ListPage,
    PersonPage,
    PicturePage,
    QuotesPage,
    SourcePage,
    SubjectPage,
    TimelinePage,
    View,
)
from bot.messages.callbacks.setting import (
    LANGUAGES,
    LENGTHS,
    QUIET_HOURS,
    USEFUL_HOURS,
    ChannelPage,
    ChannelSetting,
    Option,
    Setting,
    SettingsPage,
    read_channel,
)

__all__ = [
    "LANGUAGES",
    "LENGTHS",
    "LONGEST",
    "MOST_CHOICES",
    "QUIET_HOURS",
    "USEFUL_HOURS",
    "Callback",
    "CallbackError",
    "CatchUpPage",
    "ChannelPage",
    "ChannelSetting",
    "Choose",
    "Correct",
    "Export",
    "ExportFormat",
    "Facet",
    "Follow",
    "Following",
    "Forget",
    "Interest",
    "LetGo",
    "List",
    "ListPage",
    "Option",
    "Page",
    "PersonPage",
    "PicturePage",
    "Press",
    "PressedOn",
    "QuotesPage",
    "Reload",
    "Review",
    "ReviewAct",
    "Revoke",
    "Setting",
    "SettingsPage",
    "SourcePage",
    "SubjectPage",
    "TimelinePage",
    "View",
    "unpack",
]

Page = PersonPage | SubjectPage | TimelinePage | QuotesPage | SourcePage | CatchUpPage | ListPage
Interest = Follow | LetGo | Following | Choose
Callback = (
    Page
    | PicturePage
    | Press
    | Correct
    | Setting
    | Forget
    | Revoke
    | Reload
    | Review
    | ChannelPage
    | ChannelSetting
    | Export
    | Interest
)

# By the letter that a packed value begins with.
_READERS: Mapping[str, Callable[[Sequence[str]], Callback]] = {
    "p": PersonPage.read,
    "u": SubjectPage.read,
    "t": TimelinePage.read,
    "x": PicturePage.light,
    "y": PicturePage.dark,
    "q": QuotesPage.read,
    "s": SourcePage.read,
    "l": ListPage.read,
    "n": CatchUpPage.read,
    "d": Press.read,
    "c": Correct.read,
    "o": Setting.read,
    "k": read_channel,
    "f": Forget.read,
    "v": Revoke.read,
    "z": Reload.read,
    "h": Review.read,
    "e": Export.read,
    "w": Follow.read,
    "r": read_list,
    "m": Choose.read,
}


def unpack(data: str) -> Callback:
    """Return the value that `data` was packed from.

    Raises `CallbackError` for anything that no `pack` gives.
    """
    letter, *fields = data.split(":")
    try:
        return _READERS[letter](fields)
    except (KeyError, ValueError) as error:
        raise CallbackError(data) from error
