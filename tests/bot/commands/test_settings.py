"""The settings as one message with buttons, and the place that sets the zone."""

import subprocess
import sys
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.settings import zone_at
from bot.digest.due import begin
from bot.sandbox.clock import ManualClock
from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import ChatType
from store.ledger.values import Rhythm, Wanted
from tests.bot.commands.test_digest import kept
from tests.bot.conversation import ADMIN, NOW, READER, Conversation, conversation, labels
from tests.store.ledger.debts import fresh

BOT = 1
MINUS = "\N{MINUS SIGN}"
DEFAULT = Rhythm(at=time(8), zone="UTC")
GENEVA, SYDNEY, OPEN_SEA = (46.2, 6.1), (-33.9, 151.2), (0.0, -30.0)


async def settings(talk: Conversation, asked: str = "/subscribe 20:00") -> JsonObject:
    """Subscribe, and return the message of the settings."""
    await talk.ask(asked)
    return await talk.ask("/settings")


def buttons(shown: JsonObject) -> list[JsonObject]:
    return [button for row in shown["reply_markup"]["inline_keyboard"] for button in row]


async def test_the_digest_is_turned_on_and_off_in_the_same_message(
    talk: Conversation, tmp_path: Path
) -> None:
    shown = await talk.ask("/settings")
    assert labels(shown) == ["Length", "Quiet hours", "Alerts", "Language", "Turn the digest on"]
    on = await talk.press(shown, "Turn the digest on")
    assert "Digest: each day at 08:00 (UTC)\nNext: 21 Jan 2022\n" in on["text"]
    off = await talk.press(on, "Turn the digest off")
    assert (off["text"], labels(off)) == (shown["text"], labels(shown))
    assert kept(tmp_path)[READER, 0].state is Wanted.OFF
    assert (await talk.press(off, "Turn the digest on"))["text"] == on["text"]
    assert len(talk.messages()) == 1


PAGES = {
    "Time": [f"{MINUS}1 h", f"{MINUS}15 min", "+15 min", "+1 h"],
    "Days": [
        *("✓ Mon", "✓ Tue", "✓ Wed", "✓ Thu", "✓ Fri", "✓ Sat", "✓ Sun"),
        *("Workdays", "Every day"),
    ],
    "Time zone": ["Share where I am"],
    "Length": ["Short", "✓ Normal", "Full"],
    "Nothing new": ["✓ Say so", "No message"],
    "Lateness": ["1 hour", "3 hours", "✓ 6 hours", "12 hours"],
    "Quiet hours": ["22–07", "23–08", "20–09", "✓ Never quiet"],
    "Alerts": ["✓ No alerts", "Alerts at once"],
    "Language": ["English", "Deutsch", "Українська", "✓ As in Telegram"],
}


async def test_each_subject_has_a_page_of_the_message_and_a_way_back(talk: Conversation) -> None:
    first = await settings(talk)
    assert labels(first) == [*PAGES, "Turn the digest off"]
    rows = first["reply_markup"]["inline_keyboard"]
    assert [len(row) for row in rows] == [3, 3, 3, 1]
    for name, buttons in PAGES.items():
        page = await talk.press(first, name)
        assert page["text"].splitlines()[0] == f"Settings · {name}"
        assert labels(page) == [*buttons, "‹ Back"]
        back = await talk.press(page, "‹ Back")
        assert (back["text"], labels(back)) == (first["text"], labels(first))
    assert len({message["message_id"] for message in talk.messages()}) == 2  # of /subscribe too


@pytest.mark.parametrize(
    ("page", "label", "line"),
    [
        ("Time", f"{MINUS}1 h", "Digest: each day at 19:00 (UTC)"),
        ("Time", f"{MINUS}15 min", "Digest: each day at 19:45 (UTC)"),
        ("Time", "+15 min", "Digest: each day at 20:15 (UTC)"),
        ("Time", "+1 h", "Digest: each day at 21:00 (UTC)"),
        ("Days", "✓ Sun", "Digest: on Mon, Tue, Wed, Thu, Fri, Sat at 20:00 (UTC)"),
        ("Days", "Workdays", "Digest: on workdays at 20:00 (UTC)"),
        ("Length", "Full", "Length: full"),
        ("Nothing new", "No message", "On a day without news: no message"),
        ("Lateness", "12 hours", "Late editions are useful for 12 h"),
        ("Quiet hours", "23–08", "Quiet hours: 23:00 to 08:00, no alerts then"),
        ("Alerts", "Alerts at once", "Alerts: at once, about what you follow (/following)"),
        ("Language", "English", "Language: English"),
    ],
)
async def test_a_press_sets_what_it_says_on_the_same_page_and_a_second_one_nothing(
    talk: Conversation, tmp_path: Path, page: str, label: str, line: str
) -> None:
    shown = await talk.press(await settings(talk), page)
    assert await talk.toast(shown, label, times=2) is None
    told = talk.messages()[-1]["text"].splitlines()
    assert told[0] == f"Settings · {page}"
    assert line in told
    once = kept(tmp_path)
    packed = next(one["callback_data"] for one in buttons(shown) if one["text"] == label)
    await talk.press_data(talk.messages()[-1], packed)
    assert kept(tmp_path) == once


