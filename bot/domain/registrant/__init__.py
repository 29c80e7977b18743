"""Registrant rules: who holds a mailbox, how its data is judged and changed (DOMAIN.md 3.4 and 3.5).

Everything here is pure: texts in, frozen values or a named error out. Import from the package, not from its
modules.
"""

from bot.domain.registrant.codes import FOREIGN_CODE, NO_CODE, SAN_MARINO_CODE
from bot.domain.registrant.contacts import phone_as_read, plain_address
from bot.domain.registrant.editing import (
    cautions,
    edit,
    edit_street_alone,
    problems,
    review,
    warn_reference_email,
)
from bot.domain.registrant.errors import (
    Caution,
    ErrorCode,
    FieldError,
    FieldNotAsked,
    LockedField,
    MalformedRecord,
    RegistrantError,
    RouteNotAllowed,
)
from bot.domain.registrant.examples import example_for
from bot.domain.registrant.fields import (
    INVOICE_TEXTS,
    ITALY,
    LOCKED,
    AnyField,
    Context,
    Field,
    HolderKind,
    KitHolderField,
    ShippingField,
    fields_for,
    is_required,
)
from bot.domain.registrant.forms import Form, clean_field, field_named, field_required, form_fields
from bot.domain.registrant.invoice import InvoiceRoute, invoice_code, route_of, routes_for, set_route
from bot.domain.registrant.kit import (
    KIT_HOLDER_CONTEXT,
    KitHolder,
    ShippingAddress,
    clean_kit_holder,
    clean_shipping,
    edit_kit_holder,
    edit_shipping,
    edit_shipping_street_alone,
    kit_holder_cautions,
    kit_holder_problems,
    shipping_problems,
)
from bot.domain.registrant.model import Address, Registrant
from bot.domain.registrant.places import with_number
from bot.domain.registrant.rules import clean
from bot.domain.registrant.tax_code import is_provisional, tax_code_matches_name
from bot.domain.registrant.text import beyond_invoices
from bot.domain.registrant.whole_address import WholeAddress, whole_address

__all__ = [
    "FOREIGN_CODE",
    "INVOICE_TEXTS",
    "ITALY",
    "KIT_HOLDER_CONTEXT",
    "LOCKED",
    "NO_CODE",
    "SAN_MARINO_CODE",
    "Address",
    "AnyField",
    "Caution",
    "Context",
    "ErrorCode",
    "Field",
    "FieldError",
    "FieldNotAsked",
    "Form",
    "HolderKind",
    "InvoiceRoute",
    "KitHolder",
    "KitHolderField",
    "LockedField",
    "MalformedRecord",
    "Registrant",
    "RegistrantError",
    "RouteNotAllowed",
    "ShippingAddress",
    "ShippingField",
    "WholeAddress",
    "beyond_invoices",
    "cautions",
    "clean",
    "clean_field",
    "clean_kit_holder",
    "clean_shipping",
    "edit",
    "edit_kit_holder",
    "edit_shipping",
    "edit_shipping_street_alone",
    "edit_street_alone",
    "example_for",
    "field_named",
    "field_required",
    "fields_for",
    "form_fields",
    "invoice_code",
    "is_provisional",
    "is_required",
    "kit_holder_cautions",
    "kit_holder_problems",
    "phone_as_read",
    "plain_address",
    "problems",
    "review",
    "route_of",
    "routes_for",
    "set_route",
    "shipping_problems",
    "tax_code_matches_name",
    "warn_reference_email",
    "whole_address",
    "with_number",
]
