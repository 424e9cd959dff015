"""Who holds a role: persons by the words of a title, and by whom they speak for."""

from collections.abc import Mapping, Sequence

from store.database import Connection, select
from store.knowledge.people import PersonRef
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

_Holding = tuple[str, str, str, str]  # key and name of a person, the title, when it was seen last


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
    rows = select(
        db,
        "SELECT DISTINCT person.key, person.name, title, seen FROM person_subject "
        "JOIN person ON person.key = person_subject.person "
        "JOIN role_word ON role_word.person = person.key WHERE subject = :key AND speaks",
        {"key": subject.key},
    )
    return _members(
        db,
        [
            (row["key"], row["name"], row["title"], row["seen"])
            for row in rows
            if set(fold(row["title"]).split()) - own - _SMALL in _LEADERS
        ],
    )


def _titled(
    db: Connection, asked: Sequence[str], subjects: Sequence[str] | None = None
) -> list[_Holding]:
    """Return the titles that hold all words `asked`, of those who speak for `subjects`."""
    found: set[_Holding] | None = None
    for word in asked:
        rows = select(
            db,
            "SELECT person.key, person.name, title, seen FROM role_word "
            "JOIN person ON person.key = role_word.person WHERE word = :word",
            {"word": word},
        )
        held = {(row["key"], row["name"], row["title"], row["seen"]) for row in rows}
        found = held if found is None else found & held
    if subjects is None or not found:
        return sorted(found or ())
    speak = {
        row["person"]
        for key in subjects
        for row in select(
            db, "SELECT person FROM person_subject WHERE subject = :key AND speaks", {"key": key}
        )
    }
    return sorted(holding for holding in found if holding[0] in speak)


def _words_of(db: Connection, name: str) -> Mapping[str, set[str]]:
    """Return the subjects called `name`, each with the words of all its names."""
    own: dict[str, set[str]] = {}
    for row in select(
        db,
        "SELECT subject, word FROM subject_word WHERE subject IN "
        "(SELECT subject FROM subject_name WHERE folded = :folded)",
        {"folded": fold(name)},
    ):
        own.setdefault(row["subject"], set()).add(row["word"])
    return own


def _extra(holding: _Holding, known: set[str]) -> int:
    return len(set(fold(holding[2]).split()) - known - _SMALL)


def _members(db: Connection, holdings: Sequence[_Holding]) -> tuple[Member, ...]:
    """Return who was seen last first; of a person with several of the titles, once."""
    newest = sorted(holdings, key=lambda held: held[1])
    newest.sort(key=lambda held: held[3], reverse=True)
    found = {key: (name, title) for key, name, title, _ in reversed(newest)}
    first = list(dict.fromkeys(key for key, *_ in newest))[:_MOST_HOLDERS]
    return tuple(member(db, PersonRef(key=key, name=found[key][0]), found[key][1]) for key in first)
