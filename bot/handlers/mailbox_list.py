"""`/mailboxes`: the card of the only mailbox, or every mailbox of the chat's customers, each a button to its card."""

from typing import Final

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram_dialog import DialogManager, ShowMode

from bot.dialogs.card.data import Leads
from bot.dialogs.context import actor_of, answered_below, services_of, translator_of
from bot.dialogs.renewal.mailbox_text import expiry_labels
from bot.dialogs.rewriting import say_below
from bot.domain.mailboxes import Blocker, Mailbox, blocker, days_left, is_over
from bot.domain.switching import may_renew_itself
from bot.handlers.buttons import ListSwitches, OpenRenewal, ShowCard, ShowMailboxes, button, keyboard
from bot.handlers.card import open_card
from bot.handlers.entering import link_keyboard
from bot.handlers.home import home_button, show_home
from bot.handlers.opening import open_mailbox
from bot.handlers.reach import Place, acknowledge, reachable, rewrite
from bot.messages.blocks import folded, paragraphs
from bot.texts import Safe


def mailbox_list_router() -> Router:
    """The list and the buttons that turn its pages."""
    router = Router(name="mailboxes")
    router.message.register(mailboxes, Command("mailboxes", "caselle", ignore_case=True))
    router.callback_query.register(turn, ShowMailboxes.filter())
    return router


async def mailboxes(message: Message, dialog_manager: DialogManager) -> None:
    """Show the card of the only mailbox, or the first page."""
    await _show_below(message, dialog_manager, 0)


async def turn(callback: CallbackQuery, callback_data: ShowMailboxes, dialog_manager: DialogManager) -> None:
    """Show a page in place of the one that has the button; below, where something else has it."""
    await acknowledge(callback)
    message = reachable(callback)
    if isinstance(message, Message) and message.reply_markup and _has_pager(message.reply_markup):
        await show_page(callback, dialog_manager, callback_data.page)
    else:
        await _show_below(message, dialog_manager, callback_data.page)


async def show_page(callback: CallbackQuery, manager: DialogManager, number: int) -> None:
    """Put a page of the list in the place of the message that was tapped."""
    text, markup = _page(manager, await _boxes(manager), number)
    await rewrite(callback, text, markup)


async def _renew(callback: CallbackQuery, manager: DialogManager, mailbox_id: int) -> None:
    answered_below(manager)  # where another renewal is under way it is asked about in a message of its own
    await open_mailbox(reachable(callback), manager, mailbox_id, ShowMode.AUTO)


async def _home(callback: CallbackQuery, manager: DialogManager) -> None:
    answered_below(manager)
    manager.show_mode = ShowMode.NO_UPDATE  # the card stays as it is
    await show_home(reachable(callback), manager)


CARD_LEADS: Final = Leads(renew=_renew, home=_home, to_list=show_page)
"""Where the card of a mailbox leads outside of dialogs."""


async def _show_below(message: Place, manager: DialogManager, number: int) -> None:
    boxes = await _boxes(manager)
    if len(boxes) == 1:
        await open_card(manager, boxes[0].id)
        return
    text, markup = _page(manager, boxes, number)
    await say_below(message, text, reply_markup=markup)


def _has_pager(markup: InlineKeyboardMarkup) -> bool:
    """Whether the message is such a list itself, rather than one that only leads to it."""
    data = [cell.callback_data for row in markup.inline_keyboard for cell in row if cell.callback_data]
    prefix = ShowMailboxes.__prefix__
    return sum(item.startswith(f"{prefix}:") for item in data) > 1


async def _boxes(manager: DialogManager) -> list[Mailbox]:
    holdings = await services_of(manager).renewals.holdings(actor_of(manager))
    boxes = [box for holding in holdings for box in holding.mailboxes]
    return sorted(boxes, key=lambda box: (_over(manager, box), box.expires_on))


def _over(manager: DialogManager, box: Mailbox) -> bool:
    surroundings = services_of(manager).surroundings
    return is_over(box, box.gone_on, surroundings.catalogue, surroundings.today())


def _page(
    manager: DialogManager, boxes: list[Mailbox], number: int
) -> tuple[Safe, InlineKeyboardMarkup | None]:
    translator, services = translator_of(manager), services_of(manager)
    if not boxes:
        return translator.html("mailboxes-none"), link_keyboard(manager)
    size = services.surroundings.catalogue.rules.mailboxes_per_page
    pages = (len(boxes) + size - 1) // size
    number = max(0, min(number, pages - 1))
    shown = boxes[number * size : (number + 1) * size]
    text = paragraphs(
        translator.html("mailboxes-list", count=len(boxes)), folded(*(_line(manager, box) for box in shown))
    )
    surroundings = services.surroundings
    labels = expiry_labels(translator, boxes, surroundings.catalogue, surroundings.today())
    rows: list[InlineKeyboardButton | tuple[InlineKeyboardButton, ...]] = [
        InlineKeyboardButton(text=labels[box.id], callback_data=ShowCard(mailbox=box.id, page=number).pack())
        for box in shown
    ]
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
    if any(may_renew_itself(box, surroundings.catalogue, surroundings.today()) for box in boxes):
        rows.append(button(translator, "mailboxes-automatic", ListSwitches(page=number)))
    last = [home_button(manager)]
    if not all(_over(manager, box) for box in boxes):
        last.insert(0, button(translator, "button-renew", OpenRenewal()))
    return text, keyboard(*rows, tuple(last))


def _line(manager: DialogManager, box: Mailbox) -> Safe:
    translator, surroundings = translator_of(manager), services_of(manager).surroundings
    catalogue, today = surroundings.catalogue, surroundings.today()
    reason, plan = blocker(box, catalogue, today), catalogue.plans[box.plan_id].names[translator.locale.value]
    if reason is Blocker.GONE:
        return translator.html("mailboxes-line-gone", address=box.address, plan=plan)
    word = "declined" if box.declined and reason is None else "none" if reason is None else reason.value
    return translator.html(
        "mailboxes-line",
        address=box.address,
        plan=plan,
        expires=box.expires_on,
        days=days_left(box.expires_on, today),
        late=today > box.expires_on,
        overdue=(today - box.expires_on).days,
        blocker=word,
    )
