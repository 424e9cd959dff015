"""Which of the events known are held against what is told now."""

from collections.abc import Collection

import pytest

from store.knowledge.keys import place_key
from store.knowledge.making.calling import person_key
from store.knowledge.making.happenings import Telling
from store.knowledge.making.near import Near
from store.knowledge.values import Status, When
from tests.store.knowledge.making.test_remaking import fresh
from tests.store.stories import event, load, person, summary

ADA, BO = person_key("Ada Quay"), person_key("Bo Berth")
KNOWN = "signed fishing treaty harbour"
# Of its six words a third, and the longest are others.
OTHERWISE = "signed fishing agreement negotiated throughout yesterdays"


def told(
    text: str = OTHERWISE,
    when: str = "2022-01-10",
    people: tuple[str, ...] = (ADA,),
    place: str | None = None,
    status: Status = Status.HAPPENED,
) -> Telling:
    return Telling(
        key=f"{when} {text}",
        order=(),
        sources=frozenset({"another"}),
        when=When.parse(when),
        text=text,
        status=status,
        people=frozenset(people),
        place=place_key(place) if place else None,
    )


def near(*tellings: Telling, but: Collection[str] = ()) -> dict[str, list[str]]:
    """Return the words of the events found, with the days of the tellings they may be of.

    Those told in the words of `but` are known to be made again.
    """
    db = fresh()
    try:
        load(
            db,
            [
                summary(
                    "a",
                    people=(person("Ada Quay"), person("Bo Berth")),
                    events=(
                        event("2022-01-10", KNOWN, ("Ada Quay",), "Riga"),
                        event("2022-01-20", f"{KNOWN} again", ("Bo Berth",)),
                        event("2022-01-10", f"{KNOWN} quietly"),
                    ),
                )
            ],
        )
        texts = dict(db.execute("SELECT key, text FROM event").fetchall())
        found = Near(db).to(tellings, {key for key, text in texts.items() if text in but})
        return {texts[key]: sorted(str(one.when) for one in ones) for key, ones in found.items()}
    finally:
        db.close()


@pytest.mark.parametrize(
    "telling",
    [
        told(),
        told(people=(), place="Riga"),
        told(people=(BO,), place="Riga"),
        told(when="2022-01-06"),
        told(when="2022-01-14"),
    ],
)
def test_what_shares_somebody_or_the_place_and_a_third_of_its_words_is_found(
    telling: Telling,
) -> None:
    assert near(telling) == {KNOWN: [str(telling.when)]}


@pytest.mark.parametrize(
    "telling",
    [
        told(people=(BO,)),
        told(people=(), place="Tallinn"),
        told(when="2022-01-05"),
        told(when="2022-01-15"),
        told(when="2022-01"),
        told(status=Status.PLANNED),
        told("signed agreement negotiated throughout yesterdays"),
    ],
)
def test_what_shares_neither_or_too_few_words_or_is_further_off_is_not(telling: Telling) -> None:
    assert near(telling) == {}


def test_what_names_nobody_is_held_against_what_names_nobody() -> None:
    assert near(told(f"{KNOWN} quietly", people=())) == {f"{KNOWN} quietly": ["2022-01-10"]}


def test_each_day_of_one_person_is_looked_at_for_its_own_telling_alone() -> None:
    days = ("2022-01-04", "2022-01-08", "2022-01-12", "2022-01-30")
    assert near(*[told(when=day) for day in days]) == {KNOWN: ["2022-01-08", "2022-01-12"]}


def test_what_is_known_to_be_made_again_is_not_looked_for() -> None:
    assert near(told()) == {KNOWN: ["2022-01-10"]}
    assert near(told(), but={KNOWN}) == {}


def test_no_day_is_looked_through_but_those_near() -> None:
    db = fresh()
    try:
        asked: list[str] = []
        db.conn.set_trace_callback(asked.append)
        Near(db).to([told(), told(place="Riga"), told(people=())], ())
        db.conn.set_trace_callback(None)
        around = [sql for sql in asked if "BETWEEN" in sql]
        assert len(around) == 3
        for sql in around:
            steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
            assert any("=? AND starts>? AND starts<?" in step for step in steps), steps
    finally:
        db.close()
