from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Connection, migrate, open_connection, transaction
from store.ingest.summaries import Reading
from store.knowledge.people import (
    all_people,
    companions,
    find_people,
    named_people,
    nearest_people,
    people_of_source,
    person_of_key,
    profile,
)
from store.knowledge.schema import migrations
from store.knowledge.sources import sources
from store.knowledge.values import Status
from store.text import fold
from tests.store.stories import event, fresh, load, person, quote, summary


def names(db: Connection, text: str) -> list[str]:
    return [found.name for found in find_people(db, text)]


def test_everyone_of_the_packaged_story_is_found_by_every_full_name(
    known: Connection, seeds: Reading
) -> None:
    stated = [one for made in seeds.summaries for one in made.people]
    assert len(stated) > 20
    for one in stated:
        for spelling in (one.name, one.name.upper(), fold(one.name), *one.aliases):
            assert names(known, spelling) == [one.name]


def test_everyone_of_the_packaged_story_is_found_by_surname(known: Connection) -> None:
    everyone = all_people(known)
    surnames = Counter(fold(one.name).split()[-1] for one in everyone)
    for one in everyone:
        surname = one.name.split()[-1]
        found = names(known, surname)
        assert one.name in found
        assert len(found) == surnames[fold(surname)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Шерман", ["Wendy Sherman"]),
        ("joao", ["João Vale de Almeida"]),
        ("von der leyen", ["Ursula von der Leyen"]),
        ("Sherman Wendy", ["Wendy Sherman"]),
        ("sher", ["Wendy Sherman"]),
        ("Serg", ["Sergei Lavrov", "Sergei Ryabkov", "Sergiy Nykyforov"]),
        ("sergei", ["Sergei Lavrov", "Sergei Ryabkov"]),
        ("ser lav", ["Sergei Lavrov"]),
        ("Shermanov", []),
        ("Wendy Blinken", []),
        ("sh", []),
        ("", []),
        ("\u200f\u202e", []),
        ("' OR 1=1 --", []),
        ("%", []),
        ("*", []),
        ("a " * 2000, []),
    ],
)
def test_persons_are_found_by_what_people_type(
    known: Connection, asked: str, found: list[str]
) -> None:
    assert names(known, asked) == found


@pytest.mark.parametrize("name", ["Ada " + "of Quay and " * 8 + "Pier", "Ada " + "😀" * 190])
def test_a_name_of_any_length_is_found_in_full(db: Connection, name: str) -> None:
    load(db, [summary("a", people=[name, "Bo Berth"])])
    for find in (named_people, find_people):
        assert [found.name for found in find(db, name)] == [name]


def test_a_surname_names_all_who_bear_it() -> None:
    db = fresh()
    load(
        db,
        [
            summary(
                "a", people=[person("Wendy Sherman", "Sherman")], quotes=[quote("Sherman", "x")]
            ),
            summary("b", people=["Brad Sherman"]),
        ],
    )
    assert names(db, "Sherman") == ["Brad Sherman", "Wendy Sherman"]
    assert names(db, "wendy sherman") == ["Wendy Sherman"]
    db.close()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("blinkin", "Antony Blinken"),
        ("Stoltenburg", "Jens Stoltenberg"),
        ("zelenski", "Volodymyr Zelensky"),
        ("Лаврофф", "Sergei Lavrov"),
        ("wendi shermann", "Wendy Sherman"),
        ("Венди Шерман", "Wendy Sherman"),  # "vendi", letter by letter
    ],
)
def test_a_slip_of_the_pen_has_the_right_name_nearest(
    known: Connection, asked: str, expected: str
) -> None:
    near = nearest_people(known, asked)
    assert near[0].name == expected
    assert len(near) <= 4
    assert len({found.key for found in near}) == len(near)


@given(st.text(max_size=300))
def test_no_text_breaks_the_search_for_persons(known: Connection, text: str) -> None:
    keys = {one.key for one in all_people(known)}
    assert {one.key for one in (*find_people(known, text), *nearest_people(known, text))} <= keys


