from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Connection
from store.knowledge.gazetteer import Gazetteer
from store.knowledge.making.calling import Calls, person_key
from store.knowledge.making.joining import Cast, JoinedPerson, cast_of
from store.knowledge.making.said import Context, Said
from store.knowledge.people import person_of_key
from store.knowledge.values import Summary
from store.knowledge.written import source_key
from tests.store.stories import assembled, event, load, person, quote, summary


class Made:
    """The cast of some summaries, asked by their names."""

    def __init__(self, *summaries: Summary) -> None:
        self.saids = {one.file: Said(source_key(one), one) for one in summaries}
        self.context = Context(self.cast, Gazetteer((), ()))

    @property
    def cast(self) -> Cast:
        return cast_of(Calls.of(said.summary) for said in self.saids.values())

    def people(self) -> list[JoinedPerson]:
        return list(self.context.cast.people())

    def key_of(self, name: str, of: Summary) -> str:
        calls = self.saids[of.file].calls
        call = next((one for one in calls.listed if one.name == name), None)
        return self.context.cast.key_of(call or calls.named[name])

    def recognise(self, text: str, of: Summary) -> tuple[str, ...]:
        return self.context.names(self.saids[of.file]).in_text(text)


def cast(*summaries: Summary) -> Made:
    return Made(*summaries)


def names(*summaries: Summary) -> list[str]:
    return sorted(joined.name for joined in cast(*summaries).people())


def recognised(text: str, *people: str) -> list[str]:
    made = cast(one := summary("a", people=people))
    known = {joined.key: joined.name for joined in made.people()}
    return [known[key] for key in made.recognise(text, one)]


def test_persons_of_one_full_name_are_one() -> None:
    assert names(
        summary("a", people=["Wendy Sherman"]), summary("b", people=["WENDY  SHERMAN"])
    ) == ["Wendy Sherman"]


def test_persons_are_joined_by_alias() -> None:
    assert names(
        summary("a", people=["Tony Blinken"]),
        summary("b", people=[person("Antony Blinken", "Tony Blinken")]),
        summary("c", people=["Antony Blinken"]),
    ) == ["Antony Blinken"]


def test_persons_are_joined_from_alias_to_alias() -> None:
    assert names(
        summary("a", people=[person("Ada One", "Ada Two")]),
        summary("b", people=[person("Ada Three", "Ada Four")]),
        summary("c", people=[person("Ada Two", "Ada Three")]),
        summary("d", people=["Ada One"]),
    ) == ["Ada One"]


def test_every_spelling_and_every_role_is_kept() -> None:
    (joined,) = cast(
        summary("a", "2022-01-01", people=[person("Ada Quay", "A. Quay", role="Clerk")]),
        summary("b", "2022-01-02", people=[person("Ada Quay", role="Mayor", side="City")]),
    ).people()
    assert joined.names == ("Ada Quay", "A. Quay")
    assert joined.roles == (("Clerk", None), ("Mayor", "City"))


def test_the_name_most_used_stands() -> None:
    assert names(
        summary("a", people=[person("Antony Blinken")]),
        summary("b", people=[person("Tony Blinken", "Antony Blinken")]),
        summary("c", people=["Tony Blinken"]),
    ) == ["Tony Blinken"]


def test_two_persons_of_one_surname_stay_two() -> None:
    assert names(summary("a", people=["Wendy Sherman"]), summary("b", people=["Brad Sherman"])) == [
        "Brad Sherman",
        "Wendy Sherman",
    ]


def test_a_surname_means_the_person_of_its_own_summary_first() -> None:
    a = summary("a", people=["Wendy Sherman"], quotes=[quote("Sherman", "x")])
    b = summary("b", people=["Brad Sherman"], quotes=[quote("Sherman", "y")])
    made = cast(a, b)
    assert made.key_of("Sherman", a) == person_key("Wendy Sherman")
    assert made.key_of("Sherman", b) == person_key("Brad Sherman")
    assert len(list(made.people())) == 2


