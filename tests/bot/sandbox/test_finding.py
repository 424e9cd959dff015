import pytest

from bot.sandbox.entities import tidy, utf16_slice
from bot.sandbox.finding import link_address


def found(text: str) -> list[tuple[str, str]]:
    tidied, entities = tidy(text, [])
    return [(one["type"], utf16_slice(tidied, one["offset"], one["length"])) for one in entities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", [("bot_command", "/start")]),
        ("/who@attache_bot Sherman", [("bot_command", "/who@attache_bot")]),
        ("see /help, or 1/2 and a/b", [("bot_command", "/help")]),
        ("https://example.org/a?b=c.", [("url", "https://example.org/a?b=c")]),
        ("(https://example.org/a_(b))", [("url", "https://example.org/a_(b)")]),
        ("read example.com/x or t.me/a", [("url", "example.com/x"), ("url", "t.me/a")]),
        ("plain example.org here", [("url", "example.org")]),
        ("e.g. this.is not", []),
        ("@ann_reads wrote", [("mention", "@ann_reads")]),
        ("ann@example.org", [("email", "ann@example.org")]),
        ("#geneva #2022 #დღე1", [("hashtag", "#geneva"), ("hashtag", "#დღე1")]),
        ("$USD and $usd", [("cashtag", "$USD")]),
        ("😀 /go", [("bot_command", "/go")]),
    ],
)
def test_telegram_finds_entities_by_itself(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_nothing_is_found_inside_code_and_links() -> None:
    text = "/a /b /c"
    given = [
        {"type": "code", "offset": 0, "length": 2},
        {"type": "text_link", "offset": 3, "length": 2, "url": "http://a.b/"},
    ]

    assert tidy(text, given)[1] == [*given, {"type": "bot_command", "offset": 6, "length": 2}]


def test_nothing_is_found_across_the_edge_of_a_quotation() -> None:
    quote = {"type": "blockquote", "offset": 0, "length": 4}

    assert tidy("/who/x /you", [quote])[1] == [
        quote,
        {"type": "bot_command", "offset": 7, "length": 4},
    ]
    assert tidy("#geneva", [quote])[1] == [quote]


def test_bold_is_cut_around_what_is_found() -> None:
    assert tidy("to @ann_reads now", [{"type": "bold", "offset": 0, "length": 17}])[1] == [
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "mention", "offset": 3, "length": 10},
        {"type": "bold", "offset": 3, "length": 10},
        {"type": "bold", "offset": 13, "length": 4},
    ]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("telegram.org", "http://telegram.org/"),
        ("https://Telegram.org", "https://telegram.org/"),
        ("http://telegram.org?a", "http://telegram.org/?a"),
        ("http://127.0.0.1:8765/x", "http://127.0.0.1:8765/x"),
        ("t.me/bot?start=x", "http://t.me/bot?start=x"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("http://localhost/", None),
        ("javascript:alert(1)", None),
        ("gopher://example.org/", None),
        ("http://exa mple.org", None),
        ("nowhere", None),
        ("", None),
    ],
)
def test_links_are_kept_as_telegram_keeps_them(url: str, kept: str | None) -> None:
    assert link_address(url) == kept
