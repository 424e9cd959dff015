"""Whom the bot answers: the decision, from what is known of who asks and where.

Pure. How that is found out and what is said is in bot.gate; the records are in
store.ledger.access.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from config.settings import Access
from store.ledger.access import Admission

# Telegram's own accounts: an admin who writes as the group, and a channel's posts that
# appear in the group linked to it.
GROUP_ANONYMOUS_BOT = 1087968824
TELEGRAM = 777000

Find = Callable[[int], Admission | None]


class Asked(StrEnum):
    """What an update is, as far as letting in is concerned."""

    MESSAGE = "message"
    PRESS = "press"
    INLINE = "inline"
    BROUGHT = "brought"  # the bot was put into a group or channel
    OTHER = "other"  # what Telegram tells of chats: always heard


class Verdict(StrEnum):
    """What becomes of an update."""

    ANSWER = "answer"
    REFUSE = "refuse"  # in words, once a day
    TOAST = "toast"
    NOTHING = "nothing"  # an empty list
    LEAVE = "leave"  # the group or channel
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of who asks, and of where."""

    person_is_in: bool
    chat_is_in: bool
    is_private: bool
    about_own_data: bool = False  # asks what is kept about the chat, where something is


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Who is let in by the settings."""

    access: Access = Access.OPEN
    admins: frozenset[int] = frozenset()
    readers: frozenset[int] = frozenset()

    def lets_in(self, number: int, find: Find) -> bool:
        """Tell whether a user, group or channel is in; `find` tells how it once came in.

        Who brought a group or channel in has to be in still.
        """
        if self.access is Access.OPEN or number in self.admins or number in self.readers:
            return True
        found = find(number)
        if found is None or found.expelled:
            return False
        if found.brought_by is None:
            return self.access is Access.INVITED
        return self._is_bringer_in(found.brought_by, find)

    def _is_bringer_in(self, person: int, find: Find) -> bool:
        found = find(person)  # of a bringer who was brought nothing follows
        return (found is None or found.brought_by is None) and self.lets_in(person, find)


def decide(asked: Asked, facts: Facts) -> Verdict:
    """Decide on an update. In a group that is in, everybody is answered."""
    if asked is Asked.OTHER:
        return Verdict.ANSWER
    if asked is Asked.BROUGHT:
        return Verdict.ANSWER if facts.person_is_in or facts.chat_is_in else Verdict.LEAVE
    if facts.person_is_in or (facts.chat_is_in and not facts.is_private):
        return Verdict.ANSWER
    if facts.about_own_data and asked is not Asked.INLINE:
        return Verdict.ANSWER
    if asked is Asked.MESSAGE:
        return Verdict.REFUSE if facts.is_private else Verdict.SILENCE
    return Verdict.TOAST if asked is Asked.PRESS else Verdict.NOTHING
