from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.json_values import JsonObject
from store.ledger import inbox
from tests.bot.conversation import NOW, READER, Conversation, conversation, labels
from tests.store.stories import written


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def harbour(tmp_path: Path, clock: Clock) -> AsyncIterator[Conversation]:
    """A story of one summary, in whose folder more can appear."""
    folder = tmp_path / "summaries"
    folder.mkdir()
    (folder / "story.yaml").write_text("title: The harbour\nintro: Who builds it.\n")
    (folder / "a.md").write_text(written())
    async with conversation(tmp_path / "data", summaries=folder, clock=clock) as opened:
        yield opened


def event(number: int) -> str:
    return f"  - {{date: 2022-01-{number % 28 + 1:02}, text: Crane {number}y is lifted}}\n"


async def happens(talk: Conversation, folder: Path, name: str, events: range) -> None:
    more = "events:\n" + "".join(map(event, events)) if events else ""
    (folder / f"{name}.md").write_text(written(f"News {name}", f"{name}.txt", more))
    assert "new" in (await talk.say("/reload", person=7))[-1]["text"]


async def test_the_first_says_where_the_story_stands(harbour: Conversation) -> None:
    shown = await harbour.ask("/catchup")
    assert shown["text"].startswith("Catch-up · this is where the story stands.\n")
    assert "\nLatest · as of 10 Jan 2022\n" in shown["text"]


async def test_without_news_it_says_since_when(harbour: Conversation, clock: Clock) -> None:
    await harbour.ask("/catchup")
    clock.now += timedelta(days=2)
    shown = await harbour.ask("/catchup")
    assert shown["text"] == (
        "Catch-up · nothing new since 20 Jan 2022; the story is as of 10 Jan 2022."
    )
    clock.now += timedelta(days=1)
    assert "nothing new since 22 Jan 2022" in (await harbour.ask("/catchup"))["text"]


async def test_what_became_known_since_is_told_once(harbour: Conversation, tmp_path: Path) -> None:
    await harbour.ask("/catchup")
    await happens(harbour, tmp_path / "summaries", "b", range(2))
    shown = (await harbour.ask("/catchup"))["text"]
    assert shown.startswith(
        "Catch-up · since 20 Jan 2022 · as of 10 Jan 2022\n2 events, 1 source\n"
    )
    assert ["Crane 0y" in shown, "Crane 1y" in shown, "News b" in shown] == [True] * 3
    assert "The harbour opens" not in shown
    assert "nothing new" in (await harbour.ask("/catchup"))["text"]


async def test_the_latest_counts_as_read(harbour: Conversation, tmp_path: Path) -> None:
    await harbour.ask("/latest")
    assert "nothing new since 20 Jan 2022" in (await harbour.ask("/catchup"))["text"]
    await happens(harbour, tmp_path / "summaries", "b", range(1))
    await harbour.ask("/latest")
    assert "nothing new" in (await harbour.ask("/catchup"))["text"]


async def test_a_digest_that_was_sent_counts_as_read(
    harbour: Conversation, tmp_path: Path, clock: Clock
) -> None:
    await harbour.ask("/subscribe 08:00 UTC")
    clock.now += timedelta(days=1)
    await harbour.deliver()
    assert harbour.messages()[-1]["text"].startswith("Digest")
    assert "nothing new since 21 Jan 2022" in (await harbour.ask("/catchup"))["text"]
    await happens(harbour, tmp_path / "summaries", "b", range(1))
    assert "Crane 0y" in (await harbour.ask("/catchup"))["text"]
    clock.now += timedelta(days=1)
    await harbour.deliver()
    assert "Crane 0y" in harbour.messages()[-1]["text"]


async def test_pages_lose_nothing_while_more_becomes_known(
    harbour: Conversation, tmp_path: Path
) -> None:
    await harbour.ask("/catchup")
    await happens(harbour, tmp_path / "summaries", "b", range(20))
    shown = await harbour.ask("/catchup")
    await happens(harbour, tmp_path / "summaries", "c", range(30, 33))
    pages = [shown["text"]]
    while "More ›" in labels(shown):
        shown = await harbour.press(shown, "More ›")
        pages.append(shown["text"])
    whole = "\n".join(pages)
    assert len(pages) == 3
    assert all(whole.count(f"Crane {n}y") == 1 for n in range(20))
    assert "Crane 30y" not in whole
    assert all(page.startswith("Catch-up · since 20 Jan 2022 ·") for page in pages)
    assert "Crane 30y" in (await harbour.ask("/catchup"))["text"]


async def test_handled_again_it_tells_the_same(
    harbour: Conversation, tmp_path: Path, clock: Clock
) -> None:
    await harbour.ask("/catchup")
    await happens(harbour, tmp_path / "summaries", "b", range(1))
    harbour.telegram.people.send_text(READER, READER, "/catchup")
    (update,) = await harbour.app.bot.get_updates(timeout=0)
    await harbour.ledger.write(
        inbox.keep, inbox.arrival(update.update_id, READER, update.to_dict())
    )
    for _time in range(2):
        await harbour.app.process_update(update)
        clock.now += timedelta(hours=1)
    told: list[JsonObject] = harbour.messages()[-2:]
    assert told[0]["text"] == told[1]["text"]
    assert "Crane 0y" in told[0]["text"]
