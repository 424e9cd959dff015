"""From one summary to what only it tells: its source, whom it names, what roles it gives. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from store.knowledge.making.equalising import Record, Row, digest_of, record
from store.knowledge.making.said import Context, Said, spelled_again
from store.text import Words, sentences, spelled

MENTION = ("person", "published", "source", "sentence")
ROLE = ("person", "title", "side", "source", "seen")


@dataclass(frozen=True, slots=True)
class Derived:
    """The rows that one summary makes alone."""

    source: Record
    mentions: Sequence[tuple[str | None, ...]]  # the values of MENTION
    roles: Sequence[tuple[str | None, ...]]  # of ROLE
    naming: str  # stands for both


def derive(said: Said, context: Context) -> Derived:
    """Return the rows that a summary makes, given what the whole story says."""
    summary = said.summary
    told = [(sentence, spelled(sentence)) for sentence in sentences(summary.body)]
    items = list(_items(said))
    stated = [summary.title, *(text for item in items for text in item[0])]
    folded = [spelled_again(summary.title).folded, *(words.folded for _, words in told)]
    folded += [spelled_again(text).folded for text in stated[1:]]
    row: Row = {
        "file": summary.file,
        "title": summary.title,
        "outlet": summary.outlet,
        "document": summary.document,
        "published": summary.published.isoformat(),
        "basis": str(summary.published_basis),
        "because": summary.published_because,
        "body": summary.body,
        "items": "\n".join([line for _, line in items]),
        "folded": " ".join(chain.from_iterable(folded)),
    }
    first: dict[str, str | None] = {}
    for sentence, words in told:
        for subject in context.gazetteer.in_words(words):
            first.setdefault(subject, sentence)
    for text in stated:
        for subject in context.subjects_in(text):
            first.setdefault(subject, None)
    named = [
        {"subject": key, "published": row["published"], "sentence": first[key]}
        for key in sorted(first)
    ]
    mentions, roles = _mentions(said, context, told), _roles(said, context)
    return Derived(
        source=record(said.key, row, source_subject=named),
        mentions=mentions,
        roles=roles,
        naming=digest_of((mentions, roles)),
    )


def _items(said: Said) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what a summary states, as its texts and as a line for the search."""
    summary = said.summary
    for p in summary.people:
        yield (p.name, p.role or ""), f"{p.name} {p.role or ''}".strip()
    for e in summary.events:
        yield (e.text, e.place or ""), f"{e.text} ({e.place})" if e.place else e.text
    for q in summary.quotes:
        yield (q.speaker, q.text), f"{q.speaker}: {q.text}"
    for f in summary.figures:
        yield (f.what, f.value), f"{f.what}: {f.value}"


def _mentions(
    said: Said, context: Context, told: Sequence[tuple[str, Words]]
) -> list[tuple[str | None, ...]]:
    """Return whom a summary names, with the first sentence that does."""
    mentions: dict[str, str | None] = {}
    names = context.names(said)
    for sentence, words in told:
        for person in names.recognise(words):
            mentions.setdefault(person, sentence)
    for call in said.calls:
        mentions.setdefault(context.cast.key_of(call), None)
    published = said.summary.published.isoformat()
    return [(person, published, said.key, sentence) for person, sentence in mentions.items()]


def _roles(said: Said, context: Context) -> list[tuple[str | None, ...]]:
    given = dict.fromkeys(
        (context.cast.key_of(call), call.role, call.side)
        for call in said.calls.listed
        if call.role or call.side
    )
    seen = said.summary.published.isoformat()
    return [(*role, said.key, seen) for role in given]
