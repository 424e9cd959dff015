import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.knowledge.keys import KEY_LENGTH, content_key, digest, place_key


def base32(*parts: str) -> str:
    raw = b"".join(b"%d:%b" % (len(part), part) for part in (p.encode() for p in parts))
    return base64.b32encode(hashlib.blake2b(raw, digest_size=20).digest()).decode().lower()


@given(st.lists(st.text(), max_size=4))
def test_a_digest_is_a_hash_in_base_32_and_a_key_its_beginning(parts: list[str]) -> None:
    assert digest(*parts) == base32(*parts)
    assert content_key(*parts) == base32(*parts)[:KEY_LENGTH]


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        (("person", "wendy sherman"), "kp4pwqfrsweg"),
        (("source", "https://news.example/1"), "cuz6mi2yl3dp"),
    ],
)
def test_keys_that_were_given_out_stay(parts: tuple[str, ...], key: str) -> None:
    assert content_key(*parts) == key


def test_where_one_part_ends_matters() -> None:
    assert content_key("ab", "c") != content_key("a", "bc")


def test_a_place_has_one_key_whatever_its_accents_and_capitals() -> None:
    assert place_key("Genève") == place_key("GENEVE") == place_key("geneve")
