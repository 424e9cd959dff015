import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox import snapshot
from bot.sandbox.cast import ADA_ID, ADMIN_ID, GROUP_ID, JONAS_ID, MIRA_ID, Cast, made_up_cast
from bot.sandbox.faults import Fault, Rule
from bot.sandbox.limits import Limits
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import ChatType, Status
from tests.bot.sandbox.control_caller import Caller, SlowReplay, calling_control
from tests.bot.sandbox.playground import png


@pytest.fixture
async def replay() -> SlowReplay:
    return SlowReplay()


@pytest.fixture
async def caller(replay: SlowReplay) -> AsyncIterator[Caller]:
    async with calling_control(replay) as caller:
        yield caller


# The cast


def test_the_cast_is_three_people_one_of_them_the_admin_and_a_group() -> None:
    telegram = Telegram()
    cast = made_up_cast(telegram)
    group = telegram.world.chats[cast.group_id]
    assert cast == Cast(people=(ADA_ID, JONAS_ID, MIRA_ID), admin_id=ADMIN_ID, group_id=GROUP_ID)
    assert set(group.members) == {MIRA_ID, JONAS_ID, telegram.people.bot(None).user.id}


def test_a_restored_cast_is_left_as_it_was() -> None:
    telegram = Telegram()
    made_up_cast(telegram)
    telegram.groups.leave(JONAS_ID, GROUP_ID)
    written = snapshot.to_json(telegram.world)
    restored = Telegram(world=snapshot.from_json(written))
    made_up_cast(restored)
    assert snapshot.to_json(restored.world) == written


# Reading back


async def test_state_tells_people_bots_chats_clock_and_replay(caller: Caller) -> None:
    state = await caller.get("state")
    assert [(one["first_name"], one["admin"]) for one in state["people"]] == [
        ("Ada", False),
        ("Jonas", False),
        ("Mira", True),
    ]
    assert [one["first_name"] for one in state["bots"]] == ["Attaché"]
    assert GROUP_ID in {one["id"] for one in state["chats"]}
    assert state["clock"] == {"now": "2022-01-08T08:00:00+00:00", "rate": 1.0, "zone": "UTC"}
    assert state["replay"] == {"today": "2022-01-08", "next": None, "released": 0, "total": 1}


async def test_a_transcript_comes_in_pages(caller: Caller) -> None:
    for number in range(5):
        await caller.post("send/text", person_id=ADA_ID, chat_id=ADA_ID, text=f"{number}")
    newest = await caller.get(f"chats/{ADA_ID}/messages", limit=2)
    before = newest["messages"][0]["message_id"]
    older = await caller.get(f"chats/{ADA_ID}/messages", limit=9, before=before)
    assert [one["text"] for one in newest["messages"]] == ["3", "4"]
    assert [one["text"] for one in older["messages"]] == ["0", "1", "2"]
    assert (newest["more"], older["more"]) == (True, False)


async def test_a_topic_has_a_transcript_of_its_own(caller: Caller) -> None:
    body = {"person_id": ADA_ID, "title": "Desk", "type": "supergroup", "is_forum": True}
    desk = (await caller.post("groups", **body))["chat"]["id"]
    opened = await caller.post(f"groups/{desk}/topics", person_id=ADA_ID, name="Geneva")
    topic = opened["topic"]["message_thread_id"]
    me = {"person_id": ADA_ID, "chat_id": desk}
    await caller.post("send/text", **me, text="in the topic", thread=topic)
    await caller.post("send/location", **me, latitude=46.2, longitude=6.14, thread=topic)
    await caller.post("send/text", **me, text="to all", thread=1)

    there = (await caller.get(f"chats/{desk}/messages", thread=topic))["messages"]
    general = (await caller.get(f"chats/{desk}/messages", thread=1))["messages"]

    assert [one.get("text") for one in there[1:]] == ["in the topic", None]
    assert [one["text"] for one in general if "text" in one] == ["to all"]
    assert "message_thread_id" not in general[-1]


