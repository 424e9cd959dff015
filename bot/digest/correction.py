"""Correcting a part that was sent: the words put right, the rest and its styles as they were."""

import json
from datetime import date

from bot.locales import _
from bot.messages import dates
from bot.messages.text import LONGEST_MESSAGE, units


def corrected(content: str, *, was: str, now: str, on: date) -> str | None:
    """Return the frozen part `content` with `now` in place of `was`, and a line that says so.

    None where the words do not stand there, or where the message would become longer
    than Telegram takes.
    """
    part = json.loads(content)
    before, found, after = part["text"].partition(was)
    if not found:
        return None
    note = "\n\n" + _("Corrected on {day}.").format(day=dates.day(on))
    text = f"{before}{now}{after}{note}"
    if units(text) > LONGEST_MESSAGE:
        return None
    begin, end = units(before), units(before) + units(was)
    shift = units(now) - units(was)
    part["entities"] = [
        {**entity, "offset": entity["offset"] + (shift if entity["offset"] >= end else 0)}
        for entity in part["entities"]
        if entity["offset"] >= end or entity["offset"] + entity["length"] <= begin
    ]
    part["text"] = text
    return json.dumps(part, ensure_ascii=False, sort_keys=True)
