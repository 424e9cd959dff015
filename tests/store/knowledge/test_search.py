import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Connection
from store.knowledge.search import (
    _BEST_OF_NEWEST,
    _MARKED,
    _OLDER,
    Hit,
    Match,
    SearchPage,
    search,
)
from tests.store.stories import event, figure, load, quote, summary

BOUND = {"query": '"harbour"', "begin": "<", "end": ">", "n": 1}


def find(db: Connection, text: str) -> SearchPage:
    return search(db, text, limit=10)


def titles(page: SearchPage) -> list[str]:
    return sorted(hit.title for hit in page.hits)


def plain(hit: Hit) -> str:
    return "".join(text for text, _ in hit.sentence)


def marked(hit: Hit) -> list[str]:
    return [text for text, is_hit in hit.sentence if is_hit]


@pytest.fixture
def harbour(db: Connection) -> Connection:
    load(
        db,
        [
            summary(
                "a",
                body="It rained. Ada Quay negotiated the new harbour. Ships came. "
                "Then João Ölmez left.",
                events=[event("2022", "Cranes are lifted", place="Żagań")],
                quotes=[quote("Ada Quay", "We work in lockstep")],
                figures=[figure("Berths", "thirty-three")],
            ),
            summary("b", body="The harbour is old. Переговоры вёл Шерман. हिन्दी भी है। "),
        ],
    )
    return db


@pytest.mark.parametrize(
    ("asked", "match", "found"),
    [
        ("harbour", Match.ALL, ["About a", "About b"]),
        ("new harbour", Match.ALL, ["About a"]),
        ("HARBOUR rained", Match.ALL, ["About a"]),
        ("negotiating", Match.ALL, ["About a"]),
        ("ship", Match.ALL, ["About a"]),
        ("joao olmez", Match.ALL, ["About a"]),
        ("Joa\u0303o", Match.ALL, ["About a"]),
        ("sherman", Match.ALL, ["About b"]),
        ("Шерман", Match.ALL, ["About b"]),
        ("हिन्दी", Match.ALL, ["About b"]),
        ("hindi", Match.ALL, ["About b"]),
        ("Quay's harbour", Match.ALL, ["About a"]),
        ("lockstep", Match.ALL, ["About a"]),
        ("cranes zagan", Match.ALL, ["About a"]),
        ("thirty-three", Match.ALL, ["About a"]),
        ("harb", Match.BEGINNINGS, ["About a", "About b"]),
        ("neg har", Match.BEGINNINGS, ["About a"]),
        ("Шерм", Match.BEGINNINGS, ["About b"]),
        ("olm", Match.BEGINNINGS, ["About a"]),
        ("ha", Match.NONE, []),
        ("haed", Match.NONE, []),  # "ha" in the index
        ("rained elephant", Match.SOME, ["About a"]),
        ("elephant", Match.NONE, []),
        ("", Match.NONE, []),
        ("* \" ' (", Match.NONE, []),
    ],
)
def test_words_are_found_as_people_type_them(
    harbour: Connection, asked: str, match: Match, found: list[str]
) -> None:
    page = find(harbour, asked)
    assert (page.match, titles(page)) == (match, found)
    assert page.total == len(found)


@pytest.mark.parametrize(
    ("asked", "sentence", "hits"),
    [
        ("harbour rained", "It rained.", ["rained"]),
        ("quay new", "Ada Quay negotiated the new harbour.", ["Quay", "new"]),
        ("ship", "Ships came.", ["Ships"]),
        ("then", "Then João Ölmez left.", ["Then"]),
        ("olmez", "Then João Ölmez left.", ["Ölmez"]),
        ("lockstep", "Ada Quay: We work in lockstep", ["lockstep"]),
        ("cranes", "Cranes are lifted (Żagań)", ["Cranes"]),
        ("berths", "Berths: thirty-three", ["Berths"]),
        ("sherman", "Переговоры вёл Шерман.", ["Шерман"]),
        ("Шерм", "Переговоры вёл Шерман.", ["Шерман"]),
        ("hindi", "हिन्दी भी है।", ["हिन्दी"]),
    ],
)
def test_the_sentence_shown_holds_the_hit_marked(
    harbour: Connection, asked: str, sentence: str, hits: list[str]
) -> None:
    page = find(harbour, asked)
    assert (plain(page.hits[0]), marked(page.hits[0])) == (sentence, hits)


def test_a_word_of_the_title_only_is_found_too(harbour: Connection) -> None:
    (hit,) = find(harbour, "about rained").hits
    assert hit.title == "About a"
    page = find(harbour, "about")
    assert titles(page) == ["About a", "About b"]
    assert {plain(hit) for hit in page.hits} == {"It rained.", "The harbour is old."}


def test_the_best_comes_first_and_pages_lose_nothing(db: Connection) -> None:
    load(
        db, [summary(f"{n}", body=f"Harbour{' harbour' * n}.{' Rain fell.' * 9}") for n in range(7)]
    )
    whole = find(db, "harbour")
    paged = [
        h for offset in range(0, 8, 2) for h in search(db, "harbour", limit=2, offset=offset).hits
    ]
    assert whole.total == 7
    assert paged == list(whole.hits)
    assert whole.hits[0].title == "About 6"


