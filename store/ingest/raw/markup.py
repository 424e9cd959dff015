"""Markup made safe to parse: what a parser could run on for hours is taken out in one pass.

Knows no elements. Python's own parser, for one, takes quadratic time over tags that are
never closed.
"""

import re
from collections.abc import Iterator

_UNCLOSED = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_COMMENTS = re.compile("<!--|-->")
_REMARKS = re.compile(r"<!--|-->|<\?|\?>")
_CLOSING = {"<!--": "-->", "<?": "?>"}


def without_remarks(xml: str) -> str:
    """Return what stands outside comments and processing instructions."""
    return "".join(_outside(xml, _REMARKS))


def settled(html: str) -> str:
    """Return `html` without comments, the beginnings of tags that never end made text."""
    return _UNCLOSED.sub("&lt;", "".join(_outside(html, _COMMENTS)))


def _outside(markup: str, marks: re.Pattern[str]) -> Iterator[str]:
    begin, closing = 0, ""
    for mark in marks.finditer(markup):
        if not closing and mark[0] in _CLOSING:
            yield markup[begin : mark.start()]
            closing = _CLOSING[mark[0]]
        elif mark[0] == closing:
            begin, closing = mark.end(), ""
    if not closing:
        yield markup[begin:]
