"""Messages about the invoices of an order."""

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import lines
from bot.messages.chat.buttons import see_order
from bot.messages.model import ChatButton, ChatMessage
from bot.messages.told import InvoiceIssued
from bot.messages.words import invoice_words, renewal_of
from bot.texts import Translator


def issued(told: InvoiceIssued, translator: Translator, _: Catalogue) -> ChatMessage:
    """An invoice was issued: its number and date, and where it can be read."""
    facts, invoice = told.order, told.invoice
    body = lines([invoice_words(translator, facts, invoice), renewal_of(translator, facts)])
    read = ChatButton(translator.plain("invoice-read", document=invoice.document.value), url=invoice.url)
    return ChatMessage(
        translator.html("message-invoice", document=invoice.document.value, body=body),
        (*(((read,),) if invoice.url else ()), (see_order(translator, facts.number),)),
    )
