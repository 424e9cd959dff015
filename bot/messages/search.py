"""What the bot says to a search: the sources that hold the words, with the sentence."""

from collections.abc import Sequence

from bot.messages import dates
from bot.messages.callbacks import List, ListPage
from bot.messages.events import LONGEST_NAME
from bot.messages.message import Links, Message
from bot.messages.paging import standing, turning
from bot.messages.person import choices
from bot.messages.text import Text, blocks, bold, clip, lines, link, split, units
from store.knowledge.people import PersonRef
from store.knowledge.search import MOST_WORDS, Hit, Match, SearchPage

HITS_A_PAGE = 4
LONGEST_QUERY = 200  # units
_LONGEST_SENTENCE = 400
_MOST_MARKED = 20  # words in one sentence; a message has 100 entities
_HOW = {
    Match.ALL: "",
    Match.BEGINNINGS: "by the beginnings of the words",
    Match.SOME: "no source has all of these words; these have some",
}


def question(asked: str) -> str:
    """Return what is searched for of `asked`, which is also what a page of hits begins with."""
    return next(split(" ".join(asked.split()[:MOST_WORDS]), LONGEST_QUERY))


def question_of(shown: str | None) -> str:
    """Return the question that the page of hits `shown` answers: its own first line.

    A button holds 64 bytes and a question more, so the page itself carries it.
    Not by its bold entity: Telegram cuts that at addresses and names inside.
    """
    return (shown or "").partition("\n")[0]


def hits(asked: str, page: SearchPage, *, people: Sequence[PersonRef], links: Links) -> Message:
    """Show where the words stand, best first; persons of that name are buttons."""
    if page.match is Match.NONE:
        body = Text() + f"I have nothing on “{clip(asked, LONGEST_QUERY)}”."
        return Message(body + (" Did you mean:" if people else ""), choices(people))
    body = blocks(
        bold(asked) + (f"\n{_HOW[page.match]}" if _HOW[page.match] else ""),
        *(_hit(hit, links) for hit in page.hits),
        standing(page.offset, len(page.hits), page.total),
    )
    turn = turning(page.offset, HITS_A_PAGE, page.total, press=lambda to: ListPage(List.SEARCH, to))
    return Message(body, (turn, *choices(people)))


def nothing() -> Message:
    """Say that a search needs words."""
    return Message(Text() + "/search needs words, for example: /search troops border")


def expired() -> Message:
    """Say that a page of hits cannot be turned any more."""
    return Message(Text() + "This search is too old to turn its pages. Please ask again.")


def _hit(hit: Hit, links: Links) -> Text:
    source = hit.source
    return lines(
        _sentence(hit),
        link(f"[{source.n}]", links.source(source.key))
        + f" {clip(hit.title, LONGEST_NAME)}, {clip(source.outlet, LONGEST_NAME)}, "
        + dates.day(source.published),
    )


def _sentence(hit: Hit) -> Text:
    sentence, room, marked = Text(), _LONGEST_SENTENCE, 0
    for piece, is_hit in hit.sentence:
        shown = clip(piece, room)
        marked += is_hit
        sentence = sentence + (bold(shown) if is_hit and marked <= _MOST_MARKED else shown)
        room -= units(shown)
        if shown != piece or room < 1:
            break
    return sentence
