import pytest

from bot.sandbox.json_values import JsonObject
from tests.bot.conversation import READER, Conversation, labels

FORMATS = ["Calendar (.ics)", "Table (.csv)", "Text (.md)"]


def content(talk: Conversation, message: JsonObject) -> bytes:
    file = talk.telegram.file(message["document"]["file_id"])
    assert file is not None
    return file.data


async def test_a_timeline_is_sent_as_the_file_that_is_asked_for(talk: Conversation) -> None:
    sent = await talk.ask("/export Geneva since 2022-01-10 csv")
    assert sent["document"]["file_name"].startswith("timeline-geneva-since-10-jan-2022")
    assert sent["caption"] == "Timeline · Geneva · since 10 Jan 2022 · 4 events · as of 19 Jan 2022"
    assert content(talk, sent).decode("utf-8-sig").startswith("from,to,precision,status,text,")


async def test_without_a_format_it_asks_for_one(talk: Conversation) -> None:
    shown = await talk.ask("/export Sherman")
    assert shown["text"] == "The timeline of Wendy Sherman as a file: which kind?"
    assert labels(shown) == FORMATS
    for label, begins in zip(
        FORMATS, (b"BEGIN:VCALENDAR", b"\xef\xbb\xbffrom", b"# "), strict=True
    ):
        assert (await talk.press(shown, label))["text"] == shown["text"]
        assert content(talk, talk.messages(READER)[-1]).startswith(begins)


async def test_all_of_it_can_be_had(talk: Conversation) -> None:
    sent = await talk.ask("/export ics")
    assert sent["document"]["file_name"] == "timeline.ics"
    assert content(talk, sent).count(b"BEGIN:VEVENT") == int(sent["caption"].split()[2])


async def test_several_of_a_name_are_asked_of_which(talk: Conversation) -> None:
    shown = await talk.ask("/export Serg md")
    assert "Which one?" in shown["text"]
    await talk.press(shown, "Sergei Ryabkov")
    assert talk.messages()[-1]["document"]["file_name"] == "timeline-sergei-ryabkov.md"


@pytest.mark.parametrize("asked", ["Atlantis", "Atlantis csv"])
async def test_of_nobody_there_is_no_file(talk: Conversation, asked: str) -> None:
    shown = await talk.ask(f"/export {asked}")
    assert shown["text"].startswith("I have no timeline for “Atlantis”")


async def test_of_a_day_without_events_there_is_no_file(talk: Conversation) -> None:
    shown = await talk.ask("/export 1999-12-31 csv")
    assert shown["text"] == "I have nothing on that: 31 Dec 1999."
