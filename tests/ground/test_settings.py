"""Settings: each bad value is named in a line with what it should be, all together, and no secret shows."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.settings import PROJECT, Settings, SettingsError, describe, load
from tests.support import SAMPLE_KEYS

TOKEN = "123456:sample-token-AAEabcdefghijklmn"
KEY = SAMPLE_KEYS[0]
SIGNING = "whsec_" + "c2FtcGxlLXNlY3JldC1vZi10aGlydHktdHdvLWJ5dGVz"
COMPLETE = {
    "BOT_TOKEN": TOKEN,
    "BOT_API_URL": "http://127.0.0.1:8081/",
    "DATABASE_URL": "postgres://u:hidden@db.example/rinnovo",
    "REDIS_URL": "rediss://:hidden@redis.example:6380/1",
    "PUBLIC_URL": "https://bot.example/rinnovo/",
    "WEBHOOK_SECRET": "hidden_hidden_hidden",
    "HOST": "::1",
    "PORT": "8443",
    "PAYMENT_CALLBACK_SECRETS": f"{SIGNING}, {SIGNING}",
    "DATA_KEYS": KEY,
    "SMTP_URL": "smtps://user%40x:hid%2Fden@mail.example",
    "MAIL_FROM": "Rinnovi <rinnovi@mail.example.com>",
    "CATALOGUE": str(PROJECT / "pyproject.toml"),
    "OPERATOR_CHAT_ID": "-1001234567890",
    "OPERATOR_USER_IDS": "1001, 1002",
    "STATEMENTS_DIR": str(PROJECT / "docs"),
    "EVENTS_URL": "https://operator.example/events",
    "EVENTS_SECRET": SIGNING,
    "METRICS_TOKEN": "hidden_hidden_hidden",
    "METRICS_PORT": "9100",
    "TIMEZONE": "Europe/Lisbon",
    "LOG_FORMAT": "json",
    "SENTRY_DSN": "https://hidden@sentry.example/1",
}


def problems(
    environ: dict[str, str], *, env_file: Path | None = None, required: tuple[str, ...] = ()
) -> list[str]:
    """What is wrong with these settings."""
    with pytest.raises(SettingsError) as caught:
        load(environ, env_file, required=required)
    assert str(caught.value).splitlines() == list(caught.value.problems)
    return list(caught.value.problems)


def test_nothing_is_needed_by_default() -> None:
    settings = load({}, None)
    assert settings == Settings()
    assert settings.database_url.get_secret_value() == "sqlite:///data/rinnovo.db"
    assert settings.bot_api_url == "https://api.telegram.org"
    assert settings.timezone == ZoneInfo("Europe/Rome")
    assert settings.catalogue == PROJECT / "catalogue.toml"
    assert (settings.listen_on, settings.port, settings.log_format) == ("127.0.0.1", 8080, "auto")


def test_everything_set_is_understood() -> None:
    settings = load(COMPLETE, None)
    assert settings.token() == TOKEN
    assert settings.bot_api_url == "http://127.0.0.1:8081"
    assert settings.public_url == "https://bot.example/rinnovo"
    assert settings.port == 8443
    assert settings.listen_on == "::1"
    assert [each.get_secret_value() for each in settings.payment_callback_secrets] == [SIGNING, SIGNING]
    assert repr(settings.key_ring()) == "<KeyRing of 1>"
    assert settings.smtp_url is not None
    assert (settings.smtp_url.host, settings.smtp_url.port, settings.smtp_url.tls) == (
        "mail.example",
        465,
        True,
    )
    assert settings.smtp_url.username == "user@x"
    assert settings.smtp_url.password is not None
    assert settings.smtp_url.password.get_secret_value() == "hid/den"
    assert settings.operator_chat_id == -1001234567890
    assert settings.operator_user_ids == {1001, 1002}
    assert settings.statements_dir == PROJECT / "docs"
    assert settings.timezone == ZoneInfo("Europe/Lisbon")


def test_no_secret_shows() -> None:
    settings = load(COMPLETE, None)
    for shown in (repr(settings), str(settings), f"{settings}"):
        for secret in ("hidden", "hid/den", "AAEabc", KEY, SIGNING):
            assert secret not in shown


BAD_VALUES = [
    ("BOT_TOKEN", "hidden", "@BotFather"),
    ("BOT_TOKEN", "123456:hidden", "@BotFather"),
    ("BOT_TOKEN", "hidden:AAEabcdefghijklmnopqrstuvwxyz", "@BotFather"),
    ("BOT_API_URL", "api.telegram.example", "begin with http:// or https://"),
    ("BOT_API_URL", "http://", "address of a Bot API server"),
    ("BOT_API_URL", "http://hidden.example.com:8081", "would show everything on the way"),
    ("BOT_API_URL", "http://93.184.216.34", "only within your own network"),
    ("DATABASE_URL", "mysql://u:hidden@db.example/n", "postgresql://user:password@host/name"),
    ("DATABASE_URL", "rinnovo.db", "sqlite:///path/to/file.db"),
    ("REDIS_URL", "http://:hidden@redis.example", "redis://host:6379/0"),
    ("REDIS_URL", "unix://", "redis://host:6379/0"),
    ("PUBLIC_URL", "http://bot.example", "begin with https://"),
    ("PUBLIC_URL", "https://bot.example?x=1", "query"),
    ("PUBLIC_URL", "https://bot example", "not a valid address"),
    ("PUBLIC_URL", "https://[bot", "https:// address"),
    ("WEBHOOK_SECRET", "hidden", "16 to 256"),
    ("WEBHOOK_SECRET", "hidden hidden hidden", "16 to 256"),
    ("HOST", "http://127.0.0.1", "address to listen on"),
    ("HOST", "300.0.0.1", "address to listen on"),
    ("PORT", "web", "not a whole number"),
    ("PORT", "0", "1 to 65535"),
    ("PORT", "65536", "1 to 65535"),
    ("PAYMENT_CALLBACK_SECRETS", ",", "whsec_"),
    ("PAYMENT_CALLBACK_SECRETS", f"{SIGNING},hidden", "secret 2 does not begin"),
    ("PAYMENT_CALLBACK_SECRETS", "whsec_hidden!", "not base64"),
    ("PAYMENT_CALLBACK_SECRETS", "whsec_aGlkZGVu", "holds 6 bytes"),
    ("DATA_KEYS", "hidden", "32 random bytes"),
    ("DATA_KEYS", f"{KEY},hidden", "key 2"),
    ("SMTP_URL", "mail.example", "smtp://user:password@host:587"),
    ("SMTP_URL", "smtp://user@mail.example", "user without password"),
    ("SMTP_URL", "smtp://mail.example:hidden", "not a valid address"),
    ("SMTP_URL", "smtp://mail.example/hidden", "something after the host"),
    ("MAIL_FROM", "rinnovi", "rinnovi@example.com"),
    ("MAIL_FROM", "Rinnovi <rinnovi@>", "rinnovi@example.com"),
    ("CATALOGUE", "missing/catalogue.toml", "no file 'missing/catalogue.toml'"),
    ("CATALOGUE", ".", "path of a catalogue file"),
    ("OPERATOR_CHAT_ID", "@operator", "number of the Telegram chat"),
    ("OPERATOR_CHAT_ID", "0", "no chat has the number 0"),
    ("OPERATOR_USER_IDS", "1001, @operator", "Telegram numbers of the people"),
    ("OPERATOR_USER_IDS", "-100123", "those below are groups"),
    ("STATEMENTS_DIR", "/no/such/folder", "there is no folder"),
    ("EVENTS_URL", "ftp://operator.example", "the https:// address that receives events"),
    ("EVENTS_URL", "http://operator.example/hook", "the https:// address that receives events"),
    ("EVENTS_SECRET", "hidden", "whsec_"),
    ("METRICS_TOKEN", "hidden", "16 to 256 letters"),
    ("METRICS_PORT", "70000", "a port from 1 to 65535 of its own"),
    ("TIMEZONE", "Roma", "no zone 'Roma'"),
    ("TIMEZONE", "../etc/passwd", "like Europe/Rome"),
    ("LOG_FORMAT", "xml", "json, text or auto"),
    ("SENTRY_DSN", "https://sentry.example/1", "https://key@host/1"),
    ("SENTRY_DSN", "https://hidden@sentry.example", "https://key@host/1"),
]


@pytest.mark.parametrize(("name", "value", "says"), BAD_VALUES)
def test_a_bad_value_is_named_with_what_it_should_be(name: str, value: str, says: str) -> None:
    (line,) = problems(COMPLETE | {name: value})
    assert line.startswith(f"{name} is wrong (")
    assert says in line
    assert "hidden" not in line
    assert "\n" not in line


def test_every_setting_has_a_bad_value_in_the_test_above() -> None:
    tested = {name for name, _, _ in BAD_VALUES}
    assert tested == {each.name for each in describe()} == set(COMPLETE)


@pytest.mark.parametrize(
    "address",
    [
        "https://api.example.com",
        "http://localhost:8081",
        "http://telegram-bot-api:8081",
        "http://10.1.2.3",
        "http://[fd00::1]:8081",
        "http://[::1]",
    ],
)
def test_a_bot_api_server_of_ones_own_needs_no_certificate(address: str) -> None:
    assert load({"BOT_API_URL": f"{address}/"}, None).bot_api_url == address


def test_everything_wrong_is_said_at_once() -> None:
    lines = problems({"PORT": "x", "TIMEZONE": "Roma"}, required=("BOT_TOKEN", "DATA_KEYS"))
    assert [line.split(" is ")[0] for line in lines] == ["BOT_TOKEN", "PORT", "DATA_KEYS", "TIMEZONE"]
    assert lines[0] == "BOT_TOKEN is missing: it should be the token that @BotFather gave, like 123456:AAE…"


@pytest.mark.parametrize(
    ("name", "needed"),
    [("PUBLIC_URL", "WEBHOOK_SECRET"), ("SMTP_URL", "MAIL_FROM"), ("EVENTS_URL", "EVENTS_SECRET")],
)
def test_a_setting_that_needs_another_says_so(name: str, needed: str) -> None:
    (line,) = problems(COMPLETE | {needed: " "})
    assert line.startswith(f"{needed} is missing, which {name} needs: it should be ")


def test_a_missing_secret_is_asked_for_where_it_is_used() -> None:
    with pytest.raises(SettingsError, match="BOT_TOKEN is missing"):
        load({}, None).token()
    with pytest.raises(SettingsError, match="DATA_KEYS is missing"):
        load({}, None).key_ring()


def test_a_webhook_listens_on_every_address_unless_told_otherwise() -> None:
    webhook = {"PUBLIC_URL": "https://bot.example", "WEBHOOK_SECRET": "sample_sample_sample"}
    assert load(webhook, None).listen_on == "0.0.0.0"  # noqa: S104 (nothing listens)
    assert load(webhook | {"HOST": "127.0.0.1"}, None).listen_on == "127.0.0.1"
    assert load(webhook | {"PUBLIC_URL": "http://localhost:8080"}, None).public_url == "http://localhost:8080"


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text(
        f"""\ufeff# a comment
        export BOT_TOKEN="{TOKEN}"
        TIMEZONE = Europe/Lisbon   # where the operator is
        MAIL_FROM='Rinnovi # <rinnovi@mail.example.com>'  # quoted
        PORT=1111
        LOG_FORMAT=
        """,
        encoding="utf-8",
    )
    settings = load({"PORT": "2222", "TIMEZONE": ""}, env_file)
    assert settings.token() == TOKEN
    assert settings.timezone == ZoneInfo("Europe/Lisbon")
    assert settings.mail_from == "Rinnovi # <rinnovi@mail.example.com>"
    assert settings.port == 2222
    assert settings.log_format == "auto"


def test_a_file_that_is_not_there_is_no_problem(tmp_path: Path) -> None:
    assert load({}, tmp_path / ".env") == Settings()


def test_mistakes_in_the_file_are_named(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("BOT_TOKN=hidden\nsome hidden words\nPGHOST=db.example\nport=1\n", encoding="utf-8")
    assert problems({}, env_file=env_file) == [
        ".env, line 2, is not understood: it should be NAME=value",
        "BOT_TOKN in .env is not a setting: it should be BOT_TOKEN",
        "port in .env is not a setting: it should be PORT",
    ]


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_bytes(b"\xff\xfe\x00")
    (line,) = problems({}, env_file=env_file)
    assert line == ".env cannot be read (UnicodeDecodeError): it should be a UTF-8 text file"


def test_the_example_file_has_every_setting_and_is_empty() -> None:
    example = PROJECT / ".env.example"
    names = [
        line.partition("=")[0]
        for line in example.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert sorted(names) == sorted(each.name for each in describe())
    assert load({}, example) == Settings()


def test_every_setting_is_described() -> None:
    for each in describe():
        assert each.should_be
        assert each.default
