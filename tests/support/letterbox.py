"""Whoever reads the mail of a reference address: sends what is due through a real server, and finds codes in it."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import ChatCustomerRow, CustomerRow, OutboxRow
from bot.services.actor import Actor
from bot.services.sending.mail import Mailer
from bot.services.sending.outbox import Channel, Outbox
from bot.services.surroundings import Surroundings
from bot.settings.types import SmtpServer
from bot.texts import Texts
from tests.support.clock import FrozenClock
from tests.support.mail_server import MailServer, name_of_bot, serve_smtp

_CODE = re.compile(r"^(?:Codice|Code): (\d{6}) ", re.MULTILINE)


@dataclass
class Letterbox:
    """All mail that the bot sends, at a server that takes everything."""

    server: MailServer
    database: Database
    surroundings: Surroundings
    texts: Texts
    clock: FrozenClock

    async def fetch(self) -> list[EmailMessage]:
        """Let all that is due be sent; return what arrived since the last time."""
        before = len(self.server.mails)
        outbox = Outbox(self.database, self.clock)
        address = SmtpServer("127.0.0.1", self.server.port, tls=False, username=None, password=None)
        async with Mailer(
            address, "rinnovi@example.com", self.surroundings, self.texts, bot_name=name_of_bot
        ) as mailer:
            while claimed := await outbox.claim(Channel.MAIL, 10):
                for row in claimed:
                    await outbox.settle(row, await mailer.send(row))
        return [taken.message for taken in self.server.mails[before:]]

    async def code(self) -> str:
        """The code in the only mail that arrived since the last time."""
        (message,) = await self.fetch()
        return code_in_mail(message)


def text_of(message: EmailMessage) -> str:
    """The mail as plain text."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def code_in_mail(message: EmailMessage) -> str:
    """The code that the mail says."""
    (code,) = _CODE.findall(text_of(message))
    return str(code)


def another_code(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 10**6:06}"


async def mailed(database: Database, to: str | None) -> list[dict[str, Any]]:
    """The payloads of the mails to an address, or of all with codes, oldest first."""
    async with database.read() as session:
        rows = await session.execute(
            select(OutboxRow).where(OutboxRow.channel == "mail").order_by(OutboxRow.id)
        )
        payloads = [row.payload for row in rows.scalars()]
    return [payload for payload in payloads if to is None or payload["to"] == to]


async def last_code(database: Database, to: str) -> str:
    """The newest code that is mailed to an address."""
    return str((await mailed(database, to))[-1]["code"])


async def bound(database: Database, chat: Actor) -> list[str]:
    """The codes of the customers that a chat speaks for."""
    async with database.read() as session:
        rows = await session.execute(
            select(CustomerRow.code)
            .join(ChatCustomerRow, ChatCustomerRow.customer_id == CustomerRow.id)
            .where(ChatCustomerRow.chat_id == chat.chat_id)
            .order_by(CustomerRow.code)
        )
        return list(rows.scalars())


@pytest.fixture
async def letterbox(
    database: Database, surroundings: Surroundings, texts: Texts, clock: FrozenClock
) -> AsyncIterator[Letterbox]:
    """The mail that the bot sends."""
    async with serve_smtp() as server:
        yield Letterbox(server, database, surroundings, texts, clock)