async def test_the_time_goes_round_midnight(talk: Conversation) -> None:
    shown = await talk.press(await settings(talk, "/subscribe 00:10"), "Time")
    assert "at 23:55" in (await talk.press(shown, f"{MINUS}15 min"))["text"]
    assert "at 00:55" in (await talk.press(talk.messages()[-1], "+1 h"))["text"]


async def test_one_day_stays(talk: Conversation, tmp_path: Path) -> None:
    shown = await talk.press(await settings(talk), "Days")
    for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat"):
        shown = await talk.press(shown, f"✓ {day}")
    assert "Digest: on Sun at 20:00 (UTC)\nNext: 23 Jan 2022" in shown["text"]
    toast = await talk.toast(shown, "✓ Sun")
    assert toast == "One day has to stay. “Turn the digest off” ends it."
    assert kept(tmp_path)[READER, 0].rhythm.days == 0b1000000
    assert "on Sun, Tue" not in (await talk.press(shown, "Tue"))["text"]
    assert "on Tue, Sun at" in talk.messages()[-1]["text"]
    assert "each day at" in (await talk.press(talk.messages()[-1], "Every day"))["text"]


async def test_trying_times_out_loses_no_digest(talk: Conversation) -> None:
    shown = await talk.press(await settings(talk), "Time")
    assert "Next: 20 Jan 2022" in shown["text"]
    for _ in range(12):
        shown = await talk.press(shown, f"{MINUS}1 h")
    assert "at 08:00 (UTC)\nNext: 21 Jan 2022" in shown["text"]  # it is nine
    for _ in range(12):
        shown = await talk.press(shown, "+1 h")
    assert "at 20:00 (UTC)\nNext: 20 Jan 2022" in shown["text"]


async def test_an_old_button_of_a_digest_that_is_off_shows_that(
    talk: Conversation, tmp_path: Path
) -> None:
    shown = await talk.press(await settings(talk), "Days")
    await talk.ask("/unsubscribe")
    before = kept(tmp_path)
    packed = {button["text"]: button["callback_data"] for button in buttons(shown)}
    for label in ("Workdays", "✓ Sun"):
        await talk.press_data(shown, packed[label])
        (now,) = (one for one in talk.messages() if one["message_id"] == shown["message_id"])
        assert now["text"].startswith("Settings\n\nDigest: off")
    assert kept(tmp_path) == before


async def test_a_digest_held_back_can_be_turned_on_again(
    talk: Conversation, tmp_path: Path
) -> None:
    await settings(talk)
    db = fresh(tmp_path / "data" / "ledger.db")
    db.execute("UPDATE subscription SET state = 'paused'")
    db.conn.commit()
    db.close()
    shown = await talk.ask("/settings")
    assert "Held back" in shown["text"]
    assert "Held back" not in (await talk.press(shown, "Turn it on again"))["text"]
    assert kept(tmp_path)[READER, 0].state is Wanted.ON


async def test_in_a_group_its_admins_press_and_others_are_told_so(
    talk: Conversation, tmp_path: Path
) -> None:
    group = talk.telegram.groups.create(
        READER, "Desk", type=ChatType.SUPERGROUP, members=(BOT, ADMIN)
    )
    (shown,) = await talk.say("/settings", person=ADMIN, chat=group.id)
    refused = "In a group, its admins decide on the digest."
    assert await talk.toast(shown, "Turn the digest on", person=ADMIN) == refused
    assert kept(tmp_path) == {}
    shown = await talk.press(shown, "Turn the digest on")
    assert await talk.toast(shown, "Days", person=ADMIN) == refused
    days = await talk.press(shown, "Days")
    assert await talk.toast(days, "Workdays", person=ADMIN) == refused
    assert await talk.toast(days, "‹ Back", person=ADMIN) == refused
    zone = await talk.press(await talk.press(days, "‹ Back"), "Time zone")
    how = "The time zone is UTC. Send a city to change it: /subscribe Kyiv."
    assert zone["text"].endswith(how)
    assert labels(zone) == ["‹ Back"]
    assert list(kept(tmp_path)) == [(group.id, 0)]
    assert kept(tmp_path)[group.id, 0].rhythm == DEFAULT


