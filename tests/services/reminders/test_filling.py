"""A space that an import finds filling up is told once for each level, to who can be told (DOMAIN.md 6, "Space")."""

from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.app import Told, build_services
from bot.db.engine import Database
from bot.db.tables import ChatRow, CustomerRow, MuteRow, OutboxRow, SpaceLevelRow
from bot.messages.told import SpaceFilling, read_told
from bot.services.actor import Actor
from bot.services.importing import import_mailboxes, open_mailbox_file
from bot.services.reminders.space_telling import SpaceSender
from bot.services.reminders.telling import Addresses
from bot.services.sending.outbox import Channel, Claimed, Outbox, Outcome, Result
from tests.services.importing.files import COMPANY, Recorder, as_csv
from tests.services.importing.test_renewed import Operator
from tests.support.clock import FrozenClock

FILE = COMPANY | {"plan": "pro", "extra_mailbox_gb": "0", "promo": "", "used_archive_gb": "0"}
"""2 GB of mailbox, 3 GB of archive."""
CHAT = 7
ONE_DAY = timedelta(days=1)


@dataclass
class Wire:
    """A sender that answers as it is told to, and keeps what was handed over."""

    answers: list[Result] = field(default_factory=list)
    sent: list[tuple[int | None, SpaceFilling]] = field(default_factory=list)

    async def send(self, claimed: Claimed) -> Outcome:
        """Take it, or refuse it."""
        told = read_told(claimed.payload)
        assert isinstance(told, SpaceFilling)
        result = self.answers.pop(0) if self.answers else Result.SENT
        if result is Result.SENT:
            self.sent.append((claimed.chat_id, told))
        return Outcome(result, None if result is Result.SENT else "as the test says")


@dataclass
class Filling(Operator):
    """An operator whose file says how full a mailbox is, and a worker."""

    mail: bool = False
    wire: Wire = field(default_factory=Wire)
    columns: dict[str, str] = field(default_factory=lambda: dict(FILE))

    def __post_init__(self) -> None:
        super().__post_init__()
        self.services = build_services(self.database, self.surroundings, Told(mail=self.mail))

    async def file(self, mailbox: str, archive: str = "0", *, usage_at: str | None = None) -> None:
        """Import the usage."""
        await self._import(mailbox, archive, usage_at, dry_run=False)

    async def dry_run(self, mailbox: str) -> None:
        """Try the import."""
        await self._import(mailbox, "0", None, dry_run=True)

    async def _import(self, mailbox: str, archive: str, usage_at: str | None, *, dry_run: bool) -> None:
        measured = self.clock.now().isoformat() if usage_at is None else usage_at
        usage = {"used_mailbox_gb": mailbox, "used_archive_gb": archive, "usage_at": measured}
        self.path.write_text(as_csv([self.columns | usage]))
        with open_mailbox_file(self.path) as file:
            await import_mailboxes(file, self.database, self.surroundings, Recorder(), dry_run=dry_run)
        self.clock.advance(timedelta(minutes=1))

    async def plan(self) -> None:
        """The planner looks."""
        await self.services.reminders.run()

    async def deliver(self) -> list[tuple[int | None, SpaceFilling]]:
        """What waits leaves; what was handed over."""
        before = len(self.wire.sent)
        outbox = Outbox(self.database, self.clock)
        sender = SpaceSender(
            self.wire, self.database, self.surroundings, Addresses(_name, "https://r.example")
        )
        for channel in (Channel.TELEGRAM, Channel.MAIL):
            while claimed := await outbox.claim(channel, 50):
                for row in claimed:
                    of_space = row.key.startswith("space:")
                    outcome = await sender.send(row) if of_space else Outcome(Result.OBSOLETE, "no matter")
                    assert await outbox.settle(row, outcome)
        return self.wire.sent[before:]

    async def says(self, mailbox: str, archive: str = "0") -> list[tuple[int | None, SpaceFilling]]:
        """Import the usage, plan, deliver: what was handed over."""
        await self.file(mailbox, archive)
        await self.plan()
        return await self.deliver()

    async def rows(self) -> list[OutboxRow]:
        """What the outbox has of space."""
        async with self.database.read() as session:
            found = await session.scalars(
                select(OutboxRow).where(OutboxRow.key.startswith("space:")).order_by(OutboxRow.id)
            )
            return list(found)

    async def told(self) -> dict[bool, tuple[int, int]]:
        """The level and what was told of the mailbox, and of the archive (True)."""
        async with self.database.read() as session:
            rows = await session.scalars(select(SpaceLevelRow))
            return {row.archive: (row.level, row.told) for row in rows}

    async def binds(self, chat_id: int = CHAT) -> None:
        """A chat of the customer's."""
        invitation = await self.services.linking.invite(FILE["customer"])
        await self.services.linking.redeem(Actor(chat_id, "it"), invitation.token)

    async def loses(self, chat_id: int = CHAT) -> None:
        """The chat is gone."""
        async with self.database.write() as session:
            await session.execute(
                update(ChatRow).where(ChatRow.id == chat_id).values(unreachable_at=self.clock.now())
            )

    async def silences(self) -> None:
        """The chat wants no more of the mailbox."""
        box = await self.mailbox()
        async with self.database.write() as session:
            session.add(MuteRow(chat_id=CHAT, mailbox_id=box.id, level="all"))


