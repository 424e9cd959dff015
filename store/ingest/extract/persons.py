"""Persons that a text gives with their names in full, found by how names are written.

One function, `persons_in`, with what little it knows of titles and of he or she; the lists are
our own compilation. Holds no knowledge of who says what.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from store.ingest.extract.first_names import FEMALE, MALE
from store.ingest.extract.values import Span
from store.ingest.extract.words import words_of

_HONORIFICS = words_of(
    """
Mr Mrs Ms Miss Mx Dr Prof Sir Dame Lord Lady
"""
)
_TITLES = words_of(
    """
President Vice-President Chancellor Premier Minister Secretary Senator Sen Representative Rep
Congressman Congresswoman Governor Gov Mayor Ambassador Envoy Commissioner Judge Justice Chief
Attorney General Gen Lieutenant Lt Colonel Col Major Maj Captain Capt Sergeant Sgt Admiral Adm
Commander Cmdr Marshal Chairman Chairwoman Chair Speaker Director Spokesman Spokeswoman
Spokesperson King Queen Prince Princess Pope Bishop Archbishop Cardinal Father Rev Reverend Rabbi
Imam Sheikh Ayatollah Detective Inspector Officer Sheriff Deputy Republican Democrat Democratic
Professor Coach Former Late Acting Foreign Defence Defense Prime Vice First Lady Interior Finance
Press State Deputy Assistant Under Undersecretary Treasury Homeland Security Communications
Campaign Retired Candidate Leader Analyst Strategist Adviser Advisor Lawyer Aide Rival
"""
)
_NEVER = words_of(
    """
January February March April May June July August September October November December Monday
Tuesday Wednesday Thursday Friday Saturday Sunday University Committee Department House Senate
Congress Council Court Party Union Association Institute Center Centre Foundation Commission
Agency Bureau Office Bank Group Company Inc Corp Ltd Street Avenue Road County City State States
Kingdom Republic Island Islands Lake River Mountain Mountains Valley Beach North South East West
New San Los Las Times Post Journal News Press Daily Tribune Herald Guardian Magazine Radio
Television Network Poll Survey Act Bill Law Treaty Accord Agreement Amendment Constitution War
Forum Conference Summit Convention League Club College School Hospital Church Museum Hotel Tower
Park Airport Station White United National American British Russian Chinese French German European
International Federal Supreme Democratic Republican Conservative Labour Liberal Security Nations
Service Force Forces Army Navy Ministry Parliament Assembly Board Authority Fund Trust Society
Federation Alliance Organisation Organization Coalition Campaign Project Initiative Administration
Government Day Night Eve Week Year Christmas Easter Twitter Facebook Google
"""
)
_STARTERS = words_of(
    """
The A An In On At By For From With To Of As But And Or If When While After Before Since Although
Though Because That This These Those It He She They We You I His Her Its Their Our My There Here
What Who Why How Where Which Not No Yes So Then Now Once Also Still Yet Even Some Many Most All
Both Each Every Other Another One Two Three Several According Asked Speaking Under Over During
Despite Meanwhile However Earlier Later Last Next
"""
)
WORD = r"[^\W\d_a-z][\w\u2019'\-]*"
_PARTICLE = (
    r"(?:von der|van der|van den|de la|de los|von|van|de|da|del|della|di|dos|du|der|den|la|le|al"
    r"|el|bin|ibn|ben|ter|ten|zu|St\.)"
)
_DOTTED = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Sgt|Capt|Adm|Cmdr|Sen|Rep|Gov|Rev|Hon|St|Jr|Sr"
    r"|(?:[A-Z]\.)*[A-Z])\."
)
_RUN = re.compile(
    rf"(?<![\w.])(?:{_DOTTED}|{WORD})"
    rf"(?:[ \u00a0](?:{_PARTICLE}[ \u00a0])?(?:{_DOTTED}|{WORD})){{0,7}}"
)
POSSESSIVE = re.compile("['\u2019]s?$")
_WORDS_BEFORE = re.compile('[.!?;:\n"\u201d]\\s')
_ROLE_AFTER = re.compile(
    r",\s+((?:the|a|an|one of|his|her|their|its)\s+[^,.;:\u201c\"]{3,90})", re.IGNORECASE
)
ROLE_NOUNS = words_of(
    """
president chancellor premier minister secretary senator representative congressman congresswoman
governor mayor ambassador envoy commissioner judge justice attorney lawyer general lieutenant
colonel major captain sergeant admiral commander marshal chairman chairwoman chair chairperson
speaker director spokesman spokeswoman spokesperson king queen prince princess pope bishop
archbishop cardinal reverend rabbi imam sheikh ayatollah detective inspector officer sheriff
deputy professor coach candidate nominee leader analyst strategist adviser advisor aide rival
founder economist historian scientist doctor manager editor reporter journalist author businessman
businesswoman billionaire lawmaker diplomat official prosecutor activist executive owner actor
actress singer host pastor priest physician teacher student farmer undersecretary
"""
)
_FEMALE_ROLES = words_of(
    """
