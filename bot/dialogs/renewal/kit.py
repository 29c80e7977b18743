"""The digital-signature kit: the offer, the person whom it names, and where it is sent (DOMAIN.md 3.4)."""

from typing import Any

from aiogram.enums import ButtonStyle
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.style import Style

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.field import Origin, ask, ask_what_is_missing
from bot.dialogs.renewal.flow import draft_id, header, inner_nav, proceed, renewal_of, step_nav
from bot.dialogs.renewal.forms import (
    EMPTY,
    Sheet,
    address_line,
    card,
    card_line,
    caution_line,
    field_choices,
    sheet_of,
    shortened,
)
from bot.dialogs.renewal.window import step_window
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choice, Choices, Html, Label
from bot.domain.catalogue import Kit
from bot.domain.drafts import Facts, chosen_kit
from bot.domain.kits import goes_to_registrant, kit_price, names_registrant
from bot.domain.registrant import Form, KitHolderField, kit_holder_cautions
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.messages.blocks import folded
from bot.texts import Safe, Translator

_NO_KIT = "-"
"""The answer no; a kit's id cannot have this character."""

_LONGEST_NAME = 24
"""Characters of a name that fit on a button beside the word before it."""


_GOES_ON = Style(
    ButtonStyle.PRIMARY, when=lambda data, *_: bool(data["fields"] or not data["offers_registrant"])
)
"""The way on, unless nothing is filled in and the registrant's own data stand beside it to choose from."""


def windows() -> list[Window]:
    """The windows of this step, in their order."""
    return [_offer_window(), _holder_window(), _shipping_window()]


def _offer_window() -> Window:
    return step_window(
        RenewalStates.kit,
        Choices("kit_offer", "kit_choices", _answer_offer),
        step_nav("kit", Step.KIT),
        text="renewal-kit-offer",
        getter=_offer,
    )


def _holder_window() -> Window:
    return step_window(
        RenewalStates.kit_holder,
        Choices("kit_holder_edit", "fields", _edit_holder, width=2),
        Button(
            Label("renewal-kit-holder-registrant"),
            id="kit_holder_registrant",
            on_click=_name_registrant,
            when="offers_registrant",
        ),
        Button(
            Label(lambda data: data["next_label"]),
            id="kit_holder_next",
            style=_GOES_ON,
            on_click=_leave_holder,
        ),
        inner_nav("kit_holder", RenewalStates.kit),
        text=Html(lambda data: f"renewal-kit-holder-{data['shows']}"),
        getter=_holder,
    )


def _shipping_window() -> Window:
    return step_window(
        RenewalStates.shipping,
        Choices("shipping_edit", "fields", _edit_shipping, width=2),
        Button(
            Label("renewal-kit-shipping-registrant"),
            id="shipping_registrant",
            on_click=_ship_to_registrant,
            when="offers_registrant",
        ),
        Button(
            Label(lambda data: data["next_label"]),
            id="shipping_next",
            style=_GOES_ON,
            on_click=_leave_shipping,
        ),
        inner_nav("shipping", RenewalStates.kit_holder),
        text=Html(lambda data: f"renewal-kit-shipping-{data['shows']}"),
        getter=_shipping,
    )


