"""Inline mode on the page, with a scripted bot: results, paging, choosing, pressing, opening."""

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from bot.sandbox.cast import ADA_ID
from tests.bot.sandbox.page.asking import be, make_chat, open_topic
from tests.bot.sandbox.page.looking import say, shown
from tests.browser import NARROW, Browser, Keys, fresh
from tests.e2e.scripted_bot import Found, ScriptedBot, scripted_bot

ASK = "@attache_sandbox_bot "
PAGE = 20
LAST = 45
HOSTILE = "<img src=x onerror=\"document.title='broken'\">"


def article(number: int, query: str) -> Found:
    return {
        "type": "article",
        "id": f"r{number}",
        "title": f"{query} {number}",
        "description": f"US Deputy Secretary of State, result {number}",
        "thumbnail_url": "https://example.org/never-fetched.png",
        "input_message_content": {
            "message_text": f"{query} number {number}",
            "entities": [{"type": "bold", "offset": 0, "length": len(query)}] if query else [],
        },
        "reply_markup": {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]},
    }


def offer(bot: ScriptedBot, query: Found) -> None:
    if query["query"] == "nothing":
        bot.call("answerInlineQuery", inline_query_id=query["id"], results=[])
        return
    begin = int(query["offset"] or 1)
    end = min(begin + PAGE, LAST + 1)
    bot.call(
        "answerInlineQuery",
        inline_query_id=query["id"],
        results=[article(number, query["query"]) for number in range(begin, end)],
        next_offset=str(end) if end <= LAST else "",
        button={"text": "Open in private", "start_parameter": "p-sherman"},
        cache_time=0,
    )


def answer(bot: ScriptedBot, update: Found) -> None:
    if "inline_query" in update:
        offer(bot, update["inline_query"])
    if "callback_query" in update:
        pressed = update["callback_query"]
        bot.call(
            "editMessageText", inline_message_id=pressed["inline_message_id"], text="All of it."
        )
        bot.call("answerCallbackQuery", callback_query_id=pressed["id"], text="Here it is.")
    message = update.get("message", {})
    if message.get("text", "").startswith("/start"):
        bot.call("sendMessage", chat_id=message["chat"]["id"], text=f"Got {message['text']}")


@pytest.fixture
def bot() -> Iterator[ScriptedBot]:
    with scripted_bot(answer) as running:
        yield running


@pytest.fixture
def page(driver: Chrome, bot: ScriptedBot) -> Iterator[Browser]:
    with fresh(driver) as browser:
        browser.open(bot.url)
        browser.click(".instead button", "Start")
        browser.find(".theirs", "Got /start")
        yield browser
        browser.driver.get("about:blank")  # a page that loses its server complains


def ask(page: Browser, query: str) -> None:
    page.click("#text")
    page.type(ASK + query)


def test_results_come_page_by_page_as_one_scrolls(page: Browser, bot: ScriptedBot) -> None:
    ask(page, "sherman")
    page.find("#suggestions .results-button", "Open in private")
    page.find("#suggestions .result", "sherman 1")
    assert len(page.all("#suggestions .result")) == PAGE
    for rows in (2 * PAGE, LAST):
        page.run("const l = document.getElementById('suggestions'); l.scrollTop = l.scrollHeight")
        page.until(
            f"{rows} results",
            "return document.querySelectorAll('#suggestions .result').length === arguments[0]",
            rows,
        )
    assert [query["offset"] for query in bot.told("inline_query")] == ["", "21", "41"]
    assert {query["chat_type"] for query in bot.told("inline_query")} == {"sender"}
    assert page.texts("#suggestions .result .tile")[0] == "S"
    first = page.all("#suggestions .result")[0]
    assert first.get_attribute("role") == "option"


