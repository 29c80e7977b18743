"""Sets the demo's stage: a playground, sample customers, and the bot itself, which meets it only over the network."""

import asyncio
import base64
import secrets
import shutil
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import Told, build_services
from bot.clock import Clock
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.upgrade import upgrade
from bot.demo.bank import DemoBank
from bot.demo.own_settings import TOKEN, write_env_file
from bot.demo.sample import PERSONAS, Persona, write_sample
from bot.demo.time_machine import DemoTimeMachine
from bot.demo.travel_clock import TravelClock
from bot.playground.mail import MailRoom, serve_mail
from bot.playground.payments_panel import PaymentsPanel
from bot.playground.people import Persona as Player
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.running.delivering import deliver
from bot.runtime import Running, open_bot, poller_of
from bot.services.catalogue.file import load_catalogue
from bot.services.errors import NotYours
from bot.services.importing import import_mailboxes, open_mailbox_file
from bot.services.people.linking import Linking
from bot.services.surroundings import Surroundings
from bot.settings import Settings, load
from bot.telegram.profile import publish_profile
from bot.watching.logs import configure_logging, secrets_of
from bot.web.server import serve_web

_KEY_FILE = "data.key"
_DATABASE = "demo.db"
_SAMPLE = "mailboxes.csv"
_BANK = "bank"
"""Where the statements are that the demo's bank gives."""
_AHEAD = "clock"
"""How far the demo's clock is ahead of the machine's, or behind it."""
_LOOPBACK = "127.0.0.1"
_SECRET_BYTES = 32
_MAIL_FROM = "Posta Esempio <rinnovi@posta.example>"
_A_MINUTE = timedelta(minutes=1)
_INVITED_FOR = timedelta(days=3650)
"""The notices on the page are good for as long as anybody may travel."""

OPERATOR = Player(
    key="operator",
    name="Posta Esempio, il gestore",
    note="Riceve gli avvisi sui pagamenti che chiedono una persona.",
    language="it",
    in_other_words={
        "en": ("Posta Esempio, the operator", "Gets the alerts about payments that need a person.")
    },
    polyglot=True,
    at_home=True,
)
"""Whoever runs the bot, in the chat of OPERATOR_CHAT_ID."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A demo that is running.

    `world` is its Telegram and `room` its mail server, `panel` plays the operator's system that reports payments and
    invoices, `running` is the bot, which meets all three over the network alone; `bank` gives statements, and hands
    them to the bot's own import. `machine` moves the clock of all of them.
    `address` is the page's, `players` are whom one can be there.
    """

    world: World
    room: MailRoom
    panel: PaymentsPanel
    bank: DemoBank
    running: Running
    machine: DemoTimeMachine
    address: str
    players: Sequence[Player]


class AlreadyPast(Exception):
    """The demo that is gone on with has passed the moment at which it was to begin.

    `reached` is where it is, as a clock on a wall of the operator's shows it.
    """

    def __init__(self, reached: datetime) -> None:
        super().__init__(f"{reached}")
        self.reached = reached


class _Quiet:
    """Listens to the import of the sample without a word."""

    def found(self, finding: object) -> None:
        """Take note of nothing: the sample's own warnings are part of the play."""

    def advanced(self, bytes_read: int) -> None:
        """Show no progress: the sample is small."""


