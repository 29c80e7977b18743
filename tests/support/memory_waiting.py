"""Updates kept in memory, for tests of the poller."""

from collections.abc import Sequence
from typing import Any


class MemoryWaiting:
    """Keeps what a process would find again after its death; may fail when a test says so."""

    def __init__(self) -> None:
        """Begin empty."""
        self.kept: dict[int, dict[str, Any]] = {}
        self.puts = 0
        self.failures = 0

    async def put(self, updates: Sequence[dict[str, Any]]) -> None:
        """Keep them, or fail."""
        self._may_fail()
        self.puts += 1
        self.kept = {update["update_id"]: update for update in updates} | self.kept

    async def read(self) -> list[dict[str, Any]]:
        """Return what is kept."""
        self._may_fail()
        return [self.kept[key] for key in sorted(self.kept)]

    async def drop(self, update_ids: Sequence[int]) -> None:
        """Forget some."""
        self._may_fail()
        for update_id in update_ids:
            self.kept.pop(update_id, None)

    def _may_fail(self) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
