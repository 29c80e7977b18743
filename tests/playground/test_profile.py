"""The bot's commands, descriptions and menu button."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.playground.world import World
from tests.playground.conftest import ADA, Api

Refusal = Callable[..., Awaitable[str]]
START = {"command": "start", "description": "Comincia"}


async def test_the_bot_knows_itself(api: Api) -> None:
    me = await api("getMe")
    assert (me["id"], me["is_bot"], me["username"], me["can_read_all_group_messages"]) == (
        42, True, "rinnovo_bot", False,
    )  # fmt: skip


async def test_commands_are_kept_by_scope_and_language(api: Api, world: World) -> None:
    english = [{"command": "start", "description": "Begin"}]
    private = {"type": "all_private_chats"}
    await api("setMyCommands", commands=[START])
    await api("setMyCommands", commands=english, scope=private, language_code="en")
    assert await api("getMyCommands") == [START]
    assert await api("getMyCommands", scope=private) == []
    assert await api("getMyCommands", scope=private, language_code="en") == english
    assert [each.description for each in world.profile.menu_for(ADA, "en")] == ["Begin"]
    assert [each.description for each in world.profile.menu_for(ADA, "it")] == ["Comincia"]
    await api("setMyCommands", commands=[], scope={"type": "chat", "chat_id": ADA})
    assert world.profile.menu_for(ADA, "it") == (), "the narrowest scope wins, also when it is empty"
    await api("deleteMyCommands", scope={"type": "chat", "chat_id": ADA})
    await api("deleteMyCommands")
    assert world.profile.menu_for(ADA, "it") == ()


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({}, "can't parse commands JSON object"),
        ({"commands": [{"command": "Start Now", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "x", "description": "x" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "x"}]}, "can't parse BotCommand: Can't find field \"description\""),
        ({"commands": [START] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [START], "language_code": "italiano"}, "LANG_CODE_INVALID"),
        (
            {"commands": [START], "scope": {"type": "moon"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        (
            {"commands": [START], "scope": {"type": "chat"}},
            "can't parse BotCommandScope: Can't find field \"chat_id\"",
        ),
    ],
)
async def test_refusals_of_commands(refusal: Refusal, params: dict[str, Any], reason: str) -> None:
    assert await refusal("setMyCommands", **params) == f"Bad Request: {reason}"


async def test_descriptions_are_kept_by_language(api: Api, refusal: Refusal, world: World) -> None:
    await api("setMyDescription", description="Rinnova la PEC")
    await api("setMyDescription", description="Renews PEC mailboxes", language_code="en")
    assert world.profile.descriptions == {"": "Rinnova la PEC", "en": "Renews PEC mailboxes"}
    assert await api("setMyShortDescription", short_description="PEC") is True
    assert world.profile.short_descriptions == {"": "PEC"}
    too_long = await refusal("setMyDescription", description="x" * 513)
    assert too_long == "Bad Request: BOT_DESCRIPTION_TOO_LONG"
    too_long = await refusal("setMyShortDescription", short_description="x" * 121)
    assert too_long == "Bad Request: BOT_SHORT_DESCRIPTION_TOO_LONG"


async def test_the_menu_button(api: Api, refusal: Refusal, world: World) -> None:
    await api("setChatMenuButton", menu_button={"type": "commands"})
    await api("setChatMenuButton", chat_id=ADA)
    assert world.profile.menu_buttons == {0: {"type": "commands"}, ADA: {"type": "default"}}
    description = await refusal("setChatMenuButton", menu_button={"type": "web_app"})
    assert description.endswith("Type is not supported by the playground")
