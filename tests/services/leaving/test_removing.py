"""What is kept of a deleted customer "until DATE" is gone on the day after it (DOMAIN.md 7, decision 042)."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from bot.app import build_services
from bot.db.append_only import kept_no_longer
from bot.db.base import Base
from bot.db.engine import Database
from bot.db.tables import (
    CallbackRow,
    ChainRow,
    CustomerRow,
    ForgottenRow,
    MailboxRow,
    OrderRow,
    OwedNoticeRow,
    PaymentRow,
    RecordRow,
    StatementEntryRow,
    StatementRow,
    VatDecisionRow,
)
from bot.domain.calendar import add_years
from bot.domain.evidence.chain import Chain, Kind, Subject
from bot.domain.invoices import DocumentKind, Invoice
from bot.domain.leaving import is_over
from bot.services.actor import Actor
from bot.services.evidence.erasing import erase_what_is_over
from bot.services.evidence.writing import Entry, record
from bot.services.leaving import removing
from bot.services.leaving.at_the_office import LeavingAtTheOffice
from bot.services.leaving.removing import remove_what_is_over
from bot.services.office.decisions import PaymentDecisions
from bot.services.orders.invoicing import InvoiceReport
from bot.services.orders.withdrawing import Stated
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings
from tests.services.leaving.test_forgetting import KEPT, LAST_WORDS, give_back_all, settle_all
from tests.services.people.worlds import populated
from tests.support.everything import everything, where
from tests.support.seed import Seed
from tests.support.till import EVERYBODY, Till

ME = Actor(7, "it")
STATED = Stated("Recedo.", "maria@example.com", "Schermata", "Conferma recesso")
GOES = {
    "acceptance", "auto_renewal_switching", "callback", "collective", "collective_order", "draft", "draft_item",
    "holder", "invoice", "invoice_call", "mailbox", "order_evidence", "order_item", "order_line",
    "order_method_change", "order_vat_decision", "orders", "owed_notice", "payment", "renewal_decision",
    "statement_entry", "withdrawal", "withdrawal_link", "office_case",
}  # fmt: skip
"""What is kept of a deleted customer until the day, and goes then."""
GOES_AT_ONCE = {
    "chat", "chat_customer", "chat_once_bound", "chat_state", "chat_version", "email_change", "held", "link_token",
    "mute", "payment_promise", "reminder", "snooze", "space_level",
}  # fmt: skip
"""What goes on the day of the deletion."""
ENDS_BY_ITSELF = {
    "login_code", "outbox", "seen_update", "speaker", "statement_upload", "waiting_update",
}  # fmt: skip
"""What is kept for hours or months, whoever it is about."""
NAMES_NOBODY = {
    "customer": "a row without a name, to which the blind indexes belong",
    "forgotten": "blind indexes, by which a file does not bring the customer back",
    "taken_number": "a number that was drawn never pays another order",
    "evidence_chain": "digests",
    "evidence_record": "digests",
    "evidence_content": "erased, but for what says so",
    "evidence_key": "the operator's",
    "evidence_day": "digests",
    "evidence_head": "digests",
    "note": "the bot's own",
    "secret": "the bot's own",
    "statement": "a file of the bank's, and how many entries it had",
}


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends."""
    return each_database


@pytest.fixture
def office(till: Till) -> LeavingAtTheOffice:
    """The operator's commands."""
    return LeavingAtTheOffice(till.database, till.services.surroundings, mail=True)


async def the_round_of(till: Till, day: date) -> int:
    """What the bot does every day, on a day of the future."""
    surroundings = till.services.surroundings
    rules = surroundings.catalogue.rules
    now = surroundings.now() + (day - surroundings.today())
    await erase_what_is_over(till.database, rules, day, now)
    return await remove_what_is_over(till.database, rules, day, now)


