"""A connection to the mail server: encrypted where that can be had, used for one mail after the other."""

import ipaddress
import re
from typing import Final

from aiosmtplib import SMTP, SMTPDataError, SMTPException, SMTPServerDisconnected
from aiosmtplib.typing import SMTPStatus

from bot.services.sending.mail.composing import Envelope
from bot.settings.types import SmtpServer

STEP_SECONDS: Final = 12.0
"""How long one answer of the server is waited for."""

_FIRST_DOT: Final = re.compile(rb"^\.", re.MULTILINE)


class PasswordInTheClear(SMTPException):
    """The server offers no encryption, and the password is not sent without."""

    def __init__(self) -> None:
        super().__init__("the mail server offers no encryption: the password of SMTP_URL is not sent to it")


class Connection:
    """One connection; after an error it is closed, and a new one is made.

    Attributes:
        handed_over: whether the content of the mail in progress has left: without an answer to that, nobody knows
            whether it was taken.
    """

    def __init__(self, server: SmtpServer) -> None:
        """Prepare a connection to this server.

        With `smtps` it is encrypted from the first byte, with `smtp` once the server offers STARTTLS. The
        certificate has to be good, except on this machine, where nobody can come in between.
        """
        self._server = server
        self._here = _is_this_machine(server.host)
        self._client = SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls,
            validate_certs=not self._here,
            timeout=STEP_SECONDS,
        )
        self.handed_over = False

    @property
    def is_open(self) -> bool:
        """Whether it can be used."""
        return self._client.is_connected

    async def open(self) -> None:
        """Connect, encrypt and log in.

        Raises:
            SMTPException, OSError: the server is away, or does not let the bot in.
        """
        await self._client.connect()
        if self._server.username is None or self._server.password is None:
            return
        if self._client.get_transport_info("sslcontext") is None and not self._here:
            raise PasswordInTheClear
        await self._client.login(self._server.username, self._server.password.get_secret_value())

    async def hand_over(self, envelope: Envelope) -> str:
        """Hand over one mail; when this returns, the server has taken it, with the reply that it gives.

        Raises:
            SMTPException, OSError: it has not, or `handed_over` says that nobody knows.
        """
        self.handed_over = False
        size = [f"size={len(envelope.content)}"] if self._client.supports_extension("size") else []
        await self._client.mail(envelope.sender, options=size)
        await self._client.rcpt(envelope.recipient)
        # The library's own DATA does not tell whether the connection broke before the content or after it.
        ready = await self._client.execute_command(b"DATA")
        if ready.code != SMTPStatus.start_input:
            raise SMTPDataError(ready.code, ready.message)
        protocol = self._client.protocol
        if protocol is None:
            raise SMTPServerDisconnected("the connection was lost")
        self.handed_over = True
        protocol.write(_FIRST_DOT.sub(b"..", envelope.content) + b".\r\n")
        taken = await protocol.read_response(timeout=STEP_SECONDS)
        if taken.code != SMTPStatus.completed:
            raise SMTPDataError(taken.code, taken.message)
        return f"{taken.code} {taken.message}"

    async def quit(self) -> None:
        """Say goodbye; a server that does not answer is left."""
        try:
            if self.is_open:
                await self._client.quit(timeout=STEP_SECONDS)
        except (SMTPException, OSError):
            self.close()

    def close(self) -> None:
        """Hang up."""
        self._client.close()


def _is_this_machine(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
