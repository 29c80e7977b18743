"""Runs the playground inside the event loop that is already there."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

import uvicorn

from bot.playground.bank import Bank
from bot.playground.errors import PlaygroundError
from bot.playground.mail import MailRoom
from bot.playground.payments_panel import PaymentsPanel
from bot.playground.people import Persona
from bot.playground.server import create_playground, is_loopback
from bot.playground.travels import TimeMachine
from bot.playground.world import World

_STOP_WITHIN = 2


class _Server(uvicorn.Server):
    """A server that says when it is ready, and leaves the process's signals to whoever runs it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serve_playground(
    world: World,
    *,
    people: Sequence[Persona] = (),
    mail: MailRoom | None = None,
    payments: PaymentsPanel | None = None,
    bank: Bank | None = None,
    time: TimeMachine | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> AsyncIterator[str]:
    """Serve a world for the length of an `async with` block, which receives the base address.

    The address is what `BOT_API_URL` wants, and what a browser opens. On leaving, listeners and long polls
    end and the port is free again; a world that was served is not served a second time.

    Arguments:
        world: the Telegram to serve.
        people: whom the page offers to play.
        mail: the mails that its mail page shows, see `bot.playground.mail`.
        payments: what its panel of payments plays the operator's system with, see `bot.playground.payments_panel`.
        bank: what gives the statements that this panel offers to import, see `bot.playground.bank`.
        time: what moves the clock of `world` to the next event, see `bot.playground.travels`.
        host: a name of this machine; the playground is never open to a network.
        port: the port, or 0 for any that is free.

    Raises:
        PlaygroundError: when `host` is not this machine.
        OSError: when the port is taken.
    """
    if not is_loopback(host):
        raise PlaygroundError(f"the playground is served on this machine only, not on {host}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family)
    config = uvicorn.Config(
        create_playground(world, people=people, mail=mail, payments=payments, bank=bank, time=time),
        log_config=None,
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=_STOP_WITHIN,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]), name="playground")
    try:
        await server.ready.wait()
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{listener.getsockname()[1]}"
    finally:
        world.close()
        if mail is not None:
            mail.close()
        server.should_exit = True
        await serving
        listener.close()
