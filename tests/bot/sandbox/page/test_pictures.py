"""Pictures, files and places in bubbles: captions, keyboards, changing in place, enlarging."""

from typing import Any

import pytest

from bot.sandbox.cast import ADA_ID
from bot.sandbox.params import Upload
from bot.sandbox.telegram import SANDBOX_TOKEN
from tests.bot.sandbox.playground import Playground, png
from tests.browser import NARROW, WIDE, Browser, Keys

KEYS = {"inline_keyboard": [[{"text": "Dark", "callback_data": "Follow"}]]}
CAPTION = "Who met whom\nJanuary 2022 <b>not markup</b>"
LINK = "https://t.me/attache_sandbox_bot?start=s2"


def picture(width: int, height: int) -> Upload:
    return Upload(name="chart.png", data=png(width, height), mime_type="image/png")


def send(play: Playground, method: str, files: dict[str, Upload], **params: Any) -> int:  # noqa: ANN401 - the Bot API's own values
    given = {"chat_id": ADA_ID, **params}
    sent = play.do(lambda telegram: telegram.call(SANDBOX_TOKEN, method, given, files))
    assert isinstance(sent, dict)
    return int(sent["message_id"])


def send_chart(play: Playground) -> int:
    entities = [
        {"type": "bold", "offset": 0, "length": 12},
        {"type": "text_link", "offset": 4, "length": 3, "url": LINK},
    ]
    return send(
        play,
        "sendPhoto",
        {"photo": picture(1000, 600)},
        caption=CAPTION,
        caption_entities=entities,
        reply_markup=KEYS,
    )


def test_a_picture_stands_with_its_caption_and_keyboard(page: Browser, play: Playground) -> None:
    send_chart(play)
    words = page.find(".theirs .words", "not markup")
    assert "January 2022 <b>not markup</b>" in words.text
    bold = "return [...arguments[0].querySelectorAll('strong')].map(e => e.textContent).join('')"
    assert page.run(bold, words) == "Who met whom"
    assert page.run("return arguments[0].querySelectorAll('a[data-start=s2]').length", words) == 1
    page.click(".theirs .key", "Dark")
    page.find(".toast", "You follow")
    alt = page.find(".picture-open img").get_attribute("alt")
    assert alt == f"Picture: {CAPTION}"


def test_another_picture_takes_the_place_of_the_first(page: Browser, play: Playground) -> None:
    message_id = send_chart(play)
    first = page.find(".picture-open img").get_attribute("src")
    media = {"type": "photo", "media": "attach://dark", "caption": "The dark one"}
    send(
        play,
        "editMessageMedia",
        {"dark": picture(600, 1000)},
        message_id=message_id,
        media=media,
        reply_markup=KEYS,
    )
    page.find(".theirs .words", "The dark one")
    second = page.find(".picture-open img")
    page.until("the new picture", "return arguments[0].naturalHeight === 1000", second)
    assert second.get_attribute("src") != first
    assert len(page.all(".picture-open")) == 1
    assert page.find(".theirs .key", "Dark").is_displayed()


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_picture_is_enlarged_and_put_away(
    page: Browser, play: Playground, size: tuple[int, int]
) -> None:
    page.resize(size)
    send_chart(play)
    page.click(".picture-open")
    large = page.find("#picture img")
    page.until("the picture", "return arguments[0].naturalWidth === 1000", large)
    right = page.run("return arguments[0].getBoundingClientRect().right", large)
    assert right <= size[0]
    page.type(Keys.ESCAPE)
    page.until("it to close", "return !document.getElementById('picture').open")
    assert page.run("return document.documentElement.scrollWidth") == size[0]


def test_a_file_is_a_card_that_downloads_and_never_runs(page: Browser, play: Playground) -> None:
    name = "<img src=x>.html"
    upload = Upload(name=name, data=b"<script>alert(1)</script>", mime_type="text/html")
    send(play, "sendDocument", {"document": upload}, caption="The timeline, for a calendar")
    card = page.find(".theirs .file", name)
    assert card.get_attribute("download") == name
    headers = page.run(
        "const r = new XMLHttpRequest(); r.open('GET', arguments[0].href, false); r.send();"
        "return [r.getResponseHeader('content-disposition'), r.getResponseHeader('content-type')]",
        card,
    )
    assert headers == ["attachment", "application/octet-stream"]
    assert page.all("img[src='x']") == []
