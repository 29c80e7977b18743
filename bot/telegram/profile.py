"""What the bot says about itself in Telegram: the list of commands and its descriptions, in each language."""

from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats

from bot.services.surroundings import Surroundings
from bot.texts import Locale, Texts, Translator

MENU = {
    "renew": "rinnova",
    "mailboxes": "caselle",
    "orders": "ordini",
    "settings": "impostazioni",
    "withdraw": "recesso",
    "privacy": "privacy",
    "help": "aiuto",
}
"""In its order: each command as it is typed in English and in Italian; both work in either language.

The English name has the description under `command-<name>`. The commands that are not here work when typed; `/help`
names them.
"""


async def publish_profile(bot: Bot, texts: Texts, surroundings: Surroundings) -> None:
    """Set commands and descriptions: Italian for Italian phones, English for the others.

    Raises:
        TelegramAPIError: Telegram did not take one of them.
    """
    operator = surroundings.catalogue.operator.name
    languages: tuple[tuple[Translator, str | None], ...] = (
        (texts.translator(Locale.IT), Locale.IT.value),
        (texts.translator(Locale.EN), None),
    )
    for translator, code in languages:
        commands = [
            BotCommand(
                command=italian if translator.locale is Locale.IT else english,
                description=translator.plain(f"command-{english}"),
            )
            for english, italian in MENU.items()
        ]
        await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats(), language_code=code)
        await bot.set_my_description(
            translator.plain("profile-description", operator=operator), language_code=code
        )
        await bot.set_my_short_description(
            translator.plain("profile-about", operator=operator), language_code=code
        )
