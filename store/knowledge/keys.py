"""Keys made from content: stable over reloads and rebuilds, short enough for a button."""

from base64 import b32encode
from functools import lru_cache
from hashlib import blake2b
from itertools import product

from store.text import fold

KEY_LENGTH = 12

# Two letters of base 32 each: looked up, twice as quick as by the standard library.
_PAIRS = tuple(map("".join, product("abcdefghijklmnopqrstuvwxyz234567", repeat=2)))
_SIZE = 20  # bytes of a digest


def content_key(*parts: str) -> str:
    """Return twelve letters and digits (60 bits) that stand for `parts`."""
    n, p = int.from_bytes(_hashed(parts)[:8], "big") >> 4, _PAIRS
    return (
        f"{p[n >> 50]}{p[n >> 40 & 1023]}{p[n >> 30 & 1023]}"
        f"{p[n >> 20 & 1023]}{p[n >> 10 & 1023]}{p[n & 1023]}"
    )


@lru_cache(maxsize=1 << 14)
def place_key(name: str) -> str:
    """Return the key of the place called `name`, whatever its script or capitals."""
    return content_key("place", fold(name))


def digest(*parts: str) -> str:
    """Return a digest that changes when any of `parts` does."""
    return b32encode(_hashed(parts)).decode().lower()


def _hashed(parts: tuple[str, ...]) -> bytes:
    # Lengths keep ("ab", "c") and ("a", "bc") apart.
    text = "".join([f"{len(part)}:{part}" for part in parts])
    if text.isascii():
        raw = text.encode()
    else:
        raw = b"".join([b"%d:%b" % (len(part), part) for part in map(str.encode, parts)])
    return blake2b(raw, digest_size=_SIZE).digest()
