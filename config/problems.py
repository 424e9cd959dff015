"""What is wrong with the settings, in words an operator can act on.

Holds no values: a problem names a setting and what was expected of it, because the
value may be a secret, or a secret pasted into the wrong line.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to put right before the bot can start."""

    name: str  # the environment name of a setting, or the name of a file
    origin: str | None  # where the value came from, or the line of the file
    expected: str
    remedy: str

    def __str__(self) -> str:
        """Say it in one line."""
        place = f" ({self.origin})" if self.origin else ""
        return f"{self.name}{place}: expected {self.expected}. {self.remedy}"


class SettingsError(Exception):
    """The settings cannot be used as they are."""

    def __init__(self, problems: tuple[Problem, ...], hints: tuple[str, ...] = ()) -> None:
        super().__init__(problems, hints)
        self.problems = problems
        self.hints = hints  # misspelt names that may be behind a problem

    def __str__(self) -> str:
        """List the problems, one on each line."""
        lines = (*map(str, self.problems), *self.hints)
        return "\n".join(("The settings need a correction:", *(f"  {line}" for line in lines)))
