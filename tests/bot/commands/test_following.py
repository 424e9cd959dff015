"""Following by buttons: on pages, below a digest, and in the list."""

from pathlib import Path

import pytest

from bot.messages.callbacks import Follow, LetGo
from bot.messages.following import PAGE
from bot.sandbox.json_values import JsonObject
from store.ledger import interests
from store.ledger.values import Interest, Stance
from tests.bot.conversation import ADMIN, READER, Conversation, conversation, labels
from tests.bot.digest.desk import MORNING
from tests.store.stories import written

BOT = 1
NOBODY = "aaaaaaaaaaaa"
END_THEM = "/settings quiet off ends them."


async def wanted(talk: Conversation) -> list[tuple[str, str]]:
    rows = await talk.rows("SELECT stance, name FROM interest ORDER BY name")
    return [(row["stance"], row["name"]) for row in rows]


async def own_buttons(message: JsonObject) -> list[str]:
    """Return the labels of the last row."""
    return [button["text"] for button in message["reply_markup"]["inline_keyboard"][-1]]


async def test_a_persons_page_says_and_sets_what_the_chat_thinks_of_them(
    talk: Conversation,
) -> None:
    shown = await talk.ask("/who Wendy Sherman")
    assert await own_buttons(shown) == ["Follow", "Mute"]
    followed = await talk.press(shown, "Follow")
    assert await own_buttons(followed) == ["✓ Following", "Mute"]
    assert followed["text"] == shown["text"]
    assert await wanted(talk) == [("follow", "Wendy Sherman")]
    muted = await talk.press(followed, "Mute")
    assert await own_buttons(muted) == ["Follow", "✓ Muted"]
    assert await wanted(talk) == [("mute", "Wendy Sherman")]
    assert await own_buttons(await talk.press(muted, "✓ Muted")) == ["Follow", "Mute"]
    assert await wanted(talk) == []


async def test_other_ways_to_the_page_show_the_same(talk: Conversation) -> None:
    await talk.press(await talk.ask("/who Wendy Sherman"), "Follow")
    for asked in ("/who sherman", "who is Wendy Sherman?", "/who shermann"):
        assert await own_buttons(await talk.ask(asked)) == ["✓ Following", "Mute"], asked
    timeline = await talk.press(await talk.ask("/who Sherman"), "Timeline")
    assert "✓ Following" not in labels(timeline)
    assert await own_buttons(await talk.press(timeline, "Profile")) == ["✓ Following", "Mute"]


async def test_a_place_and_an_organisation_can_be_followed(talk: Conversation) -> None:
    for name in ("Geneva", "NATO"):
        shown = await talk.ask(f"/who {name}")
        assert await own_buttons(await talk.press(shown, "Follow")) == ["✓ Following", "Mute"]
    assert {name for _, name in await wanted(talk)} == {"Geneva", "NATO"}


async def test_a_second_press_of_the_same_button_changes_nothing(talk: Conversation) -> None:
    shown = await talk.ask("/who Wendy Sherman")
    assert await talk.toast(shown, "Follow", times=3) is None
    assert await wanted(talk) == [("follow", "Wendy Sherman")]


async def test_the_menu_below_a_digest_is_a_message_of_its_own(talk: Conversation) -> None:
    await talk.say("/digest")
    digest = talk.messages()[-1]
    assert "Follow or mute…" in labels(digest)
    await talk.toast(digest, "Follow or mute…")
    again, menu = talk.messages()[-2:]
    assert again == digest
    names = [label.removeprefix("Follow ") for label in labels(menu) if label != "Mute"]
    assert 0 < len(names) <= 4
    changed = await talk.press(menu, f"Follow {names[0]}")
    assert labels(changed)[:2] == [f"✓ {names[0]}", "Mute"]
    assert labels(changed)[2:] == labels(menu)[2:]
    assert await wanted(talk) == [("follow", names[0])]
    await talk.toast(digest, "Follow or mute…")
    assert labels(talk.messages()[-1]) == labels(changed)


