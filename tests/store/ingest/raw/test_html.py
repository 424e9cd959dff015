import json
import subprocess
import sys
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.ingest.raw.html import looks_like_html, read_html, text_of
from store.ingest.raw.values import RawError
from store.knowledge.values import Basis, When

PARAGRAPHS = (
    "The council voted on Monday to replace the harbour bridge, the mayor said in the evening.",
    "“We will not close the harbour for a single day,” Maria Lindqvist told reporters there.",
    "Work is expected to begin in June, after the ferries have moved to the north pier again.",
    "Critics say that the plan costs too much, and that the old bridge could have been saved.",
)


def page(head: str = "", body: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!doctype html><html><head><title>Vote | Gazette</title>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"
        f"<article><h1>Council votes for new harbour bridge</h1>{body}{text}"
        "<aside><h3>Related Articles</h3><a href='/x'>Ferries to stop</a></aside></article>"
        "<footer>© Gazette. All rights reserved.</footer></body></html>"
    )


LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "datePublished": "1999-01-01"},
        {
            "@type": "NewsArticle",
            "datePublished": "2024-03-05T08:00:00+01:00",
            "author": [{"@type": "Person", "name": "Ole Dahl"}],
            "publisher": {"name": "Harbour Gazette"},
        },
    ],
}


def test_a_page_gives_its_text_and_what_it_states() -> None:
    article = read_html(
        page(
            '<meta property="og:title" content="Council votes for new harbour bridge">'
            '<meta property="og:site_name" content="Harbour Gazette">'
            '<meta property="article:published_time" content="2024-03-05T08:00:00+01:00">'
            '<meta name="author" content="Ole Dahl">'
            '<link rel="canonical" href="https://gazette.example/bridge">'
        ),
        "https://gazette.example/bridge?ref=x",
    )
    assert article.paragraphs == PARAGRAPHS
    assert article.title == "Council votes for new harbour bridge"
    assert article.outlet == "Harbour Gazette"
    assert article.authors == ("Ole Dahl",)
    assert article.address == "https://gazette.example/bridge"
    assert article.published is not None
    assert article.published.when == When.day(date(2024, 3, 5))
    assert article.published.basis is Basis.STATED


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        ("https://gazette.example/bridge", "https://gazette.example/bridge"),
        ("https://other.example/bridge", "https://gazette.example/bridge?ref=x"),
        ("javascript:alert(1)", "https://gazette.example/bridge?ref=x"),
        ("http://[", "https://gazette.example/bridge?ref=x"),
    ],
)
def test_a_page_names_its_address_on_its_own_host_only(canonical: str, address: str) -> None:
    link = f'<link rel="canonical" href="{canonical}">'
    article = read_html(page(link), "a", "https://gazette.example/bridge?ref=x")
    assert article.address == address


def test_linked_data_states_it_too() -> None:
    script = f'<script type="application/ld+json">{json.dumps(LINKED)}</script>'
    article = read_html(page(script), "a.html")
    assert (article.outlet, article.authors) == ("Harbour Gazette", ("Ole Dahl",))
    assert article.published is not None
    assert article.published.when == When.day(date(2024, 3, 5))


def test_a_day_that_only_the_address_or_the_looks_tell_is_not_called_stated() -> None:
    by_address = read_html(page(), "a", "https://gazette.example/2024/03/05/bridge")
    by_looks = read_html(page(body="<p class='date'>Published March 5, 2024</p>"), "a.html")
    for article in (by_address, by_looks):
        assert article.published is not None
        assert article.published.when == When.day(date(2024, 3, 5))
        assert article.published.basis is not Basis.STATED or "line" in article.published.because


def test_no_day_is_made_up() -> None:
    assert read_html(page(), "a.html").published is None


@pytest.mark.parametrize(
    "hostile",
    [
        "<html><body></body></html>",
        "<" * 5000,
        "<div>" * 50_000,
        "<div>" * 500 + "text" + "</div>" * 500,
        "<html>" + "<p>a" * 120_000,
        "<!doctype html><script>" + "x" * 10_000,
        "<html><body><p>\x00\x01</p></body></html>",
        '<html><script type="application/ld+json">' + "[" * 100_000 + "</script></html>",
        "<html><meta charset='\x00'><body>&#0;&#x110000;&bogus;</body></html>",
        "x" * 3_000_001,
    ],
)
def test_hostile_pages_are_refused_with_a_reason(hostile: str) -> None:
    with pytest.raises(RawError) as caught:
        read_html(hostile, "a.html")
    assert str(caught.value).startswith("a.html: ")


def test_a_page_opens_nothing() -> None:
    doctype = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = page(body="<p>&x; was said to be a word in the report, according to him.</p>")
    article = read_html(body.replace("<!doctype html>", doctype), "a.html")
    assert "root:" not in article.text


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("One<br>two<p>three &amp; four</p>", "One\n\ntwo\n\nthree & four"),
        ("<script>alert(1)</script>Text", "Text"),
        ("<p>A <b>bold</b> <i>word</i></p>", "A bold word"),
        ("no markup", "no markup"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_a_fragment_gives_its_text(fragment: str, text: str) -> None:
    assert text_of(fragment).strip() == text


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<!", "</", "<![CDATA[", "<a b='", "&#", "<b>"])
def test_a_hostile_fragment_takes_no_long_time(piece: str) -> None:
    begun = time.perf_counter()
    text_of(piece * (300_000 // len(piece)))
    assert time.perf_counter() - begun < 5  # seconds; it was hours


@given(st.text(max_size=200))
def test_any_fragment_gives_some_text(fragment: str) -> None:
    assert isinstance(text_of(fragment), str)


def test_pages_are_told_from_text() -> None:
    assert looks_like_html("<!-- saved -->\n<!DOCTYPE html><html>")
    assert looks_like_html("<html lang='en'>")
    assert not looks_like_html("!-- tag -->\n\nThe council <p> voted.")


def test_the_libraries_wait_for_the_first_page() -> None:
    code = (
        "import sys, store.ingest.gather; "
        "print(sorted({'lxml', 'trafilatura', 'feedparser'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 (our own interpreter)
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=sys.path[0] or None,
    )
    assert done.stdout.strip() == "[]"