async def _name() -> str:
    return "rinnovo_bot"


@pytest.fixture
def unheard(each_database: Database, tmp_path: Path) -> Filling:
    """A mailbox with little in it, whose customer has no chat."""
    return Filling(each_database, tmp_path / "mailboxes.csv", FrozenClock())


@pytest.fixture
async def filling(unheard: Filling) -> Filling:
    """The same with a chat that is bound to it."""
    await unheard.file("0.1")
    await unheard.binds()
    return unheard


def about(heard: list[tuple[int | None, SpaceFilling]]) -> list[list[tuple[bool, int]]]:
    """Of each message its spaces, archives being True, and their levels."""
    return [[(box.archive, box.level) for box in told.mailboxes] for _, told in heard]


async def test_each_level_is_told_once_and_again_only_after_it_fell_below(filling: Filling) -> None:
    levels = ("0.1", "1.38", "1.4", "1.4", "1.5", "1.82", "2", "1.9", "1", "1.5")
    assert [len(await filling.says(gb)) for gb in levels] == [0, 0, 1, 0, 0, 1, 1, 0, 0, 1]
    assert {chat for chat, _ in filling.wire.sent} == {CHAT}
    assert all(row.bulk for row in await filling.rows())


async def test_mailbox_and_archive_have_a_level_each(filling: Filling) -> None:
    assert about(await filling.says("1.9", "0.1")) == [[(False, 90)]]
    assert about(await filling.says("1.9", "2.2")) == [[(True, 70)]], (
        "though the mailbox is fuller, and was told"
    )
    assert about(await filling.says("1.9", "2.2")) == []
    assert about(await filling.says("2", "2.8")) == [[(False, 100), (True, 90)]], "one message says both"
    assert about(await filling.says("0.1", "2.8")) == []
    assert await filling.told() == {True: (90, 90)}


async def test_a_level_that_nobody_could_be_told_is_told_to_who_links_later(unheard: Filling) -> None:
    assert await unheard.says("1.9") == []
    assert await unheard.told() == {False: (90, 0)}
    unheard.clock.advance(20 * ONE_DAY)
    await unheard.binds()
    await unheard.plan()
    assert about(await unheard.deliver()) == [[(False, 90)]]
    assert await unheard.told() == {False: (90, 90)}


async def test_far_from_its_expiry_too(unheard: Filling) -> None:
    unheard.columns["expires_on"] = "2028-05-20"
    assert await unheard.says("1.9") == []
    await unheard.binds()
    await unheard.plan()
    assert about(await unheard.deliver()) == [[(False, 90)]]


async def test_a_chat_that_is_found_gone_is_not_told_and_who_links_next_is(filling: Filling) -> None:
    filling.wire.answers = [Result.UNREACHABLE]
    assert await filling.says("1.9") == []
    assert await filling.told() == {False: (90, 0)}
    await filling.loses()
    await filling.binds(8)
    await filling.plan()
    assert [chat for chat, _ in await filling.deliver()] == [8]


async def test_of_two_chats_one_that_hears_is_enough(filling: Filling) -> None:
    await filling.binds(8)
    filling.wire.answers = [Result.UNREACHABLE, Result.SENT]
    assert len(await filling.says("1.9")) == 1
    await filling.plan()
    assert await filling.deliver() == []
    assert await filling.told() == {False: (90, 90)}


async def test_what_was_refused_is_not_tried_again_until_something_changes(filling: Filling) -> None:
    filling.wire.answers = [Result.FAILED]
    assert await filling.says("1.9") == []
    await filling.plan()
    assert await filling.deliver() == []
    assert about(await filling.says("1.9")) == [[(False, 90)]], "the next file"


async def test_an_email_takes_over_from_a_chat_that_is_gone(each_database: Database, tmp_path: Path) -> None:
    filling = Filling(each_database, tmp_path / "mailboxes.csv", FrozenClock(), mail=True)
    await filling.file("0.1")
    await filling.binds()
    filling.wire.answers = [Result.UNREACHABLE]
    assert await filling.says("1.9") == []
    await filling.loses()
    await filling.plan()
    [(chat, told)] = await filling.deliver()
    assert chat is None
    assert told.reader is not None
    assert told.reader.to == FILE["reference_email"]
    assert told.link.startswith("https://t.me/rinnovo_bot?start=")
    assert told.unsubscribe is not None


