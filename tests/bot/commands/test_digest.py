from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from telegram import Update

from bot.commands.digest import NotUnderstoodError, read_rhythm
from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import Chat, ChatType
from store.database import transaction
from store.knowledge.reload import reload
from store.ledger import subscriptions
from store.ledger.values import Rhythm, Subscription, Wanted
from tests.bot.conversation import ADMIN, READER, Conversation, links
from tests.store.ledger.debts import fresh
from tests.store.stories import STORY

BOT = 1
DEFAULT = Rhythm(at=time(8), zone="UTC")


def kept(folder: Path) -> dict[tuple[int, int], Subscription]:
    """Return the subscriptions in the ledger, by chat and topic."""
    db = fresh(folder / "data" / "ledger.db")
    found = subscriptions.all_subscriptions(db)
    db.close()
    return {(known.chat, known.topic): known for known in found}


@pytest.mark.parametrize(
    ("words", "at", "zone"),
    [
        ("", "08:00", "UTC"),
        ("7:30", "07:30", "UTC"),
        ("07.30", "07:30", "UTC"),
        ("07:30 Europe/Kyiv", "07:30", "Europe/Kyiv"),
        ("kyiv 7.30", "07:30", "Europe/Kyiv"),
        ("EUROPE/KYIV", "08:00", "Europe/Kyiv"),
        ("new york 23:59", "23:59", "America/New_York"),
        ("7:30 New_York", "07:30", "America/New_York"),
        ("Port of Spain", "08:00", "America/Port_of_Spain"),
        ("utc 0:00", "00:00", "UTC"),
        ("US/Eastern", "08:00", "US/Eastern"),
        ("7:30 8:15", "08:15", "UTC"),
        ("8am Kyiv", "08:00", "Europe/Kyiv"),
        ("12:15am", "00:15", "UTC"),
        ("12pm", "12:00", "UTC"),
        ("07:30 Київ", "07:30", "Europe/Kyiv"),
        ("Kiew 7.30", "07:30", "Europe/Kyiv"),
        ("Warschau", "08:00", "Europe/Warsaw"),
    ],
)
def test_a_time_and_a_zone_are_read_in_any_order(words: str, at: str, zone: str) -> None:
    assert read_rhythm(words, DEFAULT) == Rhythm(at=time.fromisoformat(at), zone=zone)


@pytest.mark.parametrize(
    ("words", "word", "nearest"),
    [
        ("kyjiv", "kyjiv", "Europe/Kyiv"),
        ("7:30 Europ/Berlin", "Europ/Berlin", "Europe/Berlin"),
        ("new yrok", "new yrok", "America/New_York"),
        ("24:00", "24:00", None),
        ("7:60", "7:60", None),
        ("730", "730", None),
        ("eastern", "eastern", None),  # of the US or of Canada
        ("localtime", "localtime", None),
        ("😀", "😀", None),
        ("../../etc/passwd", "../../etc/passwd", None),
    ],
)
def test_what_is_neither_is_named(words: str, word: str, nearest: str | None) -> None:
    with pytest.raises(NotUnderstoodError) as raised:
        read_rhythm(words, DEFAULT)
    assert raised.value.word == word
    if nearest is not None:
        assert nearest in raised.value.nearest


async def test_the_digest_of_somebody_new_is_the_story_so_far_and_changes_nothing(
    talk: Conversation, tmp_path: Path
) -> None:
    shown = [await talk.say("/digest") for _ in range(2)]
    texts = [[part["text"] for part in parts] for parts in shown]
    assert texts[0] == texts[1]
    assert texts[0][0].startswith("Digest · 20 Jan 2022")
    assert "The story so far" in texts[0][0]
    assert links(shown[0][0])
    assert kept(tmp_path) == {}


async def test_subscribing_is_confirmed_and_settings_show_it(
    talk: Conversation, tmp_path: Path
) -> None:
    assert "Digest: off" in (await talk.ask("/settings"))["text"]
    said = (await talk.ask("/subscribe 07:30 Europe/Kyiv"))["text"]
    # At 09:00 UTC that time has passed: the digest begins tomorrow.
    assert "each day at 07:30 (Europe/Kyiv), first on 21 Jan 2022." in said
    assert "Digest: each day at 07:30 (Europe/Kyiv)" in (await talk.ask("/settings"))["text"]
    made = kept(tmp_path)[READER, 0]
    assert made.next_due == datetime(2022, 1, 21, 5, 30, tzinfo=UTC)


