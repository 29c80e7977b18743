"""A mailbox file does not bring a deleted customer back by itself (docs/decisions/042)."""

from sqlalchemy import func, select

from bot.db.tables import CustomerRow, HeldRow, MailboxRow
from bot.services.importing import Severity
from bot.services.leaving.at_the_office import LeavingAtTheOffice
from tests.services.importing.files import company
from tests.services.importing.test_gone import complete
from tests.services.importing.test_renewed import FILE, Operator, operator

__all__ = ["operator"]


def office_of(operator: Operator) -> LeavingAtTheOffice:
    return LeavingAtTheOffice(operator.database, operator.surroundings, mail=False)


async def known(operator: Operator) -> tuple[int, int]:
    """How many customers and mailboxes there are that have a name."""
    async with operator.database.read() as session:
        customers = await session.scalar(
            select(func.count()).select_from(CustomerRow).where(CustomerRow.forgotten_on.is_(None))
        )
        boxes = await session.scalar(
            select(func.count()).select_from(MailboxRow).where(MailboxRow.gone_on.is_(None))
        )
    return customers or 0, boxes or 0


async def test_rows_that_still_name_a_deleted_customer_are_left_out_and_named(operator: Operator) -> None:
    await operator.imports(FILE)
    await office_of(operator).forget(FILE["customer"])
    for dry_run in (True, False):
        report = await operator.imports(FILE, dry_run=dry_run)
        assert (report.rows, report.left_out, report.created, report.refused) == (1, 1, 0, 0)
        (finding,) = report.first_left_out
        assert (finding.severity, finding.column, finding.value) == (
            Severity.FORGOTTEN,
            "customer",
            FILE["customer"],
        )
        assert f"people readmit {FILE['customer']}" in finding.reason
    assert await known(operator) == (0, 0)


async def test_nor_does_the_mailbox_come_back_under_another_code(operator: Operator) -> None:
    await operator.imports(FILE)
    await office_of(operator).forget(FILE["customer"])
    report = await operator.imports(FILE | {"customer": "NUOVO-1"})
    assert (report.left_out, report.first_left_out[0].column) == (1, "address")
    other = await operator.imports(company(2))
    assert (other.left_out, other.created) == (0, 1)


async def test_a_complete_file_marks_none_of_its_mailboxes_gone(operator: Operator) -> None:
    await operator.imports(FILE)
    await operator.imports(company(2))
    await office_of(operator).forget(FILE["customer"])
    report = await complete(operator, company(2))
    assert (report.gone, report.left_out) == (0, 0)


async def test_once_it_is_let_in_again_it_comes_as_the_file_says_and_nothing_else(operator: Operator) -> None:
    await operator.imports(FILE)
    async with operator.database.write() as session:
        session.add(
            HeldRow(
                subject="customer",
                subject_id=await session.scalar(select(CustomerRow.id)),
                field="reference_email",
                value="scelta@example.com",
                since=operator.clock.now(),
                origin="chat 7",
                released_at=None,
            )
        )
    office = office_of(operator)
    await office.forget(FILE["customer"])
    assert not await office.readmit("nessuno")
    assert await office.readmit(FILE["customer"])
    assert not await office.readmit(FILE["customer"])
    report = await operator.imports(FILE)
    assert (report.created, report.left_out, report.held) == (1, 0, 0)
    assert await known(operator) == (1, 1)
    async with operator.database.read() as session:
        addresses = set(await session.scalars(select(MailboxRow.address)))
        emails = set(await session.scalars(select(CustomerRow.reference_email)))
    assert addresses == {"", FILE["address"]}, "a new row: the old one stays nobody's"
    assert emails == {"", FILE["reference_email"]}
    await office.forget(FILE["customer"])
    assert (await operator.imports(FILE)).left_out == 1, "and may leave again"
