"""Files that the operator's people send in the chat: noted at once, fetched and taken by a worker."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

import structlog
from sqlalchemy import delete, select, update

from bot.db.engine import Database
from bot.db.tables import StatementUploadRow
from bot.domain.statements.entry import Fault, UnreadableStatement
from bot.services.access import Operators
from bot.services.actor import Actor
from bot.services.errors import ServiceError
from bot.services.statements.run import Brought, Statements
from bot.services.statements.staging import TakenOver
from bot.services.statements.telling import FROM_CHAT, StatementNotices
from bot.services.surroundings import Surroundings

_log = structlog.get_logger(__name__)

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a file that Telegram gives to bots."""
_LEASE: Final = timedelta(minutes=10)
"""How long a worker may take for one file before another one begins it anew."""
_TRIES: Final = 12
_PAUSE: Final = timedelta(minutes=1)
_LONGEST_NAME: Final = 120
_GIVEN_UP: Final = UnreadableStatement(
    Fault.NOT_FETCHED, "Telegram did not give the file: send it again, or import it by `payments import`"
)
_FAILED: Final = UnreadableStatement(
    Fault.FAILED, "it could not be taken: the worker's log says why; import it by `payments import`"
)

Fetch: TypeAlias = Callable[[str, Path], Awaitable[None]]
"""Fetches a file of Telegram's to a path; raises `NotFetched` where it cannot, for now."""


class TooLarge(ServiceError):
    """Telegram gives bots no file of that size."""


class NotFetched(ServiceError):
    """Telegram did not give a file, for a reason that may pass."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file in the chat: Telegram's identifier, how its sender calls it, its bytes (None where that is not said)."""

    file_id: str
    name: str
    size: int | None


class StatementUploads:
    """Where such files wait."""

    def __init__(
        self,
        database: Database,
        surroundings: Surroundings,
        operators: Operators,
        statements: Statements,
        notices: StatementNotices,
    ) -> None:
        """Take files of `operators` by `statements`; what became of them is told by `notices`."""
        self._database = database
        self._surroundings = surroundings
        self._operators = operators
        self._statements = statements
        self._notices = notices

    async def bring(self, actor: Actor, document: Document) -> None:
        """Note that a file is to be taken.

        Raises:
            NotYours: the chat is not one of the operator's people's.
            TooLarge: see there.
        """
        self._operators.require(actor.chat_id)
        if document.size is not None and document.size > LARGEST:
            raise TooLarge
        now = self._surroundings.now()
        async with self._database.write() as session:
            session.add(
                StatementUploadRow(
                    chat_id=actor.chat_id,
                    file_id=document.file_id,
                    name=document.name[:_LONGEST_NAME],
                    brought_at=now,
                    due_at=now,
                    tries=0,
                )
            )

    async def take_all(self, fetch: Fetch) -> int:
        """Fetch and take what is due; return how many files that were."""
        taken = 0
        while (upload := await self._claim()) is not None:
            await self._take(upload, fetch)
            taken += 1
        return taken

    async def _claim(self) -> StatementUploadRow | None:
        now = self._surroundings.now()
        async with self._database.write() as session:
            first = await session.scalar(
                select(StatementUploadRow.id)
                .where(StatementUploadRow.due_at <= now)
                .order_by(StatementUploadRow.id)
                .limit(1)
            )
            if first is None:
                return None
            found = await session.execute(
                update(StatementUploadRow)
                .where(StatementUploadRow.id == first, StatementUploadRow.due_at <= now)
                .values(due_at=now + _LEASE, tries=StatementUploadRow.tries + 1)
                .returning(StatementUploadRow)
            )
            return found.scalar_one_or_none()

    async def _take(self, upload: StatementUploadRow, fetch: Fetch) -> None:
        if not self._operators.include(upload.chat_id):
            await self._end(upload)  # whoever sent it may decide no more
            return
        if upload.tries > _TRIES:
            await self._end(upload, problem=_FAILED)  # each worker that began it died of it, or failed
            return
        with TemporaryDirectory(prefix="statement-") as folder:
            path = Path(folder) / "statement"
            try:
                await fetch(upload.file_id, path)
                brought = Brought(f"{FROM_CHAT}{upload.chat_id}", upload.name)
                report = await self._statements.take(path, brought)
            except NotFetched:
                if upload.tries < _TRIES:
                    await self._put_off(upload)
                else:
                    await self._end(upload, problem=_GIVEN_UP)
            except TakenOver:
                await self._put_off(upload)
            except UnreadableStatement as problem:
                await self._end(upload, problem=problem)
            else:
                before = report.taken_before is not None
                await self._end(upload, again=report.statement_id if before else None)

    async def _put_off(self, upload: StatementUploadRow) -> None:
        async with self._database.write() as session:
            await session.execute(
                update(StatementUploadRow)
                .where(StatementUploadRow.id == upload.id)
                .values(due_at=self._surroundings.now() + _PAUSE * upload.tries)
            )

    async def _end(
        self,
        upload: StatementUploadRow,
        *,
        problem: UnreadableStatement | None = None,
        again: int | None = None,
    ) -> None:
        """The file is done with; whoever sent it hears of what nobody else is told."""
        key = f"upload:{secrets.token_hex(8)}"  # the row goes with it, and its number may come again
        async with self._database.write() as session:
            if problem is not None:
                await self._notices.refused_in(session, upload.chat_id, upload.name, problem, key)
            elif again is not None:
                await self._notices.taken_before(session, upload.chat_id, again, key)
            await session.execute(delete(StatementUploadRow).where(StatementUploadRow.id == upload.id))
        _log.info("statement_upload_done", upload=upload.id, refused=problem is not None)
