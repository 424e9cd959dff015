"""Who is meant by the words that name a speaker: full names, surnames, titles, pronouns.

Holds no knowledge of which words anybody said, nor of how persons are found.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile

from store.ingest.extract.persons import (
    HONORIFIC_GENDER,
    POSSESSIVE,
    ROLE_NOUNS,
    WORD,
    Gender,
    Mention,
)
from store.ingest.extract.values import Span
from store.ingest.extract.words import words_of

_NEAR = 1200  # characters; a pronoun's person stands no farther back
_HONORIFIC = re.compile(r"\b(Mr|Mrs|Ms|Miss)\.? ([\w\u2019'-]+)")
_BESIDE = re.compile(r",\s+(?:[A-Z][a-z]{0,3}\.?\s+)?")
_WORD = re.compile(r"\w+")
_ON = re.compile(r"(?<=\w)(?=\w)|(?<!\w)(?!\w)")  # a word goes on, or none ends
_HE_SHE = {"he": Gender.MALE, "she": Gender.FEMALE}
_IDLE = words_of(
    """
the his her its their former late then for and who
"""
)


class Cast:
    """The persons of one text, asked by the words that name a speaker."""

    def __init__(self, text: str, mentions: tuple[Mention, ...]) -> None:
        self._text = text
        self._mentions = mentions
        self._starts = [mention.span.start for mention in mentions]
        self._by_surname: dict[str, list[Mention]] = defaultdict(list)
        self._by_role: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        self._by_capitals: dict[str, str] = {}
        for mention in mentions:
            self._by_surname[mention.surname].append(mention)
            if not mention.name.isupper():
                self._by_capitals.setdefault(mention.surname.casefold(), mention.name)
            for role in mention.roles & ROLE_NOUNS:
                for word in mention.roles:
                    self._by_role[role, word].append(mention)
        self._genders = self._known_genders()
        self._seen = self._all_seen()
        self._spoken: list[tuple[int, str]] = []

    def heard(self, at: int, name: str) -> None:
        """Remember that `name` spoke at the place `at`."""
        self._spoken.append((at, name))

    def resolve(self, source: Span) -> str | None:
        """Return the full name of whom `source` names, or None where no one is named."""
        words = source.of(self._text).strip(" ,")
        if gender := _HE_SHE.get(words.casefold()):
            return self._pronoun(gender, source.start)
        first = words.split(maxsplit=1)[0] if words else ""
        if first.casefold() in {"the", "a", "an", "his", "her", "its", "their", "one", "another"}:
            return self._apposed(source) or self._titled(words, source)
        return self._named(source) or self._short(words, source.start)

    def may_be(self, pronoun: Span, other: Span) -> bool:
        """Tell whether `pronoun` may stand for whom `other` names."""
        he_she = _HE_SHE.get(pronoun.of(self._text).casefold())
        other_words = other.of(self._text).casefold()
        if he_she is None:  # it, they: a body of people, or one that is no person
            return other_words not in _HE_SHE and self._named(other) is None
        if other_words in _HE_SHE:
            return _HE_SHE[other_words] is he_she
        name = self.resolve(other)
        return name is not None and self._fits(name, he_she)

    def resolve_capitals(self, source: Span) -> str | None:
        """Return the full name of whom a transcript names in capitals."""
        surname = source.of(self._text).split()[-1].casefold()
        return self._by_capitals.get(surname)

    def _apposed(self, source: Span) -> str | None:
        """Return the name that stands beside a title: the mayor, Anna Berg, said."""
        place = bisect_left(self._starts, source.end)
        between = self._text[source.end : self._starts[place]] if place < len(self._starts) else ""
        if not _BESIDE.fullmatch(between):
            return None
        named = self._mentions[place]
        ends = self._text[named.span.end : named.span.end + 1] in {",", ".", "", ":"}
        return named.name if ends else None  # else: According to the mayor, Anna Berg left

    def _within(self, source: Span) -> list[Mention]:
        first = bisect_left(self._starts, source.start)
        last = bisect_right(self._starts, source.end - 1)
        return [each for each in self._mentions[first:last] if each.span.end <= source.end + 2]

    def _named(self, source: Span) -> str | None:
        within = self._within(source)
        if not within:
            return None
        before = self._text[source.start : within[0].span.start]
        if re.search(r"\b(?:of|for|to|with|by|from|against)\s+$", before):
            return None
        owns = self._text.startswith(("'s", "\u2019s"), within[0].span.end)
        if owns and len(within) > 1:
            return within[-1].name  # Donald Trump's spokeswoman Hope Hicks
        if owns:
            return None if within[0].span.end < source.end - 2 else within[0].name
        return within[0].name

    def _short(self, words: str, at: int) -> str | None:
        """Return the full name of a surname, with a title or without."""
        run = re.match(
            rf"(?:(?:[a-z-]+|{WORD}|[A-Z])\.?\s+){{0,4}}?({WORD})(?:$|,|\s+(?:of|from|and|in)\b|\s+\()",
            words,
        )
        if run is None:
            return None
        surname = POSSESSIVE.sub("", run.group(1))
        return self._nearest(self._by_surname.get(surname, []), at)

    def _titled(self, words: str, source: Span) -> str | None:
        """Return who holds the title of which `words` speak."""
        if named := [each for each in self._within(source) if not self._owned(each, source)]:
            return named[-1].name
        if words.split(maxsplit=1)[0].casefold() in {"a", "an", "one", "another"}:
            return None
        head = re.split(r"\s+(?:of|for|to|with|from|in|at|on|who|whose)\b|,", words.casefold())[0]
        nouns = [word for word in head.split() if word in ROLE_NOUNS]
        if not nouns:
            return None
        further = set(re.findall(r"[a-z]{3,}", words.casefold())) - {*nouns, *_IDLE}
        told = (self._by_role.get((nouns[-1], word), []) for word in further or {nouns[-1]})
        fewest = min(told, key=len)
        if len(further) > 1:
            fewest = [each for each in fewest if further <= each.roles]
        return self._nearest(fewest, source.start)

    def _owned(self, mention: Mention, source: Span) -> bool:
        before = self._text[source.start : mention.span.start]
        after = self._text[mention.span.end : mention.span.end + 2]
        owned = after in {"'s", "\u2019s"}
        return owned or bool(
            re.search(r"\b(?:of|for|to|with|by|from|against|near|at|in)\s+(?:[\w.]+\s+)?$", before)
        )

    @staticmethod
    def _nearest(mentions: Sequence[Mention], at: int) -> str | None:
        """Return the last one named before `at`, else the first after."""
        if not mentions:
            return None
        place = bisect_right(mentions, at, key=lambda mention: mention.span.start)
        return mentions[max(0, place - 1)].name

    def _pronoun(self, gender: Gender, at: int) -> str | None:
        """Return the last one who spoke or was named as the subject, and may be he or she."""
        likely = {gender}
        return (
            self._last_person(at, likely)
            or self._last_person(at, likely, subject=False)
            or self._last_person(at, {gender, Gender.UNKNOWN})
        )

    def _last_person(self, at: int, genders: set[Gender], *, subject: bool = True) -> str | None:
        """Return who of `genders` spoke or was named last before `at`, and not too far back."""
        recent = takewhile(lambda each: at - each[0] <= _NEAR, reversed(self._spoken))
        spoken = next((each for each in recent if self._genders.get(each[1]) in genders), None)
        floor = max(at - _NEAR, spoken[0] if spoken else 0)
        for place in range(bisect_left(self._seen, (at, "")) - 1, -1, -1):
            start, name = self._seen[place]
            if start < floor:
                break
            if self._genders[name] in genders and (not subject or self._subject(start)):
                return name
        return spoken[1] if spoken else None

    def _all_seen(self) -> list[tuple[int, str]]:
        """Return where persons are named, by surname alone too."""
        seen = [(mention.span.start, mention.name) for mention in self._mentions]
        for at, surname in self._surnames():
            name = self._nearest(self._by_surname[surname], at)
            seen += [(at, name)] if name else []
        return sorted(seen)

    def _surnames(self) -> Iterator[tuple[int, str]]:
        """Yield where the surnames stand, the longest where several begin alike."""
        beginning: dict[str, list[str]] = defaultdict(list)
        for surname in sorted(self._by_surname, key=len, reverse=True):
            if word := _WORD.match(surname):
                beginning[word.group()].append(surname)
        done = 0
        for word in _WORD.finditer(self._text):
            for surname in beginning.get(word.group(), ()) if word.start() >= done else ():
                end = word.start() + len(surname)
                if self._text.startswith(surname, word.start()) and not _ON.match(self._text, end):
                    yield word.start(), surname
                    done = end
                    break

    def _fits(self, name: str, gender: Gender) -> bool:
        return self._genders.get(name, Gender.UNKNOWN) in {gender, Gender.UNKNOWN}

    def _subject(self, start: int) -> bool:
        """Tell whether a sentence or clause begins with the name at `start` and its titles."""
        before = self._text[max(0, start - 60) : start]
        clause = re.split(r"[.!?,;:\u201d\"\n]\s*", before)[-1]
        return all(word[:1].isupper() or word in {"the", "former"} for word in clause.split())

    def _known_genders(self) -> dict[str, Gender]:
        genders: dict[str, Gender] = {}
        for mention in self._mentions:
            if genders.get(mention.name, Gender.UNKNOWN) is Gender.UNKNOWN:
                genders[mention.name] = mention.gender
        honorifics = {
            found[2]: HONORIFIC_GENDER[found[1]] for found in _HONORIFIC.finditer(self._text)
        }
        for name, gender in genders.items():
            if gender is Gender.UNKNOWN:
                genders[name] = honorifics.get(name.rsplit(maxsplit=1)[-1], gender)
        return genders
