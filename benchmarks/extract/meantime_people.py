"""Names of persons in news, and one person in many articles, on the English part of MEANTIME.

What is counted.

- Names: the mentions that the corpus calls NAM (or PRE.NAM) of entities of the type PER, in the
  title and the first five sentences, which alone are annotated in full; right is the same span.
  A name that the guidelines give with its title ("Mr Justice Anthony Mann") may be given with or
  without it. A name of ours inside a longer mark of a person (APP, CONJ: "Steve Jobs, founder of
  Apple") whose bare name is not marked by itself is neither right nor wrong.
- Across articles: persons, bodies and places that the corpus knows by an instance_id and names
  in at least two articles. Each (article, instance) stands for all its mentions by name; it is
  given the key of those of ours that lie in them. A pair from two articles is right when it has
  one instance and one key of ours. Precision is of our pairs, recall of the corpus's; what we do
  not find at all is lost.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from xml.etree.ElementTree import Element, parse

from benchmarks.extract.name_scores import Counts, floor, set_sentence
from benchmarks.extract.table import Row
from store.ingest.extract.names import find_names
from store.ingest.extract.names_across import join_across
from store.ingest.extract.names_values import Form, Kind, Mention
from store.ingest.extract.values import Span

_ANNOTATED = 5  # the last sentence annotated in full; 0 is the title
_KINDS = {"PER": Kind.PERSON, "ORG": Kind.ORGANISATION, "LOC": Kind.PLACE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mention in the corpus: where, of what entity, in what way."""

    span: Span
    kind: str
    instance: str | None
    way: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article, its marks, and how far all is annotated."""

    name: str
    text: str
    marks: tuple[Mark, ...]
    end: int


def articles(folder: Path) -> tuple[Article, ...]:
    """Return the articles of MEANTIME below `folder`, in the order of their names."""
    files = sorted(folder.glob("intra_cross-doc_annotation/*/*.xml"))
    return tuple(_read(file) for file in files)


def _read(file: Path) -> Article:
    root = parse(file).getroot()  # noqa: S314 (a data set that one downloaded)
    sentences: dict[str, list[Element]] = defaultdict(list)
    for token in root.findall("token"):
        sentences[token.get("sentence", "")].append(token)
    text, places, end = "", {}, 0
    for number, tokens in sentences.items():
        line, spans = set_sentence([token.text or "" for token in tokens])
        text += "\n\n" if text else ""
        for token, span in zip(tokens, spans, strict=True):
            places[token.get("t_id", "")] = Span(len(text) + span.start, len(text) + span.end)
        text += line
        if int(number) <= _ANNOTATED:
            end = len(text)
    return Article(name=file.stem, text=text, marks=tuple(_marks(root, places)), end=end)


def _marks(root: Element, places: dict[str, Span]) -> Iterator[Mark]:
    mentions = {each.get("m_id"): each for each in root.findall("Markables/*")}
    for relation in root.findall("Relations/REFERS_TO"):
        target = relation.find("target")
        entity = mentions[target.get("m_id")] if target is not None else None
        if entity is None or entity.tag != "ENTITY" or entity.get("ent_type") not in _KINDS:
            continue
        for source in relation.findall("source"):
            mention = mentions[source.get("m_id")]
            anchors = [places[each.get("t_id", "")] for each in mention.findall("token_anchor")]
            if anchors:
                yield Mark(
                    span=Span(min(anchors).start, max(anchors).end),
                    kind=entity.get("ent_type", ""),
                    instance=entity.get("instance_id"),
                    way=mention.get("syntactic_type"),
                )


def _ours(text: str) -> Iterator[Mention]:
    for mention in find_names(text):
        if mention.kind is Kind.PERSON and mention.form is not Form.TITLE:
            yield mention


def count_names(given: tuple[Article, ...], *, with_floor: bool = False) -> Counts:
    """Return the counts of the names of persons."""
    counts = Counts()
    for article in given:
        marks = [m for m in article.marks if m.kind == "PER" and m.span.end <= article.end]
        golds = {mark.span for mark in marks if mark.way in {"NAM", "PRE.NAM"}}
        # Both parts of "Mr Justice Anthony Mann" are marked as well: the longest counts.
        golds = {span for span in golds if not any(o != span and o.holds(span) for o in golds)}
        longer = {mark.span for mark in marks if mark.way not in {"NAM", "PRE.NAM"}}
        counts.gold += len(golds)
        if with_floor:
            found = [(span, span) for span in floor(article.text, Kind.PERSON)]
        else:
            found = [(mention.span, mention.whole) for mention in _ours(article.text)]
        for span, whole in found:
            if span.end > article.end:
                continue
            right = next(
                (
                    g
                    for g in golds
                    if g == span
                    or (whole.holds(g) and g.end == span.end)
                    or (g.holds(span) and g.end == span.end)
                ),
                None,
            )
            if right is None and any(each.holds(span) for each in longer):
                continue
            counts.given += 1
            if right is not None:
                golds.remove(right)
                counts.right += 1
            else:
                counts.wrong.append(("+", span.of(article.text), article.name))
        counts.wrong.extend(("-", gold.of(article.text), article.name) for gold in sorted(golds))
    return counts


def count_pairs(given: tuple[Article, ...], kind: str) -> Counts:
    """Return the counts of pairs from two articles that are one."""
    texts = [(article.name, find_names(article.text)) for article in given]
    keys = join_across(texts)
    items: list[tuple[str, str, str | None]] = []
    counts = Counts()
    for article, (_, mentions) in zip(given, texts, strict=True):
        for instance, spans in _named(article, kind).items():
            votes = Counter(
                keys[article.name, each.kind, each.name]
                for each in mentions
                if each.form is not Form.TITLE
                and each.kind is _KINDS[kind]
                and any(_stands_for(span, each.span, kind) for span in spans)
            )
            items.append((article.name, instance, votes.most_common(1)[0][0] if votes else None))
    for one, other in combinations(items, 2):
        if one[0] == other[0]:
            continue
        same, joined = one[1] == other[1], one[2] is not None and one[2] == other[2]
        counts.gold += same
        counts.given += joined
        counts.right += same and joined
        if same != joined:
            counts.wrong.append(("-" if same else "+", f"{one}", f"{other}"))
    return counts


def _stands_for(mark: Span, own: Span, kind: str) -> bool:
    """Tell whether a name of ours is that of a mark: its end; of "Paris, France" its beginning."""
    if kind == "LOC":
        return mark.holds(own) and mark.start == own.start
    return mark.holds(own) and mark.end - own.end <= 1


def _named(article: Article, kind: str) -> dict[str, list[Span]]:
    """Return the mentions by name of each instance: those that begin with a capital."""
    found: dict[str, list[Span]] = defaultdict(list)
    for mark in article.marks:
        words = mark.span.of(article.text)
        named = mark.way in {"NAM", "PRE.NAM"} or (
            mark.way is None
            and words.split()[-1][0].isupper()
            and words != "I"
            and words not in {"He", "She", "It", "They", "We", "His", "Its"}
        )
        if mark.kind == kind and mark.instance and named:
            found[mark.instance].append(mark.span)
    return found


def score(folder: Path) -> tuple[Row, ...]:
    """Return the rows of the table for the names in MEANTIME in `folder`."""
    given = articles(folder)
    base, mine = count_names(given, with_floor=True), count_names(given)
    rows = [
        Row(what="MEANTIME: persons F1", floor=base.f1, ours=mine.f1, goal=75),
        Row(what="MEANTIME: persons precision", floor=base.precision, ours=mine.precision),
        Row(what="MEANTIME: persons recall", floor=base.recall, ours=mine.recall),
    ]
    for kind, what in (("PER", "persons"), ("ORG", "organisations"), ("LOC", "places")):
        pairs = count_pairs(given, kind)
        rows += [
            Row(what=f"MEANTIME: {what} across articles, precision", ours=pairs.precision),
            Row(what=f"MEANTIME: {what} across articles, recall", ours=pairs.recall),
        ]
    return tuple(rows)
