"""The settings as pages of one message: the first says all of them, each other sets one thing.

What is said when something was set otherwise, or cannot be: settings.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.locales import Language, _, ngettext
from bot.messages import dates
from bot.messages.callbacks import LANGUAGES, USEFUL_HOURS, Option, Setting, SettingsPage
from bot.messages.message import Button, Keyboard, Message
from bot.messages.preferences import (
    alert_buttons,
    alert_line,
    choice,
    length_buttons,
    length_line,
    quiet_buttons,
    quiet_line,
)
from bot.messages.settings import (
    WORKDAYS,
    how_to_set_zone,
    share_place,
    time_in_zone,
    when_it_comes,
)
from bot.messages.text import Text, blocks, bold, lines
from store.ledger.values import EVERY_DAY, NothingNew, Rhythm, Subscription, Wanted

_LANGUAGES = {  # each by its own name for itself
    Language.ENGLISH: "English",
    Language.GERMAN: "Deutsch",
    Language.UKRAINIAN: "Українська",
}
_MINUTES_A_DAY = 24 * 60
_IN_A_ROW = 3  # names of pages, that a telephone shows whole
_WITHOUT_DIGEST = (  # what can be set where none comes
    SettingsPage.LENGTH,
    SettingsPage.QUIET,
    SettingsPage.ALERTS,
    SettingsPage.LANGUAGE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a chat is set: what the pages say.

    `language` is the one that it chose; only a private chat can have Telegram's.
    """

    subscription: Subscription | None
    default: Rhythm
    first: date | None = None  # the next date that has an edition
    language: Language | None = None
    private: bool = True

    @property
    def digest(self) -> Subscription | None:
        """The subscription, where a digest comes or is held back."""
        known = self.subscription
        return None if known is None or known.state is Wanted.OFF else known


def settings(shown: Shown, page: SettingsPage = SettingsPage.ALL) -> Message:
    """Show a page of how a chat is set; of what cannot be set now, the first."""
    if page is SettingsPage.ALL or page not in _pages(shown):
        return _all(shown)
    said, buttons = _BUILDERS[page](shown)
    return Message(
        blocks(bold(_("Settings")) + f" · {_name(page)}", *said),
        (*buttons, (Button(_("‹ Back"), Setting(Option.PAGE, SettingsPage.ALL)),)),
    )


def _all(shown: Shown) -> Message:
    digest = shown.digest
    told, hint = _off(shown) if digest is None else _on(digest, shown.first)
    own = (
        *told,
        length_line(shown.subscription),
        alert_line(shown.subscription),
        quiet_line(shown.subscription),
        _spoken(shown),
    )
    names = [Button(_name(page), Setting(Option.PAGE, page)) for page in _pages(shown)]
    rows = (tuple(names[at : at + _IN_A_ROW]) for at in range(0, len(names), _IN_A_ROW))
    return Message(blocks(bold(_("Settings")), lines(*own), hint), (*rows, _wanted(digest)))


def _off(shown: Shown) -> tuple[tuple[str, ...], str]:
    proposed = shown.subscription.rhythm if shown.subscription else shown.default
    return (
        _("Digest: off"),
        _("Proposed time: {time}").format(time=time_in_zone(proposed)),
    ), _("/subscribe begins the digest, /subscribe 07:30 Europe/Kyiv at your own time.")


def _on(digest: Subscription, first: date | None) -> tuple[tuple[str, ...], str]:
    return (
        *_coming(digest, first),
        _("Held back: nothing could be sent here. Turn it on again below.")
        if digest.state is Wanted.PAUSED
        else "",
        _without_news(digest),
        _useful(digest),
    ), _("/subscribe 07:45 sets any time, /subscribe Kyiv another time zone.")


def _coming(digest: Subscription, first: date | None) -> tuple[str, str]:
    return (
        _("Digest: {when}").format(when=when_it_comes(digest.rhythm)),
        _("Next: {day}").format(day=dates.day(first)) if first else "",
    )


def _without_news(digest: Subscription) -> str:
    return {
        NothingNew.SAY: _("On a day without news: one line says so"),
        NothingNew.SILENCE: _("On a day without news: no message"),
    }[digest.nothing_new]


def _useful(digest: Subscription) -> str:
    hours = digest.useful_for.total_seconds() / 3600
    return _("Late editions are useful for {n} h").format(n=f"{hours:g}")


def _spoken(shown: Shown) -> str:
    if shown.language is None and shown.private:
        return _("Language: as in Telegram")
    return _("Language: {name}").format(name=_LANGUAGES[shown.language or Language.ENGLISH])


def _wanted(digest: Subscription | None) -> tuple[Button, ...]:
    off = Button(_("Turn the digest off"), Setting(Option.WANTED, 0))
    if digest is None:
        return (Button(_("Turn the digest on"), Setting(Option.WANTED, 1)),)
    on = Button(_("Turn it on again"), Setting(Option.WANTED, 1))
    return (on, off) if digest.state is Wanted.PAUSED else (off,)


