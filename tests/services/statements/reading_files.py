"""Reading a file that is at hand as bytes."""

from io import BytesIO

from bot.domain.statements.entry import StatementEntry, UnreadableStatement
from bot.services.statements.reading import open_statement


def read(content: bytes) -> list[StatementEntry]:
    with open_statement(BytesIO(content)) as opened:
        return list(opened.entries())


def only(content: bytes) -> StatementEntry:
    (found,) = read(content)
    return found


def refusal(content: bytes) -> str:
    """Why the file is refused, with the place."""
    try:
        found = read(content)
    except UnreadableStatement as refused:
        return str(refused)
    raise AssertionError(f"it was read: {found}")
