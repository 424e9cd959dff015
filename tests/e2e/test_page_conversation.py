"""A reader's tour of `attache run` in a browser: asking, pages, pictures, following, languages."""

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from bot.locales import Language, _, speaking
from tests.bot.sandbox.page.asking import be, make_chat, speak
from tests.browser import WIDE, Browser, Keys, fresh
from tests.e2e.answers import answer, ask, count, keys, marked, press, turn
from tests.e2e.touring import Tour, touring

_PICTURE = "[...document.querySelectorAll('.theirs img')].at(-1)"
_FROM_ITS_TOP = """
  const log = document.getElementById('log').getBoundingClientRect();
  const newest = [...document.querySelectorAll('#messages article')].at(-1);
  return Math.abs(newest.getBoundingClientRect().top - log.top) < 2;
"""
_SUGGESTED = "#suggestions [role=option]"


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    with touring(tmp_path_factory.mktemp("tour")) as running:
        yield running


@pytest.fixture
def page(driver: Chrome) -> Iterator[Browser]:
    with fresh(driver) as browser:
        yield browser


# Asking


def test_plain_words_a_bare_name_and_an_unknown_one_are_answered(page: Browser, tour: Tour) -> None:
    tour.newcomer(page, "Olena")
    assert "US President" in ask(page, "who is the US President", "Joe Biden")
    assert "US Secretary of State" in ask(page, "Blinken", "Antony Blinken")
    assert ask(page, "who is Grandmaster Flash?", "I have nothing on") == (
        "I have nothing on “Grandmaster Flash”."
    )
    assert "Wendy Sherman" in ask(page, "/who shermann", "Wendy Sherman")


def test_citations_and_names_are_links_that_open_here(page: Browser, tour: Tour) -> None:
    tour.newcomer(page, "Olena")
    ask(page, "Sherman", "Wendy Sherman")
    page.click("#messages article:last-child a", "[4]")
    page.find(".theirs", "001_5a8cd4050d9ceb61.txt")
    ask(page, "Sherman", "Wendy Sherman")
    before = count(page)
    page.click("#messages article:last-child a", "Sergei Ryabkov")
    assert "Russian Deputy Foreign Minister" in answer(page, before + 2, "Sergei Ryabkov")


def test_each_long_answer_is_shown_from_its_top_also_when_the_window_changes(
    page: Browser, tour: Tour
) -> None:
    width, height = WIDE
    height -= 240  # lower than each answer, whichever fonts the machine has
    page.resize((width, height))
    tour.newcomer(page, "Olena")
    for name in ("Antony Blinken", "Wendy Sherman", "NATO", "Wendy Sherman"):
        ask(page, name, name)
        page.until(f"the top of {name}", _FROM_ITS_TOP)
    page.resize((width, height - 60))
    page.run("requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = true; }))")
    page.until("the page to be drawn", "return window.drawn")
    assert page.run(_FROM_ITS_TOP)


# Pages and pictures


def test_a_timeline_is_paged_both_ways_and_drawn_light_and_dark(page: Browser, tour: Tour) -> None:
    tour.newcomer(page, "Olena")
    begun = ask(page, "/timeline", "Timeline · as of 19 Jan 2022")
    assert "25 to 32 of 34" in begun
    press(page, "Later ›")
    page.find(".theirs", "33 to 34 of 34")
    assert not any("Later" in label for label in keys(page))
    for standing in ("25 to 32", "17 to 24"):
        press(page, "‹ Earlier")
        page.find(".theirs", standing)
    ask(page, "/timeline Geneva", "Timeline · Geneva")
    before = count(page)
    press(page, "Picture")
    assert "7 events · as of 19 Jan 2022" in answer(page, before + 1, "Timeline · Geneva")
    light = _drawn(page)
    press(page, "Dark")
    page.until("another picture", f"return {_PICTURE}.src !== arguments[0]", light)
    _drawn(page)
    press(page, "Light")
    page.until("the first again", f"return {_PICTURE}.src === arguments[0]", light)


def _drawn(page: Browser) -> str:
    page.until("a picture", f"const i = {_PICTURE}; return i?.complete && i.naturalWidth === 1080")
    return str(page.run(f"return {_PICTURE}.src"))


