"""What is paused is claimed by nobody, and leaves in its old order afterwards: on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest

from bot.db.engine import Database
from bot.services.sending.notices import login_mail_key
from bot.services.sending.outbox import (
    FEWEST_ATTEMPTS,
    GIVE_UP_AFTER,
    Channel,
    Message,
    Outbox,
    Outcome,
    Result,
    put_many,
)
from bot.services.sending.pausing import Pauses
from tests.support.clock import FrozenClock
from tests.support.long_runs import long

LATER = Outcome(Result.RETRY, "not now")


async def write(database: Database, clock: FrozenClock, *keys: str, channel: Channel = Channel.MAIL) -> None:
    """Something waits."""
    chat = 1 if channel is Channel.TELEGRAM else None
    async with database.write() as session:
        await put_many(session, [Message(key, channel, {}, chat_id=chat) for key in keys], clock.now())


async def keys(outbox: Outbox, channel: Channel) -> list[str]:
    """What is claimed now, and sent."""
    claimed = await outbox.claim(channel, 10)
    for row in claimed:
        await outbox.settle(row, Outcome(Result.SENT))
    return [row.key for row in claimed]


async def test_a_paused_channel_gives_nothing_and_the_others_go_on(
    each_database: Database, clock: FrozenClock
) -> None:
    outbox, pauses = Outbox(each_database, clock, leases=clock), Pauses(each_database, clock)
    await write(each_database, clock, "first")
    await pauses.pause([Channel.MAIL])
    since = clock.now()
    clock.advance(timedelta(hours=1))
    await pauses.pause([Channel.MAIL])
    await write(each_database, clock, "second")
    await write(each_database, clock, "event", channel=Channel.EVENT)
    assert await keys(outbox, Channel.MAIL) == []
    assert await keys(outbox, Channel.EVENT) == ["event"]
    assert await pauses.standing() == {Channel.MAIL: since}
    assert await outbox.overdue(timedelta(minutes=10)) is None, "nobody is to be woken for it"
    assert await pauses.resume([Channel.MAIL, Channel.EVENT]) == {Channel.MAIL}
    assert await keys(outbox, Channel.MAIL) == ["first", "second"]


async def test_a_code_that_somebody_waits_for_leaves_also_while_mail_is_paused(
    each_database: Database, clock: FrozenClock
) -> None:
    outbox, pauses = Outbox(each_database, clock, leases=clock), Pauses(each_database, clock)
    await pauses.pause(tuple(Channel))
    await write(each_database, clock, "completed:R7K2M-4:mail", login_mail_key(3))
    clock.advance(timedelta(hours=1))
    assert await outbox.overdue(timedelta(minutes=10)) == timedelta(hours=1), "codes are not held back"
    assert await keys(outbox, Channel.MAIL) == [login_mail_key(3)]
    assert await outbox.overdue(timedelta(minutes=10)) is None
    await pauses.resume([Channel.MAIL])
    assert await keys(outbox, Channel.MAIL) == ["completed:R7K2M-4:mail"]


@pytest.mark.parametrize("minutes", [10, *long(1)])
async def test_what_waited_for_long_is_tried_for_hours_before_it_is_given_up(
    each_database: Database, clock: FrozenClock, minutes: int
) -> None:
    outbox, pauses = Outbox(each_database, clock, leases=clock), Pauses(each_database, clock)
    await write(each_database, clock, "waited")
    await pauses.pause(tuple(Channel))
    clock.advance(GIVE_UP_AFTER * 2)
    await pauses.resume(tuple(Channel))
    began, attempts = clock.now(), 0
    while True:
        claimed = await outbox.claim(Channel.MAIL, 1)
        if not claimed:
            if attempts == FEWEST_ATTEMPTS:
                break
            clock.advance(timedelta(minutes=minutes))
            continue
        attempts += 1
        await outbox.settle(claimed[0], LATER)
        if attempts == FEWEST_ATTEMPTS:
            clock.advance(timedelta(days=1))
    assert attempts == FEWEST_ATTEMPTS
    assert clock.now() - began > timedelta(hours=2)
    assert (await outbox.depth())[Channel.MAIL].waiting == 0
