"""What the bot says to those who run it: reloads, broken summaries, its own state."""

from dataclasses import dataclass, fields
from datetime import date, timedelta

from bot.messages import dates
from bot.messages.help import how_much
from bot.messages.message import Message
from bot.messages.text import Text, blocks, bold, clip, count, lines
from store.errors import BrokenSummariesError
from store.knowledge.reload import Changes, Diff
from store.knowledge.sources import Counts

_MOST_PROBLEMS = 15
_LONGEST_PROBLEM = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How the bot is, at one moment."""

    version: str
    up: timedelta
    title: str
    counted: Counts
    as_of: date | None
    summaries: str
    database: str


def reloaded(diff: Diff) -> Message:
    """Say what a reload changed."""
    if not diff:
        return Message(Text() + "Nothing has changed.")
    return Message(blocks(bold("Reloaded"), lines(*diff_lines(diff))))


def diff_lines(diff: Diff) -> tuple[str, ...]:
    """Return a line for each kind that changed, as `people: 2 new, 1 changed`."""
    told = ["story.yaml: changed"] if diff.story else []
    for part in fields(diff):
        changes = getattr(diff, part.name)
        if isinstance(changes, Changes) and changes:
            told.append(f"{part.name}: {_changes(changes)}")
    return tuple(told)


def broken(error: BrokenSummariesError) -> Message:
    """Say which summaries break which rule, and that nothing was changed."""
    shown = error.problems[:_MOST_PROBLEMS]
    rest = len(error.problems) - len(shown)
    return Message(
        blocks(
            bold("Not reloaded: nothing has changed"),
            lines(*(clip(str(problem), _LONGEST_PROBLEM) for problem in shown)),
            f"and {rest} more; attache check lists them all" if rest else "",
        )
    )


def failed(reason: str) -> Message:
    """Say that the store could not do it, and why."""
    return Message(Text() + clip(reason, 1000))


def status(state: State) -> Message:
    """Show how the bot is."""
    counted = state.counted
    return Message(
        blocks(
            bold("Status"),
            lines(
                f"Attaché {state.version}, up {_duration(state.up)}",
                f"Story: {clip(state.title, 120)}",
                f"{how_much(counted, ', ')}, {count(counted.figures, 'figure')}",
                f"As of {dates.day(state.as_of)}" if state.as_of else "No sources",
                f"Summaries: {clip(state.summaries, 200)}",
                f"Database: {state.database}",
            ),
        )
    )


def _changes(changes: Changes) -> str:
    counted = {"new": changes.new, "changed": changes.changed, "gone": changes.gone}
    return ", ".join(f"{count} {name}" for name, count in counted.items() if count)


def _duration(value: timedelta) -> str:
    minutes = int(value.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    return f"{days} d {hours} h" if days else f"{hours} h {minutes % 60} min"
