#!/usr/bin/env bash
# An Italian mobile number with a digit too many is valid, and so is the landline that ends in its second line.
#
# A good engineer would guess: is_valid_number refuses an 11-digit mobile number, and of "02/1234567-8", the way in
#   which Italian letterheads write two lines of one office, the parser keeps the first number or refuses the text.
# What happens: 11 digits that begin with 32 to 38 are valid, as somebody's voice mailbox: a digit typed twice passes.
#   The "-8" is glued to the end, and the longer number is a valid landline, of somebody else or of nobody. The
#   JavaScript port says the same of both, so a check in the page and one in the server agree with each other.
# Why it matters here: the phone of a registrant is asked once, is printed on the order and is kept for years. Whoever
#   calls before a mailbox is deleted reaches nobody. A check of the type (no VOICEMAIL) and of what stands behind a
#   dash at the end catches both.
# Tried: phonenumbers 9.0.43, libphonenumber-js 1.13.16 (its full metadata), on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check phonenumbers==9.0.43 \
    && npm install --silent --no-audit --no-fund --prefix . libphonenumber-js@1.13.16 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.py <<'PY'
import phonenumbers as p
for text in ("331 1234567", "331 12345678", "02/1234567", "02/1234567-8"):
    number = p.parse(text, "IT")
    kind = p.PhoneNumberType.to_string(p.number_type(number)) if p.is_valid_number(number) else "-"
    print("python", text, p.format_number(number, p.PhoneNumberFormat.E164), "valid" if kind != "-" else "invalid", kind, sep="|")
PY
cat > ask.cjs <<'JS'
const { parsePhoneNumberFromString } = require('libphonenumber-js/max')
for (const text of ['331 1234567', '331 12345678', '02/1234567', '02/1234567-8']) {
  const number = parsePhoneNumberFromString(text, 'IT')
  console.log(['javascript', text, number.number, number.isValid() ? 'valid' : 'invalid', number.getType() ?? '-'].join('|'))
}
JS
echo "phonenumbers 9.0.43, libphonenumber-js 1.13.16"
{ v/bin/python ask.py; node ask.cjs; } | tee seen || true
cat > expected <<'TXT'
python|331 1234567|+393311234567|valid|MOBILE
python|331 12345678|+3933112345678|valid|VOICEMAIL
python|02/1234567|+39021234567|valid|FIXED_LINE
python|02/1234567-8|+390212345678|valid|FIXED_LINE
javascript|331 1234567|+393311234567|valid|MOBILE
javascript|331 12345678|+3933112345678|valid|VOICEMAIL
javascript|02/1234567|+39021234567|valid|FIXED_LINE
javascript|02/1234567-8|+390212345678|valid|FIXED_LINE
TXT
cmp -s seen expected || { echo "CHANGED: these numbers are no longer read and judged as described above."; exit 1; }
echo "As described: the digit too many and the second line's suffix both make a number that passes as valid."
