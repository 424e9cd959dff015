"""The rows that the measurements give, and the table that they make."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from statistics import median
from typing import Any


class Aim(StrEnum):
    """On which side of its goal a figure is to be."""

    AT_MOST = "≤"
    AT_LEAST = "≥"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a figure is to reach."""

    aim: Aim
    value: float

    def holds(self, figure: float) -> bool:
        """Tell whether `figure` reaches it."""
        return figure <= self.value if self.aim is Aim.AT_MOST else figure >= self.value

    def __str__(self) -> str:
        """Return it as the table shows it."""
        return f"{self.aim} {self.value:g}x"


def at_most(value: float) -> Goal:
    """Return the goal of at most `value` times the floor."""
    return Goal(aim=Aim.AT_MOST, value=value)


def at_least(value: float) -> Goal:
    """Return the goal of at least `value` times the floor."""
    return Goal(aim=Aim.AT_LEAST, value=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure: how many times its floor, over several rounds, and what was aimed at.

    `ours` and `theirs` are the medians of what was timed, in words, for the reader's
    sense of proportion: only the ratio is to be compared with another machine's.
    """

    what: str
    ratios: tuple[float, ...]  # one a round
    floor: str
    ours: str = ""
    theirs: str = ""
    goal: Goal | None = None

    @property
    def figure(self) -> float:
        """The median of the rounds."""
        return median(self.ratios)

    @property
    def verdict(self) -> str:
        """`holds` or `misses`, or nothing where there is no goal."""
        if self.goal is None:
            return ""
        return "holds" if self.goal.holds(self.figure) else "misses"


def to_json(row: Row) -> str:
    """Return a row as a line that `from_json` reads."""
    return json.dumps(asdict(row), ensure_ascii=False)


def from_json(line: str) -> Row:
    """Return the row that another process wrote."""
    told: dict[str, Any] = json.loads(line)
    goal = told.pop("goal")
    return Row(
        **{**told, "ratios": tuple(told["ratios"])},
        goal=Goal(aim=Aim(goal["aim"]), value=goal["value"]) if goal else None,
    )


_HEAD = ("what", "figure", "spread", "floor", "goal", "verdict", "ours / floor")


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a table in Markdown."""
    lines = [_HEAD, *(_cells(row) for row in rows)]
    wide = [max(len(line[at]) for line in lines) for at in range(len(_HEAD))]
    rule = tuple("-" * width for width in wide)
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, wide, strict=True)) + " |"
        for line in (lines[0], rule, *lines[1:])
    )


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.what,
        f"{_shown(row.figure)}x",
        f"{_shown(min(row.ratios))}–{_shown(max(row.ratios))}",
        row.floor,
        str(row.goal or ""),
        row.verdict,
        f"{row.ours} / {row.theirs}" if row.ours or row.theirs else "",
    )


def _shown(figure: float) -> str:
    return f"{figure:.3g}" if figure < 10 else f"{figure:.0f}"  # noqa: PLR2004 (three digits)
