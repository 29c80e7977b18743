"""A life: some customers, an operator, a bot of two processes, and days on which all of them act."""

import asyncio
import gc
import random
import secrets
import tempfile
import warnings
from base64 import urlsafe_b64encode
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import SAWarning

from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.tables import OutboxRow
from bot.domain.catalogue import VatAbroad
from bot.playground.world import World
from bot.services.surroundings import Surroundings
from bot.texts import Texts
from tests.simulation import actors, laws  # noqa: F401 - they add themselves to the registry
from tests.simulation.account import Account
from tests.simulation.actions import ROME, Action, Lot, beginning
from tests.simulation.bank import Bank
from tests.simulation.clockwork import LifeClock, VirtualLoop
from tests.simulation.journal import OWNER, Answer, Journal
from tests.simulation.listening import listening
from tests.simulation.people import Person, Phone
from tests.simulation.process import Ground, Killed, Process, task_of_owner
from tests.simulation.provider import Provider
from tests.simulation.registry import ACTORS, LAWS
from tests.simulation.weather import MailConnection, Weather
from tests.support import SAMPLE_KEYS
from tests.support.catalogue import with_rules
from tests.support.conversations import ReusedRouters
from tests.support.databases import ReusedEngines
from tests.support.till import OPERATOR_CHAT

TOKEN: Final = "4200000000:playground-token-of-the-tests"
EVENING: Final = time(19)
"""When the sky clears, the day's work is finished, and the laws are looked at."""
_LATEST: Final = time(22, 30)
"""What is due later than this stays for the morning."""
_WORK_SECONDS: Final = 150
_ROUNDS: Final = 40


@dataclass(frozen=True, slots=True)
class Violation:
    """A law that did not hold on a day."""

    day: int
    law: str
    words: str

    def __str__(self) -> str:
        return f"day {self.day}: {self.law}: {self.words}"


@dataclass(slots=True)
class Report:
    """What became of a life."""

    seed: int
    digest: str
    lines: Sequence[str]
    violations: list[Violation]
    counts: Counter[str]


@dataclass
class Means:
    """What one life after the other is lent: engines, routers and texts, which take long to make."""

    folder: Path
    near: bool
    texts: Texts = field(default_factory=Texts.load)

    def __post_init__(self) -> None:
        self.routers = [ReusedRouters(), ReusedRouters()]
        self.engines = []
        for name in ("first", "second", "laws"):
            place = self.folder / name
            place.mkdir()
            self.engines.append(ReusedEngines(place, near=self.near))


