"""The gate in front of the whole application: strangers, guests, groups, and floods."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Update

from bot.flooding import Flooding, Limit
from bot.messages import help as about
from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import Chat, ChatType
from config.settings import Access
from store.errors import StoreError
from store.ledger import access
from tests.bot.conversation import (
    ADMIN,
    READER,
    Conversation,
    conversation,
    labels,
    links,
)

BOT = 1
STRANGER = 3001
PEOPLE = (READER, ADMIN, STRANGER)
REFUSED = "This bot answers only those who were let in. Ask whoever runs it for an invitation."
SLOW_DOWN = "That is a lot at once. Please wait a moment; what comes now is not answered."


@pytest.fixture
async def listed(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with conversation(
        tmp_path / "data", people=PEOPLE, access=Access.LISTED, readers=[READER]
    ) as opened:
        yield opened


@pytest.fixture
async def invited(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with conversation(
        tmp_path / "data", people=PEOPLE, access=Access.INVITED, readers=[READER]
    ) as opened:
        yield opened


async def invitation(talk: Conversation, words: str = "/invite") -> str:
    """Return the payload of a new invitation's link."""
    shown = await talk.ask(words, person=ADMIN)
    (url,) = links(shown).values()
    return url.rpartition("?start=")[2]


async def start(talk: Conversation, payload: str, *, person: int = STRANGER) -> list[str]:
    """Follow a link, and return what the bot says to it."""
    sent = talk.telegram.people.start(person, payload)
    await talk.answered()
    return [m["text"] for m in talk.messages(person) if m["message_id"] > sent.id]


def group_of(talk: Conversation, person: int, *members: int) -> Chat:
    """Make a group in which somebody puts the bot."""
    return talk.telegram.groups.create(
        person, "Desk", type=ChatType.SUPERGROUP, members=(*members, BOT)
    )


# Strangers


async def test_a_stranger_is_refused_once_a_day_and_a_reader_answered(
    listed: Conversation,
) -> None:
    said = [await listed.say(words, person=STRANGER) for words in ("/who Sherman", "hello", "/x")]
    assert [[m["text"] for m in shown] for shown in said] == [[REFUSED], [], []]
    assert (await listed.ask("/who Sherman"))["text"].startswith("Wendy Sherman\n")
    assert (await listed.ask("/who Sherman", person=ADMIN))["text"].startswith("Wendy Sherman\n")


async def test_a_stranger_presses_in_vain(listed: Conversation) -> None:
    refusal = await listed.ask("/start", person=STRANGER)
    assert await listed.press_data(refusal, "l:l:0") == REFUSED


async def test_what_is_kept_of_a_former_reader_is_still_handed_over_and_forgotten(
    tmp_path: Path,
) -> None:
    async with conversation(tmp_path / "data", people=PEOPLE) as opened:
        await opened.ask("/subscribe", person=STRANGER)
    async with conversation(tmp_path / "data", people=PEOPLE, access=Access.LISTED) as talk:
        assert (await talk.ask("/settings", person=STRANGER))["text"] == REFUSED
        assert "document" in await talk.ask("/mydata", person=STRANGER)
        asked = await talk.ask("/forget", person=STRANGER)
        done = await talk.press(asked, "Forget everything", person=STRANGER)
        assert done["text"].startswith("Everything about this chat is deleted.")
        assert await talk.say("/mydata", person=STRANGER) == []


async def test_the_digest_of_who_is_let_in_no_more_is_skipped_with_the_reason(
    tmp_path: Path,
) -> None:
    async with conversation(tmp_path / "data", people=PEOPLE) as opened:
        for person in (READER, STRANGER):
            await opened.ask("/subscribe 09:00", person=person)
    async with conversation(
        tmp_path / "data", people=PEOPLE, access=Access.LISTED, readers=[READER]
    ) as talk:
        for person in (READER, STRANGER):
            await talk.say("/start", person=person)
        await talk.ledger.write(
            lambda db: db.execute("UPDATE subscription SET last_date = '2022-01-19', next_due = 0")
        )
        await talk.deliver()
        asked = await talk.ask("/announce The harbour opens", person=ADMIN)
        await talk.press(asked, "Send to 1", person=ADMIN)
        await talk.deliver()
        assert [m["text"] for m in talk.messages(STRANGER)] == [REFUSED]
        assert talk.messages(READER)[-1]["text"] == "The harbour opens"
        states = await talk.rows(
            "SELECT DISTINCT edition.chat, delivery.state, delivery.reason FROM delivery "
            "JOIN edition ON edition.id = edition WHERE kind = 'digest' ORDER BY chat"
        )
        assert [(row["chat"], row["state"], row["reason"]) for row in states] == [
            (READER, "sent", None),
            (STRANGER, "skipped", "let in no more"),
        ]


