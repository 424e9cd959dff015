"""YAML that is a mapping, read event by event: its fields, and the line that each stands on.

Scalars stay text: `2014` is a year and `no` a word, whatever YAML makes of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from store.ingest.fields import FrontMatterError, Path, Plain

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


def read(text: str, first_line: int) -> tuple[dict[str, Plain], Mapping[Path, int]]:
    """Return the fields of a mapping and the line of each; see `read_mapping`."""
    try:
        reader = _Reader(text, first_line)
        fields = reader.document()
    except yaml.MarkedYAMLError as error:
        said = str(error.problem or error.context)
        mark = error.context_mark if said in _BEGUN_EARLIER else error.problem_mark
        line = first_line + (mark.line if mark else 0)
        raise FrontMatterError(line, f"not YAML: {_REMEDIES.get(said, said)}") from error
    except yaml.YAMLError as error:
        said = str(getattr(error, "reason", error))
        raise FrontMatterError(first_line, f"not YAML: {said}") from error
    return fields, _Lines(fields, reader.noted, first_line)


class _Reader:
    """Reads the parser's events one by one.

    Composing nodes would be shorter, but libyaml's composer overflows the C stack on
    deep nesting, and its parser is slow there: here both end at `_DEEPEST`.
    """

    def __init__(self, text: str, first_line: int) -> None:
        self.noted: list[Event] = []
        self._take = yaml.CSafeLoader(text).get_event
        self._first_line = first_line

    def document(self) -> dict[str, Plain]:
        fields: dict[str, Plain] = {}
        documents = 0
        for event in iter(self._take, None):
            if isinstance(event, DocumentStartEvent):
                documents += 1
            elif isinstance(event, MappingStartEvent) and documents == 1:
                self._plainly(event, 0)
                fields = self._mapping(0)
            elif isinstance(event, NodeEvent):
                raise self._error(event, "expected fields, one a line, as `name: value`")
        return fields

    def _error(self, event: Event | None, message: str) -> FrontMatterError:
        return FrontMatterError(_line(event, self._first_line), message)

    def _plainly(self, event: Event | None, depth: int) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise self._error(
                event,
                "anchors and aliases (& and *) are not allowed here; "
                "put a text that begins so between double quotes",
            )
        if depth > _DEEPEST:
            raise self._error(event, f"nested more than {_DEEPEST} deep")

    def _mapping(self, depth: int) -> dict[str, Plain]:
        fields: dict[str, Plain] = {}
        while not isinstance(key := self._take(), MappingEndEvent):
            if not isinstance(key, ScalarEvent) or key.anchor:
                self._plainly(key, depth)
                raise self._error(key, "a field's name must be plain text")
            name = key.value
            if name in fields:
                raise self._error(key, f"the field {name!r} is given twice")
            self.noted.append(key)
            fields[name] = self._value(self._take(), depth + 1)
        return fields

    def _sequence(self, depth: int) -> list[Plain]:
        items: list[Plain] = []
        while not isinstance(item := self._take(), SequenceEndEvent):
            if item is not None:
                self.noted.append(item)
            items.append(self._value(item, depth + 1))
        return items

    def _value(self, event: Event | None, depth: int) -> Plain:
        if isinstance(event, ScalarEvent) and not event.anchor and depth <= _DEEPEST:
            value = event.value
            return None if value in _NULLS and not event.style else value
        self._plainly(event, depth)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(depth)
        if isinstance(event, MappingStartEvent):
            return self._mapping(depth)
        raise self._error(event, "not text, a list or fields")


class _Lines(Mapping[Path, int]):
    """The line of each field, worked out when somebody asks: mostly, nobody does."""

    def __init__(self, fields: Mapping[str, Plain], noted: list[Event], first_line: int) -> None:
        """Take the events with which the fields and entries began, in their order."""
        self._fields = fields
        self._noted = noted
        self._first_line = first_line

    @cached_property
    def _by_path(self) -> dict[Path, int]:
        lines = (_line(event, self._first_line) for event in self._noted)
        return {(): self._first_line, **dict(zip(_paths(self._fields, ()), lines, strict=True))}

    def __getitem__(self, path: Path) -> int:
        return self._by_path[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._by_path)

    def __len__(self) -> int:
        return len(self._by_path)


def _line(event: Event | None, first_line: int) -> int:
    return first_line + (event.start_mark.line if event and event.start_mark else 0)


def _paths(value: Plain | Mapping[str, Plain], path: Path) -> Iterator[Path]:
    """Yield the path of each field and entry inside `value`, in their order."""
    inside: Iterable[tuple[str | int, Plain]] = ()
    if isinstance(value, Mapping):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for name, held in inside:
        yield (*path, name)
        yield from _paths(held, (*path, name))
