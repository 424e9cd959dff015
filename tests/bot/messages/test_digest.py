from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages.digest import (
    MOST_EVENTS,
    MOST_QUOTES,
    MOST_SOURCES,
    Briefing,
    digest,
    nothing_new,
)
from bot.messages.message import Links, Message
from store.knowledge import news, sources
from store.knowledge.news import News
from store.knowledge.quotes import Quote
from store.knowledge.sources import Citation, Counts, Source
from store.knowledge.timeline import Event
from store.knowledge.values import Basis, Grade, Status, Story, When
from tests.bot.crawling import check
from tests.bot.hostile import texts
from tests.store.stories import event, fresh, load, newsworthy, quote, summary

LINKS = Links("attache_sandbox_bot")
NOTHING = News(sources=(), events=(), quotes=())
MONDAY = date(2022, 1, 10)


@pytest.fixture(scope="module")
def told() -> Iterator[Briefing]:
    """Brief on a small story whose every item is new."""
    db = fresh()
    load(
        db,
        [
            summary(
                "quay",
                people=["Ada Quay"],
                events=[event("2022-01-09", "The quay cracks")],
                quotes=[quote("Ada Quay", "It holds", "2022-01-09")],
            )
        ],
    )
    story = sources.story(db)
    assert story is not None
    yield Briefing(
        story=story,
        counted=sources.counts(db),
        local_date=MONDAY,
        as_of=MONDAY,
        today=MONDAY,
        first=False,
        news=news.told(db, [(item.kind, item.key) for item in newsworthy(db)]),
        planned=(),
        on_this_day=(),
    )
    db.close()


def text(message: Message) -> str:
    return check(message).text


def test_a_digest_tells_events_quotes_and_sources_each_with_its_citation(told: Briefing) -> None:
    (part,) = digest(told, links=LINKS)
    assert text(part) == (
        "Digest · 10 Jan 2022\nThe harbour\n\n"
        "New\n9 Jan 2022  The quay cracks [1]\n\n"
        "Said\n“It holds”\nAda Quay · 9 Jan 2022 [1]\n\n"
        "New sources\n[1] About quay, The Gazette, 10 Jan 2022"
    )
    links = [entity.url for entity in part.entities if entity.type == "text_link"]
    source = LINKS.source(told.news.sources[0].citation.key)
    assert links == [source, LINKS.person(told.news.quotes[0].person), source, source]
    assert part.markup is not None
    assert [button.text for button in part.markup.inline_keyboard[0]] == [
        "Pause for a week",
        "Stop",
    ]


def test_what_is_new_is_not_told_again_as_planned_or_of_this_day(told: Briefing) -> None:
    same = told.news.events
    assert digest(replace(told, planned=same, on_this_day=same), links=LINKS) == digest(
        told, links=LINKS
    )


def test_plans_come_before_this_day_of_other_years(told: Briefing) -> None:
    (old,) = told.news.events
    plan = replace(old, key="plan", text="The harbour opens", status=Status.PLANNED)
    both = replace(told, news=NOTHING, planned=(plan,), on_this_day=(old,))
    (part,) = digest(both, links=LINKS)
    assert text(part) == (
        "Digest · 10 Jan 2022\nThe harbour\n\n"
        "Today and tomorrow\n9 Jan 2022  The harbour opens · planned, outcome not in the sources"
        " [1]\n\nOn this day\n9 Jan 2022  The quay cracks [1]"
    )


def test_a_story_that_stands_at_another_day_says_so(told: Briefing) -> None:
    (old,) = told.news.events
    plan = replace(old, key="plan", status=Status.PLANNED)
    later = replace(told, local_date=date(2026, 6, 1), planned=(plan,))
    (part,) = digest(later, links=LINKS)
    assert "Today and tomorrow, in a story that stands at 10 Jan 2022\n" in text(part)


def test_a_late_digest_says_so_on_its_first_part(told: Briefing) -> None:
    late = replace(told, late="Late: this was due at 08:00.")
    (part,) = digest(late, links=LINKS)
    assert text(part).startswith(
        "Digest · 10 Jan 2022\nThe harbour\nLate: this was due at 08:00.\n\nNew\n"
    )
    assert text(nothing_new(late)) == (
        "Digest · 10 Jan 2022: nothing new since the last one, as of 10 Jan 2022. "
        "Late: this was due at 08:00."
    )


