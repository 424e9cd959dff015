"""What a soak does: how many chats, which faults, when each digest is due, when the bot is killed.

All of it follows from a few numbers and a seed. Does nothing itself.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.sandbox.faults import Fault, Rule
from store.ledger.values import Rhythm

ADMIN = 1001
LONG_WAIT = 43_838  # seconds; a flood wait that has been seen
READ_TIMEOUT = 10.0  # real seconds, after which the bot gives an answer up: Timeouts.read
BEGINS = datetime(2022, 1, 19, 7, 30, 50, tzinfo=UTC)  # ten seconds before the first are due

_FIRST_PERSON = 10_000
_FIRST_GROUP = -1_000_000_010_000
_ZONES = ("UTC", "Europe/Kyiv", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
_IN_START = 0.2  # of the kills: soon after a start, whatever was sent
_SOON = 2.0  # real seconds, in which a start is over


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The numbers. `rate` is how fast the clock runs, `spread` over how much of it digests fall."""

    chats: int
    groups: int
    readers: int
    kills: int
    rate: float
    seed: int
    uncertain: str = "leave"
    faulty: float = 0.03  # of the answers to sendMessage
    spread: int = 20  # minutes of the clock, after the first
    command_every: float = 8.0  # real seconds between the commands of one reader

    @property
    def people(self) -> range:
        """The private chats; the first of them are the readers'."""
        return range(_FIRST_PERSON, _FIRST_PERSON + self.chats - self.groups)

    @property
    def subscribed(self) -> list[int]:
        """All chats that get digests."""
        return [*self.people, *(_FIRST_GROUP - n for n in range(self.groups))]

    def rhythms(self) -> Iterator[tuple[int, Rhythm]]:
        """Give each chat its rhythm: this day of the week only, so that a long wait fits in."""
        dice = random.Random(f"rhythms {self.seed}")  # noqa: S311 (repeatable on purpose)
        for chat in self.subscribed:
            due = BEGINS + timedelta(minutes=dice.randint(1, self.spread + 1))
            local = due.astimezone(ZoneInfo(zone := dice.choice(_ZONES)))
            at = local.time().replace(second=0)
            yield chat, Rhythm(at=at, zone=zone, days=1 << local.weekday())

    def faults(self) -> list[Rule]:
        """Return what goes wrong with sendMessage, a small share of each kind."""
        kinds = (
            (20, {"fault": Fault.FLOOD, "seconds": 2}),
            (6, {"fault": Fault.FLOOD, "seconds": LONG_WAIT}),
            (10, {"fault": Fault.FORBIDDEN}),
            (14, {"fault": Fault.BAD_REQUEST, "text": "can't parse entities: planned fault"}),
            (6, {"fault": Fault.BAD_REQUEST, "text": "chat not found"}),
            (16, {"fault": Fault.SERVER_ERROR, "seconds": 0}),
            (11, {"fault": Fault.RESET, "seconds": 0}),
            (11, {"fault": Fault.ANSWER_LOST, "seconds": 0}),
            (4, {"fault": Fault.SLOW, "seconds": 2}),
            (2, {"fault": Fault.SLOW, "seconds": READ_TIMEOUT + 1}),
        )
        whole = sum(share for share, _ in kinds)
        return [
            Rule(method="sendMessage", probability=self.faulty * share / whole, **fault)
            for share, fault in kinds
        ]

    def deaths(self, expected: int) -> list["Death"]:
        """Return when to kill, in order; `expected` is about how many messages there will be."""
        dice = random.Random(f"deaths {self.seed}")  # noqa: S311 (repeatable on purpose)
        early = round(self.kills * _IN_START)
        moments = sorted(dice.sample(range(expected // 50, expected * 19 // 20), self.kills))
        chosen = set(dice.sample(range(1, self.kills), early)) if self.kills > 1 else set()
        return [
            Death(
                after=None if n in chosen else moment,
                wait=dice.uniform(0, _SOON) if n in chosen else dice.uniform(0, 0.1),
            )
            for n, moment in enumerate(moments)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """A kill: `wait` real seconds after so many messages came in, or after the start."""

    after: int | None
    wait: float


def write_story(folder: Path) -> None:
    """Write summaries enough for a digest of two parts."""
    folder.mkdir()
    (folder / "story.yaml").write_text("title: A long winter\nintro: What a soak is about.\n")
    for n in range(1, 9):
        events = "".join(
            f"  - {{date: 2022-01-{n:02}, text: Talks number {n}-{k} on the "
            f"{' and the '.join(f'question {n}{k}{m}' for m in range(12))}}}\n"
            for k in range(3)
        )
        (folder / f"{n:03}.md").write_text(
            f"---\ntitle: Talks, day {n}\nsource: Soak Wire\npublished: 2022-01-{n:02}\n"
            f"document: {n:03}.txt\nevents:\n{events}---\nTalks went on for day {n}.\n"
        )
