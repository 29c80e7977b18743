"""How the conversation moves: on along its way, and back along it (see `bot.domain.ways`).

`dialog_data` holds small things and nothing else: the draft's id, the id of the mailbox whose plan or space is open,
and the window from which leaving was asked for. Everything else is read from the draft.
"""

from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, StartMode
from aiogram_dialog.widgets.kbd import Button, Keyboard, Row

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.explained import explained, show_unavailable
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import nav_row
from bot.domain.choices import item_of
from bot.domain.drafts import Draft, Item, chosen_kit, chosen_method, keeps
from bot.domain.renewal import Renewal
from bot.domain.steps import Step, after
from bot.domain.vat import VatTreatment
from bot.domain.ways import came_from, leads_to_recap, progress
from bot.texts import Safe, Translator

STATE_OF: dict[Step, State] = {
    Step.MAILBOX: RenewalStates.mailboxes,
    Step.PLAN: RenewalStates.offer,
    Step.SPACE: RenewalStates.space,
    Step.KIT: RenewalStates.kit,
    Step.REGISTRANT: RenewalStates.registrant,
    Step.PAYMENT: RenewalStates.payment,
    Step.YEARS: RenewalStates.years,
    Step.ORDER: RenewalStates.recap,
    Step.EDIT: RenewalStates.edit,
}
"""The window in which each step begins."""

_PRICED = (Step.PLAN, Step.YEARS)
"""The steps whose buttons have all the prices: a total would say one of them again."""

_DRAFT = "draft"
_MAILBOX = "mailbox"
_READ_AS = "renewal_read_as"
_LEFT = "left"

HAS_BACK = "has_back"
"""Field of a window's data: whether its Back leads anywhere."""


def draft_id(manager: DialogManager) -> int:
    """The draft that this dialog is a view of."""
    return int(manager.dialog_data[_DRAFT])


def open_mailbox(manager: DialogManager) -> int:
    """The mailbox whose plan or space is open."""
    return int(manager.dialog_data[_MAILBOX])


def set_open_mailbox(manager: DialogManager, mailbox_id: int) -> None:
    """Open this mailbox's plan and space."""
    manager.dialog_data[_MAILBOX] = mailbox_id


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
    state, data = STATE_OF[_standing(renewal)], _ids(renewal)
    if renewal.blocked:
        state = RenewalStates.unavailable
        data |= explained(mailbox_id=renewal.blocked[0].id)
    await manager.start(state, data=data, mode=StartMode.RESET_STACK, show_mode=mode)


async def adopt(manager: DialogManager, renewal: Renewal) -> None:
    """Become the view of a draft that was begun in this dialog, and show the step at which it stands."""
    manager.dialog_data.clear()
    manager.dialog_data.update(_ids(renewal))
    await manager.switch_to(STATE_OF[_standing(renewal)])


def _standing(renewal: Renewal) -> Step:
    step = renewal.draft.step
    return step if step in renewal.path or step is Step.EDIT else after(renewal.path, step)


def _ids(renewal: Renewal) -> dict[str, Any]:
    data: dict[str, Any] = {_DRAFT: renewal.draft.id}
    if len(renewal.draft.items) == 1:
        data[_MAILBOX] = renewal.draft.items[0].mailbox_id
    return data


async def take_start_data(start_data: Any, manager: DialogManager) -> None:
    """`on_start` of the dialog: keep the ids that it was started with."""
    manager.dialog_data.update(start_data or {})


async def go(manager: DialogManager, step: Step) -> None:
    """Show the window in which the step begins, and remember in the draft that it was reached from where it stood."""
    await services_of(manager).renewals.move(actor_of(manager), draft_id(manager), step)
    await manager.switch_to(STATE_OF[step])


async def proceed(manager: DialogManager, renewal: Renewal, step: Step) -> None:
    """Go on after the choice of `step`: to the next step of the way (see `ways.go_on`).

    That a mailbox cannot be renewed any more, since another chat has ordered it, say, is said at once: until that is
    settled all other choices are in vain.
    """
    if not renewal.blocked:
        renewal = await services_of(manager).renewals.go_on(actor_of(manager), draft_id(manager), step)
    await show_standing(manager, renewal)


async def show_standing(manager: DialogManager, renewal: Renewal) -> None:
    """Show the step at which the draft stands, or first that one of its mailboxes cannot be renewed any more."""
    if renewal.blocked:
        await show_unavailable(manager, mailbox_id=renewal.blocked[0].id)
    else:
        await manager.switch_to(STATE_OF[renewal.draft.step])


async def go_back(manager: DialogManager, step: Step) -> None:
    """Go back from `step` to where it was reached from: the window that was seen last there."""
    renewal = await services_of(manager).renewals.go_back(actor_of(manager), draft_id(manager), step)
    if len(renewal.draft.items) == 1:
        set_open_mailbox(manager, renewal.draft.items[0].mailbox_id)
    await manager.switch_to(_last_window(renewal))


