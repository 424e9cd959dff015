"""Which words of a sentence give something to somebody: the cue, and its source.

Works on a text in which all that stands between quotation marks is masked, so that verbs
within somebody's words are no cues. Holds no knowledge of persons.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from store.ingest.extract.attributions_nouns import is_noun
from store.ingest.extract.masking import MASK
from store.ingest.extract.saying import (
    ACCORDING,
    AS_SAYING,
    CUE,
    INVERTED,
    PUT_IT,
    QUOTED_AS,
    QUOTING,
    SPOKE_OF,
    WENT_ON,
)
from store.ingest.extract.values import Span
from store.ingest.extract.words import words_of

_CAPITAL = r"[^\W\d_a-z]"
_SHORT = r"(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sen|Rep|Gov|Sgt|Capt|Adm|Maj|Prof|Rev|St|Jr|Sr|Hon|[A-Z])\."
_MOST = 100  # cues; a sentence with more is no prose
_FAR = 260  # characters; no subject begins farther before its verb
_SHORT_LEFT = 3  # words before "and" that still name somebody with what follows
_LONGEST = 14  # words; no name or description of a speaker is longer
# What follows "said" up to the end of the name or description.
_AFTER = re.compile(
    rf"\s+(?P<np>(?:\b{_SHORT}|\s+|[^\s,.;:!?\"\u201c\u201d()\[\]\n{MASK}\u2014]+)+)"
)
_AFTER_END = re.compile(
    r"\s+(?:in|on|at|during|after|before|when|while|as|who|whose|whom|to|from|about|via|through"
    r"|following|late|early|yesterday|today|tonight|this|last|that|earlier|later|by|because|if|and"
    r"|but|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|referring|adding|speaking|is"
    r"|was|has|had|with)\b(?:.*)$",
    re.DOTALL,
)
_AND_NAME = re.compile(rf"\s+and\s+(?:the\s+|a\s+)?{_CAPITAL}")
_NO_NAME = (
    r"(?!(?:At|On|In|By|For|From|With|As|All|To|Of|But|And|So|If|When|While|After|Before|During|Since|That"
    r"|This|These|Those|It|Under|Over|Though|Although|Because|Despite|Not|What|Why|How|Where|Who|There|Here)\b)"
)
_STARTS_NAME = re.compile(
    rf"(?:{_NO_NAME}{_CAPITAL}|\d[\d,.]*\s|\d+/\d+|(?:the|a|an|one|two|three|his|her|their|its|another|several|some|many|most"
    r"|both|former|senior|local|officials|sources|critics|experts|analysts|police|state|aides"
    r"|campaign|people|residents|witnesses|protesters|lawmakers|investigators|prosecutors|authorities"
    r"|activists|organi[sz]ers|supporters|opponents|researchers|scientists|economists|doctors)\b)"
)
_HE = re.compile(r"(?:he|she|they|it|we|i)\b", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:in|on|at|during|to|that|of|from|with|by|as|about|when|while|after|before|because|if|so|but|and"
    r"|for|how|why|what|who|which|this|last|earlier|later|yesterday|today|again|it|out|through|via)\b"
)
_BOUNDARY = re.compile(rf"[;:()\[\]\n{MASK}\u2014\u2015]|\s[\u2013-]+\s|--|\.\.\.")
_CONJUNCTION = re.compile(
    r"\b(?:that|because|but|while|when|whether|if|since|though|although|whereas|than|what|how|why"
    r"|where|which|until|unless|so|as|after|before|yet|like|whom|or|then|meanwhile|however|plus"
    r"|even|once|only|perhaps|maybe|instead|indeed|still)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*\b(?:and|And)\b\s*")
_LEADING = re.compile(
    r"(?:(?:On|In|At|Last|This|Earlier|Later|Early|Late)\s+)?(?:(?:Monday|Tuesday|Wednesday|Thursday"
    r"|Friday|Saturday|Sunday|week|month|year|Yesterday|Today|Also|Again|Nor|Now|Here|There|Soon|Yes"
    r"|No|Not|And|But|Or)\b,?\s*(?:(?:morning|afternoon|evening|night)\s+)?)+"
)
_TRAILING = re.compile(
    r"\s+(?:on\s+|last\s+|late\s+|early\s+|earlier\s+|later\s+)*(?:Monday|Tuesday|Wednesday|Thursday"
    r"|Friday|Saturday|Sunday|yesterday|today|tonight|week|month|year|himself|herself|themselves"
    r"|both|all|each|who|that|which)(?:\s+(?:morning|afternoon|evening|night))?$"
)
_PREPOSITION = re.compile(
    r"(?:in|on|at|during|for|with|by|from|under|over|to|of|about|against|into|through|despite"
    r"|without|among|amid|between|following|speaking|asked|according|responding|citing|calling"
    r"|[A-Za-z]+ing)\s",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"(?:\b(?:he|she|they|it|we|I|He|She|They|It|We)|(?:\b(?:the|a|an|his|her|their|its|one)\s+"
    rf"(?:[\w\u2019'-]+\s+){{0,4}}[\w\u2019'-]+)|(?:(?:{_SHORT}|{_CAPITAL}[\w\u2019'.-]*)(?:\s+(?=\S))?)+)$"
)
_APPOSITIVE = re.compile(
    rf"\s*(?:who|whose|a|an|the|his|her|their|its|one|now|then|himself|herself|formerly|also|of"
    rf"|in|at|on|speaking|appearing|\d{{1,3}}|[RDI]-|[a-z-]+ing|for|during|{_CAPITAL}[\w.\u2019'-]*)\b",
)
_PARTICIPLE_SUBJECT = re.compile(
    rf"\b(?:of|with|shows?|showed|showing|featuring|hear|heard|saw|see|has|had|have)\s+((?:{_SHORT}\s+|{_CAPITAL}[\w\u2019'-]*\s+)+)$"
)
_SUBJECT = re.compile(
    rf"(?:(?:But|And|So|Yet|Still|Meanwhile|However|Also|Then|Later),?\s+)?"
    rf"(?:(?:In|On|At|After|Before|During|While|When|As|Asked|Speaking|With|Under|Since|For|Last|Earlier)"
    rf"\b[^,{MASK}]{{1,90}}(?:,|{MASK}+)\s+)?"
    rf"(?P<np>(?:He|She|They|It|We|I|he|she|they|it|we)(?=\b)|(?:The|A|An|His|Her|Their|Its|One|Two|Three|Several|Some|Many|Most|Other|Another|the|a|an|his|her|their|several|some|many|two|three|other|another)\s+(?:[\w\u2019'-]+\s+){{0,3}}?"
    rf"[\w\u2019'-]+(?=,|\s+(?:has|had|have|is|was|were|are|will|would|[a-z]+ed|says|tells|took)\b)"
    rf"|{_NO_NAME}(?:(?:{_SHORT}|{_CAPITAL}[\w\u2019'-]*)(?:\s+(?:(?:of|for|de|von|van|al|bin)\s+(?={_CAPITAL}))?|(?=[,{MASK}])))+)"
)
_WEAK_BEFORE = re.compile(
    r"\b(?:to|not to|and|or|of|for|by|without|in|from|after|before|while)\s+$"
)
_SHARED = re.compile(r"(?:\band|\bor|,|\bthen|\bbut)\s+$")
_BY = re.compile(rf"\s+(?:\w+\s+){{0,3}}?(?:[\s,]*{MASK}+[\s,.]*)?by(?=\s)")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+\s+)?(?:\w+ed|told|said|known|seen|found|shown|heard"
    r"|thought|felt|meant|written|understood)$"
)
_ARTICLES = words_of("the a an his her their its one this that")
_FELT = words_of("worried agreed determined convinced assured assumed")
_DASH = re.compile(r"\s[\u2014\u2015]\s")
_DAY = re.compile(r"\w+day|yesterday|today|tonight|(?:last|this)\s.*")
_CONTRACTED = re.compile("['\u2019](?:s|ve|d|ll|re|m)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A cue in a sentence, and who it gives the words to, if that is said."""

    cue: Span
    source: Span | None
    verb: str
    whole: Span  # the cue and its source with what stands between
    after: bool = False  # the source follows its cue
    weak: bool = False  # an infinitive, or a participle that shares its subject

    @property
    def start(self) -> int:
        """Where the cue and its source begin."""
        return self.whole.start


