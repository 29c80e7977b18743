#!/usr/bin/env bash
# python-telegram-bot: "nobody was reached" and "it was taken, and the answer was lost" are one and the same error.
#
# A good engineer would guess: as TimedOut is told apart, so a message that may have arrived is told apart from one that
#   never left, and NetworkError means that it is safe to send again.
# What happens: a refused connection and a connection that breaks after the server has read the whole request both
#   raise NetworkError itself, with no class and no attribute between them. Only the cause shows it: httpx.ConnectError
#   for the one, httpx.RemoteProtocolError or ReadError for the other.
# Why it matters here: whoever sends again after NetworkError says twice to a customer that a payment has arrived; whoever
#   does not loses the message while Telegram is away for a minute.
# Tried: python-telegram-bot 22.8, httpx 0.28.1, on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check python-telegram-bot==22.8 httpx==0.28.1; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > try.py <<'PY'
import asyncio
import socket
from importlib.metadata import version

from telegram import Bot
from telegram.error import NetworkError

taken = 0


async def take_and_close(reader, writer):
    """A server that reads the whole request, and closes the connection before it answers."""
    global taken
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
    await reader.readexactly(length)
    taken += 1
    writer.close()


async def attempt(name, port):
    bot = Bot("1000000001:a-token-of-nobody", base_url=f"http://127.0.0.1:{port}/bot")
    try:
        await bot.send_message(7, "Pagamento registrato")
    except NetworkError as error:
        print(name, type(error).__name__, type(error.__cause__).__name__)


async def main():
    print("versions: python-telegram-bot", version("python-telegram-bot"), "httpx", version("httpx"))
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        free = nobody.getsockname()[1]
    await attempt("never-left:", free)
    server = await asyncio.start_server(take_and_close, "127.0.0.1", 0)
    await attempt("answer-lost:", server.sockets[0].getsockname()[1])
    print("requests-taken:", taken)
    server.close()


asyncio.run(main())
PY
v/bin/python try.py | tee seen.txt
cat > expected.txt <<'TEXT'
versions: python-telegram-bot 22.8 httpx 0.28.1
never-left: NetworkError ConnectError
answer-lost: NetworkError RemoteProtocolError
requests-taken: 1
TEXT
if diff expected.txt seen.txt; then
    echo "As stated: only the cause tells the two apart."
else
    echo "This has changed: see the lines above."
    exit 1
fi
