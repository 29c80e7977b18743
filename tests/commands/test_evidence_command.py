"""`orders evidence` and `evidence verify` as an operator, or a stranger with nothing but the file, types them."""

import json
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pypdf import PdfWriter
from sqlalchemy import delete, update

from bot.db import engine
from bot.db.keys import KeyRing
from bot.db.tables import ContentRow, MailboxRow
from bot.domain.evidence.chain import Chain, Kind, Subject
from bot.domain.evidence.document import SignedDay
from bot.messages import render_mail, told
from bot.messages.paper import read_paper
from bot.services.evidence.days import check_days
from bot.services.evidence.signing import sign_heads
from bot.services.evidence.writing import Entry, record
from bot.services.sending.mail.composing import Letterhead, compose
from bot.texts import Texts
from tests.commands.shop import Shop, open_shop
from tests.support.catalogue import CATALOGUE_FILE, example_catalogue
from tests.support.databases import ReusedEngines, SqliteFiles
from tests.support.long_runs import some
from tests.support.till import Till


async def sign(till: Till) -> None:
    surroundings = till.services.surroundings
    async with till.database.write() as session:
        await sign_heads(session, surroundings.today(), surroundings.now())


@dataclass(frozen=True)
class Given:
    """A shop with an order that was paid and signed, its number, and its document."""

    shop: Shop
    number: str
    file: Path


@dataclass(frozen=True)
class Signed:
    """The same as it is kept: the folder with database and document, and the database's key."""

    folder: Path
    key: str
    number: str


@pytest.fixture(scope="module")
def signed(
    sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory, near_engines: ReusedEngines
) -> Signed:
    """An order that is paid, signed and written down once: what is asked of its document changes nothing there."""
    folder, key = tmp_path_factory.mktemp("signed"), KeyRing.new_key()
    url = sqlite_files.new(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "engines_on", near_engines.on)
        with open_shop(url, folder, patch, key) as shop:
            order = shop.order()
            shop.bot(lambda till: till.receive(till.paid(order)))
            shop.bot(sign)
            (line,) = shop.does("orders", "evidence", order.number, "--out", "order.pdf")
            assert line.startswith(f"The evidence of order {order.number} is in ")
    return Signed(folder, key, order.number)


@pytest.fixture
def given(
    signed: Signed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, near_engines: ReusedEngines
) -> Iterator[Given]:
    """An order that was paid and signed, and its document, in a shop of the test's own."""
    monkeypatch.setattr(engine, "engines_on", near_engines.on)
    shutil.copytree(signed.folder, tmp_path, dirs_exist_ok=True)
    url = f"sqlite:///{tmp_path / 'rinnovo.db'}"
    with open_shop(url, tmp_path, monkeypatch, signed.key) as shop:
        yield Given(shop, signed.number, tmp_path / "order.pdf")


def test_a_document_is_verified_by_who_has_only_the_document(given: Given) -> None:
    shop, file = given.shop, given.file
    said = "\n".join(shop.does("evidence", "verify", str(file)))
    assert f"order {given.number}, 3 records" in said
    assert "Signed up to record 3" in said
    assert "Every record is as it was written." in said
    assert "It cannot prove" in said


@pytest.mark.soak
def test_it_agrees_with_the_database_that_it_came_from(given: Given) -> None:
    file = given.shop.folder / "english.pdf"
    given.shop.does("orders", "evidence", given.number, "--out", str(file), "--locale", "en")
    given.shop.does("evidence", "verify", str(file), "--database")


