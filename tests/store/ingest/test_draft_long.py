"""Long texts: the work of a draft grows with the text, not with its square.

Calls are counted, for time says more of the machine than of the program.
"""

import sys
from collections.abc import Iterator
from datetime import date
from itertools import islice, product

from store.ingest.draft import draft
from store.ingest.extract.events import find_events, merged
from store.ingest.raw.values import RawArticle
from tests.store.ingest.articles import TODAY

_SYLLABLES = ("ba", "ker", "lo", "mun", "dra", "vel", "to", "si", "gar", "pen")
_FIRST = ("Anna", "John", "Mary", "Peter", "Laura")
_DAY = date(2022, 1, 10)


def _names() -> Iterator[str]:
    """Yield surnames, none twice."""
    for syllables in product(_SYLLABLES, repeat=4):
        yield "".join(syllables).capitalize()


def _paragraphs(count: int) -> Iterator[str]:
    """Yield paragraphs that tell of other people each, with words, dates and figures."""
    names = _names()
    for number, (one, other) in enumerate(islice(zip(names, names, strict=False), count)):
        first, second = _FIRST[number % 5], _FIRST[(number + 1) % 5]
        yield (
            f"{first} {one}, the deputy minister of Norway, said on Tuesday that {number + 20}"
            f" soldiers had left {other}ville. \u201cWe will not accept plan {number} of {other},"
            f"\u201d {one} said. The minister met {second} {other} of the Port Council on"
            f" {number % 28 + 1} March 20{number % 20:02}. According to {other}, they spoke of"
            f" {one} for {number} hours. The deputy minister warned that {other} would return."
        )


def _calls(paragraphs: int) -> int:
    """Return how many calls a draft of so many paragraphs takes."""
    article = RawArticle(name="long.txt", title="Long", paragraphs=tuple(_paragraphs(paragraphs)))
    count = 0

    def tell(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(tell)
    try:
        draft(article, today=TODAY, published=_DAY)
    finally:
        sys.setprofile(before)
    return count


def test_four_times_the_text_is_about_four_times_the_work() -> None:
    few, many = _calls(50), _calls(200)
    assert few * 3 < many < few * 5


def test_an_event_is_compared_with_the_nearest_of_its_day_only() -> None:
    told = [f"On 3 March 2021 the a{at} and b{at} left c{at} and d{at}." for at in range(100)]
    text = "\n\n".join((*told, told[-1], told[0]))
    events = merged(text, find_events(text, None))
    assert [len(event.sentences) for event in events] == [1] * 99 + [2, 1]
