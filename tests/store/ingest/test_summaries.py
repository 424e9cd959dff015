from datetime import date
from pathlib import Path

import pytest

from store.errors import BrokenSummariesError, Problem
from store.ingest.summaries import LARGEST_FILE, Reading, read_summaries
from store.knowledge.values import (
    Basis,
    Grade,
    Side,
    StatedEvent,
    StatedFigure,
    StatedPerson,
    StatedQuote,
    Status,
    When,
)
from tests.store.stories import written

STORY = """\
title: The harbour
intro: Who builds it.
sides:
  - {name: The city, short: CT, colour: "#1c5af9"}
  - {name: The builders, short: BD, colour: "#ab5239"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "harbour"
    made.mkdir()
    (made / "story.yaml").write_text(STORY)
    return made


def put(folder: Path, name: str = "a.md", text: str | bytes | None = None) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    content = written() if text is None else text
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in read_summaries([folder]).problems]


def files(reading: Reading) -> list[str]:
    return [summary.file for summary in reading.summaries]


def test_the_packaged_story_holds(seeds: Reading) -> None:
    assert seeds.problems == ()
    assert len(seeds.summaries) == 5
    assert seeds.story.title == "Talks on Ukraine, winter 2021–22"


def test_all_that_a_summary_states_is_read(folder: Path) -> None:
    more = """\
published_basis: inferred
published_because: the tide tables
people:
  - {name: Ada  Quay, role: Mayor, side: The city, aliases: [Mayor Quay]}
  - {name: Bo Pier, role: , side: ~}
events:
  - {date: 2022-01, text: Opens, people: [Ada Quay], place: Pier 1, status: planned,
     basis: resolved, because: x}
  - {date: 2014, text: Ada Quay begins}
quotes:
  - {speaker: Ada Quay, text: '“It is open”', date: 2022-01-09, about: the harbour}
  - {speaker: Bo Pier, text: No., grade: reported}
figures:
  - {what: Berths, value: 30, date: 2021, according_to: Bo Pier}
