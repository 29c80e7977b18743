"""`demo`: the bot with a Telegram of its own, to be tried in a browser or watched in the terminal."""

import asyncio
import contextlib
import logging
import signal
import webbrowser
from datetime import UTC, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.console import say
from bot.demo.sample import PERSONAS
from bot.domain.calendar import add_working_days
from bot.running.loading import loading

_FOLDER = Path("data/demo")
_EARLY = time(8)
"""Before reminders leave."""


class Language(StrEnum):
    """The languages that the walkthrough speaks."""

    IT = "it"
    EN = "en"


def _known(code: str | None) -> str | None:
    codes = [persona.customer for persona in PERSONAS]
    if code is not None and code not in codes:
        raise typer.BadParameter(f"nobody can be played who has this code: choose one of {', '.join(codes)}")
    return code


def demo(
    *,
    port: Annotated[int, typer.Option(help="Where the chat page is served, on this machine only.")] = 8081,
    walkthrough: Annotated[
        bool, typer.Option("--walkthrough", help="Play one whole renewal in the terminal, and end.")
    ] = False,
    locale: Annotated[Language, typer.Option(help="The language of the walkthrough.")] = Language.IT,
    folder: Annotated[
        Path, typer.Option(help="Where the demo keeps its database and key; it begins afresh each time.")
    ] = _FOLDER,
    keep: Annotated[
        bool, typer.Option("--keep", help="Go on with what the folder holds instead of beginning afresh.")
    ] = False,
    at: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="When the demo's clock begins; now without it."
        ),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(help="One customer of the sample, to be alone with: ESEMPIO-01.", callback=_known),
    ] = None,
) -> None:
    """Try the bot without a Telegram account, with sample customers of a fictional operator."""
    if walkthrough:
        completed = asyncio.run(_play_in_terminal(folder, locale.value))
        raise typer.Exit(0 if completed else 1)
    asyncio.run(_play_in_browser(folder, port, keep=keep, at=at, only=only))


async def _play_in_browser(
    folder: Path, port: int, *, keep: bool, at: datetime | None, only: str | None
) -> None:
    """Serve the chat page until it is interrupted; `at` and `only` are as in `set_stage`."""
    with loading():
        from bot.demo.stage import set_stage

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        async with set_stage(folder, port, keep=keep, at=at, only=only) as stage:
            say(f"Rinnovo is playing at {stage.address} - press Ctrl+C to end.")
            with contextlib.suppress(webbrowser.Error):
                await asyncio.to_thread(webbrowser.open, stage.address)
            await stop.wait()
    except OSError as error:
        say(f"Port {port} cannot be used ({error.strerror}): choose another with --port.")
        raise SystemExit(1) from error


async def _play_in_terminal(folder: Path, language: str) -> bool:
    """Play one renewal from the reminder to the message that it is complete; True only when that came."""
    with loading():
        from bot.demo.stage import set_stage
        from bot.demo.walkthrough import Walkthrough

    # Whenever it is played, no reminder has left yet, and none waits for a working day.
    at = datetime.combine(add_working_days(datetime.now(UTC).date(), 0), _EARLY)
    alone = PERSONAS[0]
    async with set_stage(folder / "walkthrough", 0, keep=False, at=at, only=alone.customer) as stage:
        logging.getLogger().setLevel(logging.WARNING)  # the conversation is what is to be read
        return await Walkthrough(stage, alone, language).play()
