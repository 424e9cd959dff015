import pytest

from bot.sandbox.clock import ManualClock
from bot.sandbox.faults import Connection, Fault, FaultPlan, Rule
from bot.sandbox.telegram import SANDBOX_TOKEN, BrokenConnectionError, Telegram
from bot.sandbox.world import User
from tests.bot.sandbox.calling import Calling


def send(telegram: Telegram, chat_id: int, text: str = "x") -> tuple[int, Connection, float]:
    answer = telegram.request(SANDBOX_TOKEN, "sendMessage", {"chat_id": chat_id, "text": text})
    return answer.status, answer.connection, answer.delay


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        (
            Rule(fault=Fault.FLOOD, seconds=43_838),
            {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 43838",
                "parameters": {"retry_after": 43_838},
            },
        ),
        (
            Rule(fault=Fault.FORBIDDEN),
            {
                "ok": False,
                "error_code": 403,
                "description": "Forbidden: bot was blocked by the user",
            },
        ),
        (
            Rule(fault=Fault.BAD_REQUEST, text="CHAT_RESTRICTED"),
            {"ok": False, "error_code": 400, "description": "Bad Request: CHAT_RESTRICTED"},
        ),
        (
            Rule(fault=Fault.MIGRATED, chat_to=-1000000000009),
            {
                "ok": False,
                "error_code": 400,
                "description": "Bad Request: group chat was upgraded to a supergroup chat",
                "parameters": {"migrate_to_chat_id": -1000000000009},
            },
        ),
        (
            Rule(fault=Fault.SERVER_ERROR),
            {"ok": False, "error_code": 502, "description": "Bad Gateway"},
        ),
        (
            Rule(fault=Fault.SERVER_ERROR, code=504),
            {"ok": False, "error_code": 504, "description": "Gateway Timeout"},
        ),
    ],
)
def test_a_planned_refusal_is_answered_and_has_no_effect(
    telegram: Telegram, ann: User, rule: Rule, body: dict[str, object]
) -> None:
    before = telegram.transcript(ann.id)
    telegram.faults.set([rule])

    answer = telegram.request(SANDBOX_TOKEN, "sendMessage", {"chat_id": ann.id, "text": "x"})

    assert answer.body == body
    assert answer.status == body["error_code"]
    assert telegram.transcript(ann.id) == before


def test_a_reset_has_no_effect_and_a_lost_answer_has(telegram: Telegram, ann: User) -> None:
    telegram.faults.set([Rule(fault=Fault.RESET, times=1), Rule(fault=Fault.ANSWER_LOST, nth=2)])

    reset = send(telegram, ann.id, "reset")
    lost = send(telegram, ann.id, "lost")

    assert (reset[1], lost[1]) == (Connection.RESET, Connection.ANSWER_LOST)
    assert [one["text"] for one in telegram.transcript(ann.id)] == ["/start", "lost"]


def test_a_slow_answer_carries_its_delay(telegram: Telegram, ann: User) -> None:
    telegram.faults.set([Rule(fault=Fault.SLOW, seconds=2.5)])

    assert send(telegram, ann.id) == (200, Connection.FINE, 2.5)


def test_without_a_front_a_broken_connection_is_raised(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    telegram.faults.set([Rule(fault=Fault.RESET, times=1), Rule(fault=Fault.ANSWER_LOST, nth=2)])

    for effect in ("reset", "lost"):
        with pytest.raises(BrokenConnectionError, match=effect):
            call("sendMessage", chat_id=ann.id, text=effect)


def test_a_rule_strikes_one_method_and_one_chat(telegram: Telegram, ann: User) -> None:
    bob = telegram.people.add("Bob")
    telegram.people.start(bob.id)
    telegram.faults.set([Rule(fault=Fault.FORBIDDEN, method="SENDMESSAGE", chat_id=bob.id)])

    assert send(telegram, ann.id)[0] == 200
    assert send(telegram, bob.id)[0] == 403
    assert telegram.request(SANDBOX_TOKEN, "getChat", {"chat_id": str(bob.id)}).status == 200
    sent = {"chat_id": str(bob.id), "text": "x"}
    assert telegram.request(SANDBOX_TOKEN, "sendMessage", sent).status == 403


def test_a_rule_strikes_from_the_nth_call_on_so_many_times(telegram: Telegram, ann: User) -> None:
    telegram.faults.set([Rule(fault=Fault.FORBIDDEN, nth=2, times=2)])

    assert [send(telegram, ann.id)[0] for _ in range(4)] == [200, 403, 403, 200]


def test_a_rule_strikes_in_its_window(telegram: Telegram, ann: User) -> None:
    clock = telegram.clock
    assert isinstance(clock, ManualClock)
    telegram.faults.set([Rule(fault=Fault.FORBIDDEN, after=5, before=10)])

    statuses = []
    for _ in range(4):
        statuses.append(send(telegram, ann.id)[0])
        clock.advance(4)

    assert statuses == [200, 200, 403, 200]


def test_chance_is_repeatable() -> None:
    def strikes(seed: int) -> list[bool]:
        plan = FaultPlan()
        plan.set([Rule(fault=Fault.RESET, probability=0.5)], seed)
        return [plan.strike("sendMessage", None, 0.0) is not None for _ in range(50)]

    assert strikes(1) == strikes(1)
    assert strikes(1) != strikes(2)
    assert 10 < sum(strikes(1)) < 40


def test_a_new_plan_counts_anew(telegram: Telegram, ann: User) -> None:
    rules = [Rule(fault=Fault.FORBIDDEN, nth=2)]

    for _ in range(2):
        telegram.faults.set(rules)
        assert send(telegram, ann.id)[0] == 200
    telegram.faults.set([])
    assert send(telegram, ann.id)[0] == 200


def test_a_long_poll_is_struck_once(telegram: Telegram) -> None:
    telegram.faults.set([Rule(fault=Fault.FORBIDDEN, method="getUpdates", nth=2)])

    first = telegram.request(SANDBOX_TOKEN, "getUpdates", {"timeout": 5})
    again = telegram.poll_again(SANDBOX_TOKEN, {"timeout": 5})

    assert (first.status, again.status) == (200, 200)
    assert telegram.request(SANDBOX_TOKEN, "getUpdates").status == 403
