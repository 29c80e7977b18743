"""What evidence costs: a renewal with it and without, and a look at all of it: ``python -m tests.load.evidence``.

The dialogs run in this process on an SQLite file, and somebody goes the whole short way again and again, with the
record written and left out in turn; this process's CPU is counted, in which the playground's Telegram is, too: the
milliseconds of the difference say more than the ratio. Then a database with ``RECORDS`` records, a million without it,
is checked in one pass, and a fiftieth of it before: what is held meanwhile, counted from when the check begins, must
not grow with them.
"""

import gc
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pytest
from rich.console import Console
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Told, build_bot, build_conversation
from bot.clock import SystemClock
from bot.db.engine import Database
from bot.domain.evidence.chain import Chain, Kind, Subject
from bot.playground.session import WorldSession
from bot.playground.world import World
from bot.services.evidence import of_orders
from bot.services.evidence.reading import check_all
from bot.services.evidence.writing import Entry, record
from bot.texts import Texts
from tests.load.stage.alone import alone
from tests.load.stage.kernel import forget_the_peak, peak_mib
from tests.load.stage.paper import figures
from tests.load.stage.preparing import FAR, PLAN, Ground, new_sqlite
from tests.load.stage.ways import SHORT_WAY
from tests.support.chat import Chat
from tests.support.seed import Seed

ROUNDS, RENEWALS = 6, 12
RECORDS = int(os.environ.get("RECORDS", "1000000"))
_TO_A_CHAIN, _AT_A_TIME = 10, 2_000
_MS = 1000
_WAY = ("1 anno", *SHORT_WAY[1:])
"""The short way, begun on the first screen instead of a reminder."""


async def renewals(folder: Path) -> tuple[float, float]:
    """Milliseconds of CPU of a renewal with evidence and without: medians of rounds that alternate."""
    costs: dict[bool, list[float]] = {True: [], False: []}
    async with Ground(new_sqlite(folder)).open() as (database, surroundings):
        conversation = build_conversation(database, surroundings, Texts.load(), SystemClock(), told=Told())
        world = World("42:evidence")
        bot = build_bot(world.token, WorldSession(world))
        await conversation.dispatcher.emit_startup(bot=bot)
        seed, person = Seed(database, surroundings), 0
        for number in range(ROUNDS * 2):
            kept = number % 2 == 0
            chats = []
            for _ in range(RENEWALS):
                person += 1
                code = f"cliente{person}"
                await seed.mailbox(code, plan=PLAN, expires_in=FAR)
                world.open_chat(person, "Prova", "it")
                chat = Chat(world, bot, conversation, person)
                await chat.follow((await conversation.services.linking.invite(code)).token)
                chats.append(chat)
            gc.collect()
            with _written(kept=kept):
                before = time.process_time()
                for chat in chats:
                    await chat.send("/start")
                    await chat.tap("Rinnova")
                    for label in _WAY:
                        await chat.tap(label)
                costs[kept].append((time.process_time() - before) / RENEWALS * _MS)
    return median(costs[True]), median(costs[False])


@contextmanager
def _written(*, kept: bool) -> Iterator[None]:
    """Let evidence be written, or left out as if there were none."""
    if kept:
        yield
        return

    async def nothing(_: AsyncSession, __: Sequence[Entry], ___: datetime) -> None: ...

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_orders, "record", nothing)
        yield


async def fill(database: Database, records: int) -> None:
    """Write so many records, ten to a chain."""
    now = datetime.now(UTC)
    value = {"message": "reminder", "step": 30, "channel": "telegram", "outcome": "sent", "chat": 1234567}
    for start in range(0, records // _TO_A_CHAIN, _AT_A_TIME // _TO_A_CHAIN):
        chains = range(start, min(start + _AT_A_TIME // _TO_A_CHAIN, records // _TO_A_CHAIN))
        entries = [
            Entry(Chain(Subject.MAILBOX, chain + 1), Kind.TOLD, value)
            for chain in chains
            for _ in range(_TO_A_CHAIN)
        ]
        async with database.write() as session:
            await record(session, entries, now)


async def checked(database: Database) -> tuple[int, int, float]:
    """Check everything: how many chains there are, how many findings, and the seconds of CPU."""

    def look(connection: Connection) -> tuple[int, int]:
        chains = wrong = 0
        for found in check_all(connection):
            chains, wrong = chains + 1, wrong + len(found)
        return chains, wrong

    before = time.process_time()
    async with database.read() as session:
        chains, wrong = await session.run_sync(lambda own: look(own.connection()))
    return chains, wrong, time.process_time() - before


async def bench(console: Console, folder: Path) -> None:
    """Measure, and print."""
    kept, without = await renewals(folder)
    table = figures("Evidence", "measured")
    table.add_row("a renewal with evidence, ms of CPU", f"{kept:.1f}")
    table.add_row("without", f"{without:.1f}")
    table.add_row("ratio", f"{kept / without:.2f}")
    for records in (RECORDS // 50, RECORDS):
        async with Ground(new_sqlite(folder)).open() as (database, _):
            await fill(database, records)
            gc.collect()
            held = forget_the_peak()
            chains, findings, seconds = await checked(database)
            if findings:
                raise RuntimeError(f"{findings} findings in what was just written")
            table.add_row(f"checking {records:,} records of {chains:,} chains, s of CPU", f"{seconds:.1f}")
            table.add_row("most that was held meanwhile, MiB", f"{peak_mib() - held:.1f}")
    console.print(table)


if __name__ == "__main__":
    alone(bench)
