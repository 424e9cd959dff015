"""The made-up people whom the page speaks as, and the group that two of them share with the bot."""

from dataclasses import dataclass

from bot.sandbox.telegram import Telegram

ADA_ID = 1001
JONAS_ID = 1002
MIRA_ID = 1003
ADMIN_ID = MIRA_ID
GROUP_ID = -4_000_000_001

_PEOPLE = (
    (ADA_ID, "Ada", "Reader"),
    (JONAS_ID, "Jonas", "Analyst"),
    (MIRA_ID, "Mira", "Editor"),
)
_GROUP = "Morning desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who is who: the people in the order of the page, their admin and their group."""

    people: tuple[int, ...]
    admin_id: int
    group_id: int


def made_up_cast(telegram: Telegram) -> Cast:
    """Add those of the cast who are not there yet; what became of the others is left alone."""
    for person_id, first_name, last_name in _PEOPLE:
        if person_id not in telegram.world.users:
            telegram.people.add(
                first_name,
                person_id=person_id,
                last_name=last_name,
                username=f"{first_name}_{last_name}".lower(),
            )
    # The bot sets the admin's menu when it starts, which takes a chat that is there.
    telegram.people.private_chat(ADMIN_ID)
    if GROUP_ID not in telegram.world.chats:
        bot = telegram.people.bot(None)
        telegram.groups.create(ADMIN_ID, _GROUP, members=(JONAS_ID, bot.user.id), chat_id=GROUP_ID)
    return Cast(
        people=tuple(person_id for person_id, _, _ in _PEOPLE),
        admin_id=ADMIN_ID,
        group_id=GROUP_ID,
    )
