"""How the conversation moves: from step to step, or back to the recap when a choice was opened from there.

`dialog_data` holds three small things and nothing else: the draft's id, the id of the mailbox whose plan or space is
open, and whether the recap is where the next choice leads. Everything else is read from the draft.
"""

from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode
from aiogram_dialog.widgets.kbd import Button, Row

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.explained import explained, show_unavailable
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import nav_row
from bot.domain.choices import item_of
from bot.domain.drafts import Gap, Item
from bot.domain.renewal import Renewal
from bot.domain.steps import Step, after, before

STATE_OF: dict[Step, State] = {
    Step.MAILBOX: RenewalStates.mailboxes,
    Step.PLAN: RenewalStates.offer,
    Step.SPACE: RenewalStates.space,
    Step.KIT: RenewalStates.kit,
    Step.REGISTRANT: RenewalStates.registrant,
    Step.PAYMENT: RenewalStates.payment,
    Step.YEARS: RenewalStates.years,
    Step.ORDER: RenewalStates.recap,
}
"""The window in which each step begins."""

STEP_OF_GAP: dict[Gap, Step] = {
    Gap.MAILBOX: Step.MAILBOX,
    Gap.SPACE: Step.PLAN,
    Gap.KIT: Step.KIT,
    Gap.REGISTRANT: Step.REGISTRANT,
    Gap.PAYMENT: Step.PAYMENT,
    Gap.YEARS: Step.YEARS,
}
"""The step at which something missing is chosen."""

_DRAFT = "draft"
_MAILBOX = "mailbox"
_READ_AS = "renewal_read_as"
_TO_RECAP = "to_recap"


def draft_id(manager: DialogManager) -> int:
    """The draft that this dialog is a view of."""
    return int(manager.dialog_data[_DRAFT])


def open_mailbox(manager: DialogManager) -> int:
    """The mailbox whose plan or space is open."""
    return int(manager.dialog_data[_MAILBOX])


def set_open_mailbox(manager: DialogManager, mailbox_id: int) -> None:
    """Open this mailbox's plan and space."""
    manager.dialog_data[_MAILBOX] = mailbox_id


def leads_to_recap(manager: DialogManager) -> bool:
    """Whether the choice that is open leads back to the recap."""
    return bool(manager.dialog_data.get(_TO_RECAP))


def lead_to_recap(manager: DialogManager) -> None:
    """From now on every choice leads to the recap, by way of what is missing."""
    manager.dialog_data[_TO_RECAP] = True


def has_draft(manager: DialogManager) -> bool:
    """Whether a renewal has begun: the windows before it is chosen for whom have none."""
    return _DRAFT in manager.dialog_data


async def renewal_of(manager: DialogManager) -> Renewal:
    """The renewal as it stands, read for this window."""
    return await services_of(manager).renewals.read(actor_of(manager), draft_id(manager))


def open_item(manager: DialogManager, renewal: Renewal) -> Item:
    """What is chosen for the mailbox that is open; with one in the draft, it is that one.

    Raises:
        ChoiceRefused: the mailbox that was open is not in the draft any more.
    """
    items = renewal.draft.items
    return items[0] if len(items) == 1 else item_of(renewal.draft, open_mailbox(manager))


async def start_renewal(manager: DialogManager, renewal: Renewal, *, mode: ShowMode) -> None:
    """Open the conversation at the step at which the draft stands, in place of whatever was open.

    Where one of its mailboxes cannot be renewed any more, that is said first.
    """
    step = _standing(renewal)
    state, data = STATE_OF[step], _ids(renewal, step)
    if renewal.blocked:
        state = RenewalStates.unavailable
        data |= explained(mailbox_id=renewal.blocked[0].id)
    await manager.start(state, data=data, mode=StartMode.RESET_STACK, show_mode=mode)


async def adopt(manager: DialogManager, renewal: Renewal) -> None:
    """Become the view of a draft that was begun in this dialog, and show the step at which it stands."""
    step = _standing(renewal)
    manager.dialog_data.clear()
    manager.dialog_data.update(_ids(renewal, step))
    await manager.switch_to(STATE_OF[step])


def _standing(renewal: Renewal) -> Step:
    step = renewal.draft.step
    return step if step in renewal.path or step is Step.ORDER else after(renewal.path, step)


