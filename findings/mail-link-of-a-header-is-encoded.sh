#!/usr/bin/env bash
# Python writes a long link in List-Unsubscribe as an encoded word, and mail libraries find no link there.
#
# A good engineer would guess: a header of plain ASCII is written as it is, folded at a blank where it has one. A link
#   has none and stays long, as RFC 5322 allows up to 998 characters: nodemailer writes it so.
# What happens: a link that does not fit into one line of 78 is taken for text and written as an encoded word
#   (=?utf-8?q?=3Chttps=3A//...), by the policies default, SMTP and SMTPUTF8 alike. RFC 2047 has that for words alone, and
#   whoever reads an address leaves it as it is: postal-mime and Python's older interface give the
#   code, mailparser finds no address in it. Read back with the same policy it is the link again, so that a test of one's
#   own sees nothing. In-Reply-To goes the same way where the id that is answered is as long as Outlook's.
#   max_line_length=998 leaves both alone.
# Why it matters here: RFC 8058 lets a mail program offer to unsubscribe only by a header that it can read; whoever wants no
#   more reminders has "spam" to tap instead. The host's name and a token of 32 bytes are enough for it.
# Tried: the email package of Python 3.11.2, 3.11.7, 3.12.1 and 3.13.0; mailparser 3.14.2, postal-mime 4.0.0 and nodemailer
#   10.6.1 (npm), on 30 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ npm install --silent --no-audit --no-fund --prefix . mailparser@3.14.2 postal-mime@4.0.0 nodemailer@10.6.1 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > make.py <<'PY'
from email import message_from_bytes, policy
from email.message import EmailMessage

CODE = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V"
LINKS = {"short": "<https://pec.example/u/a1B2c3D4e5>", "long": f"<https://rinnovi.studio.example.it/unsubscribe/{CODE}>"}
ANSWERED = "<VI1PR07MB2345A6F7C8D9E0F1A2B3C4D5E6F70@VI1PR07MB2345.eurprd07.prod.outlook.example>"

def written(name, link, way):
    mail = EmailMessage(policy=way)
    mail["From"], mail["To"], mail["Subject"] = "office@example.it", "mario.bianchi@example.org", "PEC"
    mail["List-Unsubscribe"] = link
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["In-Reply-To"] = ANSWERED
    mail.set_content("In scadenza.\n")
    raw = mail.as_bytes()
    with open(f"{name}.eml", "wb") as file:
        file.write(raw)
    again = message_from_bytes(raw, policy=way)
    print(name, "Python, same policy", "link" if again["List-Unsubscribe"].strip() == link else "code",
          "id" if again["In-Reply-To"].strip() == ANSWERED else "code", sep=" | ")
    plain = message_from_bytes(raw)
    print(name, "Python, by default", "link" if plain["List-Unsubscribe"].strip() == link else "code",
          "id" if plain["In-Reply-To"].strip() == ANSWERED else "code", sep=" | ")

for name, link in LINKS.items():
    written(name, link, policy.SMTP)
written("long, 998", LINKS["long"], policy.SMTP.clone(max_line_length=998))
alike = [way for way in (policy.default, policy.SMTP, policy.SMTPUTF8) if way.header_factory("List-Unsubscribe", LINKS["long"]).fold(policy=way).count("=?utf-8?q?")]
print("policies that encode it:", len(alike), "of 3")
print("written:", next(line for line in open("long.eml").read().splitlines() if line.startswith("List-Unsubscribe:")))
PY
cat > read.mjs <<'JS'
import fs from 'node:fs'
import { simpleParser } from 'mailparser'
import nodemailer from 'nodemailer'
import PostalMime from 'postal-mime'
const link = 'https://rinnovi.studio.example.it/unsubscribe/a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V'
const own = await nodemailer.createTransport({ streamTransport: true, buffer: true }).sendMail({
  from: 'office@example.it', to: 'mario.bianchi@example.org', subject: 'PEC', text: 'In scadenza.', list: { unsubscribe: link },
})
fs.writeFileSync('long, by nodemailer.eml', own.message)
for (const name of ['short', 'long', 'long, 998', 'long, by nodemailer']) {
  const raw = fs.readFileSync(`${name}.eml`), one = await simpleParser(raw), two = await PostalMime.parse(raw)
  const value = two.headers.find(header => header.key === 'list-unsubscribe').value
  console.log([name, 'mailparser', one.headers.get('list').unsubscribe.url ? 'link' : 'no link'].join(' | '))
  console.log([name, 'postal-mime', value.startsWith('<https://') ? 'link' : 'code'].join(' | '))
}
JS
echo "Python $(python3 -c 'import platform; print(platform.python_version())'), mailparser 3.14.2, postal-mime 4.0.0, nodemailer 10.6.1"
{ python3 make.py; node read.mjs; } | tee seen || true
cat > expected <<'TXT'
short | Python, same policy | link | id
short | Python, by default | link | code
long | Python, same policy | link | id
long | Python, by default | code | code
long, 998 | Python, same policy | link | id
long, 998 | Python, by default | link | id
policies that encode it: 3 of 3
written: List-Unsubscribe: =?utf-8?q?=3Chttps=3A//rinnovi=2Estudio=2Eexample=2Eit/uns?=
short | mailparser | link
short | postal-mime | link
long | mailparser | no link
long | postal-mime | code
long, 998 | mailparser | link
long, 998 | postal-mime | link
long, by nodemailer | mailparser | link
long, by nodemailer | postal-mime | link
TXT
cmp -s seen expected || { echo "CHANGED: the link of a long header is no longer written, or read, as described above."; exit 1; }
echo "As described: a long link is written as a code, and no reader but its own policy finds the link again."
