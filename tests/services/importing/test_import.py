"""Importing into the database: what is written, what is refused, what happens twice, what happens in between."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from bot.db.engine import Database
from bot.db.tables import CustomerRow, HolderRow, MailboxRow
from bot.domain.registrant import Registrant
from bot.services.importing import ImportInterrupted, ImportReport, import_mailboxes, open_mailbox_file, run
from bot.services.surroundings import Surroundings
from tests.services.importing.files import COMPANY, PERSON, Recorder, as_csv, company
from tests.support.catalogue import example_catalogue
from tests.support.clock import FrozenClock
from tests.support.ground import on_both
from tests.support.long_runs import long
from tests.support.statements import asked_of


class Importer:
    """Imports rows into one database."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.clock = FrozenClock()
        self.listener = Recorder()
        self._surroundings = Surroundings(example_catalogue(), self.clock, UTC)
        self._path = folder / "mailboxes.csv"

    async def rows(self, *rows: Mapping[str, str], dry_run: bool = False) -> ImportReport:
        """Import a CSV file of these rows."""
        return await self.text(as_csv(rows), dry_run=dry_run)

    async def text(self, content: str, *, dry_run: bool = False) -> ImportReport:
        """Import a file with this content."""
        self.listener = Recorder()
        self._path.write_text(content)
        with open_mailbox_file(self._path) as file:
            return await import_mailboxes(
                file, self.database, self._surroundings, self.listener, dry_run=dry_run
            )

    async def stored(self) -> dict[str, list[Any]]:
        """Everything that imports write, as plain values."""
        async with self.database.read() as session:
            return {
                table.__tablename__: [
                    tuple(row) for row in await session.execute(select(table.__table__).order_by(table.id))
                ]
                for table in (CustomerRow, HolderRow, MailboxRow)
            }

    async def count(self) -> tuple[int, int, int]:
        """How many customers, holders and mailboxes there are."""
        return tuple(len(rows) for rows in (await self.stored()).values())  # type: ignore[return-value]

    def said(self) -> list[tuple[int, str, str]]:
        """Line, column and reason of every error."""
        return [(error.line, error.column, error.reason) for error in self.listener.errors]


@pytest.fixture
def importer(each_database: Database, tmp_path: Path) -> Importer:
    """An importer into an empty database."""
    return Importer(each_database, tmp_path)


@pytest.fixture(params=[20, *long(run.BATCH)])
def batch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many rows are looked at together: few, and in long runs as many as the operator's."""
    number: int = request.param
    monkeypatch.setattr(run, "BATCH", number)
    return number


