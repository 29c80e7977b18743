"""`demo`: the bot with a Telegram of its own, to be tried in a browser or watched in the terminal."""

import contextlib
import logging
import signal
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.console import say
from bot.running.loading import loading

_FOLDER = Path("data/demo")
_EARLY = time(8)
"""Before reminders leave."""
_REMINDED = time(9, 1)
"""When the first ones have left."""
_ONE_DAY = timedelta(days=1)
_BY_ITSELF = "DEFAULT"
"""The source of an option that nobody gave; the library keeps the class of its sources to itself."""
_IN_THE_BROWSER = ("port", "keep", "only")
_IN_THE_TERMINAL = ("locale", "variant")


class Language(StrEnum):
    """The languages that the walkthrough speaks."""

    IT = "it"
    EN = "en"


def _known(code: str | None) -> str | None:
    from bot.demo.sample import PERSONAS

    codes = [persona.customer for persona in PERSONAS]
    if code is not None and code not in codes:
        raise typer.BadParameter(f"nobody can be played who has this code: choose one of {', '.join(codes)}")
    return code


def _refuse_ignored(context: typer.Context, *, walkthrough: bool, keep: bool, only: str | None) -> None:
    """Refuse the options that say nothing in this way of playing, rather than ignore them."""
    if keep and only is not None and not walkthrough:
        raise typer.BadParameter(
            "--only is for a demo that begins afresh: with --keep, the folder says who is there"
        )
    for name in _IN_THE_BROWSER if walkthrough else _IN_THE_TERMINAL:
        source = context.get_parameter_source(name)
        if source is not None and source.name != _BY_ITSELF:
            way = "cannot be used with --walkthrough" if walkthrough else "is for --walkthrough alone"
            raise typer.BadParameter(f"{'' if name == 'variant' else '--'}{name} {way}")


class Variant(StrEnum):
    """How the walkthrough is played otherwise."""

    WITHDRAW = "withdraw"
    STATEMENT = "statement"


def demo(  # noqa: PLR0913 - each is an option of the command
    context: typer.Context,
    variant: Annotated[
        Variant | None,
        typer.Argument(
            help="With --walkthrough: `withdraw` goes on until who has paid has withdrawn from the order; "
            "`statement` pays it by a statement of the bank.",
            show_default=False,
        ),
    ] = None,
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

    _refuse_ignored(context, walkthrough=walkthrough, keep=keep, only=only)
    if walkthrough:
        completed = asyncio.run(_play_in_terminal(folder, locale.value, at, variant))
        raise typer.Exit(0 if completed else 1)
    asyncio.run(_play_in_browser(folder, port, keep=keep, at=at, only=only))


async def _play_in_browser(
    folder: Path, port: int, *, keep: bool, at: datetime | None, only: str | None
) -> None:
    """Serve the chat page until it is interrupted; `at` and `only` are as in `set_stage`."""
    import asyncio
    import webbrowser

    with loading():
        from bot.demo.stage import AlreadyPast, set_stage

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
    except AlreadyPast as past:
        here = f"The demo in {folder} has reached {past.reached:%Y-%m-%dT%H:%M}"
        say(f"{here}: choose a later --at, or leave out --keep.")
        raise SystemExit(1) from past
    except OSError as error:
        say(f"Port {port} cannot be used ({error.strerror}): choose another with --port.")
        raise SystemExit(1) from error


async def _play_in_terminal(
    folder: Path, language: str, at: datetime | None, variant: Variant | None
) -> bool:
    """Play one renewal from the reminder to the message that it is complete; True only when that came.

    As `Variant.WITHDRAW` it goes on to the receipt of a withdrawal, and True stands for that; as `Variant.STATEMENT` it
    is paid by a statement of the bank.

    The renewal is ordered at `at`, a clock on a wall of the operator's; without it, when today's reminders leave.
    """
    with loading():
        from bot.demo.sample import PERSONAS
        from bot.demo.stage import set_stage
        from bot.demo.walkthrough import Walkthrough

    alone = PERSONAS[0]
    async with set_stage(
        folder / "walkthrough", 0, keep=False, at=_curtain(at), only=alone.customer
    ) as stage:
        logging.getLogger().setLevel(logging.WARNING)  # the conversation is what is to be read
        return await Walkthrough(
            stage,
            alone,
            language,
            at,
            withdraw=variant is Variant.WITHDRAW,
            by_statement=variant is Variant.STATEMENT,
        ).play()


def _curtain(at: datetime | None) -> datetime:
    """When the walkthrough begins: no reminder has left yet, and the one that it waits for leaves before `at`."""
    from bot.domain.calendar import add_working_days, is_public_holiday

    if at is None:
        return datetime.combine(add_working_days(datetime.now(UTC).date(), 0), _EARLY)
    day = at.date() if at.time() >= _REMINDED else at.date() - _ONE_DAY
    while is_public_holiday(day):
        day -= _ONE_DAY
    return datetime.combine(day, _EARLY)
