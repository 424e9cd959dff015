"""The settings as one message with buttons, and the place that sets the zone."""

import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import telegram
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.settings import altered, carry_out, rearranged, zone_at
from bot.digest.due import begin
from bot.digest.edition import decide
from bot.messages.callbacks import _VALUES, Option, Setting
from bot.messages.message import Links
from bot.sandbox.clock import ManualClock
from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import ChatType
from store.database import Connection
from store.ledger import editions, subscriptions
from store.ledger.values import NothingNew, Rhythm, Subscription, Wanted
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


async def test_the_digest_is_turned_on_and_off_in_the_same_message(
    talk: Conversation, tmp_path: Path
) -> None:
    shown = await talk.ask("/settings")
    assert labels(shown) == ["Turn the digest on"]
    on = await talk.press(shown, "Turn the digest on")
    assert "Digest: each day at 08:00 (UTC)\nNext: 21 Jan 2022\n" in on["text"]
    off = await talk.press(on, "Turn the digest off")
    assert (off["text"], labels(off)) == (shown["text"], labels(shown))
    assert kept(tmp_path)[READER, 0].state is Wanted.OFF
    assert (await talk.press(off, "Turn the digest on"))["text"] == on["text"]
    assert len(talk.messages()) == 1


async def test_each_thing_has_its_button(talk: Conversation) -> None:
    assert labels(await settings(talk)) == [
        "Turn the digest off",
        *(f"{MINUS}1 h", f"{MINUS}15 min", "+15 min", "+1 h"),
        *("✓ Mon", "✓ Tue", "✓ Wed", "✓ Thu", "✓ Fri", "✓ Sat", "✓ Sun"),
        *("Workdays", "Every day"),
        *("✓ Nothing new: say so", "No message"),
        *("1 h late", "3 h late", "✓ 6 h late", "12 h late"),
        "Time zone: UTC",
    ]


@pytest.mark.parametrize(
    ("label", "line"),
    [
        (f"{MINUS}1 h", "Digest: each day at 19:00 (UTC)"),
        (f"{MINUS}15 min", "Digest: each day at 19:45 (UTC)"),
        ("+15 min", "Digest: each day at 20:15 (UTC)"),
        ("+1 h", "Digest: each day at 21:00 (UTC)"),
        ("✓ Sun", "Digest: on Mon, Tue, Wed, Thu, Fri, Sat at 20:00 (UTC)"),
        ("Workdays", "Digest: on workdays at 20:00 (UTC)"),
        ("No message", "On a day without news: no message"),
        ("12 h late", "Late editions are useful for 12 h"),
    ],
)
async def test_a_press_sets_what_it_says_and_a_second_one_nothing(
    talk: Conversation, tmp_path: Path, label: str, line: str
) -> None:
    shown = await settings(talk)
    assert await talk.toast(shown, label, times=2) is None
    assert line in talk.messages()[-1]["text"].splitlines()
    once = kept(tmp_path)
    packed = next(
        button["callback_data"]
        for row in shown["reply_markup"]["inline_keyboard"]
        for button in row
        if button["text"] == label
    )
    await talk.press_data(talk.messages()[-1], packed)
    assert kept(tmp_path) == once


async def test_the_time_goes_round_midnight(talk: Conversation) -> None:
    shown = await settings(talk, "/subscribe 00:10")
    assert "at 23:55" in (await talk.press(shown, f"{MINUS}15 min"))["text"]
    assert "at 00:55" in (await talk.press(talk.messages()[-1], "+1 h"))["text"]


async def test_one_day_stays(talk: Conversation, tmp_path: Path) -> None:
    shown = await settings(talk)
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
    shown = await settings(talk)
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
    shown = await settings(talk)
    await talk.ask("/unsubscribe")
    before = kept(tmp_path)
    assert "Digest: off" in (await talk.press(shown, "Workdays"))["text"]
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
    assert await talk.toast(shown, "Workdays", person=ADMIN) == refused
    assert await talk.toast(shown, "Time zone: UTC", person=ADMIN) == refused
    how = await talk.toast(shown, "Time zone: UTC")
    assert how == "The time zone is UTC. Send a city to change it: /subscribe Kyiv."
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
    await talk.press(shown, "Workdays")
    assert {key: known.rhythm.days for key, known in kept(tmp_path).items()} == {
        (forum.id, topic.id): 0b0011111
    }


async def test_settings_that_telegram_has_forgotten_are_to_be_asked_for_again(
    talk: Conversation, tmp_path: Path
) -> None:
    shown = await settings(talk)
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
    await talk.toast(await settings(talk), "Time zone: UTC")
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


# What a change of the rhythm means for the dates

