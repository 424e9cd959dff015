"""Every question of the table is asked; and what a question in a group is."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages.text import LONGEST_MESSAGE, MOST_ENTITIES, units
from bot.sandbox.json_values import JsonObject
from bot.sandbox.world import ChatType
from tests.bot import asked_elsewhere
from tests.bot.asked import ANSWERED, NOTHING
from tests.bot.asked_in_vain import UNANSWERED
from tests.bot.conversation import ADMIN, READER, Conversation, conversation, labels, links

TABLE = (*ANSWERED, *UNANSWERED)
ELSEWHERE = (*asked_elsewhere.GERMAN, *asked_elsewhere.UKRAINIAN)
WORDS = st.sampled_from([word for asked, _, _ in (*TABLE, *ELSEWHERE) for word in asked.split()])


def fits(shown: JsonObject) -> None:
    assert 0 < units(shown["text"]) <= LONGEST_MESSAGE
    assert len(shown.get("entities", [])) <= MOST_ENTITIES


async def test_every_question_is_answered_with_the_lines_of_the_story(talk: Conversation) -> None:
    for asked, _, pieces in (*ANSWERED, *ELSEWHERE):
        shown = await talk.ask(asked)
        fits(shown)
        assert NOTHING not in shown["text"], asked
        missing = [piece for piece in pieces if piece not in shown["text"]]
        assert (asked, missing) == (asked, [])
        cited = set(re.findall(r"\[\d+\]", " ".join(pieces)))
        assert cited <= set(links(shown)) or asked == "[2]"


@pytest.mark.parametrize("words", ["hello", "Hi there!", "thanks", "Guten Tag", "who are you?"])
async def test_who_greets_the_bot_is_told_what_to_ask(talk: Conversation, words: str) -> None:
    assert (await talk.ask(words))["text"].startswith("Ask me who somebody is")


async def test_days_from_late_to_early_are_no_year(talk: Conversation) -> None:
    said = (await talk.ask("/timeline 2022-01-12..2022-01-09"))["text"]
    assert said.startswith("I have no timeline for “2022-01-12..2022-01-09”.")


async def test_what_nobody_has_told_is_said_to_be_unknown(talk: Conversation) -> None:
    for asked, _, pieces in (*UNANSWERED, *asked_elsewhere.UNANSWERED):
        shown = await talk.ask(asked)
        fits(shown)
        assert shown["text"].startswith(NOTHING), asked
        assert [piece for piece in pieces if piece not in shown["text"]] == []
        assert not re.search(r"\[\d+\]", shown["text"])


@pytest.mark.parametrize(
    ("asked", "offered", "opens"),
    [
        ("who is Sherwood", "Wendy Sherman", "Wendy Sherman\nUS Deputy"),
        ("what did Putin say about gas", "All quotes", "Vladimir Putin · quotes\n"),
        ("who said checkmate", "All quotes", "Quotes\n"),
        ("what happened on 31 December 1999", "2014", "Timeline · 2014"),
        ("what happened to Zelensky yesterday", "11 Jan 2022", "Timeline · Volodymyr"),
        ("what happened to Zelensky yesterday", "All dates", "Timeline · Volodymyr Zelensky · as"),
        ("when did Zelensky meet Putin", "Vladimir Putin", "Timeline · Vladimir Putin"),
        ("what happened in Vienna", "Geneva", "Timeline · Geneva"),
        ("how many tanks", "Where sources differ", "Where sources differ\n"),
        ("where do sources differ on tanks", "All of them", "Where sources differ\n"),
    ],
)
async def test_where_nothing_is_known_what_is_near_is_offered(
    talk: Conversation, asked: str, offered: str, opens: str
) -> None:
    shown = await talk.ask(asked)
    assert shown["text"].startswith(NOTHING)
    assert (await talk.press(shown, offered))["text"].startswith(opens)


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        ("who is Serg", "Sergei Ryabkov\nRussian"),
        ("what did Serg say", "Sergei Ryabkov · quotes"),
        ("what did Serg say about NATO", "I have nothing on that: no words by Sergei Ryabkov"),
        ("what happened to Serg", "Sergei Ryabkov · timeline"),
        ("what happened to Serg in January", "Timeline · Sergei Ryabkov · Jan 2022"),
    ],
)
async def test_a_question_that_fits_several_people_asks_which(
    talk: Conversation, asked: str, opens: str
) -> None:
    shown = await talk.ask(asked)
    assert "Which one?" in shown["text"]
    assert labels(shown) == ["Sergei Lavrov", "Sergei Ryabkov", "Sergiy Nykyforov"]
    assert (await talk.press(shown, "Sergei Ryabkov"))["text"].startswith(opens)


async def test_a_meeting_with_one_of_several_asks_with_which(talk: Conversation) -> None:
    shown = await talk.ask("when did Blinken meet Serg?")
    assert labels(shown)[0] == "Antony Blinken and Sergei Lavrov"
    opened = await talk.press(shown, "Antony Blinken and Sergei Lavrov")
    assert opened["text"].startswith("Timeline · Antony Blinken and Sergei Lavrov")


async def test_pages_of_a_question_keep_what_was_asked(talk: Conversation) -> None:
    shown = await talk.ask("what happened last week")
    more = await talk.press(shown, "Later ›")
    assert more["text"].startswith("Timeline · 10–16 Jan 2022")
    assert "9 to 10 of 10" in more["text"]


async def test_pages_of_quotes_about_a_topic_keep_it(tmp_path: Path) -> None:
    story = tmp_path / "story"
    story.mkdir()
    (story / "story.yaml").write_text("title: Bridge\nintro: A bridge\n")
    quotes = "".join(
        f"  - {{speaker: Astrid Holm, text: The bridge costs {n} million}}\n" for n in range(20, 34)
    )
    (story / "a.md").write_text(
        "---\ntitle: Bridge\nsource: Gazette\npublished: 2022-01-18\nquotes:\n"
        f"  - {{speaker: Astrid Holm, text: A tunnel is cheaper}}\n{quotes}---\nA bridge.\n"
    )
    async with conversation(tmp_path / "data", summaries=story) as opened:
        shown = await opened.ask("what did Holm say about the bridge?")
        told = shown["text"]
        while "Older ›" in labels(shown):
            shown = await opened.press(shown, "Older ›")
            assert shown["text"].startswith("Astrid Holm · quotes about bridge\n")
            told += shown["text"]
        assert sorted(set(re.findall(r"costs (\d+)", told))) == [str(n) for n in range(20, 34)]
        assert "tunnel" not in told


async def test_in_a_group_only_what_is_said_to_the_bot_is_answered(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        bot = talk.telegram.people.bot(None).user
        group = talk.telegram.groups.create(
            READER, "Newsroom", type=ChatType.SUPERGROUP, members=(ADMIN, bot.id)
        )
        for words in ("who is Sherman?", "@somebody who is Sherman?", "Sherman"):
            assert await talk.say(words, chat=group.id) == []
        for words in (
            f"@{bot.username} who is Sherman?",
            f"who is Sherman, @{(bot.username or '').upper()}",
        ):
            (shown,) = await talk.say(words, chat=group.id)
            assert shown["text"].startswith("Wendy Sherman\n")
            assert shown["reply_to_message"]["text"] == words
        (hint,) = await talk.say(f"@{bot.username}", chat=group.id)
        assert hint["text"].startswith("Ask me who somebody is")


async def test_a_reply_to_the_bot_in_a_group_is_answered(tmp_path: Path) -> None:
    async with conversation(tmp_path / "data") as talk:
        people, bot = talk.telegram.people, talk.telegram.people.bot(None).user
        group = talk.telegram.groups.create(
            READER, "Newsroom", type=ChatType.SUPERGROUP, members=(ADMIN, bot.id)
        )
        (page,) = await talk.say("/who Sherman", chat=group.id)
        own = people.send_text(ADMIN, group.id, "who is Putin?")
        people.send_text(READER, group.id, "who is Lavrov?", reply_to=own.id)
        sent = people.send_text(READER, group.id, "who is Ryabkov?", reply_to=page["message_id"])
        await talk.answered()
        (shown,) = [m for m in talk.messages(group.id) if m["message_id"] > page["message_id"]]
        assert shown["text"].startswith("Sergei Ryabkov\n")
        assert shown["reply_to_message"]["message_id"] == sent.id


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(WORDS, st.text(st.characters(exclude_categories=["Cs"]), max_size=60)).map(
            " ".join
        )
        | st.lists(WORDS, min_size=1, max_size=9).map(" ".join),
        min_size=10,
        max_size=10,
    )
)
async def test_whatever_is_asked_is_answered_within_the_limits(
    tmp_path_factory: pytest.TempPathFactory, asked: list[str]
) -> None:
    async with conversation(tmp_path_factory.mktemp("asked") / "data") as opened:
        for words in asked:
            if not words.lstrip().startswith("/"):
                fits(await opened.ask(words))