def test_a_profile_tells_what_is_known(known: Connection) -> None:
    (sherman,) = find_people(known, "Sherman")
    told = profile(known, sherman.key)
    assert told is not None
    assert [(r.title, r.side) for r in told.roles] == [
        ("US Deputy Secretary of State", "United States")
    ]
    assert len(told.roles[0].sources) == 2
    assert [str(e.when) for e in told.latest] == ["2022-01-11", "2022-01-10", "2022-01-09"]
    assert told.quote is not None
    assert told.quote.speaker == "Wendy Sherman"
    assert told.companions[0].person.name == "Sergei Ryabkov"
    assert all("Sherman" in statement.text for statement in told.statements)
    assert all(e.sources for e in told.latest)


def test_everyone_has_a_profile_with_a_source(known: Connection) -> None:
    for one in all_people(known):
        told = profile(known, one.key)
        assert told is not None
        assert told.person == one
        assert told.statements


def test_a_profile_of_nobody_is_none(known: Connection) -> None:
    assert profile(known, "nobodyatall") is None
    assert person_of_key(known, "") is None


def test_latest_and_coming_part_at_as_of() -> None:
    db = fresh()
    load(
        db,
        [
            summary(
                "a",
                "2022-01-10",
                events=[
                    event(f"2022-01-{day:02}", f"Day {day}", ("Ada Quay",), status=status)
                    for day, status in (
                        *((n, Status.HAPPENED) for n in (7, 8, 9, 10)),
                        *((n, Status.PLANNED) for n in (11, 12, 13)),
                    )
                ],
            )
        ],
    )
    told = profile(db, find_people(db, "Quay")[0].key)
    assert told is not None
    assert [e.text for e in told.latest] == ["Day 10", "Day 9", "Day 8"]
    assert [e.text for e in told.coming] == ["Day 11", "Day 12"]
    assert told.companions == ()
    db.close()


def test_a_surname_is_no_other_spelling(known: Connection) -> None:
    db = fresh()
    load(db, [summary("a", people=[person("Ada Quay", "A. Quay", "Quay")])])
    told = profile(db, find_people(db, "Quay")[0].key)
    assert told is not None
    assert told.spellings == ("A. Quay",)
    db.close()
    (zelensky,) = find_people(known, "Zelensky")
    told = profile(known, zelensky.key)
    assert told is not None
    assert told.spellings == ("Volodimir Zelensky", "Volodymyr Zelenskiy", "Volodymyr Zelenskyy")


def test_companions_are_mutual(known: Connection) -> None:
    for one in all_people(known):
        for met in companions(known, one.key, limit=100):
            back = {c.person: c.events for c in companions(known, met.person.key, limit=100)}
            assert back[one] == met.events


def test_the_persons_of_a_source_are_those_it_names(known: Connection, seeds: Reading) -> None:
    listed = {s.title: s.citation.key for s in sources(known, limit=100).sources}
    for made in seeds.summaries:
        found = {one.name for one in people_of_source(known, listed[made.title])}
        assert {one.name for one in made.people} <= found


def test_a_knowledge_of_before_knows_who_was_in_an_event_with_whom(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.db"
    db = open_connection(path, synchronous="NORMAL")
    with transaction(db, immediate=True):
        migrations.apply(db, stop_before="m011_beside")
        for key in ("ada", "bo", "cy"):
            db.execute("INSERT INTO person (key, digest, name) VALUES (?, 'old', ?)", [key, key])
        for told, *present in (("met", "ada", "bo", "cy"), ("ate", "ada", "bo"), ("slept", "cy")):
            db.execute(
                "INSERT INTO event (key, digest, starts, ends, precision, text, status, borne_out) "
                "VALUES (?, 'old', '2022-01-10', '2022-01-10', 'day', ?, 'happened', 0)",
                [told, told],
            )
            for key in present:
                db.execute(
                    "INSERT INTO event_person (person, starts, ends, event, open) "
                    "VALUES (?, '2022-01-10', '2022-01-10', ?, 0)",
                    [key, told],
                )
    migrate(db, migrations, path)
    met = {
        key: [(one.person.key, one.events) for one in companions(db, key, limit=9)]
        for key in ("ada", "cy")
    }
    assert met == {"ada": [("bo", 2), ("cy", 1)], "cy": [("ada", 1), ("bo", 1)]}
    db.close()
