"""Front matter: the YAML head of a Markdown file, with the line that each field stands on.

Scalars stay text: `2014` is a year and `no` a word, whatever YAML makes of them.
Knows nothing of what the fields mean.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

Plain = str | None | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]

_DEEPEST = 20
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_REMEDIES = {
    "mapping values are not allowed in this context": (
        "a second colon; put the text between double quotes"
    ),
    "found character that cannot start any token": (
        "a tab, or a text that begins with @, ` or %; "
        "indent with spaces, put the text between double quotes"
    ),
    "could not find expected ':'": "expected `name: value`",
    "found unexpected end of stream": "a quotation mark or bracket is not closed",
    "did not find expected key": "wrong indentation, or a text that needs double quotes around it",
}
# The parser notices these only later; its context tells where they begin.
_BEGUN_EARLIER = frozenset({"could not find expected ':'", "found unexpected end of stream"})


class FrontMatterError(ValueError):
    """The head of a file cannot be read; says the line and why."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(f"line {line}: {message}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the head of a file says, where each field stands (file lines), and the body."""

    fields: Mapping[str, Plain]
    lines: Mapping[Path, int]
    body: str
    body_line: int


def line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """Return the line of the field at `path`, or of the nearest field around it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def split_front_matter(text: str) -> FrontMatter:
    """Read the front matter of `text` and the body after it.

    Raises `FrontMatterError` where there is none or it is no mapping.
    """
    rows = text.splitlines(keepends=True)
    if not rows or rows[0].rstrip() != "---":
        raise FrontMatterError(1, "no front matter; the file must begin with a line of ---")
    end = next((i for i, row in enumerate(rows[1:], 1) if row.rstrip() in {"---", "..."}), None)
    if end is None:
        raise FrontMatterError(1, "the front matter is not closed by a line of ---")
    fields, lines = read_mapping("".join(rows[1:end]), first_line=2)
    body = "".join(rows[end + 1 :])
    skipped = len(body) - len(body.lstrip("\n"))
    return FrontMatter(fields=fields, lines=lines, body=body.strip(), body_line=end + 2 + skipped)


def read_mapping(text: str, *, first_line: int = 1) -> tuple[dict[str, Plain], dict[Path, int]]:
    """Read YAML that is a mapping; return its fields and the line of each.

    Raises `FrontMatterError` for YAML that is broken, repeats a field, nests without
    end, or uses anchors, which no summary needs and which can blow up a reader's memory.
    """
    reader = _Reader(yaml.parse(text, Loader=yaml.CSafeLoader), first_line)
    try:
        return reader.document(), reader.lines
    except yaml.MarkedYAMLError as error:
        said = str(error.problem or error.context)
        mark = error.context_mark if said in _BEGUN_EARLIER else error.problem_mark
        line = first_line + (mark.line if mark else 0)
        raise FrontMatterError(line, f"not YAML: {_REMEDIES.get(said, said)}") from error
    except yaml.YAMLError as error:
        said = str(getattr(error, "reason", error))
        raise FrontMatterError(first_line, f"not YAML: {said}") from error


class _Reader:
    """Reads the parser's events one by one.

    Composing nodes would be shorter, but libyaml's composer overflows the C stack on
    deep nesting, and its parser is slow there: here both end at `_DEEPEST`.
    """

    def __init__(self, events: Iterator[yaml.Event], first_line: int) -> None:
        self.lines: dict[Path, int] = {(): first_line}
        self._events = events
        self._first_line = first_line

    def document(self) -> dict[str, Plain]:
        fields: dict[str, Plain] = {}
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            elif isinstance(event, yaml.MappingStartEvent) and documents == 1:
                self._plainly(event, ())
                fields = self._mapping(())
            elif isinstance(event, yaml.NodeEvent):
                line = self._line(event)
                raise FrontMatterError(line, "expected fields, one a line, as `name: value`")
        return fields

    def _line(self, event: yaml.Event) -> int:
        return self._first_line + (event.start_mark.line if event.start_mark else 0)

    def _plainly(self, event: yaml.Event, path: Path) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise FrontMatterError(
                self._line(event),
                "anchors and aliases (& and *) are not allowed here; "
                "put a text that begins so between double quotes",
            )
        if len(path) > _DEEPEST:
            raise FrontMatterError(self._line(event), f"nested more than {_DEEPEST} deep")

    def _mapping(self, path: Path) -> dict[str, Plain]:
        fields: dict[str, Plain] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            line = self._line(key)
            self._plainly(key, path)
            if not isinstance(key, yaml.ScalarEvent):
                raise FrontMatterError(line, "a field's name must be plain text")
            name = str(key.value)
            if name in fields:
                raise FrontMatterError(line, f"the field {name!r} is given twice")
            self.lines[*path, name] = line
            fields[name] = self._value(next(self._events), (*path, name))
        return fields

    def _sequence(self, path: Path) -> list[Plain]:
        items: list[Plain] = []
        while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
            self.lines[*path, len(items)] = self._line(item)
            items.append(self._value(item, (*path, len(items))))
        return items

    def _value(self, event: yaml.Event, path: Path) -> Plain:
        self._plainly(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if not isinstance(event, yaml.ScalarEvent):
            raise FrontMatterError(self._line(event), "not text, a list or fields")
        return None if not event.style and event.value in _NULLS else str(event.value)
