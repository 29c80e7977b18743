#!/usr/bin/env bash
# The certificate of a PEC message is among its attachments until the provider's signature is around it, as always.
#
# A good engineer would guess: iter_attachments() of Python's email package gives what a mail program shows as
#   attachments: of a certified message daticert.xml and postacert.eml, and smime.p7s beside them.
# What happens: of the envelope alone it gives these two. Signed (multipart/signed), as each one that a provider delivers is,
#   it gives two others: the whole inner part, which has no name, and smime.p7s; get_body() finds the same text as before.
#   A search by name finds no certificate, and takes the message for ordinary mail. mail-parser, imap_tools and mailparser
#   (npm) name daticert.xml both times. walk() is no way out: it goes into the letter too, and finds the daticert.xml of an
#   older receipt that the sender attached there, first of the two where the letter stands first.
# Why it matters here: whether a notice was accepted and delivered is said by daticert.xml alone, and evidence rests on it. A
#   test whose envelope is made with add_attachment finds it each time. Going down the parts, but never into a
#   message/rfc822, gives the provider's own.
# Tried: the email package of Python 3.11.2, 3.11.7, 3.12.1 and 3.13.0; mail-parser 4.8.0, imap-tools 1.16.0 and mailparser
#   3.14.2 (npm), on 30 November 2026.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{ python3 -m venv v && v/bin/python -m pip install -qq --disable-pip-version-check mail-parser==4.8.0 imap-tools==1.16.0 \
    && npm install --silent --no-audit --no-fund --prefix . mailparser@3.14.2 >/dev/null; } \
    || { echo "The packages could not be installed: nothing was tried."; exit 2; }

cat > ask.py <<'PY'
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
import mailparser
from imap_tools import MailMessage

letter = EmailMessage()
letter["From"], letter["To"], letter["Subject"] = "mario.bianchi@pec.example.it", "office@pec.example.org", "Order"
letter.set_content("I have paid.\n")
letter.add_attachment(b"<of-an-older-receipt/>", maintype="application", subtype="xml", filename="daticert.xml")

def content():
    part = MIMEPart(policy=policy.SMTP)
    part.set_content("Certified message.\n")
    part.add_attachment(letter, filename="postacert.eml", disposition="inline")
    part.add_attachment(b"<of-the-provider/>", maintype="application", subtype="xml", filename="daticert.xml", disposition="inline")
    return part

def delivered(signed):
    envelope = EmailMessage(policy=policy.SMTP)
    envelope["From"] = '"Per conto di: mario.bianchi@pec.example.it" <posta-certificata@pec.example.it>'
    envelope["To"], envelope["Subject"] = "office@pec.example.org", "POSTA CERTIFICATA: Order"
    envelope["X-Trasporto"] = "posta-certificata"
    if not signed:
        made = content()
        envelope["Content-Type"] = made["Content-Type"]
        envelope.set_payload(made.get_payload())
        return envelope.as_bytes()
    signature = MIMEPart(policy=policy.SMTP)
    signature.set_content(b"0", maintype="application", subtype="x-pkcs7-signature", filename="smime.p7s")
    envelope["Content-Type"] = 'multipart/signed; protocol="application/x-pkcs7-signature"; micalg="sha-256"'
    envelope.set_payload([content(), signature])
    return envelope.as_bytes()

def provided(part):
    """The parts of the envelope itself, without those of the letter."""
    if part.get_content_maintype() != "multipart":
        return [part]
    return [each for inner in part.iter_parts() for each in provided(inner)]

def certificates(parts):
    return [each.get_payload(decode=True).decode() for each in parts if each.get_filename() == "daticert.xml"]

def told(form, name, *said):
    print(form, name, *said, sep=" | ")

for form in ("plain", "signed"):
    raw = delivered(form == "signed")
    open(f"{form}.eml", "wb").write(raw)
    own = message_from_bytes(raw, policy=policy.default)
    told(form, "email, body", own.get_body().get_content().strip())
    told(form, "email, iter_attachments", *(each.get_filename() or each.get_content_type() for each in own.iter_attachments()))
    told(form, "email, walk", *certificates(own.walk()))
    told(form, "email, parts but the letter's", *certificates(provided(own)))
    told(form, "mail-parser", "daticert.xml" in [each["filename"] for each in mailparser.parse_from_bytes(raw).attachments])
    told(form, "imap_tools", "daticert.xml" in [each.filename for each in MailMessage.from_bytes(raw).attachments])
PY
cat > ask.mjs <<'JS'
import fs from 'node:fs'
import { simpleParser } from 'mailparser'
for (const form of ['plain', 'signed']) {
  const mail = await simpleParser(fs.readFileSync(`${form}.eml`))
  console.log([form, 'mailparser (npm)', mail.attachments.some(each => each.filename === 'daticert.xml') ? 'True' : 'False'].join(' | '))
}
JS
echo "mail-parser 4.8.0, imap-tools 1.16.0, mailparser 3.14.2, Python $(v/bin/python -c 'import platform; print(platform.python_version())')"
{ v/bin/python ask.py; node ask.mjs; } | tee seen || true
cat > expected <<'TXT'
plain | email, body | Certified message.
plain | email, iter_attachments | postacert.eml | daticert.xml
plain | email, walk | <of-an-older-receipt/> | <of-the-provider/>
plain | email, parts but the letter's | <of-the-provider/>
plain | mail-parser | True
plain | imap_tools | True
signed | email, body | Certified message.
signed | email, iter_attachments | multipart/mixed | smime.p7s
signed | email, walk | <of-an-older-receipt/> | <of-the-provider/>
signed | email, parts but the letter's | <of-the-provider/>
signed | mail-parser | True
signed | imap_tools | True
plain | mailparser (npm) | True
signed | mailparser (npm) | True
TXT
cmp -s seen expected || { echo "CHANGED: the certificate is no longer among, or missing from, the attachments as described above."; exit 1; }
echo "As described: with the signature around it the certificate is no attachment for Python's email package."
