"""A message that an order is paid from: what a form asks for and by when, the rest folded, and what one pays with."""

from collections.abc import Iterable

from bot.domain.catalogue import Catalogue
from bot.domain.instructions import Instructions, Link, Transfer
from bot.messages.blocks import folded, lines
from bot.messages.chat.buttons import mail_again_data, other_method_data, paid_data, qr_data, see_order
from bot.messages.facts import OrderFacts
from bot.messages.model import ChatButton, ChatMessage
from bot.messages.paying import account_label, checks, copies, facts_text, payer_text
from bot.messages.words import deadline, gone_words, last_day_to_pay, still_missing
from bot.texts import Safe, Translator

Row = tuple[ChatButton, ...]


def paying_words(
    translator: Translator, catalogue: Catalogue, facts: OrderFacts, *detail: Safe | None
) -> Safe:
    """How to pay what is missing and by when; folded the checks of the bank, what the day means, and `detail`."""
    how = facts.instructions(catalogue)
    by = facts.pay_by if facts.on <= facts.pay_by < facts.payable_until else facts.payable_until
    return lines(
        [
            facts_text(translator, catalogue, how, mail_to=facts.mail_to),
            translator.html("instructions-by", by=last_day_to_pay(catalogue, facts, by)),
            folded(*checks(translator, catalogue, how), deadline(translator, catalogue, facts), *detail),
        ]
    )


def unpaid_words(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Safe:
    """The same of an order for which nothing has just arrived."""
    return paying_words(
        translator,
        catalogue,
        facts,
        still_missing(translator, facts),
        translator.html("message-expiring-on-its-way"),
    )


def paying_rows(
    translator: Translator,
    catalogue: Catalogue,
    facts: OrderFacts,
    *beside: ChatButton,
    just_paid: bool = False,
) -> tuple[Row, ...]:
    """What one pays with, in the order in which a form asks for it; then the order and what is `beside`, in pairs.

    Who has `just_paid` a part is not asked whether the rest is paid.
    """
    how = facts.instructions(catalogue)
    return (
        *_paid_with(translator, how, facts.number),
        *in_pairs(
            [
                *_on_request(translator, how, facts.number),
                *([] if just_paid else _said(translator, catalogue, facts)),
                *_otherwise(translator, catalogue, facts),
                see_order(translator, facts.number),
                *beside,
            ]
        ),
    )


def not_to_be_paid(
    translator: Translator, catalogue: Catalogue, facts: OrderFacts, title: str = ""
) -> ChatMessage:
    """In place of how an order is paid: why it is not to be, with the way to its page; `title` is another heading."""
    heading = title or translator.plain("message-gone-title", order=facts.number)
    return ChatMessage(
        translator.html("message-gone", title=heading, body=gone_words(translator, catalogue, facts)),
        ((see_order(translator, facts.number),),),
    )


def in_pairs(buttons: Iterable[ChatButton]) -> tuple[Row, ...]:
    """Rows of two; an odd one at the end has a row of its own."""
    known = list(buttons)
    return tuple(tuple(known[start : start + 2]) for start in range(0, len(known), 2))


def _paid_with(translator: Translator, how: Instructions, number: str) -> tuple[Row, ...]:
    """The page of payment, or the e-mail in which it is; or what has to be copied."""
    if isinstance(how, Link) and how.by_mail:
        return ((ChatButton(translator.plain("paying-mail-again"), data=mail_again_data(number)),),)
    if isinstance(how, Link):
        return ((ChatButton(translator.plain("paying-open", due=how.due), url=how.url),),)
    copied = copies(translator, how)
    if copied is None:
        return ()
    return in_pairs(
        ChatButton(translator.plain(label), copied=text)
        for label, text in (
            ("paying-copy-name", copied.name),
            (account_label(copied), copied.account),
            ("paying-copy-amount", copied.amount),
            ("paying-copy-reason", copied.reason),
            ("paying-copy-creditor-reference", copied.creditor_reference),
        )
        if text
    )


def _on_request(translator: Translator, how: Instructions, number: str) -> list[ChatButton]:
    """The picture of a transfer, and all in one text for who pays."""
    found = []
    if isinstance(how, Transfer) and how.due:
        found.append(ChatButton(translator.plain("order-qr"), data=qr_data(number)))
    if text := payer_text(translator, how):
        found.append(ChatButton(translator.plain("paying-for-payer"), copied=text))
    return found


def _otherwise(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> list[ChatButton]:
    """The way to another method, while nothing is paid."""
    if not facts.has_other_methods(catalogue):
        return []
    return [ChatButton(translator.plain("order-method"), data=other_method_data(facts.number))]


def _said(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> list[ChatButton]:
    """*Ho pagato*, where a payment takes days to be registered."""
    method = catalogue.methods.get(facts.method_id)
    if method is None or method.registration.at_once or not facts.missing:
        return []
    return [ChatButton(translator.plain("paid-say"), data=paid_data(facts.number))]
