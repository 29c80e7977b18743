"""Customers, holders and mailboxes for tests, written straight into the database."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import CustomerRow, HolderRow, MailboxRow
from bot.domain.mailboxes import Expiring
from bot.domain.registrant import Address, HolderKind, Registrant
from bot.domain.reminders import first_look
from bot.services.renewing.facts import on_file
from bot.services.surroundings import Surroundings

_HOME = Address(street="Via dell'Esempio 1", postcode="00100", town="Roma", province="RM", country="IT")
_REACHED: dict[str, Any] = {
    "address": _HOME,
    "phone": "+390612345678",
    "reference_email": "rossi@example.com",
}
_PERSON: dict[str, Any] = {"first_name": "Maria", "last_name": "Esempio", "tax_code": "SMPMRA80A41H501N"}
_BODY: dict[str, Any] = {"tax_code": "01234560587", "legal_rep": "Maria Esempio"}

_SAMPLES: dict[HolderKind, Registrant] = {
    HolderKind.NATURAL_PERSON: Registrant(HolderKind.NATURAL_PERSON, **_PERSON, **_REACHED),
    HolderKind.SOLE_TRADER: Registrant(
        HolderKind.SOLE_TRADER,
        **_PERSON,
        business_name="Bottega Esempio di Maria Esempio",
        vat_number="01234560587",
        recipient_code="ABC1234",
        **_REACHED,
    ),
    HolderKind.FREELANCER: Registrant(
        HolderKind.FREELANCER,
        **_PERSON,
        vat_number="01234560587",
        recipient_code="0000000",
        recipient_pec="fatture@pec.example",
        **_REACHED,
    ),
    HolderKind.COMPANY: Registrant(
        HolderKind.COMPANY,
        **_BODY,
        business_name="Esempio S.r.l.",
        vat_number="01234560587",
        recipient_code="ABC1234",
        **_REACHED,
    ),
    HolderKind.ASSOCIATION: Registrant(
        HolderKind.ASSOCIATION,
        **_BODY,
        business_name="Associazione Esempio",
        recipient_code="0000000",
        **_REACHED,
    ),
    HolderKind.PUBLIC_ADMINISTRATION: Registrant(
        HolderKind.PUBLIC_ADMINISTRATION,
        **_BODY,
        business_name="Comune di Esempio",
        recipient_code="UFE123",
        **_REACHED,
    ),
}


def registrant(kind: HolderKind | str = HolderKind.NATURAL_PERSON, **changes: Any) -> Registrant:
    """A complete, valid registrant of this kind, with changes.

    The reference e-mail is the one that `Seed` gives the customer `rossi`: a holder has that of its customer.
    """
    return replace(_SAMPLES[HolderKind(kind)], **changes)


class Seed:
    """Puts people and mailboxes in a database."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Write to `database`; days count from the day of `surroundings`."""
        self._database = database
        self._surroundings = surroundings
        self._numbers = count(1)

    @property
    def today(self) -> date:
        """The day that the tests play on."""
        return self._surroundings.today()

    def registrant(self, kind: HolderKind | str = HolderKind.NATURAL_PERSON, **changes: Any) -> Registrant:
        """A complete, valid registrant of this kind, with changes."""
        return registrant(kind, **changes)

    async def mailbox(
        self,
        customer: str,
        *,
        address: str | None = None,
        plan: str = "standard",
        expires_in: int = 30,
        extra: tuple[int, int] = (0, 0),
        used: tuple[str, str] | None = ("0", "0"),
        usage_age_hours: int = 1,
        auto_renew: bool = False,
        promo: str | None = None,
        holder: Registrant | None = None,
        kind: HolderKind | str = HolderKind.NATURAL_PERSON,
        language: str = "it",
    ) -> int:
        """Make a mailbox, and its customer and holder where they are new; return the mailbox's id.

        The holder is `holder`, or the sample of `kind`: the same one for the same customer.
        """
        data = holder or registrant(kind)
        keys = self._database.keys
        now = self._surroundings.now()
        async with self._database.write() as session:
            customer_row = await session.scalar(select(CustomerRow).where(CustomerRow.code == customer))
            if customer_row is None:
                email = f"{re.sub('[^a-zA-Z0-9._-]', '', customer)}@example.com"  # a code may be any text
                customer_row = CustomerRow(
                    code=customer, language=language, reference_email=email, email_index=keys.index(email)
                )
                session.add(customer_row)
                await session.flush()
            identity = keys.index(data.identity)
            holder_row = await session.scalar(
                select(HolderRow).where(
                    HolderRow.customer_id == customer_row.id, HolderRow.identity_index == identity
                )
            )
            if holder_row is None:
                holder_row = HolderRow(
                    customer_id=customer_row.id,
                    identity_index=identity,
                    data=on_file(data),
                    updated_at=now,
                )
                session.add(holder_row)
                await session.flush()
            name = address or f"{customer}{next(self._numbers)}@pec.example"
            row = MailboxRow(
                customer_id=customer_row.id,
                holder_id=holder_row.id,
                address=name,
                address_index=keys.index(name),
                plan_id=plan,
                expires_on=self.today + timedelta(days=expires_in),
                extra_mailbox_gb=extra[0],
                extra_archive_gb=extra[1],
                used_mailbox_milli_gb=None if used is None else int(Decimal(used[0]) * 1000),
                used_archive_milli_gb=None if used is None else int(Decimal(used[1]) * 1000),
                usage_at=None if used is None else now - timedelta(hours=usage_age_hours),
                auto_renew=auto_renew,
                promotion_id=promo,
                remind_on=first_look(
                    Expiring(plan, self.today + timedelta(days=expires_in)),
                    self._surroundings.catalogue,
                    self.today,
                ),
            )
            session.add(row)
            await session.flush()
            return row.id

    async def set_email(self, customer: str, email: str) -> None:
        """Give a customer this reference e-mail."""
        async with self._database.write() as session:
            row = (await session.scalars(select(CustomerRow).where(CustomerRow.code == customer))).one()
            row.reference_email, row.email_index = email, self._database.keys.index(email)

    async def share_email(self, first: str, second: str) -> None:
        """Let the second customer have the reference e-mail of the first."""
        async with self._database.write() as session:
            rows = await session.execute(select(CustomerRow).where(CustomerRow.code.in_([first, second])))
            by_code = {row.code: row for row in rows.scalars()}
            by_code[second].reference_email = by_code[first].reference_email
            by_code[second].email_index = by_code[first].email_index
