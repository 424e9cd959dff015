"""Web pages into articles: the text by trafilatura, what the page states by its metadata.

The library and lxml are loaded when the first page is read. Nothing is fetched here.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from store.ingest.addresses import refusal
from store.ingest.clean import clean_line, clean_text
from store.ingest.raw.dates import day_in, day_in_address
from store.ingest.raw.lines import Stated, read_lines
from store.ingest.raw.markup import settled
from store.ingest.raw.values import Published, RawArticle, RawError
from store.knowledge.values import Basis, When

_LARGEST = 3_000_000  # characters; the longest news pages are half of it
_MOST_TAGS = 40_000  # more than four times the longest news pages
_DEEPEST = 200
_PUBLISHED = (  # the names of <meta> that state it, the surest first
    *("article:published_time", "og:article:published_time", "datepublished", "publish-date"),
    *("parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date", "date"),
    *("pubdate", "publishdate", "cxenseparse:recs:publishtime"),
)
_OUTLETS = ("og:site_name", "application-name", "publisher", "dc.publisher", "twitter:site")
_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_ARTICLE = re.compile(r"Article|NewsArticle|BlogPosting|Report|LiveBlog", re.IGNORECASE)
_ISO_DAY = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)")
_SKIPPED = frozenset({"script", "style", "template", "noscript", "svg", "figure", "form", "iframe"})
_BREAKS = frozenset(
    {
        *("p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table"),
        *("blockquote", "section", "article", "header", "footer", "hr", "pre", "dd", "dt"),
    }
)
_REMEDY = "paste the article's text, or save it as a text file"


def read_html(page: str, name: str, address: str | None = None) -> RawArticle:
    """Return the article on `page`. Raises `RawError`."""
    if len(page) > _LARGEST or page.count("<") > _MOST_TAGS:
        raise RawError(name, "is too large a page to read", _REMEDY)
    head = _Head()
    head.feed(settled(page))
    if head.deepest > _DEEPEST:
        raise RawError(name, f"nests more than {_DEEPEST} deep", _REMEDY)
    found = _extracted(page, name, address)
    rows = clean_text(found.get("text") or "").split("\n")
    if not "".join(rows).strip():
        raise RawError(name, "holds no article that could be found", _REMEDY)
    stated = _stated(head, found, _canonical(head.canonical, address))
    return read_lines([part for row in rows for part in (row, "")], name, stated)


def text_of(fragment: str) -> str:
    """Return the text of a piece of HTML, as feeds carry it, a blank line between blocks."""
    reader = _Text()
    reader.feed(settled(fragment[:_LARGEST]))
    reader.close()
    return clean_text("".join(reader.parts))


def looks_like_html(text: str) -> bool:
    """Tell a page from text by how it begins."""
    head = re.sub(r"<!--.*?-->|<\?xml.*?\?>", "", text[:2000], flags=re.DOTALL).lstrip()
    return bool(
        re.match(
            r"<(?:!doctype\s+html|html|head|body|article|main|div|meta|p)\b", head, re.IGNORECASE
        )
    )


def _extracted(page: str, name: str, address: str | None) -> Mapping[str, Any]:
    from trafilatura import bare_extraction  # noqa: PLC0415 (takes lxml and half a second)

    try:
        document = bare_extraction(
            page,
            url=address,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
            with_metadata=True,
        )
    except Exception as error:
        kind = type(error).__name__
        raise RawError(name, f"cannot be read as a page ({kind})", _REMEDY) from error
    if document is None:
        return {}
    return document if isinstance(document, dict) else document.as_dict()


def _stated(head: "_Head", found: Mapping[str, Any], address: str | None) -> Stated:
    title = next((head.meta[key] for key in _TITLES if head.meta.get(key)), found.get("title"))
    outlet = next((head.meta[key] for key in _OUTLETS if head.meta.get(key)), None)
    linked = _linked(head)
    authors = linked.get("authors") or tuple(
        part.strip() for part in str(found.get("author") or "").split(";") if part.strip()
    )
    return Stated(
        title=clean_line(title)[:300] if isinstance(title, str) and title.strip() else None,
        outlet=_outlet(outlet, linked.get("outlet"), found),
        published=_published(head, linked.get("published"), found, address),
        address=address,
        authors=authors,
    )


def _canonical(said: str | None, address: str | None) -> str | None:
    """Return the address that the page gives itself, without what trackers added to it.

    Only on its own host: a page may name any other.
    """
    if said is None or address is None:
        return said or address
    return said if urlsplit(said).netloc == urlsplit(address).netloc else address


def _outlet(named: str | None, linked: str | None, found: Mapping[str, Any]) -> str | None:
    for said in (named, linked, found.get("sitename"), found.get("hostname")):
        if isinstance(said, str) and (line := clean_line(said).lstrip("@")):
            return line[:200]
    return None


def _published(
    head: "_Head", linked: str | None, found: Mapping[str, Any], address: str | None
) -> Published | None:
    """Return what the page states; else its address; else what was read from its looks."""
    said = [(f"the page's {key}", head.meta.get(key)) for key in _PUBLISHED]
    said.insert(0, ("the page's datePublished", linked))
    if len(set(head.times)) == 1:  # several are of several articles
        said.append(("the page's only <time>", head.times[0]))
    for because, value in said:
        if value and (day := _iso_day(value)):
            return Published(when=When.day(day), basis=Basis.STATED, because=because)
    if address and (day := day_in_address(address)):
        because = "the day in the article's address"
        return Published(when=When.day(day), basis=Basis.RESOLVED, because=because)
    guess = found.get("date")
    if isinstance(guess, str) and (day := _iso_day(guess)):
        because = "a date on the page that looks like the article's"
        return Published(when=When.day(day), basis=Basis.INFERRED, because=because)
    return None


def _iso_day(value: str) -> date | None:
    if match := _ISO_DAY.match(value):
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            return None
    return day_in(value[:100])


def _linked(head: "_Head") -> dict[str, Any]:
    """Return what the page's linked data says of its article: published, outlet, authors."""
    for node in _nodes(head.linked):
        if not _ARTICLE.search(str(node.get("@type"))):
            continue
        published = node.get("datePublished")
        authors = [_name(who) for who in _listed(node.get("author"))]
        return {
            "published": published if isinstance(published, str) else None,
            "outlet": _name(node.get("publisher")),
            "authors": tuple(clean_line(who)[:100] for who in authors if who),
        }
    return {}


