"""Questions of our own over the packaged story: what each means, and what its answer holds.

A row is the question, its reading, and pieces of the answer; `NOTHING` begins an answer
that says that the story has none.
"""

from bot.periods import Period
from bot.questions_kinds import (
    Cited,
    Company,
    Differ,
    Happened,
    HowMany,
    Latest,
    Leads,
    Next,
    PeopleOf,
    Question,
    Said,
    Search,
    Together,
    WhoIs,
)
from store.knowledge.values import When

NOTHING = "I have nothing on"


def dated(when: str, words: str, *, relative: bool = True) -> Period:
    return Period(when=When.parse(when), words=words, relative=relative)


Row = tuple[str, Question, tuple[str, ...]]

ANSWERED: list[Row] = [
    ("Who is Wendy Sherman?", WhoIs(name="Wendy Sherman"), ("US Deputy Secretary of State", "[4]")),
    ("who's sherman", WhoIs(name="sherman"), ("Wendy Sherman\n",)),
    ("pls tell me who is Ryabkov", WhoIs(name="Ryabkov"), ("Sergei Ryabkov\n", "[3]")),
    ("who is President Putin", WhoIs(name="Putin"), ("Vladimir Putin\nRussian President",)),
    ("who is the US President", WhoIs(name="US President"), ("Joe Biden\nUS President", "[4]")),
    ("who is who?", WhoIs(name=""), ("people are in this story",)),
    ("tell me about Kuleba", WhoIs(name="Kuleba", sure=False), ("Ukrainian Foreign Minister",)),
    ("what about Geneva?", WhoIs(name="Geneva", sure=False), ("Geneva\nPlace", "[4]")),
    (
        "What is NATO",
        WhoIs(name="NATO", sure=False),
        ("NATO\nOrganisation", "Jens Stoltenberg", "[4]"),
    ),
    ("who did Blinken meet?", Company(name="Blinken"), ("Sergei Lavrov  2",)),
    ("who met Sherman", Company(name="Sherman"), ("Sergei Ryabkov  3",)),
    ("What did Psaki say?", Said(name="Psaki"), ("It's too early to tell", "[4]")),
    (
        "what did Blinken say about Europe",
        Said(name="Blinken", about="Europe"),
        ("quotes about Europe", "without Europe", "9 Jan 2022", "[2]"),
    ),
    (
        "what has Putin said about NATO?",
        Said(name="Putin", about="NATO"),
        ("exclude any further NATO moves eastward", "[1]"),
    ),
    ("quotes by Putin on NATO", Said(name="Putin", about="NATO"), ("NATO moves eastward", "[1]")),
    (
        "Sherman quotes about allies",
        Said(name="Sherman", about="allies", sure=False),
        ("in lockstep with our allies", "11 Jan 2022", "[4]"),
    ),
    (
        "Zelensky on Russia",
        Said(name="Zelensky", about="Russia", sure=False),
        ("direct talks with Russia", "[1]"),
    ),
    (
        "did Stoltenberg say anything about the risk of invasion",
        Said(name="Stoltenberg", about="risk of invasion"),
        ("reported, not verbatim", "7 Jan 2022", "[3]"),
    ),
    ("who said gaslighting?", Said(about="gaslighting"), ("Antony Blinken", "[3]")),
    ("what was said about sanctions", Said(about="sanctions"), ("Yury Ushakov", "colossal", "[3]")),
    (
        "what did Blinken say on 9 January?",
        Said(name="Blinken", period=dated("2022-01-09", "on 9 January")),
        ("without Europe", "“on 9 January” is read as 9 Jan 2022, seen from 19 Jan 2022", "[2]"),
    ),
    (
        "what did blinkin say about diplomacy",
        Said(name="blinkin", about="diplomacy"),
        ("“blinkin” is taken for Antony Blinken.", "responsible way", "[1]"),
    ),
    (
        "When did Sherman meet Ryabkov?",
        Together(first="Sherman", second="Ryabkov"),
        ("more than seven hours", "working dinner", "[3]", "[4]"),
    ),
    (
        "when did Shermann last meet Ryabkov",
        Together(first="Shermann", second="Ryabkov"),
        ("Wendy Sherman and Sergei Ryabkov", "more than seven hours", "[4]"),
    ),
    (
        "did Biden and Putin meet",
        Together(first="Biden", second="Putin"),
        ("Jun 2021", "Geneva", "[3]"),
    ),
    (
        "when will Blinken meet with Lavrov in Geneva",
        Together(first="Blinken", second="Lavrov", place="Geneva"),
        ("21 Jan 2022", "planned", "[5]"),
    ),
    (
        "talks between Blinken and Lavrov",
        Together(first="Blinken", second="Lavrov"),
        ("Stockholm", "[1]", "[5]"),
    ),
    (
        "Sherman and Stoltenberg",
        Together(first="Sherman", second="Stoltenberg", sure=False),
        ("11 Jan 2022", "briefs Jens Stoltenberg", "[4]"),
    ),
    (
        "what happened on 10 January 2022",
        Happened(period=dated("2022-01-10", "on 10 January 2022", relative=False)),
        ("more than seven hours", "[4]"),
    ),
    (
        "WHAT HAPPENED ON 10 JANUARY",
        Happened(period=dated("2022-01-10", "ON 10 JANUARY")),
        ("“ON 10 JANUARY” is read as 10 Jan 2022, seen from 19 Jan 2022", "[4]"),
    ),
    (
        "what happened in January?",
        Happened(period=dated("2022-01", "in January")),
        ("Timeline · Jan 2022", "1 to 8 of 24", "[3]"),
    ),
    (
        "what happened last week",
        Happened(period=dated("2022-01-10/2022-01-16", "last week")),
        ("10–16 Jan 2022", "seen from 19 Jan 2022", "1 to 8 of 10", "[4]"),
    ),
    (
        "What happened in Geneva?",
        Happened(subject="Geneva"),
        ("Timeline · Geneva", "seven hours", "[4]"),
    ),
    (
        "what happened in Geneva in June",
        Happened(subject="Geneva", period=dated("2021-06", "in June")),
        ("Vladimir Putin and Joe Biden meet", "[3]"),
    ),
    (
        "what happened since 19 January",
        Happened(period=dated("2022-01-19/9999-12-31", "since 19 January")),
        ("since 19 Jan 2022", "200 million dollars", "[5]"),
    ),
    (
        "what happened between 9 and 12 January?",
        Happened(period=dated("2022-01-09/2022-01-12", "between 9 and 12 January")),
        ("9–12 Jan 2022", "working dinner", "[3]"),
    ),
    (
        "what happened before 2015",
        Happened(period=dated("0001-01-01/2014-12-31", "before 2015", relative=False)),
        ("Crimea", "[3][4]"),
    ),
    (
        "what took place in Riga",
        Happened(subject="Riga"),
        ("1 Dec 2021", "economic measures", "[1]"),
    ),
    (
        "What did Blinken do on 7 January?",
        Happened(subject="Blinken", period=dated("2022-01-07", "on 7 January")),
        ("forceful answer", "[3]"),
    ),
    ("where has Borrell travelled", Happened(subject="Borrell", sure=False), ("Donbas", "[2]")),
    ("where was Borrell", Happened(subject="Borrell", sure=False), ("5 Jan 2022", "Donbas", "[2]")),
    ("yesterday", Happened(period=dated("2022-01-18", "yesterday")), ("18 Jan 2022", "planned")),
    (
        "2022-01-07",
        Happened(period=dated("2022-01-07", "2022-01-07", relative=False)),
        ("Jens Stoltenberg meets NATO foreign ministers", "[3]"),
    ),
    ("what is next?", Next(), ("Next · as of 19 Jan 2022", "Berlin", "[5]")),
    ("what's planned", Next(), ("20 Jan 2022", "[5]")),
    ("what is planned for Blinken", Next(subject="Blinken"), ("Berlin", "Lavrov", "[5]")),
    ("what is planned in Geneva?", Next(subject="Geneva"), ("21 Jan 2022", "[5]")),
    (
        "what is planned for tomorrow",
        Next(period=dated("2022-01-20", "for tomorrow")),
        ("Berlin", "seen from 19 Jan 2022", "[5]"),
    ),
    (
        "how many troops?",
        HowMany(what="troops"),
        ("more than 100,000 [1]", "tens of thousands [3][5]", "some 100,000 (Wendy Sherman) [4]"),
    ),
    (
        "How many troops does Ukraine have in the Donbas",
        HowMany(what="troops Ukraine Donbas"),
        ("more than 120,000 (Dmitry Peskov) [1]",),
    ),
    ("how much aid", HowMany(what="aid"), ("200 million dollars (Washington) [5]",)),
    ("how long did the talks last", HowMany(what="length talks"), ("more than seven hours",)),
    ("how often did Biden call Putin", HowMany(what="Biden call Putin"), ("two [3]",)),
    ("how many diplomats", HowMany(what="diplomats"), ("27 [1]",)),
    ("how many soldiers", HowMany(what="soldiers"), ("troop movements", "100,000 [1]")),
    (
        "where do sources differ?",
        Differ(),
        ("tens of thousands [3][5]", "Monday 10 January 2022 [4]", "planned [2]"),
    ),
    ("what is disputed", Differ(), ("Russian troops near Ukraine",)),
    ("where do the sources differ on troops", Differ(about="troops"), ("some 100,000",)),
    ("what happened lately?", Latest(), ("Latest · as of 19 Jan 2022", "[5]")),
    ("recent events", Latest(), ("Latest · as of 19 Jan 2022", "[5]")),
    (
        "what has Blinken done recently",
        Happened(subject="Blinken"),
        ("Antony Blinken · timeline", "[5]"),
    ),
    ("what is the latest?", Latest(), ("Latest · as of 19 Jan 2022", "[5]")),
    ("any news", Latest(), ("Latest · as of 19 Jan 2022",)),
    ("when is the next meeting?", Next(), ("Next · as of 19 Jan 2022", "[5]")),
    (
        "is there any news about Zelensky",
        WhoIs(name="Zelensky", sure=False),
        ("Volodymyr Zelensky\nUkrainian President", "[5]"),
    ),
    ("quotes", Said(), ("Quotes\n", "“very severe consequences”", "[5]")),
    (
        "what do the sources say about Riga",
        WhoIs(name="Riga", sure=False),
        ("Riga\nPlace", "[1]"),
    ),
    (
        "when did the talks start",
        Happened(subject="talks", sure=False),
        ("begin in Geneva on Sunday 9 January 2022", "[3]"),
    ),
    (
        "where did the talks take place?",
        Happened(subject="talks", sure=False),
        ("begin in Geneva on Sunday 9 January 2022", "[3]"),
    ),
    (
        "when was Blinken in Berlin",
        Happened(subject="Blinken in Berlin", sure=False),
        ("20 Jan 2022", "[5]"),
    ),
    (
        "where was the NATO-Russia Council held",
        Happened(subject="NATO-Russia Council", sure=False),
        ("these have some",),
    ),
    (
        "who leads the Russian delegation",
        PeopleOf(name="Russian"),
        ("Russia · people", "Sergei Ryabkov"),
    ),
    (
        "who represents the United States",
        PeopleOf(name="United States"),
        ("United States · people", "Wendy Sherman"),
    ),
    ("[2]", Cited(number=2), ("[2] Geneva talks on Ukraine draw near",)),
    ("lockstep", Search(text="lockstep"), ("working in lockstep", "[4]")),
    ("Sherman", Search(text="Sherman"), ("Wendy Sherman\nUS Deputy", "[4]")),
    ("wendy sherman?", Search(text="wendy sherman?"), ("Wendy Sherman\nUS Deputy", "[4]")),
    ("NATO", Search(text="NATO"), ("NATO\nOrganisation", "Latest", "Figures", "[4]")),
    ("Geneva!", Search(text="Geneva!"), ("Geneva\nPlace", "Genf", "Wendy Sherman  4", "[4]")),
    ("Genf", Search(text="Genf"), ("Geneva\nPlace", "[5]")),
    ("Женева", Search(text="Женева"), ("Geneva\nPlace", "[4]")),
    ("the USA", Search(text="the USA"), ("United States\nSide of the story", "Joe Biden", "[5]")),
    ("sanctions", Search(text="sanctions"), ("sanctions\nTopic", "severe consequences", "[5]")),
    ("what is Nord Stream", WhoIs(name="Nord Stream", sure=False), ("Nord Stream 2\n", "[3]")),
    ("who is the Kremlin", WhoIs(name="Kremlin"), ("Kremlin\nOrganisation · Russia", "[5]")),
    (
        "who is the Russian foreign minister?",
        WhoIs(name="Russian foreign minister"),
        ("Sergei Lavrov\nRussian Foreign Minister", "as of 19 Jan 2022", "[5]"),
    ),
    (
        "who is the president of Ukraine",
        WhoIs(name="president of Ukraine"),
        ("Volodymyr Zelensky\nUkrainian President", "[5]"),
    ),
    (
        "Who is the Secretary General of NATO?",
        WhoIs(name="Secretary General of NATO"),
        ("Jens Stoltenberg\nNATO Secretary General", "[5]"),
    ),
    (
        "who is Russia's deputy foreign minister",
        WhoIs(name="Russia's deputy foreign minister"),
        (
            "Alexander Grushko  Russian Deputy",
            "Sergei Ryabkov  Russian",
            "as of 11 Jan 2022",
            "[4]",
        ),
    ),
    (
        "who is the foreign minister",
        WhoIs(name="foreign minister"),
        ("Dmytro Kuleba", "Sergei Lavrov", "as of 19 Jan 2022", "[5]"),
    ),
    ("who leads NATO", Leads(of="NATO"), ("Jens Stoltenberg\nNATO Secretary General", "[5]")),
    ("who is the leader of Russia", Leads(of="Russia"), ("Vladimir Putin\n", "[5]")),
    (
        "who runs the European Commission",
        Leads(of="European Commission"),
        ("Ursula von der Leyen\n", "[3]"),
    ),
    ("who leads the EU?", Leads(of="EU"), ("European Union · people", "Josep Borrell", "[3]")),
    ("who is from Russia", PeopleOf(name="Russia"), ("Russia · people", "Dmitry Peskov", "[1]")),
    ("who are the Russians", PeopleOf(name="Russians"), ("Russia · people", "Lavrov", "[5]")),
    ("people from Ukraine", PeopleOf(name="Ukraine"), ("Ukraine · people", "Kuleba", "[5]")),
    ("who is in Geneva", PeopleOf(name="Geneva"), ("Geneva · people", "Sergei Ryabkov  3")),
    (
        "what did the US say about Europe",
        Said(name="US", about="Europe"),
        ("United States · quotes about Europe", "Antony Blinken", "9 Jan 2022", "[2]"),
    ),
    (
        "what did Moscow say?",
        Said(name="Moscow"),
        ("Russia · quotes", "Alexander Grushko", "moment of truth", "1 to 6 of 9", "[4]"),
    ),
    ("quotes by the EU", Said(name="EU"), ("European Union · quotes", "Borrell", "[2]")),
    (
        "what happened to NATO last week",
        Happened(subject="NATO", period=dated("2022-01-10/2022-01-16", "last week")),
        ("Timeline · NATO · 10–16 Jan 2022", "briefs Jens Stoltenberg", "[4]"),
    ),
    ("what happened to OSCE", Happened(subject="OSCE"), ("OSCE · timeline", "Stockholm", "[1]")),
    (
        "when did Sherman meet the Russians",
        Together(first="Sherman", second="Russians"),
        ("Timeline · Wendy Sherman · Russia", "seven hours", "[4]"),
    ),
    (
        "talks between Russia and NATO",
        Together(first="Russia", second="NATO"),
        ("Timeline · Russia and NATO · as of", "before NATO meets Russia", "[4]"),
    ),
    (
        "troops and border",
        Together(first="troops", second="border", sure=False),
        ("troops and border\n", "[1]"),
    ),
]
