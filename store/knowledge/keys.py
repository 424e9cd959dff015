"""Keys made from content: stable over reloads and rebuilds, short enough for a button."""

import base64
import hashlib

from store.text import fold

KEY_LENGTH = 12


def content_key(*parts: str) -> str:
    """Return twelve letters and digits (60 bits) that stand for `parts`."""
    return _hashed(parts)[:KEY_LENGTH]


def place_key(name: str) -> str:
    """Return the key of the place called `name`, whatever its script or capitals."""
    return content_key("place", fold(name))


def digest(*parts: str) -> str:
    """Return a digest that changes when any of `parts` does."""
    return _hashed(parts)


def _hashed(parts: tuple[str, ...]) -> str:
    # Lengths keep ("ab", "c") and ("a", "bc") apart.
    raw = b"".join(b"%d:%b" % (len(part), part) for part in (p.encode() for p in parts))
    return base64.b32encode(hashlib.blake2b(raw, digest_size=20).digest()).decode().lower()
