from pathlib import Path

from store.ingest.loading import packaged_summaries
from store.ingest.summaries import read_summaries
from tests.bot.conversation import Conversation, conversation, labels, links
from tests.store.stories import written

SUMMARIES = read_summaries((packaged_summaries(),)).summaries


async def test_quotes_of_a_person_are_all_theirs(talk: Conversation) -> None:
    shown = await talk.ask("/quotes Sherman")
    assert shown["text"].startswith("Wendy Sherman · quotes\n")
    said = [q.text for s in SUMMARIES for q in s.quotes if q.speaker == "Wendy Sherman"]
    assert said
    assert all(words in shown["text"] for words in said)


async def test_all_quotes_stand_on_exactly_one_page(talk: Conversation) -> None:
    shown = await talk.ask("/quotes")
    text = shown["text"]
    while "Older ›" in labels(shown):
        shown = await talk.press(shown, "Older ›")
        text += "\n" + shown["text"]
    lines = text.splitlines()
    for quote in [q for s in SUMMARIES for q in s.quotes]:
        assert sum(line.strip("“”") == quote.text.strip("“”") for line in lines) == 1
    while "‹ Newer" in labels(shown):
        shown = await talk.press(shown, "‹ Newer")
    assert shown["text"].startswith("Quotes\n")


async def test_somebody_not_quoted_is_said_so(talk: Conversation) -> None:
    people = {p.name for s in SUMMARIES for p in s.people}
    silent = min(people - {q.speaker for s in SUMMARIES for q in s.quotes})
    shown = await talk.ask(f"/quotes {silent}")
    assert "The sources quote nothing by this person." in shown["text"]


async def test_each_source_opens_from_the_list_and_shows_all_of_it(talk: Conversation) -> None:
    shown = await talk.ask("/sources")
    numbers = [words for words in links(shown) if words.startswith("[")]
    assert len(numbers) == len(SUMMARIES)
    for summary in SUMMARIES:
        (number,) = [n for n in numbers if f"{n} {summary.title}" in shown["text"]]
        assert (await talk.open_link(shown, number)).startswith(f"{number} {summary.title}")
        page = talk.messages()[-1]
        text = page["text"]
        while "More ›" in labels(page):
            page = await talk.press(page, "More ›")
            text += "\n" + page["text"]
        assert all(event.text in text for event in summary.events)
        assert all(quote.text in text for quote in summary.quotes)
        assert all(f"{figure.what}: {figure.value}" in text for figure in summary.figures)
        assert all(person.name in text for person in summary.people)
        assert all(" ".join(part.split()) in text for part in summary.body.split("\n\n"))
        assert (await talk.press(page, "All sources"))["text"].startswith("Sources\n")


async def test_disputed_shows_each_sources_figure_with_its_source(talk: Conversation) -> None:
    shown = await talk.ask("/disputed")
    assert shown["text"].startswith("Where sources differ\nas of 19 Jan 2022\n")
    given = [f for s in SUMMARIES for f in s.figures if f.what == "Russian troops near Ukraine"]
    assert len({figure.value for figure in given}) > 1
    for figure in given:
        (line,) = [one for one in shown["text"].splitlines() if one.startswith(figure.value)]
        number = line[line.index("[") :].partition("]")[0] + "]"
        assert (await talk.open_link(shown, number)).startswith(number)
    assert "Russian diplomats" not in shown["text"]


async def test_disputed_of_a_topic_is_of_that_topic(talk: Conversation) -> None:
    shown = await talk.ask("/disputed troops")
    assert "Russian troops near Ukraine" in shown["text"]
    assert "Day of the US-Russia talks" not in shown["text"]


async def test_quotes_about_a_topic_are_of_that_topic(talk: Conversation) -> None:
    shown = await talk.ask("/quotes Sherman about allies")
    assert shown["text"].startswith("Wendy Sherman · quotes about allies\n")
    assert "in lockstep" in shown["text"]
    assert "unwavering" not in shown["text"]
    assert (await talk.press(shown, "All quotes"))["text"].startswith("Wendy Sherman · quotes\n")
    shown = await talk.ask("/quotes about sanctions")
    assert "Yury Ushakov" in shown["text"]


async def test_disputed_tells_days_and_statuses_that_the_timeline_marks(tmp_path: Path) -> None:
    folder = tmp_path / "summaries"
    folder.mkdir()
    (folder / "story.yaml").write_text("title: The harbour\nintro: Who builds it.\n", "utf-8")
    for name, day, rest in (("a", "2022-01-05", ""), ("b", "2022-01-06", ", status: planned")):
        more = (
            "people:\n  - {name: Ada Quay}\nevents:\n"
            f"  - {{date: {day}, text: The quay cracks, people: [Ada Quay]}}\n"
            f"  - {{date: 2022-01-07, text: Ada opens it, people: [Ada Quay]{rest}}}\n"
        )
        published = f"2022-01-1{ord(name) - ord('a')}"
        made = written(f"About {name}", f"{name}.txt", more).replace("2022-01-10", published)
        (folder / f"{name}.md").write_text(made, "utf-8")
    async with conversation(tmp_path / "data", summaries=folder) as talk:
        marked = (await talk.ask("/timeline"))["text"]
        assert marked.count("\u26a0 [") == 3
        assert "\u26a0 the sources differ: /disputed" in marked
        shown = (await talk.ask("/disputed"))["text"]
        assert "Ada opens it\n7 Jan 2022 · happened [1]\n7 Jan 2022 · planned [2]\n" in shown
        assert "The quay cracks\n5 Jan 2022 · happened [1]\n6 Jan 2022 · happened [2]\n" in shown
        about = (await talk.ask("/disputed quay"))["text"]
        assert about.startswith("Where sources differ · quay\n")
        assert "Ada opens it" not in about


async def test_a_meeting_told_in_other_words_of_other_days_is_one_line_with_both_sources(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "summaries"
    folder.mkdir()
    (folder / "story.yaml").write_text("title: The harbour\nintro: Who builds it.\n", "utf-8")
    tellings = (
        ("a", "2022-01-08", "Quay and Pier sign the fishing treaty in Riga"),
        ("b", "2022-01-09", "In Riga the fishing treaty was signed by Ada Quay and Bo Pier"),
    )
    for name, day, text in tellings:
        more = (
            "people:\n  - {name: Ada Quay}\n  - {name: Bo Pier}\nevents:\n"
            f"  - {{date: {day}, text: {text}, people: [Ada Quay, Bo Pier], place: Riga}}\n"
        )
        published = f"2022-01-1{ord(name) - ord('a')}"
        made = written(f"About {name}", f"{name}.txt", more).replace("2022-01-10", published)
        (folder / f"{name}.md").write_text(made, "utf-8")
    first, second = (text for _, _, text in tellings)
    async with conversation(tmp_path / "data", summaries=folder) as talk:
        listed = await talk.ask("/timeline")
        (line,) = [one for one in listed["text"].splitlines() if "treaty" in one]
        assert line == f"8 Jan 2022  {first} \u26a0 [1][2]"
        shown = await talk.ask("/disputed")
        assert (
            f"{first}\n8 Jan 2022 · happened [1]\n9 Jan 2022 · happened: “{second}” [2]\n"
            in shown["text"]
        )
        opened = await talk.open_link(listed, "[2]")
        assert f"9 Jan 2022  {second} \u26a0 [2]\n" in opened
        assert f"Timelines have it as: 8 Jan 2022  {first}" in opened
        assert "Timelines have it as" not in await talk.open_link(listed, "[1]")
        assert (await talk.ask("/who Pier"))["text"].count("treaty") == 1
