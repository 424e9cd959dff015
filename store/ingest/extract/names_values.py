"""What is found when names are read: mentions of persons, organisations and places, with roles."""

from dataclasses import dataclass
from enum import StrEnum

from store.ingest.extract.persons import Gender
from store.ingest.extract.values import Span


class Kind(StrEnum):
    """What a name is the name of."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    OTHER = "other"


class Form(StrEnum):
    """How a mention names: in full, by a part of the name, or by a title alone."""

    FULL = "full"
    SHORT = "short"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A title given to a person: its words, whose it is, and where it stands."""

    title: str
    side: str | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place in a text where something is named.

    `span` holds the name alone (of a title, the title); `name` is the fullest form of it in the
    text, the same for all mentions of one. `because` says what speaks for the kind.
    """

    span: Span
    name: str
    kind: Kind
    form: Form = Form.FULL
    roles: tuple[Role, ...] = ()
    gender: Gender = Gender.UNKNOWN
    sure: bool = True
    because: str = ""

    @property
    def whole(self) -> Span:
        """Where the name stands with the title right before it."""
        before = [role.span.start for role in self.roles if role.span.end < self.span.start]
        return Span(min(before, default=self.span.start), self.span.end)
