"""Errors reach Sentry when SENTRY_DSN is set: where they happened, and nobody's data."""

import asyncio
import io
import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import sentry_sdk
import structlog
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from bot.settings import Settings, load
from bot.watching.logs import configure_logging, secrets_of
from bot.watching.observing import reporting_errors

TOKEN = "123456789:AAEsample-token_abcdefghijklmnopqrs"
SIGNING = "whsec_c2FtcGxlLXNlY3JldC1vZi10aGlydHktdHdvLWJ5dGVz"
DSN = "https://hidden@sentry.example/1"

_log = structlog.get_logger("bot.test")


class Outbound(Transport):
    """Keeps the reports instead of sending them."""

    sent: list[dict[str, Any]]

    def capture_envelope(self, envelope: Envelope) -> None:
        event = envelope.get_event()
        assert event is not None
        self.sent.append(json.loads(json.dumps(event)))


@pytest.fixture
def outbound(monkeypatch: pytest.MonkeyPatch) -> type[Outbound]:
    """A transport with nothing in it."""
    monkeypatch.setattr(Outbound, "sent", [], raising=False)
    return Outbound


@pytest.fixture
def settings() -> Settings:
    return load({"SENTRY_DSN": DSN, "BOT_TOKEN": TOKEN, "PAYMENT_CALLBACK_SECRETS": SIGNING}, env_file=None)


@pytest.fixture
def lines(settings: Settings) -> Iterator[io.StringIO]:
    """What is logged; logging is put back as it was, and Sentry too."""
    root = logging.getLogger()
    before = root.handlers, root.level
    stream = io.StringIO()
    configure_logging("json", secrets=secrets_of(settings), stream=stream)
    yield stream
    root.handlers, root.level = before
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
    sentry_sdk.get_global_scope().set_client(None)


def fail(customer: str) -> None:
    """Fail with personal data in a variable, in the message, and in the values of a statement."""
    password = f"key of {customer}"
    raise ValueError(
        f"no mailbox of {customer} {TOKEN} [SQL: SELECT 1 WHERE code = ?]\n[parameters: ('{customer}', 'ROSSI')]"
        f" {password[:0]}"
    )


def failed(report: dict[str, Any]) -> dict[str, Any]:
    """The outermost exception of a report."""
    exception: dict[str, Any] = report["exception"]["values"][-1]
    return exception


@pytest.mark.usefixtures("lines")
@pytest.mark.shows_secrets
def test_an_error_is_reported_with_where_it_happened_and_nobody_s_data(
    settings: Settings, outbound: type[Outbound], lines: io.StringIO
) -> None:
    with reporting_errors(settings, outbound):
        assert not sentry_sdk.get_client().should_send_default_pii()
        try:
            fail("maria.esempio@example.com")
        except ValueError:
            _log.exception("order_not_placed", chat=7, place=TOKEN)
    (report,) = outbound.sent
    assert (report["level"], report["tags"]) == (
        "error",
        {"logger": "bot.test", "event": "order_not_placed"},
    )
    assert report["extra"] == {"chat": "7", "place": "***"}
    assert failed(report)["type"] == "ValueError"
    assert (
        failed(report)["value"] == "no mailbox of *** *** [SQL: SELECT 1 WHERE code = ?]\n[parameters: ***]"
    )
    frames = failed(report)["stacktrace"]["frames"]
    assert frames[-1]["function"] == "fail"
    assert all("vars" not in frame for frame in frames)
    assert not {"request", "user", "modules"} & report.keys()
    assert report["breadcrumbs"]["values"] == []
    everything = json.dumps(report)
    for word in ("maria", "ROSSI", TOKEN, "AAEsample", SIGNING):
        assert word not in everything
    assert "order_not_placed" in lines.getvalue()


@pytest.mark.usefixtures("lines")
def test_errors_of_libraries_and_errors_without_exception_are_reported_alike(
    settings: Settings, outbound: type[Outbound]
) -> None:
    with reporting_errors(settings, outbound):
        logging.getLogger("uvicorn.error").error("%s gave up on %s", "it", "write@example.com")
        _log.error("outbox_stuck", waiting=12)
        _log.warning("not_an_error")
        logging.getLogger("sentry_sdk.errors").error("cannot be sent")
    library, ours = outbound.sent
    assert (library["message"], library["tags"]["logger"]) == ("it gave up on ***", "uvicorn.error")
    assert library["fingerprint"] == ["uvicorn.error", "%s gave up on %s"]
    assert (ours["message"], ours["extra"]) == ("outbox_stuck", {"waiting": "12"})


@pytest.mark.usefixtures("lines")
def test_the_error_that_ends_the_process_is_reported_and_still_ends_it(
    settings: Settings, outbound: type[Outbound]
) -> None:
    async def run() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(asyncio.sleep(0))
            fail("somebody")

    with pytest.raises(ExceptionGroup), reporting_errors(settings, outbound):
        asyncio.run(run())
    (report,) = outbound.sent
    assert {each["type"] for each in report["exception"]["values"]} == {"ExceptionGroup", "ValueError"}


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize("end", [SystemExit(1), KeyboardInterrupt()])
def test_an_end_that_was_asked_for_is_no_error(
    settings: Settings, outbound: type[Outbound], end: BaseException
) -> None:
    with pytest.raises(type(end)), reporting_errors(settings, outbound):
        raise end
    assert outbound.sent == []


@pytest.mark.usefixtures("lines")
def test_after_the_end_and_without_a_dsn_nothing_is_reported(
    settings: Settings, outbound: type[Outbound]
) -> None:
    with reporting_errors(settings, outbound):
        pass
    with reporting_errors(load({}, env_file=None), outbound):
        _log.error("nobody_listens")
    assert outbound.sent == []


@pytest.mark.usefixtures("lines")
def test_what_is_logged_last_still_arrives_over_http() -> None:
    arrived: list[tuple[str, bytes]] = []

    class Sentry(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            arrived.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep the tests quiet."""

    server = HTTPServer(("127.0.0.1", 0), Sentry)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        dsn = f"http://hidden@127.0.0.1:{server.server_port}/42"
        with reporting_errors(load({"SENTRY_DSN": dsn}, env_file=None)):
            _log.error("last_words")
    finally:
        server.shutdown()
        server.server_close()
    ((path, body),) = arrived
    assert path == "/api/42/envelope/"
    assert body


@pytest.mark.usefixtures("lines")
def test_a_sentry_that_is_away_delays_the_end_by_two_seconds_at_most(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    close = sentry_sdk.Client.close

    def noting(self: sentry_sdk.Client, timeout: float, **more: Any) -> None:
        waited.append(timeout)
        close(self, timeout=timeout, **more)

    monkeypatch.setattr(sentry_sdk.Client, "close", noting)
    with reporting_errors(load({"SENTRY_DSN": "http://hidden@127.0.0.1:9/42"}, env_file=None)):
        _log.error("nobody_there")
    assert waited == [2.0]
    assert "hidden" not in lines.getvalue()
