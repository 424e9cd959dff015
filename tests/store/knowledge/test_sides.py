from store.database import Connection
from store.knowledge.sides import sides_of_events
from store.knowledge.timeline import TimelineFilter, timeline
from store.knowledge.values import Side, Story
from tests.store.stories import event, load, person, summary

STORY = Story(
    title="The harbour",
    intro="Who builds it.",
    sides=(
        Side(name="Town", short="T", colour="#112233"),
        Side(name="Crown", short="C", colour="#445566"),
    ),
)


def sides(db: Connection) -> dict[str, tuple[str, ...]]:
    """Return the sides of all events by their texts."""
    events = timeline(db, TimelineFilter(), limit=100, offset=0).events
    found = sides_of_events(db, [one.key for one in events])
    return {one.text: found[one.key] for one in events}


def test_an_event_has_the_sides_of_its_persons_in_the_order_of_the_story(db: Connection) -> None:
    told = summary(
        "a",
        people=[
            person("Ann Ash", side="Crown"),
            person("Bob Bay", side="Town"),
            person("Cleo Cox", side="Crown"),
            person("Dan Dee"),
            person("Eve Elm", side="Abroad"),
        ],
        events=[
            event("2022-01-01", "All meet", ("Eve Elm", "Ann Ash", "Bob Bay", "Cleo Cox")),
            event("2022-01-02", "Dan alone", ("Dan Dee",)),
            event("2022-01-03", "Nobody", ()),
        ],
    )
    load(db, [told], STORY)
    assert sides(db) == {"All meet": ("Town", "Crown", "Abroad"), "Dan alone": (), "Nobody": ()}


def test_the_side_is_the_one_a_person_was_on_at_that_time(db: Connection) -> None:
    first = summary("a", "2020-01-01", people=[person("Ann Ash", side="Town")])
    then = summary(
        "b",
        "2022-01-01",
        people=[person("Ann Ash", side="Crown")],
        events=[
            event("2019", "Before all", ("Ann Ash",)),
            event("2021-12-31", "Shortly before", ("Ann Ash",)),
            event("2022-01-01", "On the day", ("Ann Ash",)),
            event("2022-02", "After", ("Ann Ash",)),
        ],
    )
    load(db, [first, then], STORY)
    assert sides(db) == {
        "Before all": ("Town",),
        "Shortly before": ("Town",),
        "On the day": ("Crown",),
        "After": ("Crown",),
    }


def test_no_events_have_no_sides(known: Connection) -> None:
    assert sides_of_events(known, []) == {}
