"""What the bot offers behind its name in any chat: cards of persons and subjects, events, quotes.

Each is a message that stands alone where it is sent, with its sources, and a button that
opens more in private: pages cannot be turned in a chat that the bot is not in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.locales import _
from bot.messages import dates
from bot.messages.events import LONGEST_NAME, event_line, legend, quote_lines
from bot.messages.message import Links
from bot.messages.text import Text, blocks, clip
from store.knowledge.quotes import Quote
from store.knowledge.timeline import Event

LONGEST_TYPED = 256  # characters that Telegram passes on
_LONGEST_TITLE = 100  # units, of which a telephone shows fewer
_PRIVATE = "inline"  # what opens the bot's own chat from the list of results


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The page of a person or a subject, to be sent into another chat."""

    kind: str  # as deep links write it
    key: str
    name: str
    body: Text


def card(page: Card, links: Links) -> InlineQueryResultArticle:
    """Offer a page; below its name stands what its second line says."""
    payload = f"{page.kind}{page.key}"
    second = page.body.plain.split("\n", 2)[1:2]
    return _article(payload, page.name, "".join(second), page.body, links.opening(payload))


def event(told: Event, *, as_of: date | None, links: Links) -> InlineQueryResultArticle:
    """Offer an event, with its sources."""
    line = event_line(told, as_of=as_of, links=links)
    body = blocks(line, legend([told]), links.listed(told.sources))
    facts = " · ".join((dates.when(told.when), *_outlets(told)))
    return _article(f"e{told.key}", told.text, facts, body, links.opening(f"e{told.key}"))


def quote(said: Quote, *, links: Links) -> InlineQueryResultArticle:
    """Offer a quote, with its speaker and its sources."""
    body = blocks(quote_lines(said, links=links, speaker=True), links.listed(said.sources))
    facts = (said.speaker, dates.when(said.said) if said.said else "", said.about or "")
    return _article(
        f"q{said.key}",
        _("“{words}”").format(words=said.text),
        " · ".join(clip(fact, LONGEST_NAME) for fact in facts if fact),
        body,
        links.opening(f"q{said.person}"),
    )


def in_private(*, found: bool) -> InlineQueryResultsButton:
    """Offer the bot's own chat above the results."""
    words = _("Ask in private") if found else _("I have nothing on that. Ask in private")
    return InlineQueryResultsButton(words, start_parameter=_PRIVATE)


def _outlets(told: Event) -> Iterator[str]:
    for source in told.sources[:2]:
        yield f"[{source.n}] {clip(source.outlet, LONGEST_NAME)}"


def _article(
    number: str, title: str, description: str, body: Text, url: str
) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=number,
        title=clip(title, _LONGEST_TITLE) or "…",
        description=clip(description, _LONGEST_TITLE) or None,
        input_message_content=InputTextMessageContent(
            body.plain,
            entities=body.entities(),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton(_("Open in private"), url=url)]]),
    )
