"""Writing what sources tell alone: themselves, whom they name, and what roles they give."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from store.database import Connection
from store.knowledge.making.deriving import MENTION, ROLE, Derived
from store.knowledge.making.equalising import Record, Touched, Value, among, equalise, insert


def write_sources(
    db: Connection, derived: Sequence[Derived], touched: Mapping[str, Touched]
) -> None:
    """Make the rows of these sources what was derived."""
    keys = [each.source.key for each in derived]
    numbers = _numbered(db, keys)
    named = dict(among(db, "SELECT key, naming FROM source WHERE key IN keys", keys))
    written = equalise(
        db, "source", keys, (_whole(each, numbers) for each in derived), touched["source"]
    )
    written_keys = {each.key for each in written}
    changed = [each for each in derived if named.get(each.source.key) != each.naming]
    db.conn.executemany(
        "UPDATE source SET naming = :naming WHERE key = :key",
        [
            {"key": each.source.key, "naming": each.naming}
            for each in changed
            if each.source.key not in written_keys
        ],
    )
    for each in changed:
        touched["naming"].note(each.source.key, named.get(each.source.key), each.naming)
    _name(db, [key for key in keys if key in named], changed, touched["person"])


def remove_sources(db: Connection, keys: Collection[str], touched: Mapping[str, Touched]) -> None:
    """Remove the rows of these sources."""
    for key, naming in among(db, "SELECT key, naming FROM source WHERE key IN keys", keys):
        touched["naming"].note(key, naming, None)
    _name(db, keys, (), touched["person"], gone=keys)
    equalise(db, "source", keys, (), touched["source"])


def _numbered(db: Connection, keys: Sequence[str]) -> dict[str, int]:
    """Return the number of each source: the one it had, or the next that nobody ever had."""
    question = "SELECT key, n FROM source_number WHERE key IN keys"
    known = dict(among(db, question, keys))
    db.conn.executemany(
        "INSERT INTO source_number (key) VALUES (?)", [(key,) for key in keys if key not in known]
    )
    return dict(among(db, question, keys))


def _whole(derived: Derived, numbers: Mapping[str, int]) -> Record:
    source = derived.source
    row = {"n": numbers[source.key], **source.row, "naming": derived.naming}
    return Record(source.key, source.digest, row, source.owned)


def _name(
    db: Connection,
    known: Collection[str],
    changed: Iterable[Derived],
    people: Touched,
    gone: Collection[str] = (),
) -> None:
    """Make the mentions and roles of the sources that changed what was derived, row by row."""
    changed = list(changed)
    keys = {each.source.key for each in changed} | set(gone)
    old = [key for key in known if key in keys]
    moved: Counter[str] = Counter()
    for table, columns, rows in (
        ("mention", MENTION, [row for each in changed for row in each.mentions]),
        ("role", ROLE, [row for each in changed for row in each.roles]),
    ):
        before = _rows(db, table, columns, old)
        removed = before.difference(rows) if before else set()
        added = [row for row in rows if row not in before]
        where = " AND ".join(f"{name} IS ?" for name in columns if name != "sentence")
        db.conn.executemany(
            f"DELETE FROM {table} WHERE {where}",  # noqa: S608 (ours)
            [row[:3] if table == "mention" else row for row in removed],
        )
        insert(db, table, columns, added)
        people.else_changed |= {str(row[0]) for row in (*removed, *added)}
        if table == "mention":
            moved.update(str(row[0]) for row in added)
            moved.subtract(str(row[0]) for row in removed)
    db.conn.executemany(
        "UPDATE person SET named = named + ? WHERE key = ?",
        [(by, person) for person, by in moved.items() if by],
    )


def date_titles(db: Connection, people: Iterable[str]) -> None:
    """Have each title of these persons stand with the day on which it was seen last."""
    among(
        db,
        "UPDATE role_word SET seen = IFNULL((SELECT seen FROM role "
        "WHERE role.person = role_word.person AND role.title = role_word.title "
        "ORDER BY seen DESC LIMIT 1), '') WHERE person IN keys",
        people,
    )


def _rows(
    db: Connection, table: str, columns: Sequence[str], sources: Collection[str]
) -> set[tuple[Value, ...]]:
    if not sources:
        return set()
    question = f"SELECT {', '.join(columns)} FROM {table} WHERE source IN keys"  # noqa: S608 (ours)
    return set(among(db, question, sources))
