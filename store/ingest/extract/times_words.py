"""The words of the calendar and of counting, in English. Our own lists; no rules."""

import re
from collections.abc import Iterable

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb febr",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ),
        start=1,
    )
    for name in names.split()
}
SHORT_DAYS = frozenset(name for name in WEEKDAYS if not name.endswith("day"))
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
DAY_PARTS = {
    "morning": "MO",
    "mornings": "MO",
    "dawn": "MO",
    "daybreak": "MO",
    "afternoon": "AF",
    "afternoons": "AF",
    "lunchtime": "AF",
    "evening": "EV",
    "evenings": "EV",
    "dusk": "EV",
    "sunset": "EV",
    "night": "NI",
    "nights": "NI",
    "nighttime": "NI",
}
DAYS_AWAY = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
FEASTS = {  # with the same date every year
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "new year": (1, 1),
    "valentine's day": (2, 14),
    "st patrick's day": (3, 17),
    "may day": (5, 1),
    "halloween": (10, 31),
    "armistice day": (11, 11),
    "veterans day": (11, 11),
    "remembrance day": (11, 11),
    "independence day": (7, 4),
    "fourth of july": (7, 4),
    "bastille day": (7, 14),
    "anzac day": (4, 25),
    "st. patrick's day": (3, 17),
    "april fools' day": (4, 1),
    "christmas morning": (12, 25),
    "all saints' day": (11, 1),
}
MOVING_FEASTS = {  # days from Easter; the month is the one in which it mostly lies
    "shrove tuesday": -47,
    "ash wednesday": -46,
    "palm sunday": -7,
    "maundy thursday": -3,
    "good friday": -2,
    "easter": 0,
    "easter sunday": 0,
    "easter day": 0,
    "easter monday": 1,
    "ascension day": 39,
    "whit sunday": 49,
    "whit monday": 50,
}
NTH_FEASTS = {  # month, weekday, which one of the month (-1: the last), and days after it
    "martin luther king day": (1, 1, 3, 0),
    "martin luther king jr. day": (1, 1, 3, 0),
    "presidents' day": (2, 1, 3, 0),
    "presidents day": (2, 1, 3, 0),
    "memorial day": (5, 1, -1, 0),
    "labor day": (9, 1, 1, 0),
    "columbus day": (10, 1, 2, 0),
    "thanksgiving": (11, 4, 4, 0),
    "thanksgiving day": (11, 4, 4, 0),
    "thanksgiving eve": (11, 4, 4, -1),
    "black friday": (11, 4, 4, 1),
    "cyber monday": (11, 4, 4, 4),
}
UNITS = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "night": "N",
    "week": "W",
    "weekend": "WE",
    "fortnight": "F",
    "month": "MO",
    "quarter": "Q",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "centurie": "CE",
    "min": "M",
    "hr": "H",
}
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: number for number, word in enumerate(_ONES.split())} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), start=2)
}
_RANKS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {word: number for number, word in enumerate(_RANKS.split(), start=1)} | {
    "thirtieth": 30,
    **{f"twenty-{word}": 20 + number for number, word in enumerate(_RANKS.split()[:9], start=1)},
    "thirty-first": 31,
    "last": 0,
    "final": 0,
    "latter": 0,
}
DECADES = {
    word: 10 * number
    for number, word in enumerate(
        (
            "twenties",
            "thirties",
            "forties",
            "fifties",
            "sixties",
            "seventies",
            "eighties",
            "nineties",
        ),
        start=2,
    )
}
# Things that are counted: a number before them is no year.
_COUNTED = (
    "men women people persons troops soldiers sailors marines civilians casualties dead deaths"
    " killed wounded prisoners aircraft planes tanks ships guns vehicles units copies miles km"
    " kilometres kilometers metres meters feet ft m yards hectares acres tons tonnes kg pounds"
    " dollars euros francs million billion thousand percent jobs homes houses families children"
    " students workers employees members delegates seats votes officers refugees times days weeks"
    " months hours minutes seconds years volunteers fighters rebels horses infantry cavalry"
    " hp mph knots watts points"
)
COUNTED = frozenset(_COUNTED.split())


def one_of(words: Iterable[str]) -> str:
    """Return an expression that matches any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def number_of(text: str) -> float | None:
    """Return the number that `text` writes in digits or words; None for an uncertain one."""
    plain = text.casefold().replace(",", "").strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return float(plain)
    if plain in {"a", "an", "another"}:
        return 1
    if plain == "a couple of":
        return 2
    total: float | None = None
    for word in re.split(r"[\s-]+", plain):
        if word in NUMBERS:
            total = (total or 0) + NUMBERS[word]
        elif word == "hundred":
            total = (total or 1) * 100
        elif word == "dozen":
            total = (total or 1) * 12
        elif word == "half":
            total = (total or 0) + 0.5
    return total
