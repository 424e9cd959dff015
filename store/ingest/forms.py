"""The form of a summary's front matter and of story.yaml: which fields, and what they may hold.

Pydantic stands at this door only; behind it are the values of store.knowledge.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from store.ingest.clean import clean_line
from store.ingest.fields import Path
from store.knowledge.values import (
    Basis,
    Grade,
    NoDayError,
    Precision,
    Side,
    StatedEvent,
    StatedFigure,
    StatedPerson,
    StatedQuote,
    StatedSubject,
    Status,
    Story,
    SubjectKind,
    When,
)
from store.text import fold

_LONGEST_LINE = 2000
_LONGEST_NAME = 200


def _when(value: object) -> When:
    if not isinstance(value, str):
        raise ValueError("expected a date such as 2022-01-10")  # noqa: TRY004 (pydantic's contract)
    return _parsed(value.strip())


_parsed = lru_cache(4096)(When.parse)  # the same days come again and again


def _day(value: object) -> date:
    expected = "expected one day, such as 2022-01-10"
    try:
        when = _when(value)
    except NoDayError:
        raise
    except ValueError as error:
        raise ValueError(expected) from error
    if when.precision is not Precision.DAY:
        raise ValueError(expected)
    return when.start


def _line(value: str) -> str:
    return _fitting(clean_line(value), _LONGEST_LINE)


def _name(value: str) -> str:
    line = clean_line(value)
    if not fold(line):
        raise ValueError("expected a name with at least one letter or digit")
    return _fitting(line, _LONGEST_NAME)


def _fitting(value: str, most: int) -> str:
    if not value:
        raise ValueError("expected some text")
    if len(value) > most:
        raise ValueError(f"has more than {most:,} characters")
    return value


def _words(value: str) -> str:
    """Return a quote without the marks around all of it."""
    value = clean_line(value)
    for begin, end in ('""', "\u201c\u201d", "\u00ab\u00bb", "\u201e\u201c"):
        inside = value[1:-1]
        if value[:1] == begin and value[-1:] == end and not {begin, end} & set(inside):
            value = inside.strip()
    if not value:
        raise ValueError("expected the words that were said")
    return _fitting(value, _LONGEST_LINE)


# One function for each kind of text, not a chain of them: a summary holds many.
Line = Annotated[str, AfterValidator(_line)]
Name = Annotated[str, AfterValidator(_name)]
WhenField = Annotated[When, BeforeValidator(_when)]
DayField = Annotated[date, BeforeValidator(_day)]


class Form(BaseModel):
    """What all forms share: unknown fields are errors, empty ones are left out."""

    # Built with the first file that is read: the bot starts without.
    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True
    )

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, fields: Any) -> Any:  # noqa: ANN401 (whatever the file holds)
        """Take a field without a value as a field left out."""
        if isinstance(fields, dict) and None in fields.values():
            return {name: value for name, value in fields.items() if value is not None}
        return fields


class ItemForm(Form):
    """What entries of a summary share: where they come from, how sure, and whether to review."""

    from_: Annotated[Line | None, Field(alias="from")] = None
    sure: Literal["sure", "likely", "unsure"] | None = None
    review: bool = False


class PersonForm(ItemForm):
    """One entry of `people`."""

    name: Name
    role: Line | None = None
    side: Line | None = None
    aliases: tuple[Name, ...] = ()

    def value(self) -> StatedPerson:
        """Return what the entry states."""
        return StatedPerson(name=self.name, role=self.role, side=self.side, aliases=self.aliases)


class EventForm(ItemForm):
    """One entry of `events`."""

    date: WhenField
    text: Line
    people: tuple[Name, ...] | None = None
    place: Name | None = None
    status: Status = Status.HAPPENED
    basis: Basis = Basis.STATED
    because: Line | None = None
    correction: Line | None = None

    def value(self) -> StatedEvent:
        """Return what the entry states."""
        return StatedEvent(
            when=self.date,
            text=self.text,
            people=self.people,
            place=self.place,
            status=self.status,
            basis=self.basis,
            because=self.because,
            correction=self.correction,
        )


class QuoteForm(ItemForm):
    """One entry of `quotes`."""

    speaker: Name
    text: Annotated[str, AfterValidator(_words)]
    date: WhenField | None = None
    grade: Grade = Grade.VERBATIM
    about: Line | None = None
    correction: Line | None = None

    def value(self) -> StatedQuote:
        """Return what the entry states."""
        return StatedQuote(
            speaker=self.speaker,
            text=self.text,
            when=self.date,
            grade=self.grade,
            about=self.about,
            correction=self.correction,
        )


class FigureForm(ItemForm):
    """One entry of `figures`."""

    what: Line
    value: Line
    date: WhenField | None = None
    according_to: Line | None = None

    def stated(self) -> StatedFigure:
        """Return what the entry states."""
        return StatedFigure(
            what=self.what, value=self.value, when=self.date, according_to=self.according_to
        )


class SummaryForm(Form):
    """The front matter of a summary file."""

    title: Line
    source: Line
    document: Line | None = None
    published: DayField
    published_basis: Basis = Basis.STATED
    published_because: Line | None = None
    people: tuple[PersonForm, ...] = ()
    events: tuple[EventForm, ...] = ()
    quotes: tuple[QuoteForm, ...] = ()
    figures: tuple[FigureForm, ...] = ()

    @property
    def unconfirmed(self) -> int:
        """How many entries wait for an editor's review."""
        entries = (*self.people, *self.events, *self.quotes, *self.figures)
        return sum(entry.review for entry in entries)


