"""What became of a message is kept in the chain of its order, or of each of its mailboxes (DOMAIN.md 7)."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.db.engine import Database
from bot.domain.evidence.chain import Chain, Content, Kind, Subject
from bot.services.evidence.reading import chain_of
from bot.services.sending.outbox import Channel, Outbox, Outcome, Result, put
from bot.services.sending.owed import Said
from tests.support.clock import FrozenClock

REMINDER: Mapping[str, Any] = {
    "message": "reminder",
    "subject": "renew",
    "token": "secret",
    "entries": [[1, "2026-12-23", 30], [2, "2026-12-24", 30]],
}
SAID = Said("Words", "a@example.com", reply="250 queued", language="it", catalogue="c1")


async def settle(
    database: Database, clock: FrozenClock, key: str, payload: Mapping[str, Any], outcome: Outcome
) -> None:
    outbox = Outbox(database, clock)
    async with database.write() as session:
        await put(session, key=key, channel=Channel.MAIL, payload=payload, now=clock.now())
    (claimed,) = await outbox.claim(Channel.MAIL, 1)
    assert await outbox.settle_all([(claimed, outcome)]) == []


async def told(database: Database, chain: Chain) -> list[Mapping[str, Any]]:
    async with database.read() as session:
        found = await session.run_sync(lambda own: chain_of(own.connection(), chain))
    if found is None:
        return []
    assert {record.kind for record, _ in found[1]} == {Kind.TOLD}
    return [content.value for _, content in found[1] if isinstance(content, Content)]


async def test_a_reminder_is_kept_for_each_mailbox_without_its_words(
    each_database: Database, clock: FrozenClock
) -> None:
    await settle(each_database, clock, "remind:1:mail:x", REMINDER, Outcome(Result.SENT, said=SAID))
    for number, expires_on in ((1, "2026-12-23"), (2, "2026-12-24")):
        (value,) = await told(each_database, Chain(Subject.MAILBOX, number))
        assert value["expires_on"] == expires_on
        assert value["outcome"] == "sent"
        assert (value["channel"], value["to"], value["reply"]) == ("mail", "a@example.com", "250 queued")
        assert (value["step"], value["language"], value["catalogue"]) == (30, "it", "c1")
        assert "words" not in value


async def test_a_mailbox_that_was_left_out_was_not_told_of(
    each_database: Database, clock: FrozenClock
) -> None:
    said = Said("Words", about=frozenset({2}))
    await settle(each_database, clock, "remind:1:mail:x", REMINDER, Outcome(Result.SENT, said=said))
    assert await told(each_database, Chain(Subject.MAILBOX, 1)) == []
    assert len(await told(each_database, Chain(Subject.MAILBOX, 2))) == 1


@pytest.mark.parametrize("result", [Result.OBSOLETE, Result.RETRY])
async def test_what_was_not_told_is_not_kept(
    each_database: Database, clock: FrozenClock, result: Result
) -> None:
    await settle(each_database, clock, "remind:1:mail:x", REMINDER, Outcome(result, "why"))
    assert await told(each_database, Chain(Subject.MAILBOX, 1)) == []


async def test_what_failed_is_kept_with_the_reason(each_database: Database, clock: FrozenClock) -> None:
    await settle(each_database, clock, "remind:1:mail:x", REMINDER, Outcome(Result.FAILED, "no such address"))
    (value,) = await told(each_database, Chain(Subject.MAILBOX, 1))
    assert (value["outcome"], value["reason"]) == ("failed", "no such address")