async def _offer(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    answer = renewal.draft.kit
    kits = tuple(renewal.facts.catalogue.kits.values())
    choices = [
        Choice.one_of(
            kit.id,
            translator.plain(
                "renewal-kit-choice",
                kit=_name(translator, kit),
                total=kit_price(kit, renewal.facts).total,
            ),
            chosen=answer is not None and answer.kit_id == kit.id,
        )
        for kit in kits
    ]
    declined = answer is not None and answer.kit_id is None
    choices.append(Choice.one_of(_NO_KIT, translator.plain("renewal-kit-choice-none"), chosen=declined))
    return {
        **header(dialog_manager, renewal, Step.KIT),
        "kits": folded(*(_description(translator, kit, renewal.facts) for kit in kits)) or "",
        "kit_choices": choices,
    }


def _description(translator: Translator, kit: Kit, facts: Facts) -> Safe:
    price = kit_price(kit, facts)
    return translator.html(
        "renewal-kit-description",
        kit=_name(translator, kit),
        description=kit.descriptions[translator.locale],
        price=price.kit,
        shipping=price.shipping,
        shipped=kit.has_hardware,
        years=kit.certificate_years,
    )


def _name(translator: Translator, kit: Kit) -> str:
    return kit.names[translator.locale]


async def _answer_offer(_: CallbackQuery, __: Any, manager: DialogManager, answer: str) -> None:
    kit_id = None if answer == _NO_KIT else answer
    renewal = await services_of(manager).renewals.answer_kit(actor_of(manager), draft_id(manager), kit_id)
    if kit_id is None:
        await proceed(manager, renewal, Step.KIT)
    else:
        await manager.switch_to(RenewalStates.kit_holder)


async def _holder(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    sheet = sheet_of(renewal, Form.KIT_HOLDER)
    registrant = renewal.registrant
    offers = registrant.kind.is_person and not names_registrant(renewal.draft, renewal.facts)
    return {
        **header(dialog_manager, renewal, Step.KIT),
        "kit": _chosen_name(translator, renewal),
        **_written(translator, sheet, _holder_card(translator, renewal, sheet)),
        "offers_registrant": offers,
        "name": shortened(registrant.person_name, _LONGEST_NAME),
        "next_label": _next_label(sheet, "renewal-kit-holder-other" if offers else "renewal-form-fill"),
    }


async def _edit_holder(_: CallbackQuery, __: Any, manager: DialogManager, name: str) -> None:
    await ask(manager, Origin.KIT_HOLDER, name)


async def _name_registrant(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    renewal = await services_of(manager).renewals.kit_for_registrant(actor_of(manager), draft_id(manager))
    await ask_what_is_missing(manager, renewal, Origin.KIT_HOLDER, RenewalStates.kit_holder)


async def _leave_holder(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    renewal = await renewal_of(manager)
    kit = chosen_kit(renewal.draft, renewal.facts)
    if sheet_of(renewal, Form.KIT_HOLDER).next_question is not None:
        await ask_what_is_missing(manager, renewal, Origin.KIT_HOLDER, RenewalStates.kit_holder)
    elif kit is not None and kit.has_hardware:
        await manager.switch_to(RenewalStates.shipping)
    else:
        await _leave(manager, renewal)


async def _shipping(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    sheet = sheet_of(renewal, Form.SHIPPING)
    return {
        **header(dialog_manager, renewal, Step.KIT),
        "kit": _chosen_name(translator, renewal),
        **_written(translator, sheet, card(translator, sheet, sheet.values)),
        "name": renewal.registrant.display_name,
        "address": address_line(translator, renewal.registrant.address) or EMPTY,
        "offers_registrant": not goes_to_registrant(renewal.draft, renewal.facts),
        "next_label": _next_label(sheet, "renewal-kit-shipping-other"),
    }


async def _edit_shipping(_: CallbackQuery, __: Any, manager: DialogManager, name: str) -> None:
    await ask(manager, Origin.SHIPPING, name)


async def _ship_to_registrant(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    renewal = await services_of(manager).renewals.ship_to_registrant(actor_of(manager), draft_id(manager))
    await ask_what_is_missing(manager, renewal, Origin.SHIPPING, RenewalStates.shipping)


async def _leave_shipping(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    renewal = await renewal_of(manager)
    if sheet_of(renewal, Form.SHIPPING).next_question is not None:
        await ask_what_is_missing(manager, renewal, Origin.SHIPPING, RenewalStates.shipping)
    else:
        await _leave(manager, renewal)


async def _leave(manager: DialogManager, renewal: Renewal) -> None:
    """Go on, unless the kit is no longer sold: then it is offered again."""
    if chosen_kit(renewal.draft, renewal.facts) is None:
        await manager.switch_to(RenewalStates.kit)
    else:
        await proceed(manager, renewal, Step.KIT)


def _chosen_name(translator: Translator, renewal: Renewal) -> str:
    kit = chosen_kit(renewal.draft, renewal.facts)
    return translator.plain("renewal-kit-withdrawn") if kit is None else _name(translator, kit)


def _holder_card(translator: Translator, renewal: Renewal, sheet: Sheet) -> Safe:
    """The person whom the kit names; below the tax code, that it seems to be another person's (DOMAIN.md 3.4)."""
    kit = renewal.draft.kit
    found = () if kit is None or kit.holder is None else kit_holder_cautions(kit.holder)
    lines = []
    for field, value in sheet.values.items():
        lines.append(card_line(translator, sheet, field))
        if field is KitHolderField.TAX_CODE:
            lines += [caution_line(translator, caution, value) for caution in found]
    return Safe("\n").join(lines)


def _written(translator: Translator, sheet: Sheet, written: Safe) -> dict[str, Any]:
    """What both forms show of what was answered: nothing at first, then the card with a button for each field."""
    if not sheet.begun:
        return {"shows": "empty", "card": "", "fields": []}
    return {
        "shows": "card",
        "card": written,
        "fields": field_choices(translator, sheet),
    }


def _next_label(sheet: Sheet, at_first: str) -> str:
    if not sheet.begun:
        return at_first
    return "nav-continue" if sheet.next_question is None else "renewal-form-complete"
