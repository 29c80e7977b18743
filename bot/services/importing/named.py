"""Which mailboxes a file names, in little memory: a bit for each, in blocks that are there where one is named."""

from typing import Final

_BLOCK: Final = 1024


class Named:
    """A set of mailboxes by their ids; a million of them take some hundred kilobytes."""

    def __init__(self) -> None:
        """Nothing is named yet."""
        self._blocks: dict[int, int] = {}

    def add(self, mailbox_id: int) -> bool:
        """Add one; False where it was there already."""
        block, place = divmod(mailbox_id, _BLOCK)
        before = self._blocks.get(block, 0)
        self._blocks[block] = before | 1 << place
        return not before >> place & 1

    def __contains__(self, mailbox_id: int) -> bool:
        """Whether it was added."""
        block, place = divmod(mailbox_id, _BLOCK)
        return bool(self._blocks.get(block, 0) >> place & 1)
