"""The chosen mailboxes as they are, and the short way to renew them so (DOMAIN.md 3.1 and 3.2).

With one mailbox the window shows it; with several it lists them, and each can be opened to change its plan or space.
"""

from typing import Any, Final

from aiogram import F
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.flow import (
    HAS_BACK,
    draft_id,
    go,
    header,
    inner_nav,
    open_item,
    proceed,
    renewal_of,
    set_open_mailbox,
    show_standing,
    step_nav,
)
from bot.dialogs.renewal.mailbox_text import ADDRESS_WIDTH, TITLE_WIDTH, id_in
from bot.dialogs.renewal.offer_text import is_dead_end, item_text, list_text, mailbox_text, tight_mailboxes
from bot.dialogs.renewal.recheck import recheck
from bot.dialogs.renewal.window import step_window
from bot.dialogs.renewal.year_labels import YearLabels, year_labels
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choice, Choices, Html, Label
from bot.dialogs.widgets.addresses import shortened_address, told_apart
from bot.dialogs.widgets.toasts import toast
from bot.domain.choices import ChoiceRefused, item_of, require_fitting_plans
from bot.domain.drafts import item_quote
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.messages.words import named
from bot.texts import Translator

_ROWS: Final = 3
"""Mailboxes on a page, above the row that turns pages: the years stand below them on the same phone."""


def windows() -> list[Window]:
    """The windows of this step, in their order."""
    return [_offer_window(), _item_window()]


def _offer_window() -> Window:
    return step_window(
        RenewalStates.offer,
        Choices("offer_items", "items", _open, scroll="rows"),
        Choices("offer_express", "express", _renew_as_it_is),
        Button(Label("renewal-usage-recheck"), id="offer_recheck", on_click=recheck, when="tight"),
        Row(
            SwitchTo(
                Label("renewal-offer-change-plan"),
                id="offer_change_plan",
                state=RenewalStates.plan,
                when="single",
            ),
            Button(Label("renewal-offer-keep"), id="offer_go", on_click=_continue, when="keeps"),
        ),
        Row(
            Button(Label("nav-continue"), id="offer_next", on_click=_continue, when=~F["single"]),
            *step_nav(
                "offer",
                Step.PLAN,
                Button(
                    Label("renewal-offer-others"), id="offer_others", on_click=_others, when="offers_others"
                ),
            ).buttons,
        ),
        text=Html(lambda data: "renewal-offer-one" if data["single"] else "renewal-offer-many"),
        getter=_offer,
    )


def _item_window() -> Window:
    return step_window(
        RenewalStates.item,
        Button(Label("renewal-usage-recheck"), id="item_recheck", on_click=recheck, when="tight"),
        Row(
            SwitchTo(Label("renewal-offer-change-plan"), id="item_change_plan", state=RenewalStates.plan),
            SwitchTo(
                Label("renewal-offer-change-space"),
                id="item_change_space",
                state=RenewalStates.space,
                when="sells_space",
            ),
        ),
        inner_nav("item", RenewalStates.offer),
        text="renewal-offer-item",
        getter=_item,
    )


async def _offer(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    items = renewal.draft.items
    express = _express(translator, renewal)
    head = header(dialog_manager, renewal, Step.PLAN)
    shown = {
        **head,
        "express": [] if express is None else [Choice(str(n), label) for n, label in express.labels.items()],
        "offers_others": Step.MAILBOX in renewal.path and not head[HAS_BACK],
    }
    if len(items) != 1:
        return {
            **shown,
            "single": False,
            "tight": False,
            "keeps": False,
            "count": len(items),
            "body": list_text(translator, renewal),
            "items": _choices(translator, renewal),
            "rows": _ROWS if len(items) > _ROWS + 1 else _ROWS + 1,
        }
    return {
        **shown,
        "single": True,
        "tight": bool(tight_mailboxes(renewal)),
        "keeps": not is_dead_end(renewal, renewal.mailboxes[0]),
        "address": shortened_address(renewal.mailboxes[0].address, TITLE_WIDTH),
        "plan": named(translator, renewal.facts.catalogue.plans[items[0].plan_id].names),
        "body": mailbox_text(translator, renewal, express),
        "items": [],
        "rows": 1,
    }


async def _item(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    facts, item = renewal.facts, open_item(dialog_manager, renewal)
    mailbox, plan = facts.mailboxes[item.mailbox_id], facts.catalogue.plans[item.plan_id]
    return {
        **header(dialog_manager, renewal, Step.PLAN),
        "address": shortened_address(mailbox.address, TITLE_WIDTH),
        "body": item_text(translator_of(dialog_manager), renewal, item),
        "tight": mailbox in tight_mailboxes(renewal),
        "sells_space": bool(plan.extra_mailbox_cap or plan.extra_archive_cap),
    }


def _express(translator: Translator, renewal: Renewal) -> YearLabels | None:
    """A button for each number of years, with its total; None where the used space does not fit as it is."""
    if not renewal.draft.items or renewal.cannot_stay:
        return None
    return year_labels(translator, renewal, renewal.due_as_it_is)


def _choices(translator: Translator, renewal: Renewal) -> list[Choice]:
    """A button for each of several mailboxes, with its price for a year."""
    addresses = [box.address for box in renewal.mailboxes]
    short = told_apart(addresses, ADDRESS_WIDTH)
    return [
        Choice(
            str(item.mailbox_id),
            translator.plain(
                "renewal-offer-choice",
                address=short[address],
                due=item_quote(item, renewal.draft, renewal.facts).due,
            ),
        )
        for item, address in zip(renewal.draft.items, addresses, strict=True)
    ]


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    item = item_of((await renewal_of(manager)).draft, id_in(item_id))
    set_open_mailbox(manager, item.mailbox_id)
    await manager.switch_to(RenewalStates.item)


async def _renew_as_it_is(_: CallbackQuery, __: Any, manager: DialogManager, years: str) -> None:
    renewal = await services_of(manager).renewals.renew_as_it_is(
        actor_of(manager), draft_id(manager), id_in(years)
    )
    await show_standing(manager, renewal)


async def _others(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await go(manager, Step.MAILBOX)


async def _continue(callback: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """Go on with what is chosen; where it no longer holds, say so and draw the window with what is so now."""
    renewal = await renewal_of(manager)
    try:
        require_fitting_plans(renewal.draft, renewal.facts)
    except ChoiceRefused as refused:
        await toast(callback, translator_of(manager).plain(refused.text), alert=True)
    else:
        await proceed(manager, renewal, Step.PLAN)
