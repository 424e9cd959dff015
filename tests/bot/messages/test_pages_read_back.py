"""What a page is about is read from the page, in whatever language it was made."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locales import Language, speaking
from bot.messages import figures, quotes
from bot.messages.message import Links
from store.knowledge.disputes import DisputePage
from store.knowledge.figures import Figure
from store.knowledge.people import PersonRef
from tests.bot.tongues import tongues

__all__ = ["tongues"]

PEOPLE = [PersonRef(key="a" * 12, name="Wendy Sherman"), PersonRef(key="b" * 12, name="W. Sherman")]
TURNED = list(product(Language, Language))
ASKED = st.text(max_size=80) | st.sampled_from(
    ["NATO", "quotes about quotes", "quotes", "a · b", "über NATO", "<de>quotes about peace", "{n}"]
)


def quotes_page(topic: str, made: Language) -> str:
    with speaking(made):
        return quotes.whose("Sherman", PEOPLE, topic=topic).text


def figures_page(topic: str, made: Language) -> str:
    figure = Figure(what="troops", value="some", at=None, according_to=None, sources=())
    page = DisputePage(figures=(figure,), events=(), total=1, offset=0)
    with speaking(made):
        return figures.disputed(
            page, topic=topic, as_of=date(2022, 1, 14), links=Links("attache")
        ).text


@given(ASKED)
@pytest.mark.parametrize(("made", "read"), TURNED)
def test_the_topic_of_quotes_is_read_in_any_language(
    made: Language, read: Language, asked: str
) -> None:
    topic = quotes.topic(asked)
    with speaking(read):
        assert quotes.topic_of(quotes_page(topic, made)) == topic


@pytest.mark.usefixtures("tongues")
@pytest.mark.parametrize(("made", "read"), TURNED)
def test_the_topic_of_quotes_is_read_where_every_language_has_other_words(
    made: Language, read: Language
) -> None:
    with speaking(read):
        assert quotes.topic_of(quotes_page("arms control", made)) == "arms control"
        assert quotes.topic_of(quotes_page("", made)) == ""


@given(ASKED)
@pytest.mark.parametrize(("made", "read"), TURNED)
def test_the_topic_of_figures_is_read_in_any_language(
    made: Language, read: Language, asked: str
) -> None:
    topic = figures.topic(asked)
    with speaking(read):
        assert figures.topic_of(figures_page(topic, made)) == topic


@pytest.mark.parametrize("language", Language)
def test_words_before_a_topic_hold_no_dot_that_ends_them(language: Language) -> None:
    with speaking(language):
        heads = figures_page("", language).partition("\n")[0], quotes._about("x")
    assert not any(" · " in head for head in heads)
