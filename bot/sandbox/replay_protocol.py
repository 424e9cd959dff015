"""What the control API asks of a story that replays; carried out where the knowledge is known."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.sandbox.json_values import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayPosition:
    """Where the replay stands: its day, the next with news (None at the end), documents of all."""

    today: date
    next: date | None
    released: int
    total: int

    def as_json(self) -> JsonObject:
        """Render the position for the control API."""
        return {
            "today": self.today.isoformat(),
            "next": self.next.isoformat() if self.next else None,
            "released": self.released,
            "total": self.total,
        }


class Replay(Protocol):
    """A story that can begin anew and go on by a morning."""

    @property
    def position(self) -> ReplayPosition:
        """Tell where the replay stands."""

    async def restart(self) -> None:
        """Set the clock to the day before the first document; forget what came later."""

    async def next_morning(self) -> None:
        """Go on to the next day's digest time, releasing what was published by then."""

    async def next_news(self) -> None:
        """Go on to the morning of the next day on which something was published."""
