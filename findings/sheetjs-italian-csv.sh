#!/usr/bin/env bash
# SheetJS opens an Italian price list a hundred times dearer, and with other dates.
#
# A good engineer would guess: a cell whose shown text is "36,48" holds 36.48, or the text; and a file with
#   semicolons, as Italian programs write it, is read in the Italian way or left as text.
# What happens: the comma is taken for a mark of thousands wherever it stands, and the number is 3648, while the shown
#   text of the same cell stays "36,48". "1.234,50" becomes 1.2345. The house number 12/3 becomes a day of 2001;
#   05/12/2026 becomes 12 May, and 29/11/2026, for which there is no such month, stays text in the same column. Only
#   raw: true leaves all as it is.
# Why it matters here: lists of mailboxes with expiry dates and prices pass through such tools on their way from an
#   office to the bot, and saved as a workbook they carry the wrong values under the right looks.
# Tried: xlsx (SheetJS) 0.18.5, the newest under this name, on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ npm install --silent --no-audit --no-fund --prefix . xlsx@0.18.5 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.cjs <<'JS'
const XLSX = require('xlsx')
const text = ['number;price;expires', '12/3;36,48;29/11/2026', '8;1.234,50;05/12/2026'].join('\n')
const rows = options => {
  const book = XLSX.read(text, { type: 'string', ...options })
  return JSON.stringify(XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1 }).slice(1))
}
const sheet = XLSX.read(text, { type: 'string' }).Sheets.Sheet1
console.log('values', rows({}))
console.log('shown', sheet.B2.w, sheet.B3.w, 'held', sheet.B2.v, sheet.B3.v)
const day = XLSX.SSF.parse_date_code(sheet.C3.v), house = XLSX.SSF.parse_date_code(sheet.A2.v)
console.log('05/12/2026 is', `${day.y}-${day.m}-${day.d}`, 'and house 12/3 is', `${house.y}-${house.m}-${house.d}`)
console.log('raw', rows({ raw: true }))
JS
echo "xlsx 0.18.5"
node ask.cjs | tee seen || true
cat > expected <<'TXT'
values [[37228,3648,"29/11/2026"],[8,1.2345,46154]]
shown 36,48 1.234,50 held 3648 1.2345
05/12/2026 is 2026-5-12 and house 12/3 is 2001-12-3
raw [["12/3","36,48","29/11/2026"],["8","1.234,50","05/12/2026"]]
TXT
cmp -s seen expected || { echo "CHANGED: SheetJS no longer reads the Italian file as described above."; exit 1; }
echo "As described: the looks are right and the values are not."
