"""What an operator can see from outside: health, and figures for Prometheus."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from store.database import Connection, Database
from store.ledger import deliveries, subscriptions
from store.ledger.values import DeliveryState

if TYPE_CHECKING:
    from prometheus_client.core import Metric

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
    """The figures: errors are counted from the start of the process, the rest is read anew."""

    ledger: Database
    clock: Callable[[], datetime]
    pulse: Pulse
    _errors: Counter[str] = field(default_factory=Counter, init=False)

    def telegram_failed(self, kind: str) -> None:
        """Count one refusal or failure on the way to Telegram."""
        self._errors[kind] += 1

    def routes(self) -> list[web.RouteDef]:
        """List the routes: /healthz and /metrics."""
        return [web.get("/healthz", self._health), web.get("/metrics", self._show)]

    async def _health(self, _: web.Request) -> web.Response:
        age = self.pulse.age
        said = "no tick yet" if age is None else f"last tick {age.total_seconds():.0f} s ago"
        return web.Response(text=f"{said}\n", status=200 if self.pulse.healthy else 503)

    async def _show(self, _: web.Request) -> web.Response:
        # Loaded by the first who asks: it brings a web server of its own along.
        from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415
        from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4  # noqa: PLC0415

        counted, lag = await self.ledger.read(_read, self.clock())
        registry = CollectorRegistry()
        registry.register(_Figures(self._errors, counted, lag, self.pulse.age))
        return web.Response(
            body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        )


@dataclass(frozen=True, slots=True, eq=False)  # the registry keeps it by what it is
class _Figures:
    """What is shown once, in Prometheus's words."""

    errors: Mapping[str, int]
    counted: Mapping[DeliveryState, int]
    lag: timedelta
    age: timedelta | None

    def collect(self) -> Iterator["Metric"]:
        """Yield each figure with what it means."""
        from prometheus_client.core import (  # noqa: PLC0415 (as said)
            CounterMetricFamily,
            GaugeMetricFamily,
        )

        errors = CounterMetricFamily(
            "attache_telegram_errors",
            "Refusals and failures on the way to Telegram, by type",
            labels=["type"],
        )
        for kind, number in self.errors.items():
            errors.add_metric([kind], number)
        yield errors
        parts = GaugeMetricFamily(
            "attache_deliveries", "Parts in the ledger, by state", labels=["state"]
        )
        for state in DeliveryState:
            parts.add_metric([state], self.counted.get(state, 0))
        yield parts
        yield GaugeMetricFamily(
            "attache_lag_seconds",
            "How long the longest due edition or part has been waiting",
            value=self.lag.total_seconds(),
        )
        yield GaugeMetricFamily(
            "attache_tick_age_seconds",
            "How long ago the last tick ended",
            value=self.age.total_seconds() if self.age is not None else float("nan"),
        )


def _read(db: Connection, now: datetime) -> tuple[dict[DeliveryState, int], timedelta]:
    waiting = [
        moment
        for moment in (subscriptions.longest_due(db), deliveries.longest_owed(db))
        if moment is not None and moment < now
    ]
    return deliveries.counted(db), max((now - moment for moment in waiting), default=timedelta())
