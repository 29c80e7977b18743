#!/usr/bin/env bash
# In fluent.runtime, one gigabyte as a Decimal is neither [1] nor [one].
#
# A good engineer would guess: a text that chooses by a number ([0], [1], [one]) chooses alike for 1, 1.0 and
#   Decimal("1"), since the library formats all three.
# What happens: an int and a float meet their variant. A Decimal meets none, not even by plural form, and silently
#   gets the default: "1 giorni" in Italian, with no error in the list of errors.
# Why it matters here: money and gigabytes are Decimals, so that 0.1 + 0.2 is 0.3. A text that says "nothing to pay"
#   for [0] or "1 gigabyte" for [one] never does. Numbers that choose a variant are passed as int.
# Tried: fluent.runtime 0.4.0 with Babel 2.18.0, on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check fluent.runtime==0.4.0 babel==2.18.0; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.py <<'PY'
from decimal import Decimal
from fluent.runtime import FluentBundle, FluentResource
bundle = FluentBundle(["it"], use_isolating=False)
bundle.add_resource(FluentResource(
    "exact = { $n ->\n    [0] none\n    [1] single\n   *[other] default\n }\n"
    "plural = { $n ->\n    [one] one\n   *[other] default\n }\n"
))
for value in (0, 1, 1.0, Decimal("0"), Decimal("1"), Decimal("1.0")):
    said = []
    for name in ("exact", "plural"):
        text, errors = bundle.format_pattern(bundle.get_message(name).value, {"n": value})
        said += [text, len(errors)]
    print(repr(value), *said)
PY
echo "fluent.runtime 0.4.0, Babel 2.18.0: value, by number, errors, by plural form, errors"
v/bin/python ask.py | tee seen || true
cat > expected <<'TXT'
0 none 0 default 0
1 single 0 one 0
1.0 single 0 one 0
Decimal('0') default 0 default 0
Decimal('1') default 0 default 0
Decimal('1.0') default 0 default 0
TXT
cmp -s seen expected || { echo "CHANGED: fluent.runtime no longer chooses variants as described above."; exit 1; }
echo "As described: a Decimal always gets the default."
