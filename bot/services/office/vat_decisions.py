"""The operator's word on the VAT of an order of a business abroad, given once (docs/decisions/036).

Until it is given nothing can be paid; with it the order awaits payment, and its customer is told what it costs and how
to pay it, in the same transaction. What was accepted stays as it is: the word is evidence of its own.
"""

from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import OrderRow, VatDecisionRow
from bot.domain.cases import CaseKind
from bot.domain.deadlines import Limits
from bot.domain.money import Cents
from bot.domain.order_number import one_number_in
from bot.domain.orders import OrderStatus, progress_of
from bot.domain.registrant import Registrant
from bot.domain.vat import VatTreatment, mention_for
from bot.services.cases import decide_case
from bot.services.errors import ServiceError
from bot.services.evidence.of_orders import vat_decided
from bot.services.office.payment_cases import NoSuchOrder
from bot.services.sending.notices import Notices
from bot.services.sending.row_facts import quote_of
from bot.services.surroundings import Surroundings

_log = structlog.get_logger(__name__)


class NotUndecided(ServiceError):
    """The order does not wait for a word on its VAT, or not any more: how it stands."""

    def __init__(self, number: str, status: OrderStatus, treatment: VatTreatment) -> None:
        super().__init__("the order does not wait for a decision")
        self.number = number
        self.status = status
        self.treatment = treatment


class MentionNeeded(ServiceError):
    """Hardware is sent with the order: why no VAT is charged for goods only the operator can say."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The order, and what is due of it from now on. Cents."""

    number: str
    treatment: VatTreatment
    mention: str | None
    due: Cents


class VatDecisions:
    """Where orders wait for the operator's word on their VAT."""

    def __init__(self, database: Database, surroundings: Surroundings, notices: Notices) -> None:
        """Decide on the orders in `database`; customers are told through `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def charge(self, number: str, note: str) -> Decided:
        """VAT is charged: the order costs what its lines say.

        Raises:
            InvalidOrderNumber: it was mistyped.
            NoSuchOrder: no order has it.
            NotUndecided: nothing is to be decided of it.
        """
        async with self._database.write() as session:
            order = await self._waiting(session, number)
            return await self._decide(session, order, VatTreatment.CHARGED, None, note)

    async def waive(self, number: str, note: str, mention: str | None = None) -> Decided:
        """No VAT is charged, and why: by the country of the holder, unless the operator has words of its own.

        Raises:
            InvalidOrderNumber, NoSuchOrder, NotUndecided: as `charge`.
            MentionNeeded: hardware is sent, so that the operator has to say why.
        """
        async with self._database.write() as session:
            order = await self._waiting(session, number)
            if mention is None and order.shipping is not None:
                raise MentionNeeded
            country = Registrant.from_json(order.registrant).address.country
            why = mention or mention_for(country).value
            return await self._decide(session, order, VatTreatment.WITHOUT, why, note)

    async def _waiting(self, session: AsyncSession, number: str) -> OrderRow:
        exact = one_number_in(number)
        order = await session.scalar(
            select(OrderRow).where(OrderRow.number == exact).with_for_update(of=OrderRow)
        )
        if order is None:
            raise NoSuchOrder(exact)
        status, today = OrderStatus(order.status), self._surroundings.today()
        if status is not OrderStatus.AWAITING_DECISION or today > order.payable_until:
            now = OrderStatus(progress_of(status, 0, order.payable_until, today).value)
            raise NotUndecided(exact, now, VatTreatment(order.vat_treatment))
        return order

    async def _decide(
        self, session: AsyncSession, order: OrderRow, treatment: VatTreatment, mention: str | None, note: str
    ) -> Decided:
        now, today = self._surroundings.now(), self._surroundings.today()
        order.vat_treatment, order.vat_mention = treatment.value, mention
        quote = quote_of(order)
        order.net, order.vat, order.due = quote.net, quote.vat, quote.due
        order.status = OrderStatus.AWAITING_PAYMENT.value
        limits = Limits(min(item.old_expiry for item in order.items), order.payable_until)
        order.pay_by = limits.pay_by(today)
        if order.payable_until <= today + timedelta(
            days=self._surroundings.catalogue.rules.order_warning_days
        ):
            order.warned_at = now  # how to pay it, and by when, is told just now
        decision = VatDecisionRow(
            order_id=order.id,
            decided_at=now,
            treatment=treatment.value,
            mention=mention,
            net=quote.net,
            vat=quote.vat,
            due=quote.due,
            note=note,
            catalogue_version=self._surroundings.catalogue.version,
        )
        session.add(decision)
        await session.flush()
        await vat_decided(session, decision)
        await decide_case(session, CaseKind.VAT, order.number, note or treatment.value, now)
        await self._notices.vat_decided(session, order)
        _log.info("vat_decided", order=order.number, treatment=treatment.value)
        return Decided(order.number, treatment, mention, quote.due)
