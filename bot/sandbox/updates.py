"""The updates that wait for each bot: which kinds it wants, and offset and limit.

Waiting is not here: getUpdates answers at once, and the fronts hold the connection.
"""

from bot.sandbox.errors import bad_request
from bot.sandbox.json_values import JsonObject
from bot.sandbox.params import Params
from bot.sandbox.world import Bot

MAX_UPDATES = 100
FUTURE = 10

# [docs] Update
KINDS = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "guest_message",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
    }
)
# [docs] getUpdates: "all update types except" these
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


def wants(bot: Bot, kind: str) -> bool:
    """Tell whether a bot wants a kind of update now."""
    return kind in bot.allowed_updates if bot.allowed_updates else kind not in ONLY_ON_REQUEST


def enqueue(bot: Bot, kind: str, payload: JsonObject) -> JsonObject | None:
    """Keep an update under the next number; None where the bot does not want its kind."""
    if not wants(bot, kind):
        return None
    update: JsonObject = {"update_id": bot.next_update_id, kind: payload}
    bot.next_update_id += 1
    bot.updates.append(update)
    return update


def read_allowed(bot: Bot, params: Params) -> None:
    """Keep `allowed_updates` where it is given; an empty list means the usual kinds."""
    wanted = params.json_array("allowed_updates", "String")
    if wanted is None:
        return
    if not all(isinstance(kind, str) for kind in wanted):
        raise bad_request("can't parse allowed_updates: expected an Array of String")
    # Telegram ignores names that it does not know.
    bot.allowed_updates = sorted(KINDS & set(wanted))


def fetch(bot: Bot, offset: int, limit: int) -> list[JsonObject]:
    """Forget what the offset confirms and give what comes next, without confirming it.

    An offset far beyond the last update confirms nothing, as in tdlib's TQueue.
    """
    if 0 < offset <= bot.next_update_id + FUTURE:
        bot.updates = [update for update in bot.updates if update["update_id"] >= offset]
    elif offset < 0:
        bot.updates = bot.updates[offset:]
    return bot.updates[: min(max(limit, 1), MAX_UPDATES)]


def confirm(bot: Bot, update_id: int) -> None:
    """Forget one update: a webhook took it."""
    bot.updates = [update for update in bot.updates if update["update_id"] != update_id]
