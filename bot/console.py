"""A person in front of the bot without a network: one question (`ask`) or a talk (`chat`)."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bot.application import App
from bot.pacing import Limits as PacingLimits
from bot.pacing import Pacing
from bot.running import (
    application_of,
    load_at_start,
    loader_of,
    open_stores,
    paths_of_the_bot,
)
from bot.sandbox.errors import SandboxError
from bot.sandbox.in_process import InProcessRequest
from bot.sandbox.json_values import JsonObject
from bot.sandbox.limits import Limits
from bot.sandbox.telegram import SANDBOX_TOKEN, Telegram
from config.settings import Access, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who talks to the bot here."""

    id: int = 1001
    language: str | None = None  # as a messenger tells it
    admin: bool = False


class ConsoleError(Exception):
    """What was asked for cannot be done in the console; says why and what can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """One person's private chat with the bot, in this process."""

    app: App
    telegram: Telegram
    person: int
    folder: Path  # for the pictures, which no terminal shows

    async def say(self, words: str) -> None:
        """Send `words` and wait until the bot has answered."""
        try:
            words.encode()
            self.telegram.people.send_text(self.person, self.person, words)
        except UnicodeEncodeError as error:  # bytes of another encoding, as a shell hands them on
            raise ConsoleError("The words are not UTF-8.") from error
        except SandboxError as error:
            raise ConsoleError(str(error)) from error
        await self._answered()

    async def press(self, label: str) -> None:
        """Press the button with `label`, the newest first, or open the citation `[n]`."""
        for message in reversed(self._messages()):
            if label in _labels(message):
                self.telegram.people.press(self.person, self.person, _number(message), label=label)
                return await self._answered()
            if (payload := _payload(message, label)) is not None:
                self.telegram.people.start(self.person, payload)
                return await self._answered()
        shown = " ".join(f"[{name}]" for name in self.labels())
        there = f"There are {shown}." if shown else "There are none."
        raise ConsoleError(f"There is no button [{label}]. {there}")

    def position(self) -> int:
        """Return where the chat stands, for `shown_since`."""
        return self.telegram.feed.sequence

    def shown_since(self, position: int) -> str:
        """Return what the bot wrote or changed since `position`, as it stands now."""
        changed: dict[int, None] = {}
        alerts = []
        for event in self.telegram.events_after(position):
            if event.kind in {"message", "edited"}:
                changed[_number(event.data)] = None
            elif event.kind == "callback_answered" and event.data.get("text"):
                alerts.append(str(event.data["text"]))
        messages = [m for m in self._messages() if _number(m) in changed]
        return "\n\n".join([*map(self._shown, messages), *alerts])

    def _shown(self, message: JsonObject) -> str:
        words = message.get("text") or message.get("caption") or ""
        labels = [f"[{label}]" for label in _labels(message)]
        return "\n".join(filter(None, [words, *self._file(message), *labels]))

    def _file(self, message: JsonObject) -> Iterator[str]:
        """Yield the name of the file that a message carries, and what is in it, if it is text.

        A picture is put into the folder, in place of an earlier one of the same number.
        """
        if photo := message.get("photo"):
            drawn = self.telegram.file(photo[-1]["file_id"])
            path = self.folder / f"picture-{_number(message)}.png"
            path.write_bytes(drawn.data if drawn else b"")
            yield f"Picture: {path}"
        if (document := message.get("document")) is None:
            return
        yield f"File: {document.get('file_name') or 'unnamed'}"
        file = self.telegram.file(document["file_id"])
        with suppress(UnicodeDecodeError):
            # The mark of a spreadsheet's table, and its line ends, are not for a terminal.
            text = file.data.decode("utf-8-sig") if file else ""
            yield "\n" + "\n".join(text.splitlines())

    def commands(self) -> list[str]:
        """Return the commands that the chat's menu offers, with their slash."""
        offered = self.telegram.commands(self.person, self.person)
        return [f"/{command['command']}" for command in offered]

    def labels(self) -> list[str]:
        """Return the buttons of the newest message."""
        return [label for message in self._messages()[-1:] for label in _labels(message)]

    async def _answered(self) -> None:
        updates = await self.app.bot.get_updates(timeout=0, allowed_updates=[])
        for update in updates:
            await self.app.process_update(update)
        if updates:
            await self.app.bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)

    def _messages(self) -> list[JsonObject]:
        transcript = self.telegram.transcript(self.person)
        return [message for message in transcript if _is_from_bot(message)]


@asynccontextmanager
async def open_console(
    settings: Settings, visitor: Visitor | None = None
) -> AsyncIterator[Console]:
    """Open a private chat of `visitor` with the bot, its story loaded.

    Raises `ConsoleError` for a language that is no language code.
    """
    visitor = visitor or Visitor()
    telegram = Telegram(limits=Limits(enabled=False))
    telegram.people.add("Reader", person_id=visitor.id)
    try:
        telegram.people.set_language(visitor.id, visitor.language)
    except SandboxError as error:
        raise ConsoleError(str(error)) from error
    # Stores of its own: made-up chats never stand among real ones, and what is asked here
    # changes nothing for a bot that runs.
    with open_stores(settings.bot_dir / "console") as (knowledge, ledger):
        loader = loader_of(settings, knowledge)
        # Nobody is here to be asked: what the files say is what is known.
        await load_at_start(loader, await paths_of_the_bot(settings), sure=True)
        app = application_of(
            settings.model_copy(update={"access": Access.OPEN}),  # whoever is here may read it
            token=SANDBOX_TOKEN,
            api_url="http://sandbox",
            transport=lambda: InProcessRequest(telegram),
            knowledge=knowledge,
            ledger=ledger,
            loader=loader,
            admins=settings.admins | ({visitor.id} if visitor.admin else frozenset()),
            clock=lambda: datetime.now(UTC),
            pacing=Pacing(PacingLimits(enabled=False)),
        )
        async with app:
            if app.post_init is not None:
                await app.post_init(app)
            yield Console(
                app=app, telegram=telegram, person=visitor.id, folder=settings.bot_dir / "console"
            )


async def ask(settings: Settings, words: str, *, presses: Sequence[str], visitor: Visitor) -> str:
    """Return what the chat shows after `words` were sent and the buttons pressed in turn."""
    async with open_console(settings, visitor) as console:
        before = console.position()
        await console.say(words)
        for label in presses:
            await console.press(label.removeprefix("[").removesuffix("]"))
        return console.shown_since(before)


def _is_from_bot(message: JsonObject) -> bool:
    return bool(message.get("from", {}).get("is_bot"))


def _number(message: JsonObject) -> int:
    return int(message["message_id"])


def _labels(message: JsonObject) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def _payload(message: JsonObject, label: str) -> str | None:
    """Return the start payload of the link whose words are `label` or `[label]`."""
    raw = message.get("text", "").encode("utf-16-le")
    for entity in message.get("entities", []):
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        words = raw[2 * begin : 2 * end].decode("utf-16-le")
        if entity["type"] == "text_link" and words in {label, f"[{label}]"}:
            return parse_qs(urlsplit(str(entity["url"])).query).get("start", [None])[0]
    return None
