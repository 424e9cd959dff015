import json
from datetime import date

import pytest
from telegram import LinkPreviewOptions

from bot.messages.callbacks import List, ListPage
from bot.messages.message import MOST_CITATIONS, Button, Links, Message
from bot.messages.text import LONGEST_MESSAGE, bold, link, text
from store.knowledge.sources import Citation

LINKS = Links("attache_bot")


def citation(number: int) -> Citation:
    return Citation(n=number, key=f"key{number}", outlet="Ambito", published=date(2022, 1, 19))


def test_buttons_become_a_keyboard_without_empty_rows() -> None:
    button = Button("Sources", ListPage(List.SOURCES, 8))
    markup = Message(bold("a"), ((), (button,), ())).markup
    assert markup is not None
    shown = [[(b.text, b.callback_data) for b in row] for row in markup.inline_keyboard]
    assert shown == [[("Sources", "l:s:8")]]


@pytest.mark.parametrize("keyboard", [(), ((),), ((), ())])
def test_without_buttons_there_is_no_keyboard(keyboard: tuple[tuple[Button, ...], ...]) -> None:
    assert Message(bold("a"), keyboard).markup is None


def test_text_and_entities_are_those_of_the_body() -> None:
    message = Message(bold("😀") + " said")
    assert message.text == "😀 said"
    assert [(e.type, e.offset, e.length) for e in message.entities] == [("bold", 0, 2)]


def test_what_telegram_is_asked_for_is_what_the_library_would_ask() -> None:
    button = Button("Sources", ListPage(List.SOURCES, 8))
    message = Message(
        bold("😀 a") + " said " + link("[2]", "https://t.me/x?start=s2"), ((button,),)
    )
    markup = message.markup
    assert markup is not None
    asked = dict(message.parameters)
    assert asked.pop("text") == message.text
    assert {name: json.loads(value) for name, value in asked.items()} == {
        "entities": [entity.to_dict() for entity in message.entities],
        "reply_markup": markup.to_dict(),
        "link_preview_options": LinkPreviewOptions(is_disabled=True).to_dict(),
    }


def test_plain_words_are_asked_for_without_styles_and_buttons() -> None:
    assert set(Message(text("a"), ((),)).parameters) == {"text", "link_preview_options"}


def test_a_variant_is_made_once() -> None:
    page, made = Message(text("a")), [Message(text("b")), Message(text("c"))]
    assert page.variant("x", lambda _page: made.pop()).text == "c"
    assert page.variant("x", lambda _page: made.pop()).text == "c"
    assert page.variant("y", lambda _page: made.pop()).text == "b"


def test_a_message_too_long_for_telegram_is_refused_before_it_is_sent() -> None:
    assert Message(text("😀" * (LONGEST_MESSAGE // 2))).body.units == LONGEST_MESSAGE
    with pytest.raises(ValueError, match="4098 units"):
        Message(text("😀" * (LONGEST_MESSAGE // 2 + 1)))


def test_each_number_opens_its_own_source() -> None:
    cited = LINKS.cite([citation(2), citation(4)])
    assert cited.plain == " [2][4]"
    assert [e.url for e in cited.entities()] == [
        "https://t.me/attache_bot?start=skey2",
        "https://t.me/attache_bot?start=skey4",
    ]


def test_of_many_sources_the_first_are_cited_and_the_rest_counted() -> None:
    cited = LINKS.cite([citation(n) for n in range(1, MOST_CITATIONS + 3)])
    assert cited.plain == " [1][2][3][4] +2"
    assert LINKS.cite([]).plain == ""


def test_sources_are_listed_once_by_number() -> None:
    listed = LINKS.listed([citation(4), citation(2), citation(4)])
    assert listed.plain == "[2] Ambito, 19 Jan 2022 · [4] Ambito, 19 Jan 2022"
    many = LINKS.listed([citation(n) for n in range(1, 12)])
    assert many.plain.endswith("[8] Ambito, 19 Jan 2022 · and 3 more")
