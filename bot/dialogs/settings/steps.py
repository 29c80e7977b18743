"""Which steps of the ladder are wanted; the last before the expiry and the deletion are asked about once more."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.window import hint_to_tap
from bot.dialogs.settings.data import is_alone, open_step, set_open_step, settings_of
from bot.dialogs.states import SettingsStates
from bot.dialogs.widgets import Choice, Choices, Html, Label, flag_wanted, nav_row
from bot.domain.mailboxes import deletion_days, first_deleted
from bot.messages.reminder_words import step_words
from bot.services.errors import SureNeeded

_BEFORE = "b"
_AFTER = "a"


def windows() -> list[Window]:
    """The list, and the question about one of the last."""
    return [
        Window(
            Html("settings-steps-page"),
            Choices("settings_step", "steps", _tap, scroll="rows"),
            nav_row("settings_step", back=_back),
            MessageInput(hint_to_tap),
            state=SettingsStates.steps,
            getter=_steps,
        ),
        Window(
            Html("settings-step-off"),
            Button(Label("settings-step-off-yes"), id="step_off_yes", on_click=_switch_off),
            SwitchTo(Label("settings-step-off-no"), id="step_off_no", state=SettingsStates.steps),
            MessageInput(hint_to_tap),
            state=SettingsStates.step_off,
            getter=_question,
        ),
    ]


async def _steps(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    settings, translator = await settings_of(dialog_manager), translator_of(dialog_manager)
    catalogue = services_of(dialog_manager).surroundings.catalogue
    plan_id = first_deleted(settings.plans, catalogue)
    return {
        "wanted": len(settings.wanted),
        "count": len(settings.steps),
        "differ": len({deletion_days(each, catalogue) for each in settings.plans}) > 1,
        "automatic": settings.automatic,
        "rows": catalogue.rules.mailboxes_per_page,
        "steps": [
            Choice.flag(
                _id_of(each.step),
                step_words(translator, catalogue, each.step, plan_id),
                chosen=each.wanted,
            )
            for each in settings.steps
        ],
    }


async def _question(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    step, settings = open_step(dialog_manager), await settings_of(dialog_manager)
    catalogue = services_of(dialog_manager).surroundings.catalogue
    plan_id = first_deleted(settings.plans, catalogue)
    return {
        "step_words": step_words(translator_of(dialog_manager), catalogue, step, plan_id),
        "after": step < 0,
        "automatic": settings.automatic,
        "deletion_days": deletion_days(plan_id, catalogue),
    }


async def _tap(_: CallbackQuery, __: Any, manager: DialogManager, item_id: str) -> None:
    name, wanted = flag_wanted(item_id)
    step = _step_of(name)
    if step is None:
        return
    try:
        await services_of(manager).wishes.want_step(actor_of(manager), step, wanted=wanted)
    except SureNeeded:
        set_open_step(manager, step)
        await manager.switch_to(SettingsStates.step_off)


async def _back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """To the menu, or to the mailbox from whose card the settings were opened."""
    await manager.switch_to(SettingsStates.mailbox if is_alone(manager) else SettingsStates.menu)


async def _switch_off(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await services_of(manager).wishes.want_step(
        actor_of(manager), open_step(manager), wanted=False, sure=True
    )
    await manager.switch_to(SettingsStates.steps)


def _id_of(step: int) -> str:
    """The step as a button carries it: a sign in front would be taken for the flag's."""
    return f"{_AFTER}{-step}" if step < 0 else f"{_BEFORE}{step}"


def _step_of(name: str) -> int | None:
    """The step of such an id; None for one that was tampered with. Whether the ladder has it, the service says."""
    side, days = name[:1], name[1:]
    if side not in {_BEFORE, _AFTER} or not (days.isascii() and days.isdigit()):
        return None
    return -int(days) if side == _AFTER else int(days)
