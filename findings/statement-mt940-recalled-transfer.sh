#!/usr/bin/env bash
# A transfer that the bank took back is money received once more, as mt-940 reads the statement.
#
# A good engineer would guess: the amounts of a parsed statement add up to the difference of its two balances, so a
#   reversed credit (mark RC) is negative, as a debit is.
# What happens: mt-940 makes only mark D negative; an RC entry keeps its plain, positive amount. A statement with a
#   credit of 36,48 and its recall, whose balances are equal, sums to 72,96. An option (reversal_sign) sets it right
#   and is off by default. bankstatementparser and mt940js give -36,48 by themselves.
# Why it matters here: money for an order that comes and is recalled would renew a mailbox twice over, or be booked as
#   a second payment that is due back. Whoever reads such files has to look at the mark, and to check every
#   statement's sum against its balances.
# Tried: mt-940 5.1.1, bankstatementparser 0.0.29, mt940js 1.3.5, on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check mt-940==5.1.1 bankstatementparser==0.0.29 \
    && npm install --silent --no-audit --no-fund --prefix . mt940js@1.3.5 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > one.sta <<'TXT'
:20:STATEMENT
:25:IT60X0542811101000000123456
:28C:1/1
:60F:C261122EUR100,00
:61:2611231123C36,48NTRFNONREF//REF1
:86:ORDINE R7K2M-4
:61:2611231123RC36,48NTRFNONREF//REF2
:86:STORNO ORDINE R7K2M-4
:62F:C261123EUR100,00
-
TXT
cat > ask.py <<'PY'
import mt940
from bankstatementparser import Mt940Parser
text = open("one.sta").read()

def told(name, amounts):
    print(name, *(f"{amount:.2f}" for amount in amounts), "sum", f"{sum(amounts):.2f}")

told("mt-940", [entry.data["amount"].amount for entry in mt940.parse(text)])
signed = mt940.models.Transactions(options=mt940.Options(reversal_sign=True))
signed.parse(text)
told("mt-940, reversal_sign", [entry.data["amount"].amount for entry in signed])
told("bankstatementparser", [entry["amount"] for entry in Mt940Parser("one.sta").parse().to_dict("records")])
PY
cat > ask.cjs <<'JS'
const { Parser } = require('mt940js')
const [statement] = new Parser().parse(require('fs').readFileSync('one.sta', 'utf8'))
const amounts = statement.transactions.map(entry => entry.amount)
console.log('mt940js', ...amounts.map(amount => amount.toFixed(2)), 'sum', amounts.reduce((a, b) => a + b).toFixed(2))
JS
echo "mt-940 5.1.1, bankstatementparser 0.0.29, mt940js 1.3.5; both balances are 100,00"
{ v/bin/python ask.py; node ask.cjs; } | tee seen || true
cat > expected <<'TXT'
mt-940 36.48 36.48 sum 72.96
mt-940, reversal_sign 36.48 -36.48 sum 0.00
bankstatementparser 36.48 -36.48 sum 0.00
mt940js 36.48 -36.48 sum 0.00
TXT
cmp -s seen expected || { echo "CHANGED: the readers no longer give a recalled credit the signs described above."; exit 1; }
echo "As described: without its option mt-940 counts the recall as a second payment."
