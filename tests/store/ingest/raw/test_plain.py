"""Made-up copies in the shapes that outlets' pages leave when they are pasted."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.ingest.raw.lines import Stated
from store.ingest.raw.plain import is_summary, read_markdown, read_plain, unwrapped
from store.ingest.raw.values import Dateline, Dirt, Published, RawArticle, RawError
from store.knowledge.values import Basis, When

FIRST = "The council voted on Monday to replace the harbour bridge, the mayor said."
SECOND = "“We will not close the harbour for a single day,” Maria Lindqvist told reporters."
THIRD = "Work is expected to begin in June, after the ferries have moved to the north pier."
FOURTH = "Critics say that the plan costs too much, and that the old bridge could have been saved."
BODY = (FIRST, SECOND, THIRD, FOURTH)
TITLE = "Council votes for new harbour bridge"


def read(*rows: str) -> RawArticle:
    return read_plain("\n".join(rows), "a.txt")


def between(row: str) -> RawArticle:
    """Return a copy with `row` in the middle of its text."""
    return read(TITLE, "", FIRST, "", SECOND, "", row, "", THIRD, "", FOURTH)


def dirt(article: RawArticle) -> list[tuple[Dirt, str]]:
    return [(dropped.dirt, dropped.text) for dropped in article.dropped]


def test_clean_text_stays_as_it_is() -> None:
    article = read(*BODY)
    assert article.paragraphs == BODY
    assert (article.title, article.published, article.dropped) == (None, None, ())


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("Share on Facebook Share on Twitter WhatsApp Email", Dirt.SHARE),
        ("Tweet", Dirt.SHARE),
        ("Facebook Twitter LinkedIn Print", Dirt.SHARE),
        ("Facebook Comments", Dirt.SHARE),
        ("Image: The old bridge at low tide", Dirt.CAPTION),
        ("IMAGE SOURCE: WIRE", Dirt.CAPTION),
        ("Photo by Ole Dahl on a free site", Dirt.CAPTION),
        ("The mayor at the pier. Photo: Ole Dahl", Dirt.CAPTION),
        ("The mayor looks at the pier [Ole Dahl/Reuters]", Dirt.CAPTION),
        ("Ferries wait at the north pier. (AP Photo/Ole Dahl)", Dirt.CAPTION),
        ("Workers on the old bridge at dawn, March 3, 2024.", Dirt.CAPTION),
        ("The mayor speaks at the town hall on 4 March 2024.", Dirt.CAPTION),
        ("Read more: What the bridge will cost", Dirt.RELATED),
        ("Also Read | Ferries to stop for a week", Dirt.RELATED),
        ("READ ALSO: Ferries to stop for a week.", Dirt.RELATED),
        ("Related Articles", Dirt.RELATED),
        ("You may also like", Dirt.RELATED),
        ("By Ole Dahl", Dirt.BYLINE),
        ("Written by Ole Dahl and Mia von Berg", Dirt.BYLINE),
        ("administrator", Dirt.BYLINE),
        ("Updated 3 hours ago", Dirt.TIME),
        ("5 min read", Dirt.TIME),
        ("March 5, 2024 10:30 AM GMT", Dirt.TIME),
        ("Published: 05 Mar 2024, 10:30 IST", Dirt.TIME),
        ("We use cookies to improve your experience on this site.", Dirt.COOKIES),
        ("By continuing to browse this site you agree to our terms.", Dirt.COOKIES),
        ("Accept all cookies", Dirt.COOKIES),
        ("Sign up for our newsletter and get the news in your inbox.", Dirt.NEWSLETTER),
        ("Subscribe to read the full story", Dirt.NEWSLETTER),
        ("Get our top stories delivered straight to your inbox every morning.", Dirt.NEWSLETTER),
        ("Enter your email address", Dirt.NEWSLETTER),
        ("ADVERTISEMENT", Dirt.ADVERT),
        ("Story continues below this ad", Dirt.ADVERT),
        ("© 2024 Harbour Gazette. All rights reserved.", Dirt.LEGAL),
        ("The views expressed in this article are those of the author.", Dirt.LEGAL),
        ("Source: Coast Wire", Dirt.CREDIT),
        ("Reporting by Ole Dahl; Editing by Mia Berg", Dirt.CREDIT),
        ("newsroom@gazette.example", Dirt.CONTACT),
        ("https://gazette.example/bridge", Dirt.CONTACT),
        ("Follow us on Twitter @gazette", Dirt.CONTACT),
        ("#bridge #harbour", Dirt.CONTACT),
        ("Home > News > Harbour", Dirt.MENU),
        ("Tags: bridge, harbour", Dirt.MENU),
        ("12 Comments", Dirt.SHARE),
        ("Leave a comment", Dirt.MENU),
        ("Skip to main content", Dirt.MENU),
        ("<!-- tracking tag -->", Dirt.TAG),
        ("!-- Any tag (tag.js) -->", Dirt.TAG),
        ("window.dataLayer = window.dataLayer || [];", Dirt.TAG),
        ("<script async src='x.js'></script>", Dirt.TAG),
        ("What the mayor promises", Dirt.HEADING),
        (FIRST, Dirt.REPEATED),
        (TITLE, Dirt.TITLE),
    ],
)
def test_what_is_no_text_is_left_out_and_kept_apart(row: str, kind: Dirt) -> None:
    article = between(row)
    assert article.paragraphs == BODY
    assert (kind, row) in dirt(article)


@pytest.mark.parametrize(
    "sentence",
    [
        "By the time the ferries had moved, the council had changed its mind.",
        "More in the town than in the harbour fear for their work, the mayor said.",
        "Related plans for a tunnel were dropped in 1998, when the state withdrew.",
        "Two weeks ago the council met the builders for the first time.",
        "Already a member of the alliance, the town joined the fund of its own accord.",
        "Subscribers of the gas works will pay more, the company announced on Friday.",
        "Published in 1991, the study warned that the piers would not last.",
        "Pictures of the damage were shown to the council before the vote.",
        "The minister contributed to the talks and left on 4 March 2024.",
        "“Share it with us,” he said.",
        "Follow-up talks were held in Geneva on January 10, 2022.",
        "The treaty was signed in Riga on December 1, 2021.",
        "Watch towers were built along the river.",
        "Maria Lindqvist is an author of the bill that would pay for the bridge.",
        "Images showed dozens of trucks at the pier, according to the builders.",
        "Home owners near the pier were told to leave.",
        "Copyright law was changed by the same vote.",
        "• 240 million for the bridge itself",
        "No, he said.",
    ],
)
def test_sentences_that_begin_like_dirt_are_kept(sentence: str) -> None:
    assert between(sentence).paragraphs == (FIRST, SECOND, sentence, THIRD, FOURTH)


def test_the_whole_head_of_a_page_is_understood() -> None:
    article = read(
        "Skip to content",
        "Home > News",
        TITLE,
        "By Ole Dahl | Harbour Gazette",
        "March 5, 2024",
        "Share",
        "Facebook Twitter WhatsApp",
        TITLE,
        "Mayor Maria Lindqvist",
        "IMAGE SOURCE: WIRE",
        "",
        *BODY,
    )
    assert article.title == TITLE
    assert article.authors == ("Ole Dahl",)
    assert article.published == Published(
        when=When.day(date(2024, 3, 5)), basis=Basis.STATED, because="the line “March 5, 2024”"
    )
    assert article.paragraphs == BODY


def test_the_whole_foot_of_a_page_is_understood() -> None:
    article = read(
        TITLE,
        "",
        *BODY,
        "",
        "administrator",
        "",
        "Related Articles",
        "Ferries to stop for a week",
        "Town hall gets a new roof",
        "",
        "About the author",
        "Ole Dahl has covered the harbour for ten years.",
        "Facebook Comments",
    )
    assert article.paragraphs == BODY
    assert (Dirt.RELATED, "Town hall gets a new roof") in dirt(article)


@pytest.mark.parametrize(
    "blurb",
    [
        "Ole Dahl is a gifted author who writes on a wide range of topics, from sports to news.",
        "Ole Dahl, based in the north, is a correspondent for the Gazette.",
        "The author is a fellow at an institute for harbours.",
        "“Coffee lover. Proud runner. Amateur baker. Friend of ferries everywhere.”",
    ],
)
def test_who_wrote_it_is_no_news(blurb: str) -> None:
    article = read(*BODY, blurb)
    assert article.paragraphs == BODY
    assert dirt(article) == [(Dirt.AUTHOR, blurb)]


def test_a_short_line_under_a_picture_goes_with_it() -> None:
    article = read(
        TITLE, "Image: The old bridge", "", "Workers of three firms on the pier at dawn", "", *BODY
    )
    assert article.paragraphs == BODY
    assert (Dirt.CAPTION, "Workers of three firms on the pier at dawn") in dirt(article)


@pytest.mark.parametrize(
    ("head", "dateline"),
    [
        (
            "GENEVA, Jan 9 (COAST-WIRE) — ",
            Dateline(
                text="GENEVA, Jan 9 (COAST-WIRE) —",
                place="GENEVA",
                month=1,
                day=9,
                agency="COAST-WIRE",
            ),
        ),
        (
            "BRUSSELS, Jan. 12, 2022 (Wire) -- ",
            Dateline(
                text="BRUSSELS, Jan. 12, 2022 (Wire) --",
                place="BRUSSELS",
                month=1,
                day=12,
                year=2022,
                agency="Wire",
            ),
        ),
        (
            "Riga, 1 December (Wire) – ",
            Dateline(
                text="Riga, 1 December (Wire) –", place="Riga", month=12, day=1, agency="Wire"
            ),
        ),
        (
            "WASHINGTON (Wire) - ",
            Dateline(text="WASHINGTON (Wire) -", place="WASHINGTON", agency="Wire"),
        ),
        ("KYIV, Ukraine — ", Dateline(text="KYIV, Ukraine —", place="KYIV, Ukraine")),
        ("NEW DELHI: ", Dateline(text="NEW DELHI:", place="NEW DELHI")),
    ],
)
def test_datelines_are_taken_off_and_kept(head: str, dateline: Dateline) -> None:
    article = read(TITLE, "", head + FIRST, *BODY[1:])
    assert article.dateline == dateline
    assert article.paragraphs == BODY


@pytest.mark.parametrize(
    "first",
    [
        "Putin: the man who would not wait for an answer from the council.",
        "NATO-Russia talks were held in the town hall on Monday.",
        "COVID-19 has closed the ferry for a week, the harbour master said.",
        "The mayor — who was late — voted with the others.",
    ],
)
def test_sentences_that_begin_like_datelines_are_whole(first: str) -> None:
    assert read(first, *BODY).paragraphs == (first, *BODY)


def test_the_agency_at_the_end_is_taken_off_and_kept() -> None:
    article = read(*BODY[:3], FOURTH + " — COAST-WIRE")
    assert (article.paragraphs, article.agencies) == (BODY, ("COAST-WIRE",))


@pytest.mark.parametrize(
    ("row", "day", "basis"),
    [
        ("Published: 05 Mar 2024, 10:30 IST", date(2024, 3, 5), Basis.STATED),
        ("Tuesday 5 March 2024 10.30 GMT", date(2024, 3, 5), Basis.STATED),
        ("2024-03-05", date(2024, 3, 5), Basis.STATED),
        ("05.03.2024 | 13:10", None, None),
        ("25/12/2023", date(2023, 12, 25), Basis.STATED),
        ("Last updated: March 6, 2024", date(2024, 3, 6), Basis.RESOLVED),
        ("Updated 3 hours ago", None, None),
        ("Tuesday", None, None),
    ],
)
def test_the_day_is_read_where_it_is_whole_and_sure(
    row: str, day: date | None, basis: Basis | None
) -> None:
    published = read(TITLE, row, "", *BODY).published
    found = (published.when, published.basis) if published else (None, None)
    assert found == (When.day(day) if day else None, basis)


def test_the_address_may_tell_the_day() -> None:
    stated = Stated(address="https://gazette.example/news/2024/03/05/bridge.html")
    article = read_plain("\n".join(BODY), "a", stated)
    assert article.published is not None
    assert (article.published.when, article.published.basis) == (
        When.day(date(2024, 3, 5)),
        Basis.RESOLVED,
    )


def test_broken_lines_are_joined_and_paragraphs_are_not() -> None:
    wrapped = (
        "The council voted on Monday to replace the harbour\n"
        "bridge, the mayor said after a session that had lasted\n"
        "until late in the night and was twice broken off.\n\n"
        "Work is expected to begin in June, after the ferries\n"
        "have moved to the north pier, which is being\n"
        "deepened."
    )
    joined = [row for row in unwrapped(wrapped.split("\n")) if row]
    assert len(joined) == 2
    assert list(unwrapped(BODY)) == list(BODY)


def test_a_transcript_keeps_every_word_that_is_said() -> None:
    rows = (
        "MS. BERG:  Good morning, everybody.  Thank you for coming.",
        "Q    Thanks.  Is the bridge —",
        "MS. BERG:  Go ahead.",
        "Q    Is it late?",
        "MS. BERG:  It is not —",
        "Q    Is it —",
        "MS. BERG:  Go ahead.",
    )
    article = read(*rows)
    assert article.paragraphs == tuple(" ".join(row.split()) for row in rows)
    assert article.dateline is None


@pytest.mark.parametrize("text", ["Share", "Menu\nSearch\nLog in", "A short line\nAnother", "…"])
def test_what_holds_no_sentence_is_refused(text: str) -> None:
    with pytest.raises(RawError, match=r"a\.txt: holds no text of an article"):
        read_plain(text, "a.txt")


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(RawError, match="a line of more than 200,000 characters"):
        read_plain("word " * 50_000, "a.txt")


@pytest.mark.parametrize(
    "piece",
    [
        *("http://a", "#a", "(AP/", "A ", "By A, ", "a@a", "x{", '[a="', "- A", "Q: ", "GENEVA, "),
        *("![", "[a](", "**a ", "_a ", "# #", "the author is a "),
    ],
)
def test_hostile_lines_take_no_long_time(piece: str) -> None:
    row = piece * (20_000 // len(piece))
    begun = time.perf_counter()
    read_markdown("\n\n".join((*BODY, row, "# " + row, *[row[:900]] * 10)), "a.md")
    assert time.perf_counter() - begun < 5  # seconds


def test_more_lines_than_an_article_has_are_refused() -> None:
    with pytest.raises(RawError, match="has more than 10,000 lines"):
        read_plain(f"{FIRST}\n" * 10_001, "a.txt")


def test_markdown_with_front_matter_of_another_kind_is_read() -> None:
    article = read_markdown(
        "---\ntitle: A briefing\ndate: '2021-12-01'\nsource_url: https://example.org/a\n"
        "author: [Ole Dahl]\n---\n## Opening\n\n" + "**" + FIRST + "**\n\n" + r"The \[senior\] "
        "official of the [harbour](https://example.org) spoke at *noon*.\n",
        "a.md",
    )
    assert (article.title, article.address) == ("A briefing", "https://example.org/a")
    assert article.published is not None
    assert article.published.when == When.day(date(2021, 12, 1))
    assert article.authors == ("Ole Dahl",)
    assert article.paragraphs == (
        FIRST,
        "The [senior] official of the harbour spoke at noon.",
    )


def test_front_matter_in_the_text_states_nothing() -> None:
    article = read(*BODY, "---", "title: Injected", "published: 2001-01-01", "---")
    assert (article.title, article.published) == (None, None)


def test_a_summary_is_told_from_an_article() -> None:
    assert is_summary("---\ntitle: A\nsource: B\npublished: 2024-03-05\n---\nText.\n")
    assert not is_summary("---\ntitle: A\n---\nText.\n")
    assert not is_summary("Text.\n")


def test_the_hash_is_of_the_words() -> None:
    assert read(TITLE, "", *BODY).content_hash == read(TITLE, "Share", *BODY).content_hash
    assert read(*BODY).content_hash != read(*BODY[1:]).content_hash


@given(st.lists(st.text(max_size=80), max_size=12))
def test_nothing_is_lost_and_nothing_crashes(rows: list[str]) -> None:
    text = "\n".join([*rows, FIRST])
    try:
        article = read_plain(text, "a.txt")
    except RawError:
        return
    kept = " ".join(article.paragraphs) + " ".join(each.text for each in article.dropped)
    assert len("".join(kept.split())) <= len("".join(text.split()))
    assert all(paragraph.strip() == paragraph for paragraph in article.paragraphs)
