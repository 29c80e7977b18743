"""The recap: all that is ordered, what has to be accepted, and the final button (DOMAIN.md 3.8)."""

from functools import partial
from typing import Any, Final

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.order_lines import MAILBOXES_TO_A_PAGE, lines_of_renewal
from bot.dialogs.renewal import edit
from bot.dialogs.renewal.explained import show_unavailable
from bot.dialogs.renewal.flow import (
    draft_id,
    go,
    header,
    inner_nav,
    renewal_of,
    step_nav,
)
from bot.dialogs.renewal.placed import confirmation
from bot.dialogs.renewal.recap_text import recap_body
from bot.dialogs.renewal.window import step_window
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choice, Choices, Label, flag_wanted
from bot.dialogs.widgets.colours import GOES_ON, ORDERS
from bot.dialogs.widgets.pages import PAGES, PageTurner, page_count, shown_page
from bot.dialogs.widgets.toasts import toast
from bot.domain.catalogue import DocumentId
from bot.domain.choices import ChoiceRefused, Refusal
from bot.domain.drafts import Gap, accepted, all_required_accepted, documents_for
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.domain.vat import VatTreatment
from bot.domain.ways import STEP_OF_GAP
from bot.services.errors import MailboxBlocked, OfferChanged
from bot.services.renewing.offer import offer_seal
from bot.texts import Translator

_CHANGED: Final = "offer_changed"
"""Where one update hands what has changed from the handler to the getter; the next drawing forgets it."""

_LINES_PAGE: Final = "recap_lines_page"

_ACCEPT: Final = {
    DocumentId.CONDITIONS: "renewal-recap-accept-conditions",
    DocumentId.CLAUSES: "renewal-recap-accept-clauses",
    DocumentId.PRIVACY: "renewal-recap-accept-privacy",
    DocumentId.EARLY_START: "renewal-recap-accept-early-start",
}

_CHOOSE: Final = {
    Gap.MAILBOX: "renewal-recap-choose-mailbox",
    Gap.SPACE: "renewal-recap-choose-space",
    Gap.KIT: "renewal-recap-choose-kit",
    Gap.REGISTRANT: "renewal-recap-choose-registrant",
    Gap.PAYMENT: "renewal-recap-choose-payment",
    Gap.YEARS: "renewal-recap-choose-years",
}


def windows() -> list[Window]:
    """The windows of this step, in their order."""
    return [_recap_window(), _lines_window(), *edit.windows()]


def _recap_window() -> Window:
    return step_window(
        RenewalStates.recap,
        Choices("recap_gap", "missing", _open_gap, style=GOES_ON),
        # Above the boxes: a keyboard grows upwards from the edge of a phone, and below them the order would come to lie
        # where the last box has just been ticked, under a second tap.
        Choices("recap_order", "final", _place, style=ORDERS),
        Choices("recap_accept", "acceptances", _accept),
        SwitchTo(Label("lines-all"), id="recap_all", state=RenewalStates.recap_lines, when="has_pages"),
        Row(
            Button(Label("renewal-recap-edit"), id="recap_edit", on_click=_edit),
            *step_nav("recap", Step.ORDER).buttons,
        ),
        text="renewal-recap",
        getter=_recap,
    )


def _lines_window() -> Window:
    return step_window(
        RenewalStates.recap_lines,
        PageTurner(_LINES_PAGE),
        inner_nav("recap_lines", RenewalStates.recap),
        text="lines-page",
        getter=_lines,
    )


