"""Extra GB of mailbox and archive: two counters between what the used space needs and the cap (DOMAIN.md 3.3)."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.flow import (
    ask_to_leave,
    draft_id,
    go_back,
    header,
    open_item,
    proceed,
    renewal_of,
)
from bot.dialogs.renewal.mailbox_text import TITLE_WIDTH
from bot.dialogs.renewal.space_text import Counter, counters, space_text
from bot.dialogs.renewal.window import step_window
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Label, nav_row
from bot.dialogs.widgets.addresses import shortened_address
from bot.dialogs.widgets.colours import GOES_ON
from bot.domain.choices import require_fitting_plans
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.messages.words import named

_MAILBOX = "mailbox"
_ARCHIVE = "archive"
_LONG_STEP = 5


def windows() -> list[Window]:
    """The window of this step."""
    return [
        step_window(
            RenewalStates.space,
            _counter(_MAILBOX),
            _counter(_ARCHIVE),
            Button(Label("nav-continue"), id="space_go", style=GOES_ON, on_click=_continue),
            nav_row("space", back=_back, cancel=ask_to_leave),
            text="renewal-space",
            getter=_getter,
        )
    ]


def _counter(which: str) -> Row:
    """Less, more, and where the range is wide much more; the value stands in the text."""
    return Row(
        _step(which, -1),
        _step(which, 1),
        _step(which, _LONG_STEP, when=f"wide_{which}"),
        when=f"sells_{which}",
    )


def _step(which: str, by: int, when: str | None = None) -> Button:
    async def step(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
        item = open_item(manager, await renewal_of(manager))
        await services_of(manager).renewals.step_space(
            actor_of(manager),
            draft_id(manager),
            item.mailbox_id,
            mailbox_gb=by if which == _MAILBOX else 0,
            archive_gb=by if which == _ARCHIVE else 0,
            tap=manager.middleware_data["event_update"].update_id,
        )

    way = "more" if by > 0 else "less"
    label = Label(f"renewal-space-{way}-{which}", lambda _: {"gb": abs(by)})
    return Button(label, id=f"space_{which}_{way}_{abs(by)}", on_click=step, when=when)


def _counters(manager: DialogManager, renewal: Renewal) -> dict[str, Counter | None]:
    of_mailbox, of_archive = counters(renewal, open_item(manager, renewal))
    return {_MAILBOX: of_mailbox, _ARCHIVE: of_archive}


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator, item = translator_of(dialog_manager), open_item(dialog_manager, renewal)
    plan = renewal.facts.catalogue.plans[item.plan_id]
    shown: dict[str, Any] = {
        **header(dialog_manager, renewal, Step.SPACE if len(renewal.draft.items) == 1 else Step.PLAN),
        "address": shortened_address(renewal.facts.mailboxes[item.mailbox_id].address, TITLE_WIDTH),
        "plan": named(translator, plan.names),
        "body": space_text(translator, renewal, item),
    }
    for which, counter in _counters(dialog_manager, renewal).items():
        shown[f"sells_{which}"] = counter is not None
        shown[f"wide_{which}"] = counter is not None and counter.cap - counter.needed > _LONG_STEP
    return shown


async def _continue(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    renewal = await renewal_of(manager)
    if len(renewal.draft.items) > 1:
        await manager.switch_to(RenewalStates.item)
        return
    require_fitting_plans(renewal.draft, renewal.facts)
    await proceed(manager, renewal, Step.SPACE)


async def _back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    renewal = await renewal_of(manager)
    if len(renewal.draft.items) > 1:
        await manager.switch_to(RenewalStates.item)
    else:
        await go_back(manager, Step.SPACE)
