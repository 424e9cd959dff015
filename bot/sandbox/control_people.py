"""The control API's acts of people: writing, pressing, asking inline, blocking, and groups."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field

from bot.sandbox.control_requests import (
    Body,
    BodyT,
    Handler,
    RefusedError,
    done,
    number,
    read_body,
    read_form,
    reading,
    refusing,
)
from bot.sandbox.feed import Happened
from bot.sandbox.json_values import JsonObject
from bot.sandbox.objects import chat_object, topic_object, user_object
from bot.sandbox.people import People
from bot.sandbox.telegram import Telegram
from bot.sandbox.world import Chat, ChatType, Message


class _Act(Body):
    person_id: int
    bot_id: int | None = None


class _Said(_Act):
    chat_id: int
    reply_to: int | None = None


class _Text(_Said):
    text: str
    thread: int | None = None


class _File(_Said):
    caption: str = ""
    thread: int | None = None


class _Location(_Said):
    thread: int | None = None
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class _Contact(_Said):
    thread: int | None = None
    phone_number: str


class _Start(_Act):
    payload: str = ""


class _Edit(_Act):
    chat_id: int
    message_id: int
    text: str


class _Press(_Act):
    chat_id: int
    message_id: int
    data: str | None = None
    label: str | None = None


class _React(_Act):
    chat_id: int
    message_id: int
    emoji: str = ""


class _Inline(_Act):
    chat_id: int | None = None
    query: str = ""
    offset: str = ""


class _Choose(Body):
    person_id: int
    query_id: str
    result_id: str
    chat_id: int
    thread: int | None = None


class _Person(Body):
    first_name: Annotated[str, Field(min_length=1)]
    last_name: str | None = None
    username: str | None = None
    person_id: int | None = None
    language_code: str | None = "en"


class _Language(Body):
    person_id: int
    language_code: str | None = None


class _Group(Body):
    person_id: int
    title: Annotated[str, Field(min_length=1)]
    type: Literal[ChatType.GROUP, ChatType.SUPERGROUP, ChatType.CHANNEL] = ChatType.GROUP
    members: tuple[int, ...] = ()
    username: str | None = None
    is_forum: bool = False


class _InGroup(Body):
    person_id: int


class _Member(_InGroup):
    user_id: int


class _Title(_InGroup):
    title: Annotated[str, Field(min_length=1)]


class _Anonymous(_InGroup):
    anonymous: bool = True


class _Topic(_InGroup):
    name: Annotated[str, Field(min_length=1)]


class _TopicClosed(_InGroup):
    closed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleControl:
    """What people do, as requests."""

    telegram: Telegram

    def routes(self) -> list[web.RouteDef]:
        """List the routes of people's acts."""
        simple: list[tuple[str, type[Body], Callable[..., JsonObject | None]]] = [
            ("people", _Person, self._add),
            ("people/language", _Language, self._language),
            ("start", _Start, self._start),
            ("send/text", _Text, self._text),
            ("send/location", _Location, self._location),
            ("send/contact", _Contact, self._contact),
            ("edit", _Edit, self._edit),
            ("press", _Press, self._press),
            ("react", _React, self._react),
            ("inline", _Inline, self._inline),
            ("inline/choose", _Choose, self._choose),
            ("block", _Act, lambda act: self._people.block(act.person_id, act.bot_id)),
            ("unblock", _Act, lambda act: self._people.unblock(act.person_id, act.bot_id)),
            ("groups", _Group, self._create),
        ]
        routes = [web.post(f"/control/{path}", reading(body, act)) for path, body, act in simple]
        routes.append(web.post("/control/send/{kind:photo|document}", refusing(self._file)))
        return routes + self._group_routes()

    def _group_routes(self) -> list[web.RouteDef]:
        groups = self.telegram.groups
        plain: list[tuple[str, type[Body], Callable[..., JsonObject | None]]] = [
            ("join", _InGroup, lambda chat, by: groups.join(by.person_id, chat)),
            ("leave", _InGroup, lambda chat, by: groups.leave(by.person_id, chat)),
            ("migrate", _InGroup, lambda chat, by: self._chat(groups.migrate(by.person_id, chat))),
            ("add", _Member, _on_member(groups.add_member)),
            ("remove", _Member, _on_member(groups.remove_member)),
            ("restrict", _Member, _on_member(groups.restrict)),
            ("make-admin", _Member, _on_member(groups.make_admin)),
            ("unmake-admin", _Member, _on_member(groups.unmake_admin)),
            ("anonymous", _Anonymous, self._anonymous),
            ("title", _Title, self._title),
            ("topics", _Topic, self._topic),
        ]
        routes = [
            web.post(f"/control/groups/{{chat_id}}/{path}", _in_group(body, act))
            for path, body, act in plain
        ]
        closing = "/control/groups/{chat_id}/topics/{topic_id}"
        return [*routes, web.post(closing, refusing(self._close_topic))]

    @property
    def _people(self) -> People:
        return self.telegram.people

    def _message(self, chat_id: int, bot_id: int | None, message: Message) -> JsonObject:
        chat = self.telegram.find_chat(chat_id, bot_id)
        if chat is None:
            raise RefusedError(f"there is no chat {chat_id}", 404)
        return {"message": self.telegram.state.shown(chat, message)}

    def _chat(self, chat: Chat) -> JsonObject:
        return {"chat": chat_object(self.telegram.world, chat)}

    def _add(self, body: _Person) -> JsonObject:
        person = user_object(self._people.add(**body.model_dump()))
        self.telegram.state.happened(Happened.PROFILE, person)  # other pages list them too
        return {"person": person}

    def _language(self, body: _Language) -> JsonObject:
        return {"person": user_object(self._people.set_language(**body.model_dump()))}

    def _start(self, body: _Start) -> JsonObject:
        message = self._people.start(body.person_id, body.payload, body.bot_id)
        return self._message(body.person_id, body.bot_id, message)

    def _text(self, body: _Text) -> JsonObject:
        message = self._people.send_text(**body.model_dump())
        return self._message(body.chat_id, body.bot_id, message)

    def _location(self, body: _Location) -> JsonObject:
        message = self._people.send_location(**body.model_dump())
        return self._message(body.chat_id, body.bot_id, message)

    def _contact(self, body: _Contact) -> JsonObject:
        message = self._people.send_contact(**body.model_dump())
        return self._message(body.chat_id, body.bot_id, message)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        body, upload = await read_form(request, _File)
        picture = request.match_info["kind"] == "photo"
        send = self._people.send_photo if picture else self._people.send_document
        message = send(upload=upload, **body.model_dump())
        return web.json_response(self._message(body.chat_id, body.bot_id, message))

    def _edit(self, body: _Edit) -> JsonObject:
        message = self._people.edit_text(**body.model_dump())
        return self._message(body.chat_id, body.bot_id, message)

    def _press(self, body: _Press) -> JsonObject:
        if body.data is None and body.label is None:
            raise RefusedError("name the button by its data or its label")
        return {"callback_query_id": self._people.press(**body.model_dump()).id}

    def _react(self, body: _React) -> None:
        self._people.react(**body.model_dump())

    def _inline(self, body: _Inline) -> JsonObject:
        asked = body.model_dump(exclude={"chat_id"})
        if body.chat_id is not None:
            chat = self._people.chat(body.person_id, body.chat_id, body.bot_id)
            # [docs] InlineQuery.chat_type: "sender" for the private chat with the bot itself
            asked["chat_type"] = "sender" if chat.bot_id is not None else chat.type.value
        return {"inline_query_id": self._people.ask_inline(**asked).id}

    def _choose(self, body: _Choose) -> JsonObject:
        message = self._people.choose_inline(**body.model_dump())
        bot_id = self.telegram.inline_query(body.query_id).bot_id
        return self._message(body.chat_id, bot_id, message)

    def _create(self, body: _Group) -> JsonObject:
        return self._chat(self.telegram.groups.create(**body.model_dump()))

    def _title(self, chat_id: int, body: _Title) -> JsonObject:
        message = self.telegram.groups.set_title(body.person_id, chat_id, body.title)
        return self._message(chat_id, None, message)

    def _anonymous(self, chat_id: int, body: _Anonymous) -> None:
        self.telegram.groups.set_anonymous(body.person_id, chat_id, anonymous=body.anonymous)

    def _topic(self, chat_id: int, body: _Topic) -> JsonObject:
        topic = self.telegram.groups.open_topic(body.person_id, chat_id, body.name)
        return {"topic": topic_object(topic)}

    async def _close_topic(self, request: web.Request) -> web.StreamResponse:
        body = await read_body(request, _TopicClosed)
        self.telegram.groups.set_topic_closed(
            body.person_id,
            number(request, "chat_id"),
            number(request, "topic_id"),
            closed=body.closed,
        )
        return done()


def _in_group(model: type[BodyT], act: Callable[[int, BodyT], JsonObject | None]) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        body = await read_body(request, model)
        return done(act(number(request, "chat_id"), body))

    return refusing(answer)


def _on_member(act: Callable[[int, int, int], None]) -> Callable[[int, _Member], None]:
    return lambda chat_id, body: act(body.person_id, chat_id, body.user_id)
