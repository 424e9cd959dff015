"""People, groups, topics and channels on the page, with a scripted bot that tells what it saw."""

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from bot.sandbox.cast import ADMIN_ID
from tests.bot.sandbox.page.asking import be, make_chat, make_person, open_topic, speak
from tests.bot.sandbox.page.looking import say, shown
from tests.browser import NARROW, Browser, Keys, fresh
from tests.e2e.scripted_bot import Found, ScriptedBot, scripted_bot

ANONYMOUS_BOT = 1087968824
HOSTILE = "<img src=x onerror=\"document.title='broken'\">"


def answer(bot: ScriptedBot, update: Found) -> None:
    message = update.get("message") or update.get("channel_post") or {}
    text = message.get("text", "")
    if not text.startswith("/"):
        return
    who = message.get("from", {}).get("language_code", "nobody")
    where: Found = {"chat_id": message["chat"]["id"]}
    if message.get("is_topic_message"):
        where["message_thread_id"] = message["message_thread_id"]
    if text.startswith("/place"):
        key = {"text": "Share my place", "request_location": True}
        where["reply_markup"] = {"keyboard": [[key]], "one_time_keyboard": True}
    bot.call("sendMessage", **where, text=f"{text} from {who}")


@pytest.fixture
def bot() -> Iterator[ScriptedBot]:
    with scripted_bot(answer) as running:
        yield running


@pytest.fixture
def page(driver: Chrome, bot: ScriptedBot) -> Iterator[Browser]:
    with fresh(driver) as browser:
        browser.open(bot.url)
        browser.click(".instead button", "Start")
        browser.find(".theirs", "/start from en")
        yield browser
        browser.driver.get("about:blank")  # a page that loses its server complains


def offered(page: Browser) -> list[str]:
    """List the commands that the person who writes is offered here."""
    page.click("#menu")
    page.find("#suggestions [role=option]")
    return [row.split("\n")[0] for row in page.texts("#suggestions [role=option]")]


def test_a_person_changes_language_and_a_new_one_has_theirs(
    page: Browser, bot: ScriptedBot
) -> None:
    speak(page, "de")
    say(page, "/hello")
    page.find(".theirs", "/hello from de")
    make_person(page, "Olena", "uk")
    page.click(".instead button", "Start")
    page.find(".theirs", "/start from uk")
    assert bot.told("message")[-1]["from"]["first_name"] == "Olena"
    assert page.run("return document.getElementById('language').value") == "uk"
    be(page, "Ada")
    page.find("#chat-subtitle", "you are Ada")
    assert page.run("return document.getElementById('language').value") == "de"


def test_topics_have_messages_of_their_own(page: Browser, bot: ScriptedBot) -> None:
    make_chat(page, "forum", "Desk", "Jonas")
    open_topic(page, "Geneva")
    say(page, "/here")
    page.find(".theirs", "/here from en")
    open_topic(page, "Troops")
    assert [text for text in shown(page) if "/here" in text] == []
    page.click(".topic", "General")
    say(page, "/general")
    page.find(".theirs", "/general from en")
    assert "message_thread_id" not in bot.told("message")[-1]
    page.click(".topic", "Geneva")
    page.find(".theirs", "/here from en")
    assert page.driver.current_url.count("/") == 5
    page.driver.refresh()
    page.find(".topic[aria-current]", "Geneva")
    page.find(".theirs", "/here from en")


def test_a_message_in_another_topic_marks_it(page: Browser, bot: ScriptedBot) -> None:
    make_chat(page, "forum", "Desk", "Jonas")
    open_topic(page, "Geneva")
    page.click(".topic", "General")
    page.find(".topic[aria-current]", "General")
    desk = int(page.driver.current_url.split("/")[-2])
    topic = page.find(".topic", "Geneva").get_attribute("data-topic")
    bot.call("sendMessage", chat_id=desk, message_thread_id=topic, text="Something new")
    page.find(".topic .badge", "1")
    page.click(".topic", "Geneva")
    page.find(".theirs", "Something new")
    page.until("no mark", "return !document.querySelector('.topic .badge:not([hidden])')")


def test_a_closed_topic_is_reopened_by_whoever_governs(page: Browser) -> None:
    make_chat(page, "forum", "Desk", "Jonas")
    open_topic(page, "Geneva")
    page.click("#members")
    page.click("#sheet button", "Close the topic")
    page.find(".instead", "The topic is closed.")
    be(page, "Jonas")
    page.find(".instead", "The topic is closed.")
    assert page.texts(".instead button") == []
    be(page, "Ada")
    page.click(".instead button", "Reopen")
    say(page, "/again")
    page.find(".theirs", "/again from en")


def test_an_anonymous_administrator_writes_as_the_group(page: Browser, bot: ScriptedBot) -> None:
    make_chat(page, "forum", "Desk", "Jonas", "is an administrator")
    page.click("#members")
    page.click("#anonymous")
    page.find("[data-member]", "owner, anonymous")
    page.click("#sheet .buttons button")
    say(page, "/who")
    assert page.find(".mine .sender").text == "Desk"
    page.find(".theirs", "/who from nobody")
    told = bot.told("message")[-1]
    assert (told["from"]["id"], told["sender_chat"]["id"]) == (ANONYMOUS_BOT, told["chat"]["id"])
    be(page, "Jonas")
    assert page.find(".theirs .sender", "Desk").is_displayed()
    standings = {
        member["user"]["first_name"]: member["is_anonymous"]
        for member in bot.call("getChatAdministrators", chat_id=told["chat"]["id"])
    }
    assert standings == {"Ada": True, "Attaché": False}


