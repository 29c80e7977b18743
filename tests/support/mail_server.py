"""A real SMTP server in the loop of the test, which can be told to be difficult."""

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "posta", "una-parola-segreta"
OK = "250 2.0.0 OK"


async def name_of_bot() -> str:
    """What links from an e-mail into the chat are made with."""
    return "rinnovo_demo_bot"


@dataclass
class Taken:
    """A mail that the server took."""

    sender: str
    recipient: str
    content: bytes
    encrypted: bool
    user: str | None

    @property
    def message(self) -> EmailMessage:
        """The mail, parsed."""
        return message_from_bytes(self.content, policy=default)


@dataclass
class MailServer:
    """What the server took, and what it answers next; an answer of None breaks the connection off.

    Attributes:
        mails: what it took.
        to_mail: answers to the next senders; then all are welcome.
        to_rcpt: answers to the next recipients; then all are welcome.
        to_data: answers to the next announcements of content; then it is asked for.
        at_end: answers at the end of the next contents; then they are taken.
        connections: how many there were.
        only_users: whether only who has logged in may send.
        port: where it listens.
    """

    mails: list[Taken] = field(default_factory=list)
    to_mail: deque[str | None] = field(default_factory=deque)
    to_rcpt: deque[str | None] = field(default_factory=deque)
    to_data: deque[str | None] = field(default_factory=deque)
    at_end: deque[str | None] = field(default_factory=deque)
    connections: int = 0
    only_users: bool = False
    port: int = 0

    async def handle_MAIL(  # noqa: N802 - named by aiosmtpd
        self, server: Any, session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if self.only_users and not session.authenticated:
            return "530 5.7.0 authentication required"
        answer = self.to_mail.popleft() if self.to_mail else OK
        if answer == OK:
            envelope.mail_from = address
        return _or_break(server, answer)

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        answer = self.to_rcpt.popleft() if self.to_rcpt else OK
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return _or_break(server, answer)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - named by aiosmtpd
        answer = self.at_end.popleft() if self.at_end else OK
        if answer == OK:
            (recipient,) = envelope.rcpt_tos
            self.mails.append(
                Taken(
                    envelope.mail_from,
                    recipient,
                    envelope.original_content,
                    encrypted=session.ssl is not None or server._over_ssl,
                    user=session.auth_data,
                )
            )
        return _or_break(server, answer)


class _Difficult(SMTP):
    """Answers to the command DATA itself, before the content, are not a hook of the library's."""

    def __init__(self, answers: MailServer, **options: Any) -> None:
        super().__init__(answers, **options)
        self._answers = answers

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._answers.connections += 1

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - named by aiosmtpd
        if not self._answers.to_data:
            await super().smtp_DATA(arg)
            return
        await self.push(_or_break(self, self._answers.to_data.popleft()))


def _or_break(server: Any, answer: str | None) -> str:
    if answer is None:
        server.transport.abort()
        return "421 gone"
    return answer


@asynccontextmanager
async def serve_smtp(
    *, tls: ssl.SSLContext | None = None, tls_at_once: bool = False, users: bool = False, port: int = 0
) -> AsyncIterator[MailServer]:
    """Serve mail on this machine for the length of an ``async with`` block.

    `tls` offers STARTTLS, or is spoken from the first byte with `tls_at_once`; with `users`, only `USER` may send.
    """
    loop = asyncio.get_running_loop()
    mail_server = MailServer(only_users=users)

    def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False, auth_data=USER if right else None)

    def protocol() -> SMTP:
        return _Difficult(
            mail_server,
            loop=loop,
            hostname="mail.example",
            tls_context=None if tls_at_once else tls,
            auth_require_tls=False,
            authenticator=authenticate if users else None,
        )

    server = await loop.create_server(protocol, "127.0.0.1", port, ssl=tls if tls_at_once else None)
    mail_server.port = server.sockets[0].getsockname()[1]
    try:
        yield mail_server
    finally:
        server.close()


def own_certificate(folder: Path) -> ssl.SSLContext:
    """The server's side of TLS with a certificate that nobody has vouched for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    return context
