"""The words of a question: without politeness, matched and cut. What they mean is bot.questions."""

from collections.abc import Sequence
from functools import lru_cache

_MARKS = '?!.,;:"“”„()«»…'
_CONTRACTED = {
    "who's": "who is",
    "whos": "who is",
    "what's": "what is",
    "whats": "what is",
    "when's": "when is",
    "where's": "where is",
}
_POLITE = (
    "please|pls|plz|hi|hello|hey|ok|okay|so|and|then|well",
    "can|could|would|will you please? tell me|us",
    "do you know",
    "i want|need to know",
    "tell me|us",
    "show|give me|us",
)
_THANKS = {"", "please", "pls", "plz", "thanks", "thx"}
_TITLES = {"the", "mr", "mrs", "ms", "dr", "president", "secretary", "minister", "ambassador"}
_OF_TITLES = {"of", "for", "to", "general"}
_GREETING = frozenset(
    (
        *("hi", "hello", "hey", "there", "good", "morning", "evening", "day"),
        *("thanks", "thank", "you", "hallo", "moin", "guten", "tag", "danke"),
        *("привіт", "вітаю", "добрий", "день", "доброго", "дня", "дякую"),
    )
)
_TO_THE_BOT = frozenset(
    ("who are you", "what are you", "what can you do", "help", "wer bist du", "was kannst du")
) | {"hilfe", "хто ти", "що ти вмієш", "допомога"}
GIVERS = {"sources", "figures", "numbers", "articles", "they"}
ABOUT = {"about", "on", "regarding", "concerning", "over"}
_ANYTHING = {"anything", "something", "nothing", "what"}

Words = tuple[str, ...]


def words(plain: str) -> Words:
    """Return the words without what is said only to be polite."""
    words: list[str] = []
    for raw in plain.replace("\u2019", "'").split():
        word = raw.strip(_MARKS)
        words += _CONTRACTED.get(word.casefold(), word).split()
    kept = tuple(words)
    while begun := next((r for p in _POLITE if (r := after(kept, p))), None):
        kept = begun
    while len(kept) > 1 and kept[-1].casefold() in _THANKS:
        kept = kept[:-1]
    return kept


def is_small_talk(plain: str) -> bool:
    """Tell whether `plain` greets or thanks, or asks the bot about itself."""
    said = [word.strip(_MARKS).casefold() for word in plain.split()]
    return " ".join(said) in _TO_THE_BOT or (bool(said) and _GREETING.issuperset(said))


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> tuple[tuple[frozenset[str], bool], ...]:
    return tuple(
        (frozenset(one.removesuffix("?").split("|")), one.endswith("?")) for one in pattern.split()
    )


def after(words: Words, pattern: str) -> Words | None:
    """Return what follows `pattern` (`what did|does the?`), or None where it does not begin so."""
    at = 0
    for choices, optional in _pattern(pattern):
        if at < len(words) and words[at].casefold() in choices:
            at += 1
        elif not optional:
            return None
    return words[at:]


def cut(words: Words, at: set[str]) -> tuple[Words, str, Words] | None:
    """Return what stands before and after the first word in `at`, and that word."""
    for n, word in enumerate(words):
        if word.casefold() in at:
            return words[:n], word.casefold(), words[n + 1 :]
    return None


def name(words: Sequence[str]) -> str:
    """Return `words` as a name: without a title before it or a possessive after it."""
    kept = list(words)
    while len(kept) > 1 and kept[0].casefold().rstrip(".") in _TITLES:
        if kept[1].casefold() in _OF_TITLES:  # Secretary General, President of Ukraine
            break
        del kept[0]
    return " ".join(kept).removesuffix("'s").removesuffix("'")


def topic(words: Sequence[str]) -> str:
    """Return `words` as a subject: without the small words that lead to it."""
    kept = list(words)
    while kept and kept[0].casefold() in ABOUT | _ANYTHING | {"the", "of", "to", "that"}:
        del kept[0]
    return " ".join(kept)


def subject(words: Words) -> str:
    """Return `words` as a name: without the small words before and after it."""
    while rest := after(words, "up|for|with|in|at|to|by|of|about|on|around"):
        words = rest
    gone = words and words[-1].casefold() in {"for", "in", "to", "with", "at", "next", "then"}
    return name(words[:-1] if gone else words)
