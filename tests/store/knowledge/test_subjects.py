from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from store.database import Connection, migrate, open_connection, transaction
from store.ingest.summaries import Reading
from store.knowledge.keys import content_key
from store.knowledge.reload import Changes, Diff
from store.knowledge.roles import holders, leaders
from store.knowledge.schema import migrations
from store.knowledge.subjects import (
    called,
    find_subjects,
    mistyped_subjects,
    nearest_subjects,
    people_of,
    sources_of_subject,
    speaking,
    subject_of_key,
    subject_profile,
)
from store.knowledge.values import StatedSubject, SubjectKind
from tests.store.stories import (
    STORY,
    dump,
    event,
    figure,
    fresh,
    is_sound,
    load,
    person,
    quote,
    summary,
)

PORT = StatedSubject(
    kind=SubjectKind.ORGANISATION, name="Port Authority", aliases=("PA", "the port"), side="City"
)
CITY = StatedSubject(kind=SubjectKind.SIDE, name="City", aliases=("townspeople",), side="City")
NOISE = StatedSubject(kind=SubjectKind.TOPIC, name="noise")
UNTOLD = StatedSubject(kind=SubjectKind.TOPIC, name="whales")
TOLD = replace(STORY, subjects=(CITY, PORT, NOISE, UNTOLD))
A = summary(
    "a",
    people=[
        person("Ada Quay", role="Head of the Port Authority", side="City"),
        person("Bo Pier", role="Deputy head of the Port Authority"),
        person("Cy Dock", role="Captain"),
    ],
    events=[
        event("2022-01-10", "Ada Quay speaks", ("Ada Quay",), "Riga"),
        event("2022-01-11", "The Port Authority closes", ()),
        event("2022-01-12", "Cy Dock sails", ("Cy Dock",), "Oslo"),
    ],
    quotes=[quote("Cy Dock", "The noise of the port is loud"), quote("Ada Quay", "No noise")],
    figures=[figure("Noise at night", "70 dB"), figure("Ships", "3", "PA")],
    body="The harbour grows. The Port Authority wants it. It said so.",
)


@pytest.fixture
def db() -> Iterator[Connection]:
    opened = fresh()
    load(opened, [A], TOLD)
    yield opened
    opened.close()


def names(found: object) -> list[str]:
    assert isinstance(found, tuple)
    return [one.name for one in found]


def test_a_profile_holds_what_names_the_subject_and_what_its_people_did(db: Connection) -> None:
    (port,) = called(db, "port authority")
    known = subject_profile(db, port.key)
    assert known is not None
    assert (known.side, known.names) == ("City", ("PA", "the port"))
    assert [(m.person.name, m.title) for m in known.people.members] == [
        ("Ada Quay", "Head of the Port Authority"),
        ("Bo Pier", "Deputy head of the Port Authority"),
    ]
    assert [e.text for e in known.latest] == ["Ada Quay speaks"]
    assert [e.text for e in known.coming] == ["The Port Authority closes"]
    assert known.quote is not None
    assert known.quote.text == "The noise of the port is loud"
    assert [f.what for f in known.some_figures] == ["Ships"]
    assert [s.text for s in known.statements] == ["The Port Authority wants it."]
    assert all(s.source.n == 1 for s in known.statements)
    assert sources_of_subject(db, port.key, limit=9).total == 1


def test_the_people_of_a_place_are_those_of_its_events(db: Connection) -> None:
    (riga,) = called(db, "Riga")
    found = people_of(db, riga, limit=9)
    assert [(m.person.name, m.events) for m in found.members] == [("Ada Quay", 1)]


def test_what_no_summary_names_is_no_subject(db: Connection) -> None:
    assert find_subjects(db, "whales") == ()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("PORT authority", ["Port Authority"]),
        ("pa", ["Port Authority"]),
        ("authority", ["Port Authority"]),
        ("auth", ["Port Authority"]),
        ("Рига", ["Riga"]),
        ("townspeople", ["City"]),
        ("zoo", []),
        ("", []),
        ("a " * 40, []),
    ],
)
def test_a_subject_is_found_by_any_name_and_its_parts(
    db: Connection, asked: str, found: list[str]
) -> None:
    assert names(find_subjects(db, asked)) == found


def test_slips_and_near_names(db: Connection) -> None:
    assert names(mistyped_subjects(db, "noize")) == ["noise"]
    assert names(mistyped_subjects(db, "authorty")) == ["Port Authority"]
    assert mistyped_subjects(db, "xyz") == ()
    assert names(nearest_subjects(db, "noises")) == ["noise"]
    assert nearest_subjects(db, "x") == ()


