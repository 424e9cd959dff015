"""Stories whose every word is meant to break a message, as long as a summary may hold."""

import json
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

LONGEST_NAME, LONGEST_LINE = 200, 2000

FRAGMENTS = (
    "<b>bold</b>",
    "&lt;&amp;",
    "*_`~||[a](b)",
    "\u202emirrored\u2069",
    "\u200f\u05e9\u05dc\u05d5\u05dd",
    "😀",
    "👨\u200d👩\u200d👧",
    "🇺🇦",
    "@somebody",
    "/reload",
    "https://example.org/a?b=c&d=(e)",
    "www.example.com",
    "#tag",
    "$CASH",
    "“quoted”",
    "…",
    "' OR 1=1 --",
    "中文",
    "Шерман",
    "a\u0301\u0333",
    "x" * 90,
    "[2]",
    "\\n",
    "{}%s",
)


@st.composite
def texts(draw: st.DrawFn, longest: int) -> str:
    """Draw one text of the house's least favourite letters."""
    piece = " ".join(draw(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=4)))
    size = draw(st.sampled_from([len(piece), 60, longest // 2, longest]))
    return (f"{piece} " * (size // len(piece) + 1))[:size].strip() or "x"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """How many there are of each kind, and the words that all of a kind share."""

    sources: int
    people: int
    events: int
    quotes: int
    figures: int
    paragraphs: int
    shared: int  # sources that tell of the same event, or give the same quote
    name: str
    role: str
    text: str
    place: str
    outlet: str
    document: str
    body: str
    title: str

    def write(self, folder: Path) -> Path:
        """Write the story as summary files; each item begins with a mark of its own."""
        story = {
            "title": self.title[:120],
            "intro": self.body[:512],
            "organisations": [{"name": self.organisation, "aliases": _marks("Role", self.sources)}],
            "topics": [
                {
                    "name": self.topic,
                    "aliases": [
                        *_marks("Event", self.events),
                        *_marks("Quote", self.quotes),
                        *_marks("Figure", self.figures),
                    ],
                }
            ],
        }
        (folder / "story.yaml").write_text(json.dumps(story, ensure_ascii=False), "utf-8")
        for number in range(self.sources):
            front = json.dumps(self._summary(number), ensure_ascii=False)
            body = "\n\n".join(
                f"Body{number}y{part}z {self.person(part % self.people)} {self.body}"
                for part in range(self.paragraphs)
            )
            (folder / f"{number}.md").write_text(f"---\n{front}\n---\n{body}\n", "utf-8")
        return folder

    def person(self, number: int) -> str:
        """Return a person's name."""
        return f"Person{number}y {self.name}"[:LONGEST_NAME].strip()

    @property
    def topic(self) -> str:
        """The name of what every event, quote and figure is about."""
        return f"Topic {self.name}"[:LONGEST_NAME].strip()

    @property
    def organisation(self) -> str:
        """The name of what every person speaks for."""
        return f"Organisation {self.name}"[:LONGEST_NAME].strip()

    def _mine(self, number: int, count: int) -> list[int]:
        tellers = min(self.shared, self.sources)
        return [n for n in range(count) if (number - n) % self.sources < tellers]

    def _summary(self, number: int) -> dict[str, object]:
        return {
            "title": _line(f"Source{number}y", self.title),
            "source": _line(f"Outlet{number}y", self.outlet),
            "document": _line(f"{self.document}{number}", self.text),
            "published": f"2022-01-{number % 28 + 1:02}",
            "published_basis": "inferred",
            "published_because": self.text,
            "people": [
                {
                    "name": self.person(n),
                    "role": _line(f"Role{number}y", self.role),
                    "side": self.role,
                    "aliases": [f"Alias{n}y {self.name}"[:LONGEST_NAME].strip()],
                }
                for n in self._mine(number, self.people)
            ],
            "events": [
                {
                    "date": f"{('2021-11', '2022-02')[n % 2]}-{n % 27 + 1:02}/2022-03-28",
                    "text": _line(f"Event{n}y", self.text),
                    "people": [self.person(p) for p in self._mine(number, self.people)],
                    "place": f"Place {self.place}"[:LONGEST_NAME].strip(),
                    "status": ("happened", "planned", "ongoing")[n % 3],
                }
                for n in self._mine(number, self.events)
            ],
            "quotes": [
                {
                    "speaker": self.person(n % self.people),
                    "text": _line(f"Quote{n}y", self.text),
                    "date": "2021-12-28/2022-01-02",
                    "grade": ("verbatim", "reported")[n % 2],
                    "about": self.text,
                }
                for n in self._mine(number, self.quotes)
            ],
            "figures": [
                {
                    "what": _line(f"Figure{n}y", self.text),
                    "value": self.text,
                    "date": "2021-12-28/2022-01-02",
                    "according_to": self.outlet,
                }
                for n in self._mine(number, self.figures)
            ],
        }


def _marks(kind: str, count: int) -> list[str]:
    return [f"{kind}{number}y" for number in range(count)]


def _line(begins: str, goes_on: str) -> str:
    return f"{begins} {goes_on}"[:LONGEST_LINE].strip()


STORIES = st.builds(
    Story,
    sources=st.integers(1, 12),
    people=st.integers(1, 14),
    events=st.integers(0, 30),
    quotes=st.integers(0, 20),
    figures=st.integers(0, 12),
    paragraphs=st.integers(1, 5),
    shared=st.integers(1, 12),
    name=texts(LONGEST_NAME),
    role=texts(LONGEST_LINE),
    text=texts(LONGEST_LINE // 4),  # a file holds a million bytes
    place=texts(LONGEST_NAME),
    outlet=texts(LONGEST_LINE),
    document=st.sampled_from(["https://example.org/", "http://a b/", "file-", "t.me/"]),
    body=texts(3000),
    title=texts(LONGEST_LINE),
)

LONGEST_OF_ALL = Story(
    sources=9,  # one more than are listed below a message
    people=8,
    events=30,
    quotes=20,
    figures=12,
    paragraphs=3,
    shared=9,
    name="😀" * LONGEST_NAME,
    role="😀" * LONGEST_LINE,
    text="😀" * (LONGEST_LINE // 4),
    place="😀" * LONGEST_NAME,
    outlet="😀" * LONGEST_LINE,
    document="https://example.org/",
    body="😀" * 3000,
    title="😀" * LONGEST_LINE,
)

ONLY_LETTERS = Story(
    sources=12,
    people=8,
    events=30,
    quotes=20,
    figures=12,
    paragraphs=3,
    shared=4,
    name="a " * (LONGEST_NAME // 2),
    role="a " * (LONGEST_LINE // 2),
    text="a " * (LONGEST_LINE // 4),
    place="a " * (LONGEST_NAME // 2),
    outlet="a " * (LONGEST_LINE // 2),
    document="file-",
    body="a " * 120,
    title="a " * (LONGEST_LINE // 2),
)
