"""Each law is shown a world in which it does not hold: a law that cannot fail says nothing."""

import copy
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.db.engine import Database
from bot.services.payments import payments
from bot.telegram.dispatching import RinnovoDispatcher
from bot.texts import Texts
from tests.simulation.actions import Action, Lot
from tests.simulation.journal import Answer, Stop
from tests.simulation.life import Life, Means, Report, lived
from tests.simulation.process import Process
from tests.simulation.registry import ACTORS, LAWS, Actor
from tests.support.databases import ReusedEngines, SqliteFiles

SEED = 18
"""Whose people live here: several customers, one of them a business abroad, chats and mailboxes."""
NINE, TEN, AFTER_THE_EVENING = 9 * 60 + 5, 10 * 60, 20 * 60
PAID = (
    *(Action(0, NINE + number, "renew", number) for number in range(8)),
    *(Action(0, TEN + number, "pay", number) for number in range(3)),
    Action(0, TEN + 20, "work", 1),
)
"""People who renew, some of whom pay."""
LIVED = (
    *(Action(0, NINE + number, "renew", number) for number in range(10)),
    *PAID[8:11],
    *(Action(0, TEN + 5 + number, "invoice", number) for number in range(2)),
    *(Action(0, TEN + 8 + number, "pay otherwise", number) for number in range(3)),
    Action(0, TEN + 12, "pay several", 0),
    *(Action(0, TEN + 15 + number, "withdraw", number) for number in range(4)),
    *(Action(0, TEN + 6 + number, "statement", number) for number in range(6)),
    *(Action(0, TEN + 2, "statement", number) for number in range(20, 26)),
    *(Action(0, TEN + 13 + number, "decide on statements", number) for number in range(4)),
    Action(0, TEN + 20, "decide on vat", 0),
    Action(0, TEN + 21, "import all", 1),
    Action(0, TEN + 22, "work", 1),
)
"""People who do with their orders what can be done with them."""

Break = Callable[[Life], Awaitable[None]]
Said = dict[str, dict[str, list[str]]]
"""What each law says: by what was broken, and by its name."""

BY_A_STATEMENT = "payment_id LIKE 'IT24F%' AND kind = 'registered' AND origin_id IS NULL"
FIRST_BY_A_STATEMENT = f"SELECT min(payment_id) FROM payment WHERE {BY_A_STATEMENT}"
ANOTHER = "SELECT max(id) FROM orders WHERE id <> payment.order_id"
FIRST = "(SELECT min(id) FROM payment WHERE counted > 0)"
WORDLESS_NOTICE = """
    INSERT INTO owed_notice (mailbox_id, expires_on, due_by, late, key, channel, written_at, settled_at, outcome)
    SELECT id, expires_on, expires_on, 0, 'notice:1', 'telegram', '2099-01-01', '2099-01-01 00:00:00.000000', 'sent'
    FROM mailbox WHERE gone_on IS NOT NULL
    """
