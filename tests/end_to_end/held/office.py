"""An operator with a mailbox file and the import command, and customers with chats, on one database."""

import asyncio
import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.cli import app
from bot.db.engine import Database
from bot.db.tables import CustomerRow, HolderRow, MailboxRow
from tests.services.importing.files import COMPANY, as_csv
from tests.support.long_runs import long

FILE = COMPANY | {"promo": ""}
"""What the operator's archive says: one company with one mailbox."""
CUSTOMER = FILE["customer"]

BOTH_KINDS = pytest.mark.parametrize("database_url", ["sqlite", *long("postgresql")], indirect=True)
"""For what writes and reads all that a file, a chat and a link leave in the database."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import said: how it ended, the words on the terminal, and its findings about what is held."""

    exit_code: int
    words: str
    held: Mapping[str, tuple[str, str]]
    """By column: what the file says, and why it is not taken over."""


@dataclass
class Office:
    """The operator's desk."""

    folder: Path
    database: Database

    async def imports(self, *rows: Mapping[str, str], dry_run: bool = False) -> Imported:
        """Import a file of these rows by the command."""
        path, found = self.folder / "mailboxes.csv", self.folder / "found.csv"
        path.write_text(as_csv(rows), encoding="utf-8")
        words = ["import", str(path), "--errors", str(found), *(["--dry-run"] if dry_run else [])]
        result = await asyncio.to_thread(CliRunner().invoke, app, words)
        assert result.exit_code in {0, 1}, result.output
        with found.open(encoding="utf-8", newline="") as file:
            findings = list(csv.DictReader(file))
        return Imported(
            result.exit_code,
            " ".join(result.stdout.split()),
            {
                each["column"]: (each["value"], each["reason"])
                for each in findings
                if each["severity"] == "held"
            },
        )

    async def mailbox(self) -> MailboxRow:
        """The mailbox as it is now."""
        async with self.database.read() as session:
            return (await session.execute(select(MailboxRow))).scalar_one()

    async def customer(self) -> CustomerRow:
        """The customer as it is now."""
        async with self.database.read() as session:
            return (await session.execute(select(CustomerRow))).scalar_one()

    async def holder(self) -> Mapping[str, Any]:
        """The holder's data as they are now."""
        async with self.database.read() as session:
            return dict((await session.execute(select(HolderRow))).scalar_one().data)
