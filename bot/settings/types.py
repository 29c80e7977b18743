"""What a setting may hold: each function takes the text of one variable and returns its value.

All of them raise `ValueError` with what is wrong, in a few words that never repeat a secret. What the
value should be is said by `bot.settings`.
"""

import base64
import binascii
import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from email_validator import EmailNotValidError, validate_email
from pydantic import SecretStr

from bot.db.keys import InvalidKeys, KeyRing
from bot.db.url import InvalidDatabaseUrl, parse_database_url

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{20,}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.?")
_NAMED_ADDRESS = re.compile(r"[^<>@]+<(?P<address>[^<>]+)>")
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_SIGNING_BYTES = range(24, 65)
_PORTS = range(1, 65_536)

LogFormat = Literal["auto", "json", "text"]


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is handed over: with `tls` from the first byte, or else STARTTLS where it is offered."""

    host: str
    port: int
    tls: bool
    username: str | None
    password: SecretStr | None


def bot_token(text: str) -> SecretStr:
    """Check the shape of a token; whether Telegram knows it is asked when the bot starts."""
    if not _TOKEN.fullmatch(text):
        raise ValueError("it does not look like one")
    return SecretStr(text)


def bot_api_url(text: str) -> str:
    """Take the address of a Bot API server: `https`, or `http` within the operator's own network (DESIGN.md, HTTP).

    That is this machine, a name of one label as compose gives it, or a private address. Every request there has the
    token in it, and what customers write. A slash at the end is dropped.
    """
    return _sealed(text, in_the_clear=_is_near)


def sealed_url(text: str) -> str:
    """Take an address to which personal data may travel: `https`, or `http` on this machine."""
    return _sealed(text, in_the_clear=lambda host: host in _THIS_MACHINE)


def public_url(text: str) -> str:
    """Take an address with `https`, or `http` on this machine; a slash at its end is dropped."""
    parts = urlsplit(sealed_url(text))
    if parts.query or parts.fragment:
        raise ValueError("it has a query or a fragment")
    return text.rstrip("/")


def database_url(text: str) -> SecretStr:
    """Take what `bot.db.url.parse_database_url` takes."""
    try:
        parse_database_url(text)
    except InvalidDatabaseUrl as error:
        raise ValueError(str(error)) from None
    return SecretStr(text)


def redis_url(text: str) -> SecretStr:
    """Take the address of a Redis server, over TCP, TLS or a socket."""
    if not (text.startswith("unix://") and len(text) > len("unix://")):
        _split(text, {"redis", "rediss"})
    return SecretStr(text)


def webhook_secret(text: str) -> SecretStr:
    """Take what Telegram takes as a secret, long enough that it cannot be guessed."""
    if not _WEBHOOK_SECRET.fullmatch(text):
        raise ValueError("it is too short, too long, or has other characters")
    return SecretStr(text)


def metrics_token(text: str) -> SecretStr:
    """Take a token as long, and of the same characters, as a webhook's secret."""
    return webhook_secret(text)


def host(text: str) -> str:
    """Take an address or a name to listen on, without scheme and port."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        if not _HOST_NAME.fullmatch(text) or text.replace(".", "").isdigit():
            raise ValueError("it is neither an address nor a name") from None
    return text


def port(text: str) -> int:
    """Take a port number."""
    number = _whole(text)
    if number not in _PORTS:
        raise ValueError("it is out of range")
    return number


def signing_secrets(text: str) -> tuple[SecretStr, ...]:
    """Take one or more Standard Webhooks secrets, separated by commas."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        raise ValueError("there is none")
    return tuple(signing_secret(part, position) for position, part in enumerate(parts, start=1))


def signing_secret(text: str, position: int = 1) -> SecretStr:
    """Take one Standard Webhooks secret: `whsec_` and 24 to 64 random bytes in base64."""
    prefix, mark, encoded = text.partition("whsec_")
    if prefix or not mark:
        raise ValueError(f"secret {position} does not begin with whsec_")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"secret {position} is not base64 after whsec_") from None
    if len(secret) not in _SIGNING_BYTES:
        raise ValueError(f"secret {position} holds {len(secret)} bytes")
    return SecretStr(text)


