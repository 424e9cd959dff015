from store.ingest.loading import packaged_summaries
from store.ingest.summaries import read_summaries
from tests.bot.conversation import Conversation, labels, links

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
