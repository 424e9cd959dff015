import io
import json
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.bodies import MAX_BODY, read_answer
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.world import User
from tests.bot.sandbox.calling import DOCUMENT, PHOTO
from tests.bot.sandbox.http_client import Client, client_of

AWKWARD = "a&b=c+d %20 <é> 😀\n\n\"{'"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
async def client(telegram: Telegram) -> AsyncIterator[Client]:
    async with client_of(telegram) as client:
        yield client


async def test_a_query_string_is_enough(client: Client, ann: User) -> None:
    params = {"chat_id": str(ann.id), "text": AWKWARD}

    status, body = await client.ask(f"/bot{SANDBOX_TOKEN}/sendMessage", params=params)

    assert (status, body["result"]["text"]) == (200, AWKWARD.strip())


async def test_a_form_is_read(client: Client, ann: User) -> None:
    status, body = await client.post("sendMessage", data={"chat_id": ann.id, "text": AWKWARD})

    assert (status, body["result"]["text"]) == (200, AWKWARD.strip())


async def test_json_is_read_with_its_values(client: Client, ann: User) -> None:
    button = {"text": "More", "callback_data": "more"}
    markup = {"inline_keyboard": [[button]]}

    message = await client.call(
        "sendMessage", chat_id=ann.id, text=AWKWARD, reply_markup=markup, disable_notification=True
    )

    assert (message["text"], message["reply_markup"]) == (AWKWARD.strip(), markup)


async def test_a_multipart_form_without_files_is_read(client: Client, ann: User) -> None:
    form = aiohttp.FormData(default_to_multipart=True)
    form.add_field("chat_id", str(ann.id))
    form.add_field("text", AWKWARD)
    form.add_field("reply_markup", json.dumps({"remove_keyboard": True}), content_type=JSON)

    status, body = await client.post("sendMessage", data=form)

    assert (status, body["result"]["text"]) == (200, AWKWARD.strip())


async def test_a_file_comes_in_a_part_of_its_own_name(
    client: Client, ann: User, telegram: Telegram
) -> None:
    form = aiohttp.FormData({"chat_id": str(ann.id), "caption": "Where"})
    form.add_field("photo", PHOTO.data, filename="map.png", content_type="image/png")

    _, body = await client.post("sendPhoto", data=form)

    stored = telegram.file(body["result"]["photo"][-1]["file_id"])
    assert stored is not None
    assert (stored.data, stored.mime_type) == (PHOTO.data, "image/png")


async def test_a_file_comes_in_a_part_that_a_parameter_names(
    client: Client, ann: User, telegram: Telegram
) -> None:
    form = aiohttp.FormData(quote_fields=False)  # as PTB and browsers write names
    form.add_field("chat_id", str(ann.id))
    form.add_field("document", "attach://the-file")
    form.add_field("the-file", DOCUMENT.data, filename="Übersicht 1.txt", content_type="text/plain")

    _, body = await client.post("sendDocument", data=form)

    document = body["result"]["document"]
    stored = telegram.file(document["file_id"])
    assert stored is not None
    assert stored.data == DOCUMENT.data
    assert (document["file_name"], document["mime_type"]) == ("Übersicht 1.txt", "text/plain")


async def test_a_large_file_goes_up_and_down_whole(client: Client, ann: User) -> None:
    data = bytes(range(256)) * 4096 * 5  # 5 MB
    form = aiohttp.FormData({"chat_id": str(ann.id)})
    form.add_field("document", io.BytesIO(data), filename="all.bin")

    _, body = await client.post("sendDocument", data=form)
    file = await client.call("getFile", file_id=body["result"]["document"]["file_id"])
    async with client.session.get(
        f"{client.url}/file/bot{SANDBOX_TOKEN}/{file['file_path']}"
    ) as response:
        back = await response.read()

    assert len(back) == len(data)
    assert back == data


async def test_what_stands_in_the_address_counts_before_the_body(client: Client, ann: User) -> None:
    _, body = await client.post(
        "sendMessage?text=address", json={"chat_id": ann.id, "text": "body"}
    )

    assert body["result"]["text"] == "address"


@pytest.mark.parametrize("content_type", [JSON, FORM, "text/plain", "multipart/form-data"])
async def test_an_empty_body_holds_no_parameters(client: Client, content_type: str) -> None:
    status, _ = await client.post("getMe", data=b"", headers={"Content-Type": content_type})

    assert status == 200


async def test_json_that_is_no_object_is_refused(client: Client) -> None:
    status, body = await client.post("getMe", json=["getMe"])

    assert (status, body["description"]) == (400, "Bad Request: JSON object expected")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (JSON, b'{"chat_id": '),
        (JSON, b"\xff\xfe{}"),
        (FORM, b"text=\xff"),
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"nothing of the kind"),
        ("multipart/form-data; boundary=x", b"--x\r\nno header\r\n\r\n1\r\n--x--\r\n"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    client: Client, content_type: str, body: bytes
) -> None:
    status, answer = await client.post("getMe", data=body, headers={"Content-Type": content_type})

    assert (status, answer["ok"], answer["error_code"]) == (400, False, 400)


async def test_too_much_is_refused_as_telegram_does(client: Client) -> None:
    form = aiohttp.FormData({"chat_id": "1"})
    form.add_field("document", io.BytesIO(bytes(MAX_BODY + 1)), filename="all.bin")

    status, body = await client.post("sendDocument", data=form)

    assert (status, body) == (
        413,
        {"ok": False, "error_code": 413, "description": "Request Entity Too Large"},
    )


@given(st.dictionaries(st.text(min_size=1), st.text()))
def test_an_answer_of_a_webhook_reads_the_same_as_form_and_as_json(params: dict[str, str]) -> None:
    as_json = read_answer(JSON, json.dumps(params).encode())
    as_form = read_answer(FORM, urlencode(params).encode())

    assert as_json == as_form == (params, {})


@pytest.mark.parametrize("body", [b"", b"ok", b"[1]", b"{", b"\xff"])
def test_an_answer_that_is_no_call_holds_nothing(body: bytes) -> None:
    assert read_answer(JSON, body) == ({}, {})
    assert read_answer("text/plain", body) == ({}, {})


def test_an_answer_of_a_webhook_may_bring_a_file() -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="method"\r\n\r\nsendDocument\r\n'
        b'--x\r\nContent-Disposition: form-data; name="document"; filename=all of it.bin\r\n'
        b"\r\n\x00\xff\r\n--x--\r\n"
    )

    params, files = read_answer("multipart/form-data; boundary=x", body)

    assert params == {"method": "sendDocument"}
    assert (files["document"].name, files["document"].data) == ("all of it.bin", b"\x00\xff")
