"""Commands about the chat itself and its rights: help, privacy, withdrawal, language, unlinking."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message
from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.rewriting import say_below
from bot.domain.catalogue import DocumentId
from bot.handlers.answers import on_withdrawal
from bot.handlers.buttons import (
    AnswerUnlink,
    AskDeletion,
    ChooseLanguage,
    GoHome,
    SendOwnData,
    button,
    keyboard,
)
from bot.handlers.entering import link_keyboard
from bot.handlers.home import home_button
from bot.handlers.reach import acknowledge, rewrite
from bot.texts import Locale, Texts


def account_router() -> Router:
    """What can be asked at any moment, with or without a customer."""
    router = Router(name="account")
    router.message.register(help_, Command("help", "aiuto", ignore_case=True))
    router.message.register(privacy, Command("privacy", ignore_case=True))
    router.message.register(withdrawal, Command("withdraw", "recesso", ignore_case=True))
    router.message.register(language, Command("language", "lingua", ignore_case=True))
    router.callback_query.register(speak, ChooseLanguage.filter())
    router.message.register(unlink, Command("unlink", "scollega", ignore_case=True))
    router.callback_query.register(unlink_answered, AnswerUnlink.filter())
    return router


async def help_(message: Message, dialog_manager: DialogManager) -> None:
    """Say what the bot does, its commands, and who operates it."""
    operator = services_of(dialog_manager).surroundings.catalogue.operator
    await say_below(
        message,
        translator_of(dialog_manager).html(
            "help",
            operator=operator.legal_name,
            email=operator.email,
            phone=operator.phone,
            website=operator.website,
        ),
        reply_markup=keyboard(home_button(dialog_manager)),
    )


async def privacy(message: Message, dialog_manager: DialogManager) -> None:
    """Say who holds the data, which, why and until when, and how to see or delete them (DOMAIN.md 7)."""
    catalogue = services_of(dialog_manager).surroundings.catalogue
    translator = translator_of(dialog_manager)
    notice = catalogue.documents[DocumentId.PRIVACY]
    await say_below(
        message,
        translator.html(
            "privacy",
            operator=catalogue.operator.legal_name,
            email=catalogue.operator.email,
            years=catalogue.rules.evidence_years,
        ),
        reply_markup=keyboard(
            button(translator, "privacy-send", SendOwnData()),
            button(translator, "privacy-delete", AskDeletion()),
            InlineKeyboardButton(
                text=translator.plain("privacy-notice", version=notice.version),
                url=notice.urls[translator.locale.value],
            ),
        ),
    )


async def withdrawal(message: Message, dialog_manager: DialogManager) -> None:
    """Say how a consumer withdraws, and from which orders (DOMAIN.md 7)."""
    text, markup = await on_withdrawal(dialog_manager)
    await say_below(message, text, reply_markup=markup)


async def language(message: Message, dialog_manager: DialogManager, texts: Texts) -> None:
    """Ask for the language."""
    translator = translator_of(dialog_manager)
    await say_below(
        message,
        translator.html("language-choose"),
        reply_markup=keyboard(
            tuple(
                button(texts.translator(locale), "language-name", ChooseLanguage(language=locale.value))
                for locale in Locale
            )
        ),
    )


async def speak(
    callback: CallbackQuery, callback_data: ChooseLanguage, dialog_manager: DialogManager, texts: Texts
) -> None:
    """Speak the chosen language from now on."""
    await acknowledge(callback)
    locale = Locale(callback_data.language)
    translator = texts.translator(locale)
    await services_of(dialog_manager).chats.set_language(actor_of(dialog_manager), locale.value)
    await rewrite(
        callback,
        translator.html("language-chosen"),
        keyboard(button(translator, "button-home", GoHome())),
    )


async def unlink(message: Message, dialog_manager: DialogManager) -> None:
    """Ask whether to let go of the customers of this chat."""
    translator = translator_of(dialog_manager)
    if not await services_of(dialog_manager).linking.is_bound(actor_of(dialog_manager)):
        await say_below(
            message, translator.html("unlink-nothing"), reply_markup=link_keyboard(dialog_manager)
        )
        return
    await say_below(
        message,
        translator.html("unlink-ask"),
        reply_markup=keyboard(
            button(translator, "unlink-yes", AnswerUnlink(accept=True)),
            button(translator, "unlink-no", AnswerUnlink(accept=False)),
        ),
    )


async def unlink_answered(
    callback: CallbackQuery, callback_data: AnswerUnlink, dialog_manager: DialogManager
) -> None:
    """Let go of them, or leave all as it is."""
    await acknowledge(callback)
    translator = translator_of(dialog_manager)
    if not callback_data.accept:
        await rewrite(callback, translator.html("unlink-kept"), keyboard(home_button(dialog_manager)))
        return
    await services_of(dialog_manager).linking.unlink(actor_of(dialog_manager))
    await dialog_manager.reset_stack(remove_keyboard=True)
    await rewrite(callback, translator.html("unlink-done"), link_keyboard(dialog_manager))