def _pages(shown: Shown) -> tuple[SettingsPage, ...]:
    """Return the pages that the first one opens."""
    if shown.digest is None:
        return _WITHOUT_DIGEST
    return tuple(page for page in SettingsPage if page is not SettingsPage.ALL)


def _name(page: SettingsPage) -> str:
    return {
        SettingsPage.ALL: _("Settings"),
        SettingsPage.TIME: _("Time"),
        SettingsPage.DAYS: _("Days"),
        SettingsPage.ZONE: _("Time zone"),
        SettingsPage.LENGTH: _("Length"),
        SettingsPage.NOTHING_NEW: _("Nothing new"),
        SettingsPage.LATENESS: _("Lateness"),
        SettingsPage.QUIET: _("Quiet hours"),
        SettingsPage.ALERTS: _("Alerts"),
        SettingsPage.LANGUAGE: _("Language"),
    }[page]


_Said = tuple[tuple[Text | str, ...], Keyboard]  # paragraphs, and the rows below them


def _rhythm(shown: Shown) -> Rhythm:
    return shown.subscription.rhythm if shown.subscription else shown.default


def _time(shown: Shown) -> _Said:
    rhythm = _rhythm(shown)
    row = (
        _moved(rhythm, _("\N{MINUS SIGN}1 h"), -60),
        _moved(rhythm, _("\N{MINUS SIGN}15 min"), -15),
        _moved(rhythm, _("+15 min"), 15),
        _moved(rhythm, _("+1 h"), 60),
    )
    return (_next(shown), _("/subscribe 07:45 sets any time.")), (row,)


def _days(shown: Shown) -> _Said:
    days = [_day(_rhythm(shown).days, day) for day in range(7)]
    both = (
        Button(_("Workdays"), Setting(Option.DAYS, WORKDAYS)),
        Button(_("Every day"), Setting(Option.DAYS, EVERY_DAY)),
    )
    return (_next(shown),), (tuple(days[:4]), tuple(days[4:]), both)


def _next(shown: Shown) -> Text:
    return lines(*_coming(shown.digest, shown.first)) if shown.digest else Text()


def _zone(shown: Shown) -> _Said:
    share = (Button(share_place(), Setting(Option.ZONE, 0)),) if shown.private else ()
    return (how_to_set_zone(_rhythm(shown), can_share=False).body,), (share,) if share else ()


def _length(shown: Shown) -> _Said:
    return (length_line(shown.subscription),), length_buttons(shown.subscription)


def _nothing_new(shown: Shown) -> _Said:
    if shown.digest is None:
        return (), ()
    silent = shown.digest.nothing_new is NothingNew.SILENCE
    row = (
        choice(_("Say so"), Setting(Option.SILENT, 0), chosen=not silent),
        choice(_("No message"), Setting(Option.SILENT, 1), chosen=silent),
    )
    return (_without_news(shown.digest),), (row,)


def _lateness(shown: Shown) -> _Said:
    if shown.digest is None:
        return (), ()
    held = shown.digest.useful_for
    row = tuple(
        choice(
            ngettext("{n} hour", "{n} hours", hours).format(n=hours),
            Setting(Option.USEFUL, hours),
            chosen=held == timedelta(hours=hours),
        )
        for hours in USEFUL_HOURS
    )
    later = _("One that cannot be sent for longer than that does not come any more.")
    return (lines(_useful(shown.digest), later),), (row[:2], row[2:])


def _quiet(shown: Shown) -> _Said:
    return (quiet_line(shown.subscription),), quiet_buttons(shown.subscription)


def _alerts(shown: Shown) -> _Said:
    return (alert_line(shown.subscription),), alert_buttons(shown.subscription)


def _language(shown: Shown) -> _Said:
    ticked = shown.language if shown.language or shown.private else Language.ENGLISH
    own = tuple(
        choice(
            _LANGUAGES[language],
            Setting(Option.LANGUAGE, LANGUAGES.index(language)),
            chosen=language is ticked,
        )
        for language in Language
    )
    told = choice(
        _("As in Telegram"),
        Setting(Option.LANGUAGE, LANGUAGES.index(None)),
        chosen=shown.language is None,
    )
    return (_spoken(shown),), (own, (told,)) if shown.private else (own,)


_BUILDERS: Mapping[SettingsPage, Callable[[Shown], _Said]] = {
    SettingsPage.TIME: _time,
    SettingsPage.DAYS: _days,
    SettingsPage.ZONE: _zone,
    SettingsPage.LENGTH: _length,
    SettingsPage.NOTHING_NEW: _nothing_new,
    SettingsPage.LATENESS: _lateness,
    SettingsPage.QUIET: _quiet,
    SettingsPage.ALERTS: _alerts,
    SettingsPage.LANGUAGE: _language,
}


def _moved(rhythm: Rhythm, label: str, minutes: int) -> Button:
    at = rhythm.at.hour * 60 + rhythm.at.minute + minutes
    return Button(label, Setting(Option.AT, at % _MINUTES_A_DAY))


def _day(days: int, day: int) -> Button:
    on = bool(days >> day & 1)
    name = dates.short_weekdays()[day]
    return choice(name, Setting(Option.DAY_OFF if on else Option.DAY_ON, day), chosen=on)
