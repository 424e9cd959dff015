"""What interests make of a briefing, whatever both are."""

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digest.choice import chosen, interests_in, of_followed
from bot.messages.digest import Briefing
from store.knowledge.about import Concerns
from store.knowledge.news import Kind, News
from store.knowledge.quotes import Quote
from store.knowledge.sources import Citation, Counts, Source
from store.knowledge.timeline import Event
from store.knowledge.values import Basis, Grade, Status, Story, When
from store.ledger.values import Interest, Stance

MONDAY = date(2022, 1, 10)
THINGS = ("ada", "ben", "quay", "tide")


def cited(n: int) -> Citation:
    return Citation(n=n, key=f"s{n}", outlet="The Gazette", published=MONDAY)


def happened(key: str, *sources: int, correction: str | None = None) -> Event:
    return Event(
        key=key,
        when=When.parse("2022-01-09"),
        text=key,
        place=None,
        status=Status.HAPPENED,
        borne_out=False,
        sources=tuple(map(cited, sources)),
        correction=correction,
    )


def said(key: str, *sources: int, correction: str | None = None) -> Quote:
    return Quote(
        key=key,
        person="ada",
        speaker="Ada",
        text=key,
        said=None,
        published=MONDAY,
        grade=Grade.VERBATIM,
        about=None,
        sources=tuple(map(cited, sources)),
        correction=correction,
    )


def article(n: int) -> Source:
    return Source(
        citation=cited(n), title=f"{n}", document=None, basis=Basis.STATED, because=None, body=""
    )


def briefing(
    events: tuple[Event, ...] = (),
    quotes: tuple[Quote, ...] = (),
    sources: tuple[Source, ...] = (),
    about: dict[str, frozenset[str]] | None = None,
) -> Briefing:
    things = frozenset().union(*(about or {}).values())
    return Briefing(
        story=Story(title="t", intro="i"),
        counted=Counts(sources=0, people=0, events=0, quotes=0, figures=0),
        local_date=MONDAY,
        as_of=MONDAY,
        today=MONDAY,
        first=False,
        news=News(sources=sources, events=events, quotes=quotes),
        planned=(),
        on_this_day=(),
        concerns=Concerns(of_item=about or {}, things=things, known_as={"ada's other key": "ada"}),
    )


def interest(key: str, stance: Stance) -> Interest:
    return Interest(kind="person", key=key, stance=stance, name=key)


def follow(*keys: str) -> list[Interest]:
    return [interest(key, Stance.FOLLOW) for key in keys]


def mute(*keys: str) -> list[Interest]:
    return [interest(key, Stance.MUTE) for key in keys]


MEETING = happened("meeting", 1)
STORM = happened("storm", 2)
BOTH = briefing(
    (MEETING, STORM),
    (said("words", 1),),
    (article(1), article(2), article(3)),
    {
        "meeting": frozenset({"ada", "ben"}),
        "storm": frozenset({"tide"}),
        "words": frozenset({"ada"}),
    },
)


def keys(news: News) -> list[str]:
    return [item.key for some in (news.events, news.quotes) for item in some]


def test_what_is_followed_leads_and_stands_nowhere_else() -> None:
    told = chosen(BOTH, follow("ada"))
    assert keys(told.followed) == ["meeting", "words"]
    assert keys(told.news) == ["storm"]
    assert told.news.sources == BOTH.news.sources


def test_what_is_muted_is_left_out_with_the_sources_that_give_nothing_else() -> None:
    told = chosen(BOTH, mute("tide"))
    assert keys(told.news) == ["meeting", "words"]
    assert [source.citation.n for source in told.news.sources] == [1, 3]
    assert told.muted == 1
    everything = chosen(BOTH, mute("tide", "ada"))
    assert (keys(everything.news), everything.muted) == ([], 3)


def test_an_item_about_one_muted_and_one_followed_stays() -> None:
    told = chosen(BOTH, [*mute("ada"), *follow("ben")])
    assert keys(told.followed) == ["meeting"]
    assert keys(told.news) == ["storm"]


def test_a_thing_is_known_by_its_other_keys_too() -> None:
    assert chosen(BOTH, follow("ada's other key")) == chosen(BOTH, follow("ada"))


