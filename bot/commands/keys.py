"""`keys`: sealing everything anew with the first key of `DATA_KEYS`."""

import typer

from bot.commands.console import err, say
from bot.commands.office import Office, Refused, at_the_office

keys = typer.Typer(
    help="Change the key that seals personal data, without stopping the bot.", no_args_is_help=True
)


@keys.callback()
def _keys() -> None:
    """Change the key that seals personal data, without stopping the bot."""


@keys.command()
def rotate() -> None:
    """Seal everything anew with the first key of DATA_KEYS, while the bot runs; may be stopped and begun again.

    Put a new key in front of the old ones, start every process of the bot anew, run this, and take the old keys away
    when `doctor` says that they are no longer needed.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from bot.db.resealing import StillSealedWithOld

    parts = (TextColumn("Sealing anew"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())

    async def seal(office: Office) -> None:
        with Progress(*parts, console=err, disable=not err.is_terminal, transient=True) as progress:
            task = progress.add_task("rows", total=await office.resealing.count())
            try:
                done = await office.resealing.run(
                    office.surroundings.now(), lambda rows: progress.advance(task, rows)
                )
            except StillSealedWithOld as coming:
                raise Refused(str(coming)) from coming
        say(f"Looked at {done.rows:,} rows; sealed anew: {done.values:,} values.")
        for column, count in sorted(done.lost.items()):
            say(f"No key of DATA_KEYS opens {count:,} values of {column}: put the key back that sealed them.")
        if not done.lost:
            say("Everything is sealed with the first key: the others are no longer needed.")

    at_the_office(seal)