async def test_no_email_goes_to_who_wants_only_the_last_reminders(
    each_database: Database, tmp_path: Path
) -> None:
    filling = Filling(each_database, tmp_path / "mailboxes.csv", FrozenClock(), mail=True)
    await filling.file("0.1")
    async with filling.database.write() as session:
        await session.execute(update(CustomerRow).values(mail_reminders="last"))
    assert await filling.says("1.9") == []
    assert await filling.told() == {False: (90, 0)}


async def test_what_waits_for_the_morning_is_judged_again_as_it_leaves(filling: Filling) -> None:
    await filling.file("1.9", "2.9")
    await filling.plan()
    filling.clock.advance(timedelta(hours=12))
    assert await filling.deliver() == [], "at night"
    await filling.file("0.1", "2.9")
    filling.clock.advance(timedelta(hours=12))
    assert about(await filling.deliver()) == [[(True, 90)]], "messages were deleted meanwhile"


@pytest.mark.soak
async def test_what_an_evening_brings_is_planned_in_the_morning(filling: Filling) -> None:
    filling.clock.advance(timedelta(hours=12))
    assert await filling.says("2") == []
    filling.clock.advance(timedelta(hours=12))
    await filling.plan()
    assert about(await filling.deliver()) == [[(False, 100)]]


async def test_more_space_by_a_renewal_takes_it_back(filling: Filling) -> None:
    await filling.file("1.9")
    await filling.plan()
    await filling.change(extra_mailbox_gb=1)
    assert await filling.deliver() == []


async def test_of_a_deleted_mailbox_nothing_is_told(filling: Filling) -> None:
    await filling.file("1.9")
    await filling.plan()
    await filling.change(expires_on=(filling.clock.now() - 91 * ONE_DAY).date())
    assert await filling.deliver() == []


async def test_a_chat_that_speaks_for_its_customer_no_more_is_not_told(filling: Filling) -> None:
    await filling.file("1.9")
    await filling.plan()
    await filling.services.linking.unlink(Actor(CHAT, "it"))
    assert await filling.deliver() == []
    assert await filling.told() == {False: (90, 0)}


async def test_two_levels_at_once_are_one_message(filling: Filling) -> None:
    await filling.file("1.5")
    await filling.plan()
    await filling.file("1.9")
    await filling.plan()
    filling.clock.advance(timedelta(seconds=1))
    heard = [*await filling.deliver(), *await filling.deliver()]
    assert about(heard) == [[(False, 90)]]


async def test_old_usage_tells_nothing_and_forgets_nothing(filling: Filling) -> None:
    assert len(await filling.says("1.5")) == 1
    old = "2026-11-01T06:00:00+01:00"
    for gb in ("2", "0.1"):
        await filling.file(gb, usage_at=old)
        await filling.plan()
        assert await filling.deliver() == []
    assert await filling.says("1.5") == []


async def test_a_chat_that_silenced_the_mailbox_hears_nothing_and_no_mail_goes_instead(
    each_database: Database, tmp_path: Path
) -> None:
    filling = Filling(each_database, tmp_path / "mailboxes.csv", FrozenClock(), mail=True)
    await filling.file("0.1")
    await filling.binds()
    await filling.silences()
    assert await filling.says("2") == []
    await filling.services.wishes.unmute(Actor(CHAT, "it"), (await filling.mailbox()).id)
    await filling.plan()
    assert about(await filling.deliver()) == [[(False, 100)]], (
        "who wants to hear again hears what is still so"
    )


async def test_no_mail_goes_where_the_chat_silenced_the_mailbox_since_it_was_planned(
    each_database: Database, tmp_path: Path
) -> None:
    filling = Filling(each_database, tmp_path / "mailboxes.csv", FrozenClock(), mail=True)
    await filling.file("0.1")
    await filling.binds()
    await filling.loses()
    await filling.file("1.9")
    await filling.plan()
    assert [row.channel for row in await filling.rows()] == [Channel.MAIL.value]
    await filling.silences()
    assert await filling.deliver() == []


async def test_a_holiday_puts_it_off(filling: Filling) -> None:
    filling.clock.moment = filling.clock.moment.replace(month=12, day=8, tzinfo=UTC)
    assert await filling.says("2") == []
    filling.clock.advance(ONE_DAY)
    await filling.plan()
    assert about(await filling.deliver()) == [[(False, 100)]]


async def test_a_dry_run_tells_nothing_and_leaves_it_to_be_told(filling: Filling) -> None:
    await filling.dry_run("2")
    await filling.plan()
    assert await filling.deliver() == []
    assert len(await filling.says("2")) == 1


async def test_a_mailbox_without_usage_tells_nothing(filling: Filling) -> None:
    await filling.file("", "", usage_at="")
    await filling.plan()
    assert await filling.deliver() == []
