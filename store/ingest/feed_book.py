"""What is remembered of feeds between two runs, in one JSON file beside the bot's databases.

When a feed is due, and what a visit does to its state, is in feeds.py.
"""

from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from store.errors import StoreError
from store.ingest.feeds import FeedState

FEEDS_FILE = "feeds.json"

# By the address that was given: the one in the state follows where the feed moves to.
_BOOK = TypeAdapter(dict[str, FeedState])


class FeedBookError(StoreError):
    """The file cannot be read or written; says which, why, and what would help."""

    def __init__(self, file: Path, reason: str, remedy: str) -> None:
        super().__init__(f"{file}: {reason}; {remedy}")


def read_feeds(file: Path) -> dict[str, FeedState]:
    """Return the states of the feeds, none where there is no file. Raises `FeedBookError`."""
    try:
        return _BOOK.validate_json(file.read_bytes())
    except FileNotFoundError:
        return {}
    except ValidationError as error:
        remedy = "delete it, and all feeds are asked as if for the first time"
        raise FeedBookError(file, "is not what this program wrote", remedy) from error
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
        raise FeedBookError(file, reason, "check that it may be read") from error


def keep_feeds(file: Path, states: Mapping[str, FeedState]) -> None:
    """Write the states beside those of other feeds, whole or not at all.

    Raises `FeedBookError`.
    """
    if not states:
        return
    # What another run has kept meanwhile stays.
    book = {**read_feeds(file), **states}
    partial = file.with_name(f".{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.touch(mode=0o600)  # an address may hold a key
        partial.write_bytes(_BOOK.dump_json(book, indent=1))
        partial.replace(file)
    except OSError as error:
        reason = f"cannot be written ({error.strerror})"
        raise FeedBookError(file, reason, "make room, or check the folder's rights") from error
