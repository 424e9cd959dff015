"""The soak in small: a few hundred chats, faults, kills while readers write, and a jump."""

import re
from pathlib import Path

from benchmarks.soak import soak
from benchmarks.soak_plan import Plan

SMALL = Plan(
    chats=240,
    groups=20,
    readers=20,
    kills=3,
    rate=8,
    seed=3,
    faulty=0.08,
    spread=0,
    command_every=2.0,
)


async def test_nothing_is_lost_or_repeated_over_faults_and_kills(tmp_path: Path) -> None:
    said: list[str] = []
    held = await soak(SMALL, tmp_path, said.append)
    assert held, "\n".join(said)
    # Two parts for each chat, or neither their order nor what a kill does between them is soaked.
    assert re.search(r"parts owed +480$", "\n".join(said), re.MULTILINE)
