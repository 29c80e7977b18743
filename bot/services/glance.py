"""How things stand for a chat, for its home: what expires next, what is to be paid, what is silent."""

from dataclasses import dataclass

from sqlalchemy import func, select

from bot.db.engine import Database
from bot.db.tables import MailboxRow, MuteRow, OrderRow
from bot.domain.keeping import price_as_it_is
from bot.domain.mailboxes import Mailbox, blocker, is_over
from bot.domain.orders import OrderStatus
from bot.domain.prices import Quote
from bot.services.access import Action, may
from bot.services.actor import Actor
from bot.services.orders.finding import owned, with_promise
from bot.services.orders.rows import Order, to_order
from bot.services.payments.received import NOTHING, received_for
from bot.services.renewing.facts import read_holders, read_mailboxes
from bot.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Glance:
    """What a chat has.

    Attributes:
        mailboxes: those that are neither deleted nor gone, the soonest expiry first.
        deleted: how many were deleted.
        gone: how many are gone (docs/decisions/034).
        muted: how many of the others this chat is reminded of less, or not at all.
        orders: those with something left to pay, the one to pay first at the head; of which it is said that they are
            paid, after all others.
    """

    mailboxes: tuple[Mailbox, ...]
    deleted: int
    gone: int
    muted: int
    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Priced:
    """A mailbox, and what a year of it costs as it is; `quote` is None where that is no choice (DOMAIN.md 3.2)."""

    mailbox: Mailbox
    quote: Quote | None


class Glances:
    """Looks at all of a chat at one moment."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Look in `database`, as of the day in `surroundings`."""
        self._database = database
        self._surroundings = surroundings

    async def look(self, actor: Actor) -> Glance:
        """How things stand for this chat; a chat bound to nobody has nothing."""
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        async with self._database.read() as session:
            boxes = await read_mailboxes(session, may(actor.chat_id, Action.SEE, MailboxRow.customer_id))
            living = tuple(box for box in boxes if not is_over(box, box.gone_on, catalogue, today))
            muted = await session.scalar(
                select(func.count())
                .select_from(MuteRow)
                .where(MuteRow.chat_id == actor.chat_id, MuteRow.mailbox_id.in_([box.id for box in living]))
            )
            rows = (
                await session.execute(
                    with_promise(owned(actor, Action.SEE)).where(
                        OrderRow.status == OrderStatus.AWAITING_PAYMENT.value
                    )
                )
            ).all()
            received = await received_for(session, [row.id for row, _ in rows])
            orders = [to_order(row, received.get(row.id, NOTHING), promised) for row, promised in rows]
        still_open = [order for order in orders if order.progress(today).is_open]
        gone = sum(box.gone_on is not None for box in boxes)
        return Glance(
            living,
            len(boxes) - gone - len(living),
            gone,
            muted or 0,
            tuple(
                sorted(
                    still_open,
                    key=lambda order: (order.promise is not None, order.pay_by, order.placed_at),
                )
            ),
        )

    async def prices(self, actor: Actor) -> tuple[Priced, ...]:
        """What a year costs of each mailbox of this chat that can be renewed today, the soonest expiry first."""
        catalogue, today = self._surroundings.catalogue, self._surroundings.today()
        async with self._database.read() as session:
            boxes = await read_mailboxes(session, may(actor.chat_id, Action.SEE, MailboxRow.customer_id))
            renewable = [box for box in boxes if blocker(box, catalogue, today) is None]
            holders = await read_holders(session, {box.holder_id for box in renewable})
        return tuple(
            Priced(
                box,
                price_as_it_is(
                    catalogue, box, 1, split_payment=holders[box.holder_id].splits_payment, today=today
                ),
            )
            for box in renewable
        )
