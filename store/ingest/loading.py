"""Loading: from the folder of summaries into the knowledge, whole or not at all."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from pydantic import ValidationError

from store.database import Database
from store.errors import BrokenSummariesError, LargeLossError, NothingToUndoError
from store.ingest import origin, programs
from store.ingest.apart import apart
from store.ingest.folders import Listed
from store.ingest.watching import Look, look_at
from store.knowledge import files as known_files
from store.knowledge.changes import Diff, uncounted
from store.knowledge.changes import Tick as MadeTick
from store.knowledge.files import Files
from store.knowledge.schema import open_knowledge

if TYPE_CHECKING:
    # Loaded with the first change to be read: most starts find none.
    from store.ingest.applying import Kept
    from store.ingest.reading import FileReader, Found, Fresh

P = ParamSpec("P")
T = TypeVar("T")

Trouble = BrokenSummariesError | LargeLossError
MANY = 1_000  # files; fewer are looked at in less time than a process takes to begin
Tick = Callable[[bool], object]  # told of each file, and whether it was read


def _uncounted(read: bool) -> None:  # noqa: FBT001 (told of each file)
    """Count nothing."""


def packaged_summaries() -> Path:
    """Return the folder of the story that comes with the program."""
    return Path(str(files("seeds")))


def made_by(day: date | None) -> str:
    """Return what stands for all that the knowledge depends on beside the files."""
    return f"{programs.assembler()} {day or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loader:
    """Makes the knowledge equal to the files, and remembers which those are.

    Summaries loaded from a folder named by hand stay the story until another
    folder is named or the configured one is changed. Where `published_by` names a
    day, only what was published by then is known: a story that replays.

    With `apart_from` so many files or more it works in a process of its own, where those who
    ask meanwhile do not wait for it; nobody is told how far it is.
    """

    knowledge: Database
    configured: Path
    published_by: Callable[[], date | None] = lambda: None
    reader: "Callable[..., FileReader] | None" = None  # another than the usual one
    apart_from: int | None = None
    _alone: asyncio.Lock = field(default_factory=asyncio.Lock, init=False, compare=False)
    # What was read and not loaded, for something else was broken: not read again either.
    _unkept: "dict[bytes, Fresh]" = field(default_factory=dict, init=False, compare=False)

    async def paths(self) -> tuple[Path, ...]:
        """Return where the story's summaries are read from."""
        return await self.knowledge.read(origin.paths_of, self.configured)

    async def load(
        self,
        paths: Sequence[Path] | None = None,
        *,
        skip_broken: bool = False,
        sure: bool = False,
        agreed: str = "",
        tick: Tick = _uncounted,
        made: MadeTick = uncounted,
    ) -> Diff:
        """Make the knowledge equal to the summaries; return what changed.

        Raises `BrokenSummariesError`, with nothing changed, where a summary breaks a
        rule; with `skip_broken` the others are loaded. Raises `LargeLossError`, with
        nothing changed, where much would go, unless somebody is `sure` or has `agreed`
        to what the files say. `tick` is told of each file, `made` of the sources made of them.
        """
        chosen = tuple(path.absolute() for path in paths or ()) or await self.paths()
        ask = _Ask(paths=chosen, skip_broken=skip_broken, sure=sure, agreed=agreed)
        async with self._alone:
            return await self._have(chosen, Loader._load, ask, tick, made)

    async def follow(self, paths: Sequence[Path] | None = None, *, sure: bool = False) -> Diff:
        """Load without being asked: not what was undone or left, until the files change again.

        Raises what `load` does.
        """
        chosen = tuple(path.absolute() for path in paths or ()) or await self.paths()
        async with self._alone:
            ask = _Ask(paths=chosen, sure=sure, by_itself=True)
            return await self._have(chosen, Loader._load, ask)

    async def show(self) -> Diff:
        """Know of the files, as they were read last, what is published by now."""
        async with self._alone:
            return await self._have((), Loader._show)

    async def leave(self, reading: str) -> None:
        """Load what the files say, where `reading` stands for it, only when asked to again."""
        async with self._alone:
            await self.knowledge.write(known_files.note, held=reading)

    async def undo(self, *, by: str) -> Diff | None:
        """Bring back what was known before the last reload that changed files; return the diff.

        Undone again, it goes forward. The files stay as they are, and are loaded when they
        change or somebody asks. The request `by` is carried out once: None the next time.
        Raises `NothingToUndoError`.
        """
        async with self._alone:
            return await self._have((), Loader._undo, by)

    async def look(self) -> Look:
        """Look at the files, without reading them."""
        return await asyncio.to_thread(look_at, await self.paths())

    async def tell_once(self, mark: str) -> bool:
        """Tell whether admins are still to be told of the trouble with a folder that looks so."""
        async with self._alone:  # another process may be writing
            return await self.knowledge.write(known_files.tell_once, mark)

    async def published(self) -> tuple[date, ...]:
        """Return the days on which the story's sources were published, in their order."""
        return tuple(await self.knowledge.read(known_files.days))

    async def load_at_start(
        self, paths: Sequence[Path] | None = None, *, sure: bool = False
    ) -> Trouble | None:
        """Load; where the summaries are in trouble but were loaded before, keep what is known.

        Returns the trouble in that case, for the operator to be told; raises it where
        nothing is known, or something from elsewhere.
        """
        chosen = tuple(path.absolute() for path in paths or ()) or await self.paths()
        ask = _Ask(paths=chosen, sure=sure, by_itself=True)
        try:
            if await self._is_loaded(ask, await asyncio.to_thread(look_at, chosen)):
                await self._remember(chosen)  # no process is begun to find that out
            else:
                await self.follow(chosen, sure=sure)
        except (BrokenSummariesError, LargeLossError) as trouble:
            if await self.knowledge.read(origin.loaded_from) != chosen:
                raise
            await self.show()
            await self._remember(chosen)
            return trouble
        return None

    def _kept(self, paths: tuple[Path, ...], **what: Any) -> "Kept":  # noqa: ANN401 (of Kept)
        """Return what is written down of a load now."""
        from store.ingest.applying import Kept  # noqa: PLC0415 (see above)

        day = self.published_by()
        maker = made_by(day)
        return Kept(configured=self.configured, paths=paths, maker=maker, day=day, **what)

    async def _load(self, ask: "_Ask", tick: Tick = _uncounted, made: MadeTick = uncounted) -> Diff:
        look, listed = await self._look_at(ask.paths)
        if await self._is_loaded(ask, look):
            await self._remember(ask.paths)
            return Diff()
        from store.ingest import applying  # noqa: PLC0415 (see above)

        kept = self._kept(ask.paths, seen="")
        state = await self.knowledge.read(known_files.state)
        same_place = await self.knowledge.read(origin.loaded_from) == ask.paths
        found, known = await self._find(listed, tick)
        if ask.by_itself and same_place and found.mark == state.held:
            await self._remember(ask.paths)
            return await self._show()
        found.reading.whole(skip_broken=ask.skip_broken)
        kept = replace(
            kept,
            seen=look.mark if look.settled and not found.reading.problems else "",
            agreed=ask.sure or ask.agreed == found.mark or ask.is_another(same_place),
            tick=made,
        )
        try:
            diff = await self.knowledge.write(applying.keep, found, known, state, kept)
        except applying.OutdatedError:
            return await self._load(ask, tick, made)
        self._unkept.clear()
        return diff

    async def _is_loaded(self, ask: "_Ask", look: Look) -> bool:
        """Tell whether files that look so are loaded, as far as it is asked for."""
        state = await self.knowledge.read(known_files.state)
        maker = made_by(self.published_by())
        return (
            await self.knowledge.read(origin.loaded_from) == ask.paths
            and (look.mark, maker) == (state.seen, state.maker)
            and (ask.by_itself or not state.held)
        )

    async def _remember(self, paths: tuple[Path, ...]) -> None:
        """Remember `paths` also where nothing was loaded: it may have been configured otherwise."""
        if not await self.knowledge.read(origin.is_origin, self.configured, paths):
            await self.knowledge.write(origin.remember, self.configured, paths)

    async def _show(self) -> Diff:
        from store.ingest import applying  # noqa: PLC0415 (see above)

        paths = await self.knowledge.read(origin.loaded_from)
        try:
            return await self.knowledge.write(applying.show, self._kept(paths, seen=""))
        except ValidationError:  # kept by another version, and now held or in trouble
            return Diff()

    async def _undo(self, by: str) -> Diff | None:
        from store.ingest import applying  # noqa: PLC0415 (see above)

        state = await self.knowledge.read(known_files.state)
        if state.undone_by == by:
            return None
        if state.paths_before is None:
            raise NothingToUndoError
        paths = origin.split(state.paths_before)
        look, listed = await self._look_at(paths)
        found, _ = await self._find(listed, _uncounted)
        kept = self._kept(paths, seen=look.mark if look.settled else "")
        return await self.knowledge.write(applying.undo, by=by, kept=kept, held=found.mark)

    async def _have(
        self,
        paths: Sequence[Path],
        work: Callable[Concatenate["Loader", P], Coroutine[Any, Any, T]],
        *given: P.args,
        **named: P.kwargs,
    ) -> T:
        """Have some work done: apart, where the story or what is at `paths` is of many files."""
        if self.apart_from is None or not await self._are_many(paths, self.apart_from):
            return await work(self, *given, **named)
        day = self.published_by()
        return await apart(_work, self.knowledge.path, self.configured, day, work, given, named)

    async def _are_many(self, paths: Sequence[Path], number: int) -> bool:
        known = await self.knowledge.read(known_files.are_many, number)
        return known or (await asyncio.to_thread(look_at, paths)).files >= number

    async def _look_at(self, paths: Sequence[Path]) -> tuple[Look, list[Listed]]:
        """Look at the files; return how all look, and each."""
        listed: list[Listed] = []
        return await asyncio.to_thread(look_at, paths, see=listed.append), listed

    async def _find(self, listed: Sequence[Listed], tick: Tick) -> "tuple[Found, Files]":
        """Return what the files say that were looked at, and what was known of them."""
        known = await self.knowledge.read(known_files.read_files)
        from store.ingest.reading import FileReader  # noqa: PLC0415 (see above)

        reader = (self.reader or FileReader)(known=known, unkept=dict(self._unkept), tick=tick)
        try:
            return await asyncio.to_thread(reader.read, listed), known
        except asyncio.CancelledError:
            reader.stopped.set()  # the thread would read on
            raise
        finally:
            self._unkept.update(reader.fresh)


def _work(
    knowledge: Path,
    configured: Path,
    day: date | None,
    work: Callable[..., Coroutine[Any, Any, T]],
    given: Sequence[object],
    named: Mapping[str, object],
) -> T:
    """Do what a loader was asked for, in a process of its own."""
    opened = open_knowledge(knowledge, readers=1)
    try:
        loader = Loader(knowledge=opened, configured=configured, published_by=lambda: day)
        return asyncio.run(work(loader, *given, **named))
    finally:
        opened.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    """What is to be loaded, and how."""

    paths: tuple[Path, ...]
    skip_broken: bool = False
    sure: bool = False
    agreed: str = ""
    by_itself: bool = False

    def is_another(self, same_place: bool) -> bool:  # noqa: FBT001 (one of two)
        """Tell whether a folder was named that is another story: what goes is meant to go.

        A single file named is as likely meant to be added, which it would not be.
        """
        return not same_place and all(path.is_dir() for path in self.paths)
