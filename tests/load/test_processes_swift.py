"""The Telegram of the measure of two `web` answers a bot with ready bytes, and believes nothing that it draws."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from tests.load.processes.capacity import Capacity, Round
from tests.load.processes.swift import Calls, Counted, Crowd, Person, Seat, whole
from tests.load.stage.telegram import TOKEN

CHAT = 10_000_000
SECRET = "a-secret"


def seat() -> Seat:
    """Somebody who has one, and can have two."""
    screens: list[dict[str, Any]] = [
        {"text": text, "reply_markup": {"inline_keyboard": []}} for text in ("1 casella è tua", "2 caselle")
    ]
    return Seat(CHAT, 5, screens, ["more", "less"])


def call(method: str, **params: Any) -> bytes:
    """A call of the Bot API, as the bot makes it."""
    body = json.dumps(params, separators=(",", ":")).encode()
    head = f"POST /bot{TOKEN}/{method} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


class Nowhere(asyncio.Transport):
    """Takes the answers to the bot's calls."""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert bytes(data).startswith(b"HTTP/1.1 200 OK")


class Bot(asyncio.Protocol):
    """Draws what `shows` says for each tap, ends the spinner, and acknowledges the tap; the first one is refused."""

    def __init__(self, calls: Calls, shows: dict[str, str], brought: list[dict[str, Any]]) -> None:
        self._calls, self._shows, self._brought = calls, shows, brought
        self._transport: Any = None
        self._refused = False
        self._buffer = b""
        calls.connection_made(Nowhere())

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not whole(self._buffer):
            return
        head, _, body = self._buffer.partition(b"\r\n\r\n")
        self._buffer = b""
        assert f"X-Telegram-Bot-Api-Secret-Token: {SECRET}".encode() in head
        update = json.loads(body)
        self._brought.append(update)
        if not self._refused:
            self._refused = True
            self._transport.write(b"HTTP/1.1 503 -\r\ncontent-length: 9\r\n\r\ntry again")
            return
        text = self._shows[update["callback_query"]["data"]]
        self._calls.data_received(call("editMessageText", text=text, chat_id=CHAT, message_id=5))
        self._calls.data_received(call("answerCallbackQuery", callback_query_id="1"))
        self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


async def played(shows: dict[str, str], taps: int) -> tuple[Counted, list[dict[str, Any]]]:
    """Tap so often at a bot that shows this: what is counted, and what was brought."""
    counted, brought = Counted(), list[dict[str, Any]]()
    person = Person.at(seat(), SECRET)
    server = await asyncio.get_running_loop().create_server(
        lambda: Bot(Calls({b"%d" % CHAT: person}, counted), shows, brought), "127.0.0.1", 0
    )
    crowd = Crowd([person], counted)
    async with server, asyncio.timeout(60):
        await crowd.tap(server.sockets[0].getsockname()[1])
        while counted.taps < taps:
            await asyncio.sleep(0.001)
        await crowd.rest()
    return counted, brought


async def test_taps_are_brought_one_after_the_other_and_a_refused_one_again() -> None:
    counted, brought = await played({"more": "2 caselle", "less": "1 casella"}, 6)
    assert counted.refused == 1
    assert counted.taps == counted.edits == counted.answers == len(brought) - 1
    assert counted.wrong == counted.others == 0
    first, again, *_ = (each["update_id"] for each in brought)
    assert first == again
    assert len({each["update_id"] for each in brought}) == len(brought) - 1
    for update, data, text in zip(
        brought[1:], ("more", "less") * 3, ("1 casella è tua", "2 caselle") * 3, strict=False
    ):
        tap = update["callback_query"]
        assert (tap["data"], tap["message"]["text"], tap["message"]["chat"]["id"]) == (data, text, CHAT)


async def test_a_window_that_stays_as_it_was_is_wrong() -> None:
    counted, _ = await played({"more": "1 casella", "less": "1 casella"}, 4)
    assert counted.wrong >= counted.taps - 1


def of(rate: float, **cpu: float) -> Round:
    """A round that came to this many taps a second."""
    return Round(rate, cpu, wants=1.0, others=0.0)


@pytest.mark.parametrize(
    ("two", "one", "clock", "processor"),
    [
        # What is not the bot's takes a third of a web: all that two cores have, against one core.
        ([of(300, web=3.0, rest=1.0)], [of(200, web=3.0, rest=1.0)], 1.5, 1.5),
        # Where it takes more than a web, one web is not held up by its core either.
        ([of(100, web=3.0, rest=5.0)], [of(100, web=3.0, rest=5.0)], 1.0, 1.0),
        # By the clock the middle counts, by the processor the round that was disturbed the least.
        (
            [of(90, web=9.0, rest=3.0), of(300, web=3.0, rest=1.0), of(310, web=4.0, rest=2.0)],
            [of(200, web=3.0, rest=1.0), of(90, web=9.0, rest=3.0), of(210, web=5.0, rest=2.0)],
            1.5,
            1.5,
        ),
    ],
)
def test_two_are_compared_with_one(
    two: Sequence[Round], one: Sequence[Round], clock: float, processor: float
) -> None:
    found = Capacity(two, one)
    assert found.by_the_clock == pytest.approx(clock)
    assert found.by_the_processor == pytest.approx(processor)
