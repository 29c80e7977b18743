"""An import that finds a mailbox filling up tells its customer, once for each level (DOMAIN.md 6, "Space")."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.db.engine import Database
from bot.db.tables import ChatRow, MailboxRow, MuteRow, OutboxRow
from bot.messages import render_chat, render_mail
from bot.services.actor import Actor
from bot.services.importing import import_mailboxes, open_mailbox_file
from bot.texts import Texts, Translator
from tests.services.importing.files import COMPANY, Recorder, as_csv
from tests.services.importing.test_renewed import Operator
from tests.support.catalogue import example_catalogue
from tests.support.clock import FrozenClock

FILE = COMPANY | {"plan": "pro", "extra_mailbox_gb": "0", "promo": "", "used_archive_gb": "0"}
"""2 GB of mailbox, 3 GB of archive."""
CHAT = 7


class Filling(Operator):
    """An operator whose file says how full a mailbox is."""

    async def says(
        self,
        mailbox: str,
        archive: str = "0",
        *,
        mail: bool = False,
        dry_run: bool = False,
        usage_at: str | None = None,
    ) -> list[OutboxRow]:
        """Import the usage; what is told of it."""
        before = len(await self.rows())
        measured = self.clock.now().isoformat() if usage_at is None else usage_at
        usage = {"used_mailbox_gb": mailbox, "used_archive_gb": archive, "usage_at": measured}
        self.path.write_text(as_csv([FILE | usage]))
        with open_mailbox_file(self.path) as file:
            await import_mailboxes(
                file, self.database, self.surroundings, Recorder(), dry_run=dry_run, mail=mail
            )
        self.clock.advance(timedelta(minutes=1))
        return (await self.rows())[before:]

    async def rows(self) -> list[OutboxRow]:
        """What the outbox has of space."""
        async with self.database.read() as session:
            found = await session.scalars(
                select(OutboxRow).where(OutboxRow.key.startswith("space:")).order_by(OutboxRow.id)
            )
            return list(found)

    async def binds(self) -> None:
        """The customer's chat."""
        invitation = await self.services.linking.invite(FILE["customer"])
        await self.services.linking.redeem(Actor(CHAT, "it"), invitation.token)


@pytest.fixture
def texts_it(texts: Texts) -> Translator:
    """Italian."""
    return texts.translator("it")


@pytest.fixture
def texts_en(texts: Texts) -> Translator:
    """English."""
    return texts.translator("en")


@pytest.fixture
async def filling(each_database: Database, tmp_path: Path) -> Filling:
    """A mailbox with little in it, and a chat that is bound to it."""
    operator = Filling(each_database, tmp_path / "mailboxes.csv", FrozenClock())
    assert await operator.says("0.1") == []
    await operator.binds()
    return operator


async def test_each_level_is_told_once_and_again_only_after_it_fell_below(filling: Filling) -> None:
    told = [
        len(await filling.says(gb)) for gb in ("1.38", "1.4", "1.4", "1.5", "1.82", "2", "1.9", "1", "1.5")
    ]
    assert told == [0, 1, 0, 0, 1, 1, 0, 0, 1]
    assert {row.chat_id for row in await filling.rows()} == {CHAT}
    assert all(row.bulk for row in await filling.rows())


async def test_the_archive_is_told_too(filling: Filling, texts_en: Translator) -> None:
    [row] = await filling.says("0.1", "2.8")
    assert "in the archive" in render_chat(row.payload, texts_en, example_catalogue()).html


async def test_a_professional_reads_why_and_has_a_button_to_renew(
    filling: Filling, texts_it: Translator, texts_en: Translator
) -> None:
    [row] = await filling.says("2")
    italian = render_chat(row.payload, texts_it, example_catalogue())
    assert "CNDCEC, Pronto Ordini 63 del 3 ottobre 2025" in italian.html
    assert "Spazio esaurito" in italian.html
    assert "rinnovo" in italian.html
    assert [button.data for line in italian.rows for button in line] == [
        f"renew:{row.payload['mailboxes'][0]['id']}"
    ]
    assert "No space left" in render_chat(row.payload, texts_en, example_catalogue()).html


async def test_old_usage_tells_nothing_and_forgets_nothing(filling: Filling) -> None:
    assert len(await filling.says("1.5")) == 1
    old = "2026-11-01T06:00:00+01:00"
    assert await filling.says("2", usage_at=old) == []
    assert await filling.says("0.1", usage_at=old) == []
    assert await filling.says("1.5") == []


async def test_a_chat_that_silenced_the_mailbox_hears_nothing_and_no_mail_goes_instead(
    filling: Filling,
) -> None:
    async with filling.database.write() as session:
        box = (await session.scalars(select(MailboxRow))).one()
        session.add(MuteRow(chat_id=CHAT, mailbox_id=box.id, level="all"))
    assert await filling.says("2", mail=True) == []


async def test_where_no_chat_is_reached_an_email_goes_if_mail_is_set_up(
    filling: Filling, texts_it: Translator
) -> None:
    async with filling.database.write() as session:
        await session.execute(update(ChatRow).values(unreachable_at=filling.clock.now()))
    assert await filling.says("1.5") == []
    [row] = await filling.says("1.9", mail=True)
    assert "almeno il 90%" in render_mail(row.payload, texts_it, example_catalogue()).subject


async def test_it_waits_for_the_hours_of_reminders(filling: Filling) -> None:
    filling.clock.advance(timedelta(hours=12))
    assert filling.clock.now().hour == 22
    [row] = await filling.says("2")
    assert row.due_at.isoformat() == "2026-11-24T08:00:00+00:00"


async def test_a_dry_run_tells_nothing_and_leaves_it_to_be_told(filling: Filling) -> None:
    assert await filling.says("2", dry_run=True) == []
    assert len(await filling.says("2")) == 1


async def test_a_mailbox_without_usage_tells_nothing(filling: Filling) -> None:
    assert await filling.says("", "", usage_at="") == []
