"""What an import would do at large, said before it is done: many expiries that move, mailboxes that vanish."""

from collections.abc import Iterator
from typing import Final

from bot.commands.console import say
from bot.commands.tables import show_table
from bot.services.importing import Foresight, Vanished

_COLUMNS: Final = ("Address", "Customer", "Expires", "Awaits payment", "Paid, not seen renewed", "Automatic")
_DO: Final = (
    "Look at these lines in the file. If they are right, repeat the command with --yes; else export it anew."
)


def show_foresight(foresight: Foresight) -> None:
    """Print it: warnings about expiries, then the table of what vanishes, then what that means."""
    for line in (*nameless_lines(foresight), *moved_lines(foresight)):
        say(line)
    if foresight.first_vanished:
        show_table(
            _COLUMNS,
            [_cells(each) for each in foresight.first_vanished],
            title=f"Not in the file, and to be marked gone: {len(foresight.vanished):,} of {foresight.living:,}",
        )
        if (more := len(foresight.vanished) - len(foresight.first_vanished)) > 0:
            say(f"… and {more:,} more: --errors FILE writes all of them to a file")
    for line in vanishing_lines(foresight):
        say(line)


def moved_lines(foresight: Foresight) -> Iterator[str]:
    """That many expiries would move unusually, three examples, and what to do; nothing where they are few."""
    if not foresight.moves_many:
        return
    yield (
        f"Of {foresight.compared:,} expiries {foresight.back:,} would move back, and {foresight.far:,} forward by over "
        "a year: is this the right file, and the right column?"
    )
    for each in foresight.examples:
        yield f"line {each.line}, expires_on: {each.address} from {each.has} to {each.said}, {each.move}"
    yield _DO


def vanishing_lines(foresight: Foresight) -> Iterator[str]:
    """A warning where so many would vanish that the file is hardly complete."""
    if foresight.many_vanish:
        yield (
            f"{len(foresight.vanished):,} of {foresight.living:,} mailboxes would vanish, more than a tenth: is this "
            "really all of them? A filter or a page of the export may be missing"
        )


def nameless_lines(foresight: Foresight) -> Iterator[str]:
    """That nobody can tell what vanishes, where rows of a complete file name no mailbox."""
    if foresight.nameless:
        yield (
            f"{foresight.nameless:,} rows have no address that can be read, so nobody knows which mailboxes they name: "
            "none is marked gone. Correct them and import the file again"
        )


def refused_lines(foresight: Foresight) -> Iterator[str]:
    """What was not confirmed, for whoever runs the command without a terminal: nothing was changed."""
    yield from moved_lines(foresight)
    if foresight.vanished:
        some = f"{len(foresight.vanished):,} of {foresight.living:,} mailboxes are not in the file"
        yield (
            f"{some}, and would be marked gone: read the list with --dry-run, then repeat the command with --yes. "
            "Nothing was changed"
        )
    else:
        yield "Nothing was changed."


def _cells(box: Vanished) -> tuple[str, ...]:
    return (
        box.address,
        box.customer,
        str(box.expires_on),
        box.order or "",
        box.unseen or "",
        "on" if box.automatic else "",
    )
