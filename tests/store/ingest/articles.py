"""Raw articles to draft from: a plain one of our own making, and hostile ones of any kind."""

from datetime import date

from hypothesis import strategies as st

from store.ingest.raw.values import Dateline, Published, RawArticle
from store.knowledge.values import Basis, When

TODAY = date(2024, 6, 1)

REPORT = (
    "Foreign Minister Anna Berg met Norwegian Prime Minister Karl Lund in Bergen on Tuesday.",
    "“We will not sell the ferry,” Berg said after the meeting. She is to visit Malmo on Friday.",
    "More than 400 sailors work on the line, which was founded in 1987.",
    "Lund said that the talks had been useful. “Nobody left the room,” he added.",
)


def report(*, published: date | None = date(2023, 3, 9), **fields: object) -> RawArticle:
    """Return the report, of a Thursday."""
    day = (
        Published(when=When.day(published), basis=Basis.STATED, because="x") if published else None
    )
    given: dict[str, object] = {
        "name": "ferry.txt",
        "paragraphs": REPORT,
        "title": "The ferry stays",
        "outlet": "The Bergen Bell",
        "published": day,
        **fields,
    }
    return RawArticle(**given)  # type: ignore[arg-type]


_PIECES = st.sampled_from(
    (
        *REPORT,
        "---",
        "...",
        "title: x\nsource: y",
        "review: true",
        "&a [*a, *a]",
        "!!python/object:os.system x",
        "{{ x }} ${y} %s",
        "null",
        "~",
        "''",
        '""',
        "\u201c\u201d",
        "“ \u201d said Anna Berg.",
        '"""" said Anna Berg on Monday.',
        "# A heading: with a colon - and a dash",
        "On 31 February 2021 Anna Berg said: “a: b # c”.",
        "Anna Berg\u202e said on Tuesday that 12\u00a0000 trolls \u0007 came.",
        "On Monday " + "very " * 900 + "long sentences were said by Anna Berg.",
        "Karl " + "X" * 300 + " met Anna Berg on 2 May 2021.",
        "\ud800 on Monday Anna Berg met 30 trolls.",
        "12. 13. 14.",
        "\u0410\u043d\u043d\u0430 \u0411\u0435\u0440\u0433 met Karl Lund on Tuesday.",
        "(Anna) “Berg”, (Karl) Lund and 'Eva' met on Monday in “Oslo”.",
    )
)
TEXTS = st.one_of(_PIECES, st.text(max_size=80))
ARTICLES = st.builds(
    RawArticle,
    name=TEXTS,
    paragraphs=st.lists(TEXTS, max_size=8).map(tuple),
    title=st.none() | TEXTS,
    outlet=st.none() | TEXTS,
    address=st.none() | st.just("https://news.example/a"),
    agencies=st.lists(TEXTS, max_size=1).map(tuple),
    dateline=st.none()
    | st.builds(
        Dateline,
        text=TEXTS,
        month=st.integers(1, 12),
        day=st.integers(1, 31),
        year=st.none() | st.integers(1995, 2024),
    ),
)
