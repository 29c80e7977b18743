#!/usr/bin/env bash
# The EPC picture of a transfer that segno makes by itself shows an accented name right to one decoder of three.
#
# A good engineer would guess: a helper made for EPC pictures chooses a form that scanners read; and if a scanner has
#   doubts about the characters, a header in the picture (ECI) that names them settles it.
# What happens: make_epc_qr takes ISO 8859-1 whenever the name fits in it, and says so only inside the text (line 3,
#   "2"), which a decoder does not know. zxing-cpp shows the name; jsQR finds the picture and gives an empty text;
#   ZBar (as WebAssembly, decoding as it does by itself) shows replacement signs. A header that names ISO 8859-1 helps
#   neither. UTF-8 is read by all three, with the header and without.
# Why it matters here: the payer's bank compares the beneficiary's name with the IBAN and warns where they differ, so
#   a business whose name ends in an accent would look like somebody else, or the picture would seem empty.
# Tried: segno 1.6.6, zxing-cpp 3.1.1, jsqr 1.4.0, @undecaf/zbar-wasm 0.11.0, on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check segno==1.6.6 zxing-cpp==3.1.1 pillow==13.0.0 \
    && npm install --silent --no-audit --no-fund --prefix . jsqr@1.4.0 @undecaf/zbar-wasm@0.11.0 pngjs@7.0.0 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > make.py <<'PY'
import segno
import zxingcpp
from PIL import Image
from segno import helpers

NAME, IBAN = "Società Caffè S.r.l.", "IT60X0542811101000000123456"

def text(charset):
    return f"BCD\n002\n{charset}\nSCT\n\n{NAME}\n{IBAN}\nEUR36.48\n\n\nR7K2M-4"

def plain(charset, encoding, eci):
    return segno.make_qr(text(charset), error="m", boost_error=False, encoding=encoding, eci=eci)

data = dict(name=NAME, iban=IBAN, amount="36.48", text="R7K2M-4")
pictures = {
    "helper": helpers.make_epc_qr(**data),
    "latin1-eci": plain(2, "iso-8859-1", True),
    "helper-utf8": helpers.make_epc_qr(**data, encoding="utf-8"),
    "utf8-eci": plain(1, "utf-8", True),
}
for form, code in pictures.items():
    code.save(f"{form}.png", scale=6)
    read = zxingcpp.read_barcodes(Image.open(f"{form}.png").convert("RGB"))
    lines = read[0].text.split("\n")
    print(form, "zxing-cpp", "right" if lines[5] == NAME else "wrong", lines[2], sep="\t")
PY
cat > read.cjs <<'JS'
const fs = require('fs'), { PNG } = require('pngjs'), found = require('jsqr'), zbar = require('@undecaf/zbar-wasm')
const jsqr = found.default ?? found, name = 'Società Caffè S.r.l.'
const judge = text => text === '' ? 'empty' : text.split('\n')[5] === name ? 'right' : 'wrong'
;(async () => {
  for (const form of ['helper', 'latin1-eci', 'helper-utf8', 'utf8-eci']) {
    const picture = PNG.sync.read(fs.readFileSync(`${form}.png`)), pixels = new Uint8ClampedArray(picture.data)
    const one = jsqr(pixels, picture.width, picture.height)
    console.log([form, 'jsQR', one ? judge(one.data) : 'not found', '-'].join('\t'))
    const [two] = await zbar.scanRGBABuffer(pixels.buffer, picture.width, picture.height)
    console.log([form, 'ZBar', two ? judge(two.decode()) : 'not found', '-'].join('\t'))
  }
})()
JS
{ v/bin/python make.py; node read.cjs; } | sort > seen || true
echo "segno 1.6.6, zxing-cpp 3.1.1, jsqr 1.4.0, @undecaf/zbar-wasm 0.11.0"
cat seen
sort > expected <<'TXT'
helper	zxing-cpp	right	2
helper	jsQR	empty	-
helper	ZBar	wrong	-
latin1-eci	zxing-cpp	right	2
latin1-eci	jsQR	empty	-
latin1-eci	ZBar	wrong	-
helper-utf8	zxing-cpp	right	1
helper-utf8	jsQR	right	-
helper-utf8	ZBar	right	-
utf8-eci	zxing-cpp	right	1
utf8-eci	jsQR	right	-
utf8-eci	ZBar	right	-
TXT
cmp -s seen expected || { echo "CHANGED: the decoders no longer treat the four pictures as described above."; exit 1; }
echo "As described: only UTF-8 is read right by all three; the helper's own choice by one."
