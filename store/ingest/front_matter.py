"""Front matter: the YAML head of a Markdown file, with the line that each field stands on.

Scalars stay text: `2014` is a year and `no` a word, whatever YAML makes of them.
Knows nothing of what the fields mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

Plain = str | None | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]

_DEEPEST = 20


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

    Raises `FrontMatterError` for YAML that is broken, repeats a field, or uses
    anchors, which no summary needs and which can blow up a reader's memory.
    """
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise FrontMatterError(line, f"not YAML: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise FrontMatterError(first_line, f"not YAML: {error}") from error
    lines: dict[Path, int] = {(): first_line}
    if node is None:
        return {}, lines
    if not isinstance(node, yaml.MappingNode):
        raise FrontMatterError(first_line, "expected fields, one a line, as `name: value`")
    reader = _Reader(lines, first_line)
    return reader.mapping(node, ()), lines


class _Reader:
    def __init__(self, lines: dict[Path, int], first_line: int) -> None:
        self._lines = lines
        self._first_line = first_line
        self._seen: set[int] = set()

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Plain]:
        fields: dict[str, Plain] = {}
        for key, value in node.value:
            line = self._first_line + key.start_mark.line
            if not isinstance(key, yaml.ScalarNode):
                raise FrontMatterError(line, "a field's name must be plain text")
            if key.value in fields:
                raise FrontMatterError(line, f"the field {key.value!r} is given twice")
            self._lines[*path, key.value] = line
            fields[key.value] = self._plain(value, (*path, key.value))
        return fields

    def _plain(self, node: yaml.Node, path: Path) -> Plain:
        line = self._first_line + node.start_mark.line
        if id(node) in self._seen:
            raise FrontMatterError(line, "anchors and aliases are not allowed here")
        self._seen.add(id(node))
        if len(path) > _DEEPEST:
            raise FrontMatterError(line, f"nested more than {_DEEPEST} deep")
        match node:
            case yaml.ScalarNode():
                is_null = node.style is None and node.value in {"", "~", "null"}
                return None if is_null else str(node.value)
            case yaml.SequenceNode():
                plain: list[Plain] = []
                for index, item in enumerate(node.value):
                    self._lines[*path, index] = self._first_line + item.start_mark.line
                    plain.append(self._plain(item, (*path, index)))
                return plain
            case yaml.MappingNode():
                return self.mapping(node, path)
            case _:
                raise FrontMatterError(line, "not text, a list or fields")
