"""Reading summaries: a folder with story.yaml and Markdown files becomes values, or problems."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from store.errors import BrokenSummariesError, Problem
from store.ingest.clean import clean_line, clean_text
from store.ingest.fields import FrontMatterError
from store.ingest.fields import Path as FieldPath
from store.ingest.folders import STORY_FILE, Listed, listed_at
from store.ingest.forms import StoryForm, SummaryForm, broken_rules, unknown_sides
from store.ingest.front_matter import line_of, read_mapping, split_front_matter
from store.knowledge.values import Side, Story, Summary
from store.knowledge.written import source_key

LARGEST_FILE = 1_000_000  # bytes; a summary of 250 words takes 10,000 with its front matter

_UNTITLED = Story(title="Untitled story", intro="A story without a story.yaml.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read of a folder: the story, the summaries that hold, and the problems."""

    story: Story
    summaries: tuple[Summary, ...]
    problems: tuple[Problem, ...]
    same: int = 0  # summaries beside these that say what they said when they were read last

    def whole(self, *, skip_broken: bool = False) -> "Reading":
        """Return this reading, or raise `BrokenSummariesError` where anything is broken.

        With `skip_broken` only where nothing at all is left: a folder that is not
        there, or not mounted, must not empty the knowledge.
        """
        if self.problems and not (skip_broken and (self.summaries or self.same)):
            raise BrokenSummariesError(self.problems)
        return self


class Same(Protocol):
    """A file that says what it did when it was read last."""

    @property
    def name(self) -> str:
        """By which it was read."""

    @property
    def source(self) -> str:
        """The key of what it is of."""


class ReadOne(Protocol):
    """Reads one summary file, known as `name`, of a story with `sides`."""

    def __call__(
        self, file: Path, name: str, sides: Sequence[Side], problems: list[Problem], /
    ) -> Summary | None:
        """Return the summary, or None and what is wrong with it in `problems`."""


class ReadListed(Protocol):
    """As `ReadOne`, of a file that was looked at."""

    def __call__(
        self, listed: Listed, sides: Sequence[Side], problems: list[Problem], /
    ) -> Summary | Same | None:
        """Return the summary, or that it is the same, or None and what is wrong with it."""


def read_summaries(paths: Sequence[Path]) -> Reading:
    """Read the summary files at `paths` (files, or folders with all below them).

    Never raises for what a file holds: each broken rule becomes a problem, and the
    file that breaks it is left out of the summaries.
    """
    return read_listed(listed_at(paths), _read_one)


def _read_one(listed: Listed, sides: Sequence[Side], problems: list[Problem], /) -> Summary | None:
    return read_summary(Path(listed.path), listed.name, sides, problems)


def read_listed(files: Iterable[Listed], read: ReadListed) -> Reading:
    """Read files that were looked at, each once, as `read_summaries` does; `read` reads one."""
    story, problems = _UNTITLED, list[Problem]()
    found: dict[str, Summary | Same] = {}
    seen = set[str]()
    for listed in files:
        if listed.trouble:
            problems.append(Problem(file=listed.name, message=listed.trouble))
        elif listed.path not in seen:
            seen.add(listed.path)
            if listed.is_story:
                story = _read_story(Path(listed.path), problems) or story
            elif (said := read(listed, story.sides, problems)) is not None:
                source = source_key(said) if isinstance(said, Summary) else said.source
                known = found.setdefault(source, said)
                if known is not said:
                    problems.append(_twin(listed.name, known))
    summaries = tuple(each for each in found.values() if isinstance(each, Summary))
    return Reading(
        story=story,
        summaries=summaries,
        problems=tuple(problems),
        same=len(found) - len(summaries),
    )


def _twin(name: str, known: Summary | Same) -> Problem:
    other = known.file if isinstance(known, Summary) else known.name
    message = f"is of the same document as {other}; keep one of them"
    return Problem(file=name, field="document", message=message)


def _read_text(file: Path, name: str) -> str:
    if file.stat().st_size > LARGEST_FILE:
        raise _broken(name, None, f"is larger than {LARGEST_FILE:,} bytes; a summary is not")
    raw = file.read_bytes()
    try:
        return clean_text(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _broken(name, line, "is not UTF-8; save it as UTF-8") from error


def read_summary(
    file: Path, name: str, sides: Sequence[Side], problems: list[Problem]
) -> Summary | None:
    """Read one summary file; see `ReadOne`."""
    lines: Mapping[FieldPath, int] = {}
    try:
        front = split_front_matter(_read_text(file, name))
        lines = front.lines
        form = SummaryForm.model_validate(front.fields)
    except BrokenSummariesError as error:
        problems.extend(error.problems)
    except OSError as error:
        problems.append(Problem(file=name, message=f"cannot be read: {error.strerror}"))
    except FrontMatterError as error:
        problems.append(Problem(file=name, line=error.line, message=error.message))
    except ValidationError as error:
        problems.extend(_broken_rules(name, broken_rules(error, SummaryForm), lines))
    else:
        found = list(_broken_rules(name, unknown_sides(form, sides), lines))
        if not front.body:
            message = "has no text below its front matter"
            found.append(Problem(file=name, line=front.body_line, message=message))
        problems.extend(found)
        return None if found else _summary(name, form, front.body)
    return None


def _summary(name: str, form: SummaryForm, body: str) -> Summary:
    return Summary(
        file=name,
        title=form.title,
        outlet=form.source,
        document=form.document,
        published=form.published,
        published_basis=form.published_basis,
        published_because=form.published_because,
        people=tuple(person.value() for person in form.people if not person.review),
        events=tuple(event.value() for event in form.events if not event.review),
        quotes=tuple(quote.value() for quote in form.quotes if not quote.review),
        figures=tuple(figure.stated() for figure in form.figures if not figure.review),
        unconfirmed=form.unconfirmed,
        body=body,
    )


def _read_story(file: Path, problems: list[Problem]) -> Story | None:
    lines: Mapping[FieldPath, int] = {}
    try:
        fields, lines = read_mapping(_read_text(file, STORY_FILE))
        form = StoryForm.model_validate(fields)
    except BrokenSummariesError as error:
        problems.extend(error.problems)
    except OSError as error:
        problems.append(Problem(file=STORY_FILE, message=f"cannot be read: {error.strerror}"))
    except FrontMatterError as error:
        problems.append(Problem(file=STORY_FILE, line=error.line, message=error.message))
    except ValidationError as error:
        problems.extend(_broken_rules(STORY_FILE, broken_rules(error, StoryForm), lines))
    else:
        problems.extend(_broken_rules(STORY_FILE, unknown_sides(form, form.sides), lines))
        return form.value()
    return None


def _broken_rules(
    file: str, rules: Iterable[tuple[FieldPath, str]], lines: Mapping[FieldPath, int]
) -> Iterator[Problem]:
    for path, message in rules:
        yield Problem(file=file, line=line_of(path, lines), field=_dotted(path), message=message)


def _dotted(path: FieldPath) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else clean_line(part) for part in path)


def _broken(file: str, line: int | None, message: str) -> BrokenSummariesError:
    return BrokenSummariesError([Problem(file=file, line=line, message=message)])
