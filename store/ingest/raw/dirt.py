# ruff: noqa: RUF001 (Cyrillic letters are meant)
"""What a line of a copied article is, when it is no text: by its words and its shape alone.

Rules that need the lines around it are in store.ingest.raw.lines. All rules are about the
habits of pages, none about one outlet. English; what is short and sure, also German, French,
Ukrainian and Russian.
"""

import re

from store.ingest.raw.dates import ENGLISH_DATE, FULL_DATE
from store.ingest.raw.frame import framed
from store.ingest.raw.months import STAMP_REST
from store.ingest.raw.values import Dirt

_NAME = (
    r"[A-Z\u00c0-\u017d\u0400-\u042f\u0490][\w.'\u2019-]*"
    r"(?: (?:[A-Z\u00c0-\u017d\u0400-\u042f\u0490][\w.'\u2019-]*"
    r"|de|del|della|van|von|der|den|al|el|bin|la|le|di|da))*"
)
_PEOPLE = rf"{_NAME}(?:(?:,| and| und| et| та| и| і| &|,? with) {_NAME})*"

_SHARE_WORDS = frozenset(
    word
    for line in (
        "share shares tweet tweets retweet facebook twitter x linkedin whatsapp telegram email",
        "e-mail mail print pinterest reddit messenger copy link pin it post this article story on",
        "via by to with sms viber vk line tumblr flipboard pocket instagram youtube tiktok threads",
        "bluesky mastodon comment comments save bookmark listen follow us friends like love + | -",
        "teilen drucken merken kommentieren partager imprimer envoyer commenter sur auf per",
        "поділитися поширити надрукувати поделиться распечатать у в на",
        "\u00b7 \u2022 / more gift reprints click here open opens in new window of the page send",
    )
    for word in line.split()
)
_SHARE_STRONG = _SHARE_WORDS & {
    *("share", "tweet", "facebook", "twitter", "linkedin", "whatsapp", "telegram", "email"),
    *("teilen", "partager", "поділитися", "поширити", "поделиться"),
    *("e-mail", "print", "pinterest", "reddit", "comments", "comment", "bookmark", "instagram"),
}
_SHARE_MOST = 16  # words
_FRAMED = 30  # words; longer lines are text, whatever they begin with
_SENTENCE = 6  # words; less is a scrap, even with a full stop
_STAMP_WORDS = 6  # beside the date
_CAPTION_WORDS = 40
_LONGEST = 1000  # characters; longer lines are text or code, and patterns must end in time

