"""What the bot says around the answers to plain questions: how it read the words."""

from datetime import date

from bot.locales import _
from bot.messages import dates
from bot.messages.events import LONGEST_NAME
from bot.messages.message import Message
from bot.messages.text import Text, clip
from bot.periods import Period


def counted_from(period: Period, as_of: date) -> str:
    """Say how a date that was not written in full is read; nothing of one that was."""
    if not period.relative:
        return ""
    read = dates.period(period.when)
    return _("“{words}” is read as {date}, seen from {day}, the day of the newest source.").format(
        words=clip(period.words, LONGEST_NAME), date=read, day=dates.day(as_of)
    )


def what_to_ask() -> Message:
    """Say what can be asked, to who names the bot without a question."""
    return Message(
        Text()
        + _("Ask me who somebody is, what they said, or what happened on a day or in a place.")
    )
