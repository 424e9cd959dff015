"""What a tour does and reads in the conversation in front: asking, pressing, the newest answer."""

from tests.bot.sandbox.page.looking import say, shown
from tests.browser import Browser

_NEWEST = "const newest = [...document.querySelectorAll('#messages article')].at(-1);"


def count(page: Browser) -> int:
    """Count the messages that are shown."""
    return len(page.all("#messages article"))


def ask(page: Browser, words: str, begins: str) -> str:
    """Say words, and return the message that answers them once it begins as it should."""
    before = count(page)
    say(page, words)
    return answer(page, before + 2, begins)


def answer(page: Browser, number: int, begins: str) -> str:
    """Return the newest message once there are so many, and it begins as it should."""
    page.until(
        f"message {number} to begin with {begins}",
        f"{_NEWEST} return document.querySelectorAll('#messages article').length >= arguments[0]"
        "&& newest.querySelector('.words').innerText.startsWith(arguments[1])",
        number,
        begins,
    )
    return shown(page)[-1]


def keys(page: Browser) -> list[str]:
    """List the buttons below the newest message."""
    labels = page.run(
        f"{_NEWEST} return [...newest.querySelectorAll('.key')].map((key) => key.innerText.trim())"
    )
    return [str(label) for label in labels]


def press(page: Browser, label: str) -> None:
    """Press the button of the newest message whose label begins so, in view or not."""
    page.until(  # at one go, for messages are made anew when they change
        f"a button {label}",
        f"{_NEWEST} const key = [...newest.querySelectorAll('.key')]"
        ".find((one) => one.innerText.trim().startsWith(arguments[0]));"
        "key?.click(); return Boolean(key)",
        label,
    )


def turn(page: Browser, label: str, begins: str) -> str:
    """Press a button below the newest message, and return what that says once it begins so."""
    press(page, label)
    return answer(page, 1, begins)


def marked(page: Browser, label: str) -> None:
    """Wait until a button below the newest message has this label."""
    page.until(
        f"a button {label}",
        f"{_NEWEST} return [...newest.querySelectorAll('.key')]"
        ".some((key) => key.innerText.trim() === arguments[0])",
        label,
    )
