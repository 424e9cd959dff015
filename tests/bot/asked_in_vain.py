"""Plain questions that the seed story does not answer: as they are read, and what is said then."""

from bot.questions_kinds import (
    Differ,
    Happened,
    HowMany,
    Leads,
    Next,
    PeopleOf,
    Said,
    Search,
    Together,
    WhoIs,
)
from tests.bot.asked import Row, dated

UNANSWERED: list[Row] = [
    ("who is Angela Merkel?", WhoIs(name="Angela Merkel"), ("“Angela Merkel”",)),
    ("who is Sherwood", WhoIs(name="Sherwood"), ("Did you mean",)),
    ("what is bitcoin", WhoIs(name="bitcoin", sure=False), ("“bitcoin”",)),
    (
        "what did Putin say about gas pipelines",
        Said(name="Putin", about="gas pipelines"),
        ("no words by Vladimir Putin about “gas pipelines”",),
    ),
    ("what did Merkel say about gas", Said(name="Merkel", about="gas"), ("“Merkel”",)),
    (
        "what did Blinken say last week",
        Said(name="Blinken", period=dated("2022-01-10/2022-01-16", "last week")),
        ("10–16 Jan 2022", "seen from 19 Jan 2022"),
    ),
    ("who said checkmate", Said(about="checkmate"), ("“checkmate”",)),
    (
        "when did Zelensky meet Putin?",
        Together(first="Zelensky", second="Putin"),
        ("Volodymyr Zelensky and Vladimir Putin",),
    ),
    ("when did Merkel meet Putin", Together(first="Merkel", second="Putin"), ("“Merkel”",)),
    (
        "when did Biden meet Putin in Brussels",
        Together(first="Biden", second="Putin", place="Brussels"),
        ("Joe Biden and Vladimir Putin · Brussels",),
    ),
    ("what happened in Vienna", Happened(subject="Vienna"), ("“Vienna”",)),
    (
        "what happened on 31 December 1999",
        Happened(period=dated("1999-12-31", "on 31 December 1999", relative=False)),
        ("31 Dec 1999",),
    ),
    (
        "what happened to Zelensky yesterday",
        Happened(subject="Zelensky", period=dated("2022-01-18", "yesterday")),
        ("Volodymyr Zelensky · 18 Jan 2022", "seen from 19 Jan 2022"),
    ),
    ("what happened on 30 February", Happened(subject="30 February"), ("“30 February”",)),
    ("what is planned in Madrid", Next(subject="Madrid"), ("“Madrid”",)),
    ("what is planned for Grushko", Next(subject="Grushko"), ("Alexander Grushko",)),
    ("how many tanks?", HowMany(what="tanks"), ("no figure about “tanks”",)),
    (
        "where do sources differ on sanctions",
        Differ(about="sanctions"),
        ("about “sanctions” the sources do not differ",),
    ),
    ("Merkel", Search(text="Merkel"), ("“Merkel”",)),
    ("who leads Wakanda", Leads(of="Wakanda"), ("“Wakanda”",)),
    ("who is the Pope", WhoIs(name="Pope"), ("“Pope”",)),
    ("who are the Martians", PeopleOf(name="Martians"), ("“Martians”",)),
    (
        "what did the US say about bitcoin",
        Said(name="US", about="bitcoin"),
        ("no words by United States about “bitcoin”",),
    ),
    (
        "what did the OSCE say about missiles",
        Said(name="OSCE", about="missiles"),
        ("“OSCE”",),
    ),
    (
        "what happened to NATO in 1949",
        Happened(subject="NATO", period=dated("1949", "in 1949", relative=False)),
        ("NATO · 1949",),
    ),
    ("zeppelin", Search(text="zeppelin"), ("“zeppelin”",)),
]
