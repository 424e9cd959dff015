"""The people of a draft: whom the article names, under the name the story knows, role and side."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from store.ingest.draft_values import Item, Known, heard
from store.ingest.extract.first_names import FEMALE, MALE
from store.ingest.extract.names import find_names
from store.ingest.extract.names_countries import countries
from store.ingest.extract.names_values import Form, Kind, Mention, Role
from store.ingest.extract.persons import Gender, persons_in
from store.ingest.extract.persons import Mention as PersonMention
from store.ingest.extract.quotes import Sureness
from store.ingest.extract.sentences import find_sentences
from store.ingest.extract.values import Span
from store.knowledge.values import StatedPerson
from store.names import sound
from store.text import fold

_CAPITALISED = re.compile(r"(?<![\w-])[A-Z\u00c0-\u00de][\w\u00c0-\u024f'\u2019-]{3,}")
_NO_ROLE = re.compile(r"\b(?:counterpart|colleague|negotiator)s?\b\W*", re.IGNORECASE)
_LEADING = re.compile(r"^(?:the|a|an|his|her|its|their|new|then|top)\s+", re.IGNORECASE)
_LONGEST_ROLE = 12  # words


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who is named in an article: the mentions under their final names, and the entries."""

    mentions: tuple[Mention, ...]
    people: tuple[Item[StatedPerson], ...]
    known: Known

    def sure_names(self) -> frozenset[str]:
        """Return the names that wait for nobody's review."""
        return frozenset(item.stated.name for item in self.people if not item.review)

    def persons(self, text: str) -> tuple[PersonMention, ...]:
        """Return the persons as the reader of quotes wants them, with these names."""
        named = [
            mention
            for mention in self.mentions
            if mention.kind is Kind.PERSON and mention.form is not Form.TITLE
        ]
        by_start = {
            place: each for each in named for place in range(each.span.start, each.span.end)
        }
        found = []
        for person in persons_in(text):
            known = by_start.get(person.span.start) or by_start.get(person.span.end - 1)
            found.append(replace(person, name=known.name) if known else person)
        taken = {place for each in found for place in range(each.span.start, each.span.end)}
        found += [
            PersonMention(
                span=each.span,
                name=each.name,
                gender=_gender(each),
                roles=self._known_roles(each.name),
            )
            for each in named
            if each.span.start not in taken
        ]
        return tuple(sorted(found, key=lambda each: each.span))

    def _known_roles(self, name: str) -> frozenset[str]:
        """Return the words of the title under which the story knows somebody."""
        person = self.known.by_sound.get(heard(name))
        return frozenset(fold(person.role or "").split()) if person else frozenset()


def _gender(mention: Mention) -> Gender:
    first = mention.name.split(maxsplit=1)[0].casefold()
    if mention.gender is Gender.UNKNOWN and (first in FEMALE) != (first in MALE):
        return Gender.FEMALE if first in FEMALE else Gender.MALE
    return mention.gender


def find_cast(text: str, known: Known) -> Cast:
    """Return who is named in `text`."""
    mentions = [_renamed(mention, known) for mention in find_names(text)]
    mentions = sorted([*mentions, *_known_surnames(text, mentions, known)], key=lambda m: m.span)
    sentences = find_sentences(text)
    grouped: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.kind is Kind.PERSON:
            grouped.setdefault(mention.name, []).append(mention)
    people = tuple(
        _entry(text, name, those, known, sentences) for name, those in grouped.items() if fold(name)
    )
    return Cast(mentions=tuple(mentions), people=people, known=known)


def plain_name(name: str) -> str:
    """Return a name without brackets and quotation marks that stood around its parts."""
    return " ".join(re.sub(r"[()\[\]\"\u201c\u201d]", " ", name).split()).strip(" ,.;:'\u2019")


def _renamed(mention: Mention, known: Known) -> Mention:
    if mention.kind is not Kind.PERSON:
        return mention
    name = plain_name(mention.name)
    person = known.by_sound.get(heard(name))
    if person is None and len(name.split()) == 1:
        person = known.by_surname.get(sound(fold(name)))
    return replace(mention, name=person.name if person else name)


