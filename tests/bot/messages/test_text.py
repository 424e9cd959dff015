from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.text import (
    ELLIPSIS,
    Span,
    Style,
    Text,
    blocks,
    bold,
    clip,
    fill,
    italic,
    join,
    lines,
    link,
    paginate,
    split,
    units,
)

# Letters of one unit, of two, joined ones, marks, right-to-left, spaces.
LETTERS = st.sampled_from(
    list("ab .\n@/*_<&é…\u200d\u0301\u05d0\u200f\U0001f600\U0001f1fa\U00010348")
)
ANY = st.text(LETTERS, max_size=60) | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SPANS = st.builds(Span, ANY, st.sampled_from(Style), st.just("https://t.me/a?start=b"))
TEXTS = st.builds(Text, st.lists(SPANS, max_size=8).map(tuple))


def in_units(plain: str, offset: int, length: int) -> str:
    return plain.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


@given(TEXTS)
def test_each_entity_covers_exactly_its_span(text: Text) -> None:
    covered = [in_units(text.plain, e.offset, e.length) for e in text.entities()]
    assert covered == [s.text for s in text.spans if s.style is not Style.PLAIN and s.text]


@given(TEXTS)
def test_the_number_of_entities_is_known_without_making_them(text: Text) -> None:
    assert text.styled == len(text.entities())


@given(TEXTS, TEXTS)
def test_lengths_add_up(one: Text, other: Text) -> None:
    assert (one + other).units == one.units + other.units
    assert (one + other).plain == one.plain + other.plain


def test_an_emoji_counts_two_units() -> None:
    said = "😀 " + bold("Sherman")
    assert [(e.offset, e.length) for e in said.entities()] == [(3, 7)]
    assert said.units == 10


def test_a_link_carries_its_address() -> None:
    (entity,) = link("[2]", "https://t.me/a?start=s").entities()
    assert (entity.type, entity.url) == ("text_link", "https://t.me/a?start=s")


@given(ANY, st.integers(1, 70))
def test_a_clipped_text_is_no_longer_than_asked_and_splits_no_letter(plain: str, most: int) -> None:
    clipped = clip(plain, most)
    assert units(clipped) <= most
    if clipped != plain:
        assert units(plain) > most
        assert clipped.endswith(ELLIPSIS)
        assert plain.startswith(clipped.removesuffix(ELLIPSIS))
    clipped.encode("utf-8")


def test_a_text_is_cut_between_words() -> None:
    assert clip("a working dinner in Geneva", 20) == "a working dinner in…"
    assert clip("a working dinner in Geneva", 18) == "a working dinner…"


def test_a_word_without_end_is_cut_where_the_room_ends() -> None:
    assert clip("a" + "b" * 50, 10) == "abbbbbbbb…"
    assert clip("see " + "b" * 50, 10) == "see bbbbb…"


@given(ANY, st.integers(2, 70))
def test_splitting_loses_nothing_but_spaces_at_the_cuts(plain: str, most: int) -> None:
    pieces = list(split(plain, most))
    assert "".join("".join(pieces).split()) == "".join(plain.split())
    assert max(map(units, pieces)) <= most


@given(st.text(st.sampled_from("ab"), max_size=9), st.lists(TEXTS, max_size=8))
def test_joining_leaves_out_what_holds_nothing(separator: str, texts: list[Text]) -> None:
    expected = separator.join(text.plain for text in texts if text.plain)
    assert join(separator, texts).plain == expected


def test_lines_and_blocks_leave_no_gaps() -> None:
    assert lines("a", "", bold(""), italic("b")).plain == "a\nb"
    assert blocks("a", Text(), "b", "").plain == "a\n\nb"


@given(
    st.lists(TEXTS.filter(bool), max_size=30),
    st.integers(500, 900),
    st.integers(8, 20),
)
def test_paging_keeps_everything_in_order_and_within_limits(
    items: list[Text], most: int, entities: int
) -> None:
    pages = paginate(items, most=most, entities=entities)
    assert [item for page in pages for item in page] == items
    for page in pages:
        body = blocks(*page)
        assert body.units <= most
        assert body.styled <= entities
    assert all(pages) or not items


@given(st.lists(TEXTS.filter(bool), max_size=30))
def test_a_page_is_not_ended_before_it_must_be(items: list[Text]) -> None:
    pages = paginate(items, most=500, entities=20)
    for page, following in pairwise(pages):
        fuller = blocks(*page, following[0])
        assert fuller.units + 2 > 500 or fuller.styled > 20


@given(TEXTS, ANY)
def test_what_is_filled_in_stays_as_it_is(value: Text, plain: str) -> None:
    filled = fill("“{value}” and {plain}.", value=value, plain=plain)
    assert filled.plain == f"“{value.plain}” and {plain}."
    assert [s for s in filled.spans if s.style is not Style.PLAIN] == [
        s for s in value.spans if s.style is not Style.PLAIN
    ]
