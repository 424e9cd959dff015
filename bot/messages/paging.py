"""The row of buttons that turns pages, and the words that say which page it is."""

from collections.abc import Callable

from bot.locales import _
from bot.messages.callbacks import Callback
from bot.messages.dates import number
from bot.messages.message import Button


def turning(
    offset: int,
    limit: int,
    total: int,
    *,
    press: Callable[[int], Callback],
    labels: tuple[str, str] | None = None,
) -> tuple[Button, ...]:
    """Return the buttons to the page before and the page after, where there are any."""
    back, more = labels or (_("‹ Back"), _("More ›"))
    row = []
    if offset > 0:
        row.append(Button(back, press(max(offset - limit, 0))))
    if offset + limit < total:
        row.append(Button(more, press(offset + limit)))
    return tuple(row)


def standing(offset: int, shown: int, total: int, *, more: bool = False) -> str:
    """Return `9 to 16 of 34`, or nothing where all is shown; `more`: of more than that."""
    if shown >= total:
        return ""
    if more:
        return _("{first} to {last} of more than {total}").format(
            first=offset + 1, last=offset + shown, total=number(total)
        )
    return _("{first} to {last} of {total}").format(
        first=offset + 1, last=offset + shown, total=total
    )
