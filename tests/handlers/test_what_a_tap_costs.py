"""How often each kind of tap goes to the database: goings and statements are counted, nothing is timed.

An update reads once: the chat's state, the chat, the renewal under way with its holder and mailboxes. What is chosen is
written once, with the state and the note of the update. What promises something is committed before it is drawn, and
then the state: there two transactions are right, and they are named here.
"""

from collections.abc import AsyncIterator

import pytest

from bot.app import build_bot, build_conversation, redis_backing
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.playground.session import WorldSession
from bot.playground.world import World
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.redis_server import forget
from tests.support.running_bot import TOKEN, Talk
from tests.support.seed import Seed
from tests.support.statements import asked_of

RENEWAL = (
    # what is done, by which words or label; goings to read, transactions, statements
    ("a renewal is begun", "/renew", (2, 2, 12)),
    ("a window that changes nothing", "Cambia piano", (1, 1, 6)),
    ("a window back", "Indietro", (1, 1, 6)),
    ("a window that changes nothing", "Cambia piano", (1, 1, 6)),
    ("a plan is looked at", "Pro", (1, 1, 6)),
    ("a plan is chosen", "Passa a Pro", (1, 1, 9)),
    ("space is added", "+1 casella", (1, 1, 8)),
    ("much space is added", "+5 casella", (1, 1, 8)),
    ("a step is done", "Continua", (1, 1, 7)),
    ("no kit", "Senza kit", (1, 1, 7)),
    ("the data are confirmed", "Confermo i dati", (1, 1, 7)),
    ("a method is chosen", "Bonifico bancario", (1, 1, 7)),
    ("years are chosen", "2 anni", (1, 1, 7)),
    ("a document is accepted", "Accetto condizioni", (1, 1, 6)),
    ("a document is accepted", "clausole vessatorie", (1, 1, 6)),
    ("a document is accepted", "Ho letto l'informativa", (1, 1, 6)),
    ("an order is placed: committed, then drawn", "obbligo di pagare", (2, 2, 25)),
    ("the order is looked at", "Vedi l'ordine", (3, 1, 15)),
    ("cancelling is asked", "Annulla ordine", (3, 1, 13)),
    ("an order is cancelled: committed, then drawn", "Annulla definitivamente", (3, 2, 22)),
)
"""A whole renewal of one mailbox."""

BESIDE = (
    ("home", "/start", (3, 1, 7)),
    ("the mailboxes", "/mailboxes", (3, 1, 10)),
    ("the orders", "/orders", (2, 1, 7)),
    ("the settings", "/settings", (3, 1, 11)),
    ("their mailboxes", "Caselle", (2, 1, 9)),
    ("one of them", "rossi1", (4, 1, 15)),
    ("its automatic renewal", "Rinnovo automatico", (2, 1, 10)),
    ("a window back", "Indietro", (3, 1, 11)),
)
"""Around the renewal."""


async def do(chat: Chat, what: str) -> None:
    """Send a command, or tap the button with this label."""
    await (chat.send(what) if what.startswith("/") else chat.tap(what))


async def walk(
    chat: Chat, database: Database, steps: tuple[tuple[str, str, tuple[int, int, int]], ...]
) -> None:
    """Take the steps, and hold each against its figures."""
    found = []
    for name, what, _ in steps:
        with asked_of(database) as asked:
            await do(chat, what)
        found.append((name, what, asked.figures))
    assert tuple(found) == steps


@pytest.fixture
async def database(each_database_url: str, keys: KeyRing) -> AsyncIterator[Database]:
    """SQLite and PostgreSQL, as the bot runs on them."""
    opened = Database(each_database_url, keys)
    await opened.start()
    yield opened
    await opened.dispose()


async def test_a_whole_renewal(talk: Talk, seed: Seed, database: Database) -> None:
    await seed.mailbox("rossi")
    await walk(await talk("rossi"), database, RENEWAL)


async def test_around_the_renewal(talk: Talk, seed: Seed, database: Database) -> None:
    await seed.mailbox("rossi")
    await walk(await talk("rossi"), database, BESIDE)


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
        for label, figures in (("Cambia piano", (1, 1, 5)), ("Pro", (1, 1, 5)), ("Passa a Pro", (1, 1, 8))):
            with asked_of(database) as asked:
                await chat.tap(label)
            assert (label, asked.figures) == (label, figures)
    finally:
        await forget(bot.id)
        await in_redis.close()
