from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.message import Links
from bot.messages.search import around_hits, hits
from bot.messages.text import units
from store.knowledge.search import Hit, Match, SearchPage, Sentence
from store.knowledge.sources import Citation
from tests.bot.hostile import FRAGMENTS

PIECES = st.tuples(
    st.lists(st.sampled_from([*FRAGMENTS, "x" * 500, " ", "word"]), min_size=1, max_size=12).map(
        " ".join
    ),
    st.booleans(),
)
SENTENCES = st.lists(PIECES, min_size=1, max_size=30).map(tuple)


def plain(sentence: Sentence) -> str:
    return "".join(text for text, _is_hit in sentence)


@given(SENTENCES, st.integers(60, 400))
def test_what_is_shown_of_a_sentence_is_a_run_of_it_with_a_hit(
    sentence: Sentence, most: int
) -> None:
    shown = around_hits(sentence, most)
    words = plain(shown)
    if shown != sentence:
        assert units(words) <= most
        assert words.strip("…").strip() in plain(sentence)
    if any(is_hit for _text, is_hit in sentence):
        assert any(is_hit for _text, is_hit in shown)


def test_a_short_sentence_is_shown_whole() -> None:
    sentence = (("They met in ", False), ("Geneva", True), (" on Monday.", False))
    assert around_hits(sentence, 400) == sentence


def test_a_long_sentence_is_cut_between_words_around_its_hits() -> None:
    sentence = (("far " * 100, False), ("Geneva", True), (" and ", False), ("Kyiv", True))
    shown = around_hits((*sentence, (" off" * 100, False)), 100)
    assert plain(shown).startswith("…far far")
    assert "far Geneva and Kyiv off" in plain(shown)
    assert plain(shown).endswith("off…")
    assert [text for text, is_hit in shown if is_hit] == ["Geneva", "Kyiv"]


@given(SENTENCES)
def test_bold_covers_the_hits_and_nothing_else(sentence: Sentence) -> None:
    source = Citation(n=1, key="a" * 12, outlet="O", published=date(2022, 1, 1))
    hit = Hit(source=source, title="T", sentence=sentence)
    page = SearchPage(hits=(hit,), match=Match.ALL, offset=0, total=1)
    message = hits("asked", page, people=(), links=Links("bot"))
    raw = message.text.encode("utf-16-le")
    bold = [
        raw[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le")
        for e in message.entities
        if e.type == "bold"
    ]
    if shown_whole := around_hits(sentence, 400) == sentence:
        assert "".join(text for text, _is_hit in sentence).strip() in message.text
    assert shown_whole or "…" in message.text
    shown = [text for text, is_hit in around_hits(sentence, 400) if is_hit and text]
    assert bold[0] == "asked"
    assert [words for words in bold[1:] if words.strip()] == [
        words for words in shown if words.strip()
    ][:20]
