"""Persons found in prose, by the names that mean one of them. Pure; holds no SQL."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from store.knowledge.making.calling import Call, forms
from store.knowledge.making.joining import Cast
from store.text import Words, spelled

_SHORTEST_SURNAME = 3

_Openings = dict[str, list[tuple[list[str], str]]]  # names by their first word
UNCLEAR = "?"  # whom a form means that only some summaries can tell


class Recogniser:
    """Finds the persons of a cast in the prose of its summaries."""

    def __init__(self, cast: Cast) -> None:
        """Know the names that mean one person anywhere."""
        self._cast = cast
        self._openings: _Openings = defaultdict(list)
        self._unclear: set[str] = set()
        for name, whom in readings(cast).items():
            if whom == UNCLEAR:
                self._unclear.add(name)
            else:
                _open(self._openings, name, whom)

    def within(self, calls: Iterable[Call]) -> "Names":
        """Return the names by which a summary with such calls finds persons in its text.

        Only the summary can tell whom a short name means that fits several.
        """
        unclear: dict[str, set[str]] = {}
        for call in calls:
            for form in forms(call):
                if form in self._unclear:
                    unclear.setdefault(form, set()).add(self._cast.key_of(call))
        openings: _Openings = defaultdict(list)
        for form, whom in unclear.items():
            if len(whom) == 1:
                _open(openings, form, *whom)
        return Names(self._openings, openings)


def readings(cast: Cast) -> Mapping[str, str]:
    """Return whom each name means that may stand in prose, `UNCLEAR` where it fits several."""
    found: dict[str, str] = {}
    for name, meaning in cast.meanings.items():
        if name and (len(name) >= _SHORTEST_SURNAME or meaning.is_called or " " in name):
            if meaning.own and " " in name:
                found[name] = meaning.own
            else:
                found[name] = min(meaning.others) if len(meaning.others) == 1 else UNCLEAR
    return found


def _open(openings: _Openings, name: str, whom: str) -> None:
    parts = name.split()
    openings[parts[0]].append((parts, whom))


class Names:
    """The names by which one summary finds persons in its text."""

    def __init__(self, anywhere: _Openings, here: _Openings) -> None:
        """Look for names that mean one person `anywhere`, and for those that do `here`."""
        self._anywhere = anywhere
        self._here = here

    def recognise(self, words: Words) -> tuple[str, ...]:
        """Return the keys of the persons named in a text, in order of appearance.

        A name counts only where it begins with a capital (or a letter of a script
        without capitals), so that a surname that is also a word finds nobody.
        """
        anywhere, here, spoken = self._anywhere, self._here, words.folded
        found: dict[str, None] = {}
        after = 0
        for at in [at for at, word in enumerate(spoken) if word in anywhere or word in here]:
            if at < after:
                continue
            word, longest, step = spoken[at], None, 1
            for parts, key in (*here.get(word, ()), *anywhere.get(word, ())):
                end = at + len(parts)
                if (
                    (longest is None or len(parts) > step)
                    and spoken[at:end] == parts
                    and not words.written[end - 1][0].islower()
                ):
                    longest, step = key, len(parts)
            if longest:
                found[longest] = None
            after = at + step
        return tuple(found)

    def in_text(self, text: str) -> tuple[str, ...]:
        """Return what `recognise` does of the words of `text`."""
        return self.recognise(spelled(text))
