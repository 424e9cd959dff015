"""Keys made from content: stable over reloads and rebuilds, short enough for a button."""

import hashlib
from functools import lru_cache
from itertools import product

from store.text import fold

KEY_LENGTH = 12

# Two letters of base 32 each: looked up, twice as quick as by the standard library.
_PAIRS = tuple(map("".join, product("abcdefghijklmnopqrstuvwxyz234567", repeat=2)))
_SIZE = 20  # bytes of a digest, so 16 pairs


def content_key(*parts: str) -> str:
    """Return twelve letters and digits (60 bits) that stand for `parts`."""
    return _written(_hashed(parts) >> (_SIZE * 8 - KEY_LENGTH * 5), KEY_LENGTH)


@lru_cache(maxsize=1 << 14)
def place_key(name: str) -> str:
    """Return the key of the place called `name`, whatever its script or capitals."""
    return content_key("place", fold(name))


def digest(*parts: str) -> str:
    """Return a digest that changes when any of `parts` does."""
    return _written(_hashed(parts), _SIZE * 8 // 5)


def _hashed(parts: tuple[str, ...]) -> int:
    # Lengths keep ("ab", "c") and ("a", "bc") apart.
    raw = b"".join([b"%d:%b" % (len(part), part) for part in map(str.encode, parts)])
    return int.from_bytes(hashlib.blake2b(raw, digest_size=_SIZE).digest(), "big")


def _written(number: int, letters: int) -> str:
    """Return `number` in base 32, in so many letters: an even number of them."""
    return "".join([_PAIRS[number >> bits & 1023] for bits in range(letters * 5 - 10, -1, -10)])
