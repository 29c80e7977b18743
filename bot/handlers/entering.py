"""The way in for a chat without a link: by e-mail where that is set up, by a notice otherwise (DOMAIN.md 2.2)."""

from aiogram.fsm.state import State
from aiogram.types import InlineKeyboardMarkup
from aiogram_dialog import DialogManager, ShowMode, StartMode

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.linking.data import Purpose, start_data
from bot.dialogs.rewriting import say_below
from bot.dialogs.states import LinkStates
from bot.handlers.buttons import LinkByEmail, button, keyboard
from bot.handlers.reach import Place
from bot.services.errors import CodesPaused


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
    bound = await services.linking.is_bound(actor_of(manager))
    operator = services.surroundings.catalogue.operator
    await say_below(
        message,
        translator.html(
            "link-by-notice" if bound else "start-unknown-chat",
            operator=operator.name,
            email=operator.email,
            phone=operator.phone,
        ),
    )


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
