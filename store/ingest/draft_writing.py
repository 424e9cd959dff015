"""Writing a draft as a summary file. What it writes, the reader of summaries accepts."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import yaml

from store.ingest.clean import clean_line
from store.ingest.draft_values import DraftSummary, Item, T
from store.ingest.raw.values import Published
from store.knowledge.values import (
    Basis,
    Grade,
    StatedEvent,
    StatedFigure,
    StatedPerson,
    StatedQuote,
    Status,
    When,
)
from store.text import fold

_LINE = 2000  # characters, as the forms allow
_NAME = 200
_ORIGIN = 400
_MOST = 120  # entries of a kind
_LARGEST = 900_000  # bytes; the reader takes a little more
_PAIRS = ('""', "\u201c\u201d", "\u00ab\u00bb", "\u201e\u201c")

Fields = dict[str, object]


def write_draft(draft: DraftSummary, published: date | None = None) -> str:
    """Return the draft as the text of a summary file, of the day `published` where given.

    Raises ValueError without a day: a summary has one.
    """
    said = draft.published
    if published is not None:
        said = Published(when=When.day(published), basis=Basis.STATED, because="given by hand")
    if said is None:
        raise ValueError(draft.undated or "the day of the article is not known")
    most = _MOST
    while len((text := _written(draft, said, most)).encode()) > _LARGEST and most > 1:
        most //= 2
    return text


def _written(draft: DraftSummary, said: Published, most: int) -> str:
    fields: Fields = {
        "title": _line(draft.title) or "Untitled",
        "source": _line(draft.outlet) or "not named",
        "document": _line(draft.document) or None,
        "published": said.when.start.isoformat(),
        "published_basis": said.basis.value,
        "published_because": _line(said.because) or None,
        "people": list(_entries(draft.people, _person, most)),
        "events": list(_entries(draft.events, _event, most)),
        "quotes": list(_entries(draft.quotes, _quote, most)),
        "figures": list(_entries(draft.figures, _figure, most)),
    }
    kept = {name: value for name, value in fields.items() if value not in (None, [])}
    front = yaml.dump(kept, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=96)
    body = "\n\n".join(filter(None, map(_line_of_any_length, draft.body.split("\n"))))
    return f"---\n{front}---\n{body or fields['title']}\n"


def _entries(
    items: Sequence[Item[T]], write: Callable[[T], Fields | None], most: int
) -> Iterator[Fields]:
    count = 0
    for item in items:
        fields = write(item.stated)
        if fields is None or count == most:
            continue
        count += 1
        fields["from"] = _line(item.origin, _ORIGIN)
        fields["sure"] = item.sure.value
        if item.review:
            fields["review"] = True
        yield {name: value for name, value in fields.items() if value not in (None, "")}


def _person(person: StatedPerson) -> Fields | None:
    name = _name(person.name)
    aliases = [alias for each in person.aliases if (alias := _name(each))]
    if not name:
        return None
    return {
        "name": name,
        "role": _line(person.role),
        "side": _line(person.side),
        "aliases": aliases or None,
    }


def _event(event: StatedEvent) -> Fields | None:
    text = _line(event.text)
    if not text:
        return None
    people = None
    if event.people is not None:
        people = [name for each in event.people if (name := _name(each))]
    return {
        "date": str(event.when),
        "text": text,
        "people": people,
        "place": _name(event.place),
        "status": None if event.status is Status.HAPPENED else event.status.value,
        "basis": event.basis.value,
        "because": _line(event.because),
    }


def _quote(quote: StatedQuote) -> Fields | None:
    speaker, text = _name(quote.speaker), _bare(_line(quote.text))
    if not speaker or not text:
        return None
    return {
        "speaker": speaker,
        "text": text,
        "date": str(quote.when) if quote.when else None,
        "grade": Grade(quote.grade).value,
    }


def _figure(figure: StatedFigure) -> Fields | None:
    what, value = _line(figure.what), _line(figure.value)
    if not what or not value:
        return None
    return {"what": what, "value": value, "according_to": _line(figure.according_to)}


def _line(text: str | None, most: int = _LINE) -> str:
    """Return `text` on one line, as the reader will see it, cut at a word where it is too long."""
    line = _line_of_any_length(text or "")
    if len(line) <= most:
        return line
    cut = line[: most - 1].rsplit(maxsplit=1)[0] if " " in line[: most - 1] else line[: most - 1]
    return f"{cut}\u2026"


def _line_of_any_length(text: str) -> str:
    return clean_line(text.encode(errors="ignore").decode())


def _name(text: str | None) -> str:
    line = _line(text, _NAME)
    return line if fold(line) else ""


def _bare(words: str) -> str:
    """Return `words`, or '' where nothing is left once the reader takes the marks around off."""
    return words if words.strip(f"{''.join(_PAIRS)} ") else ""
