import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import (
    check_entities,
    tidy,
    utf16_length,
    utf16_offsets,
    utf16_slice,
)
from bot.sandbox.errors import TelegramError
from bot.sandbox.json_values import Json, JsonObject

FORMATS = ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "blockquote")
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("ab 😀é\n\r\u202e\u0333")),
    max_size=30,
)


def bold(offset: int, length: int, kind: str = "bold") -> JsonObject:
    return {"type": kind, "offset": offset, "length": length}


@st.composite
def texts_with_entities(draw: st.DrawFn) -> tuple[str, list[JsonObject]]:
    text = draw(TEXTS)
    places = st.sampled_from(utf16_offsets(text))
    entities = []
    for kind in draw(st.lists(st.sampled_from(FORMATS), max_size=5)):
        start, end = sorted((draw(places), draw(places)))
        entities.append(bold(start, end - start, kind))
    return text, entities


@given(TEXTS)
def test_length_is_that_of_utf_16(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


@given(texts_with_entities())
def test_a_slice_is_cut_where_utf_16_says(drawn: tuple[str, list[JsonObject]]) -> None:
    text, entities = drawn
    offsets = utf16_offsets(text)

    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        expected = text[offsets.index(start) : offsets.index(end)]
        assert utf16_slice(text, start, entity["length"]) == expected


@given(texts_with_entities())
def test_tidied_entities_lie_inside_the_text_in_order_and_nest(
    drawn: tuple[str, list[JsonObject]],
) -> None:
    text, entities = tidy(*drawn)
    offsets = set(utf16_offsets(text))
    spans = [(one["offset"], one["offset"] + one["length"]) for one in entities]

    assert all(start in offsets and end in offsets and start < end for start, end in spans)
    assert spans == sorted(spans, key=lambda span: (span[0], -span[1]))
    crossing = [
        (one, other) for one in spans for other in spans if one[0] < other[0] < one[1] < other[1]
    ]
    assert crossing == []


@given(texts_with_entities())
def test_tidying_twice_changes_nothing_more(drawn: tuple[str, list[JsonObject]]) -> None:
    once = tidy(*drawn)

    assert tidy(*once) == once


@given(texts_with_entities())
def test_characters_keep_their_formats(drawn: tuple[str, list[JsonObject]]) -> None:
    text, entities = drawn
    tidied, kept = tidy(text, entities)

    # What is bold stays bold, unless code took it.
    def formatted(whole: str, found: list[JsonObject], kind: str) -> str:
        covered = {
            at
            for one in found
            if one["type"] == kind
            for at in range(one["offset"], one["offset"] + one["length"])
        }
        offsets = utf16_offsets(whole)
        letters = (c for c, at in zip(whole, offsets, strict=False) if at in covered)
        return "".join(letter for letter in letters if letter.isalnum())

    without_code = [one for one in entities if one["type"] not in {"code", "blockquote"}]
    tidied, kept = tidy(text, without_code)
    for kind in ("bold", "italic", "spoiler"):
        assert formatted(tidied, kept, kind) == formatted(text, without_code, kind)


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("  a \n b \n", "a \n b"),
        ("a\tb\x00c", "a b c"),
        ("a\r\nb", "a\nb"),
        ("a\u202eb\u2028c", "abc"),
        ("\u00a0a\u00a0", "\u00a0a\u00a0"),
    ],
)
def test_texts_are_cleaned_and_trimmed(text: str, tidied: str) -> None:
    assert tidy(text, [])[0] == tidied


def test_what_an_entity_covers_is_not_trimmed_at_the_beginning() -> None:
    assert tidy("  a  ", [bold(1, 3)]) == (" a", [bold(0, 2)])


def test_entities_move_with_dropped_characters() -> None:
    assert tidy("a\r\nb\rc", [bold(3, 3)]) == ("a\nbc", [bold(2, 2)])


def test_the_same_kind_is_joined_and_cut_at_the_edges_of_others() -> None:
    link = {"type": "text_link", "offset": 2, "length": 2, "url": "http://a.b/"}

    found = tidy("abcdefgh", [bold(0, 3), bold(2, 4), link])[1]

    assert found == [bold(0, 2), link, bold(2, 2), bold(4, 2)]


def test_code_holds_nothing_else() -> None:
    assert tidy("abcdef", [bold(0, 6), bold(2, 2, "code")])[1] == [
        bold(0, 2),
        bold(2, 2, "code"),
        bold(4, 2),
    ]


def test_of_two_links_that_overlap_the_first_stays() -> None:
    links = [
        {"type": "text_link", "offset": at, "length": 3, "url": f"http://{at}.org/"}
        for at in (0, 2)
    ]

    assert tidy("abcdef", links)[1] == links[:1]


# The first seven are tdlib's own tests (test/message_entities.cpp), said through the Bot API.
@pytest.mark.parametrize(
    ("text", "entity", "refusal"),
    [
        ("👉 👉  ", bold(1, 1), "entity begins in a middle of a UTF-16 symbol at byte offset 4"),
        (
            "👉 👉  ",
            bold(0, 1),
            (
                "entity beginning at UTF-16 offset 0 ends "
                "in a middle of a UTF-16 symbol at byte offset 4"
            ),
        ),
        (
            "aba caba",
            bold(3, 6),
            "entity beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 9",
        ),
        ("aba caba", bold(9, 1), "entity begins after the end of the text at UTF-16 offset 9"),
        ("aba caba", bold(-1, 1), "receive an entity with incorrect offset -1"),
        ("aba caba", bold(0, -1), "receive an entity with incorrect length -1"),
        (
            "aba caba",
            bold(8, 1),
            "entity beginning at UTF-16 offset 8 ends after the end of the text at UTF-16 offset 9",
        ),
        ("a", bold(0, 1, "loud"), "can't parse MessageEntity: Unsupported type specified"),
        ("a", "bold", "can't parse MessageEntity: expected an Object"),
        ("a", {"offset": 0, "length": 1}, "can't parse MessageEntity: Can't find field \"type\""),
        (
            "a",
            {"type": "bold", "offset": "0", "length": 1},
            'can\'t parse MessageEntity: Field "offset" must be of type Number',
        ),
        (
            "a",
            bold(0, 1, "text_mention"),
            "the sandbox does not support entities of type text_mention",
        ),
    ],
)
def test_wrong_entities_are_refused(text: str, entity: Json, refusal: str) -> None:
    with pytest.raises(TelegramError) as refused:
        check_entities(text, [entity])

    assert refused.value.description == f"Bad Request: {refusal}"


def test_entities_without_use_are_passed_over_in_silence() -> None:
    given_entities = [
        bold(0, 0),
        bold(0, 1, "mention"),
        bold(0, 1, "text_link") | {"url": "nowhere"},
        bold(0, 1, "text_link") | {"url": "Example.org"},
    ]

    assert check_entities("abc", given_entities) == [
        bold(0, 1, "text_link") | {"url": "http://example.org/"}
    ]
