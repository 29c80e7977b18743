"""Another method of payment, chosen for an order while nothing has arrived (DOMAIN.md 3.6, 4).

The rules are judged on the day of the choice. It is kept as evidence, with the words of the screen; the instructions
are frozen anew with it. Automatic renewal is never switched on by it, and ends where the new method cannot carry it.
A payment takes the order's row too: of two that come at once the second finds what the first has done.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import MethodChangeRow, OrderRow
from bot.db.turns import once
from bot.domain.choices import ChoiceRefused, Refusal
from bot.domain.deadlines import Limits
from bot.domain.instructions import Instructions, instructions_for
from bot.domain.other_methods import OtherMethod, other_methods
from bot.domain.registrant import Registrant
from bot.domain.seals import digest, seal
from bot.services.actor import Actor
from bot.services.errors import OrderPartPaid, TermsChanged
from bot.services.evidence.of_orders import method_changed
from bot.services.orders.finding import find_open_order
from bot.services.orders.rows import Order, to_order
from bot.services.payments.ledger import counted_so_far
from bot.services.payments.received import NOTHING
from bot.services.sending.notices import Notices
from bot.services.sending.promises import end_promises
from bot.services.surroundings import Surroundings

_DIGEST = 10


@dataclass(frozen=True, slots=True)
class MethodChange:
    """What choosing another method for an order means.

    Attributes:
        other: the method, as it is judged now.
        pay_by: by when the payment has to be registered from then on.
        ends_auto_renew: whether the automatic renewal that was chosen with the order ends by it.
        seal: stands for all of it; what was confirmed on other terms is not done.
    """

    other: OtherMethod
    pay_by: date
    ends_auto_renew: bool
    seal: str


@dataclass(frozen=True, slots=True)
class MethodsOfOrder:
    """An open order of which nothing is paid, and what it could be paid by instead."""

    order: Order
    changes: tuple[MethodChange, ...]

    def change_to(self, method_id: str) -> MethodChange:
        """The change to this method.

        Raises:
            ChoiceRefused: it is not offered to this holder, or would come too late.
        """
        for change in self.changes:
            if change.other.method.id == method_id:
                if not change.other.possible:
                    raise ChoiceRefused(Refusal.METHOD_TOO_LATE)
                return change
        raise ChoiceRefused(Refusal.METHOD_NOT_OFFERED)


class OtherMethods:
    """Chooses other methods for orders."""

    def __init__(self, database: Database, surroundings: Surroundings, notices: Notices) -> None:
        """Change orders in `database`, judged in these `surroundings`; tell through `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def offered(self, actor: Actor, number: str) -> MethodsOfOrder:
        """What an order could be paid by instead, as of now.

        Raises:
            NotYours: no such order, or not this chat's.
            OrderNotOpen: it does not await payment any more.
            OrderPartPaid: part of its amount has arrived already.
        """

        async def ask() -> MethodsOfOrder:
            async with self._database.read() as session:
                row = await self._find_unpaid(session, actor, number)
                return self._methods_of(row)

        return await once((OtherMethods.offered, actor, number), ask)

    async def choose(
        self, actor: Actor, number: str, method_id: str, agreed: str, *, screen: str, button_label: str
    ) -> Order:
        """Let an order be paid by another method; by the one that it has already, nothing changes.

        Args:
            actor: the chat that taps.
            number: the order's.
            method_id: the method.
            agreed: `MethodChange.seal` of what was shown.
            screen: the words of the screen, kept as evidence with those on the button.
            button_label: these.

        Raises:
            NotYours, OrderNotOpen, OrderPartPaid: as `offered`.
            ChoiceRefused: the method is not offered, or would come too late.
            TermsChanged: what was shown no longer holds.
        """
        async with self._database.write() as session:
            row = await self._find_unpaid(session, actor, number, lock=True)
            if row.method_id == method_id:
                return to_order(row, NOTHING)
            change = self._methods_of(row).change_to(method_id)
            if change.seal != agreed:
                raise TermsChanged
            record = self._record(actor, row, change, screen=screen, button_label=button_label)
            session.add(record)
            row.method_id, row.pay_by = method_id, change.pay_by
            row.told_iban = (
                change.other.method.iban or row.told_iban
            )  # who was told to transfer may still do so
            if change.ends_auto_renew:
                row.auto_renew, row.notice_by = False, None
            await end_promises(session, [row.id], self._surroundings.now())
            await session.flush()
            await method_changed(session, record)
            await self._notices.method_changed(session, row, record.id, apart_from=actor.chat_id)
            return to_order(row, NOTHING)

    async def _find_unpaid(
        self, session: AsyncSession, actor: Actor, number: str, *, lock: bool = False
    ) -> OrderRow:
        row = await find_open_order(session, actor, number, self._surroundings.today(), lock=lock)
        if await counted_so_far(session, row.id):
            raise OrderPartPaid
        return row

    def _methods_of(self, row: OrderRow) -> MethodsOfOrder:
        here, catalogue = self._surroundings.here(), self._surroundings.catalogue
        kind = Registrant.from_json(row.registrant).kind
        limits = Limits(min(item.old_expiry for item in row.items), row.payable_until)
        others = other_methods(catalogue, kind, row.method_id, limits, here.date(), here.time())
        return MethodsOfOrder(
            to_order(row, NOTHING),
            tuple(self._change(row, other, limits.pay_by(here.date())) for other in others),
        )

    def _change(self, row: OrderRow, other: OtherMethod, pay_by: date) -> MethodChange:
        ends = row.auto_renew and not other.method.carries_auto_renew
        how = self._instructions(row, other.method.id)
        agreed = (row.number, row.method_id, other.method.id, other.dates, other.is_late, pay_by, ends, how)
        return MethodChange(other, pay_by, ends, seal(row.due, digest(agreed, _DIGEST)))

    def _instructions(self, row: OrderRow, method_id: str) -> Instructions:
        return instructions_for(
            self._surroundings.catalogue, method_id=method_id, number=row.number, due=row.due
        )

    def _record(
        self, actor: Actor, row: OrderRow, change: MethodChange, *, screen: str, button_label: str
    ) -> MethodChangeRow:
        return MethodChangeRow(
            order_id=row.id,
            at=self._surroundings.now(),
            chat_id=actor.chat_id,
            language=actor.language,
            from_method_id=row.method_id,
            method_id=change.other.method.id,
            arrival=change.other.arrival.value,
            ended_auto_renew=change.ends_auto_renew,
            pay_by=change.pay_by,
            instructions=_frozen(self._instructions(row, change.other.method.id)),
            screen=screen,
            button_label=button_label,
            catalogue_version=self._surroundings.catalogue.version,
        )


def _frozen(how: Instructions) -> dict[str, Any]:
    """The instructions as they are kept."""
    return {"kind": type(how).__name__, **asdict(how)}
