"""The bank's statements: what is booked, the files that tell of it, and the person who decides what they leave open."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from bot.db.tables import CollectiveRow, OrderItemRow, OrderRow, PaymentRow
from bot.domain.order_number import InvalidOrderNumber
from bot.domain.statements.entry import UnreadableStatement
from bot.domain.statements.proposal import Heap
from bot.services.statements.proposals import EntryRefused, Waiting
from bot.services.statements.run import Brought
from bot.services.statements.staging import TakenOver
from tests.simulation.account import REFERENCE, Movement, StatementFile, key_of
from tests.simulation.process import Killed
from tests.simulation.registry import actor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.simulation.actions import Lot
    from tests.simulation.life import Life
    from tests.simulation.process import Process

ITSELF: Final = "command"
"""By whom an entry was registered that nobody looked at."""
PERSON: Final = "chat:99"
_MOST_TURNS: Final = 500
_REASONS: Final = (
    "{number}",
    "{number}",
    "{number}",
    "RINNOVO PEC {number}",
    "Ordine n. {number} saldo",
    "pagamento ordine{number}",
    "rinnovo casella {address} ordine {number} grazie",
    "{number} gia pagato, ora {other}",
    "{address}",
    "saldo fattura 2347 {payer}",
    "PEC",
)
"""What payers write, in which the order that they mean may be named, or another, or none."""
_STRANGERS: Final = (
    (65_000, "Bar Centrale Esempio", "affitto del mese"),
    (3648, "Bar Centrale Esempio", "RINNOVO ABBONAMENTO 2026"),
    (12_000, "Immobiliare Esempio", "RIF 4R7K2 CASA STAGE E"),
)


@dataclass(frozen=True, slots=True)
class _Order:
    """An order as its payer knows it."""

    number: str
    cents: int
    payer: str
    address: str


@actor("statement", 14)
async def statement(life: "Life", process: "Process", lot: "Lot") -> str:
    """The bank books what came and what went back, and a file of the last days is taken, by one process or by two."""
    await _book(life, lot)
    file = life.account.write(lot, life.today, spoilt=lot.percent(5))
    if lot.percent(10):
        both = (_take(life, each, lot, file) for each in life.processes)
        ended = await asyncio.gather(*both, return_exceptions=True)
        for each in ended:
            if isinstance(each, BaseException) and not isinstance(each, Killed):
                raise each
        return f"{file.form} of {len(file.movements)} by two"
    return f"{file.form} of {len(file.movements)}: {await _take(life, process, lot, file)}"


@actor("statement again", 5)
async def again(life: "Life", process: "Process", lot: "Lot") -> str:
    """A file that was given before is taken once more; maybe it is only looked at."""
    file = lot.one_of(life.account.files)
    if file is None:
        return "no file was given"
    return f"{file.form} of {len(file.movements)}: {await _take(life, process, lot, file)}"


@actor("finish statements", 0)
async def finish(life: "Life", process: "Process", lot: "Lot") -> str:
    """Take once more the files of which a process died."""
    del lot
    left = [file for file in life.account.files if file.is_whole and not file.taken]
    return " ".join([await _taken(life, process, file) for file in left])


@actor("decide on statements", 10)
async def decide(life: "Life", process: "Process", lot: "Lot") -> str:
    """A person who knows what the money is decides entries that wait; maybe all that is likely, where that is right."""
    said: list[str] = []
    for _ in range(lot.randint(1, 4)):
        found, total = await process.do(process.services.proposals.waiting(60))
        waiting = lot.one_of(found)
        if waiting is None:
            return " ".join([*said, "nothing waits"])
        likely = [
            each for each in found if each.statement_id == waiting.statement_id and each.heap is Heap.LIKELY
        ]
        if likely and total == len(found) and lot.percent(30):
            right = [await _is_right(life, each) for each in likely]
            if all(right):
                work = process.services.statements.register_likely(waiting.statement_id, PERSON)
                said.append(f"{await process.do(work)} of {len(likely)} likely are registered")
                continue
        said.append(await _decide(life, process, waiting))
    return " ".join(said)


async def _decide(life: "Life", process: "Process", waiting: Waiting) -> str:
    """Say of an entry what is true."""
    movement, proposals = movement_of(life, waiting), process.services.proposals
    try:
        if await _is_right(life, waiting):
            entered = await process.do(proposals.confirm(waiting.id, PERSON))
        elif movement.meant and movement.of is None and not await _is_told(life, movement):
            entered = await process.do(proposals.confirm(waiting.id, PERSON, movement.meant))
        else:
            await process.do(proposals.dismiss(waiting.id, PERSON))
            return "dismissed"
    except (EntryRefused, InvalidOrderNumber) as refused:
        return f"refused, {type(refused).__name__}"
    return entered.outcome.value


async def _is_right(life: "Life", waiting: Waiting) -> bool:
    """Whether what is proposed is what was meant, and told by nobody else."""
    movement, kept = movement_of(life, waiting), waiting.kept
    if await _is_told(life, movement):
        return False
    if movement.of is not None:
        return kept.payment is not None and life.account.is_of(kept.payment, movement.of)
    return kept.order is not None and kept.order.number == movement.meant


def movement_of(life: "Life", waiting: Waiting) -> Movement:
    """What an entry tells of."""
    entry = waiting.kept.entry
    text = _squeezed("".join(entry.pieces))
    if not text and not entry.reference:  # only its marks were kept
        return next(each for each in life.account.movements if each.key == key_of(waiting.kept.payment_id))
    return next(
        each
        for each in life.account.movements
        if (each.kind, each.day, each.cents, each.reference)
        == (entry.kind, entry.booked_on, entry.cents, entry.reference)
        and _squeezed(each.text) == text
    )


def _squeezed(text: str) -> str:
    return "".join(text.split()).upper()


async def _is_told(life: "Life", movement: Movement) -> bool:
    """Whether the operator's system has told of it."""
    if not movement.called:
        return False
    kind = "registered" if movement.of is None else "reversed"
    async with life.database.read() as session:
        found = await session.scalar(
            select(PaymentRow.id)
            .where(
                PaymentRow.payment_id == movement.called,
                PaymentRow.kind == kind,
                PaymentRow.origin_id.is_(None),
            )
            .limit(1)
        )
    return found is not None


