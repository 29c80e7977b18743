"""Where the invoice goes: recipient code, PEC, tax agency's site, office code, abroad (DOMAIN.md 3.5)."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from bot.domain.registrant.codes import FOREIGN_CODE, NO_CODE, SAN_MARINO_CODE
from bot.domain.registrant.errors import RouteNotAllowed
from bot.domain.registrant.fields import ITALY, SAN_MARINO, Field, HolderKind
from bot.domain.registrant.model import Registrant
from bot.domain.registrant.rules import clean


class InvoiceRoute(StrEnum):
    """How the electronic invoice reaches the holder; labels `route-<value>`."""

    CODE = "code"
    PEC = "pec"
    NONE = "none"
    FOREIGN = "foreign"
    OFFICE = "office"


def routes_for(kind: HolderKind, country: str) -> tuple[InvoiceRoute, ...]:
    """The routes that a holder can choose from; a single one is not a choice and is not asked."""
    if country != ITALY:
        return (InvoiceRoute.FOREIGN,)
    if kind is HolderKind.PUBLIC_ADMINISTRATION:
        return (InvoiceRoute.OFFICE,)
    if kind is HolderKind.NATURAL_PERSON:
        return (InvoiceRoute.NONE,)
    return (InvoiceRoute.CODE, InvoiceRoute.PEC, InvoiceRoute.NONE)


def route_of(registrant: Registrant) -> InvoiceRoute:
    """The route that the data says. A recipient code wins over a PEC, as it does on the invoice itself."""
    routes = routes_for(registrant.kind, registrant.address.country)
    if len(routes) == 1:
        return routes[0]
    if registrant.recipient_code not in {"", NO_CODE}:
        return InvoiceRoute.CODE
    return InvoiceRoute.PEC if registrant.recipient_pec else InvoiceRoute.NONE


def invoice_code(registrant: Registrant) -> str:
    """The code to write on the invoice; empty only while a public body has not given its office code."""
    route = route_of(registrant)
    if route is InvoiceRoute.FOREIGN:
        return _code_abroad(registrant)
    if route in {InvoiceRoute.CODE, InvoiceRoute.OFFICE}:
        return registrant.recipient_code
    return NO_CODE


def set_route(registrant: Registrant, route: InvoiceRoute, value: str = "") -> Registrant:
    """A copy whose invoices go that way; what belongs to the other routes is emptied.

    Args:
        registrant: the holder.
        route: one of `routes_for` the holder.
        value: the recipient code, the PEC address or the office code; not used by the other routes.

    Raises:
        RouteNotAllowed: the holder cannot have that route.
        FieldError: the value is missing or wrong.
    """
    if route not in routes_for(registrant.kind, registrant.address.country):
        raise RouteNotAllowed(route.value)
    code, pec = "", ""
    if route in {InvoiceRoute.CODE, InvoiceRoute.OFFICE}:
        code = clean(Field.RECIPIENT_CODE, value, registrant.context, required=True)
    elif route is InvoiceRoute.FOREIGN:
        code = _code_abroad(registrant)
    elif registrant.kind is not HolderKind.NATURAL_PERSON:
        code = NO_CODE
    if route is InvoiceRoute.PEC:
        pec = clean(Field.RECIPIENT_PEC, value, registrant.context, required=True)
    return replace(registrant, recipient_code=code, recipient_pec=pec)


def _code_abroad(registrant: Registrant) -> str:
    """`XXXXXXX`, but for those who do business in San Marino: their office for taxes passes invoices on."""
    operates = registrant.vat_number and registrant.kind is not HolderKind.NATURAL_PERSON
    return SAN_MARINO_CODE if operates and registrant.address.country == SAN_MARINO else FOREIGN_CODE
