import pytest

from bot.sandbox.json_values import JsonObject
from tests.bot.conversation import READER, Conversation


async def typed(talk: Conversation, words: str, *, offset: str = "") -> JsonObject:
    """Type behind the bot's name and return what the bot offers."""
    asked = talk.telegram.people.ask_inline(READER, words, offset=offset)
    await talk.answered()
    query = talk.telegram.inline_query(asked.id)
    return {
        "id": query.id,
        "results": query.results,
        "next": query.next_offset,
        "button": query.button,
    }


def titles(offered: JsonObject) -> list[str]:
    return [result["title"] for result in offered["results"]]


async def test_a_name_offers_the_card_first_then_events_and_quotes(talk: Conversation) -> None:
    offered = await typed(talk, "sherman")
    first, *rest = offered["results"]
    assert first["title"] == "Wendy Sherman"
    assert first["description"] == "US Deputy Secretary of State · United States"
    kinds = {result["id"][0] for result in rest}
    assert kinds == {"e", "q"}
    assert offered["button"]["text"] == "Ask in private"


async def test_nothing_typed_offers_what_is_newest(talk: Conversation) -> None:
    offered = await typed(talk, "")
    first = offered["results"][0]
    assert first["title"].startswith("Antony Blinken is to meet Sergei Lavrov")
    assert first["description"] == "21 Jan 2022 · [5] Ambito"


async def test_several_of_a_name_are_offered_as_cards_only(talk: Conversation) -> None:
    offered = await typed(talk, "serg")
    assert {result["id"][0] for result in offered["results"]} == {"p"}
    assert len(offered["results"]) > 1


async def test_words_that_name_nobody_offer_what_the_sources_tell_with_them(
    talk: Conversation,
) -> None:
    offered = await typed(talk, "working dinner")
    assert offered["results"]
    assert all("dinner" in title.casefold() for title in titles(offered))


async def test_what_is_not_known_is_said_above_no_result(talk: Conversation) -> None:
    offered = await typed(talk, "zanzibar quokka")
    assert offered["results"] == []
    assert offered["button"]["text"] == "I have nothing on that. Ask in private"


async def test_pages_follow_each_other_and_bring_nothing_twice(talk: Conversation) -> None:
    seen: list[str] = []
    offset = ""
    for _page in range(20):
        offered = await typed(talk, "", offset=offset)
        seen += [result["id"] for result in offered["results"]]
        if not offered["next"]:
            break
        offset = offered["next"]
    assert len(seen) == len(set(seen))
    (counted,) = await talk.knowledge.read(
        lambda db: list(
            db.query("SELECT (SELECT COUNT(*) FROM event) + (SELECT COUNT(*) FROM quote) AS n")
        )
    )
    assert len(seen) == counted["n"]


@pytest.mark.parametrize(
    "offset", ["-1", "x", "99999999999999999999", "\N{ARABIC-INDIC DIGIT ONE}"]
)
async def test_an_offset_that_is_not_ours_breaks_nothing(talk: Conversation, offset: str) -> None:
    await typed(talk, "sherman", offset=offset)


@pytest.mark.parametrize(
    ("words", "kind", "heading"),
    [
        ("sherman", "p", "Wendy Sherman"),
        ("sherman", "q", "Wendy Sherman · quotes"),
        ("NATO", "u", "NATO"),
        ("sherman", "e", "Timeline"),
    ],
)
async def test_what_was_sent_elsewhere_opens_in_private(
    talk: Conversation, words: str, kind: str, heading: str
) -> None:
    offered = await typed(talk, words)
    chosen = next(result for result in offered["results"] if result["id"][0] == kind)
    sent = talk.telegram.people.choose_inline(READER, offered["id"], chosen["id"], READER)
    assert sent.via_bot is not None
    (row,) = (sent.reply_markup or {})["inline_keyboard"]
    payload = row[0]["url"].rpartition("?start=")[2]
    opened = talk.telegram.people.start(READER, payload)
    await talk.answered()
    (page,) = [m for m in talk.messages(READER) if m["message_id"] > opened.id]
    assert page["text"].startswith(heading)
