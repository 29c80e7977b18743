"""What the bot says of itself: name, commands, descriptions, menu button, each by language and scope."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.messages import Account
from bot.playground.params import Fields

_COMMAND = re.compile(r"^[a-z0-9_]{1,32}$")
_LANGUAGE = re.compile(r"^([a-z]{2})?$")
_COMMANDS_LIMIT = 100
_DESCRIPTION_LIMIT = 256
_WIDE_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})

Scope = tuple[str, int]
"""A command scope and the chat that it names, 0 for the wide ones."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the menu, without its slash."""

    command: str
    description: str

    def to_json(self) -> dict[str, str]:
        """Return the Bot API's BotCommand."""
        return {"command": self.command, "description": self.description}


@dataclass(slots=True)
class Profile:
    """The bot's account and what it set about itself; the keys are languages, empty for all."""

    account: Account
    commands: dict[tuple[Scope, str], tuple[Command, ...]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)

    def me_json(self) -> dict[str, Any]:
        """Return the Bot API's answer to `getMe`."""
        return {
            **self.account.to_json(),
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
        }

    def menu_for(self, chat_id: int, language: str) -> tuple[Command, ...]:
        """Return the commands of a private chat: the narrowest scope that has some, as Telegram picks."""
        scopes: tuple[Scope, ...] = (("chat", chat_id), ("all_private_chats", 0), ("default", 0))
        for scope in scopes:
            for code in (language, ""):
                if (scope, code) in self.commands:
                    return self.commands[scope, code]
        return ()


def read_language(code: str) -> str:
    """Return a two-letter language code, or an empty one.

    Raises:
        BotApiError: `LANG_CODE_INVALID`.
    """
    if not _LANGUAGE.match(code):
        raise bad_request("LANG_CODE_INVALID")
    return code


def read_scope(given: dict[str, Any] | None) -> Scope:
    """Read a BotCommandScope; none means the default one.

    Raises:
        BotApiError: for a type that the Bot API does not have.
    """
    if given is None:
        return ("default", 0)
    fields = Fields(given, ("type", "chat_id", "user_id"), "can't parse BotCommandScope: ")
    kind = fields.text("type", required=True)
    if kind in _WIDE_SCOPES:
        return (kind, 0)
    if kind in _CHAT_SCOPES:
        return (kind, fields.integer("chat_id", required=True) or 0)
    raise bad_request("can't parse BotCommandScope: Unsupported type specified")


def read_commands(given: list[Any]) -> tuple[Command, ...]:
    """Read the list of `setMyCommands`.

    Raises:
        BotApiError: for a bad command, a description of more than 256 characters, or more than 100 commands.
    """
    if len(given) > _COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    found = []
    for item in given:
        fields = Fields(item, ("command", "description"), "can't parse BotCommand: ")
        command = fields.text("command", required=True).removeprefix("/")
        description = fields.text("description", required=True).strip()
        if not _COMMAND.match(command):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= _DESCRIPTION_LIMIT:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        found.append(Command(command, description))
    return tuple(found)
