"""A timeline as a file: a calendar (.ics), a table (.csv) or Markdown; and what is said beside it.

Pure: events in, bytes out. Whatever the texts hold, they stay texts: no field of a calendar, no
formula of a spreadsheet, no markup.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.locales import _
from bot.messages import counts, dates
from bot.messages.callbacks import Export, ExportFormat, TimelinePage
from bot.messages.events import LONGEST_NAME, event_note
from bot.messages.message import Button, Keyboard, Message
from bot.messages.text import Text, clip
from store.knowledge.sources import Source
from store.knowledge.timeline import Event
from store.knowledge.values import Basis, Status
from store.text import fold

LONGEST_CAPTION = 1024  # units
_LONGEST_NAME_OF_FILE = 60
_FORMULA = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")  # the last four are wide ones
# What means something inside a line of Markdown; what does only at its start is never there.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&!$@:^={}])|(?<=www)\.", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\\]+")
# Names of a table's columns are for programs: the same in every language.
COLUMNS = (
    *("from", "to", "precision", "status", "text", "place", "people"),
    *("date_basis", "date_because", "disputed", "sources", "documents", "key"),
)
_ENDINGS = {
    ExportFormat.CALENDAR: "ics",
    ExportFormat.TABLE: "csv",
    ExportFormat.TEXT: "md",
}
_WORDS = {
    "ics": ExportFormat.CALENDAR,
    "ical": ExportFormat.CALENDAR,
    "calendar": ExportFormat.CALENDAR,
    "csv": ExportFormat.TABLE,
    "md": ExportFormat.TEXT,
    "markdown": ExportFormat.TEXT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A timeline to be written to a file: its events and the sources behind them, by key."""

    title: str  # of which events it is; "" for all
    story: str
    as_of: date
    events: tuple[Event, ...]
    sources: Mapping[str, Source]
    total: int  # events that there are; the newest of them are in the file


def read_format(asked: str) -> tuple[str, ExportFormat | None]:
    """Return what `asked` is about, and the format that its last word names, if any."""
    rest, _space, last = asked.rpartition(" ")
    kind = _WORDS.get(last.casefold().removeprefix("."))
    return (rest.strip(), kind) if kind else (asked, None)


def file_of(exported: Exported, kind: ExportFormat, *, now: datetime) -> bytes:
    """Return the content of the file. Slow where there are many events."""
    match kind:
        case ExportFormat.CALENDAR:
            return _calendar(exported, now)
        case ExportFormat.TABLE:
            return _table(exported)
        case ExportFormat.TEXT:
            return _markdown(exported)


def file_name(title: str, kind: ExportFormat) -> str:
    """Return a name that every file system takes."""
    words = "-".join(fold(f"timeline {title}").split())[:_LONGEST_NAME_OF_FILE].rstrip("-")
    return f"{words}.{_ENDINGS[kind]}"


def caption(exported: Exported) -> str:
    """Return what stands below the file."""
    words = [
        _("Timeline") + (f" · {clip(exported.title, 3 * LONGEST_NAME)}" if exported.title else ""),
        counts.events(len(exported.events)),
        dates.as_of(exported.as_of),
    ]
    if exported.total > len(exported.events):
        words[1] = _("the newest {n} of {total} events").format(
            n=dates.number(len(exported.events)), total=dates.number(exported.total)
        )
    return clip(" · ".join(words), LONGEST_CAPTION)


def which_format(title: str, scope: str) -> Message:
    """Ask for the format of a timeline's file."""
    words = (
        _("The timeline of {title} as a file: which kind?").format(
            title=clip(title, 4 * LONGEST_NAME)
        )
        if title
        else _("The timeline as a file: which kind?")
    )
    return Message(Text() + words, _formats(scope))


def which(asked: str, choices: Sequence[tuple[str, str]], kind: ExportFormat | None) -> Message:
    """Ask which of several (name, scope) is meant."""
    body = Text() + _("“{words}” fits several timelines. Which one?").format(
        words=clip(asked, LONGEST_NAME)
    )
    return Message(
        body,
        tuple((Button(clip(name, LONGEST_NAME), Export(scope, kind)),) for name, scope in choices),
    )


def no_events(title: str) -> Message:
    """Say that there is nothing to put into a file."""
    words = (
        _("I have nothing on that: {title}.").format(title=clip(title, 4 * LONGEST_NAME))
        if title
        else _("I have nothing on that.")
    )
    return Message(Text() + words, ((Button(_("Timeline"), TimelinePage()),),))


def too_old() -> str:
    """Say that a button is too old to be answered."""
    return _("This is too old to be pressed. Please send /export again.")


