"""How much a field may hold: what is just allowed is kept, a letter more is named and refused."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from store.ingest.summaries import read_summaries

NAME, LINE = 200, 2000
HUGE = 10_000
LETTERS = ("x", "\N{GRINNING FACE}", "\N{CYRILLIC SMALL LETTER SHA}")
BARE = {"title": "t", "source": "s", "published": "2022-01-09"}
FIELDS = (
    ("title", LINE),
    ("source", LINE),
    ("published_because", LINE),
    ("people.1.name", NAME),
    ("people.1.role", LINE),
    ("people.1.side", LINE),
    ("people.1.aliases.1", NAME),
    ("events.1.text", LINE),
    ("events.1.place", NAME),
    ("events.1.people.1", NAME),
    ("events.1.because", LINE),
    ("events.1.correction", LINE),
    ("quotes.1.speaker", NAME),
    ("quotes.1.text", LINE),
    ("quotes.1.about", LINE),
    ("figures.1.what", LINE),
    ("figures.1.value", LINE),
    ("figures.1.according_to", LINE),
)
OF_STORY = (
    ("title", 120),
    ("intro", 512),
    ("topics.1.name", NAME),
    ("topics.1.aliases.1", NAME),
    ("places.1.name", NAME),
    ("organisations.1.name", NAME),
)
NEEDED: Mapping[str, Mapping[str, object]] = {
    "people": {"name": "Ada Quay"},
    "events": {"date": "2022", "text": "e"},
    "quotes": {"speaker": "Ada Quay", "text": "q"},
    "figures": {"what": "w", "value": "v"},
    "topics": {"name": "Cranes"},
    "places": {"name": "Quay"},
    "organisations": {"name": "Port"},
}


def holding(field: str, value: str, bare: Mapping[str, object]) -> dict[str, object]:
    """Return front matter in which `field` has `value`."""
    first, *rest = field.split(".")
    if not rest:
        return {**bare, first: value}
    inner: object = [value] if len(rest) == len(("1", "aliases", "1")) else value
    return {**bare, first: [{**NEEDED[first], rest[1]: inner}]}


def written(folder: Path, stated: Mapping[str, object], story: Mapping[str, object]) -> Path:
    """Write a story of one summary, each field on a line of its own."""
    lines = "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in stated.items()
    )
    (folder / "a.md").write_text(f"---\n{lines}---\nBody.\n", "utf-8")
    told = "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in story.items()
    )
    (folder / "story.yaml").write_text(told, "utf-8")
    return folder


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize(("field", "most"), FIELDS)
def test_a_field_of_a_summary_holds_so_many_letters_and_no_more(
    tmp_path: Path, field: str, most: int, letter: str
) -> None:
    story = {"title": "t", "intro": "i"}
    kept = read_summaries([written(tmp_path, holding(field, letter * most, BARE), story)])
    assert (len(kept.summaries), kept.problems) == (1, ())
    for length in (most + 1, HUGE):
        stated = holding(field, letter * length, BARE)
        refused = read_summaries([written(tmp_path, stated, story)])
        line = list(stated).index(field.partition(".")[0]) + 2
        assert [str(problem) for problem in refused.problems] == [
            f"a.md:{line}: {field}: has more than {most:,} characters"
        ]


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize(("field", "most"), OF_STORY)
def test_a_field_of_the_story_holds_so_many_letters_and_no_more(
    tmp_path: Path, field: str, most: int, letter: str
) -> None:
    bare = {"title": "t", "intro": "i"}
    kept = read_summaries([written(tmp_path, BARE, holding(field, letter * most, bare))])
    assert kept.problems == ()
    for length in (most + 1, HUGE if most == NAME else LINE):
        story = holding(field, letter * length, bare)
        refused = read_summaries([written(tmp_path, BARE, story)])
        line = list(story).index(field.partition(".")[0]) + 1
        assert [str(problem) for problem in refused.problems] == [
            f"story.yaml:{line}: {field}: has more than {most:,} characters"
        ]