DATABASES: dict[str, tuple[str, ...]] = {
    "what was answered is in the ledger, once": (
        f"UPDATE payment SET amount = amount + 1 WHERE id = {FIRST}",
    ),
    "received - reversed = counted + what waits, is due back or was given back": (
        f"UPDATE payment SET counted = counted - 1 WHERE id = {FIRST}",
    ),
    "an order is what was paid for it": (
        f"UPDATE orders SET status = 'expired' WHERE id = (SELECT order_id FROM payment WHERE id = {FIRST})",
    ),
    "evidence is whole, and tells how each order stands": (
        "UPDATE evidence_content SET salt = zeroblob(16)",
    ),
    "no mailbox is in two open orders": ("UPDATE order_item SET open = NOT open",),
    "a draft makes one order": ("INSERT INTO orders SELECT * FROM orders",),
    "a withdrawal is told once, and what is due back waits for a person": (
        "DELETE FROM outbox WHERE key LIKE 'withdrawn:%:mail'",
    ),
    "an order is paid by the method that was chosen last, while no money counted": (
        "UPDATE order_method_change SET method_id = 'barter'",
    ),
    "an order that waits for a word on its vat is asked about, and costs what the word says": (
        "UPDATE order_vat_decision SET due = due + 1",
    ),
    "a collective number pays its own orders, and them alone": ("DELETE FROM collective_order",),
    "an invoice that was taken stands with its order, and is told once": ("DELETE FROM invoice",),
    "of a mailbox that is gone nothing is told": (WORDLESS_NOTICE,),
    "an expiry moves with a paid order, or with a file": (
        "UPDATE mailbox SET expires_on = date(expires_on, '+1 year')",
    ),
    "what an order brings is written to be told": ("DELETE FROM outbox WHERE key LIKE 'placed:%'",),
    "what is noted as sent has arrived, and nothing stays behind": (
        "UPDATE outbox SET id = id + 100000 WHERE state = 'sent' AND channel = 'mail'",
    ),
    "no reminder is missing that was due": ("DELETE FROM reminder",),
    "no step is told twice for one expiry": (
        """
        INSERT INTO outbox (key, channel, bulk, chat_id, payload, state, created_at, due_at, attempts, settled_at)
        SELECT key || '-again', channel, bulk, chat_id, payload, 'sent', created_at, due_at, 1, settled_at
        FROM outbox WHERE key LIKE 'remind:%' AND state = 'sent'
        """,
    ),
    "what proves a notice has its words": (WORDLESS_NOTICE,),
    "a notice that is owed is told in time, or a person knows": (
        "UPDATE mailbox SET auto_renew = 1, plan_id = 'pro', expires_on = '2026-12-14'",
    ),
    "a movement of the bank is registered once, and counts once": (
        f"UPDATE payment SET payment_id = ({FIRST_BY_A_STATEMENT}) WHERE {BY_A_STATEMENT}",
    ),
    "what a statement registers by itself is what its payer meant": (
        "UPDATE statement_entry SET decided_by = 'command' WHERE state = 'registered'",
        f"UPDATE payment SET order_id = ({ANOTHER}) WHERE {BY_A_STATEMENT}",
    ),
    "what a statement registered is the money that the bank booked": (
        f"UPDATE payment SET amount = amount + 1 WHERE {BY_A_STATEMENT}",
    ),
    "each entry of a file that was taken is in one heap": (
        "DELETE FROM statement_entry WHERE id = (SELECT min(id) FROM statement_entry)",
    ),
}
"""How each law's database is broken, as no code of ours does it."""


async def _said_twice(life: Life) -> None:
    carried = next(each for each in life.journal.carried if each.channel == "mail" and each.arrived)
    life.journal.carried.append(replace(carried, at=carried.at + 10**6))


async def _sent_while_stopped(life: Life) -> None:
    life.journal.stops.append(Stop(frozenset({"mail"}), frozenset(), began=0))


async def _without_an_answer(life: Life) -> None:
    life.journal.answers.append(Answer(1001, "text 'pronto?'", seen=0, faults=0, deaths=0))


async def _two_things_by_one_id(life: Life) -> None:
    event_id, body = life.weather.told[0]
    life.weather.told.append((event_id, body | {"type": "another"}))


async def _noted_and_never_sent(life: Life) -> None:
    life.journal.carried.clear()


JOURNALS: dict[str, Break] = {
    "nothing is sent twice but over a death": _said_twice,
    "every text and every tap is answered": _without_an_answer,
    "nothing leaves while sending is stopped": _sent_while_stopped,
    "an event has the same id whenever it comes": _two_things_by_one_id,
    "what is noted as sent has arrived, and nothing stays behind": _noted_and_never_sent,
}


@pytest.fixture(scope="module")
def means(tmp_path_factory: pytest.TempPathFactory, texts: Texts) -> Means:
    """What lives are lent."""
    return Means(tmp_path_factory.mktemp("lives"), near=True, texts=texts)


def world(
    act: Break, means: Means, url: str, before: Sequence[Action] = PAID, minute: int = TEN + 60
) -> Report:
    """A day on which these things happen, and then something breaks the world."""
    with _breaking(act):
        return lived(SEED, [*before, Action(0, minute, "break", 0)], 1, url, means)


@contextmanager
def _breaking(act: Break) -> Iterator[None]:
    async def broken(life: Life, process: Process, lot: Lot) -> str:
        del process, lot
        await act(life)
        return "broken"

    ACTORS["break"] = Actor("break", 0, broken)
    try:
        yield
    finally:
        del ACTORS["break"]


async def _judged(life: Life, law: str) -> list[str]:
    """What a law says, without remembering that it was asked."""
    memory, life.memory = life.memory, copy.deepcopy(life.memory)
    try:
        return await LAWS[law].judge(life)
    finally:
        life.memory = memory


