from contextlib import suppress
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.callbacks import (
    LONGEST,
    Callback,
    CallbackError,
    CatchUpPage,
    ChannelPage,
    ChannelSetting,
    Choose,
    Correct,
    Export,
    ExportFormat,
    Facet,
    Follow,
    Following,
    Forget,
    LetGo,
    List,
    ListPage,
    Option,
    PersonPage,
    PicturePage,
    Press,
    PressedOn,
    QuotesPage,
    Reload,
    Review,
    ReviewAct,
    Revoke,
    Setting,
    SourcePage,
    SubjectPage,
    TimelinePage,
    View,
    unpack,
)
from bot.messages.callbacks.setting import VALUES
from bot.messages.scope import Scope
from bot.pictures.chart import Theme
from store.knowledge.keys import content_key, place_key
from store.knowledge.values import Precision, When
from store.ledger.values import Stance

KEYS = st.text().map(content_key)
OFFSETS = st.integers(0, 999_999_999)
DAYS = st.dates(date(1, 1, 1))
RANGES = st.tuples(DAYS, DAYS).map(lambda d: When(min(d), max(d), Precision.RANGE))
WHENS = st.one_of(
    DAYS.map(When.day),
    DAYS.map(lambda d: When.parse(f"{d:%Y}".zfill(4))),
    DAYS.map(lambda d: When.parse(d.isoformat()[:7])),
    RANGES.filter(lambda when: when.start < when.end),
)
PLACES = st.text().map(place_key)
PERSONS = st.lists(KEYS, max_size=2).map(tuple)
SCOPES = st.one_of(
    st.builds(Scope, place=st.none() | PLACES, persons=PERSONS, when=st.none() | WHENS),
    st.builds(
        Scope,
        place=st.none() | PLACES,
        subjects=st.lists(KEYS, min_size=1, max_size=2).map(tuple),
        when=st.none() | WHENS,
    ),
    st.builds(Scope, subjects=st.tuples(KEYS), persons=PERSONS, when=st.none() | WHENS),
).map(str)
SETTINGS = st.sampled_from(
    [Setting(option, value) for option in Option for value in VALUES[option]]
)
EACH: tuple[st.SearchStrategy[Callback], ...] = (
    st.builds(PersonPage, KEYS, st.sampled_from(View), OFFSETS),
    st.builds(SubjectPage, KEYS, st.sampled_from(Facet), st.none() | OFFSETS),
    st.builds(TimelinePage, SCOPES, st.none() | OFFSETS),
    st.builds(PicturePage, SCOPES, st.sampled_from(Theme), st.none() | OFFSETS),
    st.builds(QuotesPage, st.none() | KEYS, st.none() | WHENS, OFFSETS),
    st.builds(SourcePage, KEYS, OFFSETS),
    st.builds(ListPage, st.sampled_from(List), OFFSETS),
    st.builds(Press, st.sampled_from(PressedOn)),
    st.builds(CatchUpPage, OFFSETS, OFFSETS, DAYS, OFFSETS),
    st.builds(Export, SCOPES, st.none() | st.sampled_from(ExportFormat)),
    st.builds(Forget, st.booleans()),
    st.builds(Revoke, OFFSETS),
    st.builds(Reload, KEYS, st.booleans()),
    st.builds(Review, st.sampled_from(ReviewAct), KEYS, OFFSETS, KEYS),
    st.builds(ChannelPage, OFFSETS),
    st.builds(ChannelSetting, OFFSETS, SETTINGS),
    st.builds(Correct, KEYS),
    st.builds(Follow, KEYS, st.none() | st.sampled_from(Stance), st.booleans()),
    st.builds(LetGo, KEYS, OFFSETS),
    st.builds(Following, OFFSETS),
    st.builds(Choose, st.lists(KEYS, min_size=1, max_size=4).map(tuple)),
    SETTINGS,
)
CALLBACKS: st.SearchStrategy[Callback] = st.one_of(EACH)
PARTS = st.sampled_from(
    [
        "p",
        "t",
        "s",
        "l",
        "d",
        "o",
        "a",
        "f",
        ":",
        "@",
        "/",
        "0",
        "1",
        "-1",
        "2022-01-10",
        "2022",
        "abcdefghijkl",
        "٣",
    ]
)


@given(st.tuples(*EACH))
def test_no_kind_of_button_is_left_out_here(each: tuple[Callback, ...]) -> None:
    assert {type(one) for one in each} == set(get_args(Callback))


@given(CALLBACKS)
def test_what_is_packed_is_unpacked_and_fits_a_button(press: Callback) -> None:
    packed = press.pack()
    assert len(packed.encode()) <= LONGEST
    assert unpack(packed) == press


def test_the_longest_values_fit() -> None:
    scope = str(When(date(2022, 11, 10), date(2022, 12, 12), Precision.RANGE))
    assert len(TimelinePage(scope, 999_999_999).pack().encode()) <= LONGEST
    key = content_key("somebody")
    forever = When(date.min, date.max, Precision.RANGE)
    every = TimelinePage(str(Scope(place=key, persons=(key, key), when=forever)), 999_999_999)
    two = TimelinePage(str(Scope(place=key, subjects=(key, key), when=forever)), 999_999_999)
    assert len(two.pack()) == len(every.pack())
    picture = PicturePage(every.scope, Theme.DARK, every.offset)
    for longest in (every, picture, QuotesPage(key, forever, 999_999_999)):
        assert len(longest.pack().encode()) <= LONGEST
        assert unpack(longest.pack()) == longest


def test_buttons_of_before_still_open_their_timelines() -> None:
    for scope in ("", "2022", "2022-01", "2022-01-10", "2022-01-09/2022-01-12", "@abcdefghijkl"):
        assert unpack(f"t:{scope}:8") == TimelinePage(scope, 8)


@given(st.text() | st.lists(PARTS).map("".join) | st.lists(PARTS).map(":".join))
def test_any_other_text_is_refused_and_nothing_else_happens(data: str) -> None:
    with suppress(CallbackError):
        assert unpack(data).pack() == data or data.rpartition(":")[2].startswith("0")


@pytest.mark.parametrize(
    "data",
    [
        "",
        "p",
        "p:p:short:0",
        "p:x:abcdefghijkl:0",
        "p:p:abcdefghijkl:-1",
        "p:p:abcdefghijkl:1e3",
        "p:p:abcdefghijkl:٣",
        "p:p:abcdefghijkl:9999999999",
        "p:p:abcdefghijkl:x",
        "s:abcdefghijkl",
        "s:abcdefghijk1:0",
        "t:Geneva:",
        "t:@Geneva:",
        "t:@:0",
        "t:2022-13:0",
        "t:~abcdefghijkl~abcdefghijkl~abcdefghijkl:0",
        "t:~abcdefghijkl@abcdefghijkl:0",
        "t:~abcdefghijklb4300-b4200:0",
        "t:~abcdefghijklffffff-ffffff:0",
        "t:~abcdefghijkl0-1:0",
        "t:b4200-b4300:0",
        "q:short::0",
        "q::2022-13:0",
        "q::",
        "t:2022-01-12/2022-01-10:0",
        "t:2014/2015:0",
        "t:\uff12\uff10\uff12\uff12:0",  # digits, but not those of a button
        "l:z:0",
        "l:s:0:0",
        "o:a:1440",
        "o:d:0",
        "o:d:128",
        "o:y:7",
        "o:u:2",
        "o:w:2",
        "o:x:0",
        "o:a",
        "f:2",
        "f:01",
    ],
)
def test_what_no_button_carries_is_refused(data: str) -> None:
    with pytest.raises(CallbackError):
        unpack(data)
