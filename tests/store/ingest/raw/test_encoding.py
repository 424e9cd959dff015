import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.ingest.raw.encoding import LARGEST, decode
from store.ingest.raw.values import RawError

TEXT = "Grüße aus Köln – “wörtlich”: 5 €."


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_is_read_in_whatever_encoding_it_was_saved(codec: str) -> None:
    assert decode(TEXT.encode(codec), "a.txt") == TEXT


@pytest.mark.parametrize("declared", ["koi8-r", "windows-1251", "ISO-8859-5"])
def test_a_declared_encoding_is_believed_where_utf_8_does_not_fit(declared: str) -> None:
    text = "Шерман и Рябков"
    assert decode(text.encode(declared), "a", declared=declared) == text
    page = f'<meta charset="{declared}">{text}'
    assert decode(page.encode(declared), "a") == page


@pytest.mark.parametrize("declared", ["rot13", "zip", "base64", "idna", "nonsense", "utf-7", "\0"])
def test_a_declared_encoding_that_is_none_is_not_believed(declared: str) -> None:
    assert decode("Grüße".encode("cp1252"), "a", declared=declared) == "Grüße"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"%PDF-1.7\n...", "is a PDF, not text"),
        (b"PK\x03\x04rest", "is a ZIP archive or office document, not text"),
        (b"\x1f\x8b\x08rest", "is compressed with gzip, not text"),
        (b"\x89PNG\r\n", "is a picture, not text"),
        (b"\x7fELF\x02", "is a program, not text"),
        (b"\x00\x01\x02\x03" * 100, "is binary, not text"),
        (bytes(range(256)) * 20, "is binary, not text"),
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (b"\xff\xfeA", "begins as UTF-16 but is not"),
        (b"\xef\xbb\xbf\xff", "begins as UTF-8 but is not"),
        (b"a" * (LARGEST + 1), "is larger than 5,000,000 bytes"),
    ],
)
def test_what_is_no_text_is_refused_by_name_and_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(RawError) as caught:
        decode(raw, "a.bin")
    assert (caught.value.name, caught.value.reason) == ("a.bin", reason)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    try:
        text = decode(raw, "a")
    except RawError:
        return
    assert "\0" not in text


@given(st.text(st.characters(min_codepoint=32, codec="utf-8"), min_size=1))
def test_utf_8_is_never_mistaken(text: str) -> None:
    if text.strip() and "\0" not in text:
        marked = decode(("Ü " + text).encode(), "a")
        assert marked.startswith("Ü")
