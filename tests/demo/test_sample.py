"""The sample file: it is what the generator makes, it can be imported, and it reaches the branches it promises."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import CustomerRow, HolderRow
from bot.demo.sample import PERSONAS, sample_rows, write_sample
from bot.domain.calendar import Arrival, arrival
from bot.domain.deadlines import limits_of
from bot.domain.mailboxes import Blocker, Mailbox, blocker, days_left, usage_is_current
from bot.domain.plans import plan_change
from bot.domain.prices import promotion_for
from bot.domain.registrant import Field, HolderKind, InvoiceRoute, Registrant, problems, route_of
from bot.domain.space import fit
from bot.services.importing import Column, import_mailboxes, open_mailbox_file
from bot.services.renewing.facts import read_mailboxes
from bot.services.surroundings import Surroundings
from tests.services.importing.files import Recorder
from tests.support.builders import NOW, TODAY
from tests.support.catalogue import example_catalogue
from tests.support.clock import FrozenClock
from tests.support.long_runs import long

COMMITTED = Path(__file__).parents[2] / "samples" / "mailboxes.csv"
CATALOGUE = example_catalogue()
ROME = ZoneInfo("Europe/Rome")


@dataclass(frozen=True)
class Imported:
    """The sample in a database."""

    mailboxes: dict[str, Mailbox]
    holders: dict[int, Registrant]
    customers: dict[str, int]
    findings: list[tuple[str, str]]


@pytest.fixture
async def imported(database: Database) -> Imported:
    """The committed sample, imported on the day it was made for."""
    listener = Recorder()
    with open_mailbox_file(COMMITTED) as file:
        surroundings = Surroundings(CATALOGUE, FrozenClock(), ROME)
        report = await import_mailboxes(file, database, surroundings, listener)
    assert (report.created, report.refused) == (report.rows, 0)
    async with database.read() as session:
        mailboxes = {mailbox.address: mailbox for mailbox in await read_mailboxes(session)}
        holders = {row.id: Registrant.from_json(row.data) for row in await session.scalars(select(HolderRow))}
        customers = {row.code: row.id for row in await session.scalars(select(CustomerRow))}
    return Imported(
        mailboxes, holders, customers, [(found.column, found.reason) for found in listener.findings]
    )


def test_the_committed_file_is_what_the_generator_makes(tmp_path: Path) -> None:
    write_sample(tmp_path / "mailboxes.csv", TODAY)
    assert (tmp_path / "mailboxes.csv").read_bytes() == COMMITTED.read_bytes()


@pytest.mark.parametrize("today", [date(2027, 7, 1), date(2028, 2, 29), date(2026, 10, 25)])
def test_the_dates_move_with_the_day(today: date) -> None:
    rows = list(sample_rows(today))
    assert [(date.fromisoformat(row[Column.EXPIRES_ON]) - today).days for row in rows] == [
        (date.fromisoformat(row[Column.EXPIRES_ON]) - TODAY).days for row in sample_rows(TODAY)
    ]
    offset = "+01:00" if today.month in {1, 2, 11, 12} else "+02:00"
    assert rows[0][Column.USAGE_AT] == f"{today}T00:00:00{offset}"


async def test_it_has_about_sixty_mailboxes_and_only_the_warnings_it_means_to(imported: Imported) -> None:
    assert len(imported.mailboxes) == 62
    assert [column for column, _ in imported.findings] == [
        "legal_rep",
        "phone",
        "reference_email",
        "recipient_code",
    ]


async def test_all_plans_and_holders_are_there_each_kind_alone_once(imported: Imported) -> None:
    assert {mailbox.plan_id for mailbox in imported.mailboxes.values()} == set(CATALOGUE.plans)
    owned = Counter(mailbox.customer_id for mailbox in imported.mailboxes.values())
    alone = {
        imported.holders[mailbox.holder_id].kind
        for mailbox in imported.mailboxes.values()
        if owned[mailbox.customer_id] == 1
    }
    assert alone == set(HolderKind)
    assert max(owned.values()) == 30
    of_one = {
        customer: {box.holder_id for box in imported.mailboxes.values() if box.customer_id == customer}
        for customer in owned
    }
    assert len(of_one[imported.customers["ESEMPIO-12"]]) == 2


async def test_every_reason_not_to_renew_is_there_but_an_open_order(imported: Imported) -> None:
    found = {blocker(mailbox, CATALOGUE, TODAY) for mailbox in imported.mailboxes.values()}
    assert found == {None, Blocker.DELETED, Blocker.OWN_DOMAIN, Blocker.AUTO_RENEW}


async def test_dates_reach_from_today_to_the_last_days_and_beyond(imported: Imported) -> None:
    days = {days_left(mailbox.expires_on, TODAY) for mailbox in imported.mailboxes.values()}
    assert {0, -10, -88, -95} <= days
    late = limits_of([imported.mailboxes["dino.prova@pec.example"]], CATALOGUE)
    found = {
        name: arrival(CATALOGUE.methods[name], late, TODAY, time(11))
        for name in ("card", "bank_transfer", "slip_ordinary")
    }
    assert found == {
        "card": Arrival.AFTER_EXPIRY,
        "bank_transfer": Arrival.AFTER_EXPIRY,
        "slip_ordinary": Arrival.AFTER_DELETION,
    }


async def test_promotions_are_there_with_a_price_and_without(imported: Imported) -> None:
    promoted = [mailbox for mailbox in imported.mailboxes.values() if mailbox.promotion_id == "welcome"]
    priced = {
        mailbox.plan_id: promotion_for(CATALOGUE, mailbox, mailbox.plan_id, TODAY) is not None
        for mailbox in promoted
    }
    assert priced == {"standard": True, "pro": True, "premium": False}


@pytest.mark.parametrize(
    ("address", "plan", "missing", "possible"),
    [
        ("archivio@esempio.pec.example", "pro", (0, 2), True),
        ("ada.campione@pec.example", "standard", (2, 0), False),
        ("officina@fittizia.pec.example", "standard", (0, 0), True),
        ("pro.oltre@spazio.pec.example", "pro", (1, 1), True),
        *long(
            ("archivio@esempio.pec.example", "standard", (1, 0), True),
            ("ada.campione@pec.example", "pro", (1, 0), True),
            ("associazione@prova.pec.example", "standard", (1, 0), True),
            ("standard.oltre@spazio.pec.example", "standard", (2, 0), False),
            ("premium.oltre@spazio.pec.example", "premium", (1, 1), True),
            ("premium.oltre@spazio.pec.example", "pro", (1, 6), True),
            ("pro.pieno@spazio.pec.example", "pro", (0, 0), True),
            ("premium.pieno@spazio.pec.example", "premium", (0, 0), True),
        ),
    ],
)
async def test_space_is_used_up_in_every_way(
    imported: Imported, address: str, plan: str, missing: tuple[int, int], possible: bool
) -> None:
    found = fit(CATALOGUE.plans[plan], imported.mailboxes[address].usage)
    assert (found.missing.mailbox_gb, found.missing.archive_gb) == missing
    assert found.possible is possible


async def test_a_change_to_standard_would_destroy_the_archive(imported: Imported) -> None:
    mailbox = imported.mailboxes["archivio@esempio.pec.example"]
    change = plan_change(CATALOGUE, mailbox, CATALOGUE.plans["standard"], TODAY, current_usage=True)
    assert change.needs_second_confirmation
    assert change.archive_gb_destroyed == 5


async def test_usage_is_known_old_and_unknown(imported: Imported) -> None:
    def state(mailbox: Mailbox) -> str:
        if mailbox.usage is None:
            return "unknown"
        return "current" if usage_is_current(mailbox.usage, CATALOGUE, NOW) else "old"

    states = {address: state(mailbox) for address, mailbox in imported.mailboxes.items()}
    assert states["ugo.segnaposto@pec.example"] == "unknown"
    assert states["archivio.segnaposto@pec.example"] == "old"
    assert states["maria.esempio@pec.example"] == "current"


async def test_invoices_go_every_way_and_some_data_is_missing(imported: Imported) -> None:
    holders = imported.holders.values()
    assert {route_of(holder) for holder in holders} == set(InvoiceRoute)
    assert any(holder.splits_payment for holder in holders)
    missing = {
        (holder.business_name, problem.field.value)
        for holder in holders
        for problem in problems(holder)
        if problem.field is not Field.REFERENCE_EMAIL  # the customer has it
    }
    assert missing == {
        ("Dati Mancanti S.r.l.", "legal_rep"),
        ("Dati Mancanti S.r.l.", "phone"),
        ("Scuola di Prova", "recipient_code"),
    }


async def test_each_persona_has_its_mailbox_and_words_in_both_languages(imported: Imported) -> None:
    assert len({persona.key for persona in PERSONAS}) == len(PERSONAS)
    for persona in PERSONAS:
        mailbox = imported.mailboxes[persona.address]
        assert mailbox.customer_id == imported.customers[persona.customer]
        assert blocker(mailbox, CATALOGUE, TODAY) is None
        assert set(persona.titles) == set(persona.notes) == {"it", "en"}
        assert all((*persona.titles.values(), *persona.notes.values()))


def test_one_customer_can_be_brought_alone(tmp_path: Path) -> None:
    path = tmp_path / "mailboxes.csv"
    write_sample(path, TODAY, only="ESEMPIO-12")
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    assert header.startswith("customer,")
    assert len(rows) == 4
    assert all(row.startswith("ESEMPIO-12,") for row in rows)
