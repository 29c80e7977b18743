"""``DATABASE_URL`` as hosts write it."""

import pytest

from bot.db.url import InvalidDatabaseUrl, parse_database_url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sqlite:///data/rinnovo.db", "sqlite+aiosqlite:///data/rinnovo.db"),
        ("sqlite+aiosqlite:////srv/rinnovo.db", "sqlite+aiosqlite:////srv/rinnovo.db"),
        ("postgres://u:p%40@db.example/n", "postgresql+asyncpg://u:p%40@db.example/n"),
        ("postgresql://u:p@db.example:5433/n", "postgresql+asyncpg://u:p@db.example:5433/n"),
        ("postgresql+asyncpg://u:p@db.example/n", "postgresql+asyncpg://u:p@db.example/n"),
        ("postgres://u:p@db.example/n?sslmode=require", "postgresql+asyncpg://u:p@db.example/n?ssl=require"),
        (
            "postgres://u:p@db.example/n?sslmode=require&channel_binding=require&application_name=x",
            "postgresql+asyncpg://u:p@db.example/n?ssl=require",
        ),
        ("postgresql:///n?host=/run/postgresql", "postgresql+asyncpg:///n?host=%2Frun%2Fpostgresql"),
        (
            "postgres://u:p@db.example/n?pgbouncer=true&connection_limit=1&connect_timeout=15",
            "postgresql+asyncpg://u:p@db.example/n?pgbouncer=true",
        ),
        (
            "postgres://u:p@db.example/n?sslmode=verify-full&sslrootcert=/etc/ca.pem&statement_cache_size=0",
            "postgresql+asyncpg://u:p@db.example/n?ssl=verify-full&sslrootcert=%2Fetc%2Fca.pem&statement_cache_size=0",
        ),
    ],
)
def test_addresses_get_their_driver(text: str, expected: str) -> None:
    assert parse_database_url(text).render_as_string(hide_password=False) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "should be sqlite"),
        ("rinnovo.db", "should be sqlite"),
        ("mysql://u:hidden@db.example/n", "not with mysql"),
        ("sqlite://rinnovo.db", "three slashes"),
        ("sqlite://", "names a file"),
        ("sqlite:///:memory:", "names a file"),
        ("postgres://u:hidden@db.example", "names a database"),
        ("postgres://u:hidden@db.example:port/n", "should be sqlite"),
        ("postgres://u:hidden@db.example/n?sslmode=perhaps", "sslmode should be one of"),
        ("postgres://u:hidden@db.example/n?colour=red", "colour"),
        ("postgres://u:hidden@db.example/n?pgbouncer=perhaps", "pgbouncer should be true or false"),
        ("postgres://u:hidden@db.example/n?statement_cache_size=few", "should be a number"),
    ],
)
def test_wrong_addresses_say_what_they_should_be_and_hide_the_password(text: str, message: str) -> None:
    with pytest.raises(InvalidDatabaseUrl, match=message) as caught:
        parse_database_url(text)
    assert "hidden" not in str(caught.value)
