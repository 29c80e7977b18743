"""What an import would do at large, said before it is done: many expiries that move, mailboxes that vanish."""

from collections.abc import Iterator
from typing import Final

from bot.commands.console import say
from bot.commands.tables import show_table
from bot.services.importing import Foresight, Vanished

_COLUMNS: Final = ("Address", "Customer", "Expires", "Awaits payment", "Paid, not seen renewed", "Automatic")
NOTHING: Final = "Nothing was changed"
_DO: Final = (
    "Look at these lines in the file. If they are right, repeat the command with --yes; else export it anew"
)


def show_foresight(foresight: Foresight) -> None:
    """Print what would be done: warnings about expiries, then the table of what vanishes, and whether it is much."""
    for _ in shown_dangers(foresight):
        pass


def shown_dangers(foresight: Foresight) -> Iterator[str]:
    """Print each danger and give the question about it, so that a yes to one is none to the other."""
    for line in (*nameless_lines(foresight), *moved_lines(foresight)):
        say(line)
    if foresight.moves_many:
        yield f"Move {foresight.back + foresight.far:,} expiries as the file says?"
    if foresight.vanished:
        _show_vanished("Not in the file, and to be marked gone", foresight)
        for line in vanishing_lines(foresight):
            say(line)
        yield f"Mark {len(foresight.vanished):,} mailboxes gone?"


def show_done(foresight: Foresight, *, shown_before: bool) -> None:
    """Print what was done of it, but the table only where nobody was shown it before."""
    for line in nameless_lines(foresight):
        say(line)
    if foresight.vanished and not shown_before:
        _show_vanished("Not in the file, and marked gone", foresight)


def _show_vanished(title: str, foresight: Foresight) -> None:
    first, count = foresight.first_vanished, len(foresight.vanished)
    show_table(
        _COLUMNS, [_cells(each) for each in first], title=f"{title}: {count:,} of {foresight.living:,}"
    )
    if count > len(first):
        say(f"… and {count - len(first):,} more: --errors FILE writes all of them to a file")


def moved_lines(foresight: Foresight) -> Iterator[str]:
    """That many expiries would move unusually, and three examples; nothing where they are few."""
    if not foresight.moves_many:
        return
    yield (
        f"Of {foresight.compared:,} expiries {foresight.back:,} would move back, and {foresight.far:,} forward by over "
        "a year: is this the right file, and the right column?"
    )
    for each in foresight.examples:
        yield f"line {each.line}, expires_on: {each.address} from {each.has} to {each.said}, {each.move}"


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
            f"Rows without an address that can be read: {foresight.nameless:,}. Nobody knows which mailboxes they "
            "name, so none is marked gone: correct them and import the file again"
        )


def refused_lines(foresight: Foresight) -> Iterator[str]:
    """What nobody was there to agree to, and what to do; the last line says that nothing was changed."""
    yield from moved_lines(foresight)
    if foresight.moves_many:
        yield _DO if foresight.vanished else f"{_DO}. {NOTHING}"
    if foresight.vanished:
        yield (
            f"Not in the file: {len(foresight.vanished):,} of {foresight.living:,} mailboxes, which would be marked "
            f"gone. Read the list with --dry-run, then repeat the command with --yes. {NOTHING}"
        )


def _cells(box: Vanished) -> tuple[str, ...]:
    return (
        box.address,
        box.customer,
        str(box.expires_on),
        box.order or "",
        box.unseen or "",
        "on" if box.automatic else "",
    )
