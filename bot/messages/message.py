"""A message as the bot means it: text, and buttons below; and the links that citations are."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.locales import _
from bot.messages.callbacks import Callback
from bot.messages.dates import day
from bot.messages.text import LONGEST_MESSAGE, Span, Text, clip, join, link
from store.knowledge.sources import Citation

MOST_CITATIONS = 4  # behind one line; an entry can have hundreds of sources
_MOST_LISTED = 8  # below one message
_LONGEST_OUTLET = 80  # units
_NO_PREVIEW = json.dumps({"is_disabled": True})


@dataclass(frozen=True, slots=True)
class Button:
    """A button that asks the bot for another page."""

    label: str
    press: Callback


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One message: what it says and what can be pressed below it."""

    body: Text
    keyboard: Keyboard = ()
    about: str | None = None  # the key of what it is the page of, which can be followed
    # What `parameters` and `variant` gave: a page that many ask for is made and encoded once.
    _encoded: list[Mapping[str, str]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )
    _variants: dict[object, "Message"] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if self.body.units > LONGEST_MESSAGE:
            raise ValueError(f"a message of {self.body.units} units is longer than Telegram takes")

    @property
    def text(self) -> str:
        """The words."""
        return self.body.plain

    @property
    def entities(self) -> tuple[MessageEntity, ...]:
        """The styles and links of the words."""
        return self.body.entities()

    @property
    def markup(self) -> InlineKeyboardMarkup | None:
        """The buttons as Telegram wants them."""
        rows = [
            [InlineKeyboardButton(b.label, callback_data=b.press.pack()) for b in row]
            for row in self.keyboard
            if row
        ]
        return InlineKeyboardMarkup(rows) if rows else None

    @property
    def parameters(self) -> Mapping[str, str]:
        """What Telegram is asked for, encoded, but for where it is to go."""
        if not self._encoded:
            self._encoded.append(MappingProxyType(self._encode()))
        return self._encoded[0]

    def variant(self, name: object, make: Callable[["Message"], "Message"]) -> "Message":
        """Return what `make` makes of this one, which is made once by each of a few names."""
        if name not in self._variants:
            self._variants[name] = make(self)
        return self._variants[name]

    def _encode(self) -> dict[str, str]:
        asked = {"text": self.text, "link_preview_options": _NO_PREVIEW}
        if entities := [_entity(*place) for place in self.body.places()]:
            asked["entities"] = json.dumps(entities)
        if rows := [[_button(one) for one in row] for row in self.keyboard if row]:
            asked["reply_markup"] = json.dumps({"inline_keyboard": rows})
        return asked


def _entity(span: Span, offset: int, length: int) -> dict[str, str | int]:
    where: dict[str, str | int] = {"type": span.style, "offset": offset, "length": length}
    return where if span.url is None else {**where, "url": span.url}


def _button(button: Button) -> dict[str, str]:
    return {"text": button.label, "callback_data": button.press.pack()}


@dataclass(frozen=True, slots=True)
class Links:
    """Links that open something in the bot's own chat."""

    bot_name: str

    def opening(self, payload: str) -> str:
        """Return the link that opens in the bot's own chat what `payload` stands for."""
        return f"https://t.me/{self.bot_name}?start={payload}"

    def source(self, key: str) -> str:
        """Return the link that opens a source."""
        return self.opening(f"s{key}")

    def person(self, key: str) -> str:
        """Return the link that opens a person's profile."""
        return self.opening(f"p{key}")

    def subject(self, key: str) -> str:
        """Return the link that opens the page of a subject that is no person."""
        return self.opening(f"u{key}")

    def invitation(self, secret: str) -> str:
        """Return the link that lets somebody in."""
        return self.opening(f"i{secret}")

    @staticmethod
    def is_of_name(url: str) -> bool:
        """Tell whether a link of ours opens the page of a person or another subject."""
        return "?start=p" in url or "?start=u" in url

    def cite(self, sources: Sequence[Citation], *, told: int = 0) -> Text:
        """Return ` [2][4]`, each opening its source; of many only the first few.

        `told` is by how many sources, where `sources` are not all of them.
        """
        if not sources:
            return Text()
        shown = join("", [self._number(source) for source in sources[:MOST_CITATIONS]])
        rest = max(told, len(sources)) - MOST_CITATIONS
        return " " + shown + (f" +{rest}" if rest > 0 else "")

    def listed(self, sources: Iterable[Citation], *, more: bool = False) -> Text:
        """Return `[2] The Kootneeti, 11 Jan 2022 · [4] …`, each once, by number.

        `more`: there are others than `sources`, which nobody has counted.
        """
        known = sorted({source.key: source for source in sources}.values())
        shown = join(
            " · ",
            [
                self._number(source)
                + f" {clip(source.outlet, _LONGEST_OUTLET)}, {day(source.published)}"
                for source in known[:_MOST_LISTED]
            ],
        )
        if more:
            return shown + " · " + _("and more")
        rest = len(known) - _MOST_LISTED
        return shown + " · " + _("and {n} more").format(n=rest) if rest > 0 else shown

    def _number(self, source: Citation) -> Text:
        return link(f"[{source.n}]", self.source(source.key))