def _break(path: Path, statements: Sequence[str]) -> None:
    """Change a database, with its triggers and unique indexes taken away."""
    with closing(sqlite3.connect(path)) as broken, broken:
        for kind in ("trigger", "index"):
            found = broken.execute(
                "SELECT name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL", (kind,)
            )
            for (name,) in found.fetchall():
                broken.execute(f"DROP {kind} {name}")
        broken.execute("CREATE TABLE free AS SELECT * FROM orders")  # without what holds a draft to one order
        broken.execute("DROP TABLE orders")
        broken.execute("ALTER TABLE free RENAME TO orders")
        for statement in statements:
            assert broken.execute(statement).rowcount > 0, f"nothing to break: {statement}"


@pytest.fixture(scope="module")
def said(means: Means, sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What the laws say of one life as it was, by its database broken, and by its journal broken."""
    folder = tmp_path_factory.mktemp("life")
    found: Said = {"nothing": {}, "database": {}, "journal": {}}

    async def look(life: Life) -> None:
        for law in LAWS:
            found["nothing"][law] = await _judged(life, law)
        sound, engines = life.database, ReusedEngines(folder, near=True)
        for number, (law, statements) in enumerate(DATABASES.items()):
            path = folder / f"broken-{number}.db"
            with closing(sqlite3.connect(life_file)) as source:
                source.execute("VACUUM INTO ?", (str(path),))
            _break(path, statements)
            life.database = Database(f"sqlite:///{path}", sound.keys, engines.on(f"sqlite:///{path}"))
            found["database"][law] = await _judged(life, law)
            await life.database.dispose()
        life.database = sound
        for law, act in JOURNALS.items():
            journal, told = life.journal, list(life.weather.told)
            life.journal = copy.deepcopy(journal)
            await act(life)
            found["journal"][law] = await _judged(life, law)
            life.journal, life.weather.told = journal, told

    place = tmp_path_factory.mktemp("sound")
    life_file = place / "rinnovo.db"
    report = world(look, means, sqlite_files.new(place), LIVED, minute=AFTER_THE_EVENING)
    assert not report.violations, [*report.lines, *report.violations]
    return found


@pytest.mark.soak
@pytest.mark.parametrize("law", LAWS)
def test_a_law_holds_in_a_world_as_it_should_be(law: str, said: Said) -> None:
    assert said["nothing"][law] == []


@pytest.mark.soak
@pytest.mark.parametrize("law", DATABASES)
def test_a_law_refuses_a_database_in_which_it_does_not_hold(law: str, said: Said) -> None:
    assert said["database"][law]


@pytest.mark.soak
@pytest.mark.parametrize("law", JOURNALS)
def test_a_law_refuses_what_left_the_bot_otherwise(law: str, said: Said) -> None:
    assert said["journal"][law]


def _knows_no_payment_again(patch: pytest.MonkeyPatch) -> None:
    async def known(*_: Any) -> None:
        return None

    patch.setattr(payments, "_known", known)


def _hears_nobody(patch: pytest.MonkeyPatch) -> None:
    async def feed(*_: Any, **__: Any) -> None:
        return None

    patch.setattr(RinnovoDispatcher, "feed_raw_update", feed)


def _owes_no_notice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("bot.services.reminders.owed.is_owed", lambda *_: False)


MISTAKES: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "a payment is not known again": (_knows_no_payment_again, "what was answered is in the ledger, once"),
    "nobody is heard": (_hears_nobody, "every text and every tap is answered"),
    "no notice is owed": (_owes_no_notice, "a notice that is owed is told in time, or a person knows"),
}


@pytest.mark.soak
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_bot_is_found(
    mistake: str, means: Means, sqlite_files: SqliteFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, law = MISTAKES[mistake]
    make(monkeypatch)

    async def go_on(life: Life) -> None:
        """Let a mailbox be charged in 23 days; and tell of each payment once more, by another call."""
        box = life.provider.rows[next(iter(life.provider.rows))]
        box |= {"auto_renew": "true", "plan": "pro", "expires_on": f"{life.today + timedelta(days=30)}"}
        await ACTORS["import as it is"].act(life, life.processes[0], Lot(0))
        life.bank.calls += [
            replace(call, webhook_id=f"{call.webhook_id}-once-more", outcome=None) for call in life.bank.calls
        ]

    before = (*PAID[:4], *PAID[8:]) if mistake == "a payment is not known again" else PAID[:2]
    report = world(go_on, means, sqlite_files.new(tmp_path), before)
    assert law in {each.law for each in report.violations}, [*report.lines, *report.violations]


def test_each_law_is_shown_to_fail() -> None:
    assert {law.name for law in LAWS.values()} == {
        *DATABASES,
        *JOURNALS,
        *(law for _, law in MISTAKES.values()),
    }