def find_attributions(masked: str, sentence: Span) -> tuple[Attribution, ...]:
    """Return the attributions of one sentence in their order."""
    found: list[Attribution] = [*_by_words(masked, sentence)]
    taken = [each.whole for each in found]
    for match in islice(CUE.finditer(masked, sentence.start, sentence.end), _MOST):
        cue = Span(match.start(), match.end())
        if is_noun(masked, sentence, match) or any(cue.meets(each) for each in taken):
            continue
        found.append(_by_verb(masked, sentence, cue, match["verb"], found))
        taken.append(found[-1].cue)
    return tuple(sorted(found, key=lambda each: each.cue))


def _by_words(masked: str, sentence: Span) -> Iterator[Attribution]:
    """Yield what "according to X", "as X put it" and "X was quoted as saying" give."""
    for match in islice(ACCORDING.finditer(masked, sentence.start, sentence.end), _MOST):
        if source := _after(masked, match.end(), sentence.end, anyone=True):
            cue = Span(match.start(), match.end())
            yield _make(masked, cue, source, "according", after=True)
    for match in islice(QUOTING.finditer(masked, sentence.start, sentence.end), _MOST):
        whole = AS_SAYING.match(masked, match.end(), sentence.end)
        if whole and (source := _after(masked, match.end(), whole.end(), anyone=True)):
            agency = _before(masked, sentence.start, match.start())
            start = agency.start if agency else match.start()
            yield _make(masked, Span(start, whole.end()), source, "said")
    for pattern, verb in (
        (PUT_IT, "put"),
        (QUOTED_AS, "said"),
        (WENT_ON, "said"),
        (SPOKE_OF, "call"),
    ):
        for match in pattern.finditer(masked, sentence.start, sentence.end):
            if source := _before(masked, sentence.start, match.start()):
                yield _make(masked, Span(match.start(), match.end()), source, verb)


