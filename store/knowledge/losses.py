"""When a reload removes so much that somebody is asked first. Pure."""

from collections.abc import Mapping

from store.errors import Kind, Loss
from store.knowledge.reload import Changes, Diff

_SHARE = 3  # more than one of so many
_FEW = 2  # persons, events or quotes: an editor takes out so many in a small story every day


def large_losses(diff: Diff, known: Mapping[Kind, int]) -> tuple[Loss, ...]:
    """Return what a reload that makes `diff` would take too much of, of so many `known`.

    A source has a key that edits leave alone: each one that goes is lost, also where
    another comes. Persons, events and quotes are known by their words: one that is worded
    anew is one gone and one new, and no loss.
    """
    changes = {
        Kind.PEOPLE: diff.people,
        Kind.EVENTS: diff.events,
        Kind.QUOTES: diff.quotes,
    }
    lost = {kind: _worn(each) for kind, each in changes.items()}
    counted = {Kind.SOURCES: diff.documents.gone} | {
        kind: count for kind, count in lost.items() if count > _FEW
    }
    return tuple(
        Loss(kind=kind, gone=count, known=known[kind])
        for kind, count in counted.items()
        if count * _SHARE > known[kind]
    )


def lost_sources(gone: int, known: int) -> tuple[Loss, ...]:
    """Return the loss of `gone` of `known` sources, where it is too much."""
    return large_losses(Diff(documents=Changes(gone=gone)), dict.fromkeys(Kind, known))


def _worn(changes: Changes) -> int:
    return max(0, changes.gone - changes.new)
