#!/usr/bin/env bash
# One Fluent text is "36,50 € with 22% VAT at 09:05" in Python and "36,5 with 0,22 VAT at 07:05" in JavaScript.
#
# A good engineer would guess: NUMBER and DATETIME take the same options in every Fluent library, so that bot and page can
#   share a file of texts; an option that one does not know ends in its list of errors.
# What happens: @fluent/bundle leaves out style, currency and timeZone when they stand in the text, and takes them from the
#   program alone: the sum loses its currency and a digit, 22% is 0,22, and nine in the morning in Rome is seven on a server
#   that runs on UTC. fluent.runtime obeys these three, and leaves out weekday, day and month: "domenica" is "4 ott 2026". The
#   lists of errors are empty in both; Python warns of the last three. Both understand dateStyle, and a number to which the
#   program has given its style and currency.
# Why it matters here: a price, a rate and an hour are what a contract says. A page that shows the bot's own texts would say
#   others, each of them well formed.
# Tried: fluent.runtime 0.4.0 with Babel 2.18.0, @fluent/bundle 0.19.1 on Node 20.20.2, on 30 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check fluent.runtime==0.4.0 babel==2.18.0 tzdata==2026.6 \
    && npm install --silent --no-audit --no-fund --prefix . @fluent/bundle@0.19.1 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > one.ftl <<'FTL'
sum = { NUMBER($sum, style: "currency", currency: "EUR") }
rate = { NUMBER($rate, style: "percent") }
hour = { DATETIME($at, timeStyle: "short", timeZone: "Europe/Rome") }
weekday = { DATETIME($at, weekday: "long") }
day = { DATETIME($at, day: "numeric", month: "long") }
date = { DATETIME($at, dateStyle: "long") }
made = { $made }
FTL
cat > ask.py <<'PY'
from datetime import datetime, timezone
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number
bundle = FluentBundle(["it"], use_isolating=False)
bundle.add_resource(FluentResource(open("one.ftl").read()))
values = {"sum": 36.5, "rate": 0.22, "at": datetime(2026, 10, 4, 7, 5, tzinfo=timezone.utc)}
values["made"] = fluent_number(36.5, style="currency", currency="EUR")
for name in ("sum", "rate", "hour", "weekday", "day", "date", "made"):
    text, errors = bundle.format_pattern(bundle.get_message(name).value, values)
    print("fluent.runtime", name, text.replace("\N{NO-BREAK SPACE}", " "), f"errors {len(errors)}", sep=" | ")
PY
cat > ask.mjs <<'JS'
import fs from 'node:fs'
import { FluentBundle, FluentNumber, FluentResource } from '@fluent/bundle'
const bundle = new FluentBundle('it', { useIsolating: false })
bundle.addResource(new FluentResource(fs.readFileSync('one.ftl', 'utf8')))
const values = { sum: 36.5, rate: 0.22, at: new Date('2026-10-04T07:05:00Z') }
values.made = new FluentNumber(36.5, { style: 'currency', currency: 'EUR' })
for (const name of ['sum', 'rate', 'hour', 'weekday', 'day', 'date', 'made']) {
  const errors = [], text = bundle.formatPattern(bundle.getMessage(name).value, values, errors).replace('\u00a0', ' ')
  console.log(['@fluent/bundle', name, text, `errors ${errors.length}`].join(' | '))
}
JS
echo "fluent.runtime 0.4.0, Babel 2.18.0, @fluent/bundle 0.19.1"
{ v/bin/python -W ignore ask.py; TZ=UTC node ask.mjs; } | tee seen || true
cat > expected <<'TXT'
fluent.runtime | sum | 36,50 € | errors 0
fluent.runtime | rate | 22% | errors 0
fluent.runtime | hour | 09:05 | errors 0
fluent.runtime | weekday | 4 ott 2026 | errors 0
fluent.runtime | day | 4 ott 2026 | errors 0
fluent.runtime | date | 4 ottobre 2026 | errors 0
fluent.runtime | made | 36,50 € | errors 0
@fluent/bundle | sum | 36,5 | errors 0
@fluent/bundle | rate | 0,22 | errors 0
@fluent/bundle | hour | 07:05 | errors 0
@fluent/bundle | weekday | domenica | errors 0
@fluent/bundle | day | 4 ottobre | errors 0
@fluent/bundle | date | 4 ottobre 2026 | errors 0
@fluent/bundle | made | 36,50 € | errors 0
TXT
cmp -s seen expected || { echo "CHANGED: the two libraries no longer obey these options as described above."; exit 1; }
echo "As described: each obeys options that the other leaves out, and neither says so."
