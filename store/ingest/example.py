"""Starting a story of one's own: a commented example to edit."""

from collections.abc import Sequence
from pathlib import Path

_STORY = """\
# What the story is. The bot greets with title and intro.
title: The harbour bridge
intro: >-
  The rebuilding of the harbour bridge: who decides, what it costs, and when it opens.
  (Replace this with a paragraph about your own story, 512 characters at most.)
language: en
# The parties, with a short form and a colour for pictures.
sides:
  - {name: City council, short: City, colour: "#1f77b4", aliases: [the council]}
  - {name: Builders, short: Builders, colour: "#d95f02"}
# What else readers ask for. All of this may be left out; what no summary names is not shown.
# A text is about one of these where it holds the name, or an alias, as whole words.
organisations:
  - {name: Harbour authority, aliases: [port authority], side: City council}
topics:
  - {name: cost of the bridge, aliases: [costs, million]}
# Only for other spellings: the places of events are known without being named here.
places:
  - {name: Town hall, aliases: [city hall]}
"""

_SUMMARY = """\
---
# One file is about one article. Only title, source and published are required here,
# and some text below. What you leave out simply is not known.
title: Council votes for the new harbour bridge
source: Harbour Gazette            # the outlet
document: https://example.org/news/bridge-vote   # the article: an address or a file name
published: 2024-03-05
# published_basis: resolved        # stated (the default), resolved or inferred;
# published_because: ...           # say why where the article itself has no full date
people:
  - name: Maria Lindqvist          # write a name the same way in all files
    role: Mayor
    side: City council             # one of the sides in story.yaml
    aliases: [Maria Lindquist]     # other full spellings
  - {name: Tomas Berg, role: Chief engineer, side: Builders}
events:
  # Dates: 2024, 2024-03, 2024-03-05 or 2024-03-05/2024-03-07; and early 2024-03, mid 2024-03
  # or late 2024-03 where the article says no more (days 1-10, 11-20, 21 to the end).
  - date: 2024-03-04
    text: The council votes 31 to 20 for a new bridge
    people: [Maria Lindqvist]
    place: Town hall
    status: happened               # happened, ongoing or planned
    basis: resolved                # stated (the default), resolved or inferred
    because: "\u201con Monday\u201d before Tuesday 5 March 2024"
  - {date: 2026-06, text: The new bridge is to open, place: Harbour, status: planned}
quotes:
  - speaker: Tomas Berg
    text: We will not close the harbour for a single day
    date: 2024-03-04
    grade: verbatim                # verbatim (between quotation marks) or reported
    about: the works
figures:
  - {what: Cost of the bridge, value: 240 million, according_to: Maria Lindqvist}
---
The council has decided to replace the harbour bridge. Maria Lindqvist called the vote a
turning point; the works shall cost 240 million. Tomas Berg promised to keep the harbour
open throughout. Write 120 to 250 words here, in your own words.
"""

_SETTINGS = """\
# Settings for `attache` when it is started in this folder; `attache run --help` and the
# README list all of them. Keep the bot's token out of this file: set
# ATTACHE_TELEGRAM_TOKEN in the environment or in .env.
summaries = "summaries"
data_dir = "data"
# admins = "123456789"
# timezone = "Europe/Berlin"
# digest_time = "08:00"
"""


class ExampleError(Exception):
    """The example cannot be written; says why."""


def write_example(folder: Path) -> Sequence[Path]:
    """Write the example into `folder`, made where it is missing; return the files.

    Raises `ExampleError` rather than write over a file that is there.
    """
    written = {
        folder / "attache.toml": _SETTINGS,
        folder / "summaries" / "story.yaml": _STORY,
        folder / "summaries" / "2024-03-05-bridge-vote.md": _SUMMARY,
    }
    if taken := [path for path in written if path.exists()]:
        raise ExampleError(f"{taken[0]} is there already; name another folder")
    try:
        (folder / "summaries").mkdir(parents=True, exist_ok=True)
        for path, text in written.items():
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ExampleError(f"{folder}: cannot be written ({error.strerror})") from error
    return tuple(written)
