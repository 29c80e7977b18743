"""How often each kind of tap goes to the database: goings and statements are counted, nothing is timed.

An update reads once, by one statement: the chat's state, the chat, the renewal under way with its holder and mailboxes.
What is chosen is written once, with the state and the note of the update, which on PostgreSQL are one statement.

Lists, orders and settings are read by a second going, once it is known what is asked: what a handler has read the
window that follows does not read again. What promises something is committed before it is drawn, is read anew, and then
the state is written: there two transactions are right, and they are named here. They are an order, its cancellation,
what is said of its payment, another method, the switch of automatic renewal and those of reminders, a withdrawal, and a
link that is made or let go of.
"""

from collections.abc import AsyncIterator

import pytest

from bot.app import build_bot, build_conversation, redis_backing
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.playground.session import WorldSession
from bot.playground.world import World
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.ground import on_both
from tests.support.long_runs import long
from tests.support.redis_server import forget
from tests.support.running_bot import TOKEN, Talk
from tests.support.seed import Seed
from tests.support.statements import asked_of

Step = tuple[str, str, tuple[int, int], tuple[int, int]]
"""What is done, by which words or label; goings to read, transactions; statements on SQLite, and on PostgreSQL."""

RENEWAL: tuple[Step, ...] = (
    ("a renewal is begun", "/renew", (2, 2), (11, 9)),
    ("a window that changes nothing", "Cambia piano", (1, 1), (4, 2)),
    ("a window back", "Indietro", (1, 1), (4, 2)),
    ("a window that changes nothing", "Cambia piano", (1, 1), (4, 2)),
    ("a plan is looked at", "Pro", (1, 1), (4, 2)),
    ("a plan is chosen", "Passa a Pro", (1, 1), (7, 5)),
    ("space is added", "+1 casella", (1, 1), (6, 5)),
    ("much space is added", "+5 casella", (1, 1), (6, 5)),
    ("a step is done", "Continua", (1, 1), (5, 3)),
    ("no kit", "Senza kit", (1, 1), (5, 3)),
    ("the data are confirmed", "Confermo i dati", (1, 1), (5, 3)),
    ("a method is chosen", "Bonifico bancario", (1, 1), (5, 3)),
    ("years are chosen", "2 anni", (1, 1), (5, 3)),
    ("a document is accepted", "Accetto condizioni", (1, 1), (4, 3)),
    ("a document is accepted", "clausole vessatorie", (1, 1), (4, 3)),
    ("a document is accepted", "Ho letto l'informativa", (1, 1), (4, 3)),
    ("an order is placed: committed, then drawn", "obbligo di pagare", (2, 2), (26, 24)),
    ("the order is looked at", "Vedi l'ordine", (2, 1), (10, 7)),
    ("cancelling is asked", "Annulla ordine", (2, 1), (8, 6)),
    ("an order is cancelled: committed, then drawn", "Annulla definitivamente", (2, 2), (21, 19)),
)
"""A whole renewal of one mailbox."""

BESIDE: tuple[Step, ...] = (
    ("home", "/start", (2, 1), (5, 5)),
    ("the mailboxes", "/mailboxes", (3, 1), (9, 7)),
    ("the orders", "/orders", (2, 1), (6, 3)),
    ("the settings", "/settings", (2, 1), (9, 6)),
    ("their mailboxes", "Caselle", (2, 1), (8, 6)),
    ("one of them", "rossi1", (2, 1), (8, 6)),
    ("its automatic renewal", "Rinnovo automatico", (2, 1), (9, 7)),
    ("a window back", "Indietro", (2, 1), (8, 6)),
)
"""Around the renewal."""

PROMISES: tuple[Step, ...] = (
    ("it is said that it is paid: committed, then shown, then noted as shown", "Ho pagato", (4, 3), (28, 26)),
    ("that is taken back: committed, then drawn", "Non ho ancora pagato", (2, 2), (15, 13)),
    ("the order is looked at", "Vedi l'ordine", (2, 1), (10, 7)),
    ("other methods are looked at", "Altra modalità", (2, 1), (8, 6)),
    ("one of them is looked at", "Carta", (2, 1), (8, 6)),
    ("it is chosen: committed, then drawn", "Cambia modalità", (3, 2), (25, 23)),
    ("withdrawing is asked", "Recedere", (2, 1), (10, 8)),
    ("the statement is read", "Continua", (2, 1), (10, 8)),
    ("an order is withdrawn from: committed, then drawn", "Conferma recesso", (3, 2), (42, 40)),
)
"""What an open order is for, beside being cancelled."""