spokeswoman congresswoman chairwoman businesswoman actress queen princess
"""
)
_MALE_ROLES = words_of(
    """
spokesman congressman chairman businessman actor king prince pope
"""
)


class Gender(StrEnum):
    """He or she, as far as the text tells."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A person named in a text: where, the full name as written there, he or she.

    `roles` are the words of the titles and descriptions around the name, in lower case.
    """

    span: Span
    name: str
    gender: Gender
    roles: frozenset[str] = frozenset()

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self.name.rsplit(maxsplit=1)[-1]


def persons_in(text: str) -> tuple[Mention, ...]:
    """Return the persons whom `text` gives with first name and surname, in their order."""
    found = (_mention(text, match) for match in _RUN.finditer(text))
    return tuple(mention for mention in found if mention)


def _mention(text: str, match: re.Match[str]) -> Mention | None:
    words, start = _without_titles(match)
    titled = start > match.start()
    name = POSSESSIVE.sub("", " ".join(words)).rstrip(".")
    words = name.split()
    if not _FEWEST <= len(words) <= _MOST or any(_bare(word) in _NO_NAME for word in words):
        return None
    known = words[0].casefold() in MALE or words[0].casefold() in FEMALE
    if not (known or titled or len(words) < _MOST - 1):
        return None
    span = Span(start, start + len(name))
    taken = {_bare(word) for word in match.group()[: start - match.start()].split()}
    roles = {word.casefold() for word in taken} | _roles_around(text, span, match.start())
    honorific = next((HONORIFIC_GENDER[word] for word in taken if word in HONORIFIC_GENDER), None)
    gender = honorific or _gender(words[0], roles)
    return Mention(span=span, name=name, gender=gender, roles=frozenset(roles))


def _without_titles(match: re.Match[str]) -> tuple[list[str], int]:
    """Return the words of a run behind titles, nationalities and owners, and where they begin."""
    pieces = list(re.finditer(r"\S+", match.group()))
    first = 0
    for place, piece in enumerate(pieces[:-1]):
        word = piece.group()
        leads = _bare(word) in _LEADING or POSSESSIVE.search(word) or _NATION.fullmatch(word)
        if leads and (place == first or _bare(word) not in _STARTERS):
            first = place + 1
    words = [piece.group() for piece in pieces[first:]]
    return words, match.start() + pieces[first].start()


def _roles_around(text: str, span: Span, start: int) -> set[str]:
    roles: set[str] = set()
    closer = ""
    for word in reversed(_WORDS_BEFORE.split(text[max(0, start - 60) : start])[-1].split()):
        bare = _bare(word)
        if word.endswith(",") and text[span.end : span.end + 1] != ",":
            break  # According to the mayor, Anna Berg left
        if not (_of_title(bare) or (closer in ROLE_NOUNS and bare[:1].isupper())):
            break
        closer = bare.casefold()
        roles.add(closer)
    if after := _ROLE_AFTER.match(text, span.end, span.end + 120):
        roles.update(re.findall(r"[a-z-]+", after.group(1).casefold()))
    return roles


def _of_title(word: str) -> bool:
    low = word.casefold()
    return low in ROLE_NOUNS or low in {"of", "the", "for"} or word in _LEADING


def _bare(word: str) -> str:
    return word.rstrip(".,")


def _gender(first: str, roles: Iterable[str]) -> Gender:
    roles = set(roles)
    if roles & _FEMALE_ROLES:
        return Gender.FEMALE
    if roles & _MALE_ROLES:
        return Gender.MALE
    if first.casefold() in FEMALE:
        return Gender.FEMALE
    return Gender.MALE if first.casefold() in MALE else Gender.UNKNOWN


_FEWEST, _MOST = 2, 5  # words of a name in full
# Nationalities and what else is written before a title or a name.
_NATION = re.compile(
    r"US|U\.S\.|UK|U\.K\.|EU|UN|NATO|American|British|French|German|Dutch|Greek|Swiss|Czech|Thai|Iraqi"
    r"|Israeli|Saudi|Pakistani|[A-Z][a-z]+(?:ian|ean|ish|ese|can)"
)
_LEADING = frozenset(_HONORIFICS) | frozenset(_TITLES) | _STARTERS
_NO_NAME = _NEVER | frozenset(_TITLES) | _STARTERS
HONORIFIC_GENDER = {
    "Mr": Gender.MALE, "Sir": Gender.MALE, "Lord": Gender.MALE, "Mrs": Gender.FEMALE,
    "Ms": Gender.FEMALE, "Miss": Gender.FEMALE, "Dame": Gender.FEMALE, "Lady": Gender.FEMALE,
}  # fmt: skip
