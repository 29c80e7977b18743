"""`import FILE`: bring customers and mailboxes in from the operator's file (DESIGN.md, "Mailbox file").

Exit codes: 0 all rows are good, 1 some were refused, 2 the file was not taken at all, or not to its end.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from bot.running.loading import loading

if TYPE_CHECKING:
    from bot.services.importing import Consent, ImportReport, Listener, MailboxFile
    from bot.settings import Settings

_SOME_REFUSED: Final = 1
_NOT_DONE: Final = 2


def import_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV, XLSX or JSON; samples/mailboxes.csv is an example.")
    ],
    *,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Judge the file and compare it with the database; write nothing."),
    ] = False,
    complete: Annotated[
        bool,
        typer.Option(
            "--complete",
            help="The file names all mailboxes: those it does not name are listed, and marked gone.",
        ),
    ] = False,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            help="Agree beforehand to mailboxes that are marked gone, and to many expiries that move.",
        ),
    ] = False,
    errors: Annotated[
        Path | None,
        typer.Option("--errors", metavar="CSV", help="Write all errors and warnings to this file."),
    ] = None,
) -> None:
    """Import customers and mailboxes. Good rows are kept, bad ones reported; twice is the same as once."""
    import asyncio

    with loading():  # else a fifth of the time goes into looking for garbage among all of it
        from sqlalchemy.exc import SQLAlchemyError

        from bot.commands.import_console import FindingsFile, following, show_report
        from bot.commands.import_foresight import NOTHING, refused_lines
        from bot.db.engine import SchemaMissing
        from bot.db.keys import KeyRingError
        from bot.services.catalogue.file import CatalogueError
        from bot.services.importing import FileRefused, ImportInterrupted, NotConfirmed, open_mailbox_file
        from bot.settings import load

    settings = load(required=("DATA_KEYS",))
    try:
        with (
            open_mailbox_file(file) as source,
            FindingsFile(errors, apart_from=file) as findings,
            following(source.size, findings) as listener,
        ):
            consent = (lambda _: True) if yes else listener.agrees
            report = asyncio.run(
                _import(source, settings, listener, consent, dry_run=dry_run, complete=complete)
            )
    except FileRefused as refused:
        _give_up(*(f"{file}: {problem}" for problem in refused.problems))
    except NotConfirmed as stopped:
        _give_up(*([NOTHING] if listener.asked else refused_lines(stopped.foresight)))
    except (CatalogueError, SchemaMissing, KeyRingError) as wrong:
        _give_up(str(wrong))
    except ImportInterrupted as interrupted:
        show_report(interrupted.report, errors)
        _give_up(
            f"The database failed after {interrupted.report.rows} rows: {_reason(interrupted.__cause__)}",
            "Import the file again once it works: the rows before are kept, and nothing is done twice.",
        )
    except KeyboardInterrupt:
        _give_up(
            "Stopped before the end of the file.",
            "Import it again to go on: the rows before are kept, and nothing is done twice.",
        )
    except (SQLAlchemyError, OSError) as away:
        _give_up(f"The import cannot go on: {_reason(away)}")
    show_report(report, errors, asked=listener.asked)
    if report.refused:
        raise typer.Exit(_SOME_REFUSED)


async def _import(
    source: "MailboxFile",
    settings: "Settings",
    listener: "Listener",
    consent: "Consent",
    *,
    dry_run: bool,
    complete: bool,
) -> "ImportReport":
    with loading():
        from bot.clock import SystemClock
        from bot.db.engine import Database
        from bot.db.upgrade import upgrade_own_file
        from bot.services.catalogue.file import load_catalogue
        from bot.services.importing import import_mailboxes
        from bot.services.surroundings import Surroundings

    surroundings = Surroundings(load_catalogue(settings.catalogue), SystemClock(), settings.timezone)
    url = settings.database_url.get_secret_value()
    await upgrade_own_file(url)  # the import may well be the first command of all
    database = Database(url, settings.key_ring())
    try:
        await database.start()
        return await import_mailboxes(
            source, database, surroundings, listener, dry_run=dry_run, complete=complete, consent=consent
        )
    finally:
        await database.dispose()


def _reason(failure: BaseException | None) -> str:
    """What the driver says: SQLAlchemy's own message would add the values of the statement."""
    from sqlalchemy.exc import DBAPIError

    cause = failure.orig if isinstance(failure, DBAPIError) else failure
    return str(cause) or type(cause).__name__


def _give_up(*lines: str) -> NoReturn:
    from bot.commands.console import problem

    for line in lines:
        problem(line)
    raise typer.Exit(_NOT_DONE)
