"""What a test of the page does again and again."""

from tests.browser import Browser, Keys


def say(page: Browser, text: str) -> None:
    page.click("#text")
    page.type(text, Keys.ENTER)


def shown(page: Browser) -> list[str]:
    """List the words of the messages, without their times."""
    script = """return [...document.querySelectorAll("#messages .words")].map((words) => {
      const copy = words.cloneNode(true);
      copy.querySelector(".stamp").remove();
      return copy.textContent;
    })"""
    return [str(text) for text in page.run(script)]
