#!/usr/bin/env bash
# The letter that guards an Italian account number is not checked by four IBAN validators of four.
#
# A good engineer would guess: an IBAN validator that knows the national checks of other countries looks at the
#   Italian one too, the letter (CIN) right behind the two check digits; or else that the two digits make it needless.
# What happens: python-stdnum asks its Spanish rule about the part behind the digits, and has no Italian one. schwifty
#   has it, and does not apply it unless told to. ibantools and iban (npm) have none. A mistyped account number whose
#   check digits were computed afterwards, as invoicing programs do that build the IBAN from its parts, passes all
#   four; only the letter knows.
# Why it matters here: the operator's IBAN is typed once into the catalogue and then shown to every customer who pays
#   by transfer. San Marino's IBANs have the same letter.
# Tried: python-stdnum 2.2, schwifty 2026.10.1, ibantools 4.5.4, iban 0.0.14, on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check python-stdnum==2.2 schwifty==2026.10.1 \
    && npm install --silent --no-audit --no-fund --prefix . ibantools@4.5.4 iban@0.0.14 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.py <<'PY'
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException
from stdnum import iban

def built(country, account):
    return country + iban.calc_check_digits(f"{country}00{account}") + account

def verdict(check, number, refusal=Exception):
    try:
        check(number)
    except refusal as why:
        return type(why).__name__
    return "accepted"

NUMBERS = {
    "IT right": built("IT", "X0542811101000000123456"),
    "IT two digits swapped": built("IT", "X0542811101000000123465"),  # its letter would be Y
    "SM wrong letter": built("SM", "A0322509800000000270100"),
    "ES one digit wrong": built("ES", "21000418460200051332"),
}
for name, number in NUMBERS.items():
    print(name, number, "stdnum", verdict(iban.validate, number), sep="|")
    print(name, number, "schwifty", verdict(IBAN, number, SchwiftyException), sep="|")
    print(name, number, "schwifty, validate_bban", verdict(lambda n: IBAN(n, validate_bban=True), number, SchwiftyException), sep="|")
PY
cat > ask.cjs <<'JS'
const ibantools = require('ibantools'), iban = require('iban')
for (const line of require('fs').readFileSync('numbers', 'utf8').trim().split('\n')) {
  const [name, number] = line.split('|')
  console.log([name, number, 'ibantools', ibantools.isValidIBAN(number) ? 'accepted' : 'refused'].join('|'))
  console.log([name, number, 'iban', iban.isValid(number) ? 'accepted' : 'refused'].join('|'))
}
JS
v/bin/python ask.py > seen || true
cut -d'|' -f1,2 seen | uniq | grep -v '^ES' > numbers
node ask.cjs >> seen || true
echo "python-stdnum 2.2, schwifty 2026.10.1, ibantools 4.5.4, iban 0.0.14"
cat seen
cat > expected <<'TXT'
IT right|IT60X0542811101000000123456|stdnum|accepted
IT right|IT60X0542811101000000123456|schwifty|accepted
IT right|IT60X0542811101000000123456|schwifty, validate_bban|accepted
IT two digits swapped|IT11X0542811101000000123465|stdnum|accepted
IT two digits swapped|IT11X0542811101000000123465|schwifty|accepted
IT two digits swapped|IT11X0542811101000000123465|schwifty, validate_bban|InvalidBBANChecksum
SM wrong letter|SM06A0322509800000000270100|stdnum|accepted
SM wrong letter|SM06A0322509800000000270100|schwifty|accepted
SM wrong letter|SM06A0322509800000000270100|schwifty, validate_bban|InvalidBBANChecksum
ES one digit wrong|ES2921000418460200051332|stdnum|InvalidChecksum
ES one digit wrong|ES2921000418460200051332|schwifty|accepted
ES one digit wrong|ES2921000418460200051332|schwifty, validate_bban|InvalidBBANChecksum
IT right|IT60X0542811101000000123456|ibantools|accepted
IT right|IT60X0542811101000000123456|iban|accepted
IT two digits swapped|IT11X0542811101000000123465|ibantools|accepted
IT two digits swapped|IT11X0542811101000000123465|iban|accepted
SM wrong letter|SM06A0322509800000000270100|ibantools|accepted
SM wrong letter|SM06A0322509800000000270100|iban|accepted
TXT
cmp -s seen expected || { echo "CHANGED: the validators no longer judge these account numbers as described above."; exit 1; }
echo "As described: only schwifty, and only when asked, looks at the Italian letter."
