"""What the first button of a reminder may name: the renewal of its mailboxes as they are (docs/decisions/023)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import MailboxRow, MuteRow
from bot.domain.keeping import AsItIs, LastTime, renewal_as_it_is
from bot.domain.mailboxes import Mailbox, blocker
from bot.domain.registrant import Registrant
from bot.domain.reminders import Subject
from bot.services.reminders.letters import Letter
from bot.services.renewing.facts import read_mailboxes
from bot.services.renewing.last_time import last_times
from bot.services.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Offers:
    """What decides about the buttons of some messages, read at one moment.

    Attributes:
        last: how each mailbox was last renewed here.
        held: every mailbox of the holders of whom a message names several.
        muted: by chat and mailbox.
    """

    surroundings: Surroundings
    last: Mapping[int, LastTime]
    held: Sequence[Mailbox]
    muted: Collection[tuple[int, int]]

    def of(
        self, letter: Letter, boxes: Sequence[Mailbox], holders: Mapping[int, Registrant]
    ) -> dict[int, AsItIs]:
        """What a button may name, by mailbox; of several, which are one holder's, for all of them or for none.

        One button renews all of the holder's that expire by the last day of the message: it names an amount only where
        those are the ones that the message is about.
        """
        if not _names_amounts(letter, boxes) or (len(boxes) > 1 and not self._are_all(letter, boxes)):
            return {}
        catalogue, here = self.surroundings.catalogue, self.surroundings.here()
        found: dict[int, AsItIs] = {}
        for box in boxes:
            offer = renewal_as_it_is(
                catalogue,
                box,
                holders[box.holder_id],
                self.last.get(box.id),
                today=here.date(),
                at=here.time(),
            )
            if offer is None:
                return {}
            found[box.id] = offer
        return found

    def _are_all(self, letter: Letter, boxes: Sequence[Mailbox]) -> bool:
        """Whether a tap on *Rinnova* would choose these, and no others (`Renewals.begin_due`)."""
        catalogue, today = self.surroundings.catalogue, self.surroundings.today()
        by = max(box.expires_on for box in boxes)
        chosen = {
            box.id
            for box in self.held
            if box.holder_id == boxes[0].holder_id
            and box.expires_on <= by
            and blocker(box, catalogue, today) is None
            and not box.declined
            and (letter.chat_id, box.id) not in self.muted
        }
        return chosen == {box.id for box in boxes} and len(chosen) <= catalogue.rules.max_mailboxes


async def read_offers(
    session: AsyncSession, surroundings: Surroundings, told: Mapping[Letter, Sequence[Mailbox]]
) -> Offers:
    """Read it for these messages, each about these mailboxes."""
    named = {letter: boxes for letter, boxes in told.items() if _names_amounts(letter, boxes)}
    last = await last_times(session, sorted({box.id for boxes in named.values() for box in boxes}))
    several = {letter: boxes for letter, boxes in named.items() if len(boxes) > 1}
    if not several:
        return Offers(surroundings, last, (), frozenset())
    holders = sorted({boxes[0].holder_id for boxes in several.values()})
    held = await read_mailboxes(session, MailboxRow.holder_id.in_(holders))
    muted = await session.execute(
        select(MuteRow.chat_id, MuteRow.mailbox_id).where(
            MuteRow.chat_id.in_(sorted({letter.chat_id or 0 for letter in several}))
        )
    )
    return Offers(surroundings, last, held, {(chat_id, mailbox_id) for chat_id, mailbox_id in muted})


def _names_amounts(letter: Letter, boxes: Sequence[Mailbox]) -> bool:
    """Whether it is a message to a chat that asks to renew, for one holder: an order is for one (decision 001)."""
    asks = letter.subject is Subject.RENEW and letter.chat_id is not None
    return asks and len({box.holder_id for box in boxes}) == 1
