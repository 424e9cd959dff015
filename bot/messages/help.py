"""What the bot says about itself: the greeting, the help, and what it does not know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.locales import _
from bot.messages import counts, dates
from bot.messages.callbacks import List, ListPage, TimelinePage
from bot.messages.message import Button, Message
from bot.messages.text import Text, blocks, bold, lines
from store.knowledge.sources import Counts
from store.knowledge.values import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A command as the help lists it; in English, and put into a language where it is shown."""

    name: str
    arguments: str
    description: str
    admin: bool


def nothing_loaded() -> Message:
    """Say that there is no story yet."""
    return Message(
        Text()
        + _(
            "I have no story yet: no summaries are loaded. An editor can put them into the "
            "folder and send /reload."
        )
    )


def start(story: Story, counted: Counts, *, as_of: date | None) -> Message:
    """Greet: which story this is, how much is known, and how to begin."""
    body = blocks(
        bold(story.title),
        story.intro,
        lines(how_much(counted, " · "), dates.as_of(as_of) if as_of else ""),
        _(
            "Ask for somebody with /who and a name, or just write what you look for. "
            "Every line has its source: press a [number] to open it."
        ),
    )
    first = (Button(_("Latest"), ListPage(List.LATEST)), Button(_("Timeline"), TimelinePage()))
    second = (
        Button(_("Quotes"), ListPage(List.QUOTES)),
        Button(_("Sources"), ListPage(List.SOURCES)),
        Button(_("Help"), ListPage(List.HELP)),
    )
    return Message(body, (first, second))


def how_much(counted: Counts, separator: str) -> str:
    """Return how much is known, kind by kind."""
    return separator.join(
        (
            counts.sources(counted.sources),
            counts.people(counted.people),
            counts.events(counted.events),
            counts.quotes(counted.quotes),
        )
    )


def commands(entries: Sequence[Entry], *, admin: bool) -> Message:
    """List what the bot answers to."""
    body = blocks(
        bold(_("What I answer to")),
        lines(*(_entry(entry) for entry in entries if not entry.admin)),
        lines(bold(_("For admins")), *(_entry(entry) for entry in entries if entry.admin))
        if admin
        else "",
        _(
            "Or ask in plain words: who is …, what did … say about …, when did … meet …, what "
            "happened last week, what is next. A [number] opens the source of its line."
        ),
    )
    return Message(body)


def unknown_command(name: str) -> Message:
    """Say that there is no such command."""
    return Message(
        Text() + _("I do not know /{name}. /help lists what I answer to.").format(name=name)
    )


def words_only() -> Message:
    """Say that only words can be answered."""
    return Message(Text() + _("I can read words only. Ask for a name, a place or a date."))


def admins_only() -> Message:
    """Say that a command is for admins."""
    return Message(Text() + _("That command is for this bot's admins."))


def page_gone() -> Message:
    """Say that a button's page has changed since it was sent."""
    return Message(Text() + _("This page has changed since then. /help lists what I answer to."))


def trouble() -> Message:
    """Say that something went wrong on our side."""
    return Message(
        Text() + _("Something went wrong on my side; it has been noted. Please try again.")
    )


def _entry(entry: Entry) -> str:
    arguments = _(entry.arguments) if entry.arguments else ""  # of "" gettext gives its head
    asked = f"/{entry.name} {arguments}".strip()
    return f"{asked} – {_(entry.description)}"
