"""What an operator can see from outside: health, and figures for Prometheus."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from store.database import Connection, Database
from store.ledger import deliveries, subscriptions
from store.ledger.values import DeliveryState

_LONGEST_SILENCE = timedelta(minutes=2)  # between two ticks, before the bot counts as ill


@dataclass(slots=True, kw_only=True)
class Pulse:
    """When the bot last did what it has to do again and again; on the machine's own clock."""

    clock: Callable[[], datetime]
    ticked: datetime | None = None

    def beat(self) -> None:
        """Note that a tick ended."""
        self.ticked = self.clock()

    @property
    def age(self) -> timedelta | None:
        """How long ago the last tick ended; None before the first."""
        return None if self.ticked is None else self.clock() - self.ticked

    @property
    def healthy(self) -> bool:
        """Whether a tick ended lately."""
        return self.age is not None and self.age <= _LONGEST_SILENCE


@dataclass(slots=True, kw_only=True)
class Metrics:
    """The figures; the counters count from the start of the process, the gauges are read anew."""

    ledger: Database
    clock: Callable[[], datetime]
    pulse: Pulse
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    errors: Counter = field(init=False)
    _deliveries: Gauge = field(init=False)
    _lag: Gauge = field(init=False)
    _tick_age: Gauge = field(init=False)

    def __post_init__(self) -> None:
        self.errors = Counter(
            "attache_telegram_errors",
            "Refusals and failures on the way to Telegram, by type",
            ["type"],
            registry=self.registry,
        )
        self._deliveries = Gauge(
            "attache_deliveries", "Parts in the ledger, by state", ["state"], registry=self.registry
        )
        self._lag = Gauge(
            "attache_lag_seconds",
            "How long the longest due edition or part has been waiting",
            registry=self.registry,
        )
        self._tick_age = Gauge(
            "attache_tick_age_seconds", "How long ago the last tick ended", registry=self.registry
        )

    def telegram_failed(self, kind: str) -> None:
        """Count one refusal or failure on the way to Telegram."""
        self.errors.labels(kind).inc()

    def routes(self) -> list[web.RouteDef]:
        """List the routes: /healthz and /metrics."""
        return [web.get("/healthz", self._health), web.get("/metrics", self._show)]

    async def _health(self, _: web.Request) -> web.Response:
        age = self.pulse.age
        said = "no tick yet" if age is None else f"last tick {age.total_seconds():.0f} s ago"
        return web.Response(text=f"{said}\n", status=200 if self.pulse.healthy else 503)

    async def _show(self, _: web.Request) -> web.Response:
        counted, lag = await self.ledger.read(_read, self.clock())
        for state in DeliveryState:
            self._deliveries.labels(state).set(counted.get(state, 0))
        self._lag.set(lag.total_seconds())
        age = self.pulse.age
        self._tick_age.set(age.total_seconds() if age is not None else float("nan"))
        return web.Response(
            body=generate_latest(self.registry), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        )


def _read(db: Connection, now: datetime) -> tuple[dict[DeliveryState, int], timedelta]:
    waiting = [
        moment
        for moment in (subscriptions.longest_due(db), deliveries.longest_owed(db))
        if moment is not None and moment < now
    ]
    return deliveries.counted(db), max((now - moment for moment in waiting), default=timedelta())
