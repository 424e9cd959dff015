"""What the bot shows of quotes: of all, and about a topic; all of one person are with them."""

from collections.abc import Sequence

from bot.messages import dates
from bot.messages.callbacks import List, ListPage, PersonPage, QuotesPage, View
from bot.messages.events import LONGEST_NAME, fitting, quote_lines
from bot.messages.message import Button, Links, Message
from bot.messages.paging import standing, turning
from bot.messages.text import Text, blocks, bold, clip, italic, lines
from store.knowledge.people import PersonRef
from store.knowledge.quotes import QuotePage
from store.knowledge.values import When
from store.text import words

QUOTES_A_PAGE = 6
_ABOUT = " · quotes about "
_QUOTES = " · quotes"
_LONGEST_TOPIC = 120


def topic(asked: str) -> str:
    """Return what is looked for of `asked`: words only, so that a page can be read back."""
    return clip(" ".join(words(asked)), _LONGEST_TOPIC).rstrip("…").strip()


def topic_of(shown: str | None) -> str:
    """Return the topic of the page of quotes `shown`: a button has no room for it."""
    _, about, topic = (shown or "").partition("\n")[0].rpartition(_ABOUT)
    return topic if about else ""


def _head(whose: str, about: str) -> Text:
    return bold(clip(whose, LONGEST_NAME)) + (f"{_ABOUT}{about}" if about else _QUOTES)


def quotes_about(
    page: QuotePage,
    *,
    person: PersonRef | None,
    topic: str,
    when: When | None,
    links: Links,
    note: str = "",
) -> Message:
    """Show what a person, or anybody, said about `topic`, and when if asked for."""
    body = fitting(
        lambda most: blocks(
            lines(
                _head(person.name if person else "All", topic),
                dates.period(when) if when else "",
                italic(note),
            ),
            blocks(
                *(
                    quote_lines(quote, links=links, speaker=person is None, most=most)
                    for quote in page.quotes
                )
            ),
            standing(page.offset, len(page.quotes), page.total),
            links.listed(source for quote in page.quotes for source in quote.sources),
        )
    )
    key = person.key if person else None
    turn = turning(
        page.offset,
        QUOTES_A_PAGE,
        page.total,
        press=lambda offset: QuotesPage(key, when, offset),
        labels=("‹ Newer", "Older ›"),
    )
    own = (Button("All quotes", PersonPage(person.key, View.QUOTES)),) if person else ()
    return Message(body, (turn, own))


def none_about(
    person: PersonRef | None, *, topic: str, when: When | None, note: str = ""
) -> Message:
    """Say that no such words are known; offer what else the person said."""
    whose = f" by {clip(person.name, LONGEST_NAME)}" if person else ""
    on = f" about “{topic}”" if topic else ""
    dated = f" ({dates.period(when)})" if when and dates.period(when) else ""
    said = f"I have nothing on that: no words{whose}{on}{dated} in the sources."
    body = lines(said, italic(note))
    if person is None:
        return Message(body, ((Button("All quotes", ListPage(List.QUOTES)),),))
    return Message(
        body,
        (
            (
                Button("All quotes", PersonPage(person.key, View.QUOTES)),
                Button("Profile", PersonPage(person.key)),
            ),
        ),
    )


def whose(
    asked: str, people: Sequence[PersonRef], *, topic: str, when: When | None = None
) -> Message:
    """Ask whose words about `topic` are meant."""
    body = lines(
        _head(f"“{clip(asked, LONGEST_NAME - 2)}”", topic),
        f"That name fits {len(people)} people. Which one?",
    )
    return Message(
        body,
        tuple((Button(clip(p.name, LONGEST_NAME), QuotesPage(p.key, when)),) for p in people),
    )


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
