"""Asking and talking without a network, in this process."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.console import ConsoleError, Visitor, ask, open_console
from bot.sandbox.files import image_size
from bot.talk import talk
from config.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


async def asked(settings: Settings, words: str, *presses: str, admin: bool = False) -> str:
    return await ask(settings, words, presses=presses, visitor=Visitor(admin=admin))


async def test_a_language_that_is_no_code_is_refused(settings: Settings) -> None:
    with pytest.raises(ConsoleError, match="is no language code"):
        await ask(settings, "/help", presses=(), visitor=Visitor(language="Deutsch!"))


async def test_an_answer_is_shown_as_text_and_then_its_buttons(settings: Settings) -> None:
    lines = (await asked(settings, "/who Sherman")).splitlines()
    assert lines[0] == "Wendy Sherman"
    assert lines[-5:] == ["[Timeline]", "[Quotes]", "[With]", "[Follow]", "[Mute]"]


async def test_pressing_shows_the_page_that_has_taken_the_first_ones_place(
    settings: Settings,
) -> None:
    lines = (await asked(settings, "/who Sherman", "With", "Quotes")).splitlines()
    assert lines[0] == "Wendy Sherman · quotes"
    assert "Wendy Sherman" not in lines


@pytest.mark.parametrize("label", ["Timeline", "[Timeline]"])
async def test_a_label_is_pressed_with_or_without_its_brackets(
    settings: Settings, label: str
) -> None:
    assert (await asked(settings, "/who Sherman", label)).startswith("Wendy Sherman · timeline")


async def test_a_number_opens_its_source_below(settings: Settings) -> None:
    shown = await asked(settings, "/who Sherman", "[4]")
    assert shown.startswith("Wendy Sherman\n")
    assert "\n\n[4] Allies close ranks in Brussels" in shown


async def test_a_name_in_the_text_opens_that_person(settings: Settings) -> None:
    shown = await asked(settings, "/who Sherman", "Sergei Ryabkov")
    assert "\n\nSergei Ryabkov\nRussian Deputy Foreign Minister" in shown


async def test_a_button_that_is_not_there_names_those_that_are(settings: Settings) -> None:
    with pytest.raises(ConsoleError) as caught:
        await asked(settings, "/who Sherman", "Marry")
    assert str(caught.value) == (
        "There is no button [Marry]. There are [Timeline] [Quotes] [With] [Follow] [Mute]."
    )


@pytest.mark.parametrize(("words", "said"), [("", "empty text"), ("a" * 5000, "longer than 4096")])
async def test_what_telegram_would_not_take_is_said(
    settings: Settings, words: str, said: str
) -> None:
    with pytest.raises(ConsoleError, match=said):
        await asked(settings, words)


async def test_a_picture_is_put_into_the_data_folder(settings: Settings) -> None:
    shown = await asked(settings, "/timeline Geneva", "Picture")
    (path,) = settings.data_dir.rglob("picture-*.png")
    assert f"Picture: {path}" in shown.splitlines()
    assert image_size(path.read_bytes()) is not None


async def test_an_admin_may_reload_and_others_may_not(settings: Settings) -> None:
    assert await asked(settings, "/reload", admin=True) == "Nothing has changed."
    assert await asked(settings, "/reload") == "That command is for this bot's admins."


async def test_what_pops_up_over_the_chat_is_shown(settings: Settings) -> None:
    async with open_console(settings) as console:
        await console.say("/latest")
        before = console.position()
        kept = console.telegram.find_chat(console.person)
        assert kept is not None
        message = max(kept.messages.values(), key=lambda one: one.id)
        message.reply_markup = {"inline_keyboard": [[{"text": "Old", "callback_data": "x"}]]}
        await console.press("Old")
        assert console.shown_since(before) == (
            "This page has changed since then. Please ask again."
        )


async def test_the_chat_offers_commands_and_the_newest_buttons(settings: Settings) -> None:
    async with open_console(settings) as console:
        assert {"/who", "/timeline"} <= set(console.commands())
        assert "/reload" not in console.commands()
        await console.say("/who Sherman")
        assert console.labels() == ["Timeline", "Quotes", "With", "Follow", "Mute"]


async def test_what_is_no_terminal_is_read_line_by_line(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "words").write_text("/who Sherman\n\n[Quotes]\n[Marry]\n/nonsense")
    with (tmp_path / "words").open() as words:
        monkeypatch.setattr("sys.stdin", words)
        await talk(settings)
    shown = capsys.readouterr().out
    order = [
        "Wendy Sherman\nUS Deputy",
        "Wendy Sherman · quotes",
        "There is no button [Marry].",
        "I do not know /nonsense.",
    ]
    assert sorted(order, key=shown.index) == order


class Terminal:
    """What a person at a terminal sees and types."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._shown = b""

    def type(self, keys: bytes) -> None:
        os.write(self._number, keys)

    def expect(self, words: str, *, seconds: float = 20) -> None:
        """Read on until `words` are shown."""
        end = time.monotonic() + seconds
        while words.encode() not in self._shown:
            if not select.select([self._number], [], [], max(end - time.monotonic(), 0))[0]:
                pytest.fail(f"no {words!r} in {self._shown.decode('utf-8', 'replace')!r}")
            read = os.read(self._number, 65536)
            if b"\x1b[6n" in read:  # where is the cursor? a terminal says it
                self.type(b"\x1b[1;1R")
            self._shown += read
        self._shown = self._shown.partition(words.encode())[2]


def test_in_a_terminal_commands_are_completed_and_kept(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "chat", "--data-dir", str(tmp_path / "data")]
    environment = {**os.environ, "TERM": "xterm", "PYTHONPATH": str(Path(__file__).parents[2])}
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: S603 (our own program)
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    terminal = Terminal(ours)
    try:
        terminal.expect("you>")
        terminal.type(b"/tim")
        terminal.expect("/timeline")  # offered
        terminal.type(b"\t")
        terminal.expect("eline")  # taken
        terminal.type(b" Geneva\r")
        terminal.expect("Timeline · Geneva")
        terminal.expect("you>")
        terminal.type(b"\x04")
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert "/timeline Geneva" in (tmp_path / "data" / "sandbox" / "chat-history").read_text()