def test_keys_are_made_of_names_and_find_it_under_a_new_one(db: Connection) -> None:
    (port,) = called(db, "Port Authority")
    assert port.key == content_key("subject", "port authority")
    renamed = replace(PORT, name="Harbour Board", aliases=("Port Authority", "PA"))
    load(db, [A], replace(TOLD, subjects=(CITY, renamed, NOISE)))
    found = subject_of_key(db, port.key)
    assert found is not None
    assert found.name == "Harbour Board"
    assert subject_of_key(db, "a" * 12) is None


def test_only_those_speak_whose_side_or_organisation_it_is(db: Connection) -> None:
    assert names(speaking(db, "City")) == ["City"]
    assert names(speaking(db, "the port")) == ["Port Authority"]
    assert speaking(db, "noise") == speaking(db, "Riga") == ()


def test_a_reload_counts_subjects_and_equals_loading_afresh(db: Connection) -> None:
    fewer = replace(TOLD, subjects=(CITY, PORT))
    gone = load(db, [A], fewer)
    assert gone.subjects == Changes(gone=1)
    assert not gone.people
    assert load(db, [A], fewer) == Diff()
    other = fresh()
    load(other, [A], fewer)
    assert dump(db) == dump(other)
    assert is_sound(db)
    other.close()


def test_a_knowledge_of_before_learns_its_subjects_on_the_next_reload(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.db"
    db = open_connection(path, synchronous="NORMAL")
    with transaction(db, immediate=True):
        migrations.apply(db, stop_before="m002_subjects")
        db.execute(
            "INSERT INTO person (key, digest, name) VALUES (?, 'old', 'Ada Quay')",
            [content_key("person", "ada quay")],
        )
    migrate(db, migrations, path)
    load(db, [A], TOLD)
    other = fresh()
    load(other, [A], TOLD)
    assert dump(db) == dump(other)
    assert is_sound(db)
    other.close()
    db.close()


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("US President", [("Joe Biden", "US President")]),
        ("american president", [("Joe Biden", "US President")]),
        ("president of Ukraine", [("Volodymyr Zelensky", "Ukrainian President")]),
        ("Russian foreign minister", [("Sergei Lavrov", "Russian Foreign Minister")]),
        ("Secretary General of NATO", [("Jens Stoltenberg", "NATO Secretary General")]),
        (
            "Russia's deputy foreign minister",
            [
                ("Alexander Grushko", "Russian Deputy Foreign Minister"),
                ("Sergei Ryabkov", "Russian Deputy Foreign Minister"),
            ],
        ),
        (
            "foreign minister",
            [
                ("Dmytro Kuleba", "Ukrainian Foreign Minister"),
                ("Sergei Lavrov", "Russian Foreign Minister"),
            ],
        ),
        ("French president", []),
        ("president of France", []),
        ("former US president", []),
        ("former president of the United States", []),
        ("current US president", [("Joe Biden", "US President")]),
        ("of the", []),
        ("", []),
    ],
)
def test_a_role_is_found_by_its_words_and_its_side(
    known: Connection, asked: str, held: list[tuple[str, str]]
) -> None:
    assert [(m.person.name, m.title) for m in holders(known, asked)] == held


@pytest.mark.parametrize(
    ("name", "leader"),
    [
        ("NATO", ["Jens Stoltenberg"]),
        ("United States", ["Joe Biden"]),
        ("European Commission", ["Ursula von der Leyen"]),
        ("European Union", []),
        ("Kremlin", []),
    ],
)
def test_who_leads_has_the_title_of_a_leader(
    known: Connection, name: str, leader: list[str]
) -> None:
    (subject,) = called(known, name)
    assert [member.person.name for member in leaders(known, subject)] == leader


def test_every_stated_subject_of_the_seeds_is_found_by_every_name(
    known: Connection, seeds: Reading
) -> None:
    for stated in seeds.story.subjects:
        for name in (stated.name, *stated.aliases):
            assert stated.name in names(find_subjects(known, name)) or names(called(known, name))


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_the_people_of_a_place_come_page_by_page(known: Connection, limit: int) -> None:
    (geneva,) = called(known, "Geneva")
    whole = people_of(known, geneva, limit=999)
    assert len(whole.members) == whole.total > limit
    for offset in range(0, whole.total + limit, limit):
        page = people_of(known, geneva, limit=limit, offset=offset)
        assert page.members == whole.members[offset : offset + limit]
        assert page.total == whole.total