def test_a_title_counts_more_than_a_body(db: Connection) -> None:
    load(db, [summary("x", body="Harbour. Rain."), summary("harbour", body="Snow. Rain.")])
    assert find(db, "harbour").hits[0].title == "About harbour"


@pytest.mark.parametrize(
    "hostile",
    [
        *(
            '"',
            "*",
            "NEAR(",
            "' OR 1=1 --",
            "title:x",
            "a AND",
            "NOT",
            "^a",
            "-a",
            "{a b}: c",
            "a + b",
        ),
        *(
            "x" * 4000,
            "a " * 2000,
            "\u202e\u200f",
            "\x00",
            '""""',
            "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        ),
    ],
)
def test_hostile_texts_are_only_words(known: Connection, hostile: str) -> None:
    page = find(known, hostile)
    assert page.total >= len(page.hits)


fts = st.text(alphabet="ab\"*^:(){}+-'NEARORDT \x00\u0301é", max_size=40)


@given(st.text(max_size=200) | fts)
def test_no_text_raises(known: Connection, text: str) -> None:
    page = find(known, text)
    assert (page.match is Match.NONE) == (page.total == 0)


def test_a_word_said_again_and_again_counts_once(harbour: Connection) -> None:
    found = find(harbour, "harbour Harbour HARBOUR " * 10 + "rained")
    assert (found.match, titles(found)) == (Match.ALL, ["About a"])


def test_lockstep_is_found_in_the_packaged_story(known: Connection) -> None:
    page = find(known, "lockstep")
    assert page.match is Match.ALL
    assert marked(page.hits[0]) == ["lockstep"]


@given(st.data())
def test_a_marked_sentence_holds_its_marks_and_no_signs_of_them(
    known: Connection, data: st.DataObject
) -> None:
    word = data.draw(
        st.sampled_from(["Geneva", "Blinken", "Ukraine", "talk", "Russia", "nato", "zelen"])
    )
    page = find(known, word)
    assert page.hits
    for hit in page.hits:
        assert marked(hit)
        assert "\x02" not in plain(hit)
        assert "\x03" not in plain(hit)


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ("negotiating", ["Negotiated"]),  # by its stem
        ("sherman", ["Sherman", "Шерман"]),  # in both scripts
        ("moller", ["Möller"]),
        ("new harbours", ["new", "harbour"]),
    ],
)
def test_every_hit_in_the_sentence_is_marked(db: Connection, asked: str, hits: list[str]) -> None:
    body = "Negotiated at dawn. Sherman, Шерман and Möller saw the new harbour. It newly rained."
    load(db, [summary("a", body=body)])
    assert marked(find(db, asked).hits[0]) == hits


def test_a_word_that_stands_everywhere_is_ranked_among_the_newest_and_none_is_lost(
    db: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.knowledge.search._RANKED", 3)
    load(db, [summary(f"{n}", body=f"Harbour.{' harbour' * (9 - n)}") for n in range(8)])
    pages = [search(db, "harbour", limit=2, offset=at) for at in range(0, 8, 2)]
    shown = [hit.title for page in pages for hit in page.hits]
    assert shown == [f"About {n}" for n in (5, 6, 7, 4, 3, 2, 1, 0)]
    assert {page.total for page in pages} == {8}


def test_the_words_of_a_text_are_marked_only_where_it_is_shown(db: Connection) -> None:
    """What marks the words is slow: it is done for one source at a time, by its number."""
    plan = [row["detail"] for row in db.query(f"EXPLAIN QUERY PLAN {_MARKED}", BOUND)]
    assert "SEARCH source USING INTEGER PRIMARY KEY (rowid=?)" in plan
    assert any(
        "source_text VIRTUAL TABLE" in step and "=" in step.split("INDEX")[1] for step in plan
    )
    for ranking in (_BEST_OF_NEWEST, _OLDER):
        assert "highlight" not in ranking


def test_a_sentence_finds_what_is_nearest_to_it_by_its_rare_words(
    db: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.knowledge.search._RANKED", 3)
    load(
        db,
        [
            summary("old", body="The council of the town closed the ferry for the winter."),
            *(summary(f"{n}", body="The council of the town met for talks.") for n in range(9)),
        ],
    )
    page = find(db, "the council closes the ferry of the town for repairs")
    assert (page.match, titles(page)) == (Match.SOME, ["About old"])
    assert marked(page.hits[0]) == ["closed", "ferry"]


def test_of_a_sentence_it_is_told_whether_a_source_has_all_words(
    harbour: Connection,
) -> None:
    page = find(harbour, "ships rained on the new harbour of Ada Quay")
    assert (page.match, page.hits[0].title) == (Match.SOME, "About a")
    page = find(harbour, "then ships rained harbour Ada Quay left")
    assert (page.match, page.hits[0].title) == (Match.ALL, "About a")


def test_pages_of_a_sentence_lose_nothing(db: Connection) -> None:
    load(db, [summary(f"{n}", body=f"Ferry {n} left.{' Rain fell.' * n}") for n in range(7)])
    asked = "did ferry number 3 leave the harbour"
    whole = find(db, asked)
    paged = [hit for at in range(0, 8, 2) for hit in search(db, asked, limit=2, offset=at).hits]
    assert paged == list(whole.hits)
    assert whole.hits[0].title == "About 3"
