"""Summaries as they are kept: JSON that is read back as the very values. Holds no SQL."""

from pydantic import TypeAdapter

from store.knowledge.keys import content_key
from store.knowledge.values import Summary

_SUMMARY = TypeAdapter(Summary)


def as_written(summary: Summary) -> str:
    """Return what `summary_of` reads."""
    return _SUMMARY.dump_json(summary).decode()


def summary_of(written: str) -> Summary:
    """Return the summary that was kept. Raises ValidationError where another version kept it."""
    return _SUMMARY.validate_json(written)


def source_key(summary: Summary) -> str:
    """Return the key of the source that `summary` is of: its address, else its imprint."""
    if summary.document:
        return content_key("source", summary.document)
    return content_key("source", summary.outlet, summary.title, summary.published.isoformat())
