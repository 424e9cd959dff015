"""Who holds a role: persons by the words of a title, and by whom they speak for."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice

from store.database import Connection
from store.knowledge.people import people_of_keys
from store.knowledge.subjects import Member, SubjectRef, member
from store.text import fold, words

_SMALL = frozenset({"of", "the", "to", "for", "in", "a", "an", "and", "current"})
_LEADERS = tuple(
    frozenset(title.split())
    for title in (
        *("president", "secretary general", "prime minister", "chancellor", "director general"),
        *("director", "chair", "chairman", "chairwoman", "head", "mayor", "king", "queen", "chief"),
    )
)
_MOST_WORDS = 8
_MOST_HOLDERS = 8

_Holding = tuple[str, str, str]  # when it was seen last, key of a person, the title


def holders(db: Connection, role: str) -> tuple[Member, ...]:
    """Return who holds the role that `role` describes best, who was seen in it last first.

    "Russian foreign minister" is the title with these words and fewest others; so is
    "foreign minister of Russia", where someone with such a title speaks for Russia.
    """
    asked = [word for text in words(role) for word in fold(text).split() if word not in _SMALL]
    if not 0 < len(asked) <= _MOST_WORDS:
        return ()
    found = {holding: _extra(holding, set(asked)) for holding in _titled(db, asked)}
    for begin in range(len(asked)):
        for end in range(begin + 1, len(asked) + 1):
            rest = [*asked[:begin], *asked[end:]]
            own = _words_of(db, " ".join(asked[begin:end]))
            if rest and own:
                for holding in _titled(db, rest, subjects=list(own)):
                    known = set(rest).union(*own.values())
                    extra = _extra(holding, known)
                    found[holding] = min(extra, found.get(holding, extra))
    fewest = min(found.values(), default=0)
    return _members(db, [holding for holding, extra in found.items() if extra == fewest])


def leaders(db: Connection, subject: SubjectRef) -> tuple[Member, ...]:
    """Return who leads a subject: speaks for it with a title such as president."""
    own = _words_of(db, subject.name).get(subject.key, set())
    rows = db.conn.execute(
        "SELECT DISTINCT seen, role_word.person, title FROM person_subject "
        "JOIN role_word ON role_word.person = person_subject.person "
        "WHERE subject = :key AND speaks",
        {"key": subject.key},
    )
    return _members(
        db,
        [row for row in rows if _title_words(row[2]) - own in _LEADERS],
    )


# Titles that hold all words asked for, of those who speak for one of some subjects if given.
_TITLED = """
    SELECT seen, person, title FROM json_each(:asked) CROSS JOIN role_word ON word = value
    WHERE :subjects IS NULL OR person IN (SELECT person FROM person_subject
    WHERE speaks AND subject IN (SELECT value FROM json_each(:subjects)))
    GROUP BY person, title HAVING COUNT(*) = :number
"""


def _titled(
    db: Connection, asked: Sequence[str], subjects: Sequence[str] | None = None
) -> list[_Holding]:
    """Return the titles that hold all words `asked`, of those who speak for `subjects`."""
    words = list(dict.fromkeys(asked))
    values = {
        "asked": json.dumps(words),
        "number": len(words),
        "subjects": None if subjects is None else json.dumps(subjects),
    }
    return db.conn.execute(_TITLED, values).fetchall()


def _words_of(db: Connection, name: str) -> Mapping[str, set[str]]:
    """Return the subjects called `name`, each with the words of all its names."""
    own: dict[str, set[str]] = {}
    for subject, word in db.conn.execute(
        "SELECT subject, word FROM subject_word WHERE subject IN "
        "(SELECT subject FROM subject_name WHERE folded = :folded)",
        {"folded": fold(name)},
    ):
        own.setdefault(subject, set()).add(word)
    return own


@lru_cache(maxsize=1024)  # many hold the same
def _title_words(title: str) -> frozenset[str]:
    return frozenset(fold(title).split()) - _SMALL


def _extra(holding: _Holding, known: set[str]) -> int:
    return len(_title_words(holding[2]) - known)


def _members(db: Connection, holdings: Sequence[_Holding]) -> tuple[Member, ...]:
    """Return who was seen last first; of a person with several of the titles, once."""
    newest = sorted(holdings, reverse=True)
    # Only of those who can be among the first are the names looked up.
    persons = list(dict.fromkeys(key for _, key, _ in newest))
    if len(persons) > _MOST_HOLDERS:
        last = next(seen for seen, key, _ in newest if key == persons[_MOST_HOLDERS - 1])
        newest = [holding for holding in newest if holding[0] >= last]
    names = {one.key: one for one in people_of_keys(db, [key for _, key, _ in newest])}
    newest.sort(key=lambda held: (names[held[1]].name, held[1:]))
    newest.sort(key=lambda held: held[0], reverse=True)
    titles = {key: title for _, key, title in reversed(newest)}
    first = islice(dict.fromkeys(key for _, key, _ in newest), _MOST_HOLDERS)
    return tuple(member(db, names[key], titles[key]) for key in first)