async def counts(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    async with database.read() as session:
        return {
            name: await session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


async def ids(database: Database) -> dict[str, int]:
    async with database.read() as session:
        return {row.number: row.id for row in await session.execute(select(OrderRow.id, OrderRow.number))}


async def add(database: Database, *rows: Any) -> None:
    async with database.write() as session:
        session.add_all(rows)


async def forgotten_with_everything(till: Till, office: LeavingAtTheOffice) -> date:
    """A customer that had something in every table, and is deleted; the last day of what stays."""
    services, now, today = till.services, till.services.surroundings.now(), till.services.surroundings.today()
    paid, withdrawn, first, second = [await till.order(chats=(7,)) for _ in range(4)]
    box = paid.items[0].mailbox_id
    await services.wishes.set_phrase(ME, "frase di 7")
    await services.collectives.create(ME, [first.number, second.number])
    card = (await services.other_methods.offered(ME, paid.number)).change_to("card")
    await services.other_methods.choose(
        ME, paid.number, "card", card.seal, screen="Schermata", button_label="Paga"
    )
    await till.receive(till.paid(paid, payment_id="banca-1"))
    await till.receive(till.paid(paid, payment_id="banca-1"), "the same by another call")
    await till.receive(till.paid(withdrawn, payment_id="banca-2"))
    await services.withdrawals.withdraw(ME, withdrawn.number, STATED)
    await till.receive(till.went_back(till.paid(withdrawn, payment_id="banca-2")))
    for order in (first, second):
        await services.orders.cancel(ME, order.number)
    invoice = Invoice("FT-1", today, DocumentKind.INVOICE, "https://fatture.example.com/1")
    await services.invoices.receive("call-FT-1", "{}", InvoiceReport(paid.number, invoice))
    await services.declining.decline(ME, await till.seed.mailbox("rossi"))
    switched = await till.seed.mailbox("rossi", auto_renew=True)
    await services.auto_renewal.set_auto_renewal(ME, switched, on=False)
    async with till.database.write() as session:
        told = Entry(Chain(Subject.MAILBOX, box), Kind.TOLD, {"words": "Ciao Rossi"})
        await record(session, [told], now)
    statement = StatementRow(
        digest="d", name="f", format="csv", taken_by="command", run="r", began_at=now, counts={}
    )
    await add(till.database, statement)
    await add(
        till.database,
        StatementEntryRow(
            statement_id=statement.id, position=1, known_by=b"k", kind="credit", heap="certain",
            state="registered", booked_on=today, content={"reference": "CRO"}, payment_id="banca-1",
            outcome="completed", decided_at=now, decided_by="command",
        ),
        OwedNoticeRow(
            mailbox_id=box, expires_on=today + timedelta(days=60), due_by=today, late=False, key="notice:1",
            channel="mail", address="rossi@example.com", words="Ciao", written_at=now,
            outcome="sent", settled_at=now,
        ),
        VatDecisionRow(
            order_id=(await ids(till.database))[paid.number], decided_at=now, treatment="charged", net=2990,
            vat=658, due=3648, note="Maria ha telefonato", catalogue_version="1",
        ),
    )  # fmt: skip
    await settle_all(till, "rossi")
    return (await office.forget("rossi")).until


async def forgotten_with_an_order(till: Till, office: LeavingAtTheOffice) -> date:
    """A customer that paid an order and is deleted; the last day of what stays."""
    await till.receive(till.paid(await till.order(chats=(7,))))
    await settle_all(till, "rossi")
    return (await office.forget("rossi")).until


def test_for_every_table_it_is_said_what_becomes_of_a_deleted_customer_in_it() -> None:
    """A new table is put into one of these, and into `docs/operating.md`; if it is to go, `removing` has to know it."""
    groups: Sequence[set[str]] = (GOES, GOES_AT_ONCE, ENDS_BY_ITSELF, set(NAMES_NOBODY))
    assert set.union(*groups) == set(Base.metadata.tables)
    assert sum(map(len, groups)) == len(Base.metadata.tables)


def test_whatever_points_to_a_customer_goes() -> None:
    """By foreign keys, over however many tables."""
    pointing = {"customer"}
    while more := {
        table.name
        for table in Base.metadata.tables.values()
        if table.name not in pointing and any(key.column.table.name in pointing for key in table.foreign_keys)
    }:
        pointing |= more
    assert pointing - GOES - GOES_AT_ONCE == {"customer", "forgotten", "login_code"}


async def test_nothing_is_left_on_the_day_after_the_one_that_was_told(
    till: Till, office: LeavingAtTheOffice
) -> None:
    """A day was told until which they are kept, and the rows were kept for ever. Of another nothing goes."""
    theirs = await till.order("bianchi", chats=(8,))
    await till.receive(till.paid(theirs, payment_id="banca-9"))
    await till.services.wishes.set_phrase(Actor(8, "it"), "frase di 8")
    of_another, anothers = await counts(till.database), await everything(till.database)
    words = ("bianchi@example.com", theirs.number, theirs.items[0].address, "banca-9", "frase di 8")

    until = await forgotten_with_everything(till, office)
    before = await counts(till.database)
    kept = {name: count for name, count in before.items() if name in GOES}
    assert {name for name in GOES if kept[name] == of_another[name]} <= {"office_case", "draft_item"}
    assert {name for name in GOES_AT_ONCE if before[name] != of_another[name]} <= {"chat"}, (
        "but the number of a chat whose draft became an order"
    )
    left = await everything(till.database)
    assert where(left, "rossi@example.com") <= KEPT | LAST_WORDS
    assert where(left, "frase di 7") <= LAST_WORDS
    assert [where(left, word) for word in words] == [where(anothers, word) for word in words]

    assert await the_round_of(till, until) == 0
    assert {name: count for name, count in (await counts(till.database)).items() if name in GOES} == kept
    assert await the_round_of(till, until + timedelta(days=1)) == 1

    after = await counts(till.database)
    assert {name for name in GOES | GOES_AT_ONCE if after[name] != of_another[name]} == set()
    assert (await till.services.papers.check()).findings == ()
    left = await everything(till.database)
    for word in words:
        assert where(left, word) == where(anothers, word) - {"evidence_content"}, (
            "but what is over of that one too"
        )
    for word in (
        "rossi",
        "maria@example.com",
        "Ciao",
        "Schermata",
        "banca-1",
        "FT-1",
        "CRO",
        "ha telefonato",
    ):
        assert where(left, word) <= {"outbox"}, word
    assert await the_round_of(till, until + timedelta(days=2)) == 0


@pytest.mark.soak
@pytest.mark.parametrize("number", range(3))
async def test_of_others_nothing_goes(
    database: Database, surroundings: Surroundings, seed: Seed, number: int
) -> None:
    services = build_services(database, surroundings, EVERYBODY)
    random = Random(100 + number)  # noqa: S311 (a world, not a secret)
    world = await populated(services, seed, database, random)
    till = Till(database, services, seed)
    code = random.choice(sorted(world.customers))
    await settle_all(till, code)
    await give_back_all(till, world, code)
    others = {word for other, own in world.customers.items() if other != code for word in own.words}
    others |= {
        word for chat, codes in world.links.items() if code not in codes for word in world.chats[chat].words
    }
    done = await LeavingAtTheOffice(database, surroundings, mail=True).forget(code)
    before = await everything(database)

    now = surroundings.now() + (done.until + timedelta(days=1) - surroundings.today())
    rules = surroundings.catalogue.rules
    assert await remove_what_is_over(database, rules, done.until + timedelta(days=1), now) == 1

    after = await everything(database)
    for word in world.customers[code].words - others:
        assert where(after, word) <= {"outbox", "taken_number"}, word
    for word in others:
        assert where(after, word) == where(before, word), word
    assert (await services.papers.check()).findings == ()


@pytest.mark.soak
async def test_what_happened_to_an_order_afterwards_keeps_that_order_for_its_own_years(
    till: Till, office: LeavingAtTheOffice
) -> None:
    """Money for a cancelled order came back to the surface three years later: it must not be lost."""
    old, late = [await till.order(chats=(7,)) for _ in range(2)]
    await till.receive(till.paid(old))
    await till.services.orders.cancel(ME, late.number)
    await settle_all(till, "rossi")
    until = (await office.forget("rossi")).until
    await till.receive(till.paid(late, payment_id="bank-2"))
    came = add_years(till.services.surroundings.today(), 3)
    async with till.database.write() as session:
        await session.execute(
            update(PaymentRow)
            .where(PaymentRow.payment_id == "bank-2")
            .values(
                received_at=till.services.surroundings.now() + (came - till.services.surroundings.today())
            )
        )
    await the_round_of(till, until + timedelta(days=1))
    assert set(await ids(till.database)) == {late.number}
    assert [row.payment_id for row in await till.ledger()] == ["bank-2"]
    async with till.database.read() as session:
        boxes = set(await session.scalars(select(MailboxRow.id)))
    assert boxes == {late.items[0].mailbox_id}
    await the_round_of(till, add_years(until, 3))
    assert set(await ids(till.database)) == {late.number}
    await the_round_of(till, add_years(until, 3) + timedelta(days=1))
    left = await counts(till.database)
    assert (left["orders"], left["payment"], left["mailbox"], left["holder"]) == (0, 0, 0, 0)


@pytest.mark.soak
async def test_money_that_a_person_gave_to_anothers_order_stays_that_ones(
    till: Till, office: LeavingAtTheOffice
) -> None:
    mine = await till.order(chats=(7,))
    theirs = await till.order("bianchi", chats=(8,))
    await till.services.orders.cancel(ME, mine.number)
    await till.receive(till.paid(mine, cents=theirs.quote.due, payment_id="by-mistake"))
    (waiting,) = await till.ledger()
    decisions = PaymentDecisions(
        till.database,
        till.services.surroundings,
        Notices(till.services.surroundings, operator_chat_id=None, mail=False, events=False),
    )
    await decisions.assign(waiting.id, theirs.number)
    assert await till.status(theirs) == "completed"
    await settle_all(till, "rossi")
    until = (await office.forget("rossi")).until
    number = (await ids(till.database))[theirs.number]
    paid_before = [row.amount for row in await till.ledger() if row.order_id == number]
    await the_round_of(till, until + timedelta(days=1))
    left = await till.ledger()
    assert {row.payment_id for row in left} == {"by-mistake"}
    assert [row.amount for row in left if row.order_id == number] == paid_before
    assert {row.order_text for row in left if row.order_id is None} == {""}


@pytest.mark.soak
async def test_a_payment_of_no_order_that_names_one_which_goes_is_removed_with_it(
    till: Till, office: LeavingAtTheOffice
) -> None:
    first, second = [await till.order(chats=(7,)) for _ in range(2)]
    await till.receive(till.paid(first))
    await till.receive(till.paid(second, payment_id="bank-2"))
    other = await till.order("bianchi", chats=(8,))
    both = f"{first.number} {second.number} Maria Rossi"
    await till.receive(till.paid(both, cents=100, payment_id="both"))
    await till.receive(till.paid(f"{first.number} {other.number}", cents=100, payment_id="shared"))
    assert {row.payment_id for row in await till.ledger() if row.order_id is None} == {"both", "shared"}
    async with till.database.write() as session:
        await session.execute(update(PaymentRow).values(resolution="refunded"))
    await settle_all(till, "rossi")
    until = (await office.forget("rossi")).until
    await the_round_of(till, until + timedelta(days=1))
    assert {row.payment_id for row in await till.ledger()} == {"shared"}
    assert where(await everything(till.database), "Maria Rossi") <= {"outbox"}


@pytest.mark.soak
async def test_a_round_that_was_stopped_in_the_middle_is_gone_on_with(
    till: Till, office: LeavingAtTheOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = await forgotten_with_an_order(till, office)

    async def dies(*_: object) -> None:
        raise ConnectionError

    async with till.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(CallbackRow)) == 1
    with monkeypatch.context() as patched:
        patched.setattr(removing, "_remove_mailboxes", dies)
        with pytest.raises(ConnectionError):
            await the_round_of(till, until + timedelta(days=1))
    async with till.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(CallbackRow)) == 0
        assert await session.scalar(select(OrderRow.id).limit(1)) is not None
    assert await the_round_of(till, until + timedelta(days=1)) == 1
    after = await counts(till.database)
    assert {name: count for name, count in after.items() if name in GOES and count} == {}


@pytest.mark.soak
async def test_no_order_gets_the_chain_of_one_that_is_gone(till: Till, office: LeavingAtTheOffice) -> None:
    """SQLite gave the number of the row to the next order, which then went on in the chain of the old one."""
    order = await till.order(chats=(7,))
    await till.receive(till.paid(order))
    before = (await ids(till.database))[order.number]
    box = order.items[0].mailbox_id
    await settle_all(till, "rossi")
    until = (await office.forget("rossi")).until
    await the_round_of(till, until + timedelta(days=1))
    other = await till.order("bianchi", chats=(8,))
    assert (await ids(till.database))[other.number] > before
    assert other.items[0].mailbox_id > box
    assert (await till.services.papers.of_order(other.number, "it")).records[0][0].kind is Kind.PLACED
    assert (await till.services.papers.check()).findings == ()


async def test_a_file_does_not_bring_the_customer_back_even_then(
    till: Till, office: LeavingAtTheOffice
) -> None:
    until = await forgotten_with_an_order(till, office)
    await the_round_of(till, until + timedelta(days=1))
    async with till.database.read() as session:
        bars = (await session.scalars(select(ForgottenRow))).all()
        customer = (await session.scalars(select(CustomerRow))).one()
    assert bars
    assert {bar.mailbox_id for bar in bars} == {None}
    assert customer.code.startswith("forgotten-")
    assert await office.readmit("rossi")


async def test_who_was_not_deleted_keeps_everything(till: Till) -> None:
    """DOMAIN.md says of evidence alone how long it is kept: the orders of who is there are his, and the books'."""
    order = await till.order(chats=(7,))
    await till.receive(till.paid(order))
    before = await counts(till.database)
    assert await the_round_of(till, add_years(till.services.surroundings.today(), 25)) == 0
    after = await counts(till.database)
    assert {name for name in before if before[name] != after[name]} <= {"evidence_content", "evidence_record"}


async def test_the_chains_are_never_removed(database: Database, till: Till) -> None:
    await till.order(chats=(7,))
    for table in (RecordRow,):
        with pytest.raises(Exception, match="append-only"):
            async with database.write() as session, kept_no_longer(session):
                await session.execute(delete(table))
    async with database.read() as session:
        assert await session.scalar(select(ChainRow.id).limit(1)) is not None


@pytest.mark.parametrize(
    ("since", "years", "last"),
    [
        (date(2026, 11, 23), 10, date(2036, 11, 23)),
        (date(2024, 2, 29), 10, date(2034, 2, 28)),
        (date(2025, 2, 28), 3, date(2028, 2, 28)),
    ],
)
def test_the_last_day_is_still_one(since: date, years: int, last: date) -> None:
    assert add_years(since, years) == last
    assert not is_over(since, years, last)
    assert is_over(since, years, last + timedelta(days=1))
