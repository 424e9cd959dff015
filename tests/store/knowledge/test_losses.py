from hypothesis import given
from hypothesis import strategies as st

from store.errors import Kind, LargeLossError, Loss
from store.knowledge.losses import large_losses, lost_sources
from store.knowledge.reload import Changes, Diff

KNOWN = {Kind.SOURCES: 6, Kind.PEOPLE: 20, Kind.EVENTS: 30, Kind.QUOTES: 3}
CHANGES = st.builds(
    Changes, new=st.integers(0, 50), changed=st.integers(0, 50), gone=st.integers(0, 50)
)
DIFFS = st.builds(Diff, documents=CHANGES, people=CHANGES, events=CHANGES, quotes=CHANGES)
COUNTS = st.fixed_dictionaries({kind: st.integers(50, 200) for kind in Kind})


def test_a_third_of_the_sources_may_go_and_no_more() -> None:
    assert large_losses(Diff(documents=Changes(gone=2)), KNOWN) == ()
    assert large_losses(Diff(documents=Changes(gone=3)), KNOWN) == (
        Loss(kind=Kind.SOURCES, gone=3, known=6),
    )


def test_other_sources_in_their_place_do_not_make_up_for_those_that_go() -> None:
    assert large_losses(Diff(documents=Changes(new=6, gone=6)), KNOWN) == (
        Loss(kind=Kind.SOURCES, gone=6, known=6),
    )


def test_events_that_are_worded_anew_are_not_lost() -> None:
    assert large_losses(Diff(events=Changes(new=28, gone=30)), KNOWN) == ()
    assert large_losses(Diff(events=Changes(new=2, gone=30)), KNOWN) == (
        Loss(kind=Kind.EVENTS, gone=28, known=30),
    )


def test_an_editor_takes_out_a_quote_or_two_of_a_small_story_unasked() -> None:
    assert large_losses(Diff(quotes=Changes(gone=2)), KNOWN) == ()
    assert large_losses(Diff(quotes=Changes(gone=3)), KNOWN) == (
        Loss(kind=Kind.QUOTES, gone=3, known=3),
    )


def test_sources_are_counted_by_themselves_while_a_story_replays() -> None:
    assert lost_sources(2, 6) == ()
    assert lost_sources(3, 6) == (Loss(kind=Kind.SOURCES, gone=3, known=6),)


def test_the_words_tell_all_that_would_go() -> None:
    losses = large_losses(Diff(documents=Changes(gone=5), quotes=Changes(gone=3)), KNOWN)
    assert str(LargeLossError(losses, "mark")) == (
        "this would remove 5 of 6 sources, 3 of 3 quotes"
    )


@given(DIFFS, COUNTS)
def test_whatever_is_asked_about_is_more_than_a_third(diff: Diff, known: dict[Kind, int]) -> None:
    assert all(loss.gone * 3 > loss.known for loss in large_losses(diff, known))


@given(DIFFS)
def test_nothing_is_asked_where_nothing_was_known(diff: Diff) -> None:
    fits = Diff(documents=Changes(new=diff.documents.new), people=Changes(new=diff.people.new))
    assert large_losses(fits, dict.fromkeys(Kind, 0)) == ()
