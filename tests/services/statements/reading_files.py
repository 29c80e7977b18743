"""Reading a file that is at hand as bytes."""

from io import BytesIO

from bot.domain.statements.entry import StatementEntry, UnreadableStatement
from bot.domain.statements.profile import StatementProfile
from bot.services.statements.reading import open_statement


def read(content: bytes, *profiles: StatementProfile) -> list[StatementEntry]:
    with open_statement(BytesIO(content), profiles=profiles) as opened:
        return list(opened.entries())


def only(content: bytes, *profiles: StatementProfile) -> StatementEntry:
    (found,) = read(content, *profiles)
    return found


def refusal(content: bytes, *profiles: StatementProfile) -> str:
    """Why the file is refused, with the place."""
    try:
        found = read(content, *profiles)
    except UnreadableStatement as refused:
        return str(refused)
    raise AssertionError(f"it was read: {found}")