async def test_a_time_still_to_come_begins_today(talk: Conversation) -> None:
    said = (await talk.ask("/subscribe new york 4:15"))["text"]
    assert "at 04:15 (America/New_York), first on 20 Jan 2022." in said


async def test_subscribing_again_changes_what_is_named_and_keeps_the_rest(
    talk: Conversation, tmp_path: Path
) -> None:
    await talk.ask("/subscribe 07:30 Europe/Kyiv")
    assert "at 07:30 (Europe/Kyiv)" in (await talk.ask("/subscribe"))["text"]
    assert "at 21:00 (Europe/Kyiv)" in (await talk.ask("/subscribe 21:00"))["text"]
    assert "at 21:00 (Asia/Tokyo)" in (await talk.ask("/subscribe tokyo"))["text"]
    assert len(kept(tmp_path)) == 1


async def test_a_flight_to_the_west_brings_no_date_a_second_time(
    talk: Conversation, tmp_path: Path
) -> None:
    await talk.ask("/subscribe kiritimati 8:00")  # 23:00 of the 20th: today's has passed
    said = (await talk.ask("/subscribe pago_pago 23:00"))["text"]  # 22:00 of the 19th
    assert "first on 21 Jan 2022" in said
    assert kept(tmp_path)[READER, 0].next_due == datetime(2022, 1, 22, 10, tzinfo=UTC)


async def test_the_digest_of_a_reader_is_what_is_new_for_that_reader(
    talk: Conversation, tmp_path: Path
) -> None:
    await talk.ask("/subscribe")
    await talk.say("/digest")
    db = fresh(tmp_path / "data" / "ledger.db")
    with transaction(db, immediate=True):
        db.execute("UPDATE subscription SET seen = 1")
    db.close()
    nothing = "Digest · 20 Jan 2022: nothing new since the last one, as of 19 Jan 2022."
    assert (await talk.ask("/digest"))["text"] == nothing


async def test_a_word_that_is_not_understood_changes_nothing(
    talk: Conversation, tmp_path: Path
) -> None:
    said = (await talk.ask("/subscribe 07:30 kyjiv"))["text"]
    assert said.startswith("“kyjiv” is neither a time such as 07:30 nor a time zone")
    assert "Did you mean" in said
    assert "Europe/Kyiv?" in said or "Europe/Kyiv or" in said
    assert kept(tmp_path) == {}


async def test_unsubscribing_ends_it_and_says_when_there_was_nothing(
    talk: Conversation, tmp_path: Path
) -> None:
    nothing = "No digest was coming here. /subscribe begins one."
    assert (await talk.ask("/unsubscribe"))["text"] == nothing
    await talk.ask("/subscribe")
    ended = "No digest comes any more. /subscribe begins one."
    assert (await talk.ask("/unsubscribe"))["text"] == ended
    assert (await talk.ask("/unsubscribe"))["text"] == nothing
    assert kept(tmp_path)[READER, 0].state is Wanted.OFF
    assert "Digest: off" in (await talk.ask("/settings"))["text"]


async def test_privacy_says_what_is_kept(talk: Conversation) -> None:
    said = (await talk.ask("/privacy"))["text"]
    assert said.startswith("Privacy\n\nWithout a subscription nothing about you is kept, unless ")


async def test_without_a_story_the_digest_says_so(talk: Conversation) -> None:
    await talk.knowledge.write(reload, STORY, ())
    said = (await talk.ask("/digest"))["text"]
    assert "Digest ·" not in said
    assert "first on" in (await talk.ask("/subscribe"))["text"]


@pytest.fixture
def group(talk: Conversation) -> Chat:
    """Give a group of the reader's, with an ordinary member in it."""
    return talk.telegram.groups.create(
        READER, "Desk", type=ChatType.SUPERGROUP, members=(BOT, ADMIN)
    )


async def test_in_a_group_its_admins_decide_and_everybody_may_look(
    talk: Conversation, group: Chat, tmp_path: Path
) -> None:
    refused = "In a group, its admins decide on the digest."
    for command in ("/subscribe 7:30", "/unsubscribe"):
        (said,) = await talk.say(command, person=ADMIN, chat=group.id)
        assert said["text"] == refused
    assert kept(tmp_path) == {}
    (said,) = await talk.say("/subscribe@attache_sandbox_bot 7:30", chat=group.id)
    assert "first on 21 Jan 2022" in said["text"]
    (said,) = await talk.say("/settings", person=ADMIN, chat=group.id)
    assert "each day at 07:30" in said["text"]
    (said,) = await talk.say("/unsubscribe", person=ADMIN, chat=group.id)
    assert said["text"] == refused
    talk.telegram.groups.make_admin(READER, group.id, ADMIN)
    (said,) = await talk.say("/unsubscribe", person=ADMIN, chat=group.id)
    assert said["text"].startswith("No digest comes any more.")
    assert list(kept(tmp_path)) == [(group.id, 0)]


