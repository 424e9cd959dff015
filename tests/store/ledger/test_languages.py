"""Which language a chat is spoken to in, and what is kept to know it."""

import json
from typing import Any

import pytest

from store.database import Connection
from store.ledger import chats, languages, personal, subscriptions, transfer
from store.ledger.values import ChatLanguage
from tests.store.ledger.debts import LATER, fresh, subscribed


@pytest.mark.parametrize(
    ("chosen", "private", "told", "code"),
    [
        ("uk", True, "de", "uk"),
        ("uk", False, "de", "uk"),
        (None, True, "de", "de"),
        (None, True, None, None),
        (None, False, "de", None),
        ("de", True, None, "de"),
    ],
)
def test_the_choice_counts_first_then_what_telegram_says_of_a_private_chats_reader(
    chosen: str | None,
    private: bool,  # noqa: FBT001 (a case)
    told: str | None,
    code: str | None,
) -> None:
    assert ChatLanguage(chosen=chosen, private=private, told=told).code == code


def test_a_language_is_chosen_without_a_subscription(db: Connection) -> None:
    languages.choose(db, 5, kind="private", chosen="de", now=LATER)
    assert languages.code_for(db, 5) == "de"
    assert subscriptions.of_chat(db, 5) == ()
    languages.choose(db, 5, kind="private", chosen="uk", now=LATER)
    assert languages.code_for(db, 5) == "uk"
    assert db.table("chat").count == 1


def test_a_choice_taken_back_leaves_what_telegram_says(db: Connection) -> None:
    subscribed(db)
    languages.choose(db, 1, kind="private", chosen="uk", now=LATER)
    languages.choose(db, 1, kind="private", chosen=None, now=LATER)
    assert languages.code_for(db, 1) == "en"


def test_taking_back_what_was_not_chosen_keeps_nothing_about_the_chat(db: Connection) -> None:
    languages.choose(db, 5, kind="private", chosen=None, now=LATER)
    assert languages.language_of_chat(db, 5) is None


def test_what_telegram_says_is_kept_of_known_private_chats_only(db: Connection) -> None:
    subscribed(db)
    subscribed(db, -5, kind="supergroup")
    for chat in (1, -5, 7):
        languages.tell(db, chat, "de")
    kept = {row["id"]: row["language"] for row in db.query("SELECT id, language FROM chat")}
    assert kept == {1: "de", -5: "en"}


def test_a_subscription_tells_the_language_of_its_chat(db: Connection) -> None:
    subscribed(db)
    subscribed(db, -5, kind="supergroup")
    subscribed(db, -5, topic=3, kind="supergroup")
    languages.choose(db, -5, kind="supergroup", chosen="uk", now=LATER)
    found = [(one.chat, one.language) for one in subscriptions.all_subscriptions(db)]
    assert found == [(1, "en"), (-5, "uk"), (-5, "uk")]


def test_subscribing_again_keeps_the_choice(db: Connection) -> None:
    languages.choose(db, 1, kind="private", chosen="uk", now=LATER)
    assert subscribed(db).language == "uk"


@pytest.mark.parametrize("known", [True, False])
def test_a_group_that_moves_keeps_its_language(
    db: Connection,
    known: bool,  # noqa: FBT001 (a case)
) -> None:
    languages.choose(db, -5, kind="group", chosen="uk", now=LATER)
    if known:
        subscribed(db, -1005, kind="supergroup")
    chats.migrate(db, -5, -1005, now=LATER)
    assert languages.code_for(db, -1005) == "uk"


def test_the_choice_is_handed_over_and_forgotten(db: Connection) -> None:
    languages.choose(db, 5, kind="private", chosen="uk", now=LATER)
    assert personal.kept_about(db, 5)["chat"]["chosen"] == "uk"
    assert personal.forget(db, 5, now=LATER)
    assert languages.language_of_chat(db, 5) is None
    assert db.table("chat").count == 0


def test_the_choice_goes_along_to_another_ledger(db: Connection) -> None:
    languages.choose(db, 5, kind="private", chosen="uk", now=LATER)
    assert moved(transfer.take_out(db, now=LATER)) == "uk"


def test_readers_taken_out_before_there_was_a_choice_have_none(db: Connection) -> None:
    subscribed(db, 5)
    taken = transfer.take_out(db, now=LATER)
    del taken["chat"][0]["chosen"]
    assert moved(taken) == "en"


def moved(taken: dict[str, Any]) -> str | None:
    """Return the language of chat 5 in another ledger, after it was moved there by a file."""
    new = fresh()
    transfer.take_in(new, json.loads(json.dumps(taken)))
    code = languages.code_for(new, 5)
    new.close()
    return code
