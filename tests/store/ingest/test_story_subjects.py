from pathlib import Path

import pytest

from store.ingest.example import write_example
from store.ingest.summaries import Reading, read_summaries
from store.knowledge.values import StatedSubject, SubjectKind
from tests.store.stories import written

SIDES = 'sides:\n  - {name: City, short: CT, colour: "#000000", aliases: [townspeople]}\n'


def read(folder: Path, more: str) -> Reading:
    (folder / "story.yaml").write_text(f"title: Harbour\nintro: A harbour\n{more}", "utf-8")
    (folder / "a.md").write_text(written(), "utf-8")
    return read_summaries([folder])


def test_sides_organisations_topics_and_places_are_subjects(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        f"{SIDES}organisations:\n  - {{name: Port Authority, side: City, aliases: [PA]}}\n"
        "topics:\n  - {name: noise}\nplaces:\n  - {name: Riga, aliases: [Rīga]}\n",
    )
    assert reading.problems == ()
    assert reading.story.subjects == (
        StatedSubject(
            kind=SubjectKind.SIDE, name="City", aliases=("CT", "townspeople"), side="City"
        ),
        StatedSubject(
            kind=SubjectKind.ORGANISATION, name="Port Authority", aliases=("PA",), side="City"
        ),
        StatedSubject(kind=SubjectKind.TOPIC, name="noise"),
        StatedSubject(kind=SubjectKind.PLACE, name="Riga", aliases=("Rīga",)),
    )


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        (
            f"{SIDES}organisations:\n  - {{name: PA, side: Citi}}\n",
            "story.yaml:6: organisations.1.side: is no side of story.yaml; did you mean City?",
        ),
        (
            "topics:\n  - {nam: noise}\n",
            "story.yaml:4: topics.1.nam: is no field here; did you mean name?",
        ),
        (
            'places:\n  - {name: "!"}\n',
            "story.yaml:4: places.1.name: expected a name with at least one letter or digit",
        ),
        ("organisations: PA\n", "story.yaml:3: organisations: expected a list"),
    ],
)
def test_a_broken_subject_is_named_with_its_line(tmp_path: Path, more: str, problem: str) -> None:
    problems = [str(found) for found in read(tmp_path, more).problems]
    assert any(found.startswith(problem) for found in problems), problems


def test_the_example_shows_subjects_that_hold(tmp_path: Path) -> None:
    write_example(tmp_path)
    reading = read_summaries([tmp_path / "summaries"])
    assert reading.problems == ()
    assert {subject.kind for subject in reading.story.subjects} == set(SubjectKind)
