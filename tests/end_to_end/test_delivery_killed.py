"""The worker is killed (SIGKILL) at every point between the payment's commit and the message in the chat.

Another worker takes over. The message always arrives; it arrives twice exactly where Telegram's answer was lost.
"""

import asyncio
import os

import pytest
from sqlalchemy import select, update

from bot.clock import SystemClock
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.tables import OutboxRow, WithdrawalRow
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.services.actor import Actor
from bot.services.orders.withdrawing import Stated
from bot.services.sending.outbox import Channel
from tests.support import births
from tests.support import delivery_worker as worker
from tests.support.births import ROOT, Born
from tests.support.clock import FrozenClock
from tests.support.faults import Fault, FaultyNetwork
from tests.support.running_bot import TOKEN
from tests.support.till import Till

CHAT = 7
PATIENCE_SECONDS = 60
LONG_AFTER = 20 * worker.TICK.total_seconds()
"""Seconds in which whoever delivers has looked many times for what is to be sent."""
ASKED = "asked"
DONE = "done"


@pytest.fixture
def clock() -> FrozenClock:
    """The present moment: the worker has the clock of the machine."""
    return FrozenClock(SystemClock().now())


@pytest.fixture
def key() -> str:
    """The key of the personal data, which the worker needs too."""
    return KeyRing.new_key()


@pytest.fixture
def keys(key: str) -> KeyRing:
    """The ring with that key."""
    return KeyRing.parse(key)


class DeadlyNetwork(FaultyNetwork):
    """Kills the worker while it speaks to Telegram: before Telegram has heard it, or before it hears Telegram."""

    def __init__(self, moment: str) -> None:
        """Strike at this moment, once."""
        super().__init__()
        self.victim: Born | None = None
        self._moment = moment

    async def decide(self, text: str) -> Fault:
        """The request is on its way."""
        del text
        return Fault.RESET if await self._strike(ASKED) else Fault.NONE

    async def passed_on(self, text: str) -> None:
        """The message is in the chat; the answer is on its way."""
        del text
        await self._strike(DONE)

    async def _strike(self, moment: str) -> bool:
        if self._moment != moment or self.victim is None:
            return False
        await self.victim.end()
        self.victim = None
        return True


def start_worker(address: str, database_url: str, key: str, **environment: str) -> Born:
    """Start a worker in a process of its own."""
    return births.start(
        "tests.support.delivery_worker",
        folder=ROOT,
        environment={
            "PATH": os.environ["PATH"],
            "BOT_API_URL": address,
            "BOT_TOKEN": TOKEN,
            "DATABASE_URL": database_url,
            "DATA_KEYS": key,
            **environment,
        },
    )


def received(world: World) -> list[str]:
    """What the bot wrote in the chat."""
    return [message.text for message in world.messages(CHAT) if message.sender.is_bot]


COPIES = {
    worker.COMMITTED: 1,
    worker.CLAIMED: 1,
    ASKED: 1,
    DONE: 2,  # Telegram's answer was lost: nobody can know that the message had arrived
    worker.HEARD: 2,  # it was lost with the process that had just heard it
    worker.SETTLED: 1,
}
"""At which moment the worker dies, and how often the message arrives then."""


def at(*moments: str) -> pytest.MarkDecorator:
    """At these moments in each run, at every one in the long one."""
    return pytest.mark.parametrize(
        ("moment", "copies"),
        [
            pytest.param(moment, copies, marks=() if moment in moments else pytest.mark.soak)
            for moment, copies in COPIES.items()
        ],
    )


@at(DONE)
async def test_the_receipt_of_a_withdrawal_arrives_whenever_the_worker_dies(
    moment: str, copies: int, world: World, till: Till, database: Database, database_url: str, key: str
) -> None:
    """Between the tap that confirms and the delivery: one withdrawal, and its receipt."""
    world.open_chat(CHAT, "Prova", "it")
    world.send_text(CHAT, "/start")
    order = await till.order(chats=(CHAT,))
    network = DeadlyNetwork(moment)
    async with (
        asyncio.timeout(PATIENCE_SECONDS),
        serve_playground(world) as telegram,
        network.before(telegram) as address,
    ):
        first = start_worker(address, database_url, key, ORDER=order.number, CHAT=str(CHAT), DIE_AT=moment)
        network.victim = first
        assert await first.ended() == -9
        await end_leases(database)
        assert await till.status(order) == "cancelled"
        # Whoever sees no answer taps again.
        stated = Stated("Recedo.", "maria@example.com", "Che cosa segue", "Conferma recesso")
        again = await till.services.withdrawals.withdraw(Actor(CHAT, "it"), order.number, stated)
        stop = asyncio.Event()
        second = asyncio.create_task(worker.deliver(database, telegram, TOKEN, stop))
        await settled(database)
        await asyncio.sleep(LONG_AFTER if moment == worker.SETTLED else 0)
        stop.set()
        await second

    async with database.read() as session:
        assert len((await session.execute(select(WithdrawalRow))).all()) == 1
    assert again.receipt is not None
    assert len(received(world)) == copies
    assert len(set(received(world))) == 1
    assert again.receipt.number in received(world)[0]


@at(worker.CLAIMED)
async def test_the_completion_arrives_whenever_the_worker_dies(
    moment: str, copies: int, world: World, till: Till, database: Database, database_url: str, key: str
) -> None:
    world.open_chat(CHAT, "Prova", "it")
    world.send_text(CHAT, "/start")
    order = await till.order(chats=(CHAT,))
    network = DeadlyNetwork(moment)
    async with (
        asyncio.timeout(PATIENCE_SECONDS),
        serve_playground(world) as telegram,
        network.before(telegram) as address,
    ):
        first = start_worker(
            address,
            database_url,
            key,
            ORDER=order.number,
            CENTS=str(order.quote.due),
            DIE_AT=moment,
        )
        network.victim = first
        assert await first.ended() == -9
        await end_leases(database)
        assert await till.status(order) == "completed"

        stop = asyncio.Event()
        second = asyncio.create_task(worker.deliver(database, telegram, TOKEN, stop))
        await settled(database)
        # Were it sent once more, that would be now, when the lease of the dead is over.
        await asyncio.sleep(LONG_AFTER if moment == worker.SETTLED else 0)
        stop.set()
        await second

    assert len(received(world)) == copies
    assert len(set(received(world))) == 1
    assert order.number in received(world)[0]


async def end_leases(database: Database) -> None:
    """Let it be so late that what the dead held is free."""
    async with database.write() as session:
        await session.execute(
            update(OutboxRow)
            .where(OutboxRow.claimed_until.is_not(None))
            .values(claimed_until=OutboxRow.created_at)
        )


async def settled(database: Database) -> None:
    """Wait until the message is noted as sent."""
    states = select(OutboxRow.state).where(OutboxRow.channel == Channel.TELEGRAM.value)
    state = ""
    while state != "sent":
        await asyncio.sleep(0.05)
        async with database.read() as session:
            state = (await session.execute(states)).scalars().one()
