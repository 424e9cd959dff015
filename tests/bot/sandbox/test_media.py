"""Pictures, documents, their captions and albums, as a bot sends them.

What a bot fetches again stands in test_files.py.
"""

import pytest

from bot.sandbox.params import Upload
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import User
from tests.bot.sandbox.calling import DOCUMENT, PHOTO, Calling, bad, png


def test_a_picture_goes_up_once_and_again_by_its_id(ann: User, call: Calling) -> None:
    sent = call(
        "sendPhoto", {"photo": PHOTO}, chat_id=ann.id, caption="<i>map</i>", parse_mode="HTML"
    )
    size = sent["photo"][-1]
    again = call("sendPhoto", chat_id=ann.id, photo=size["file_id"], has_spoiler=True)

    assert (size["width"], size["height"], size["file_size"]) == (4, 3, len(PHOTO.data))
    assert sent["caption_entities"] == [{"type": "italic", "offset": 0, "length": 3}]
    assert again["photo"] == sent["photo"]
    assert again["has_media_spoiler"] is True


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", "file must be non-empty"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (png(3000, 100), "PHOTO_INVALID_DIMENSIONS"),
        (png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
def test_what_is_no_picture_is_refused(
    telegram: Telegram, ann: User, call: Calling, data: bytes, refusal: str
) -> None:
    upload = Upload(name="a.png", data=data)

    assert call.refusal("sendPhoto", {"photo": upload}, chat_id=ann.id) == bad(refusal)
    assert telegram.world.files == {}


def test_a_picture_of_ten_megabytes_is_too_big(ann: User, call: Calling) -> None:
    upload = Upload(name="large.png", data=png() + bytes(10 * 1024 * 1024))

    refusal = call.refusal("sendPhoto", {"photo": upload}, chat_id=ann.id)

    assert refusal == bad(
        f"file of size {len(upload.data)} bytes is too big for a photo; "
        "the maximum size is 10485760 bytes"
    )


def test_a_document_keeps_name_and_type(ann: User, call: Calling) -> None:
    document = call("sendDocument", {"document": DOCUMENT}, chat_id=ann.id)["document"]

    assert document["file_name"] == "sources.txt"
    assert document["mime_type"] == "text/plain"
    assert document["file_size"] == len(DOCUMENT.data)


def test_a_caption_has_1024_utf16_units(ann: User, call: Calling) -> None:
    longest = "x" * 1024

    sent = call("sendPhoto", {"photo": PHOTO}, chat_id=ann.id, caption=longest)
    refusal = call.refusal("sendPhoto", {"photo": PHOTO}, chat_id=ann.id, caption=longest + "x")

    assert sent["caption"] == longest
    assert refusal == bad("message caption is too long")


def test_files_that_are_not_there_are_refused(ann: User, call: Calling) -> None:
    document = call("sendDocument", {"document": DOCUMENT}, chat_id=ann.id)["document"]

    refusals = [
        call.refusal("sendPhoto", chat_id=ann.id),
        call.refusal("sendPhoto", chat_id=ann.id, photo="nonsense"),
        call.refusal("sendPhoto", chat_id=ann.id, photo="https://example.org/map.png"),
        call.refusal("sendPhoto", chat_id=ann.id, photo=document["file_id"]),
        call.refusal("sendDocument", chat_id=ann.id, document="attach://missing"),
    ]

    assert refusals == [
        bad("there is no photo in the request"),
        bad("wrong remote file identifier specified: can't unserialize it"),
        bad("failed to get HTTP URL content"),
        bad("can't use file of type Document as Photo"),
        bad("there is no document in the request"),
    ]


def test_too_large_an_upload_is_refused(ann: User, call: Calling) -> None:
    upload = Upload(name="a.bin", data=bytes(50 * 1024 * 1024 + 1))

    refusal = call.refusal("sendDocument", {"document": upload}, chat_id=ann.id)

    assert refusal == (413, "Request Entity Too Large")


def test_an_album_is_several_messages_with_one_group(ann: User, call: Calling) -> None:
    media = [
        {"type": "photo", "media": "attach://one", "caption": "first"},
        {"type": "photo", "media": "attach://two"},
    ]

    sent = call("sendMediaGroup", {"one": PHOTO, "two": PHOTO}, chat_id=ann.id, media=media)

    assert len({message["media_group_id"] for message in sent}) == 1
    assert [message.get("caption") for message in sent] == ["first", None]


def test_an_album_of_one_is_a_message_and_noted(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    media = [{"type": "photo", "media": "attach://one", "has_spoiler": True}]

    (sent,) = call("sendMediaGroup", {"one": PHOTO}, chat_id=ann.id, media=media)

    assert "media_group_id" not in sent
    assert sent["has_media_spoiler"] is True
    assert [one.what for one in telegram.oddities] == [
        "an album of one; the Bot API's pages ask for two to ten"
    ]


@pytest.mark.parametrize(
    ("media", "refusal"),
    [
        (None, 'parameter "media" is required'),
        ([], "there are no messages to send"),
        (
            [{"type": "photo", "media": "attach://one"}] * 11,
            "too many messages to send as an album",
        ),
        ([{"type": "photo", "media": "attach://two"}], "can't parse InputMedia: media not found"),
        ([{"type": "photo"}], "can't parse InputMedia: media not found"),
        (["photo"], "can't parse InputMedia: expected an Object"),
        ([{"type": "poster"}], 'can\'t parse InputMedia: type "poster" is unsupported'),
        ([{"type": "video"}], "the sandbox does not support media of type video"),
        (
            [
                {"type": "photo", "media": "attach://one"},
                {"type": "document", "media": "attach://one"},
            ],
            "document can't be mixed with other media types",
        ),
    ],
)
def test_a_wrong_album_is_refused(
    ann: User, call: Calling, media: list[dict[str, str]], refusal: str
) -> None:
    found = call.refusal("sendMediaGroup", {"one": PHOTO}, chat_id=ann.id, media=media)

    assert found == bad(refusal)
