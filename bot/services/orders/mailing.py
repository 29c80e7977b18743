"""The e-mail with the link by which an order is paid, once more (DOMAIN.md 7)."""

from bot.db.engine import Database
from bot.db.tables import CustomerRow
from bot.domain.masking import masked
from bot.services.actor import Actor
from bot.services.orders.finding import find_open_order
from bot.services.payments.ledger import counted_so_far
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings


class PaymentMails:
    """Mails how orders are paid, to who has lost it."""

    def __init__(self, database: Database, surroundings: Surroundings, notices: Notices) -> None:
        """Read orders in `database`, on the day of `surroundings`; mail through `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices

    async def send_again(self, actor: Actor, number: str) -> str:
        """Mail how an order is paid to its customer's reference e-mail; again within ten minutes, nothing.

        Returns that address, masked: it may be another than the one of the order, which the first mail went to.

        Raises:
            NotYours: no such order, or not this chat's.
            OrderNotOpen: it does not await payment any more.
        """
        async with self._database.write() as session:
            order = await find_open_order(session, actor, number, self._surroundings.today())
            await self._notices.how_to_pay_again(session, order, await counted_so_far(session, order.id))
            return masked((await session.get_one(CustomerRow, order.customer_id)).reference_email)
