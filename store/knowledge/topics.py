"""What words are about: compared by their stems, so that "sanction" finds "sanctions".

And the mark of a month, by which an index of words finds what is of that time.
"""

from functools import lru_cache

from store.text import fold

SHORTEST_STEM = 4
_ENDINGS = ("ings", "ing", "ed", "es", "s", "y", "e")
# Words that say nothing of a subject.
_SMALL = frozenset(
    word
    for line in (
        "a an the of in on at to for from by with and or but as is are was were be been it its",
        "this that these those he she they them his her their what which who how about near",
    )
    for word in line.split()
)


class Topic:
    """The words of a subject, as they are looked for."""

    def __init__(self, text: str) -> None:
        self.words = tuple(
            dict.fromkeys(stem(word) for word in fold(text).split() if word not in _SMALL)
        )

    def all_in(self, text: str) -> bool:
        """Tell whether all of the words stand in `text`, in any form; of no words, they do."""
        stems = _stems(text)
        return all(
            word in stems
            or (len(word) >= SHORTEST_STEM and any(known.startswith(word) for known in stems))
            for word in self.words
        )


@lru_cache(maxsize=512)  # of a page the same texts are compared with one thing after another
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in fold(text).split())


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return the folded `word` without an ending, where enough of it stays."""
    if word.endswith("ies"):  # allies, ally
        word = word.removesuffix("ies") + "y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def month_mark(year: int, month: int) -> str:
    """Return what stands for a month among words."""
    return f"m{year:04}{month:02}"