def _make(
    masked: str,
    cue: Span,
    source: Span | None,
    verb: str,
    *,
    after: bool = False,
    weak: bool = False,
) -> Attribution:
    if source is not None and source.of(masked).casefold() in _ARTICLES:
        source = None
    whole = cue if source is None else Span(min(cue.start, source.start), max(cue.end, source.end))
    if weak:
        whole = cue
    return Attribution(cue=cue, source=source, verb=verb, whole=whole, after=after, weak=weak)


def _by_verb(
    masked: str, sentence: Span, cue: Span, verb: str, before: list[Attribution]
) -> Attribution:
    left = masked[max(sentence.start, cue.start - _FAR) : cue.start]
    bare = left.rstrip()
    if verb in INVERTED and (source := _inverted(masked, sentence, cue, bare)):
        return _make(masked, cue, source, verb, after=True)
    if _PASSIVE.search(masked[cue.start : cue.end]) and verb not in _FELT:
        by = _BY.match(masked, cue.end, min(sentence.end, cue.end + _FAR))
        agent = _after(masked, by.end(), sentence.end) if by else None
        return _make(masked, cue, agent, verb, after=agent is not None)
    participle = verb.endswith("ing") and verb == masked[cue.start : cue.end]
    shared = bool(_SHARED.search(left)) or (participle and not _CONTRACTED.search(bare))
    if shared or _WEAK_BEFORE.search(left):
        return _shared(masked, sentence, cue, verb, before)
    if source := _before(masked, sentence.start, cue.start):
        return _make(masked, cue, source, verb)
    return _shared(masked, sentence, cue, verb, before)


def _inverted(masked: str, sentence: Span, cue: Span, left: str) -> Span | None:
    """Return the subject behind its verb: "…," said the mayor."""
    if left and left[-1] not in MASK + ",":
        return None
    source = _after(masked, cue.end, sentence.end, anyone=left.endswith(MASK))
    if source is None or left.endswith(MASK) or not left:
        return source
    # Behind a comma the subject of before may go on: The mayor, a Democrat, said Friday …
    rest = masked[source.end : sentence.end].lstrip()
    plain = not _HE.fullmatch(source.of(masked)) and not _DAY.fullmatch(source.of(masked))
    return source if plain and (not rest or rest[0] in ",.;!?") else None


def _shared(
    masked: str, sentence: Span, cue: Span, verb: str, before: list[Attribution]
) -> Attribution:
    """Return the attribution whose subject is that of the verb before, or of the sentence."""
    left = masked[sentence.start : cue.start]
    finite = left.rstrip().endswith(",") and not verb.endswith("ing")
    if finite and (source := _before(masked, sentence.start, cue.start)):
        return _make(masked, cue, source, verb)  # Flynn, a general, said
    if verb.endswith("ing") and (own := _PARTICIPLE_SUBJECT.search(left)):
        return _make(masked, cue, _trim(masked, sentence.start + own.start(1), cue.start), verb)
    earlier = [each.source for each in before if each.source and each.cue.end <= cue.start]
    infinitive = bool(re.search(r"\bto\s+$", left))
    if earlier and not infinitive:
        return _make(masked, cue, earlier[-1], verb, weak=True)
    begin = sentence.start
    for boundary in _DASH.finditer(masked, sentence.start, cue.start):
        begin = boundary.end()
    subject = _SUBJECT.match(masked, begin, cue.start)
    source = _trim(masked, *subject.span("np")) if subject else None
    return _make(masked, cue, source, verb, weak=True)


