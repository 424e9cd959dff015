import pytest

from store.ingest.loading import packaged_summaries
from store.ingest.summaries import read_summaries
from tests.bot.conversation import Conversation, labels, links

PEOPLE = sorted(
    {p.name for s in read_summaries((packaged_summaries(),)).summaries for p in s.people}
)
SPELLINGS = sorted(
    {
        (alias, p.name)
        for s in read_summaries((packaged_summaries(),)).summaries
        for p in s.people
        for alias in p.aliases
    }
)
SAID_BY_SHERMAN = {
    q.text
    for s in read_summaries((packaged_summaries(),)).summaries
    for q in s.quotes
    if q.speaker == "Wendy Sherman"
}
VIEWS = ["Profile", "Timeline", "Quotes", "With"]


async def test_everybody_is_known_by_full_name_and_by_surname(talk: Conversation) -> None:
    for name in PEOPLE:
        for asked in (name, name.split()[-1], name.upper(), f"  {name}\n"):
            shown = await talk.ask(f"/who {asked}")
            assert shown["text"].splitlines()[0] == name
            assert labels(shown) == ["Timeline", "Quotes", "With", "Follow", "Mute"]


async def test_everybody_is_known_by_every_other_spelling(talk: Conversation) -> None:
    assert SPELLINGS
    for alias, name in SPELLINGS:
        assert (await talk.ask(f"/who {alias}"))["text"].splitlines()[0] == name


async def test_a_name_is_known_in_another_script(talk: Conversation) -> None:
    assert (await talk.ask("/who Шерман"))["text"].startswith("Wendy Sherman\n")


async def test_a_profile_says_who_since_when_and_from_which_source(talk: Conversation) -> None:
    shown = await talk.ask("/who Sherman")
    title, role, as_of, *rest = shown["text"].splitlines()
    assert (title, role) == ("Wendy Sherman", "US Deputy Secretary of State · United States")
    assert as_of.startswith("as of 11 Jan 2022 [")
    assert "Latest" in rest
    assert len({line.strip("“”") for line in rest} & SAID_BY_SHERMAN) == 1
    bold = [e for e in shown["entities"] if e["type"] == "bold"]
    assert (bold[0]["offset"], bold[0]["length"]) == (0, len("Wendy Sherman"))


async def test_views_take_the_place_of_the_page_above_their_buttons(talk: Conversation) -> None:
    for name in PEOPLE:
        shown = await talk.ask(f"/who {name}")
        count = len(talk.messages())
        for view in ("Timeline", "Quotes", "With", "Profile", "With", "Timeline"):
            turned = await talk.press(shown, view)
            assert turned["message_id"] == shown["message_id"]
            assert turned["text"].splitlines()[0].startswith(name)
            assert set(VIEWS) & set(labels(turned)) == set(VIEWS) - {view}
        assert len(talk.messages()) == count


async def test_every_number_opens_its_source(talk: Conversation) -> None:
    shown = await talk.ask("/who Sherman")
    cited = [words for words in links(shown) if words.startswith("[")]
    assert cited
    for number in cited:
        assert (await talk.open_link(shown, number)).startswith(number)


async def test_a_name_among_the_company_opens_that_person(talk: Conversation) -> None:
    shown = await talk.press(await talk.ask("/who Sherman"), "With")
    opened = await talk.open_link(shown, "Sergei Ryabkov")
    assert opened.startswith("Sergei Ryabkov\nRussian Deputy Foreign Minister")


async def test_pressing_the_same_view_twice_is_fine(talk: Conversation) -> None:
    shown = await talk.ask("/who Sherman")
    people = talk.telegram.people
    people.press(1001, 1001, shown["message_id"], label="Timeline")
    people.press(1001, 1001, shown["message_id"], label="Timeline")
    await talk.answered()
    assert talk.messages()[-1]["text"].startswith("Wendy Sherman · timeline")


async def test_an_unknown_name_gets_the_nearest_as_buttons(talk: Conversation) -> None:
    shown = await talk.ask("/who Sherwood")
    assert shown["text"] == "I have nothing on “Sherwood”. Did you mean:"
    assert labels(shown)[0] == "Wendy Sherman"
    opened = await talk.press(shown, "Wendy Sherman")
    assert opened["text"].startswith("Wendy Sherman\nUS Deputy")
    assert opened["message_id"] == shown["message_id"]


async def test_another_spelling_is_the_same_person(talk: Conversation) -> None:
    shown = await talk.ask("/who Selenskyj")
    assert shown["text"].startswith("Volodymyr Zelensky\n")


async def test_a_slip_of_the_finger_says_for_whom_it_is_taken(talk: Conversation) -> None:
    shown = await talk.ask("/who blinkin")
    assert shown["text"].startswith("“blinkin” is taken for Antony Blinken.\n\nAntony Blinken\n")


async def test_an_unknown_name_for_quotes_leads_to_quotes(talk: Conversation) -> None:
    shown = await talk.ask("/quotes Sherwood")
    opened = await talk.press(shown, "Wendy Sherman")
    assert opened["text"].startswith("Wendy Sherman · quotes")


async def test_a_name_like_nobody_gets_no_buttons(talk: Conversation) -> None:
    shown = await talk.ask("/who qqq")
    assert (shown["text"], labels(shown)) == ("I have nothing on “qqq”.", [])


@pytest.mark.parametrize(
    ("command", "page"),
    [("/who", "\nRussian"), ("/quotes", " · quotes"), ("/timeline", " · timeline")],
)
async def test_where_several_fit_it_asks_which(talk: Conversation, command: str, page: str) -> None:
    shown = await talk.ask(f"{command} Serg")
    fitting = [name for name in PEOPLE if "Serg" in name]
    assert len(fitting) > 1
    assert shown["text"] == f"“Serg” fits {len(fitting)} people. Which one?"
    assert sorted(labels(shown)) == fitting
    opened = await talk.press(shown, "Sergei Lavrov")
    assert opened["text"].startswith(f"Sergei Lavrov{page}")


async def test_without_a_name_the_most_named_are_offered(talk: Conversation) -> None:
    shown = await talk.ask("/who")
    assert shown["text"].startswith(f"{len(PEOPLE)} people are in this story.")
    persons, others = labels(shown)[:12], labels(shown)[12:]
    assert set(persons) <= set(PEOPLE)
    assert len(others) == 4
    opened = await talk.press(shown, "Antony Blinken")
    assert opened["text"].startswith("Antony Blinken\nUS Secretary of State")
    shown = await talk.ask("/who")
    opened = await talk.press(shown, "NATO · Organisation")
    assert opened["text"].startswith("NATO\nOrganisation")
