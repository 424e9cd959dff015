"""The verdict on a soak: what Telegram saw, held against what the ledger says. Pure."""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.soak_ledger import Debt
from benchmarks.soak_plan import LONG_WAIT, READ_TIMEOUT, Plan
from benchmarks.soak_telegram import Asked, Request
from bot.sandbox.faults import Fault

_SHOWN = 3  # offenders
_ALL_IN_A_SECOND = 30
_CHAT_IN_THREE_SECONDS = 4  # its burst, as the sandbox counts it
_GROUP_IN_A_MINUTE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that is known at the end."""

    plan: Plan
    debts: Sequence[Debt]
    requests: Sequence[Request]
    transcript: Mapping[int, Sequence[tuple[int, str]]]  # message ids with their texts
    asked: Sequence[Asked]
    in_flight: int  # at the kills and at the stops
    aside: int  # updates
    unclean_stops: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One figure; where `most` is given and it is larger, the soak has failed."""

    name: str
    count: int
    most: int | None = None
    offenders: Sequence[object] = ()

    @property
    def holds(self) -> bool:
        """Tell whether the figure is as it must be."""
        return self.most is None or self.count <= self.most

    def __str__(self) -> str:
        """Return the line that is printed."""
        must = "" if self.most is None else f"  (at most {self.most})"
        line = f"{'  ' if self.holds else '! '}{self.name:<58}{self.count:>8}{must}"
        return "\n".join([line, *(f"      {one}" for one in self.offenders[:_SHOWN])])


@dataclass(slots=True, kw_only=True)
class _Parts:
    """What became of the parts, one list for each kind of trouble."""

    states: Counter[str] = field(default_factory=Counter)
    lost: list[object] = field(default_factory=list)
    repeated: list[object] = field(default_factory=list)
    perhaps: int = 0
    arrived: int = 0  # of the uncertain
    wrong: list[object] = field(default_factory=list)

    def add(self, debt: Debt, shown: list[int]) -> None:
        """Judge one part by the messages with its words that stand in its chat."""
        self.states[debt.state] += 1
        match debt.state:
            case "sent" if not shown:
                self.lost.append(debt)
            case "sent" if debt.message not in shown:
                self.wrong.append((debt, shown))
            case "planned" | "sending":
                self.lost.append(debt)
            case "failed" | "skipped" if shown and not debt.resent:
                self.wrong.append((debt, shown))
            case "uncertain":
                self.arrived += bool(shown)
        if len(shown) > 1 + debt.resent:
            self.repeated.append((debt, shown))
        self.perhaps += debt.resent and len(shown) > 1


def judge(evidence: Evidence) -> list[Finding]:
    """Return all figures, those that must hold with their limits."""
    return [
        *_deliveries(evidence),
        *_commands(evidence),
        *_windows(evidence),
        Finding(name="stops that left a part in flight", count=evidence.unclean_stops, most=0),
    ]


def _deliveries(evidence: Evidence) -> Iterator[Finding]:
    parts = _judge_parts(evidence)
    doubtful = sum(map(_is_doubtful, evidence.requests))
    strangers = _strangers(evidence)
    yield Finding(name="parts owed", count=sum(parts.states.values()))
    for state, count in sorted(parts.states.items()):
        if state != "uncertain":
            yield Finding(name=f"  {state}", count=count)
    yield Finding(
        name="  uncertain (in flight at a kill, or without an answer)",
        count=parts.states["uncertain"],
        most=evidence.in_flight + doubtful,
    )
    yield Finding(name="  of these arrived all the same", count=parts.arrived)
    yield Finding(name="lost", count=len(parts.lost), most=0, offenders=parts.lost)
    yield Finding(
        name="repeated, though acknowledged and recorded",
        count=len(parts.repeated),
        most=0,
        offenders=parts.repeated,
    )
    yield Finding(name="repeated, after the first was uncertain", count=parts.perhaps)
    yield Finding(
        name="recorded otherwise than it was", count=len(parts.wrong), most=0, offenders=parts.wrong
    )
    yield Finding(
        name="digests that nobody was owed", count=len(strangers), most=0, offenders=strangers
    )


