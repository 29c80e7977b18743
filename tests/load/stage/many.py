"""A great many mailboxes, written without the bot: it would take an hour."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from bot.db.keys import KeyRing

MAILBOXES_OF_ONE = 2
WITHOUT_CHAT = 5
"""Every fifth customer has no chat, and is reminded by e-mail."""


def fill(path: Path, keys: KeyRing, rows: int, today: date, look: Callable[[int], date | None]) -> None:
    """Write customers, chats and mailboxes whose expiries are spread over a year, as it is after a year of running.

    Args:
        path: of the SQLite file, which has its tables and no rows in them.
        keys: what the personal data is sealed with.
        rows: how many mailboxes.
        today: the day around which the expiries are.
        look: on which day the planner looks at a mailbox that expires in so many days; None for never.
    """
    sealed, long_ago = keys.seal(b"casella@pec.example"), "2025-01-01 00:00:00.000000"
    customers = rows // MAILBOXES_OF_ONE
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO customer (id, code, language, reference_email, email_index) VALUES (?, ?, 'it', ?, ?)",
            ((number, f"C{number}", sealed, number.to_bytes(32)) for number in range(1, customers + 1)),
        )
        connection.executemany(
            "INSERT INTO holder (id, customer_id, identity_index, data, updated_at) VALUES (?, ?, ?, ?, ?)",
            ((number, number, number.to_bytes(32), sealed, long_ago) for number in range(1, customers + 1)),
        )
        with_chat = [number for number in range(1, customers + 1) if number % WITHOUT_CHAT]
        connection.executemany(
            "INSERT INTO chat (id, language, created_at) VALUES (?, 'it', ?)",
            ((number, long_ago) for number in with_chat),
        )
        connection.executemany(
            "INSERT INTO chat_customer (chat_id, customer_id, bound_at) VALUES (?, ?, ?)",
            ((number, number, long_ago) for number in with_chat),
        )
        connection.executemany(
            "INSERT INTO mailbox (id, customer_id, holder_id, address, address_index, plan_id, expires_on, "
            "extra_mailbox_gb, extra_archive_gb, auto_renew, remind_on) VALUES (?, ?, ?, ?, ?, 'pro', ?, 0, 0, 0, ?)",
            _mailboxes(rows, sealed, today, look),
        )
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
    connection.close()


def _mailboxes(
    rows: int, sealed: bytes, today: date, look: Callable[[int], date | None]
) -> Iterator[tuple[object, ...]]:
    for number in range(rows):
        customer = number // MAILBOXES_OF_ONE + 1
        left = (number * 7919) % 456 - 90  # a prime, so that a customer's mailboxes expire on different days
        expires_on = today + timedelta(days=left)
        day = look(left)
        yield (
            number + 1, customer, customer, sealed, number.to_bytes(32), expires_on.isoformat(),
            None if day is None else day.isoformat(),
        )  # fmt: skip
