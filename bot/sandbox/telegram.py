"""Telegram on this machine: the state machine that both fronts, and tests, talk to.

It does no I/O, reads no clock but the one it is given and knows nothing of event loops.
Waiting (long polls, slow answers) and broken connections are carried out by the fronts.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.sandbox.clock import Clock, ManualClock
from bot.sandbox.errors import TelegramError, not_found, unauthorized
from bot.sandbox.faults import Connection, Fault, FaultPlan, Rule
from bot.sandbox.feed import Event, Feed
from bot.sandbox.groups import Groups
from bot.sandbox.json_values import Json, JsonObject
from bot.sandbox.limits import Limits, Meter
from bot.sandbox.methods import find_method
from bot.sandbox.methods_profile import commands_for
from bot.sandbox.params import Params, Upload
from bot.sandbox.people import People
from bot.sandbox.state import Observer, Oddity, State
from bot.sandbox.targets import Call
from bot.sandbox.updates import confirm
from bot.sandbox.world import Bot, Callback, Chat, InlineQuery, StoredFile, User, World

SANDBOX_TOKEN = "1:sandbox-token-of-this-machine-only"  # noqa: S105 - opens nothing elsewhere
SANDBOX_USERNAME = "attache_sandbox_bot"
SANDBOX_NAME = "Attaché"
LOGGED_OUT_FOR = 600.0

_NO_FILES: Mapping[str, Upload] = {}
_NO_PARAMS: Mapping[str, Json] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a front sends back: status and body, after `delay`, over this connection.

    RESET: the request had no effect and the connection breaks. ANSWER_LOST: it had its
    effect, and the answer never comes.
    """

    status: int
    body: JsonObject
    delay: float = 0.0
    connection: Connection = Connection.FINE


class BrokenConnectionError(Exception):
    """A planned fault of the connection, where there is no front to carry it out."""


