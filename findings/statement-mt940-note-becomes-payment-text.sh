#!/usr/bin/env bash
# What a bank says of the whole statement becomes the text of its last payment, as mt-940 reads it.
#
# A good engineer would guess: field 86 behind the closing balance (field 62) is the statement's, as SWIFT has it: the
#   information to the account owner at the end of an MT940. A payment (field 61) without an 86 of its own has no text.
# What happens: mt-940 adds every 86 to the payment before it, wherever it stands. The note becomes the text of a payment
#   that has none, or a further line of one that has. No option changes it, Options.all() included. bankstatementparser
#   gives that payment no text.
# Why it matters here: the order is found by the text. A note that names a contract, a period or another order would
#   complete, or put in doubt, the order of whoever paid last.
# Tried: mt-940 5.1.1, bankstatementparser 0.0.29, on 30 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check mt-940==5.1.1 bankstatementparser==0.0.29; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > one.sta <<'TXT'
:20:STATEMENT
:25:IT60X0542811101000000123456
:28C:1/1
:60F:C261122EUR100,00
:61:2611231123C36,48NTRFNONREF//REF1
:86:ORDINE R7K2M-4
:61:2611231123C10,00NTRFNONREF//REF2
:62F:C261123EUR146,48
:86:RIF. CONTRATTO K9P3T-2
-
TXT
cat > ask.py <<'PY'
import mt940
from bankstatementparser import Mt940Parser
text = open("one.sta").read()

def told(name, texts):
    print(name, *(repr(each) for each in texts), sep=" | ")

told("mt-940", [entry.data.get("transaction_details") for entry in mt940.parse(text)])
told("mt-940, all options", [entry.data.get("transaction_details") for entry in mt940.parse(text, options=mt940.Options.all())])
told("bankstatementparser", [entry["description"] for entry in Mt940Parser("one.sta").parse().to_dict("records")])
PY
echo "mt-940 5.1.1, bankstatementparser 0.0.29; two payments, the second without a text"
v/bin/python ask.py | tee seen || true
cat > expected <<'TXT'
mt-940 | 'ORDINE R7K2M-4' | 'RIF. CONTRATTO K9P3T-2'
mt-940, all options | 'ORDINE R7K2M-4' | 'RIF. CONTRATTO K9P3T-2'
bankstatementparser | 'ORDINE R7K2M-4' | None
TXT
cmp -s seen expected || { echo "CHANGED: the note behind the closing balance is no longer given to the last payment as described above."; exit 1; }
echo "As described: the statement's note is the text of its last payment."