def _last_window(renewal: Renewal) -> State:
    """The window of the step at which the draft stands from which one goes on."""
    draft = renewal.draft
    method, kit = chosen_method(draft, renewal.facts), chosen_kit(draft, renewal.facts)
    if draft.step is Step.KIT and kit is not None:
        return RenewalStates.shipping if kit.has_hardware else RenewalStates.kit_holder
    if draft.step is Step.PAYMENT and asks_auto_renewal(draft) and method is not None:
        return RenewalStates.auto_renew if method.carries_auto_renew else RenewalStates.payment
    return STATE_OF[draft.step]


def asks_auto_renewal(draft: Draft) -> bool:
    """Whether a method that carries automatic renewal is followed by its question: step by step it is."""
    return not leads_to_recap(draft)


async def ask_to_leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """The Cancel button of every window: ask whether to keep the renewal for later or throw it away."""
    manager.dialog_data[_LEFT] = manager.current_context().state.state
    await manager.switch_to(RenewalStates.leave)


async def return_to_window(manager: DialogManager) -> None:
    """Go on with the renewal in the window in which leaving was asked for; before it is begun, with for whom it is."""
    left = next((state for state in RenewalStates if state.state == manager.dialog_data.get(_LEFT)), None)
    if not has_draft(manager):
        await manager.switch_to(RenewalStates.holder)
    elif left is None:
        await adopt(manager, await renewal_of(manager))
    else:
        await manager.switch_to(left)


def step_nav(prefix: str, step: Step, instead: Keyboard | None = None) -> Row:
    """Back and Cancel of a window that belongs to `step` and is its first one.

    Where the way begins there is no Back; there stands what is given `instead`.
    """

    async def back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await go_back(manager, step)

    return nav_row(prefix, back=back, back_when=HAS_BACK, instead=instead, cancel=ask_to_leave)


def inner_nav(prefix: str, parent: State) -> Row:
    """Back and Cancel of a window inside a step: back leads to `parent`."""

    async def back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        await manager.switch_to(parent)

    return nav_row(prefix, back=back, cancel=ask_to_leave)


def header(manager: DialogManager, renewal: Renewal, step: Step) -> dict[str, Any]:
    """The data that every window of a step shows: progress, and the running total with VAT (DOMAIN.md 3).

    `running_total` is written already: the amount due for the years chosen, or for one year while none are; empty where
    nothing is chosen, or nothing that the buttons do not say. The recap has the term above it.
    """
    translator = translator_of(manager)
    position, steps = progress(renewal, step)
    quote = renewal.quote
    if not renewal.draft.items or (step in _PRICED and not _has_choices(renewal)):
        total = Safe("")
    elif renewal.vat is VatTreatment.OPEN:
        total = _open_total(translator, renewal, step)
    elif step is Step.ORDER and renewal.draft.years is not None:
        total = translator.html("renewal-total-ordered", due=quote.due, split=quote.split_payment)
    elif renewal.draft.years is None:
        total = translator.html("renewal-total-per-year", due=quote.due, split=quote.split_payment)
    else:
        total = translator.html(
            "renewal-total-for-years", due=quote.due, years=renewal.draft.years, split=quote.split_payment
        )
    return {
        "step": position,
        "steps": steps,
        HAS_BACK: renewal.draft.step is not step or came_from(renewal) is not None,
        "running_total": total if step is Step.ORDER else below(total),
        "read_as": manager.middleware_data.get(_READ_AS),
    }


def _open_total(translator: Translator, renewal: Renewal, step: Step) -> Safe:
    """The total of a holder on whose VAT the operator decides: what it is either way."""
    years = renewal.draft.years
    term = "year" if years is None else "ordered" if step is Step.ORDER else "years"
    quote = renewal.quote
    return translator.html("vat-total", term=term, years=years or 1, net=quote.net, total=quote.total)


def below(total: Safe) -> Safe:
    """A total with a blank line above it; in the recap it is the last line of what is ordered."""
    return Safe(f"\n{total}") if total else total


def _has_choices(renewal: Renewal) -> bool:
    """Whether anything is chosen that makes the price: years, a kit, another plan or other space."""
    draft = renewal.draft
    changed = any(not keeps(item, box) for item, box in zip(draft.items, renewal.mailboxes, strict=True))
    return draft.years is not None or changed or chosen_kit(draft, renewal.facts) is not None


def say_read_as(manager: DialogManager, label: str, value: str) -> None:
    """Say on the window drawn next as what an answer was read, since that is not what was typed."""
    manager.middleware_data[_READ_AS] = translator_of(manager).html(
        "renewal-read-as", label=label, value=value
    )
