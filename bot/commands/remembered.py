"""Answers that are kept until the knowledge changes: what many ask is made once.

Only what depends on nothing but the knowledge, the words asked and the language: nothing of a
chat, and nothing of the time of day.
"""

from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from bot.locales import spoken
from store.database import Connection, Database
from store.knowledge.remembering import version

T = TypeVar("T")

_MOST = 300  # answers; beyond, all are made again


@dataclass(slots=True)
class Remembered(Generic[T]):
    """Answers to one kind of question."""

    _known: dict[Hashable, T] = field(default_factory=dict)

    def of(self, db: Connection, about: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes of the knowledge that `db` sees; `about` is the question."""
        key = (version(db), spoken(), about)
        if key in self._known:
            return self._known[key]
        return self._keep(key, make())

    async def told(
        self, knowledge: Database, about: Hashable, make: Callable[[], Coroutine[Any, Any, T]]
    ) -> T:
        """Return the same of what takes several looks, which are all of the same moment."""

        async def answer() -> T:
            key = (await knowledge.read(version), spoken(), about)
            if key in self._known:
                return self._known[key]
            return self._keep(key, await make())

        return await knowledge.read_together(answer)

    def _keep(self, key: Hashable, made: T) -> T:
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[key] = made
        return made
