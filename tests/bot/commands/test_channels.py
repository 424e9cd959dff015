"""Channels: connected, listed and steered from an administrator's private chat."""

from pathlib import Path

import pytest

from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import Chat, ChatType
from config.settings import Access
from store.ledger.values import Wanted
from tests.bot.commands.test_digest import kept
from tests.bot.conversation import ADMIN, READER, Conversation, conversation, labels

BOT = 1


@pytest.fixture
async def channel(talk: Conversation) -> Chat:
    """Give a channel of the reader's, in which the bot is an administrator."""
    return await connected(talk)


async def connected(talk: Conversation) -> Chat:
    """Make a channel of the reader's and the bot an administrator of it."""
    talk.telegram.people.start(READER)
    made = talk.telegram.groups.create(
        READER, "Morning <b>News", type=ChatType.CHANNEL, members=(BOT,), username="morning"
    )
    await talk.answered()
    return made


def posts(talk: Conversation, channel: Chat) -> list[JsonObject]:
    """Return what stands in a channel, but for Telegram's own notices."""
    return [m for m in talk.telegram.transcript(channel.id) if "text" in m]


async def due(talk: Conversation) -> None:
    """Let every digest be due now, and be sent."""
    await talk.ledger.write(
        lambda db: db.execute("UPDATE subscription SET last_date = '2022-01-19', next_due = 0")
    )
    await talk.deliver()


async def test_whoever_makes_the_bot_an_administrator_is_told_in_private(
    talk: Conversation, channel: Chat
) -> None:
    told = talk.messages()[-1]
    assert told["text"].startswith("I am an administrator of the channel Morning <b>News now.")
    assert labels(told) == ["Post the digest each day", "Settings"]
    assert posts(talk, channel) == []


async def test_a_group_is_not_told_which_channels_somebody_steers(
    talk: Conversation, channel: Chat
) -> None:
    group = talk.telegram.groups.create(READER, "News", type=ChatType.GROUP, members=(BOT,))
    (told,) = await talk.say("/channels", chat=group.id)
    assert told["text"].startswith("Send me /channels in our private chat")
    assert channel.title is not None
    assert channel.title not in told["text"]


async def test_a_press_begins_the_digest_and_it_is_posted_without_steering_buttons(
    talk: Conversation, channel: Chat, tmp_path: Path
) -> None:
    page = await talk.press(talk.messages()[-1], "Post the digest each day")
    assert page["text"].startswith(
        "Channel Morning <b>News\n\nSettings\n\nDigest: each day at 08:00"
    )
    assert list(kept(tmp_path)) == [(channel.id, 0)]
    await due(talk)
    shown = posts(talk, channel)
    assert shown[0]["text"].startswith("Digest · 20 Jan 2022")
    buttons = [
        button
        for post in shown
        for row in post.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
    ]
    assert buttons == [{"text": "Ask the bot", "url": "https://t.me/attache_sandbox_bot"}]


async def test_no_press_changes_what_was_posted(talk: Conversation, channel: Chat) -> None:
    await talk.press(talk.messages()[-1], "Post the digest each day")
    await due(talk)
    posted = posts(talk, channel)
    for data in ("l:l:0", "l:h:0", "t::", "x::", "e::i", "r::0", "o:p:0", "d:b", "no button"):
        assert await talk.press_data(posted[0], data, person=READER) is None
    assert posts(talk, channel) == posted


async def test_the_settings_of_a_channel_are_set_from_the_private_chat(
    talk: Conversation, channel: Chat, tmp_path: Path
) -> None:
    page = await talk.press(talk.messages()[-1], "Post the digest each day")
    page = await talk.press(page, "Time")
    for label, at in (("\N{MINUS SIGN}1 h", "07:00"), ("+15 min", "07:15")):
        page = await talk.press(page, label)
        assert f"at {at} (UTC)" in page["text"]
    page = await talk.press(await talk.press(page, "‹ Back"), "Language")
    page = await talk.press(page, "Deutsch")
    assert kept(tmp_path)[channel.id, 0].language == "de"
    await due(talk)
    assert "2022" in posts(talk, channel)[0]["text"]
    page = await talk.press(await talk.press(page, "‹ Back"), "Turn the digest off")
    assert "Digest: off" in page["text"]
    assert kept(tmp_path)[channel.id, 0].state is Wanted.OFF
    assert (READER, 0) not in kept(tmp_path)


async def test_every_button_of_its_settings_sets_the_channel_and_shows_it_again(
    talk: Conversation, channel: Chat, tmp_path: Path
) -> None:
    del channel
    first = await talk.press(talk.messages()[-1], "Post the digest each day")
    pages = ["Time", "Days", "Length", "Nothing new", "Lateness", "Language"]
    assert labels(first) == [*pages, "Turn the digest off"]
    before = kept(tmp_path)
    for name in pages:
        page = await talk.press(first, name)
        for label in labels(page):
            there = next(one for one in labels(page) if one.endswith(label.removeprefix("✓ ")))
            page = await talk.press(page, there)
            assert page["text"].startswith("Channel Morning <b>News")
    after = kept(tmp_path)
    assert after.keys() == before.keys()
    assert after != before


