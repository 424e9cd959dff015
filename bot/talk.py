"""A talk with the bot in the terminal, with history and completion."""

import sys
from collections.abc import Iterable

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from bot.console import Console, ConsoleError, Visitor, open_console
from config.settings import Settings

_HOW = (
    "Write to the bot, or a command such as /who Sherman. To press a button, type its label "
    "in brackets, [Timeline]; [2] opens source 2. Tab completes. Ctrl-D ends.\n"
)


async def talk(settings: Settings, visitor: Visitor | None = None) -> None:
    """Talk until the person ends it; what is not a terminal is read line by line."""
    async with open_console(settings, visitor) as console:
        if not sys.stdin.isatty():
            for line in sys.stdin:
                await _turn(console, line.strip())
            return
        history: History
        try:
            history = FileHistory(str(settings.bot_dir / "chat-history"))
        except OSError:
            history = InMemoryHistory()
        prompt: PromptSession[str] = PromptSession(
            history=history, completer=_Offered(console), complete_while_typing=True
        )
        print(_HOW)  # noqa: T201 (this is what the terminal shows)
        await _turn(console, "/start")
        while True:
            try:
                words = await prompt.prompt_async("you> ")
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            await _turn(console, words.strip())


async def _turn(console: Console, words: str) -> None:
    if not words:
        return
    before = console.position()
    try:
        if words.startswith("[") and words.endswith("]"):
            await console.press(words[1:-1])
        else:
            await console.say(words)
        shown = console.shown_since(before)
    except ConsoleError as error:
        shown = str(error)
    print(shown + "\n", flush=True)  # noqa: T201 (this is what the terminal shows)


class _Offered(Completer):
    """Completes commands after a slash and the newest message's buttons after a bracket."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        """Yield what the words so far can become."""
        del complete_event
        begun = document.text_before_cursor
        offered = [*self._console.commands(), *(f"[{b}]" for b in self._console.labels())]
        if begun:
            for words in offered:
                if words.casefold().startswith(begun.casefold()):
                    yield Completion(words, start_position=-len(begun))
