"""Which sentences of an article a draft begins its text with: whole ones, by a plain rule.

The first sentence, then those that hold most: a dated event counts two, somebody's words, a
figure and a first mention of a date one each; earlier sentences win ties. They stand in the
article's order. An editor puts them in own words.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from store.ingest.clean import clean_line
from store.ingest.extract.events import FoundEvent
from store.ingest.extract.figures import FoundFigure
from store.ingest.extract.quotes import FoundQuote
from store.ingest.extract.sentences import find_sentences
from store.ingest.extract.values import Span

_MOST_WORDS = 200
_MOST = 8  # sentences
_EVENT, _OTHER = 2, 1


def choose_body(
    text: str,
    events: Sequence[FoundEvent],
    quotes: Sequence[FoundQuote],
    figures: Sequence[FoundFigure],
) -> str:
    """Return the chosen sentences of `text`, one paragraph each; '' where it has none."""
    sentences = [each for each in find_sentences(text) if clean_line(each.of(text))]
    if not sentences:
        return ""
    weights = _weights(events, quotes, figures)
    ranked = sorted(range(1, len(sentences)), key=lambda at: (-weights[sentences[at].start], at))
    chosen, words = [0], len(sentences[0].of(text).split())
    for at in ranked:
        words_of_it = sentences[at].of(text)
        if words_of_it.count("\u201c") != words_of_it.count("\u201d"):
            continue  # a part of what somebody said
        more = len(words_of_it.split())
        if len(chosen) == _MOST or not weights[sentences[at].start]:
            break
        if words + more <= _MOST_WORDS:
            chosen.append(at)
            words += more
    return "\n\n".join(clean_line(sentences[at].of(text)) for at in sorted(chosen))


def _weights(
    events: Iterable[FoundEvent], quotes: Iterable[FoundQuote], figures: Iterable[FoundFigure]
) -> Counter[int]:
    weights: Counter[int] = Counter()
    for event in events:
        weights[event.sentence.start] += 0 if event.quoted else _EVENT
    for sentence in _sentences_of(quotes, figures):
        weights[sentence.start] += _OTHER
    return weights


def _sentences_of(quotes: Iterable[FoundQuote], figures: Iterable[FoundFigure]) -> Iterable[Span]:
    yield from {quote.sentence for quote in quotes}
    yield from {figure.sentence for figure in figures}
