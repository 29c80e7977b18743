"""The sender of the channel `mail`: a row of the outbox becomes an e-mail at the server."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from types import TracebackType
from typing import Final, Self

from aiosmtplib import SMTPException

from bot.messages import UnreadablePayload, mail_of, read_told
from bot.messages.links import deep_link
from bot.messages.told import LoginCode
from bot.services.sending.mail.answers import judge
from bot.services.sending.mail.composing import Envelope, Letterhead, compose
from bot.services.sending.mail.connection import Connection
from bot.services.sending.outbox import Claimed, Outcome, Result
from bot.services.sending.owed import Said
from bot.services.surroundings import Surroundings
from bot.settings.types import SmtpServer
from bot.texts import Texts

_LONGEST_SECONDS: Final = 40.0
"""How long one mail may take in all: well below the lease of its row."""
_IDLE_SECONDS: Final = 15.0
"""How long a connection is kept for the next mail."""


class Mailer:
    """Sends e-mails. Use it in an `async with` block, which closes its connections.

    The server is asked for nothing until there is something to send. Mails that come close to each other share a
    connection.
    """

    def __init__(
        self,
        server: SmtpServer,
        mail_from: str,
        surroundings: Surroundings,
        texts: Texts,
        *,
        bot_name: Callable[[], Awaitable[str | None]],
        idle_seconds: float = _IDLE_SECONDS,
    ) -> None:
        """Send through `server` in the name of `mail_from`, an address with or without a name before it.

        `bot_name` says what links into the chat are made with; None where it is not known just now.
        """
        self._bot_name = bot_name
        self._server = server
        self._mail_from = mail_from
        self._surroundings = surroundings
        self._texts = texts
        self._idle_seconds = idle_seconds
        self._idle: dict[Connection, asyncio.TimerHandle] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connection in tuple(self._idle):
            self._leave(connection)
        if self._leaving:
            await asyncio.wait(self._leaving)

    async def send(self, claimed: Claimed) -> Outcome:
        """Send one e-mail, in the language that its payload names; not after its time is over, if it has one.

        Raises:
            UnreadablePayload, TextError: as `bot.messages.render_mail`.
        """
        told, surroundings = read_told(claimed.payload), self._surroundings
        reader = told.reader
        if reader is None:
            raise UnreadablePayload(f"{told.NAME} names nobody to be mailed to")
        if isinstance(told, LoginCode) and surroundings.now() >= told.good_until:
            return Outcome(Result.OBSOLETE, "its time is over: nobody could make use of it")
        if isinstance(told, LoginCode) and told.token is not None:
            told = replace(told, link=deep_link(await self._bot_name(), told.token))
        operator = surroundings.catalogue.operator
        message = mail_of(told, self._texts.translator(reader.language), surroundings.catalogue)
        said = Said(
            f"{message.subject}\n\n{message.text}",
            reader.to,
            language=reader.language,
            catalogue=surroundings.catalogue.version,
        )
        try:
            envelope = compose(
                message,
                Letterhead(self._mail_from, operator.name, operator.email),
                to=reader.to,
                language=reader.language,
                key=claimed.key,
                now=surroundings.now(),
            )
        except ValueError:
            # The error repeats the address, which nobody should read in a log.
            return Outcome(Result.FAILED, "an address cannot stand in an e-mail", said=said)
        return await self._hand_over(envelope, said)

    async def _hand_over(self, envelope: Envelope, said: Said) -> Outcome:
        connection = self._kept() or Connection(self._server)
        try:
            async with asyncio.timeout(_LONGEST_SECONDS):
                if not connection.is_open:
                    await connection.open()
                reply = await connection.hand_over(envelope)
        except (SMTPException, OSError) as error:
            connection.close()
            return replace(judge(error, handed_over=connection.handed_over), said=said)
        except asyncio.CancelledError:
            connection.close()
            raise
        self._keep(connection)
        return Outcome(Result.SENT, said=replace(said, reply=reply))

    def _kept(self) -> Connection | None:
        """A connection that was kept and still stands; the others are forgotten."""
        while self._idle:
            connection, timer = self._idle.popitem()
            timer.cancel()
            if connection.is_open:
                return connection
            connection.close()
        return None

    def _keep(self, connection: Connection) -> None:
        loop = asyncio.get_running_loop()
        self._idle[connection] = loop.call_later(self._idle_seconds, self._leave, connection)

    def _leave(self, connection: Connection) -> None:
        self._idle.pop(connection).cancel()
        leaving = asyncio.create_task(connection.quit())
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)