"""
    put(folder, text=written(more=more))
    (found,) = read_summaries([folder]).whole().summaries
    assert (found.file, found.title, found.outlet) == ("a.md", "The harbour opens", "The Gazette")
    assert (found.published, found.published_basis) == (date(2022, 1, 10), Basis.INFERRED)
    assert (found.document, found.published_because) == ("a.txt", "the tide tables")
    assert found.people == (
        StatedPerson(name="Ada Quay", role="Mayor", side="The city", aliases=("Mayor Quay",)),
        StatedPerson(name="Bo Pier"),
    )
    assert found.events == (
        StatedEvent(
            when=When.parse("2022-01"),
            text="Opens",
            people=("Ada Quay",),
            place="Pier 1",
            status=Status.PLANNED,
            basis=Basis.RESOLVED,
            because="x",
        ),
        StatedEvent(when=When.parse("2014"), text="Ada Quay begins", people=None),
    )
    assert found.quotes == (
        StatedQuote(
            speaker="Ada Quay",
            text="It is open",
            when=When.parse("2022-01-09"),
            about="the harbour",
        ),
        StatedQuote(speaker="Bo Pier", text="No.", grade=Grade.REPORTED),
    )
    assert found.figures == (
        StatedFigure(what="Berths", value="30", when=When.parse("2021"), according_to="Bo Pier"),
    )
    assert found.body == "The harbour opened."


def test_the_story_says_what_it_is(folder: Path) -> None:
    put(folder)
    story = read_summaries([folder]).story
    assert (story.title, story.intro, story.language) == ("The harbour", "Who builds it.", "en")
    assert story.sides[1] == Side(name="The builders", short="BD", colour="#ab5239")


def test_a_story_without_its_file_is_untitled(tmp_path: Path) -> None:
    put(tmp_path)
    assert read_summaries([tmp_path]).whole().story.title == "Untitled story"


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("titel: x\n", "a.md:6: titel: is no field here; did you mean title?"),
        (
            "qqq: x\n",
            (
                "a.md:6: qqq: is no field here; known are title, source, document, published, "
                "published_basis, published_because, people, events, quotes, figures"
            ),
        ),
        ("people: Ada\n", "a.md:6: people: expected a list, as [one, two] or one `- ` a line"),
        ("people: [Ada]\n", "a.md:6: people.1: expected fields, as {name: value}"),
        ("people:\n  -\n", "a.md:7: people.1: expected fields, as {name: value}"),
        ("people:\n  - role: Mayor\n", "a.md:7: people.1.name: is missing"),
        (
            "people:\n  - {name: Ada, alias: [B]}\n",
            "a.md:7: people.1.alias: is no field here; did you mean aliases?",
        ),
        (
            "people:\n  - name: Ada\n    aliases: B\n",
            "a.md:8: people.1.aliases: expected a list, as [one, two] or one `- ` a line",
        ),
        ("people:\n  - name: [Ada]\n", "a.md:7: people.1.name: expected text"),
        (
            "people:\n  - name: '--'\n",
            "a.md:7: people.1.name: expected a name with at least one letter or digit",
        ),
        (
            "people:\n  - {name: Ada}\n  - {name: Bo, side: City}\n",
            "a.md:8: people.2.side: is no side of story.yaml; did you mean The city?",
        ),
        (
            "people:\n  - {name: Bo, side: xyz}\n",
            "a.md:7: people.1.side: is no side of story.yaml; known are The city, The builders",
        ),
        ("events:\n  - {text: x}\n", "a.md:7: events.1.date: is missing"),
        (
            "events:\n  - date: 10 January\n    text: x\n",
            (
                "a.md:7: events.1.date: expected 2014, 2021-06, early 2022-01, 2022-01-10 or "
                "2022-01-10/2022-01-12"
            ),
        ),
        (
            "events:\n  - {date: 2022-02-30, text: x}\n",
            "a.md:7: events.1.date: 2022-02-30 is no day of the calendar",
        ),
        (
            "events:\n  - {date: 2022/2021, text: x}\n",
            "a.md:7: events.1.date: the range 2022/2021 ends before it begins",
        ),
        (
            "events:\n  - {date: [2022], text: x}\n",
            "a.md:7: events.1.date: expected a date such as 2022-01-10",
        ),
        (
            "events:\n  - date: 2022\n    text: x\n    status: done\n",
            "a.md:9: events.1.status: expected 'happened', 'ongoing' or 'planned'",
        ),
        ("quotes:\n  - {speaker: Ada}\n", "a.md:7: quotes.1.text: is missing"),
        (
            "quotes:\n  - {speaker: Ada, text: '“”'}\n",
            "a.md:7: quotes.1.text: expected the words that were said",
        ),
        ("figures:\n  - {what: Berths}\n", "a.md:7: figures.1.value: is missing"),
        (
            f"published_because: {'x' * 2001}\n",
            "a.md:6: published_because: has more than 2,000 characters",
        ),
        ("published_because: ''\n", "a.md:6: published_because: expected some text"),
        ("a: b: c\n", "a.md:6: not YAML: a second colon; put the text between double quotes"),
        ("title: twice\n", "a.md:6: the field 'title' is given twice"),
    ],
)
def test_a_broken_rule_is_named_with_file_line_and_field(
    folder: Path, more: str, problem: str
) -> None:
    put(folder, text=written(more=more))
    reading = read_summaries([folder])
    assert [str(p) for p in reading.problems] == [problem]
    assert reading.summaries == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Only prose.\n", "a.md:1: no front matter; the file must begin with a line of ---"),
        ("", "a.md:1: no front matter; the file must begin with a line of ---"),
        (written().replace("title: The harbour opens\n", ""), "a.md:2: title: is missing"),
        (written().replace("title: The harbour opens", "title:"), "a.md:2: title: is missing"),
        (
            written().replace("2022-01-10", "2022-01"),
            "a.md:5: published: expected one day, such as 2022-01-10",
        ),
        (
            written().replace("2022-01-10", "2023-02-30"),
            "a.md:5: published: 2023-02-30 is no day of the calendar",
        ),
        (
            written().replace("The harbour opened.\n", "\n"),
            "a.md:8: has no text below its front matter",
        ),
        (
            written().encode().replace(b"The harbour opened", b"Le caf\xe9 opened"),
            "a.md:7: is not UTF-8; save it as UTF-8",
        ),
        (
            written() + "x" * LARGEST_FILE,
            "a.md: is larger than 1,000,000 bytes; a summary is not",
        ),
    ],
)
def test_a_broken_file_is_named(folder: Path, text: str | bytes, problem: str) -> None:
    put(folder, text=text)
    assert problems(folder) == [problem]


def test_every_broken_rule_of_a_file_is_named_at_once(folder: Path) -> None:
    put(folder, text=written(more="people:\n  - {role: x}\nevents:\n  - {date: 2022}\n"))
    assert problems(folder) == [
        "a.md:7: people.1.name: is missing",
        "a.md:9: events.1.text: is missing",
    ]


@pytest.mark.parametrize(
    ("story", "problem"),
    [
        ("title: x\n", "story.yaml:1: intro: is missing"),
        (
            "title: x\nintro: y\nlanguage: English\n",
            "story.yaml:3: language: expected a code such as en",
        ),
        (
            "title: x\nintro: y\nsides:\n  - {name: a, short: b, colour: red}\n",
            "story.yaml:4: sides.1.colour: expected a colour such as #1f77b4",
        ),
        (
            "title: x\nintro: y\nside: []\n",
            "story.yaml:3: side: is no field here; did you mean sides?",
        ),
        ("title: [\n", "story.yaml:2: not YAML: did not find expected node content"),
        ("", "story.yaml:1: title: is missing"),
    ],
)
def test_a_broken_story_is_named(folder: Path, story: str, problem: str) -> None:
    put(folder)
    (folder / "story.yaml").write_text(story)
    reading = read_summaries([folder])
    assert str(reading.problems[0]) == problem
    assert files(reading) == ["a.md"]


def test_a_story_without_sides_lets_any_side_stand(folder: Path) -> None:
    (folder / "story.yaml").write_text("title: x\nintro: y\n")
    put(folder, text=written(more="people: [{name: Ada, side: Anyone}]\n"))
    assert problems(folder) == []


def test_a_byte_order_mark_and_windows_line_ends_are_read(folder: Path) -> None:
    put(folder, text=b"\xef\xbb\xbf" + written().replace("\n", "\r\n").encode())
    (found,) = read_summaries([folder]).whole().summaries
    assert found.body == "The harbour opened."


def test_problems_are_told_in_the_order_of_files_and_lines() -> None:
    first, second, third = (
        Problem(file="a.md", message="x"),
        Problem(file="a.md", line=3, field="f", message="x"),
        Problem(file="b.md", line=1, message="x"),
    )
    error = BrokenSummariesError([third, second, first])
    assert str(error) == "a.md: x\na.md:3: f: x\nb.md:1: x"