class Telegram:
    """The whole of it: bots call methods, people act, and everything can be read back."""

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        limits: Limits | None = None,
        world: World | None = None,
        username: str = SANDBOX_USERNAME,
    ) -> None:
        started = world is None
        world = world or World()
        self.clock: Clock = clock or ManualClock(hour=datetime(2022, 1, 12, 9, tzinfo=UTC))
        self.state = State(clock=self.clock, world=world, feed=Feed(world.feed_sequence))
        self.meter = Meter(limits or Limits())
        self.faults = FaultPlan()
        self.people = People(state=self.state)
        self.groups = Groups(state=self.state)
        if started:
            self.add_bot(SANDBOX_TOKEN, username, SANDBOX_NAME)

    @property
    def world(self) -> World:
        """Give all that is kept."""
        return self.state.world

    @property
    def limits(self) -> Limits:
        """Give the limits in force."""
        return self.meter.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self.meter.limits = limits

    @property
    def oddities(self) -> list[Oddity]:
        """List what was let pass in silence: unknown parameters, entities over the limit."""
        return self.state.oddities

    def add_bot(self, token: str, username: str, name: str, *, reads_all: bool = False) -> Bot:
        """Register a bot; its id is what stands before the colon of the token."""
        bot_id = int(token.split(":", 1)[0])
        user = User(id=bot_id, first_name=name, username=username, is_bot=True)
        bot = Bot(user=user, token=token, reads_all=reads_all)
        self.world.users[bot_id] = user
        self.world.bots[bot_id] = bot
        return bot

    # The bot's side

    def call(
        self,
        token: str,
        method: str,
        params: Mapping[str, Json] = _NO_PARAMS,
        files: Mapping[str, Upload] = _NO_FILES,
    ) -> Json:
        """Carry out a method and give its result; raise what Telegram would refuse with."""
        rule = self._struck(method, params)
        if rule is not None and rule.fault is Fault.RESET:
            raise BrokenConnectionError(f"{method}: connection reset")
        result = self._carry_out(token, method, params, files)
        if rule is not None and rule.fault is Fault.ANSWER_LOST:
            raise BrokenConnectionError(f"{method}: answer lost")
        return result

    def request(
        self,
        token: str,
        method: str,
        params: Mapping[str, Json] = _NO_PARAMS,
        files: Mapping[str, Upload] = _NO_FILES,
    ) -> Answer:
        """Carry out a method for a front: an answer in any case, with what delays or breaks it."""
        connection, delay = Connection.FINE, 0.0
        try:
            rule = self._struck(method, params)
            if rule is not None:
                if rule.fault is Fault.RESET:
                    return Answer(
                        status=0, body={}, delay=rule.seconds, connection=Connection.RESET
                    )
                delay = rule.seconds
                if rule.fault is Fault.ANSWER_LOST:
                    connection = Connection.ANSWER_LOST
            result = self._carry_out(token, method, params, files)
        except TelegramError as error:
            return Answer(status=error.code, body=error.body(), delay=delay, connection=connection)
        body: JsonObject = {"ok": True, "result": result}
        return Answer(status=200, body=body, delay=delay, connection=connection)

    def poll_again(self, token: str, params: Mapping[str, Json]) -> Answer:
        """Ask for updates after waiting: part of the same request, so no fault strikes twice."""
        try:
            result = self._carry_out(token, "getUpdates", params, _NO_FILES)
        except TelegramError as error:
            return Answer(status=error.code, body=error.body())
        return Answer(status=200, body={"ok": True, "result": result})

    def _struck(self, method: str, params: Mapping[str, Json]) -> Rule | None:
        if not self.faults.rules:
            return None
        given = params.get("chat_id")
        chat_id = int(str(given)) if re.fullmatch(r"-?\d+", str(given)) else None
        rule = self.faults.strike(method, chat_id, self.clock.elapsed())
        error = rule.error() if rule else None
        if error is not None:
            raise error
        return rule

    def _carry_out(
        self, token: str, name: str, params: Mapping[str, Json], files: Mapping[str, Upload]
    ) -> Json:
        bot = self.bot(token)
        name, method = find_method(name)
        read = Params(params, files)

        def charge(chat: Chat, messages: int) -> None:
            self.meter.charge(bot.user.id, chat, self.clock.elapsed(), messages)

        call = Call(state=self.state, bot=bot, method=name, params=read, charge=charge)
        result = method(call)
        for parameter in read.unread():
            call.odd(f"unknown parameter {parameter}")
        for observer in self.state.observers:
            observer.on_call(name, _with_uploads(params, files), result)
        return result

    def bot(self, token: str) -> Bot:
        """Find the bot that a token opens, or refuse."""
        bot = self.world.bot_by_token(token)
        if bot is None:
            raise unauthorized()
        if bot.logged_out_at is not None:
            if self.clock.elapsed() - bot.logged_out_at < LOGGED_OUT_FOR:
                raise TelegramError(400, "Logged out")
            bot.logged_out_at = None
        return bot

    def download(self, token: str, path: str) -> StoredFile:
        """Find the file that a bot downloads from /file/bot<token>/<path>, or refuse."""
        self.bot(token)
        for file in self.world.files.values():
            if file.path == path:
                return file
        raise not_found()

    # For fronts that wait, and for webhooks

    def watch_updates(self, watcher: Callable[[Bot], None]) -> Callable[[], None]:
        """Be told when a bot has a new update; gives what ends it."""
        self.state.update_watchers.append(watcher)
        return lambda: self.state.update_watchers.remove(watcher)

    def watch_feed(self, watcher: Callable[[Event], None]) -> Callable[[], None]:
        """Be told of each event; gives what ends it."""
        self.state.feed_watchers.append(watcher)
        return lambda: self.state.feed_watchers.remove(watcher)

    def observe(self, observer: Observer) -> None:
        """Show each answered request and each update to an observer."""
        self.state.observers.append(observer)

    def confirm_update(self, token: str, update_id: int) -> None:
        """Forget an update that a webhook took."""
        bot = self.bot(token)
        confirm(bot, update_id)
        bot.webhook.last_error_date = bot.webhook.last_error_message = None

    def webhook_failed(self, token: str, message: str) -> None:
        """Keep for getWebhookInfo why an update could not be posted."""
        webhook = self.bot(token).webhook
        webhook.last_error_date, webhook.last_error_message = self.state.date, message

    # For whoever reads back

    def events_after(self, sequence: int) -> list[Event]:
        """List what happened after a sequence number; see also `feed.first`."""
        return self.state.feed.after(sequence)

    @property
    def feed(self) -> Feed:
        """Give the feed of what happened."""
        return self.state.feed

    def transcript(self, chat_id: int, *, bot_id: int | None = None) -> list[JsonObject]:
        """Give a chat as it now stands: Bot API messages, with reply markup of any kind."""
        chat = self.find_chat(chat_id, bot_id)
        if chat is None:
            return []
        return [self.state.shown(chat, chat.messages[one]) for one in sorted(chat.messages)]

    def find_chat(self, chat_id: int, bot_id: int | None = None) -> Chat | None:
        """Find a chat; a private one by its person's id, with the first bot or the one named."""
        return self.world.chat_for(chat_id, self.people.bot(bot_id).user.id)

    def callback(self, callback_id: str) -> Callback:
        """Give a pressed button with what the bot answered."""
        return self.world.callbacks[callback_id]

    def inline_query(self, query_id: str) -> InlineQuery:
        """Give an inline query with the results it brought."""
        return self.world.inline_queries[query_id]

    def commands(
        self, person_id: int, chat_id: int, *, bot_id: int | None = None
    ) -> list[JsonObject]:
        """List the commands that a person is offered in a chat."""
        bot = self.people.bot(bot_id)
        chat = self.people.chat(person_id, chat_id, bot.user.id)
        return commands_for(bot, chat, person_id, self.state.user(person_id).language_code)

    def file(self, file_id: str) -> StoredFile | None:
        """Find a file by its id."""
        return self.world.files.get(file_id)

    def scale_limits(self, scale: float) -> None:
        """Multiply the limits; 1 is Telegram's own size."""
        self.limits = replace(self.limits, scale=scale)


def _with_uploads(params: Mapping[str, Json], files: Mapping[str, Upload]) -> JsonObject:
    # A file sent under a parameter's own name stands as attach://<name> for observers.
    given = str(params)
    direct = {name: f"attach://{name}" for name in files if f"attach://{name}" not in given}
    return dict(params) | direct
