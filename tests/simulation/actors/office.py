"""The operator: files of all kinds, and decisions on what waits for a person."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.db.tables import OrderItemRow, OrderRow, OutboxRow
from bot.services.importing import (
    FileRefused,
    FileUnbelievable,
    Finding,
    ImportInterrupted,
    import_mailboxes,
    open_mailbox_file,
)
from bot.services.office.decisions import PaymentDecisions
from bot.services.office.payment_cases import DecisionRefused
from bot.services.office.vat_decisions import MentionNeeded, NotUndecided, VatDecisions
from bot.services.sending.notices import Notices
from bot.services.sending.outbox import Channel
from bot.services.sending.pausing import Pauses
from tests.simulation.registry import actor
from tests.support.till import EVERYBODY

if TYPE_CHECKING:
    from tests.simulation.actions import Lot
    from tests.simulation.life import Life
    from tests.simulation.process import Process


class _Quiet:
    """Hears of nothing."""

    def found(self, finding: Finding) -> None:
        """Pass over it."""

    def advanced(self, bytes_read: int) -> None:
        """Pass over it."""


@actor("import", 6)
async def import_file(life: "Life", process: "Process", lot: "Lot") -> str:
    """Import a file: as it is now, or one that lags behind, moves dates, fills, switches, adds, or is spoilt."""
    provider = life.provider
    if lot.percent(70):
        await _catch_up(life)
    kind = lot.choices(("plain", "moves", "fills", "switches", "adds"), (4, 2, 2, 1, 1))[0]
    match kind:
        case "moves":
            provider.move(lot)
        case "fills":
            provider.fill(lot, life.clock.now())
        case "switches":
            provider.switch(lot)
        case "adds":
            provider.add(
                lot, lot.choice(provider.customers), lot.choice(list(provider.rows.values())), life.today
            )
    text = provider.file(lot, behind=lot.percent(15), spoilt=lot.percent(15))
    provider.keep()
    return f"{kind}: {await _import(life, process, lot, text)}"


@actor("import all", 3)
async def import_all(life: "Life", process: "Process", lot: "Lot") -> str:
    """Import a file that names all mailboxes there are; one has left, or come back. What it lacks is agreed to."""
    if lot.percent(70):
        await _catch_up(life)
    life.provider.leave(lot)
    text = life.provider.file(lot)
    life.provider.keep()
    return await _import(life, process, lot, text, complete=True)


@actor("import as it is", 0)
async def import_as_it_is(life: "Life", process: "Process", lot: "Lot") -> str:
    """Import a file that says what is so."""
    return await _import(life, process, lot, life.provider.file(lot))


async def _import(life: "Life", process: "Process", lot: "Lot", text: str, *, complete: bool = False) -> str:
    path = life.folder / f"mailboxes-{life.day}-{lot.randrange(10**6)}.csv"
    path.write_text(text, encoding="utf-8")
    try:
        with open_mailbox_file(path) as file:
            work = import_mailboxes(
                file,
                process.database,
                life.ground.surroundings,
                _Quiet(),
                complete=complete,
                consent=lambda _: True,
            )
            report = await process.do(work)
    except (FileRefused, FileUnbelievable) as refused:
        return f"refused, {type(refused).__name__}"
    except ImportInterrupted:
        return "interrupted"
    return f"{report.created} created, {report.updated} updated, {report.refused} refused, {report.gone} gone"


async def _catch_up(life: "Life") -> None:
    """The provider renews what was paid."""
    async with life.database.read() as session:
        rows = await session.execute(
            select(
                OrderItemRow.address,
                OrderItemRow.new_expiry,
                OrderItemRow.plan_id,
                OrderItemRow.extra_mailbox_gb,
                OrderItemRow.extra_archive_gb,
            )
            .join(OrderRow, OrderRow.id == OrderItemRow.order_id)
            .where(OrderRow.status == "completed", OrderItemRow.seen_at.is_(None))
            .order_by(OrderRow.completed_at, OrderItemRow.position)
        )
        life.provider.learn([(row[0], row[1], row[2], row[3], row[4]) for row in rows])


@actor("decide", 4)
async def decide(life: "Life", process: "Process", lot: "Lot") -> str:
    """Decide on money that waits for a person: it goes back, or to another order, or is settled otherwise."""
    surroundings = life.ground.surroundings
    decisions = PaymentDecisions(process.database, surroundings, _notices(life))
    cases, total = await process.do(decisions.review(20))
    case = lot.one_of(cases)
    if case is None:
        return "nobody waits"
    async with life.database.read() as session:
        numbers = list(
            await session.scalars(select(OrderRow.number).order_by(OrderRow.placed_at, OrderRow.number))
        )
    try:
        match lot.randrange(3):
            case 0:
                await process.do(decisions.refunded(case.id, "prova"))
                return f"one of {total} goes back"
            case 1 if numbers:
                await process.do(decisions.assign(case.id, lot.choice(numbers)))
                return f"one of {total} is for another order"
            case _:
                await process.do(decisions.settled(case.id, "prova"))
                return f"one of {total} is settled"
    except DecisionRefused as refused:
        return f"refused, {type(refused).__name__}"


@actor("decide on vat", 5)
async def decide_on_vat(life: "Life", process: "Process", lot: "Lot") -> str:
    """Say whether the order of a business abroad is charged VAT; perhaps of one that nobody asked about."""
    decisions = VatDecisions(process.database, life.ground.surroundings, _notices(life))
    async with life.database.read() as session:
        rows = (
            await session.execute(select(OrderRow.number, OrderRow.status).order_by(OrderRow.number))
        ).all()
    waiting = [number for number, status in rows if status == "awaiting_decision"]
    number = lot.one_of(waiting or [number for number, _ in rows])
    if number is None:
        return "nothing is ordered"
    try:
        if lot.percent(40):
            decided = await process.do(decisions.charge(number, "prova"))
        else:
            mention = lot.choice((None, "non soggetto, prova"))
            decided = await process.do(decisions.waive(number, "prova", mention))
    except (NotUndecided, MentionNeeded) as refused:
        return f"refused, {type(refused).__name__}"
    return f"one of {len(waiting)}: {decided.treatment.value}, {decided.due}"


@actor("stop sending", 3)
async def stop_sending(life: "Life", process: "Process", lot: "Lot") -> str:
    """Let nothing leave by some channels until the evening."""
    channels = lot.sample(list(Channel), lot.randint(1, len(Channel)))
    await process.do(Pauses(process.database, life.clock).pause(channels))
    async with life.database.read() as session:
        in_hand = frozenset(await session.scalars(select(OutboxRow.id).where(OutboxRow.state == "claimed")))
    life.journal.stop({channel.value for channel in channels}, in_hand)
    return " ".join(sorted(channel.value for channel in channels))


@actor("go on sending", 0)
async def go_on_sending(life: "Life", process: "Process", lot: "Lot") -> str:
    """Let everything leave again."""
    del lot
    life.journal.go_on()
    resumed = await process.do(Pauses(process.database, life.clock).resume(list(Channel)))
    return " ".join(sorted(channel.value for channel in resumed))


def _notices(life: "Life") -> Notices:
    return Notices(
        life.ground.surroundings, operator_chat_id=EVERYBODY.operator_chat_id, mail=True, events=True
    )
