"""The way in for a chat without a link: the welcome, then by e-mail where that is set up (DOMAIN.md 2.2 and 7)."""

import contextlib

from aiogram.fsm.state import State
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode

from bot.dialogs.context import actor_of, services_of, texts_of, translator_of
from bot.dialogs.linking.data import Purpose, start_data
from bot.dialogs.rewriting import say_below
from bot.dialogs.states import LinkStates
from bot.domain.catalogue import Operator
from bot.domain.registrant import FieldError
from bot.handlers.buttons import GetIn, LinkByEmail, WelcomeIn, button, keyboard
from bot.handlers.reach import Place
from bot.messages.blocks import lines, paragraphs
from bot.services.errors import CodesPaused
from bot.texts import Locale, Safe, Translator


async def welcome(message: Place, manager: DialogManager, purpose: Purpose = Purpose.HOME) -> None:
    """Say to a stranger who speaks here and what for, before anything is asked (DOMAIN.md 7).

    Who asked for a code already is asked for that. Once the chat is linked it goes on with `purpose`.
    """
    if services_of(manager).login_codes.offered and await _first_window(manager) is LinkStates.code:
        await offer_to_link(message, manager, purpose)
        return
    text, markup = welcome_screen(manager, purpose)
    await say_below(message, text, reply_markup=markup)


def welcome_screen(manager: DialogManager, purpose: Purpose) -> tuple[Safe, InlineKeyboardMarkup]:
    """Who operates the bot, that a program answers, whom to turn to, and the ways on: the address, the language."""
    services, translator = services_of(manager), translator_of(manager)
    operator = services.surroundings.catalogue.operator
    by_mail = services.login_codes.offered
    said = translator.html(
        "welcome",
        operator=operator.name,
        legal=operator.legal_name,
        email=operator.email,
        phone=operator.phone,
        mail=by_mail,
    )
    text = paragraphs(title(translator, operator), said)
    others: list[InlineKeyboardButton] = [
        button(
            texts_of(manager).translator(locale),
            "language-name",
            WelcomeIn(language=locale, purpose=purpose),
        )
        for locale in Locale
        if locale is not translator.locale
    ]
    if not by_mail:
        return text, keyboard(tuple(others))
    return text, keyboard(button(translator, "button-link", GetIn(purpose=purpose)), tuple(others))


def title(translator: Translator, operator: Operator) -> Safe:
    """Whose bot this is, and that the operator of the shipped catalogue is a sample."""
    sample = translator.html("home-sample") if operator.example else None
    return lines([each for each in (translator.html("home", operator=operator.name), sample) if each])


async def offer_to_link(message: Place, manager: DialogManager, purpose: Purpose = Purpose.HOME) -> None:
    """Ask for the reference e-mail, or for the code that was asked for already; without e-mail, say what else helps.

    Once the chat is linked it goes on with `purpose`.
    """
    services, translator = services_of(manager), translator_of(manager)
    if services.login_codes.offered:
        await manager.start(
            await _first_window(manager),
            data=start_data(purpose),
            mode=StartMode.RESET_STACK,
            show_mode=ShowMode.SEND,
        )
        return
    if not await services.linking.is_bound(actor_of(manager)):
        text, markup = welcome_screen(manager, purpose)
        await say_below(message, text, reply_markup=markup)
        return
    operator = services.surroundings.catalogue.operator
    await say_below(
        message,
        translator.html("link-by-notice", operator=operator.name, email=operator.email, phone=operator.phone),
    )


async def take_address(message: Message, manager: DialogManager) -> bool:
    """Ask for the code at once where a stranger wrote an e-mail address below the welcome; False for all else."""
    services, actor = services_of(manager), actor_of(manager)
    if "@" not in (message.text or "") or not services.login_codes.offered:
        return False
    if await services.linking.is_bound(actor):
        return False
    with contextlib.suppress(FieldError, CodesPaused):  # the window that asks for the address says more
        await services.login_codes.ask(actor, message.text or "")
    await offer_to_link(message, manager)
    return True


def link_keyboard(manager: DialogManager) -> InlineKeyboardMarkup | None:
    """The button that begins it, for messages after which it is wanted; None where it is not offered."""
    if not services_of(manager).login_codes.offered:
        return None
    return keyboard(button(translator_of(manager), "button-link", LinkByEmail()))


async def _first_window(manager: DialogManager) -> State:
    try:
        awaited = await services_of(manager).login_codes.awaited(actor_of(manager))
    except CodesPaused:
        return LinkStates.email
    is_good = awaited is not None and awaited.good_until is not None
    return LinkStates.code if is_good else LinkStates.email
