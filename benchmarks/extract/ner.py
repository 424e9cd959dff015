"""Names outside of news: the rows of wikigold and of re3d, whose folders lie side by side."""

from pathlib import Path

from benchmarks.extract import re3d, wikigold
from benchmarks.extract.table import Row


def score(folder: Path) -> tuple[Row, ...]:
    """Return the rows of both."""
    return (*wikigold.score(folder), *re3d.score(folder))
