#!/usr/bin/env bash
# Standard Webhooks for Python signs an aware time of another zone as if its clock showed UTC.
#
# A good engineer would guess: sign() takes a datetime, so any aware datetime of the same instant gives the same
#   signature, as Date does in the JavaScript library.
# What happens: sign() relabels the datetime as UTC instead of converting it. With a clock in Europe/Rome the signed
#   text holds a second count that is one hour ahead in winter and two in summer, while the header that the caller
#   sends says the true one, so that the signature is refused. The same instant in UTC signs as JavaScript
#   does. Svix for Python does the same.
# Why it matters here: banks' and operators' programs in Italy live in Europe/Rome, and the payment callback is signed
#   by them. "Bad signature" sends them to look for a wrong secret. Documentation of the callback has to say: UTC.
# Tried: standardwebhooks 1.1.0 and svix 1.99.1 (Python), standardwebhooks 1.1.1 (npm), on 30 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check standardwebhooks==1.1.0 svix==1.99.1 tzdata==2026.6 \
    && npm install --silent --no-audit --no-fund --prefix . standardwebhooks@1.1.1 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.py <<'PY'
import json
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo
from standardwebhooks import Webhook, WebhookVerificationError
from svix.webhooks import Webhook as Svix

SECRET, BODY = "whsec_c2VjcmV0LW9mLWFuLWV4YW1wbGUtb25seQ==", '{"type":"payment.registered"}'
webhook = Webhook(SECRET)
now = datetime.now(timezone.utc).replace(microsecond=0)

def accepted(signature):
    headers = {"webhook-id": "m1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    try:
        webhook.verify(BODY, headers)
    except WebhookVerificationError as refusal:
        return f"refused ({refusal})"
    return "accepted"

rome = now.astimezone(ZoneInfo("Europe/Rome"))
assert rome == now
print("signed at the instant in UTC:", accepted(webhook.sign("m1", now, BODY)))
print("signed at the same instant in Rome:", accepted(webhook.sign("m1", rome, BODY)))
for month, hours in ((1, 1), (7, 2)):
    there = datetime(2026, month, 15, 12, tzinfo=ZoneInfo("Europe/Rome"))
    ahead = webhook.sign("m1", there, BODY) == webhook.sign("m1", there.astimezone(timezone.utc) + timedelta(hours=hours), BODY)
    print(f"Rome's noon in month {month} is signed as {hours} h later:", ahead)
svix = Svix(SECRET)
print("svix signs as standardwebhooks does, in UTC and in Rome:",
      [svix.sign("m1", when, BODY) == webhook.sign("m1", when, BODY) for when in (now, rome)])
mine = {"webhook-id": "m1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": webhook.sign("m1", now, BODY)}
print("svix accepts the headers webhook-*:", svix.verify(BODY, mine) == json.loads(BODY))
noon = datetime(2026, 1, 15, 12, tzinfo=ZoneInfo("Europe/Rome"))
with open("signed", "w") as file:
    json.dump([SECRET, BODY, noon.timestamp(), webhook.sign("m1", noon, BODY), webhook.sign("m1", noon.astimezone(timezone.utc), BODY)], file)
PY
cat > ask.cjs <<'JS'
const { Webhook } = require('standardwebhooks')
const [secret, body, seconds, rome, utc] = JSON.parse(require('fs').readFileSync('signed', 'utf8'))
const own = new Webhook(secret).sign('m1', new Date(seconds * 1000), body)
console.log('npm signs as Python does in UTC:', own === utc)
console.log('npm signs as Python does in Rome:', own === rome)
JS
echo "standardwebhooks 1.1.0 and svix 1.99.1 (Python), standardwebhooks 1.1.1 (npm)"
{ v/bin/python ask.py; node ask.cjs; } | tee seen || true
cat > expected <<'TXT'
signed at the instant in UTC: accepted
signed at the same instant in Rome: refused (No matching signature found)
Rome's noon in month 1 is signed as 1 h later: True
Rome's noon in month 7 is signed as 2 h later: True
svix signs as standardwebhooks does, in UTC and in Rome: [True, True]
svix accepts the headers webhook-*: True
npm signs as Python does in UTC: true
npm signs as Python does in Rome: false
TXT
cmp -s seen expected || { echo "CHANGED: a time of another zone is no longer signed as described above."; exit 1; }
echo "As described: one instant, two signatures."