def _judge_parts(evidence: Evidence) -> _Parts:
    judged = _Parts()
    editions: dict[int, set[str]] = defaultdict(set)
    for debt in evidence.debts:
        editions[debt.chat].add(debt.date)
        shown = [number for number, text in evidence.transcript[debt.chat] if text == debt.text]
        judged.add(debt, shown)
    for chat in evidence.plan.subscribed:
        if not editions[chat]:
            judged.lost.append(f"chat {chat} has no edition")
        elif len(editions[chat]) > 1:
            judged.repeated.append(f"chat {chat} has editions of {sorted(editions[chat])}")
    return judged


def _strangers(evidence: Evidence) -> list[object]:
    owed = {(debt.chat, debt.text) for debt in evidence.debts}
    return [
        (chat, text[:60])
        for chat, messages in evidence.transcript.items()
        for _, text in messages
        if text.startswith("Digest · ") and (chat, text) not in owed
    ]


def _is_doubtful(request: Request) -> bool:
    """Tell whether the bot cannot know what became of a request."""
    broken = request.fault in {Fault.RESET, Fault.ANSWER_LOST}
    return broken or (request.fault == Fault.SLOW and request.seconds >= READ_TIMEOUT)


def _commands(evidence: Evidence) -> Iterator[Finding]:
    attempts: dict[int, list[Request]] = defaultdict(list)
    readers = {asked.chat for asked in evidence.asked}
    for request in evidence.requests:
        if request.chat in readers:
            attempts[request.chat].append(request)
    answered, taken, lost = Counter[bool](), 0, list[object]()
    for asked in evidence.asked:
        mine = [r for r in attempts[asked.chat] if asked.word in r.text]
        delivered = sum(r.message is not None for r in mine)
        if delivered:
            answered[delivered > 1] += 1
        elif mine or any(r.seconds == LONG_WAIT for r in attempts[asked.chat]):
            taken += 1
        else:
            lost.append(asked)
    yield Finding(name="commands of readers", count=len(evidence.asked))
    yield Finding(name="  answered", count=sum(answered.values()))
    yield Finding(name="  of these more than once", count=answered[True])
    yield Finding(name="  whose answer a planned fault took", count=taken)
    yield Finding(name="  lost commands", count=len(lost), most=0, offenders=lost)
    yield Finding(name="  set aside, because the bot died of it", count=evidence.aside, most=0)


def _windows(evidence: Evidence) -> Iterator[Finding]:
    """Measure what came in at the server, refused or not, in seconds of the clock."""
    by_chat: dict[int, list[float]] = defaultdict(list)
    for request in evidence.requests:
        by_chat[request.chat].append(request.at)
    limited = [r for r in evidence.requests if r.status == 429 and r.fault != Fault.FLOOD]  # noqa: PLR2004 (HTTP's own)
    groups = [at for chat, at in by_chat.items() if chat < 0]
    yield Finding(
        name="most requests in a second of the clock",
        count=most_within([r.at for r in evidence.requests], 1.0),
        most=_ALL_IN_A_SECOND,
    )
    yield Finding(
        name="most requests to a chat in three",
        count=max((most_within(at, 3.0) for at in by_chat.values()), default=0),
        most=_CHAT_IN_THREE_SECONDS,
    )
    yield Finding(
        name="most requests to a group in sixty",
        count=max((most_within(at, 60.0) for at in groups), default=0),
        most=_GROUP_IN_A_MINUTE,
    )
    yield Finding(name="refused by the sandbox's own limits", count=len(limited), most=0)


def most_within(moments: Iterable[float], span: float) -> int:
    """Return how many of `moments` lie in the fullest span."""
    window: deque[float] = deque()
    most = 0
    for at in sorted(moments):
        window.append(at)
        while window[0] + span <= at:
            window.popleft()
        most = max(most, len(window))
    return most


def faults_of(requests: Iterable[Request]) -> str:
    """Return how often each fault struck."""
    counted = Counter(
        f"{r.fault} of {math.floor(r.seconds):,} s" if r.fault in _WITH_SECONDS else r.fault
        for r in requests
        if r.fault is not None
    )
    return ", ".join(f"{kind} {count}" for kind, count in sorted(counted.items()))


_WITH_SECONDS = frozenset({Fault.FLOOD, Fault.SLOW})
