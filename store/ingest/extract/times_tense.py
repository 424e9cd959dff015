"""Whether a sentence speaks of the past or of what is to come, where a date stands in it.

The nearest verb before the date decides, else the first one after it. Verbs are told by their
helpers (will, had, is due to), their endings, and our own list of irregular past forms.
"""

import re
from bisect import bisect_left
from enum import Enum

from store.ingest.extract.times_words import MONTHS, WEEKDAYS
from store.ingest.extract.values import Span


class Tense(Enum):
    """The time that a verb speaks of."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


_BETWEEN = r"(?:\s(?:not|also|then|now|never|only|still|both|each|be|have|been|\w+ly))*"
_VERBS = (
    "be hold meet begin start resume travel visit take discuss talk speak vote attend host join"
    " arrive leave return open close sign launch release announce unveil address brief present"
    " testify appear continue face hear decide convene gather go come make give pay receive"
).replace(" ", "|")
_DATES = "|".join(name.capitalize() for name in (*WEEKDAYS, *MONTHS))
_FUTURE = (
    rf"(?:will|shall|would|won['\u2019]t|cannot|can|could|may|might|must|should){_BETWEEN}\s\w+"
    rf"|['\u2019]ll{_BETWEEN}\s\w+"
    r"|(?:is|are|was|were|be|been|being|['\u2019]s|['\u2019]re)(?:\s\w+ly)?\s(?:due|set|scheduled|"
    r"expected|slated|going|planning|poised|supposed|about|likely|hoping|preparing|planned)\b"
    rf"(?:\s(?:to|for)\b)?{_BETWEEN}(?:\s\w+)?"
    rf"|(?:is|are|was|were)\sto{_BETWEEN}\s\w+"
    r"|(?:expected|scheduled|due|slated|set|planned|planning|plans?|expects?|hopes?|intends?|wants?|"
    rf"aims?|agreed?|invited|ready|preparing)\s(?:to|for){_BETWEEN}\s\w+"
    rf"|to{_BETWEEN}\s(?i:{_VERBS})\b(?:\s(?:\w+ed|held|made|given|taken|sent|put|sold|built)\b)?"
    r"|upcoming|forthcoming|[Aa]head\sof|[Pp]reparations\sfor|due|scheduled"
    r"|(?<!\bthe\s)(?<!\ba\s)(?<!\bits\s)(?<!\btheir\s)(?:begins?|starts?|opens?|meets?|resumes?|"
    r"convenes?|arrives?|leaves?|departs?|gathers?|hosts?|travels|heads|returns|flies|visits|holds|"
    r"votes|reopens?|takes?\s(?:place|effect)|kicks?\soff|goes?\s(?:on\ssale|into\seffect)|expires?|ends|"
    r"gives|delivers|addresses|speaks|testifies|decides|plays|appears|closes|goes|faces|looms?|airs)"
    r"|(?<=[a-z]s\s)(?:close|go|vote|play|face|meet|begin|start|open|resume|return|arrive|travel|gather"
    r"|expire)|[Ee]ffective"
    r"|(?:is|are)\s(?!be)\w+ing"
    rf"|(?:is|are)\s(?=(?:(?:in|on|at|due|next|this)\s)?(?:the\s)?(?:{_DATES})\b)"
)
_IRREGULAR = (
    "was were had did has have been said told met began took held made came went gave got saw"
    " found left led sent spoke wrote became fell rose lost won drew drove flew grew knew ran sat"
    " stood struck swore threw wore broke brought bought built caught chose dealt fought felt kept"
    " laid meant paid sold shot spent taught thought understood withdrew overthrew landed set put"
    " hit shut cut died ended started opened agreed swept fled bore beat sank sang rang split"
    " passed given taken seen known shown done gone quit cast spread hurt forbade froze hid rode"
    " slept stole swam tore woke dug fed flung hung lent lit sought shook shrank sped spun sprang"
    " stuck strode blew bent bound laid slid swung"
).replace(" ", "|")
_MARKER = re.compile(
    rf"\b(?:(?P<future>{_FUTURE})|(?P<past>{_IRREGULAR}"
    r"|(?!need|feed|speed|indeed|hundred|united|armed|exceed|proceed|succeed|breed|seed|red|bed|"
    r"aged|limited|alleged|so-called)[a-z]{2,}ed))\b"
    r"|(?P<will>['\u2019]ll\s\w+)"
)

_PUT_OFF = re.compile(
    r"\bhad\s(?:\w+\s)?been\s(?:expected|planned|scheduled|due|set|"
    r"supposed|slated)\s(?:(?:for|on|to\s\w+)\s(?:on\s)?)?\Z"
)
_AHEAD = re.compile(
    r"\b(?:is|are|remains?|stays?)\s(?:\w+\s){1,3}until\s\Z"
    r"|\b(?:has|have|had|given)\s(?:only\s)?until\s(?:\w+\s)?\Z"
    r"|\b(?:expect|hop)(?:s|es|ed|ing)?\s(?:[\w-]+\s){0,4}by\s(?:\w+\s)?\Z"
)
_CLAUSE = 60  # characters
_SINCE = re.compile(r"\b(?:since|after|following)\s(?:the\s)?\Z", re.IGNORECASE)
_REACH = 16  # characters


class Tenses:
    """The verbs of one sentence, looked up once."""

    def __init__(self, text: str, sentence: Span) -> None:
        self._text = text
        self._starts: list[int] = []
        self._tenses: list[Tense] = []
        words = sentence.of(text)
        for match in _MARKER.finditer(words.lower() if words.isupper() else words):
            self._starts.append(sentence.start + match.start())
            self._tenses.append(Tense.PAST if match["past"] else Tense.FUTURE)

    def at(self, place: Span) -> Tense:
        """Return the tense where `place` stands."""
        if _SINCE.search(self._text, max(0, place.start - _REACH), place.start):
            return Tense.PAST
        low = max(0, place.start - _CLAUSE)
        if _AHEAD.search(self._text, low, place.start):
            return Tense.FUTURE
        if _PUT_OFF.search(self._text, low, place.start):
            return Tense.PAST
        following = bisect_left(self._starts, place.start)
        if following:
            return self._tenses[following - 1]
        after = bisect_left(self._starts, place.end)
        return self._tenses[after] if after < len(self._tenses) else Tense.UNKNOWN
