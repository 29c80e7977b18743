"""`office`: everything that waits for a person, listed, shown, and closed."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.commands.console import say
from bot.commands.office import Office, Refused, at_the_office
from bot.commands.tables import LARGEST, MOST_ROWS, show_table
from bot.domain.cases import CaseKind

if TYPE_CHECKING:
    from bot.services.office.worklist import CaseFile

office = typer.Typer(
    help="See what waits for a person, payments included, and close what is dealt with.",
    no_args_is_help=True,
)

_SHOWN: Final = 50
_PAYMENT: Final = "P"
_OTHER: Final = "C"

Name = Annotated[
    str, typer.Argument(metavar="ID", help="As `office list` gives it: C7, or P12 for a payment.")
]


@office.command("list")
def list_cases(
    kind: Annotated[CaseKind | None, typer.Option("--kind", help="Those of this kind alone.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=MOST_ROWS, help="How many at most.")] = _SHOWN,
    *,
    closed: Annotated[bool, typer.Option("--all", help="Those that were closed too.")] = False,
) -> None:
    """List what waits for a person: what is due first at the top, then the oldest."""
    from bot.commands.case_words import state
    from bot.commands.sending import in_words

    async def look(at: Office) -> None:
        if paused := await at.pauses.standing():
            say(f"Sending by {in_words(paused, at.surroundings.zone)}.")
        if gone := await at.outlook.count_gone():
            say(f"Marked gone: {gone} (`office gone` lists them).")
        items, total = await at.worklist.items(limit=limit, kind=kind, closed=closed)
        if not items:
            say(f"Nothing {'' if kind is None else 'of this kind '}waits for a person.")
            return
        columns = ["id", "kind", "subject", "due", "since"]
        rows = [
            [
                item.id,
                item.kind.value,
                item.subject,
                "" if item.due_on is None else item.due_on.isoformat(),
                at.local(item.since),
                *([state(item, at)] if closed else []),
            ]
            for item in items
        ]
        show_table([*columns, *(["state"] if closed else [])], rows)
        if total > len(items):
            say(f"… and {total - len(items)} more: --limit shows more of them.")

    at_the_office(look)


@office.command()
def gone() -> None:
    """List the mailboxes that are marked gone, since a file imported with --complete did not name them any more."""

    async def look(at: Office) -> list[list[str]]:
        return [
            [each.customer, each.address, each.expires_on.isoformat(), each.since.isoformat(), each.by]
            for each in await at.outlook.gone()
        ]

    show_table(("customer", "mailbox", "expires", "since", "file"), at_the_office(look))


@office.command()
def show(name: Name) -> None:
    """Show one case: what happened, what is to be done, and the commands for it."""
    from bot.commands import case_words, payment_words
    from bot.services.office.payment_cases import CaseDecided, NoSuchPayment

    async def look(at: Office) -> None:
        sort, number = _which(name)
        if sort == _OTHER:
            lines = case_words.case_lines(await _case(at, number), at)
        else:
            try:
                lines = payment_words.case_lines(await at.decisions.case(number), at)
            except NoSuchPayment as unknown:
                raise _unknown(sort, number) from unknown
            except CaseDecided as done:
                say(f"Payment P{number} was decided: {payment_words.decided(done)}.")
                return
        for line in lines:
            say(line)

    at_the_office(look)


@office.command()
def close(
    name: Name,
    note: Annotated[str, typer.Option("--note", help="What was done; kept encrypted with the case.")],
) -> None:
    """Note that a case was dealt with, for good: the same thing is not asked again."""
    from bot.commands.case_words import decides_itself, how_closed
    from bot.commands.payment_words import decided
    from bot.services.office.payment_cases import CaseDecided, NoSuchPayment
    from bot.services.office.worklist import CaseClosed, NoSuchCase

    async def end(at: Office) -> None:
        sort, number = _which(name)
        if sort == _PAYMENT:
            try:
                await at.decisions.case(number)
            except NoSuchPayment as unknown:
                raise _unknown(sort, number) from unknown
            except CaseDecided as done:
                raise Refused(f"Payment P{number} was decided before: {decided(done)}.") from done
            raise Refused(
                f"A payment is decided in the ledger: `payments assign {number} ORDER`, `payments refunded {number}` "
                f"or `payments settled {number} --note …`; see `office show P{number}`."
            )
        if not note.strip():
            raise Refused("--note is empty: it should say what was done.")
        if (case := await _case(at, number)).kind is CaseKind.VAT and case.outcome is None:
            raise Refused(f"It is decided by `orders vat {case.subject} --charge` or `--without`.")
        if decides_itself(case) and case.outcome is None:
            raise Refused("It ends with its last entry: `payments review` lists what is to be decided.")
        try:
            await at.worklist.close(number, note)
        except NoSuchCase as unknown:
            raise _unknown(sort, number) from unknown
        except CaseClosed as before:
            raise Refused(f"Case C{number} was closed before: {how_closed(before.case, at)}.") from before
        say(f"Noted: C{number} is closed.")

    at_the_office(end)


def _which(name: str) -> tuple[str, int]:
    """Which sort of case, and its number there."""
    sort, number = name[:1].upper(), name[1:]
    if sort not in {_PAYMENT, _OTHER} or not (number.isascii() and number.isdecimal()):
        raise Refused(f"{name!r} is not a case: they are called C7, or P12 for a payment; see `office list`.")
    if len(number) > len(str(LARGEST)) or int(number) > LARGEST:
        raise _unknown(sort, number)
    return sort, int(number)


async def _case(at: Office, number: int) -> "CaseFile":
    from bot.services.office.worklist import NoSuchCase

    try:
        return await at.worklist.case(number)
    except NoSuchCase as unknown:
        raise _unknown(_OTHER, number) from unknown


def _unknown(sort: str, number: int | str) -> Refused:
    return Refused(f"There is no case {sort}{number}: see `office list`.")
