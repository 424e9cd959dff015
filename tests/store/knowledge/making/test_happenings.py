from itertools import combinations
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.knowledge.making.happenings import Telling, is_one, join_happenings, marks
from store.knowledge.values import Status, When

BERG, LUND, DAHL = "berg", "lund", "dahl"
BOTH = frozenset({BERG, LUND})
SIGNED = "Berg and Lund signed the fishing treaty in Oslo"
IN_OSLO = "In Oslo the fishing treaty was signed by Anna Berg and Karl Lund"


def told(
    key: str,
    text: str = SIGNED,
    when: str = "2023-03-07",
    people: frozenset[str] = BOTH,
    place: str | None = "oslo",
    status: Status = Status.HAPPENED,
    *,
    first_only: bool = False,
) -> Telling:
    """Return a telling by the source that `key` begins with."""
    return Telling(
        key=key,
        order=(key[1:] or key,),
        sources=frozenset({key[0]}),
        when=When.parse(when),
        text=text,
        status=status,
        people=people,
        place=place,
        first_only=first_only,
    )


def joined(*tellings: Telling) -> list[list[str]]:
    return [[one.key for one in happening] for happening in join_happenings(tellings)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (told("a"), told("b", IN_OSLO)),
        (told("a"), told("b", IN_OSLO, "2023-03-08")),
        (told("a"), told("b", IN_OSLO, "2023-03-09", place=None)),
        (told("a"), told("b", IN_OSLO, people=frozenset({DAHL}))),  # the place
        (told("a"), told("b", IN_OSLO, people=frozenset({BERG}), place=None)),
        (
            told("a", "Berg met Lund in Oslo"),
            told("b", "Anna Berg meets Karl Lund in Oslo for an hour"),
        ),
        (
            told("a", "Ferry sinks with 40 miners in the storm", people=frozenset(), place=None),
            told("b", "A ferry sank with 40 miners in the storm", people=frozenset(), place=None),
        ),
        (told("a", when="2023-03"), told("b", IN_OSLO, "2023-03")),
    ],
)
def test_one_happening_in_other_words_is_one(one: Telling, other: Telling) -> None:
    assert joined(one, other) == [["a", "b"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (told("a"), told("aa", IN_OSLO)),  # a source tells two
        (told("a", status=Status.PLANNED), told("b", IN_OSLO)),
        (told("a"), told("b", IN_OSLO, place="riga")),
        (told("a"), told("b", IN_OSLO, people=frozenset({DAHL}), place=None)),
        (told("a"), told("b", "Berg and Lund opened an exhibition of old maps in Oslo")),
        (told("a"), told("b", IN_OSLO, "2023-03-10")),
        (told("a"), told("b", IN_OSLO, "2023-03-08", people=frozenset({BERG}), place=None)),
        (told("a"), told("b", "Berg and Lund again signed a fishing treaty", "2023-03-08")),
        (told("a"), told("b", IN_OSLO, "2023-03")),
        (told("a"), told("b", IN_OSLO, "2023-03-07/2023-03-08")),
        *(
            (told("a", "Berg and Lund meet in Oslo and sign the gas agreement"), told("b", denial))
            for denial in (
                "Berg and Lund meet in Oslo and do not sign the gas agreement",
                "Berg and Lund meet in Oslo and didn't sign the gas agreement",
                "Berg and Lund refuse to meet in Oslo and to sign the gas agreement",
                "Berg and Lund meet in Oslo and deny that they sign the gas agreement",
            )
        ),
        (told("a", when="2023"), told("b", IN_OSLO, "2023", people=frozenset())),
        # What the whole story is about is no clue.
        (
            told("a", "Berg warns Russia in Oslo not to attack Ukraine, with NATO beside her"),
            told("b", "Berg asks NATO in Oslo for help against Russia, to save Ukraine"),
        ),
        # Somebody is named in one of them only.
        (
            told("a", "The ferry sank with 40 miners in the storm", place=None),
            told(
                "b", "The ferry sank with 40 miners in the storm!", people=frozenset(), place=None
            ),
        ),
    ],
)
def test_what_may_be_two_happenings_is_two(one: Telling, other: Telling) -> None:
    assert joined(one, other) == [["a"], [other.key]]


def test_the_telling_published_first_leads() -> None:
    assert joined(told("a2"), told("z1", IN_OSLO)) == [["z1", "a2"]]


def test_of_two_happenings_a_telling_is_of_the_nearer() -> None:
    whaling = told("b1", "Berg and Lund signed a whaling treaty in Oslo")
    assert joined(whaling, told("b2"), told("c3", IN_OSLO)) == [["b1"], ["b2", "c3"]]


