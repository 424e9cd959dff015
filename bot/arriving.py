"""An update on its way into the inbox: what is written down of it."""

from dataclasses import dataclass

from telegram import Update

from bot.lanes import Waiting
from store.database import Connection
from store.ledger import inbox
from store.ledger.inbox import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An update that is to be written down."""

    update: Update
    lane: int
    begins: bool  # is handled as soon as it is written, or earlier
    early: Waiting | None = None  # the same in memory, where it was there before

    @classmethod
    def of(cls, early: Waiting) -> "Coming":
        """Return one whose handling does not wait for it."""
        return cls(update=early.update, lane=early.lane, begins=True, early=early)

    def write_down(self, db: Connection) -> Kept | None:
        """Write it into the ledger; return None where nothing is left to be done about it."""
        came = inbox.arrival(
            self.update.update_id,
            self.lane,
            self.update.to_dict(),
            begins=self.begins,
            is_early=self.early is not None,
            is_over=self.early is not None and self.early.is_over,
        )
        return inbox.keep(db, came)


def lane_of(update: Update) -> int:
    """Return the chat whose updates keep their order, else the person, who may have no chat."""
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0