def test_a_surname_means_the_only_person_of_the_story_who_bears_it() -> None:
    a = summary("a", people=["Wendy Sherman"])
    b = summary("b", people=["Sherman"], events=[event("2022", "x", ("Sherman",))])
    made = cast(a, b)
    assert made.key_of("Sherman", b) == person_key("Wendy Sherman")
    assert [joined.name for joined in made.people()] == ["Wendy Sherman"]


def test_a_surname_that_fits_two_stands_for_a_person_of_its_own() -> None:
    story = (
        summary("a", people=["Wendy Sherman"]),
        summary("b", people=["Brad Sherman"]),
        summary("c", quotes=[quote("Sherman", "x")]),
    )
    assert names(*story) == ["Brad Sherman", "Sherman", "Wendy Sherman"]
    assert cast(*story).key_of("Sherman", story[2]) == person_key("Sherman")


def test_a_surname_joins_nobody() -> None:
    story = (
        summary("a", people=[person("Wendy Sherman", "Sherman")]),
        summary("b", people=[person("Brad Sherman", "Sherman")]),
    )
    assert names(*story) == ["Brad Sherman", "Wendy Sherman"]


def test_an_alias_of_one_word_is_understood() -> None:
    a = summary("a", people=[person("Luiz Inácio da Silva", "Lula")])
    b = summary("b", people=["Lula"], quotes=[quote("Lula", "x")])
    assert names(a, b) == ["Luiz Inácio da Silva"]


def test_a_person_may_have_one_name_only() -> None:
    assert names(summary("a", people=["Pelé"]), summary("b", people=["Pele"])) == ["Pelé"]
    assert names(summary("a", people=[person("習近平", "Xi Jinping")])) == ["習近平"]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Ursula von der Leyen", "von der Leyen"),
        ("Ursula von der Leyen", "Leyen"),
        ("João Vale de Almeida", "Vale de Almeida"),
        ("João Vale de Almeida", "Almeida"),
        ("Abdel Fattah al-Sisi", "al-Sisi"),
    ],
)
def test_particles_belong_to_the_surname(full: str, short: str) -> None:
    told = summary("b", quotes=[quote(short, "x")])
    assert names(summary("a", people=[full]), told) == [full]
    # Also where no list of people states the full name, whichever comes first.
    full_too = summary("c", quotes=[quote(full, "y")])
    assert names(told, full_too) == [full]


def test_a_particle_name_in_a_list_of_people_joins_as_a_surname_does() -> None:
    assert names(
        summary("a", people=["Ursula von der Leyen"]), summary("b", people=["von der Leyen"])
    ) == ["Ursula von der Leyen"]


def test_a_spelling_that_fits_several_within_one_summary_means_whom_it_states() -> None:
    a = summary("a", people=[person("Wendy Sherman", "Wend")])
    b = summary(
        "b",
        people=[person("Sherman", "Wend"), "Brad Sherman", "Cy Sherman"],
        quotes=[quote("Sherman", "x")],
    )
    assert cast(a, b).key_of("Sherman", b) == person_key("Wendy Sherman")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Talks with Wendy Sherman.", ["Wendy Sherman"]),
        ("Sherman's talks; Ryabkov’s answer.", ["Wendy Sherman", "Sergei Ryabkov"]),
        ("SHERMAN SPEAKS", ["Wendy Sherman"]),
        ("Переговоры: Шерман и Рябков", ["Wendy Sherman", "Sergei Ryabkov"]),
        ("The Price was right for Price", ["Ned Price"]),
        ("a price to pay", []),
        ("Shermanesque; Wendy alone", []),
        ("Ursula von der Leyen and von der Leyen", ["Ursula von der Leyen"]),
        ("The EU-Leyen plan", ["Ursula von der Leyen"]),
        ("Abdel-Fattah al-Sisi came", ["Abdel Fattah al-Sisi"]),
        ("With O’Neill, O'Neill's aide", ["Tip O'Neill"]),
        ("In Le Monde", []),
        ("", []),
    ],
)
def test_persons_are_recognised_in_prose(text: str, found: list[str]) -> None:
    assert (
        recognised(
            text,
            *("Wendy Sherman", "Sergei Ryabkov", "Ned Price", "Ursula von der Leyen"),
            *("Abdel-Fattah al-Sisi".replace("-F", " F"), "Tip O'Neill", "Duc Le"),
        )
        == found
    )


