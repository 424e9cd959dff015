"""What the bot says to a search: the sources that hold the words, with the sentence."""

from collections.abc import Sequence

from telegram import MessageEntity

from bot.messages import dates
from bot.messages.callbacks import List, ListPage
from bot.messages.events import LONGEST_NAME
from bot.messages.message import Links, Message
from bot.messages.paging import standing, turning
from bot.messages.person import choices
from bot.messages.text import Text, blocks, bold, clip, link
from store.knowledge.people import PersonRef
from store.knowledge.search import MOST_WORDS, Hit, Match, SearchPage

HITS_A_PAGE = 4
LONGEST_QUERY = 200  # units
_LONGEST_SENTENCE = 400
_HOW = {
    Match.ALL: "",
    Match.BEGINNINGS: "by the beginnings of the words",
    Match.SOME: "no source has all of these words; these have some",
}


def question(asked: str) -> str:
    """Return what is searched for of `asked`, which is also what a page of hits begins with."""
    return clip(" ".join(asked.split()[:MOST_WORDS]), LONGEST_QUERY).rstrip("…")


def question_of(words: str | None, entities: Sequence[MessageEntity]) -> str | None:
    """Return the question that a page of hits answers, read from its own first line.

    A button holds 64 bytes and a question more, so the page itself carries it.
    """
    if words is None or not entities or entities[0].type != MessageEntity.BOLD:
        return None
    begin, end = entities[0].offset, entities[0].offset + entities[0].length
    return words.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le", "ignore")


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
    sentence = Text()
    room = _LONGEST_SENTENCE
    for piece, is_hit in hit.sentence:
        shown = clip(piece, room) if room > 1 else ""
        room -= len(shown)
        sentence = sentence + (bold(shown) if is_hit and shown else shown)
    return (
        sentence
        + ("\n" if sentence else "")
        + link(f"[{source.n}]", links.source(source.key))
        + f" {clip(hit.title, LONGEST_NAME)}, {clip(source.outlet, LONGEST_NAME)}, "
        + dates.day(source.published)
    )
