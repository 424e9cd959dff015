"""Writing: the text field, its menus, files, replies, and what is refused."""

from pathlib import Path

from bot.sandbox.cast import ADA_ID
from bot.sandbox.faults import Fault, Rule
from bot.sandbox.params import Upload
from tests.bot.sandbox.page.looking import say, shown
from tests.bot.sandbox.playground import Playground, png
from tests.browser import Browser, Keys


def test_the_command_menu_is_driven_from_the_keyboard(page: Browser) -> None:
    page.click("#text")
    page.type("/")
    page.find("#suggestions [role=option]", "/who")
    assert len(page.all("#suggestions [role=option]")) == 4
    page.type(Keys.ARROW_DOWN)
    active = page.run(
        "return document.getElementById("
        "document.activeElement.getAttribute('aria-activedescendant')).innerText"
    )
    assert "/who" in active
    page.type(Keys.ESCAPE)
    page.until("the menu to close", "return document.getElementById('suggestions').hidden")
    page.type("q")
    page.find("#suggestions [role=option]", "/quotes")
    page.type(Keys.TAB)
    assert page.find("#text").get_attribute("value") == "/quotes "
    assert page.focused() == "text"


def test_shift_and_enter_begins_a_line_and_enter_sends(page: Browser) -> None:
    page.click("#text")
    page.type("one", Keys.SHIFT + Keys.ENTER, Keys.NULL, "two", Keys.ENTER)
    page.find(".theirs", "You wrote: one\ntwo")
    assert shown(page)[-2] == "one\ntwo"
    assert page.find("#text").get_attribute("value") == ""


def test_pictures_and_documents_are_shown_and_opened(page: Browser, play: Playground) -> None:
    say(page, "/picture")
    image = page.find(".picture-open img")
    page.until("the picture", "return arguments[0].naturalWidth === 640", image)
    page.click(".picture-open")
    page.find("#picture img")
    page.type(Keys.ESCAPE)
    upload = Upload(name="notes.pdf", data=b"%PDF-1.7", mime_type="application/pdf")
    play.do(lambda telegram: telegram.people.send_document(ADA_ID, ADA_ID, upload))
    file = page.find(".mine .file", "notes.pdf")
    assert file.get_attribute("download") == "notes.pdf"


def test_a_picture_is_sent_from_the_page(page: Browser, play: Playground, tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    path.write_bytes(png(60, 40))
    page.run("document.getElementById('file').accept = 'image/png'")
    page.all("#file")[0].send_keys(str(path))
    page.find(".mine .picture-open")
    sent = play.do(lambda telegram: telegram.transcript(ADA_ID))[-1]
    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (60, 40)


def test_a_message_is_answered_and_an_own_one_edited_by_keyboard(page: Browser) -> None:
    say(page, "Helo")
    page.find(".theirs", "You wrote: Helo")
    page.type(Keys.ARROW_UP)
    page.find("#context", "Editing")
    page.type(Keys.BACKSPACE, "lo", Keys.ENTER)
    page.find(".mine.changed", "Hello")
    page.run("document.getElementById('log').focus()")
    page.type(Keys.ARROW_UP)
    page.type("r")
    page.find("#context", "Reply to Attaché")
    page.type("Yes", Keys.ENTER)
    page.find(".mine .quoted", "You wrote: Helo")


def test_a_reply_keyboard_sends_its_words_and_goes(page: Browser) -> None:
    say(page, "/keys")
    page.click("#reply-keys .key", "Morning")
    page.find(".theirs", "You wrote: Morning")
    page.until("the keyboard to go", "return document.getElementById('reply-keys').hidden")


def test_an_inline_query_offers_results_of_which_one_is_sent(page: Browser) -> None:
    page.click("#text")
    page.type("@attache_sandbox_bot Geneva")
    page.find("#suggestions [role=option]", "About Geneva")
    page.type(Keys.ENTER)
    assert "via @attache_sandbox_bot" in page.find(".mine", "Geneva, as asked").text


def test_a_blocked_bot_is_unblocked_before_one_writes(page: Browser) -> None:
    page.click("#chat-act", "Block")
    page.click(".instead button", "Unblock")
    say(page, "Back")
    page.find(".theirs", "You wrote: Back")


def test_what_is_refused_is_said_and_the_words_are_kept(page: Browser) -> None:
    page.click("#text")
    page.run("document.getElementById('text').value = 'x'.repeat(5000)")
    page.type("y", Keys.ENTER)
    page.find(".toast.bad", "longer than 4096")
    assert len(page.find("#text").get_attribute("value") or "") == 5001
    # The refusal itself is in the console, as any answer of 400 is.
    assert all("send/text" in line for line in page.complaints())


def test_a_flood_of_the_bot_does_not_stop_the_person(page: Browser, play: Playground) -> None:
    rule = Rule(fault=Fault.FLOOD, method="sendMessage", seconds=1, times=1)
    play.do(lambda telegram: telegram.faults.set([rule]))
    say(page, "Hello")
    page.find(".mine", "Hello")


def test_a_place_is_sent_from_the_menu_behind_the_plus(page: Browser) -> None:
    page.click("#attach")
    page.type(Keys.ARROW_DOWN)
    page.type(Keys.ARROW_DOWN)
    page.type(Keys.ENTER)
    page.click("#place button", "Send")
    assert "46.2044, 6.1432" in page.find(".mine .card").text
