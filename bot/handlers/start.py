"""`/start`, with and without a deep-link token (DOMAIN.md 2)."""

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.rewriting import say_below
from bot.handlers.buttons import AnswerLink, button, keyboard
from bot.handlers.entering import link_keyboard
from bot.handlers.home import show_home
from bot.handlers.opening import open_due, open_mailbox
from bot.handlers.reach import Place, acknowledge, reachable, rewrite
from bot.services.errors import TokenRefused
from bot.services.people.linking import ConfirmationNeeded, Linked
from bot.texts import Safe


def start_router() -> Router:
    """The first thing that anybody says to the bot."""
    router = Router(name="start")
    router.message.register(by_link, CommandStart(deep_link=True, ignore_case=True))
    router.message.register(bare, CommandStart(ignore_case=True))
    router.callback_query.register(answered, AnswerLink.filter())
    return router


async def by_link(message: Message, command: CommandObject, dialog_manager: DialogManager) -> None:
    """Somebody opened a deep link: bind the chat, ask whether to add a customer, or say why not (DOMAIN.md 2)."""
    try:
        result = await services_of(dialog_manager).linking.redeem(
            actor_of(dialog_manager), command.args or ""
        )
    except TokenRefused as refused:
        await _say_refused(message, dialog_manager, refused)
        return
    if isinstance(result, ConfirmationNeeded):
        await _ask_to_add(message, dialog_manager, result)
    else:
        await _welcome(message, dialog_manager, result)


async def bare(message: Message, dialog_manager: DialogManager, operator_chat_id: int | None) -> None:
    """Show what can be done here; whoever opens `operator_chat_id` hears what comes there."""
    if message.chat.id == operator_chat_id and not await services_of(dialog_manager).linking.is_bound(
        actor_of(dialog_manager)
    ):
        await say_below(message, translator_of(dialog_manager).html("start-operator"))
    else:
        await show_home(message, dialog_manager)


async def answered(callback: CallbackQuery, callback_data: AnswerLink, dialog_manager: DialogManager) -> None:
    """Add the customer of a deep link to the chat, or leave it (DOMAIN.md 2.3)."""
    await acknowledge(callback)
    message = reachable(callback)
    if not callback_data.accept:
        await rewrite(callback, translator_of(dialog_manager).html("link-not-added"))
        return
    try:
        linked = await services_of(dialog_manager).linking.confirm(
            actor_of(dialog_manager), callback_data.token
        )
    except TokenRefused as refused:
        await _say_refused(message, dialog_manager, refused)
    else:
        await rewrite(callback, translator_of(dialog_manager).html("link-added"))
        await _welcome(message, dialog_manager, linked)


async def _welcome(message: Place, manager: DialogManager, linked: Linked) -> None:
    if linked.mailbox_id is not None:
        await open_mailbox(message, manager, linked.mailbox_id)
    elif linked.due_by is not None:
        await open_due(message, manager, linked.customer_id, linked.due_by)
    else:
        await show_home(message, manager)


async def _ask_to_add(message: Place, manager: DialogManager, needed: ConfirmationNeeded) -> None:
    translator = translator_of(manager)
    await say_below(
        message,
        translator.html("link-add-customer"),
        reply_markup=keyboard(
            button(translator, "link-add-yes", AnswerLink(token=needed.token_id, accept=True)),
            button(translator, "link-add-no", AnswerLink(token=needed.token_id, accept=False)),
        ),
    )


async def _say_refused(message: Place, manager: DialogManager, refused: TokenRefused) -> None:
    translator = translator_of(manager)
    operator = services_of(manager).surroundings.catalogue.operator
    said = translator.html(
        f"link-{refused.fault.value}", operator=operator.name, email=operator.email, phone=operator.phone
    )
    by_email = link_keyboard(manager)
    if by_email is not None:
        said = Safe("\n\n").join([said, translator.html("link-or-by-email")])
    await say_below(message, said, reply_markup=by_email)