def test_members_are_added_promoted_and_removed(page: Browser) -> None:
    make_chat(page, "group", "Friends", "Jonas")
    page.click("#members")
    page.click("#sheet button", "Add")
    page.find("[data-member]", "Mira Editor")
    page.click("[data-member='1002'] button", "Make admin")
    page.find("[data-member='1002']", "administrator")
    page.click("[data-member='1002'] button", "Dismiss")
    page.click("[data-member='1003'] button", "Remove")
    page.until("Mira to go", "return !document.querySelector(\"[data-member='1003']\")")
    page.click("#sheet button", "Turn into a supergroup")
    page.find(".instead", "This group has become a supergroup.")
    page.click(".instead button", "Open it")
    page.find(".service", "This supergroup was a group before")


def test_a_channel_shows_its_posts_under_its_name(page: Browser, bot: ScriptedBot) -> None:
    make_chat(page, "channel", "Bulletin")
    say(page, "/post")
    page.find(".theirs .sender", "Bulletin")
    page.find(".theirs", "/post from nobody")
    assert bot.told("channel_post")[-1]["chat"]["title"] == "Bulletin"
    assert page.find("#chat-subtitle").text == "channel · 1 reader"
    be(page, "Jonas")
    page.click(".chat-row", "Bulletin")
    page.click(".instead button", "Join")
    page.find(".instead", "Only administrators write here.")
    page.find(".theirs", "/post from nobody")


def test_each_is_offered_the_commands_of_their_place_and_language(
    page: Browser, bot: ScriptedBot
) -> None:
    def menu(name: str, **where: object) -> None:
        commands = [{"command": name, "description": name}]
        bot.call("setMyCommands", commands=commands, **where)

    menu("default")
    menu("deutsch", language_code="de")
    menu("groups", scope={"type": "all_group_chats"})
    menu("admins", scope={"type": "all_chat_administrators"})
    menu("mira", scope={"type": "chat", "chat_id": ADMIN_ID})
    assert offered(page) == ["/default"]
    page.find("#text").clear()
    speak(page, "de")
    page.until(
        "the language to be known",
        "return performance.getEntriesByType('resource').some("
        "(one) => one.name.includes('people/language'))",
    )
    page.find("#text").clear()
    page.click("#text")
    page.type("/d")
    page.find("#suggestions [role=option]", "/deutsch")
    page.find("#text").clear()
    make_chat(page, "group", "Friends", "Jonas")
    assert offered(page) == ["/admins"]
    page.find("#text").clear()
    be(page, "Jonas")
    page.find("#chat-title", "Friends")
    assert offered(page) == ["/groups"]
    be(page, "Mira")
    page.click(".chat-row b", "Attaché")
    page.click(".instead button", "Start")
    page.find(".theirs", "/start")
    assert offered(page) == ["/mira"]


def test_a_key_asks_for_ones_place(page: Browser, bot: ScriptedBot) -> None:
    say(page, "/place")
    page.click("#reply-keys .key", "Share my place")
    page.run(
        "const s = document.getElementById('place-known'); s.value = 'Kyiv';"
        "s.dispatchEvent(new Event('change'))"
    )
    page.click("#place button", "Send")
    assert "50.4501, 30.5234" in page.find(".mine .card").text
    page.until("the keyboard to go", "return document.getElementById('reply-keys').hidden")
    assert bot.told("message")[-1]["location"]["latitude"] == 50.4501


def test_hostile_names_stay_text(page: Browser) -> None:
    make_person(page, HOSTILE, "en")
    page.click(".instead button", "Start")
    page.find(".theirs", "/start")
    make_chat(page, "forum", HOSTILE, "Jonas")
    open_topic(page, HOSTILE)
    page.click("#members")
    page.find("[data-member]", HOSTILE)
    page.click("#sheet .buttons button")
    say(page, HOSTILE)
    page.find(".mine", HOSTILE)
    assert page.all("img[src='x']") == []
    assert page.driver.title == "Attaché sandbox"


def test_people_chats_and_topics_are_reached_by_keyboard(page: Browser) -> None:
    make_chat(page, "forum", "Desk")
    open_topic(page, "Geneva")
    page.run("document.querySelector('#speakers input:checked').focus()")
    reached = set()
    for _ in range(20):
        page.type(Keys.TAB)
        reached.add(page.run("const e = document.activeElement; return e.id || e.className"))
    assert {"language", "new-person", "new-chat", "members", "topic", "text"} <= reached
    assert "topic new-topic" in reached
    page.run("document.getElementById('new-person').focus()")
    page.type(Keys.ENTER)
    page.find("#sheet-title", "New person")
    assert page.focused() == "person-first"
    page.type("Olena", Keys.ENTER)
    page.find(".speaker:has(:checked)", "Olena")


def test_every_control_has_a_name(page: Browser) -> None:
    make_chat(page, "forum", "Desk", "Jonas")
    page.click("#members")
    nameless = page.run(
        """return [...document.querySelectorAll("button, a, input, select, textarea")]
          .filter((e) => e.checkVisibility() && e.type !== "file")
          .filter((e) => !(e.innerText || "").trim() && !e.getAttribute("aria-label")
            && !(e.labels && [...e.labels].some((label) => label.innerText.trim())))
          .map((e) => e.outerHTML)"""
    )
    assert nameless == []


def test_forms_and_topics_fit_a_telephone(page: Browser) -> None:
    page.resize(NARROW)
    page.click("#back")
    make_chat(page, "forum", "Desk of a rather long name, on the talks in Geneva")
    for name in ("Geneva", "Troops and figures", "What was said"):
        open_topic(page, name)
    assert page.run("return document.documentElement.scrollWidth") == NARROW[0]
    page.click("#members")
    sheet = page.run("return document.getElementById('sheet').getBoundingClientRect().right")
    assert sheet <= NARROW[0]
