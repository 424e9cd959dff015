"""What the bot says of what a chat follows and mutes, the buttons that set it, and alerts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.locales import _, ngettext
from bot.messages.callbacks import MOST_CHOICES, Choose, Follow, Following, LetGo
from bot.messages.events import LONGEST_NAME, event_line, fitting, legend, quote_lines
from bot.messages.message import Button, Keyboard, Links, Message
from bot.messages.paging import standing, turning
from bot.messages.text import Text, blocks, bold, clip, italic, lines, link
from store.knowledge.about import PERSON, Concerns, Thing
from store.knowledge.news import News
from store.ledger.values import Interest, Stance

PAGE = 10  # of the list
MOST_ALERTED = 10  # items that one alert tells of
_LONGEST_LABEL = 30


def follow_buttons(key: str, stance: Stance | None, name: str | None = None) -> Keyboard:
    """Return the row that says and sets what a chat thinks of a thing.

    On the page of the thing itself it needs no name.
    """
    followed, muted = stance is Stance.FOLLOW, stance is Stance.MUTE
    named = name is not None
    return (
        (
            Button(
                _following(name) if followed else _follow(name),
                Follow(key, None if followed else Stance.FOLLOW, named),
            ),
            Button(
                _muted() if muted else _mute(),
                Follow(key, None if muted else Stance.MUTE, named),
            ),
        ),
    )


def _follow(name: str | None) -> str:
    return _("Follow {name}").format(name=clip(name, _LONGEST_LABEL)) if name else _("Follow")


def _following(name: str | None) -> str:
    return f"✓ {clip(name, _LONGEST_LABEL)}" if name else "✓ " + _("Following")


def _mute() -> str:
    return _("Mute")


def _muted() -> str:
    return "✓ " + _("Muted")


def choosing(keys: Sequence[str]) -> Keyboard:
    """Return the button that offers to follow or mute things; none for nothing."""
    return ((Button(_("Follow or mute…"), Choose(tuple(keys))),),) if keys else ()


def often_in(concerns: Concerns, items: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of the persons and other things that most items are about: a few."""
    counted = Counter(key for item in items for key in sorted(concerns.of(item)))
    often = sorted(counted, key=lambda key: (-counted[key], key))
    persons = [key for key in often if key in concerns.persons]
    others = [key for key in often if key not in concerns.persons]
    half = MOST_CHOICES // 2
    return (*persons[:half], *others[:half], *persons[half:], *others[half:])[:MOST_CHOICES]


def choices(things: Sequence[Thing], stances: Mapping[str, Stance]) -> Message:
    """Offer to follow or mute each of some things."""
    if not things:
        return gone()
    return Message(
        blocks(
            _("What shall lead your digest, and what shall be left out of it?"),
            _("/following lists all that you follow and mute."),
        ),
        tuple(
            row
            for thing in things
            for row in follow_buttons(thing.key, stances.get(thing.key), thing.name)
        ),
    )


def following(
    interests: Sequence[Interest],
    known: Mapping[str, Thing],
    *,
    offset: int,
    alerts: bool,
    links: Links,
) -> Message:
    """List what a chat follows and mutes, each with a button that undoes it.

    `known` are the things that the story still has, by the key in the list.
    """
    if not interests:
        return Message(
            blocks(
                bold(_("Following")),
                _(
                    "You follow and mute nothing. The page of a person, a place or a topic has "
                    "buttons for it: /who NAME."
                ),
            )
        )
    offset = min(offset, (len(interests) - 1) // PAGE * PAGE)
    shown = interests[offset : offset + PAGE]
    titles = {Stance.FOLLOW: _("You follow"), Stance.MUTE: _("You mute")}
    sections = [
        lines(
            bold(title), *(_line(i, known.get(i.key), links) for i in shown if i.stance is stance)
        )
        for stance, title in titles.items()
        if any(i.stance is stance for i in shown)
    ]
    how = (
        _("What you follow leads the digest, and new things about it are told at once.")
        if alerts
        else _("What you follow leads the digest. /settings: told at once, too.")
    )
    return Message(
        blocks(*sections, standing(offset, len(shown), len(interests)), how),
        (
            *((Button(_undo(i), LetGo(i.key, offset)),) for i in shown),
            turning(offset, PAGE, len(interests), press=Following),
        ),
    )


def _line(interest: Interest, thing: Thing | None, links: Links) -> Text:
    if thing is None:
        name = clip(interest.name, LONGEST_NAME)
        return Text() + name + " · " + italic(_("no longer in the story"))
    name = clip(thing.name, LONGEST_NAME)
    return link(name, links.person(thing.key)) if thing.kind == PERSON else Text() + name


def _undo(interest: Interest) -> str:
    name = clip(interest.name, _LONGEST_LABEL)
    if interest.stance is Stance.FOLLOW:
        return _("Unfollow {name}").format(name=name)
    return _("Unmute {name}").format(name=name)


def gone() -> Message:
    """Say that a thing is no longer part of the story."""
    return Message(Text() + _("That is no longer part of the story."))


def too_many(most: int) -> Message:
    """Say that a chat can follow and mute no more."""
    return Message(Text() + _("That is more than {n}. /following lets some go.").format(n=most))


def chat_admins_only() -> Message:
    """Say that in a group its admins decide on what is followed."""
    return Message(Text() + _("In a group, its admins decide on what is followed."))


def alert(
    shown: News, *, rest: int, about: Sequence[str], as_of: date | None, links: Links
) -> Message:
    """Tell at once of what is `shown`; `rest` is how much more is new, `about` whom to choose."""
    total = len(shown.events) + len(shown.quotes) + rest
    head = bold(_("You follow")) + " · " + ngettext("{n} new", "{n} new", total).format(n=total)
    body = fitting(
        lambda most: blocks(
            head,
            *(event_line(event, as_of=as_of, links=links, most=most) for event in shown.events),
            *(quote_lines(quote, links=links, speaker=True, most=most) for quote in shown.quotes),
            legend(shown.events),
            _("and {n} more: /catchup").format(n=rest) if rest else "",
        )
    )
    return Message(body, choosing(about))


def alerted(new: News) -> News:
    """Return what an alert shows of what is new: the newest, most of it events."""
    quotes = new.quotes[-max(MOST_ALERTED - len(new.events), MOST_ALERTED // 3) :]
    return News(sources=(), events=new.events[-(MOST_ALERTED - len(quotes)) :], quotes=quotes)
