"""Each day is signed by itself once it has ended, and what was signed leaves the database by e-mail (DOMAIN.md 7)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from bot.db.engine import Database
from bot.db.named_locks import hold
from bot.db.tables import OutboxRow, SignedDayRow
from bot.messages import told
from bot.services.evidence.signing import sign_heads
from bot.services.sending.outbox import Channel, put
from bot.services.surroundings import Surroundings
from bot.texts import Locale

TICK: Final = timedelta(minutes=10)
"""How often is looked whether a day has ended that nobody has signed."""
_SIGNING: Final = "evidence:signing"


@dataclass(frozen=True, slots=True)
class Standing:
    """The last day that was signed, None before the first; and the state of its mail in the outbox, if it has one."""

    day: date | None
    mail: str | None


class DailyHeads:
    """Signs the heads of each day; any number of workers may do it at the same time, and one of them does."""

    def __init__(self, database: Database, surroundings: Surroundings, *, mail: bool) -> None:
        """Mail them to the catalogue's `evidence_email`, where `mail` says that mails can be sent."""
        self._database = database
        self._surroundings = surroundings
        self._mail = mail

    async def run(self) -> None:
        """Sign the day that ended last, unless it is signed; days on which no worker ran are covered by the next."""
        ended = self._surroundings.today() - timedelta(days=1)
        async with self._database.read() as session:
            last = await session.scalar(select(func.max(SignedDayRow.day)))
        if last is not None and last >= ended:
            return
        now, to = self._surroundings.now(), self._surroundings.catalogue.operator.evidence_email
        async with self._database.write() as session:
            await hold(session, _SIGNING)  # the first day makes the key, too: two workers would make two
            signed = await sign_heads(session, ended, now)
            if signed is None or to is None or not self._mail:
                return
            # To the operator, who has no language here: the one that the bot speaks first.
            what = told.SignedHeads(reader=told.Reader(to, Locale.IT.value), signed=signed)
            await put(session, key=_key(signed.day), channel=Channel.MAIL, payload=what.to_json(), now=now)

    async def standing(self) -> Standing:
        """How far it is."""
        async with self._database.read() as session:
            day = await session.scalar(select(func.max(SignedDayRow.day)))
            if day is None:
                return Standing(None, None)
            return Standing(
                day, await session.scalar(select(OutboxRow.state).where(OutboxRow.key == _key(day)))
            )


def _key(day: date) -> str:
    return f"heads:{day.isoformat()}"
