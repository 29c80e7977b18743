"""Methods about the bot itself: who it is, its commands, descriptions and menu button."""

from typing import Any

from bot.playground.errors import bad_request
from bot.playground.events import ProfileChanged
from bot.playground.methods.base import Call, Method
from bot.playground.params import Fields
from bot.playground.profile import read_commands, read_language, read_scope

_DESCRIPTION_LIMIT = 512
_SHORT_LIMIT = 120
_SCOPED = ("scope", "language_code")


def _get_me(call: Call) -> dict[str, Any]:
    return call.state.profile.me_json()


def _set_my_commands(call: Call) -> bool:
    given = call.params.array("commands")
    if given is None:
        raise bad_request("can't parse commands JSON object")
    key = (read_scope(call.params.mapping("scope")), read_language(call.params.text("language_code")))
    call.state.profile.commands[key] = read_commands(given)
    call.state.events.publish(ProfileChanged())
    return True


def _get_my_commands(call: Call) -> list[dict[str, str]]:
    key = (read_scope(call.params.mapping("scope")), read_language(call.params.text("language_code")))
    return [command.to_json() for command in call.state.profile.commands.get(key, ())]


def _delete_my_commands(call: Call) -> bool:
    key = (read_scope(call.params.mapping("scope")), read_language(call.params.text("language_code")))
    call.state.profile.commands.pop(key, None)
    call.state.events.publish(ProfileChanged())
    return True


def _set_my_description(call: Call) -> bool:
    text = call.params.text("description")
    if len(text) > _DESCRIPTION_LIMIT:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")
    call.state.profile.descriptions[read_language(call.params.text("language_code"))] = text
    call.state.events.publish(ProfileChanged())
    return True


def _set_my_short_description(call: Call) -> bool:
    text = call.params.text("short_description")
    if len(text) > _SHORT_LIMIT:
        raise bad_request("BOT_SHORT_DESCRIPTION_TOO_LONG")
    call.state.profile.short_descriptions[read_language(call.params.text("language_code"))] = text
    call.state.events.publish(ProfileChanged())
    return True


def _set_chat_menu_button(call: Call) -> bool:
    chat_id = call.chat().id if "chat_id" in call.params else 0
    given = call.params.mapping("menu_button") or {"type": "default"}
    fields = Fields(given, ("type", "text", "web_app"), "can't parse menu button: ")
    if fields.text("type", required=True) not in ("default", "commands"):
        raise bad_request("can't parse menu button: Type is not supported by the playground")
    call.state.profile.menu_buttons[chat_id] = given
    call.state.events.publish(ProfileChanged())
    return True


METHODS = (
    Method("getMe", _get_me),
    Method("setMyCommands", _set_my_commands, ("commands", *_SCOPED)),
    Method("getMyCommands", _get_my_commands, _SCOPED),
    Method("deleteMyCommands", _delete_my_commands, _SCOPED),
    Method("setMyDescription", _set_my_description, ("description", "language_code")),
    Method("setMyShortDescription", _set_my_short_description, ("short_description", "language_code")),
    Method("setChatMenuButton", _set_chat_menu_button, ("chat_id", "menu_button")),
)
