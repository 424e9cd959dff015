"""Who is who across texts: spellings of one name joined, short names given to whom they mean.

Spellings are joined by sound, by initials and by the short forms of first names; who is meant by
a short name is left to the Cast of the story. Bodies are joined by name without the legal
form; places by country.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from store.ingest.extract.names_countries import sides
from store.ingest.extract.names_values import Kind, Mention
from store.ingest.extract.words import words_of
from store.knowledge.keys import content_key
from store.knowledge.making.calling import Calls
from store.knowledge.making.joining import cast_of
from store.knowledge.values import StatedPerson, Summary
from store.names import sound
from store.text import fold

Named = tuple[str, Kind, str]  # a text, a kind, and the name within the text

_LEGAL = words_of(
    """
ag co company computer computers corp corporation gmbh group holding holdings inc incorporated
industries limited llc llp ltd nv plc sa spa systems the
"""
)
_SUFFIXES = words_of(
    """
ii iii iv jr md phd sr
"""
)
# Short forms of first names, with what they may be short for.
_SHORT_FORMS = """
abe: abraham; al: albert alan alfred; alex: alexander alexandra aleksandr; andy: andrew
ash: ashton; ben: benjamin; bernie: bernard; bill: william; bob: robert
chris: christopher christine; chuck: charles; charlie: charles; dan: daniel; dave: david
dick: richard; don: donald; ed: edward edwin; fred: frederick; gerry: gerald gerard
greg: gregory; hank: henry; harry: harold henry; jack: john; jeff: jeffrey
jerry: gerald jerome; jim: james; joe: joseph; jon: jonathan; josh: joshua
kate: katherine catherine; ken: kenneth; larry: lawrence laurence; liz: elizabeth
matt: matthew; mike: michael; mitch: mitchell; nick: nicholas; pat: patrick patricia
pete: peter; phil: philip phillip; ray: raymond; rick: richard; rob: robert; ron: ronald
sam: samuel samantha; steve: steven stephen; sue: susan; ted: edward theodore; tim: timothy
tom: thomas; tony: anthony antony; vlad: vladimir; will: william
"""


@cache
def _short_forms() -> Mapping[str, frozenset[str]]:
    """Return by the sound of each short form that of the first names it is short for."""
    pairs = (pair.split(":") for pair in _SHORT_FORMS.strip().replace("\n", ";").split(";"))
    return {sound(short.strip()): frozenset(map(sound, full.split())) for short, full in pairs}


def join_across(texts: Sequence[tuple[str, Sequence[Mention]]]) -> dict[Named, str]:
    """Return one key for all that is the same, by text, kind and name within the text.

    `texts` are given as (key of the source, its mentions), in the order of publication.
    """
    return {**_join_persons(texts), **_join_bodies(texts)}


def stated_people(
    texts: Sequence[tuple[str, Sequence[Mention]]],
) -> dict[str, tuple[StatedPerson, ...]]:
    """Return the persons of each text as statements, with all spellings of the name in aliases."""
    named = {
        source: tuple(dict.fromkeys(each.name for each in mentions if each.kind is Kind.PERSON))
        for source, mentions in texts
    }
    spellings = join_spellings(name for names in named.values() for name in names)
    return {
        source: tuple(
            StatedPerson(
                name=name,
                role=_role_of(mentions, name),
                aliases=tuple(other for other in spellings[name] if other != name),
            )
            for name in named[source]
        )
        for source, mentions in texts
    }


def _role_of(mentions: Sequence[Mention], name: str) -> str | None:
    titles = (role.title for each in mentions if each.name == name for role in each.roles)
    return next(titles, None)


def join_spellings(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return for each name all names given that are spellings of it, itself among them."""
    unique = tuple(dict.fromkeys(names))
    alike: dict[str, list[str]] = defaultdict(list)
    groups: dict[str, list[str]] = {}
    for name in sorted(unique, key=lambda each: -len(each)):
        words = _sounds(name)
        if len(words) < 2:  # noqa: PLR2004 -- a short name joins nobody
            groups[name] = [name]
            continue
        fitting = [other for other in alike[words[-1]] if _same(words, _sounds(other))]
        heads = {id(groups[other]): groups[other] for other in fitting}
        group = next(iter(heads.values())) if len(heads) == 1 else [name]
        if len(heads) == 1:
            group.append(name)
        groups[name] = group
        alike[words[-1]].append(name)
    return {name: tuple(groups[name]) for name in unique}


def _sounds(name: str) -> tuple[str, ...]:
    return tuple(sound(word) for word in _words(name))


def _words(name: str) -> tuple[str, ...]:
    folded = fold(name.replace("al-", "").replace("Al-", ""))
    return tuple(word for word in folded.split() if word not in _SUFFIXES)


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names that end alike are one person's, by how they sound."""
    if not _first_alike(one[0], other[0]):
        return False
    middles = [middle for middle in (one[1:-1], other[1:-1]) if middle]
    if len(middles) < 2:  # noqa: PLR2004 -- both must have one to differ
        return True
    return all(
        a == b or (1 in {len(a), len(b)} and a[0] == b[0]) for a, b in zip(*middles, strict=False)
    )


def _first_alike(one: str, other: str) -> bool:
    if one == other or (1 in {len(one), len(other)} and one[0] == other[0]):
        return True
    forms = _short_forms()
    return other in forms.get(one, ()) or one in forms.get(other, ())


def _join_persons(texts: Sequence[tuple[str, Sequence[Mention]]]) -> dict[Named, str]:
    people = stated_people(texts)
    calls = {source: Calls.of(_as_summary(source, people[source])) for source, _ in texts}
    cast = cast_of(calls.values())
    return {
        (source, Kind.PERSON, call.name): cast.key_of(call)
        for source, of in calls.items()
        for call in of.listed
    }


def _as_summary(source: str, people: tuple[StatedPerson, ...]) -> Summary:
    day = date.min  # the order of the texts is given; their days tell nothing here
    return Summary(file=source, title="", outlet="", published=day, people=people, body="")


def _join_bodies(texts: Sequence[tuple[str, Sequence[Mention]]]) -> dict[Named, str]:
    return {
        (source, each.kind, each.name): content_key(str(each.kind), _plain(each.name, each.kind))
        for source, mentions in texts
        for each in mentions
        if each.kind is not Kind.PERSON
    }


def _plain(name: str, kind: Kind) -> str:
    if kind is Kind.PLACE:
        return fold(sides().get(name, name))
    words = fold(name).split()
    kept = list(words)
    while len(kept) > 1 and kept[-1] in _LEGAL:
        kept.pop()
    if len(kept) > 1 and kept[0] == "the":
        kept = kept[1:]
    return " ".join(kept)
