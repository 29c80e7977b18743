"""The bank's statements (DOMAIN.md 8): nothing counts twice, no guess is registered, and no entry is lost."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.db.tables import OrderRow, PaymentRow, StatementEntryRow, StatementRow
from bot.domain.statements.entry import EntryKind
from tests.simulation.account import Movement, key_of
from tests.simulation.actors.statements import ITSELF
from tests.simulation.registry import law

if TYPE_CHECKING:
    from tests.simulation.life import Life

_CAME, _WENT_BACK = "registered", "reversed"

_STATES = {
    "certain": {"registered"},
    "likely": {"proposed", "registered", "dismissed"},
    "probably_same": {"proposed", "registered", "dismissed"},
    "unknown": {"proposed", "registered", "dismissed"},
    "not_ours": {"counted"},
}
"""What may have become of an entry of a file that was taken, by its heap."""

_Key = tuple[str, ...]


async def _ledger(life: "Life") -> list[PaymentRow]:
    async with life.database.read() as session:
        return list(await session.scalars(select(PaymentRow).order_by(PaymentRow.id)))


def _key(row: PaymentRow) -> _Key | None:
    """The movement that a row of the ledger is of, where a statement told of it."""
    if row.origin_id is not None or row.kind not in {_CAME, _WENT_BACK}:
        return None
    return key_of(row.payment_id if row.kind == _CAME else row.reversal_id)


def _by_key(movements: Iterable[Movement]) -> dict[_Key, list[Movement]]:
    found: defaultdict[_Key, list[Movement]] = defaultdict(list)
    for each in movements:
        found[each.key].append(each)
    return found


@law("a movement of the bank is registered once, and counts once")
async def once(life: "Life") -> list[str]:
    """Whichever files tell of it; and where the operator's system told of it too, a person knows of the second time."""
    told, ledger = _by_key(life.account.told), await _ledger(life)
    rows: defaultdict[_Key, list[PaymentRow]] = defaultdict(list)
    ids: defaultdict[_Key, set[str]] = defaultdict(set)
    for row in ledger:
        if (key := _key(row)) is not None:
            rows[key].append(row)
            if row.kind == _CAME:
                ids[key].add(row.payment_id)
    wrong = [
        f"{key} is registered {len(found)} times, and came {len(told.get(key, ()))} times"
        for key, found in rows.items()
        if len(found) > len(told.get(key, ()))
    ]
    for key, movements in told.items():
        if any(each.of is not None for each in movements):
            continue
        all_ids = ids[key] | {each.called for each in movements if each.called}
        of_it = [row for row in ledger if row.payment_id in all_ids]
        counted, came = sum(row.counted for row in of_it), sum(each.cents for each in movements)
        if counted > came and all(row.reason is None for row in of_it):
            wrong.append(f"{key}: {came} came, {counted} is counted, and nobody is asked")
    return wrong


@law("what a statement registers by itself is what its payer meant")
async def no_guess(life: "Life") -> list[str]:
    """The order whose number the payer gave, or the very payment that went back; whatever else the text may say."""
    told = _by_key(life.account.told)
    async with life.database.read() as session:
        itself = set(
            await session.scalars(
                select(StatementEntryRow.payment_id).where(
                    StatementEntryRow.state == "registered", StatementEntryRow.decided_by == ITSELF
                )
            )
        )
        numbers = {row.id: row.number for row in await session.execute(select(OrderRow.id, OrderRow.number))}
    wrong = []
    for row in await _ledger(life):
        key = _key(row)
        if key is None or (row.payment_id if row.kind == _CAME else row.reversal_id) not in itself:
            continue
        if row.kind == _CAME:
            order = row.order_text if row.order_id is None else numbers[row.order_id]
            right = any(each.meant == order for each in told.get(key, ()))
        else:
            order = row.payment_id
            right = any(
                each.of is not None and life.account.is_of(row.payment_id, each.of)
                for each in told.get(key, ())
            )
        if not right:
            wrong.append(f"{key} is registered for {order}")
    return wrong


@law("what a statement registered is the money that the bank booked")
async def as_booked(life: "Life") -> list[str]:
    """Each entry that was registered stands in the ledger, with as much as came; and nothing else is called so."""
    async with life.database.read() as session:
        entries = Counter(
            await session.scalars(
                select(StatementEntryRow.payment_id).where(StatementEntryRow.state == "registered")
            )
        )
    ledger = Counter(
        row.payment_id if row.kind == _CAME else row.reversal_id
        for row in await _ledger(life)
        if _key(row) is not None
    )
    told = _by_key(life.account.told)
    wrong = [
        f"{payment_id} is registered by {entries[payment_id]} entries, and {ledger[payment_id]} times in the ledger"
        for payment_id in sorted(map(str, entries.keys() | ledger.keys()))
        if entries[payment_id] != 1 or ledger[payment_id] != 1
    ]
    wrong += [
        f"{key} is registered with {row.amount}"
        for row in await _ledger(life)
        if (key := _key(row)) is not None
        and all((each.cents, "EUR") != (row.amount, row.currency) for each in told.get(key, ()))
    ]
    return wrong


@law("each entry of a file that was taken is in one heap")
async def in_one_heap(life: "Life") -> list[str]:
    """Registered, decided, waiting for a person, counted, or known from another file: none is lost or there twice."""
    taken = [file for file in life.account.files if file.taken]
    async with life.database.read() as session:
        statements = {row.digest: row for row in await session.scalars(select(StatementRow))}
        entries = list(await session.scalars(select(StatementEntryRow).order_by(StatementEntryRow.id)))
    by_file = Counter(entry.statement_id for entry in entries)
    wrong = []
    for file in taken:
        row = statements.get(file.digest)
        if row is None or row.finished_at is None:
            wrong.append(f"{file.path.name} was taken, and is not known")
            continue
        heaps = sum(pile[0] for pile in row.counts["heaps"].values())
        there = len(file.movements)
        if heaps + row.counts["known"] != there:
            wrong.append(f"{file.path.name} has {there} movements, and {row.counts} counts others")
        if by_file[row.id] + row.counts["known"] != there:
            wrong.append(f"{file.path.name} has {there} movements, and {by_file[row.id]} of them are new")
    known = {row.id for row in statements.values() if row.read_at is not None}
    wrong += [
        f"an entry is left of a file that was not taken: {each.id}"
        for each in entries
        if each.statement_id not in known
    ]
    wrong += [f"entry {each.id} is {each.heap}, and {each.state}" for each in entries if not _fits(each)]
    booked = Counter((each.kind.value, each.day) for each in life.account.told)
    found = Counter((entry.kind, entry.booked_on) for entry in entries)
    wrong += [
        f"{booked[which]} movements were told of, {which}, and {found[which]} are there"
        for which in sorted(booked.keys() | found.keys())
        if booked[which] != found[which]
    ]
    return wrong


def _fits(entry: StatementEntryRow) -> bool:
    """Whether the heap allows what became of it, and something is kept just where somebody still needs it."""
    if entry.state not in _STATES[entry.heap]:
        return False
    if entry.state == "counted" and entry.kind == EntryKind.REVERSAL.value:
        return entry.content is not None  # by its marks its payment is recognised, should that come later
    return (entry.content is not None) is (entry.state in {"proposed", "registered"})
