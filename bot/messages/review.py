"""What the bot shows of an entry that waits for an admin's review."""

from typing import TYPE_CHECKING

from bot.locales import _, ngettext
from bot.messages.callbacks import Review, ReviewAct
from bot.messages.dates import number
from bot.messages.message import Button, Message
from bot.messages.text import Text, blocks, bold, clip, italic, lines
from store.ingest.fields import Plain

if TYPE_CHECKING:
    from store.ingest.review_files import Shown

_LONGEST = 700
_LONGEST_OF_ALL = 1800
_LONGEST_NAME = 160
_MOST_FIELDS = 12
_NOT_SHOWN = frozenset({"from", "sure", "review"})


def entry(shown: "Shown", note: str = "") -> Message:
    """Show an entry: what, the sentence it came from, how sure, and where it stands."""
    fields = shown.entry.fields
    told = [
        f"{name}: {clip(_plain(value), _LONGEST)}"
        for name, value in fields.items()
        if name not in _NOT_SHOWN and value not in (None, [])
    ]
    origin = _plain(fields.get("from"))
    here = ngettext(
        "{n} entry waits in this file", "{n} entries wait in this file", shown.in_file
    ).format(n=number(shown.in_file))
    return Message(
        blocks(
            note,
            bold(_kind(shown.entry.at.kind)),
            clip("\n".join(told[:_MOST_FIELDS]), _LONGEST_OF_ALL),
            lines(_("It was read from:"), italic(clip(origin, _LONGEST))) if origin else "",
            lines(_sure(_plain(fields.get("sure"))), _where(shown), here),
        ),
        (
            (
                Button(_("Keep"), _press(shown, ReviewAct.KEEP)),
                Button(_("Drop"), _press(shown, ReviewAct.DROP)),
            ),
            (
                Button(_("Edit"), _press(shown, ReviewAct.EDIT)),
                Button(_("Next one"), _press(shown, ReviewAct.NEXT)),
            ),
        ),
    )


def nothing_waits() -> Message:
    """Say that there is nothing to review."""
    return Message(Text() + _("No entry waits for review."))


def kept() -> str:
    """Return that an entry was kept."""
    return _("Kept. Readers see it once the files are read again, by themselves or at /reload.")


def dropped() -> str:
    """Return that an entry was taken out."""
    return _("Dropped: it is out of the file.")


def how_to_edit(shown: "Shown") -> str:
    """Return where an entry is to be edited, and how."""
    return _(
        "Open {file} at line {line}, change the entry, and take its line “review: true” away."
    ).format(file=clip(shown.file.name, _LONGEST_NAME), line=shown.entry.line)


def changed() -> str:
    """Return that the file is no more what was shown. It fits into a toast."""
    return _("This file has changed since it was shown: nothing was done. Send /review again.")


def not_by_itself() -> str:
    """Return that only an editor can change an entry. It fits into a toast."""
    return _("This entry is written so that only an editor can change it. Edit says where.")


def not_written() -> str:
    """Return that a file cannot be changed. It fits into a toast."""
    return _("The file cannot be written: nothing was done. Check whether the bot may write it.")


def _press(shown: "Shown", act: ReviewAct) -> Review:
    return Review(act, shown.file.key, shown.entry.number, shown.mark)


def _kind(kind: str) -> str:
    return {
        "people": _("Is this person right?"),
        "events": _("Is this event right?"),
        "quotes": _("Is this quote right?"),
        "figures": _("Is this figure right?"),
    }[kind]


def _sure(sure: str) -> str:
    return {
        "sure": _("How sure: sure"),
        "likely": _("How sure: likely"),
        "unsure": _("How sure: unsure"),
    }.get(sure, _("How sure: not said"))


def _where(shown: "Shown") -> str:
    return _("{file}, line {line}").format(
        file=clip(shown.file.name, _LONGEST_NAME), line=shown.entry.line
    )


def _plain(value: Plain) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return value if isinstance(value, str) else ""
