"""A worker as a process of its own, which registers a payment, or withdraws, delivers, and dies when it is told to.

``python -m tests.support.delivery_worker``, with everything it needs in its environment.
"""

import asyncio
import os
import signal
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.clock import SystemClock
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.messages import render_chat
from bot.services.actor import Actor
from bot.services.orders.expiring import Expiring
from bot.services.orders.withdrawing import Stated, Withdrawals
from bot.services.payments.ledger import PaymentKind, PaymentReport
from bot.services.payments.payments import Payments
from bot.services.sending.delivery import ORDERS_TICK, Chore, Delivery
from bot.services.sending.notices import Notices
from bot.services.sending.notifier import Notifier
from bot.services.sending.outbox import Channel, Claimed, Outbox, Outcome
from bot.services.surroundings import Surroundings
from bot.services.vitals import Vitals
from bot.texts import Texts
from tests.support.catalogue import example_catalogue

TICK = timedelta(milliseconds=100)
COMMITTED, CLAIMED, HEARD, SETTLED = "committed", "claimed", "heard", "settled"
"""When it dies, as far as it knows itself; the network can kill it at other moments."""


def die_at(moment: str) -> None:
    """End by SIGKILL, if this is the moment."""
    if os.environ.get("DIE_AT") == moment:
        os.kill(os.getpid(), signal.SIGKILL)


class MortalOutbox(Outbox):
    """An outbox whose worker dies around its commits."""

    async def claim(self, channel: Channel, limit: int, *, bulk: bool = True) -> list[Claimed]:
        """Claim, and perhaps die before anything is sent."""
        claimed = await super().claim(channel, limit, bulk=bulk)
        if claimed:
            die_at(CLAIMED)
        return claimed

    async def settle_all(self, settled: Sequence[tuple[Claimed, Outcome]]) -> list[Claimed]:
        """Perhaps die with the answer in hand; settle; perhaps die."""
        die_at(HEARD)
        lost = await super().settle_all(settled)
        die_at(SETTLED)
        return lost


async def deliver(database: Database, api_url: str, token: str, stop: asyncio.Event) -> None:
    """Send what is in the outbox until `stop` is set."""
    clock = SystemClock()
    surroundings = Surroundings(example_catalogue(), clock, ZoneInfo("Europe/Rome"))
    notices = Notices(surroundings, operator_chat_id=None, mail=False, events=False)
    outbox = MortalOutbox(database, clock)
    texts = Texts.load()
    async with Notifier(token, api_url, database, surroundings, texts, render_chat) as notifier:
        expiring = Expiring(database, surroundings, notices)
        senders = {Channel.TELEGRAM: notifier}
        await Delivery(
            outbox,
            senders,
            [Chore("orders", ORDERS_TICK, expiring.run)],
            notifier,
            clock,
            Vitals(),
            tick=TICK,
        ).run(stop)


async def main() -> None:
    """Pay the order in the environment, or withdraw from it where no `CENTS` are; deliver until somebody ends this."""
    clock = SystemClock()
    database = Database(os.environ["DATABASE_URL"], KeyRing.parse(os.environ["DATA_KEYS"]))
    await database.start()
    surroundings = Surroundings(example_catalogue(), clock, ZoneInfo("Europe/Rome"))
    notices = Notices(surroundings, operator_chat_id=None, mail=False, events=False)
    if "CENTS" in os.environ:
        await Payments(database, surroundings, notices).register(
            PaymentReport(
                kind=PaymentKind.REGISTERED,
                payment_id="bank-1",
                order=os.environ["ORDER"],
                cents=int(os.environ["CENTS"]),
                currency="EUR",
                method="bank_transfer",
                registered_at=clock.now(),
            )
        )
    else:
        stated = Stated("Recedo.", "maria@example.com", "Che cosa segue", "Conferma recesso")
        actor = Actor(int(os.environ["CHAT"]), "it")
        await Withdrawals(database, surroundings, notices).withdraw(actor, os.environ["ORDER"], stated)
    die_at(COMMITTED)
    await deliver(database, os.environ["BOT_API_URL"], os.environ["BOT_TOKEN"], asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main())
