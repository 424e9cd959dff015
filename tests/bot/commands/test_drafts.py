from dataclasses import dataclass, field
from datetime import date

import pytest
from telegram import Update

from bot.commands.command import Context
from bot.commands.drafts import Drafts
from bot.messages.drafts import Drafted, drafted, file_name, refused
from bot.messages.message import Message
from bot.messages.text import units
from bot.sandbox.json_values import JsonObject
from bot.sandbox.params import Upload
from bot.sandbox.world import ChatType
from store.ingest.draft_values import DraftSummary
from store.ingest.fetch import Fetched, FetchError
from tests.bot.conversation import ADMIN, NOW, READER, Conversation

ARTICLE = """Mayors agree on the harbour bridge

LINDHAVEN, 12 January 2022 - Mayor Anna Berg said on Tuesday that the bridge would open in June.

"We have waited for ten years," Berg told reporters on Tuesday. "Now it is built."

The works cost 40 million euros, according to the harbour office.
"""
PAGE = b"""<html><head><title>Mayors agree on the harbour bridge</title>
<meta property="article:published_time" content="2022-01-12T09:00:00Z"></head><body><article>
<p>Mayor Anna Berg said on Tuesday that the bridge across the harbour would open in June 2022.</p>
<p>"We have waited for ten years," Berg told reporters on Tuesday. "Now it is built."</p>
<p>The works cost 40 million euros, according to the harbour office of the town.</p>
</article></body></html>"""
NOVEL = "\n\n".join(f"On day {n} the bridge opened." for n in range(6000)).encode()
FEED = b"""<rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>https://news.example/1</link></item>
<item><title>Two</title><link>https://news.example/2</link></item>
<item><title>Three</title><link>https://news.example/3</link></item></channel></rss>"""


async def send(
    talk: Conversation, name: str, data: bytes, *, person: int = ADMIN, caption: str = ""
) -> JsonObject:
    """Send a file and return the one message that answers it."""
    upload = Upload(name=name, data=data)
    sent = talk.telegram.people.send_document(person, person, upload, caption=caption)
    await talk.answered()
    (message,) = [m for m in talk.messages(person) if m["message_id"] > sent.id]
    return message


def content(talk: Conversation, message: JsonObject) -> str:
    file = talk.telegram.file(message["document"]["file_id"])
    assert file is not None
    return file.data.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [("bridge.txt", ARTICLE.encode()), ("bridge.md", ARTICLE.encode()), ("bridge.html", PAGE)],
)
async def test_an_article_that_an_admin_sends_is_drafted(
    talk: Conversation, name: str, data: bytes
) -> None:
    sent = await send(talk, name, data)
    assert sent["document"]["file_name"] == "2022-01-12-mayors-agree-on-the-harbour-bridge.md"
    assert "1 person, " in sent["caption"]
    assert "review" in sent["caption"]
    assert content(talk, sent).startswith("---\ntitle: Mayors agree on the harbour bridge\n")
    assert "name: Anna Berg" in content(talk, sent)


async def test_sent_again_it_is_only_answered_again(talk: Conversation) -> None:
    first = await send(talk, "bridge.txt", ARTICLE.encode())
    again = await send(talk, "bridge.txt", ARTICLE.encode())
    assert content(talk, again) == content(talk, first)
    assert again["caption"] == first["caption"]


async def test_a_reader_gets_the_usual_answer(talk: Conversation) -> None:
    answered = await send(talk, "bridge.txt", ARTICLE.encode(), person=READER)
    assert answered["text"] == "I can read words only. Ask for a name, a place or a date."
    link = await talk.ask("https://news.example/bridge")
    assert "No draft" not in link["text"]


