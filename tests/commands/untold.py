"""A customer who hears of nothing: what was to be told waits for a person."""

from bot.services.orders.rows import Order
from bot.services.sending.outbox import Channel, Outbox, Outcome, Result
from tests.support.till import Till

BLOCKED = Outcome(Result.UNREACHABLE, "the chat blocked the bot")
REFUSED = Outcome(Result.FAILED, "the server refused the address")


async def nobody_reached(till: Till) -> None:
    """All that waits to be sent fails."""
    outbox = Outbox(till.database, till.services.surroundings._clock)
    while rows := [*await outbox.claim(Channel.TELEGRAM, 50), *await outbox.claim(Channel.MAIL, 50)]:
        for row in rows:
            await outbox.settle(row, BLOCKED if row.channel is Channel.TELEGRAM else REFUSED)


async def part_paid_and_not_told(till: Till) -> Order:
    """A customer who pays in part, and hears of nothing."""
    order = await till.order()
    outbox = Outbox(till.database, till.services.surroundings._clock)
    for row in await outbox.claim(Channel.MAIL, 50):
        await outbox.settle(row, Outcome(Result.SENT))
    await till.receive(till.paid(order, 1000))
    await nobody_reached(till)
    return order
