"""Taking an entry in or out leaves all others as they were read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.ingest.draft_values import DraftSummary, Item
from store.ingest.draft_writing import write_draft
from store.ingest.extract.quotes import Sureness
from store.ingest.front_matter import split_front_matter
from store.ingest.raw.values import Published
from store.ingest.review import KINDS, At, ReviewError, drop, keep, mark_of, waiting
from store.knowledge.values import Basis, StatedFigure, StatedPerson, When

FILE = b"""---\r
# by hand\r
title: Bridge
source: Herald
published: 2022-01-12
people:
  - name: Anna Berg
    role: >-
      mayor of
      the town

    review: true   # look again

  # the second
  - review: yes
    name: Olaf Lund
figures:
- {what: cost, value: '40', review: true}
---
Text \xe2\x80\x93 body.
"""

names = st.text(min_size=1, max_size=120)
sures = st.sampled_from(list(Sureness))


@st.composite
def drafts(draw: st.DrawFn) -> DraftSummary:
    people = [
        Item(stated=StatedPerson(name=name, role=role, side=None), origin=origin, sure=sure)
        for name, role, origin, sure in draw(st.lists(st.tuples(names, names, names, sures)))
    ]
    figures = [
        Item(stated=StatedFigure(what=what, value=value), origin=what, sure=sure)
        for what, value, sure in draw(st.lists(st.tuples(names, names, sures)))
    ]
    day = Published(when=When.parse("2022-01-12"), basis=Basis.STATED, because="said")
    return DraftSummary(
        title="T",
        outlet="O",
        document="d",
        published=day,
        people=tuple(people),
        figures=tuple(figures),
        body=draw(names),
    )


def entries(raw: bytes) -> dict[At, object]:
    fields = split_front_matter(raw.decode()).fields
    return {
        At(kind, index): entry
        for kind in KINDS
        for index, entry in enumerate(fields.get(kind) or ())
    }


@settings(max_examples=60, deadline=None)
@given(drafts())
def test_whatever_is_drafted_one_is_kept_or_dropped_and_the_others_stay(
    draft: DraftSummary,
) -> None:
    raw = write_draft(draft).encode()
    before = entries(raw)
    for one in waiting(raw):
        others = [entry for at, entry in before.items() if at != one.at]
        kept, dropped = keep(raw, one.at), drop(raw, one.at)
        assert list(entries(dropped).values()) == others
        after = entries(kept)
        mine = after.pop(one.at)
        assert list(after.values()) == others
        assert mine == {name: value for name, value in one.fields.items() if name != "review"}
        assert len(waiting(kept)) == len(waiting(dropped)) == len(waiting(raw)) - 1


def test_what_waits_is_found_with_its_line() -> None:
    found = waiting(FILE)
    assert [(one.at, one.number, one.line) for one in found] == [
        (("people", 0), 0, 7),
        (("people", 1), 1, 15),
        (("figures", 0), 2, 18),
    ]


def test_keeping_takes_one_line_out_and_leaves_every_other_byte() -> None:
    mark = b"    review: true   # look again\n"
    assert keep(FILE, At("people", 0)) == FILE.replace(mark, b"")


def test_a_mark_that_stands_first_hands_on_its_dash() -> None:
    expected = FILE.replace(b"  - review: yes\n    name", b"  - name")
    assert keep(FILE, At("people", 1)) == expected


def test_dropping_takes_the_lines_of_the_entry_only() -> None:
    entry = FILE[FILE.index(b"  - name: Anna") : FILE.index(b"\n  # the second")]
    assert drop(FILE, At("people", 0)) == FILE.replace(entry, b"")


def test_with_its_last_entry_a_list_goes() -> None:
    start, end = FILE.index(b"figures:"), FILE.index(b"---\nText")
    assert drop(FILE, At("figures", 0)) == FILE[:start] + FILE[end:]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("- {what: cost, value: '40', review: true}", "- {what: cost, value: '40'}"),
        ("- {review: true, what: cost, value: '40'}", "- {what: cost, value: '40'}"),
        ("- {what: cost, review: true, value: '40'}  # x", "- {what: cost, value: '40'}  # x"),
        ("- {what: cost, \"review\": yes , value: '40'}", "- {what: cost , value: '40'}"),
        (
            "- {what: \"so, review: true, or not\", review: true, value: '40'}",
            "- {what: \"so, review: true, or not\", value: '40'}",
        ),
        ("- {what: cost,\n   value: '40',\n   review: true}", "- {what: cost,\n   value: '40'}"),
        ("- {what: cost, value: '40', # x\n   review: true}", None),
        (
            "- {what: cost,\n   value: '40', review: true\n  }",
            "- {what: cost,\n   value: '40'\n  }",
        ),
    ],
)
def test_a_mark_within_one_line_is_taken_off(written: str, kept: str | None) -> None:
    raw = FILE.replace(b"- {what: cost, value: '40', review: true}", written.encode())
    if kept is None:
        with pytest.raises(ReviewError):
            keep(raw, At("figures", 0))
    else:
        assert keep(raw, At("figures", 0)) == raw.replace(written.encode(), kept.encode())


def test_of_a_list_in_one_line_an_entry_is_kept_and_not_dropped() -> None:
    raw = FILE.replace(b"figures:\n- {", b"figures: [{").replace(b"true}", b"true}]")
    assert keep(raw, At("figures", 0)) == raw.replace(b", review: true}]", b"}]")
    with pytest.raises(ReviewError):
        drop(raw, At("figures", 0))


@pytest.mark.parametrize("at", [At("figures", 1), At("quotes", 0)])
def test_what_cannot_be_kept_by_lines_is_an_editors(at: At) -> None:
    with pytest.raises(ReviewError):
        keep(FILE, at)


@pytest.mark.parametrize("raw", [b"", b"\xff", b"no head", b"---\ntitle: [\n---\nText\n"])
def test_in_a_broken_file_nothing_waits(raw: bytes) -> None:
    assert waiting(raw) == ()


def test_another_content_has_another_mark() -> None:
    assert mark_of(FILE) != mark_of(FILE + b" ")
