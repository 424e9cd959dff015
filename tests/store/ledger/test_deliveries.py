from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Connection
from store.ledger import (
    announcements,
    chats,
    control,
    corrections,
    deliveries,
    editions,
    subscriptions,
)
from store.ledger.alone import LostOwnershipError
from store.ledger.values import DeliveryState, EditionKind, Owed, Policy
from tests.store.ledger.debts import (
    DAY,
    EPOCH,
    LATER,
    MONDAY,
    edition,
    fresh,
    owe,
    own,
    reasons,
    seen,
    states,
    subscribed,
    take,
)

MINUTE = timedelta(minutes=1)


def test_what_is_taken_is_sending_and_is_not_taken_again(db: Connection) -> None:
    owe(db, "hello")
    (part,) = take(db)
    assert (part.chat, part.topic, part.part, part.content, part.attempts) == (
        *(1, 0, 0),
        "hello",
        0,
    )
    assert states(db) == ["sending"]
    assert take(db) == []


def test_nothing_is_taken_before_its_time(db: Connection) -> None:
    owe(db, "x")
    assert take(db, now=MONDAY - timedelta(seconds=1)) == []
    assert len(take(db, now=MONDAY)) == 1


def test_no_more_is_taken_than_is_asked_for_and_nothing_is_left_out(db: Connection) -> None:
    for chat in range(1, 8):
        owe(db, "x", chat=chat)
    taken = [len(take(db, limit=3)) for _ in range(4)]
    assert taken == [3, 3, 1, 0]


def test_a_part_waits_for_those_before_it(db: Connection) -> None:
    owe(db, "one", "two", "three")
    for wanted in ("one", "two", "three"):
        (part,) = take(db)
        assert part.content == wanted
        assert take(db) == []
        deliveries.sent(db, part, message=part.part + 50, now=LATER)
    assert states(db) == ["sent"] * 3
    assert [row["message"] for row in db.query("SELECT message FROM delivery")] == [50, 51, 52]


@pytest.mark.parametrize(
    "state", [DeliveryState.UNCERTAIN, DeliveryState.FAILED, DeliveryState.SKIPPED]
)
def test_the_next_part_goes_whatever_became_of_the_one_before(
    db: Connection, state: DeliveryState
) -> None:
    owe(db, "one", "two")
    deliveries.settle(db, take(db)[0], state, reason="so it went", now=LATER)
    assert [part.content for part in take(db)] == ["two"]
    assert reasons(db) == ["so it went", None]


@pytest.mark.parametrize(
    ("ends", "read"),
    [
        (("sent", "sent"), True),
        (("sent", "uncertain"), True),
        (("uncertain", "uncertain"), True),
        (("sent", "failed"), False),
        (("failed", "sent"), False),
        (("skipped", "sent"), False),
    ],
)
def test_an_edition_counts_as_read_when_every_part_is_or_may_be_there(
    db: Connection, ends: tuple[str, str], *, read: bool
) -> None:
    owe(db, "one", "two")
    for end in ends:
        assert seen(db) == 0
        (part,) = take(db)
        if end == "sent":
            deliveries.sent(db, part, message=1, now=LATER)
        else:
            deliveries.settle(db, part, DeliveryState(end), reason="so", now=LATER)
    assert states(db) == list(ends)
    assert seen(db) == int(read)


def test_a_delay_of_one_part_holds_nothing_else_of_its_chat(db: Connection) -> None:
    owe(db, "one", "two", chat=-1)
    owe(db, "topic", chat=-1, topic=5)
    first, *_ = take(db, limit=1)
    until = LATER + 10 * MINUTE
    deliveries.postpone(db, first, until=until, reason="no network", now=LATER)
    assert [part.content for part in take(db)] == ["topic"]
    assert take(db, now=until - timedelta(seconds=1)) == []
    assert [part.content for part in take(db, now=until)] == ["one"]


def test_a_wait_holds_all_of_its_chat_and_no_other(db: Connection) -> None:
    owe(db, "one", "two", chat=-1)
    owe(db, "topic", chat=-1, topic=5)
    owe(db, "other", chat=2)
    first, *_ = take(db, limit=1)
    until = LATER + 10 * MINUTE
    wait = "Telegram asked us to wait"
    deliveries.postpone(db, first, until=until, reason=wait, now=LATER, chat=True)
    assert [part.chat for part in take(db)] == [2]
    assert take(db, now=until - timedelta(seconds=1)) == []
    assert [part.content for part in take(db, now=until)] == ["one", "topic"]
    assert reasons(db)[0] == "Telegram asked us to wait"


def test_a_wait_never_brings_forward_what_waits_longer(db: Connection) -> None:
    owe(db, "x", chat=-1)
    owe(db, "topic", chat=-1, topic=5)
    first, second = take(db)
    deliveries.postpone(db, first, until=LATER + 10 * MINUTE, reason="long", now=LATER)
    deliveries.postpone(db, second, until=LATER + MINUTE, reason="short", now=LATER, chat=True)
    assert [part.topic for part in take(db, now=LATER + MINUTE)] == [5]
    (again,) = take(db, now=LATER + 10 * MINUTE)
    assert again.delivery == first.delivery


