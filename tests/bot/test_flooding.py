"""Flooding, on manual time: so many at once, so many a minute, and each person alone."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from bot.flooding import Bucket, Flooding, Judgement, Limit, spend

LIMIT = Limit.of(20)
ANSWER, WARN, DROP = Judgement.ANSWER, Judgement.WARN, Judgement.DROP


class Time:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_ten_at_once_then_one_warning_then_one_every_three_seconds() -> None:
    time = Time()
    flooding = Flooding(LIMIT, now=time)
    assert [flooding.judge(1, 1) for _ in range(13)] == [ANSWER] * 10 + [WARN, DROP, DROP]
    time.now += 3
    assert [flooding.judge(1, 1) for _ in range(2)] == [ANSWER, DROP]
    time.now += 60
    assert [flooding.judge(1, 1) for _ in range(12)] == [ANSWER] * 10 + [WARN, DROP]


def test_one_person_slows_nobody_else() -> None:
    flooding = Flooding(LIMIT, now=Time())
    for _ in range(1000):
        flooding.judge(1, 1)
    assert flooding.judge(2, 1) is ANSWER


def test_memory_is_bounded_and_the_quietest_is_forgotten() -> None:
    flooding = Flooding(LIMIT, now=Time(), most=100)
    for person in range(1, 1001):
        flooding.judge(person, 1)
        flooding.judge(0, 0.001)
    assert len(flooding) == 100
    assert all(flooding.judge(0, 1) is ANSWER for _ in range(9))
    assert flooding.judge(0, 1) is not ANSWER


def test_even_the_lowest_limit_answers_a_message_in_a_group() -> None:
    assert Flooding(Limit.of(1), now=Time()).judge(1, 2) is ANSWER


asked = st.lists(
    st.tuples(st.floats(0, 30), st.sampled_from([0.25, 0.5, 1, 2])), min_size=1, max_size=80
)


@given(asked=asked, per_minute=st.integers(1, 100))
def test_in_no_while_more_is_answered_than_the_limit_allows(
    asked: list[tuple[float, float]], per_minute: int
) -> None:
    limit = Limit.of(per_minute)
    bucket, now, answered = Bucket(left=limit.burst, at=0.0), 0.0, 0.0
    warned: list[float] = []
    for passed, cost in asked:
        now += passed
        judgement, bucket = spend(bucket, cost, limit, now)
        assert -1e-9 <= bucket.left <= limit.burst
        answered += cost if judgement is ANSWER else 0
        assert answered <= limit.burst + now * per_minute / 60 + 1e-6
        warned += [now] if judgement is WARN else []
    assert all(later - one >= 60 for one, later in itertools.pairwise(warned))


@given(times=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50))
def test_a_clock_that_goes_back_neither_fills_nor_raises(times: list[float]) -> None:
    bucket = Bucket(left=LIMIT.burst, at=0.0)
    for now in times:
        before = bucket
        _, bucket = spend(bucket, 1, LIMIT, now)
        if now <= before.at:
            assert bucket.left <= before.left
