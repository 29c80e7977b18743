"""`/mailboxes`: every mailbox of the chat's customers, with its expiry and what stands in the way of renewing it."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram_dialog import DialogManager

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.rewriting import say_below
from bot.domain.mailboxes import Mailbox, blocker, days_left
from bot.handlers.buttons import ListSwitches, OpenRenewal, ShowMailboxes, button, keyboard
from bot.handlers.entering import link_keyboard
from bot.handlers.home import home_button
from bot.handlers.reach import acknowledge, reachable, rewrite
from bot.texts import Safe


def mailbox_list_router() -> Router:
    """The list and the buttons that turn its pages."""
    router = Router(name="mailboxes")
    router.message.register(mailboxes, Command("mailboxes", "caselle", ignore_case=True))
    router.callback_query.register(turn, ShowMailboxes.filter())
    return router


async def mailboxes(message: Message, dialog_manager: DialogManager) -> None:
    """Show the first page."""
    text, markup = await _page(dialog_manager, 0)
    await say_below(message, text, reply_markup=markup)


async def turn(callback: CallbackQuery, callback_data: ShowMailboxes, dialog_manager: DialogManager) -> None:
    """Show a page in place of the one that has the button; below, where something else has it."""
    await acknowledge(callback)
    text, markup = await _page(dialog_manager, callback_data.page)
    message = reachable(callback)
    if isinstance(message, Message) and message.reply_markup and _has_pager(message.reply_markup):
        await rewrite(callback, text, markup)
    else:
        await say_below(message, text, reply_markup=markup)


def _has_pager(markup: InlineKeyboardMarkup) -> bool:
    """Whether the message is such a list itself, rather than one that only leads to it."""
    data = [cell.callback_data for row in markup.inline_keyboard for cell in row if cell.callback_data]
    prefix = ShowMailboxes.__prefix__
    return sum(item.startswith(f"{prefix}:") for item in data) > 1


async def _page(manager: DialogManager, number: int) -> tuple[Safe, InlineKeyboardMarkup | None]:
    translator, services = translator_of(manager), services_of(manager)
    holdings = await services.renewals.holdings(actor_of(manager))
    boxes = sorted((box for holding in holdings for box in holding.mailboxes), key=lambda box: box.expires_on)
    if not boxes:
        return translator.html("mailboxes-none"), link_keyboard(manager)
    size = services.surroundings.catalogue.rules.mailboxes_per_page
    pages = (len(boxes) + size - 1) // size
    number = max(0, min(number, pages - 1))
    lines = Safe("\n\n").join(_line(manager, box) for box in boxes[number * size : (number + 1) * size])
    text = translator.html("mailboxes-list", count=len(boxes), lines=lines)
    rows: list[tuple[InlineKeyboardButton, ...]] = []
    if pages > 1:
        rows.append(
            (
                button(translator, "pager-previous", ShowMailboxes(page=(number - 1) % pages)),
                button(
                    translator, "pager-position", ShowMailboxes(page=number), page=number + 1, pages=pages
                ),
                button(translator, "pager-next", ShowMailboxes(page=(number + 1) % pages)),
            )
        )
    rows.append((button(translator, "mailboxes-automatic", ListSwitches(page=number)),))
    return text, keyboard(*rows, button(translator, "button-renew", OpenRenewal()), home_button(manager))


def _line(manager: DialogManager, box: Mailbox) -> Safe:
    translator, surroundings = translator_of(manager), services_of(manager).surroundings
    catalogue, today = surroundings.catalogue, surroundings.today()
    reason = blocker(box, catalogue, today)
    return translator.html(
        "mailboxes-line",
        address=box.address,
        plan=catalogue.plans[box.plan_id].names[translator.locale.value],
        expires=box.expires_on,
        days=days_left(box.expires_on, today),
        late=today > box.expires_on,
        overdue=(today - box.expires_on).days,
        blocker="none" if reason is None else reason.value,
    )