def test_only_what_telegram_failed_on_counts_as_a_try(db: Connection) -> None:
    owe(db, "x")
    for tried, attempts in ((False, 0), (True, 0), (False, 1), (True, 1), (False, 2)):
        (part,) = take(db)
        assert part.attempts == attempts
        deliveries.postpone(db, part, until=LATER, reason="so", now=LATER, tried=tried)


def test_what_was_stopped_while_it_was_being_sent_is_not_owed_again(db: Connection) -> None:
    for chat in (1, 2, 3, 4):
        owe(db, "one", "two", chat=chat)
    parts = take(db)
    subscriptions.unsubscribe(db, 1, 0, now=LATER)
    chats.close(db, 2, reason="blocked", now=LATER)
    tuesday = subscriptions.subscription(db, 3, 0)
    assert tuesday is not None
    editions.plan(db, [edition(tuesday, "of Tuesday", due=MONDAY + DAY)], now=LATER + DAY)
    for part in parts:
        deliveries.postpone(db, part, until=LATER, reason="a wait", now=LATER, chat=True)
    assert [states(db, chat=chat) for chat in (1, 2, 3, 4)] == [
        ["skipped", "skipped"],
        ["skipped", "skipped"],
        ["skipped", "skipped", "planned"],
        ["planned", "planned"],
    ]
    assert reasons(db)[0] == "no longer wanted; a wait"


@pytest.mark.parametrize("policy", Policy)
def test_a_part_in_doubt_is_sent_again_once_at_most_and_only_where_told_so(
    db: Connection, policy: Policy
) -> None:
    owe(db, "one", "two")
    (part,) = take(db)
    deliveries.doubt(db, part, reason="no answer", policy=policy, now=LATER)
    if policy is Policy.LEAVE:
        assert states(db) == ["uncertain", "planned"]
        assert [again.content for again in take(db)] == ["two"]
        return
    assert states(db) == ["planned", "planned"]
    (again,) = take(db)
    assert (again.content, again.resent) == ("one", True)
    assert reasons(db)[0] == "sent once more: no answer"
    deliveries.doubt(db, again, reason="no answer again", policy=policy, now=LATER)
    assert states(db) == ["uncertain", "planned"]
    assert reasons(db)[0] == "no answer again"


def test_after_one_crash_parts_are_sent_again_and_after_a_second_they_are_left(
    db: Connection,
) -> None:
    owe(db, "x")
    take(db)
    assert deliveries.recover(db, policy=Policy.RESEND, now=LATER) == 1
    assert states(db) == ["planned"]
    (again,) = take(db)
    assert again.resent
    assert deliveries.recover(db, policy=Policy.RESEND, now=LATER) == 1
    assert states(db) == ["uncertain"]
    assert seen(db) == 1


def test_what_nobody_wants_any_more_is_not_sent_again_after_a_crash(db: Connection) -> None:
    owe(db, "x")
    owe(db, "y", chat=2)
    one, other = take(db)
    subscriptions.unsubscribe(db, 1, 0, now=LATER)
    subscriptions.unsubscribe(db, 2, 0, now=LATER)
    deliveries.doubt(db, one, reason="no answer", policy=Policy.RESEND, now=LATER)
    assert deliveries.recover(db, policy=Policy.RESEND, now=LATER) == 1
    assert (states(db), states(db, chat=other.chat)) == (["uncertain"], ["uncertain"])


def test_nothing_is_taken_by_a_process_that_another_took_over_from(db: Connection) -> None:
    owe(db, "x")
    own(db, EPOCH + 1)
    with pytest.raises(LostOwnershipError, match="sends no more"):
        take(db)
    assert states(db) == ["planned"]
    assert len(deliveries.take(db, epoch=EPOCH + 1, now=LATER, limit=9)) == 1


def test_nothing_is_taken_while_sending_is_halted_and_all_of_it_after(db: Connection) -> None:
    owe(db, "x")
    control.halt(db, reason="wrong news", now=LATER)
    assert take(db) == []
    assert states(db) == ["planned"]
    assert control.resume(db)
    assert len(take(db)) == 1


def test_digests_go_before_announcements_and_those_before_corrections(db: Connection) -> None:
    subscribed(db, 3)
    announcements.announce_to(db, 3, 0, key="k", part="announced", now=MONDAY)
    message = corrections.Carried(delivery=0, chat=3, topic=0, message=77, content="")
    corrections.correct(db, "c", [(message, "corrected")], now=MONDAY - DAY)
    owe(db, "digest")
    parts = take(db)
    assert [part.content for part in parts] == ["digest", "announced", "corrected"]
    kinds = [EditionKind.DIGEST, EditionKind.ANNOUNCEMENT, EditionKind.CORRECTION]
    assert [part.kind for part in parts] == kinds
    assert [part.message for part in parts] == [None, None, 77]


