from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.messages.callbacks import CatchUpPage
from bot.messages.catchup import ITEMS_A_PAGE, Since, begun, caught_up
from bot.messages.message import Links, Message
from bot.messages.text import LONGEST_MESSAGE, Text
from store.database import Connection
from store.ingest.summaries import read_summaries
from store.knowledge.news import news_page
from tests.bot.crawling import buttons, check, once
from tests.bot.hostile import LONGEST_OF_ALL, ONLY_LETTERS, Story
from tests.store.stories import fresh, load, newsworthy

SINCE = Since(after=1, upto=2, day=date(2022, 1, 9))


def page_of(db: Connection) -> Callable[[int], Message]:
    keys = [(item.kind, item.key) for item in newsworthy(db)]

    def page(offset: int) -> Message:
        told = news_page(db, keys, limit=ITEMS_A_PAGE, offset=offset)
        return caught_up(told, SINCE, as_of=date(2022, 1, 28), links=Links("attache_sandbox_bot"))

    return page


@pytest.mark.parametrize("story", [LONGEST_OF_ALL, ONLY_LETTERS])
def test_pages_of_hostile_news_are_taken_by_telegram_and_lose_nothing(
    story: Story, tmp_path: Path
) -> None:
    db = fresh()
    load(db, read_summaries((story.write(tmp_path),)).summaries)
    page = page_of(db)
    shown = [check(page(0))]
    while more := [b for b in buttons(shown[-1]) if b.label == "More ›"]:
        press = more[0].press
        assert isinstance(press, CatchUpPage)
        assert (press.after, press.upto, press.since) == (1, 2, SINCE.day)
        shown.append(check(page(press.offset)))
    for kind, count in (
        ("Event", story.events),
        ("Quote", story.quotes),
        ("Source", story.sources),
    ):
        once(kind, count, shown)
    db.close()


@pytest.mark.parametrize(("length", "parts"), [(100, 1), (LONGEST_MESSAGE, 2)])
def test_the_first_fits_whatever_the_latest_holds(length: int, parts: int) -> None:
    shown = begun(Message(Text() + "x" * length))
    assert len(shown) == parts
    assert shown[-1].text.endswith("x" * length)
