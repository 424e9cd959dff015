"""Copies of made-up agency texts, edited as outlets do, and other texts on the same event."""

import random
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.ingest.duplicates import Folded, fold_copies
from store.ingest.raw.values import Published, RawArticle
from store.knowledge.values import Basis, When

WIRE = (
    "The council voted on Monday to replace the harbour bridge, ending a dispute of eleven years.",
    "Mayor Maria Lindqvist called the vote a turning point and thanked those of all parties.",
    "“We will not close the harbour for a single day,” chief engineer Tomas Berg told reporters.",
    "The works shall cost 240 million and are to begin in June, when the ferries have moved north.",
    "Critics had asked for a tunnel, which would have cost twice as much but spared the old quay.",
    "The state pays a third of the sum, the port authority a quarter, and the town what is left.",
    "A first attempt failed in 2019 after a court had found faults in the call for tenders.",
    "The bridge of 1931 carries forty thousand cars a day and has been shut to lorries since May.",
)
OTHER = (
    "Eleven years of quarrel are over: by 31 votes to 20 the town will have a new bridge at last.",
    "It was past ten in the evening when Maria Lindqvist read out the result to a silent hall.",
    "“We will not close the harbour for a single day,” chief engineer Tomas Berg told reporters.",
    "For the ferry companies the decision means a move to the north pier before the summer.",
    "Ida Holm, who led the campaign for a tunnel, left the hall without a word to the press.",
    "Now the builders have to show that the price of 240 million will hold, she had said before.",
    "The next hurdle is the court, where two owners of warehouses want to stop the works.",
    "Until then the old bridge stays open for cars, though not for lorries, the police said.",
)


def article(
    *paragraphs: str, name: str = "a", title: str | None = None, day: date | None = None
) -> RawArticle:
    said = Published(when=When.day(day), basis=Basis.STATED, because="made up") if day else None
    return RawArticle(name=name, paragraphs=paragraphs, title=title, published=said)


def groups(*articles: RawArticle) -> list[list[str]]:
    return [[each.name for each in folded.sources] for folded in fold_copies(articles)]


@pytest.mark.parametrize(
    "copy",
    [
        WIRE,
        tuple(each.upper() for each in WIRE),
        WIRE[:-1],
        WIRE[:5],
        WIRE[2:],
        (WIRE[0], *WIRE[3:]),
        ("By Ole Dahl for the Gazette", *WIRE),
        (*WIRE, "Ole Dahl contributed to this report from the north pier on Tuesday morning."),
        tuple(each.replace("Monday", "yesterday").replace("240", "250") for each in WIRE),
        tuple(each.replace("“", '"').replace("”", '"').replace("-", "–") for each in WIRE),
        (*WIRE[:4], "A sentence of our own about the weather on the day of the vote.", *WIRE[4:]),
    ],
)
def test_an_edited_copy_is_folded(copy: tuple[str, ...]) -> None:
    ours = article(*copy, name="b", title="Another headline altogether")
    assert len(groups(article(*WIRE, name="a", title="Council votes"), ours)) == 1


def test_another_article_on_the_same_event_is_not() -> None:
    assert len(groups(article(*WIRE, name="a"), article(*OTHER, name="b"))) == 2


def test_an_article_that_takes_a_third_of_the_wire_is_its_own() -> None:
    mixed = article(*WIRE[:3], *OTHER[3:], name="b")
    assert len(groups(article(*WIRE, name="a"), mixed)) == 2


def test_a_round_up_does_not_swallow_the_short_texts_in_it() -> None:
    short = article(*WIRE[:2], name="b")
    assert len(groups(article(*WIRE, *OTHER, name="a"), short)) == 2


def test_two_texts_are_not_one_because_both_are_like_a_third() -> None:
    first, second = article(*WIRE, name="a"), article(*OTHER, name="b")
    both = article(*WIRE[:6], *OTHER[5:], name="c")
    assert {"a", "b"} not in [set(group) for group in groups(first, second, both)]


def test_short_texts_are_copies_only_word_for_word() -> None:
    teaser = "The council voted on Monday to replace the harbour bridge."
    other = "The council voted on Monday to replace the harbour master."
    assert groups(
        article(teaser, name="a"), article(teaser.upper(), name="b"), article(other, name="c")
    ) == [["a", "b"], ["c"]]


def test_the_fullest_stands_for_all_and_the_rest_come_by_day() -> None:
    cut = article(*WIRE[:6], name="cut", day=date(2024, 3, 4))
    late = article(*WIRE[:7], name="late", day=date(2024, 3, 6))
    full = article(*WIRE, name="full", day=date(2024, 3, 5))
    assert groups(late, cut, full) == [["full", "cut", "late"]]


def test_nothing_is_folded_of_nothing() -> None:
    assert fold_copies([]) == ()


@given(
    st.lists(st.lists(st.sampled_from((*WIRE, *OTHER)), min_size=1, max_size=8), max_size=8),
    st.randoms(use_true_random=False),
)
def test_every_article_is_kept_once_whatever_the_order(
    texts: list[list[str]], luck: random.Random
) -> None:
    articles = [article(*text, name=f"{index:02}") for index, text in enumerate(texts)]
    shuffled = luck.sample(articles, len(articles))

    def members(folded: tuple[Folded, ...]) -> list[list[str]]:
        return sorted([each.name for each in fold.sources] for fold in folded)

    assert sorted(sum(members(fold_copies(articles)), [])) == [each.name for each in articles]  # noqa: RUF017 (few)
    assert members(fold_copies(articles)) == members(fold_copies(shuffled))


def test_the_work_grows_with_the_number_of_articles() -> None:
    luck = random.Random(7)  # noqa: S311 (made-up words)
    words = [f"w{number}" for number in range(5000)]

    def made(number: int) -> list[RawArticle]:
        texts = [" ".join(luck.choices(words, k=200)) for _ in range(number // 2)]
        copies = [text.rsplit(" ", 20)[0] for text in texts]
        return [article(text, name=f"{i:05}") for i, text in enumerate((*texts, *copies))]

    few, many = made(250), made(2000)
    begun = time.perf_counter()
    fold_copies(few)
    between = time.perf_counter()
    assert len(fold_copies(many)) == 1000
    ended = time.perf_counter()
    assert ended - between < 40 * (between - begun) + 1  # eight times as many
