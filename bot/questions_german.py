"""The words of questions in German."""

from bot.questions_languages import Table

GERMAN = Table(
    language="de",
    who=("wer ist|war|sind|waren", "was ist|sind", "was weißt du über|von", "erzähl mir von|über"),
    leads=("wer leitet|führt|regiert", "wer steht an der spitze von|der|des"),
    people_of=("wer ist|kommt|sind|kommen|war aus|von|in", "wer spricht für"),
    said=(
        "was hat|haben|sagt|sagte|sagten|sagen",
        "zitate von|der|des",
    ),
    met=("wann|wo hat|haben|traf|trafen|trifft|treffen sich?",),
    happened=(
        "was geschah|passierte|passiert|geschieht|war|ereignete|ist sich? los?",
        "ereignisse",
    ),
    next=(
        "was kommt|passiert|steht|ist|folgt als? nächstes|danach|an|bevor",
        "was ist|war geplant",
        "wie geht es weiter",
        "was ist als nächstes geplant",
        "wann ist|sind|beginnt|beginnen das|die nächste|nächsten treffen|gespräche|verhandlungen",
    ),
    how_many=("wie viele|viel|oft", "zahl|anzahl der|von"),
    differ=(
        "wo|worin unterscheiden|widersprechen sich die? quellen",
        "was ist umstritten",
    ),
    latest=("was gibt es? neues", "was ist neu|aktuell", "neuigkeiten", "wie ist die lage"),
    at_end=frozenset(
        ("gesagt", "getroffen", "geschehen", "passiert", "bitte", "gibt", "stehen", "es")
    ),
    about=frozenset(("über", "zu", "zum", "zur")),
    joins=frozenset(("mit", "und")),
    small=frozenset(
        "der die das den dem des ein eine herr frau in im am an bei mit für von zu zum zur".split()  # noqa: SIM905 (it reads so)
    )
    | {"über", "um", "aus", "gibt", "es"},
    dates={
        "am": "on",
        "im": "in",
        "in": "in",
        "seit": "since",
        "ab": "from",
        "nach": "after",
        "vor": "before",
        "bis": "until",
        "zwischen": "between",
        "und": "and",
        "heute": "today",
        "gestern": "yesterday",
        "morgen": "tomorrow",
        "anfang": "early",
        "mitte": "mid",
        "ende": "late",
        "letzte": "last",
        "letzten": "last",
        "letzter": "last",
        "vergangene": "last",
        "vergangenen": "last",
        "nächste": "next",
        "nächsten": "next",
        "nächster": "next",
        "diese": "this",
        "dieser": "this",
        "woche": "week",
        "monat": "month",
        "jahr": "year",
        "montag": "Monday",
        "dienstag": "Tuesday",
        "mittwoch": "Wednesday",
        "donnerstag": "Thursday",
        "freitag": "Friday",
        "samstag": "Saturday",
        "sonntag": "Sunday",
    },
)
