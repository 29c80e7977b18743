"""Sets the demo's stage: a playground, sample customers, and the bot itself, which meets it only over HTTP."""

import asyncio
import contextlib
import shutil
import signal
import webbrowser
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import Told, build_services
from bot.clock import SystemClock
from bot.commands.console import say
from bot.commands.sample import PERSONAS, Persona, write_sample
from bot.db.engine import Database
from bot.db.keys import KeyRing
from bot.db.upgrade import upgrade
from bot.logs import configure_logging, secrets_of
from bot.playground.people import Persona as Player
from bot.playground.runner import serve_playground
from bot.playground.world import World
from bot.polling import Poller
from bot.profile import publish_profile
from bot.runtime import Running, open_bot
from bot.services.catalogue_file import load_catalogue
from bot.services.importing import import_mailboxes, open_mailbox_file
from bot.services.linking import Linking
from bot.services.surroundings import Surroundings
from bot.settings import Settings, load

TOKEN = "1000000001:demo-token-that-opens-nothing-at-all"  # noqa: S105 - the playground's own
_KEY_FILE = "data.key"
_DATABASE = "demo.db"
_SAMPLE = "mailboxes.csv"


@dataclass(frozen=True, slots=True)
class Stage:
    """A demo that is running: its Telegram, its bot, its address, and whom one can be."""

    world: World
    running: Running
    address: str
    players: Sequence[Player]


class _Quiet:
    """Listens to the import of the sample without a word."""

    def found(self, finding: object) -> None:
        """Take note of nothing: the sample's own warnings are part of the play."""

    def advanced(self, bytes_read: int) -> None:
        """Show no progress: the sample is small."""


async def play_in_browser(folder: Path, port: int, *, keep: bool) -> None:
    """Serve the chat page until it is interrupted."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        async with set_stage(folder, port, keep=keep) as stage:
            say(f"Rinnovo is playing at {stage.address} - press Ctrl+C to end.")
            with contextlib.suppress(webbrowser.Error):
                await asyncio.to_thread(webbrowser.open, stage.address)
            await stop.wait()
    except OSError as error:
        say(f"Port {port} cannot be used ({error.strerror}): choose another with --port.")
        raise SystemExit(1) from error


async def play_in_terminal(folder: Path, language: str) -> bool:
    """Play one renewal from the notice to the placed order; True only when it was completed."""
    from bot.commands.walkthrough import Walkthrough

    async with set_stage(folder / "walkthrough", 0, keep=False) as stage:
        return await Walkthrough(stage.world, stage.running, stage.players[0], language).play()


@asynccontextmanager
async def set_stage(folder: Path, port: int, *, keep: bool) -> AsyncIterator[Stage]:
    """Open the demo for the length of an ``async with`` block.

    Raises:
        OSError: the port is taken.
    """
    new = _make_room(folder, keep=keep)
    settings = _settings(folder)
    configure_logging(settings.log_format, secrets=secrets_of(settings))
    players = await _prepare(settings, folder / _SAMPLE, new=new)
    world = World(TOKEN, name="Rinnovo", username="rinnovo_demo_bot")
    async with (
        serve_playground(world, people=players, port=port) as address,
        open_bot(_settings(folder, address)) as running,
    ):
        poller = Poller(running.bot, running.conversation.dispatcher)
        polling = asyncio.create_task(poller.run())
        try:
            await publish_profile(running.bot, running.texts, running.conversation.services.surroundings)
            yield Stage(world, running, address, players)
        finally:
            poller.stop()
            await polling


def _make_room(folder: Path, *, keep: bool) -> bool:
    """Empty the folder unless it is kept; True when the sample still has to be brought in."""
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return not (folder / _DATABASE).exists()


def _settings(folder: Path, address: str | None = None) -> Settings:
    """Settings as an operator would give them; the demo's key is made once and lies beside its database."""
    key_file = folder / _KEY_FILE
    if not key_file.exists():
        key_file.touch(mode=0o600)
        key_file.write_text(KeyRing.new_key(), encoding="ascii")
    given = {
        "BOT_TOKEN": TOKEN,
        "DATA_KEYS": key_file.read_text(encoding="ascii"),
        "DATABASE_URL": f"sqlite:///{(folder / _DATABASE).resolve()}",
    }
    if address is not None:
        given["BOT_API_URL"] = address
    return load(given, env_file=None)


async def _prepare(settings: Settings, sample: Path, *, new: bool) -> list[Player]:
    """Fill the database with the sample once, and invite everybody who can be played."""
    url = settings.database_url.get_secret_value()
    await upgrade(url)
    surroundings = Surroundings(load_catalogue(settings.catalogue), SystemClock(), settings.timezone)
    database = Database(url, settings.key_ring())
    await database.start()
    try:
        if new:
            write_sample(sample, surroundings.today())
            with open_mailbox_file(sample) as file:
                await import_mailboxes(file, database, surroundings, _Quiet())
        linking = build_services(database, surroundings, Told()).linking
        return [await _player(linking, persona) for persona in PERSONAS]
    finally:
        await database.dispose()


async def _player(linking: Linking, persona: Persona) -> Player:
    invitation = await linking.invite(persona.customer, persona.address)
    return Player(
        key=persona.key,
        name=persona.titles["it"],
        note=persona.notes["it"],
        language="it",
        deep_link=invitation.token,
        in_other_words={"en": (persona.titles["en"], persona.notes["en"])},
        polyglot=True,
    )