def test_a_place_that_one_telling_adds_keeps_out_what_is_elsewhere() -> None:
    bare = told("a1", place=None)
    assert joined(bare, told("b2", IN_OSLO), told("c3", IN_OSLO, place="riga")) == [
        ["a1", "b2"],
        ["c3"],
    ]


def test_a_correction_leads_and_never_follows() -> None:
    assert joined(told("a1"), told("b2", IN_OSLO, first_only=True)) == [["a1"], ["b2"]]
    assert joined(told("a1", first_only=True), told("b2", IN_OSLO)) == [["a1", "b2"]]


_WORDS = (
    *("sign", "treaty", "fishing", "meet", "boat", "storm"),
    *("miner", "again", "Oslo", "Berg", "40", "exhibit"),
)
_DATES = ("2023-03-06", "2023-03-07", "2023-03-09", "2023-03", "2023-03-06/2023-03-08")
_TELLINGS = st.lists(
    st.builds(
        told,
        st.sampled_from("abcdef"),
        st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join),
        st.sampled_from(_DATES),
        st.frozensets(st.sampled_from([BERG, LUND, DAHL]), max_size=3),
        st.sampled_from([None, None, "oslo", "riga"]),
        st.sampled_from([Status.HAPPENED, Status.HAPPENED, Status.PLANNED]),
        first_only=st.sampled_from([False, False, False, True]),
    ),
    max_size=12,
).map(
    lambda tellings: [
        Telling(
            key=f"{telling.key}{n}",
            order=(telling.key,),
            sources=telling.sources,
            when=telling.when,
            text=telling.text,
            status=telling.status,
            people=telling.people,
            place=telling.place,
            first_only=telling.first_only,
        )
        for n, telling in enumerate(tellings)
    ]
)


@given(_TELLINGS, st.randoms(use_true_random=False))
def test_each_telling_is_in_one_happening_whatever_the_order(
    tellings: list[Telling], chance: object
) -> None:
    found = joined(*tellings)
    assert sorted(key for happening in found for key in happening) == sorted(
        telling.key for telling in tellings
    )
    shuffled = list(tellings)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # a random.Random
    assert joined(*shuffled) == found


@given(_TELLINGS)
def test_no_source_tells_one_happening_twice(tellings: list[Telling]) -> None:
    for happening in join_happenings(tellings):
        sources = [source for telling in happening for source in telling.sources]
        assert len(sources) == len(set(sources))


@given(_TELLINGS)
def test_what_is_one_shares_a_mark_and_is_so_either_way(tellings: list[Telling]) -> None:
    for one, other in combinations(tellings, 2):
        assert is_one(one, other) == is_one(other, one)
        if is_one(one, other):
            assert not set(marks(one)).isdisjoint(marks(other))


@given(_TELLINGS)
def test_what_is_one_shares_a_clue_of_whatever_days(tellings: list[Telling]) -> None:
    for one, other in combinations(tellings, 2):
        if is_one(one, other):
            nameless = not (one.present or one.place)
            clues = one.clues_of_all if nameless else one.clues
            assert not clues.isdisjoint(other.clues_of_all if nameless else other.clues)


@given(_TELLINGS)
def test_where_a_telling_belongs_depends_only_on_what_it_is_tied_to(
    tellings: list[Telling],
) -> None:
    """Each set of tellings that `is_one` ties together can be joined without the others."""
    left, apart = list(tellings), []
    while left:
        tied = [left.pop()]
        for telling in tied:
            near = [other for other in left if is_one(telling, other)]
            left = [other for other in left if other not in near]
            tied.extend(near)
        apart += joined(*tied)
    assert sorted(apart) == sorted(joined(*tellings))


@given(_TELLINGS, _TELLINGS)
def test_what_is_published_later_changes_nothing_that_was_known(
    tellings: list[Telling], more: list[Telling]
) -> None:
    later = [
        Telling(
            key=f"z{telling.key}",
            order=(f"z{telling.order[0]}",),
            sources=frozenset({f"z{telling.key}"}),
            when=telling.when,
            text=telling.text,
            status=telling.status,
            people=telling.people,
            place=telling.place,
        )
        for telling in more
    ]
    before = joined(*tellings)
    after = joined(*tellings, *later)
    assert [[key for key in one if not key.startswith("z")] for one in after][
        : len(before)
    ] == before


def test_a_day_of_thousands_is_joined_in_a_moment() -> None:
    crowd = [
        Telling(
            key=f"{n}",
            order=(f"{n:05}",),
            sources=frozenset({f"{n // 2}"}),
            when=When.parse("2023-03-07"),
            text=f"signs treaty number{n % 700} with fishing of thing{n % 900} and more{n}",
            status=Status.HAPPENED,
            people=BOTH,
            place="oslo",
        )
        for n in range(4000)
    ]
    began = process_time()
    join_happenings(crowd)
    assert process_time() - began < 10
