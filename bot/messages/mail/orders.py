"""E-mails about an order that is not paid yet, or no longer to be paid (DOMAIN.md 4)."""

from bot.domain.catalogue import Catalogue
from bot.messages.mail.common import letter, not_to_be_paid, order_section, paying, words
from bot.messages.mail.letter import Button, Letter, Section
from bot.messages.told import (
    OrderCancelled,
    OrderExpired,
    OrderExpiring,
    OrderMethodChanged,
    OrderPlaced,
    OrderUndecided,
    OrderWithdrawn,
    VatDecided,
)
from bot.messages.withdrawal_words import follows_receipt, receipt_head
from bot.messages.words import (
    after_expiry,
    deadline,
    if_already_paid,
    last_day_to_pay,
    method_changed_words,
    open_vat_words,
    renewal_of,
    still_missing,
    vat_decided_words,
    what_was_cancelled,
    why_expired,
    withdrawal,
)
from bot.texts import Translator


def placed(told: OrderPlaced, translator: Translator, catalogue: Catalogue) -> Letter:
    """The confirmation of an order, with everything that DOMAIN.md 4 asks for."""
    facts = told.order
    return letter(
        translator,
        catalogue,
        subject=translator.plain(
            "mail-placed-subject",
            order=facts.number,
            due=facts.quote.due,
            by=last_day_to_pay(catalogue, facts, facts.pay_by),
        ),
        preview=translator.plain(
            "mail-placed-preview", count=len(facts.items), address=facts.items[0].address
        ),
        title=translator.plain("mail-placed-title", order=facts.number),
        opening=(translator.html("mail-placed-opening", placed=facts.placed_at),),
        sections=(
            paying(translator, catalogue, facts, deadline(translator, catalogue, facts)),
            order_section(translator, catalogue, facts, completed=False),
            Section(
                translator.plain("mail-placed-change"),
                (
                    *words(
                        translator.html("mail-cancel"),
                        withdrawal(translator, catalogue, facts, on_page=told.withdraw_url is not None),
                    ),
                    *(
                        ()
                        if told.withdraw_url is None
                        else (Button(translator.plain("withdrawal-open"), told.withdraw_url),)
                    ),
                ),
            ),
        ),
    )


def withdrawn(told: OrderWithdrawn, translator: Translator, catalogue: Catalogue) -> Letter:
    """The receipt of a withdrawal."""
    facts, receipt = told.order, told.receipt
    return letter(
        translator,
        catalogue,
        subject=translator.plain("withdrawal-receipt-title", order=facts.number, kit=receipt.kit_alone),
        preview=translator.plain("withdrawal-mail-preview", number=receipt.number, at=receipt.at),
        title=translator.plain("withdrawal-receipt-title", order=facts.number, kit=receipt.kit_alone),
        opening=(
            *receipt_head(translator, receipt),
            translator.html("withdrawal-said", words=receipt.words),
            translator.html("withdrawal-receipt-is"),
        ),
        sections=(
            Section(
                translator.plain("withdrawal-follows"),
                words(
                    *follows_receipt(
                        translator, catalogue, receipt, kit_id=facts.kit_id, auto_renew=facts.auto_renew
                    )
                ),
            ),
        ),
    )


def undecided(told: OrderUndecided, translator: Translator, catalogue: Catalogue) -> Letter:
    """The confirmation of an order that waits for the operator's word on its VAT: nothing is to be paid yet."""
    facts = told.order
    return letter(
        translator,
        catalogue,
        subject=translator.plain("mail-undecided-subject", order=facts.number),
        preview=translator.plain(
            "mail-preview-mailboxes", count=len(facts.items), first=facts.items[0].address
        ),
        title=translator.plain("mail-placed-title", order=facts.number),
        opening=(
            translator.html("mail-placed-opening", placed=facts.placed_at),
            open_vat_words(translator, catalogue, facts),
        ),
        sections=(
            order_section(translator, catalogue, facts, completed=False),
            Section(
                translator.plain("mail-placed-change"),
                words(
                    translator.html("mail-cancel"), withdrawal(translator, catalogue, facts, on_page=False)
                ),
            ),
        ),
    )


