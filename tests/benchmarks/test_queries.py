import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.speed.big_knowledge import made
from benchmarks.speed.queries import rows


@pytest.fixture(autouse=True)
def _nothing_else_to_collect() -> Iterator[None]:
    """Keep what other tests left out of the collection before each measurement."""
    gc.freeze()
    yield
    gc.unfreeze()


def test_every_question_is_measured_against_its_statements_and_by_size(tmp_path: Path) -> None:
    small, large = made(200, tmp_path / "small"), made(400, tmp_path / "large")
    told = list(rows(small, large, 400, least=200, rounds=1))
    assert [row.what for row in told] == [
        "knowledge queries alone at 400",
        "knowledge queries alone at 400, median",
        "knowledge queries alone at 400, p99",
    ]
    assert all(ratio > 0 for row in told for ratio in row.ratios)


def test_what_was_made_is_not_made_again(tmp_path: Path) -> None:
    path = made(20, tmp_path)
    before = path.stat().st_mtime_ns
    assert made(20, tmp_path).stat().st_mtime_ns == before
