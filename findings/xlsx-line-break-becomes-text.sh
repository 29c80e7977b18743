#!/usr/bin/env bash
# An address in two lines, saved by XlsxWriter, comes out of openpyxl with "_x000D_" in the middle.
#
# A good engineer would guess: openpyxl reads back any text that another program put into a cell.
# What happens: a carriage return cannot stand in such a file as it is, so that XlsxWriter writes the format's escape
#   (_x000D_). openpyxl does not undo it, and the seven signs become part of the text; calamine gives the carriage
#   return. openpyxl itself writes no escape (without lxml the carriage return is quietly gone): a test that saves
#   and loads with it alone never meets the seven signs.
# Why it matters here: the operator's mailbox file is written by other programs, and an address of two lines is
#   ordinary. The street would be printed on the order as "Via Prova 1_x000D_", and a difference from what the
#   provider has would be reported for ever.
# Tried: openpyxl 3.1.5, XlsxWriter 3.3.1, python-calamine 0.9.1, on 29 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.3.1 python-calamine==0.9.1; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.py <<'PY'
import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook
STREET = "Via Prova 1\r\nscala B"
with xlsxwriter.Workbook("one.xlsx") as book:
    book.add_worksheet().write_string(0, 0, STREET)
book = openpyxl.Workbook()
book.active["A1"] = STREET
book.save("two.xlsx")
for file, writer in (("one.xlsx", "XlsxWriter"), ("two.xlsx", "openpyxl")):
    print(writer, "openpyxl", repr(openpyxl.load_workbook(file).active["A1"].value))
    print(writer, "calamine", repr(CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()[0][0]))
PY
echo "openpyxl 3.1.5, XlsxWriter 3.3.1, python-calamine 0.9.1: writer, reader, text"
v/bin/python ask.py | tee seen || true
cat > expected <<'TXT'
XlsxWriter openpyxl 'Via Prova 1_x000D_\nscala B'
XlsxWriter calamine 'Via Prova 1\r\nscala B'
openpyxl openpyxl 'Via Prova 1\nscala B'
openpyxl calamine 'Via Prova 1\nscala B'
TXT
cmp -s seen expected || { echo "CHANGED: the line break is no longer written and read as described above."; exit 1; }
echo "As described: openpyxl hands over the escape as text."
