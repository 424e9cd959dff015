"""The table that the scorers fill: what is measured, the floor, the peer, ours, the goal."""

from collections.abc import Iterable
from dataclasses import dataclass

_NARROW = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure: of a simple baseline, of a known peer, of ours, and what was aimed at."""

    what: str
    floor: float | None = None
    peer: float | None = None
    ours: float
    goal: float | None = None


def print_table(rows: Iterable[Row]) -> str:
    """Return `rows` as a table of plain text; a figure below its goal is marked."""
    kept = tuple(rows)
    wide = max((len(row.what) for row in kept), default=0)
    head = f"{'':{wide}}" + "".join(
        f"{name:>{_NARROW}}" for name in ("floor", "peer", "ours", "goal")
    )
    return "\n".join([head, *(_print_row(row, wide) for row in kept)])


def _print_row(row: Row, wide: int) -> str:
    figures = (row.floor, row.peer, row.ours, row.goal)
    cells = "".join(f"{'' if cell is None else f'{cell:.1f}':>{_NARROW}}" for cell in figures)
    missed = row.goal is not None and row.ours < row.goal
    return f"{row.what:{wide}}{cells}{'  missed' if missed else ''}"
