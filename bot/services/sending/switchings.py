"""Who is told that a mailbox renews itself from now on, or does not any more (DOMAIN.md 3.6).

The customer gets a confirmation with the time; whoever charges learns of it by an event, else by the operator's chat,
and where there is neither by a case in the office, with the last day on which it is not too late.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import CaseRow, CustomerRow, MailboxRow
from bot.domain.calendar import charge_date
from bot.domain.cases import CaseKind
from bot.domain.money import Cents
from bot.messages import told
from bot.services.cases import IS_OPEN, Case, open_case, resolve_case
from bot.services.sending.announcements import Announcements
from bot.services.sending.customers import mail_customer, tell_chats
from bot.services.sending.outbox import Channel, put
from bot.services.surroundings import Surroundings


class SwitchNotices:
    """Tells of the switch of automatic renewal."""

    def __init__(
        self,
        surroundings: Surroundings,
        announcements: Announcements,
        *,
        operator_chat_id: int | None,
        mail: bool,
        events: bool,
    ) -> None:
        """Tell the operator's system by `announcements`; `mail` and `events` say what is set up."""
        self._surroundings = surroundings
        self._announcements = announcements
        self._operator_chat_id = operator_chat_id
        self._mail = mail
        self._events = events

    async def started(
        self,
        session: AsyncSession,
        mailbox: MailboxRow,
        *,
        years: int,
        due: Cents | None = None,
        order: str | None = None,
    ) -> None:
        """A mailbox renews itself from now on.

        Args:
            session: the transaction that switches it on.
            mailbox: with the expiry that it has by now.
            years: for how long it is renewed each time (DOMAIN.md 3.7).
            due: what the next charge comes to, where it is known.
            order: the number of the order that switched it on, if one did: its completion is the confirmation.
        """
        await self._announcements.auto_renewal_started(session, mailbox, years=years, order=order)
        await self._switched(session, mailbox, on=True, years=years, due=due, order=order)

    async def stopped(self, session: AsyncSession, mailbox: MailboxRow, *, order: str | None = None) -> None:
        """A mailbox does not renew itself any more.

        Args:
            session: the transaction that switches it off.
            mailbox: with the expiry that it has by now.
            order: the number of the completed order that leaves it off; None where a customer switched it off.
        """
        await self._announcements.auto_renewal_stopped(session, mailbox, order=order)
        await self._switched(session, mailbox, on=False, order=order)

    async def _switched(
        self,
        session: AsyncSession,
        mailbox: MailboxRow,
        *,
        on: bool,
        order: str | None,
        years: int | None = None,
        due: Cents | None = None,
    ) -> None:
        now = self._surroundings.now()
        facts: dict[str, Any] = {
            "at": now,
            "address": mailbox.address,
            "on": on,
            "expires_on": mailbox.expires_on,
            "charge_on": charge_date(mailbox.expires_on, self._surroundings.catalogue),
            "years": years,
            "due": due,
        }
        key = f"automatic-{'on' if on else 'off'}:{mailbox.id}:{order or now.isoformat()}"
        customer = await session.get_one(CustomerRow, mailbox.customer_id)
        if order is None or not on:  # that an order switched it on is said as that order is completed
            what = told.AutomaticRenewalSwitched(**facts)
            await tell_chats(session, customer.id, key, what, now)
            if self._mail:
                await mail_customer(session, customer, key, what, now)
        if self._events:
            return
        if self._operator_chat_id is None:
            await self._ask_a_person(session, mailbox, customer.code, facts)
            return
        await put(
            session,
            key=f"{key}:operator:chat:{self._operator_chat_id}",
            channel=Channel.TELEGRAM,
            payload=told.OperatorAutomaticRenewal(customer=customer.code, **facts).to_json(),
            now=now,
            chat_id=self._operator_chat_id,
        )

    async def _ask_a_person(
        self, session: AsyncSession, mailbox: MailboxRow, customer: str, facts: dict[str, Any]
    ) -> None:
        """Nobody is told by itself: the case is the message to whoever charges. The last switching counts."""
        now: datetime = facts["at"]
        earlier = await session.scalars(
            select(CaseRow.key).where(
                CaseRow.kind == CaseKind.SWITCHED.value,
                CaseRow.key.startswith(f"{mailbox.id}:", autoescape=True),
                IS_OPEN,
            )
        )
        for key in earlier.all():
            await resolve_case(session, CaseKind.SWITCHED, key, "it was switched again since", now)
        said = {
            name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()
        }
        due_on = facts["charge_on"] - timedelta(days=1)
        case = Case(
            CaseKind.SWITCHED,
            f"{mailbox.id}:{now.isoformat()}",
            customer,
            said,
            due_on if due_on >= self._surroundings.today() else None,
        )
        await open_case(session, case, now)