async def test_a_person_changes_language_and_an_admin_becomes_anonymous(caller: Caller) -> None:
    changed = await caller.post("people/language", person_id=ADA_ID, language_code="de")
    assert changed["person"]["language_code"] == "de"
    refused = await caller.refused("people/language", person_id=ADA_ID, language_code="?")
    assert refused == (400, "'?' is no language code such as de or pt-br")

    body = {"person_id": ADA_ID, "title": "Desk", "type": "supergroup"}
    desk = (await caller.post("groups", **body))["chat"]["id"]
    await caller.post(f"groups/{desk}/anonymous", person_id=ADA_ID)
    state = await caller.get("state")
    chat = next(one for one in state["chats"] if one["id"] == desk)
    assert chat["members"] == [{"id": ADA_ID, "status": "creator", "anonymous": True}]


async def test_an_inline_query_names_the_kind_of_chat_it_is_typed_in(caller: Caller) -> None:
    caller.bot("getUpdates")
    for chat_id in (ADMIN_ID, GROUP_ID):
        await caller.post("inline", person_id=ADMIN_ID, query="x", chat_id=chat_id)
    updates = [update for update in caller.bot("getUpdates") if "inline_query" in update]
    kinds = [update["inline_query"]["chat_type"] for update in updates]
    assert kinds == ["sender", "group"]


async def test_a_chat_that_never_was_has_no_messages(caller: Caller) -> None:
    assert (await caller.get("chats/999/messages"))["messages"] == []


async def test_commands_are_those_offered_to_the_person(caller: Caller) -> None:
    reload = {"command": "reload", "description": "read the files"}
    caller.bot("setMyCommands", commands=[reload], scope={"type": "chat", "chat_id": ADMIN_ID})
    offered = await caller.get("commands", person_id=ADMIN_ID, chat_id=ADMIN_ID)
    assert offered == {"commands": [reload]}
    assert await caller.get("commands", person_id=ADA_ID, chat_id=ADA_ID) == {"commands": []}


# People's acts


async def test_people_send_texts_places_and_contacts(caller: Caller) -> None:
    me = {"person_id": ADA_ID, "chat_id": ADA_ID}
    await caller.post("start", person_id=ADA_ID, payload="s2")
    said = await caller.post("send/text", **me, text="/who Sherman")
    await caller.post("send/text", **me, text="And?", reply_to=said["message"]["message_id"])
    await caller.post("send/location", **me, latitude=46.2, longitude=6.14)
    await caller.post("send/contact", **me, phone_number="+41 22 555 01 00")
    kept = caller.telegram.transcript(ADA_ID)
    assert [one.get("text") for one in kept[:3]] == ["/start s2", "/who Sherman", "And?"]
    assert kept[2]["reply_to_message"]["text"] == "/who Sherman"
    assert kept[3]["location"] == {"latitude": 46.2, "longitude": 6.14}
    assert kept[4]["contact"]["phone_number"] == "+41 22 555 01 00"


async def test_a_picture_goes_up_and_comes_down_byte_for_byte(caller: Caller) -> None:
    picture = png(30, 20)
    form = aiohttp.FormData({"person_id": str(ADA_ID), "chat_id": str(ADA_ID), "caption": "Look"})
    form.add_field("file", picture, filename="a.png", content_type="image/png")
    status, sent = await caller.ask("POST", "send/photo", data=form)
    size = sent["message"]["photo"][0]
    address = f"{caller.url}/control/files/{size['file_id']}"
    async with caller.session.get(address) as answer:
        got, headers = await answer.read(), answer.headers
    assert (status, sent["message"]["caption"], size["width"]) == (200, "Look", 30)
    assert (got, headers["Content-Type"]) == (picture, "image/png")


async def test_a_document_is_handed_over_to_be_saved_never_shown(caller: Caller) -> None:
    form = aiohttp.FormData({"person_id": str(ADA_ID), "chat_id": str(ADA_ID)})
    page = b"<script>alert(1)</script>"
    form.add_field("file", page, filename="a.html", content_type="text/html")
    _, sent = await caller.ask("POST", "send/document", data=form)
    address = f"{caller.url}/control/files/{sent['message']['document']['file_id']}"
    async with caller.session.get(address) as answer:
        headers = answer.headers
        assert await answer.read() == page
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == "attachment"
    assert headers["X-Content-Type-Options"] == "nosniff"