def test_a_day_that_a_stranger_has_signed_does_not_agree_with_the_database(given: Given) -> None:
    shop, file = given.shop, given.file
    document, _ = read_paper(file.read_bytes())
    anchor = document.anchor
    assert anchor is not None
    key = Ed25519PrivateKey.generate()
    other = replace(anchor.signed, public=key.public_key().public_bytes_raw())
    signed = replace(other, signature=key.sign(other.signed_text))
    forged = shop.folder / "forged.json"
    forged.write_text(json.dumps(replace(document, anchor=replace(anchor, signed=signed)).to_json()))
    shop.does("evidence", "verify", str(forged))
    refused = shop.types("evidence", "verify", str(forged), "--database")
    assert refused.exit_code == 1
    assert "it is not the one that was signed" in refused.stderr


@pytest.mark.soak
def test_a_document_with_the_name_of_another_mailbox_does_not_agree_with_the_database(shop: Shop) -> None:
    shop.bot(a_reminder)
    file = shop.folder / "notices.pdf"
    shop.does("evidence", "notices", "rossi1@pec.example", "--out", str(file))
    said = "\n".join(shop.does("evidence", "verify", str(file)))
    assert "that the records are about the mailbox that it names: --database compares that" in said
    assert "that the pages look as they were made" in said
    assert "compares that" not in "\n".join(shop.does("evidence", "verify", str(file), "--database"))
    document, _ = read_paper(file.read_bytes())
    other = shop.folder / "other.json"
    other.write_text(json.dumps(replace(document, name="verdi1@pec.example").to_json()))
    said = shop.types("evidence", "verify", str(other), "--database").stderr
    assert said.splitlines() == [
        "mailbox 1, record 1: the document has another name than this record, or the database, has."
    ]


async def a_reminder(till: Till) -> None:
    """What is kept of a reminder of the first mailbox."""
    await till.seed.mailbox("rossi")
    async with till.database.write() as session:
        entry = Entry(Chain(Subject.MAILBOX, 1), Kind.TOLD, {"message": "reminder-renew"})
        await record(session, [entry], till.services.surroundings.now())


@pytest.mark.soak
def test_what_a_deleted_customer_asked_for_is_found_by_its_code_also_where_it_had_no_mailbox(
    shop: Shop,
) -> None:
    shop.bot(a_customer_without_mailboxes)
    shop.does("people", "forget", "rossi", "--yes")
    file = shop.folder / "requests.pdf"
    said = shop.does("evidence", "requests", "rossi", "--out", str(file))
    assert said == [f"What was asked about the data of rossi is in {file}."]
    assert "Richieste sui dati del cliente rossi" in " ".join(
        (read_paper(file.read_bytes())[1] or "").split()
    )
    verified = "\n".join(shop.does("evidence", "verify", str(file)))
    assert "customer rossi, 1 records" in verified
    assert "that the records are about the customer that it names: --database compares that" in verified
    shop.does("evidence", "verify", str(file), "--database")
    nobody = shop.is_refused("evidence", "requests", "bianchi", "--out", str(shop.folder / "nobody.pdf"))
    assert nobody.startswith("Nothing was recorded of it")


async def a_customer_without_mailboxes(till: Till) -> None:
    await till.seed.mailbox("rossi")
    async with till.database.write() as session:
        await session.execute(delete(MailboxRow))


@pytest.mark.soak
def test_what_was_told_before_a_deletion_is_written_beside_what_was_told_since(shop: Shop) -> None:
    for _ in range(2):
        shop.bot(a_notice)
        shop.does("people", "forget", "rossi", "--yes")
        shop.does("people", "readmit", "rossi")
    file, earlier = shop.folder / "notices.pdf", shop.folder / "notices-2.pdf"
    assert shop.does("evidence", "notices", "maria@pec.example", "--out", str(file)) == [
        f"What was told about maria@pec.example is in {file}.",
        f"What is kept of maria@pec.example from before a deletion is in {earlier}.",
    ]
    for each in (file, earlier):
        assert stat.S_IMODE(each.stat().st_mode) == 0o600
        shop.does("evidence", "verify", str(each), "--database")