async def _take(life: "Life", process: "Process", lot: "Lot", file: StatementFile) -> str:
    """Take a file; now and then only look, or stop in the middle."""
    dry_run = lot.percent(8)
    if not lot.percent(20):
        return await _taken(life, process, file, dry_run=dry_run)
    death = asyncio.create_task(process.die_after(lot.randrange(_MOST_TURNS)))
    try:
        return await _taken(life, process, file, dry_run=dry_run)
    finally:
        death.cancel()
        await asyncio.wait([death])


async def _taken(life: "Life", process: "Process", file: StatementFile, *, dry_run: bool = False) -> str:
    """Take a file; what became of it in words."""
    brought = Brought(ITSELF, file.path.name)
    try:
        report = await process.do(process.services.statements.take(file.path, brought, dry_run=dry_run))
    except TakenOver:
        return "taken over"
    except UnreadableStatement as problem:
        if file.is_whole:
            life.journal.failures.append(f"a statement was refused: {problem}")
        return "refused"
    if not file.is_whole:
        life.journal.failures.append(f"a statement that was cut short was taken: {file.path.name}")
    file.taken |= not dry_run
    registered = report.registered.payments
    life.counts["statement entries registered"] += registered if report.taken_before is None else 0
    heaps = " ".join(f"{heap}:{pile.entries}" for heap, pile in report.counts.heaps.items() if pile.entries)
    before = "before " if report.taken_before else ""
    return f"{'dry ' if dry_run else ''}{before}{heaps} known:{report.counts.known} registered:{registered}"


async def _book(life: "Life", lot: "Lot") -> None:
    """Let the bank book some movements of this day."""
    orders, collectives = await _orders(life)
    for _ in range(lot.randint(1, 4)):
        order = lot.one_of(orders)
        if lot.percent(8) and collectives:
            order = lot.choice(collectives)
        if order is not None:
            _pay(life, lot, order, orders)
    if lot.percent(30):
        cents, payer, text = lot.choice(_STRANGERS)
        life.account.book(life.today, cents, payer, text, **_reference(life, lot))
    if lot.percent(15):
        _take_back(life, lot)


