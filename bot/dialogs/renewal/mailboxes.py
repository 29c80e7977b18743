"""Which mailboxes to renew: flags, soonest expiry first, and those that cannot be, with the reason (DOMAIN.md 3.1)."""

from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal import unavailable
from bot.dialogs.renewal.explained import show_unavailable
from bot.dialogs.renewal.flow import draft_id, header, proceed, renewal_of, set_open_mailbox, step_nav
from bot.dialogs.renewal.mailbox_text import TITLE_WIDTH, expiry_labels, id_in, lines_of
from bot.dialogs.renewal.unavailable import blocked_label, open_unavailable
from bot.dialogs.renewal.window import step_window
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choice, Choices, Label, flag_wanted
from bot.dialogs.widgets.addresses import shortened_address
from bot.dialogs.widgets.colours import GOES_ON
from bot.domain.choices import require_mailboxes
from bot.domain.drafts import Facts
from bot.domain.mailboxes import Blocker, Mailbox, days_left
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.messages.blocks import folded
from bot.messages.words import named
from bot.texts import Safe, Translator

__all__ = ["open_unavailable", "windows"]

_MOST_WITH_DETAIL: Final = 6
"""Mailboxes in the list up to which a phone shows the plan and the days left of each above the buttons."""


def windows() -> list[Window]:
    """The windows of this step, in their order."""
    return [
        step_window(
            RenewalStates.mailboxes,
            Choices("mailboxes_list", "mailboxes", _tap, scroll="rows"),
            Row(
                Button(
                    Label("renewal-mailboxes-all"),
                    id="mailboxes_all",
                    on_click=_select_all,
                    when="offers_all",
                ),
                Button(
                    Label("renewal-mailboxes-none"),
                    id="mailboxes_none",
                    on_click=_select_none,
                    when="offers_none",
                ),
                Button(Label("nav-continue"), id="mailboxes_go", style=GOES_ON, on_click=_continue),
            ),
            step_nav("mailboxes", Step.MAILBOX),
            text="renewal-mailboxes",
            getter=_getter,
        ),
        *unavailable.windows(),
    ]


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    facts, rules = renewal.facts, renewal.facts.catalogue.rules
    chosen = {item.mailbox_id for item in renewal.draft.items}
    blocked = sorted(
        (
            box
            for box in facts.mailboxes.values()
            if facts.blocker(box.id) not in {None, Blocker.GONE} or (box.gone_on and box.id in chosen)
        ),
        key=lambda box: (box.expires_on, box.address),
    )
    fits = len(facts.renewable) + len(blocked) <= _MOST_WITH_DETAIL
    labels = expiry_labels(translator, facts.renewable, facts.catalogue, facts.today)
    return {
        **header(dialog_manager, renewal, Step.MAILBOX),
        "body": lines_of(
            [
                _text(translator, renewal, any_blocked=bool(blocked)),
                folded(lines_of(_detail(translator, facts, box) for box in facts.renewable))
                if fits
                else None,
            ]
        ),
        "mailboxes": [
            *(Choice.flag(str(box.id), labels[box.id], chosen=box.id in chosen) for box in facts.renewable),
            *(
                Choice(str(box.id), blocked_label(translator, box, facts.catalogue, facts.today))
                for box in blocked
            ),
        ],
        "rows": rules.mailboxes_per_page,
        "offers_all": len(chosen) < min(rules.max_mailboxes, len(facts.renewable)),
        "offers_none": bool(chosen),
    }


def _text(translator: Translator, renewal: Renewal, *, any_blocked: bool) -> Safe:
    facts = renewal.facts
    limit, renewable = facts.catalogue.rules.max_mailboxes, len(facts.renewable)
    chosen = sum(facts.blocker(item.mailbox_id) is None for item in renewal.draft.items)
    return lines_of(
        [
            translator.html(
                "renewal-mailboxes-chosen",
                holder=renewal.registrant.display_name,
                chosen=chosen,
                renewable=renewable,
            ),
            translator.html("renewal-mailboxes-blocked-how") if any_blocked else None,
            translator.html("renewal-mailboxes-limit", limit=limit) if renewable > limit else None,
        ]
    )


def _detail(translator: Translator, facts: Facts, mailbox: Mailbox) -> Safe:
    """The plan of a mailbox and the days left, for which its button has no room (DOMAIN.md 3.1)."""
    days = days_left(mailbox.expires_on, facts.today)
    return translator.html(
        "renewal-mailboxes-detail",
        address=shortened_address(mailbox.address, TITLE_WIDTH),
        plan=named(translator, facts.catalogue.plans[mailbox.plan_id].names),
        expired=days < 0,
        days=abs(days),
    )


async def _tap(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    """Set or clear the flag; a mailbox that cannot be renewed (any more) loses its flag and says why."""
    name, wanted = flag_wanted(item_id)
    mailbox_id = id_in(name)
    renewals, actor = services_of(manager).renewals, actor_of(manager)
    renewal = await renewal_of(manager)
    blocked = mailbox_id in renewal.facts.mailboxes and renewal.facts.blocker(mailbox_id) is not None
    chosen = any(item.mailbox_id == mailbox_id for item in renewal.draft.items)
    if chosen is not (wanted and not blocked):
        await renewals.toggle_mailbox(actor, draft_id(manager), mailbox_id)
    if blocked:
        await show_unavailable(manager, mailbox_id=mailbox_id)


async def _select_all(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await services_of(manager).renewals.select_all(actor_of(manager), draft_id(manager))


async def _select_none(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await services_of(manager).renewals.select_none(actor_of(manager), draft_id(manager))


async def _continue(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    renewal = await renewal_of(manager)
    if renewal.blocked:
        await show_unavailable(manager, mailbox_id=renewal.blocked[0].id)
        return
    require_mailboxes(renewal.draft, renewal.facts)
    if len(renewal.draft.items) == 1:
        set_open_mailbox(manager, renewal.draft.items[0].mailbox_id)
    await proceed(manager, renewal, Step.MAILBOX)
