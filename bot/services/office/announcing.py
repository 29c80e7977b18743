"""Tells the operator that cases wait: once for each, several of one moment in one message.

Whoever opens a case need not know how the operator is told, and a file that opens five hundred rings once. Payments
are announced one by one, in the transaction in which they move (`bot.services.sending.notices`).
"""

from typing import Final

import structlog
from sqlalchemy import select, update

from bot.db.engine import Database
from bot.db.tables import CaseRow
from bot.domain.cases import CaseKind
from bot.messages.told import NamedCase, OperatorCases
from bot.services.cases import IS_OPEN
from bot.services.sending.outbox import Channel, put
from bot.services.surroundings import Surroundings

_log = structlog.get_logger(__name__)

_MOST_NAMED: Final = 10
"""Cases that a message names; of the others it says how many there are."""


class Announcements:
    """Announces cases that nobody has heard of yet."""

    def __init__(self, database: Database, surroundings: Surroundings, operator_chat_id: int | None) -> None:
        """Announce what stands in `database` in this chat; without one, in the log alone."""
        self._database = database
        self._surroundings = surroundings
        self._operator_chat_id = operator_chat_id

    async def run(self) -> int:
        """Announce the open cases that were not yet, whoever opened them; return how many.

        What ended before anybody was told of it is not announced. Two workers at once announce a case once.
        """
        unheard = (IS_OPEN, CaseRow.announced_at.is_(None))
        async with self._database.read() as session:
            if await session.scalar(select(CaseRow.id).where(*unheard).limit(1)) is None:
                return 0
        now = self._surroundings.now()
        async with self._database.write() as session:
            taken = await session.execute(
                update(CaseRow).where(*unheard).values(announced_at=now).returning(CaseRow)
            )
            cases = sorted(taken.scalars(), key=lambda row: row.id)
            if cases and self._operator_chat_id is not None:
                await put(
                    session,
                    key=f"office:{cases[0].id}-{cases[-1].id}:operator",
                    channel=Channel.TELEGRAM,
                    payload=OperatorCases(
                        count=len(cases),
                        cases=tuple(
                            NamedCase(row.id, CaseKind(row.kind), row.subject, row.due_on)
                            for row in cases[:_MOST_NAMED]
                        ),
                    ).to_json(),
                    now=now,
                    chat_id=self._operator_chat_id,
                )
        for row in cases:
            _log.warning("case_waits", case=row.id, kind=row.kind)
        return len(cases)
