"""What the bot says to those who run it: reloads, broken summaries, its own state."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from bot.locales import _, ngettext
from bot.messages import counts, dates
from bot.messages.callbacks import Reload
from bot.messages.help import how_much
from bot.messages.message import Button, Message
from bot.messages.text import Text, blocks, bold, clip, lines
from store.errors import BrokenSummariesError, Kind, LargeLossError, Loss
from store.knowledge.changes import Changes, Diff
from store.knowledge.sources import Counts

_MOST_PROBLEMS = 15
_MOST_NAMES = 5
_LONGEST_NAME = 120
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


def reloaded(diff: Diff, others: Sequence[str] = ()) -> Message:
    """Say what a reload changed, and which `others` in the folder are no summaries."""
    told = passed_over(others) if others else ""
    if not diff:
        return Message(blocks(_("Nothing has changed."), told))
    return Message(blocks(bold(_("Reloaded")), lines(*diff_lines(diff)), told))


def passed_over(names: Sequence[str]) -> str:
    """Say which files of a folder of summaries were not read."""
    shown = ", ".join(clip(name, _LONGEST_NAME) for name in names[:_MOST_NAMES])
    more = f"{shown} \u2026" if len(names) > _MOST_NAMES else shown
    return ngettext(
        "{n} file there is no summary, and was passed over: {names}",
        "{n} files there are no summaries, and were passed over: {names}",
        len(names),
    ).format(n=dates.number(len(names)), names=more)


def reloaded_by_itself(diff: Diff) -> Message:
    """Say what changed when the files did."""
    return Message(
        blocks(bold(_("Reloaded, for the files have changed")), lines(*diff_lines(diff)))
    )


def undone(diff: Diff) -> Message:
    """Say what going back changed, and how it goes on."""
    return Message(
        blocks(
            bold(_("The last reload is undone")),
            lines(*diff_lines(diff)),
            _(
                "The files are as they were, and are read again when they change or at /reload. "
                "/reload undo goes forward again."
            ),
        )
    )


def undone_before() -> Message:
    """Say that this was done already: the bot was ended before it could say so."""
    return Message(Text() + _("That is done already; /status tells where the story stands."))


def nothing_to_undo() -> Message:
    """Say that no reload has changed anything."""
    return Message(Text() + _("There is no reload to undo."))


def ask_about_losses(error: LargeLossError) -> Message:
    """Say how much a reload would remove, and ask for the word that does it."""
    return Message(
        blocks(
            bold(_("Not reloaded yet: nothing has changed")),
            lines(_("It would remove:"), *map(_loss, error.losses)),
            _("Is that meant? A folder that is half copied or not mounted looks the same."),
        ),
        (
            (
                Button(_("Reload all the same"), Reload(error.reading, sure=True)),
                Button(_("Leave it"), Reload(error.reading, sure=False)),
            ),
        ),
    )


def left_as_it_was() -> Message:
    """Say that nothing is removed."""
    return Message(
        Text() + _("Nothing has changed. The files are read again when they change or at /reload.")
    )


def _loss(loss: Loss) -> str:
    words = {
        Kind.SOURCES: ngettext("{gone} of {n} source", "{gone} of {n} sources", loss.known),
        Kind.PEOPLE: ngettext("{gone} of {n} person", "{gone} of {n} people", loss.known),
        Kind.EVENTS: ngettext("{gone} of {n} event", "{gone} of {n} events", loss.known),
        Kind.QUOTES: ngettext("{gone} of {n} quote", "{gone} of {n} quotes", loss.known),
    }
    return words[loss.kind].format(gone=loss.gone, n=loss.known)


def diff_lines(diff: Diff) -> tuple[str, ...]:
    """Return a line for each kind that changed, as `people: 2 new, 1 changed`."""
    told = [_("story.yaml: changed")] if diff.story else []
    kinds = {
        "documents": _("documents"),
        "people": _("people"),
        "events": _("events"),
        "quotes": _("quotes"),
        "figures": _("figures"),
        "subjects": _("subjects"),
    }
    for part in fields(diff):
        changes = getattr(diff, part.name)
        if isinstance(changes, Changes) and changes:
            told.append(f"{kinds[part.name]}: {_changes(changes)}")
    return tuple(told)


def broken(error: BrokenSummariesError) -> Message:
    """Say which summaries break which rule, and that nothing was changed."""
    shown = error.problems[:_MOST_PROBLEMS]
    rest = len(error.problems) - len(shown)
    return Message(
        blocks(
            bold(_("Not reloaded: nothing has changed")),
            lines(*(clip(str(problem), _LONGEST_PROBLEM) for problem in shown)),
            _("and {n} more; attache check lists them all").format(n=rest) if rest else "",
        )
    )


def trouble(error: BrokenSummariesError | LargeLossError) -> Message:
    """Say why the files were not loaded."""
    return broken(error) if isinstance(error, BrokenSummariesError) else ask_about_losses(error)


def failed(reason: str) -> Message:
    """Say that the store could not do it, and why."""
    return Message(Text() + clip(reason, 1000))


def status(state: State) -> Message:
    """Show how the bot is."""
    counted = state.counted
    return Message(
        blocks(
            bold(_("Status")),
            lines(
                _("Attaché {version}, up {time}").format(
                    version=state.version, time=_duration(state.up)
                ),
                _("Story: {title}").format(title=clip(state.title, 120)),
                f"{how_much(counted, ', ')}, {counts.figures(counted.figures)}",
                _("As of {day}").format(day=dates.day(state.as_of))
                if state.as_of
                else _("No sources"),
                _("Summaries: {folders}").format(folders=clip(state.summaries, 200)),
                _("Database: {size}").format(size=state.database),
            ),
        )
    )


def _changes(changes: Changes) -> str:
    counted = (
        (changes.new, ngettext("{n} new", "{n} new", changes.new)),
        (changes.changed, ngettext("{n} changed", "{n} changed", changes.changed)),
        (changes.gone, ngettext("{n} gone", "{n} gone", changes.gone)),
    )
    return ", ".join(words.format(n=n) for n, words in counted if n)


def _duration(value: timedelta) -> str:
    minutes = int(value.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return _("{d} d {h} h").format(d=days, h=hours)
    return _("{h} h {min} min").format(h=hours, min=minutes % 60)
