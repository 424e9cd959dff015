"""What the bot says to an admin who has sent an article: its draft, or why there is none."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.locales import _, ngettext
from bot.messages import counts
from bot.messages.dates import number
from bot.messages.message import Message
from bot.messages.text import Text, blocks, bold, clip, lines
from store.text import fold

if TYPE_CHECKING:
    from store.ingest.draft_values import DraftSummary

_LONGEST_TITLE = 160
_LONGEST_REASON = 400
_LONGEST_SLUG = 60
_NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft as it is handed over: the file, and what is said of it."""

    file_name: str
    content: bytes
    message: Message


def file_name(title: str, published: date) -> str:
    """Return what the file of a draft is called."""
    slug = _NOT_A_WORD.sub("-", fold(title))[:_LONGEST_SLUG].strip("-")
    return f"{published.isoformat()}-{slug or 'draft'}.md"


def drafted(draft: "DraftSummary") -> Message:
    """Say what was read, and what is left to do. It fits below a file."""
    waiting = draft.to_review
    return Message(
        blocks(
            bold(clip(draft.title, _LONGEST_TITLE)),
            ", ".join(
                (
                    counts.people(len(draft.people)),
                    counts.events(len(draft.events)),
                    counts.quotes(len(draft.quotes)),
                    counts.figures(len(draft.figures)),
                )
            ),
            ngettext(
                "{n} entry waits for review: it is marked in the file.",
                "{n} entries wait for review: they are marked in the file.",
                waiting,
            ).format(n=number(waiting))
            if waiting
            else _("No entry waits for review."),
            _("Check it, then put it into the folder of summaries."),
        )
    )


def refused(name: str, reason: str, remedy: str) -> Message:
    """Say what was not taken in, why, and what would help."""
    return Message(
        blocks(
            bold(_("No draft was made")),
            lines(
                f"{clip(name, _LONGEST_TITLE)}: {clip(reason, _LONGEST_REASON)}",
                clip(remedy, _LONGEST_REASON),
            ),
        )
    )


def undated(name: str, why: str) -> Message:
    """Say that the day of the article is not known, and how to give it."""
    return refused(
        name,
        why or _("its day is not known"),
        _("Send it again with the day, such as 2022-01-10: below the file, or after the link."),
    )


def too_large(name: str, most: int) -> Message:
    """Say that a file is larger than is read."""
    return refused(
        name,
        _("is larger than {n} MB").format(n=number(most // 1_000_000)),
        _("Send only the text of the article."),
    )


def too_long(name: str, most: int) -> Message:
    """Say that an article is longer than is drafted here."""
    return refused(
        name,
        _("has more than {n} characters").format(n=number(most)),
        _("Send it in parts, each as a file of its own."),
    )


def not_handed_over(name: str) -> Message:
    """Say that Telegram did not hand the file over."""
    return refused(name, _("Telegram did not hand the file over"), _("Please send it again."))


def is_summary(name: str) -> Message:
    """Say that a file needs no draft."""
    return refused(
        name, _("is a summary already"), _("Put it into the folder of summaries as it is.")
    )


def no_articles(name: str) -> Message:
    """Say that there is nothing in it to be drafted."""
    return refused(name, _("holds no article"), _("Send the text or the link of one article."))


def several(name: str) -> Message:
    """Say that a feed is no article."""
    return refused(
        name, _("holds several articles"), _("Send the text or the link of one article.")
    )


def no_day(words: str) -> Message:
    """Say that the words below a file are no day."""
    return Message(
        Text()
        + _("“{words}” is no day. Write it as 2022-01-10, or nothing at all.").format(
            words=clip(words, 80)
        )
    )
