"""Codes by e-mail as a service: limits, and answers that tell nobody who is known (DOMAIN.md 2.2)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select, update

from bot.app import Told, build_services
from bot.db.engine import Database
from bot.db.tables import CustomerRow, LoginCodeRow, OutboxRow
from bot.domain.registrant import FieldError
from bot.services.actor import Actor
from bot.services.errors import (
    CodeNotOpen,
    CodePause,
    CodesPaused,
    MailNotSetUp,
    NotACode,
    TokenFault,
    TokenRefused,
)
from bot.services.people.linking import ConfirmationNeeded, Linked
from bot.services.people.login_codes import Admitted, LoginCodes
from bot.services.people.mailed_codes import WrongCode
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.clock import FrozenClock
from tests.support.letterbox import another_code, bound, last_code, mailed
from tests.support.long_runs import long
from tests.support.seed import Seed

CHAT, OTHER = Actor(7, "it"), Actor(8, "en")
KNOWN, UNKNOWN = "rossi@example.com", "nessuno@example.com"


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@pytest.fixture
def shop(database: Database, surroundings: Surroundings) -> Services:
    """The services of a bot that can send mail."""
    return build_services(database, surroundings, Told(mail=True))


@pytest.fixture
def codes(shop: Services) -> LoginCodes:
    """What is tested."""
    return shop.login_codes


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Every statement that is written to the database, as SQL."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    engine = database._writer.sync_engine
    event.listen(engine, "after_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "after_cursor_execute", note)


async def test_a_known_and_an_unknown_address_cost_the_same_statements(
    codes: LoginCodes, seed: Seed, database: Database
) -> None:
    await seed.mailbox("rossi")
    done = []
    for actor, address in ((CHAT, KNOWN), (OTHER, UNKNOWN)):
        with statements(database) as asking:
            await codes.ask(actor, address)
        waiting = await codes.awaited(actor)
        assert waiting is not None
        with statements(database) as again:
            await codes.ask_again(actor, waiting.request_id)
        with statements(database) as wrong:
            assert await codes.enter(actor, another_code(await last_code(database, KNOWN))) == WrongCode(4)
        done.append((asking, again, wrong))
    assert done[0] == done[1]
    assert all(done[0])


async def test_only_a_hash_of_a_mailed_code_is_kept(
    codes: LoginCodes, seed: Seed, database: Database, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    await codes.ask(CHAT, KNOWN)
    await codes.ask(OTHER, KNOWN)
    await codes.ask(Actor(9, "it"), UNKNOWN)
    async with database.read() as session:
        first, second, nobodys = (
            await session.execute(select(LoginCodeRow).order_by(LoginCodeRow.id))
        ).scalars()
    code = (await mailed(database, KNOWN))[0]["code"]
    assert first.code_hash is not None
    assert code.encode() not in first.code_hash
    assert first.code_hash != second.code_hash
    assert nobodys.code_hash is None
    assert first.code_hash == database.keys.index(f"login-code:{first.id}:{CHAT.chat_id}:{code}")
    assert first.expires_at == clock.now() + timedelta(minutes=10)


async def test_the_mail_is_no_bulk_in_the_language_of_the_chat_and_a_nobody_gets_none(
    codes: LoginCodes, seed: Seed, database: Database, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi", language="it")
    await codes.ask(OTHER, KNOWN)
    await codes.ask(CHAT, UNKNOWN)
    async with database.read() as session:
        rows = (await session.execute(select(OutboxRow).order_by(OutboxRow.id))).scalars().all()
    assert [row.bulk for row in rows] == [False, False]
    assert rows[0].payload["language"] == "en"
    assert rows[0].payload["good_until"] == (clock.now() + timedelta(minutes=10)).isoformat()
    assert rows[1].payload["to"] == ""
    assert rows[1].payload["good_until"] == clock.now().isoformat(), "past its time before it could be sent"


async def test_a_code_is_good_once_in_its_chat_and_for_ten_minutes(
    codes: LoginCodes, shop: Services, seed: Seed, database: Database, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    await codes.ask(CHAT, KNOWN)
    code = await last_code(database, KNOWN)
    with pytest.raises(CodeNotOpen):
        await codes.enter(OTHER, code)
    clock.advance(timedelta(minutes=10) - timedelta(microseconds=1))
    assert await codes.enter(CHAT, code) == Admitted()
    assert await codes.enter(CHAT, code) == Admitted(), "the answer may have been lost: it is given again"
    assert await bound(database, CHAT) == ["rossi"]
    await shop.linking.unlink(CHAT)
    with pytest.raises(CodeNotOpen):
        await codes.enter(CHAT, code)
    assert await bound(database, CHAT) == []

    await codes.ask(CHAT, KNOWN)
    clock.advance(timedelta(minutes=10))
    with pytest.raises(CodeNotOpen):
        await codes.enter(CHAT, await last_code(database, KNOWN))


async def test_an_address_that_is_no_longer_the_customers_lets_nobody_in(
    codes: LoginCodes, seed: Seed, database: Database
) -> None:
    await seed.mailbox("rossi")
    await codes.ask(CHAT, KNOWN)
    async with database.write() as session:
        await session.execute(
            update(CustomerRow).values(email_index=database.keys.index("nuova@example.com"))
        )
    with pytest.raises(CodeNotOpen):
        await codes.enter(CHAT, await last_code(database, KNOWN))
    assert await bound(database, CHAT) == []


@pytest.mark.parametrize(
    "typed",
    ["Rossi@Example.COM", *long("  rossi@example.com.", "<rossi@example.com>", "mailto:rossi@example.com")],
)
async def test_an_address_is_understood_as_the_archive_has_it(
    typed: str, codes: LoginCodes, seed: Seed, database: Database
) -> None:
    await seed.mailbox("rossi")
    await codes.ask(CHAT, typed)
    assert len(await mailed(database, KNOWN)) == 1


async def test_nothing_is_stored_of_what_is_no_address_or_no_code(
    codes: LoginCodes, database: Database
) -> None:
    for typed in ("", "rossi", "a" * 5000):
        with pytest.raises(FieldError):
            await codes.ask(CHAT, typed)
    for typed in ("", "12345", "password"):
        with pytest.raises(NotACode):
            await codes.enter(CHAT, typed)
    assert await codes.awaited(CHAT) is None
    assert await mailed(database, None) == []


async def test_without_mail_there_is_no_way_in_by_it(database: Database, surroundings: Surroundings) -> None:
    codes = build_services(database, surroundings, Told()).login_codes
    assert not codes.offered
    with pytest.raises(MailNotSetUp):
        await codes.ask(CHAT, KNOWN)


async def refused(codes: LoginCodes, actor: Actor, address: str) -> CodesPaused:
    """Why this chat gets no code now."""
    with pytest.raises(CodesPaused) as paused:
        await codes.ask(actor, address)
    return paused.value


async def test_a_chat_has_three_codes_an_hour_whichever_addresses_it_names(
    codes: LoginCodes, clock: FrozenClock
) -> None:
    start = clock.now()
    for number in range(3):
        await codes.ask(CHAT, f"altro{number}@example.com")
        clock.advance(timedelta(minutes=1))
    paused = await refused(codes, CHAT, "ultimo@example.com")
    assert (paused.reason, paused.until) == (CodePause.MANY_CODES, start + timedelta(hours=1))
    await codes.ask(OTHER, "altro0@example.com")
    clock.advance(paused.until - clock.now())
    await codes.ask(CHAT, "ultimo@example.com")


@pytest.mark.parametrize("address", [KNOWN, *long(UNKNOWN)])
async def test_strangers_together_have_ten_codes_a_day_for_one_address(
    address: str, codes: LoginCodes, seed: Seed, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    start = clock.now()
    for number in range(10):
        await codes.ask(Actor(100 + number, "it"), address)
        clock.advance(timedelta(hours=1))
    paused = await refused(codes, CHAT, address)
    assert (paused.reason, paused.until) == (CodePause.MANY_STRANGERS, start + timedelta(days=1))
    await codes.ask(CHAT, "altro@example.com")
    clock.advance(paused.until - clock.now())
    await codes.ask(CHAT, address)
    assert (await refused(codes, OTHER, address)).until == start + timedelta(days=1, hours=1)


async def test_who_was_bound_to_an_address_is_neither_stopped_by_strangers_nor_counted_with_them(
    codes: LoginCodes, shop: Services, seed: Seed, database: Database, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    await codes.ask(CHAT, KNOWN)
    await codes.enter(CHAT, await last_code(database, KNOWN))
    await shop.linking.unlink(CHAT)
    clock.advance(timedelta(days=1))
    for number in range(9):
        await codes.ask(Actor(100 + number, "it"), KNOWN)
    for _ in range(3):
        await codes.ask(CHAT, KNOWN)
    await codes.ask(Actor(200, "it"), KNOWN)
    await refused(codes, Actor(201, "it"), KNOWN)
    clock.advance(timedelta(hours=1))
    await codes.ask(CHAT, KNOWN)
    assert await codes.enter(CHAT, await last_code(database, KNOWN)) == Admitted()


async def test_the_link_in_a_strangers_mail_lets_in_who_reads_it_above_all_limits(
    codes: LoginCodes, shop: Services, seed: Seed, database: Database, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    await seed.mailbox("bianchi")
    await seed.share_email("rossi", "bianchi")
    for number in range(10):
        await codes.ask(Actor(100 + number, "it"), KNOWN)
    token = str((await mailed(database, KNOWN))[0]["token"])
    for _ in range(5):
        await codes.enter(Actor(100, "it"), another_code(await last_code(database, KNOWN)))
    await refused(codes, CHAT, KNOWN)
    clock.advance(timedelta(hours=24) - timedelta(microseconds=1))
    assert isinstance(await shop.linking.redeem(CHAT, token), Linked)
    assert await bound(database, CHAT) == ["bianchi", "rossi"]
    assert isinstance(await shop.linking.redeem(CHAT, token), Linked), "the answer may have been lost"
    with pytest.raises(TokenRefused) as used:
        await shop.linking.redeem(OTHER, token)
    assert used.value.fault is TokenFault.USED


async def test_the_link_is_good_for_a_day_and_asks_a_chat_that_speaks_for_somebody_else(
    codes: LoginCodes, shop: Services, seed: Seed, database: Database, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    await seed.mailbox("bianchi")
    await codes.ask(OTHER, "bianchi@example.com")
    await codes.enter(OTHER, await last_code(database, "bianchi@example.com"))
    await codes.ask(CHAT, KNOWN)
    first = str((await mailed(database, KNOWN))[-1]["token"])
    asked = await shop.linking.redeem(OTHER, first)
    assert isinstance(asked, ConfirmationNeeded)
    assert await bound(database, OTHER) == ["bianchi"]
    await shop.linking.confirm(OTHER, asked.token_id)
    assert await bound(database, OTHER) == ["bianchi", "rossi"]
    clock.advance(timedelta(minutes=1))
    await codes.ask(CHAT, KNOWN)
    second = str((await mailed(database, KNOWN))[-1]["token"])
    clock.advance(timedelta(hours=24))
    with pytest.raises(TokenRefused) as late:
        await shop.linking.redeem(CHAT, second)
    assert late.value.fault is TokenFault.EXPIRED


async def test_the_link_lets_nobody_in_whose_address_has_become_another_before_it_was_confirmed(
    codes: LoginCodes, shop: Services, seed: Seed, database: Database
) -> None:
    await seed.mailbox("rossi")
    await seed.mailbox("bianchi")
    await codes.ask(OTHER, "bianchi@example.com")
    await codes.enter(OTHER, await last_code(database, "bianchi@example.com"))
    await codes.ask(CHAT, KNOWN)
    token = str((await mailed(database, KNOWN))[-1]["token"])
    asked = await shop.linking.redeem(OTHER, token)
    assert isinstance(asked, ConfirmationNeeded)
    async with database.write() as session:
        rossi = (
            await session.scalars(
                select(CustomerRow).where(CustomerRow.email_index == database.keys.index(KNOWN))
            )
        ).one()
        rossi.reference_email = "rossi-nuovo@example.com"
        rossi.email_index = database.keys.index("rossi-nuovo@example.com")
    with pytest.raises(TokenRefused) as moved:
        await shop.linking.confirm(OTHER, asked.token_id)
    assert moved.value.fault is TokenFault.UNKNOWN
    with pytest.raises(TokenRefused):
        await shop.linking.redeem(CHAT, token)
    assert await bound(database, OTHER) == ["bianchi"]
    assert await bound(database, CHAT) == []


async def test_a_nobodys_address_has_no_link(codes: LoginCodes, shop: Services, database: Database) -> None:
    await codes.ask(CHAT, UNKNOWN)
    token = str((await mailed(database, None))[-1]["token"])
    with pytest.raises(TokenRefused) as nobody:
        await shop.linking.redeem(CHAT, token)
    assert nobody.value.fault is TokenFault.UNKNOWN


@pytest.mark.parametrize("address", [KNOWN, *long(UNKNOWN)])
async def test_another_code_is_no_new_set_of_attempts_and_the_cool_down_holds_for_the_chat_alone(
    address: str, codes: LoginCodes, seed: Seed, database: Database, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    await codes.ask(CHAT, address)
    left = []
    for number in range(5):
        code = str((await mailed(database, None))[-1]["code"])
        result = await codes.enter(CHAT, another_code(code))
        assert isinstance(result, WrongCode)
        left.append(result.attempts_left)
        if number == 2:
            await codes.ask(CHAT, address)
    assert left == [4, 3, 2, 1, 0]
    until = clock.now() + timedelta(minutes=60)
    for doing in (
        lambda: codes.enter(CHAT, "000000"),
        lambda: codes.awaited(CHAT),
        lambda: codes.ask(CHAT, "altro@example.com"),
    ):
        with pytest.raises(CodesPaused) as paused:
            await doing()
        assert (paused.value.reason, paused.value.until) == (CodePause.WRONG_CODES, until)
    await codes.ask(OTHER, address)
    clock.advance(timedelta(minutes=60))
    await codes.ask(CHAT, address)
    assert await codes.enter(
        CHAT, another_code(str((await mailed(database, None))[-1]["code"]))
    ) == WrongCode(4)


async def test_old_requests_are_forgotten_with_their_mails(
    codes: LoginCodes, seed: Seed, database: Database, clock: FrozenClock
) -> None:
    await seed.mailbox("rossi")
    await codes.ask(CHAT, KNOWN)
    clock.advance(timedelta(days=2))
    await codes.ask(OTHER, KNOWN)
    assert await codes.purge(clock.now() - timedelta(days=1)) == 1
    assert await codes.awaited(CHAT) is None
    assert await codes.awaited(OTHER) is not None
    assert len(await mailed(database, KNOWN)) == 1


@dataclass(frozen=True)
class Step:
    """What somebody does, after so many minutes."""

    minutes: int
    does: str


_steps = st.lists(
    st.builds(
        Step,
        minutes=st.sampled_from([0, 0, 0, 1, 9, 10, 20, 59, 60]),
        does=st.sampled_from(["ask", "again", "wrong", "wrong", "wrong", "wrong", "nonsense", "look"]),
    ),
    max_size=25,
)
_numbers = count(1)


async def does(codes: LoginCodes, actor: Actor, address: str, step: Step, requests: list[int]) -> object:
    """What is answered, in a form that can be compared."""
    try:
        match step.does:
            case "ask":
                await codes.ask(actor, address)
            case "again":
                await codes.ask_again(actor, requests[-1] if requests else 0)
            case "look":
                pass
            case typed:
                return await codes.enter(actor, "000000" if typed == "wrong" else "x")
        awaited = await codes.awaited(actor)
    except CodesPaused as paused:
        return paused.reason, paused.until
    except (CodeNotOpen, NotACode) as refused:
        return type(refused)
    if awaited is None:
        return None
    requests.append(awaited.request_id)
    return awaited.good_until, awaited.attempts_left


@pytest.fixture
def one_code_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed is right or wrong for both addresses."""
    monkeypatch.setattr("bot.services.people.mailed_codes.secrets.randbelow", lambda _: 123456)


