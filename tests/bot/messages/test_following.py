"""What is said of what is followed, whatever it is called."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import following as say
from bot.messages.callbacks import LONGEST, CallbackError, Choose, Follow, Following, LetGo, unpack
from bot.messages.digest import MOST_SHORT, digest, nothing_new
from bot.messages.message import Links, Message
from store.knowledge.about import PERSON, Concerns, Thing
from store.knowledge.keys import content_key
from store.knowledge.news import News
from store.ledger.values import Interest, Length, Stance
from tests.bot.crawling import check
from tests.bot.hostile import texts
from tests.bot.messages.test_digest import a_great_deal

LINKS = Links("attache_sandbox_bot")
MONDAY = date(2022, 1, 10)
KEYS = st.text().map(content_key)
OFFSETS = st.integers(0, 999_999_999)
STANCES = st.none() | st.sampled_from(Stance)
PRESSES = st.one_of(
    st.builds(Follow, KEYS, STANCES, st.booleans()),
    st.builds(LetGo, KEYS, OFFSETS),
    st.builds(Following, OFFSETS),
    st.builds(Choose, st.lists(KEYS, min_size=1, max_size=4).map(tuple)),
)


@given(PRESSES)
def test_every_button_is_read_as_it_was_written(press: Follow | LetGo | Following | Choose) -> None:
    packed = press.pack()
    assert len(packed.encode()) <= LONGEST
    assert unpack(packed) == press


@pytest.mark.parametrize(
    "data",
    [
        *("w:", "w:f1", "w:x0:aaaaaaaaaaaa", "w:f2:aaaaaaaaaaaa", "w:f0:AAAAAAAAAAAA"),
        *("w:f0:aaaaaaaaaaaa:", "u", "u:", "u:x:1", "u::", "u::-1", "u::1234567890", "m:"),
        *("m:aaaaaaaaaaaa.", "m:" + ".".join(["aaaaaaaaaaaa"] * 5)),
    ],
)
def test_what_no_button_carries_is_refused(data: str) -> None:
    with pytest.raises(CallbackError):
        unpack(data)


def things(names: list[str]) -> list[Thing]:
    return [
        Thing(key=content_key(str(n)), kind=PERSON if n % 2 else "place", name=name)
        for n, name in enumerate(names)
    ]


@given(st.lists(texts(500), max_size=4), STANCES)
@settings(max_examples=50)
def test_a_menu_of_hostile_names_can_be_sent(names: list[str], stance: Stance | None) -> None:
    known = things(names)
    check(say.choices(known, {thing.key: stance for thing in known} if stance else {}))


@given(st.lists(texts(10_000), max_size=25), st.integers(0, 40), st.booleans())
@settings(max_examples=50)
def test_a_list_of_hostile_names_can_be_sent(
    names: list[str],
    offset: int,
    known: bool,  # noqa: FBT001 (drawn)
) -> None:
    every = things(names)
    interests = [
        Interest(kind=one.kind, key=one.key, stance=tuple(Stance)[n % 2], name=one.name)
        for n, one in enumerate(every)
    ]
    there = {one.key: one for one in every} if known else {}
    check(say.following(interests, there, offset=offset, alerts=known, links=LINKS))


@given(texts(2000), st.integers(1, 40), st.integers(1, 6))
@settings(max_examples=50)
def test_an_alert_of_hostile_words_can_be_sent(words: str, count: int, cited: int) -> None:
    new = replace(a_great_deal(count, words, cited=cited).news, sources=())
    shown = say.alerted(new)
    rest = 2 * count - len(shown.events) - len(shown.quotes)
    told = check(
        say.alert(shown, rest=rest, about=[content_key("x")] * 4, as_of=MONDAY, links=LINKS)
    )
    assert len(shown.events) + len(shown.quotes) == min(say.MOST_ALERTED, 2 * count)
    assert (f"and {rest} more: /catchup" in told.text) == (rest > 0)


@given(texts(1000), st.integers(0, 40), st.sampled_from(Length), st.booleans(), st.integers(0, 999))
@settings(max_examples=60)
def test_a_digest_of_any_length_can_be_sent(
    words: str,
    count: int,
    length: Length,
    first: bool,  # noqa: FBT001 (drawn)
    muted: int,
) -> None:
    told = a_great_deal(count, words, first=first)
    half = count // 2
    led = News(sources=(), events=told.news.events[half:], quotes=told.news.quotes[half:])
    rest = News(
        sources=told.news.sources,
        events=told.news.events[:half],
        quotes=told.news.quotes[:half],
    )
    shaped = replace(told, length=length, followed=led, news=rest, muted=muted)
    parts = [check(part) for part in digest(shaped, links=LINKS)]
    check(nothing_new(shaped))
    if length is Length.SHORT:
        (short,) = parts
        shown = [f"{kind}{n}y" for kind in ("Event", "Quote") for n in range(count)]
        assert sum(mark in short.text for mark in shown) == min(MOST_SHORT, 2 * count)
    if length is Length.FULL:
        whole = "".join(part.text for part in parts)
        assert all(f"Event{n}y" in whole for n in range(count))


def test_the_menu_is_of_the_persons_and_things_that_most_is_about() -> None:
    people, others = [content_key(f"p{n}") for n in range(4)], [content_key("o")]
    concerns = Concerns(
        of_item={
            "a": frozenset({*people[:3], *others}),
            "b": frozenset({people[1], people[2], *others}),
            "c": frozenset({people[2]}),
        },
        persons=frozenset(people),
    )
    chosen = say.often_in(concerns, ["a", "b", "c", "nothing"])
    assert chosen == (people[2], people[1], others[0], people[0])
    assert say.often_in(concerns, []) == ()
    assert say.choosing(()) == ()


def test_a_short_digest_of_sources_alone_says_how_many() -> None:
    told = a_great_deal(3, "words")
    only = replace(
        told, length=Length.SHORT, news=replace(told.news, events=(), quotes=()), late=None
    )
    (part,) = digest(only, links=LINKS)
    assert part.text == "Digest · 10 Jan 2022\nwords\n\n3 new sources: /sources"


def test_every_follow_row_sets_what_it_says() -> None:
    key = content_key("x")
    for stance in (None, *Stance):
        (row,) = say.follow_buttons(key, stance)
        presses = [button.press for button in row]
        assert presses == [
            Follow(key, None if stance is Stance.FOLLOW else Stance.FOLLOW),
            Follow(key, None if stance is Stance.MUTE else Stance.MUTE),
        ]
    assert Message(say.gone().body, say.follow_buttons(key, None)).markup is not None
