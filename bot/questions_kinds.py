"""What can be asked in plain words: one value for each kind of question. Holds no words."""

from dataclasses import dataclass

from bot.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The source shown as `[number]`."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIs:
    """Who somebody is; nobody named: who there is."""

    name: str
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Who leads a side or an organisation."""

    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleOf:
    """Who is of a side, an organisation or a place."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Whom somebody met."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said, or anybody; about something, if given."""

    name: str = ""
    about: str = ""
    period: Period | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """When two persons met."""

    first: str
    second: str
    place: str = ""
    period: Period | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What happened: to somebody, at a place, on some days."""

    subject: str = ""
    period: Period | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What is planned."""

    subject: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HowMany:
    """Which numbers the sources give for something."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Differ:
    """Where sources differ."""

    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """Where the story stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Words to be searched for, as they were written."""

    text: str


Question = (
    Cited
    | WhoIs
    | Leads
    | PeopleOf
    | Company
    | Said
    | Together
    | Happened
    | Next
    | HowMany
    | Differ
    | Latest
    | Search
)
