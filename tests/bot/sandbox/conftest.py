"""A Telegram for each test, with one person who has started the bot.

Where ATTACHE_BOTAPI_SPEC names the Bot API's description, all that every test of this
folder sends and gets is checked against it.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox.telegram import Telegram
from bot.sandbox.world import User
from tests.bot.sandbox.botapi import BotApi, Checker
from tests.bot.sandbox.calling import Calling

SPEC = os.environ.get("ATTACHE_BOTAPI_SPEC")


@pytest.fixture(scope="session")
def api() -> BotApi | None:
    return BotApi(Path(SPEC)) if SPEC else None


@pytest.fixture
def telegram(api: BotApi | None) -> Iterator[Telegram]:
    telegram = Telegram()
    checker = Checker(api) if api else None
    if checker:
        telegram.observe(checker)
    yield telegram
    assert (checker.problems if checker else []) == []


@pytest.fixture
def ann(telegram: Telegram) -> User:
    person = telegram.people.add("Ann", username="ann_reads")
    telegram.people.start(person.id)
    return person


@pytest.fixture
def loose() -> Calling:
    """A bot whose requests nobody checks, for what Telegram takes and its pages do not tell."""
    telegram = Telegram()
    telegram.people.start(telegram.people.add("Ann").id)
    return Calling(telegram)


@pytest.fixture
def call(telegram: Telegram) -> Calling:
    return Calling(telegram)
