"""Taking out of text what no reader can see and what a display could be tricked with."""

import re
import unicodedata

# Control characters, and the marks that override the direction of writing. The plain
# left-to-right and right-to-left marks, and the joiners that scripts need, stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)


def clean_text(text: str) -> str:
    """Return `text` in normal form C without control and direction-override characters."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", unicodedata.normalize("NFC", plain))


def clean_line(text: str) -> str:
    """Return `text` cleaned and on one line."""
    return " ".join(clean_text(text.replace("\u2028", " ").replace("\u2029", " ")).split())
