"""The folder into which the bank's files are put: each is taken once, when nobody writes to it any more."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import structlog

from bot.domain.statements.entry import UnreadableStatement
from bot.services.statements.kept import KEEP_WAITING
from bot.services.statements.run import Brought, Statements
from bot.services.statements.staging import TakenOver
from bot.services.surroundings import Surroundings

_log = structlog.get_logger(__name__)

QUIET_FOR: Final = timedelta(minutes=1)
"""A file that grew or changed within this time is still being written."""
_UNFINISHED: Final = frozenset(
    {".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp", ".lock"}
)
"""How programs that copy call what they have not finished."""
_BY: Final = "folder"

_Look = tuple[int, int]


class StatementFolder:
    """Looks into one folder again and again. Nothing in it is ever changed or deleted."""

    def __init__(self, folder: Path, statements: Statements, surroundings: Surroundings) -> None:
        """Take the files of `folder` by `statements`."""
        self._folder = folder
        self._statements = statements
        self._surroundings = surroundings
        self._seen: dict[Path, tuple[_Look, datetime]] = {}
        self._done: dict[Path, _Look] = {}
        self._closed: set[Path] = set()
        self._is_away = False

    async def look(self) -> int:
        """Take what is new and has not changed for a minute; return how many files were taken.

        What was taken before, by whichever process, is known by its digest.
        """
        now, taken = self._surroundings.now(), 0
        for path, look in self._files(now):
            if self._done.get(path) == look:
                continue
            before = self._seen.get(path)
            if before is None or before[0] != look:
                self._seen[path] = (look, now)
            elif now - before[1] >= QUIET_FOR and (known := await self._knows(path)) is not None:
                taken += 0 if known else await self._take(path)
                self._done[path] = look
                del self._seen[path]
        return taken

    def _files(self, now: datetime) -> Iterator[tuple[Path, _Look]]:
        """The files that are there, each with its size and when it was written to."""
        try:
            names = sorted(self._folder.iterdir())
        except OSError as failure:
            if not self._is_away:
                _log.warning("statements_dir_away", reason=failure.strerror)
            self._is_away = True
            return
        self._is_away = False
        oldest = (now - KEEP_WAITING).timestamp()
        for path in names:
            try:
                if _is_wanted(path) and (found := path.stat()).st_size and found.st_mtime >= oldest:
                    yield path, (found.st_size, found.st_mtime_ns)
            except OSError:
                continue  # it went while it was looked at

    async def _knows(self, path: Path) -> bool | None:
        """Whether it was taken before; None where it cannot be opened: it is tried again, and the others meanwhile."""
        try:
            known = await self._statements.knows(path)
        except UnreadableStatement as closed:
            if path not in self._closed:
                _log.warning("statement_not_opened", reason=closed.reason)
            self._closed.add(path)
            return None
        self._closed.discard(path)
        return known

    async def _take(self, path: Path) -> bool:
        try:
            report = await self._statements.take(path, Brought(_BY, path.name, watched=False))
        except UnreadableStatement:
            return False  # told once, and a case
        except TakenOver:
            return False  # another process takes it
        return report.taken_before is None


def _is_wanted(path: Path) -> bool:
    name = path.name
    return (
        not name.startswith((".", "~"))
        and not name.endswith("~")
        and path.suffix.lower() not in _UNFINISHED
        and path.is_file()
    )
