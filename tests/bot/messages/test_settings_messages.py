from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest

from bot.locales import Language, speaking
from bot.messages import data as say_data
from bot.messages import settings as say
from bot.messages.callbacks import Option, Setting, SettingsPage
from bot.messages.message import Message
from bot.messages.settings_pages import Shown, settings
from store.ledger.values import NothingNew, Rhythm, Subscription, Wanted
from tests.bot.crawling import check

KYIV = Rhythm(at=time(7, 30), zone="Europe/Kyiv")
PROPOSED = Rhythm(at=time(8), zone="UTC")
READER = Subscription(
    id=1,
    chat=1,
    topic=0,
    rhythm=KYIV,
    useful_for=timedelta(hours=6),
    nothing_new=NothingNew.SAY,
    state=Wanted.ON,
    last_date=date(2022, 1, 9),
    next_due=datetime(2022, 1, 10, 5, 30, tzinfo=UTC),
    seen=0,
)


def shown(known: Subscription | None) -> Shown:
    return Shown(subscription=known, default=PROPOSED)


def text(message: Message) -> str:
    return check(message).text


def test_a_subscription_is_confirmed_with_its_time_zone_and_first_day() -> None:
    said = text(say.subscribed(KYIV, first=date(2022, 1, 10)))
    assert "each day at 07:30 (Europe/Kyiv), first on 10 Jan 2022." in said
    assert "/unsubscribe" in said


def test_stopping_is_confirmed_whether_there_was_anything_to_stop_or_not() -> None:
    assert text(say.unsubscribed(was=True)).startswith("No digest comes any more.")
    assert text(say.unsubscribed(was=False)).startswith("No digest was coming here.")


@pytest.mark.parametrize(
    ("nearest", "hint"),
    [
        ((), ""),
        (("Europe/Kyiv",), " Did you mean Europe/Kyiv?"),
        (("Europe/Kyiv", "Europe/Riga"), " Did you mean Europe/Kyiv or Europe/Riga?"),
    ],
)
def test_a_word_that_is_not_understood_is_named_with_what_it_may_mean(
    nearest: tuple[str, ...], hint: str
) -> None:
    said = text(say.not_understood("kyjiv", nearest))
    assert said.startswith("“kyjiv” is neither a time such as 07:30 nor a time zone")
    assert said.endswith(f"Europe/Kyiv.{hint}")


def test_a_word_of_any_length_fits() -> None:
    assert len(text(say.not_understood("😀" * 4000, ()))) < 300


@pytest.mark.parametrize(
    ("known", "proposed"),
    [(None, "08:00 (UTC)"), (replace(READER, state=Wanted.OFF), "07:30 (Europe/Kyiv)")],
)
def test_settings_without_a_digest_propose_one(known: Subscription | None, proposed: str) -> None:
    said = text(settings(shown(known)))
    assert f"Digest: off\nProposed time: {proposed}" in said


def test_settings_show_what_was_chosen() -> None:
    said = text(settings(shown(READER)))
    assert "Digest: each day at 07:30 (Europe/Kyiv)" in said
    assert "On a day without news: one line says so" in said
    assert "Late editions are useful for 6 h" in said
    silent = replace(READER, nothing_new=NothingNew.SILENCE, useful_for=timedelta(minutes=90))
    said = text(settings(shown(silent)))
    assert "On a day without news: no message" in said
    assert "useful for 1.5 h" in said


def test_what_is_said_of_data_and_of_groups_can_be_sent() -> None:
    assert "No names, no messages." in text(say_data.privacy())
    assert "admins" in text(say.chat_admins_only())
    assert "cannot be undone" in text(say_data.confirm_forgetting())
    assert text(say_data.forgotten(was=False)).startswith("Nothing was kept")


@pytest.mark.parametrize(
    ("days", "named"),
    [
        (0b1111111, "each day at"),
        (0b0011111, "on workdays at"),
        (0b1100001, "on Mon, Sat, Sun at"),
        (0b0000100, "on Wed at"),
    ],
)
def test_days_are_named_wherever_the_time_is(days: int, named: str) -> None:
    rhythm = replace(KYIV, days=days)
    for said in (
        settings(shown(replace(READER, rhythm=rhythm))),
        say.subscribed(rhythm, first=date(2022, 1, 10)),
        say.zone_set(rhythm, first=date(2022, 1, 10)),
    ):
        assert named in text(said)


@pytest.mark.parametrize("language", Language)
def test_a_group_is_told_of_the_zone_in_few_enough_words_for_a_toast(language: Language) -> None:
    longest = replace(KYIV, zone=max(available_timezones(), key=len))
    with speaking(language):
        assert len(text(say.how_to_set_zone(longest, can_share=False))) <= 200
        assert say.share_place() in text(say.how_to_set_zone(longest, can_share=True))
        assert len(say.one_day_stays()) <= 200
        assert len(text(say.chat_admins_only())) <= 200
        assert len(text(say_data.chat_admins_only())) <= 200


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("known", [None, READER, replace(READER, state=Wanted.PAUSED)])
@pytest.mark.parametrize("private", [True, False])
def test_each_page_can_be_sent_and_leads_back_and_no_row_is_wide(
    language: Language,
    known: Subscription | None,
    private: bool,  # noqa: FBT001 (a case of the test)
) -> None:
    chat = replace(shown(known), private=private)
    with speaking(language):
        first = settings(chat)
        opened = {
            button.press.page
            for row in first.keyboard
            for button in row
            if isinstance(button.press, Setting) and button.press.option is Option.PAGE
        }
        for page in SettingsPage:
            message = settings(chat, page)
            assert text(message)
            assert max(len(row) for row in message.keyboard) <= 4
            last = message.keyboard[-1][-1].press
            leads_back = last == Setting(Option.PAGE, SettingsPage.ALL)
            assert leads_back == (page in opened)
            assert leads_back or message == first
