"""The digest and the alerts of `attache run` in a browser: a person's, two topics', a channel's."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from selenium.webdriver import Chrome

from tests.bot.sandbox.page.asking import be, make_chat, open_topic
from tests.bot.sandbox.page.looking import say, shown
from tests.browser import Browser, fresh
from tests.e2e.answers import answer, ask, marked, press, turn
from tests.e2e.touring import Tour, touring

_EDITED = "003_a558b723e1b3fa97.md"  # published on 9 January 2022
_NEW = """events:
  - date: 2022-01-08
    text: Wendy Sherman flies to Geneva
    people: [Wendy Sherman]
    status: happened
"""


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    with touring(tmp_path_factory.mktemp("tour")) as running:
        yield running


@pytest.fixture
def page(driver: Chrome) -> Iterator[Browser]:
    with fresh(driver) as browser:
        yield browser


def tomorrow(tour: Tour, at: time) -> datetime:
    """Return the moment that the bot's clock shows `at` on its next day."""
    return datetime.combine(tour.now() + timedelta(days=1), at, tour.now().tzinfo)


def digests(texts: list[str]) -> list[str]:
    """Return those of the texts that are digests, the second part of one not counted."""
    return [text for text in texts if text.startswith("Digest · ")]


def test_a_digest_set_by_buttons_comes_once_led_by_what_is_followed(
    page: Browser, tour: Tour
) -> None:
    olena = tour.newcomer(page, "Olena")
    follow_and_set(page)
    witness = tour.person("Petro")  # whose digest comes later on the same days
    tour.act("start", person_id=witness)
    tour.act("send/text", person_id=witness, chat_id=witness, text="/subscribe 09:00 UTC")
    tour.until(lambda: any("each day at 09:00" in text for text in tour.messages(witness)))
    page.click(".panel button:enabled", "Back to the beginning")
    page.find(".standing", "0 of 5")
    page.click(".panel button:enabled", "Next news")
    page.find(".theirs", "Digest · 2 Dec 2021")
    page.click(".panel button:enabled", "Next news")
    digest = page.find(".theirs", "Digest · 9 Jan 2022").text
    assert "You follow" in digest
    assert digest.index("You follow") < digest.index("working dinner") < digest.index("New\n")
    before = digests(tour.messages(olena))
    assert len(before) == 2
    tour.set_clock(datetime(2022, 1, 9, 9, tzinfo=UTC))
    tour.until(lambda: len(digests(tour.messages(witness))) == 2)
    tour.set_clock(datetime(2022, 1, 9, 8, tzinfo=UTC))
    tour.set_clock(datetime(2022, 1, 9, 23, tzinfo=UTC))
    assert "Today: sent 08:00" in ask(page, "/why", "What you were sent")
    assert digests(tour.messages(olena)) == before


def follow_and_set(page: Browser) -> None:
    """Follow Sherman, and set the digest and alerts, all by buttons."""
    ask(page, "/who Sherman", "Wendy Sherman")
    press(page, "Follow")
    marked(page, "✓ Following")
    ask(page, "/settings", "Settings")
    press(page, "Turn the digest on")
    for what, label in (
        ("Length", "Full"),
        ("Quiet hours", "23–08"),
        ("Alerts", "Alerts at once"),
        ("Language", "English"),
    ):
        press(page, what)
        press(page, label)
        marked(page, f"✓ {label}")
        press(page, "‹ Back")
    said = answer(page, 1, "Settings\n\nDigest: each day")
    for line in ("at 08:00 (UTC)", "Length: full", "Alerts: at once", "23:00 to 08:00"):
        assert line in said


def test_an_edited_file_and_reload_alert_who_follows(page: Browser, tour: Tour) -> None:
    tour.act("replay/restart")
    tour.set_clock(datetime(2022, 1, 9, 12, tzinfo=UTC))
    tour.act("replay/next-morning")
    tour.newcomer(page, "Olena")
    follow_and_set(page)
    file = tour.summaries / _EDITED
    file.write_text(file.read_text().replace("events:\n", _NEW, 1))
    be(page, "Mira")
    page.click(".instead button", "Start")
    page.find(".theirs", "Talks on Ukraine")
    assert "events: 1 new" in ask(page, "/reload", "")
    be(page, "Olena")
    alert = page.find(".theirs", "Wendy Sherman flies to Geneva").text
    assert alert.startswith("You follow · 1 new\n\n8 Jan 2022")


def test_two_topics_get_their_digests_at_their_times_and_answers_in_place(
    page: Browser, tour: Tour
) -> None:
    tour.newcomer(page, "Olena")
    make_chat(page, "forum", "Desk", "Jonas")
    for topic, at in (("Geneva", "07:00"), ("Troops", "09:00")):
        open_topic(page, topic)
        assert f"each day at {at}" in ask(page, f"/subscribe {at}", "The digest comes")
    say(page, "/who@other_bot Sherman")
    assert "each day at 10:00" in ask(page, "/subscribe 10:00", "The digest comes")
    said = shown(page)
    assert said[-3:-1] == ["/who@other_bot Sherman", "/subscribe 10:00"]
    tour.set_clock(tomorrow(tour, time(7)))
    page.click(".topic", "Geneva")
    page.find(".theirs", "Digest · ")
    page.click(".topic", "Troops")
    page.find(".topic[aria-current]", "Troops")
    page.find(".mine", "/subscribe 10:00")
    assert digests(shown(page)) == []
    tour.set_clock(tour.now() + timedelta(hours=3))
    page.find(".theirs", "Digest · ")
    page.click(".topic", "General")
    page.find(".topic[aria-current]", "General")
    page.until("General", "return document.querySelector('.service') !== null")
    assert digests(shown(page)) == []


def test_an_anonymous_administrator_subscribes_a_group(page: Browser, tour: Tour) -> None:
    tour.newcomer(page, "Olena")
    make_chat(page, "forum", "Quiet desk", "Jonas")
    page.click("#members")
    page.click("#anonymous")
    page.find("[data-member]", "owner, anonymous")
    page.click("#sheet .buttons button")
    assert "each day at 06:30" in ask(page, "/subscribe 06:30", "The digest comes")
    assert page.find(".mine .sender").text == "Quiet desk"
    ask(page, "/settings", "Settings")
    turn(page, "Time", "Settings · Time\n\nDigest: each day at 06:30")
    turn(page, "+1 h", "Settings · Time\n\nDigest: each day at 07:30")
    be(page, "Jonas")
    page.find("#chat-title", "Quiet desk")
    ask(page, "/subscribe 11:00", "In a group, its admins decide")


def test_a_channel_connected_in_private_gets_the_digest_as_a_post(
    page: Browser, tour: Tour
) -> None:
    tour.newcomer(page, "Olena")
    make_chat(page, "channel", "Bulletin")
    page.click(".chat-row b", "Attaché")
    page.find(".theirs", "I am an administrator of the channel Bulletin now.")
    turn(page, "Post the digest each day", "Channel Bulletin\n\nSettings\n\nDigest: each day at")
    page.click(".chat-row b", "Bulletin")
    page.find("#chat-subtitle", "channel · 1 reader")
    tour.set_clock(tomorrow(tour, time(8)))
    assert page.find("article .sender").text == "Bulletin"
    page.find("article", "Digest · ")
    assert page.texts("article .key") == ["Ask the bot"]