def outcome(report: ImportReport) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, refused."""
    assert report.rows == report.created + report.updated + report.unchanged + report.refused
    return report.created, report.updated, report.unchanged, report.refused


def some(number: int) -> Iterable[dict[str, str]]:
    """This many customers with a mailbox each."""
    return (company(each) for each in range(number))


async def test_everything_of_a_row_is_stored(importer: Importer) -> None:
    assert outcome(await importer.rows(COMPANY)) == (1, 0, 0, 0)
    keys = importer.database.keys
    async with importer.database.read() as session:
        customer = (await session.execute(select(CustomerRow))).scalar_one()
        holder = (await session.execute(select(HolderRow))).scalar_one()
        mailbox = (await session.execute(select(MailboxRow))).scalar_one()
    assert (customer.code, customer.language) == ("ESEMPIO-01", "it")
    assert customer.reference_email == "esempio@example.com"
    assert customer.email_index == keys.index("esempio@example.com")
    registrant = Registrant.from_json(holder.data)
    assert (holder.customer_id, registrant.business_name) == (customer.id, "Esempio S.r.l.")
    assert (holder.identity_index, holder.updated_at) == (keys.index("99000019994"), importer.clock.now())
    assert (mailbox.customer_id, mailbox.holder_id) == (customer.id, holder.id)
    assert (mailbox.address, mailbox.address_index) == (
        "esempio@pec.example",
        keys.index("esempio@pec.example"),
    )
    assert (mailbox.plan_id, mailbox.expires_on, mailbox.promotion_id) == (
        "pro",
        date(2026, 12, 20),
        "welcome",
    )
    assert (mailbox.extra_mailbox_gb, mailbox.extra_archive_gb, mailbox.auto_renew) == (1, 0, False)
    assert (mailbox.used_mailbox_milli_gb, mailbox.used_archive_milli_gb) == (2400, 1250)
    assert mailbox.usage_at == datetime(2026, 11, 23, 5, tzinfo=UTC)


async def test_customers_share_nothing_and_holders_are_shared_within_one(importer: Importer) -> None:
    two_holders = [
        COMPANY,
        COMPANY | {"address": "due@pec.example"},
        COMPANY | {"address": "tre@pec.example", **{name: PERSON[name] for name in list(PERSON)[13:]}},
    ]
    other_customer_same_holder = COMPANY | {"customer": "ALTRO", "address": "altro@pec.example"}
    assert outcome(await importer.rows(*two_holders, other_customer_same_holder)) == (4, 0, 0, 0)
    assert await importer.count() == (2, 3, 4)


async def test_importing_twice_is_importing_once(importer: Importer) -> None:
    rows = [COMPANY, *some(20), PERSON | {"customer": "P", "address": "p@pec.example", "phone": ""}]
    assert outcome(await importer.rows(*rows)) == (22, 0, 0, 0)
    before = await importer.stored()
    again = await importer.rows(*rows)
    assert outcome(again) == (0, 0, 22, 0)
    assert again.warnings == 1
    assert await importer.stored() == before


@pytest.mark.parametrize(
    "changes",
    [
        {"plan": "premium"},
        {"used_mailbox_gb": "", "used_archive_gb": "", "usage_at": ""},
        {"reference_email": "nuova@example.com"},
        {"business_name": "Esempio S.p.A."},
        {"tax_code": "99000029993", "vat_number": "99000029993"},
        *long(
            {"expires_on": "2027-12-20"},
            {"extra_mailbox_gb": "2"},
            {"used_mailbox_gb": "2.401"},
            {"auto_renew": "true"},
            {"promo": ""},
            {"language": "en"},
            {"phone": ""},
        ),
    ],
    ids=",".join,
)
async def test_what_changed_is_updated_and_nothing_else(importer: Importer, changes: dict[str, str]) -> None:
    await importer.rows(COMPANY, company(2))
    before = await importer.stored()
    assert outcome(await importer.rows(COMPANY | changes, company(2))) == (0, 1, 1, 0)
    after = await importer.stored()
    assert after != before
    assert [rows[1] for rows in after.values()] == [rows[1] for rows in before.values()]
    assert outcome(await importer.rows(COMPANY | changes, company(2))) == (0, 0, 2, 0)
    await importer.rows(COMPANY, company(2))
    async with importer.database.read() as session:
        assert (await session.execute(select(func.count()).select_from(MailboxRow))).scalar_one() == 2


async def test_what_the_file_does_not_name_stays(importer: Importer) -> None:
    await importer.rows(COMPANY, company(2))
    await importer.rows(company(3))
    assert await importer.count() == (3, 3, 3)


async def test_good_rows_are_kept_and_bad_ones_reported(importer: Importer) -> None:
    report = await importer.rows(
        company(1), company(2, plan="gold", promo="x"), company(3), company(4, kind="")
    )
    assert outcome(report) == (2, 0, 0, 2)
    assert (report.errors, report.warnings) == (3, 0)
    assert [(line, column) for line, column, _ in importer.said()] == [(3, "plan"), (3, "promo"), (5, "kind")]
    assert report.first_errors == importer.listener.errors
    assert await importer.count() == (2, 2, 2)


async def test_rows_of_a_customer_agree_on_its_data(importer: Importer) -> None:
    report = await importer.rows(
        COMPANY,
        COMPANY | {"address": "b@pec.example", "language": "en"},
        COMPANY | {"address": "c@pec.example", "reference_email": "altra@example.com"},
        COMPANY | {"address": "d@pec.example"},
    )
    assert outcome(report) == (2, 0, 0, 2)
    reason = "is not what line 2 says of the same customer: write the same in both"
    assert importer.said() == [(3, "language", reason), (4, "reference_email", reason)]


@pytest.mark.parametrize(("column", "bad"), [("language", "xx"), ("reference_email", "nessuna")])
@pytest.mark.parametrize("first", [True, False], ids=["before", "behind"])
async def test_a_cell_that_cannot_be_read_contradicts_no_other_row(
    importer: Importer, column: str, bad: str, first: bool
) -> None:
    wrong, right = COMPANY | {"address": "b@pec.example", column: bad}, COMPANY
    report = await importer.rows(*([wrong, right] if first else [right, wrong]))
    assert outcome(report) == (1, 0, 0, 1)
    ((line, accused, reason),) = importer.said()
    assert (line, accused) == (2 if first else 3, column)
    assert "the same customer" not in reason


async def test_rows_of_a_holder_agree_on_all_its_data(importer: Importer) -> None:
    changed = COMPANY | {"address": "b@pec.example", "phone": "+390600000002", "kind": "association"}
    report = await importer.rows(COMPANY, changed)
    assert outcome(report) == (1, 0, 0, 1)
    reason = "is not what line 2 says of the same holder: write the same in both"
    assert importer.said() == [(3, "kind", reason), (3, "phone", reason)]


async def test_a_mailbox_comes_once(importer: Importer) -> None:
    report = await importer.rows(
        COMPANY, company(2), COMPANY | {"address": "Esempio@PEC.example", "plan": "x"}
    )
    assert outcome(report) == (2, 0, 0, 1)
    assert (4, "address", "was on line 2 already: keep one") in importer.said()
    assert report.errors == 2


async def test_a_refused_row_binds_nobody(importer: Importer) -> None:
    wrong = COMPANY | {"language": "en", "phone": "+390600000009", "plan": "gold"}
    assert outcome(await importer.rows(wrong, COMPANY)) == (1, 0, 0, 1)


async def test_a_mailbox_of_another_customer_is_refused(importer: Importer) -> None:
    await importer.rows(COMPANY)
    before = await importer.stored()
    report = await importer.rows(company(2, address="esempio@pec.example"), COMPANY)
    assert outcome(report) == (0, 0, 1, 1)
    assert importer.said() == [
        (
            2,
            "address",
            "belongs to customer ESEMPIO-01 in the database: a mailbox cannot change customer by an import",
        )
    ]
    assert await importer.stored() == before


async def test_contradictions_are_found_across_batches(importer: Importer, batch: int) -> None:
    rows = [COMPANY, *some(batch), COMPANY | {"address": "b@pec.example", "language": "en"}, COMPANY]
    report = await importer.rows(*rows)
    assert outcome(report) == (batch + 1, 0, 0, 2)
    assert [(line, column) for line, column, _ in importer.said()] == [
        (batch + 3, "language"),
        (batch + 4, "address"),
    ]


async def test_a_dry_run_says_what_a_real_one_does_and_writes_nothing(importer: Importer, batch: int) -> None:
    await importer.rows(*some(3), company(9, address="ceduta@pec.example"))
    before = await importer.stored()
    # A customer that changes, with mailboxes in two batches; a new one with mailboxes in two batches.
    rows = [
        company(0, language="en"),
        company(1),
        company(2, expires_on="2028-01-01"),
        COMPANY,
        *(company(number) for number in range(10, 10 + batch)),
        company(0, language="en", address="altra0@pec.example"),
        COMPANY | {"address": "altra@pec.example"},
        company(3, address="ceduta@pec.example"),
        company(4, plan="gold"),
    ]
    dry = await importer.rows(*rows, dry_run=True)
    dry_findings = importer.listener.findings
    assert await importer.stored() == before
    real = await importer.rows(*rows)
    assert outcome(dry) == outcome(real) == (batch + 3, 2, 1, 2)
    assert dry_findings == importer.listener.findings
    assert (dry.dry_run, real.dry_run) == (True, False)
    assert outcome(await importer.rows(*rows, dry_run=True)) == (0, 0, batch + 6, 2)


async def test_a_customer_that_changes_counts_once_however_many_mailboxes_it_has(
    importer: Importer, batch: int
) -> None:
    rows = [COMPANY | {"address": f"{number}@pec.example"} for number in range(batch + 10)]
    await importer.rows(*rows)
    changed = [row | {"language": "en"} for row in rows]
    assert outcome(await importer.rows(*changed, dry_run=True)) == (0, 1, batch + 9, 0)
    assert outcome(await importer.rows(*changed)) == (0, 1, batch + 9, 0)


async def test_a_batch_that_fails_leaves_nothing_of_itself(importer: Importer, batch: int) -> None:
    await _fail_on_plan(importer.database, "light")
    rows = [
        *some(batch + batch // 5),
        company(batch + batch // 5, plan="light", extra_mailbox_gb="0", used_mailbox_gb="0.5", promo=""),
    ]
    with pytest.raises(ImportInterrupted) as interrupted:
        await importer.rows(*rows)
    assert outcome(interrupted.value.report) == (batch, 0, 0, 0)
    assert interrupted.value.__cause__ is not None
    assert await importer.count() == (batch, batch, batch)
    await _heal(importer.database)
    assert outcome(await importer.rows(*rows)) == (batch // 5 + 1, 0, batch, 0)


@on_both
async def test_two_imports_at_once_write_each_row_once(
    importer: Importer, tmp_path: Path, batch: int
) -> None:
    (tmp_path / "other").mkdir()
    other = Importer(importer.database, tmp_path / "other")
    rows = [*some(batch + batch // 5), COMPANY, COMPANY | {"address": "b@pec.example"}]
    first, second = await asyncio.gather(importer.rows(*rows), other.rows(*reversed(rows)))
    assert first.refused == second.refused == 0
    assert first.created + second.created == len(rows)
    assert await importer.count() == (len(rows) - 1, len(rows) - 1, len(rows))


async def test_the_report_keeps_the_first_findings_and_the_listener_gets_all(importer: Importer) -> None:
    report = await importer.rows(*(company(number, plan="gold", phone="") for number in range(30)))
    assert (report.errors, report.warnings) == (30, 30)
    assert [finding.line for finding in report.first_errors] == list(range(2, 22))
    assert [finding.line for finding in report.first_warnings] == list(range(2, 22))
    assert len(importer.listener.findings) == 60


async def test_progress_goes_up_to_the_size_of_the_file(importer: Importer, batch: int) -> None:
    content = as_csv(some(batch * 2 + 1))
    await importer.text(content)
    positions = importer.listener.positions
    assert len(positions) == 3
    assert positions == sorted(positions)
    assert positions[-1] == len(content)


async def test_personal_data_does_not_stand_readable_in_the_database(importer: Importer) -> None:
    await importer.rows(COMPANY)
    async with importer.database.read() as session:
        for table in ("customer", "holder", "mailbox"):
            for row in await session.execute(text(f"SELECT * FROM {table}")):
                plain = b" ".join(bytes(cell) for cell in row if isinstance(cell, bytes | memoryview))
                assert b"esempio" not in plain.lower()
                assert b"99000019994" not in plain


async def _fail_on_plan(database: Database, plan: str) -> None:
    """Let the database refuse mailboxes of this plan, as a full disk would."""
    async with database.write() as session:
        if session.get_bind().dialect.name == "sqlite":
            await session.execute(
                text(
                    f"CREATE TRIGGER broken BEFORE INSERT ON mailbox WHEN NEW.plan_id = '{plan}' "
                    "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
                )
            )
            return
        await session.execute(
            text(
                "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'disk full'; END $$"
            )
        )
        await session.execute(
            text(
                f"CREATE TRIGGER broken BEFORE INSERT ON mailbox FOR EACH ROW WHEN (NEW.plan_id = '{plan}') "
                "EXECUTE FUNCTION broken()"
            )
        )


async def _heal(database: Database) -> None:
    async with database.write() as session:
        sqlite = session.get_bind().dialect.name == "sqlite"
        await session.execute(text("DROP TRIGGER broken" + ("" if sqlite else " ON mailbox")))
        if not sqlite:  # a database that is lent to another test is emptied of its rows alone
            await session.execute(text("DROP FUNCTION broken"))


@pytest.mark.soak
async def test_ten_times_the_rows_of_a_batch_ask_the_same_of_the_database(importer: Importer) -> None:
    """A new file, and the same once more: no statement is for one row."""
    asked: dict[int, list[list[str]]] = {}
    for first, number in ((0, 30), (100, 300)):
        rows = [company(first + each, used_mailbox_gb="0.1") for each in range(number)]
        asked[number] = []
        for _ in range(2):
            with asked_of(importer.database) as seen:
                await importer.rows(*rows)
            asked[number].append([statement.split("(")[0] for statement in seen.statements])
    assert asked[30] == asked[300]
    written = [statement for statement in asked[300][1] if not statement.startswith("SELECT")]
    assert written == ["INSERT INTO note "]  # the second time that an import was made, and nothing else
