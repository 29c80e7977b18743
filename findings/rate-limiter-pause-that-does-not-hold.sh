#!/usr/bin/env bash
# After "too many requests", python-telegram-bot's limiter pauses only until any other request ends.
#
# A good engineer would guess: AIORateLimiter documents that on RetryAfter it stops all requests for the time that
#   Telegram asked for; so during these two seconds nothing is sent.
# What happens: it does so if the refused request was alone. Where another one was on its way at that moment, as
#   always in a busy hour, its end ends the pause: 20 of 20 messages that became due in the two seconds leave in them.
# Why it matters here: reminders go out in bursts, to thousands of chats at the same hour. Telegram asked for two
#   seconds of silence and gets the rest of the burst. A subclass that keeps its own end of the pause repairs it.
# Tried: python-telegram-bot 22.8 with aiolimiter 1.2.1, on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check python-telegram-bot[rate-limiter]==22.8 aiolimiter==1.2.1; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.py <<'PY'
import asyncio
import logging
import time
from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter
logging.disable(logging.CRITICAL)
PAUSE, DUE = 2, 20

async def played(with_another_on_its_way):
    limiter, began = AIORateLimiter(overall_max_rate=30, overall_time_period=1, max_retries=1), time.monotonic()
    await limiter.initialize()
    refused_at, sent_at = [], []

    async def ordinary(*_args, **_kwargs):
        await asyncio.sleep(0.1)
        sent_at.append(time.monotonic() - began)
        return True

    async def refused_once(*_args, **_kwargs):
        if not refused_at:
            refused_at.append(time.monotonic() - began)
            raise RetryAfter(PAUSE)
        return True

    async def send(callback, chat, after):
        await asyncio.sleep(after)
        await limiter.process_request(callback, (), {}, "sendMessage", {"chat_id": chat}, None)

    sends = [send(refused_once, 1, 0.03)]
    if with_another_on_its_way:
        sends.append(send(ordinary, 2, 0))
    sends += [send(ordinary, 100 + number, 0.4 + number * 0.05) for number in range(DUE)]
    await asyncio.gather(*sends)
    pause = (refused_at[0] + 0.2, refused_at[0] + PAUSE)
    return sum(pause[0] < at < pause[1] for at in sent_at)

print("refused request alone: sent during its pause", asyncio.run(played(False)), "of", DUE)
print("another on its way: sent during the pause", asyncio.run(played(True)), "of", DUE)
PY
echo "python-telegram-bot 22.8, aiolimiter 1.2.1"
v/bin/python ask.py 2>/dev/null | tee seen || true
cat > expected <<'TXT'
refused request alone: sent during its pause 0 of 20
another on its way: sent during the pause 20 of 20
TXT
cmp -s seen expected || { echo "CHANGED: the pause no longer ends, or holds, as described above."; exit 1; }
echo "As described: the pause holds only for a request that was alone."
