"""A worker of the bot with a Telegram and a mail server of its own: both are real ones, reached over the network."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Self

from bot.db.engine import Database
from bot.messages import render_chat
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.services.reminders.space_telling import SpaceSender
from bot.services.reminders.telling import Addresses, ReminderSender
from bot.services.sending.mail import Mailer
from bot.services.sending.notifier import Notifier
from bot.services.sending.outbox import Channel, Outbox, Result, Sender
from bot.services.services import Services
from bot.settings.types import SmtpServer
from bot.texts import Texts
from tests.support.clock import FrozenClock
from tests.support.mail_server import MailServer, Taken, name_of_bot, serve_smtp

BOT_NAME = "rinnovo_bot"
WEB = "https://rinnovo.example.com"
_AT_ONCE = 50
_LINK = re.compile(rf"https://t\.me/{BOT_NAME}\?start=([A-Za-z0-9_-]{{1,64}})\n")


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail as its reader gets it."""

    taken: Taken

    @property
    def subject(self) -> str:
        """The subject, with plain spaces."""
        return plain(self.taken.message["Subject"])

    @property
    def text(self) -> str:
        """The plain text, its lines unfolded and with plain spaces."""
        return " ".join(plain(self._body("plain")).split())

    @property
    def html(self) -> str:
        """The HTML."""
        return self._body("html")

    @property
    def token(self) -> str:
        """What its deep link carries; there is exactly one, in the text and in the HTML."""
        (token,) = _LINK.findall(self._body("plain"))
        assert self.html.count(f"?start={token}") == 1
        return str(token)

    @property
    def has_link(self) -> bool:
        """Whether it leads into a chat at all."""
        return "t.me" in self._body("plain") or "t.me" in self.html

    def header(self, name: str) -> str | None:
        """A header, its folding taken away."""
        value = self.taken.message[name]
        return None if value is None else " ".join(str(value).split())

    def _body(self, kind: str) -> str:
        body = self.taken.message.get_body((kind,))
        assert body is not None
        return str(body.get_content()).replace("\r\n", "\n")


def plain(text: str) -> str:
    """Text with plain spaces."""
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


class PostOffice:
    """Plans reminders and sends them, as the worker does at each tick.

    Attributes:
        name: the bot's name, None while Telegram does not tell it.
        web: where the bot's own pages are, None where nobody reaches them.
    """

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        services: Services,
        server: MailServer,
        senders: dict[Channel, Sender],
    ) -> None:
        """Use `enter`."""
        self.name: str | None = BOT_NAME
        self.web: str | None = WEB
        self._database = database
        self._outbox = outbox
        self._services = services
        self._server = server
        self._senders = senders

    @classmethod
    @asynccontextmanager
    async def enter(
        cls, world: World, database: Database, services: Services, texts: Texts, clock: FrozenClock
    ) -> AsyncIterator[Self]:
        """Open for the length of an ``async with`` block."""
        async with AsyncExitStack() as opened:
            server = await opened.enter_async_context(serve_smtp())
            surroundings = services.surroundings
            telegram = await opened.enter_async_context(serve_playground(world))
            senders: dict[Channel, Sender] = {
                Channel.TELEGRAM: await opened.enter_async_context(
                    Notifier(world.token, telegram, database, surroundings, texts, render_chat)
                ),
                Channel.MAIL: await opened.enter_async_context(
                    Mailer(
                        SmtpServer("127.0.0.1", server.port, tls=False, username=None, password=None),
                        "Posta Esempio <rinnovi@example.com>",
                        surroundings,
                        texts,
                        bot_name=name_of_bot,
                    )
                ),
            }
            yield cls(database, Outbox(database, clock), services, server, senders)

    @property
    def server(self) -> MailServer:
        """Its answers can be chosen."""
        return self._server

    @property
    def letters(self) -> list[Letter]:
        """What the mail server took, the oldest first."""
        return [Letter(taken) for taken in self._server.mails]

    async def tick(self) -> list[Letter]:
        """Plan what is due and send all that can be sent; gives the e-mails that arrived."""
        before = len(self._server.mails)
        await self._services.reminders.run()
        while await self._sent_some():
            pass
        return self.letters[before:]

    async def _sent_some(self) -> bool:
        found = False
        addresses = Addresses(self._name, self.web)
        for channel, each in self._senders.items():
            surroundings = self._services.surroundings
            reminders = ReminderSender(each, self._database, surroundings, addresses, mail=True)
            sender = SpaceSender(reminders, self._database, surroundings, addresses)
            for row in await self._outbox.claim(channel, _AT_ONCE):
                outcome = await sender.send(row)
                assert outcome.result is not Result.FAILED, outcome.reason
                await self._outbox.settle(row, outcome)
                found = True
        return found

    async def _name(self) -> str | None:
        return self.name
