"""Quotation marks that enclose no words of anybody: titles of works and nicknames."""

import re

from store.ingest.extract.values import Span
from store.ingest.extract.words import words_of

_SMALL = words_of(
    """
a an and as at but by for from in of on or the to with vs de la
"""
)
_WORD = re.compile(r"[^\W_][\w'\u2019-]*")
_LONGEST_TITLE = 9  # words
_LONGEST_NICKNAME = 2
_SHORT_CRY = 2  # words: "Bobby!" is a cry and no title
_KIND = re.compile(
    r"(?:\b(?:[Oo]n|[Ii]n|of|titled|entitled|named|book|film|movie|song|show|album|novel|series|episode"
    r"|documentary|article|essay|column|program|programme|podcast|musical|play|poem|single|hit"
    r"|broadcast|headlined|memoir|magazine|host|hosts|host of|hymn|anthem|watching|watch|sang|sing"
    r"|sings|read|movies|edition of|segment|by)"
    r"|\b[A-Z][\w.]*['\u2019]s?|\b(?:book|film|show|song|series|novel|memoir|album),)\s*$"
)
_ARTICLE = re.compile(r"(?<!as )\b(?:a|an|the|his|her|their|its|bipartisan|annual)\s+$")
_KIND_AFTER = re.compile(
    r"\s+(?:show|program|programme|host|hosts|series|movie|film|album|song|star|magazine|column"
    r"|podcast|contestant|actor|actress|anchor|co-host|fame|broadcast|segment|theme)\b"
)


def is_nickname(text: str, outer: Span, inner: Span) -> bool:
    """Tell whether the marks stand within a name: Robert C. "Bobby" Scott."""
    words = inner.of(text).split()
    if not 0 < len(words) <= _LONGEST_NICKNAME or not all(word[0].isupper() for word in words):
        return False
    before = text[max(0, outer.start - 20) : outer.start].split(" ")
    after = text[outer.end : outer.end + 2]
    return (
        len(before) > 1
        and before[-1] == ""
        and before[-2][:1].isupper()
        and after[:1] == " "
        and after[1:2].isupper()
        and inner.of(text)[-1].isalpha()
    )


def is_headline(words: str) -> bool:
    """Tell whether `words` are written like a headline: All Bets Are Off."""
    found = _WORD.findall(words)
    return 1 < len(found) <= _LONGEST_TITLE and _like_title(found)


def _like_title(words: list[str]) -> bool:
    return all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in words)


def is_work(text: str, outer: Span, inner: Span) -> bool:
    """Tell whether the marks enclose the title of a work: on "Meet the Press"."""
    words = _WORD.findall(inner.of(text))
    if not words or len(words) > _LONGEST_TITLE or not _like_title(words):
        return False
    if (
        len(words) > 1
        and inner.of(text)[-1:].isalpha()
        and _ARTICLE.search(text, max(0, outer.start - 12), outer.start)
    ):
        return True
    if inner.of(text).rstrip()[-1:] in {"!", "?"} and len(words) <= _SHORT_CRY:
        return False
    before = text[max(0, outer.start - 24) : outer.start]
    return bool(_KIND.search(before) or _KIND_AFTER.match(text, outer.end, outer.end + 14))
