"""Reading `DATABASE_URL` as hosts write it, and turning it into what the asynchronous drivers take."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.db.postgresql import CACHES, CERTIFICATES, POOLED

_POSTGRESQL_NAMES = {"postgres", "postgresql", "postgresql+asyncpg"}
_SQLITE_NAMES = {"sqlite", "sqlite+aiosqlite"}
_SSL_MODES = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}
_KEPT = {"host", "options", "port", "ssl", *CERTIFICATES}
"""Parameters that are passed on as they are: a socket's folder, or several hosts, come as `?host=`."""
_TRUTHS = {"true", "false"}
_LEFT_OUT = {
    "application_name",
    "channel_binding",
    "connect_timeout",
    "connection_limit",
    "gssencmode",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "pool_timeout",
    "sslcompression",
    "sslnegotiation",
    "target_session_attrs",
}
"""Parameters that hosts add to every address for other drivers, and that say nothing to ours."""


class InvalidDatabaseUrl(ValueError):
    """`DATABASE_URL` cannot be used; the message says what it should be, and never repeats the password."""


def parse_database_url(text: str) -> URL:
    """Return the address with its asynchronous driver: aiosqlite or asyncpg.

    `postgres://` and `postgresql://` are the same; `sslmode` becomes asyncpg's `ssl`, what says that a
    pooler is in between, and the files of certificates, are for `bot.db.postgresql`, and the parameters that
    hosts add for other drivers alone are left out.

    Raises:
        InvalidDatabaseUrl: another kind of database, no file or name, or a parameter that is not understood.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise InvalidDatabaseUrl(
            "should be sqlite:///path/to/file.db or postgresql://user:password@host/name"
        ) from None
    if url.drivername in _SQLITE_NAMES:
        return _sqlite(url)
    if url.drivername in _POSTGRESQL_NAMES:
        return _postgresql(url)
    raise InvalidDatabaseUrl(f"should begin with sqlite:/// or postgresql://, not with {url.drivername}://")


def _sqlite(url: URL) -> URL:
    if url.host:
        raise InvalidDatabaseUrl(
            "a SQLite address has three slashes before the path: sqlite:///path/to/file.db"
        )
    if not url.database or url.database == ":memory:":
        raise InvalidDatabaseUrl("a SQLite address names a file: sqlite:///path/to/file.db")
    return url.set(drivername="sqlite+aiosqlite")


def _postgresql(url: URL) -> URL:
    if not url.database:
        raise InvalidDatabaseUrl(
            "a PostgreSQL address names a database: postgresql://user:password@host/name"
        )
    unknown = sorted(set(url.query) - _KEPT - _LEFT_OUT - {"sslmode", POOLED, *CACHES})
    if unknown:
        raise InvalidDatabaseUrl(f"has parameters that are not understood: {', '.join(unknown)}")
    query = {name: value for name, value in url.query.items() if name in {*_KEPT, POOLED, *CACHES}}
    if query.get(POOLED, "true") not in _TRUTHS:
        raise InvalidDatabaseUrl(f"{POOLED} should be true or false")
    for cache in CACHES:
        if not str(query.get(cache, "0")).isdecimal():
            raise InvalidDatabaseUrl(f"{cache} should be a number, 0 behind a pooler")
    mode = url.query.get("sslmode")
    if mode is not None:
        if mode not in _SSL_MODES:
            raise InvalidDatabaseUrl(f"sslmode should be one of {', '.join(sorted(_SSL_MODES))}")
        query["ssl"] = mode
    return url.set(drivername="postgresql+asyncpg", query=query)