async def test_the_list_names_what_is_followed_and_undoes_it(talk: Conversation) -> None:
    empty = await talk.ask("/following")
    assert "You follow and mute nothing" in empty["text"]
    await talk.press(await talk.ask("/who Wendy Sherman"), "Follow")
    await talk.press(await talk.ask("/who Sergei Ryabkov"), "Mute")
    listed = await talk.ask("/following")
    assert listed["text"].startswith(
        "You follow\nWendy Sherman\n\nYou mute\nSergei Ryabkov\n\nWhat you follow leads"
    )
    assert labels(listed) == ["Unfollow Wendy Sherman", "Unmute Sergei Ryabkov"]
    assert (await talk.open_link(listed, "Wendy Sherman")).startswith("Wendy Sherman\n")
    left = await talk.press(listed, "Unfollow Wendy Sherman")
    assert labels(left) == ["Unmute Sergei Ryabkov"]
    assert (await talk.press(left, "Unmute Sergei Ryabkov"))["text"] == empty["text"]
    assert await wanted(talk) == []


async def keep(talk: Conversation, names: list[str], chat: int = READER) -> None:
    for number, name in enumerate(names):
        thing = Interest(
            kind="person",
            key=f"{'abcdefghijklmnopqrstuvwxyz'[number]}aaaaaaaaaaa",
            stance=Stance.FOLLOW,
            name=name,
        )
        await talk.ledger.write(
            interests.follow_or_mute, chat, 0, thing, chat_kind="private", now=MORNING
        )


async def test_what_is_gone_from_the_story_is_named_and_can_be_let_go(talk: Conversation) -> None:
    await keep(talk, ["Somebody Gone"])
    listed = await talk.ask("/following")
    assert "Somebody Gone · no longer in the story" in listed["text"]
    await talk.press(listed, "Unfollow Somebody Gone")
    assert await wanted(talk) == []


async def test_a_long_list_has_pages_and_loses_none(talk: Conversation) -> None:
    names = [f"Person {n:02}" for n in range(2 * PAGE + 3)]
    await keep(talk, names)
    first = await talk.ask("/following")
    assert f"1 to {PAGE} of {len(names)}" in first["text"]
    second = await talk.press(first, "More ›")
    third = await talk.press(second, "More ›")
    told = "".join(page["text"] for page in (first, second, third))
    assert [name for name in names if told.count(name) != 1] == []
    # The page goes where its last entry has gone.
    shown = third
    for name in names[-3:]:
        shown = await talk.press(shown, f"Unfollow {name}")
    assert f"{PAGE + 1} to {2 * PAGE} of {2 * PAGE}" in shown["text"]


async def test_a_button_of_what_is_gone_says_so(talk: Conversation) -> None:
    shown = await talk.ask("/who Wendy Sherman")
    said = await talk.press_data(shown, Follow(NOBODY, Stance.FOLLOW).pack())
    assert said == "That is no longer part of the story."
    assert await talk.press_data(shown, Follow(NOBODY, None).pack()) is None
    assert await talk.press_data(shown, LetGo(NOBODY, 7).pack()) is None
    assert await wanted(talk) == []


async def test_there_is_a_most_that_one_chat_can_follow(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interests, "MOST", 2)
    await keep(talk, ["One", "Two"])
    said = await talk.toast(await talk.ask("/who Wendy Sherman"), "Follow")
    assert said == "That is more than 2. /following lets some go."