async def a_notice(till: Till) -> None:
    box = await till.seed.mailbox("rossi", address="maria@pec.example")
    async with till.database.write() as session:
        entry = Entry(Chain(Subject.MAILBOX, box), Kind.TOLD, {"message": "reminder-automatic"})
        await record(session, [entry], till.services.surroundings.now())


def test_only_its_owner_reads_the_file(given: Given) -> None:
    assert stat.S_IMODE(given.file.stat().st_mode) == 0o600, "and so do copies of it"


def test_a_file_that_is_no_document_is_refused_in_a_line(shop: Shop) -> None:
    file = shop.folder / "other.pdf"
    file.write_bytes(b"%PDF-1.7 nothing")
    assert "is no document of evidence" in shop.is_refused("evidence", "verify", str(file))


@pytest.mark.soak
def test_an_order_that_does_not_exist_is_refused_in_a_line(shop: Shop) -> None:
    other = shop.order().number
    shop.bot(_forget_everything)
    refused = shop.types("orders", "evidence", other, "--out", str(shop.folder / "order.pdf"))
    assert refused.exit_code == 0, "the order is there"
    nothing = shop.is_refused("evidence", "notices", "nobody@pec.example", "--out", "nobody.pdf")
    assert nothing.startswith("Nothing was recorded of it")
    assert not Path("nobody.pdf").exists()


async def _forget_everything(till: Till) -> None:
    """Erase all contents without a record of it."""
    async with till.database.write() as session:
        await session.execute(update(ContentRow).values(salt=None, content=None, erased_why="retention"))


def test_the_database_is_checked_as_a_whole(shop: Shop) -> None:
    shop.order()
    assert shop.does("evidence", "verify")[-1] == "Every record is as it was written."
    shop.bot(_forget_everything)
    refused = shop.types("evidence", "verify")
    assert refused.exit_code == 1
    assert "no record says that it was erased" in refused.stderr


