"""From the lines of a copied article to its paragraphs: rules of position and repetition.

Takes lines, returns an article; knows no file and no markup.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from store.ingest.raw.dates import dateline_of, day_in, day_in_address
from store.ingest.raw.dirt import byline_names, dirt_of, ends_a_sentence, is_blurb, is_credit
from store.ingest.raw.values import Dirt, Dropped, Published, RawArticle, RawError
from store.knowledge.values import Basis, When
from store.text import fold

_MOST_LINES = 10_000  # a long briefing's transcript has 1,000
_TITLE_WORDS = range(3, 31)
_HEADING_WORDS = 14
_PROSE_WORDS = 6
_TAIL_SHARE = 0.3  # of all words; more than that after "Related articles" is the article
_BEFORE_TAIL = 3  # paragraphs
_LAST_PARAGRAPHS = 3  # where an author is presented
_BULLET = re.compile("[\u2022\u00b7*\u2013-] ")
_SPEAKER = re.compile(
    "(?:[A-Z][A-Z.'\u2019 -]{1,50}|Q|A|QUESTION|[A-Z][\\w.]+(?: [A-Z][\\w.-]+){0,3}):\\s|Q "
)
_FEWEST_SPEECHES = 4
_STANDFIRST = 1  # sentences that may stand above the date
_SAID_AGAIN = 3  # words; people say "Thank you." twice
_SEPARATOR = re.compile(r"\s[|\u2013\u2014-]\s")
_CREDIT_END = re.compile(
    r"\s*(?:[\u2014\u2013-]{1,2}\s*|[(\[])(?P<agency>[A-Z][A-Z&. /-]{1,30}[A-Z]|Reuters|Xinhua|"
    r"Bernama|Agencies|Sputnik|Ukrinform)[)\]]?\s*$"
)
_AFTER_LABEL = re.compile(r"[:|\u2013\u2014]\s*(.+)$")
_UPDATE = re.compile(
    "updated|modified|aktualisiert|mis \u00e0 jour|modifi\u00e9|оновлено|обновлено",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Line:
    """A line, whether a blank one stands before it, and what it turned out to be."""

    text: str
    apart: bool
    dirt: Dirt | None = None
    spoken: bool = False  # begins with who speaks, as in a transcript

    @property
    def scrap(self) -> bool:
        """Whether it is short and no sentence, list item or speech."""
        short = self.words <= _HEADING_WORDS and not _BULLET.match(self.text)
        return short and not self.spoken and not ends_a_sentence(self.text)

    @property
    def prose(self) -> bool:
        """Whether it reads as text: a sentence of some length."""
        return self.dirt is None and ends_a_sentence(self.text) and self.words >= _PROSE_WORDS

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What was known of an article before its text was read: from metadata, or nothing."""

    title: str | None = None
    outlet: str | None = None
    published: Published | None = None
    address: str | None = None
    authors: tuple[str, ...] = ()


def read_lines(rows: Sequence[str], name: str, stated: Stated | None = None) -> RawArticle:
    """Return the article in `rows`, one paragraph or scrap each, '' for a blank line.

    Raises `RawError` where no sentence is left.
    """
    known = stated or Stated()
    lines = _lines(rows)
    if len(lines) > _MOST_LINES:
        reason = f"has more than {_MOST_LINES:,} lines"
        raise RawError(name, reason, "give one article a file")
    _mark_words(lines)
    _mark_speech(lines)
    title = known.title or _title(lines)
    _mark_repeats(lines, title)
    _mark_captions(lines)
    _mark_after_labels(lines)
    _mark_tail(lines)
    _mark_headings(lines)
    kept = [line.text for line in lines if line.dirt is None]
    if not any(len(text.split()) >= _PROSE_WORDS for text in kept):
        raise RawError(name, "holds no text of an article", "paste the article's own sentences")
    article = RawArticle(
        name=name,
        title=title,
        outlet=known.outlet,
        published=known.published or _published(lines, known.address),
        address=known.address,
        authors=known.authors or _authors(lines),
        paragraphs=tuple(kept),
        dropped=tuple(
            Dropped(text=line.text, dirt=line.dirt) for line in lines if line.dirt is not None
        ),
    )
    transcript = any(line.spoken for line in lines)
    return _with_agencies(_with_dateline(article, transcript=transcript), lines)


