from collections.abc import Callable

import pytest

from bot.sandbox.errors import SandboxError
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import User
from tests.bot.sandbox.calling import DOCUMENT, PHOTO, Calling


def test_somebody_is_added_with_an_id_of_their_own(telegram: Telegram) -> None:
    first, second = telegram.people.add("Ann"), telegram.people.add("Bob")
    chosen = telegram.people.add("Eve", person_id=7, language_code="uk")

    assert (first.id, second.id, chosen.id) == (1001, 1002, 7)
    with pytest.raises(SandboxError, match="the id 7 is taken"):
        telegram.people.add("Eve", person_id=7)
    with pytest.raises(SandboxError, match="nobody here has the id 99"):
        telegram.people.start(99)


def test_whatever_people_send_reaches_the_bot(telegram: Telegram, ann: User, call: Calling) -> None:
    call.updates()
    people = telegram.people

    people.send_text(ann.id, ann.id, "Hello @attache_sandbox_bot")
    people.send_photo(ann.id, ann.id, PHOTO, caption="#map")
    people.send_document(ann.id, ann.id, DOCUMENT, reply_to=1)
    people.send_location(ann.id, ann.id, 46.2, 6.1)
    people.send_contact(ann.id, ann.id, "+41000000")

    text, photo, document, location, contact = (one["message"] for one in call.updates())
    assert text["entities"] == [{"type": "mention", "offset": 6, "length": 20}]
    assert photo["caption_entities"] == [{"type": "hashtag", "offset": 0, "length": 4}]
    assert document["document"]["file_name"] == "sources.txt"
    assert document["reply_to_message"]["text"] == "/start"
    assert location["location"] == {"latitude": 46.2, "longitude": 6.1}
    assert contact["contact"]["user_id"] == ann.id


def test_a_language_that_is_changed_comes_with_the_next_message(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    call.updates()

    telegram.people.set_language(ann.id, "de")
    telegram.people.send_text(ann.id, ann.id, "Hallo")
    telegram.people.set_language(ann.id, None)
    telegram.people.send_text(ann.id, ann.id, "Hello")

    codes = [update["message"]["from"].get("language_code") for update in call.updates()]
    assert codes == ["de", None]
    with pytest.raises(SandboxError, match="is no language code"):
        telegram.people.set_language(ann.id, "de_DE!")


def test_an_edited_message_is_told(telegram: Telegram, ann: User, call: Calling) -> None:
    message = telegram.people.send_text(ann.id, ann.id, "/who Shermann")
    call.updates()

    telegram.people.edit_text(ann.id, ann.id, message.id, "/who Sherman")

    edited = call.updates()[0]["edited_message"]
    assert (edited["message_id"], edited["text"]) == (message.id, "/who Sherman")
    assert edited["edit_date"] == telegram.state.date


def test_a_reaction_is_told_to_a_bot_that_asks(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    call.updates(allowed_updates=["message_reaction"])

    telegram.people.react(ann.id, ann.id, 1, "👍")

    told = call.updates()[0]["message_reaction"]
    assert told["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert telegram.transcript(ann.id)[0]["reactions"] == {str(ann.id): told["new_reaction"]}


def test_what_a_messenger_would_not_offer_is_refused(
    telegram: Telegram, ann: User, call: Calling
) -> None:
    people = telegram.people
    foreign = call("sendMessage", chat_id=ann.id, text="x")["message_id"]
    blocked, deleted = people.add("Bob").id, people.add("Eve").id
    people.block(blocked)
    people.deactivate(deleted)

    impossible: list[Callable[[], object]] = [
        lambda: people.send_text(ann.id, ann.id, " \n"),
        lambda: people.send_text(ann.id, ann.id, "x" * 4097),
        lambda: people.send_photo(ann.id, ann.id, PHOTO, caption="x" * 1025),
        lambda: people.send_text(ann.id, ann.id, "x", reply_to=99),
        lambda: people.send_text(ann.id, -5, "x"),
        lambda: people.send_text(ann.id, ann.id, "x", bot_id=9),
        lambda: people.edit_text(ann.id, ann.id, foreign, "x"),
        lambda: people.edit_text(ann.id, ann.id, 99, "x"),
        lambda: people.edit_text(ann.id, ann.id, 1, " "),
        lambda: people.send_text(blocked, blocked, "x"),
        lambda: people.send_text(deleted, deleted, "x"),
        lambda: people.press(ann.id, ann.id, foreign, label="x"),
        lambda: people.choose_inline(ann.id, "9", "1", ann.id),
    ]
    for act in impossible:
        with pytest.raises(SandboxError):
            act()


def test_each_bot_has_private_chats_of_its_own(telegram: Telegram, ann: User) -> None:
    other = telegram.add_bot("2:other", "other_bot", "Other").user.id

    telegram.people.send_text(ann.id, ann.id, "to the other", bot_id=other)

    assert [one["text"] for one in telegram.transcript(ann.id)] == ["/start"]
    assert [one["text"] for one in telegram.transcript(ann.id, bot_id=other)] == ["to the other"]
    assert Calling(telegram, "2:other").updates()[0]["message"]["message_id"] == 1


def test_a_bot_without_inline_mode_is_not_asked(telegram: Telegram, ann: User) -> None:
    telegram.world.bots[1].inline = False

    with pytest.raises(SandboxError, match="answers no inline queries"):
        telegram.people.ask_inline(ann.id, "x")


def test_a_chat_that_never_began_is_empty(telegram: Telegram) -> None:
    assert telegram.transcript(77) == []
    assert telegram.find_chat(77) is None
