"""What the bot says around the answers to plain questions: how it read the words."""

from datetime import date

from bot.messages import dates
from bot.messages.events import LONGEST_NAME
from bot.messages.message import Message
from bot.messages.text import Text, clip
from bot.periods import Period
from store.knowledge.people import PersonRef


def counted_from(period: Period, as_of: date) -> str:
    """Say how a date that was not written in full is read; nothing of one that was."""
    if not period.relative:
        return ""
    read = dates.period(period.when)
    return (
        f"“{clip(period.words, LONGEST_NAME)}” is read as {read}, seen from {dates.day(as_of)}, "
        "the day of the newest source."
    )


def taken(asked: str, person: PersonRef) -> str:
    """Say for whom a name that nobody has was taken."""
    return f"“{clip(asked, LONGEST_NAME)}” is taken for {clip(person.name, LONGEST_NAME)}."


def what_to_ask() -> Message:
    """Say what can be asked, to who names the bot without a question."""
    return Message(
        Text() + "Ask me who somebody is, what they said, or what happened on a day or in a place."
    )
