"""What a change of the rhythm means for the dates of a digest."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.commands.preferences import Where
from bot.commands.settings import altered, carry_out, rearranged
from bot.digest.due import begin
from bot.digest.edition import decide
from bot.messages.callbacks import Option, Setting
from bot.messages.callbacks.setting import VALUES
from bot.messages.message import Links
from store.database import Connection
from store.ledger import editions, subscriptions
from store.ledger.values import NothingNew, Rhythm, Subscription, Wanted
from tests.bot.conversation import NOW
from tests.store.ledger.debts import fresh

DEFAULT = Rhythm(at=time(8), zone="UTC")
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


PRESSES = [Setting(option, value) for option in Option for value in VALUES[option]]
ZONES = ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Cairo", "America/New_York")
STEPS = st.one_of(
    st.sampled_from(PRESSES),
    st.sampled_from([press for press in PRESSES if press.option is not Option.WANTED]),
    st.sampled_from(ZONES),
    st.integers(1, 30),  # hours that pass
)
PRIVATE = Where(chat=1, topic=0, kind="private")


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
            carry_out(db, what, PRIVATE, language=None, default=DEFAULT, now=now)
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
