"""The HTTP side of a process, in the same loop as everything else."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI

from bot.runtime import Running
from bot.web.behind import Behind
from bot.web.docs import serve_docs
from bot.web.event_docs import event_webhooks
from bot.web.heads import AnswerHead
from bot.web.health import health_router
from bot.web.insiders import Insiders
from bot.web.invoice_contract import InvoiceEvent
from bot.web.invoices import invoices_router
from bot.web.metrics import metrics_router
from bot.web.payment_contract import PaymentEvent
from bot.web.payment_docs import add_schemas
from bot.web.payments import payments_router
from bot.web.reference_email import reference_email_router
from bot.web.unsubscribe import unsubscribe_router
from bot.web.webhook import webhook_router
from bot.web.withdrawal import withdrawal_router

FINISH_SECONDS: Final = 6
"""How long requests in progress may take once the process is asked to end; updates that take longer come again."""


class _Server(uvicorn.Server):
    """A server that leaves the process's signals to the process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def create_web(running: Running) -> FastAPI:
    """The application with the routes that these settings call for."""
    public_url = running.settings.public_url
    app = FastAPI(title="Rinnovo", docs_url=None, redoc_url=None)
    app.add_middleware(AnswerHead)
    if public_url is not None:
        app.add_middleware(Behind, urlsplit(public_url).path)
    services = running.conversation.services
    _add_watching(app, running, Insiders(running.settings))
    secrets = running.settings.payment_callback_secrets
    app.include_router(payments_router(services.payments, secrets, services.vitals, running.clock))
    app.include_router(invoices_router(services.invoices, secrets, services.vitals, running.clock))
    app.include_router(unsubscribe_router(services.mail_wishes, services.surroundings, running.texts))
    app.include_router(
        reference_email_router(services.reference_emails, services.surroundings, running.texts)
    )
    app.include_router(withdrawal_router(services.withdrawals, services.surroundings, running.texts))
    serve_docs(app)
    if public_url is not None:
        app.include_router(webhook_router(running))
    describe = app.openapi

    def published() -> dict[str, Any]:
        app.webhooks = event_webhooks()  # to make them takes longer than all the rest, and few ever ask
        return add_schemas(describe(), PaymentEvent, InvoiceEvent)

    app.openapi = published  # type: ignore[method-assign] # as FastAPI's manual does it
    return app


def create_watching(running: Running) -> FastAPI:
    """The application on `METRICS_PORT`: what a machine that watches the bot asks, and nothing else."""
    app = FastAPI(title="Rinnovo", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(AnswerHead)
    _add_watching(app, running, Insiders(running.settings, on_own_port=True))
    return app


def _add_watching(app: FastAPI, running: Running, insiders: Insiders) -> None:
    database, clock, redis = running.database, running.clock, running.redis
    app.include_router(health_router(database, clock, insiders, redis))
    app.include_router(metrics_router(database, running.conversation.services, clock, insiders, redis))


async def serve_web(running: Running, stop: asyncio.Event, listener: socket.socket | None = None) -> None:
    """Serve until `stop` is set; requests in progress may finish, for `FINISH_SECONDS`.

    Args:
        running: the open parts of the process.
        stop: ends it.
        listener: where calls arrive, if somebody listens already; it is closed at the end. HOST and PORT otherwise.

    Raises:
        OSError: the port is taken.
    """
    await _serve(create_web(running), running, running.settings.port, stop, listener)


async def serve_watching(running: Running, port: int, stop: asyncio.Event) -> None:
    """Serve `METRICS_PORT` until `stop` is set, in any kind of process.

    Raises:
        OSError: the port is taken.
    """
    await _serve(create_watching(running), running, port, stop, None)


async def _serve(
    app: FastAPI, running: Running, port: int, stop: asyncio.Event, listener: socket.socket | None
) -> None:
    config = uvicorn.Config(
        app,
        host=running.settings.listen_on,
        port=port,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=FINISH_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(None if listener is None else [listener]))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stopping.cancel()
    await serving
