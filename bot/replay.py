"""The story told again, morning by morning, by the sandbox's clock."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digest.due import begin, moment
from bot.sandbox.clock import SandboxClock
from bot.sandbox.replay_protocol import ReplayPosition
from store.database import Connection, Database
from store.ingest.loading import Loader
from store.ledger import deliveries, replay, subscriptions
from store.ledger.values import Rhythm, Wanted

_DAY = timedelta(days=1)
_NOON = time(12)
_LOOK, _LOOKS = 0.05, 60  # seconds, and how many times


@dataclass(slots=True, kw_only=True)
class StoryReplay:
    """The story told again from its first day.

    While it replays, only what was published by the clock's day is known. `still` is held while
    the clock has moved and the files of its day are not read yet: nothing is planned then.
    """

    clock: SandboxClock
    rhythm: Rhythm
    ledger: Database
    replaying: bool = False
    published: tuple[date, ...] = ()
    loader: Loader | None = None
    still: asyncio.Lock = field(default_factory=asyncio.Lock)
    _moving: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)  # one press at a time

    async def follow(self, loader: Loader) -> None:
        """Replay what `loader` loads, which asks `published_by` how much of it is known."""
        self.loader = loader
        self.published = await loader.published()

    def published_by(self) -> date | None:
        """Return the day up to which the story is known; None where all of it is."""
        return self._today() if self.replaying else None

    @property
    def position(self) -> ReplayPosition:
        """Tell where the replay stands."""
        known_to = self.published_by() or date.max
        return ReplayPosition(
            today=self._today(),
            next=next((day for day in self.published if day > known_to), None),
            released=sum(day <= known_to for day in self.published),
            total=len(self.published),
        )

    async def restart(self) -> None:
        """Set the clock to the day before the first document; forget what came later."""
        first = min(self.published, default=self._today())
        async with self.still:
            self.replaying = True
            self.clock.set(datetime.combine(first - _DAY, _NOON, self._zone))
            # First what is known: a command in between would offer all of it as news.
            await self._load()
            await self.ledger.write(
                replay.begin_again, begin=lambda rhythm: begin(rhythm, now=self.clock.now())
            )

    async def next_morning(self) -> None:
        """Go on to the next day, when its digests are due, with what is published by then."""
        async with self._moving:
            await self._go_to(self._today() + _DAY)

    async def next_news(self) -> None:
        """Go on to the morning of the next day on which something was published."""
        async with self._moving:
            await self._go_to(self.position.next or self._today() + _DAY)

    async def _go_to(self, day: date) -> None:
        """Go to the morning of `day`, by way of each moment at which a digest of it is due.

        A jump over one of them would make it late.
        """
        morning = datetime.combine(day, self.rhythm.at, self._zone)
        noon = datetime.combine(day, _NOON, self._zone)
        known = await self.ledger.read(subscriptions.all_subscriptions)
        due = {moment(day, one.rhythm) for one in known if one.state is Wanted.ON}
        now = self.clock.now()
        for at in sorted({morning, *(at for at in due if at is not None and now < at <= noon)}):
            async with self.still:
                self.clock.set(at)
                await self._load()
            await self._sent()

    async def _sent(self) -> None:
        """Wait until all that is due now is planned, sent and recorded as sent.

        But not for long: a chat may wait.
        """

        def waits(db: Connection) -> bool:
            now = self.clock.now()
            owed = deliveries.longest_owed(db)
            is_owed = owed is not None and owed <= now
            under_way = deliveries.under_way(db)
            return is_owed or under_way or bool(subscriptions.due_by(db, now, limit=1))

        for _look in range(_LOOKS):
            if not await self.ledger.read(waits):
                return
            await asyncio.sleep(_LOOK)

    async def _load(self) -> None:
        if self.loader is not None:
            await self.loader.show()

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.rhythm.zone)

    def _today(self) -> date:
        return self.clock.now().astimezone(self._zone).date()
