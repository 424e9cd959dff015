"""The persons of a text as the reading of quotes takes them: `find_quotes(text, named_persons)`.

Holds no rule of its own; it puts what `find_names` finds into the values of persons.py.
"""

import re

from store.ingest.extract.names import find_names
from store.ingest.extract.names_values import Form, Kind
from store.ingest.extract.persons import Mention

_WORD = re.compile(r"[a-z-]+")


def named_persons(text: str) -> tuple[Mention, ...]:
    """Return the persons whom `text` names, by names in full, with the words of their roles."""
    return tuple(
        Mention(
            span=each.span,
            name=each.name,
            gender=each.gender,
            roles=frozenset(
                word for role in each.roles for word in _WORD.findall(role.span.of(text).lower())
            ),
        )
        for each in find_names(text)
        if each.kind is Kind.PERSON and each.form is Form.FULL
    )
