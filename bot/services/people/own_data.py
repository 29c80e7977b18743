"""What is kept about a chat and the customers that it speaks for, as data to hand out (DOMAIN.md 7, "Data").

The data are somebody's own: of a customer all that is kept, of the chats that share the customer only that there are
others. No number of another chat is in them, nor its phrase or wishes, nor what an operator or a payer wrote in free
words, which may speak of anybody. Each look is on record in the customer's evidence.

A value is text, a whole number, a boolean, a day, an instant or `Money`; None where nothing is known. Names of fields
are those of the JSON file, and are never changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import ChatCustomerRow, CustomerRow, MailboxRow
from bot.domain.evidence.chain import Chain, Kind, Subject
from bot.services.access import Action, may
from bot.services.actor import Actor
from bot.services.evidence.writing import Entry, record
from bot.services.people.customers import customer_called
from bot.services.people.data_of_chats import chat_data
from bot.services.people.data_of_customers import customer_data
from bot.services.surroundings import Surroundings

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OwnData:
    """What is kept, to be handed out.

    Attributes:
        made_at: when it was read.
        operator: who keeps it.
        chat: the chat's own, None where the operator hands out a customer's.
        customers: of each customer.
    """

    made_at: datetime
    operator: str
    chat: Record | None
    customers: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Listed:
    """A customer in the operator's list: how to tell him, and how much of him is kept."""

    code: str
    email: str
    language: str
    mailboxes: int
    chats: int


class OwnDataFiles:
    """Reads what is kept."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Read `database`."""
        self._database = database
        self._surroundings = surroundings

    async def of_chat(self, actor: Actor) -> OwnData:
        """What is kept of a chat, and of the customers that it speaks for; that it was asked for goes on record."""
        async with self._database.write() as session:
            customers = await session.scalars(
                select(CustomerRow)
                .where(may(actor.chat_id, Action.SEE, CustomerRow.id))
                .order_by(CustomerRow.id)
            )
            found = customers.all()
            data = OwnData(
                self._surroundings.now(),
                self._surroundings.catalogue.operator.legal_name,
                await chat_data(session, actor.chat_id),
                [await customer_data(session, row, chat_id=actor.chat_id) for row in found],
            )
            await asked(
                session,
                [row.id for row in found],
                {"request": "own data", "chat": actor.chat_id},
                data.made_at,
            )
        return data

    async def of_customer(self, code: str) -> OwnData:
        """What is kept of a customer, for the operator to hand out.

        Raises:
            NoSuchCustomer: none has this code; `WasForgotten` where one had.
        """
        async with self._database.write() as session:
            row = await customer_called(session, self._database.keys, code)
            data = OwnData(
                self._surroundings.now(),
                self._surroundings.catalogue.operator.legal_name,
                None,
                [await customer_data(session, row, chat_id=None)],
            )
            await asked(session, [row.id], {"request": "data by the operator"}, data.made_at)
        return data

    async def everybody(self) -> Sequence[Listed]:
        """All customers, in the order of their codes."""
        boxes = (
            select(func.count())
            .where(MailboxRow.customer_id == CustomerRow.id)
            .correlate(CustomerRow)
            .scalar_subquery()
        )
        chats = (
            select(func.count())
            .where(ChatCustomerRow.customer_id == CustomerRow.id)
            .correlate(CustomerRow)
            .scalar_subquery()
        )
        async with self._database.read() as session:
            rows = await session.execute(
                select(CustomerRow.code, CustomerRow.reference_email, CustomerRow.language, boxes, chats)
                .where(CustomerRow.forgotten_on.is_(None))
                .order_by(CustomerRow.code)
            )
            return [Listed(*row) for row in rows]


async def asked(
    session: AsyncSession, customers: Sequence[int], what: Mapping[str, Any], now: datetime
) -> None:
    """Record a request about the data of customers: in a chain of each one's own, which who has no mailbox has too."""
    entries = [Entry(Chain(Subject.CUSTOMER, each), Kind.REQUESTED, what) for each in sorted(customers)]
    await record(session, entries, now)