def test_quick_typing_asks_once(page: Browser, bot: ScriptedBot) -> None:
    ask(page, "wendy sherman")
    page.find("#suggestions .result", "wendy sherman 1")
    assert len(bot.told("inline_query")) <= len("wendy sherman") // 2
    assert bot.told("inline_query")[-1]["query"] == "wendy sherman"


def test_a_chosen_result_is_sent_pressed_and_edited_by_its_inline_id(
    page: Browser, bot: ScriptedBot
) -> None:
    ask(page, "sherman")
    page.find("#suggestions .result", "sherman 1")
    page.type(Keys.ARROW_DOWN, Keys.ENTER)
    sent = page.find(".mine", "sherman number 2")
    assert "via @attache_sandbox_bot" in sent.text
    assert page.run("return arguments[0].querySelector('.words strong').innerText", sent) == (
        "sherman"
    )
    assert page.find("#text").get_attribute("value") == ""
    page.click(".mine .key", "More")
    page.find(".mine", "All of it.")
    page.find(".toast", "Here it is.")
    pressed = bot.told("callback_query")[-1]
    assert ("message" in pressed, bool(pressed["inline_message_id"])) == (False, True)
    assert bot.told("chosen_inline_result") == []  # BotFather has not switched it on


def test_the_button_over_the_results_opens_the_private_chat(
    page: Browser, bot: ScriptedBot
) -> None:
    be(page, "Mira")
    page.click(".chat-row", "Morning desk")
    ask(page, "sherman")
    page.click("#suggestions .results-button")
    page.find("#chat-subtitle", "you are Mira")
    page.find(".theirs", "Got /start p-sherman")
    assert bot.told("inline_query")[-1]["chat_type"] == "group"


def test_a_result_goes_into_the_topic_that_is_open(page: Browser, bot: ScriptedBot) -> None:
    make_chat(page, "forum", "Desk")
    open_topic(page, "Geneva")
    ask(page, "sherman")
    page.click("#suggestions .result", "sherman 1")
    page.find(".mine", "sherman number")
    assert bot.told("inline_query")[-1]["chat_type"] == "supergroup"
    page.click(".topic", "General")
    page.find(".topic[aria-current]", "General")
    page.until("the topic's own messages", "return !document.querySelector('#messages .mine')")


def test_without_results_nothing_opens_and_the_words_are_sent(page: Browser) -> None:
    ask(page, "nothing")
    page.until(
        "the words for screen readers",
        "return document.getElementById('announce').innerText.includes('No results')",
    )
    assert page.find("#text").get_attribute("aria-expanded") == "false"
    page.type(Keys.ENTER)
    page.find(".mine", "nothing")


def test_a_hostile_query_stays_text(page: Browser) -> None:
    ask(page, HOSTILE)
    page.find("#suggestions .result", HOSTILE)
    assert page.all("img[src='x']") == []


def test_a_button_lets_one_choose_where_to_go_on(page: Browser, bot: ScriptedBot) -> None:
    switch = {"text": "Share", "switch_inline_query": "geneva"}
    bot.call(
        "sendMessage", chat_id=ADA_ID, text="Share me", reply_markup={"inline_keyboard": [[switch]]}
    )
    make_chat(page, "group", "Friends")
    page.click(".chat-row b", "Attaché")
    page.click(".key", "Share")
    page.click("#sheet .chat-choice button", "Friends")
    page.find("#chat-title", "Friends")
    page.find("#suggestions .result", "geneva 1")


def test_results_fit_a_telephone(page: Browser) -> None:
    page.resize(NARROW)
    ask(page, "sherman")
    page.find("#suggestions .result", "sherman 1")
    width = page.run("return document.documentElement.scrollWidth")
    panel = page.run("return document.getElementById('suggestions').getBoundingClientRect().right")
    assert (width, panel <= NARROW[0]) == (NARROW[0], True)
    page.type(Keys.ESCAPE)
    page.find("#text").clear()
    say(page, "and on")
    page.find(".mine", "and on")
    assert shown(page)[-1].endswith("and on")