def vat_decided(told: VatDecided, translator: Translator, catalogue: Catalogue) -> Letter:
    """The operator has decided on the VAT: what the order costs, and how to pay it."""
    facts = told.order
    if facts.gone:
        return not_to_be_paid(translator, catalogue, facts)
    return letter(
        translator,
        catalogue,
        subject=translator.plain(
            "mail-placed-subject",
            order=facts.number,
            due=facts.quote.due,
            by=last_day_to_pay(catalogue, facts, facts.pay_by),
        ),
        preview=translator.plain(
            "mail-preview-mailboxes", count=len(facts.items), first=facts.items[0].address
        ),
        title=translator.plain("message-vat-decided-title", order=facts.number),
        opening=(vat_decided_words(translator, catalogue, facts), renewal_of(translator, facts)),
        sections=(
            paying(translator, catalogue, facts, deadline(translator, catalogue, facts)),
            order_section(translator, catalogue, facts, completed=False),
            Section(translator.plain("mail-placed-change"), words(translator.html("mail-cancel"))),
        ),
    )


def method_changed(told: OrderMethodChanged, translator: Translator, catalogue: Catalogue) -> Letter:
    """An order is paid by another method than the one in its confirmation: how, and by when."""
    facts = told.order
    return letter(
        translator,
        catalogue,
        subject=translator.plain("message-method-title", order=facts.number),
        preview=translator.plain(
            "mail-preview-mailboxes", count=len(facts.items), first=facts.items[0].address
        ),
        title=translator.plain("message-method-title", order=facts.number),
        opening=(method_changed_words(translator, catalogue, facts), renewal_of(translator, facts)),
        sections=(
            paying(translator, catalogue, facts, deadline(translator, catalogue, facts)),
            Section(translator.plain("mail-placed-change"), words(translator.html("mail-cancel"))),
        ),
    )


def expiring(told: OrderExpiring, translator: Translator, catalogue: Catalogue) -> Letter:
    """An order that will soon be too late: what is missing, by when, and how to pay it."""
    facts = told.order
    if facts.gone:
        return not_to_be_paid(translator, catalogue, facts)
    return letter(
        translator,
        catalogue,
        subject=translator.plain(
            "mail-expiring-subject",
            order=facts.number,
            missing=facts.missing,
            until=last_day_to_pay(catalogue, facts, facts.payable_until),
        ),
        preview=translator.plain(
            "mail-preview-mailboxes", count=len(facts.items), first=facts.items[0].address
        ),
        title=translator.plain("message-expiring-title", order=facts.number),
        opening=(
            renewal_of(translator, facts),
            still_missing(translator, facts),
            deadline(translator, catalogue, facts),
        ),
        sections=(
            paying(translator, catalogue, facts, translator.html("message-expiring-on-its-way")),
            Section(translator.plain("mail-placed-change"), words(translator.html("mail-cancel"))),
        ),
    )


def expired(told: OrderExpired, translator: Translator, catalogue: Catalogue) -> Letter:
    """An order that is too late: what becomes of its mailboxes, and what can still be done."""
    facts = told.order
    return letter(
        translator,
        catalogue,
        subject=translator.plain("message-expired-title", order=facts.number),
        preview=translator.plain(
            "mail-preview-mailboxes", count=len(facts.items), first=facts.items[0].address
        ),
        title=translator.plain("message-expired-title", order=facts.number),
        opening=(
            why_expired(translator, facts),
            *after_expiry(translator, catalogue, facts),
            if_already_paid(translator, catalogue, facts),
        ),
        sections=(),
    )


def cancelled(told: OrderCancelled, translator: Translator, catalogue: Catalogue) -> Letter:
    """An order that was cancelled while it was unpaid: nobody should pay it any more."""
    facts = told.order
    return letter(
        translator,
        catalogue,
        subject=translator.plain("message-cancelled-title", order=facts.number),
        preview=translator.plain("mail-cancelled-preview", due=facts.quote.due),
        title=translator.plain("message-cancelled-title", order=facts.number),
        opening=(what_was_cancelled(translator, facts), if_already_paid(translator, catalogue, facts)),
        sections=(),
    )