def test_the_longest_name_is_recognised() -> None:
    assert recognised("Kim Jong Un met Jong Un", "Kim Jong Un", "Jong Un Park") == ["Kim Jong Un"]


def test_an_ambiguous_surname_is_recognised_only_where_its_summary_tells_whose() -> None:
    a = summary("a", people=["Wendy Sherman"])
    b = summary("b", people=["Brad Sherman"])
    c = summary("c")
    made = cast(a, b, c)
    assert made.recognise("Sherman said", a) == (person_key("Wendy Sherman"),)
    assert made.recognise("Sherman said", b) == (person_key("Brad Sherman"),)
    assert made.recognise("Sherman said", c) == ()
    assert made.recognise("Brad Sherman said", a) == (person_key("Brad Sherman"),)


def test_a_key_stays_when_a_later_document_comes() -> None:
    early = summary("a", "2022-01-01", quotes=[quote("Jane Roe", "x")])
    later = summary("b", "2022-01-02", people=[person("Jane A. Roe", "Jane Roe")])
    (before,) = cast(early).people()
    (after,) = cast(early, later).people()
    assert before.key == after.key == person_key("Jane Roe")
    assert after.name == "Jane A. Roe"


def test_a_key_of_any_spelling_finds_the_person(db: Connection) -> None:
    told = summary("a", people=["Ursula von der Leyen", person("Antony Blinken", "Tony Blinken")])
    load(db, [told, summary("b", quotes=[quote("Leyen", "x")])])
    for spelling, name in (
        ("Tony Blinken", "Antony Blinken"),
        ("antony blinken", "Antony Blinken"),
        ("Leyen", "Ursula von der Leyen"),
    ):
        found = person_of_key(db, person_key(spelling))
        assert found is not None
        assert found.name == name
    assert person_of_key(db, person_key("Nobody")) is None


def test_a_key_means_its_own_person_before_one_who_is_so_spelled(db: Connection) -> None:
    load(
        db,
        [
            summary("a", people=[person("Wendy Sherman", "Sherman")]),
            summary("b", people=["Brad Sherman"]),
            summary("c", quotes=[quote("Sherman", "x")]),
        ],
    )
    found = person_of_key(db, person_key("Sherman"))
    assert found is not None
    assert found.name == "Sherman"


NAMES = (
    "Ada Quay",
    "Quay",
    "Bo Quay",
    "A. Quay",
    "von Quay",
    "Pelé",
    "Bo",
    "Cy de Pier",
    "de Pier",
)
spelled = st.sampled_from(NAMES)
stories = st.lists(
    st.tuples(
        st.lists(st.tuples(spelled, st.lists(spelled, max_size=2)), max_size=3),
        st.lists(spelled, max_size=2),
        st.lists(spelled, max_size=3),
    ),
    max_size=4,
).map(
    lambda told: [
        summary(
            f"s{n}",
            f"2022-01-{n % 2 + 1:02}",
            people=[person(name, *aliases) for name, aliases in people],
            quotes=[quote(name, f"words {n}") for name in speakers],
            events=[event("2022", f"event {n}", tuple(present)), event("2021", "Quay", None)],
            body=f"{' and '.join(present)} spoke. De Pier's Quay.",
        )
        for n, (people, speakers, present) in enumerate(told)
    ]
)


@given(stories.flatmap(lambda made: st.tuples(st.just(made), st.permutations(made))))
def test_the_order_of_files_does_not_matter(pair: tuple[Sequence[Summary], list[Summary]]) -> None:
    made, shuffled = pair
    assert assembled(made) == assembled(shuffled)


@given(stories)
def test_every_name_means_one_person_and_every_person_has_a_key_of_their_own(
    made: list[Summary],
) -> None:
    joined = list(cast(*made).people())
    keys = [one.key for one in joined]
    assert len(set(keys)) == len(keys)
    assert all(one.name in one.names for one in joined)
    everyone = cast(*made)
    for one in made:
        for quoted in one.quotes:
            assert everyone.key_of(quoted.speaker, one) in keys
