"""Joining what several sources tell: one happening, every source, and what they differ in."""

from store.ingest.extract.happenings import Told, join_happenings
from store.knowledge.values import Status, When

_PEOPLE = frozenset({"Anna Berg", "Karl Lund"})


def _told(
    source: str,
    text: str,
    when: str,
    *,
    people: frozenset[str] = _PEOPLE,
    figures: tuple[tuple[str, str], ...] = (),
) -> Told:
    return Told(
        source=source,
        text=text,
        when=When.parse(when),
        status=Status.HAPPENED,
        people=people,
        place="Oslo",
        figures=figures,
    )


def test_two_sources_of_one_happening_are_both_kept() -> None:
    one = _told("a", "Berg and Lund signed the fishing treaty in Oslo", "2023-03-07")
    two = _told("b", "In Oslo the fishing treaty was signed by Berg and Lund", "2023-03-07")
    (happening,) = join_happenings([one, two])
    assert happening.sources == ("a", "b")
    assert not happening.disputed


def test_days_that_differ_are_disputed_and_both_stand() -> None:
    one = _told("a", "Berg and Lund signed the fishing treaty in Oslo", "2023-03-07")
    two = _told("b", "Berg and Lund signed the fishing treaty in Oslo", "2023-03-08")
    (happening,) = join_happenings([one, two])
    assert [str(when) for when in happening.dates] == ["2023-03-07", "2023-03-08"]
    assert happening.disputed_date


def test_figures_that_differ_are_disputed() -> None:
    text = "A ferry with miners sank off Oslo in the storm"
    one = _told("a", text, "2023-03-07", figures=(("Dead", "12"),))
    two = _told("b", text, "2023-03-07", figures=(("dead", "14"),))
    (happening,) = join_happenings([one, two])
    assert happening.disputed_figures == ("dead",)


def test_other_words_are_another_happening() -> None:
    one = _told("a", "Berg and Lund signed the fishing treaty in Oslo", "2023-03-07")
    two = _told("b", "Berg and Lund opened an exhibition of old maps", "2023-03-07")
    assert len(join_happenings([one, two])) == 2


def test_the_same_words_about_others_on_another_day_are_another_happening() -> None:
    one = _told("a", "They signed the fishing treaty in Oslo", "2023-03-07")
    others = frozenset({"Ole Dahl", "Eva Holm"})
    two = _told("b", "They signed the fishing treaty in Oslo", "2023-03-08", people=others)
    assert len(join_happenings([one, two])) == 2


def test_a_year_does_not_take_in_a_day_of_it() -> None:
    one = _told("a", "Berg and Lund signed the fishing treaty in Oslo", "2023")
    two = _told("b", "Berg and Lund signed the fishing treaty in Oslo", "2023-03-08")
    assert len(join_happenings([one, two])) == 2
