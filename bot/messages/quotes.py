"""What the bot shows of quotes by all speakers; those of one person are with the person."""

from bot.messages.callbacks import List, ListPage
from bot.messages.events import fitting, quote_lines
from bot.messages.message import Links, Message
from bot.messages.paging import standing, turning
from bot.messages.text import blocks, bold
from store.knowledge.quotes import QuotePage

QUOTES_A_PAGE = 6


def quotes(page: QuotePage, *, links: Links) -> Message:
    """Show who said what, newest first."""
    body = fitting(
        lambda most: blocks(
            bold("Quotes"),
            blocks(*(quote_lines(q, links=links, speaker=True, most=most) for q in page.quotes))
            or "The sources quote nobody.",
            standing(page.offset, len(page.quotes), page.total),
            links.listed(source for quote in page.quotes for source in quote.sources),
        )
    )
    turn = turning(
        page.offset,
        QUOTES_A_PAGE,
        page.total,
        press=lambda offset: ListPage(List.QUOTES, offset),
        labels=("‹ Newer", "Older ›"),
    )
    return Message(body, (turn,))