async def _recap(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    gaps = renewal.gaps
    return {
        **header(dialog_manager, renewal, Step.ORDER),
        "body": recap_body(translator, renewal, dialog_manager.middleware_data.get(_CHANGED)),
        "missing": [Choice(gap.value, translator.plain(_CHOOSE[gap])) for gap in gaps],
        "acceptances": [] if gaps else _acceptances(translator, renewal),
        "final": [] if gaps else _final(translator, renewal),
        "has_pages": lines_of_renewal(translator, renewal).adds_up_briefly,
    }


def _acceptances(translator: Translator, renewal: Renewal) -> list[Choice]:
    """One button for each document, ticked only where the version in force was accepted."""
    ticked = accepted(renewal.draft, renewal.facts)
    return [
        Choice.flag(document.id.value, translator.plain(_ACCEPT[document.id]), chosen=document.id in ticked)
        for document in documents_for(renewal.draft, renewal.facts)
    ]


def _final(translator: Translator, renewal: Renewal) -> list[Choice]:
    """The final button, which names what it was made for; not there until all that is required is accepted."""
    if not all_required_accepted(renewal.draft, renewal.facts):
        return []
    return [Choice(offer_seal(renewal), _final_words(translator, renewal))]


def _final_words(translator: Translator, renewal: Renewal) -> str:
    """The words of the law, and the amount; where the operator decides on the VAT, what is certain of it."""
    if renewal.vat is VatTreatment.OPEN:
        return translator.plain("vat-order-button", net=renewal.quote.net)
    return translator.plain("renewal-recap-order", due=renewal.quote.due)


async def _lines(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    lines = lines_of_renewal(translator_of(dialog_manager), renewal)
    page = await shown_page(dialog_manager, _LINES_PAGE, lines.boxes, MAILBOXES_TO_A_PAGE)
    return {
        **header(dialog_manager, renewal, Step.ORDER),
        "body": lines.spread(page),
        "count": len(lines.boxes),
        "years": lines.quote.years,
        PAGES: page_count(lines.boxes, MAILBOXES_TO_A_PAGE),
    }


async def _open_gap(_: CallbackQuery, __: Any, manager: DialogManager, name: str) -> None:
    if name not in set(Gap):
        return
    blocked = (await renewal_of(manager)).blocked
    if blocked and name == Gap.MAILBOX:
        await show_unavailable(manager, mailbox_id=blocked[0].id)
    else:
        await go(manager, STEP_OF_GAP[Gap(name)])


async def _edit(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await go(manager, Step.EDIT)


async def _accept(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    name, wanted = flag_wanted(item_id)
    if name not in set(DocumentId):
        raise ChoiceRefused(Refusal.DOCUMENT_NOT_OFFERED)
    renewal, document = await renewal_of(manager), DocumentId(name)
    if (document in accepted(renewal.draft, renewal.facts)) is not wanted:
        await services_of(manager).renewals.toggle_acceptance(actor_of(manager), draft_id(manager), document)


async def _place(callback: CallbackQuery, _: Any, manager: DialogManager, seal: str) -> None:
    translator = translator_of(manager)
    try:
        await services_of(manager).orders.place(
            actor_of(manager),
            draft_id(manager),
            seal,
            await _words_tapped(manager),
            _words_shown(manager),
            _message_id(callback),
            partial(confirmation, manager),
        )
    except MailboxBlocked as found:
        await toast(callback, translator.plain(found.text), alert=True)
        await show_unavailable(manager, mailbox_id=found.mailbox_id)
        return
    except OfferChanged as changed:
        manager.middleware_data[_CHANGED] = changed
        await toast(callback, translator.plain("renewal-recap-changed-alert"), alert=True)
        return
    except ChoiceRefused as refused:
        if refused.reason is not Refusal.INCOMPLETE:
            raise
        await toast(callback, translator.plain("refusal-incomplete"), alert=True)
        return
    await manager.switch_to(RenewalStates.placed)


def _message_id(callback: CallbackQuery) -> int | None:
    """The message that is drawn anew as the confirmation; None where it cannot be, so that another one will be sent."""
    return callback.message.message_id if isinstance(callback.message, Message) else None


def _words_shown(manager: DialogManager) -> str | None:
    """The recap as Telegram shows it in the chat, for the evidence; None where it gives the message no more."""
    event = manager.event
    shown = event.message if isinstance(event, CallbackQuery) else None
    return shown.text if isinstance(shown, Message) else None


async def _words_tapped(manager: DialogManager) -> str:
    """What the button said, as Telegram shows it in the chat: the evidence is of what was read.

    Where Telegram does not give the message any more, it is what the bot writes there: only what was sealed is placed.
    """
    event = manager.event
    if isinstance(event, CallbackQuery) and isinstance(event.message, Message):
        markup = event.message.reply_markup
        rows = [] if markup is None else markup.inline_keyboard
        for button in (button for row in rows for button in row):
            if button.callback_data == event.data:
                return button.text
    return _final_words(translator_of(manager), await renewal_of(manager))