async def test_a_strangers_inline_query_finds_nothing(listed: Conversation) -> None:
    found = []
    for person in (STRANGER, READER):
        asked = listed.telegram.people.ask_inline(person, "sherman")
        await listed.answered()
        query = listed.telegram.inline_query(asked.id)
        assert query.answered
        assert query.is_personal
        found.append(len(query.results) > 0)
    assert found == [False, True]


async def test_where_it_cannot_be_told_who_is_in_nobody_is(
    listed: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("the disk is broken")

    monkeypatch.setattr(access, "admission", fail)
    with pytest.raises(StoreError):
        await listed.say("/who Sherman", person=STRANGER)
    assert [m["text"] for m in listed.messages(STRANGER)] == [about.trouble().text]


# Invitations


async def test_an_invitation_lets_a_stranger_in_once(invited: Conversation) -> None:
    assert (await invited.ask("/start", person=STRANGER))["text"] == REFUSED
    payload = await invitation(invited)
    welcome, greeting = await start(invited, payload)
    assert welcome == "Welcome: you are let in."
    assert "Ask for somebody with /who" in greeting
    assert (await invited.ask("/who Sherman", person=STRANGER))["text"].startswith("Wendy")
    (again,) = await start(invited, payload)
    assert "Ask for somebody with /who" in again


async def test_an_invitation_that_is_used_up_or_made_up_says_so_once_a_day(
    invited: Conversation,
) -> None:
    payload = await invitation(invited)
    invited.telegram.people.add("Guest", person_id=4001)
    assert len(await start(invited, payload, person=4001)) == 2
    void = "This invitation is used up, has expired or was withdrawn. Please ask for another."
    assert await start(invited, payload) == [void]
    assert await start(invited, f"i{'a' * 22}") == []


async def test_invitations_are_listed_and_withdrawn_by_admins_only(invited: Conversation) -> None:
    payload = await invitation(invited, "/invite 5 30d The desk")
    shown = await invited.ask("/invites", person=ADMIN)
    assert "1 · The desk · 5 left, 0 used, until 19 Feb 2022" in shown["text"]
    assert labels(shown) == ["Withdraw 1"]
    said = (await invited.ask("/invites"))["text"]
    assert said == "That command is for this bot's admins."
    forged = await invited.ask("/start")
    assert await invited.press_data(forged, "v:1") == said
    done = await invited.press(shown, "Withdraw 1", person=ADMIN)
    assert done["text"] == "No invitation is open. /invite makes one."
    assert len(await start(invited, payload)) == 1
    assert not await invited.rows("SELECT * FROM admission")


async def test_a_link_is_not_made_where_others_read_it(invited: Conversation) -> None:
    group = group_of(invited, ADMIN, READER)
    await invited.answered()
    (said,) = await invited.say("/invite", person=ADMIN, chat=group.id)
    assert said["text"].startswith("Send me /invite in our private chat")
    assert await invited.rows("SELECT * FROM invitation") == []


async def test_who_is_expelled_is_a_stranger_and_so_is_the_group_brought_in(
    invited: Conversation,
) -> None:
    await start(invited, await invitation(invited))
    group = group_of(invited, STRANGER, READER)
    await invited.answered()
    assert await invited.say("/who Sherman", chat=group.id, person=STRANGER)
    said = await invited.ask(f"/expel {STRANGER}", person=ADMIN)
    assert said["text"].startswith(f"{STRANGER} is let in no more")
    assert (await invited.ask("/start", person=STRANGER))["text"] == REFUSED
    assert await invited.say("/who Sherman", chat=group.id, person=STRANGER) == []


async def test_the_settings_cannot_be_overruled_by_a_command(invited: Conversation) -> None:
    said = await invited.ask(f"/expel {READER}", person=ADMIN)
    assert said["text"].startswith(f"{READER} is let in by ATTACHE_ADMINS or ATTACHE_READERS")
    assert "was never let in" in (await invited.ask("/expel 99", person=ADMIN))["text"]
    assert (await invited.ask("/expel Anna", person=ADMIN))["text"].startswith("Send /expel")


async def test_secrets_are_in_no_log(
    invited: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "attache")
    payload = await invitation(invited)
    await start(invited, payload)
    await start(invited, payload, person=READER)
    own = [record.getMessage() for record in caplog.records if record.name.startswith("attache")]
    assert own
    assert payload[1:] not in "\n".join(own)


# Groups


async def test_a_stranger_who_puts_the_bot_into_a_group_sees_it_leave_with_a_word(
    listed: Conversation,
) -> None:
    group = group_of(listed, STRANGER, READER)
    await listed.answered()
    assert [m["text"] for m in listed.messages(group.id) if "text" in m] == [
        "I answer only where somebody brings me in who was let in, so I leave this group."
    ]
    assert group.status(BOT).value == "left"


async def test_in_a_group_that_a_reader_brings_in_everybody_is_answered(
    listed: Conversation,
) -> None:
    group = group_of(listed, READER, STRANGER)
    await listed.answered()
    (said,) = await listed.say("/who Sherman", chat=group.id, person=STRANGER)
    assert said["text"].startswith("Wendy Sherman\n")
    assert (await listed.ask("/who Sherman", person=STRANGER))["text"] == REFUSED


async def test_in_a_group_of_before_strangers_meet_silence_until_a_reader_calls(
    tmp_path: Path,
) -> None:
    async with conversation(
        tmp_path / "data", people=PEOPLE, access=Access.LISTED, readers=[READER]
    ) as talk:
        group = group_of(talk, READER, STRANGER)
        await talk.answered()
        await talk.ledger.write(lambda db: db.execute("DELETE FROM admission"))
        assert await talk.say("/who Sherman", chat=group.id, person=STRANGER) == []
        assert await talk.say("/who Sherman", chat=group.id)
        assert await talk.say("/who Sherman", chat=group.id, person=STRANGER)


async def test_a_linked_channels_posts_are_no_commands(listed: Conversation) -> None:
    group = group_of(listed, READER)
    await listed.answered()
    before = len(listed.messages(group.id))
    shown: JsonObject = {"id": group.id, "type": "supergroup", "title": "Desk"}
    post = Update.de_json(
        {
            "update_id": 900_000,
            "message": {
                "message_id": 900,
                "date": 1_642_669_200,
                "chat": shown,
                "sender_chat": {"id": -1009, "type": "channel", "title": "News"},
                "is_automatic_forward": True,
                "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
                "text": "/who Sherman",
                "entities": [{"type": "bot_command", "offset": 0, "length": 4}],
            },
        },
        listed.app.bot,
    )
    await listed.app.process_update(post)
    assert len(listed.messages(group.id)) == before


# Floods


class Time:
    """A clock that is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def limited(tmp_path: Path, time: Time) -> AsyncIterator[Conversation]:
    async with conversation(
        tmp_path / "data", people=PEOPLE, flooding=Flooding(Limit.of(20), now=time)
    ) as opened:
        yield opened


async def test_in_a_group_a_flood_by_one_member_delays_no_other(
    limited: Conversation, time: Time
) -> None:
    group = group_of(limited, READER, STRANGER)
    await limited.answered()
    people = limited.telegram.people
    for _ in range(100):
        people.send_text(STRANGER, group.id, "/who Ryabkov")
    quiet = people.send_text(READER, group.id, "/who Sherman")
    await limited.answered()
    said = [m["text"].splitlines()[0] for m in limited.messages(group.id) if "text" in m]
    assert said == [*["Sergei Ryabkov"] * 5, SLOW_DOWN, "Wendy Sherman"]
    answer = limited.messages(group.id)[-1]
    assert answer["reply_to_message"]["message_id"] == quiet.id
    time.now += 60
    assert len(await limited.say("/who Ryabkov", chat=group.id, person=STRANGER)) == 1


async def test_talk_in_a_group_that_is_not_to_the_bot_is_not_counted(
    limited: Conversation,
) -> None:
    group = group_of(limited, READER, STRANGER)
    limited.telegram.groups.make_admin(READER, group.id, BOT)  # it sees everything
    await limited.answered()
    for _ in range(50):
        assert await limited.say("what a day", chat=group.id, person=STRANGER) == []
    assert len(await limited.say("/who Sherman", chat=group.id, person=STRANGER)) == 1


async def test_presses_count_and_every_one_is_noticed(limited: Conversation) -> None:
    shown = await limited.ask("/who Sherman")
    assert await limited.toast(shown, "Quotes", times=19) == SLOW_DOWN
    assert await limited.toast(shown, "Profile", times=3) is None


async def test_inline_queries_count_too_a_little(limited: Conversation) -> None:
    for word in "sherman " * 6:
        limited.telegram.people.ask_inline(READER, word)
    await limited.answered()
    assert (await limited.ask("/who Sherman"))["text"] == SLOW_DOWN
    assert (await limited.ask("/who Sherman", person=STRANGER))["text"].startswith("Wendy")


async def test_an_admin_is_never_slowed_down(limited: Conversation) -> None:
    for _ in range(30):
        assert (await limited.ask("/status", person=ADMIN))["text"] != SLOW_DOWN