async def test_in_a_group_its_admins_decide(talk: Conversation) -> None:
    group = talk.telegram.groups.create(ADMIN, "Desk", members=(BOT, READER))
    (shown,) = await talk.say("/who Wendy Sherman", chat=group.id, person=READER)
    refused = "In a group, its admins decide on what is followed."
    assert await talk.toast(shown, "Follow", person=READER) == refused
    assert await wanted(talk) == []
    assert await talk.toast(shown, "Follow", person=ADMIN) is None
    rows = await talk.rows("SELECT chat, name FROM interest")
    assert rows == [{"chat": group.id, "name": "Wendy Sherman"}]
    (listed,) = await talk.say("/following", chat=group.id, person=READER)
    undo = "Unfollow Wendy Sherman"
    assert await talk.toast(listed, undo, person=READER) == refused
    await talk.toast(listed, undo, person=ADMIN)
    assert await wanted(talk) == []


async def test_followed_persons_are_told_of_at_once_and_lead_the_digest(tmp_path: Path) -> None:
    folder = tmp_path / "summaries"
    folder.mkdir()
    (folder / "story.yaml").write_text("title: The harbour\nintro: Who builds it.\n", "utf-8")
    people = "people:\n  - {name: Ada Quay}\n  - {name: Ben Tide}\n"
    (folder / "a.md").write_text(written(more=people), "utf-8")
    async with conversation(tmp_path / "data", summaries=folder) as talk:
        talk.telegram.people.start(READER)
        await talk.answered()
        await talk.press(await talk.ask("/who Ada Quay"), "Follow")
        await talk.press(await talk.press(await talk.ask("/settings"), "Alerts"), "Alerts at once")
        await talk.deliver()
        before = len(talk.messages())
        more = (
            people + "events:\n"
            "  - {date: 2022-01-10, text: Ada opens it, people: [Ada Quay]}\n"
            "  - {date: 2022-01-10, text: Ben leaves, people: [Ben Tide]}\n"
        )
        (folder / "b.md").write_text(written("More", "b.txt", more), "utf-8")
        await talk.say("/reload", person=ADMIN)
        for _ in range(2):
            await talk.deliver()
        (alert,) = talk.messages()[before:]
        assert alert["text"] == "You follow · 1 new\n\n10 Jan 2022  Ada opens it [2]"
        assert labels(alert) == ["Follow or mute…"]
        why = await talk.ask("/why")
        assert "alert" in why["text"]


async def test_settings_hold_for_a_chat_without_a_digest(talk: Conversation) -> None:
    shown = await talk.ask("/settings")
    for name, label, line in (
        ("Length", "Short", "Length: short, a few lines"),
        ("Alerts", "Alerts at once", "Alerts: at once, about what you follow (/following)"),
        ("Quiet hours", "22–07", "Quiet hours: 22:00 to 07:00, no alerts then"),
        ("Quiet hours", "Never quiet", "Quiet hours: none. /settings quiet 22:00-07:00 sets any"),
        ("Alerts", "No alerts", "Alerts: off"),
    ):
        page = await talk.press(await talk.press(shown, name), label)
        assert line in page["text"].splitlines()
        assert f"✓ {label}" in labels(page)
        shown = await talk.press(page, "‹ Back")
        assert line in shown["text"].splitlines()
        assert "Digest: off" in shown["text"]
    (row,) = await talk.rows("SELECT state, length, alerts FROM subscription")
    assert row == {"state": "off", "length": "short", "alerts": 0}
    on = await talk.press(shown, "Turn the digest on")
    assert "Next: 21 Jan 2022" in on["text"]
    assert "Length: short, a few lines" in on["text"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("quiet 21:30-6", "From 21:30 to 06:00 (UTC) no alerts are sent: they come after that."),
        ("Quiet 9 to 17", "From 09:00 to 17:00 (UTC) no alerts are sent: they come after that."),
        ("quiet off", "There are no quiet hours now: alerts come at any time."),
        *(
            (
                f"quiet {words}",
                f"“{words}” are no quiet hours such as 22:00-07:00. /settings quiet off ends them.",
            )
            for words in ("7-7", "25:00-3:00", "22:00", "night", "{0} %s")
        ),
    ],
)
async def test_quiet_hours_can_be_typed(talk: Conversation, words: str, said: str) -> None:
    assert (await talk.ask(f"/settings {words}"))["text"] == said