def _pay(life: "Life", lot: "Lot", order: _Order, orders: list[_Order]) -> None:
    missing = order.cents or 3648
    cents = lot.choices((missing, max(missing // 2, 1), missing + 500), (10, 3, 1))[0]
    payer = order.payer if lot.percent(70) else "Carla Altrove"
    text = lot.choice(_REASONS).format(
        number=_typed(lot, order.number),
        other=_typed(lot, lot.choice(orders).number),
        address=order.address,
        payer=payer,
    )
    more = {"meant": order.number, **_reference(life, lot)}
    if cents == missing and lot.percent(30):
        more["called"] = f"bank-{life.day}-{lot.randrange(10**6)}"
        day = life.day + lot.choice((0, 0, 0, 1, 2))
        life.bank.report(day, life.clock.now(), more["called"], order.number, cents)
    text = _mangled(lot, text)
    life.account.book(life.today, cents, payer, text, **more)
    if lot.percent(5):  # somebody pays the same once more, and nothing tells the two from each other
        more.pop("called", None)
        life.account.book(life.today, cents, payer, text, **more | {"reference": ""})


def _take_back(life: "Life", lot: "Lot") -> None:
    gone = {each.of.number for each in life.account.movements if each.of is not None}
    movement = lot.one_of(
        [each for each in life.account.movements if each.of is None and each.number not in gone]
    )
    if movement is None:
        return
    cents = movement.cents if lot.percent(75) else max(movement.cents // 2, 1)
    more = {"reference": movement.reference} if lot.percent(50) else _reference(life, lot)
    if movement.called and lot.percent(40):
        more["called"] = movement.called
        reversal_id = f"rev-{life.day}-{lot.randrange(10**6)}"
        at = life.clock.now()
        life.bank.report(
            life.day, at, movement.called, movement.meant, cents, reversal_id=reversal_id, reversed_=True
        )
    life.account.take_back(movement, life.today, cents, **more)


def _reference(life: "Life", lot: "Lot") -> dict[str, str]:
    return {"reference": f"{REFERENCE}{life.day}X{lot.randrange(10**6)}"} if lot.percent(65) else {}


def _typed(lot: "Lot", number: str) -> str:
    form = lot.choice((number, number, number.replace("-", ""), number.replace("-", " "), number.lower()))
    return form if lot.percent(96) else number[:2] + number[3:]


def _mangled(lot: "Lot", text: str) -> str:
    """A text as the bank leaves it."""
    if lot.percent(80):
        text = text.upper()
    if lot.percent(40):
        text = text.replace("-", lot.choice(("", " ")))
    if lot.percent(40):
        text = text.replace("@", lot.choice(("", " "))).replace("_", "")
    if lot.percent(10):
        text = text.replace(" ", "", 1)
    if lot.percent(8):
        text = text[: -lot.randrange(1, 6)] or text
    return text


async def _orders(life: "Life") -> tuple[list[_Order], list[_Order]]:
    """The orders, those that wait more often, and the collective numbers."""
    async with life.database.read() as session:
        rows = list(
            await session.execute(
                select(
                    OrderRow.id, OrderRow.number, OrderRow.status, OrderRow.due, OrderRow.registrant
                ).order_by(OrderRow.placed_at, OrderRow.number)
            )
        )
        items = await session.execute(
            select(OrderItemRow.order_id, OrderItemRow.address).order_by(OrderItemRow.position.desc())
        )
        addresses = {order_id: address for order_id, address in items.all()}  # noqa: C416 - rows are no pairs
        sums = await session.execute(
            select(PaymentRow.order_id, func.sum(PaymentRow.counted)).group_by(PaymentRow.order_id)
        )
        counted = {order_id: int(cents) for order_id, cents in sums}
        numbers = list(await session.scalars(select(CollectiveRow.number).order_by(CollectiveRow.id)))
    orders: list[_Order] = []
    for order_id, number, status, due, registrant in rows:
        missing = due - counted.get(order_id, 0)
        order = _Order(number, missing, _name(registrant), addresses[order_id])
        orders += [order] * (8 if status == "awaiting_payment" else 1)
    return orders, [_Order(number, 3648, "Studio Esempio", "nessuna@pec.example") for number in numbers]


def _name(registrant: "Mapping[str, Any]") -> str:
    person = f"{registrant.get('first_name', '')} {registrant.get('last_name', '')}".strip()
    return str(registrant.get("business_name") or person)
