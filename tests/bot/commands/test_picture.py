import pytest

from bot.messages.callbacks import PicturePage
from bot.messages.scope import Scope
from bot.pictures.chart import Chart, Theme
from bot.pictures.studio import Studio, StudioBusyError
from bot.sandbox.files import image_size
from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import ChatType
from store.knowledge.keys import content_key, place_key
from tests.bot.conversation import ADMIN, READER, Conversation, labels


async def pictured(talk: Conversation, words: str) -> tuple[JsonObject, JsonObject]:
    """Ask for a page, press Picture, and return both messages."""
    page = await talk.ask(words)
    stands = await talk.press(page, "Picture")
    assert stands["text"] == page["text"]
    return page, talk.messages()[-1]


def png(talk: Conversation, message: JsonObject) -> bytes:
    file = talk.telegram.world.files[message["photo"][-1]["file_id"]]
    return file.data


async def test_a_timeline_has_a_picture_below_it(talk: Conversation) -> None:
    _, photo = await pictured(talk, "/timeline")
    size = image_size(png(talk, photo))
    assert size is not None
    assert (size[0], 1200 < size[1] <= 2400) == (1080, True)
    assert photo["caption"].startswith("Timeline\nEvents ")
    assert "of 34 · as of 19 Jan 2022" in photo["caption"]
    assert "Dark" in labels(photo)


async def test_a_person_has_a_picture_with_a_link_to_them(talk: Conversation) -> None:
    person = await talk.ask("/who Sherman")
    timeline = await talk.press(person, "Timeline")
    await talk.press(timeline, "Picture")
    photo = talk.messages()[-1]
    assert photo["caption"].startswith("Timeline · Wendy Sherman\n4 events · as of 19 Jan 2022")
    links = [entity["url"] for entity in photo["caption_entities"] if "url" in entity]
    assert "?start=p" in links[0]
    assert all("?start=s" in link for link in links[1:])
    assert labels(photo) == ["Dark"]


async def test_dark_and_light_change_the_picture_in_place(talk: Conversation) -> None:
    _, light = await pictured(talk, "/timeline Geneva")
    dark = await talk.press(light, "Dark")
    assert dark["message_id"] == light["message_id"]
    assert dark["caption"] == light["caption"]
    assert dark["photo"] != light["photo"]
    again = await talk.press(dark, "Light")
    assert again["photo"] == light["photo"]


async def test_the_pictures_of_a_long_timeline_turn_and_keep_their_theme(
    talk: Conversation,
) -> None:
    _, photo = await pictured(talk, "/timeline")
    dark = await talk.press(photo, "Dark")
    earlier = await talk.press(dark, "‹ Earlier")
    assert "Light" in labels(earlier)
    assert "‹ Earlier" in labels(earlier)
    assert "Later ›" in labels(earlier)
    assert earlier["caption"] != dark["caption"]


async def test_a_picture_is_uploaded_once(talk: Conversation) -> None:
    _, first = await pictured(talk, "/timeline Geneva")
    files = len(talk.telegram.world.files)
    _, second = await pictured(talk, "/timeline Geneva")
    assert second["photo"] == first["photo"]
    assert len(talk.telegram.world.files) == files


async def test_a_file_that_telegram_forgot_is_uploaded_again(talk: Conversation) -> None:
    _, first = await pictured(talk, "/timeline Geneva")
    del talk.telegram.world.files[first["photo"][-1]["file_id"]]
    page = await talk.ask("/timeline Geneva")
    await talk.press(page, "Picture")
    second = talk.messages()[-1]
    assert second["photo"] != first["photo"]
    assert png(talk, second)


async def test_pressed_twice_at_once_the_picture_stands_there_once_changed(
    talk: Conversation,
) -> None:
    _, light = await pictured(talk, "/timeline Geneva")
    await talk.toast(light, "Dark", times=2)
    assert "Light" in labels(talk.messages()[-1])


@pytest.mark.parametrize(
    "scope",
    [
        Scope(persons=(content_key("nobody"),)),
        Scope(place=place_key("Nowhere")),
        Scope(place=place_key("Geneva"), persons=(content_key("nobody"),)),
    ],
)
async def test_a_button_whose_scope_is_gone_says_so(talk: Conversation, scope: Scope) -> None:
    page = await talk.ask("/timeline")
    told = await talk.press_data(page, PicturePage(str(scope), Theme.DARK, 8).pack())
    assert told == "This page has changed since then. Please ask again."
    assert talk.messages()[-1]["message_id"] == page["message_id"]


async def test_an_offset_beyond_the_end_shows_the_last_events(talk: Conversation) -> None:
    page = await talk.ask("/timeline")
    await talk.press_data(page, PicturePage("", Theme.LIGHT, 999_999_999).pack())
    assert "Events 27 to 34 of 34" in talk.messages()[-1]["caption"]


async def test_without_an_offset_the_events_around_as_of_are_shown(talk: Conversation) -> None:
    page = await talk.ask("/timeline")
    await talk.press_data(page, PicturePage("").pack())
    assert "Events 27 to 34 of 34" in talk.messages()[-1]["caption"]


async def test_when_too_many_wait_the_reader_is_asked_for_patience(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(studio: Studio, chart: Chart, theme: Theme) -> bytes:
        del studio, chart, theme
        raise StudioBusyError

    monkeypatch.setattr(Studio, "picture", refuse)
    page = await talk.ask("/timeline")
    told = await talk.toast(page, "Picture")
    assert told == "Many pictures are being drawn. Please try again in a moment."


async def test_in_a_group_the_picture_answers_the_page(talk: Conversation) -> None:
    bot = talk.telegram.people.bot(None).user
    members = (ADMIN, bot.id)
    group = talk.telegram.groups.create(
        READER, "Newsroom", type=ChatType.SUPERGROUP, members=members
    ).id
    await talk.answered()
    page = (await talk.say(f"/timeline@{bot.username} Geneva", chat=group))[-1]
    await talk.press(page, "Picture")
    photo = talk.messages(group)[-1]
    assert photo["reply_to_message"]["message_id"] == page["message_id"]
