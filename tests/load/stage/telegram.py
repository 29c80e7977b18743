"""Telegram as a process of its own: ``python -m tests.load.stage.telegram PORT_OF_BOTS PORT_OF_PEOPLE [limited]``.

It serves a playground's `World` to one bot, with Telegram's limits where they are asked for, and a line of JSON at a
time to the people around it, whom one process plays: when that hangs up, it ends. Its own processor time is nobody's
who is measured.

Lines from the people: ``{"open": chat}``, ``{"join": chat}`` (it has started the bot long ago), ``{"write": chat,
"text": …}``, ``{"tap": chat, "message": id, "data": …}``, ``{"ask": "ledger"}``, ``{"hooks": [address, …], "secret":
…}`` (updates are brought there from now on). Lines to them: ``{"shown": chat,
"message": {…}}`` for what the bot sent or edited, ``{"answered": chat}`` when the spinner of a tap ends, ``{"ledger":
{…}}``.
"""

import asyncio
import gc
import json
import sys
from typing import Any

from bot.playground.events import CallbackAnswered, MessageEdited, MessageSent
from bot.playground.limits import Limits
from bot.playground.messages import Message
from bot.playground.world import World
from tests.load.stage.door import Door, Ledger
from tests.load.stage.hooks import bring_updates

TOKEN = "4200000002:token-of-a-bot-that-is-measured"


class People:
    """The side of the people: their lines are done at once, what happens is told to them."""

    def __init__(self, world: World, ledger: Ledger) -> None:
        """Act in `world`; tell of `ledger` when asked."""
        self._world = world
        self._ledger = ledger
        self.gone = asyncio.Event()
        self._bringing: asyncio.Task[None] | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk to one process that plays them all, until it hangs up."""
        telling = asyncio.create_task(self._tell(writer))
        try:
            while line := await reader.readline():
                self._do(json.loads(line), writer)
        finally:
            telling.cancel()
            writer.close()
            self.gone.set()

    def _do(self, wish: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        match wish:
            case {"tap": chat, "message": message, "data": data}:
                self._world.press(chat, message, data)
            case {"write": chat, "text": text}:
                self._world.send_text(chat, text)
            case {"join": chat}:
                self._world.open_chat(chat, "Prova", "it")
                self._world.send_text(chat, "/start")
                self._world.drain_updates()
            case {"open": chat}:
                self._world.open_chat(chat, "Prova", "it")
            case {"hooks": addresses, "secret": secret}:
                self._bringing = asyncio.create_task(bring_updates(self._world, addresses, secret))
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


async def serve(for_bots: int, for_people: int, limits: Limits | None) -> None:
    """Serve on these two ports until the people have gone."""
    world = World(TOKEN, name="Rinnovo", username="rinnovo_bot", limits=limits)
    ledger = Ledger()
    people = People(world, ledger)
    await asyncio.get_running_loop().create_server(lambda: Door(world, ledger), "127.0.0.1", for_bots)
    await asyncio.start_server(people.serve, "127.0.0.1", for_people)
    gc.collect()
    gc.freeze()
    await people.gone.wait()
    world.close()


if __name__ == "__main__":
    ports, limited = sys.argv[1:3], sys.argv[3:] == ["limited"]
    asyncio.run(serve(int(ports[0]), int(ports[1]), Limits() if limited else None))