@pytest.mark.usefixtures("one_code_for_all")
@given(steps=_steps)
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_is_done_an_unknown_address_is_answered_as_a_known_one_and_the_limits_hold(
    codes: LoginCodes, seed: Seed, database: Database, clock: FrozenClock, steps: list[Step]
) -> None:
    await answers_both_alike(codes, seed, database, clock, steps)


@pytest.mark.soak
@pytest.mark.usefixtures("one_code_for_all")
@given(steps=_steps)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_is_done_a_hundred_times_both_are_answered_alike_and_the_limits_hold(
    codes: LoginCodes, seed: Seed, database: Database, clock: FrozenClock, steps: list[Step]
) -> None:
    await answers_both_alike(codes, seed, database, clock, steps)


async def answers_both_alike(
    codes: LoginCodes, seed: Seed, database: Database, clock: FrozenClock, steps: list[Step]
) -> None:
    """Of two chats that do the same, one gives an address that nobody has."""
    number = next(_numbers)
    await seed.mailbox(f"cliente{number}")
    pair: list[tuple[Actor, str, list[int]]] = [
        (Actor(1000 + 2 * number, "it"), f"cliente{number}@example.com", []),
        (Actor(1001 + 2 * number, "it"), f"nessuno{number}@example.com", []),
    ]
    closed_until = clock.now()
    for step in steps:
        clock.advance(timedelta(minutes=step.minutes))
        known, unknown = [
            await does(codes, actor, address, step, requests) for actor, address, requests in pair
        ]
        assert known == unknown
        if clock.now() < closed_until:
            assert not isinstance(known, WrongCode)
        if known == WrongCode(0):
            closed_until = clock.now() + timedelta(minutes=60)
    async with database.read() as session:
        rows = await session.execute(select(LoginCodeRow).where(LoginCodeRow.chat_id == pair[0][0].chat_id))
        asked = sorted(row.created_at for row in rows.scalars())
    for first, fourth in zip(asked, asked[3:], strict=False):
        assert fourth - first >= timedelta(hours=1)
    assert await bound(database, pair[0][0]) == []
