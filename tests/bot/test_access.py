"""Whom the bot answers: the whole decision, as a table and as rules that always hold."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access import Asked, Door, Facts, Verdict, decide
from config.settings import Access
from store.ledger.access import Admission

ADMIN, READER, GUEST, EXPELLED, STRANGER = 7, 8, 9, 10, 11
GROUP, BROUGHT, BY_EXPELLED, BY_STRANGER, BY_ADMIN = -1, -2, -3, -4, -5
ADMISSIONS = {
    one.id: one
    for one in (
        Admission(id=GUEST, brought_by=None, expelled=False),
        Admission(id=EXPELLED, brought_by=None, expelled=True),
        Admission(id=BROUGHT, brought_by=GUEST, expelled=False),
        Admission(id=BY_EXPELLED, brought_by=EXPELLED, expelled=False),
        Admission(id=BY_STRANGER, brought_by=STRANGER, expelled=False),
        Admission(id=BY_ADMIN, brought_by=ADMIN, expelled=False),
    )
}
EVERYBODY = (
    *(ADMIN, READER, GUEST, EXPELLED, STRANGER),
    *(GROUP, BROUGHT, BY_EXPELLED, BY_STRANGER, BY_ADMIN),
)


def door(access: Access) -> Door:
    """Give a door with one admin, and one person and one group on the list."""
    return Door(access=access, admins=frozenset({ADMIN}), readers=frozenset({READER, GROUP}))


@pytest.mark.parametrize(
    ("access", "in_"),
    [
        (Access.OPEN, set(EVERYBODY)),
        (Access.LISTED, {ADMIN, READER, GROUP, BY_ADMIN}),
        (Access.INVITED, {ADMIN, READER, GROUP, BY_ADMIN, GUEST, BROUGHT}),
    ],
)
def test_who_is_in(access: Access, in_: set[int]) -> None:
    opened = door(access)
    assert {one for one in EVERYBODY if opened.lets_in(one, ADMISSIONS.get)} == in_


def test_an_open_door_looks_nobody_up() -> None:
    def fail(number: int) -> Admission | None:
        raise AssertionError(number)

    assert door(Access.OPEN).lets_in(STRANGER, fail)


def test_two_that_brought_each_other_in_are_not_let_in() -> None:
    ring = {
        -1: Admission(id=-1, brought_by=-2, expelled=False),
        -2: Admission(id=-2, brought_by=-1, expelled=False),
    }
    assert not Door(access=Access.INVITED).lets_in(-1, ring.get)


def facts(*, person: bool = False, chat: bool = False, private: bool = True) -> Facts:
    return Facts(person_is_in=person, chat_is_in=chat, is_private=private)


@pytest.mark.parametrize(
    ("asked", "known", "verdict"),
    [
        (Asked.MESSAGE, facts(person=True, chat=True), Verdict.ANSWER),
        (Asked.MESSAGE, facts(), Verdict.REFUSE),
        (Asked.MESSAGE, facts(private=False), Verdict.SILENCE),
        (Asked.MESSAGE, facts(chat=True, private=False), Verdict.ANSWER),
        (Asked.MESSAGE, facts(person=True, private=False), Verdict.ANSWER),
        (Asked.PRESS, facts(), Verdict.TOAST),
        (Asked.PRESS, facts(private=False), Verdict.TOAST),
        (Asked.PRESS, facts(chat=True, private=False), Verdict.ANSWER),
        (Asked.INLINE, facts(), Verdict.NOTHING),
        (Asked.INLINE, facts(person=True), Verdict.ANSWER),
        (Asked.BROUGHT, facts(private=False), Verdict.LEAVE),
        (Asked.BROUGHT, facts(person=True, private=False), Verdict.ANSWER),
        (Asked.BROUGHT, facts(chat=True, private=False), Verdict.ANSWER),
        (Asked.OTHER, facts(), Verdict.ANSWER),
    ],
)
def test_what_becomes_of_an_update(asked: Asked, known: Facts, verdict: Verdict) -> None:
    assert decide(asked, known) is verdict


every_fact = st.builds(
    Facts,
    person_is_in=st.booleans(),
    chat_is_in=st.booleans(),
    is_private=st.booleans(),
    about_own_data=st.booleans(),
)
REQUESTS = (Asked.MESSAGE, Asked.PRESS, Asked.INLINE, Asked.BROUGHT)


@given(asked=st.sampled_from(REQUESTS), known=every_fact)
def test_only_who_is_in_is_answered_or_who_asks_for_own_data(asked: Asked, known: Facts) -> None:
    if decide(asked, known) is Verdict.ANSWER:
        assert known.person_is_in or known.chat_is_in or known.about_own_data
        if known.is_private and asked is not Asked.BROUGHT:
            assert known.person_is_in or known.about_own_data


@given(asked=st.sampled_from(Asked), known=every_fact)
def test_a_group_of_strangers_never_hears_of_it(asked: Asked, known: Facts) -> None:
    if not known.is_private:
        assert decide(asked, known) is not Verdict.REFUSE


def nobody(number: int) -> Admission | None:
    """Know nobody."""
    del number
    return None


@given(
    access=st.sampled_from([Access.LISTED, Access.INVITED]),
    number=st.integers(),
    find=st.functions(
        like=nobody,
        returns=st.none()
        | st.builds(
            Admission,
            id=st.integers(),
            brought_by=st.none() | st.integers(),
            expelled=st.booleans(),
        ),
        pure=True,
    ),
)
def test_the_door_says_yes_or_no_whatever_is_known(
    access: Access, number: int, find: Callable[[int], Admission | None]
) -> None:
    opened = Door(access=access)
    found = find(number)
    is_in = opened.lets_in(number, find)
    assert not (is_in and (found is None or found.expelled))
    assert not (is_in and access is Access.LISTED)  # nobody is on this list
