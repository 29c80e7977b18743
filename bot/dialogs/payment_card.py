"""*Ho pagato*: the card that stands pinned until the payment of an order is registered (DOMAIN.md 6)."""

from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, answered_below, services_of, translator_of
from bot.dialogs.orders.story import facts_of
from bot.dialogs.rewriting import pin, say_below
from bot.dialogs.widgets.toasts import acknowledge, toast
from bot.domain.orders import OrderStatus
from bot.messages.chat.buttons import not_paid_data, see_order
from bot.messages.promise_words import card_words
from bot.services.errors import OrderNotOpen
from bot.services.orders.rows import Order
from bot.texts import Translator


def can_say_paid(manager: DialogManager, order: Order) -> bool:
    """Whether it may be said that an order is paid: it is open, its payment takes days, and nobody has said so."""
    surroundings = services_of(manager).surroundings
    method = surroundings.catalogue.methods.get(order.method_id)
    takes_days = method is not None and not method.registration.at_once
    return takes_days and order.promise is None and order.progress(surroundings.today()).is_open


async def say_paid(callback: CallbackQuery, manager: DialogManager, number: str) -> None:
    """Note that an order is paid, and pin the card below; once more, it is said until when the payment is expected.

    Of one that awaits no payment any more it is said why, and its window is drawn anew, without the button.

    Raises:
        NotYours: it is not this chat's order.
        NothingToExpect: by its method a payment is registered at once.
    """
    actor, services, translator = actor_of(manager), services_of(manager), translator_of(manager)
    try:
        promised = await services.promises.say_paid(actor, number)
    except OrderNotOpen:
        done = (await services.orders.show(actor, number)).status is OrderStatus.COMPLETED
        key = "paid-received-already" if done else "error-order-not-open"
        await toast(callback, translator.plain(key), alert=True)
        return
    if promised.card_id is not None and promised.chat_id == actor.chat_id:
        await toast(callback, translator.plain("paid-expected-toast", on=promised.expected_on), alert=True)
        return
    await acknowledge(callback)
    if callback.message is None:
        return
    order, surroundings = await services.orders.show(actor, number), services.surroundings
    words = card_words(
        translator,
        surroundings.catalogue,
        facts_of(order, surroundings.today()),
        promised.expected_on,
        promised.ask_on,
    )
    card = await say_below(callback.message, words, reply_markup=_keyboard(translator, order.number))
    answered_below(manager)
    await pin(card)
    await services.promises.card_stands(actor, number, card.message_id)


async def take_back(callback: CallbackQuery, manager: DialogManager, number: str) -> None:
    """It is not paid yet: the reminders are as before, and the card goes soon.

    Raises:
        NotYours: it is not this chat's order.
    """
    await services_of(manager).promises.take_back(actor_of(manager), number)
    await toast(callback, translator_of(manager).plain("paid-taken-back"))


def _keyboard(translator: Translator, number: str) -> InlineKeyboardMarkup:
    see = see_order(translator, number)
    back = InlineKeyboardButton(text=translator.plain("paid-take-back"), callback_data=not_paid_data(number))
    return InlineKeyboardMarkup(
        inline_keyboard=[[back], [InlineKeyboardButton(text=see.label, callback_data=see.data)]]
    )