async def test_in_a_topic_the_buttons_set_the_topics_digest(
    talk: Conversation, tmp_path: Path
) -> None:
    forum = talk.telegram.groups.create(
        READER, "Desk", type=ChatType.SUPERGROUP, members=(BOT,), is_forum=True
    )
    topic = talk.telegram.groups.open_topic(READER, forum.id, "Geneva")
    talk.telegram.people.send_text(READER, forum.id, "/settings", thread=topic.id)
    await talk.answered()
    shown = await talk.press(talk.messages(forum.id)[-1], "Turn the digest on")
    await talk.press(await talk.press(shown, "Days"), "Workdays")
    assert {key: known.rhythm.days for key, known in kept(tmp_path).items()} == {
        (forum.id, topic.id): 0b0011111
    }


async def test_settings_that_telegram_has_forgotten_are_to_be_asked_for_again(
    talk: Conversation, tmp_path: Path
) -> None:
    shown = await talk.press(await settings(talk), "Days")
    before = kept(tmp_path)
    press = talk.telegram.people.press(READER, READER, shown["message_id"], label="Workdays")
    (waiting,) = talk.telegram.people.bot(None).updates
    forgotten: JsonObject = {name: shown[name] for name in ("chat", "message_id")}
    waiting["callback_query"]["message"] = {**forgotten, "date": 0}
    await talk.answered()
    said = talk.telegram.callback(press.id).text
    assert said == "This is too old to be pressed. Please send /settings again."
    assert kept(tmp_path) == before


async def test_the_zone_is_set_by_a_place_that_is_shared(
    talk: Conversation, tmp_path: Path
) -> None:
    page = await talk.press(await settings(talk), "Time zone")
    await talk.toast(page, "Share where I am")
    how = talk.messages()[-1]
    assert "/subscribe Kyiv" in how["text"]
    assert how["reply_markup"]["keyboard"] == [
        [{"text": "Share where I am", "request_location": True}]
    ]
    for place, zone, first in (
        (GENEVA, "Europe/Zurich", "20 Jan 2022"),
        (SYDNEY, "Australia/Sydney", "21 Jan 2022"),  # where it is eight in the evening
    ):
        talk.telegram.people.send_location(READER, READER, *place)
        await talk.answered()
        said = talk.messages()[-1]
        assert said["text"].startswith(f"The time zone is {zone} now.")
        assert f"20:00 ({zone}), next on {first}" in said["text"]
        assert kept(tmp_path)[READER, 0].rhythm == Rhythm(at=time(20), zone=zone)


async def test_a_place_without_a_digest_sets_nothing(talk: Conversation, tmp_path: Path) -> None:
    talk.telegram.people.send_location(READER, READER, *GENEVA)
    await talk.answered()
    said = talk.messages()[-1]["text"]
    assert "/subscribe 08:00 Europe/Zurich begins the digest there." in said
    assert kept(tmp_path) == {}


async def test_a_place_whose_zone_nobody_knows_is_said_so(
    talk: Conversation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await settings(talk)
    before = kept(tmp_path)
    for unknown in ("", "Mars/Olympus"):
        monkeypatch.setattr("tzfpy.get_tz", lambda *_, zone=unknown: zone)
        talk.telegram.people.send_location(READER, READER, *GENEVA)
        await talk.answered()
        assert talk.messages()[-1]["text"].startswith("I know no time zone there.")
    assert kept(tmp_path) == before


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_place_has_a_zone_that_a_digest_can_have(latitude: float, longitude: float) -> None:
    zone = zone_at(latitude, longitude)
    assert zone is not None
    begin(replace(DEFAULT, zone=zone), now=NOW)


def test_the_map_of_zones_is_not_loaded_before_it_is_needed() -> None:
    asked = (
        "import sys, bot.application, bot.commands.settings as s;"
        "assert 'tzfpy' not in sys.modules; s.zone_at(46.2, 6.1); assert 'tzfpy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", asked], check=True)  # noqa: S603 (our own words)


async def test_pressing_and_delivering_bring_each_date_once(tmp_path: Path) -> None:
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now) as talk:
        first = await settings(talk, "/subscribe 10:00")
        for label in ("+1 h", f"{MINUS}1 h", "+1 h", "Workdays", "Every day", "+15 min"):
            clock.advance(3600)
            await talk.deliver()
            page = await talk.press(first, "Time" if label[0] in f"+{MINUS}" else "Days")
            await talk.press(await talk.press(page, label), "‹ Back")
        await talk.deliver()
        rows = await talk.rows("SELECT local_date FROM edition ORDER BY id")
        assert [row["local_date"] for row in rows] == ["2022-01-20"]
