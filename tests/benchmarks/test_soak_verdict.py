from dataclasses import replace

import pytest

from benchmarks.soak_ledger import Debt
from benchmarks.soak_plan import LONG_WAIT, Plan
from benchmarks.soak_telegram import Asked, Request
from benchmarks.soak_verdict import Evidence, Finding, judge, most_within
from bot.sandbox.faults import Fault

PLAN = Plan(chats=1, groups=0, readers=1, kills=0, rate=1, seed=1)
(CHAT,) = PLAN.subscribed
SENT = Debt(
    chat=CHAT,
    date="2022-01-19",
    part=0,
    text="Digest · one",
    state="sent",
    reason=None,
    attempts=1,
    resent=False,
    message=7,
)
CAME = Request(at=1.0, chat=CHAT, text="Digest · one", status=200, message=7, fault=None)
ASKED = Asked(at=2.0, chat=CHAT, word="zq0x")
ANSWER = replace(CAME, at=3.0, text="I have nothing on “zq0x”.", message=8)
GOOD = Evidence(
    plan=PLAN,
    debts=[SENT],
    requests=[CAME, ANSWER],
    transcript={CHAT: [(7, "Digest · one"), (8, "I have nothing on “zq0x”.")]},
    asked=[ASKED],
    in_flight=0,
    aside=0,
    unclean_stops=0,
)
NOTHING = {CHAT: list[tuple[int, str]]()}
ONCE = {CHAT: [(7, "Digest · one")]}
TWICE = {CHAT: [(7, "Digest · one"), (9, "Digest · one")]}


def broken(evidence: Evidence) -> list[str]:
    return [finding.name.strip() for finding in judge(evidence) if not finding.holds]


def of(name: str, evidence: Evidence) -> Finding:
    (found,) = [finding for finding in judge(evidence) if finding.name.strip().startswith(name)]
    return found


def test_what_was_sent_once_and_answered_once_holds() -> None:
    assert broken(GOOD) == []


@pytest.mark.parametrize("state", ["planned", "sending"])
def test_a_part_that_is_still_owed_is_lost(state: str) -> None:
    owed = replace(SENT, state=state, message=None)
    assert broken(replace(GOOD, debts=[owed], transcript=NOTHING)) == ["lost"]


def test_a_part_that_is_recorded_as_sent_and_is_not_there_is_lost() -> None:
    assert broken(replace(GOOD, transcript=NOTHING)) == ["lost"]


def test_a_chat_without_an_edition_is_lost() -> None:
    assert broken(replace(GOOD, debts=[], transcript=NOTHING)) == ["lost"]


def test_a_part_that_came_twice_is_repeated() -> None:
    assert broken(replace(GOOD, transcript=TWICE)) == ["repeated, though acknowledged and recorded"]


def test_a_part_that_was_uncertain_may_come_twice_but_not_three_times() -> None:
    resent = replace(SENT, resent=True)
    twice = replace(GOOD, debts=[resent], transcript=TWICE)
    assert broken(twice) == []
    assert of("repeated, after", twice).count == 1
    thrice = {CHAT: [*TWICE[CHAT], (10, "Digest · one")]}
    assert broken(replace(twice, transcript=thrice)) == [
        "repeated, though acknowledged and recorded"
    ]


def test_a_second_edition_is_a_repeat() -> None:
    other = replace(SENT, date="2022-01-20", text="Digest · two", message=9)
    both = {CHAT: [(7, "Digest · one"), (9, "Digest · two")]}
    assert broken(replace(GOOD, debts=[SENT, other], transcript=both)) == [
        "repeated, though acknowledged and recorded"
    ]


def test_a_failed_part_that_arrived_is_recorded_wrongly() -> None:
    failed = replace(SENT, state="failed", message=None)
    assert broken(replace(GOOD, debts=[failed])) == ["recorded otherwise than it was"]
    assert broken(replace(GOOD, debts=[failed], transcript=NOTHING)) == []


def test_a_message_id_that_is_not_the_one_is_recorded_wrongly() -> None:
    assert broken(replace(GOOD, debts=[replace(SENT, message=9)])) == [
        "recorded otherwise than it was"
    ]


def test_a_digest_that_nobody_was_owed_is_found() -> None:
    strange = {CHAT: [*ONCE[CHAT], (9, "Digest · another")]}
    assert broken(replace(GOOD, transcript=strange)) == ["digests that nobody was owed"]


@pytest.mark.parametrize(
    ("in_flight", "fault", "seconds", "allowed"),
    [
        (0, None, 0.0, False),
        (1, None, 0.0, True),
        (0, Fault.RESET, 0.0, True),
        (0, Fault.ANSWER_LOST, 0.0, True),
        (0, Fault.SLOW, 11.0, True),
        (0, Fault.SLOW, 2.0, False),
        (0, Fault.SERVER_ERROR, 0.0, False),
    ],
)
def test_a_part_is_uncertain_only_for_a_kill_or_a_missing_answer(
    in_flight: int, fault: Fault | None, seconds: float, *, allowed: bool
) -> None:
    evidence = replace(
        GOOD,
        debts=[replace(SENT, state="uncertain", message=None)],
        requests=[replace(CAME, fault=fault, seconds=seconds), ANSWER],
        transcript=ONCE,
        in_flight=in_flight,
    )
    assert of("uncertain", evidence).holds is allowed
    assert of("of these arrived", evidence).count == 1


def test_a_command_without_an_answer_is_lost() -> None:
    assert broken(replace(GOOD, requests=[CAME])) == ["lost commands"]


@pytest.mark.parametrize(
    "instead",
    [
        replace(ANSWER, status=403, message=None, fault=Fault.FORBIDDEN),
        replace(CAME, status=429, message=None, fault=Fault.FLOOD, seconds=float(LONG_WAIT)),
    ],
)
def test_a_command_whose_answer_a_fault_took_is_not_lost(instead: Request) -> None:
    evidence = replace(GOOD, requests=[CAME, instead])
    assert broken(evidence) == []
    assert of("whose answer", evidence).count == 1


def test_too_many_in_a_second_do_not_hold() -> None:
    many = [replace(CAME, at=n / 31, chat=CHAT + n) for n in range(31)]
    assert broken(replace(GOOD, requests=[*many, ANSWER])) == [
        "most requests in a second of the clock"
    ]


def test_a_refusal_by_the_limits_does_not_hold_and_a_planned_one_does() -> None:
    limited = replace(CAME, status=429, message=None)
    planned = replace(limited, fault=Fault.FLOOD, seconds=2.0)
    assert broken(replace(GOOD, requests=[CAME, ANSWER, limited])) == [
        "refused by the sandbox's own limits"
    ]
    assert broken(replace(GOOD, requests=[CAME, ANSWER, planned])) == []


def test_an_update_set_aside_and_an_unclean_stop_do_not_hold() -> None:
    assert broken(replace(GOOD, aside=1, unclean_stops=1)) == [
        "set aside, because the bot died of it",
        "stops that left a part in flight",
    ]


def test_the_fullest_span_counts_what_lies_in_it_without_its_end() -> None:
    assert most_within([0.0, 0.5, 1.0, 1.4], 1.0) == 3
    assert most_within([], 1.0) == 0


def test_a_line_names_the_limit_that_does_not_hold_and_the_first_offenders() -> None:
    shown = str(Finding(name="lost", count=4, most=0, offenders=["a", "b", "c", "d"]))
    assert shown.startswith("! lost")
    assert shown.splitlines()[1:] == ["      a", "      b", "      c"]
