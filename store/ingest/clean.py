"""Taking out of text what no reader can see and what a display could be tricked with."""

import re
import unicodedata

# Control characters, and the marks that override the direction of writing. The plain
# left-to-right and right-to-left marks, and the joiners that scripts need, stay. Soft
# hyphens and spaces of no width go: they would hide a word from the search.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\u2060"
    "\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # line breaks to Python, not to us


def clean_text(text: str) -> str:
    """Return `text` in normal form C without control and direction-override characters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = unicodedata.normalize("NFC", text)
    if plain.replace("\n", "").isprintable():  # what is taken out is not: most texts end here
        return plain
    return _UNSEEN.sub("", _BREAKS.sub(" ", plain))


def clean_line(text: str) -> str:
    """Return `text` cleaned and on one line."""
    if not (text.isascii() and text.isprintable()):
        text = clean_text(text)
    return " ".join(text.split())