def _after(masked: str, at: int, end: int, *, anyone: bool = False) -> Span | None:
    """Return the name or description that begins at `at`."""
    match = _AFTER.match(masked, at, min(end, at + 160))
    if match is None:
        return None
    words = match["np"]
    if he := _HE.match(words):
        return Span(match.start("np"), match.start("np") + he.end())
    if not _STARTS_NAME.match(words) and not (anyone and not _NOBODY.match(words)):
        return None
    cut = _AFTER_END.search(words)
    while cut and _AND_NAME.match(words, cut.start()):
        later = _AFTER_END.search(words, cut.start() + 5)
        cut = later
    return _trim(
        masked, match.start("np"), match.start("np") + (cut.start() if cut else len(words))
    )


def _before(masked: str, start: int, end: int) -> Span | None:
    """Return the name or description that is the subject of the verb at `end`."""
    start = max(start, end - _FAR)
    for boundary in _BOUNDARY.finditer(masked, start, start + len(masked[start:end].rstrip(" ,"))):
        start = boundary.end()
    if (span := _trim(masked, start, end)) is None:
        return None
    if masked[span.end : end].lstrip().startswith(","):
        return _before_appositive(masked, start, span.end)
    return _last_part(masked, start, span.end)


def _before_appositive(masked: str, start: int, end: int) -> Span | None:
    """Return the subject before ", a top surrogate,"."""
    commas = [at for at in range(start, end) if masked[at] == ","]
    for comma in reversed(commas):
        if (
            _APPOSITIVE.match(masked, comma + 1, end)
            and (found := _last_part(masked, start, comma))
            and not _PREPOSITION.match(found.of(masked))
        ):
            return _before_description(masked, start, found)
    return None if commas else _last_part(masked, start, end)


def _before_description(masked: str, start: int, found: Span) -> Span:
    """Return the name of which `found` is another description: Scott Pruitt, the attorney, …."""
    words = found.of(masked)
    left = masked[start : found.start].rstrip()
    if not left.endswith(",") or not words[:1].islower() or _HE.match(words):
        return found
    name = _last_part(masked, start, start + len(left) - 1)
    return (
        name
        if name and name.of(masked)[:1].isupper() and not _PREPOSITION.match(name.of(masked))
        else found
    )


def _last_part(masked: str, start: int, end: int) -> Span | None:
    """Return the subject that ends at `end`: what follows the last comma or conjunction."""
    comma = masked.rfind(",", start, end)
    while comma >= 0 and re.match(r",\s+(?:Jr|Sr|II|III)\b", masked[comma:end]):
        comma = masked.rfind(",", start, comma)
    start = max(start, comma + 1)
    for conjunction in _CONJUNCTION.finditer(masked, start, end):
        if masked[conjunction.end() : end].strip():
            start = conjunction.end()
        else:
            end = conjunction.start()
            break
    if leading := re.compile(r"\s*").match(masked, start, end):
        start = leading.end()
    if leading := _LEADING.match(masked, start, end):
        start = leading.end() if masked[leading.end() : end].strip() else start
    span = _trim(masked, start, end)
    while span and (trailing := _TRAILING.search(span.of(masked))):
        span = _trim(masked, span.start, span.start + trailing.start())
    return _noun_phrase(masked, span) if span else None


def _noun_phrase(masked: str, span: Span) -> Span | None:
    words = span.of(masked)
    for joined in _JOINED.finditer(words):
        left, right = words[: joined.start()], words[joined.end() :]
        names = left.split()[-1:] and left.split()[-1][0].isupper() and right[:1].isupper()
        short = len(left.split()) <= _SHORT_LEFT and _starts(left)
        if right and not names and not short:
            return _noun_phrase(masked, Span(span.start + joined.end(), span.end))
    if (contracted := _CONTRACTED.search(words)) and _HE.fullmatch(words[: contracted.start()]):
        return Span(span.start, span.start + contracted.start())
    if _PREPOSITION.match(words) or len(words.split()) > _LONGEST:
        tail = _TAIL.search(words)
        if tail is None or not tail.group().strip():
            return None
        return _trim(masked, span.start + tail.start(), span.end)
    return span if _starts(words) else None


def _starts(words: str) -> bool:
    """Tell whether `words` can be a name or a description of somebody."""
    if _HE.fullmatch(words) or (_STARTS_NAME.match(words) and not _HE.match(words)):
        return True
    if not words or _HE.match(words) or words.split(maxsplit=1)[0] in {"not", "is", "was"}:
        return False
    last = words.split()[-1:] or [""]
    return (
        last[0].endswith(("s", "percent", "cent", "people", "police", "men", "women"))
        or last[0][:1].isupper()
    )


def _trim(masked: str, start: int, end: int) -> Span | None:
    while start < end and masked[start] in " \t\n\u00a0,":
        start += 1
    while start < end and masked[end - 1] in " \t\n\u00a0,":
        end -= 1
    return Span(start, end) if start < end else None
