"""What tests of the page do with its forms: making people and chats, choosing who one is."""

from tests.browser import Browser


def be(page: Browser, first_name: str) -> None:
    """Go on as somebody else."""
    page.click(".speaker", first_name)
    page.find(".speaker:has(:checked)", first_name)


def make_person(page: Browser, first_name: str, language: str) -> None:
    """Make a person who speaks a language; the page goes on as them."""
    page.click("#new-person")
    page.find("#person-first").send_keys(first_name)
    choose(page, "#person-language", language)
    page.click("#sheet button", "Make")
    page.find("#chat-subtitle", f"you are {first_name}")


def make_chat(page: Browser, kind: str, title: str, *ticked: str) -> None:
    """Make a "group", "forum" (with topics) or "channel", and open it; the bot is in it.

    `ticked` names members besides, and "is an administrator" for the bot.
    """
    page.click("#new-chat")
    page.click(f"#sheet [value='{kind}']")
    page.find("#chat-name").send_keys(title)
    for words in ticked:
        page.click("#sheet .choice", words)
    page.click("#sheet button", "Make")
    page.find("#chat-title", title)


def open_topic(page: Browser, name: str) -> None:
    """Open a topic in the forum that is shown, and go there."""
    page.click(".new-topic")
    page.find("#topic-name").send_keys(name)
    page.click("#sheet button", "Open")
    page.find(".topic[aria-current]", name)


def choose(page: Browser, selector: str, value: str) -> None:
    """Choose a value in a list of choices."""
    page.run(
        "const s = document.querySelector(arguments[0]); s.value = arguments[1];"
        "s.dispatchEvent(new Event('change', {bubbles: true}));",
        selector,
        value,
    )


def speak(page: Browser, language: str) -> None:
    """Set the language of the person in use, as a code such as "de"."""
    choose(page, "#language", language)
