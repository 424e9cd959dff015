"""Reading: what the page shows, and how it follows what happens."""

import pytest

from bot.sandbox.cast import ADA_ID, GROUP_ID, JONAS_ID
from bot.sandbox.telegram import Telegram
from tests.bot.sandbox.page.looking import say, shown
from tests.bot.sandbox.playground import Playground
from tests.browser import NARROW, Browser, Keys

HOSTILE = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"


def test_an_answer_has_bold_words_and_citations(page: Browser) -> None:
    say(page, "/who Sherman")
    answer = page.find(".theirs", "Wendy Sherman")
    bold = page.run("return arguments[0].querySelector('strong').innerText", answer)
    cited = page.run("return arguments[0].querySelector('a.cite').innerText", answer)
    assert (bold, cited) == ("Wendy Sherman", "[2]")
    assert shown(page)[-2] == "/who Sherman"


def test_a_citation_opens_its_source_in_the_chat(page: Browser) -> None:
    say(page, "/who Sherman")
    page.click("a.cite", "[4]")
    page.find(".theirs", "Source s4")
    assert page.driver.current_url.endswith(f"/#{ADA_ID}/1:{ADA_ID}")
    assert len(page.all("#messages .message")) == 6


def test_any_other_link_opens_beside(page: Browser, play: Playground) -> None:
    play.bot_says(ADA_ID, "See http://example.invalid/a and javascript:alert(1)")
    link = page.find(".words a", "example.invalid")
    assert link.get_attribute("target") == "_blank"
    assert "noopener" in (link.get_attribute("rel") or "")
    assert page.all("a[href^='javascript']") == []


def test_a_button_edits_in_place_and_keeps_the_keyboard(page: Browser) -> None:
    say(page, "/who Sherman")
    page.find(".key", "Quotes")
    before = len(page.all("#messages .message"))
    page.click(".key", "Quotes")
    page.find(".theirs.changed", "working in lockstep")
    assert len(page.all("#messages .message")) == before
    assert "edited" in page.find(".theirs", "working in lockstep").text
    page.run("document.activeElement.click()")
    page.find(".theirs", "Working dinner")
    assert page.run("return document.activeElement.className").startswith("key")


def test_a_button_answers_with_a_note_or_an_alert(page: Browser) -> None:
    say(page, "/who Sherman")
    page.click(".key", "Follow")
    page.find(".toast", "You follow Wendy Sherman now.")
    page.click(".key", "About")
    page.find("#alert", "All that the sources say of her.")
    page.type(Keys.ENTER)
    page.until("the alert to close", "return !document.getElementById('alert').open")
    assert page.all(".key.waiting") == []


def test_another_person_has_other_chats_and_the_admin_other_commands(page: Browser) -> None:
    page.click(".speaker", "Mira")
    page.find("#chat-subtitle", "you are Mira Editor")
    page.click(".instead button", "Start")
    page.find(".theirs", "I brief on one story")
    page.click("#text")
    page.type("/rel")
    page.find("#suggestions [role=option]", "/reload")
    assert page.find(".chat-row", "Morning desk").is_displayed()


def test_in_the_group_names_stand_over_messages_and_the_bot_answers(
    page: Browser, play: Playground
) -> None:
    page.click(".speaker", "Mira")
    page.click(".chat-row", "Morning desk")
    say(page, "/who Sherman")
    page.find(".theirs .sender", "Attaché")
    page.find(".theirs .quoted", "/who Sherman")
    play.do(lambda telegram: telegram.people.send_text(JONAS_ID, GROUP_ID, "Geneva first"))
    page.find(".theirs .sender", "Jonas Analyst")
    page.find(".theirs", "Geneva first")


def test_who_is_not_in_a_group_can_join_and_leave(page: Browser) -> None:
    page.click(".chat-row", "Morning desk")
    page.click(".instead button", "Join")
    page.find(".service", "Ada Reader joined")
    page.click("#chat-act", "Leave")
    page.find(".instead", "You are not in this chat")


def test_a_second_window_follows_live(page: Browser, play: Playground) -> None:
    first = page.driver.current_window_handle
    second = page.open(play.url)
    page.find(".theirs", "I brief on one story")
    page.turn_to(first)
    say(page, "/who Sherman")
    page.click(".key", "Quotes")
    page.turn_to(second)
    page.find(".theirs", "working in lockstep")
    assert shown(page)[-2] == "/who Sherman"
    page.driver.get("about:blank")
    page.turn_to(first)


def test_messages_of_other_chats_are_marked_unread(page: Browser, play: Playground) -> None:
    page.click(".speaker", "Jonas")
    play.bot_says(ADA_ID, "For Ada")
    page.until(
        "a mark at Ada",
        "return !document.querySelector(`.speaker:has([value='1001']) .dot`).hidden",
    )
    play.bot_says(GROUP_ID, "For the desk")
    page.until("an unread count", "return document.title.startsWith('(1)')")
    assert page.texts(".badge:not([hidden])") == ["1"]
    page.click(".chat-row", "Morning desk")
    page.until("no unread count", "return document.title === 'Attaché sandbox'")


def test_a_telephone_shows_one_pane_at_a_time(browser: Browser, play: Playground) -> None:
    browser.open("about:blank")
    browser.resize(NARROW)
    browser.driver.get(play.url)
    browser.find(".about", "nothing leaves this machine")
    assert not browser.all("#conversation")[0].is_displayed()
    browser.click(".chat-row", "Attaché")
    browser.click(".instead button", "Start")
    say(browser, "/who Sherman")
    browser.find(".key", "Quotes")
    assert not browser.all("#list")[0].is_displayed()
    assert browser.run("return document.documentElement.scrollWidth") == NARROW[0]
    assert (
        browser.run("const l = document.getElementById('log'); return l.scrollWidth") <= NARROW[0]
    )
    browser.click("#back")
    browser.find(".chat-row", "Attaché")
    browser.driver.back()
    browser.find(".key", "Quotes")


