"""RSS and Atom into entries, by feedparser, from bytes that were fetched already.

The one module that knows feedparser, which is loaded with the first feed. It is given a
stream: from bytes it would open a file of that name, from text an address.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from store.ingest.clean import clean_line
from store.ingest.raw.html import text_of
from store.ingest.raw.lines import Stated, read_lines
from store.ingest.raw.markup import without_remarks
from store.ingest.raw.values import Published, RawArticle, RawError
from store.knowledge.keys import digest
from store.knowledge.values import Basis, When
from store.text import fold

LARGEST = 5_000_000  # bytes
MOST_ENTRIES = 1000
_MOST_TAGS = 200_000  # a thousand entries with long texts
_LONGEST_TTL = timedelta(days=7)
_ENTITIES = re.compile("<!ENTITY", re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_REMEDY = "check that the address is a feed's"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed; `keys` are all that it may be recognised by."""

    title: str | None
    link: str | None
    text: str
    published: datetime | None
    authors: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed holds; `broken` says what is wrong with it where some of it was read anyway."""

    title: str | None
    entries: tuple[Entry, ...]
    ttl: timedelta | None
    broken: str | None = None


def looks_like_feed(text: str) -> bool:
    """Tell a feed from a page by its first element."""
    head = re.sub(r"<!--.*?-->|<[?!][^>]*>", "", text[:4000], flags=re.DOTALL).lstrip()
    return bool(_ROOT.match(head))


def read_feed(raw: bytes, name: str, *, content_type: str = "application/xml") -> Feed:
    """Return what the feed in `raw` holds. Raises `RawError` for what is no feed."""
    if len(raw) > LARGEST or raw.count(b"<") > _MOST_TAGS:
        raise RawError(name, "is too large a feed to read", "name a smaller feed")
    if _ENTITIES.search(_prolog(raw)):
        raise RawError(name, "declares entities of its own, which no feed needs", _REMEDY)
    parsed = _parsed(raw, name, content_type)
    entries = tuple(_entries(parsed))
    broken = parsed.get("bozo_exception") if parsed.get("bozo") else None
    if not parsed.get("version") and not entries:
        raise RawError(name, "is no RSS or Atom feed", _REMEDY)
    if broken and not entries:
        raise RawError(name, "breaks off before its first entry", "try later")
    head = parsed.get("feed", {})
    return Feed(
        title=_line(head.get("title")),
        entries=entries,
        ttl=_ttl(head),
        broken=clean_line(f"{type(broken).__name__}: {broken}")[:200] if broken else None,
    )


def article_of(entry: Entry, feed: Feed, name: str) -> RawArticle:
    """Return the article that the feed itself carries, whole or as a teaser.

    Raises `RawError` where there is no sentence in it.
    """
    published = None
    if entry.published is not None:
        when = When.day(entry.published.date())
        published = Published(when=when, basis=Basis.STATED, because="the feed's entry (UTC)")
    stated = Stated(
        title=entry.title,
        outlet=feed.title,
        published=published,
        address=entry.link,
        authors=entry.authors,
    )
    return read_lines(entry.text.split("\n"), name, stated)


def _prolog(raw: bytes) -> str:
    """Return what stands before the first element, where entities are declared."""
    # Without its empty bytes UTF-16 reads like ASCII, whichever way round it is.
    plain = without_remarks(raw.replace(b"\0", b"").decode("latin-1"))
    root = _ROOT.search(plain)
    return plain[: root.start()] if root else plain


def _parsed(raw: bytes, name: str, content_type: str) -> Mapping[str, Any]:
    import feedparser  # type: ignore[import-untyped] # noqa: PLC0415 (untyped; loads slowly)

    try:
        parsed: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(raw),
            response_headers={"content-type": content_type},
            resolve_relative_uris=False,
        )
    except Exception as error:
        raise RawError(
            name, f"cannot be read as a feed ({type(error).__name__})", _REMEDY
        ) from error
    return parsed


def _entries(parsed: Mapping[str, Any]) -> Iterator[Entry]:
    for item in parsed.get("entries", [])[:MOST_ENTRIES]:
        title, link = _line(item.get("title")), _link(item)
        text = text_of(_content(item))
        if not (title or link or text.strip()):
            continue
        ids = [f"id:{item['id']}"] if isinstance(item.get("id"), str) and item["id"] else []
        links = [f"link:{link}"] if link else []
        content = digest("entry", fold(title or ""), fold(text))
        authors = [_line(who.get("name")) for who in item.get("authors", []) if hasattr(who, "get")]
        yield Entry(
            title=text_of(title).strip() if title else None,
            link=link,
            text=text,
            published=_moment(item.get("published_parsed")),
            authors=tuple(who for who in authors if who),
            keys=(*(digest(key) for key in (*ids, *links)), content),
        )


def _content(item: Mapping[str, Any]) -> str:
    """Return the longest of what the entry carries: some put the whole text in it."""
    contents = [part.get("value") for part in item.get("content", [])]
    texts = [text for text in (*contents, item.get("summary")) if isinstance(text, str)]
    return max(texts, key=len, default="")


def _link(item: Mapping[str, Any]) -> str | None:
    link = item.get("link")
    return link if isinstance(link, str) and link.startswith(("http://", "https://")) else None


def _line(value: object) -> str | None:
    return (clean_line(value)[:300] or None) if isinstance(value, str) else None


def _moment(parts: Any) -> datetime | None:  # noqa: ANN401 (the library's time tuple)
    try:
        year, month, day, hour, minute, second = parts[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (TypeError, ValueError):
        return None


def _ttl(head: Mapping[str, Any]) -> timedelta | None:
    said = str(head.get("ttl") or "").strip()
    if not (said.isascii() and said.isdigit()) or len(said) > 6:  # noqa: PLR2004 (digits)
        return None
    return min(timedelta(minutes=int(said)), _LONGEST_TTL)
