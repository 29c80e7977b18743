"""The operator's till: orders that wait for money, reports of payments, and what became of both."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.app import Told as WhoIsTold
from bot.app import build_services
from bot.db.engine import Database
from bot.db.tables import CallbackRow, MailboxRow, OrderItemRow, OrderRow, OutboxRow, PaymentRow
from bot.domain.money import Cents
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.services.payments.ledger import PaymentKind, PaymentReport
from bot.services.payments.payments import PaymentAnswer
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.ordering import ordered
from tests.support.seed import Seed

OPERATOR_CHAT = 99
EVERYBODY = WhoIsTold(
    operator_chat_id=OPERATOR_CHAT, mail=True, events=True, web="https://rinnovo.example.com"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is to be sent: by which channel, to which chat, and what."""

    channel: str
    chat_id: int | None
    message: str
    payload: dict[str, Any]


class Till:
    """Places orders through the services, and looks into the database."""

    def __init__(self, database: Database, services: Services, seed: Seed) -> None:
        """Work on `database`, which `services` and `seed` work on too."""
        self.database = database
        self.services = services
        self.seed = seed

    async def order(
        self,
        customer: str = "rossi",
        *,
        chats: Sequence[int] = (7,),
        boxes: int = 1,
        years: int = 1,
        method: str = "bank_transfer",
        plan: str = "pro",
        **mailbox: Any,
    ) -> Order:
        """An order of a new customer's mailboxes that awaits payment, from the first of the customer's chats."""
        ids = [await self.seed.mailbox(customer, plan=plan, **mailbox) for _ in range(boxes)]
        for chat_id in chats:
            invitation = await self.services.linking.invite(customer)
            await self.services.linking.redeem(Actor(chat_id, "it"), invitation.token)
        return await ordered(self.services, Actor(chats[0], "it"), ids, method=method, years=years)

    async def receive(self, report: PaymentReport, webhook_id: str | None = None) -> PaymentAnswer:
        """Report as the callback does; a call of its own for each payment unless its id is given."""
        body = json.dumps({"payment": report.payment_id, "cents": report.cents, "order": report.order})
        return await self.services.payments.receive(
            webhook_id or f"call-{report.kind}-{report.payment_id}", body, report
        )

    def paid(
        self,
        order: Order | str,
        cents: Cents | None = None,
        payment_id: str = "bank-1",
        *,
        currency: str = "EUR",
        kind: PaymentKind = PaymentKind.REGISTERED,
    ) -> PaymentReport:
        """The report of a payment, of all that is due unless `cents` are given."""
        if cents is None:
            assert isinstance(order, Order)
            cents = order.quote.due
        return PaymentReport(
            kind=kind,
            payment_id=payment_id,
            order=order if isinstance(order, str) else order.number,
            cents=cents,
            currency=currency,
            method="bank_transfer",
            registered_at=self.services.surroundings.now() - timedelta(minutes=2),
        )

    def went_back(self, report: PaymentReport, cents: Cents | None = None) -> PaymentReport:
        """The report that this payment was reversed, wholly unless `cents` are given."""
        return replace(report, kind=PaymentKind.REVERSED, cents=report.cents if cents is None else cents)

    async def status(self, order: Order) -> str:
        """How the order stands."""
        async with self.database.read() as session:
            status = await session.scalar(select(OrderRow.status).where(OrderRow.number == order.number))
        assert status is not None
        return status

    async def mailboxes(self, order: Order) -> list[MailboxRow]:
        """The order's mailboxes as they are now."""
        ids = [item.mailbox_id for item in order.items]
        async with self.database.read() as session:
            rows = await session.execute(
                select(MailboxRow).where(MailboxRow.id.in_(ids)).order_by(MailboxRow.id)
            )
            return list(rows.scalars())

    async def change_mailbox(self, order: Order, **values: Any) -> None:
        """Change the order's first mailbox, as the operator's file might."""
        async with self.database.write() as session:
            await session.execute(
                update(MailboxRow).where(MailboxRow.id == order.items[0].mailbox_id).values(**values)
            )

    async def change_item(self, order: Order, **values: Any) -> None:
        """Change what was ordered for the first mailbox."""
        async with self.database.write() as session:
            await session.execute(
                update(OrderItemRow)
                .where(OrderItemRow.mailbox_id == order.items[0].mailbox_id)
                .values(**values)
            )

    async def change_order(self, order: Order, **values: Any) -> None:
        """Change the order's row."""
        async with self.database.write() as session:
            await session.execute(update(OrderRow).where(OrderRow.number == order.number).values(**values))

    async def ledger(self) -> list[PaymentRow]:
        """All movements of money, in the order in which they were recorded."""
        async with self.database.read() as session:
            return list((await session.execute(select(PaymentRow).order_by(PaymentRow.id))).scalars())

    async def calls(self) -> list[CallbackRow]:
        """All signed calls that were stored."""
        async with self.database.read() as session:
            return list((await session.execute(select(CallbackRow).order_by(CallbackRow.id))).scalars())

    async def told(self, *messages: str) -> list[Told]:
        """What is to be sent because of payments (of these messages alone, when some are named)."""
        async with self.database.read() as session:
            rows = (await session.execute(select(OutboxRow).order_by(OutboxRow.id))).scalars().all()
        found = [
            Told(row.channel, row.chat_id, row.payload.get("message", row.payload.get("type")), row.payload)
            for row in rows
        ]
        placing = {"order-placed", "order.placed"}
        return [each for each in found if each.message in (messages or {each.message} - placing)]

    async def counts(self) -> tuple[int, int, int]:
        """How many rows there are in the ledger, in the outbox, and of completed orders."""
        async with self.database.read() as session:
            ledger = await session.scalar(select(func.count()).select_from(PaymentRow))
            outbox = await session.scalar(select(func.count()).select_from(OutboxRow))
            completed = await session.scalar(
                select(func.count()).select_from(OrderRow).where(OrderRow.status == "completed")
            )
        return ledger or 0, outbox or 0, completed or 0


@pytest.fixture
def till(database: Database, surroundings: Surroundings, seed: Seed) -> Till:
    """The till of a bot that tells everybody everything."""
    return Till(database, build_services(database, surroundings, EVERYBODY), seed)
