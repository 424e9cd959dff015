"""Charts to lay out, of ordinary words and of the house's least favourite letters."""

from hypothesis import strategies as st

from bot.pictures.chart import EVENTS_A_PICTURE, Chart, Entry, Kind, Lane, Sign, Today
from bot.pictures.faces import Face
from tests.bot.hostile import FRAGMENTS

WORDS = st.one_of(
    st.just(""),
    st.text(max_size=60),
    st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(" ".join),
    st.sampled_from(["x" * 10_000, "word " * 2_000, "ש" * 300, "😀" * 300, "W" * 40]),
)
SHORT = st.text(max_size=20) | st.sampled_from(["", "NATO", "WWWWWWWWWWWWWWWWWWWW"])


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """Draw a chart as long as one may be."""
    lanes = draw(st.lists(st.builds(Lane, name=SHORT), max_size=8))
    on = st.sets(st.integers(0, len(lanes) - 1)) if lanes else st.just(set())
    entries = st.builds(
        Entry,
        date=WORDS,
        text=WORDS,
        note=WORDS,
        cited=SHORT,
        kind=st.sampled_from(Kind),
        lasting=st.booleans(),
        disputed=st.booleans(),
        lanes=on.map(sorted).map(tuple),
        empty=WORDS,
    )
    shown = draw(st.lists(entries, max_size=EVENTS_A_PICTURE))
    todays = st.builds(Today, above=st.integers(0, len(shown)), words=WORDS, empty=WORDS)
    signs = st.builds(Sign, kind=st.sampled_from(Kind), lasting=st.booleans(), words=WORDS)
    return Chart(
        story=draw(WORDS),
        title=draw(WORDS),
        about=draw(WORDS),
        lanes=tuple(lanes),
        entries=tuple(shown),
        today=draw(st.none() | todays),
        signs=tuple(draw(st.lists(signs, max_size=5))),
        sources=draw(WORDS),
        remarks=draw(WORDS),
        lacking=draw(WORDS),
    )


def measure(text: str, face: Face) -> float:
    """Measure as a font might: every letter has a width of its own, some have none."""
    return sum(face.size * (ord(letter) % 11) / 12 for letter in text)