def _formats(scope: str) -> Keyboard:
    return (
        (
            Button(_("Calendar (.ics)"), Export(scope, ExportFormat.CALENDAR)),
            Button(_("Table (.csv)"), Export(scope, ExportFormat.TABLE)),
            Button(_("Text (.md)"), Export(scope, ExportFormat.TEXT)),
        ),
    )


def _calendar(exported: Exported, now: datetime) -> bytes:
    import icalendar  # noqa: PLC0415 (slow to import, and seldom needed)

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Attache//Timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _title(exported))
    for event in exported.events:
        entry = icalendar.Event()
        entry.add("uid", f"{event.key}@attache")
        entry.add("dtstamp", now)
        entry.add("dtstart", event.when.start)
        if event.when.end < date.max:
            entry.add("dtend", event.when.end + timedelta(days=1))  # the first day after it
        entry.add("summary", event.text)
        if event.place:
            entry.add("location", event.place)
        entry.add("description", "\n".join(_facts(event, exported)))
        is_plan = event.status is Status.PLANNED
        entry.add("status", "TENTATIVE" if is_plan else "CONFIRMED")
        entry.add("transp", "TRANSPARENT")  # takes none of its owner's time
        calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content


def _table(exported: Exported) -> bytes:
    lines = io.StringIO(newline="")
    table = csv.writer(lines)
    table.writerow(COLUMNS)
    for event in exported.events:
        table.writerow(map(harmless, _cells(event, exported)))
    # With the mark by which spreadsheets know UTF-8.
    return lines.getvalue().encode("utf-8-sig")


def _cells(event: Event, exported: Exported) -> Iterator[str]:
    yield event.when.start.isoformat()
    yield event.when.end.isoformat()
    yield event.when.precision
    yield event.status
    yield event.text
    yield event.place or ""
    yield "; ".join(person.name for person in event.people)
    yield event.basis
    yield event.because or ""
    yield event.dispute or ""
    yield "; ".join(
        f"[{cited.n}] {cited.outlet}, {cited.published.isoformat()}" for cited in event.sources
    )
    documents = (exported.sources[cited.key].document for cited in event.sources)
    yield "; ".join(filter(None, documents))
    yield event.key


def harmless(cell: str) -> str:
    """Return `cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.lstrip(" ")[:1] in _FORMULA else cell


def _markdown(exported: Exported) -> bytes:
    as_of = dates.as_of(exported.as_of)
    lines = [f"# {escaped(_title(exported))}", "", escaped(as_of), ""]
    for event in exported.events:
        place = f" ({escaped(event.place)})" if event.place else ""
        note = f" · *{escaped(_said(event, exported))}*" if _said(event, exported) else ""
        cited = "".join(rf"\[{source.n}\]" for source in event.sources)
        lines.append(
            f"- **{escaped(dates.when(event.when))}** {escaped(event.text)}{place}{note} {cited}"
        )
    lines += ["", "## " + escaped(_("Sources")), ""]
    for source in sorted(exported.sources.values(), key=lambda known: known.citation.n):
        lines.append(f"- {_source_line(source)}")
    return ("\n".join(lines) + "\n").encode()


def _source_line(source: Source) -> str:
    cited = source.citation
    words = f"[{cited.n}] {source.title}. {cited.outlet}, {dates.day(cited.published)}"
    document = source.document or ""
    if _ADDRESS.fullmatch(document):
        return f"{escaped(words)} <{document}>"
    return escaped(f"{words}. {document}" if document else words)


def escaped(text: str) -> str:
    r"""Return `text` so that Markdown shows it as it is: `*` as `\*`."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", text)


def _title(exported: Exported) -> str:
    return f"{exported.story} · {exported.title}" if exported.title else exported.story


def _said(event: Event, exported: Exported) -> str:
    """Say whether an event is planned, whether the sources differ, and how sure its day is."""
    facts = [event_note(event, exported.as_of)]
    if event.dispute:
        facts.append(_("the sources differ"))
    if event.basis is Basis.RESOLVED:
        facts.append(_("date resolved"))
    elif event.basis is Basis.INFERRED:
        facts.append(_("date inferred"))
    return ", ".join(filter(None, facts))


def _facts(event: Event, exported: Exported) -> Iterator[str]:
    """Yield what a calendar shows below an event's title."""
    said = _said(event, exported)
    yield f"{dates.when(event.when)} · {said}" if said else dates.when(event.when)
    if event.because and event.basis is not Basis.STATED:
        yield event.because
    yield from _named(exported.sources[cited.key] for cited in event.sources)


def _named(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        cited = source.citation
        parts = (
            f"[{cited.n}] {source.title}",
            f"{cited.outlet}, {dates.day(cited.published)}",
            source.document or "",
        )
        yield ". ".join(filter(None, parts))
