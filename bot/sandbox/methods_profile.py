"""Methods about the bot itself: commands, names, descriptions, menu button, leaving."""

import re

from bot.sandbox.errors import bad_request, unsupported
from bot.sandbox.feed import Happened
from bot.sandbox.json_values import Json, JsonObject
from bot.sandbox.objects import me_object
from bot.sandbox.targets import Access, Call, read_chat
from bot.sandbox.world import IN_CHARGE, PRESENT, Bot, Chat, ChatType

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
MAX_COMMANDS = 100
MAX_COMMAND_DESCRIPTION = 256
_PLAIN_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def get_me(call: Call) -> Json:
    """Tell who the bot is."""
    return me_object(call.bot)


def _language(call: Call) -> str:
    code = call.params.text("language_code")
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _scope(call: Call) -> str:
    scope = call.params.json_object("scope", "bot command scope") or {"type": "default"}
    kind = scope.get("type")
    if kind in _PLAIN_SCOPES:
        return str(kind)
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    inner = Call(
        state=call.state,
        bot=call.bot,
        method=call.method,
        params=type(call.params)(scope, {}),
        charge=call.charge,
    )
    chat = read_chat(inner, Access.MEMBERS)
    if chat.type is ChatType.CHANNEL:
        raise bad_request("can't change commands in channel chats")
    if kind != "chat" and chat.type is ChatType.PRIVATE:
        raise bad_request("can't use specified scope in private chats")
    user_id = f":{inner.params.integer('user_id')}" if kind == "chat_member" else ""
    return f"{kind}:{chat.id}{user_id}"


def _key(call: Call) -> str:
    return f"{_scope(call)}|{_language(call)}"


def _read_command(given: object) -> JsonObject:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command = str(given.get("command", "")).removeprefix("/")
    description = str(given.get("description", "")).strip()
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= MAX_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def set_my_commands(call: Call) -> Json:
    """Set the commands of one scope and language."""
    given = call.params.json_array("commands", "BotCommand") or []
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_read_command(one) for one in given]
    return _keep_commands(call, commands)


def _keep_commands(call: Call, commands: list[JsonObject]) -> Json:
    key = _key(call)
    if commands:
        call.bot.commands[key] = commands
    else:
        call.bot.commands.pop(key, None)
    data: JsonObject = {"scope": key, "commands": commands}
    call.state.happened(Happened.COMMANDS, data, bot=call.bot)
    return True


def delete_my_commands(call: Call) -> Json:
    """Forget the commands of one scope and language."""
    return _keep_commands(call, [])


def get_my_commands(call: Call) -> Json:
    """Give the commands of exactly one scope and language."""
    return call.bot.commands.get(_key(call), [])


def commands_for(bot: Bot, chat: Chat, person_id: int, language: str | None) -> list[JsonObject]:
    """Find the commands that a person is offered in a chat. [docs] BotCommandScope."""
    private = chat.type is ChatType.PRIVATE
    if chat.type is ChatType.CHANNEL or (not private and chat.status(bot.user.id) not in PRESENT):
        return []
    if private:
        scopes = [f"chat:{chat.id}", "all_private_chats", "default"]
    else:
        scopes = [f"chat_member:{chat.id}:{person_id}"]
        in_charge = chat.status(person_id) in IN_CHARGE
        scopes += [f"chat_administrators:{chat.id}"] if in_charge else []
        scopes += [f"chat:{chat.id}"]
        scopes += ["all_chat_administrators"] if in_charge else []
        scopes += ["all_group_chats", "default"]
    for scope in scopes:
        for code in ((language or "").split("-")[0], ""):
            found = bot.commands.get(f"{scope}|{code}")
            if found:
                return found
    return []


def _set_text(call: Call, name: str, kept: dict[str, str], longest: int, refusal: str) -> Json:
    text, language = call.params.text(name).strip(), _language(call)
    if len(text) > longest:
        raise bad_request(refusal)
    if text:
        kept[language] = text
    else:
        kept.pop(language, None)
    data: JsonObject = {name: text, "language_code": language}
    call.state.happened(Happened.PROFILE, data, bot=call.bot)
    return True


def _get_text(call: Call, name: str, kept: dict[str, str], otherwise: str = "") -> Json:
    language = _language(call)
    return {name: kept.get(language) or kept.get("") or otherwise}


def set_my_name(call: Call) -> Json:
    """Set the bot's name in one language."""
    result = _set_text(call, "name", call.bot.names, 64, "BOT_TITLE_INVALID")
    call.bot.user.first_name = call.bot.names.get("") or call.bot.user.first_name
    return result


def get_my_name(call: Call) -> Json:
    """Give the bot's name in one language."""
    return _get_text(call, "name", call.bot.names, call.bot.user.first_name)


def set_my_description(call: Call) -> Json:
    """Set what an empty chat with the bot shows."""
    return _set_text(call, "description", call.bot.descriptions, 512, "DESCRIPTION_TOO_LONG")


def get_my_description(call: Call) -> Json:
    """Give what an empty chat with the bot shows."""
    return _get_text(call, "description", call.bot.descriptions)


def set_my_short_description(call: Call) -> Json:
    """Set what the bot's profile shows."""
    kept = call.bot.short_descriptions
    return _set_text(call, "short_description", kept, 120, "ABOUT_TOO_LONG")


def get_my_short_description(call: Call) -> Json:
    """Give what the bot's profile shows."""
    return _get_text(call, "short_description", call.bot.short_descriptions)


def set_chat_menu_button(call: Call) -> Json:
    """Set what the button beside the text field does."""
    key = _menu_key(call)
    button = call.params.json_object("menu_button", "menu button") or {"type": "default"}
    if button.get("type") == "web_app":
        raise unsupported("menu buttons of type web_app")
    if button.get("type") not in {"commands", "default"}:
        raise bad_request("can't parse MenuButton: Unsupported type specified")
    call.bot.menu_buttons[key] = {"type": button["type"]}
    call.state.happened(Happened.PROFILE, {"menu_button": button}, bot=call.bot)
    return True


def get_chat_menu_button(call: Call) -> Json:
    """Give what the button beside the text field does."""
    buttons = call.bot.menu_buttons
    return buttons.get(_menu_key(call)) or buttons.get("") or {"type": "commands"}


def _menu_key(call: Call) -> str:
    if not call.params.has("chat_id"):
        return ""
    chat = read_chat(call, Access.READ)
    if chat.type is not ChatType.PRIVATE:
        raise bad_request("the method is available only in private chats")
    return str(chat.id)


def log_out(call: Call) -> Json:
    """Leave the cloud's server; the token is refused for ten minutes."""
    call.bot.logged_out_at = call.state.clock.elapsed()
    return True


def close(call: Call) -> Json:
    """Close the bot's instance; there is nothing to close in the sandbox."""
    del call
    return True


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "logOut": log_out,
    "close": close,
}
