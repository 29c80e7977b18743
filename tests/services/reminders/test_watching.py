"""What moves an expiry, or lets somebody hear, makes the planner look: payments, imports, chats that come and go."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.db.tables import MailboxRow, OutboxRow
from bot.domain.reminders import MuteLevel
from bot.services.actor import Actor
from bot.services.importing import import_mailboxes, open_mailbox_file
from bot.services.payments.ledger import PaymentKind, PaymentReport
from bot.services.sending.outbox import Channel, Outbox, Outcome, Result, put
from tests.services.importing.files import COMPANY, Recorder, as_csv
from tests.services.reminders.conftest import Planning
from tests.support.ordering import chosen, place

CHAT = 7
FILE = COMPANY | {"promo": "", "expires_on": "2026-12-20"}


async def test_after_a_registered_payment_nothing_is_due_before_the_next_year(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", plan="pro", expires_in=15)
    actor = await planning.join("rossi", CHAT)
    await planning.plan()
    order = await place(planning.services, actor, await chosen(planning.services, actor, [box], years=1))
    await planning.services.payments.register(
        PaymentReport(
            kind=PaymentKind.REGISTERED,
            payment_id="bank-1",
            order=order.number,
            cents=order.quote.due,
            currency="EUR",
            method=order.method_id,
            registered_at=planning.clock.now(),
        )
    )
    new_expiry = order.items[0].new_expiry
    assert (await planning.looks())[box] == new_expiry - timedelta(days=90)
    planning.clock.advance(timedelta(days=200))
    assert await planning.plan() == 0
    planning.clock.advance(new_expiry - timedelta(days=90) - planning.seed.today)
    assert await planning.plan() == 1


async def imported(planning: Planning, folder: Path, **changes: str) -> MailboxRow:
    """The mailbox of the file, after an import with these changes."""
    path = folder / "mailboxes.csv"
    path.write_text(as_csv([FILE | changes]))
    with open_mailbox_file(path) as file:
        await import_mailboxes(file, planning.database, planning.surroundings, Recorder())
    async with planning.database.read() as session:
        return (await session.execute(select(MailboxRow))).scalar_one()


async def test_an_import_brings_mailboxes_to_the_planner(planning: Planning, tmp_path: Path) -> None:
    row = await imported(planning, tmp_path, used_mailbox_gb="0.5")
    assert row.remind_on == planning.seed.today
    await planning.join(FILE["customer"], CHAT)
    assert await planning.plan() == 1


async def test_the_same_import_again_changes_no_day(planning: Planning, tmp_path: Path) -> None:
    await imported(planning, tmp_path)
    await planning.join(FILE["customer"], CHAT)
    await planning.plan()
    before = (await planning.looks()).popitem()[1]
    row = await imported(planning, tmp_path, used_mailbox_gb="2.5")
    assert row.remind_on == before
    assert await planning.plan() == 0


@pytest.mark.parametrize(
    "changes", [{"expires_on": "2026-12-21"}, {"auto_renew": "true"}, {"plan": "premium"}]
)
async def test_an_import_that_moves_what_reminders_go_by_is_looked_at(
    planning: Planning, tmp_path: Path, changes: dict[str, str]
) -> None:
    await imported(planning, tmp_path)
    await planning.join(FILE["customer"], CHAT)
    await planning.plan()
    row = await imported(planning, tmp_path, **changes)
    assert row.remind_on == planning.seed.today


async def test_an_expiry_that_moved_has_a_ladder_of_its_own(planning: Planning, tmp_path: Path) -> None:
    await imported(planning, tmp_path)
    await planning.join(FILE["customer"], CHAT)
    await planning.plan()
    await imported(planning, tmp_path, expires_on="2026-12-21")
    assert await planning.plan() == 1
    assert [str(expiry) for _, expiry, _ in await planning.keys()] == ["2026-12-20", "2026-12-21"]


async def test_who_blocks_the_bot_and_comes_back_is_reminded_again(planning: Planning) -> None:
    await planning.seed.mailbox("rossi", expires_in=31)
    await planning.join("rossi", CHAT)
    await planning.plan()
    await planning.services.chats.leave(CHAT, "it")
    planning.clock.advance(timedelta(days=16))
    assert await planning.plan() == 0
    planning.clock.advance(timedelta(days=1))
    await planning.services.chats.arrive(CHAT, "it")
    assert await planning.plan() == 1


async def test_a_completed_renewal_that_could_not_be_told_is_told_to_who_comes_back(
    planning: Planning,
) -> None:
    await planning.services.chats.arrive(CHAT, "it")
    outbox = Outbox(planning.database, planning.clock)
    for key in ("completed:R7K2M-4:chat:7", "expiring:R7K2M-4:chat:7"):
        async with planning.database.write() as session:
            await put(
                session,
                key=key,
                channel=Channel.TELEGRAM,
                payload={},
                now=planning.clock.now(),
                chat_id=CHAT,
            )
        (row,) = await outbox.claim(Channel.TELEGRAM, 1)
        await outbox.settle(row, Outcome(Result.UNREACHABLE, "blocked"))
    await planning.services.chats.leave(CHAT, "it")
    planning.clock.advance(timedelta(days=5))
    await planning.services.chats.arrive(CHAT, "it")
    (again,) = await outbox.claim(Channel.TELEGRAM, 10)
    assert again.key.startswith("completed:"), "an order that expires may be paid by now"
    async with planning.database.read() as session:
        states = (await session.execute(select(OutboxRow.state).order_by(OutboxRow.id))).scalars().all()
    assert states == ["claimed", "unreachable"]


async def test_who_lets_go_of_a_customer_loses_what_was_muted_there(planning: Planning) -> None:
    box = await planning.seed.mailbox("rossi", expires_in=15)
    actor: Actor = await planning.join("rossi", CHAT)
    await planning.services.wishes.mute(actor, box, MuteLevel.ALL)
    await planning.services.linking.unlink(actor)
    await planning.join("rossi", CHAT)
    assert await planning.plan() == 1
