"""How days and their parts are told by words: today, overnight, in the morning, on the 15th.

Each rule begins at a word and reads what follows it; nothing is resolved here.
"""

import re
from collections.abc import Iterator

from store.ingest.extract.times_rules import found, rule, stands_after
from store.ingest.extract.times_values import Calendar, Clock, Found, Shift
from store.ingest.extract.times_words import DAY_PARTS, DAYS_AWAY, one_of
from store.ingest.extract.values import Span

_IN_A_NAME = re.compile(r"[^.!?\s]*[A-Z][\w.]*\s\Z")


def _read_day(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read today, yesterday evening, the day after tomorrow."""
    if match["day"][0].isupper() and stands_after(text, match.start(), _IN_A_NAME):
        return  # USA Today
    word = match["day"].casefold()
    away = DAYS_AWAY[word]
    if match["step"]:
        away += -1 if match["step"].casefold() == "before" else 1
    part = DAY_PARTS.get((match["part"] or "").casefold()) or ("NI" if word == "tonight" else None)
    yield found(match, Shift(count=abs(away), unit="D", back=away < 0, spoken=False), part)


def _read_day_part(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read in the morning: of the day spoken of."""
    if stands_after(
        text, match.start(), re.compile(r"\b(?:in|during|by)\sthe\s\Z", re.IGNORECASE)
    ) and not re.match(r"\sof\b", text[match.end() : match.end() + 3]):
        yield found(match, Clock(text=f"T{DAY_PARTS[match.group().casefold()]}"))


def _read_overnight(text: str, match: re.Match[str]) -> Iterator[Found]:
    del text
    yield found(match, Clock(text="TNI"))


def _read_ordinal_day(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Read on the 15th: of the month spoken of."""
    if not stands_after(
        text,
        match.start(),
        re.compile(r"\b(?:on|by|until|till|from|to|and)\sthe\s\Z", re.IGNORECASE),
    ):
        return
    day = int(match["day"])
    if 1 <= day <= 31:  # noqa: PLR2004 (days of a month)
        span = Span(match.start(), match.end())
        yield Found(span=span, form=Calendar(day=day))


DAY_RULES = (
    rule(
        r"(?:day\s(?P<step>before|after)\s)?(?P<day>yesterday|tomorrow)\b"
        r"(?:\s(?P<part>morning|afternoon|evening|night|noon)\b)?",
        _read_day,
    ),
    rule(r"(?P<step>)(?P<part>)(?P<day>today|tonight)\b", _read_day),
)
_OVERNIGHT = (
    r"overnight\b(?=[.,;)]|\s(?:on|in|at|from|into|by|as|after|when|and|to|while|with|between)\b"
    r"|\s[A-Z]|$)"
)
OVERNIGHT_RULES = (rule(_OVERNIGHT, _read_overnight),)
DAY_PART_RULES = (rule(rf"(?:{one_of(DAY_PARTS)})\b", _read_day_part),)
ORDINAL_DAY_RULES = (
    rule(
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?=[.,;:)]|\s(?:of\s(?:the|that|this)\s(?:same\s)?month"
        r"|and|when|with|in|at|to|they|he|she|it|by|a|the)\b|$)",
        _read_ordinal_day,
    ),
)
