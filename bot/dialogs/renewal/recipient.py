"""Where the electronic invoice goes, and what public bodies declare with it (DOMAIN.md 3.5)."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import SwitchTo

from bot.dialogs.context import actor_of, services_of, translator_of
from bot.dialogs.renewal.field import Origin, ask
from bot.dialogs.renewal.flow import draft_id, header, inner_nav, renewal_of
from bot.dialogs.renewal.forms import EMPTY, shortened
from bot.dialogs.renewal.window import step_window
from bot.dialogs.states import RenewalStates
from bot.dialogs.widgets import Choice, Choices, Html, Label
from bot.dialogs.widgets.colours import GOES_ON
from bot.domain.prices import split_payment_is_authorised
from bot.domain.registrant import (
    NO_CODE,
    Field,
    Form,
    InvoiceRoute,
    Registrant,
    invoice_code,
    route_of,
    routes_for,
)
from bot.domain.steps import Step
from bot.texts import Translator

_ASKED = {InvoiceRoute.CODE: Field.RECIPIENT_CODE, InvoiceRoute.PEC: Field.RECIPIENT_PEC}
"""The field that each of these ways needs."""

_CODES = {
    Field.RECIPIENT_CODE: "renewal-recipient-label-office",
    Field.CIG: "field-cig",
    Field.CUP: "field-cup",
}
"""What a public body writes, with the name of each on a button."""


def windows() -> list[Window]:
    """The window of this module."""
    return [
        step_window(
            RenewalStates.recipient,
            Choices("recipient_routes", "routes", _choose_route),
            Choices("recipient_codes", "codes", _edit_code),
            Choices("recipient_split", "split", _set_split),
            SwitchTo(
                Label("nav-continue"),
                id="recipient_done",
                style=GOES_ON,
                state=RenewalStates.registrant,
                when="codes",
            ),
            inner_nav("recipient", RenewalStates.registrant),
            text=Html(lambda data: f"renewal-recipient-{data['explained']}"),
            getter=_getter,
        )
    ]


async def _getter(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    renewal = await renewal_of(dialog_manager)
    translator = translator_of(dialog_manager)
    registrant = renewal.registrant
    routes = routes_for(registrant.kind, registrant.address.country)
    public = routes == (InvoiceRoute.OFFICE,)
    return {
        **header(dialog_manager, renewal, Step.REGISTRANT),
        "explained": routes[0].value if len(routes) == 1 else "choice",
        "no_code": NO_CODE,
        "foreign_code": invoice_code(registrant),
        "authorised": split_payment_is_authorised(renewal.facts.catalogue, renewal.facts.today),
        "until": renewal.facts.catalogue.rules.split_payment_until,
        "operator": renewal.facts.catalogue.operator.name,
        "net": renewal.quote.net,
        "total": renewal.quote.total,
        "routes": [_route(translator, registrant, route) for route in routes] if len(routes) > 1 else [],
        "codes": _codes(translator, registrant) if public else [],
        "split": [
            Choice.tick(
                "false" if registrant.split_payment else "true",
                translator.plain("renewal-recipient-split-label"),
                chosen=registrant.split_payment,
            )
        ]
        if public
        else [],
    }


def _route(translator: Translator, registrant: Registrant, route: InvoiceRoute) -> Choice:
    chosen = route_of(registrant) is route
    label = translator.plain(f"renewal-recipient-label-{route.value}")
    value = registrant.text_of(_ASKED[route]) if chosen and route in _ASKED else ""
    return Choice.one_of(route.value, shortened(f"{label}: {value}" if value else label), chosen=chosen)


def _codes(translator: Translator, registrant: Registrant) -> list[Choice]:
    return [
        Choice(
            field.value,
            shortened(f"{translator.plain(key)}: {registrant.text_of(field) or EMPTY}"),
        )
        for field, key in _CODES.items()
    ]


async def _choose_route(_: CallbackQuery, __: Any, manager: DialogManager, name: str) -> None:
    route = next((route for route in InvoiceRoute if route.value == name), None)
    if route is None:
        return
    if route in _ASKED:
        await ask(manager, Origin.RECIPIENT, _ASKED[route].value)
        return
    await services_of(manager).renewals.set_invoice_route(actor_of(manager), draft_id(manager), route)
    await manager.switch_to(RenewalStates.registrant)


async def _edit_code(_: CallbackQuery, __: Any, manager: DialogManager, name: str) -> None:
    await ask(manager, Origin.RECIPIENT, name)


async def _set_split(_: CallbackQuery, __: Any, manager: DialogManager, wanted: str) -> None:
    # The button says what is wanted, not "the other way": a second quick tap changes nothing.
    await services_of(manager).renewals.answer_field(
        actor_of(manager), draft_id(manager), Form.REGISTRANT, Field.SPLIT_PAYMENT, wanted
    )
