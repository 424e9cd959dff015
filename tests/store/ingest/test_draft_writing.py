"""Drafts as files: what is written is accepted, and what waits for review is kept out."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from store.errors import Problem
from store.ingest.draft import draft
from store.ingest.draft_writing import write_draft
from store.ingest.raw.values import RawArticle
from store.ingest.summaries import LARGEST_FILE, read_summary
from store.knowledge.values import Summary
from tests.store.ingest.articles import ARTICLES, TODAY, report

_DAY = date(2023, 3, 9)


def _read(text: str, folder: Path) -> tuple[Summary | None, list[Problem]]:
    file = folder / "draft.md"
    file.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    return read_summary(file, "draft.md", (), problems), problems


def test_a_draft_is_read_as_a_summary(tmp_path: Path) -> None:
    found = draft(report(), today=TODAY)
    summary, problems = _read(write_draft(found), tmp_path)
    assert problems == []
    assert summary is not None
    assert summary.published == _DAY
    assert [person.name for person in summary.people] == ["Anna Berg", "Karl Lund"]
    assert [str(event.when) for event in summary.events] == ["2023-03-07", "2023-03-10", "1987"]
    assert summary.body == found.body


def test_what_is_for_review_is_counted_and_kept_out(tmp_path: Path) -> None:
    text = ("Nobody knew.", "“The ferry is gone for good, I fear.”")
    written = write_draft(draft(report(paragraphs=text), today=TODAY))
    summary, problems = _read(written, tmp_path)
    assert problems == []
    assert summary is not None
    assert "review: true" in written
    assert (summary.quotes, summary.unconfirmed) == ((), 1)


def test_a_draft_without_a_day_is_not_written() -> None:
    with pytest.raises(ValueError, match="shows no date"):
        write_draft(draft(report(published=None), today=TODAY))


def test_a_draft_of_a_long_text_is_small_enough(tmp_path: Path) -> None:
    text = tuple(f"“Troll number {n} will not do it, {n},” Anna Berg said." for n in range(900))
    written = write_draft(draft(report(paragraphs=text), today=TODAY))
    assert len(written.encode()) < LARGEST_FILE
    assert _read(written, tmp_path)[1] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(article=ARTICLES)
def test_whatever_the_article_the_draft_is_accepted(article: RawArticle, tmp_path: Path) -> None:
    found = draft(article, today=TODAY, published=_DAY)
    summary, problems = _read(write_draft(found, _DAY), tmp_path)
    assert problems == []
    assert summary is not None
    assert summary.published == _DAY


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(article=ARTICLES)
def test_an_article_has_a_day_or_a_reason_why_not(article: RawArticle, tmp_path: Path) -> None:
    found = draft(article, today=TODAY)
    if found.published is None:
        assert found.undated
    else:
        assert found.published.when.start <= TODAY
        assert _read(write_draft(found), tmp_path)[1] == []
