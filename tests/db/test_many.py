"""Many rows at once: written by one statement, sealed together, and asked for by one parameter."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.db.among import is_among
from bot.db.base import table_of
from bot.db.engine import Database
from bot.db.keys import CannotOpen, KeyRing
from bot.db.lookups import Lookup
from bot.db.many import Upserts
from bot.db.sealing import opened_together, sealed_together
from bot.db.tables import CustomerRow, HolderRow, MailboxRow

CUSTOMERS = Upserts(CustomerRow, ["code"], ["language", "reference_email", "email_index"])
HOLDERS = Upserts(HolderRow, ["customer_id", "identity_index"], ["data", "updated_at"])
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(st.lists(st.binary(max_size=70), max_size=8))
def test_what_is_sealed_together_are_tokens_that_fernet_opens(several: list[bytes]) -> None:
    key = Fernet.generate_key().decode()
    tokens = sealed_together(key, several, 1_764_000_000)
    fernet = Fernet(key)
    assert [fernet.decrypt(token) for token in tokens] == several
    assert {fernet.extract_timestamp(token) for token in tokens} <= {1_764_000_000}


def test_the_same_value_sealed_twice_together_looks_different_from_its_first_block_on() -> None:
    key = Fernet.generate_key().decode()
    first, second = sealed_together(key, [b"esempio@example.com"] * 2, 0)
    assert first[12:] != second[12:]
    # The start of each stands in its token, and no two of a thousand are the same.
    starts = {token[12:34] for token in sealed_together(key, [b""] * 1000, 0)}
    assert len(starts) == 1000


def test_the_ring_opens_what_it_has_sealed_together_with_its_newest_key() -> None:
    old, new = KeyRing.new_key(), KeyRing.new_key()
    sealed = KeyRing([new, old]).seal_all([b"uno", b"due"])
    assert [KeyRing([new]).open(each) for each in sealed] == [b"uno", b"due"]


@given(st.lists(st.binary(max_size=70), max_size=8))
def test_tokens_of_fernet_are_opened_together(several: list[bytes]) -> None:
    key = Fernet.generate_key().decode()
    assert opened_together(key, [Fernet(key).encrypt(each) for each in several]) == several


def test_what_is_opened_together_may_be_of_an_older_key_and_nothing_damaged_is_opened() -> None:
    old, new = KeyRing.new_key(), KeyRing.new_key()
    sealed = [KeyRing([old]).seal(b"uno"), KeyRing([new]).seal(b"due")]
    assert KeyRing([new, old]).open_all(sealed) == [b"uno", b"due"]
    assert KeyRing([new, old]).open_all([]) == []
    for at in range(0, len(sealed[1]), 7):
        other = b"A" if sealed[1][at : at + 1] != b"A" else b"B"
        damaged = sealed[1][:at] + other + sealed[1][at + 1 :]
        for several in ([damaged, sealed[1]], [sealed[1], damaged], [damaged[:-1]], [sealed[0]]):
            with pytest.raises(CannotOpen):
                KeyRing([new]).open_all(several)


async def test_rows_are_inserted_with_what_the_table_fills_and_replaced_by_their_key(
    each_database: Database,
) -> None:
    async with each_database.write() as session:
        await CUSTOMERS.write(
            session, [("A", "it", "a@example.com", b"a"), ("B", "en", "b@example.com", b"b")]
        )
    async with each_database.write() as session:
        await CUSTOMERS.write(
            session, [("B", "it", "altro@example.com", b"c"), ("C", "it", "c@example.com", b"d")]
        )
        await CUSTOMERS.write(session, [])
    async with each_database.read() as session:
        rows = list(await session.scalars(select(CustomerRow).order_by(CustomerRow.code)))
    assert [(row.code, row.language, row.reference_email) for row in rows] == [
        ("A", "it", "a@example.com"),
        ("B", "it", "altro@example.com"),
        ("C", "it", "c@example.com"),
    ]
    assert {(row.mail_reminders, row.mail_wish) for row in rows} == {("all", 0)}


async def test_values_arrive_as_sqlalchemy_itself_writes_them(each_database: Database) -> None:
    boxes = Upserts(
        MailboxRow,
        ["address_index"],
        [
            *("customer_id", "holder_id", "address", "plan_id", "expires_on", "extra_mailbox_gb"),
            *("extra_archive_gb", "used_mailbox_milli_gb", "usage_at", "auto_renew", "promotion_id"),
        ],
        lambda said: {"extra_mailbox_gb": table_of(MailboxRow).c.extra_mailbox_gb + said.extra_mailbox_gb},
    )
    in_rome = NOON.astimezone(timezone(timedelta(hours=1)))
    async with each_database.write() as session:
        await CUSTOMERS.write(session, [("A", "it", "a@example.com", b"a")])
        customer = (await session.scalars(select(CustomerRow.id))).one()
        await HOLDERS.write(session, [(customer, b"i", {"town": "Città", "split_payment": False}, NOON)])
        holder = (await session.scalars(select(HolderRow))).one()
        assert holder.data == {"town": "Città", "split_payment": False}
        some = ("pro", date(2026, 12, 20), 1, 0)
        for _ in range(2):
            await boxes.write(
                session,
                [
                    (b"1", customer, holder.id, "uno@pec.example", *some, None, None, False, None),
                    (b"2", customer, holder.id, "due@pec.example", *some, 1250, in_rome, True, "welcome"),
                ],
            )
    async with each_database.read() as session:
        one, two = await session.scalars(select(MailboxRow).order_by(MailboxRow.id))
    assert (one.address, one.usage_at, one.auto_renew, one.extra_mailbox_gb) == (
        "uno@pec.example",
        None,
        False,
        2,
    )
    assert (two.address, two.usage_at, two.auto_renew, two.expires_on) == (
        "due@pec.example",
        NOON,
        True,
        date(2026, 12, 20),
    )


@pytest.mark.parametrize(
    ("column", "asked", "codes"),
    [
        ("code", {"A", "C", "D'\"; --"}, ["A", "C"]),
        ("code", set(), []),
        ("email_index", {b"b" * 32, bytes(32), b"x" * 32}, ["B", "C"]),
        ("mail_wish", {0, 7}, ["A", "B", "C"]),
    ],
)
async def test_rows_are_found_among_many_by_one_parameter(
    each_database: Database, column: str, asked: set[str] | set[bytes] | set[int], codes: list[str]
) -> None:
    async with each_database.write() as session:
        emails = {"A": b"a" * 32, "B": b"b" * 32, "C": bytes(32)}
        await CUSTOMERS.write(
            session, [(code, "it", "a@example.com", index) for code, index in emails.items()]
        )
    async with each_database.read() as session:
        found = is_among(session, getattr(CustomerRow, column), asked)
        assert (
            list(await session.scalars(select(CustomerRow.code).where(found).order_by(CustomerRow.code)))
            == codes
        )
        customer = table_of(CustomerRow).c
        lookup = Lookup(
            lambda among: (
                select(customer.code).where(among(customer[column], "asked")).order_by(customer.code)
            )
        )
        for _ in range(2):
            assert [row.code for row in await lookup.rows(session, asked=asked)] == codes


async def test_what_is_looked_up_is_read_as_sqlalchemy_itself_reads_it(each_database: Database) -> None:
    holder = table_of(HolderRow).c
    lookup = Lookup(
        lambda among: (
            select(holder.data, holder.updated_at, holder.identity_index)
            .where(among(func.coalesce(holder.identity_index, b""), "identities"), holder.customer_id > 0)
            .with_for_update(key_share=True)
        )
    )
    async with each_database.write() as session:
        await CUSTOMERS.write(session, [("A", "it", "a@example.com", b"a")])
        customer = (await session.scalars(select(CustomerRow.id))).one()
        await HOLDERS.write(session, [(customer, b"i" * 32, {"town": "Città"}, NOON)])
        found = await lookup.rows(session, identities={b"i" * 32, b"j" * 32})
        assert list(map(tuple, found)) == [({"town": "Città"}, NOON, b"i" * 32)]
