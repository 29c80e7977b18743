"""Judging a whole registrant card and changing it one field at a time (DOMAIN.md 3.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from bot.domain.registrant import places
from bot.domain.registrant.codes import NO_CODE
from bot.domain.registrant.contacts import same_address
from bot.domain.registrant.errors import Caution, FieldError, FieldNotAsked, LockedField
from bot.domain.registrant.fields import ITALY, LOCKED, Field, HolderKind, fields_for
from bot.domain.registrant.invoice import InvoiceRoute, routes_for, set_route
from bot.domain.registrant.judge import judge
from bot.domain.registrant.model import Registrant
from bot.domain.registrant.postcodes import lies_elsewhere
from bot.domain.registrant.rules import clean
from bot.domain.registrant.tax_code import is_provisional, tax_code_matches_name

_JUDGED: Final = 1024
"""How many cards are remembered with what is wrong with them; each has half a kilobyte."""


def review(registrant: Registrant) -> tuple[Registrant, tuple[FieldError, ...]]:
    """The registrant with every right value normalised, and what is wrong with the others, in card order.

    Refused values stay as they are, and so do fields that such a holder does not have. Meant for data that
    comes from outside, where "Italia" is as good as `IT`.
    """
    # The country decides how all the rest is judged.
    registrant, country_error = _reviewed(registrant, Field.COUNTRY)
    errors = [country_error]
    for field in fields_for(registrant.kind, registrant.address.country):
        if field is not Field.COUNTRY:
            registrant, error = _reviewed(registrant, field)
            errors.append(error)
    order = fields_for(registrant.kind, registrant.address.country)
    found = {error.field: error for error in errors if error is not None}
    return registrant, tuple(found[field] for field in order if field in found)


@lru_cache(maxsize=_JUDGED)
def problems(registrant: Registrant) -> tuple[FieldError, ...]:
    """Everything that keeps the registrant from being confirmed: what is missing or wrong, in card order.

    It depends on the card alone, and every window of a renewal asks it of the same one. The errors are to be read.
    """
    found = review(registrant)[1]
    for error in found:
        error.__traceback__ = error.__context__ = None  # they would hold on to all that was judged with them
    return found


def edit(registrant: Registrant, field: Field, raw: str) -> Registrant:
    """A copy with one field changed to what was typed.

    A recipient code or a PEC address replaces the invoice route, an emptied one leaves the invoice on the tax
    agency's site. Another country re-judges everything (`problems`) and, where the routes are others, resets
    the invoice recipient and what only Italian public bodies have.

    Raises:
        LockedField: the field changes only by a change of holder.
        FieldNotAsked: this holder has no such field.
        FieldError: the value is missing or wrong.
    """
    if field in LOCKED:
        raise LockedField(field)
    if field not in fields_for(registrant.kind, registrant.address.country):
        raise FieldNotAsked(field.value)
    text = clean(field, raw, registrant.context)
    if field is Field.RECIPIENT_CODE:
        return _with_recipient_code(registrant, text)
    if field is Field.RECIPIENT_PEC:
        return set_route(registrant, InvoiceRoute.PEC if text else InvoiceRoute.NONE, text)
    changed = registrant.with_text(field, text)
    if field is Field.COUNTRY:
        return _with_routes_of_country(registrant, changed)
    return changed


def edit_street_alone(registrant: Registrant, raw: str) -> Registrant:
    """A copy with a street whose number is still to come: `problems` says so until it does.

    Raises:
        FieldError: it is no street.
    """
    text = judge(Field.STREET, raw, places.street_alone, registrant.context, required=True)
    return registrant.with_text(Field.STREET, text)


def warn_reference_email(email: str, expiring_addresses: Iterable[str]) -> bool:
    """Whether the reference e-mail is an expiring mailbox, and notices would die with it (DOMAIN.md 1)."""
    return any(same_address(email, address) for address in expiring_addresses)


def cautions(registrant: Registrant, expiring_addresses: Iterable[str] = ()) -> tuple[Caution, ...]:
    """What is worth saying on the card though it stops nobody."""
    found = []
    if (
        registrant.kind.is_person
        and registrant.address.country == ITALY
        and is_provisional(registrant.tax_code)
    ):
        is_vat_number = registrant.tax_code == registrant.vat_number
        found.append(Caution.TAX_CODE_IS_VAT_NUMBER if is_vat_number else Caution.TAX_CODE_PROVISIONAL)
    if registrant.kind.is_person and not tax_code_matches_name(
        registrant.tax_code, registrant.first_name, registrant.last_name
    ):
        found.append(Caution.TAX_CODE_NAME_MISMATCH)
    if warn_reference_email(registrant.reference_email, expiring_addresses):
        found.append(Caution.EMAIL_IS_EXPIRING_PEC)
    address = registrant.address
    if address.country == ITALY and lies_elsewhere(address.postcode, address.province):
        found.append(Caution.POSTCODE_ELSEWHERE)
    return tuple(found)


def _reviewed(registrant: Registrant, field: Field) -> tuple[Registrant, FieldError | None]:
    before = registrant.text_of(field)
    try:
        after = clean(field, before, registrant.context)
    except FieldError as error:
        return registrant, error
    return (registrant if after == before else registrant.with_text(field, after)), None


def _with_recipient_code(registrant: Registrant, code: str) -> Registrant:
    if registrant.kind is HolderKind.PUBLIC_ADMINISTRATION:
        return set_route(registrant, InvoiceRoute.OFFICE, code)
    if code in {"", NO_CODE}:
        return set_route(registrant, InvoiceRoute.NONE)
    return set_route(registrant, InvoiceRoute.CODE, code)


def _with_routes_of_country(before: Registrant, after: Registrant) -> Registrant:
    routes = routes_for(after.kind, after.address.country)
    if routes == routes_for(before.kind, before.address.country):
        return after
    bare = replace(after, recipient_code="", recipient_pec="", cig="", cup="", split_payment=False)
    if InvoiceRoute.OFFICE in routes:
        return bare  # only the office itself can tell its code
    return set_route(bare, routes[-1])