EVENING = Subscription(
    id=1,
    chat=1,
    topic=0,
    rhythm=Rhythm(at=time(20), zone="UTC"),
    useful_for=timedelta(hours=6),
    nothing_new=NothingNew.SAY,
    state=Wanted.ON,
    last_date=date(2022, 1, 19),
    next_due=datetime(2022, 1, 20, 20, tzinfo=UTC),
    seen=0,
)
YESTERDAY = date(2022, 1, 19)


def at(known: Subscription, hour: int, now: datetime) -> Subscription:
    return altered(known, YESTERDAY, Setting(Option.AT, 60 * hour), now)


def test_what_is_due_already_stays_due() -> None:
    late = EVENING.next_due + timedelta(hours=1)
    assert at(EVENING, 19, late).next_due == datetime(2022, 1, 20, 19, tzinfo=UTC)
    assert at(EVENING, 23, late).next_due == datetime(2022, 1, 20, 23, tzinfo=UTC)
    assert at(EVENING, 19, late).last_date == YESTERDAY


def test_a_pause_stays_a_pause() -> None:
    paused = replace(
        EVENING,
        last_date=date(2022, 1, 27),
        next_due=datetime(2022, 1, 28, 20, tzinfo=UTC),
    )
    assert at(paused, 22, NOW).next_due == datetime(2022, 1, 28, 22, tzinfo=UTC)


def test_a_date_that_came_does_not_come_again() -> None:
    came = replace(
        EVENING,
        last_date=date(2022, 1, 20),
        next_due=datetime(2022, 1, 21, 20, tzinfo=UTC),
    )
    changed = altered(came, date(2022, 1, 20), Setting(Option.AT, 22 * 60), NOW)
    assert changed.next_due == datetime(2022, 1, 21, 22, tzinfo=UTC)
    west = replace(came.rhythm, zone="Pacific/Pago_Pago")
    moved = rearranged(came, west, date(2022, 1, 20), NOW)
    assert moved.next_due == datetime(2022, 1, 22, 7, tzinfo=UTC)


PRESSES = [Setting(option, value) for option in Option for value in _VALUES[option]]
ZONES = ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Cairo", "America/New_York")
STEPS = st.one_of(
    st.sampled_from(PRESSES),
    st.sampled_from([press for press in PRESSES if press.option is not Option.WANTED]),
    st.sampled_from(ZONES),
    st.integers(1, 30),  # hours that pass
)
SHOWN = telegram.Message(1, NOW, telegram.Chat(1, "private"))


def tick(db: Connection, now: datetime) -> None:
    """Plan what is due, as the tick does."""
    for due in subscriptions.due_by(db, now, limit=9):
        edition = decide(due, None, offer=0, now=now, links=Links("bot"))
        if edition is None:
            _, moment = next_after(due)
            subscriptions.reschedule(db, due.id, moment)
        else:
            assert editions.plan(db, [edition], now=now) == 1


def next_after(known: Subscription) -> tuple[date, datetime]:
    return begin(known.rhythm, now=known.next_due, last_date=known.last_date)


def step(db: Connection, what: Setting | str | int, now: datetime) -> datetime:
    match what:
        case Setting(option=Option.ZONE):
            pass
        case Setting():
            carry_out(db, what, SHOWN, language=None, default=DEFAULT, now=now)
        case str():
            subscriptions.change(
                db,
                1,
                0,
                lambda known, last: rearranged(known, replace(known.rhythm, zone=what), last, now),
            )
        case int():
            for _ in range(what):
                now += timedelta(hours=1)
                tick(db, now)
    return now


@given(st.lists(STEPS, max_size=25))
def test_no_presses_break_the_rhythm_or_bring_a_date_twice(
    steps: list[Setting | str | int],
) -> None:
    with closing(fresh()) as db:
        now = step(db, Setting(Option.WANTED, 1), NOW)
        for what in steps:
            now = step(db, what, now)
            known = subscriptions.subscription(db, 1, 0)
            assert known is not None
            assert 0 < known.rhythm.days < 1 << 7
            assert known.rhythm.zone in ZONES
            assert known.state is Wanted.OFF or known.next_due > now - timedelta(days=1)
        step(db, 24 * 10, step(db, Setting(Option.WANTED, 1), now))  # and it goes on
        dates = [
            str(row["local_date"]) for row in db.query("SELECT local_date FROM edition ORDER BY id")
        ]
        assert dates == sorted(set(dates))
        assert len(dates) > 0


async def test_pressing_and_delivering_bring_each_date_once(tmp_path: Path) -> None:
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", clock=clock.now) as talk:
        shown = await settings(talk, "/subscribe 10:00")
        for label in ("+1 h", f"{MINUS}1 h", "+1 h", "Workdays", "Every day", "+15 min"):
            clock.advance(3600)
            await talk.deliver()
            shown = await talk.press(shown, label)
        await talk.deliver()
        rows = await talk.rows("SELECT local_date FROM edition ORDER BY id")
        assert [row["local_date"] for row in rows] == ["2022-01-20"]