def _lines(rows: Iterable[str]) -> list[_Line]:
    lines: list[_Line] = []
    apart = True
    for row in rows:
        if text := " ".join(row.split()):
            lines.append(_Line(text, apart))
        apart = not text
    return lines


def _mark_words(lines: Sequence[_Line]) -> None:
    for line in lines:
        line.dirt = dirt_of(line.text)


def _mark_speech(lines: Sequence[_Line]) -> None:
    """Tell a transcript by its speakers' names, and keep all that they say."""
    said = [line for line in lines if line.dirt is None and _SPEAKER.match(line.text)]
    if len(said) > _FEWEST_SPEECHES:
        for line in said:
            line.spoken = True


def _title(lines: Sequence[_Line]) -> str | None:
    """Return the headline: one that is repeated, else the first line before all prose."""
    head: list[str] = []
    for line, after in zip_longest(lines, lines[1:]):
        if line.prose and line.words > 12 and "?" not in line.text[-2:]:  # noqa: PLR2004
            break
        captioned = after is not None and not after.apart and is_credit(after.text)
        if line.dirt is None and not (line.spoken or captioned) and line.words in _TITLE_WORDS:
            head.append(line.text)
    times = Counter(fold(line.text) for line in lines)
    for text in head:
        if times[fold(text)] > 1:
            return text
    return next((text for text in head if not text.endswith((".", ":", ";"))), None)


def _mark_repeats(lines: Sequence[_Line], title: str | None) -> None:
    """Mark the title, with or without the outlet behind it, and each line said before."""
    # "Talks begin | The Gazette"
    names = {fold(title), fold(_SEPARATOR.split(title)[0])} if title else set()
    seen: set[str] = set()
    begun = False
    for line in lines:
        folded = fold(line.text)
        if line.dirt is None and folded in names and not (line.prose and begun):
            line.dirt = Dirt.TITLE
        elif line.dirt is None and folded in seen and line.words > _SAID_AGAIN and not line.spoken:
            line.dirt = Dirt.REPEATED
        begun = begun or line.prose
        seen.add(folded)


def _mark_captions(lines: Sequence[_Line]) -> None:
    """Mark the line before a bare credit and the line after a labelled picture."""
    for index, line in enumerate(lines):
        if line.dirt is not Dirt.CAPTION:
            continue
        before = lines[index - 1] if index else None
        if before and before.dirt is None and not (before.prose or line.apart):
            before.dirt = Dirt.CAPTION if is_credit(line.text) else None
        after = lines[index + 1] if index + 1 < len(lines) else None
        if after and after.dirt is None and not ends_a_sentence(after.text):
            after.dirt = Dirt.CAPTION


def _mark_after_labels(lines: Sequence[_Line]) -> None:
    """Mark the headlines below "Related articles" and the like, up to the next sentence."""
    inside: Dirt | None = None
    for line in lines:
        if line.prose:
            inside = None
        elif line.dirt in {Dirt.RELATED, Dirt.NEWSLETTER, Dirt.AUTHOR}:
            inside = line.dirt
        elif line.dirt is None and inside is not None and not _BULLET.match(line.text):
            line.dirt = inside


def _mark_tail(lines: Sequence[_Line]) -> None:
    """Mark what follows the article's end: teasers, authors, scraps."""
    total = rest = sum(line.words for line in lines if line.dirt is None)
    before = 0
    for index, line in enumerate(lines):
        before += line.prose
        rest -= line.words if line.dirt is None else 0
        if (
            line.dirt in {Dirt.RELATED, Dirt.AUTHOR}
            and before >= _BEFORE_TAIL
            and rest <= total * _TAIL_SHARE
            and not _AFTER_LABEL.search(line.text)  # "Also read: …" stands in the middle of texts
        ):
            for other in lines[index:]:
                other.dirt = other.dirt or line.dirt
            break
    _mark_blurbs(lines)
    last = max((i for i, line in enumerate(lines) if line.prose), default=len(lines))
    for line in lines[last + 1 :]:
        if line.dirt is None and line.scrap:
            line.dirt = Dirt.MENU


