"""Whether a sentence speaks of the past or of what is to come, where a date stands in it.

The nearest verb before the date decides, else the first one after it. Verbs are told by their
helpers (will, had, is due to), their endings, and our own list of irregular past forms.
"""

import re
from bisect import bisect_left
from enum import Enum

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
_FUTURE = (
    rf"(?:will|shall|would|won['\u2019]t|cannot|can|could|may|might|must|should){_BETWEEN}\s\w+"
    rf"|['\u2019]ll{_BETWEEN}\s\w+"
    r"|(?:is|are|was|were|be|been|being|['\u2019]s|['\u2019]re)(?:\s\w+ly)?\s(?:due|set|scheduled|"
    r"expected|slated|going|planning|poised|supposed|about|likely|hoping|preparing|planned)\b"
    rf"(?:\s(?:to|for)\b)?{_BETWEEN}(?:\s\w+)?"
    rf"|(?:is|are)\sto{_BETWEEN}\s\w+"
    r"|(?:expected|scheduled|due|slated|set|planned|planning|plans?|expects?|hopes?|intends?|wants?|"
    rf"aims?|agreed?|invited|ready|preparing)\s(?:to|for){_BETWEEN}\s\w+"
    rf"|to{_BETWEEN}\s(?:{_VERBS})\b(?:\s\w+ed\b)?"
    r"|upcoming|forthcoming|ahead\sof|due|scheduled"
    r"|(?<!\bthe\s)(?<!\ba\s)(?<!\bits\s)(?<!\btheir\s)(?:begins?|starts?|opens?|meets?|resumes?|"
    r"convenes?|arrives?|leaves?|departs?|gathers?|hosts?|travels|heads|returns|flies|visits|holds|"
    r"votes|reopens?|takes?\s(?:place|effect)|kicks?\soff|goes?\son\ssale|expires?|ends)"
    r"|(?:is|are)\s(?!be)\w+ing"
)
_IRREGULAR = (
    "was were had did has have been said told met began took held made came went gave got saw"
    " found left led sent spoke wrote became fell rose lost won drew drove flew grew knew ran sat"
    " stood struck swore threw wore broke brought bought built caught chose dealt fought felt kept"
    " laid meant paid sold shot spent taught thought understood withdrew overthrew landed set put"
    " hit shut cut died ended started opened agreed swept fled bore beat sank sang rang split"
    " passed given taken seen known shown done gone"
).replace(" ", "|")
_MARKER = re.compile(
    rf"\b(?:(?P<future>{_FUTURE})|(?P<past>{_IRREGULAR}"
    r"|(?!need|feed|speed|indeed|hundred|united|armed|exceed|proceed|succeed|breed|seed|red|bed|"
    r"aged|limited|alleged|so-called)[a-z]{2,}ed))\b"
    r"|(?P<will>['\u2019]ll\s\w+)"
)

_SINCE = re.compile(r"\b(?:since|after|following)\s(?:the\s)?\Z", re.IGNORECASE)
_REACH = 16  # characters


class Tenses:
    """The verbs of one sentence, looked up once."""

    def __init__(self, text: str, sentence: Span) -> None:
        self._text = text
        self._starts: list[int] = []
        self._tenses: list[Tense] = []
        for match in _MARKER.finditer(text, sentence.start, sentence.end):
            self._starts.append(match.start())
            self._tenses.append(Tense.PAST if match["past"] else Tense.FUTURE)

    def at(self, place: Span) -> Tense:
        """Return the tense where `place` stands."""
        if _SINCE.search(self._text, max(0, place.start - _REACH), place.start):
            return Tense.PAST
        following = bisect_left(self._starts, place.start)
        if following:
            return self._tenses[following - 1]
        after = bisect_left(self._starts, place.end)
        return self._tenses[after] if after < len(self._tenses) else Tense.UNKNOWN
