"""Every choice with its value, to be changed from the recap without walking through the rest (DOMAIN.md 3.8)."""

from collections.abc import Iterator
from typing import Any, Final

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window

from bot.dialogs.context import translator_of
from bot.dialogs.renewal.flow import (
    go,
    header,
    renewal_of,
    set_open_mailbox,
    step_nav,
)
from bot.dialogs.renewal.forms import shortened
from bot.dialogs.renewal.mailbox_text import extra_words
from bot.dialogs.renewal.window import step_window
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choice, Choices
from bot.domain.drafts import chosen_kit, chosen_method
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.messages.words import named
from bot.texts import Translator

_AUTO_RENEW: Final = "auto_renew"


def windows() -> list[Window]:
    """The menu of choices."""
    return [
        step_window(
            RenewalStates.edit,
            Choices("edit_choice", "choices", _open),
            step_nav("edit", Step.EDIT),
            text="renewal-edit",
            getter=_edit,
        )
    ]


async def _edit(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    return {
        **header(dialog_manager, renewal, Step.ORDER),
        "choices": list(_choices(translator, renewal)),
    }


def _choices(translator: Translator, renewal: Renewal) -> Iterator[Choice]:
    draft, catalogue = renewal.draft, renewal.facts.catalogue

    def choice(id_: str, key: str, value: str | None) -> Choice:
        shown = translator.plain("renewal-edit-open") if value is None else value
        return Choice(id_, shortened(translator.plain(key, value=shown)))

    if Step.MAILBOX in renewal.path:
        yield Choice(Step.MAILBOX.value, translator.plain("renewal-edit-mailboxes", count=len(draft.items)))
    if len(draft.items) > 1:
        yield Choice(Step.PLAN.value, translator.plain("renewal-edit-plans"))
    for item in draft.items if len(draft.items) == 1 else ():
        yield choice(
            Step.PLAN.value, "renewal-edit-plan", named(translator, catalogue.plans[item.plan_id].names)
        )
        if Step.SPACE in renewal.path:
            words = ", ".join(extra_words(translator, item.extra))
            yield choice(Step.SPACE.value, "renewal-edit-space", words)
    if Step.KIT in renewal.path:
        yield choice(Step.KIT.value, "renewal-edit-kit", _kit_value(translator, renewal))
    yield choice(
        Step.REGISTRANT.value,
        "renewal-edit-registrant",
        renewal.registrant.display_name if draft.registrant_confirmed else None,
    )
    method = chosen_method(draft, renewal.facts)
    yield choice(
        Step.PAYMENT.value,
        "renewal-edit-payment",
        None if method is None else named(translator, method.label_names),
    )
    if method is not None and method.carries_auto_renew:
        yield choice(
            _AUTO_RENEW,
            "renewal-edit-auto-renew",
            translator.plain("renewal-edit-yes" if draft.auto_renew else "renewal-edit-no"),
        )
    yield choice(
        Step.YEARS.value,
        "renewal-edit-years",
        None if draft.years is None else translator.plain("renewal-year-count", years=draft.years),
    )


def _kit_value(translator: Translator, renewal: Renewal) -> str | None:
    if renewal.draft.kit is None:
        return None
    if renewal.draft.kit.kit_id is None:
        return translator.plain("renewal-edit-no")
    kit = chosen_kit(renewal.draft, renewal.facts)
    return None if kit is None else named(translator, kit.names)


async def _open(_: CallbackQuery, __: Any, manager: DialogManager, name: str) -> None:
    if name == _AUTO_RENEW:
        await manager.switch_to(RenewalStates.auto_renew)
    elif name in set(Step):
        renewal = await renewal_of(manager)
        if len(renewal.draft.items) == 1:
            set_open_mailbox(manager, renewal.draft.items[0].mailbox_id)
        await go(manager, Step(name))
