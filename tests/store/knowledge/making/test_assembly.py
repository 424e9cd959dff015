from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from store.database import Connection
from store.knowledge.making.calling import person_key
from store.knowledge.values import Grade, StatedEvent, StatedSubject, Status, SubjectKind, Summary
from store.knowledge.written import source_key
from tests.store.stories import STORY, event, figure, fresh, load, person, quote, summary


@dataclass(frozen=True, slots=True)
class Record:
    """A row, and those that belong to it in the order in which their sources were published."""

    key: str
    row: dict[str, object]
    owned: dict[str, list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Records:
    """What is made of summaries, by key."""

    person: dict[str, Record]
    event: dict[str, Record]
    quote: dict[str, Record]
    figure: dict[str, Record]


def assemble(summaries: Iterable[Summary], subjects: Iterable[StatedSubject] = ()) -> Records:
    db = fresh()
    try:
        load(db, summaries, replace(STORY, subjects=tuple(subjects)))
        return Records(
            person=records(db, "person", "mention"),
            event=records(db, "event", "event_source", "event_person", "event_subject"),
            quote=records(db, "quote", "quote_source"),
            figure=records(db, "figure", "figure_source"),
        )
    finally:
        db.close()


def records(db: Connection, kind: str, *owned: str) -> dict[str, Record]:
    numbers = dict(db.execute("SELECT key, n FROM source"))
    rows = {table: list(db.query(f"SELECT * FROM {table}")) for table in owned}  # noqa: S608
    return {
        row["key"]: Record(
            row["key"],
            row,
            {
                table: sorted(
                    (each for each in rows[table] if each[kind] == row["key"]),
                    key=lambda each: numbers.get(each.get("source"), 0),
                )
                for table in owned
            },
        )
        for row in db.query(f"SELECT * FROM {kind} ORDER BY rowid")  # noqa: S608
    }


def only(records: dict[str, Record]) -> Record:
    (record,) = records.values()
    return record


def sources(record: Record, table: str) -> list[object]:
    return [row["source"] for row in record.owned[table]]


def planned(records: Records) -> list[object]:
    return [r.row["borne_out"] for r in records.event.values() if r.row["status"] == "planned"]


def test_the_same_event_of_two_sources_is_one_with_both() -> None:
    a = summary(
        "a", "2022-01-09", events=[event("2022-01-10", "Talks open in Geneva", ("Ada Quay",))]
    )
    b = summary("b", events=[event("2022-01-10", "Talks open, in Geneva!", ("Bo Pier",), "Geneva")])
    told = only(assemble([b, a]).event)
    assert (told.row["text"], told.row["place"]) == ("Talks open in Geneva", "Geneva")
    assert sources(told, "event_source") == [source_key(a), source_key(b)]
    assert {row["person"] for row in told.owned["event_person"]} == {
        person_key("Ada Quay"),
        person_key("Bo Pier"),
    }


@pytest.mark.parametrize(
    "other", [("2022-01-11", "Talks"), ("2022-01", "Talks"), ("2022-01-10", "Talk")]
)
def test_another_day_or_text_is_another_event(other: tuple[str, str]) -> None:
    records = assemble([summary("a", events=[event("2022-01-10", "Talks"), event(*other)])])
    assert len(records.event) == 2


@pytest.mark.parametrize(
    ("told", "strongest"),
    [
        ([Status.PLANNED, Status.HAPPENED], Status.HAPPENED),
        ([Status.ONGOING, Status.PLANNED], Status.ONGOING),
        ([Status.HAPPENED, Status.ONGOING], Status.HAPPENED),
        ([Status.PLANNED, Status.PLANNED], Status.PLANNED),
    ],
)
def test_an_event_has_the_strongest_status_that_a_source_gives_it(
    told: list[Status], strongest: Status
) -> None:
    records = assemble(
        summary(f"{n}", events=[event("2022", "Talks", status=status)])
        for n, status in enumerate(told)
    )
    record = only(records.event)
    assert record.row["status"] == strongest
    assert [row["status"] for row in record.owned["event_source"]] == told


PLAN = event("2022-01-10", "To meet", ("Ada Quay", "Bo Pier"), "Geneva", Status.PLANNED)


@pytest.mark.parametrize(
    ("outcome", "borne_out"),
    [
        (event("2022-01-10", "Met", ("Ada Quay",), "Geneva"), 1),
        (event("2022-01-10", "Met", ("Ada Quay",), "Женева"), 0),  # an exonym, no spelling
        (event("2022-01-10", "Met", ("Ada Quay",), "GENÈVA"), 1),
        (event("2022-01-10", "Met", (), "Geneva"), 1),
        (event("2022-01-10", "Met", ("Cy Dock",), "Geneva"), 0),
        (event("2022-01-10", "Met", ("Ada Quay",), "Riga"), 0),
        (event("2022-01-10", "Met", ("Ada Quay",)), 0),
        (event("2022-01-10", "Met", ("Ada Quay", "Bo Pier")), 1),
        (event("2022-01-11", "Met", ("Ada Quay",), "Geneva"), 0),
        (event("2022-01-09/2022-01-11", "Met", ("Ada Quay",), "Geneva"), 1),
        (event("2022-01", "Met", ("Ada Quay",), "Geneva"), 1),
        (event("2022", "Met", ("Ada Quay",), "Geneva"), 0),
        (event("2022-01-10", "Meeting", ("Ada Quay",), "Geneva", Status.ONGOING), 1),
        (event("2022-01-10", "To dine", ("Ada Quay",), "Geneva", Status.PLANNED), 0),
    ],
)
def test_a_planned_event_is_borne_out_by_one_like_it(outcome: StatedEvent, borne_out: int) -> None:
    made = assemble([summary("a", events=[PLAN]), summary("b", events=[outcome])])
    (plan,) = (one for one in made.event.values() if one.row["text"] == PLAN.text)
    assert plan.row["borne_out"] == borne_out


@pytest.mark.parametrize("when", ["2022", "2021-12/2022-06", "2022-03-05"])
def test_a_plan_without_a_day_is_borne_out_on_any_of_its_days(when: str) -> None:
    records = assemble(
        [
            summary(
                "a",
                events=[
                    event(when, "To open", (), "Riga", Status.PLANNED),
                    event("2022-03-05", "Opened", (), "Riga"),
                ],
            )
        ]
    )
    assert planned(records) == [1]


def test_a_place_given_by_another_source_of_the_plan_counts() -> None:
    bare = event("2022-01-10", "To meet", (), None, Status.PLANNED)
    placed = event("2022-01-10", "To meet", (), "Riga", Status.PLANNED)
    met = event("2022-01-10", "Met", (), "Riga")
    made = [summary("a", events=[bare]), summary("b", events=[placed, met])]
    assert planned(assemble(made)) == [1]


def test_people_left_out_of_an_event_are_read_from_its_text() -> None:
    told = only(
        assemble(
            [summary("a", people=["Ada Quay"], events=[event("2022", "Quay opens it", None)])]
        ).event
    )
    assert [row["person"] for row in told.owned["event_person"]] == [person_key("Ada Quay")]


def test_the_same_words_of_one_person_are_one_quote() -> None:
    a = summary("a", quotes=[quote("Ada Quay", "It is open", grade=Grade.REPORTED)])
    b = summary("b", quotes=[quote("Ada Quay", "It is open.", "2022-01-09")])
    told = only(assemble([a, b]).quote)
    assert sources(told, "quote_source") == [source_key(a), source_key(b)]
    assert (told.row["grade"], told.row["said"]) == (Grade.VERBATIM, "2022-01-09")
    assert (told.row["text"], told.row["sorted"]) == ("It is open", "2022-01-09")


def test_the_same_words_of_two_persons_are_two_quotes() -> None:
    records = assemble([summary("a", quotes=[quote("Ada Quay", "Yes"), quote("Bo Pier", "Yes")])])
    assert len(records.quote) == 2


def test_the_same_number_of_two_sources_is_one_figure_and_another_number_stands_beside_it() -> None:
    a = summary("a", figures=[figure("Troops", "some 100,000")])
    b = summary("b", figures=[figure("troops", "Some 100,000", "Bo Pier")])
    c = summary(
        "c", figures=[figure("Troops", "tens of thousands"), figure("Guns", "some 100,000")]
    )
    figures = list(assemble([a, b, c]).figure.values())
    assert [(r.row["what"], r.row["value"], len(r.owned["figure_source"])) for r in figures] == [
        ("Troops", "some 100,000", 2),
        ("Troops", "tens of thousands", 1),
        ("Guns", "some 100,000", 1),
    ]
    assert figures[0].row["according_to"] == "Bo Pier"


@pytest.mark.parametrize("pair", [("1.5", "15"), ("-5", "5"), ("1,5", "1.5"), ("€5", "$5")])
def test_numbers_that_only_look_alike_stay_apart(pair: tuple[str, str]) -> None:
    made = summary("a", figures=[figure("Growth", value) for value in pair])
    assert len(assemble([made]).figure) == 2


def test_a_person_is_mentioned_by_the_first_sentence_that_names_them() -> None:
    a = summary("a", people=["Ada Quay"], body="It rained. Quay came. Ada Quay left.")
    b = summary("b", people=["Ada Quay"], body="Nobody came.")
    told = only(assemble([a, b]).person)
    assert [(row["source"], row["sentence"]) for row in told.owned["mention"]] == [
        (source_key(a), "Quay came."),
        (source_key(b), None),
    ]
    assert told.row["named"] == len(told.owned["mention"])


def test_keys_are_made_from_content_alone() -> None:
    def keys(made: Summary) -> list[set[str]]:
        records = assemble([made])
        return [
            set(part) for part in (records.person, records.event, records.quote, records.figure)
        ]

    def told(name: str) -> Summary:
        return summary(
            name,
            people=[person("Ada Quay", role="Mayor of " + name)],
            events=[event("2022", "Opens", place=name)],
            quotes=[quote("Ada Quay", "Yes", "2022" if name == "b" else None)],
            figures=[figure("Berths", "30", name)],
        )

    assert keys(told("a")) == keys(told("b"))


def test_a_source_is_known_by_its_document_else_by_its_imprint() -> None:
    a = summary("a")
    assert source_key(a) != source_key(summary("b"))
    assert source_key(a) == source_key(summary("a", "2023-01-01", body="Other."))


SIGNED = "Quay and Pier sign the fishing treaty in Riga"
IN_RIGA = "In Riga the fishing treaty was signed by Ada Quay and Bo Pier"
WHO = ("Ada Quay", "Bo Pier")


def test_one_happening_in_other_words_is_an_event_with_the_key_of_its_first_telling() -> None:
    first = summary("b", "2022-01-10", events=[event("2022-01-09", SIGNED, WHO)])
    later = summary(
        "a", "2022-01-11", events=[event("2022-01-10", IN_RIGA, (*WHO, "Cy Dock"), "Riga")]
    )
    record = only(assemble([later, first]).event)
    assert record.key == only(assemble([first]).event).key
    assert (record.row["text"], record.row["starts"], record.row["place"]) == (
        SIGNED,
        "2022-01-09",
        "Riga",
    )
    assert {row["person"] for row in record.owned["event_person"]} == {
        person_key(name) for name in (*WHO, "Cy Dock")
    }
    own, other = record.owned["event_source"]
    assert (own["source"], own["text"], own["starts"], own["telling"]) == (
        source_key(first),
        None,
        None,
        None,
    )
    assert (other["source"], other["text"], other["starts"], other["precision"]) == (
        source_key(later),
        IN_RIGA,
        "2022-01-10",
        "day",
    )
    assert other["telling"] == only(assemble([later]).event).key


def test_subjects_are_those_of_all_tellings() -> None:
    treaty = StatedSubject(kind=SubjectKind.TOPIC, name="whaling")
    made = [
        summary("a", events=[event("2022-01-09", SIGNED, WHO)]),
        summary("b", events=[event("2022-01-09", f"{IN_RIGA}, whaling included", WHO)]),
    ]
    record = only(assemble(made, [treaty]).event)
    assert record.owned["event_subject"]


def test_a_plan_of_which_sources_tell_two_days_is_borne_out_on_either() -> None:
    plan = [
        event(day, text, WHO, "Riga", Status.PLANNED)
        for day, text in (("2022-01-09", SIGNED), ("2022-01-10", IN_RIGA))
    ]
    met = summary("c", events=[event("2022-01-10", "All over", WHO, "Riga")])
    made = [summary("a", events=plan[:1]), summary("b", events=plan[1:]), met]
    assert planned(assemble(made)) == [1]


def test_a_correction_stays_with_its_own_words() -> None:
    corrected = replace(event("2022-01-09", IN_RIGA, WHO), correction="The treaty was torn up")
    made = [
        summary("a", "2022-01-10", events=[event("2022-01-09", SIGNED, WHO)]),
        summary("b", "2022-01-11", events=[corrected]),
    ]
    assert {r.row["text"]: r.row["correction"] for r in assemble(made).event.values()} == {
        SIGNED: None,
        IN_RIGA: "The treaty was torn up",
    }
