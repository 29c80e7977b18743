"""What holds of the evidence: every chain is whole, and tells of each order how it stands (DOMAIN.md 7)."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from bot.db.tables import OrderRow
from bot.domain.evidence.chain import Chain, Content, Kind, Subject
from bot.domain.evidence.checking import Kept
from bot.services.evidence.reading import chain_of, check_all
from tests.simulation.registry import law

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.simulation.life import Life

_ENDS = {Kind.COMPLETED: "completed", Kind.CANCELLED: "cancelled", Kind.EXPIRED: "expired"}


@law("evidence is whole, and tells how each order stands")
async def unbroken(life: "Life") -> list[str]:
    """No chain has a flaw; what an order is by its chain alone, how it is paid and what is due, is what it is."""
    async with life.database.read() as session:
        return await session.run_sync(lambda own: _wrong(own.connection()))


def _wrong(connection: Connection) -> list[str]:
    wrong = [
        f"{each.chain}, record {each.sequence}: {each.flaw}"
        for findings in check_all(connection)
        for each in findings
        if each.flaw is not None
    ]
    orders = connection.execute(
        select(OrderRow.id, OrderRow.number, OrderRow.status, OrderRow.method_id, OrderRow.due)
    ).all()
    for order_id, number, *stands in orders:
        found = chain_of(connection, Chain(Subject.ORDER, order_id))
        told = None if found is None else replayed(found[1])
        if told != tuple(stands):
            wrong.append(f"order {number} is {stands}, and {told} by its evidence")
    return wrong


def replayed(records: "Sequence[Kept]") -> tuple[str, str, int]:
    """How an order stands, by which method it is paid, and the cents due, by what its evidence says alone."""
    status, method, due = "", "", 0
    for record, content in records:
        value = content.value if isinstance(content, Content) else {}
        match record.kind:
            case Kind.PLACED:
                status = "awaiting_decision" if value["treatment"] == "open" else "awaiting_payment"
                method, due = value["method"], _cents(value["due"])
            case Kind.VAT:
                status, due = "awaiting_payment", _cents(value["due"])
            case Kind.METHOD:
                method = value["to"]
            case Kind.WITHDRAWN:
                status = value["became"]
        status = _ENDS.get(record.kind, status)
    return status, method, due


def _cents(written: str) -> int:
    return int(written.replace(".", ""))