async def test_in_a_group_nothing_is_drafted(talk: Conversation) -> None:
    group = talk.telegram.groups.create(ADMIN, "Desk", type=ChatType.SUPERGROUP, members=(1,))
    talk.telegram.groups.make_admin(ADMIN, group.id, 1)  # it is shown everything
    upload = Upload(name="bridge.txt", data=ARTICLE.encode())
    talk.telegram.people.send_document(ADMIN, group.id, upload)
    await talk.answered()
    assert [m for m in talk.messages(group.id) if "document" in m] == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("scan.pdf", b"%PDF-1.7 \x00\x01", "scan.pdf: "),
        ("big.txt", b"a" * 5_000_001, "big.txt: is larger than 5 MB"),
        ("novel.txt", NOVEL, "novel.txt: has more than 150,000 characters"),
        ("news.xml", FEED, "news.xml: holds several articles"),
        ("../../etc/passwd", b"%PDF-1.7 \x00\x01", ".. .. etc passwd: "),
        ("done.md", b"---\ntitle: A\nsource: B\npublished: 2022-01-12\n---\nText.\n", "already"),
    ],
)
async def test_what_cannot_be_drafted_is_refused_by_name_reason_and_remedy(
    talk: Conversation, name: str, data: bytes, reason: str
) -> None:
    answered = await send(talk, name, data)
    assert answered["text"].startswith("No draft was made\n")
    assert reason in answered["text"]
    assert len(answered["text"].splitlines()) > 2


async def test_a_day_that_is_not_known_is_asked_for_and_not_guessed(talk: Conversation) -> None:
    undated = b"Notes on a bridge\n\nThe harbour office keeps its plans in a wooden box.\n"
    asked = await send(talk, "notes.txt", undated)
    assert "Send it again with the day, such as 2022-01-10" in asked["text"]
    wrong = await send(talk, "notes.txt", undated, caption="some day")
    assert wrong["text"].startswith("“some day” is no day.")
    given = await send(talk, "notes.txt", undated, caption="2022-01-10")
    assert given["document"]["file_name"] == "2022-01-10-notes-on-a-bridge.md"


async def test_a_link_into_a_private_network_is_refused(talk: Conversation) -> None:
    (answered,) = await talk.say("http://127.0.0.1/secret?key=hidden", person=ADMIN)
    assert answered["text"].startswith("No draft was made\n\nhttp://127.0.0.1/secret")
    assert "hidden" not in answered["text"]


async def test_a_link_among_words_is_a_question(talk: Conversation) -> None:
    (answered,) = await talk.say("who wrote http://127.0.0.1/a", person=ADMIN)
    assert "No draft" not in answered["text"]


@dataclass(slots=True)
class Web:
    """Pages by address; counts what was got."""

    pages: dict[str, Fetched]
    got: list[str] = field(default_factory=list)

    async def get(self, url: str, *, conditions: object = None) -> Fetched:
        del conditions
        self.got.append(url)
        if url not in self.pages:
            raise FetchError(url, "is not there", "check the address")
        return self.pages[url]


async def _usual(update: Update, context: Context) -> None:
    raise AssertionError((update, context))


def drafts(talk: Conversation, web: Web) -> Drafts:
    return Drafts(
        knowledge=talk.knowledge,
        admins=frozenset({ADMIN}),
        fetch=web,
        clock=lambda: NOW,
        otherwise_file=_usual,
        otherwise_words=_usual,
    )


def page(url: str, body: bytes, kind: str = "text/html") -> Fetched:
    return Fetched(url=url, status=200, content_type=kind, body=body)


async def test_the_page_behind_a_link_is_drafted(talk: Conversation) -> None:
    url = "https://news.example/bridge"
    found = await drafts(talk, Web({url: page(url, PAGE)})).articles.of_address(url)
    assert isinstance(found, Drafted)
    assert found.file_name == "2022-01-12-mayors-agree-on-the-harbour-bridge.md"
    assert f"document: {url}\n" in found.content.decode()


async def test_of_a_feed_no_more_is_fetched_than_tells_that_it_is_one(talk: Conversation) -> None:
    url = "https://news.example/feed"
    web = Web({url: page(url, FEED, "application/rss+xml")})
    found = await drafts(talk, web).articles.of_address(url)
    assert isinstance(found, Message)
    assert "holds several articles" in found.text
    assert len(web.got) <= 3


def test_a_draft_s_words_fit_below_a_file_whatever_its_title() -> None:
    said = drafted(DraftSummary(title="🙂" * 2000, outlet="", document="", published=None, body=""))
    assert units(said.text) <= 1024
    assert units(refused("a" * 5000, "b" * 5000, "c" * 5000).text) <= 4096


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Talks: a/b \\ c", "2022-01-12-talks-a-b-c.md"),
        ("…", "2022-01-12-draft.md"),
        ("../../x", "2022-01-12-x.md"),
    ],
)
def test_a_draft_s_file_name_is_of_words(title: str, expected: str) -> None:
    assert file_name(title, date(2022, 1, 12)) == expected
