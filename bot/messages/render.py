"""From what is told to its words: every message that can be pushed or mailed, in one place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias, TypeVar

from bot.domain.catalogue import Catalogue
from bot.messages import told
from bot.messages.blocks import paragraphs
from bot.messages.chat import automatic as chat_automatic
from bot.messages.chat import chats as chat_chats
from bot.messages.chat import confirmations as chat_confirmations
from bot.messages.chat import invoices as chat_invoices
from bot.messages.chat import leaving as chat_leaving
from bot.messages.chat import office as chat_office
from bot.messages.chat import orders as chat_orders
from bot.messages.chat import payments as chat_payments
from bot.messages.chat import promises as chat_promises
from bot.messages.chat import reminders as chat_reminders
from bot.messages.chat import renewals as chat_renewals
from bot.messages.chat import space as chat_space
from bot.messages.chat import statements as chat_statements
from bot.messages.facts import Payload
from bot.messages.mail import automatic as mail_automatic
from bot.messages.mail import codes as mail_codes
from bot.messages.mail import evidence as mail_evidence
from bot.messages.mail import invoices as mail_invoices
from bot.messages.mail import leaving as mail_leaving
from bot.messages.mail import orders as mail_orders
from bot.messages.mail import payments as mail_payments
from bot.messages.mail import promises as mail_promises
from bot.messages.mail import reference_emails as mail_reference_emails
from bot.messages.mail import reminders as mail_reminders
from bot.messages.mail import renewals as mail_renewals
from bot.messages.mail import space as mail_space
from bot.messages.mail import wishes as mail_wishes
from bot.messages.mail.letter import Letter
from bot.messages.mail.plain import plain_letter
from bot.messages.mail.rich import rich_letter
from bot.messages.model import ChatMessage, MailMessage
from bot.messages.versions import UnreadablePayload
from bot.texts import Translator

_Words = TypeVar("_Words")
_Family: TypeAlias = Callable[[Any, Translator, Catalogue], _Words]

CHAT_MESSAGES: Final[Mapping[type[told.Told], _Family[ChatMessage]]] = {
    told.RenewalCompleted: chat_renewals.completed,
    told.PaymentPartial: chat_payments.partial,
    told.InvoiceIssued: chat_invoices.issued,
    told.OrderMethodChanged: chat_orders.method_changed,
    told.OrderWithdrawn: chat_orders.withdrawn,
    told.VatDecided: chat_orders.vat_decided,
    told.OrderExpiring: chat_orders.expiring,
    told.OrderExpired: chat_orders.expired,
    told.PaymentPromised: chat_promises.promised,
    told.PaymentNotArrived: chat_promises.not_arrived,
    told.PaymentCardOver: chat_promises.card_over,
    told.ConfirmationOver: chat_confirmations.over,
    told.ChatJoined: chat_chats.joined,
    told.MailSilenced: chat_chats.mail_silenced,
    told.AutomaticRenewalSwitched: chat_automatic.switched,
    told.OperatorAutomaticRenewal: chat_automatic.to_operator,
    told.SpaceFilling: chat_space.filling,
    told.ReferenceEmailChanged: chat_chats.email_changed,
    told.ReferenceEmailRestored: chat_chats.email_restored,
    told.CustomerForgotten: chat_leaving.forgotten,
    told.OperatorReview: chat_payments.review,
    told.OperatorCases: chat_office.cases,
    told.OperatorStatement: chat_statements.taken,
    told.OperatorStatementRefused: chat_statements.refused,
    told.RemindToRenew: chat_reminders.renew,
    told.RemindToPay: chat_reminders.awaiting_payment,
    told.RemindUndecided: chat_reminders.awaiting_decision,
    told.RemindAutomatic: chat_reminders.automatic,
    told.RemindNotCharged: chat_reminders.not_charged,
    told.RemindNotRenewing: chat_reminders.not_renewing,
    told.RenewalDecided: chat_chats.renewal_decided,
    told.RemindOwnDomain: chat_reminders.own_domain,
    told.TellDeleted: chat_reminders.deleted,
}
"""What can be pushed; each is put into words from its own class."""

MAIL_MESSAGES: Final[Mapping[type[told.Told], _Family[Letter]]] = {
    told.OrderPlaced: mail_orders.placed,
    told.OrderUndecided: mail_orders.undecided,
    told.VatDecided: mail_orders.vat_decided,
    told.RenewalCompleted: mail_renewals.completed,
    told.PaymentPartial: mail_payments.partial,
    told.InvoiceIssued: mail_invoices.issued,
    told.OrderMethodChanged: mail_orders.method_changed,
    told.OrderWithdrawn: mail_orders.withdrawn,
    told.OrderExpiring: mail_orders.expiring,
    told.OrderExpired: mail_orders.expired,
    told.PaymentNotArrived: mail_promises.not_arrived,
    told.OrderCancelled: mail_orders.cancelled,
    told.LoginCode: mail_codes.login_code,
    told.MailSilenced: mail_wishes.mail_silenced,
    told.AutomaticRenewalSwitched: mail_automatic.switched,
    told.SpaceFilling: mail_space.filling,
    told.ReferenceEmailCode: mail_codes.reference_email_code,
    told.ReferenceEmailChanged: mail_reference_emails.changed,
    told.ReferenceEmailRestored: mail_reference_emails.restored,
    told.LeavingCode: mail_codes.leaving_code,
    told.CustomerForgotten: mail_leaving.forgotten,
    told.SignedHeads: mail_evidence.heads,
    told.RemindToRenew: mail_reminders.renew,
    told.RemindToPay: mail_reminders.awaiting_payment,
    told.RemindUndecided: mail_reminders.awaiting_decision,
    told.RemindAutomatic: mail_reminders.automatic,
    told.RemindNotCharged: mail_reminders.not_charged,
    told.RemindNotRenewing: mail_reminders.not_renewing,
    told.RemindOwnDomain: mail_reminders.own_domain,
    told.TellDeleted: mail_reminders.deleted,
}
"""What can be mailed."""


def render_chat(payload: Payload, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """The message for a chat: Telegram HTML of at most 4096 characters.

    Args:
        payload: as one of `bot.messages.told` wrote it.
        translator: the language that the chat has by now.
        catalogue: names, accounts and rules in force.

    Raises:
        UnreadablePayload: this release cannot read it, or it is nothing for a chat.
        TextError: a text is wrong: our mistake.
    """
    what = told.read_told(payload)
    return _known(CHAT_MESSAGES, what)(what, translator, catalogue)


def render_mail(payload: Payload, translator: Translator, catalogue: Catalogue) -> MailMessage:
    """The e-mail, as plain text and as HTML that say the same; arguments and errors as in `render_chat`."""
    return mail_of(told.read_told(payload), translator, catalogue)


def mail_of(what: told.Told, translator: Translator, catalogue: Catalogue) -> MailMessage:
    """The e-mail of something that was read before; errors as in `render_mail`."""
    letter = _known(MAIL_MESSAGES, what)(what, translator, catalogue)
    if what.reader is not None and what.reader.phrase is not None:
        phrase = translator.html("message-phrase", phrase=what.reader.phrase)
        letter = replace(letter, footer=(phrase, *letter.footer))
    return MailMessage(
        subject=letter.subject,
        text=plain_letter(letter),
        html=rich_letter(letter),
        pictures=letter.pictures,
        unsubscribe=letter.unsubscribe,
    )


def with_phrase(message: ChatMessage, translator: Translator, phrase: str | None) -> ChatMessage:
    """The message with the security phrase that its reader chose: fake notices do not know it (DOMAIN.md 6)."""
    if phrase is None:
        return message
    return replace(message, html=paragraphs(message.html, translator.html("message-phrase", phrase=phrase)))


def _known(messages: Mapping[type[told.Told], _Family[_Words]], what: told.Told) -> _Family[_Words]:
    if type(what) not in messages:
        raise UnreadablePayload(f"there are no words of {what.NAME} for this channel")
    return messages[type(what)]
