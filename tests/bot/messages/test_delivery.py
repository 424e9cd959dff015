"""What readers and admins are told of deliveries."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.messages import delivery as say
from bot.messages.text import LONGEST_MESSAGE
from store.ledger.control import Halt
from store.ledger.records import EditionRecord, PartRecord, Progress
from store.ledger.values import DeliveryState, EditionKind

WEDNESDAY = date(2022, 1, 12)
EIGHT = datetime(2022, 1, 12, 8, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SENT, PLANNED = DeliveryState.SENT, DeliveryState.PLANNED


def part(
    state: DeliveryState = SENT, reason: str | None = None, changed: datetime = EIGHT
) -> PartRecord:
    return PartRecord(state=state, reason=reason, changed=changed)


def record(
    *parts: PartRecord, days_ago: int = 0, kind: EditionKind = EditionKind.DIGEST
) -> EditionRecord:
    day = WEDNESDAY - days_ago * DAY if kind is EditionKind.DIGEST else None
    return EditionRecord(kind=kind, local_date=day, due=EIGHT - days_ago * DAY, parts=parts)


def why(*records: EditionRecord, zone: str = "UTC") -> list[str]:
    """Return the lines below the head."""
    return say.why(records, today=WEDNESDAY, zone=zone).text.splitlines()[2:]


WAIT = "Telegram asked us to wait 720 s"


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        ([part()], "Today: sent 08:00"),
        ([part(), part()], "Today: sent 08:00, 2 parts"),
        ([part(changed=EIGHT + 12 * MINUTE, reason=WAIT)], f"Today: sent 08:12 ({WAIT})"),
        (
            [part(changed=EIGHT + 30 * MINUTE, reason=WAIT), part(changed=EIGHT + 31 * MINUTE)],
            f"Today: sent 08:31, late, 2 parts ({WAIT})",
        ),
        ([part(DeliveryState.SKIPPED, "nothing new")], "Today: skipped: nothing new"),
        ([part(PLANNED, WAIT), part(PLANNED)], f"Today: waiting: {WAIT}; waiting"),
        ([part(), part(PLANNED, WAIT)], f"Today: sent 08:00; waiting: {WAIT}"),
        ([part(DeliveryState.SENDING)], "Today: being sent"),
        ([part(DeliveryState.UNCERTAIN, "no answer")], "Today: uncertain 08:00: no answer"),
        ([part(DeliveryState.FAILED, "too long")], "Today: failed: too long"),
    ],
)
def test_a_reader_is_told_what_became_of_a_digest(parts: list[PartRecord], line: str) -> None:
    assert why(record(*parts)) == [line]


def test_days_are_named_as_a_reader_names_them() -> None:
    sent = (record(part(changed=EIGHT - ago * DAY), days_ago=ago) for ago in range(3))
    assert why(*sent) == [
        "Today: sent 08:00",
        "Yesterday: sent 08:00",
        "Monday, 10 Jan 2022: sent 08:00",
    ]


def test_times_are_the_readers_own() -> None:
    assert why(record(part()), zone="America/New_York") == ["Today: sent 03:00"]
    assert why(record(part(), kind=EditionKind.ANNOUNCEMENT), zone="Asia/Tokyo") == [
        "Today, announcement: sent 17:00"
    ]


def test_a_chat_without_digests_is_told_how_they_begin() -> None:
    assert why() == ["Nothing was due here yet. /subscribe begins the digest."]


def test_many_long_records_fit_in_a_message() -> None:
    records = [record(part(DeliveryState.FAILED, "x" * 5000), days_ago=ago) for ago in range(7)]
    assert say.why(records, today=WEDNESDAY, zone="UTC").body.units <= LONGEST_MESSAGE


def standing(**given: int) -> Progress:
    counted = {DeliveryState(name): count for name, count in given.items()}
    return Progress(begun=EIGHT, counted=counted, rate=0.5 if given.get("planned") else 0.0)


def test_an_admin_sees_counts_rate_and_time_left() -> None:
    shown = say.broadcast(standing(sent=1200, planned=90, uncertain=1), None)
    assert shown.text.splitlines() == [
        "Broadcast · since 2022-01-12 08:00 UTC",
        "",
        "waiting: 90",
        "sent: 1,200",
        "uncertain: 1",
        "",
        "0.5 a second, about 3 min left",
    ]
    assert [[b.label for b in row] for row in shown.keyboard] == [["Halt", "Refresh"]]


def test_a_halted_broadcast_says_so_and_can_be_resumed() -> None:
    shown = say.broadcast(standing(sent=3, planned=90), Halt(since=EIGHT, reason="wrong news"))
    assert "halted: wrong news" in shown.text
    assert [[b.label for b in row] for row in shown.keyboard] == [["Resume", "Refresh"]]


def test_a_broadcast_that_is_over_has_no_time_left() -> None:
    assert "left" not in say.broadcast(standing(sent=3), None).text
    nothing = Progress(begun=None, counted={}, rate=0.0)
    assert say.broadcast(nothing, None).text == "Nothing was broadcast yet."


def test_a_halt_before_the_first_broadcast_can_be_resumed() -> None:
    nothing = Progress(begun=None, counted={}, rate=0.0)
    shown = say.broadcast(nothing, Halt(since=EIGHT, reason="wrong news"))
    assert "halted: wrong news" in shown.text
    assert [[b.label for b in row] for row in shown.keyboard] == [["Resume", "Refresh"]]


@pytest.mark.parametrize(("chats", "words"), [(1, "1 chat"), (1200, "1,200 chats")])
def test_an_announcement_is_confirmed_with_its_words_and_its_number_of_chats(
    chats: int, words: str
) -> None:
    shown = say.confirm_announcement("Hello\n\nall", audience=chats)
    assert shown.text == f"To be announced to {words}:\n\nHello\n\nall"
    assert [b.label for row in shown.keyboard for b in row] == [f"Send to {chats:,}", "Leave it"]


def test_the_longest_announcement_fits_below_its_head() -> None:
    words = "😀" * (say.LONGEST_ANNOUNCEMENT // 2)
    assert say.confirm_announcement(words, audience=10**6).body.units <= LONGEST_MESSAGE


@pytest.mark.parametrize(("parts", "said"), [(1, "1 part was being sent"), (2, "2 parts were")])
def test_an_admin_is_told_what_a_crash_left(parts: int, said: str) -> None:
    assert say.uncertain(parts, resent=True).text.startswith(said)
    assert say.uncertain(parts, resent=True).text.endswith("Each is sent once more.")
    assert "ATTACHE_UNCERTAIN=resend" in say.uncertain(parts, resent=False).text
