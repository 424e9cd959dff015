"""What the bot shows of quotes: of all, and about a topic; all of one person are with them."""

from collections.abc import Sequence

from bot.locales import Language, _, ngettext, speaking, spoken
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
_LONGEST_TOPIC = 120


def topic(asked: str) -> str:
    """Return what is looked for of `asked`: words only, so that a page can be read back."""
    return clip(" ".join(words(asked)), _LONGEST_TOPIC).rstrip("…").strip()


def topic_of(shown: str | None) -> str:
    """Return the topic of the page of quotes `shown`: a button has no room for it.

    The page may be in any language: in a group, whoever reads turns the pages of all.
    """
    words = (shown or "").partition("\n")[0].rpartition(" · ")[2]
    for language in (spoken(), *Language):
        with speaking(language):
            before, _name, after = _about("{topic}").partition("{topic}")
        about = words.removeprefix(before).removesuffix(after)
        if about and words == f"{before}{about}{after}":
            return about
    return ""


def _about(topic: str) -> str:
    # Translators: other words than "quotes" alone, and no dot between spaces: it is read back.
    return _("quotes about {topic}").format(topic=topic)


def head(whose: str, about: str) -> Text:
    """Return the first line of a page of quotes, from which its topic is read back."""
    return bold(clip(whose, LONGEST_NAME)) + " · " + (_about(about) if about else _("quotes"))


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
                head(person.name if person else _("All"), topic),
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
        labels=(_("‹ Newer"), _("Older ›")),
    )
    own = (Button(_("All quotes"), PersonPage(person.key, View.QUOTES)),) if person else ()
    return Message(body, (turn, own))


def none_about(
    person: PersonRef | None, *, topic: str, when: When | None, note: str = ""
) -> Message:
    """Say that no such words are known; offer what else the person said."""
    said = no_words(
        by=clip(person.name, LONGEST_NAME) if person else "",
        about=topic,
        date=dates.period(when) if when else "",
    )
    body = lines(said, italic(note))
    if person is None:
        return Message(body, ((Button(_("All quotes"), ListPage(List.QUOTES)),),))
    return Message(
        body,
        (
            (
                Button(_("All quotes"), PersonPage(person.key, View.QUOTES)),
                Button(_("Profile"), PersonPage(person.key)),
            ),
        ),
    )


def no_words(*, by: str, about: str, date: str) -> str:
    """Say that no such words are known."""
    said = {
        (True, True, True): _(
            "I have nothing on that: no words by {name} about “{topic}” ({date}) in the sources."
        ),
        (True, True, False): _(
            "I have nothing on that: no words by {name} about “{topic}” in the sources."
        ),
        (True, False, True): _(
            "I have nothing on that: no words by {name} ({date}) in the sources."
        ),
        (True, False, False): _("I have nothing on that: no words by {name} in the sources."),
        (False, True, True): _(
            "I have nothing on that: no words about “{topic}” ({date}) in the sources."
        ),
        (False, True, False): _("I have nothing on that: no words about “{topic}” in the sources."),
        (False, False, True): _("I have nothing on that: no words ({date}) in the sources."),
        (False, False, False): _("I have nothing on that: no words in the sources."),
    }[bool(by), bool(about), bool(date)]
    return said.format(name=by, topic=about, date=date)


def whose(
    asked: str, people: Sequence[PersonRef], *, topic: str, when: When | None = None
) -> Message:
    """Ask whose words about `topic` are meant."""
    body = lines(
        head(f"“{clip(asked, LONGEST_NAME - 2)}”", topic),
        ngettext(
            "That name fits {n} person. Which one?",
            "That name fits {n} people. Which one?",
            len(people),
        ).format(n=len(people)),
    )
    return Message(
        body,
        tuple((Button(clip(p.name, LONGEST_NAME), QuotesPage(p.key, when)),) for p in people),
    )


def quotes(page: QuotePage, *, links: Links) -> Message:
    """Show who said what, newest first."""
    body = fitting(
        lambda most: blocks(
            bold(_("Quotes")),
            blocks(*(quote_lines(q, links=links, speaker=True, most=most) for q in page.quotes))
            or _("The sources quote nobody."),
            standing(page.offset, len(page.quotes), page.total),
            links.listed(source for quote in page.quotes for source in quote.sources),
        )
    )
    turn = turning(
        page.offset,
        QUOTES_A_PAGE,
        page.total,
        press=lambda offset: ListPage(List.QUOTES, offset),
        labels=(_("‹ Newer"), _("Older ›")),
    )
    return Message(body, (turn,))
