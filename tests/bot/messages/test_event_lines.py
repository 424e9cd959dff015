import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import person, sources
from bot.messages.digest import Briefing, digest
from bot.messages.events import event_line, fitting, legend, standing
from bot.messages.following import alert
from bot.messages.message import Links
from bot.messages.text import MOST_ENTITIES, Text, lines, link
from bot.messages.timeline import latest
from store.knowledge.disputes import Dispute
from store.knowledge.news import News
from store.knowledge.people import PersonRef, Profile
from store.knowledge.sources import Citation, Counts, Source
from store.knowledge.timeline import Event, Listed, Present
from store.knowledge.values import Basis, Status, Story, When
from store.ledger.values import Length

LINKS = Links("attache_sandbox_bot")
NAMES = ("Ada Quay", "Ada Quay Olsen", "João Ölmez", "A. (Bo) [Crane]*", "Шерман Анна")
PRESENT = tuple(
    Present(key=letter * 12, name=name, spellings=(name,))
    for letter, name in zip("abcde", NAMES, strict=True)
)


def told(
    text: str,
    people: tuple[Present, ...] = (),
    basis: Basis = Basis.STATED,
    dispute: Dispute | None = None,
) -> Event:
    return Event(
        key="k" * 12,
        when=When.parse("2022-01-09"),
        text=text,
        place=None,
        status=Status.HAPPENED,
        borne_out=False,
        sources=(),
        basis=basis,
        dispute=dispute,
        people=people,
    )


def linked(line: Text) -> list[tuple[str, str | None]]:
    return [(span.text, span.url) for span in line.spans if span.url]


@given(
    st.lists(st.sampled_from([*NAMES, "and", "meets", ",", "\U0001f600"]), max_size=9).map(
        " ".join
    ),
    st.lists(st.sampled_from(PRESENT), unique=True).map(tuple),
)
def test_only_names_of_who_was_there_are_links_and_the_words_stay(
    text: str, people: tuple[Present, ...]
) -> None:
    line = event_line(told(text, people), as_of=None, links=LINKS)
    assert line.plain == f"9 Jan 2022  {text}"
    keys = {person.name: LINKS.person(person.key) for person in people}
    found = linked(line)
    assert all(keys[name] == url for name, url in found)
    assert len({url for _name, url in found}) == len(found) <= 2


def test_the_longest_name_is_the_one_that_is_meant() -> None:
    line = event_line(told("Ada Quay Olsen speaks", PRESENT), as_of=None, links=LINKS)
    assert linked(line) == [("Ada Quay Olsen", LINKS.person("b" * 12))]


def test_a_name_that_two_have_or_that_is_part_of_a_word_is_no_link() -> None:
    twice = (PRESENT[0], Present(key="z" * 12, name="Ada Quay", spellings=("Ada Quay",)))
    assert linked(event_line(told("Ada Quay speaks", twice), as_of=None, links=LINKS)) == []
    assert linked(event_line(told("Ada Quays speak", PRESENT), as_of=None, links=LINKS)) == []


def test_a_message_keeps_links_to_persons_only_as_it_has_room() -> None:
    cited = [link(f"[{n}]", LINKS.source("s" * 12)) for n in range(90)]
    named = [link(f"Person {n}", LINKS.person("p" * 12)) for n in range(30)]
    body = fitting(lambda _most: lines(*named, *cited))
    assert body.styled == MOST_ENTITIES
    assert [name for name, url in linked(body) if url == LINKS.person("p" * 12)] == [
        f"Person {n}" for n in range(10)
    ]
    assert body.plain == lines(*named, *cited).plain


@given(
    st.lists(st.tuples(st.sampled_from(Basis), st.none() | st.sampled_from(Dispute)), max_size=5)
)
def test_the_legend_explains_the_marks_that_are_shown_and_no_others(
    known: list[tuple[Basis, Dispute | None]],
) -> None:
    events = [told("It rains", basis=basis, dispute=dispute) for basis, dispute in known]
    shown = [event_line(event, as_of=date(2022, 1, 9), links=LINKS).plain for event in events]
    explained = [line[0] for line in legend(events).plain.splitlines()]
    assert explained == [
        mark for mark in "\u26a0\u00b0\u2248" if any(mark in line for line in shown)
    ]


DISPUTED = told("It rains", basis=Basis.INFERRED, dispute=Dispute.DATE)
CITED = Citation(n=1, key="a" * 12, outlet="Gazette", published=date(2022, 1, 9))
ADA = PersonRef(key="p" * 12, name="Ada Quay")
NO_NEWS = News(sources=(), events=(), quotes=())


def a_profile() -> Text:
    known = Profile(
        person=ADA,
        spellings=(),
        roles=(),
        statements=(),
        latest=(DISPUTED,),
        coming=(),
        quote=None,
        companions=(),
    )
    return person.profile(known, as_of=None, links=LINKS).body


def a_digest(length: Length) -> Text:
    briefing = Briefing(
        story=Story(title="Rain", intro="It rains."),
        counted=Counts(sources=1, people=0, events=1, quotes=0, figures=0),
        local_date=CITED.published,
        as_of=CITED.published,
        today=CITED.published,
        first=False,
        news=replace(NO_NEWS, events=(DISPUTED,)),
        planned=(),
        on_this_day=(),
        length=length,
    )
    (part,) = digest(briefing, links=LINKS)
    return part.body


def pages() -> dict[str, Text]:
    """Return a page of each kind that has the line of an event."""
    news = replace(NO_NEWS, events=(DISPUTED,))
    return {
        "profile": a_profile(),
        "latest": latest([DISPUTED], [], [], as_of=None, links=LINKS).body,
        "latest, planned": latest([], [DISPUTED], [], as_of=None, links=LINKS).body,
        "alert": alert(news, rest=0, about=(), as_of=None, links=LINKS).body,
        "digest": a_digest(Length.NORMAL),
        "short digest": a_digest(Length.SHORT),
    }


@pytest.mark.parametrize("kind", pages())
def test_a_line_says_wherever_it_stands_how_sure_its_date_is(kind: str) -> None:
    shown = pages()[kind].plain
    assert "9 Jan 2022  It rains \u26a0 \u2248" in shown
    assert legend([DISPUTED]).plain in shown


def test_on_the_page_of_a_source_only_what_is_its_own_is_cited_from_it_alone() -> None:
    other = replace(CITED, n=2, key="b" * 12)
    listed = Listed(when=When.parse("2022-01-08"), text="Rain falls", sources=(CITED, other))
    shown = sources.source(
        Source(
            citation=other,
            title="Rain",
            document=None,
            basis=Basis.STATED,
            because=None,
            body="It rains.",
        ),
        people=(),
        events=[replace(DISPUTED, sources=(other,), listed=listed)],
        quotes=(),
        figures=(),
        page=0,
        links=LINKS,
    ).text
    assert "9 Jan 2022  It rains \u26a0 \u2248 [2]\n" in shown
    assert "Timelines have it as: 8 Jan 2022  Rain falls [1][2]\n" in shown
    assert shown.count("\u26a0 the sources differ") == 1


@given(
    words=st.text(alphabet="ab _é1-.", max_size=30),
    names=st.lists(st.text(alphabet="ab é1-.", min_size=1, max_size=4), min_size=1, max_size=5),
)
def test_names_stand_where_a_pattern_of_them_would_find_them(words: str, names: list[str]) -> None:
    pattern = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    found = re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", words)
    assert list(standing(words, names)) == [(one.start(), one[0]) for one in found]