class Life:
    """One life, on the loop that runs it."""

    def __init__(self, seed: int, url: str, means: Means, folder: Path) -> None:
        """Begin on the day of the seed, on the empty, migrated database at `url`."""
        self.seed = seed
        self.folder = folder
        begin = beginning(seed)
        self.first_day = begin.date()
        self.clock = LifeClock(begin)
        self.journal, self.weather, self.bank = Journal(), Weather(), Bank()
        self.world = World(TOKEN, name="Rinnovo", username="rinnovo_bot", clock=self.clock.now)
        catalogue = with_rules(vat_abroad=VatAbroad.ASK)
        surroundings = Surroundings(catalogue, self.clock, ZoneInfo("Europe/Rome"))
        self.ground = Ground(
            url, self.clock, surroundings, means.texts, self.world, self.weather, self.journal
        )
        self.catalogue = catalogue
        self.processes = [
            Process(self.ground, engines, routers)
            for engines, routers in zip(means.engines, means.routers, strict=False)
        ]
        self.database = Database(url, KeyRing(list(SAMPLE_KEYS)), means.engines[2].on(url))
        lot = Lot(f"people of {seed}")
        self.provider = Provider(lot, self.first_day)
        self.account = Account(folder)
        self.people = _people(lot, self.provider)
        self.day = 0
        self.away_until = 0
        """The first day on which workers work again, after an outage."""
        self.undelivered: defaultdict[int, deque[dict[str, Any]]] = defaultdict(deque)
        self.violations: list[Violation] = []
        self.memory: dict[str, Any] = {}
        """What laws remember from one evening to the next."""
        self.counts: Counter[str] = Counter()
        self._failures = 0
        self._tried: dict[int, tuple[int, int, int]] = {}
        """Updates over which a process died, with what had been counted before the first attempt."""

    # How it goes

    async def live(self, actions: Sequence[Action], days: int) -> Report:
        """Live so many days, or until a law does not hold."""
        for process in self.processes:
            await process.begin()
        await self.database.start()
        try:
            await self._arrive()
            for self.day in range(days):
                of_today = [action for action in actions if action.day == self.day]
                evening = [action for action in of_today if action.minute >= EVENING.hour * 60]
                await self._act([action for action in of_today if action not in evening])
                await self._evening()
                if self.violations:
                    break
                await self._act(evening)
        finally:
            for process in self.processes:
                await process.end()
            await self.database.dispose()
        return Report(self.seed, self.journal.digest, self.journal.lines, self.violations, self.counts)

    async def _arrive(self) -> None:
        """The operator imports the first file and invites people, who open the chat."""
        self.world.open_chat(OPERATOR_CHAT, "Operatore", "it")
        await Phone(self, self.processes[0], OPERATOR_CHAT).send("/start")
        self.provider.keep()
        await ACTORS["import as it is"].act(self, self.processes[0], Lot(f"first file of {self.seed}"))
        for person in self.people:
            self.world.open_chat(person.chat_id, "Prova", person.language)
            phone = Phone(self, self.processes[0], person.chat_id)
            for customer in person.customers:
                invited = await self.processes[0].do(self.processes[0].services.linking.invite(customer))
                await phone.follow(invited.token)
                await phone.agree()

    async def _act(self, actions: Sequence[Action]) -> None:
        waiting = list(actions)
        while waiting:
            group = [waiting.pop(0)]
            while group[-1].together and waiting:
                group.append(waiting.pop(0))
            self._reach(self.moment(group[0].minute))
            said = await asyncio.gather(*(self._perform(action) for action in group))
            for action, words in zip(group, said, strict=True):
                self.journal.say(f"{action.day} {action.minute} {action.actor}/{action.process}: {words}")
            await self._revive()

    async def _perform(self, action: Action) -> str:
        process = self.processes[action.process]
        death = None
        if action.dies_after is not None:
            death = asyncio.create_task(process.die_after(action.dies_after))
        try:
            words = await ACTORS[action.actor].act(self, process, action.lot)
        except Killed:
            words = "killed"
            self.counts["killed"] += 1
        finally:
            if death is not None:
                death.cancel()
                await asyncio.wait([death])
        self.counts[action.actor] += 1
        return words

    async def _revive(self) -> None:
        for process in self.processes:
            if process.dead:
                await process.end()
                await process.begin()

    async def _evening(self) -> None:
        """Let all that is due be done, and look at the laws."""
        self._reach(self.moment(EVENING.hour * 60))
        await ACTORS["go on sending"].act(self, self.processes[0], Lot(self.day))
        self.weather.clear()
        for call in self.bank.due(self.day):
            await self.bank.make(call, self.processes[0])
        for chat in tuple(self.undelivered):
            await self.deliver(self.processes[0], chat)
        await ACTORS["finish statements"].act(self, self.processes[0], Lot(self.day))
        if self.works:
            await self._work_all()
        self._look_at_failures()
        for law in LAWS.values():
            if self.works or not law.needs_work:
                found = await law.judge(self)
                self.violations += [Violation(self.day, law.name, words) for words in found]
        self.provider.touched.clear()
        self.journal.say(f"{self.day} evening: {await self._standing()}")

    async def _work_all(self) -> None:
        for turn in range(_ROUNDS):
            both = self.processes if turn % 2 == 0 else self.processes[::-1]
            for process in both:
                await process.work(_WORK_SECONDS, self.at_rest)
            due = await self._next_due()
            if due is None or due.astimezone(ROME) > self.moment(_LATEST.hour * 60 + _LATEST.minute):
                return
            self.clock.reach(due + timedelta(seconds=1))
        self.violations.append(Violation(self.day, "an evening ends", "the outbox comes to no rest"))

    def _look_at_failures(self) -> None:
        new = self.journal.failures[self._failures :]
        self._failures = len(self.journal.failures)
        self.violations += [Violation(self.day, "nothing fails unexpectedly", words) for words in new]

    # What actors and laws ask

    @property
    def works(self) -> bool:
        """Whether the workers are there today."""
        return self.day >= self.away_until

    @property
    def today(self) -> Any:
        """The day in Rome."""
        return self.clock.now().astimezone(ROME).date()

    def moment(self, minute: int) -> datetime:
        """A minute of the present day."""
        day = self.first_day + timedelta(days=self.day)
        return datetime.combine(day, time(minute // 60, minute % 60), ROME)

    def _reach(self, moment: datetime) -> None:
        self.clock.reach(moment)

    async def deliver(self, process: Process, chat: int) -> None:
        """Bring the process what waits for it in a chat; what it died over waits for the next.

        Raises:
            Killed: it died.
        """
        waiting, journal = self.undelivered[chat], self.journal
        while waiting:
            update = waiting.popleft()
            seen, faults, deaths = self._tried.pop(
                update["update_id"], (journal.said[chat], journal.faults[chat], len(journal.deaths))
            )
            try:
                await process.feed(update, chat)
            except Killed:
                waiting.appendleft(update)
                self._tried[update["update_id"]] = seen, faults, deaths
                raise
            except Exception as error:  # noqa: BLE001 - the update comes again
                journal.failures.append(f"an update was not taken: {error!r}")
                return
            if "my_chat_member" in update or self.world.chat(chat).blocked:
                continue
            journal.answers.append(
                Answer(
                    chat,
                    _words(update),
                    journal.said[chat] - seen,
                    journal.faults[chat] - faults,
                    len(journal.deaths) - deaths,
                )
            )

    async def at_rest(self) -> bool:
        """Whether nothing is being sent, or could be at once."""
        now = self.clock.now()
        asking = OWNER.set(None)  # it is the life that looks, and no process that may die over it
        try:
            return await self._rests(now)
        finally:
            OWNER.reset(asking)

    async def _rests(self, now: datetime) -> bool:
        async with self.database.read() as session:
            found = await session.scalar(
                select(OutboxRow.id)
                .where(
                    (OutboxRow.state == "claimed") | ((OutboxRow.state == "due") & (OutboxRow.due_at <= now))
                )
                .limit(1)
            )
        return found is None

    async def _next_due(self) -> datetime | None:
        async with self.database.read() as session:
            due: datetime | None = await session.scalar(
                select(func.min(OutboxRow.due_at)).where(OutboxRow.state == "due")
            )
            claimed: datetime | None = await session.scalar(
                select(func.min(OutboxRow.claimed_until)).where(OutboxRow.state == "claimed")
            )
        return min((each for each in (due, claimed) if each is not None), default=None)

    async def _standing(self) -> str:
        """How it stands, in numbers that are the same on every database."""
        async with self.database.read() as session:
            states = await session.execute(
                select(OutboxRow.channel, OutboxRow.state, func.count())
                .group_by(OutboxRow.channel, OutboxRow.state)
                .order_by(OutboxRow.channel, OutboxRow.state)
            )
            return " ".join(f"{channel}:{state}:{number}" for channel, state, number in states)


def _words(update: Mapping[str, Any]) -> str:
    if "callback_query" in update:
        return f"tap {update['callback_query']['data']!r}"
    return f"text {update.get('message', {}).get('text')!r}"


def _people(lot: Lot, provider: Provider) -> list[Person]:
    """Chats: most customers have one, some two or none; an accountant speaks for several; a stranger for nobody."""
    people: list[Person] = []
    codes = provider.customers
    for code in codes:
        for _ in range(lot.choice((0, 1, 1, 1, 2))):
            people.append(Person(1001 + len(people), lot.choice(("it", "en")), (code,)))
    if lot.percent(40):
        people.append(Person(1001 + len(people), "it", tuple(codes[:2])))
    people.append(Person(1001 + len(people), "it", ()))
    return people


@contextmanager
def _chance(seed: int) -> Iterator[None]:
    """Let what is drawn by chance, secrets too, be drawn from the seed."""
    drawn = random.Random(f"secrets of {seed}")  # noqa: S311 - the same life each time
    before = random.getstate()
    random.seed(seed)

    def bytes_of(size: int | None = None) -> bytes:
        return drawn.randbytes(32 if size is None else size)

    stand_ins: dict[str, Any] = {
        "choice": drawn.choice,
        "randbelow": drawn.randrange,
        "randbits": drawn.getrandbits,
        "token_bytes": bytes_of,
        "token_hex": lambda size=None: bytes_of(size).hex(),
        "token_urlsafe": lambda size=None: urlsafe_b64encode(bytes_of(size)).rstrip(b"=").decode(),
    }
    try:
        with mock.patch.multiple(secrets, **stand_ins):
            yield
    finally:
        random.setstate(before)


def lived(seed: int, actions: Sequence[Action], days: int, url: str, means: Means) -> Report:
    """Play these actions as the life of a seed, on an empty, migrated database."""

    async def play() -> Report:
        asyncio.get_running_loop().set_task_factory(task_of_owner)
        with tempfile.TemporaryDirectory() as folder:
            life = Life(seed, url, means, Path(folder))
            with ExitStack() as seams:
                seams.enter_context(listening(life.journal))
                patch = seams.enter_context(pytest.MonkeyPatch.context())
                patch.setattr(
                    "bot.services.sending.mail.mailer.Connection",
                    lambda _: MailConnection(life.weather, life.journal),
                )
                return await life.live(actions, days)

    with _chance(seed), warnings.catch_warnings():
        for kind in (SAWarning, ResourceWarning):  # of what the dead held in their hands
            warnings.simplefilter("ignore", kind)
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            report = runner.run(play())
        gc.collect()
        return report
