"""The bank's statements in the chats of the operator's people: what waits is decided, and files are sent (DOMAIN.md 8).

To everybody else none of it exists: a document gets the answer that it always got, a button is nobody's.
"""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.rewriting import say_below
from bot.dialogs.widgets.toasts import toast
from bot.domain.payments import PaymentOutcome
from bot.handlers.buttons import ConfirmEntry, DismissEntry, RegisterLikely, SeeEntry, button, keyboard
from bot.handlers.reach import acknowledge, rewrite
from bot.handlers.statement_entry import entry_buttons, entry_words
from bot.services.services import Services
from bot.services.statements.proposals import EntryChanged, EntryDecided
from bot.services.statements.uploads import Document, TooLarge


def statements_router() -> Router:
    """The buttons under the summary of a statement, and under its entries."""
    router = Router(name="statements")
    router.message.register(document, HasDocument(), FromOperator())
    router.callback_query.register(register_likely, RegisterLikely.filter())
    router.callback_query.register(see, SeeEntry.filter())
    router.callback_query.register(confirm, ConfirmEntry.filter())
    router.callback_query.register(dismiss, DismissEntry.filter())
    return router


class HasDocument(Filter):
    """A message with a file."""

    async def __call__(self, message: Message) -> bool:
        """Look into it."""
        return message.document is not None


class FromOperator(Filter):
    """Whatever one of the operator's people sends."""

    async def __call__(self, message: Message, services: Services) -> bool:
        """Look whose chat it is."""
        return services.statement_desk.operators.include(message.chat.id)


async def document(message: Message, dialog_manager: DialogManager) -> None:
    """Take a file: a worker fetches it, and the summary comes by itself."""
    services, translator = services_of(dialog_manager), translator_of(dialog_manager)
    sent = message.document
    if sent is None:
        return
    file = Document(sent.file_id, sent.file_name or "-", sent.file_size)
    try:
        await services.statement_uploads.bring(actor_of(dialog_manager), file)
    except TooLarge:
        await say_below(message, translator.html("statement-file-large"))
    else:
        await say_below(message, translator.html("statement-file-taken", name=file.name))


async def register_likely(
    callback: CallbackQuery, callback_data: RegisterLikely, dialog_manager: DialogManager
) -> None:
    """Register what only had to be confirmed; the rest is looked at one by one.

    Raises:
        NotYours: the chat is not one of the operator's people's.
    """
    desk, actor = services_of(dialog_manager).statement_desk, actor_of(dialog_manager)
    desk.operators.require(actor.chat_id)
    await acknowledge(callback)  # many take a moment
    registered = await desk.register_likely(actor, callback_data.statement)
    sight = await desk.look(actor, callback_data.statement)
    translator = translator_of(dialog_manager)
    more = button(
        translator, "statement-one-by-one", SeeEntry(statement=callback_data.statement, after=0, left=0)
    )
    await rewrite(
        callback,
        translator.html("statement-likely-registered", count=registered, waiting=sight.waiting),
        keyboard(more) if sight.waiting else None,
    )


async def see(callback: CallbackQuery, callback_data: SeeEntry, dialog_manager: DialogManager) -> None:
    """Show the next entry that waits.

    Raises:
        NotYours: the chat is not one of the operator's people's.
    """
    services_of(dialog_manager).statement_desk.operators.require(actor_of(dialog_manager).chat_id)
    await acknowledge(callback)
    await _show(callback, dialog_manager, callback_data)


async def confirm(
    callback: CallbackQuery, callback_data: ConfirmEntry, dialog_manager: DialogManager
) -> None:
    """Register the entry, and show the next one.

    Raises:
        NotYours: the chat is not one of the operator's people's.
        InvalidOrderNumber, NoSuchEntry, OrderNeeded, NotForAnOrder: the button is none of ours.
    """
    desk, actor = services_of(dialog_manager).statement_desk, actor_of(dialog_manager)
    translator, after = translator_of(dialog_manager), callback_data.entry
    try:
        entered = await desk.confirm(actor, after, callback_data.order)
    except EntryDecided:
        await toast(callback, translator.plain("statement-decided-before"), alert=True)
    except EntryChanged:
        await toast(callback, translator.plain("statement-entry-changed"), alert=True)
        after -= 1
    else:
        outcome = entered.outcome
        good = outcome in {PaymentOutcome.COMPLETED, PaymentOutcome.PARTIAL, PaymentOutcome.REVERSED}
        said = translator.plain("statement-confirmed", outcome=outcome.value, order=entered.order)
        await toast(callback, said, alert=not good)
    where = SeeEntry(statement=callback_data.statement, after=after, left=callback_data.left)
    await _show(callback, dialog_manager, where)


async def dismiss(
    callback: CallbackQuery, callback_data: DismissEntry, dialog_manager: DialogManager
) -> None:
    """Let the entry go, and show the next one.

    Raises:
        NotYours: the chat is not one of the operator's people's.
        NoSuchEntry: the button is none of ours.
    """
    desk, actor = services_of(dialog_manager).statement_desk, actor_of(dialog_manager)
    translator = translator_of(dialog_manager)
    try:
        await desk.dismiss(actor, callback_data.entry)
    except EntryDecided:
        await toast(callback, translator.plain("statement-decided-before"), alert=True)
    else:
        await toast(callback, translator.plain("statement-dismissed"))
    where = SeeEntry(statement=callback_data.statement, after=callback_data.entry, left=callback_data.left)
    await _show(callback, dialog_manager, where)


async def _show(callback: CallbackQuery, manager: DialogManager, where: SeeEntry) -> None:
    """The next entry that waits, in the place of the message; past the last one, how many do."""
    desk, actor, translator = (
        services_of(manager).statement_desk,
        actor_of(manager),
        translator_of(manager),
    )
    sight = await desk.look(actor, where.statement, where.after)
    if sight.entry is not None:
        words = entry_words(translator, sight.entry, min(where.left + 1, sight.waiting), sight.waiting)
        await rewrite(callback, words, entry_buttons(translator, sight.entry, where.left))
        return
    again = button(translator, "statement-one-by-one", SeeEntry(statement=where.statement, after=0, left=0))
    await rewrite(
        callback,
        translator.html("statement-all-seen", waiting=sight.waiting),
        keyboard(again) if sight.waiting else None,
    )
