#!/usr/bin/env bash
# Joined with another PDF, a document loses the file that is attached to it, in four libraries of four.
#
# A good engineer would guess: append takes over what belongs to the document: pypdf brings its outline and its named
#   places along, so surely the attached file; or the library says what it leaves behind.
# What happens: the file of a document that is added is dropped by pypdf's append, pikepdf's pages.extend, PyMuPDF's insert_pdf
#   and pdf-lib's copyPages, without an error or a warning, and the pages look as before. Only the file of a document that is
#   opened and added to stays. Who appends all of them to a new one, as pypdf's examples do, keeps none, whichever comes
#   first; the outlines of both are there.
# Why it matters here: evidence is handed out as pages for people with the record for a program attached. A lawyer puts it
#   behind a cover page or together with other papers, and what could be verified is gone. The file has to be kept, and
#   given, as it was made.
# Tried: fpdf2 2.8.9 as the writer; pypdf 7.1.1, pikepdf 10.18.0, PyMuPDF 2.0, pdf-lib 1.17.1 (npm), on 30 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check fpdf2==2.8.9 pypdf==7.1.1 pikepdf==10.18.0 PyMuPDF==2.0 \
    && npm install --silent --no-audit --no-fund --prefix . pdf-lib@1.17.1 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > make.py <<'PY'
from fpdf import FPDF

def made(name, record=None):
    pages = FPDF()
    pages.add_page()
    pages.set_font("Helvetica", size=12)
    pages.start_section(name)
    pages.cell(text=name)
    if record:
        pages.embed_file(bytes=record, basename="record.json")
    pages.output(f"{name}.pdf")

made("cover")
made("evidence", b'{"order": "R7K2M-4"}')
PY
cat > join.py <<'PY'
import pikepdf
import pymupdf
from pypdf import PdfWriter

for first, second in (("cover", "evidence"), ("evidence", "cover")):
    files = f"{first}.pdf", f"{second}.pdf"
    writer = PdfWriter()
    for file in files:
        writer.append(file)
    writer.write(f"{first}, pypdf append.pdf")
    writer = PdfWriter(clone_from=files[0])
    writer.append(files[1])
    writer.write(f"{first}, pypdf clone_from.pdf")
    with pikepdf.open(files[0]) as one, pikepdf.open(files[1]) as two:
        one.pages.extend(two.pages)
        one.save(f"{first}, pikepdf.pdf")
    with pikepdf.new() as new, pikepdf.open(files[0]) as one, pikepdf.open(files[1]) as two:
        new.pages.extend(one.pages)
        new.pages.extend(two.pages)
        new.save(f"{first}, pikepdf new.pdf")
    one = pymupdf.open(files[0])
    one.insert_pdf(pymupdf.open(files[1]))
    one.save(f"{first}, PyMuPDF.pdf")
PY
cat > join.mjs <<'JS'
import fs from 'node:fs'
import { PDFDocument } from 'pdf-lib'
const opened = name => PDFDocument.load(fs.readFileSync(`${name}.pdf`))
for (const [first, second] of [['cover', 'evidence'], ['evidence', 'cover']]) {
  const one = await opened(first), two = await opened(second)
  for (const page of await one.copyPages(two, two.getPageIndices())) one.addPage(page)
  fs.writeFileSync(`${first}, pdf-lib.pdf`, await one.save())
}
JS
cat > ask.py <<'PY'
from pypdf import PdfReader
for first in ("cover", "evidence"):
    for way in ("pypdf append", "pypdf clone_from", "pikepdf", "pikepdf new", "PyMuPDF", "pdf-lib"):
        read = PdfReader(f"{first}, {way}.pdf")
        print(f"{first} first, {way}: pages", len(read.pages), "outline", len(read.outline), "attached", *read.attachments)
PY
echo "fpdf2 2.8.9, pypdf 7.1.1, pikepdf 10.18.0, PyMuPDF 2.0, pdf-lib 1.17.1"
{ v/bin/python make.py; v/bin/python join.py; node join.mjs; v/bin/python ask.py; } | tee seen || true
cat > expected <<'TXT'
cover first, pypdf append: pages 2 outline 2 attached
cover first, pypdf clone_from: pages 2 outline 2 attached
cover first, pikepdf: pages 2 outline 1 attached
cover first, pikepdf new: pages 2 outline 0 attached
cover first, PyMuPDF: pages 2 outline 1 attached
cover first, pdf-lib: pages 2 outline 1 attached
evidence first, pypdf append: pages 2 outline 2 attached
evidence first, pypdf clone_from: pages 2 outline 2 attached record.json
evidence first, pikepdf: pages 2 outline 1 attached record.json
evidence first, pikepdf new: pages 2 outline 0 attached
evidence first, PyMuPDF: pages 2 outline 1 attached record.json
evidence first, pdf-lib: pages 2 outline 1 attached record.json
TXT
cmp -s seen expected || { echo "CHANGED: the libraries no longer drop or keep the attached file as described above."; exit 1; }
echo "As described: the pages of a document that is added come along, and its attached file does not."
