"""How soon a reader has the first word of an answer, and how many answers go out in a second."""

import asyncio
import random
import time
from collections.abc import Iterable, Iterator
from contextlib import AsyncExitStack
from itertools import cycle
from pathlib import Path
from statistics import median

from benchmarks.speed.corpus import Corpus, Zipf
from benchmarks.speed.floors import bots
from benchmarks.speed.floors.knowing import data_folder
from benchmarks.speed.floors.server import Line, serving
from benchmarks.speed.measuring import Timed, interleaved_async, milliseconds
from benchmarks.speed.table import Row, at_least, at_most

SIZE = 10_000
_OURS, _PTB, _AIOGRAM = 1001, 1002, 1003
_ASKED = 40  # times in a round
_CHATS = 64
_ANSWERS = 640  # in a round
_SLOW_ANSWERS = 128  # in a round, of who sends one at a time
_DELAY = 0.05  # seconds that each request takes
_HELP = "/help"


def measure(*, big: bool) -> Iterable[Row]:
    """Return the rows of replies."""
    del big
    with data_folder(SIZE, (_OURS,)) as data:
        return asyncio.run(_measure(data))


async def _measure(data: Path) -> list[Row]:
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(serving())
        ours, ptb, aiogram = (telegram.line(number) for number in (_OURS, _PTB, _AIOGRAM))
        await stack.enter_async_context(bots.ours(telegram, ours, data))
        await stack.enter_async_context(bots.echo(telegram, ptb, "ptb"))
        await bots.warm(ours, _HELP)
        await bots.warm(ptb, "Hello")
        rows = [await _first_reply(what, ours, ptb) for what in KINDS]
        await stack.enter_async_context(bots.echo(telegram, aiogram, "aiogram"))
        await bots.warm(aiogram, "Hello")
        return [*rows, *await _replies_a_second(ours, ptb, aiogram)]


async def _first_reply(what: str, ours: Line, ptb: Line) -> Row:
    """Ask both the same, one question at a time."""
    questions = questions_of(what, SIZE)
    chats = cycle(range(2_000_000, 2_000_000 + _CHATS))

    async def ask(line: Line) -> float:
        took = [await line.ask(next(chats), next(questions)) for _ in range(_ASKED)]
        return median(took)

    timed = await interleaved_async(lambda: ask(ours), lambda: ask(ptb))
    return Row(
        what=f"update in → first reply out, {what}, at {SIZE:,} summaries",
        ratios=timed.ratios,
        floor="python-telegram-bot echo",
        goal=at_most(1.0),
        ours=milliseconds(timed.ours),
        theirs=milliseconds(timed.floor),
    )


def questions_of(what: str, size: int) -> Iterator[str]:
    """Yield questions of one of the `KINDS` about a story of `size` summaries, for ever."""
    corpus, chance = Corpus(size), random.Random(what)  # noqa: S311 (the same each time)
    people = Zipf(corpus.people)
    words = Zipf([word for text in _texts(corpus) for word in text.split()])
    while True:
        name, word, other = people.draw(chance), words.draw(chance), words.draw(chance)
        yield KINDS[what].format(name=name, word=word, other=other)


def _texts(corpus: Corpus) -> Iterator[str]:
    return (event.text for summary in corpus.summaries(0, 50) for event in summary.events)


KINDS = {
    "`/who`": "/who {name}",
    "`/timeline`": "/timeline {name}",
    "`/search`": "/search {word} {other}",
    "free question": "What did {name} say?",
}


async def _replies_a_second(ours: Line, ptb: Line, aiogram: Line) -> list[Row]:
    rows = []
    for other, library, answers, goal in (
        (aiogram, "aiogram 3 echo", _ANSWERS, at_least(1.0)),
        (ptb, "python-telegram-bot echo, default transport", _SLOW_ANSWERS, at_least(5.0)),
    ):
        timed = await _talk(ours, other, answers)
        rows.append(
            Row(
                what=f"replies a second, {_CHATS} chats at once, {_DELAY * 1000:.0f} ms server, "
                "pacing off",
                ratios=timed.speeds,
                floor=library,
                goal=goal,
                ours=_a_second(timed.ours),
                theirs=_a_second(timed.floor),
            )
        )
    return rows


def _a_second(took: Iterable[float]) -> str:
    return f"{1 / median(took):.0f}/s"


async def _talk(ours: Line, other: Line, answers: int) -> Timed:
    """Have 64 chats write to each in turn, each as soon as it has its answer."""
    return await interleaved_async(
        lambda: _all_at_once(ours, _HELP, _ANSWERS), lambda: _all_at_once(other, "Hello", answers)
    )


async def _all_at_once(line: Line, text: str, answers: int) -> float:
    """Return how many seconds pass for one answer, while as many as that are given."""
    line.delay = _DELAY
    left, done = answers, asyncio.Event()

    def again(chat: int) -> None:
        nonlocal left
        left -= 1
        if left > 0:
            asyncio.get_running_loop().call_later(_DELAY, line.say, chat, text)
        else:
            done.set()

    line.replied = again
    began = time.perf_counter()
    for chat in range(_CHATS):
        line.say(3_000_000 + chat, text)
    await done.wait()
    took = time.perf_counter() - began
    line.replied = lambda _chat: None
    await asyncio.sleep(4 * _DELAY)  # what is under way still
    line.delay = 0.0
    return took / answers