def data_keys(text: str) -> SecretStr:
    """Take what `bot.db.keys.KeyRing.parse` takes."""
    try:
        KeyRing.parse(text)
    except InvalidKeys as error:
        raise ValueError(str(error)) from None
    return SecretStr(text)


def smtp_server(text: str) -> SmtpServer:
    """Take a mail server as an address: `smtps` for TLS from the start, `smtp` for STARTTLS."""
    parts = _split(text, {"smtp", "smtps"})
    if parts.path.strip("/") or parts.query:
        raise ValueError("it has something after the host")
    if bool(parts.username) != bool(parts.password):
        raise ValueError("it has a user without password, or a password without user")
    tls = parts.scheme == "smtps"
    return SmtpServer(
        host=parts.hostname or "",
        port=parts.port or (465 if tls else 587),
        tls=tls,
        username=unquote(parts.username) if parts.username else None,
        password=SecretStr(unquote(parts.password)) if parts.password else None,
    )


def mail_address(text: str) -> str:
    """Take an e-mail address, with or without a name before it."""
    named = _NAMED_ADDRESS.fullmatch(text)
    try:
        validate_email(named["address"] if named else text, check_deliverability=False)
    except EmailNotValidError:
        raise ValueError("it is not an e-mail address") from None
    return text


def existing_file(text: str) -> Path:
    """Take the path of a file that is there."""
    path = Path(text)
    if not path.is_file():
        raise ValueError(f"there is no file {text!r}")
    return path


def chat_id(text: str) -> int:
    """Take the number of a chat; groups have negative ones."""
    number = _whole(text)
    if number == 0:
        raise ValueError("no chat has the number 0")
    return number


def user_ids(text: str) -> frozenset[int]:
    """Take the numbers of people, separated by commas."""
    numbers = frozenset(_whole(each) for each in text.split(",") if each.strip())
    if any(number <= 0 for number in numbers):
        raise ValueError("people have numbers above zero: those below are groups")
    return numbers


def existing_folder(text: str) -> Path:
    """Take the path of a folder that is there."""
    path = Path(text)
    if not path.is_dir():
        raise ValueError(f"there is no folder {text!r}")
    return path


def timezone(text: str) -> ZoneInfo:
    """Take the name of a zone in the IANA database."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"there is no zone {text!r}") from None


def log_format(text: str) -> LogFormat:
    """Take one of the formats."""
    match text:
        case "auto" | "json" | "text":
            return text
        case _:
            raise ValueError(f"there is no format {text!r}")


def sentry_dsn(text: str) -> SecretStr:
    """Take the address of a Sentry project."""
    parts = _split(text, {"http", "https"})
    if not parts.username or not parts.path.strip("/"):
        raise ValueError("the key or the project is missing")
    return SecretStr(text)


def _sealed(text: str, *, in_the_clear: Callable[[str], bool]) -> str:
    parts = _split(text, {"https", "http"})
    if parts.scheme == "http" and not in_the_clear(parts.hostname or ""):
        raise ValueError("it does not begin with https://, and http:// would show everything on the way")
    return text.rstrip("/")


def _is_near(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host
    return address.is_private or address.is_loopback


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError("it is not a whole number") from None


def _split(text: str, schemes: set[str]) -> SplitResult:
    try:
        parts = urlsplit(text)
        number = parts.port
    except ValueError:
        raise ValueError("it is not a valid address") from None
    if parts.scheme not in schemes:
        expected = " or ".join(f"{scheme}://" for scheme in sorted(schemes))
        raise ValueError(f"it does not begin with {expected}")
    if not parts.hostname or number == 0 or any(character.isspace() for character in text):
        raise ValueError("it is not a valid address")
    return parts
