"""Space that fills up: planned with the reminders, for whoever hears of the mailbox (DOMAIN.md 6, "Space").

An import notes which levels are reached (`bot.services.importing.filling`). The planner tells the untold ones, in the
hours of reminders, and notes a level as told with the message that it writes: what nobody can be told stays untold, and
is told once somebody can be reached. `space_telling` judges it again as it leaves.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Self

from sqlalchemy import select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.tables import SpaceLevelRow
from bot.domain.catalogue import RemindByMail
from bot.domain.reminders import MuteLevel, common_silence
from bot.messages.versions import check_readable, stamped
from bot.services.people.linking import new_link_token
from bot.services.reminders.batch import Batch, Box
from bot.services.sending.filling import KEY_OF_SPACE
from bot.services.sending.outbox import Channel, Message
from bot.services.surroundings import Surroundings

SPACE_MESSAGE: Final = "space"
"""The name of the message in a payload that waits; `space_telling` makes `space-filling` of it."""


@dataclass(frozen=True, slots=True)
class Untold:
    """A space that has reached a level of which nobody was told; `before` is the level that was told, 0 for none."""

    mailbox_id: int
    archive: bool
    level: int
    before: int


@dataclass(frozen=True, slots=True)
class SpaceLetter:
    """What waits: spaces of a customer's mailboxes for a chat, or by e-mail where `chat_id` is None.

    `at` is when the levels were noted as told, which names the telling; `token` is the deep link's, for an e-mail.
    """

    customer_id: int
    entries: tuple[Untold, ...]
    at: datetime
    chat_id: int | None
    token: str | None = None

    @property
    def key(self) -> str:
        """The key of the outbox row: the same telling to the same reader has the same one."""
        reader = "mail" if self.chat_id is None else f"chat:{self.chat_id}"
        return f"{KEY_OF_SPACE}{self.customer_id}:{self.at.isoformat()}:{reader}"

    def payload(self) -> dict[str, Any]:
        """What waits in the outbox."""
        facts = {
            "message": SPACE_MESSAGE,
            "customer": self.customer_id,
            "at": self.at.isoformat(),
            "entries": [[each.mailbox_id, each.archive, each.level, each.before] for each in self.entries],
        }
        return stamped(facts if self.token is None else facts | {"token": self.token})

    @classmethod
    def read(cls, payload: Mapping[str, Any], chat_id: int | None) -> Self:
        """Read what `payload` wrote.

        Raises:
            UnreadablePayload: a newer release wrote it.
        """
        check_readable(payload)
        return cls(
            customer_id=payload["customer"],
            entries=tuple(Untold(*each) for each in payload["entries"]),
            at=datetime.fromisoformat(payload["at"]),
            chat_id=chat_id,
            token=payload.get("token"),
        )


@dataclass(slots=True)
class SpacePlan:
    """What one transaction of the planner writes of space."""

    untold: Mapping[int, Sequence[Untold]] = field(default_factory=dict)
    """By mailbox."""
    heard: dict[tuple[int | None, int], list[Untold]] = field(default_factory=lambda: defaultdict(list))
    """By reader (a chat, None for e-mail) and customer."""

    def judge(self, batch: Batch, box: Box, surroundings: Surroundings, *, mail: bool) -> None:
        """Note who is told of a mailbox's spaces; `mail` says whether e-mail is set up."""
        untold = self.untold.get(box.id)
        if untold:
            for reader in _readers(batch, box, surroundings, mail=mail):
                self.heard[reader, box.customer_id] += untold

    async def write(self, session: AsyncSession, surroundings: Surroundings) -> list[Message]:
        """Note what is told, with the tokens of e-mails, and return the messages, which are still to be put."""
        now, messages = surroundings.now(), []
        for (chat_id, customer_id), entries in self.heard.items():
            letter = SpaceLetter(customer_id, tuple(entries), now, chat_id)
            if chat_id is None:
                token, row = _link(surroundings, letter)
                session.add(row)
                letter = replace(letter, token=token)
            channel = Channel.MAIL if chat_id is None else Channel.TELEGRAM
            messages.append(Message(letter.key, channel, letter.payload(), chat_id, bulk=True))
        told = {(each.mailbox_id, each.archive) for entries in self.heard.values() for each in entries}
        if told:
            await session.execute(
                update(SpaceLevelRow)
                .where(tuple_(SpaceLevelRow.mailbox_id, SpaceLevelRow.archive).in_(told))
                .values(told=SpaceLevelRow.level, told_at=now)
                .execution_options(synchronize_session=False)
            )
        return messages


async def read_untold(session: AsyncSession, mailbox_ids: Collection[int]) -> dict[int, list[Untold]]:
    """The untold levels of these mailboxes, by mailbox."""
    rows = await session.execute(
        select(SpaceLevelRow.mailbox_id, SpaceLevelRow.archive, SpaceLevelRow.level, SpaceLevelRow.told)
        .where(SpaceLevelRow.mailbox_id.in_(mailbox_ids), SpaceLevelRow.told < SpaceLevelRow.level)
        .order_by(SpaceLevelRow.mailbox_id, SpaceLevelRow.archive)
    )
    found: dict[int, list[Untold]] = defaultdict(list)
    for mailbox_id, archive, level, told in rows:
        found[mailbox_id].append(Untold(mailbox_id, archive, level, told))
    return found


def _readers(batch: Batch, box: Box, surroundings: Surroundings, *, mail: bool) -> list[int | None]:
    """Every reachable chat that has not silenced the mailbox, and the e-mail where it is its turn."""
    chats = batch.chats[box.customer_id]
    levels = {chat.id: batch.mutes.get((chat.id, box.id)) for chat in chats}
    reached = [chat for chat in chats if chat.reachable]
    hearing = [chat for chat in reached if levels[chat.id] is not MuteLevel.ALL]
    readers: list[int | None] = [chat.id for chat in hearing]
    always = surroundings.catalogue.rules.remind_by_mail is RemindByMail.ALWAYS
    its_turn = not reached or always or any(chat.mail_too for chat in hearing)
    silenced = common_silence(levels.values()) is MuteLevel.ALL  # of every chat: not told by e-mail instead
    if mail and its_turn and not silenced and batch.mail_mutes[box.customer_id] is None:
        readers.append(None)
    return readers


def _link(surroundings: Surroundings, letter: SpaceLetter) -> tuple[str, Any]:
    """A deep-link token that opens the renewal of the one mailbox, or the mailboxes of the customer."""
    boxes = {each.mailbox_id for each in letter.entries}
    only = boxes.pop() if len(boxes) == 1 else None
    return new_link_token(surroundings, letter.customer_id, mailbox_id=only)
