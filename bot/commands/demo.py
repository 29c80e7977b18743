"""`demo`: the bot with a Telegram of its own, to be tried in a browser or watched in the terminal."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.sample import PERSONAS
from bot.loading import loading

_FOLDER = Path("data/demo")


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
    import asyncio

    with loading():
        from bot.commands.demo_stage import play_in_browser, play_in_terminal

    if walkthrough:
        completed = asyncio.run(play_in_terminal(folder, locale.value))
        raise typer.Exit(0 if completed else 1)
    asyncio.run(play_in_browser(folder, port, keep=keep, at=at, only=only))
