"""E-mails about the invoices of an order."""

from bot.domain.catalogue import Catalogue
from bot.messages.mail.common import letter
from bot.messages.mail.letter import Button, Letter, Section
from bot.messages.told import InvoiceIssued
from bot.messages.words import invoice_words, renewal_of
from bot.texts import Translator


def issued(told: InvoiceIssued, translator: Translator, catalogue: Catalogue) -> Letter:
    """An invoice was issued: its number and date, and where it can be read."""
    facts, invoice = told.order, told.invoice
    document = invoice.document.value
    read = Button(translator.plain("invoice-read", document=document), invoice.url)
    return letter(
        translator,
        catalogue,
        subject=translator.plain("mail-invoice-subject", document=document, order=facts.number),
        preview=translator.plain(
            "mail-preview-mailboxes", count=len(facts.items), first=facts.items[0].address
        ),
        title=translator.plain("message-invoice-title", document=document),
        opening=(invoice_words(translator, facts, invoice), renewal_of(translator, facts)),
        sections=(Section(translator.plain("mail-invoice-where"), (read,)),) if invoice.url else (),
    )
