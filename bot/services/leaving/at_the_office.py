"""The operator's way to delete everything of a customer who asked for it, and to let one in again."""

from sqlalchemy import select, update

from bot.db.engine import Database
from bot.db.tables import ForgottenRow
from bot.domain.leaving import name_of_customer, name_of_mailbox
from bot.services.leaving.foreseeing import Foreseen, foresee
from bot.services.leaving.forgetting import Asked, Forgotten, forget
from bot.services.leaving.obstacles import obstacles_to
from bot.services.people.customers import customer_called
from bot.services.surroundings import Surroundings


class LeavingAtTheOffice:
    """Deletes customers by their codes, and lets them in again."""

    def __init__(self, database: Database, surroundings: Surroundings, *, mail: bool) -> None:
        """Delete from `database`; `mail` says whether it can be confirmed by e-mail."""
        self._database = database
        self._surroundings = surroundings
        self._mail = mail

    async def look(self, code: str) -> Foreseen:
        """What would go and what would stay, and what stands against it.

        Raises:
            NoSuchCustomer: none has this code; `WasForgotten` where one had.
        """
        async with self._database.read() as session:
            customer = await customer_called(session, self._database.keys, code)
            obstacles = await obstacles_to(session, self._surroundings, customer)
            return await foresee(session, self._surroundings, customer, obstacles)

    async def forget(self, code: str) -> Forgotten:
        """Delete everything of a customer.

        Raises:
            NoSuchCustomer: as `look`.
            StillNeeded: something stands against it; nothing is changed.
        """
        async with self._database.write() as session:
            customer = await customer_called(session, self._database.keys, code)
            by = Asked(None, self._mail)
            return await forget(session, self._database.keys, self._surroundings, customer.id, by)

    async def readmit(self, name: str) -> bool:
        """Let a file name a deleted customer again, by its code or the address of one of its mailboxes.

        Nothing comes back by this: the next import brings what the file says. False where no such customer was deleted.
        """
        keys, today = self._database.keys, self._surroundings.today()
        indexes = [keys.index(name_of_customer(name)), keys.index(name_of_mailbox(name.strip().lower()))]
        async with self._database.write() as session:
            customers = await session.scalars(
                select(ForgottenRow.customer_id).where(
                    ForgottenRow.name_index.in_(indexes), ForgottenRow.readmitted_on.is_(None)
                )
            )
            changed = await session.scalars(
                update(ForgottenRow)
                .where(ForgottenRow.customer_id.in_(customers.all()), ForgottenRow.readmitted_on.is_(None))
                .values(readmitted_on=today)
                .returning(ForgottenRow.customer_id)
            )
            return bool(changed.all())
