#!/usr/bin/env bash
# honcho hands the values of `.env` on without their blanks and without what follows "#", and ends a Procfile's web with
# its release.
#
# A good engineer would guess: a runner of Procfiles reads `.env` as other readers of such files do, so that
#   MAIL_FROM=Posta Esempio <rinnovi@example.com> and a password with "#" in it arrive whole; and the line `release`,
#   which hosts run once before the others, does its work beside `web` and leaves it alone.
# What happens: honcho reads each line as words of a shell and joins them without what was between. The sender becomes
#   PostaEsempio<rinnovi@example.com>, a password ends before its "#", and nothing is said. In double quotes all of it
#   stays. And it starts all lines at once and ends them all as soon as one has ended, `release` too, with exit code 0.
# Why it matters here: what is in the environment counts before what is in `.env`, which the bot reads by itself and
#   rightly. So one line works with `python -m bot run` and not with `honcho start`: mails are refused for their sender,
#   or the mail server for its password. And a bot that was started by `honcho start` is gone a second later.
# Tried: honcho 2.0.0, python-dotenv 1.2.2, on 30 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check honcho==2.0.0 python-dotenv==1.2.2; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > .env <<'ENV'
PLAIN_SENDER=Posta Esempio <rinnovi@example.com>
PLAIN_PASSWORD=half#and-half
QUOTED_SENDER="Posta Esempio <rinnovi@example.com>"
QUOTED_PASSWORD="half#and-half"
ENV
cat > show.py <<'PY'
import os
for name in ("PLAIN_SENDER", "PLAIN_PASSWORD", "QUOTED_SENDER", "QUOTED_PASSWORD"):
    print(f"{name}: {os.environ[name]}")
PY
cat > Procfile <<'PROC'
web: sleep 60
release: true
PROC
echo "honcho 2.0.0, python-dotenv 1.2.2"
{
    echo "python-dotenv:"
    v/bin/python -c 'from dotenv import load_dotenv; load_dotenv(".env"); exec(open("show.py").read())'
    echo "honcho:"
    v/bin/honcho run v/bin/python show.py
    code=0
    timeout 30 v/bin/honcho start > started 2>&1 || code=$?
    echo "honcho start: exit code $code, web was ended: $(grep -q 'sending SIGTERM to web.1' started && echo yes || echo no)"
} | tee seen || true
cat > expected <<'TXT'
python-dotenv:
PLAIN_SENDER: Posta Esempio <rinnovi@example.com>
PLAIN_PASSWORD: half#and-half
QUOTED_SENDER: Posta Esempio <rinnovi@example.com>
QUOTED_PASSWORD: half#and-half
honcho:
PLAIN_SENDER: PostaEsempio<rinnovi@example.com>
PLAIN_PASSWORD: half
QUOTED_SENDER: Posta Esempio <rinnovi@example.com>
QUOTED_PASSWORD: half#and-half
honcho start: exit code 0, web was ended: yes
TXT
cmp -s seen expected || { echo "CHANGED: honcho no longer reads .env, or ends a Procfile, as described above."; exit 1; }
echo "As described: two readers of one file, and a bot that its own release has ended."
