"""Buttons that are old, forgotten or made up."""

from pathlib import Path

import pytest

from tests.bot.conversation import READER, conversation


@pytest.mark.parametrize("data", ["x", "p:p:short:0", "t:@Geneva:", "t:2022-13:0", "\u00e9" * 30])
async def test_a_button_that_means_nothing_gets_a_word_over_the_chat(
    tmp_path: Path, data: str
) -> None:
    async with conversation(tmp_path / "data") as talk:
        shown = await talk.ask("/latest")
        toast = await talk.press_data(shown, data)
        assert toast == "This page has changed since then. Please ask again."
        assert talk.messages()[-1]["text"] == shown["text"]


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ("p:p:aaaaaaaaaaaa:0", "This page has changed since then."),
        ("p:t:aaaaaaaaaaaa:0", "This page has changed since then."),
        ("s:aaaaaaaaaaaa:0", "That source is no longer part of this story."),
        ("t:@aaaaaaaaaaaa:", "This page has changed since then."),
    ],
)
async def test_a_button_whose_thing_is_gone_says_so(tmp_path: Path, data: str, answer: str) -> None:
    async with conversation(tmp_path / "data") as talk:
        await talk.press_data(await talk.ask("/latest"), data)
        assert talk.messages()[-1]["text"].startswith(answer)


@pytest.mark.parametrize("data", ["l:q:999999999", "l:s:999999999", "t::999999999", "l:f:99"])
async def test_a_page_beyond_the_last_is_the_last(tmp_path: Path, data: str) -> None:
    async with conversation(tmp_path / "data") as talk:
        await talk.press_data(await talk.ask("/search Russia"), data)
        assert "99" not in talk.messages()[-1]["text"]
        assert len(talk.messages()[-1]["text"]) > 100


async def test_a_page_turns_though_the_press_is_too_old_to_be_answered(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        shown = await talk.ask("/who Sherman")
        callback = talk.telegram.people.press(READER, READER, shown["message_id"], label="With")
        del talk.telegram.world.callbacks[callback.id]
        await talk.answered()
        assert talk.messages()[-1]["text"].startswith("Wendy Sherman · in the same events")


@pytest.mark.parametrize(
    ("asked", "label", "begins"),
    [
        ("/who Sherman", "With", "Wendy Sherman · in the same events"),
        ("/search Russia", "More ›", "This search is too old to turn its pages."),
    ],
)
async def test_a_page_whose_words_telegram_has_forgotten_still_turns(
    tmp_path: Path, asked: str, label: str, begins: str
) -> None:
    async with conversation(tmp_path / "data") as talk:
        shown = await talk.ask(asked)
        talk.telegram.people.press(READER, READER, shown["message_id"], label=label)
        (waiting,) = talk.telegram.people.bot(None).updates
        forgotten = {name: shown[name] for name in ("chat", "message_id")}
        waiting["callback_query"]["message"] = {**forgotten, "date": 0}
        await talk.answered()
        (turned,) = talk.messages()
        assert turned["text"].startswith(begins)
