"""Planning and sending in any order with faults, kills, clock jumps and readers' own changes.

`STATEFUL_EXAMPLES=2000 pytest tests/bot/digest/test_stateful.py --timeout 0` looks longer.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bot.digest.tick import Tick
from bot.messages.message import Message
from bot.messages.parts import freeze
from bot.messages.text import Text
from bot.sandbox.clock import SandboxClock
from bot.sandbox.faults import Fault, Rule
from bot.sandbox.world import ChatType
from store.database import Connection, open_connection, transaction
from store.errors import StoreError
from store.knowledge.reload import reload
from store.knowledge.schema import migrations as of_knowledge
from store.ledger import announcements, chats, control, subscriptions
from store.ledger.values import Policy, Wanted
from tests.bot.digest import stateful_readers as readers
from tests.bot.digest.desk import LINKS
from tests.bot.digest.stateful_checks import left_lying, troubles, unsettled
from tests.bot.digest.stateful_life import InlineDatabase, KilledError, Life, begin_life
from tests.bot.digest.stateful_readers import PRIVATE, Act, Place
from tests.bot.digest.stateful_server import Mishap, Server
from tests.bot.pacing_desk import JumpingLoop
from tests.store.stories import STORY

P = ParamSpec("P")
EXAMPLES = int(os.environ.get("STATEFUL_EXAMPLES", "50"))
STEPS = 40
BOT = 1
LONG_WAIT = 43_838.0
RESTART = 3.0  # seconds
REMEMBERED = 60.0  # seconds of a group's window, which the pacing of a killed process knew
LONGEST_BROADCAST = 3600.0  # seconds: a group takes 20 messages a minute
SKIPPED = {"no story is loaded", "the topic is gone", "the chat has it already"}


SENDS = "sendMessage"
FAULTS = (
    Rule(fault=Fault.FLOOD, method=SENDS, seconds=2),
    Rule(fault=Fault.FLOOD, method=SENDS, seconds=LONG_WAIT),
    Rule(fault=Fault.FORBIDDEN, method=SENDS),
    Rule(fault=Fault.BAD_REQUEST, method=SENDS, text="chat not found"),
    Rule(fault=Fault.BAD_REQUEST, method=SENDS, text="can't parse entities"),
    Rule(fault=Fault.BAD_REQUEST, method=SENDS, text="message thread not found"),
    Rule(fault=Fault.SERVER_ERROR, method=SENDS, code=500),
    Rule(fault=Fault.SERVER_ERROR, method=SENDS, code=502),
    Rule(fault=Fault.RESET, method=SENDS, seconds=0),
    Rule(fault=Fault.ANSWER_LOST, method=SENDS, seconds=0),
    Rule(fault=Fault.SLOW, method=SENDS, seconds=30),
)
places = st.sampled_from(Place)
acts = st.sampled_from(Act)
mishaps = st.lists(st.sampled_from(Mishap), max_size=3)
faults = st.tuples(st.integers(0, len(FAULTS) - 1), st.integers(1, 6), st.integers(1, 7))
rhythms = st.sampled_from(range(len(readers.RHYTHMS)))
moments = st.none() | st.none() | st.integers(1, 70)
writes = st.none() | st.none() | st.integers(1, 12)
summaries = st.sets(st.sampled_from(range(len(readers.STORIES))))


class Deliveries(RuleBasedStateMachine):
    """A bot, its readers, and all that can go wrong between them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.runner = asyncio.Runner(loop_factory=JumpingLoop)
        loop = self.runner.get_loop()
        assert isinstance(loop, JumpingLoop)
        self.loop = loop
        self.clock = SandboxClock(seconds=loop.time, started=readers.EVENING)
        self.policy = Policy.LEAVE
        self.restarted = 0.0
        self.announced = 0

    @initialize(seed=st.integers(0, 99), known=summaries, rhythm=rhythms)
    def begin(self, seed: int, known: set[int], rhythm: int) -> None:
        self.server = Server(self.clock, seed)
        telegram = self.server.telegram
        self.people = [telegram.people.add(place.name).id for place in PRIVATE]
        for person in self.people:
            telegram.people.start(person)
        owner = self.people[0]
        self.group = telegram.groups.create(owner, "Group", members=(BOT,)).id
        self.forum = telegram.groups.create(
            owner, "Forum", type=ChatType.SUPERGROUP, members=(BOT,), is_forum=True
        ).id
        self.topic = telegram.groups.open_topic(owner, self.forum, "Topic").id
        self.know(known)
        self.life = self.runner.run(self.started())
        self.db = open_connection(self.folder / "ledger.db", synchronous="OFF", writable=False)
        for place in Place:
            self.a_reader_acts(place, Act.SUBSCRIBE, rhythm)

    # Time

    @rule(seconds=st.sampled_from((1, 60, 3600, 6 * 3600, 86_400, 3 * 86_400)))
    def time_passes(self, seconds: int) -> None:
        self.loop.passed += seconds

    @rule(hours=st.sampled_from((-26, -1, 1, 13)))
    def the_clock_jumps(self, hours: int) -> None:
        self.clock.jump(timedelta(hours=hours))
        self.server.set_back |= hours < 0

    @rule(kill_at=moments, full_from=writes)
    def what_waits_may_go(self, kill_at: int | None, full_from: int | None) -> None:
        now = self.clock.now().timestamp()
        self.loop.passed += 1 + min((m - now for m in _later(unsettled(self.db), now)), default=0)
        self.broadcast(kill_at, full_from)

    @rule(fault=st.none() | faults, mishaps=mishaps, kill_at=moments, full_from=writes)
    def a_morning_comes(
        self,
        fault: tuple[int, int, int] | None,
        mishaps: list[Mishap],
        kill_at: int | None,
        full_from: int | None,
    ) -> None:
        self.plan(fault)
        self.server.mishaps.extend(mishaps)
        self.next_one_is_due()
        self.tick()
        self.broadcast(kill_at, full_from)

    # The bot

    @rule(kill_at=st.none() | st.integers(1, 9), full_from=st.none() | st.integers(1, 2))
    def tick(self, kill_at: int | None = None, full_from: int | None = None) -> None:
        tick = Tick(knowledge=self.knowledge, ledger=self.life.ledger, clock=self.clock.now)
        self.carry_out(tick(LINKS), kill_at=kill_at, full_from=full_from)

    @rule(kill_at=moments, full_from=writes)
    def broadcast(self, kill_at: int | None = None, full_from: int | None = None) -> None:
        begun = self.loop.passed
        went_well = self.carry_out(self.life.broadcast(), kill_at=kill_at, full_from=full_from)
        assert self.loop.passed - begun < LONGEST_BROADCAST + RESTART
        if went_well and control.halted(self.db) is None:
            lying = left_lying(self.db, self.clock.now())
            assert not lying, f"could have gone: {lying}"

    @rule(place=places, act=acts, later=st.sampled_from((0.0, 0.1, 0.5, 2.0)), fault=faults)
    def a_reader_acts_while_it_sends(
        self, place: Place, act: Act, later: float, fault: tuple[int, int, int]
    ) -> None:
        self.plan(fault)

        async def in_between() -> None:
            await asyncio.sleep(later)
            self.a_reader_acts(place, act, 0)

        self.next_one_is_due()
        self.tick()
        self.carry_out(self.life.broadcast(), in_between())

    @rule(policy=st.sampled_from(Policy))
    def restart(self, policy: Policy) -> None:
        self.policy = policy
        self.runner.run(self.begun_anew())

    @rule(halt=st.booleans())
    def the_admin_steers(self, halt: bool) -> None:  # noqa: FBT001 (drawn)
        if halt:
            self.write(control.halt, reason="an admin said so", now=self.clock.now())
        else:
            self.write(control.resume)

    @rule(times=st.sampled_from((1, 6, 25)))
    def the_admin_announces(self, times: int) -> None:
        for _ in range(times):
            self.announced += 1
            words = f"Announcement {self.announced}"
            part = freeze(Message(Text() + words))
            self.write(announcements.announce, key=words, part=part, now=self.clock.now())

    # The story

    @rule(known=summaries)
    def reload(self, known: set[int]) -> None:
        told = [readers.STORIES[n] for n in sorted(known)]
        self.runner.run(self.knowledge.write(reload, STORY, told))

    @rule(known=summaries)
    def rebuild(self, known: set[int]) -> None:
        self.knowledge.close()
        for file in self.folder.glob("knowledge.db*"):
            file.unlink()
        self.know(known)

    # The readers

    @rule(place=places, act=acts, rhythm=rhythms)
    def a_reader_acts(self, place: Place, act: Act, rhythm: int) -> None:
        now, (chat, topic), people = self.clock.now(), self.at(place), self.server.telegram.people
        if place in PRIVATE:
            (people.block if act in {Act.BLOCK, Act.BLOCK_UNHEARD} else people.unblock)(chat)
        match act:
            case Act.SUBSCRIBE:
                self.write(readers.subscribe, chat, topic, readers.RHYTHMS[rhythm], now)
            case Act.UNSUBSCRIBE | Act.PAUSE | Act.GO_ON:
                self.write(readers.STEERED[act], chat, topic, now)
            case Act.BLOCK:
                self.write(chats.close, chat, reason="blocked", now=now)
            case Act.UNBLOCK:
                self.write(chats.reopen, chat, now=now)
            case Act.CLOSE_TOPIC:
                groups, owner = self.server.telegram.groups, self.people[0]
                groups.set_topic_closed(owner, self.forum, self.topic)
                self.topic = groups.open_topic(owner, self.forum, "Topic").id
            case Act.MIGRATE | Act.MIGRATE_UNHEARD:
                self.migrate(heard=act is Act.MIGRATE)
            case Act.FOLLOW | Act.FOLLOW_BY_DAY | Act.MUTE | Act.NO_ALERTS:
                self.write(readers.set_alerts, chat, topic, now, act)

    def migrate(self, *, heard: bool) -> None:
        if self.is_group:
            old = self.group
            self.group = self.server.telegram.groups.migrate(self.people[0], old).id
            if heard:
                self.write(chats.migrate, old, self.group, now=self.clock.now())

    # What must hold

    @invariant()
    def the_ledger_and_telegram_agree(self) -> None:
        if hasattr(self, "db"):
            found = troubles(self.db, self.server)
            assert not found, "\n".join(found)

    @invariant()
    def telegram_refuses_nothing_that_nobody_planned(self) -> None:
        if hasattr(self, "server"):
            early = self.restarted + REMEMBERED
            refused = [at for at in self.server.meter.refused if at > early]
            assert not refused, f"more than Telegram takes, at {refused} (now {self.loop.passed})"
            self.server.meter.refused.clear()

    def teardown(self) -> None:
        try:
            if hasattr(self, "db"):
                self.drain()
                self.db.close()
                self.knowledge.close()
                self.runner.run(self.life.end())
        finally:
            self.runner.close()
            shutil.rmtree(self.folder)

    def drain(self) -> None:
        """Let all faults stop: what is owed goes, and each reader gets the next digest."""
        self.server.telegram.faults.set([])
        self.server.mishaps.clear()
        self.the_admin_steers(halt=False)
        for person in self.people:
            self.server.telegram.people.unblock(person)
        self.until_settled()
        last = self.db.execute("SELECT COALESCE(MAX(id), 0) FROM edition").fetchone()[0]
        wanted = [s for s in subscriptions.all_subscriptions(self.db) if s.state is Wanted.ON]
        for _ in wanted:
            self.next_one_is_due()
            self.until_settled()
        for row in list(
            self.db.query(
                "SELECT delivery.state, delivery.reason, chat FROM delivery JOIN edition "
                "ON edition.id = edition WHERE edition > ? AND kind = 'digest'",
                [last],
            )
        ):
            assert row["state"] == "sent" or row["reason"] in SKIPPED, row
        self.the_ledger_and_telegram_agree()

    def until_settled(self) -> None:
        left: list[dict[str, Any]] = []
        for _ in range(30):
            self.tick()
            self.broadcast()
            left = unsettled(self.db)
            if not left:
                return
            assert {row["state"] for row in left} == {"planned"}, left
            now = self.clock.now().timestamp()
            self.loop.passed += 1 + min((m - now for m in _later(left, now)), default=1)
        raise AssertionError(f"owed for ever: {left}")

    # How it is done

    @property
    def is_group(self) -> bool:
        chat = self.server.telegram.find_chat(self.group)
        return chat is not None and chat.type is ChatType.GROUP

    def at(self, place: Place) -> tuple[int, int]:
        if place in PRIVATE:
            return self.people[place.value], 0
        if place is Place.GROUP:
            return self.group, 0
        return self.forum, self.topic if place is Place.TOPIC else 0

    def plan(self, fault: tuple[int, int, int] | None) -> None:
        """Let a kind of fault strike from a message on, so many times."""
        given = [fault] if fault else []
        rules = [replace(FAULTS[kind], nth=nth, times=times) for kind, nth, times in given]
        self.server.telegram.faults.set(rules)

    def next_one_is_due(self) -> None:
        now = self.clock.now()
        on = (s for s in subscriptions.all_subscriptions(self.db) if s.state is Wanted.ON)
        due = min((s.next_due for s in on if s.next_due > now), default=now)
        self.loop.passed += (due - now).total_seconds() + 1

    def know(self, known: set[int]) -> None:
        self.knowledge = InlineDatabase(self.folder / "knowledge.db", of_knowledge)
        self.runner.run(
            self.knowledge.write(reload, STORY, [readers.STORIES[n] for n in sorted(known)])
        )

    def write(
        self,
        change: Callable[Concatenate[Connection, P], object],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        with transaction(self.life.ledger._writing, immediate=True):
            change(self.life.ledger._writing, *args, **kwargs)

    def carry_out(
        self,
        *works: Coroutine[Any, Any, object],
        kill_at: int | None = None,
        full_from: int | None = None,
    ) -> bool:
        """Do works side by side, until one kills the process; tell whether all went well."""

        async def together() -> list[BaseException]:
            door = self.life.door
            door.passed = door.written = 0
            door.kill_at, door.full_from = kill_at, full_from
            done = await asyncio.gather(*works, return_exceptions=True)
            killed = door.dead
            door.kill_at = door.full_from = None
            if killed:
                await self.begun_anew()
            return [error for error in done if isinstance(error, BaseException)]

        errors = self.runner.run(together())
        for error in errors:
            group = (
                error if isinstance(error, BaseExceptionGroup) else BaseExceptionGroup("", [error])
            )
            _, unplanned = group.split((KilledError, StoreError))
            if unplanned is not None:
                raise unplanned
            assert kill_at is not None or full_from is not None, error
        return not errors

    async def started(self) -> Life:
        self.restarted = self.loop.passed
        return await begin_life(self.folder, self.server, self.clock.now, self.policy)

    async def begun_anew(self) -> None:
        await self.life.end()
        self.loop.passed += RESTART
        self.life = await self.started()


def _later(rows: list[dict[str, Any]], now: float) -> list[float]:
    return [row["not_before"] for row in rows if row["not_before"] > now]


def test_every_edition_arrives_once_whatever_happens() -> None:
    run_state_machine_as_test(
        Deliveries,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, report_multiple_bugs=False
        ),
    )
