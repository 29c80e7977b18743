"""Made-up mailboxes, holders, drafts and facts, complete unless a test says otherwise.

It is Monday 23 November 2026, 11:00 in Rome.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bot.domain.catalogue import Catalogue
from bot.domain.choices import choose_method, choose_years, toggle_acceptance, toggle_mailbox
from bot.domain.drafts import Draft, Facts, documents_for
from bot.domain.form_answers import answer_kit, confirm_registrant
from bot.domain.mailboxes import Mailbox, Usage
from bot.domain.registrant import Address, HolderKind, KitHolder, Registrant, ShippingAddress
from bot.domain.steps import Step
from tests.support.catalogue import example_catalogue

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = date(2026, 11, 23)
AT = time(11)

_PERSON_CODE = "RSSMRA85T50A562W"
_COMPANY_CODE = "12345679992"
_ADDRESS = Address("Via Roma 12", "20121", "Milano", "MI", "IT")


def a_usage(mailbox_gb: str = "0.500", archive_gb: str = "0", *, hours_old: int = 2) -> Usage:
    """Used space in GB, measured some hours ago."""
    return Usage(Decimal(mailbox_gb), Decimal(archive_gb), NOW - timedelta(hours=hours_old))


def a_mailbox(mailbox_id: int = 1, plan_id: str = "pro", *, expires_in: int = 30, **changes: Any) -> Mailbox:
    """A mailbox that can be renewed, with little in it."""
    mailbox = Mailbox(
        id=mailbox_id,
        customer_id=1,
        holder_id=1,
        address=f"casella{mailbox_id}@pec.example",
        plan_id=plan_id,
        expires_on=TODAY + timedelta(days=expires_in),
        extra_mailbox_gb=0,
        extra_archive_gb=0,
        usage=a_usage(),
        auto_renew=False,
        promotion_id=None,
        open_order=None,
    )
    return replace(mailbox, **changes)


def a_registrant(kind: HolderKind = HolderKind.NATURAL_PERSON, **changes: Any) -> Registrant:
    """A holder of this kind with nothing missing."""
    registrant = Registrant(
        kind=kind, address=_ADDRESS, phone="+390212345678", reference_email="maria.rossi@example.com"
    )
    if kind.is_person:
        registrant = replace(registrant, first_name="Maria", last_name="Rossi", tax_code=_PERSON_CODE)
    else:
        registrant = replace(
            registrant, business_name="Esempio S.r.l.", tax_code=_COMPANY_CODE, legal_rep="Maria Rossi"
        )
    if kind in {HolderKind.SOLE_TRADER, HolderKind.FREELANCER}:
        registrant = replace(registrant, business_name="Rossi Disegni")
    if kind in {HolderKind.SOLE_TRADER, HolderKind.FREELANCER, HolderKind.COMPANY}:
        registrant = replace(registrant, vat_number=_COMPANY_CODE, recipient_code="A1B2C3D")
    if kind is HolderKind.PUBLIC_ADMINISTRATION:
        registrant = replace(registrant, business_name="Comune di Esempio", recipient_code="UF1A2B")
    return replace(registrant, **changes)


def a_kit_holder() -> KitHolder:
    """A person whom a kit can name."""
    return KitHolder("Maria", "Rossi", _PERSON_CODE, "maria.rossi@example.com", "+393331234567")


def a_shipping_address() -> ShippingAddress:
    """Where a kit can be sent."""
    return ShippingAddress("Maria Rossi", _ADDRESS)


def some_facts(
    *mailboxes: Mailbox,
    catalogue: Catalogue | None = None,
    registrant: Registrant | None = None,
    kind: HolderKind = HolderKind.NATURAL_PERSON,
) -> Facts:
    """The world around a draft; with no mailbox given, one that can be renewed."""
    return Facts(
        catalogue=catalogue or example_catalogue(),
        mailboxes={mailbox.id: mailbox for mailbox in mailboxes or (a_mailbox(),)},
        registrant=registrant or a_registrant(kind),
        now=NOW,
        today=TODAY,
        at=AT,
    )


def a_draft(facts: Facts | None = None, mailbox_ids: Iterable[int] = (), **changes: Any) -> Draft:
    """A draft with these mailboxes and nothing else chosen."""
    draft = Draft(
        id=1,
        chat_id=1,
        holder_id=1,
        step=Step.MAILBOX,
        items=(),
        kit=None,
        registrant=None,
        registrant_confirmed=False,
        method_id=None,
        auto_renew=False,
        years=None,
        acceptances=(),
    )
    for mailbox_id in mailbox_ids:
        assert facts is not None
        draft = toggle_mailbox(draft, facts, mailbox_id)
    return replace(draft, **changes)


def a_complete_draft(facts: Facts, **changes: Any) -> Draft:
    """A draft of every renewable mailbox that lacks nothing: no kit, first method, one year, all accepted."""
    draft = a_draft(facts, [mailbox.id for mailbox in facts.renewable])
    draft = confirm_registrant(answer_kit(draft, facts, None), facts)
    method = next(iter(m for m in facts.catalogue.methods.values() if facts.registrant.kind in m.kinds))
    draft = choose_years(choose_method(draft, facts, method.id), facts, 1)
    for document in documents_for(draft, facts):
        draft = toggle_acceptance(draft, facts, document.id, "it")
    return replace(draft, **changes)
