"""From the name in a payload to the message: every message that can be pushed or mailed, in one place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias, TypeVar

from bot.domain.catalogue import Catalogue
from bot.messages.blocks import paragraphs
from bot.messages.chat import chats as chat_chats
from bot.messages.chat import office as chat_office
from bot.messages.chat import orders as chat_orders
from bot.messages.chat import payments as chat_payments
from bot.messages.chat import reminders as chat_reminders
from bot.messages.chat import renewals as chat_renewals
from bot.messages.facts import Payload
from bot.messages.mail import codes as mail_codes
from bot.messages.mail import orders as mail_orders
from bot.messages.mail import payments as mail_payments
from bot.messages.mail import reminders as mail_reminders
from bot.messages.mail import renewals as mail_renewals
from bot.messages.mail.letter import Letter
from bot.messages.mail.plain import plain_letter
from bot.messages.mail.rich import rich_letter
from bot.messages.model import ChatMessage, MailMessage, UnknownMessage
from bot.texts import Translator

_Told = TypeVar("_Told")
_Family: TypeAlias = Callable[[Payload, Translator, Catalogue], _Told]

CHAT_MESSAGES: Final[Mapping[str, _Family[ChatMessage]]] = {
    "renewal-completed": chat_renewals.completed,
    "payment-partial": chat_payments.partial,
    "order-expiring": chat_orders.expiring,
    "order-expired": chat_orders.expired,
    "chat-joined": chat_chats.joined,
    "operator-review": chat_payments.review,
    "operator-cases": chat_office.cases,
    "reminder-renew": chat_reminders.renew,
    "reminder-awaiting-payment": chat_reminders.awaiting_payment,
    "reminder-automatic": chat_reminders.automatic,
    "reminder-not-charged": chat_reminders.not_charged,
    "reminder-own-domain": chat_reminders.own_domain,
}
"""What can be pushed, by the name in the payload."""

MAIL_MESSAGES: Final[Mapping[str, _Family[Letter]]] = {
    "order-placed": mail_orders.placed,
    "renewal-completed": mail_renewals.completed,
    "payment-partial": mail_payments.partial,
    "order-expiring": mail_orders.expiring,
    "order-expired": mail_orders.expired,
    "order-cancelled": mail_orders.cancelled,
    "login-code": mail_codes.login_code,
    "reminder-renew": mail_reminders.renew,
    "reminder-awaiting-payment": mail_reminders.awaiting_payment,
    "reminder-automatic": mail_reminders.automatic,
    "reminder-not-charged": mail_reminders.not_charged,
    "reminder-own-domain": mail_reminders.own_domain,
}
"""What can be mailed, by the name in the payload."""


def render_chat(payload: Payload, translator: Translator, catalogue: Catalogue) -> ChatMessage:
    """The message for a chat: Telegram HTML of at most 4096 characters.

    Args:
        payload: names its message under ``message``, and carries its facts.
        translator: the language that the chat has by now.
        catalogue: names, accounts and rules in force.

    Raises:
        UnknownMessage: this version does not know the message.
        KeyError, ValueError: facts are missing or wrong.
        TextError: a text is wrong: our mistake.
    """
    return _known(CHAT_MESSAGES, payload)(payload, translator, catalogue)


def render_mail(payload: Payload, translator: Translator, catalogue: Catalogue) -> MailMessage:
    """The e-mail, as plain text and as HTML that say the same; arguments and errors as in `render_chat`."""
    letter = _known(MAIL_MESSAGES, payload)(payload, translator, catalogue)
    phrase = payload.get("phrase")
    if phrase is not None:
        letter = replace(letter, footer=(translator.html("message-phrase", phrase=phrase), *letter.footer))
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


def _known(messages: Mapping[str, _Family[_Told]], payload: Payload) -> _Family[_Told]:
    name = payload.get("message")
    if not isinstance(name, str) or name not in messages:
        raise UnknownMessage(f"there is no message {name!r}")
    return messages[name]
