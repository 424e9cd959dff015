import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.ingest.fields import FrontMatterError
from store.ingest.front_matter import line_of, read_mapping, split_front_matter


def test_the_head_is_read_with_the_line_of_each_field_and_the_body_after_it() -> None:
    front = split_front_matter(
        "---\n"
        "title: A # why\n"
        "people:\n"
        "  - name: B\n"
        "    aliases: [C,\n"
        "      D]\n"
        "  - {name: E}\n"
        "---\n"
        "\n"
        "Body.\n"
        "---\n"
        "More.\n"
    )
    assert front.fields == {
        "title": "A",
        "people": [{"name": "B", "aliases": ["C", "D"]}, {"name": "E"}],
    }
    assert front.lines == {
        (): 2,
        ("title",): 2,
        ("people",): 3,
        ("people", 0): 4,
        ("people", 0, "name"): 4,
        ("people", 0, "aliases"): 5,
        ("people", 0, "aliases", 0): 5,
        ("people", 0, "aliases", 1): 6,
        ("people", 1): 7,
        ("people", 1, "name"): 7,
    }
    assert front.body == "Body.\n---\nMore."
    assert front.body_line == 10


def test_a_field_that_is_not_there_stands_where_its_neighbours_do() -> None:
    _, lines = read_mapping("a:\n  - {b: 1}\n")
    assert line_of(("a", 0, "missing"), lines) == 2
    assert line_of(("missing",), lines) == 1


def test_scalars_stay_text() -> None:
    fields, _ = read_mapping(
        "a: no\nb: 2014\nc: 1e3\nd: 2022-01-10\ne: 0x10\nf: 1:30\ng: 'null'\nh: !!int 3\n"
    )
    assert fields == {
        "a": "no",
        "b": "2014",
        "c": "1e3",
        "d": "2022-01-10",
        "e": "0x10",
        "f": "1:30",
        "g": "null",
        "h": "3",
    }


def test_a_field_without_a_value_is_none() -> None:
    fields, _ = read_mapping('a:\nb: ~\nc: null\nd: NULL\ne: ""\nf: [, ]\n'.replace("[, ]", "[~]"))
    assert fields == {"a": None, "b": None, "c": None, "d": None, "e": "", "f": [None]}


def test_windows_line_ends_are_read_as_others_are() -> None:
    front = split_front_matter("---\r\na: 1\r\n---\r\nBody.\r\n")
    assert (front.fields, front.body) == ({"a": "1"}, "Body.")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "no front matter; the file must begin with a line of ---"),
        ("title: A\n", 1, "no front matter; the file must begin with a line of ---"),
        ("---\ntitle: A\n", 1, "the front matter is not closed by a line of ---"),
        ("---\na: 1\nb: 2\na: 3\n---\n", 4, "the field 'a' is given twice"),
        ("---\n- a\n---\n", 2, "expected fields, one a line, as `name: value`"),
        ("---\na\n---\n", 2, "expected fields, one a line, as `name: value`"),
        ("---\n? [a]\n: b\n---\n", 2, "a field's name must be plain text"),
        (
            "---\na: Talks: the start\n---\n",
            2,
            "not YAML: a second colon; put the text between double quotes",
        ),
        (
            "---\na:\n\tb: 1\n---\n",
            3,
            (
                "not YAML: a tab, or a text that begins with @, ` or %; "
                "indent with spaces, put the text between double quotes"
            ),
        ),
        ("---\na: 'x\n---\n", 2, "not YAML: a quotation mark or bracket is not closed"),
        ("---\na: 1\nforgotten\nb: 2\n---\n", 3, "not YAML: expected `name: value`"),
        ("---\na: \x01\n---\n", 2, "not YAML: control characters are not allowed"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(FrontMatterError) as raised:
        split_front_matter(text)
    assert (raised.value.line, raised.value.message) == (line, message)


def test_a_bomb_of_aliases_is_refused() -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    rows += [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    with pytest.raises(FrontMatterError, match="line 1: anchors and aliases"):
        read_mapping("\n".join(rows))


def test_a_text_that_looks_like_an_alias_is_explained() -> None:
    with pytest.raises(FrontMatterError, match="double quotes"):
        read_mapping("a: 1\nb: &c\n")


@pytest.mark.parametrize(
    "opening", ["a: " + "[" * 200_000, "a: " + "{b: " * 100_000, "a:\n" + "- " * 100_000]
)
def test_endless_nesting_is_refused_at_once(opening: str) -> None:
    began = time.monotonic()
    with pytest.raises(FrontMatterError, match="nested more than 20 deep"):
        read_mapping(opening)
    assert time.monotonic() - began < 1


def test_twenty_levels_are_read() -> None:
    fields, _ = read_mapping("a: " + "[" * 20 + "]" * 20)
    assert list(fields) == ["a"]


yamlish = st.text(alphabet="ab:-[]{}&*!|>'\"%@`#?,. ~\t\n\r0\ufeff\u2028\x85", max_size=80)


@given(st.text() | yamlish)
@example("a: \ud800".encode("utf-8", "replace").decode())
@example("? a\n: - b")
def test_no_text_raises_anything_else(text: str) -> None:
    for head in (text, f"---\n{text}\n---\nBody."):
        try:
            front = split_front_matter(head)
        except FrontMatterError as error:
            assert error.line >= 1  # noqa: PT017 (either way it must hold)
        else:
            assert front.lines[()] == 2
