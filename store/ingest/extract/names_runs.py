"""Runs of words with a capital: where names may stand. Holds no judgement of what they name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.ingest.extract.names_countries import sides
from store.ingest.extract.names_words import PARTICLES, SUFFIXES
from store.ingest.extract.values import Span

_CAPITAL = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u017f\u0218-\u021b\u0400-\u042f\u1e00-\u1eff"
_DOTTED = (
    "Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Sgt|Capt|Adm|Cmdr|Sen|Rep|Gov|Rev|Hon|St|Jr|Sr|Mt|Ft|Brig"
    "|Inc|Ltd|Co|Corp|Bros|Cpl|Pvt|Insp|Det|Amb|Messrs|Mme"
)
# Words may begin with an article of Arabic, or a small letter before a capital (iPhone).
WORD = re.compile(
    rf"(?<![\w@#/])(?:(?:[{_CAPITAL}]\.-?){{1,4}}(?=[\s,'\u2019)\u201d\";:\]-]|$|[{_CAPITAL}][a-z])"
    rf"|(?:{_DOTTED})\.(?!\w)"
    rf"|(?:(?:[Aa]l|[Ee]l|[Aa]s|[Aa]sh|[Aa]n|[Aa]r|[Aa]d|[Aa]t|[Uu]l|[Uu]d|[Bb]in|[Ii]bn|d|l)[-'\u2019\u2018]"
    rf"|(?:[a-z]{{1,2}})?)[{_CAPITAL}]\w*(?:[-\u2010\u2011'\u2019.&](?=\w)\w+)*)"
)
_POSSESSIVE = re.compile("['\u2019]s?$")
_PARTICLE_GAP = re.compile(rf" (?:(?:{PARTICLES}) ?(?<=[ '\u2019-]))+")
_NICKNAME_OPENS = re.compile(r' ["\u201c\u2018\'(]')
_NICKNAME_CLOSES = re.compile(r'["\u201d\u2019\')] ')
_OPENING = frozenset("\"\u201c\u2018'(")
_CLOSING = frozenset("\"\u201d\u2019')")
EPITHETS = frozenset(
    ["Great", "Terrible", "Conqueror", "Magnificent", "Elder", "Younger", "Baptist", "Bald", "Wise"]
)
_SPACES = frozenset({" ", "\u00a0", "  ", "\n", "\r\n", " \n", "\n "})
_LONGEST_GAP = 24  # characters; no particles are longer
_MOST_WORDS = 16  # no name has more
_BROKEN = frozenset({"' ", "\u2019 "})
_SUFFIX_GAP = re.compile(r", ?")
_LIST_GAP = re.compile(r" (?:of|of the|for|for the|and|&|on|in|at|to|to the|de la|'n') ")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with a capital, where it stands, and what stands between it and the one before."""

    text: str
    start: int
    end: int
    gap: str
    owner: bool  # it has a possessive 's

    @property
    def bare(self) -> str:
        """The word without a full stop at its end."""
        return self.text.rstrip(".")


def find_runs(text: str, sentence: Span) -> Iterator[list[Word]]:
    """Yield the runs of words with a capital in `sentence`, joined by space or particles."""
    run: list[Word] = []
    end = sentence.start
    for found in WORD.finditer(text, sentence.start, sentence.end):
        word = found.group()
        start, last = found.span()
        owned = _POSSESSIVE.search(word)
        if not owned and text[last : last + 1] in {"'", "\u2019"} and word.endswith("s"):
            owner = text[last + 1 : last + 2].isspace()
        else:
            owner = owned is not None
        if owned:
            last = start + owned.start()
            word = word[: owned.start()]
        gap = text[end:start]
        if run and not (
            len(run) < _MOST_WORDS and _joins(run, gap, word) and _closes(text, gap, start, last)
        ):
            yield run
            run = []
        run.append(Word(word, start, last, gap, owner))
        end = found.end() if not owned else start + owned.end()
    if run:
        yield run


def _joins(run: list[Word], gap: str, word: str) -> bool:
    if gap in _SPACES:  # within a sentence a line ends only where a narrow page made it
        return not run[-1].owner
    if len(gap) > _LONGEST_GAP or run[-1].owner:
        return False
    if gap == " the ":
        return len(run) == 1 and word in EPITHETS  # Alexander the Great
    broken = gap in _BROKEN and run[-1].text == "O"  # O' Leary
    if broken or _PARTICLE_GAP.fullmatch(gap) or _NICKNAME_OPENS.fullmatch(gap):
        return True
    if _NICKNAME_CLOSES.fullmatch(gap):
        return run[-1].gap[-1:] in _OPENING and run[-1].gap != " " and len(run) > 1
    return word in SUFFIXES and _SUFFIX_GAP.fullmatch(gap) is not None


def _closes(text: str, gap: str, start: int, end: int) -> bool:
    """Tell whether a nickname that begins behind `gap` ends where the word does."""
    if gap[-1:] not in _OPENING or _PARTICLE_GAP.fullmatch(gap):
        return True
    if gap.endswith("(") and text[start:end] in sides():  # (Germany) Ferrari
        return False
    return (
        text[end : end + 1] in _CLOSING
        and text[end + 1 : end + 2] == " "
        and text[end + 2 : end + 3].isupper()
    )


def connects(gap: str) -> bool:
    """Tell whether names of bodies and works may go on across `gap`: of, for, and."""
    return _LIST_GAP.fullmatch(gap) is not None
