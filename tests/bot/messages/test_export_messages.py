"""What is written into files can be read back, and stays text whatever it says."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.messages.callbacks import ExportFormat
from bot.messages.export import (
    COLUMNS,
    Exported,
    caption,
    escaped,
    file_name,
    file_of,
    harmless,
    read_format,
)
from store.ingest.clean import clean_line
from store.knowledge.sources import Citation, Source
from store.knowledge.timeline import Event, Present
from store.knowledge.values import Basis, Status, When
from tests.bot.hostile import FRAGMENTS

NOW = datetime(2022, 1, 20, 9, tzinfo=UTC)
CITED = Citation(n=1, key="s" * 12, outlet="The Gazette", published=date(2022, 1, 10))
WORDS = (
    st.one_of(
        st.lists(
            st.sampled_from(
                [*FRAGMENTS, "=1+1", "-2", "+3", "@SUM(A1)", ";", ",", '"', "BEGIN:VEVENT", "\\,"]
            ),
            min_size=1,
            max_size=4,
        ).map(" ".join),
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
    )
    .map(clean_line)
    .filter(bool)
)
DAYS = st.dates(date(1000, 1, 1))
WHENS = st.one_of(
    DAYS.map(When.day),
    DAYS.map(lambda day: When.parse(f"{day:%Y-%m}")),
    DAYS.map(lambda day: When.parse(f"early {day:%Y-%m}")),
    DAYS.map(lambda day: When.parse(f"{day:%Y}")),
    st.tuples(DAYS, DAYS).map(lambda pair: When.parse(f"{min(pair)}/{max(pair)}")),
)
EVENTS = st.lists(
    st.builds(
        Event,
        key=st.text("abcdefgh234567", min_size=12, max_size=12),
        when=WHENS,
        text=WORDS,
        place=st.none() | WORDS,
        status=st.sampled_from(Status),
        borne_out=st.booleans(),
        sources=st.just((CITED,)),
        basis=st.sampled_from(Basis),
        because=st.none() | WORDS,
        people=st.lists(
            WORDS.map(lambda name: Present(key="p" * 12, name=name, spellings=(name,))), max_size=2
        ).map(tuple),
    ),
    min_size=1,
    max_size=5,
).map(tuple)


def exported(events: tuple[Event, ...], words: str = "Geneva") -> Exported:
    source = Source(
        citation=CITED, title=words, document=words, basis=Basis.STATED, because=None, body="-"
    )
    return Exported(
        title=words,
        story="The story",
        as_of=date(2022, 1, 19),
        events=events,
        sources={CITED.key: source},
        total=len(events),
    )


@given(EVENTS, WORDS)
def test_a_calendar_has_each_event_on_all_of_its_days(
    events: tuple[Event, ...], words: str
) -> None:
    content = file_of(exported(events, words), ExportFormat.CALENDAR, now=NOW)
    read = icalendar.Calendar.from_ical(content)
    entries = list(read.walk("VEVENT"))
    assert [str(entry["UID"]) for entry in entries] == [f"{e.key}@attache" for e in events]
    for entry, event in zip(entries, events, strict=True):
        assert entry.decoded("DTSTART") == event.when.start
        if event.when.end < date.max:
            assert entry.decoded("DTEND") - timedelta(days=1) == event.when.end
        assert str(entry["SUMMARY"]) == event.text
        assert str(entry.get("LOCATION", "")) == (event.place or "")
        planned = event.status is Status.PLANNED
        assert str(entry["STATUS"]) == ("TENTATIVE" if planned else "CONFIRMED")
        assert "The Gazette" in str(entry["DESCRIPTION"])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


@given(EVENTS, WORDS)
def test_a_table_has_each_event_in_a_row_without_a_formula(
    events: tuple[Event, ...], words: str
) -> None:
    content = file_of(exported(events, words), ExportFormat.TABLE, now=NOW).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content, newline=""))
    assert tuple(head) == COLUMNS
    assert len(rows) == len(events)
    for row, event in zip(rows, events, strict=True):
        cells = dict(zip(COLUMNS, row, strict=True))
        assert cells["from"] == event.when.start.isoformat()
        assert cells["to"] == event.when.end.isoformat()
        assert cells["text"] == harmless(event.text)
        assert cells["place"] == harmless(event.place or "")
        assert not any(cell.lstrip()[:1] in {"=", "+", "-", "@"} for cell in row)
    assert content.count("\r\n") >= len(events) + 1


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", " =1", "\uff1d1"])
def test_what_a_spreadsheet_would_calculate_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@given(EVENTS, WORDS)
def test_markdown_shows_the_words_as_they_are(events: tuple[Event, ...], words: str) -> None:
    content = file_of(exported(events, words), ExportFormat.TEXT, now=NOW).decode()
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(content)
    inline = [token for token in tokens if token.type == "inline"]
    items = [token for token in inline if token.level == 3]
    assert len(items) == len(events) + 1
    for token, event in zip(items, events, strict=False):
        kinds = {child.type for child in token.children or ()}
        assert kinds <= {"text", "strong_open", "strong_close", "em_open", "em_close"}
        shown = "".join(child.content for child in token.children or ())
        assert event.text in shown
        assert (event.place or "") in shown


@given(WORDS)
def test_escaped_words_are_only_words(words: str) -> None:
    (paragraph,) = [
        token
        for token in MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(
            f"x {escaped(words)} x"
        )
        if token.type == "inline"
    ]
    assert {child.type for child in paragraph.children or ()} == {"text"}
    assert "".join(child.content for child in paragraph.children or ()) == f"x {words} x"


@given(st.text(), st.sampled_from(ExportFormat))
def test_a_file_name_is_short_and_plain(title: str, kind: ExportFormat) -> None:
    name = file_name(title, kind)
    assert name.isascii()
    assert len(name) <= 64
    assert name.replace("-", "").replace(".", "").isalnum()
    assert name.startswith("timeline")


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("Geneva csv", ("Geneva", ExportFormat.TABLE)),
        ("ICS", ("", ExportFormat.CALENDAR)),
        ("Sherman Geneva markdown", ("Sherman Geneva", ExportFormat.TEXT)),
        ("since 2022-01-10", ("since 2022-01-10", None)),
        ("", ("", None)),
    ],
)
def test_the_last_word_may_name_the_format(
    asked: str, read: tuple[str, ExportFormat | None]
) -> None:
    assert read_format(asked) == read


@given(EVENTS, WORDS)
def test_a_caption_fits_below_a_file(events: tuple[Event, ...], words: str) -> None:
    assert 0 < len(caption(exported(events, words * 30)).encode("utf-16-le")) // 2 <= 1024
