"""Engines on PostgreSQL, directly or behind a pooler such as pgbouncer.

A pooler lends one connection of the server to many clients. It refuses settings that it does not know, and in its
transaction mode what one client prepared is another's a moment later. So behind one no settings are sent, and
nothing is kept prepared between two transactions; that costs a fraction of a millisecond a transaction, which a
direct connection does not pay.

Whether there is a pooler is said by the address (`pgbouncer=true`, or a statement cache of 0), or else found out
by its refusal of what a server takes.
"""

import ssl
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import structlog
from sqlalchemy import URL, Dialect, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_log = structlog.get_logger(__name__)

APPLICATION: Final = {"application_name": "rinnovo"}
"""What an administrator sees of us; poolers know it."""
STILL_FOR: Final = timedelta(seconds=8)
"""Who says nothing for so long in the middle of a transaction stands still, and loses what it has locked."""
STILL: Final = "idle_in_transaction_session_timeout"
SETTINGS: Final = {**APPLICATION, "jit": "off", STILL: str(STILL_FOR // timedelta(milliseconds=1))}
"""`jit` is off because compiling a plan costs more than our short queries do."""
POOLED: Final = "pgbouncer"
CACHES: Final = ("prepared_statement_cache_size", "statement_cache_size")
"""How many statements the driver and SQLAlchemy keep prepared on a connection."""
CERTIFICATES: Final = ("sslcert", "sslkey", "sslrootcert")
_OURS: Final = (POOLED, *CACHES, *CERTIFICATES, "options")
"""Parameters of an address that are read here; the rest is the driver's."""
_SYSTEM: Final = "system"
"""What `sslrootcert` may be instead of a file: the authorities that the machine trusts."""
_REFUSED: Final = "unsupported startup parameter"


class CertificateUnreadable(ValueError):
    """A file of certificates that the address names cannot be read, or holds none."""


def postgresql_engine(url: URL, **options: Any) -> AsyncEngine:
    """Make an engine for an address of `bot.db.url`; `options` are those of SQLAlchemy's pools.

    Raises:
        CertificateUnreadable: the address names a file that is no certificate.
    """
    asked: dict[str, Any] = dict(url.query)
    ours: dict[str, Any] = {
        name: asked.pop(name) for name in (POOLED, *CACHES, *CERTIFICATES, "options") if name in asked
    }
    arguments = _arguments(ours, asked)
    engine = create_async_engine(
        url.set(query=asked), connect_args=arguments, hide_parameters=True, **options
    )

    found: dict[str, Any] = {}

    @event.listens_for(engine.sync_engine, "do_connect")
    def _connect(dialect: Dialect, _: object, given: list[Any], named: dict[str, Any]) -> Any:
        try:
            return dialect.connect(*given, **named | found)
        except dialect.loaded_dbapi.Error as refused:
            if _REFUSED not in str(refused) or (named | found)["server_settings"] == APPLICATION:
                raise
        if not found:
            _log.info("pooler_found", why="it does not take the settings of a server")
            found.update(_behind_a_pooler(ours))
        return dialect.connect(*given, **named | found)

    return engine


def _arguments(ours: Mapping[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """What the driver is given beside the address; `asked` loses what is said better here."""
    arguments: dict[str, Any] = {"server_settings": dict(SETTINGS)}
    if ours.get(POOLED) == "true" or any(ours.get(cache) == "0" for cache in CACHES):
        arguments |= _behind_a_pooler(ours)
    arguments |= {cache: int(ours[cache]) for cache in CACHES if cache in ours}
    if "options" in ours:
        arguments["server_settings"] |= {"options": ours["options"]}
    if any(name in ours for name in CERTIFICATES):
        arguments["ssl"] = _tls(ours, asked.pop("ssl", "prefer"))
    return arguments


def _behind_a_pooler(ours: Mapping[str, Any]) -> dict[str, Any]:
    settings = dict(APPLICATION)
    if "options" in ours:
        settings["options"] = ours["options"]
    return {
        "server_settings": settings,
        "statement_cache_size": 0,
        "prepared_statement_cache_size": 0,
        # What is prepared within a transaction has a name that no other client of the pooler gives.
        "prepared_statement_name_func": lambda: f"rinnovo_{uuid4().hex}",
    }


def _tls(ours: Mapping[str, Any], mode: str) -> ssl.SSLContext:
    """What libpq would do with these files: the authority is always checked, the host's name by `verify-full`."""
    root = ours.get("sslrootcert")
    try:
        context = ssl.create_default_context(cafile=None if root in {None, _SYSTEM} else root)
        context.check_hostname = mode == "verify-full" or root == _SYSTEM
        if root is None and mode not in {"verify-ca", "verify-full"}:
            context.verify_mode = ssl.CERT_NONE
        if "sslcert" in ours:
            context.load_cert_chain(ours["sslcert"], ours.get("sslkey"))
    except (OSError, ssl.SSLError) as error:
        named = ", ".join(f"{name}={ours[name]}" for name in CERTIFICATES if name in ours)
        raise CertificateUnreadable(
            f"DATABASE_URL: {named} cannot be read ({error.strerror or error})"
        ) from error
    return context