def _ids(renewal: Renewal, step: Step) -> dict[str, Any]:
    data: dict[str, Any] = {_DRAFT: renewal.draft.id, _TO_RECAP: step is Step.ORDER}
    if len(renewal.draft.items) == 1:
        data[_MAILBOX] = renewal.draft.items[0].mailbox_id
    return data


async def take_start_data(start_data: Any, manager: DialogManager) -> None:
    """`on_start` of the dialog: keep the ids that it was started with."""
    manager.dialog_data.update(start_data or {})


async def go(manager: DialogManager, step: Step) -> None:
    """Show the window in which the step begins, and remember it in the draft."""
    await services_of(manager).renewals.move(actor_of(manager), draft_id(manager), step)
    await manager.switch_to(STATE_OF[step])


async def open_from_recap(manager: DialogManager, step: Step) -> None:
    """Open one choice from the recap; when it is made, the recap comes back."""
    lead_to_recap(manager)
    await manager.switch_to(STATE_OF[step])


async def proceed(manager: DialogManager, renewal: Renewal, step: Step) -> None:
    """Go on after the choice of `step`: to the next step, or to the recap where the choice was opened from there.

    On the way to the recap whatever is still missing is asked first. That a mailbox cannot be renewed any more, since
    another chat has ordered it, say, is said at once: until that is settled all other choices are in vain.
    """
    if renewal.blocked:
        await show_unavailable(manager, mailbox_id=renewal.blocked[0].id)
        return
    if renewal.gaps and Gap.MAILBOX in renewal.gaps and step is not Step.MAILBOX:
        await go(manager, Step.MAILBOX)
        return
    if not leads_to_recap(manager):
        await go(manager, after(renewal.path, step))
        return
    missing = renewal.gaps
    await go(manager, STEP_OF_GAP[missing[0]] if missing else Step.ORDER)


async def go_back(manager: DialogManager, renewal: Renewal, step: Step) -> None:
    """Go back from `step`: to the step before, or to the recap where it was opened from there.

    Before the first step there is nothing: what remains is to leave, and that is asked.
    """
    if leads_to_recap(manager) and step is not Step.ORDER:
        await go(manager, Step.ORDER)
        return
    manager.dialog_data[_TO_RECAP] = False
    previous = before(renewal.path, step)
    if previous is None:
        await manager.switch_to(RenewalStates.leave)
    else:
        if len(renewal.draft.items) == 1:
            set_open_mailbox(manager, renewal.draft.items[0].mailbox_id)
        await go(manager, previous)


async def ask_to_leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """The Cancel button of every window: ask whether to keep the renewal for later or throw it away."""
    await manager.switch_to(RenewalStates.leave)


def step_nav(prefix: str, step: Step) -> Row:
    """Back and Cancel of a window that belongs to `step` and is its first one."""

    async def back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await go_back(manager, await renewal_of(manager), step)

    return nav_row(prefix, back=back, cancel=ask_to_leave)


def inner_nav(prefix: str, parent: State) -> Row:
    """Back and Cancel of a window inside a step: back leads to `parent`."""

    async def back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await manager.switch_to(parent)

    return nav_row(prefix, back=back, cancel=ask_to_leave)


def header(manager: DialogManager, renewal: Renewal, step: Step) -> dict[str, Any]:
    """The data that every window of a step shows: progress, and the running total with VAT (DOMAIN.md 3).

    `running_total` is written already: the amount due for the years chosen, or for one year while none are, or that
    nothing is chosen yet.
    """
    translator = translator_of(manager)
    path = renewal.path
    quote = renewal.quote
    if not renewal.draft.items:
        total = translator.html("renewal-total-none")
    elif renewal.draft.years is None:
        total = translator.html("renewal-total-per-year", due=quote.due, split=quote.split_payment)
    else:
        total = translator.html(
            "renewal-total-for-years", due=quote.due, years=renewal.draft.years, split=quote.split_payment
        )
    return {
        "step": path.index(step) + 1 if step in path else 1,
        "steps": len(path),
        "running_total": total,
        "read_as": manager.middleware_data.get(_READ_AS),
    }


def say_read_as(manager: DialogManager, label: str, value: str) -> None:
    """Say on the window drawn next as what an answer was read, since that is not what was typed."""
    manager.middleware_data[_READ_AS] = translator_of(manager).html(
        "renewal-read-as", label=label, value=value
    )
