"""The commands, and the buttons of the messages that they send."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message
from aiogram_dialog import DialogManager, ShowMode, StartMode

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.states import OrderStates
from bot.domain.catalogue import DocumentId
from bot.handlers.buttons import (
    AnswerUnlink,
    ChooseLanguage,
    DiscardRenewal,
    OpenRenewal,
    RenewMailbox,
    ShowOrders,
    StartAfresh,
    button,
    keyboard,
)
from bot.handlers.opening import open_mailbox, open_renewal, resume
from bot.handlers.reach import reachable
from bot.texts import Locale, Texts


def commands_router(texts: Texts) -> Router:
    """Everything that can be asked by name at any moment; `texts` hold the language that may be switched to."""
    router = Router(name="commands")

    @router.message(Command("renew", "rinnova"))
    async def renew(message: Message, dialog_manager: DialogManager) -> None:
        await open_renewal(message, dialog_manager)

    @router.message(Command("orders", "ordini"))
    async def orders(_: Message, dialog_manager: DialogManager) -> None:
        await dialog_manager.start(OrderStates.list, mode=StartMode.RESET_STACK, show_mode=ShowMode.SEND)

    @router.message(Command("help", "aiuto"))
    async def help_(message: Message, dialog_manager: DialogManager) -> None:
        operator = services_of(dialog_manager).surroundings.catalogue.operator
        await message.answer(
            translator_of(dialog_manager).html(
                "help",
                operator=operator.legal_name,
                email=operator.email,
                phone=operator.phone,
                website=operator.website,
            )
        )

    @router.message(Command("privacy"))
    async def privacy(message: Message, dialog_manager: DialogManager) -> None:
        catalogue = services_of(dialog_manager).surroundings.catalogue
        translator = translator_of(dialog_manager)
        notice = catalogue.documents[DocumentId.PRIVACY]
        await message.answer(
            translator.html("privacy", operator=catalogue.operator.legal_name, email=catalogue.operator.email),
            reply_markup=keyboard(
                InlineKeyboardButton(
                    text=translator.plain("privacy-notice", version=notice.version),
                    url=notice.urls[translator.locale.value],
                )
            ),
        )

    @router.message(Command("language", "lingua"))
    async def language(message: Message, dialog_manager: DialogManager) -> None:
        translator = translator_of(dialog_manager)
        await message.answer(
            translator.html("language-choose"),
            reply_markup=keyboard(
                tuple(
                    button(texts.translator(locale), "language-name", ChooseLanguage(language=locale.value))
                    for locale in Locale
                )
            ),
        )

    @router.callback_query(ChooseLanguage.filter())
    async def speak(
        callback: CallbackQuery, callback_data: ChooseLanguage, dialog_manager: DialogManager
    ) -> None:
        await callback.answer()
        locale = Locale(callback_data.language)
        await services_of(dialog_manager).chats.set_language(actor_of(dialog_manager), locale.value)
        await reachable(callback).edit_text(texts.translator(locale).html("language-chosen"))

    @router.message(Command("cancel", "annulla"))
    async def cancel(message: Message, dialog_manager: DialogManager) -> None:
        translator = translator_of(dialog_manager)
        unfinished = await services_of(dialog_manager).renewals.unfinished(actor_of(dialog_manager))
        await dialog_manager.reset_stack(remove_keyboard=True)
        if unfinished is None:
            await message.answer(translator.html("cancel-nothing"))
            return
        await message.answer(
            translator.html("cancel-ask"),
            reply_markup=keyboard(
                button(translator, "button-resume", OpenRenewal()),
                button(translator, "button-discard", DiscardRenewal(sure=True)),
            ),
        )

    @router.message(Command("unlink", "scollega"))
    async def unlink(message: Message, dialog_manager: DialogManager) -> None:
        translator = translator_of(dialog_manager)
        if not await services_of(dialog_manager).linking.is_bound(actor_of(dialog_manager)):
            await message.answer(translator.html("unlink-nothing"))
            return
        await message.answer(
            translator.html("unlink-ask"),
            reply_markup=keyboard(
                button(translator, "unlink-yes", AnswerUnlink(accept=True)),
                button(translator, "unlink-no", AnswerUnlink(accept=False)),
            ),
        )

    @router.callback_query(AnswerUnlink.filter())
    async def unlink_answered(
        callback: CallbackQuery, callback_data: AnswerUnlink, dialog_manager: DialogManager
    ) -> None:
        await callback.answer()
        key = "unlink-kept"
        if callback_data.accept:
            await services_of(dialog_manager).linking.unlink(actor_of(dialog_manager))
            await dialog_manager.reset_stack(remove_keyboard=True)
            key = "unlink-done"
        await reachable(callback).edit_text(translator_of(dialog_manager).html(key))

    @router.callback_query(RenewMailbox.filter())
    async def renew_mailbox(
        callback: CallbackQuery, callback_data: RenewMailbox, dialog_manager: DialogManager
    ) -> None:
        await callback.answer()
        await open_mailbox(reachable(callback), dialog_manager, callback_data.mailbox)

    @router.callback_query(OpenRenewal.filter())
    async def go_on(callback: CallbackQuery, dialog_manager: DialogManager) -> None:
        await callback.answer()
        await resume(reachable(callback), dialog_manager)

    @router.callback_query(StartAfresh.filter())
    async def afresh(
        callback: CallbackQuery, callback_data: StartAfresh, dialog_manager: DialogManager
    ) -> None:
        await callback.answer()
        await services_of(dialog_manager).renewals.discard(actor_of(dialog_manager))
        if callback_data.mailbox is None:
            await open_renewal(reachable(callback), dialog_manager)
        else:
            await open_mailbox(reachable(callback), dialog_manager, callback_data.mailbox)

    @router.callback_query(DiscardRenewal.filter())
    async def discard(
        callback: CallbackQuery, callback_data: DiscardRenewal, dialog_manager: DialogManager
    ) -> None:
        await callback.answer()
        translator = translator_of(dialog_manager)
        if callback_data.sure:
            await services_of(dialog_manager).renewals.discard(actor_of(dialog_manager))
            await dialog_manager.reset_stack(remove_keyboard=True)
            await reachable(callback).edit_text(translator.html("discarded"))
            return
        await reachable(callback).edit_text(
            translator.html("discard-ask"),
            reply_markup=keyboard(
                button(translator, "button-resume", OpenRenewal()),
                button(translator, "discard-yes", DiscardRenewal(sure=True)),
            ),
        )

    @router.callback_query(ShowOrders.filter())
    async def show_orders(
        callback: CallbackQuery, callback_data: ShowOrders, dialog_manager: DialogManager
    ) -> None:
        await callback.answer()
        state = OrderStates.list if callback_data.number is None else OrderStates.order
        await dialog_manager.start(
            state,
            data={"number": callback_data.number},
            mode=StartMode.RESET_STACK,
            show_mode=ShowMode.SEND,
        )

    return router