def test_the_next_morning_brings_the_digest(page: Browser, play: Playground) -> None:
    assert page.texts(".today") == ["Saturday, 8 January 2022"]
    page.click(".panel button", "Next morning")
    page.find(".theirs", "Your briefing for 09 January")
    page.find(".today", "Sunday, 9 January 2022")
    page.find(".standing", "1 of 5")
    assert len(page.all(".day")) == 2
    page.click(".panel button", "Back to the beginning")
    page.find(".today", "Saturday, 8 January 2022")
    assert play.do(lambda _: play.replay.released) == 0


def test_markup_in_texts_and_names_stays_text(page: Browser, play: Playground) -> None:
    play.do(lambda telegram: telegram.people.add(HOSTILE, person_id=2001))
    play.do(lambda telegram: telegram.groups.create(2001, HOSTILE, members=(ADA_ID,)))
    play.bot_says(
        ADA_ID,
        HOSTILE,
        reply_markup={"inline_keyboard": [[{"text": HOSTILE, "callback_data": "x"}]]},
    )
    page.find(".theirs", HOSTILE)
    page.click(".chat-row b", HOSTILE)
    page.find(".service", HOSTILE)
    assert page.driver.title.endswith("Attaché sandbox")
    assert page.all("img[src='x']") == []


@pytest.mark.parametrize(
    ("text", "entities", "html"),
    [
        ("a😀b c", [("bold", 1, 3)], "a<strong>😀b</strong> c"),
        (
            "abcdef",
            [("bold", 0, 4), ("italic", 2, 4)],
            "<strong>ab<em>cd</em></strong><em>ef</em>",
        ),
        ("x y", [("code", 0, 1), ("spoiler", 2, 1)], "<code>x</code> <span>y</span>"),
    ],
)
def test_entities_become_elements_by_utf16_offsets(
    page: Browser, text: str, entities: list[tuple[str, int, int]], html: str
) -> None:
    script = """
      const [text, entities, done] = arguments;
      import("/page/entities.js").then(({ rendered }) => {
        const frame = document.createElement("div");
        frame.append(...rendered(text, entities, []));
        for (const span of frame.querySelectorAll("span"))
          for (const name of span.getAttributeNames()) span.removeAttribute(name);
        done(frame.innerHTML);
      });"""
    given = [{"type": kind, "offset": at, "length": length} for kind, at, length in entities]
    assert page.driver.execute_async_script(script, text, given) == html


def test_the_focus_goes_through_the_panes_in_order(page: Browser) -> None:
    page.run("document.querySelector('#speakers input:checked').focus()")
    order: list[str] = []
    for _ in range(20):
        page.type(Keys.TAB)
        pane = page.run("return document.activeElement.closest('.pane')?.id")
        if pane and (not order or order[-1] != pane):
            order.append(pane)
    assert order[:3] == ["list", "conversation", "panel"]


def test_new_messages_are_read_out(page: Browser, play: Playground) -> None:
    play.bot_says(ADA_ID, "Something new")
    page.until(
        "the announcement",
        "return document.getElementById('announce').innerText.includes('Attaché: Something new')",
    )


def test_the_bot_is_seen_typing_until_it_answers(page: Browser, play: Playground) -> None:
    say(page, "/think")
    page.find("#typing")
    assert page.find("#chat-subtitle").text == "Attaché is typing…"
    play.bot_says(ADA_ID, "Thought.")
    page.until("the end of typing", "return document.getElementById('typing').hidden")


def test_the_page_reconnects_and_misses_nothing(page: Browser, play: Playground) -> None:
    page.run("performance.mark('before')")
    play.do(lambda _: play.control.live.close())
    page.find("#offline")
    play.bot_says(ADA_ID, "Said meanwhile")
    play.control.live._closed = False
    page.find(".theirs", "Said meanwhile")
    page.until("the line to come back", "return document.getElementById('offline').hidden")


def test_a_sandbox_that_began_anew_is_shown_as_it_now_is(page: Browser, play: Playground) -> None:
    def restart(_: Telegram) -> None:
        play.control.live._run = "another run"
        play.control.live.close()

    play.do(restart)
    page.find("#offline")
    play.do(lambda telegram: telegram.people.add("Nora", person_id=1009))
    play.bot_says(ADA_ID, "Said after it")
    play.control.live._closed = False
    page.find(".speaker", "Nora")
    page.find(".theirs", "Said after it")


def test_two_thousand_messages_come_in_without_being_drawn_anew(
    page: Browser, play: Playground
) -> None:
    page.run("window.first = document.querySelector('#messages .message')")

    def say_hundred(telegram: Telegram) -> None:
        for number in range(100):
            telegram.people.send_text(ADA_ID, ADA_ID, f"message {number}")

    for _ in range(20):
        play.do(say_hundred)
    script = "return document.querySelectorAll('#messages .message').length >= 2000"
    page.until("two thousand messages", script)
    assert page.run("return window.first === document.querySelector('#messages .message')")
    page.driver.refresh()
    page.find(".message")
    assert len(page.all("#messages .message")) <= 100
    page.run("document.getElementById('log').scrollTop = 0")
    page.until(
        "earlier messages", "return document.querySelectorAll('#messages .message').length > 100"
    )
