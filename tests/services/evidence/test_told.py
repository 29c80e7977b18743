"""What became of a message is kept in the chain of its order, or of each of its mailboxes (DOMAIN.md 7)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot.db.engine import Database
from bot.db.tables import OrderRow, OutboxRow, OwedNoticeRow
from bot.domain.evidence.chain import Chain, Content, Kind, Subject
from bot.services.evidence.reading import chain_of
from bot.services.sending.outbox import Channel, Outbox, Outcome, Result, put
from bot.services.sending.owed import Said
from tests.support.clock import FrozenClock
from tests.support.seed import Seed
from tests.support.till import Till

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


TOKEN = "q7hQ0Yy3kPzWb1s-V_t6dA2mXc9nEfRj4uLgTo8iKxM"
WORDS = f"""Recedi: https://rinnovo.example.com/withdrawal/{TOKEN}
<a href="https://t.me/rinnovo_bot?start={TOKEN[:20]}">apri</a>, https://posta.example/it/condizioni, <b>4,20 €</b>
Leggi: https://fatture.example.com/d/8fJ2kQ e scrivi a assistenza@posta.example, IBAN IT24F9999999990000ESEMPIO"""
SAFE = """Recedi: https://rinnovo.example.com/withdrawal/…
<a href="https://t.me/rinnovo_bot?start=…">apri</a>, https://posta.example/it/condizioni, <b>4,20 €</b>
Leggi: https://fatture.example.com/… e scrivi a assistenza@posta.example, IBAN IT24F9999999990000ESEMPIO"""


async def test_what_opens_something_is_left_out_of_the_words_that_are_kept(
    till: Till, clock: FrozenClock
) -> None:
    """A document of evidence passes through many hands."""
    order = await till.order()
    async with till.database.write() as session:
        await session.execute(delete(OutboxRow))
    payload = {
        "message": "invoice-issued",
        "order": order.number,
        "token": "kept9Apart",
        "invoice": {"url": "https://fatture.example.com/d/8fJ2kQ"},
    }
    said = replace(SAID, words=f"{WORDS} kept9Apart")
    await settle(till.database, clock, f"invoice:{order.number}:1", payload, Outcome(Result.SENT, said=said))
    async with till.database.read() as session:
        chain = Chain(Subject.ORDER, (await session.scalars(select(OrderRow.id))).one())
        found = await session.run_sync(lambda own: chain_of(own.connection(), chain))
    assert found is not None
    (value,) = [
        content.value
        for record, content in found[1]
        if record.kind is Kind.TOLD and isinstance(content, Content)
    ]
    assert value["words"] == f"{SAFE} …"
    assert (value["outcome"], value["channel"], value["to"]) == ("sent", "mail", "a@example.com")


async def test_a_notice_that_is_owed_is_kept_in_its_words_for_each_mailbox_that_it_speaks_of(
    database: Database, seed: Seed, clock: FrozenClock
) -> None:
    boxes = [await seed.mailbox("rossi", expires_in=days, auto_renew=True) for days in (40, 41)]
    days = [clock.now().date() + timedelta(days=days) for days in (40, 41)]
    async with database.write() as session:
        session.add_all(
            OwedNoticeRow(
                mailbox_id=box,
                expires_on=expires_on,
                due_by=expires_on,
                late=False,
                key="notice:1:mail:x",
                channel="mail",
                written_at=clock.now(),
            )
            for box, expires_on in zip(boxes, days, strict=True)
        )
    payload = {"message": "reminder-automatic", "subject": "automatic", "token": TOKEN}
    said = replace(SAID, words=f"Addebito il 26/12: https://t.me/bot?start={TOKEN}")
    await settle(database, clock, "notice:1:mail:x", payload, Outcome(Result.SENT, said=said))
    for box, expires_on in zip(boxes, days, strict=True):
        (value,) = await told(database, Chain(Subject.MAILBOX, box))
        assert value["words"] == "Addebito il 26/12: https://t.me/bot?start=…"
        assert (value["about"], value["expires_on"]) == ("automatic", expires_on.isoformat())
        assert (value["outcome"], value["reply"]) == ("sent", "250 queued")


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