def with_address(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue names where the heads go."""
    text = CATALOGUE_FILE.read_text(encoding="utf-8").replace("# evidence_email", "evidence_email")
    (shop.folder / "own.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("CATALOGUE", str(shop.folder / "own.toml"))


def saved_mail(shop: Shop, *, changed: bool = False) -> Path:
    """The mail of the last signed day, as a mail program saves it."""

    async def last(till: Till) -> SignedDay:
        async with till.database.read() as session:
            pairs = await session.run_sync(lambda own: list(check_days(own.connection())))
        return pairs[-1][0]

    signed = shop.bot(last)
    if changed:
        signed = replace(signed, root=bytes(32))
    what = told.SignedHeads(reader=told.Reader("prove@pec.example", "it"), signed=signed)
    message = render_mail(what.to_json(), Texts.load().translator("it"), example_catalogue())
    letterhead = Letterhead("rinnovi@example.com", "Posta Esempio", "assistenza@posta.example")
    envelope = compose(message, letterhead, to="prove@pec.example", language="it", key="heads", now=signed.at)
    file = shop.folder / "mail.eml"
    file.write_bytes(envelope.content)
    return file


@pytest.mark.soak
def test_a_document_is_compared_with_the_mail_of_its_day(given: Given) -> None:
    shop, file = given.shop, given.file
    lines = "\n".join(shop.does("evidence", "verify", str(file), "--heads", str(saved_mail(shop))))
    assert "The mail has the same root and key" in lines
    assert "compare it with the mail" not in lines
    refused = shop.types("evidence", "verify", str(file), "--heads", str(saved_mail(shop, changed=True)))
    assert refused.exit_code == 1
    assert "root or key are others" in refused.stderr


def in_an_envelope(mail: Path, *, disposition: str) -> Path:
    """The mail as a PEC delivers it: closed in a letter of the provider's, with a certificate, all of it signed."""
    content = MIMEPart(policy=SMTP)
    content.set_content("Anomalia nel messaggio: non è posta certificata.", cte="quoted-printable")
    content.add_alternative("<p>Anomalia nel messaggio</p>", subtype="html")
    letter = message_from_bytes(mail.read_bytes(), policy=SMTP)
    content.add_attachment(letter, filename="postacert.eml", disposition=disposition)
    content.add_attachment(b"<postacert/>", maintype="application", subtype="xml", filename="daticert.xml")
    signature = MIMEPart(policy=SMTP)
    signature.set_content(b"0", maintype="application", subtype="x-pkcs7-signature", filename="smime.p7s")
    envelope = EmailMessage(policy=SMTP)
    envelope["From"] = '"Per conto di: rinnovi@example.com" <posta-certificata@pec.example>'
    envelope["Subject"] = "ANOMALIA MESSAGGIO: teste delle prove"
    envelope["Content-Type"] = 'multipart/signed; protocol="application/x-pkcs7-signature"; micalg="sha-256"'
    envelope.set_payload([content, signature])
    file = mail.with_name("delivered.eml")
    file.write_bytes(envelope.as_bytes())
    return file


@pytest.mark.soak
@pytest.mark.parametrize("disposition", some(["inline", "attachment"], 1))
def test_the_mail_of_a_day_is_found_in_the_envelope_in_which_a_pec_delivered_it(
    given: Given, disposition: str
) -> None:
    shop, file = given.shop, given.file
    mail = in_an_envelope(saved_mail(shop), disposition=disposition)
    lines = "\n".join(shop.does("evidence", "verify", str(file), "--heads", str(mail)))
    assert "The mail has the same root and key" in lines
    changed = in_an_envelope(saved_mail(shop, changed=True), disposition=disposition)
    refused = shop.types("evidence", "verify", str(file), "--heads", str(changed))
    assert refused.exit_code == 1
    assert "root or key are others" in refused.stderr


def test_an_envelope_of_a_pec_with_a_letter_of_other_matters_has_no_heads(shop: Shop) -> None:
    other = shop.folder / "other.eml"
    other.write_text("Subject: Ordine\r\n\r\nHo pagato.\r\n")
    delivered = in_an_envelope(other, disposition="inline")
    assert "has no heads" in shop.is_refused("evidence", "verify", "--heads", str(delivered))


def test_a_document_that_was_joined_with_a_cover_page_is_told_to_be_given_as_it_was_made(
    given: Given,
) -> None:
    shop, file = given.shop, given.file
    joined = PdfWriter()
    joined.add_blank_page(100, 100)
    joined.append(file)
    together = shop.folder / "together.pdf"
    joined.write(together)
    refused = shop.types("evidence", "verify", str(together))
    assert refused.exit_code == 1
    assert "evidence.json" in refused.stderr
    assert "give the file as it was made" in refused.stderr


def test_the_database_is_compared_with_the_mail(given: Given) -> None:
    shop = given.shop
    lines = shop.does("evidence", "verify", "--heads", str(saved_mail(shop)))
    assert lines[1].startswith("Signed days: 1, the last is ")
    refused = shop.types("evidence", "verify", "--heads", str(saved_mail(shop, changed=True)))
    assert "it is not the one that was sent out" in refused.stderr


def test_a_mail_without_heads_is_refused_in_a_line(shop: Shop) -> None:
    file = shop.folder / "other.txt"
    file.write_text("Hello")
    assert "has no heads" in shop.is_refused("evidence", "verify", "--heads", str(file))


@pytest.mark.soak
def test_the_doctor_says_when_a_day_was_signed_last_and_whether_it_leaves_the_database(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said() -> str:
        (line,) = [each for each in shop.types("doctor").output.splitlines() if " evidence:" in each]
        return line

    assert "no day is signed yet" in said()
    shop.bot(sign)
    assert f"! evidence: signed last for {shop.today}, but what is signed stays in the database" in said()
    with_address(shop, monkeypatch)
    assert said() == f"✓ evidence: signed last for {shop.today}, and mailed to evidence_email"
