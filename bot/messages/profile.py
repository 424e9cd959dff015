"""What the bot's profile says of it: the story's own words, in a frame of the reader's language."""

from bot.locales import _
from bot.messages.text import clip, units
from store.knowledge.values import Story

LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
_LONGEST_TITLE = 128  # in a description, so that the paragraph has room


def description(story: Story) -> str:
    """Return what a chat shows in which nothing was written yet."""
    frame = _("{title}\n\n{intro}\n\nWrite a name, a place, a date, or a question in plain words.")
    title = clip(story.title, _LONGEST_TITLE)
    room = LONGEST_DESCRIPTION - units(frame.format(title=title, intro=""))
    return frame.format(title=title, intro=clip(story.intro, room))


def short_description(story: Story) -> str:
    """Return what the bot's profile shows, and what goes along where the bot is shared."""
    frame = _("{title}: who, what and when, with the source of every line.")
    room = LONGEST_SHORT_DESCRIPTION - units(frame.format(title=""))
    return frame.format(title=clip(story.title, room))
