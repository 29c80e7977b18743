"""All that runs in a soak: the servers, the processes of the bot, Telegram, and people before their windows."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.load.processes.bots import WEBS, WORKERS, Bots
from tests.load.processes.servers import Nginx, Postgresql, Redis
from tests.load.processes.tappers import Counts, Tapper
from tests.load.stage.children import start
from tests.load.stage.contenders import FIRST_CHAT, telegram
from tests.load.stage.phones import Phones
from tests.load.stage.preparing import Ground, catalogue_of_all_hours, prepare
from tests.load.stage.telegram import TOKEN
from tests.support.caller import SECRET as CALLER

PEOPLE: Final = 40
"""As many as Telegram has connections."""
WEBHOOK_SECRET: Final = "a-secret-of-the-soak"


@dataclass(frozen=True, slots=True)
class Everything:
    """What runs; `redis` is None where there is none."""

    folder: Path
    ground: Ground
    postgresql: Postgresql
    redis: Redis | None
    bots: Bots
    nginx: Nginx
    phones: Phones
    tappers: Sequence[Tapper]
    counts: Counts


@asynccontextmanager
async def everything(folder: Path, *, with_redis: bool) -> AsyncIterator[Everything]:
    """Start it all, and let everybody sit down, for the length of an ``async with`` block."""
    async with AsyncExitStack() as stack:
        postgresql = Postgresql(folder / "postgresql")
        redis = Redis(folder / "redis") if with_redis else None
        for server in (postgresql, redis):
            if server is not None:
                await server.start()
                stack.push_async_callback(server.stop)
        ground = Ground(postgresql.url, catalogue_of_all_hours(folder))
        cast = await prepare(ground, PEOPLE)
        address, phones = await stack.enter_async_context(telegram("soak", folder))
        settings = ground.environment() | {
            "BOT_TOKEN": TOKEN, "BOT_API_URL": address, "PUBLIC_URL": "https://bot.example.com",
            "WEBHOOK_SECRET": WEBHOOK_SECRET, "PAYMENT_CALLBACK_SECRETS": CALLER,
            "HOST": "127.0.0.1", "LOG_FORMAT": "json",
        }  # fmt: skip
        if redis is not None:
            settings["REDIS_URL"] = redis.url
        bots = Bots(folder, settings, start)
        stack.push_async_callback(bots.end_all)
        await bots.start(*WEBS, *WORKERS)
        nginx = Nginx(folder / "nginx", [bots.ports[name] for name in WEBS])
        await nginx.start()
        stack.push_async_callback(nginx.stop)
        phones.bring_updates_to([f"http://127.0.0.1:{nginx.port}/telegram/webhook"], WEBHOOK_SECRET)
        counts = Counts()
        tappers = [Tapper(phones, phones.phone(FIRST_CHAT + number), counts) for number in range(PEOPLE)]
        await asyncio.gather(
            *(each.sit_down(person.token) for each, person in zip(tappers, cast.people, strict=True))
        )
        yield Everything(folder, ground, postgresql, redis, bots, nginx, phones, tappers, counts)
