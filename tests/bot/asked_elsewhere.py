"""Questions of our own in German and Ukrainian over the packaged story, as in tests.bot.asked."""

# ruff: noqa: RUF001 (Ukrainian is written so)

from bot.questions_kinds import (
    Differ,
    Happened,
    HowMany,
    Latest,
    Leads,
    Next,
    PeopleOf,
    Said,
    Together,
    WhoIs,
)
from tests.bot.asked import Row, dated

GERMAN: list[Row] = [
    ("Wer ist Wendy Sherman?", WhoIs(name="Wendy Sherman"), ("Wendy Sherman\nUS Deputy", "[4]")),
    ("wer ist die NATO", WhoIs(name="NATO"), ("NATO\n", "Jens Stoltenberg", "[5]")),
    ("wer ist Lawrow", WhoIs(name="Lawrow"), ("Sergei Lavrov\n", "[5]")),
    ("wer leitet die NATO?", Leads(of="NATO"), ("Jens Stoltenberg\n", "[5]")),
    ("wer ist aus Russland", PeopleOf(name="Russland"), ("Russia", "Vladimir Putin", "[1]")),
    ("was hat Psaki gesagt?", Said(name="Psaki"), ("It's too early to tell", "[4]")),
    (
        "was hat Putin über die NATO gesagt",
        Said(name="Putin", about="NATO"),
        ("exclude any further NATO moves eastward", "[1]"),
    ),
    (
        "was sagte Uschakow zu Sanktionen",
        Said(name="Uschakow", about="Sanktionen"),
        ("Yury Ushakov", "colossal mistake", "[3]"),
    ),
    (
        "was sagte Blinken am 9. Januar",
        Said(name="Blinken", period=dated("2022-01-09", "am 9 Januar")),
        ("without Europe", "“am 9 Januar”", "[2]"),
    ),
    ("wann traf Sherman Rjabkow", Happened(subject="Sherman Rjabkow"), ("seven hours", "[4]")),
    (
        "wann hat sich Blinken mit Lawrow getroffen?",
        Together(first="Blinken", second="Lawrow"),
        ("Stockholm", "[1]", "[5]"),
    ),
    (
        "Was geschah am 10. Januar 2022?",
        Happened(period=dated("2022-01-10", "am 10 Januar 2022", relative=False)),
        ("more than seven hours", "[4]"),
    ),
    ("Was ist zuletzt passiert?", Latest(), ("Latest · as of 19 Jan 2022", "[5]")),
    ("що сталося нещодавно", Latest(), ("Latest · as of 19 Jan 2022", "[5]")),
    ("was geschah in Genf", Happened(subject="Genf"), ("Geneva", "seven hours", "[4]")),
    ("was ist in Genf passiert?", Happened(subject="Genf"), ("Geneva", "seven hours", "[4]")),
    (
        "was geschah letzte Woche",
        Happened(period=dated("2022-01-10/2022-01-16", "letzte Woche")),
        ("“letzte Woche”", "[4]"),
    ),
    ("Was kommt als Nächstes?", Next(), ("Berlin", "[5]")),
    ("Wann ist das nächste Treffen?", Next(), ("Berlin", "[5]")),
    ("wie viele Truppen gibt es?", HowMany(what="Truppen"), ("more than 100,000 [1]",)),
    ("Wo unterscheiden sich die Quellen?", Differ(), ("some 100,000", "[4]")),
    ("was gibt es Neues", Latest(), ("Latest", "[5]")),
]

UKRAINIAN: list[Row] = [
    ("хто така Венді Шерман?", WhoIs(name="Венді Шерман"), ("Wendy Sherman\nUS Deputy", "[4]")),
    ("Хто такий Блінкен", WhoIs(name="Блінкен"), ("Antony Blinken\n", "[5]")),
    ("хто очолює НАТО", Leads(of="НАТО"), ("Jens Stoltenberg\n", "[5]")),
    (
        "що сказав Путін про НАТО?",
        Said(name="Путін", about="НАТО"),
        ("Vladimir Putin", "NATO moves eastward", "[1]"),
    ),
    (
        "Що Псакі сказала?",
        Said(name="Псакі"),
        ("Jen Psaki", "too early", "[4]"),
    ),
    (
        "Що сказав Блінкен про санкціями",
        Said(name="Блінкен", about="санкціями"),
        ("sanctions", "very severe consequences", "[5]"),
    ),
    (
        "Коли Путін зустрівся з Байденом?",
        Together(first="Путін", second="Байденом"),
        ("Vladimir Putin", "Joe Biden", "[3]"),
    ),
    (
        "Коли зустрілися Путін і Байден?",
        Together(first="Путін", second="Байден"),
        ("Vladimir Putin", "Joe Biden", "[3]"),
    ),
    ("що сказала Псакі", Said(name="Псакі"), ("Jen Psaki", "too early", "[4]")),
    (
        "що сказала Шерман 11 січня",
        Said(name="Шерман", period=dated("2022-01-11", "11 січня")),
        ("in lockstep", "“11 січня”", "[4]"),
    ),
    (
        "коли зустрілися Блінкен і Лавров",
        Together(first="Блінкен", second="Лавров"),
        ("Stockholm", "[1]", "[5]"),
    ),
    (
        "Що сталося 10 січня 2022 року?",
        Happened(period=dated("2022-01-10", "10 січня 2022", relative=False)),
        ("more than seven hours", "[4]"),
    ),
    ("що сталося в Женеві", Happened(subject="Женеві"), ("Geneva", "seven hours", "[4]")),
    (
        "що сталося в січні",
        Happened(period=dated("2022-01", "в січні")),
        ("“в січні”", "[3]"),
    ),
    (
        "що сталося минулого тижня",
        Happened(period=dated("2022-01-10/2022-01-16", "минулого тижня")),
        ("“минулого тижня”", "[4]"),
    ),
    ("Що далі?", Next(), ("Berlin", "[5]")),
    ("скільки військ?", HowMany(what="військ"), ("more than 100,000 [1]",)),
    ("де джерела розходяться", Differ(), ("some 100,000", "[4]")),
    ("що нового?", Latest(), ("Latest", "[5]")),
]

UNANSWERED: list[Row] = [
    ("wer ist Angela Merkel?", WhoIs(name="Angela Merkel"), ("“Angela Merkel”",)),
    ("was hat Putin über Bitcoin gesagt", Said(name="Putin", about="Bitcoin"), ("“Bitcoin”",)),
    ("was geschah in Wien", Happened(subject="Wien"), ("“Wien”",)),
    ("wie viele Panzer", HowMany(what="Panzer"), ("“Panzer”",)),
    ("хто такий Наполеон", WhoIs(name="Наполеон"), ("“Наполеон”",)),
    ("що сталося в Токіо", Happened(subject="Токіо"), ("“Токіо”",)),
]
