"""For how many years, with the total and the new expiry of each choice (DOMAIN.md 3.7)."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.flow import draft_id, header, proceed, renewal_of, step_nav
from bot.dialogs.renewal.forms import blocks
from bot.dialogs.renewal.mailbox_text import lines_of, split_note
from bot.dialogs.renewal.window import step_window
from bot.dialogs.renewal.year_labels import expiry_lines, year_labels
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choice, Choices
from bot.domain.drafts import chosen_kit, draft_quote, promotions_of, year_choices
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.messages.blocks import folded
from bot.messages.words import named
from bot.texts import Safe, Translator


def windows() -> list[Window]:
    """The window of this step."""
    return [
        step_window(
            RenewalStates.years,
            Choices("years_choice", "year_choices", on_click=_choose),
            step_nav("years", Step.YEARS),
            text="renewal-years",
            getter=_years,
        )
    ]


async def _years(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    offered = year_choices(renewal.draft, renewal.facts) if renewal.draft.items else range(0)
    priced = {years: draft_quote(renewal.draft, renewal.facts, years).due for years in offered}
    buttons = year_labels(translator, renewal, priced)
    return {
        **header(dialog_manager, renewal, Step.YEARS),
        "body": blocks(
            translator.html("renewal-years-what", split=renewal.quote.split_payment),
            folded(expiry_lines(translator, renewal, buttons)),
            split_note(translator, renewal),
            _promotions(translator, renewal),
            translator.html("renewal-years-auto-renew") if renewal.draft.auto_renew else None,
            translator.html("renewal-years-kit") if chosen_kit(renewal.draft, renewal.facts) else None,
        ),
        "year_choices": [Choice(str(years), label) for years, label in buttons.labels.items()],
    }


def _promotions(translator: Translator, renewal: Renewal) -> Safe:
    """Why no more years are on offer than these."""
    return lines_of(
        translator.html(
            "renewal-years-promotion",
            promotion=named(translator, promotion.names),
            years=promotion.max_years,
        )
        for promotion in promotions_of(renewal.draft, renewal.facts)
    )


async def _choose(_: CallbackQuery, __: Any, manager: DialogManager, years: str) -> None:
    number = int(years) if years.isdecimal() else 0
    renewal = await services_of(manager).renewals.choose_years(actor_of(manager), draft_id(manager), number)
    await proceed(manager, renewal, Step.YEARS)
