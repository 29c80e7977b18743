"""A reference: the messages of a burst, sent with python-telegram-bot's `send_message` and nothing else.

``python -m tests.load.peers.bare_sender ADDRESS TOKEN FILE``. The file is JSON: `text`, `reply_markup` and the `chats`.
Nothing is looked up, judged, worded, paced or kept.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from telegram import Bot, InlineKeyboardMarkup

QUIET_SECONDS = 2.0
"""Between its start, of which Telegram hears, and the first message: whoever measures looks at the clock meanwhile."""


async def main(address: str, token: str, given: dict[str, Any]) -> None:
    """Send everything, one after the other, and be quiet."""
    async with Bot(token, base_url=f"{address}/bot") as bot:
        markup = InlineKeyboardMarkup.de_json(json.loads(given["reply_markup"]), bot)
        await asyncio.sleep(QUIET_SECONDS)
        for chat in given["chats"]:
            await bot.send_message(chat, given["text"], parse_mode="HTML", reply_markup=markup)
        await asyncio.Event().wait()  # until it is ended: who measures looks at the clock once more


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))))