class SideForm(Form):
    """One entry of `sides` in story.yaml."""

    name: Line
    short: Annotated[Line, Field(max_length=20)]
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
    aliases: tuple[Name, ...] = ()

    def subject(self) -> StatedSubject:
        """Return the side as a reader asks for it: by its name, short form or another name."""
        names = (self.short, *self.aliases)
        aliases = tuple(name for name in names if fold(name))
        return StatedSubject(kind=SubjectKind.SIDE, name=self.name, aliases=aliases, side=self.name)

    def value(self) -> Side:
        """Return the side."""
        return Side(name=self.name, short=self.short, colour=self.colour)


class OrganisationForm(Form):
    """One entry of `organisations` in story.yaml."""

    name: Name
    side: Line | None = None
    aliases: tuple[Name, ...] = ()

    def subject(self) -> StatedSubject:
        """Return the organisation."""
        return StatedSubject(
            kind=SubjectKind.ORGANISATION, name=self.name, aliases=self.aliases, side=self.side
        )


class NamedForm(Form):
    """One entry of `topics` or `places` in story.yaml."""

    name: Name
    aliases: tuple[Name, ...] = ()

    def subject(self, kind: SubjectKind) -> StatedSubject:
        """Return the topic or place."""
        return StatedSubject(kind=kind, name=self.name, aliases=self.aliases)


class StoryForm(Form):
    """The file story.yaml."""

    title: Annotated[Line, Field(max_length=120)]
    intro: Annotated[Line, Field(max_length=512)]  # the bot's description holds 512 characters
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "en"
    sides: tuple[SideForm, ...] = ()
    organisations: tuple[OrganisationForm, ...] = ()
    topics: tuple[NamedForm, ...] = ()
    places: tuple[NamedForm, ...] = ()

    def value(self) -> Story:
        """Return the story."""
        return Story(
            title=self.title,
            intro=self.intro,
            language=self.language,
            sides=tuple(side.value() for side in self.sides),
            subjects=(
                *(side.subject() for side in self.sides if fold(side.name)),
                *(organisation.subject() for organisation in self.organisations),
                *(topic.subject(SubjectKind.TOPIC) for topic in self.topics),
                *(place.subject(SubjectKind.PLACE) for place in self.places),
            ),
        )


def unknown_sides(
    form: SummaryForm | StoryForm, sides: Sequence[Side | SideForm]
) -> Iterator[tuple[Path, str]]:
    """Yield each side that the story, where it names any, does not name."""
    known = [side.name for side in sides]
    field = "people" if isinstance(form, SummaryForm) else "organisations"
    named: Sequence[PersonForm | OrganisationForm] = (
        form.people if isinstance(form, SummaryForm) else form.organisations
    )
    for index, entry in enumerate(named):
        if known and entry.side and entry.side not in known:
            path = (field, index, "side")
            yield path, f"is no side of story.yaml; {_hint(entry.side, known)}"


_SENTENCES = {
    "missing": "is missing",
    "tuple_type": "expected a list, as [one, two] or one `- ` a line",
    "string_type": "expected text",
    "bool_parsing": "expected true or false",
    "bool_type": "expected true or false",
    "model_type": "expected fields, as {name: value}",
    "model_attributes_type": "expected fields, as {name: value}",
}
_PATTERNS = {
    "colour": "expected a colour such as #1f77b4",
    "language": "expected a code such as en",
}


def broken_rules(error: ValidationError, form: type[Form]) -> Sequence[tuple[Path, str]]:
    """Return each broken rule as the path of its field and a sentence for an editor."""
    return [
        (tuple(detail["loc"]), _sentence(detail, form))
        for detail in error.errors(include_url=False)
    ]


def _sentence(detail: ErrorDetails, form: type[Form]) -> str:
    kind, field = detail["type"], str(detail["loc"][-1])
    if kind == "extra_forbidden":
        known = _fields_at(form, tuple(detail["loc"][:-1]))
        return f"is no field here; {_hint(field, known)}"
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    if kind == "string_pattern_mismatch":
        return _PATTERNS[field]
    if kind == "too_long":
        return f"has more than {detail['ctx']['max_length']:,} characters"
    said = detail["msg"].replace("Input should be", "expected")
    return _SENTENCES.get(kind, said[0].lower() + said[1:])


def _hint(given: str, known: Sequence[str]) -> str:
    from rapidfuzz import process  # noqa: PLC0415 (of use only where something is wrong)

    nearest = process.extractOne(given, known, score_cutoff=60)
    return f"did you mean {nearest[0]}?" if nearest else f"known are {', '.join(known)}"


def _fields_at(form: type[BaseModel], path: Path) -> list[str]:
    """Return the names of the fields that the form has at `path`."""
    forms: dict[str, type[BaseModel]] = {
        "people": PersonForm,
        "events": EventForm,
        "quotes": QuoteForm,
        "figures": FigureForm,
        "sides": SideForm,
        "organisations": OrganisationForm,
        "topics": NamedForm,
        "places": NamedForm,
    }
    fields = (forms[str(path[0])] if path else form).model_fields
    return [field.alias or name for name, field in fields.items()]
