"""No words raise: behind any command, in plain words, typed inline, or carried by a link."""

from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram.ext import CommandHandler

from bot.messages.callbacks import LONGEST
from bot.sandbox.errors import SandboxError
from tests.bot.asked import ANSWERED
from tests.bot.conversation import ADMIN, READER, Conversation, conversation
from tests.bot.hostile import FRAGMENTS
from tests.bot.test_application import HOSTILE

TROUBLE = "Something went wrong on my side"
LONGEST_MESSAGE, LONGEST_TYPED, LONGEST_PAYLOAD = 4096, 256, 64
ODD = (
    *HOSTILE,
    *FRAGMENTS,
    "\x00",
    "a\x00b",
    "\x1b[2J\x07",
    "\ufeff\u2028\u2029\u0085",
    "\u00ad\u200b\u2060",
    "ﷺ" * 200,
    "Z\u0351\u036b\u0343" * 40,
    "ß İ \N{LATIN SMALL LETTER DOTLESS I} ŉ ǰ",
    "\ud7ff\ue000\uffff",
    "²³ ٣ Ⅷ ½",
    "99999999999999999999",
    "-1",
    "1e309 NaN",
    "0001-01-01",
    "9999-12-31..9999-12-31",
    "2022-02-30",
    "2022-01-12..2022-01-10",
    "since 9999",
    "since",
    "about",
    "last 999999999999 days",
    "next 99999 years",
    "in 0 AD",
    "24:61 Europe/Atlantis",
    "8:00 ../../etc/passwd",
    "08:00 +25:00",
    "@channel @",
    "-1000000000000000000000 08:00",
    "(((((((((( [[[[ {{{{",
    "{name} {0.__class__} %(x)s",
    "ics csv md pdf",
    "5 30d \u202eevil",
    "²d 99999999999d",
    "quiet 22:00-22:00",
    "who is who is who is",
    "what did say about",
    "when did and meet",
    "\N{GREEK SMALL LETTER ALPHA}" * 300,
)
WORDS = st.sampled_from([word for row in ANSWERED for word in row[0].split()])
QUERIES = st.one_of(
    st.text(max_size=300),
    st.sampled_from(ODD),
    st.lists(st.sampled_from(ODD) | WORDS | st.text(max_size=12), max_size=12).map(" ".join),
)
PAYLOADS = st.one_of(
    st.text(max_size=LONGEST_PAYLOAD),
    st.text("abcdefghijklmnopqrstuvwxyzABC0123456789_-", max_size=LONGEST_PAYLOAD),
    st.tuples(st.sampled_from("spequi"), st.text("abcdefghijkl0", min_size=12, max_size=12)).map(
        "".join
    ),
)
# The conversation goes on from one example to the next: none of them may break it.
GOES_ON = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with conversation(tmp_path / "data") as opened:
        yield opened


async def all_answered(talk: Conversation, sent: Iterable[str], *, person: int = ADMIN) -> None:
    """Send all of these and see that the bot has an answer to each that can be sent."""
    before = len(talk.messages(person))
    numbers = []
    for words in sent:
        try:
            said = talk.telegram.people.send_text(person, person, words)
        except SandboxError:  # nothing that Telegram's own programs would send
            continue
        numbers.append(said.id)
    await talk.answered()
    assert talk.troubles == []
    said_now = talk.messages(person)[before:]
    assert len(said_now) >= len(numbers)
    assert not [m for m in said_now if TROUBLE in m.get("text", "")]


def commands(talk: Conversation) -> list[str]:
    return sorted(
        name
        for handlers in talk.app.handlers.values()
        for handler in handlers
        if isinstance(handler, CommandHandler)
        for name in handler.commands
    )


@pytest.mark.parametrize("part", range(4))
async def test_the_oddest_words_behind_every_command_are_answered(
    talk: Conversation, part: int
) -> None:
    for command in commands(talk)[part::4]:
        sent = [f"/{command} {words}"[: LONGEST_MESSAGE // 2] for words in ODD]
        await all_answered(talk, sent[:1] if command == "reload" else sent)


@GOES_ON
@given(QUERIES)
async def test_any_text_behind_the_commands_that_take_words_is_answered(
    talk: Conversation, words: str
) -> None:
    taking = "who timeline quotes search export subscribe settings preview announce invite expel"
    await all_answered(talk, [f"/{name} {words}"[:2000] for name in taking.split()])


@settings(GOES_ON, max_examples=200)
@given(QUERIES)
async def test_any_plain_words_are_answered(talk: Conversation, words: str) -> None:
    await all_answered(talk, [words[:2000]], person=READER)


async def test_the_oddest_plain_words_are_answered(talk: Conversation) -> None:
    await all_answered(talk, ODD, person=READER)
    begun = ("who is {}", "what did {} say about {}", "what happened {}", "how many {}", "[{}]")
    for beginning in begun:
        await all_answered(talk, [beginning.replace("{}", odd)[:2000] for odd in ODD])


@settings(GOES_ON, max_examples=150)
@given(PAYLOADS)
async def test_any_payload_of_a_link_is_answered(talk: Conversation, payload: str) -> None:
    await all_answered(talk, [f"/start {payload}"], person=READER)


@settings(GOES_ON, max_examples=150)
@given(QUERIES, st.sampled_from(["", "1", "3", "999999999"]) | st.text(max_size=20))
async def test_anything_typed_inline_is_answered(
    talk: Conversation, words: str, offset: str
) -> None:
    try:
        asked = talk.telegram.people.ask_inline(READER, words[:LONGEST_TYPED], offset=offset)
    except SandboxError:
        return
    await talk.answered()
    assert talk.troubles == []
    assert talk.telegram.inline_query(asked.id).answered


@settings(GOES_ON, max_examples=150)
@given(st.text(min_size=1, max_size=LONGEST // 4) | st.from_regex(r"[a-z]:[a-z0-9:~@-]{0,40}"))
async def test_any_data_of_a_button_is_answered(talk: Conversation, data: str) -> None:
    if not talk.messages(READER):
        await talk.ask("/who Sherman")
    await talk.press_data(talk.messages(READER)[0], data)
    assert talk.troubles == []
