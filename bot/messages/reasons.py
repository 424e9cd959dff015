"""Why a delivery became what it did: what the ledger notes in English, as a reader is told it.

What Telegram itself answered is not translated, nor is what no line here fits.
"""

import re
from functools import cache
from string import Formatter

from bot.locales import N_, _

_WRITTEN = (
    N_("nothing new"),
    N_("no story is loaded"),
    N_("too late: due {moment}"),
    N_("the next edition came first"),
    N_("the digest came first"),
    N_("the chat has it already"),
    N_("the topic is gone"),
    N_("the topic is gone: sent to the chat itself"),
    N_("the message stayed in the group as it was before"),
    N_("message {number} of the group before"),
    N_("the group has become a supergroup"),
    N_("the bot stopped while it was being sent"),
    N_("an admin pressed Halt"),
    N_("Telegram asked us to wait {seconds} s"),
    N_("possible repeat"),
    N_("possible repeat: {reason}"),
    N_("sent once more: {reason}"),
    N_("no longer wanted"),
    N_("unsubscribed"),
    N_("let in no more"),
    N_("it was so already"),
    N_("sent as plain text: {reason}"),
    N_("alerts were turned off"),
    N_("Quiet hours"),
    N_("the bot's place in the chat is now: {status}"),
    N_("Telegram's server failed ({error})"),
)
_ANYTHING = "(?P<{}>.+)"


def reason(noted: str) -> str:
    """Return what the ledger noted, in the language that is spoken."""
    return "; ".join(map(_one, noted.split("; ")))


def _one(noted: str) -> str:
    for words, pattern in _patterns():
        if found := pattern.fullmatch(noted):
            told = found.groupdict()
            if "reason" in told:
                told["reason"] = _one(told["reason"])
            return _(words).format(**told)
    return noted


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each of the lines with what matches it, any words in place of a {name}."""
    return tuple(
        (
            words,
            re.compile(
                "".join(
                    re.escape(before) + (_ANYTHING.format(name) if name else "")
                    for before, name, *_unused in Formatter().parse(words)
                ),
                re.DOTALL,
            ),
        )
        for words in _WRITTEN
    )
