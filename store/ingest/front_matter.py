"""Front matter: the YAML head of a Markdown file, with the line that each field stands on.

How YAML is read is in mappings; what the fields mean is not known here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from store.ingest.fields import FrontMatterError, Path, Plain


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


def read_mapping(text: str, *, first_line: int = 1) -> tuple[dict[str, Plain], Mapping[Path, int]]:
    """Read YAML that is a mapping; return its fields and the line of each.

    Raises `FrontMatterError` for YAML that is broken, repeats a field, nests without
    end, or uses anchors, which no summary needs and which can blow up a reader's memory.
    """
    from store.ingest.mappings import read  # noqa: PLC0415 (the bot starts without YAML)

    return read(text, first_line)
