"""Pages of what is no person: places, organisations, topics and sides."""

from pathlib import Path

import pytest

from bot.messages.callbacks import Facet, SubjectPage
from store.ingest.loading import packaged_summaries
from store.ingest.summaries import read_summaries
from tests.bot.conversation import Conversation, conversation, labels, links

VIEWS = ["Page", "Timeline", "Quotes", "People", "Figures", "Sources"]
STATED = read_summaries((packaged_summaries(),)).story.subjects


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("NATO", "NATO\nOrganisation · as of 19 Jan 2022\n"),
        ("Geneva", "Geneva\nPlace · as of"),
        ("genf", "Geneva\nPlace · as of"),
        ("sanctions", "sanctions\nTopic · as of"),
        ("Russia", "Russia\nSide of the story · as of"),
        ("U.S.", "United States\nSide of the story"),
        ("usa", "United States\nSide of the story"),
        ("EU", "European Union\nSide of the story"),
        ("kremlin", "Kremlin\nOrganisation · Russia"),
        ("Moscow", "Moscow\nPlace"),  # also another name of Russia
        ("Nord Str", "Nord Stream 2\nTopic"),
        ("naot", "“naot” is taken for NATO.\n\nNATO\n"),
        ("Russian foreign minister", "Sergei Lavrov\n"),
    ],
)
async def test_who_finds_what_is_no_person(talk: Conversation, asked: str, begins: str) -> None:
    shown = await talk.ask(f"/who {asked}")
    assert shown["text"].startswith(begins)


async def test_every_name_of_the_story_opens_a_page(talk: Conversation) -> None:
    for stated in STATED:
        for name in (stated.name, *stated.aliases):
            text = (await talk.ask(f"/who {name}"))["text"]
            assert "I have nothing" not in text, name


async def test_a_page_shows_people_events_words_figures_and_sources(talk: Conversation) -> None:
    shown = await talk.ask("/who NATO")
    lines = shown["text"].splitlines()
    for part in ("People", "Latest", "Figures"):
        assert part in lines
    assert "also North Atlantic Treaty Organization, the alliance" in lines
    assert "NATO allies: 30 (Jen Psaki) [4]" in lines
    assert {"[1]", "[2]", "[3]", "[4]", "[5]", "Jens Stoltenberg"} <= set(links(shown))
    opened = await talk.open_link(shown, "Jens Stoltenberg")
    assert opened.startswith("Jens Stoltenberg\nNATO Secretary General")


async def test_views_take_the_place_of_the_page(talk: Conversation) -> None:
    for name in ("NATO", "Geneva", "sanctions", "Russia"):
        shown = await talk.ask(f"/who {name}")
        for view in (*VIEWS[1:], "Page"):
            turned = await talk.press(shown, view)
            assert turned["message_id"] == shown["message_id"]
            assert turned["text"].startswith(name)
            assert set(VIEWS) & set(labels(turned)) == set(VIEWS) - {view}


async def test_a_long_view_has_pages(talk: Conversation) -> None:
    shown = await talk.press(await talk.ask("/who Russia"), "Quotes")
    seen = [shown["text"]]
    while "Older ›" in labels(shown):
        shown = await talk.press(shown, "Older ›")
        seen.append(shown["text"])
    assert len(seen) > 1
    assert len(set(seen)) == len(seen)


async def test_what_a_side_says_has_pages_and_leads_back(talk: Conversation) -> None:
    shown = await talk.ask("what did Moscow say")
    older = await talk.press(shown, "Older ›")
    assert older["text"].startswith("Russia · quotes\n")
    about = await talk.press(older, "Said about it")
    assert about["text"].startswith("Russia · in quotes")
    own = await talk.press(about, "Said by its people")
    assert own["text"] == shown["text"]


async def test_a_timeline_takes_an_organisation_with_a_date(talk: Conversation) -> None:
    whole = await talk.ask("/timeline NATO")
    assert whole["text"].startswith("NATO · timeline")
    dated = await talk.ask("/timeline sanctions 2021-12")
    assert dated["text"].startswith("Timeline · sanctions · Dec 2021")
    both = await talk.ask("/timeline Blinken NATO")
    assert both["text"].startswith("Timeline · Antony Blinken · NATO")
    at = await talk.ask("/timeline Genf")
    assert at["text"].startswith("Timeline · Geneva")


@pytest.mark.parametrize("words", ["Serg", "sanct", "Sherman Geneva", "north treaty"])
async def test_what_is_no_whole_name_is_searched_for(talk: Conversation, words: str) -> None:
    assert "Which one?" not in (shown := await talk.ask(words))["text"]
    assert not shown["text"].startswith(("Sergei", "sanctions\nTopic", "Wendy", "NATO\n"))


async def test_a_subject_that_is_gone_says_so(talk: Conversation) -> None:
    shown = await talk.ask("/who NATO")
    await talk.press_data(shown, SubjectPage("a" * 12, Facet.TIMELINE).pack())
    assert "NATO\nOrganisation" not in talk.messages()[-1]["text"]


async def test_a_name_of_a_person_and_a_place_asks_which(tmp_path: Path) -> None:
    story = tmp_path / "story"
    story.mkdir()
    (story / "story.yaml").write_text(
        "title: Paris\nintro: Paris\ntopics:\n  - {name: Jordan Paris}\n", "utf-8"
    )
    (story / "a.md").write_text(
        "---\ntitle: Ball\nsource: Gazette\npublished: 2022-01-18\n"
        "people:\n  - {name: Jordan Paris}\n"
        "events:\n  - {date: 2022-01-17, text: A ball, place: Paris}\n---\nJordan Paris danced.\n"
    )
    async with conversation(tmp_path / "data", summaries=story) as opened:
        shown = await opened.ask("/who Paris")
        assert shown["text"] == "“Paris” fits 2 pages. Which one?"
        assert labels(shown) == ["Jordan Paris", "Paris · Place"]
        assert (await opened.press(shown, "Paris · Place"))["text"].startswith("Paris\nPlace")
        # A full name of a person is theirs, whatever else is called so.
        shown = await opened.ask("/who Jordan Paris")
        assert "Topic" not in shown["text"]
