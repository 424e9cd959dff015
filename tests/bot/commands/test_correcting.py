from datetime import timedelta
from pathlib import Path

from bot.sandbox.clock import ManualClock
from tests.bot.conversation import ADMIN, NOW, READER, conversation, labels

SUMMARY = (
    "---\ntitle: Vote\nsource: The Gazette\npublished: 2022-01-19\nevents:\n"
    "  - {date: 2022-01-18, text: EVENT}\n---\nThe council has voted.\n"
)
LONG = "The council votes 31 to 20 " + "after a long and tiring evening " * 12
RIGHT = LONG.replace("31 to 20", "30 to 21")


async def test_a_line_that_was_cut_is_corrected_as_it_was_told(tmp_path: Path) -> None:
    story = tmp_path / "story"
    story.mkdir()
    (story / "vote.md").write_text(SUMMARY.replace("EVENT", LONG))
    clock = ManualClock(hour=NOW)
    async with conversation(tmp_path / "data", summaries=story, clock=clock.now) as talk:
        await talk.ask("/subscribe 8:00")
        clock.hour = NOW + timedelta(days=1)
        await talk.deliver()
        (story / "vote.md").write_text(
            SUMMARY.replace("EVENT}", f"{RIGHT}, correction: '{LONG.strip()}'}}")
        )
        await talk.ask("/reload", person=ADMIN)
        offered = await talk.ask("/corrections", person=ADMIN)
        await talk.press(offered, labels(offered)[0], person=ADMIN)
        await talk.deliver()
        told = talk.messages(READER)[-1]["text"]
        assert "The council votes 30 to 21 after" in told
        assert "31 to 20" not in told
