"""Taking a statement: it is read to its end, and only then is anything of it registered (DOMAIN.md 8)."""

import asyncio
import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.engine import Database
from bot.db.tables import StatementRow
from bot.domain.statements.entry import Fault, UnreadableStatement
from bot.services.payments.payments import Payments
from bot.services.statements.book import load_book, source_of
from bot.services.statements.gone_back import GoneBack
from bot.services.statements.own import own_ibans
from bot.services.statements.reading_on import JudgedEntries
from bot.services.statements.report import Counts, Registered, StatementReport
from bot.services.statements.settling import Listener, Settling, Unheard
from bot.services.statements.staging import (
    FileOf,
    Staged,
    begin,
    known_among,
    unreadable,
    whole,
    write,
)
from bot.services.statements.telling import StatementNotices, registered_of, waiting_of
from bot.services.surroundings import Surroundings

if TYPE_CHECKING:
    from bot.services.statements.reading import Statement

_log = structlog.get_logger(__name__)

_AT_A_TIME: Final = 200


@dataclass(frozen=True, slots=True)
class Brought:
    """How a file came.

    Attributes:
        by: as `StatementRow.taken_by`.
        name: how whoever brought it calls the file.
        profile: by which profile of the catalogue a table is read; None is the one whose columns it has.
        watched: somebody looks at the run, and is told at once what is wrong with the file.
    """

    by: str
    name: str
    profile: str | None = None
    watched: bool = True


class _Source:
    """A file that is open; `digest` is by what it is known, once `know` has found it."""

    def __init__(self, file: BufferedReader) -> None:
        self._written = _written(file)
        self.file = file
        self.digest = ""

    async def know(self) -> None:
        """Find the digest, beside the event loop: a file may be of hundreds of MB.

        Raises:
            UnreadableStatement: it cannot be read.
        """
        try:
            found = await asyncio.to_thread(hashlib.file_digest, self.file, "sha256")
        except OSError as failure:
            raise UnreadableStatement(
                Fault.CLOSED, f"the file cannot be read: {failure.strerror}"
            ) from failure
        self.digest = found.hexdigest()

    def require_unchanged(self) -> None:
        """Nobody wrote to it meanwhile.

        Raises:
            UnreadableStatement: somebody did.
        """
        if _written(self.file) != self._written:
            raise UnreadableStatement(
                Fault.CHANGED, "the file was written to while it was read: import it again"
            )


