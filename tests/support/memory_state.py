"""Conversations kept in memory, for tests of dialogs: as strict as the real ones, and nothing to start."""

from aiogram.fsm.storage.base import StorageKey

from bot.db.chat_units import EMPTY, Change, ChatKey, Loaded, Record


class MemoryBacking:
    """Keeps records in a dict."""

    def __init__(self) -> None:
        """Begin empty."""
        self.records: dict[StorageKey, Record] = {}
        self.seen: set[tuple[int, int]] = set()

    async def load(self, chat: ChatKey, update_id: int | None) -> Loaded:
        """Return the chat's records."""
        records = {
            key: record for key, record in self.records.items() if (key.bot_id, key.chat_id) == tuple(chat)
        }
        return Loaded(records, complete=True, seen=(chat.bot_id, update_id) in self.seen)

    async def read(self, key: StorageKey) -> Record:
        """Return one record."""
        return self.records.get(key, EMPTY)

    async def save(self, change: Change) -> bool:
        """Keep the changes."""
        chat, update_id = change.chat, change.update_id
        await change.turn.settle()
        if update_id is not None:
            if (chat.bot_id, update_id) in self.seen:
                return False
            self.seen.add((chat.bot_id, update_id))
        for key, record in change.records.items():
            if record.empty:
                self.records.pop(key, None)
            else:
                self.records[key] = record
        return True
