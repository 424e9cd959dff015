"""Entries for review in a summary file: read and checked, kept out of what is known, counted."""

from pathlib import Path

import pytest

from store.errors import Problem
from store.ingest.summaries import read_summary
from store.knowledge.values import Summary

_FILE = """---
title: The ferry stays
source: The Bergen Bell
published: 2023-03-09
people:
  - {name: Anna Berg, from: Anna Berg met him., sure: sure}
  - {name: Karl Lund, review: REVIEW}
events:
  - {date: 2023-03-07, text: They meet, sure: unsure, review: true}
quotes:
  - {speaker: Anna Berg, text: No, review: false}
figures:
  - {what: sailors, value: "400", sure: likely, review: true}
---
The ferry stays.
"""


def _read(text: str, folder: Path) -> tuple[Summary | None, list[Problem]]:
    file = folder / "ferry.md"
    file.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    return read_summary(file, "ferry.md", (), problems), problems


def test_what_waits_for_review_is_not_known(tmp_path: Path) -> None:
    summary, problems = _read(_FILE.replace("REVIEW", "true"), tmp_path)
    assert problems == []
    assert summary is not None
    assert [person.name for person in summary.people] == ["Anna Berg"]
    assert (summary.events, summary.figures, len(summary.quotes)) == ((), (), 1)
    assert summary.unconfirmed == 3


def test_what_is_confirmed_is_known(tmp_path: Path) -> None:
    summary, _ = _read(_FILE.replace("REVIEW", "false"), tmp_path)
    assert summary is not None
    assert [person.name for person in summary.people] == ["Anna Berg", "Karl Lund"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("REVIEW", "perhaps", "expected true or false"),
        ("sure: unsure", "sure: very", "expected 'sure', 'likely' or 'unsure'"),
        ("date: 2023-03-07", "date: soon", "expected 2014, 2021-06"),
        ("from: Anna", "form: Anna", "did you mean from?"),
    ],
)
def test_what_waits_for_review_is_checked_all_the_same(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    text = _FILE.replace(old, new).replace("REVIEW", "true")
    summary, (problem,) = _read(text, tmp_path)
    assert summary is None
    assert message in problem.message
