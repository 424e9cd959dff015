import pytest

from bot.sandbox.multipart import Part, read_parts

TYPE = "multipart/form-data; boundary=xyz"


def body(*dispositions: str) -> bytes:
    parts = [
        f"--xyz\r\nContent-Disposition: {disposition}\r\n\r\n1\r\n2" for disposition in dispositions
    ]
    return "\r\n".join([*parts, "--xyz--\r\n"]).encode()


@pytest.mark.parametrize(
    ("disposition", "name", "file_name"),
    [
        ('form-data; name="a"', "a", None),
        ("form-data; name=a", "a", None),
        ('form-data;name="a";filename=Übersicht 9 Jan.bin', "a", "Übersicht 9 Jan.bin"),
        ("form-data; name=a; filename=; more=b", "a", ""),
        ('form-data; name="a"; filename="b; \\"c\\".txt"', "a", 'b; "c".txt'),
        ('form-data; name="a"; filename="%C3%9Cbersicht.txt"', "a", "Übersicht.txt"),
        ('form-data; name="a"; filename="b"; filename*=utf-8\'\'c', "a", "b"),
    ],
)
def test_a_part_is_named_as_the_server_names_it(
    disposition: str, name: str, file_name: str | None
) -> None:
    expected = Part(
        name=name, file_name=file_name, content_type="application/octet-stream", data=b"1\r\n2"
    )
    assert read_parts(TYPE, body(disposition)) == [expected]


def test_parts_keep_their_order_and_their_bytes() -> None:
    read = read_parts('multipart/form-data; boundary="xyz"', body("form-data; name=a"))
    both = read_parts(TYPE, body("form-data; name=a", "form-data; name=b"))
    assert (read[0].data, [part.name for part in both]) == (b"1\r\n2", ["a", "b"])


@pytest.mark.parametrize(
    ("content_type", "sent"),
    [
        ("multipart/form-data", body("form-data; name=a")),
        (TYPE, b""),
        (TYPE, body("form-data; name=a").removesuffix(b"--\r\n")),
        (TYPE, body("attachment; name=a")),
        (TYPE, b"--xyz\r\nno headers\r\n--xyz--\r\n"),
    ],
)
def test_what_is_no_form_is_refused(content_type: str, sent: bytes) -> None:
    with pytest.raises(ValueError, match=r"boundary|form-data|headers|end"):
        read_parts(content_type, sent)