def test_each_view_of_a_person_and_of_an_organisation_is_pressed(page: Browser, tour: Tour) -> None:
    tour.newcomer(page, "Olena")
    ask(page, "/who Sherman", "Wendy Sherman")
    assert keys(page) == ["Timeline", "Quotes", "With", "Follow", "Mute"]
    assert "10 Jan 2022" in turn(page, "Timeline", "Wendy Sherman · timeline")
    assert "lockstep" in turn(page, "Quotes", "Wendy Sherman · quotes")
    assert "Sergei Ryabkov" in turn(page, "With", "Wendy Sherman · in the same events")
    turn(page, "Profile", "Wendy Sherman\nUS Deputy Secretary")
    ask(page, "/who NATO", "NATO\nOrganisation")
    assert keys(page) == [
        *("Timeline", "Quotes", "People", "Figures", "Sources"),
        *("Follow", "Mute"),
    ]
    for view, says in (
        ("Timeline", "timeline"),
        ("Quotes", "in quotes"),
        ("People", "people"),
        ("Figures", "figures"),
        ("Sources", "sources"),
    ):
        turn(page, view, f"NATO · {says}")
    turn(page, "Page", "NATO\nOrganisation")
    assert count(page) == 6


# Following


def test_what_is_followed_and_muted_is_listed_and_let_go(page: Browser, tour: Tour) -> None:
    tour.newcomer(page, "Olena")
    ask(page, "/who Sherman", "Wendy Sherman")
    press(page, "Follow")
    marked(page, "✓ Following")
    ask(page, "/who Geneva", "Geneva")
    press(page, "Mute")
    marked(page, "✓ Muted")
    listed = ask(page, "/following", "You follow")
    assert "You follow\nWendy Sherman" in listed
    assert "You mute\nGeneva" in listed
    press(page, "Unmute Geneva")
    page.until(
        "Geneva to go",
        "return ![...document.querySelectorAll('#messages .words')].at(-1)"
        ".innerText.includes('Geneva')",
    )


# Languages


def in_language(language: Language, *words: str) -> list[str]:
    """Return words of the bot's as they are in a language, each of them another than English."""
    with speaking(language):
        said = [_(one) for one in words]
    assert not set(said) & set(words)
    return said


def suggested(page: Browser) -> list[str]:
    page.find("#text").clear()
    page.click("#menu")
    page.find(_SUGGESTED)
    rows = page.texts(_SUGGESTED)
    page.find("#text").clear()
    return rows


def test_a_person_whose_telegram_is_german_is_answered_in_german(page: Browser, tour: Tour) -> None:
    tour.newcomer(page, "Hans")
    assert "/help\nwhat I answer to" in suggested(page)
    speak(page, "de")
    help_, helps, quotes, mute = in_language(
        Language.GERMAN, "What I answer to", "what I answer to", "Quotes", "Mute"
    )
    assert helps in ask(page, "/help", help_)
    ask(page, "/who Sherman", "Wendy Sherman")
    assert {quotes, mute} <= set(keys(page))
    page.find("#text").clear()
    page.click("#menu")
    page.find(_SUGGESTED, helps)


def test_a_language_is_chosen_with_a_button(page: Browser, tour: Tour) -> None:
    tour.newcomer(page, "Olena")
    ask(page, "/settings", "Settings")
    (settings, off) = in_language(Language.UKRAINIAN, "Settings", "Digest: off")
    press(page, "Language")
    turn(page, "Українська", settings)
    marked(page, "✓ Українська")
    assert off in turn(page, "‹", f"{settings}\n")
    (help_,) = in_language(Language.UKRAINIAN, "What I answer to")
    ask(page, "/help", help_)


# Elsewhere


def test_a_card_found_inline_is_sent_and_opens_in_private(page: Browser, tour: Tour) -> None:
    tour.newcomer(page, "Olena")
    make_chat(page, "group", "Friends", "Jonas")
    page.click("#text")
    page.type("@attache_sandbox_bot sherman")
    page.find("#suggestions .result", "US Deputy Secretary of State")
    page.type(Keys.ENTER)
    page.find(".mine", "via @attache_sandbox_bot")
    page.click(".mine .key", "Open in private")
    page.find("#chat-title", "Attaché")
    assert "as of 11 Jan 2022" in answer(page, 3, "Wendy Sherman")


def test_the_bots_admin_is_offered_what_admins_do(page: Browser, tour: Tour) -> None:
    tour.newcomer(page, "Olena")
    names = [row.split("\n")[0] for row in suggested(page)]
    assert "/who" in names
    assert not {"/reload", "/broadcast"} & set(names)
    make_chat(page, "group", "Friends", "Jonas")
    be(page, "Mira")  # who is not in it, and so comes to the bot's own chat
    page.click(".instead button", "Start")
    page.find(".theirs", "Talks on Ukraine")
    page.click("#menu")
    page.find(_SUGGESTED, "/reload")
    page.find(_SUGGESTED, "/broadcast")
    page.find("#text").clear()
    assert ask(page, "/reload", "Nothing has changed") == "Nothing has changed."
    ask(page, "/broadcast", "")