def _known_surnames(text: str, mentions: Sequence[Mention], known: Known) -> Iterator[Mention]:
    """Yield mentions of people of the story whom the article names by surname only."""
    if not known.by_surname:
        return
    held = {
        place
        for mention in mentions
        if mention.kind is Kind.PERSON
        for place in range(mention.span.start, mention.span.end)
    }
    for found in _CAPITALISED.finditer(text):
        word = re.sub(r"['\u2019]s?$", "", found.group())
        person = known.by_surname.get(sound(fold(word)))
        if person and found.start() not in held:
            yield Mention(
                span=Span(found.start(), found.start() + len(word)),
                name=person.name,
                kind=Kind.PERSON,
                form=Form.SHORT,
                gender=Gender.UNKNOWN,
                because="the story knows one person of this surname",
            )


def _entry(
    text: str, name: str, mentions: Sequence[Mention], known: Known, sentences: Sequence[Span]
) -> Item[StatedPerson]:
    person = known.by_sound.get(heard(name))
    roles = [role for mention in mentions for role in mention.roles]
    title, side = _role(roles)
    full = any(mention.form is Form.FULL for mention in mentions)
    sure = any(mention.sure for mention in mentions)
    spelled = {
        plain_name(mention.span.of(text)) for mention in mentions if mention.form is Form.FULL
    }
    aliases = tuple(sorted(each for each in spelled if _is_alias(each, name)))
    if person or (full and sure and len(name.split()) > 1):
        sureness = Sureness.SURE if person or title else Sureness.LIKELY
    else:
        sureness = Sureness.UNSURE
    return Item(
        stated=StatedPerson(
            name=name,
            role=title,
            side=_side_of(side, person, known),
            aliases=aliases,
        ),
        origin=_sentence(text, mentions[0], sentences),
        sure=sureness,
    )


def _is_alias(spelled: str, name: str) -> bool:
    return len(spelled.split()) > 1 and fold(spelled) != fold(name)


def _sentence(text: str, mention: Mention, sentences: Sequence[Span]) -> str:
    at = bisect_right(sentences, mention.span.start, key=lambda each: each.start) - 1
    home = sentences[at] if at >= 0 and sentences[at].holds(mention.span) else mention.span
    return home.of(text)


def _role(roles: Sequence[Role]) -> tuple[str | None, str | None]:
    """Return the fullest title that is one, with its side before it; and the side."""
    best, best_side = None, None
    for role in roles:
        title = _NO_ROLE.sub("", " ".join(role.title.split()))
        while (shorter := _LEADING.sub("", title)) != title:
            title = shorter
        title = title.strip(" ,;")
        side = role.side if role.side not in title.split() or len(title.split()) > 1 else None
        best_side = best_side or (role.side if role.side and fold(role.side) != "state" else None)
        if not title or len(title.split()) > _LONGEST_ROLE or title == side:
            continue
        title = _with_side(title, side)
        if best is None or len(title) > len(best):
            best = title
    return (f"{best[0].upper()}{best[1:]}" if best else None), best_side


def _with_side(title: str, side: str | None) -> str:
    """Return a title with whose it is, where its words do not say so."""
    country = next((each for each in countries() if each.name == side), None)
    if country is None or not country.demonyms:
        return title
    words = fold(title)
    said = (country.name, *country.demonyms, *country.others)
    if any(f" {fold(each)} " in f" {words} " for each in said):
        return title
    short = next((each for each in country.others if each.isalpha() and each.isupper()), None)
    return f"{short or country.demonyms[0]} {title}"


def _side_of(side: str | None, person: StatedPerson | None, known: Known) -> str | None:
    if person and person.side:
        return person.side
    if side is None:
        return None
    if known.story is None or not known.story.sides:
        return side
    found = known.sides.get(fold(side))
    return found.name if found else None