@asynccontextmanager
async def set_stage(
    folder: Path, port: int, *, keep: bool, at: datetime | None = None, only: str | None = None
) -> AsyncIterator[Stage]:
    """Open the demo for the length of an `async with` block.

    Args:
        folder: where it keeps its database and key.
        port: of the page.
        keep: go on with what the folder holds, and not before the moment that was reached there.
        at: when it begins, as a clock on a wall of the operator's shows it; without it now, or where a folder that is
            kept has come to.
        only: the code of the one customer that the sample brings, for a play without anybody else.

    Raises:
        OSError: the port is taken.
        AlreadyPast: `at` is before the moment that was reached in a folder that is kept.
    """
    new = _make_room(folder, keep=keep)
    secret = f"whsec_{base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}"
    given = {
        "PAYMENT_CALLBACK_SECRETS": secret,
        "MAIL_FROM": _MAIL_FROM,
        "OPERATOR_CHAT_ID": str(OPERATOR.user_id),
        "OPERATOR_USER_IDS": str(OPERATOR.user_id),
    }
    settings = _settings(folder, given)
    configure_logging(settings.log_format, secrets=secrets_of(settings))
    begins = None if at is None else at.replace(tzinfo=settings.timezone)
    clock = TravelClock(starts_at=begins, kept_in=folder / _AHEAD)
    if begins is not None and clock.now() - begins > _A_MINUTE:
        raise AlreadyPast(clock.now().astimezone(settings.timezone))
    invited = await _prepare(settings, clock, folder / _SAMPLE if new else None, only)
    players = [*(player for player, _ in invited), OPERATOR]
    machine = DemoTimeMachine(
        clock, settings.timezone, {player.user_id: customer_id for player, customer_id in invited}
    )
    world = World(TOKEN, name="Rinnovo", username="rinnovo_demo_bot", clock=clock.now)
    room, bank = MailRoom(clock=clock.now), DemoBank(folder / _BANK)
    with socket.create_server((_LOOPBACK, 0)) as listener:
        web_port = listener.getsockname()[1]
        web = f"http://{_LOOPBACK}:{web_port}"
        panel = PaymentsPanel(web, secret, clock=clock.now)
        async with (
            serve_mail(room) as smtp_url,
            serve_playground(
                world,
                people=players,
                mail=room,
                payments=panel,
                bank=bank,
                time=machine,
                port=port,
            ) as address,
        ):
            given |= {"BOT_API_URL": address, "SMTP_URL": smtp_url}
            write_env_file(folder, _own(folder) | given)
            given |= {"HOST": _LOOPBACK, "PORT": str(web_port)}
            async with (
                open_bot(
                    _settings(folder, given), clock, public_address=web, seconds=clock.seconds
                ) as running,
                _at_work(running, listener),
            ):
                services = running.conversation.services
                await publish_profile(running.bot, running.texts, services.surroundings)
                machine.begin(world, running)
                bank.begin(running)
                yield Stage(world, room, panel, bank, running, machine, address, players)


@asynccontextmanager
async def _at_work(running: Running, listener: socket.socket) -> AsyncIterator[None]:
    """All that `run` does, for the length of an `async with` block; calls arrive at `listener`."""
    stop = asyncio.Event()
    poller = poller_of(running)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(poller.run())
        tasks.create_task(serve_web(running, stop, listener))
        tasks.create_task(deliver(running, stop))
        try:
            yield
        finally:
            poller.stop()
            stop.set()


def _make_room(folder: Path, *, keep: bool) -> bool:
    """Empty the folder unless it is kept; True when the sample still has to be brought in."""
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return not (folder / _DATABASE).exists()


def _settings(folder: Path, given: Mapping[str, str]) -> Settings:
    """Settings as an operator would give them."""
    return load({**_own(folder), **given}, env_file=None)


def _own(folder: Path) -> dict[str, str]:
    """Those that are the same whenever the demo is begun; its key is made once and lies beside its database."""
    key_file = folder / _KEY_FILE
    if not key_file.exists():
        key_file.touch(mode=0o600)
        key_file.write_text(KeyRing.new_key(), encoding="ascii")
    return {
        "BOT_TOKEN": TOKEN,
        "DATA_KEYS": key_file.read_text(encoding="ascii"),
        "DATABASE_URL": f"sqlite:///{(folder / _DATABASE).resolve()}",
    }


async def _prepare(
    settings: Settings, clock: Clock, sample: Path | None, only: str | None
) -> list[tuple[Player, int]]:
    """Fill the database with the sample, and invite everybody who can be played: each with the customer's id.

    `sample` is where it is written, None where the database has it already; `only` is as in `set_stage`.
    """
    url = settings.database_url.get_secret_value()
    await upgrade(url)
    surroundings = Surroundings(load_catalogue(settings.catalogue), clock, settings.timezone)
    database = Database(url, settings.key_ring())
    await database.start()
    try:
        if sample is not None:
            write_sample(sample, surroundings.today(), only=only)
            with open_mailbox_file(sample) as file:
                await import_mailboxes(file, database, surroundings, _Quiet())
        linking = build_services(database, surroundings, Told()).linking
        playing = [persona for persona in PERSONAS if only in {None, persona.customer}]
        return [player for persona in playing if (player := await _player(linking, persona)) is not None]
    finally:
        await database.dispose()


async def _player(linking: Linking, persona: Persona) -> tuple[Player, int] | None:
    """Invite somebody, with the customer's id; None for who is not in a folder that is kept."""
    address = None if persona.chooses else persona.address
    try:
        invitation = await linking.invite(persona.customer, address, good_for=_INVITED_FOR)
    except NotYours:
        return None
    player = Player(
        key=persona.key,
        name=persona.titles["it"],
        note=persona.notes["it"],
        language="it",
        deep_link=invitation.token,
        in_other_words={"en": (persona.titles["en"], persona.notes["en"])},
        polyglot=True,
    )
    return player, invitation.customer_id