def test_what_delayed_a_part_stays_on_record_once_it_is_sent(db: Connection) -> None:
    owe(db, "x")
    (part,) = take(db)
    deliveries.postpone(db, part, until=LATER, reason="possible repeat", now=LATER, tried=True)
    deliveries.sent(db, take(db)[0], message=1, now=LATER)
    assert (states(db), reasons(db)) == (["sent"], ["possible repeat"])
    owe(db, "y", chat=2)
    deliveries.sent(db, take(db)[0], message=2, now=LATER, note="sent as plain text")
    assert reasons(db)[1] == "sent as plain text"


def test_what_a_gone_process_was_sending_is_uncertain_and_counts_as_read(db: Connection) -> None:
    owe(db, "x")
    owe(db, "one", "two", chat=2)
    owe(db, "not begun", chat=3)
    for part in take(db, limit=2):
        assert part.content in {"x", "one"}
    assert deliveries.recover(db, policy=Policy.LEAVE, now=LATER) == 2
    assert deliveries.recover(db, policy=Policy.LEAVE, now=LATER) == 0
    assert [states(db, chat=chat) for chat in (1, 2, 3)] == [
        ["uncertain"],
        ["uncertain", "planned"],
        ["planned"],
    ]
    assert [seen(db, chat) for chat in (1, 2, 3)] == [1, 0, 0]
    assert reasons(db)[0] == "the bot stopped while it was being sent"
    assert [part.content for part in take(db)] == ["two", "not begun"]


def test_what_became_of_all_is_counted(db: Connection) -> None:
    assert deliveries.counted(db) == {}
    for chat in (1, 2, 3):
        owe(db, "x", chat=chat)
    deliveries.sent(db, take(db, limit=1)[0], message=1, now=LATER)
    take(db, limit=1)
    assert deliveries.counted(db) == {
        DeliveryState.PLANNED: 1,
        DeliveryState.SENDING: 1,
        DeliveryState.SENT: 1,
    }


def test_a_closed_chat_is_owed_nothing_and_the_others_all(db: Connection) -> None:
    owe(db, "one", "two")
    owe(db, "other", chat=2)
    part, _ = take(db)
    deliveries.settle(db, part, DeliveryState.FAILED, reason="blocked", now=LATER)
    chats.close(db, 1, reason="blocked", now=LATER)
    assert states(db) == ["failed", "skipped"]
    assert states(db, chat=2) == ["sending"]


def test_an_unknown_chat_that_closes_and_opens_changes_nothing(db: Connection) -> None:
    subscribed(db)
    before = list(db.query("SELECT * FROM subscription"))
    chats.close(db, 99, reason="gone", now=LATER)
    chats.reopen(db, 99, now=LATER)
    assert list(db.query("SELECT * FROM subscription")) == before
    assert db.table("chat").count == 1


STEPS = st.sampled_from((*DeliveryState, "take", "recover", "wait", "close"))


@dataclass(slots=True)
class Sending:
    """A process that sends, and what it has in flight."""

    db: Connection
    now: datetime = LATER
    flying: list[Owed] = field(default_factory=list)

    def step(self, step: str) -> None:
        if step == "take":
            taken = take(self.db, now=self.now, limit=2)
            assert not {part.edition for part in taken} & {part.edition for part in self.flying}
            self.flying += taken
        elif step == "recover":
            recovered = deliveries.recover(self.db, policy=Policy.LEAVE, now=self.now)
            assert recovered == len(self.flying)
            self.flying = []
        elif step == "wait":
            self.now += MINUTE
        elif self.flying:
            self.end(self.flying.pop(0), step)

    def end(self, part: Owed, step: str) -> None:
        db, now = self.db, self.now
        match step:
            case "sent":
                deliveries.sent(db, part, message=1, now=now)
            case "planned":
                deliveries.postpone(db, part, until=now + 2 * MINUTE, reason="wait", now=now)
            case "uncertain" | "failed" | "skipped":
                deliveries.settle(db, part, DeliveryState(step), reason="so", now=now)
            case _:
                deliveries.settle(db, part, DeliveryState.FAILED, reason="no", now=now)
                chats.close(db, part.chat, reason="no", now=now)

    def finish(self) -> None:
        while self.flying:
            self.step("sent")
        self.now = MONDAY + DAY - MINUTE
        self.step("take")
        if self.flying:
            self.finish()


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.lists(STEPS, max_size=30))
def test_no_part_is_lost_or_sent_beside_another_of_its_edition(
    sizes: list[int], steps: list[str]
) -> None:
    db = fresh()
    sending = Sending(db)
    for chat, size in enumerate(sizes, start=1):
        owe(db, *(f"{chat}.{n}" for n in range(size)), chat=chat)
    for step in steps:
        sending.step(step)
        counted = deliveries.counted(db)
        assert sum(counted.values()) == sum(sizes)
        assert counted.get(DeliveryState.SENDING, 0) == len(sending.flying)
    sending.finish()
    assert {*deliveries.counted(db)} <= {*DeliveryState} - {"planned", "sending"}
    for chat in range(1, len(sizes) + 1):
        whole = set(states(db, chat=chat)) <= {"sent", "uncertain"}
        assert seen(db, chat) == int(whole)
    db.close()
