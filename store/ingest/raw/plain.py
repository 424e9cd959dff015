"""Plain text and Markdown, pasted or from files, into articles. Knows no HTML."""

import re
from collections.abc import Mapping, Sequence

from store.ingest.clean import clean_line
from store.ingest.fields import FrontMatterError, Plain
from store.ingest.front_matter import split_front_matter
from store.ingest.raw.dates import day_in
from store.ingest.raw.encoding import LONGEST_LINE
from store.ingest.raw.lines import Stated, read_lines
from store.ingest.raw.values import Published, RawArticle, RawError
from store.knowledge.values import Basis, When

_WRAPPED = range(40, 111)  # characters of a line that a program broke
_FEWEST = 3  # lines inside blocks, to tell
_SUMMARY_FIELDS = {"title", "source", "published"}
_TITLES = ("title", "headline", "name")
_DATES = (
    "published",
    "published_time",
    "date",
    "datepublished",
    "publishdate",
    "pubdate",
    "created",
)
_ADDRESSES = ("source_url", "url", "link", "canonical", "canonical_url", "permalink", "address")
_OUTLETS = ("outlet", "source", "site", "site_name", "publisher", "publication")
_AUTHORS = ("author", "authors", "byline", "by")
_LONGEST = 300  # characters of a field


def is_summary(text: str) -> bool:
    """Tell whether `text` is a summary file, or means to be: its front matter has our fields."""
    try:
        return set(split_front_matter(text).fields) >= _SUMMARY_FIELDS
    except FrontMatterError:
        return False


def read_plain(text: str, name: str, stated: Stated | None = None) -> RawArticle:
    """Return the article in `text`. Raises `RawError`."""
    rows = text.replace("\u00a0", " ").split("\n")
    _check_lengths(rows, name)
    return read_lines(unwrapped(rows), name, stated)


def read_markdown(text: str, name: str) -> RawArticle:
    """Return the article in `text`, whose front matter, if any, may use any common names.

    Raises `RawError`.
    """
    _check_lengths(text.split("\n"), name)
    fields: Mapping[str, Plain] = {}
    body = text
    if re.match(r"---[ \t]*\n", text):
        try:
            front = split_front_matter(text)
        except FrontMatterError as error:
            remedy = "mend the front matter, or take it out"
            raise RawError(name, f"line {error.line}: {error.message}", remedy) from error
        fields, body = front.fields, front.body
    return read_plain(_without_marks(body), name, _stated(fields))


def _check_lengths(rows: Sequence[str], name: str) -> None:
    if any(len(row) > LONGEST_LINE for row in rows):
        reason = f"has a line of more than {LONGEST_LINE:,} characters"
        raise RawError(name, reason, "give the text of one article, with its paragraphs")


def unwrapped(rows: Sequence[str]) -> list[str]:
    """Join lines that a program broke at some width; leave lines that are paragraphs."""
    blocks: list[list[str]] = [[]]
    for row in rows:
        if row.strip():
            blocks[-1].append(row.strip())
        elif blocks[-1]:
            blocks.append([])
    inside = [row for block in blocks for row in block[:-1]]
    wide = [row for row in inside if len(row) in _WRAPPED]
    open_ended = [row for row in inside if not row.endswith((".", "!", "?", "\u201d", '"', ":"))]
    wrapped = (
        len(inside) >= _FEWEST
        and len(wide) >= len(inside) * 0.6
        and len(open_ended) >= len(inside) * 0.5
    )
    if not wrapped:
        return list(rows)
    return [part for block in blocks for part in (" ".join(block), "")]


def _without_marks(body: str) -> str:
    """Return Markdown as the text that it stands for."""
    text = re.sub(r"!\[[^\]\n]{0,100}\]\([^)\n]{0,500}\)", "", body)
    text = re.sub(r"\[([^\]\n]{1,100})\]\([^)\n]{0,500}\)", r"\1", text)
    text = re.sub(r"(?m)^[ \t]{0,3}#{1,6}[ \t]+([^\n]*)$", _heading, text)
    text = re.sub(r"(?m)^[ \t]{0,3}>[ \t]?", "", text)
    text = re.sub(r"(?<!\\)(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\\\w*])\*(?=[^\s*])([^*\n]{1,300})(?<=\S)\*(?![\w*])", r"\1", text)
    text = re.sub(r"(?<![\\\w])_(?=[^\s_])([^_\n]{1,300})(?<=\S)_(?!\w)", r"\1", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!~>|$'\"-])", r"\1", text)


def _heading(match: re.Match[str]) -> str:
    return f"\n{match[1].rstrip(' #')}\n"


def _stated(fields: Mapping[str, Plain]) -> Stated:
    named = {key.casefold().replace("-", "_"): value for key, value in fields.items()}
    published = None
    for key in _DATES:
        if (said := _one(named, (key,))) and (day := day_in(said)):
            because = f"its front matter, {key}: {said[:40]}"
            published = Published(when=When.day(day), basis=Basis.STATED, because=because)
            break
    authors = next((named[key] for key in _AUTHORS if named.get(key)), None)
    people = authors if isinstance(authors, list) else [authors]
    address = _one(named, _ADDRESSES)
    return Stated(
        title=_one(named, _TITLES),
        outlet=_one(named, _OUTLETS),
        published=published,
        address=address if address and address.startswith(("http://", "https://")) else None,
        authors=tuple(clean_line(who)[:_LONGEST] for who in people if isinstance(who, str) and who),
    )


def _one(fields: Mapping[str, Plain], keys: Sequence[str]) -> str | None:
    for key in keys:
        value = fields.get(key)
        if isinstance(value, str) and (line := clean_line(value)):
            return line[:_LONGEST]
    return None