def citations(count: int, outlet: str) -> tuple[Citation, ...]:
    return tuple(
        Citation(n=n + 1, key=f"{n:08x}", outlet=outlet, published=MONDAY) for n in range(count)
    )


def a_great_deal(count: int, words: str, *, first: bool = False, cited: int = 6) -> Briefing:
    """Brief on `count` items of each kind that all say `words`."""
    behind = citations(cited, words)
    events = tuple(
        Event(
            key=f"{n}",
            when=When.parse(str(MONDAY - timedelta(days=count - n))),
            text=f"Event{n}y {words}",
            place=words,
            status=Status.PLANNED,
            borne_out=False,
            sources=behind,
        )
        for n in range(count)
    )
    quotes = tuple(
        Quote(
            key=f"{n}",
            person="p",
            speaker=words,
            text=f"Quote{n}y {words}",
            said=When.parse("2021-12-28/2022-01-02"),
            published=MONDAY,
            grade=Grade.REPORTED,
            about=words,
            sources=behind,
        )
        for n in range(count)
    )
    shown = tuple(
        Source(
            citation=cited,
            title=f"Source{cited.n}y {words}",
            document=None,
            basis=Basis.STATED,
            because=None,
            body=words,
        )
        for cited in citations(count, words)
    )
    return Briefing(
        story=Story(title=words[:120], intro=words[:512]),
        counted=Counts(sources=count, people=count, events=count, quotes=count, figures=count),
        local_date=MONDAY,
        as_of=MONDAY,
        today=MONDAY,
        first=first,
        news=News(sources=shown, events=events, quotes=quotes),
        planned=tuple(replace(planned, key=f"p{planned.key}") for planned in events[:40]),
        on_this_day=tuple(replace(old, key=f"o{old.key}") for old in events[:40]),
        late="Late: this was due at 08:00.",
    )


def test_ten_thousand_items_are_the_newest_few_and_how_many_more_there_are() -> None:
    parts = digest(a_great_deal(10_000, "more and more of it"), links=LINKS)
    whole = "\n".join(text(part) for part in parts)
    assert len(parts) <= 8
    for most in (MOST_EVENTS, MOST_QUOTES, MOST_SOURCES):
        assert f"\nand {10_000 - most} " in whole
    for kind, most in (("Event", MOST_EVENTS), ("Quote", MOST_QUOTES)):
        shown = [n for n in range(9000, 10_000) if f"{kind}{n}y" in whole]
        assert shown == list(range(10_000 - most, 10_000))
    assert "Source10000y" in whole


def test_what_stands_before_the_plans_and_other_years_at_hand_is_counted_too() -> None:
    told = replace(a_great_deal(40, "so many"), planned_before=60, on_this_day_before=900)
    whole = "\n".join(text(part) for part in digest(told, links=LINKS))
    assert f"\nand {60 + 40 - MOST_EVENTS} earlier ones: /timeline" in whole
    assert f"\nand {900 + 40 - MOST_EVENTS} earlier ones: /timeline" in whole


@pytest.mark.parametrize("words", ["😀" * 1000, "a " * 500, "a\u0301\u0333 <b>&lt;" * 80])
@pytest.mark.parametrize("first", [True, False])
def test_the_longest_words_stay_within_what_telegram_takes(words: str, *, first: bool) -> None:
    parts = digest(a_great_deal(200, words, first=first), links=LINKS)
    heads = [text(part).split("\n", 1)[0] for part in parts]
    assert heads == [
        f"Digest · 10 Jan 2022 · {n} of {len(parts)}" for n in range(1, len(parts) + 1)
    ]


@given(texts(500), st.integers(0, 60), st.integers(1, 6), st.booleans())
@settings(max_examples=40)
def test_hostile_words_change_nothing_but_the_words(
    words: str,
    count: int,
    cited: int,
    first: bool,  # noqa: FBT001 (hypothesis gives them so)
) -> None:
    parts = digest(a_great_deal(count, words, first=first, cited=cited), links=LINKS)
    whole = "\n".join(text(part) for part in parts)
    shown = range(max(count - MOST_EVENTS, 0), count)
    assert all(f"Event{n}y" in whole for n in shown)
    text(nothing_new(a_great_deal(0, words)))
