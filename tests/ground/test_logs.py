"""Logs: JSON or text, libraries included, and never a secret in any of them."""

import io
import json
import logging
import warnings
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
import structlog

from bot.settings import load
from bot.watching.logs import Redactor, configure_logging, secrets_of
from tests.support import SAMPLE_KEYS
from tests.support.clock import FrozenClock

TOKEN = "123456789:AAEsample-token_abcdefghijklmnopqrs"
KEY = SAMPLE_KEYS[0]
SIGNING = "whsec_c2FtcGxlLXNlY3JldC1vZi10aGlydHktdHdvLWJ5dGVz"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Put logging back as it was."""
    root = logging.getLogger()
    before = root.handlers, root.level
    yield
    root.handlers, root.level = before
    logging.getLogger("uvicorn.error").filters = []
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def test_elsewhere_than_on_a_terminal_each_line_is_json() -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)
    structlog.get_logger("bot.test").info("order_placed", order="R7K2M-4", city="Forlì")
    (line,) = stream.getvalue().splitlines()
    logged = json.loads(line)
    assert logged.pop("timestamp").endswith("Z")
    assert logged == {
        "event": "order_placed",
        "level": "info",
        "logger": "bot.test",
        "order": "R7K2M-4",
        "city": "Forlì",
    }


def test_on_a_terminal_lines_are_text() -> None:
    stream = Terminal()
    configure_logging(stream=stream)
    structlog.get_logger().info("order_placed", order="R7K2M-4")
    assert "order_placed" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


@pytest.mark.parametrize(
    ("log_format", "stream", "is_json"), [("json", Terminal(), True), ("text", io.StringIO(), False)]
)
def test_the_format_can_be_forced(log_format: str, stream: io.StringIO, *, is_json: bool) -> None:
    configure_logging("json" if log_format == "json" else "text", stream=stream)
    structlog.get_logger().info("hello")
    assert stream.getvalue().startswith("{") is is_json


SECRETS = [
    TOKEN,
    f"https://api.telegram.org/bot{TOKEN}/sendMessage",
    "http://127.0.0.1:8081/bot42:short/getMe",
    f"signed with {SIGNING}.",
    f"keys {KEY},{KEY}",
    "postgresql://user:pa:ss-word@db.example/name",
    "redis://:pa:ss-word@redis.example/0",
    "smtp://user%40example.com:pa:ss-word@mail.example",
]
PARTS = [TOKEN, "AAEsample", "42:short", SIGNING[6:], KEY, "ss-word"]


@pytest.mark.parametrize("log_format", ["json", "text"])
@pytest.mark.parametrize("secret", SECRETS)
def test_what_looks_like_a_secret_is_blacked_out_everywhere(log_format: str, secret: str) -> None:
    stream = io.StringIO()
    configure_logging("json" if log_format == "json" else "text", stream=stream)
    log = structlog.get_logger()
    log.info("event", value=secret, nested={"list": [secret]})
    log.info(secret)
    logging.getLogger("library").warning("calling %s", secret)
    try:
        _ = dict[str, str]()[secret]
    except KeyError:
        log.exception("failed")
    written = stream.getvalue()
    assert "KeyError" in written
    assert "***" in written
    for part in PARTS:
        assert part not in written


def test_secrets_of_the_settings_are_blacked_out_whatever_they_look_like() -> None:
    environ = {
        "BOT_TOKEN": TOKEN,
        "WEBHOOK_SECRET": "plain_words_that_hide",
        "METRICS_TOKEN": "other_words_that_hide",
        "SMTP_URL": "smtp://user:correct-horse@mail.example",
        "MAIL_FROM": "a@mail.example.com",
        "DATA_KEYS": f"{KEY},{SAMPLE_KEYS[1]}",
        "PAYMENT_CALLBACK_SECRETS": SIGNING,
        "SENTRY_DSN": "https://public@sentry.example/1",
    }
    secrets = secrets_of(load(environ, None))
    assert {TOKEN, "plain_words_that_hide", "other_words_that_hide", "correct-horse", KEY, SIGNING} <= secrets
    line = Redactor(secrets).redact("got plain_words_that_hide and correct-horse")
    assert line == "got *** and ***"


def test_ordinary_words_stay() -> None:
    line = "order R7K2M-4 of 2026-11-23T10:00:00 at https://bot.example:8443/healthz for a@example.com 36.48"
    assert Redactor(["", "36"]).redact(line) == line


async def test_a_call_to_telegram_leaves_no_token_in_the_logs() -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"url": str(request.url)}))
    async with httpx.AsyncClient(transport=transport) as client:
        await client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert stream.getvalue() == ""
    logging.getLogger("httpx").error("HTTP Request: GET %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert TOKEN not in stream.getvalue()


@pytest.mark.parametrize(
    "name", ["httpx", "httpcore", "sqlalchemy.engine.Engine", "aiogram.event", "telegram.ext"]
)
def test_chatty_libraries_speak_only_from_warnings_on(name: str) -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)
    logging.getLogger(name).info("a value: someone@example.com")
    assert stream.getvalue() == ""
    logging.getLogger(name).warning("trouble")
    assert json.loads(stream.getvalue())["event"] == "trouble"


def test_what_strangers_make_the_server_warn_of_is_written_once_a_minute(clock: FrozenClock) -> None:
    stream = io.StringIO()
    configure_logging("json", stream=stream, clock=clock)
    server = logging.getLogger("uvicorn.error")
    for _ in range(50):
        server.warning("Invalid HTTP request received.")
        server.warning("Unsupported upgrade request.")
    server.error("Exception in ASGI application")
    server.error("Exception in ASGI application")
    clock.advance(timedelta(minutes=1))
    server.warning("Invalid HTTP request received.")
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["event"].split()[0], line.get("left_out_before")) for line in lines] == [
        ("Invalid", None),
        ("Unsupported", None),
        ("Exception", None),
        ("Exception", None),
        ("Invalid", 49),
    ]


def test_no_colours_of_a_terminal_are_written_elsewhere() -> None:
    stream = io.StringIO()
    configure_logging("json", stream=stream)
    logging.getLogger("a.server").info(
        "Started server process [%d]",
        12,
        extra={"color_message": "Started server process [\x1b[36m%d\x1b[0m]"},
    )
    logged = json.loads(stream.getvalue())
    assert logged["event"] == "Started server process [12]"
    assert "color_message" not in logged


def test_values_of_local_variables_do_not_show_in_tracebacks() -> None:
    for log_format in ("json", "text"):
        stream = io.StringIO()
        configure_logging("json" if log_format == "json" else "text", stream=stream)
        try:
            personal = bytes.fromhex("50726f7661").decode()
            _ = dict[int, str]()[len(personal)]
        except KeyError:
            structlog.get_logger().exception("failed")
        assert "KeyError" in stream.getvalue()
        assert "Prova" not in stream.getvalue()


def test_warnings_are_logged() -> None:
    stream = io.StringIO()
    configure_logging(stream=stream)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn("mind the gap", stacklevel=1)
    assert "mind the gap" in stream.getvalue()