_BYLINE = re.compile(
    r"(?:(?i:by|written by|posted by|published by|words by|text by|story by|authors?|"
    r"reported by|report by|staff writer|autor(?:in|en)?\s*:|авторк?[аи]?\s*:)\s*[:|]?\s+|"
    rf"(?:Von|VON|Par|PAR)\s+(?={_NAME} ))(?P<names>{_PEOPLE})"
    rf"(?:\s*(?:[,|/\u2013\u2014\u2022\u00b7@(-]|in|for|of)\s*.{{0,60}})?"
)
_DESK = re.compile(
    r"(?:(?:by )?(?:the )?(?:admin(?:istrator)?|editor(?:ial team|ial staff)?|(?:[\w ]{2,20} )?"
    r"(?:web|news|digital|online|world|international|foreign) desk|staff (?:reporter|writer|"
    r"correspondent)|our (?:\w+ )?correspondent|(?:[\w ]{2,20} )?news agenc(?:y|ies)|agencies|"
    r"guest author|newsroom|special correspondent|[\w ]{2,20} bureau))",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"^\W*(?:!?--|<!--|</?[a-z!][^>]*>|<\?|\(function|function\s*\(|window\.|document\.|"
    r"var \w+\s*=|"
    r"(?:const|let) \w+\s*=|gtag\(|fbq\(|dataLayer|googletag|@media|@import|\{\"|\}\)|//<!\[CDATA)|"
    r"-->\s*$|\);\s*$|^[.#]?[\w-]+\s*\{.*\}?\s*$|^\s*[\w-]+:\s*[^;]{1,60};\s*$|^[\W_]+$|"
    r"^\[/?\w+ \w+=[^\]]{0,200}\]$|^\[/?(?:caption|embed|gallery|video|ad)\b",
)
_CONTACT = re.compile(
    r"\W*(?:https?://\S+|www\.\S+|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]+|@\w{2,30}|#\w+|"
    r"pic\.twitter\.com/\S+)\W*",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"[\w&,' -]{2,30}(?:\s*[>\u203a\u00bb/|]\s*[\w&,' -]{2,60}){2,}[>\u203a\u00bb/|]?"
)
_CREDIT_AT_END = re.compile(
    r"(?:[(\[](?:(?:file |hand-?out )?(?:photo|image|picture|pic|video|credit|source)s?\b"
    r"[^()\[\]]*|"
    r"(?:AP|AFP|EPA|Reuters|REUTERS|Getty)[^()\[\]]*(?:Photo|Images|/)[^()\[\]]*|"
    r"[^()\[\]]{2,40}/ ?(?:AP|AFP|EPA|EFE|Reuters|REUTERS|Getty(?: Images)?|Xinhua|TASS|Sputnik|"
    r"Bloomberg|Anadolu|NurPhoto|Pool)[^()\[\]]*)[)\]]|"
    r"(?:/|via|\||\u00a9|- )\s*(?:AP|AFP|EPA|Reuters|REUTERS|Getty(?: Images)?|Shutterstock|"
    r"AP Photo)(?: file)?|"
    r"(?i:\b(?:photo|image|picture|(?:archiv|symbol)?foto|фото)s?(?: credit| by| courtesy)?:"
    r"\s.{2,60}|"
    r"\u00a9\s*[\w /.]{2,50}))\s*\.?$"
)
_WHOSE_PICTURE = re.compile(
    r"(?:(?:file|cover|featured?) )?(?:image|photo|picture|pic)?s? ?"
    r"(?:source|credits?|courtesy|by|copyright|via)\b|"
    r"(?:image|photo|picture)s?\s*[:|]\s*\S+(?: \S+)?$",
    re.IGNORECASE,
)
_DATED_END = re.compile(rf"(?:,| on| in \w+,?)\s+(?:{ENGLISH_DATE.pattern})\.?$", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|said|told|did|made|took|met|came|went|began|gave|held|left|led|"
    r"(?<!of )(?<!the )(?<!a )(?<!in )(?<!an )[a-z]{2,}ed)\b"
)
_BLURB = re.compile(
    rf"(?:The (?:author|writer)s?|{_NAME})(?:,[^,.]{{2,80}},)?\s+(?i:"
    r"(?:is|are|was|has been|works|writes|covers|reports|serves|holds)\b.*?\b"
    r"(?:author|writer|journalist|reporter|correspondent|editor|columnist|blogger|contributor|"
    r"fellow|intern|freelancer?|copywriter|storyteller|writes|writing|covers|covering|"
    r"reports (?:on|from)|professor|lecturer|graduate)\b)"
)
_QUOTES = re.compile('["\u201c\u201d\u00ab\u00bb]')
_END = re.compile('[.!?\u2026:;][\'"\u201d\u2019\u00bb)\\]]*$|[.,]["\u201d\u2019]$')
_SENTENCE_END = re.compile(r"[.!?]+\s*")


def dirt_of(line: str) -> Dirt | None:
    """Return what `line` is when it is no text by itself, or None."""
    if len(line) > _LONGEST:
        return Dirt.TAG if _TAG.match(line[:_LONGEST]) else None
    if _TAG.search(line):
        return Dirt.TAG
    words = line.split()
    if all(map(_CONTACT.fullmatch, words)):
        return Dirt.CONTACT
    if len(words) <= _FRAMED:
        found = _in_frame(line, words)
        if found is not None:
            return found
    if _CREDIT_AT_END.search(line) or _dated_caption(line, words):
        return Dirt.CAPTION
    return None


