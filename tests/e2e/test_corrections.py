"""A correction: marked by the editor, confirmed by the admin, made in what was sent."""

import signal
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox.cast import ADA_ID, ADMIN_ID
from tests.e2e.processes import World, world

EVENING = datetime(2024, 3, 4, 20, 0, tzinfo=UTC)
MORNING = datetime(2024, 3, 5, 8, 0, 1, tzinfo=UTC)
NEXT_MORNING = datetime(2024, 3, 6, 8, 0, 1, tzinfo=UTC)
SUMMARY = """\
---
title: Council votes
source: Harbour Gazette
published: 2024-03-05
events:
  - {date: 2024-03-04, text: EVENT}
  - {date: 2024-03-06, text: The works begin, status: planned}
---
The council has voted.
"""
WRONG = "The council votes 31 to 20 \N{BRIDGE AT NIGHT}"
RIGHT = "The council votes 30 to 21"


def digests(opened: World) -> list[str]:
    return [m["text"] for m in opened.answers(ADA_ID) if m["text"].startswith("Digest")]


def links(opened: World) -> set[str]:
    """Return the words of the links in the first digest, cut out as Telegram does."""
    (first, *_) = [m for m in opened.answers(ADA_ID) if m["text"].startswith("Digest")]
    raw = first["text"].encode("utf-16-le")
    return {
        raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in first["entities"]
        if e["type"] == "text_link"
    }


async def test_a_correction_is_made_in_what_was_sent_and_leads_the_next_edition(
    tmp_path: Path,
) -> None:
    summaries = tmp_path / "summaries"
    summaries.mkdir()
    (summaries / "vote.md").write_text(SUMMARY.replace("EVENT", WRONG))
    async with world(tmp_path, begins=EVENING) as opened:
        await opened.start(summaries=str(summaries))
        people = opened.telegram.people
        people.send_text(ADA_ID, ADA_ID, "/subscribe 08:00 UTC")
        await opened.until(lambda: len(opened.answers(ADA_ID)) == 1)
        opened.clock.set(MORNING)
        await opened.until(lambda: len(digests(opened)) == 1)
        assert WRONG in digests(opened)[0]

        (summaries / "vote.md").write_text(
            SUMMARY.replace("EVENT}", f"{RIGHT}, correction: '{WRONG}'}}")
        )
        people.send_text(ADMIN_ID, ADMIN_ID, "/reload")
        await opened.until(lambda: "Reloaded" in str(opened.answers(ADMIN_ID)))
        assert WRONG in digests(opened)[0]
        people.send_text(ADMIN_ID, ADMIN_ID, "/corrections")
        await opened.until(lambda: "was sent to 1 chat" in str(opened.answers(ADMIN_ID)))
        page = opened.answers(ADMIN_ID)[-1]
        people.press(ADMIN_ID, ADMIN_ID, page["message_id"], label=f"Correct in 1: {RIGHT}")
        await opened.until(lambda: RIGHT in digests(opened)[0])
        assert WRONG not in digests(opened)[0]
        assert digests(opened)[0].endswith("Corrected on 5 Mar 2024.")
        assert links(opened) == {"[1]"}
        people.send_text(ADMIN_ID, ADMIN_ID, "/corrections")
        await opened.until(lambda: "No message carries" in str(opened.answers(ADMIN_ID)))

        opened.clock.set(NEXT_MORNING)
        await opened.until(lambda: len(digests(opened)) == 2)
        assert digests(opened)[1].split("\n\n")[1].startswith(f"Corrected\n4 Mar 2024  {RIGHT}")
        assert await opened.end(signal.SIGTERM) == 0
