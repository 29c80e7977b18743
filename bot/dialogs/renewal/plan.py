"""Keep the plan or change it; what a change takes away is said before it is taken (DOMAIN.md 3.2).

The plan that is looked at, and not yet taken, is in `dialog_data` by its id.
"""

from decimal import Decimal
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.flow import (
    ask_to_leave,
    below,
    draft_id,
    header,
    inner_nav,
    open_item,
    proceed,
    renewal_of,
)
from bot.dialogs.renewal.mailbox_text import TITLE_WIDTH, rounded_up
from bot.dialogs.renewal.plan_text import (
    Proposal,
    change_text,
    new_total,
    plan_choices,
    plans_text,
    proposal,
    recomputed_text,
)
from bot.dialogs.renewal.recheck import recheck_for
from bot.dialogs.renewal.window import step_window
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choices, Label, UrlButton, nav_row
from bot.dialogs.widgets.addresses import shortened_address
from bot.dialogs.widgets.colours import DESTROYS
from bot.dialogs.widgets.toasts import toast
from bot.domain.choices import ChoiceRefused, Refusal, item_of, require_fitting_plans
from bot.domain.drafts import Item, change_of_plan
from bot.domain.plans import choosable_plans, offered_plans
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.messages.words import named

_PLAN = "plan"


def windows() -> list[Window]:
    """The windows of this choice, in their order."""
    return [_plan_window(), _change_window(), _archive_loss_window()]


def _plan_window() -> Window:
    return step_window(
        RenewalStates.plan,
        Choices("plan_list", "offers", _pick),
        UrlButton(Label("renewal-plan-guide"), "guide_url"),
        _nav(),
        text="renewal-plan",
        getter=_plans,
    )


def _change_window() -> Window:
    return step_window(
        RenewalStates.plan_change,
        Button(Label("renewal-plan-take"), id="plan_change_take", on_click=_take, when="possible"),
        Button(Label("renewal-usage-recheck"), id="plan_change_recheck", on_click=_recheck, when="over"),
        inner_nav("plan_change", RenewalStates.plan),
        text="renewal-plan-change",
        getter=_change,
    )


def _archive_loss_window() -> Window:
    return step_window(
        RenewalStates.archive_loss,
        Button(
            Label("renewal-plan-archive-loss-take"),
            id="archive_loss_take",
            style=DESTROYS,
            on_click=_take_with_loss,
            when="possible",
        ),
        inner_nav("archive_loss", RenewalStates.plan_change),
        text="renewal-plan-archive-loss",
        getter=_archive_loss,
    )


def _nav() -> Row:
    async def back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        several = len((await renewal_of(manager)).draft.items) > 1
        await manager.switch_to(RenewalStates.item if several else RenewalStates.offer)

    return nav_row("plan", back=back, cancel=ask_to_leave)


async def _plans(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator, facts = translator_of(dialog_manager), renewal.facts
    item = open_item(dialog_manager, renewal)
    mailbox = facts.mailboxes[item.mailbox_id]
    own = facts.catalogue.plans[mailbox.plan_id]
    plans = offered_plans(facts.catalogue, mailbox)
    return {
        **header(dialog_manager, renewal, Step.PLAN),
        "address": shortened_address(mailbox.address, TITLE_WIDTH),
        "plans": plans_text(translator, renewal, own, plans),
        "offers": plan_choices(translator, renewal, item, plans),
        "guide_url": facts.catalogue.operator.plan_guide_url,
    }


def _proposed(manager: DialogManager, renewal: Renewal) -> Proposal:
    """The change that is looked at.

    Raises:
        ChoiceRefused: the plan is not one that the mailbox can move to.
    """
    facts, item = renewal.facts, open_item(manager, renewal)
    mailbox = facts.mailboxes[item.mailbox_id]
    plan_id = manager.dialog_data.get(_PLAN)
    for plan in choosable_plans(facts.catalogue, mailbox):
        if plan.id == plan_id:
            return proposal(renewal, change_of_plan(mailbox, plan, facts), item)
    raise ChoiceRefused(Refusal.PLAN_NOT_ON_SALE)


def _header(manager: DialogManager, renewal: Renewal, proposed: Proposal) -> dict[str, Any]:
    """The data of every window; the total is that of the plan looked at, where it is possible, and no other."""
    shown = header(manager, renewal, Step.PLAN)
    if proposed.after is not None:
        shown["running_total"] = below(new_total(translator_of(manager), renewal, proposed))
    return shown


async def _change(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator, proposed = translator_of(dialog_manager), _proposed(dialog_manager, renewal)
    change = proposed.change
    return {
        **_header(dialog_manager, renewal, proposed),
        "due": proposed.total,
        "address": shortened_address(proposed.mailbox.address, TITLE_WIDTH),
        "old": named(translator, change.old.names),
        "new": named(translator, change.new.names),
        "body": change_text(translator, renewal, proposed),
        "possible": change.fit.possible,
        "over": proposed.needs_more,
    }


async def _archive_loss(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    proposed = _proposed(dialog_manager, renewal)
    destroyed = proposed.change.archive_gb_destroyed
    return {
        **_header(dialog_manager, renewal, proposed),
        "address": proposed.mailbox.address,
        "new": named(translator_of(dialog_manager), proposed.change.new.names),
        "known": destroyed is not None,
        "gb": rounded_up(destroyed or Decimal(0)),
        "possible": proposed.change.fit.possible,
    }


async def _pick(callback: CallbackQuery, _: Any, manager: DialogManager, plan_id: str) -> None:
    """Keep the current plan with one tap; look at any other before taking it."""
    renewal = await renewal_of(manager)
    item = open_item(manager, renewal)
    if plan_id == renewal.facts.mailboxes[item.mailbox_id].plan_id:
        await _choose(callback, manager, item, plan_id)
        return
    manager.dialog_data[_PLAN] = plan_id
    _proposed(manager, renewal)
    await manager.switch_to(RenewalStates.plan_change)


async def _take(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    renewal = await renewal_of(manager)
    proposed = _proposed(manager, renewal)
    if proposed.change.needs_second_confirmation:
        await manager.switch_to(RenewalStates.archive_loss)
    else:
        await _choose(callback, manager, proposed.item, proposed.change.new.id)


async def _take_with_loss(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    renewal = await renewal_of(manager)
    proposed = _proposed(manager, renewal)
    await _choose(callback, manager, proposed.item, proposed.change.new.id, loss_confirmed=True)


async def _recheck(callback: CallbackQuery, _: Button, manager: DialogManager) -> None:
    proposed = _proposed(manager, await renewal_of(manager))
    await recheck_for(callback, manager, proposed.mailbox, proposed.change.new)


async def _choose(
    callback: CallbackQuery, manager: DialogManager, item: Item, plan_id: str, *, loss_confirmed: bool = False
) -> None:
    """Take the plan; say so when the extra GB had to change with it (DOMAIN.md 3.3)."""
    renewal = await services_of(manager).renewals.choose_plan(
        actor_of(manager),
        draft_id(manager),
        item.mailbox_id,
        plan_id,
        archive_loss_confirmed=loss_confirmed,
    )
    after = item_of(renewal.draft, item.mailbox_id)
    if len(renewal.draft.items) > 1:
        await manager.switch_to(RenewalStates.item)
    else:
        require_fitting_plans(renewal.draft, renewal.facts)
        await proceed(manager, renewal, Step.PLAN)
    if after.extra != item.extra:
        plan = renewal.facts.catalogue.plans[plan_id]
        text = recomputed_text(translator_of(manager), plan, item.extra, after.extra)
        await toast(callback, text, alert=True)
