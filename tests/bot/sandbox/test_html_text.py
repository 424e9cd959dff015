"""Most cases are tdlib's own (test/message_entities.cpp): the same HTML, the same outcome."""

from contextlib import suppress
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import utf16_length
from bot.sandbox.errors import TelegramError
from bot.sandbox.html_text import parse_html
from bot.sandbox.json_values import JsonObject

TAGS = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "code": "code"}
PIECES = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("<>&\"'😀")))


def entity(kind: str, offset: int, length: int, **more: str) -> JsonObject:
    return {"type": kind, "offset": offset, "length": length, **more}


def link(offset: int, length: int, url: str) -> JsonObject:
    return entity("text_link", offset, length, url=url)


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("", "", []),
        ("&lt;&gt;&amp;&quot;&laquo;&#12345678;", '<>&"&laquo;&#12345678;', []),
        ("&#x41;&#66&#0;", "AB&#0;", []),
        ("➡️ ➡️<i>➡️ ➡️</i><b>➡️ ➡️</b>", "➡️ ➡️➡️ ➡️➡️ ➡️", [entity("italic", 5, 5), entity("bold", 10, 5)]),
        ("🏟 🏟<i>🏟 &lt🏟</i>", "🏟 🏟🏟 <🏟", [entity("italic", 5, 6)]),
        (
            "🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>",
            "🏟 🏟🏟 ><🏟",
            [entity("bold", 9, 3), entity("italic", 5, 7)],
        ),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.>a</i>", "🏟 🏟<a", [entity("italic", 6, 1)]),
        ("🏟 🏟&lt;<i    aba  =  '&lt;&gt;&quot;'>a</>", "🏟 🏟<a", [entity("italic", 6, 1)]),
        ("🏟 🏟&lt;<i>a</i   >", "🏟 🏟<a", [entity("italic", 6, 1)]),
        ("🏟 🏟&lt;<b></b>", "🏟 🏟<", []),
        (
            "<DEL>a</del><ins>b</INS>",
            "ab",
            [entity("strikethrough", 0, 1), entity("underline", 1, 1)],
        ),
        ("<a   href=  'telegram.org?&lt;'   > </a>", " ", [link(0, 1, "http://telegram.org/?<")]),
        ("<a> </a><a>telegram.org </a>", " telegram.org ", []),
        ("<a>telegram.org</a>", "telegram.org", [link(0, 12, "http://telegram.org/")]),
        ("<pre><code>x</code></>", "x", [entity("code", 0, 1), entity("pre", 0, 1)]),
        ('<pre><code class="language-fift">x</></>', "x", [entity("pre", 0, 1, language="fift")]),
        ('<code class="language-fift"><pre>x</></>', "x", [entity("pre", 0, 1, language="fift")]),
        (
            '<pre> <code class="language-fift">x</></>',
            " x",
            [entity("code", 1, 1), entity("pre", 0, 2)],
        ),
        (
            "<span class='tg-spoiler'>x</span><tg-spoiler>y</tg-spoiler>",
            "xy",
            [entity("spoiler", 0, 1), entity("spoiler", 1, 1)],
        ),
        (
            "<blockquote>a</blockquote><blockquote expandable>b</blockquote>",
            "ab",
            [entity("blockquote", 0, 1), entity("expandable_blockquote", 1, 1)],
        ),
        (
            '<tg-emoji emoji-id="5368">👍</tg-emoji>',
            "👍",
            [entity("custom_emoji", 0, 2, custom_emoji_id="5368")],
        ),
    ],
)
def test_html_is_read(html: str, text: str, entities: list[JsonObject]) -> None:
    assert parse_html(html) == (text, entities)


@pytest.mark.parametrize(
    ("html", "refusal"),
    [
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("a < b >", 'Unsupported start tag "" at byte offset 2'),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
        ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        (
            "🏟 🏟&lt;<i>a</em   >",
            'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"',
        ),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        (
            "&#xDFDF;",
            (
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ),
        ),
    ],
)
def test_broken_html_is_refused(html: str, refusal: str) -> None:
    with pytest.raises(TelegramError) as refused:
        parse_html(html)

    assert refused.value.description == f"Bad Request: can't parse entities: {refusal}"


def test_a_link_to_a_user_is_refused_by_name() -> None:
    with pytest.raises(TelegramError, match="does not support links to users"):
        parse_html('<a href="tg://user?id=1">Ann</a>')


@given(st.lists(st.tuples(st.sampled_from(sorted(TAGS)), PIECES), max_size=6))
def test_what_is_written_as_html_is_read_back(pieces: list[tuple[str, str]]) -> None:
    html = "".join(f"<{tag}>{escape(piece, quote=False)}</{tag}>" for tag, piece in pieces)
    expected: list[JsonObject] = []
    offset = 0
    for tag, piece in pieces:
        length = utf16_length(piece)
        expected += [entity(TAGS[tag], offset, length)] if length else []
        offset += length

    assert parse_html(html) == ("".join(piece for _, piece in pieces), expected)


@given(st.text(st.sampled_from("<>/&;=\"' bai\n-#x4")))
def test_any_html_is_read_or_refused_and_nothing_else(html: str) -> None:
    with suppress(TelegramError):
        text, entities = parse_html(html)
        end = utf16_length(text)
        assert all(one["offset"] + one["length"] <= end for one in entities)
