"""The demo in the process of a test: all of it but the page, with its time machine."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.db.upgrade import upgrade
from bot.demo.sample import PERSONAS
from bot.demo.stage import Stage, set_stage
from bot.demo.walkthrough_phone import Phone
from bot.playground.leaps import Happening
from bot.playground.messages import Message


@dataclass
class Play:
    """One person of the sample, alone with the bot."""

    stage: Stage
    phone: Phone

    @property
    def here(self) -> datetime:
        """What time it is, in the operator's zone."""
        return self.stage.machine.now().astimezone(self.stage.running.settings.timezone)

    @property
    def day(self) -> str:
        """The day that it is, and the hour: "2026-11-28 09"."""
        return f"{self.here:%Y-%m-%d %H}"

    @property
    def pushed(self) -> list[Message]:
        """The messages of the bot."""
        return [
            message
            for message in self.stage.world.messages(self.phone.chat_id)
            if message.sender == self.stage.world.bot
        ]

    async def join(self) -> None:
        """Bind the chat, with an invitation that speaks of no mailbox."""
        persona = next(each for each in PERSONAS if each.key == self.stage.players[0].key)
        linking = self.stage.running.conversation.services.linking
        await self.phone.follow((await linking.invite(persona.customer)).token)

    async def on(self) -> tuple[Happening, ...]:
        """Press the button once."""
        return await self.stage.machine.on_to_next(self.phone.chat_id, lambda: None)


_MIGRATED: list[bytes] = []
"""The database of the first demo of this process, as it was before anything was in it."""


async def _upgraded(url: str) -> None:
    """Migrate the demo's database; a new one is a copy of the first that was migrated, which takes no time."""
    file = Path(url.removeprefix("sqlite:///"))
    new = _is_new(file)
    if new and _MIGRATED:
        _copy(file)
        return
    await upgrade(url)
    if new:
        _keep(file)


def _is_new(file: Path) -> bool:
    return not file.exists()


def _copy(file: Path) -> None:
    file.touch(mode=0o600)
    file.write_bytes(_MIGRATED[0])


def _keep(file: Path) -> None:
    _MIGRATED.append(file.read_bytes())


@asynccontextmanager
async def on_stage(
    folder: Path, at: datetime | None, *, customer: str | None = "ESEMPIO-01", keep: bool = False
) -> AsyncIterator[Play]:
    """Set the demo's stage with one customer, or with all of them, for the length of an ``async with`` block.

    `at` is a clock on a wall in Rome; without it, a folder that is kept goes on where it was. What the demo changes in
    the logging of its process is changed back.
    """
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bot.demo.stage.upgrade", _upgraded)
            async with set_stage(folder, 0, keep=keep, at=at, only=customer) as stage:
                player = stage.players[0]
                stage.world.open_chat(player.user_id, player.name, "it")
                yield Play(stage, Phone(stage.world, player.user_id))
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers
