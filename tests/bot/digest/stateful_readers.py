"""What readers and editors do between two broadcasts, as the commands write it down."""

from datetime import UTC, datetime, time, timedelta
from enum import Enum

from bot.digest.due import begin, first_after, local_date
from store.database import Connection
from store.knowledge.making.calling import person_key
from store.ledger import interests, preferences, subscriptions
from store.ledger.values import Interest, Quiet, Rhythm, Stance, Wanted
from tests.bot.digest.desk import FIRST, SECOND
from tests.store.stories import event, summary


class Place(Enum):
    ADA, BEN, CAT, GROUP, FORUM, TOPIC = range(6)


class Act(Enum):
    SUBSCRIBE, UNSUBSCRIBE, PAUSE, GO_ON, BLOCK, BLOCK_UNHEARD, UNBLOCK = range(7)
    MIGRATE, MIGRATE_UNHEARD, CLOSE_TOPIC = range(7, 10)
    FOLLOW, FOLLOW_BY_DAY, MUTE, NO_ALERTS = range(10, 14)


PRIVATE = (Place.ADA, Place.BEN, Place.CAT)

EVENING = datetime(2022, 3, 12, 20, tzinfo=UTC)  # before a night in which clocks change
LONG = summary(
    "long",
    "2022-03-11",
    events=[
        event(
            "2022-03-11",
            f"Stone {n} is laid, and then it is taken away again. " + "So it is. " * 18,
        )
        for n in range(30)
    ],
)
STORIES = (
    FIRST,
    SECOND,
    LONG,
    *(
        summary(
            f"day {n}",
            f"2022-03-{n}",
            people=["Ada Quay"],
            events=[event(f"2022-03-{n}", f"The {n}th tide comes", ("Ada Quay",))],
        )
        for n in range(12, 16)
    ),
)
ZONES = ("UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "America/Santiago")
RHYTHMS = tuple(
    Rhythm(at=time(hour, minute), zone=zone, days=days)
    for zone in ZONES
    for hour, minute, days in ((8, 0, 127), (2, 30, 127), (0, 0, 0b0111110))
)
_WEEK = timedelta(days=7)
_NIGHT = Quiet(begins=time(21), ends=time(9))


def subscribe(db: Connection, chat: int, topic: int, rhythm: Rhythm, now: datetime) -> None:
    known = subscriptions.subscription(db, chat, topic)
    last_date, next_due = begin(rhythm, now=now, last_date=known.last_date if known else None)
    subscriptions.subscribe(
        db,
        chat=chat,
        topic=topic,
        kind="private" if chat > 0 else "group",
        language="en",
        rhythm=rhythm,
        last_date=last_date,
        next_due=next_due,
        now=now,
    )


def unsubscribe(db: Connection, chat: int, topic: int, now: datetime) -> None:
    subscriptions.unsubscribe(db, chat, topic, now=now)


def pause(db: Connection, chat: int, topic: int, now: datetime) -> None:
    known = subscriptions.subscription(db, chat, topic)
    if known is not None and known.state is Wanted.ON:
        rest = max(known.last_date, local_date(known.rhythm, now) + _WEEK)
        _, next_due = first_after(rest, known.rhythm)
        subscriptions.put_off(db, known.id, last_date=known.last_date, next_due=next_due)


def go_on(db: Connection, chat: int, topic: int, now: datetime) -> None:
    known = subscriptions.subscription(db, chat, topic)
    if known is not None and known.state is Wanted.ON:
        last_date, next_due = begin(known.rhythm, now=now, last_date=known.last_date)
        subscriptions.put_off(db, known.id, last_date=last_date, next_due=next_due)


def set_alerts(db: Connection, chat: int, topic: int, now: datetime, act: Act) -> None:
    """Follow or mute who is in most of the news, with alerts, also where no digest comes."""
    stance = Stance.MUTE if act is Act.MUTE else Stance.FOLLOW
    wanted = Interest(kind="person", key=person_key("Ada Quay"), stance=stance, name="Ada Quay")
    interests.follow_or_mute(db, chat, topic, wanted, chat_kind="private", now=now)
    known = preferences.settings_of(
        db,
        chat=chat,
        topic=topic,
        kind="private",
        language="en",
        rhythm=RHYTHMS[0],
        last_date=now.date() - timedelta(days=1),
        next_due=now,
        now=now,
    )
    preferences.set_quiet(db, known.id, _NIGHT if act is Act.FOLLOW_BY_DAY else None)
    preferences.set_alerts(db, known.id, on=act is not Act.NO_ALERTS, now=now)


STEERED = {Act.UNSUBSCRIBE: unsubscribe, Act.PAUSE: pause, Act.GO_ON: go_on}
