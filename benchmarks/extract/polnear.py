"""Quotes and their speakers, on the political news of PolNeAR (Newell et al., LREC 2018).

What is counted. The gold standard gives each attribution a source, a cue and a content.
An attribution is *quoted* if its content holds a quotation mark. Where several annotated one
article, the first counts.

- Span precision: of the verbatim stretches that we give (each part of a split quote is one),
  those that lie within the content of one attribution (nine tenths of their characters).
- Quoted attributions recalled: those of whose quoted characters we give nine tenths. Quoted
  characters are all of a part of the content that begins with a mark and is closed at its end
  or not at all, else what stands between the marks.
- Touched: the same, but one of our stretches within it is enough.
- Speaker precision: of our verbatim stretches with a speaker, those in an attribution with a
  source which ours overlaps; a stretch in no content counts as wrong. "given the span" leaves
  those out. Speaker recall: of the quoted attributions with a source, those recalled with no
  wrong and at least one right speaker.
- Reported: recall is of the attributions without marks whose content and ours overlap by half
  of their union and whose source ours overlaps; precision is of our reported clauses.

The floor takes what stands between double marks, at least four words or with a verb of saying
in the same paragraph beside it, and the capitalised words or pronoun on the other side of it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.extract.table import Row
from store.ingest.extract.quotes import find_quotes
from store.ingest.extract.values import Span
from store.knowledge.values import Grade

_MARK = re.compile('["\u201c\u201d]')
_QUOTED = re.compile('["\u201c]([^"\u201c\u201d]+)["\u201d]')
_MOST = 0.9
_HALF = 0.5
_PAIR = 2  # marks
_FLOOR_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One attribution of the gold standard."""

    sources: tuple[Span, ...]
    contents: tuple[Span, ...]

    def marked(self, text: str) -> bool:
        """Tell whether the content holds a quotation mark."""
        return any(_MARK.search(part.of(text)) for part in self.contents)

    def quoted(self, text: str) -> frozenset[int]:
        """Return the places of the quoted characters, letters and digits only."""
        places: set[int] = set()
        for part in self.contents:
            words = part.of(text)
            if _MARK.match(words) and _alone(words):
                places.update(range(part.start, part.end))
            else:
                for found in _QUOTED.finditer(words):
                    places.update(range(part.start + found.start(), part.start + found.end()))
        if not places:  # a single mark, the other lies outside
            places.update(*(range(part.start, part.end) for part in self.contents))
        return frozenset(place for place in places if text[place].isalnum())

    def places(self) -> frozenset[int]:
        """Return the places of all characters of the content."""
        return frozenset(at for part in self.contents for at in range(part.start, part.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One stretch that a method gives, and its speaker."""

    span: Span
    speaker: Span | None
    reported: bool = False


@dataclass(slots=True)
class Counts:
    """What was counted over the articles."""

    spans: int = 0
    spans_right: int = 0
    quoted: int = 0
    recalled: int = 0
    touched: int = 0
    speakers: int = 0
    speakers_right: int = 0
    speakers_within: int = 0
    sourced: int = 0
    sourced_right: int = 0
    clauses: int = 0
    clauses_right: int = 0
    reports: int = 0
    reports_right: int = 0
    misses: list[tuple[str, str, str]] = field(default_factory=list)


def _alone(words: str) -> bool:
    """Tell whether the marks enclose all of `words`, or are not closed in them."""
    marks = len(_MARK.findall(words))
    return marks % 2 == 1 or (marks == _PAIR and bool(_MARK.match(words.rstrip()[-1])))


def read_article(text_file: Path, folder: Path) -> tuple[str, tuple[Gold, ...]]:
    """Return the text of an article and the attributions in it."""
    text = text_file.read_bytes().decode()
    stem = text_file.stem
    notes = sorted(
        note
        for note in folder.iterdir()
        if note.stem[: len(stem)] == stem and len(note.stem) == len(stem) + 5
    )
    return text, tuple(_read_notes(notes[0].read_text("utf-8"))) if notes else ()


def _read_notes(notes: str) -> Iterator[Gold]:
    spans: dict[str, tuple[Span, ...]] = {}
    lines = notes.splitlines()
    for line in lines:
        if line.startswith("T"):
            key, where, _ = line.split("\t", 2)
            pairs = (pair.split() for pair in where.split(" ", 1)[1].split(";"))
            spans[key] = tuple(Span(int(start), int(end)) for start, end in pairs)
    for line in lines:
        if line.startswith("E"):
            arguments = [each.split(":") for each in line.split("\t")[1].split()]
            parts = {
                kind: tuple(
                    sorted(
                        span
                        for role, key in arguments
                        if re.sub(r"\d+$", "", role) == kind
                        for span in spans.get(key, ())
                    )
                )
                for kind in ("Source", "Content")
            }
            yield Gold(sources=parts["Source"], contents=parts["Content"])


def ours(text: str) -> Iterator[Given]:
    """Yield what our own extraction gives."""
    for quote in find_quotes(text):
        for part in quote.parts:
            yield Given(span=part, speaker=quote.speaker, reported=quote.grade is Grade.REPORTED)


_VERB = r"(?:said|says|told|added|wrote|asked|tweeted|argued|claimed|explained|noted|insisted)"
_NAME = r"(?:[Hh]e|[Ss]he|[Tt]hey|(?:[A-Z][\w.'\u2019-]+ ?){1,4})"
_BEHIND = re.compile(rf"\s*(?:(?P<a>{_NAME}) {_VERB}|{_VERB} (?P<b>{_NAME}))")
_IN_FRONT = re.compile(rf"(?P<a>{_NAME}) ?{_VERB}[^.\"\u201c]{{0,40}}$")


def floor(text: str) -> Iterator[Given]:
    """Yield what a few regular expressions give."""
    for found in _QUOTED.finditer(text):
        span = Span(found.start(1), found.end(1))
        speaker: Span | None = None
        if behind := _BEHIND.match(text, found.end()):
            speaker = Span(*behind.span("a" if behind["a"] else "b"))
        elif before := _IN_FRONT.search(text, max(0, found.start() - 100), found.start()):
            speaker = Span(*before.span("a"))
        if speaker or len(span.of(text).split()) >= _FLOOR_WORDS:
            yield Given(span=span, speaker=speaker)


def count(text: str, golds: tuple[Gold, ...], given: Iterable[Given], counts: Counts) -> None:
    """Add one article to `counts`."""
    given = tuple(given)
    verbatim = [each for each in given if not each.reported]
    _count_verbatim(text, golds, verbatim, counts)
    _count_reported(text, golds, [each for each in given if each.reported], counts)


def _holder(golds: tuple[Gold, ...], span: Span) -> Gold | None:
    places = set(range(span.start, span.end))
    for gold in golds:
        near = any(part.meets(span) for part in gold.contents)
        if near and len(places & gold.places()) >= _MOST * len(places):
            return gold
    return None


def _agree(speaker: Span, gold: Gold) -> bool:
    return any(speaker.meets(source) for source in gold.sources)


def _count_verbatim(
    text: str, golds: tuple[Gold, ...], verbatim: list[Given], counts: Counts
) -> None:
    within: dict[int, list[Given]] = {}
    for each in verbatim:
        gold = _holder(golds, each.span)
        counts.spans += 1
        counts.spans_right += gold is not None
        if gold is None:
            counts.misses.append(("span", each.span.of(text), _around(text, each.span)))
        else:
            within.setdefault(id(gold), []).append(each)
        if each.speaker:
            right = gold is not None and _agree(each.speaker, gold)
            counts.speakers += 1
            counts.speakers_within += gold is not None
            counts.speakers_right += right
            if gold and not right:
                counts.misses.append(("speaker", each.speaker.of(text), _around(text, each.span)))
    for gold in golds:
        if gold.marked(text):
            _count_quoted(text, gold, within.get(id(gold), []), verbatim, counts)


def _count_quoted(
    text: str, gold: Gold, mine: list[Given], verbatim: list[Given], counts: Counts
) -> None:
    quoted = gold.quoted(text)
    given = {at for each in verbatim for at in range(each.span.start, each.span.end)}
    recalled = len(quoted & given) >= _MOST * len(quoted)
    counts.quoted += 1
    counts.recalled += recalled
    counts.touched += bool(mine)
    if not recalled:
        counts.misses.append(("missed", gold.contents[0].of(text), _around(text, gold.contents[0])))
    if gold.sources:
        speakers = [each.speaker for each in mine if each.speaker]
        right = bool(speakers) and all(_agree(each, gold) for each in speakers)
        counts.sourced += 1
        counts.sourced_right += recalled and right
        if recalled and not speakers:
            counts.misses.append(
                ("nobody", gold.sources[0].of(text), _around(text, gold.contents[0]))
            )


def _count_reported(
    text: str, golds: tuple[Gold, ...], reported: list[Given], counts: Counts
) -> None:
    matched: set[int] = set()
    for each in reported:
        places = set(range(each.span.start, each.span.end))
        gold = next(
            (
                one
                for one in golds
                if _same(places, one) and each.speaker and _agree(each.speaker, one)
            ),
            None,
        )
        counts.clauses += 1
        counts.clauses_right += gold is not None
        if gold is not None:
            matched.add(id(gold))
        else:
            counts.misses.append(("clause", each.span.of(text), _around(text, each.span)))
    for gold in golds:
        if not gold.marked(text) and gold.sources:
            counts.reports += 1
            counts.reports_right += id(gold) in matched


def _same(places: set[int], gold: Gold) -> bool:
    theirs = gold.places()
    return len(places & theirs) >= _HALF * len(places | theirs)


def _around(text: str, span: Span) -> str:
    return " ".join(text[max(0, span.start - 90) : span.end + 90].split())


def count_folder(folder: Path, *, halves: tuple[int, ...] = (0, 1), base: bool = False) -> Counts:
    """Count all articles, or every other one."""
    counts = Counts()
    for place, file in enumerate(sorted((folder / "text").glob("*.txt"))):
        if place % 2 in halves:
            text, golds = read_article(file, folder / "attributions")
            count(text, golds, floor(text) if base else ours(text), counts)
    return counts


def figures(counts: Counts) -> dict[str, float]:
    """Return the figures, in per cent."""
    return {
        "quoted spans, precision": _share(counts.spans_right, counts.spans),
        "quoted attributions, recall": _share(counts.recalled, counts.quoted),
        "quoted attributions, touched": _share(counts.touched, counts.quoted),
        "speakers, precision": _share(counts.speakers_right, counts.speakers),
        "speakers, precision given the span": _share(counts.speakers_right, counts.speakers_within),
        "speakers, recall": _share(counts.sourced_right, counts.sourced),
        "reported clauses, precision": _share(counts.clauses_right, counts.clauses),
        "reported attributions, recall": _share(counts.reports_right, counts.reports),
    }


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


_GOALS = {
    "quoted spans, precision": 95,
    "quoted attributions, recall": 92,
    "speakers, precision": 92,
    "speakers, recall": 80,
}


def score(folder: Path) -> tuple[Row, ...]:
    """Return the rows of the table: all articles, then the half that was not read for errors."""
    rows: list[Row] = []
    for name, halves in (("", (0, 1)), (" (second half)", (1,))):
        mine = figures(count_folder(folder, halves=halves))
        base = figures(count_folder(folder, halves=halves, base=True))
        for what, figure in mine.items():
            below = None if what.startswith("reported") else base[what]
            rows.append(
                Row(
                    what=f"PolNeAR dev{name}: {what}",
                    floor=below,
                    peer=None,
                    ours=figure,
                    goal=_GOALS.get(what),
                )
            )
    return tuple(rows)