SWITCHES: tuple[Step, ...] = (
    ("the automatic renewal", "Rinnovo automatico", (2, 1), (9, 7)),
    ("it is switched off: committed, then drawn", "Disattiva rinnovo automatico", (2, 2), (29, 29)),
    ("it is switched on: committed, then drawn", "Attiva", (2, 2), (29, 29)),
    ("a window back", "Indietro", (2, 1), (8, 6)),
    ("reminders are switched off: committed, then drawn", "Solo gli ultimi", (3, 2), (14, 14)),
    ("unlinking is asked", "/unlink", (1, 1), (2, 2)),
    ("a chat is unlinked: committed, then shown", "Scollega la chat", (1, 2), (13, 10)),
)
"""What is switched in the settings, and the link that is let go of."""

OFFERED = (1, 2, 5)
"""An invitation of another customer is followed: that it is offered to this chat is committed, then it is asked."""

LINKS: tuple[Step, ...] = (
    ("a customer is added: committed, then shown", "Aggiungi il cliente", (3, 2), (16, 14)),
)
"""And taken; one of the statements holds the customer, who may be deleted at the same moment."""


async def do(chat: Chat, what: str) -> None:
    """Send a command, or tap the button with this label."""
    await (chat.send(what) if what.startswith("/") else chat.tap(what))


def on_postgresql(database: Database) -> bool:
    """Whether it is, of the two."""
    return database.engines[0].dialect.name == "postgresql"


async def walk(chat: Chat, database: Database, steps: tuple[Step, ...]) -> None:
    """Take the steps, and hold each against its figures."""
    on = on_postgresql(database)
    found, expected = [], []
    for name, what, (reads, writes), statements in steps:
        with asked_of(database) as asked:
            await do(chat, what)
        found.append((name, what, asked.figures))
        expected.append((name, what, (reads, writes, statements[on])))
    assert found == expected


@pytest.fixture
async def database(each_database_url: str, keys: KeyRing) -> AsyncIterator[Database]:
    """SQLite and PostgreSQL, as the bot runs on them."""
    opened = Database(each_database_url, keys)
    await opened.start()
    yield opened
    await opened.dispose()


@on_both
@pytest.mark.parametrize("steps", [RENEWAL[:7], *long((RENEWAL,))], ids=len)
async def test_a_whole_renewal(talk: Talk, seed: Seed, database: Database, steps: tuple[Step, ...]) -> None:
    await seed.mailbox("rossi")
    await walk(await talk("rossi"), database, steps)


async def test_around_the_renewal(talk: Talk, seed: Seed, database: Database) -> None:
    await seed.mailbox("rossi")
    await walk(await talk("rossi"), database, BESIDE)


@pytest.mark.soak
async def test_what_is_promised_of_an_order(talk: Talk, seed: Seed, database: Database) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    for _, what, *_ in RENEWAL[: [step[1] for step in RENEWAL].index("Vedi l'ordine")]:
        await do(chat, what)
    await walk(chat, database, PROMISES)


@pytest.mark.soak
async def test_what_is_switched(talk: Talk, seed: Seed, database: Database) -> None:
    await seed.mailbox("rossi", auto_renew=True)
    chat = await talk("rossi")
    for what in ("/settings", "Caselle", "rossi1"):
        await do(chat, what)
    await walk(chat, database, SWITCHES)


async def test_a_link_is_committed_and_then_shown(
    talk: Talk, seed: Seed, database: Database, services: Services
) -> None:
    for customer in ("rossi", "bianchi"):
        await seed.mailbox(customer)
    chat = await talk("rossi")
    invitation = await services.linking.invite("bianchi")
    with asked_of(database) as asked:
        await chat.follow(invitation.token)
    assert asked.figures == OFFERED
    await walk(chat, database, LINKS)


async def test_with_redis_an_update_reads_once_and_writes_once_too(
    database: Database,
    surroundings: Surroundings,
    texts: Texts,
    clock: FrozenClock,
    world: World,
    seed: Seed,
    redis_url: str,
) -> None:
    await seed.mailbox("rossi")
    in_redis = redis_backing(redis_url, database, clock)
    conversation = build_conversation(database, surroundings, texts, clock, in_redis)
    bot = build_bot(TOKEN, WorldSession(world))
    await conversation.dispatcher.emit_startup(bot=bot)
    world.open_chat(1001, "Prova", "it")
    chat = Chat(world, bot, conversation, 1001)
    try:
        await forget(bot.id)
        await chat.follow((await conversation.services.linking.invite("rossi")).token)
        await do(chat, "/renew")
        for label, statements in (("Cambia piano", (3, 2)), ("Pro", (3, 2)), ("Passa a Pro", (6, 5))):
            with asked_of(database) as asked:
                await chat.tap(label)
            assert (label, asked.figures) == (label, (1, 1, statements[on_postgresql(database)]))
    finally:
        await forget(bot.id)
        await in_redis.close()
