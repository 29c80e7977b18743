#!/usr/bin/env bash
# Four mail libraries of five read a certified letter and its envelope as one text with one heap of attachments.
#
# A good engineer would guess: what a PEC provider delivers is an envelope with two attachments, the letter
#   (postacert.eml) and the certificate (daticert.xml), and a mail library shows it so.
# What happens: mail-parser and imap_tools go down into the attached letter as well. The text of the message is the
#   provider's notice and the sender's words together, and the sender's receipt.pdf stands beside the certificate as
#   if the provider had attached it. mailparser and postal-mime (npm) keep the letter closed where it is marked
#   "attachment", as libraries write it and tests have it, and open it where it is marked "inline", as providers do:
#   postacert.eml is then no attachment at all. Python's own email package keeps it closed both times.
# Why it matters here: certified mail is what this bot's customers have. Whoever reads answers or receipts that arrive
#   by PEC has to tell what the provider vouches for from what anybody wrote, and these four hand over a mixture.
# Tried: mail-parser 4.8.0, imap-tools 1.16.0, mailparser 3.14.2 and postal-mime 4.0.0 (npm), on 29 and 30 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check mail-parser==4.8.0 imap-tools==1.16.0 \
    && npm install --silent --no-audit --no-fund --prefix . mailparser@3.14.2 postal-mime@4.0.0 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.py <<'PY'
from email import message_from_bytes, policy
from email.message import EmailMessage
import mailparser
from imap_tools import MailMessage

letter = EmailMessage()
letter["From"], letter["To"], letter["Subject"] = "mario.bianchi@pec.example.it", "office@pec.example.org", "Order"
letter.set_content("LETTER: I have paid.\n")
letter.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="receipt.pdf")

def told(name, mark, text, files):
    words = [word for word in ("ENVELOPE", "LETTER") if word in text]
    print(name, mark, "text", *words, "attachments", *sorted(files))

for mark in ("attachment", "inline"):
    envelope = EmailMessage()
    envelope["From"] = '"Per conto di: mario.bianchi@pec.example.it" <posta-certificata@pec.example.it>'
    envelope["To"], envelope["Subject"] = "office@pec.example.org", "POSTA CERTIFICATA: Order"
    envelope["X-Trasporto"] = "posta-certificata"
    envelope.set_content("ENVELOPE: certified message.\n")
    envelope.add_attachment(letter, filename="postacert.eml", disposition=mark)
    envelope.add_attachment(b"<postacert/>", maintype="application", subtype="xml", filename="daticert.xml", disposition=mark)
    raw = envelope.as_bytes()
    open(f"{mark}.eml", "wb").write(raw)
    own = message_from_bytes(raw, policy=policy.default)
    told("email", mark, own.get_body().get_content(), [each.get_filename() for each in own.iter_attachments()])
    parsed = mailparser.parse_from_bytes(raw)
    told("mail-parser", mark, "".join(parsed.text_plain), [each["filename"] for each in parsed.attachments])
    message = MailMessage.from_bytes(raw)
    told("imap_tools", mark, message.text, [each.filename for each in message.attachments])
PY
cat > ask.mjs <<'JS'
import fs from 'node:fs'
import { simpleParser } from 'mailparser'
import PostalMime from 'postal-mime'
const told = (name, mark, mail) => console.log(name, mark, 'text', ...['ENVELOPE', 'LETTER'].filter(word => mail.text.includes(word)),
  'attachments', ...mail.attachments.map(each => each.filename).sort())
for (const mark of ['attachment', 'inline']) {
  const raw = fs.readFileSync(`${mark}.eml`)
  told('mailparser (npm)', mark, await simpleParser(raw))
  told('postal-mime (npm)', mark, await PostalMime.parse(raw))
}
JS
echo "mail-parser 4.8.0, imap-tools 1.16.0, mailparser 3.14.2, postal-mime 4.0.0, Python $(v/bin/python -c 'import platform; print(platform.python_version())')"
{ v/bin/python ask.py; node ask.mjs; } | tee seen || true
cat > expected <<'TXT'
email attachment text ENVELOPE attachments daticert.xml postacert.eml
mail-parser attachment text ENVELOPE LETTER attachments daticert.xml postacert.eml receipt.pdf
imap_tools attachment text ENVELOPE LETTER attachments daticert.xml postacert.eml receipt.pdf
email inline text ENVELOPE attachments daticert.xml postacert.eml
mail-parser inline text ENVELOPE LETTER attachments daticert.xml receipt.pdf
imap_tools inline text ENVELOPE LETTER attachments daticert.xml postacert.eml receipt.pdf
mailparser (npm) attachment text ENVELOPE attachments daticert.xml postacert.eml
postal-mime (npm) attachment text ENVELOPE attachments daticert.xml postacert.eml
mailparser (npm) inline text ENVELOPE LETTER attachments daticert.xml receipt.pdf
postal-mime (npm) inline text ENVELOPE LETTER attachments daticert.xml receipt.pdf
TXT
cmp -s seen expected || { echo "CHANGED: the libraries no longer open or keep the letter as described above."; exit 1; }
echo "As described: four of five mix a letter that is marked inline into its envelope."