def as_the_group(talk: Conversation, group: Chat, words: str, **sender_chat: object) -> Update:
    """Return an update in which an anonymous admin, or a channel, writes in the group."""
    before = talk.telegram.people.send_text(READER, group.id, "hello")
    shown: JsonObject = {"id": group.id, "type": "supergroup", "title": "Desk"}
    update = Update.de_json(
        {
            "update_id": 900_000,
            "message": {
                "message_id": before.id,
                "date": 1_642_669_200,
                "chat": shown,
                "sender_chat": shown | sender_chat,
                "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
                "text": words,
                "entities": [{"type": "bot_command", "offset": 0, "length": 10}],
            },
        },
        talk.app.bot,
    )
    assert isinstance(update, Update)
    return update


async def test_an_anonymous_admin_decides_and_a_channel_that_writes_there_does_not(
    talk: Conversation, group: Chat, tmp_path: Path
) -> None:
    linked = as_the_group(talk, group, "/subscribe", id=-1009, type="channel")
    await talk.app.process_update(linked)
    assert talk.messages(group.id)[-1]["text"].startswith("In a group, its admins decide")
    assert kept(tmp_path) == {}
    await talk.app.process_update(as_the_group(talk, group, "/subscribe"))
    assert "first on 21 Jan 2022" in talk.messages(group.id)[-1]["text"]
    assert list(kept(tmp_path)) == [(group.id, 0)]
    assert talk.troubles == []


async def test_each_topic_of_a_forum_has_a_subscription_of_its_own(
    talk: Conversation, tmp_path: Path
) -> None:
    forum = talk.telegram.groups.create(
        READER, "Desk", type=ChatType.SUPERGROUP, members=(BOT,), is_forum=True
    )
    topic = talk.telegram.groups.open_topic(READER, forum.id, "Geneva")
    for words, thread in (("/subscribe 7:30", topic.id), ("/subscribe 9:45", None)):
        talk.telegram.people.send_text(READER, forum.id, words, thread=thread)
        await talk.answered()
    at = {key: f"{known.rhythm.at:%H:%M}" for key, known in kept(tmp_path).items()}
    assert at == {(forum.id, topic.id): "07:30", (forum.id, 0): "09:45"}
    answers = [(m.get("message_thread_id"), m["text"]) for m in talk.messages(forum.id)]
    assert [(thread, "day at 07:30" in text) for thread, text in answers] == [
        (topic.id, True),
        (None, False),
    ]


async def test_a_reader_who_blocks_the_bot_pauses_the_digest_and_unblocking_resumes_it(
    talk: Conversation, tmp_path: Path
) -> None:
    await talk.ask("/subscribe 07:30 Europe/Kyiv")
    before = kept(tmp_path)[READER, 0]
    talk.telegram.people.block(READER)
    await talk.answered()
    assert kept(tmp_path)[READER, 0].state is Wanted.PAUSED
    talk.telegram.people.unblock(READER)
    await talk.answered()
    assert kept(tmp_path)[READER, 0] == before


async def test_a_group_that_removes_the_bot_is_paused_and_one_that_stopped_stays_so(
    talk: Conversation, group: Chat, tmp_path: Path
) -> None:
    other = talk.telegram.groups.create(READER, "Other", members=(BOT,))
    for chat in (group, other):
        await talk.say("/subscribe", chat=chat.id)
    await talk.say("/unsubscribe", chat=other.id)
    for chat in (group, other):
        talk.telegram.groups.remove_member(READER, chat.id, BOT)
    await talk.answered()
    assert kept(tmp_path)[group.id, 0].state is Wanted.PAUSED
    assert kept(tmp_path)[other.id, 0].state is Wanted.OFF
    for chat in (group, other):
        talk.telegram.groups.add_member(READER, chat.id, BOT)
    await talk.answered()
    assert kept(tmp_path)[group.id, 0].state is Wanted.ON
    assert kept(tmp_path)[other.id, 0].state is Wanted.OFF