async def test_it_can_be_subscribed_by_name_or_number(
    talk: Conversation, channel: Chat, tmp_path: Path
) -> None:
    for name, at in (("@morning", "07:30"), (str(channel.id), "06:15")):
        said = await talk.ask(f"/subscribe {name} {at} Europe/Kyiv")
        assert f"each day at {at} (Europe/Kyiv)" in said["text"]
    assert f"{kept(tmp_path)[channel.id, 0].rhythm.at:%H:%M}" == "06:15"
    said = await talk.ask("/subscribe @morning kyjiv")
    assert said["text"].startswith("“kyjiv” is neither")
    assert (await talk.ask("/subscribe @nowhere"))["text"].startswith("I know no channel @nowhere")


async def test_only_its_administrators_steer_a_channel_at_every_press(
    talk: Conversation, channel: Chat, tmp_path: Path
) -> None:
    refused = "Only the administrators of a channel in which I am one steer it."
    page = await talk.press(talk.messages()[-1], "Post the digest each day")
    assert (await talk.ask("/subscribe @morning 07:30", person=ADMIN))["text"] == refused
    other = await talk.ask("/channels", person=ADMIN)
    assert other["text"].startswith("I know no channel that you may steer.")
    for data in ("k:1", "k:1:w:0", "k:2", "k:1:a:480"):
        assert await talk.press_data(other, data) == refused
    talk.telegram.groups.add_member(READER, channel.id, ADMIN)
    assert await talk.press_data(other, "k:1:w:0") == refused
    talk.telegram.groups.make_admin(READER, channel.id, ADMIN)
    await talk.answered()
    shown = await talk.ask("/subscribe @morning 07:30", person=ADMIN)
    assert "at 07:30" in shown["text"]
    talk.telegram.groups.unmake_admin(READER, channel.id, ADMIN)
    assert await talk.toast(shown, "Turn the digest off", person=ADMIN) == refused
    assert kept(tmp_path)[channel.id, 0].state is Wanted.ON
    assert "Turn the digest off" in labels(page)


async def test_channels_lists_those_that_the_asker_may_steer_now(
    talk: Conversation, channel: Chat
) -> None:
    shown = await talk.ask("/channels")
    assert labels(shown) == ["Settings of Morning <b>News"]
    page = await talk.press(shown, "Settings of Morning <b>News")
    assert "Digest: off" in page["text"]
    talk.telegram.groups.remove_member(READER, channel.id, BOT)
    await talk.answered()
    assert labels(await talk.ask("/channels")) == []


async def test_a_removed_bot_holds_the_digest_back_and_says_so_and_goes_on_when_back(
    talk: Conversation, channel: Chat, tmp_path: Path
) -> None:
    await talk.press(talk.messages()[-1], "Post the digest each day")
    talk.telegram.groups.remove_member(READER, channel.id, BOT)
    await talk.answered()
    said = talk.messages()[-1]["text"]
    assert said.startswith("I am no administrator of the channel Morning <b>News any more")
    assert kept(tmp_path)[channel.id, 0].state is Wanted.PAUSED
    talk.telegram.groups.add_member(READER, channel.id, BOT)
    await talk.answered()
    assert "Its digest goes on." in talk.messages()[-1]["text"]
    assert kept(tmp_path)[channel.id, 0].state is Wanted.ON


async def test_without_the_right_to_post_it_asks_for_it(talk: Conversation) -> None:
    talk.telegram.people.start(READER)
    made = talk.telegram.groups.create(READER, "News", type=ChatType.CHANNEL)
    talk.telegram.groups.make_admin(READER, made.id, BOT, rights=("can_edit_messages",))
    await talk.answered()
    assert "I may not post messages there" in talk.messages()[-1]["text"]
    talk.telegram.groups.make_admin(READER, made.id, BOT)
    await talk.answered()
    assert "I can post the digest there." in talk.messages()[-1]["text"]


async def test_who_never_wrote_to_the_bot_is_not_told_and_finds_the_channel_later(
    talk: Conversation,
) -> None:
    talk.telegram.groups.create(READER, "News", type=ChatType.CHANNEL, members=(BOT,))
    await talk.answered()
    assert labels(await talk.ask("/channels")) == ["Settings of News"]


async def test_a_stranger_does_not_make_the_bot_post(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data", access=Access.LISTED) as talk:
        made = await connected(talk)
        assert made.status(BOT).value == "left"
        assert posts(talk, made) == []
        assert await talk.rows("SELECT * FROM channel") == []
