"""What several sources tell, made again where some of them say something else now.

Of the events, quotes and figures of these sources each is made of all who tell it: their
summaries are looked up, and nobody else's.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from store.database import Connection
from store.knowledge.making.assembly import (
    event_record,
    figure_record,
    quote_records,
)
from store.knowledge.making.equalising import Touched, among, equalise
from store.knowledge.making.happenings import is_one
from store.knowledge.making.near import Near
from store.knowledge.making.outcomes import Dated, Told, dated, note_borne_out
from store.knowledge.making.said import Context, Said
from store.knowledge.making.stated import Shelf
from store.knowledge.making.tellings import Giving, Worded, events_of, worded
from store.knowledge.values import StatedFigure, StatedQuote


@dataclass(slots=True)
class Merger:
    """Makes again what some sources tell or told, with all others who tell it."""

    db: Connection
    context: Context
    shelf: Shelf
    touched: Mapping[str, Touched]
    leaving: Collection[str]  # sources that tell nothing any more
    kept: dict[str, set[str]] | None = None  # the keys of what there is to be, if all is made
    before: list[Dated] | None = field(default_factory=list)  # events as they were; None: unasked

    def merge(self, sources: Collection[str], saids: Mapping[str, Said]) -> None:
        """Make again what `sources` told, and what those of them tell that still do."""
        self._events(sources, saids)
        self._quotes(sources, saids)
        self._figures(sources, saids)

    def merge_events(self, events: Collection[str]) -> None:
        """Make some events again."""
        self._write_events(set(events), set(), {})

    def _take(self, sources: Iterable[str], saids: Mapping[str, Said]) -> dict[str, Said]:
        others = {key for key in sources if key not in saids and key not in self.leaving}
        return {**saids, **self.shelf.take(sorted(others))}

    def _keep(self, kind: str, keys: Iterable[str]) -> None:
        if self.kept is not None:
            self.kept[kind].update(keys)

    def _events(self, sources: Collection[str], saids: Mapping[str, Said]) -> None:
        told = {key for said in saids.values() for key, _ in said.events}
        old = among(
            self.db, "SELECT DISTINCT event FROM event_source WHERE source IN keys", sources
        )
        old += among(self.db, "SELECT key FROM event WHERE key IN keys", told)
        old += among(self.db, "SELECT event FROM event_source WHERE telling IN keys", told)
        self._write_events({row[0] for row in old}, told, saids)

    def _write_events(self, events: set[str], told: set[str], saids: Mapping[str, Said]) -> None:
        """Make events again, and what is `told` now, with all that these may be one with."""
        fresh = self._worded(events, told, saids)
        found = {each.telling.key: each for each in fresh}
        near = Near(self.db)
        while fresh:
            maybe = near.to([each.telling for each in fresh], events)
            fresh = []
            for event, others in self._worded_by_event(maybe, saids).items():
                if any(is_one(one, other.telling) for one in maybe[event] for other in others):
                    events = events | {event}
                    fresh += others
            found |= {each.telling.key: each for each in fresh}
        self._equalise_events(events, events_of(found.values()))

    def _equalise_events(self, keys: set[str], made: list[Told]) -> None:
        note_borne_out(self.db, keys, self.touched["outcome"])
        if self.before is not None:
            self.before += dated(self.db, keys)
        self._keep("event", (event.key for event in made))
        equalise(
            self.db,
            "event",
            keys | {event.key for event in made},
            (event_record(event, self.context) for event in made),
            self.touched["event"],
        )

    def _worded(
        self, events: Collection[str], told: Collection[str], saids: Mapping[str, Said]
    ) -> list[Worded]:
        """Return what is `told`, and all tellings of the events that were."""
        rows = among(
            self.db,
            "SELECT source, IFNULL(telling, event) FROM event_source WHERE event IN keys",
            events,
        )
        wanted = {*told, *events, *(telling for _, telling in rows)}
        given: dict[str, list[Giving]] = defaultdict(list)
        for said in self._take({source for source, _ in rows}, saids).values():
            for key, event in said.events:
                if key in wanted:
                    given[key].append((said, event))
        return [worded(key, givings, self.context) for key, givings in given.items()]

    def _worded_by_event(
        self, events: Collection[str], saids: Mapping[str, Said]
    ) -> dict[str, list[Worded]]:
        rows = among(
            self.db,
            "SELECT DISTINCT IFNULL(telling, event), event FROM event_source WHERE event IN keys",
            events,
        )
        home = dict(rows) | {event: event for event in events}
        found: dict[str, list[Worded]] = defaultdict(list)
        for each in self._worded(events, (), saids) if events else ():
            found[home[each.telling.key]].append(each)
        return found

    def _quotes(self, sources: Collection[str], saids: Mapping[str, Said]) -> None:
        words = {key for said in saids.values() for key, _, _ in said.quotes}
        words |= {
            row[0]
            for row in among(
                self.db,
                "SELECT words FROM quote JOIN quote_source ON quote = quote.key "
                "WHERE source IN keys",
                sources,
            )
        }
        old = among(
            self.db,
            "SELECT quote.key, source FROM quote JOIN quote_source ON quote = quote.key "
            "WHERE words IN keys",
            words,
        )
        tellers = self._take({source for _, source in old}, saids)
        given: dict[str, list[tuple[Said, StatedQuote]]] = defaultdict(list)
        for said in tellers.values():
            for key, compared, quote in said.quotes:
                if key in words:
                    given[compared].append((said, quote))
        made = [
            record
            for compared, givings in given.items()
            for record in quote_records(compared, givings, self.context)
        ]
        self._keep("quote", (record.key for record in made))
        keys = {key for key, _ in old} | {record.key for record in made}
        equalise(self.db, "quote", keys, made, self.touched["quote"])

    def _figures(self, sources: Collection[str], saids: Mapping[str, Said]) -> None:
        keys = {key for said in saids.values() for key, _ in said.figures}
        keys |= {
            row[0]
            for row in among(
                self.db, "SELECT figure FROM figure_source WHERE source IN keys", sources
            )
        }
        rows = among(self.db, "SELECT source FROM figure_source WHERE figure IN keys", keys)
        tellers = self._take({row[0] for row in rows}, saids)
        given: dict[str, list[tuple[Said, StatedFigure]]] = defaultdict(list)
        for said in tellers.values():
            for key, figure in said.figures:
                if key in keys:
                    given[key].append((said, figure))
        self._keep("figure", given)
        made = (figure_record(key, givings, self.context) for key, givings in given.items())
        equalise(self.db, "figure", keys, made, self.touched["figure"])
