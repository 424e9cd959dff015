from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from store.ingest.raw.feed import Entry, article_of, looks_like_feed, read_feed
from store.ingest.raw.values import RawError
from store.knowledge.values import Basis, When

SENTENCE = "The council voted on Monday to replace the harbour bridge, the mayor said."
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Gazette</title><ttl>45</ttl>
<item><title>Council &amp; bridge</title><link>https://gazette.example/1</link>
<guid>tag:1</guid><pubDate>Tue, 05 Mar 2024 08:00:00 +0100</pubDate>
<dc:creator>Ole Dahl</dc:creator><description>Teaser.</description>
<content:encoded><![CDATA[<p>{SENTENCE}</p><p>Share this</p>]]></content:encoded></item>
<item><title>Second</title><link>https://gazette.example/2</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Coast Wire</title>
<entry><id>urn:1</id><title>Vote</title><link href="https://wire.example/1"/>
<published>2024-03-05T08:00:00Z</published><content type="html">&lt;p&gt;{SENTENCE}&lt;/p&gt;
</content></entry></feed>"""


def test_rss_is_read() -> None:
    feed = read_feed(RSS.encode(), "f")
    assert (feed.title, feed.ttl, feed.broken) == ("Harbour Gazette", timedelta(minutes=45), None)
    first, second = feed.entries
    assert first.title == "Council & bridge"
    assert first.link == "https://gazette.example/1"
    assert first.published == datetime(2024, 3, 5, 7, tzinfo=UTC)
    assert first.authors == ("Ole Dahl",)
    assert SENTENCE in first.text
    assert (second.title, second.published, second.text) == ("Second", None, "")


def test_an_entry_becomes_an_article() -> None:
    feed = read_feed(ATOM.encode(), "f")
    article = article_of(feed.entries[0], feed, "f (entry 1)")
    assert article.paragraphs == (SENTENCE,)
    assert (article.title, article.outlet) == ("Vote", "Coast Wire")
    assert article.address == "https://wire.example/1"
    assert article.published is not None
    assert article.published.when == When.day(date(2024, 3, 5))
    assert article.published.basis is Basis.STATED


def test_a_truncated_feed_gives_what_it_has_and_says_so() -> None:
    feed = read_feed(RSS[: RSS.index("<item><title>Second")].encode(), "f")
    assert [entry.link for entry in feed.entries] == ["https://gazette.example/1"]
    assert feed.broken is not None


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_feeds_come_in_several_encodings(codec: str) -> None:
    xml = RSS.replace("UTF-8", codec.removesuffix("-sig")).replace("Second", "Zweite Brücke")
    feed = read_feed(xml.encode(codec), "f")
    assert feed.entries[1].title == "Zweite Brücke"


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]><rss version='2.0'><channel><title>&j;</title><item><title>&j;</title></item>"
    "</channel></rss>"
)
OUTSIDE = (
    '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<rss version='2.0'><channel><title>&x;</title><item><title>&x;</title></item></channel></rss>"
)


@pytest.mark.parametrize("bomb", [BOMB, OUTSIDE])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_of_its_own_are_refused(bomb: str, codec: str) -> None:
    with pytest.raises(RawError, match="declares entities of its own"):
        read_feed(bomb.encode(codec), "f")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", [f"<!--{'x' * 50_000}-->", "<!--<rss>-->", "<?x <rss> ?>"])
def test_entities_hide_behind_nothing(before: str, codec: str) -> None:
    hidden = BOMB.replace("<!DOCTYPE", f"{before}<!DOCTYPE")
    with pytest.raises(RawError, match="declares entities of its own"):
        read_feed(hidden.encode(codec), "f")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html><body>No feed</body></html>",
        b"plain text",
        b"\x00\x01\x02",
        b"<rss",
        b"/etc/passwd",
        b"https://example.org/feed",
        b"{}",
    ],
)
def test_what_is_no_feed_is_refused(raw: bytes) -> None:
    with pytest.raises(RawError) as caught:
        read_feed(raw, "f")
    assert caught.value.reason == "is no RSS or Atom feed"


def test_the_name_of_a_feed_on_disk_opens_no_file(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(RSS)
    with pytest.raises(RawError):
        read_feed(str(file).encode(), "f")


def test_links_that_are_no_addresses_are_left_out() -> None:
    feed = read_feed(RSS.replace("https://gazette.example/2", "javascript:alert(1)").encode(), "f")
    assert feed.entries[1].link is None


def test_a_thousand_entries_are_read_and_no_more() -> None:
    items = "".join(f"<item><title>Item number {i}</title></item>" for i in range(1200))
    feed = read_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "f")
    assert len(feed.entries) == 1000


def test_an_entry_is_known_by_id_link_and_words() -> None:
    first, _ = read_feed(RSS.encode(), "f").entries
    moved, _ = read_feed(
        RSS.replace("gazette.example/1", "gazette.example/one").encode(), "f"
    ).entries
    assert set(first.keys) & set(moved.keys)
    assert len(set(first.keys)) == 3


def test_feeds_are_told_from_pages() -> None:
    assert looks_like_feed(RSS)
    assert looks_like_feed("<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>")
    assert not looks_like_feed("<html><body><rss></rss>")


def test_an_entry_without_a_sentence_is_no_article() -> None:
    entry = Entry(title="T", link=None, text="Teaser", published=None, authors=(), keys=())
    with pytest.raises(RawError):
        article_of(entry, read_feed(RSS.encode(), "f"), "e")
