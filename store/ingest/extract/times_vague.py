"""Times that are no dates: now, recently, in the future; and what comes again: daily, annual.

Each rule begins at a word and reads what follows it.
"""

import re
from collections.abc import Iterator

from store.ingest.extract.times_rules import Rule, found, rule, stands_after
from store.ingest.extract.times_values import Fixed, Found, TimeKind


def _fixed(kind: TimeKind, value: str, pattern: str) -> Rule:
    def read(text: str, match: re.Match[str]) -> Iterator[Found]:
        del text
        yield found(match, Fixed(kind=kind, value=value))

    return rule(pattern, read)


_VAGUE = {
    "now": ("PRESENT_REF", r"now\b(?!-)"),
    "currently": ("PRESENT_REF", r"currently\b"),
    "nowadays": ("PRESENT_REF", r"nowadays\b"),
    "presently": ("PRESENT_REF", r"presently\b"),
    "recently": ("PAST_REF", r"recently\b"),
    "lately": ("PAST_REF", r"lately\b"),
    "recent": ("PAST_REF", r"recent\s(?:years|months|weeks|days|decades|times|hours)\b"),
    "these": ("PRESENT_REF", r"these\sdays\b"),
    "present": ("PRESENT_REF", r"present(?=[.,;])"),
    "other": ("PAST_REF", r"other\sday(?=[.,;:]|$)"),
    "long": ("PAST_REF", r"long\sago\b"),
    "past": ("PAST_REF", r"past(?=[.,;)])"),
}
VAGUE_RULES: dict[str, tuple[Rule, ...]] = {
    word: (_fixed(TimeKind.VAGUE, value, pattern),) for word, (value, pattern) in _VAGUE.items()
}
_FUTURE = re.compile(
    r"\b(?:near|foreseeable|distant|immediate|(?:in|for)\s(?:the\s)?)\s?\Z", re.IGNORECASE
)
_GOES_ON = r"(?:he|she|it|they|we|I|you|the|when|but|that)"
_AT_THE = re.compile(r"\b(?:at|for)\s(?:the|this|that)\s(?:present\s|very\s)?\Z", re.IGNORECASE)


def _after(value: str, before: re.Pattern[str], pattern: str) -> Rule:
    """Return a rule for a vague time that is one only after certain words."""

    def read(text: str, match: re.Match[str]) -> Iterator[Found]:
        if stands_after(text, match.start(), before):
            yield found(match, Fixed(kind=TimeKind.VAGUE, value=value))

    return rule(pattern, read)


VAGUE_RULES |= {
    "future": (
        _fixed(
            TimeKind.VAGUE,
            "FUTURE_REF",
            r"future(?=[.,;)]|\s(?:by|of|as|for|and|is|was|will|to|with)\b)",
        ),
        _after("FUTURE_REF", _FUTURE, rf"future\b(?=\s{_GOES_ON}\b)"),
    ),
    "moment": (
        _after("PRESENT_REF", _AT_THE, r"moment\b(?!\s(?:of|when|that|he|she|they|it|in)\b)"),
    ),
}
_OFTEN = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "fortnightly": "P2W",
    "monthly": "P1M",
    "quarterly": "P1Q",
    "yearly": "P1Y",
    "annually": "P1Y",
    "annual": "P1Y",
}
OFTEN_RULES = {
    word: (_fixed(TimeKind.SET, value, rf"{word}\b(?!\s(?-i:[A-Z]))"),)
    for word, value in _OFTEN.items()
}
