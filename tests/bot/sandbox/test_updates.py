import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.json_values import Json
from bot.sandbox.params import Upload
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from bot.sandbox.world import User
from tests.bot.sandbox.calling import Calling, bad


def ids(call: Calling, **params: Json) -> list[int]:
    return [one["update_id"] for one in call("getUpdates", **params)]


@pytest.fixture
def first(telegram: Telegram, ann: User, call: Calling) -> int:
    """Let five updates wait and give the id of the first."""
    for number in range(4):
        telegram.people.send_text(ann.id, ann.id, str(number))
    return ids(call)[0]


def test_updates_wait_until_an_offset_confirms_them(call: Calling, first: int) -> None:
    everything = [first + step for step in range(5)]

    assert ids(call) == everything
    assert ids(call, offset=0) == everything
    assert ids(call, offset=first) == everything
    assert ids(call, offset=first + 2) == everything[2:]
    assert ids(call) == everything[2:]
    assert ids(call, offset=first + 5) == []
    assert ids(call) == []


def test_a_negative_offset_keeps_the_last_ones(call: Calling, first: int) -> None:
    assert ids(call, offset=-2) == [first + 3, first + 4]
    assert ids(call) == [first + 3, first + 4]


def test_an_offset_far_ahead_confirms_nothing(call: Calling, first: int) -> None:
    assert len(ids(call, offset=first + 1000)) == 5


@pytest.mark.parametrize(("limit", "count"), [(2, 2), (0, 1), (-5, 1), (100, 5), (1000, 5)])
def test_a_limit_is_brought_into_bounds(call: Calling, first: int, limit: int, count: int) -> None:
    assert len(ids(call, limit=limit)) == count
    assert first in ids(call)


def test_at_most_a_hundred_come_at_once(telegram: Telegram, ann: User, call: Calling) -> None:
    for number in range(120):
        telegram.people.send_text(ann.id, ann.id, str(number))

    assert len(ids(call)) == 100


@given(st.lists(st.one_of(st.none(), st.integers(-3, 12)), max_size=8))
def test_every_update_comes_in_order_until_confirmed(offsets: list[int | None]) -> None:
    telegram = Telegram()
    ann = telegram.people.add("Ann")
    for _ in range(8):
        telegram.people.start(ann.id)
    call = Calling(telegram)
    base = ids(call)[0]
    left = list(range(8))

    for offset in offsets:
        if offset is None:
            assert ids(call) == [base + one for one in left]
        elif offset < 0:
            left = left[offset:]
            assert ids(call, offset=offset) == [base + one for one in left]
        else:
            left = [one for one in left if one >= offset]
            assert ids(call, offset=base + offset) == [base + one for one in left]


def test_only_wanted_kinds_are_kept_from_then_on(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    ids(call, offset=-1, allowed_updates=["callback_query", "no_such_kind"])
    telegram.people.send_text(ann.id, ann.id, "not wanted")
    unwanted = ids(call, offset=100_000_002)
    ids(call)
    telegram.people.send_text(ann.id, ann.id, "still not wanted")
    still = ids(call)
    ids(call, allowed_updates=[])
    telegram.people.send_text(ann.id, ann.id, "wanted")

    assert (unwanted, still) == ([], [])
    assert [one["message"]["text"] for one in call("getUpdates")] == ["wanted"]


@pytest.mark.usefixtures("ann")
def test_a_webhook_takes_the_place_of_polling(call: Calling) -> None:
    url = "http://127.0.0.1:9000/hook"

    assert call("setWebhook", url=url, secret_token="s-3_x", max_connections=500) is True
    refusal = call.refusal("getUpdates")
    info = call("getWebhookInfo")
    call("deleteWebhook", drop_pending_updates=True)

    assert refusal == (
        409,
        (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        ),
    )
    assert info == {
        "url": url,
        "has_custom_certificate": False,
        "pending_update_count": 1,
        "max_connections": 100,
    }
    assert call("getUpdates") == []
    assert call("getWebhookInfo")["url"] == ""


@pytest.mark.usefixtures("ann")
def test_the_state_of_a_webhook_is_kept(telegram: Telegram, call: Calling) -> None:
    certificate = Upload(name="cert.pem", data=b"x")
    call(
        "setWebhook",
        {"certificate": certificate},
        url="https://example.org/hook",
        allowed_updates=["message"],
    )
    update = telegram.bot(SANDBOX_TOKEN).updates[0]

    telegram.webhook_failed(SANDBOX_TOKEN, "Connection refused")
    failed = call("getWebhookInfo")
    telegram.confirm_update(SANDBOX_TOKEN, update["update_id"])
    fine = call("getWebhookInfo")

    assert failed["last_error_message"] == "Connection refused"
    assert failed["allowed_updates"] == ["message"]
    assert failed["has_custom_certificate"] is True
    assert (fine["pending_update_count"], "last_error_message" in fine) == (0, False)


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        (
            {"url": "http://example.org/"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://example.org/", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
        (
            {"url": "https://example.org/", "secret_token": "a" * 257},
            "secret token is too long",
        ),
    ],
)
def test_a_wrong_webhook_is_refused(call: Calling, params: dict[str, Json], refusal: str) -> None:
    assert call.refusal("setWebhook", **params) == bad(refusal)


def test_an_empty_address_ends_the_webhook(call: Calling) -> None:
    call("setWebhook", url="https://example.org/")

    assert call("setWebhook", url="") is True
    assert call("getWebhookInfo")["url"] == ""


def test_watchers_are_told_of_new_updates(telegram: Telegram, ann: User) -> None:
    told: list[int] = []
    unwatch = telegram.watch_updates(lambda bot: told.append(bot.user.id))

    telegram.people.send_text(ann.id, ann.id, "x")
    unwatch()
    telegram.people.send_text(ann.id, ann.id, "y")

    assert told == [1]


def test_wanted_kinds_are_a_list_of_names(call: Calling) -> None:
    assert call.refusal("getUpdates", allowed_updates=[1]) == bad(
        "can't parse allowed_updates: expected an Array of String"
    )


def test_a_webhook_ends_a_poll_that_waits(telegram: Telegram, call: Calling) -> None:
    call("setWebhook", url="https://example.org/")

    assert telegram.poll_again(SANDBOX_TOKEN, {}).status == 409