async def test_a_button_is_pressed_by_label_and_its_answer_read_back(caller: Caller) -> None:
    await caller.post("start", person_id=ADA_ID)
    row = [{"text": "Follow", "callback_data": "f"}]
    markup = {"inline_keyboard": [row]}
    sent = caller.bot("sendMessage", chat_id=ADA_ID, text="Hello", reply_markup=markup)
    where = {"person_id": ADA_ID, "chat_id": ADA_ID, "message_id": sent["message_id"]}
    pressed = await caller.post("press", **where, label="Follow")
    query = pressed["callback_query_id"]
    caller.bot("answerCallbackQuery", callback_query_id=query, text="Done")
    answer = await caller.get(f"callbacks/{query}")
    assert (answer["answered"], answer["text"]) == (True, "Done")
    status, sentence = await caller.refused("press", **where, label="Leave")
    assert (status, sentence.endswith("there are: Follow")) == (400, True)


async def test_an_inline_query_brings_results_of_which_one_is_sent(caller: Caller) -> None:
    asked = await caller.post("inline", person_id=ADA_ID, query="geneva")
    content = {"message_text": "Talks in Geneva"}
    result = {"type": "article", "id": "1", "title": "Geneva", "input_message_content": content}
    query = asked["inline_query_id"]
    caller.bot("answerInlineQuery", inline_query_id=query, results=[result])
    found = await caller.get(f"inline/{query}")
    choice = {"person_id": ADA_ID, "query_id": query, "result_id": "1", "chat_id": ADA_ID}
    sent = await caller.post("inline/choose", **choice)
    assert [one["title"] for one in found["results"]] == ["Geneva"]
    assert sent["message"]["text"] == "Talks in Geneva"


async def test_own_messages_are_edited_and_those_of_others_are_not(caller: Caller) -> None:
    said = await caller.post("send/text", person_id=ADA_ID, chat_id=ADA_ID, text="Helo")
    where = {"chat_id": ADA_ID, "message_id": said["message"]["message_id"], "text": "Hello"}
    await caller.post("edit", person_id=ADA_ID, **where)
    assert caller.texts(ADA_ID) == ["Hello"]
    status, _ = await caller.refused("edit", person_id=JONAS_ID, **where)
    assert status == 400


async def test_a_blocked_bot_cannot_be_written_to_until_it_is_unblocked(caller: Caller) -> None:
    await caller.post("start", person_id=ADA_ID)
    await caller.post("block", person_id=ADA_ID)
    hello = {"person_id": ADA_ID, "chat_id": ADA_ID, "text": "Hello"}
    assert (await caller.refused("send/text", **hello))[0] == 400
    await caller.post("unblock", person_id=ADA_ID)
    await caller.post("send/text", **hello)
    assert caller.texts(ADA_ID) == ["/start", "Hello"]


async def test_people_make_groups_govern_them_and_go(caller: Caller) -> None:
    made = await caller.post(
        "groups", person_id=ADA_ID, title="Desk", type="supergroup", is_forum=True, members=[1]
    )
    chat_id = made["chat"]["id"]
    group = f"groups/{chat_id}"
    await caller.post(f"{group}/join", person_id=JONAS_ID)
    await caller.post(f"{group}/make-admin", person_id=ADA_ID, user_id=JONAS_ID)
    topic = await caller.post(f"{group}/topics", person_id=JONAS_ID, name="Geneva")
    thread = topic["topic"]["message_thread_id"]
    await caller.post("send/text", person_id=ADA_ID, chat_id=chat_id, text="Here", thread=thread)
    await caller.post(f"{group}/topics/{thread}", person_id=ADA_ID, closed=True)
    await caller.post(f"{group}/title", person_id=ADA_ID, title="Night desk")
    await caller.post(f"{group}/leave", person_id=JONAS_ID)
    chat = caller.telegram.world.chats[chat_id]
    assert (chat.type, chat.title, chat.is_forum) == (ChatType.SUPERGROUP, "Night desk", True)
    assert chat.status(JONAS_ID) is Status.LEFT
    assert chat.topics[thread].closed


