from itertools import count

import pytest

from bot.sandbox.json_values import Json
from bot.sandbox.limits import Limits
from bot.sandbox.params import Upload
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import ChatType, User
from tests.bot.sandbox.calling import DOCUMENT, PHOTO, Calling, bad, png


def test_a_text_is_answered_with_the_message_and_stands_in_the_chat(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    message = call("sendMessage", chat_id=ann.id, text="Good morning")

    assert message == {
        "message_id": 2,
        "from": {
            "id": 1,
            "is_bot": True,
            "first_name": "Attaché",
            "username": "attache_sandbox_bot",
        },
        "date": telegram.state.date,
        "chat": {
            "id": ann.id,
            "type": "private",
            "first_name": "Ann",
            "username": "ann_reads",
        },
        "text": "Good morning",
    }
    assert telegram.transcript(ann.id)[-1] == message


def test_form_text_is_read_like_json(telegram: Telegram, ann: User, call: Calling) -> None:
    call(
        "sendMessage",
        chat_id=str(ann.id),
        text="bold",
        entities='[{"type": "bold", "offset": 0, "length": 4}]',
        protect_content="true",
        disable_notification="false",
        link_preview_options='{"is_disabled": true}',
    )

    sent = telegram.transcript(ann.id)[-1]
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    assert sent["has_protected_content"] is True
    assert sent["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
)
def test_a_text_has_1_to_4096_utf16_units(
    ann: User, call: Calling, text: str, refusal: str
) -> None:
    assert call.refusal("sendMessage", chat_id=ann.id, text=text) == bad(refusal)


def test_the_longest_text_is_measured_after_entities_and_trimming(ann: User, call: Calling) -> None:
    markup = f"<b>{'x' * 4096}</b>"

    assert len(call("sendMessage", chat_id=ann.id, text=markup, parse_mode="HTML")["text"]) == 4096
    assert len(call("sendMessage", chat_id=ann.id, text="😀" * 2048 + "\n  ")["text"]) == 2048


def test_a_caption_has_1024_utf16_units(ann: User, call: Calling) -> None:
    longest = "x" * 1024

    sent = call("sendPhoto", {"photo": PHOTO}, chat_id=ann.id, caption=longest)
    refusal = call.refusal("sendPhoto", {"photo": PHOTO}, chat_id=ann.id, caption=longest + "x")

    assert sent["caption"] == longest
    assert refusal == bad("message caption is too long")


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


def test_a_document_keeps_name_and_type(ann: User, call: Calling) -> None:
    document = call("sendDocument", {"document": DOCUMENT}, chat_id=ann.id)["document"]

    assert document["file_name"] == "sources.txt"
    assert document["mime_type"] == "text/plain"
    assert document["file_size"] == len(DOCUMENT.data)


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


def test_a_place_has_coordinates(ann: User, call: Calling) -> None:
    sent = call("sendLocation", chat_id=ann.id, latitude="46.2", longitude=6.15)

    assert sent["location"] == {"latitude": 46.2, "longitude": 6.15}
    assert call.refusal("sendLocation", chat_id=ann.id, longitude=1) == bad("latitude is empty")
    assert call.refusal("sendLocation", chat_id=ann.id, latitude=1) == bad("longitude is empty")
    refusal = call.refusal("sendLocation", chat_id=ann.id, latitude=91, longitude=1)
    assert refusal == bad("wrong location specified")


def test_an_action_is_shown_and_not_kept(telegram: Telegram, ann: User, call: Calling) -> None:
    before = telegram.transcript(ann.id)

    assert call("sendChatAction", chat_id=ann.id, action="typing") is True
    refusal = call.refusal("sendChatAction", chat_id=ann.id, action="sleeping")

    assert telegram.events_after(0)[-1].data == {"action": "typing", "message_thread_id": None}
    assert telegram.transcript(ann.id) == before
    assert refusal == bad("wrong parameter action in request")


def test_an_answer_shows_what_it_answers(ann: User, call: Calling) -> None:
    sent = call("sendMessage", chat_id=ann.id, text="yes", reply_parameters={"message_id": 1})
    older = call("sendMessage", chat_id=ann.id, text="yes", reply_to_message_id=1)

    assert sent["reply_to_message"]["text"] == "/start"
    assert older["reply_to_message"]["message_id"] == 1


def test_an_answer_to_nothing_is_refused_unless_it_need_not_be_one(
    ann: User, call: Calling
) -> None:
    lenient = {"message_id": 99, "allow_sending_without_reply": True}

    refusal = call.refusal(
        "sendMessage", chat_id=ann.id, text="x", reply_parameters={"message_id": 99}
    )
    sent = call("sendMessage", chat_id=ann.id, text="x", reply_parameters=lenient)

    assert refusal == bad("message to be replied not found")
    assert "reply_to_message" not in sent


def test_a_forward_says_where_it_comes_from_and_a_copy_does_not(ann: User, call: Calling) -> None:
    forwarded = call("forwardMessage", chat_id=ann.id, from_chat_id=ann.id, message_id=1)
    copied = call("copyMessage", chat_id=ann.id, from_chat_id=ann.id, message_id=1)

    assert forwarded["text"] == "/start"
    assert forwarded["forward_origin"]["sender_user"]["id"] == ann.id
    assert copied == {"message_id": 3}


def test_a_copy_of_a_picture_takes_another_caption(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    sent = call("sendPhoto", {"photo": PHOTO}, chat_id=ann.id, caption="one")

    call(
        "copyMessage",
        chat_id=ann.id,
        from_chat_id=ann.id,
        message_id=sent["message_id"],
        caption="two",
    )

    assert telegram.transcript(ann.id)[-1]["caption"] == "two"


def test_what_may_not_be_passed_on_is_refused(ann: User, call: Calling) -> None:
    sent = call("sendMessage", chat_id=ann.id, text="secret", protect_content=True)
    here = {"chat_id": ann.id, "from_chat_id": ann.id}

    refusals = [
        call.refusal("forwardMessage", **here, message_id=99),
        call.refusal("copyMessage", **here, message_id=99),
        call.refusal("forwardMessage", **here, message_id=sent["message_id"]),
        call.refusal("copyMessage", **here, message_id=sent["message_id"]),
    ]

    assert refusals == [
        bad("message to forward not found"),
        bad("message to copy not found"),
        bad("the message can't be forwarded"),
        bad("the message can't be copied"),
    ]


@pytest.mark.parametrize(
    "parameter",
    ["business_connection_id", "message_effect_id", "allow_paid_broadcast"],
)
def test_a_parameter_that_means_nothing_here_is_refused_by_name(
    ann: User, call: Calling, parameter: str
) -> None:
    refusal = call.refusal("sendMessage", chat_id=ann.id, text="x", **{parameter: "1"})

    assert refusal == bad(f"the sandbox does not support the parameter {parameter}")


def test_an_unknown_parameter_is_let_pass_and_noted(ann: User) -> None:
    telegram = Telegram()
    telegram.people.add("Ann", person_id=ann.id)
    telegram.people.start(ann.id)
    call = Calling(telegram)

    call("sendMessage", chat_id=ann.id, text="x", colour="red")

    assert [(one.method, one.what) for one in telegram.oddities] == [
        ("sendMessage", "unknown parameter colour")
    ]


def test_more_than_a_hundred_entities_are_cut_and_noted(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    entities = [{"type": "code", "offset": 2 * at, "length": 1} for at in range(101)]

    sent = call("sendMessage", chat_id=ann.id, text="x " * 101, entities=entities)

    assert len(sent["entities"]) == 100
    assert [one.what for one in telegram.oddities] == ["101 entities, of which 100 are kept"]


def test_a_wrong_token_is_refused(telegram: Telegram) -> None:
    assert Calling(telegram, "1:wrong").refusal("getMe") == (401, "Unauthorized")


def test_an_unknown_method_is_not_found_and_an_absent_one_refused_by_name(call: Calling) -> None:
    assert call.refusal("sendPigeon") == (404, "Not Found: method not found")
    assert call.refusal("sendPoll") == bad("the sandbox does not support the method sendPoll")


def test_method_names_are_taken_in_any_case(call: Calling) -> None:
    assert call("GETME")["username"] == "attache_sandbox_bot"


def test_messages_of_all_private_chats_are_numbered_in_one_row(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    bob = telegram.people.add("Bob")
    telegram.people.start(bob.id)
    telegram.limits = Limits(enabled=False)
    numbers = count(3)

    for person in (ann, bob, ann):
        message = call("sendMessage", chat_id=person.id, text="x")
        assert message["message_id"] == next(numbers)


@pytest.mark.parametrize(
    ("params", "what"),
    [
        ({"parse_mode": "MarkdownV2"}, "parse_mode MarkdownV2: use entities or HTML"),
        ({"reply_parameters": {"message_id": 1, "quote": "s"}}, "reply_parameters with quote"),
        (
            {"reply_parameters": {"message_id": 1, "checklist_task_id": 1}},
            "reply_parameters with checklist_task_id",
        ),
        (
            {"reply_parameters": {"message_id": 1, "chat_id": 5}},
            "reply_parameters with another chat_id",
        ),
    ],
)
def test_what_telegram_has_and_the_sandbox_has_not_is_refused_by_name(
    ann: User, call: Calling, params: dict[str, Json], what: str
) -> None:
    refusal = call.refusal("sendMessage", chat_id=ann.id, text="x", **params)

    assert refusal == bad(f"the sandbox does not support {what}")


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"parse_mode": "Loud"}, "unsupported parse_mode"),
        ({"reply_parameters": "[]"}, "object expected as reply parameters"),
        ({"reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        ({"entities": "{}"}, "expected an Array of MessageEntity"),
    ],
)
def test_parameters_of_a_wrong_kind_are_refused(
    ann: User, call: Calling, params: dict[str, Json], refusal: str
) -> None:
    assert call.refusal("sendMessage", chat_id=ann.id, text="x", **params) == bad(refusal)


def test_parameters_that_are_no_numbers_count_as_not_given(ann: User, call: Calling) -> None:
    assert call.refusal("getChatMember", chat_id=ann.id, user_id=True) == bad(
        "invalid user_id specified"
    )
    assert call.refusal("sendLocation", chat_id=ann.id, latitude="north", longitude=1) == bad(
        "latitude is empty"
    )


def test_thumbnails_are_refused_by_name(ann: User, call: Calling) -> None:
    files = {"document": DOCUMENT, "thumbnail": PHOTO}
    media = {"type": "document", "media": "attach://document", "thumbnail": "attach://thumbnail"}

    refusals = [
        call.refusal("sendDocument", files, chat_id=ann.id),
        call.refusal("sendMediaGroup", files, chat_id=ann.id, media=[media, media]),
    ]

    assert refusals == [
        bad("the sandbox does not support the parameter thumbnail"),
        bad("the sandbox does not support InputMedia with thumbnail"),
    ]


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


def test_older_and_rarer_parameters_are_read(ann: User, call: Calling) -> None:
    text = call("sendMessage", chat_id=ann.id, text="x", disable_web_page_preview=True)
    photo = call(
        "sendPhoto", {"photo": PHOTO}, chat_id=ann.id, caption="x", show_caption_above_media=True
    )

    assert text["link_preview_options"] == {"is_disabled": True}
    assert photo["show_caption_above_media"] is True


def test_a_channels_post_is_forwarded_with_its_place(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    wire = telegram.groups.create(ann.id, "Wire", type=ChatType.CHANNEL, members=(call.id,))
    post = call("sendMessage", chat_id=wire.id, text="News")["message_id"]

    sent = call("forwardMessage", chat_id=ann.id, from_chat_id=wire.id, message_id=post)
    refusal = call.refusal("forwardMessage", chat_id=ann.id, message_id=post)

    assert sent["forward_origin"]["chat"]["id"] == wire.id
    assert sent["forward_origin"]["message_id"] == post
    assert refusal == bad('parameter "from_chat_id" is required')


def test_a_picture_of_ten_megabytes_is_too_big(ann: User, call: Calling) -> None:
    upload = Upload(name="large.png", data=png() + bytes(10 * 1024 * 1024))

    refusal = call.refusal("sendPhoto", {"photo": upload}, chat_id=ann.id)

    assert refusal == bad(
        f"file of size {len(upload.data)} bytes is too big for a photo; "
        "the maximum size is 10485760 bytes"
    )