def test_what_an_alert_has_told_does_not_lead() -> None:
    told = chosen(BOTH, follow("ada"), frozenset({(Kind.EVENT, "meeting")}))
    assert keys(told.followed) == ["words"]
    assert keys(told.news) == ["meeting", "storm"]


def test_a_correction_stands_among_the_corrections() -> None:
    told = chosen(
        briefing((happened("meeting", correction="was"),), about={"meeting": frozenset({"ada"})}),
        follow("ada"),
    )
    assert (keys(told.followed), keys(told.news)) == ([], ["meeting"])


def test_plans_and_other_years_about_what_is_muted_are_left_out() -> None:
    told = chosen(replace(BOTH, planned=(STORM,), on_this_day=(STORM, MEETING)), mute("tide"))
    assert (told.planned, told.on_this_day) == ((), (MEETING,))


def test_chats_whose_interests_do_not_matter_get_the_very_same() -> None:
    assert chosen(BOTH, []) is BOTH
    assert chosen(BOTH, [*follow("somebody else"), *mute("another")]) is BOTH


stances = st.dictionaries(st.sampled_from(THINGS), st.sampled_from(Stance)).map(
    lambda wanted: [interest(key, stance) for key, stance in wanted.items()]
)
abouts = st.sets(st.sampled_from(THINGS)).map(frozenset)
items = st.lists(st.tuples(abouts, st.sets(st.integers(1, 5)), st.booleans()), max_size=12)


@st.composite
def briefings(draw: st.DrawFn) -> Briefing:
    told, spoken = draw(items), draw(items)
    events = tuple(
        happened(f"e{n}", *sources, correction="was" if corrects else None)
        for n, (_, sources, corrects) in enumerate(told)
    )
    quotes = tuple(
        said(f"q{n}", *sources, correction="was" if corrects else None)
        for n, (_, sources, corrects) in enumerate(spoken)
    )
    about = {
        **{f"e{n}": one[0] for n, one in enumerate(told)},
        **{f"q{n}": one[0] for n, one in enumerate(spoken)},
    }
    made = briefing(events, quotes, tuple(article(n) for n in range(1, 7)), about)
    return replace(made, first=draw(st.booleans()), planned=events[:3], on_this_day=events[3:6])


alerted = st.sets(
    st.tuples(st.sampled_from(Kind), st.sampled_from([f"{k}{n}" for k in "eq" for n in range(12)]))
).map(frozenset)


@given(briefings(), stances, alerted)
@settings(max_examples=300)
def test_no_item_is_lost_but_what_is_muted_and_none_comes_twice(
    told: Briefing, wanted: list[Interest], before: frozenset[tuple[str, str]]
) -> None:
    got = chosen(told, wanted, before)
    followed = {i.key for i in wanted if i.stance is Stance.FOLLOW}
    muted = {i.key for i in wanted if i.stance is Stance.MUTE}
    gone = {
        key
        for key in keys(told.news)
        if told.concerns.of(key) & muted and not told.concerns.of(key) & followed
    }
    counted = Counter([*keys(got.followed), *keys(got.news)])
    assert set(counted.values()) <= {1}
    assert set(counted) == set(keys(told.news)) - gone
    assert got.muted == len(gone)
    assert all(told.concerns.of(key) & followed for key in keys(got.followed))
    for some, all_ in (
        (got.news.events, told.news.events),
        (got.news.quotes, told.news.quotes),
        (got.followed.events, told.news.events),
        (got.followed.quotes, told.news.quotes),
        (got.planned, told.planned),
        (got.on_this_day, told.on_this_day),
        (got.news.sources, told.news.sources),
    ):
        in_order = iter(all_)
        assert all(item in in_order for item in some)
    standing = {s.key for i in (*got.news.events, *got.followed.events) for s in i.sources}
    standing |= {s.key for q in (*got.news.quotes, *got.followed.quotes) for s in q.sources}
    assert standing <= {source.citation.key for source in got.news.sources}


@given(briefings(), stances)
@settings(max_examples=100)
def test_an_alert_is_of_what_would_lead(told: Briefing, wanted: list[Interest]) -> None:
    alone = of_followed(told.news, told.concerns, wanted)
    plain = chosen(replace(told, first=True), wanted)
    assert keys(alone) == keys(plain.followed)
    matter = interests_in(told.concerns, wanted)
    assert matter.followed.isdisjoint(matter.muted)