async def test_a_group_becomes_a_supergroup(caller: Caller) -> None:
    moved = await caller.post(f"groups/{GROUP_ID}/migrate", person_id=MIRA_ID)
    assert moved["chat"]["type"] == "supergroup"
    assert caller.telegram.world.chats[GROUP_ID].migrated_to == moved["chat"]["id"]


# Refusals


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    [
        ("send/text", {"chat_id": 1}, "person_id: Field required"),
        ("send/text", {"person_id": 1, "chat_id": 1, "text": "", "txt": 1}, "txt: Extra inputs"),
        ("send/text", {"person_id": ADA_ID, "chat_id": -9, "text": "x"}, "there is no chat -9"),
        ("press", {"person_id": ADA_ID, "chat_id": ADA_ID, "message_id": 1}, "name the button"),
        ("clock", {"rate": -1}, "rate: Input should be greater than or equal to 0"),
        ("clock", {"now": "2022-01-08T08:00:00"}, "now: Input should have timezone"),
        ("clock", {"jump": 1e18}, "the clock does not go that far"),
        ("clock", {"jump": -1e10}, "the clock goes from 1971"),
        ("groups/x/join", {"person_id": 1}, "chat_id is no whole number: x"),
    ],
)
async def test_a_refusal_is_a_sentence(
    caller: Caller, path: str, body: dict[str, object], sentence: str
) -> None:
    status, error = await caller.refused(path, **body)
    assert status == 400
    assert error.startswith(sentence), error


async def test_what_is_no_json_is_refused(caller: Caller) -> None:
    status, answer = await caller.ask("POST", "send/text", data=b"{")
    assert (status, "Invalid JSON" in answer["error"]) == (400, True)


# Clock, replay, faults, limits


async def test_the_clock_is_set_jumps_and_runs_faster(caller: Caller) -> None:
    await caller.post("clock", now="2022-01-12T09:00:00+01:00")
    times = await caller.post("clock", jump=3600, rate=60)
    assert times["clock"] == {"now": "2022-01-12T09:00:00+00:00", "rate": 60.0, "zone": "UTC"}
    assert await caller.get("clock") == times


async def test_the_replay_moves_once_at_a_time(caller: Caller, replay: SlowReplay) -> None:
    first = asyncio.ensure_future(caller.post("replay/next-morning"))
    await replay.begun.wait()
    assert await caller.refused("replay/restart") == (409, "the replay is moving already")
    replay.go.set()
    assert (await first)["replay"]["today"] == "2022-01-09"
    await caller.post("replay/restart")
    await caller.post("replay/next-news")
    assert replay.asked == ["next", "restart", "news"]


async def test_without_a_story_there_is_nothing_to_replay(caller: Caller) -> None:
    caller.control.replay = None
    assert (await caller.get("state"))["replay"] is None
    assert (await caller.refused("replay/restart"))[0] == 404


async def test_faults_are_planned_read_and_cleared(caller: Caller) -> None:
    rule = {"fault": "flood", "method": "sendMessage", "seconds": 30, "times": 1}
    status, _ = await caller.ask("PUT", "faults", json={"rules": [rule], "seed": 7})
    assert (status, caller.telegram.faults.rules) == (
        200,
        [Rule(fault=Fault.FLOOD, method="sendMessage", seconds=30, times=1)],
    )
    assert (await caller.get("faults"))["seed"] == 7
    await caller.ask("DELETE", "faults")
    assert (await caller.get("faults"))["rules"] == []


async def test_a_fault_with_an_unknown_condition_is_refused(caller: Caller) -> None:
    rules = {"rules": [{"fault": "flood", "methd": "sendMessage"}]}
    status, answer = await caller.ask("PUT", "faults", json=rules)
    assert (status, "a rule has no methd" in answer["error"]) == (400, True)


async def test_limits_change_one_at_a_time(caller: Caller) -> None:
    await caller.ask("PATCH", "limits", json={"enabled": True, "scale": 10})
    assert caller.telegram.limits == Limits(enabled=True, scale=10)