class Statements:
    """Takes the bank's statements."""

    def __init__(
        self, database: Database, surroundings: Surroundings, payments: Payments, notices: StatementNotices
    ) -> None:
        """Register by `payments` on `database`; the operator is told by `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._notices = notices
        self._settling = Settling(database, surroundings, payments, notices)

    async def take(
        self,
        path: Path,
        brought: Brought,
        listener: Listener | None = None,
        *,
        dry_run: bool = False,
        likely_too: bool = False,
    ) -> StatementReport:
        """Take a file: the certain entries are registered, what a person has to decide is kept, the rest is counted.

        The same file again changes nothing; what overlaps with another one is known by it. A run that ended in the
        middle is gone on with by the next one.

        Args:
            path: where it is.
            brought: how it came.
            listener: who follows it.
            dry_run: read, judge and compare; write nothing.
            likely_too: register the likely entries as well, each for the order that is proposed.

        Raises:
            UnreadableStatement: it is no statement, damaged, of another account, or does not add up: nothing was
                registered.
            TakenOver: another run of the same file has begun meanwhile.
        """
        listener = listener or Unheard()
        with _opened(path) as source:
            await source.know()
            if dry_run:
                return await self._foresee(source, brought, listener)
            async with self._database.read() as session:
                row = await _row_of(session, source.digest)
            if row is None or row.read_at is None:
                row = await self._read(source, brought, listener)
        before = row.finished_at
        if before is None:
            await self._settling.certain(row, listener)
            async with self._database.read() as session:
                row = await session.get_one(StatementRow, row.id)
        confirmed = await self._settling.likely(row, brought.by, listener) if likely_too else 0
        return await self._finish(row, before, confirmed)

    async def knows(self, path: Path) -> bool:
        """Whether this very file was taken to its end before, or was told to be unreadable.

        Raises:
            UnreadableStatement: it cannot be opened.
        """
        with _opened(path) as source:
            await source.know()
            async with self._database.read() as session:
                row = await _row_of(session, source.digest)
        return row is not None and (row.finished_at is not None or row.problem is not None)

    async def register_likely(self, statement_id: int, by: str) -> int:
        """Register what is likely of a statement that was taken, each for the order that is proposed; return how many.

        What stands otherwise by now is left to be looked at.
        """
        async with self._database.read() as session:
            row = await session.get(StatementRow, statement_id)
        if row is None or row.finished_at is None:
            return 0
        return await self._settling.likely(row, by, Unheard())

    async def _foresee(self, source: _Source, brought: Brought, listener: Listener) -> StatementReport:
        async with self._database.read() as session:
            row = await _row_of(session, source.digest)
            if row is not None and row.finished_at is not None:
                return await self._report(session, row, row.finished_at, 0, dry_run=True)
        counts = Counts()
        with self._statement(source, brought) as statement:
            reader = await self._reader(statement)
            while (batch := await asyncio.to_thread(reader.batch)) is not None:
                async with self._database.read() as session:
                    await self._new_among(session, batch, counts, None)
                listener.read(statement.position(), statement.size)
        counts.aside = reader.aside
        return StatementReport(
            statement_id=None,
            name=brought.name,
            format=statement.format,
            dry_run=True,
            taken_before=None,
            counts=counts,
            registered=Registered({}, 0),
            confirmed=0,
            waiting=counts.waiting,
        )

    async def _read(self, source: _Source, brought: Brought, listener: Listener) -> StatementRow:
        """Read a file to its end; nothing of it counts before.

        Raises:
            UnreadableStatement, TakenOver: as `take`.
        """
        counts = Counts()
        row: StatementRow | None = None
        as_ = FileOf(source.digest, brought.name, "", brought.by)
        try:
            with self._statement(source, brought) as statement:
                as_ = FileOf(source.digest, brought.name, statement.format, brought.by)
                async with self._database.write() as session:
                    row = await begin(session, as_, self._surroundings.now())
                if row.read_at is not None:
                    return row
                reader = await self._reader(statement)
                while (batch := await asyncio.to_thread(reader.batch)) is not None:
                    async with self._database.write() as session:
                        new = await self._new_among(session, batch, counts, row.id)
                        await write(session, row.id, row.run, new)
                    listener.read(statement.position(), statement.size)
            source.require_unchanged()
        except UnreadableStatement as problem:
            await self._refuse(as_, row, problem, watched=brought.watched)
            raise
        counts.aside = reader.aside
        async with self._database.write() as session:
            await whole(session, row.id, row.run, counts, self._surroundings.now())
        async with self._database.read() as session:
            return await session.get_one(StatementRow, row.id)

    @contextmanager
    def _statement(self, source: _Source, brought: Brought) -> "Iterator[Statement]":
        # What reads workbooks is heavy: only who takes a file loads it.
        from bot.services.statements.reading import open_statement, profiles_named

        profiles = profiles_named(brought.profile, self._surroundings.catalogue.statement_profiles)
        with open_statement(source.file, profiles=profiles) as statement:
            yield statement

    async def _reader(self, statement: "Statement") -> JudgedEntries:
        async with self._database.read() as session:
            book = await load_book(session, self._surroundings)
            gone = await GoneBack.load(session, self._database.keys)
            ibans = await own_ibans(session, self._surroundings)
        return JudgedEntries(
            statement.entries(),
            book,
            self._database.keys,
            gone,
            source=source_of(statement.format),
            ibans=ibans,
        )

    async def _new_among(
        self, session: AsyncSession, batch: list[Staged], counts: Counts, statement_id: int | None
    ) -> list[Staged]:
        """Those of the entries that nobody has told of, counted."""
        known = await known_among(session, batch, statement_id)
        new = [each for each in batch if each.known_by not in known]
        counts.known += len(batch) - len(new)
        for each in new:
            if each.kept is None:
                counts.heaps[each.heap].entries += 1
            else:
                counts.heaps[each.heap].add(each.kept.entry)
        return new

    async def _refuse(
        self, file: FileOf, row: StatementRow | None, problem: UnreadableStatement, *, watched: bool
    ) -> None:
        async with self._database.write() as session:
            if row is None:
                if watched:
                    return
                row = await begin(session, file, self._surroundings.now())
            await unreadable(session, row.id, row.run, None if watched else str(problem))
            if not watched:
                await self._notices.refused(session, row, problem)
        _log.warning("statement_unreadable", statement=row.id)

    async def _finish(self, row: StatementRow, before: datetime | None, confirmed: int) -> StatementReport:
        async with self._database.write() as session:
            mine = await session.execute(
                update(StatementRow)
                .where(StatementRow.id == row.id, StatementRow.finished_at.is_(None))
                .values(finished_at=self._surroundings.now())
                .returning(StatementRow.id)
            )
            report = await self._report(session, row, before, confirmed)
            if mine.scalar_one_or_none() is not None:
                await self._notices.taken(session, row, report.counts, report.registered)
        _log.info(
            "statement_taken",
            statement=row.id,
            registered=report.registered.payments,
            waiting=report.waiting,
            again=before is not None,
        )
        return report

    async def _report(
        self,
        session: AsyncSession,
        row: StatementRow,
        before: datetime | None,
        confirmed: int,
        *,
        dry_run: bool = False,
    ) -> StatementReport:
        return StatementReport(
            statement_id=row.id,
            name=row.name,
            format=row.format,
            dry_run=dry_run,
            taken_before=before,
            counts=Counts.read(row.counts),
            registered=await registered_of(session, row.id),
            confirmed=confirmed,
            waiting=sum((await waiting_of(session, row.id)).values()),
        )


async def _row_of(session: AsyncSession, digest: str) -> StatementRow | None:
    found = await session.execute(select(StatementRow).where(StatementRow.digest == digest))
    return found.scalar_one_or_none()


def _written(file: BufferedReader) -> tuple[int, int]:
    found = os.fstat(file.fileno())
    return found.st_size, found.st_mtime_ns


@contextmanager
def _opened(path: Path) -> Iterator[_Source]:
    """Open a file.

    Raises:
        UnreadableStatement: it is not there, or cannot be read.
    """
    with ExitStack() as opened:
        try:
            source = _Source(opened.enter_context(path.open("rb")))
        except OSError as failure:
            raise UnreadableStatement(
                Fault.CLOSED, f"the file cannot be read: {failure.strerror}"
            ) from failure
        yield source