def _mark_blurbs(lines: Sequence[_Line]) -> None:
    if any(line.spoken for line in lines):
        return
    prose = [line for line in lines if line.dirt is None and ends_a_sentence(line.text)]
    for line in reversed(prose[-_LAST_PARAGRAPHS:] if len(prose) > _LAST_PARAGRAPHS else []):
        if not is_blurb(line.text):
            break
        line.dirt = Dirt.AUTHOR


def _mark_headings(lines: Sequence[_Line]) -> None:
    for line in lines:
        if line.dirt is None and line.scrap:
            line.dirt = Dirt.HEADING


def _published(lines: Sequence[_Line], address: str | None) -> Published | None:
    """Return the day that time stamps above the text name, if they name one.

    Those below belong to other articles as often as to this one.
    """
    found: dict[bool, list[tuple[date, str]]] = {True: [], False: []}
    prose = 0
    for line in lines:
        prose += line.prose
        if prose > _STANDFIRST:
            break
        if line.dirt in {Dirt.TIME, Dirt.BYLINE} and (day := day_in(line.text)):
            found[bool(_UPDATE.search(line.text))].append((day, line.text))
    first, updates = found[False], found[True]
    if first and len({day for day, _ in first}) == 1:
        day, text = first[0]
        return Published(when=When.day(day), basis=Basis.STATED, because=f"the line “{text[:80]}”")
    if not first and updates:
        day, text = min(updates)
        because = f"only an update is dated: “{text[:80]}”"
        return Published(when=When.day(day), basis=Basis.RESOLVED, because=because)
    if not first and address and (day_there := day_in_address(address)):
        because = "the day in the article's address"
        return Published(when=When.day(day_there), basis=Basis.RESOLVED, because=because)
    return None


def _authors(lines: Sequence[_Line]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for line in lines:
        if line.dirt is Dirt.BYLINE:
            names.update(dict.fromkeys(byline_names(line.text) or ()))
    return tuple(names)


def _with_dateline(article: RawArticle, *, transcript: bool) -> RawArticle:
    """Take the dateline off the first paragraph that has one, of the first three."""
    if transcript:
        return article
    for index, paragraph in enumerate(article.paragraphs[:3]):
        if dateline := dateline_of(paragraph):
            rest = paragraph[len(dateline.text) :].strip()
            paragraphs = (*article.paragraphs[:index], rest, *article.paragraphs[index + 1 :])
            published = article.published or _day_of(dateline.year, dateline.month, dateline.day)
            return replace(article, paragraphs=paragraphs, dateline=dateline, published=published)
    return article


def _day_of(year: int | None, month: int | None, day: int | None) -> Published | None:
    if not (year and month and day):
        return None
    try:
        when = When.day(date(year, month, day))
    except ValueError:
        return None
    return Published(when=when, basis=Basis.STATED, because="the dateline")


def _with_agencies(article: RawArticle, lines: Sequence[_Line]) -> RawArticle:
    """Note whose copy it is: the dateline's agency, a credit at the end or a source line."""
    agencies: dict[str, None] = {}
    if article.dateline and article.dateline.agency:
        agencies[article.dateline.agency] = None
    last = article.paragraphs[-1]
    match = _CREDIT_END.search(last)
    if match and ends_a_sentence(last[: match.start()]):
        agencies[match["agency"]] = None
        last = last[: match.start()].rstrip()
    for line in lines:
        if line.dirt is Dirt.CREDIT and (label := _AFTER_LABEL.search(line.text)):
            agencies[label[1].strip(" .)")] = None
    return replace(article, paragraphs=(*article.paragraphs[:-1], last), agencies=tuple(agencies))