def byline_names(line: str) -> tuple[str, ...] | None:
    """Return the people that `line` names as the authors; None where it is no byline."""
    if _DESK.fullmatch(line.strip(" .|-\u2013\u2014")):
        return ()
    match = _BYLINE.fullmatch(line.strip(" |-\u2013\u2014"))
    if match is None or (ends_a_sentence(line) and len(line.split()) > 8):  # noqa: PLR2004 (Jr.)
        return None
    # "By A and B", "By A, B and C"; but "By A, The Gazette".
    together = re.search(r" and | und | et | та | и | і | & | with ", match["names"])
    parts = re.split(
        r",? with |,? and | und | et | та | и | і |, | & " if together else r",.*", match["names"]
    )
    return tuple(name for name in parts if 1 < len(name.split()) < 6)  # noqa: PLR2004 (a name)


def is_credit(line: str) -> bool:
    """Tell whether `line` says whose the picture above it is, and not what it shows."""
    return bool(_WHOSE_PICTURE.match(line))


def is_blurb(paragraph: str) -> bool:
    """Tell whether `paragraph` would be about an author, if it stood at the end of an article."""
    if len(paragraph) < _LONGEST and not _QUOTES.search(paragraph[1:-1]):
        pieces = [
            piece for piece in _SENTENCE_END.split(paragraph.strip("\"\u201c\u201d' ")) if piece
        ]
        lengths = sorted(len(piece.split()) for piece in pieces)
        # "Coffee lover. Runner. Proud father of two."
        if len(lengths) > 2 and lengths[len(lengths) // 2] <= 3 and lengths[-1] <= 6:  # noqa: PLR2004
            return True
        return bool(_BLURB.match(paragraph))
    return False


def ends_a_sentence(line: str) -> bool:
    """Tell whether `line` ends as a sentence does; a headline seldom does."""
    return bool(_END.search(line.rstrip()))


def _in_frame(line: str, words: list[str]) -> Dirt | None:
    if _is_share(words):
        return Dirt.SHARE
    sentence = ends_a_sentence(line) and len(words) >= _SENTENCE
    if not (sentence and _QUOTES.search(line)) and (found := framed(line, sentence=sentence)):
        return found
    if byline_names(line) is not None:
        return Dirt.BYLINE
    if _is_stamp(line):
        return Dirt.TIME
    if _TRAIL.fullmatch(line) and not ends_a_sentence(line):
        return Dirt.MENU
    return None


def _is_stamp(line: str) -> bool:
    """Tell whether `line` is a date and hardly more: a time, a weekday, a place."""
    if not FULL_DATE.search(line) or ends_a_sentence(line):
        return False
    if not ENGLISH_DATE.search(line):
        # Which words are verbs is known of English only: nothing but what belongs to a date.
        return bool(STAMP_REST.fullmatch(FULL_DATE.sub("", line)))
    rest = FULL_DATE.sub("", line)
    return len(rest.split()) <= _STAMP_WORDS and not _PAST.search(rest)


def _is_share(words: list[str]) -> bool:
    plain = [word.casefold().strip(".,:()!\u00a0") for word in words]
    kept = [word for word in plain if word and not word.isdigit()]
    return (
        0 < len(kept) <= _SHARE_MOST
        and all(word in _SHARE_WORDS for word in kept)
        and any(word in _SHARE_STRONG for word in kept)
    )


def _dated_caption(line: str, words: list[str]) -> bool:
    """Captions tell in the present what a picture shows, and end in its full date."""
    match = _DATED_END.search(line)
    if match is None or len(words) > _CAPTION_WORDS or _QUOTES.search(line):
        return False
    return not _PAST.search(line[: match.start()])