def _nodes(scripts: list[str]) -> Iterator[dict[str, Any]]:
    for script in scripts:
        try:
            loaded = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for node in _listed(loaded):
            if isinstance(node, dict):
                yield node
                yield from (n for n in _listed(node.get("@graph")) if isinstance(n, dict))


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 (whatever the page's JSON holds)
    return value if isinstance(value, list) else [value]


def _name(value: Any) -> str | None:  # noqa: ANN401 (whatever the page's JSON holds)
    named = value.get("name") if isinstance(value, dict) else value
    return named if isinstance(named, str) and not named.startswith("http") else None


class _Head(HTMLParser):
    """Collects what a page says about itself, and how deep it nests."""

    _EMPTY = frozenset(
        {
            *("meta", "link", "br", "img", "hr", "input", "source", "wbr", "area", "base", "col"),
            *("embed", "param", "track", "p", "li", "td", "tr", "dd", "dt", "option"),
        }
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.linked: list[str] = []
        self.times: list[str] = []
        self.canonical: str | None = None
        self.deepest = 0
        self._depth = 0
        self._in_linked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        if tag == "meta":
            key = said.get("property") or said.get("name") or said.get("itemprop") or ""
            self.meta.setdefault(key.casefold(), said.get("content", ""))
        elif tag == "link" and said.get("rel", "").casefold() == "canonical":
            link = said.get("href", "")
            self.canonical = link if refusal(link) is None else None
        elif tag == "time" and said.get("datetime"):
            self.times.append(said["datetime"][:10])
        elif tag == "script":
            self._in_linked = said.get("type", "").casefold() == "application/ld+json"
        if tag not in self._EMPTY:
            self._depth += 1
            self.deepest = max(self.deepest, self._depth)

    def handle_endtag(self, tag: str) -> None:
        self._in_linked = False
        if tag not in self._EMPTY:
            self._depth = max(self._depth - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._in_linked:
            self.linked.append(data)


class _Text(HTMLParser):
    """Collects the text of a fragment."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SKIPPED:
            self._skipping += 1
        elif tag in _BREAKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(self._skipping - 1, 0)
        elif tag in _BREAKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.parts.append(
                " ".join(data.split()) if not data.strip() else data.replace("\n", " ")
            )
            if not data.strip():
                self.parts.append(" ")
