import json

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.callbacks import List, ListPage
from bot.messages.message import Button, Message
from bot.messages.parts import freeze, parameters, thaw
from bot.messages.text import LONGEST_MESSAGE, Text, bold, italic, join, link, text
from tests.bot.hostile import texts

WORDS = texts(200) | st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(
    str.strip
)
PIECES = st.one_of(
    WORDS.map(text),
    WORDS.map(bold),
    WORDS.map(italic),
    WORDS.map(lambda words: link(words, "https://t.me/attache_sandbox_bot?start=sabc")),
)
BODIES = st.lists(PIECES, min_size=1, max_size=8).map(lambda pieces: join(" ", pieces))
BUTTONS = st.builds(Button, WORDS, st.builds(ListPage, st.sampled_from(List), st.integers(0, 1000)))
KEYBOARDS = st.lists(st.lists(BUTTONS, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple)
MESSAGES = st.builds(Message, BODIES.filter(lambda body: body.units <= LONGEST_MESSAGE), KEYBOARDS)


@given(MESSAGES)
def test_a_part_is_sent_as_it_was_frozen(message: Message) -> None:
    part = thaw(freeze(message))
    assert part.text == message.text
    assert part.entities == message.entities
    assert [entity.url for entity in part.entities] == [e.url for e in message.entities]
    assert part.markup == message.markup


@given(MESSAGES, MESSAGES)
def test_equal_messages_and_only_those_are_frozen_alike(one: Message, other: Message) -> None:
    same = (one.text, one.entities, one.markup) == (other.text, other.entities, other.markup)
    assert freeze(one) == freeze(Message(one.body, one.keyboard))
    assert (freeze(one) == freeze(other)) == same


def test_a_part_without_buttons_has_none() -> None:
    assert thaw(freeze(Message(Text() + "plain"))).markup is None


@given(MESSAGES)
def test_telegram_is_asked_for_what_was_frozen(message: Message) -> None:
    part, asked = thaw(freeze(message)), parameters(freeze(message))
    assert asked["text"] == part.text
    entities = [entity.to_dict() for entity in part.entities]
    assert json.loads(asked.get("entities", "[]")) == entities
    assert json.loads(asked.get("reply_markup", "null")) == (part.markup and part.markup.to_dict())
    assert json.loads(asked["link_preview_options"]) == {"is_disabled": True}


@given(MESSAGES)
def test_plain_text_has_no_styles_and_the_same_buttons(message: Message) -> None:
    asked = dict(parameters(freeze(message)))
    asked.pop("entities", None)
    assert parameters(freeze(message), plain=True) == asked
