"""Statements and transactions of each kind of tap, counted: ``python -m tests.load.statements``.

The product's dialogs run in this process, on an SQLite file, and somebody goes through a whole renewal.
"""

from collections.abc import Awaitable
from pathlib import Path

from rich.console import Console

from bot.app import Told, build_bot, build_conversation
from bot.clock import SystemClock
from bot.playground.session import WorldSession
from bot.playground.world import World
from bot.texts import Texts
from tests.load.stage.alone import alone
from tests.load.stage.paper import figures
from tests.load.stage.preparing import FAR, PLAN, Ground, new_sqlite
from tests.load.stage.shown import BACK, OPEN
from tests.load.stage.statements import Eavesdropper, Heard
from tests.load.stage.ways import LONG_WAY
from tests.support.chat import Chat
from tests.support.seed import Seed


async def measure(folder: Path) -> list[tuple[str, Heard]]:
    """Go through a renewal, and count: each tap, or what was written, with what it told the database."""
    eavesdropper, ground = Eavesdropper(), Ground(new_sqlite(folder))
    found: list[tuple[str, Heard]] = []

    async def note(name: str, doing: Awaitable[None]) -> None:
        eavesdropper.heard()
        await doing
        found.append((name, eavesdropper.heard()))

    with eavesdropper.listening():
        async with ground.open() as (database, surroundings):
            await Seed(database, surroundings).mailbox("cliente", plan=PLAN, expires_in=FAR)
            conversation = build_conversation(
                database, surroundings, Texts.load(), SystemClock(), told=Told()
            )
            world = World("42:counted")
            bot = build_bot(world.token, WorldSession(world))
            await conversation.dispatcher.emit_startup(bot=bot)
            world.open_chat(1, "Prova", "it")
            chat = Chat(world, bot, conversation, 1)
            await chat.follow((await conversation.services.linking.invite("cliente")).token)
            await note("/mailboxes", chat.send("/mailboxes"))
            await note("/start", chat.send("/start"))
            await note("Rinnova", chat.tap("Rinnova"))  # on the first screen, instead of a reminder
            for label in (OPEN, BACK, *LONG_WAY[1:]):
                await note(label, chat.tap(label))
    return found


async def bench(console: Console, folder: Path) -> None:
    """Count, and print."""
    table = figures("What a tap tells SQLite", "statements", "transactions", "that write")
    for name, heard in await measure(folder):
        table.add_row(name, str(heard.statements), str(heard.transactions), str(heard.writes))
    console.print(table)


if __name__ == "__main__":
    alone(bench)
