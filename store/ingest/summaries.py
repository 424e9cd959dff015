"""Reading summaries: a folder with story.yaml and Markdown files becomes values, or problems."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from store.errors import BrokenSummariesError, Problem
from store.ingest.clean import clean_text
from store.ingest.forms import Form, StoryForm, SummaryForm, broken_rules
from store.ingest.front_matter import FrontMatterError, line_of, read_mapping, split_front_matter
from store.ingest.front_matter import Path as FieldPath
from store.knowledge.assembly import source_key
from store.knowledge.keys import digest
from store.knowledge.values import Story, Summary

STORY_FILE = "story.yaml"
LARGEST_FILE = 1_000_000  # bytes; a summary of 250 words takes 10,000 with its front matter

_UNTITLED = Story(title="Untitled story", intro="A story without a story.yaml.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read of a folder: the story, the summaries that hold, and the problems."""

    story: Story
    summaries: tuple[Summary, ...]
    problems: tuple[Problem, ...]

    def whole(self, *, skip_broken: bool = False) -> "Reading":
        """Return this reading, or raise `BrokenSummariesError` where anything is broken."""
        if self.problems and not skip_broken:
            raise BrokenSummariesError(self.problems)
        return self


def read_summaries(paths: Sequence[Path]) -> Reading:
    """Read the summary files at `paths` (files, or folders with all below them).

    Never raises for what a file holds: each broken rule becomes a problem, and the
    file that breaks it is left out of the summaries.
    """
    problems: list[Problem] = []
    summaries: dict[str, Summary] = {}
    story = _UNTITLED
    for path in paths:
        root = path if path.is_dir() else path.parent
        if not path.exists():
            problems.append(Problem(file=str(path), message="there is no such file or folder"))
            continue
        if (root / STORY_FILE).is_file():
            story = _read_story(root / STORY_FILE, problems) or story
        for file in _summary_files(path, root, problems):
            summary = _read_summary(file, root, problems)
            if summary is None:
                continue
            key = source_key(summary)
            if (known := summaries.get(key)) and known.file != summary.file:
                problems.append(
                    Problem(
                        file=summary.file,
                        field="document",
                        message=f"is of the same document as {known.file}; keep one of them",
                    )
                )
                continue
            summaries[key] = summary
    return Reading(story=story, summaries=tuple(summaries.values()), problems=tuple(problems))


def _summary_files(path: Path, root: Path, problems: list[Problem]) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    inside = root.resolve()
    for file in sorted(root.rglob("*.md")):
        name = file.relative_to(root).as_posix()
        if file.name.casefold() == "readme.md" or any(p[0] in "._" for p in name.split("/")):
            continue
        if not file.resolve().is_relative_to(inside):
            problems.append(Problem(file=name, message="is a link out of the folder; not read"))
        elif file.is_file():
            yield file


def _read_text(file: Path, name: str) -> str:
    if file.stat().st_size > LARGEST_FILE:
        raise _broken(name, None, f"is larger than {LARGEST_FILE:,} bytes; a summary is not")
    raw = file.read_bytes()
    try:
        return clean_text(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _broken(name, line, "is not UTF-8; save it as UTF-8") from error


def _read_summary(file: Path, root: Path, problems: list[Problem]) -> Summary | None:
    name = file.relative_to(root).as_posix()
    lines: Mapping[FieldPath, int] = {}
    try:
        text = _read_text(file, name)
        front = split_front_matter(text)
        lines = front.lines
        form = SummaryForm.model_validate(front.fields)
    except BrokenSummariesError as error:
        problems.extend(error.problems)
    except OSError as error:
        problems.append(Problem(file=name, message=f"cannot be read: {error.strerror}"))
    except FrontMatterError as error:
        problems.append(Problem(file=name, line=error.line, message=error.message))
    except ValidationError as error:
        problems.extend(_broken_rules(name, error, SummaryForm, lines))
    else:
        if front.body:
            return _summary(name, digest(text), form, front.body)
        problems.append(
            Problem(file=name, line=front.body_line, message="has no text below its front matter")
        )
    return None


def _summary(name: str, content: str, form: SummaryForm, body: str) -> Summary:
    return Summary(
        file=name,
        digest=content,
        title=form.title,
        outlet=form.source,
        document=form.document,
        published=form.published,
        published_basis=form.published_basis,
        published_because=form.published_because,
        people=tuple(person.value() for person in form.people),
        events=tuple(event.value() for event in form.events),
        quotes=tuple(quote.value() for quote in form.quotes),
        figures=tuple(figure.stated() for figure in form.figures),
        body=body,
    )


def _read_story(file: Path, problems: list[Problem]) -> Story | None:
    lines: Mapping[FieldPath, int] = {}
    try:
        fields, lines = read_mapping(_read_text(file, STORY_FILE))
        return StoryForm.model_validate(fields).value()
    except BrokenSummariesError as error:
        problems.extend(error.problems)
    except OSError as error:
        problems.append(Problem(file=STORY_FILE, message=f"cannot be read: {error.strerror}"))
    except FrontMatterError as error:
        problems.append(Problem(file=STORY_FILE, line=error.line, message=error.message))
    except ValidationError as error:
        problems.extend(_broken_rules(STORY_FILE, error, StoryForm, lines))
    return None


def _broken_rules(
    file: str, error: ValidationError, form: type[Form], lines: Mapping[FieldPath, int]
) -> Iterator[Problem]:
    for path, message in broken_rules(error, form):
        yield Problem(file=file, line=line_of(path, lines), field=_dotted(path), message=message)


def _dotted(path: FieldPath) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _broken(file: str, line: int | None, message: str) -> BrokenSummariesError:
    return BrokenSummariesError([Problem(file=file, line=line, message=message)])
