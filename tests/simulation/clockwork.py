"""The time of a simulation: a loop that jumps to whoever wakes first, and a clock that follows it and takes leaps.

On SQLite nothing is waited for but timers, so that all of a life is decided by its actions. A PostgreSQL server is
real: the loop waits for its answers without letting any of its own time pass.
"""

import asyncio
import selectors
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

_TURN_SECONDS = 1e-6
"""What a turn of the loop takes at least: code that waits for the next instant would never see it otherwise."""
_READY_FOR_QUERY = b"Z\x00\x00\x00\x05"
"""How the last message of an answer of PostgreSQL's begins; one byte follows."""
_PATIENCE_SECONDS = 30.0
"""An answer that takes longer waits for one of us: for what somebody holds who waits in the loop's own time."""


class _JumpingSelector(selectors.DefaultSelector):
    """Jumps over waiting; only an answer that a server owes is waited for in earnest."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.asked: set[int] = set()
        """Descriptors of connections on which something was said that is not answered yet."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        known = self.get_map()
        self.asked.intersection_update(known)
        connecting = any(key.events & selectors.EVENT_WRITE for key in known.values())
        if (self.asked or connecting) and timeout != 0:
            ready = super().select(_PATIENCE_SECONDS)
            if ready or timeout is None:
                return ready
        self.now += (timeout or 0) + _TURN_SECONDS
        return super().select(0)


class _Heard(asyncio.Protocol):
    """Stands before a protocol, and knows when the server has said all."""

    def __init__(self, protocol: Any, said_all: Callable[[], None]) -> None:
        self._protocol = protocol
        self._said_all = said_all

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._protocol.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if data[-6:-1] == _READY_FOR_QUERY or len(data) == 1:  # or whether it can be encrypted
            self._said_all()
        self._protocol.data_received(data)

    def eof_received(self) -> bool | None:
        self._said_all()
        return bool(self._protocol.eof_received())

    def connection_lost(self, exc: Exception | None) -> None:
        self._said_all()
        self._protocol.connection_lost(exc)

    def pause_writing(self) -> None:
        self._protocol.pause_writing()

    def resume_writing(self) -> None:
        self._protocol.resume_writing()


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its time passes while nobody has anything to do, and not while a server is at work."""

    def __init__(self) -> None:
        """Begin at zero."""
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._jumping.now

    def _make_socket_transport(self, sock: socket.socket, protocol: Any, *args: Any, **kwargs: Any) -> Any:
        asked, descriptor = self._jumping.asked, sock.fileno()

        def heard(each: Any) -> Any:
            return _Heard(each, lambda: asked.discard(descriptor))

        def write(data: bytes) -> None:
            asked.add(descriptor)
            write_it(data)

        transport: Any = super()._make_socket_transport(  # type: ignore[misc] # asyncio's own
            sock, heard(protocol), *args, **kwargs
        )
        write_it, set_it = transport.write, transport.set_protocol
        transport.write, transport.set_protocol = write, lambda each: set_it(heard(each))
        return transport

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> Any:  # type: ignore[override]
        """Do it here and now: what a thread does takes no time of this loop's, and comes in no other order."""
        del executor
        future: asyncio.Future[Any] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - raised where it is awaited
            future.set_exception(error)
        return future


class LifeClock:
    """The wall clock of a life: it goes with its loop, and leaps over the hours in which nothing happens."""

    def __init__(self, begin: datetime) -> None:
        """Show `begin`, an aware datetime, now; it belongs to the running loop."""
        self._loop = asyncio.get_running_loop()
        self._zero = begin.astimezone(UTC) - timedelta(seconds=self._loop.time())

    def now(self) -> datetime:
        """This instant, in UTC."""
        return self._zero + timedelta(seconds=self._loop.time())

    def reach(self, moment: datetime) -> None:
        """Let it be that moment; one that has passed changes nothing."""
        self._zero += max(moment - self.now(), timedelta(0))
