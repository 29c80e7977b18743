"""Telegram as a process of its own: ``python -m tests.load.taps.telegram``.

It serves a playground's `World` to one bot, and a line of JSON at a time to the people around it. Its own processor
time is nobody's who is measured. First it says on its standard output where it listens; it ends with its input.

Lines from the people: ``{"open": chat}``, ``{"write": chat, "text": …}``, ``{"tap": chat, "message": id, "data": …}``,
``{"ask": "ledger"}``. Lines to them: ``{"shown": chat, "message": {…}}`` for what the bot sent or edited,
``{"answered": chat}`` when the spinner of a tap ends, ``{"ledger": {…}}``.
"""

import asyncio
import gc
import json
import sys
from typing import Any

from bot.playground.events import CallbackAnswered, MessageEdited, MessageSent
from bot.playground.messages import Message
from bot.playground.world import World
from tests.load.taps.door import Door, Ledger

TOKEN = "4200000002:token-of-a-bot-that-is-measured"


class People:
    """The side of the people: their lines are done at once, what happens is told to them."""

    def __init__(self, world: World, ledger: Ledger) -> None:
        """Act in `world`; tell of `ledger` when asked."""
        self._world = world
        self._ledger = ledger

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk to one process that plays them all, until it hangs up."""
        telling = asyncio.create_task(self._tell(writer))
        try:
            while line := await reader.readline():
                self._do(json.loads(line), writer)
        finally:
            telling.cancel()
            writer.close()

    def _do(self, wish: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        match wish:
            case {"tap": chat, "message": message, "data": data}:
                self._world.press(chat, message, data)
            case {"write": chat, "text": text}:
                self._world.send_text(chat, text)
            case {"open": chat}:
                self._world.open_chat(chat, "Prova", "it")
            case {"ask": "ledger"}:
                waiting = self._world.waiting_updates
                writer.write(_line({"ledger": {**self._ledger.to_json(), "waiting": waiting}}))
            case _:
                raise ValueError(f"nobody can {wish}")

    async def _tell(self, writer: asyncio.StreamWriter) -> None:
        with self._world.subscribe() as feed:
            async for event in feed:
                match event:
                    case MessageSent(chat, message) | MessageEdited(chat, message):
                        if message.sender.is_bot:
                            writer.write(_line({"shown": chat, "message": _seen(message)}))
                    case CallbackAnswered():
                        writer.write(_line({"answered": event.chat_id}))
                    case _:
                        pass


def _seen(message: Message) -> dict[str, Any]:
    """What a phone shows of a message."""
    content = message.content
    return {
        "message_id": message.message_id,
        "text": content.text.text,
        "entities": [entity.to_json() for entity in content.text.entities],
        "keyboard": [[button.to_json() for button in row] for row in content.keyboard],
    }


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content).encode() + b"\n"


async def serve() -> None:
    """Serve until standard input ends."""
    world, ledger = World(TOKEN, name="Rinnovo", username="rinnovo_bot"), Ledger()
    loop = asyncio.get_running_loop()
    bots = await loop.create_server(lambda: Door(world, ledger), "127.0.0.1", 0)
    people = await asyncio.start_server(People(world, ledger).serve, "127.0.0.1", 0)
    ports = [server.sockets[0].getsockname()[1] for server in (bots, people)]
    sys.stdout.write(json.dumps(ports) + "\n")
    sys.stdout.flush()
    gc.collect()
    gc.freeze()
    await loop.run_in_executor(None, sys.stdin.read)
    world.close()


if __name__ == "__main__":
    asyncio.run(serve())
