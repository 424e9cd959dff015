from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.clock import ManualClock
from bot.sandbox.errors import TelegramError
from bot.sandbox.limits import TOLERANCE, Limits, Meter
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import Chat, ChatType, User
from tests.bot.sandbox.calling import PHOTO, Calling

TENTHS = st.integers(0, 30).map(lambda tenths: tenths / 10)


def chat(number: int, kind: ChatType = ChatType.PRIVATE) -> Chat:
    return Chat(id=number, type=kind)


def accepted(meter: Meter, where: Chat, at: float, messages: int = 1) -> bool:
    try:
        meter.charge(1, where, at, messages)
    except TelegramError as refused:
        return refused.code != 429
    return True


def most_within(moments: list[float], span: float) -> int:
    ends = [(start, start + span - TOLERANCE) for start in moments]
    return max((sum(start <= one < end for one in moments) for start, end in ends), default=0)


@given(st.lists(st.tuples(TENTHS, st.integers(1, 40)), max_size=150))
def test_no_second_holds_more_than_thirty_over_all_chats(sends: list[tuple[float, int]]) -> None:
    meter, now, passed = Meter(Limits()), 0.0, []

    for pause, number in sends:
        now += pause / 10
        if accepted(meter, chat(number), now):
            passed.append(now)

    assert most_within(passed, 1.0) <= 30


@given(st.lists(TENTHS, max_size=60))
def test_a_chat_gets_one_a_second_after_a_short_burst(pauses: list[float]) -> None:
    meter, now, passed = Meter(Limits()), 0.0, []

    for pause in pauses:
        now += pause
        if accepted(meter, chat(5), now):
            passed.append(now)

    for span in (1, 5, 10):
        assert most_within(passed, span) <= 4 + span


@given(st.lists(st.integers(0, 90).map(lambda tenths: tenths / 10), max_size=80))
def test_a_group_gets_twenty_a_minute(pauses: list[float]) -> None:
    meter, now, passed = Meter(Limits()), 0.0, []

    for pause in pauses:
        now += pause
        if accepted(meter, chat(-5, ChatType.SUPERGROUP), now):
            passed.append(now)

    assert most_within(passed, 60.0) <= 20


@given(st.lists(TENTHS, min_size=1, max_size=60), st.sampled_from(list(ChatType)))
def test_whoever_waits_as_told_is_let_through(pauses: list[float], kind: ChatType) -> None:
    meter, now, where = Meter(Limits()), 0.0, chat(-5, kind)

    for pause in pauses:
        now += pause
        try:
            meter.charge(1, where, now)
        except TelegramError as refused:
            now += refused.parameters["retry_after"]
            meter.charge(1, where, now)


def test_the_sixth_message_at_once_is_told_to_wait(ann: User, call: Calling) -> None:
    for number in range(4):
        call("sendMessage", chat_id=ann.id, text=str(number))

    error = call.error("sendMessage", chat_id=ann.id, text="too many")

    assert error.body() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }


def test_edits_count_and_answers_do_not(ann: User, call: Calling) -> None:
    sent = call("sendMessage", chat_id=ann.id, text="0")["message_id"]
    for number in range(1, 4):
        call("editMessageText", chat_id=ann.id, message_id=sent, text=str(number))

    refused = call.refusal("editMessageText", chat_id=ann.id, message_id=sent, text="4")

    assert refused[0] == 429
    assert call("sendChatAction", chat_id=ann.id, action="typing") is True
    assert call("getChat", chat_id=ann.id)["id"] == ann.id


def test_a_refused_message_leaves_nothing_behind(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    for number in range(4):
        call("sendMessage", chat_id=ann.id, text=str(number))
    before = telegram.transcript(ann.id)

    refused = call.refusal("sendPhoto", {"photo": PHOTO}, chat_id=ann.id)

    assert refused[0] == 429
    assert telegram.transcript(ann.id) == before
    assert telegram.world.files == {}


def test_an_album_counts_as_many(ann: User, call: Calling) -> None:
    media = [{"type": "photo", "media": "attach://a"}] * 4
    call("sendMediaGroup", {"a": PHOTO}, chat_id=ann.id, media=media)

    assert call.refusal("sendMessage", chat_id=ann.id, text="x")[0] == 429


def test_a_large_album_passes_when_nothing_is_out() -> None:
    meter = Meter(Limits())

    assert accepted(meter, chat(5), 0.0, messages=10)
    assert not accepted(meter, chat(5), 1.0)
    assert accepted(meter, chat(5), 10.0)


def test_time_heals(telegram: Telegram, ann: User, call: Calling) -> None:
    clock = telegram.clock
    assert isinstance(clock, ManualClock)
    for number in range(4):
        call("sendMessage", chat_id=ann.id, text=str(number))

    clock.advance(1)

    assert call("sendMessage", chat_id=ann.id, text="x")["text"] == "x"


def test_limits_are_switched_and_scaled(telegram: Telegram, ann: User, call: Calling) -> None:
    telegram.scale_limits(10)
    for number in range(40):
        call("sendMessage", chat_id=ann.id, text=str(number))
    refused = call.refusal("sendMessage", chat_id=ann.id, text="x")
    telegram.limits = Limits(enabled=False)

    assert refused[0] == 429
    for number in range(100):
        call("sendMessage", chat_id=ann.id, text=str(number))
