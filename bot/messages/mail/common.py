"""What several e-mails have in common: the letterhead and footer, how to pay, the lines of the order."""

from collections.abc import Iterable

from bot.domain.catalogue import Catalogue, Registration
from bot.domain.instructions import Instructions, Link, Slip, Transfer, Unknown
from bot.domain.prices import Line, LineKind
from bot.domain.summary import AddedLines, added_up, by_mailbox, is_promoted, paid_once
from bot.domain.vat import VatTreatment
from bot.messages.facts import Item, OrderFacts
from bot.messages.mail.letter import (
    Button,
    Drawing,
    Entries,
    Entry,
    Fact,
    Facts,
    Letter,
    Paragraph,
    Part,
    Section,
)
from bot.messages.model import Picture, Unsubscribe
from bot.messages.paying import integrates
from bot.messages.qr import transfer_qr
from bot.messages.words import (
    activated,
    archives_closing,
    gone_words,
    kit_name,
    mention_words,
    named,
    plan_name,
    renewal_of,
    split_ended,
)
from bot.texts import Safe, Translator
from bot.texts.formats import money, short_date

_MOST_ONE_BY_ONE = 10
"""Mailboxes whose lines are each written; more are added up, and the order in the chat has them all."""


def letter(
    translator: Translator,
    catalogue: Catalogue,
    *,
    subject: str,
    preview: str,
    title: str,
    opening: Iterable[Safe | None],
    sections: tuple[Section, ...],
) -> Letter:
    """A letter of the operator's, with its name above and its particulars below."""
    operator = catalogue.operator
    footer = [
        translator.html("mail-footer-safety", operator=operator.name),
        translator.html("mail-footer-help", email=operator.email, phone=operator.phone),
        translator.html(
            "mail-footer-operator",
            name=operator.legal_name,
            vat=operator.vat_number,
            address=operator.address,
        ),
    ]
    if operator.example:
        footer.append(translator.html("mail-footer-example"))
    return Letter(
        locale=translator.locale,
        sender=operator.name,
        subject=subject,
        preview=preview,
        title=title,
        opening=words(*opening),
        sections=sections,
        footer=tuple(footer),
    )


def fewer(translator: Translator, catalogue: Catalogue, unsubscribe: Unsubscribe | None) -> tuple[Safe, ...]:
    """For the footer: how to get fewer e-mails of this kind, and what comes all the same; nothing without a way."""
    if unsubscribe is None:
        return ()
    if unsubscribe.url is None:
        return (translator.html("mail-fewer-write", email=catalogue.operator.email, code=unsubscribe.code),)
    return (translator.html("mail-fewer-link", url=unsubscribe.url),)


def words(*said: Safe | None) -> tuple[Part, ...]:
    """A paragraph for each part that says something."""
    return tuple(Paragraph(part) for part in said if part)


def not_to_be_paid(
    translator: Translator, catalogue: Catalogue, facts: OrderFacts, title: str = ""
) -> Letter:
    """In place of how an order is paid: why it is not to be, and where it is cancelled; `title` is another heading."""
    heading = title or translator.plain("message-gone-title", order=facts.number)
    return letter(
        translator,
        catalogue,
        subject=heading,
        preview=translator.plain(
            "mail-preview-mailboxes", count=len(facts.items), first=facts.items[0].address
        ),
        title=heading,
        opening=(
            renewal_of(translator, facts),
            gone_words(translator, catalogue, facts),
            None if facts.received else translator.html("mail-reminder-in-chat"),
        ),
        sections=(),
    )


def paying(translator: Translator, catalogue: Catalogue, facts: OrderFacts, *after: Safe | None) -> Section:
    """How to pay what is missing, with all that has to be copied; `after` follows."""
    how = facts.instructions(catalogue)
    return Section(
        translator.plain("mail-pay-title"),
        (*_instructions(translator, catalogue, how, facts.number), *words(*after)),
    )


def _instructions(
    translator: Translator, catalogue: Catalogue, how: Instructions, number: str
) -> tuple[Part, ...]:
    def fact(key: str, value: str, *, strong: bool = False, copied: bool = False, note: str = "") -> Fact:
        return Fact(translator.plain(key), value, note, strong, copied)

    amount = fact("mail-pay-amount", money(how.due, translator.locale), strong=True)
    if isinstance(how, Unknown):
        operator = catalogue.operator
        reason = fact("mail-pay-order", how.reason, copied=True)
        told = translator.html(
            "mail-pay-unknown", operator=operator.name, email=operator.email, phone=operator.phone
        )
        return (Facts((amount, reason)), Paragraph(told))
    method = fact("mail-pay-method", named(translator, how.names), note=_timing(translator, how.registration))
    if isinstance(how, Link):
        return (
            Facts((amount, method)),
            Button(translator.plain("paying-open", due=how.due), how.url),
            Paragraph(translator.html("mail-pay-link"), quiet=True),
        )
    reason = fact(
        "mail-pay-reason",
        how.reason,
        copied=True,
        note=translator.plain("mail-pay-reason-note", integrates=integrates(how.reason)),
    )
    beneficiary = fact("mail-pay-beneficiary", how.beneficiary, copied=True)
    if isinstance(how, Slip):
        account = fact("mail-pay-account", how.account, copied=True)
        return (Facts((amount, method, account, beneficiary, reason)),)
    iban = fact("mail-pay-iban", how.iban_in_groups, copied=True)
    bic = (fact("mail-pay-bic", how.bic, copied=True),) if how.bic else ()
    reference = (
        (
            fact(
                "mail-pay-creditor-reference",
                how.reference_in_groups,
                copied=True,
                note=translator.plain("mail-pay-creditor-reference-note"),
            ),
        )
        if how.creditor_reference
        else ()
    )
    return (
        Facts((amount, method, beneficiary, iban, *bic, reason, *reference)),
        *_name_check(translator, catalogue),
        *_qr(translator, how, number),
        *_commitment_letter(translator, catalogue, how),
    )


def _name_check(translator: Translator, catalogue: Catalogue) -> tuple[Part, ...]:
    """That a bank which shows another name is a reason to stop and ask (Verification of Payee, DOMAIN.md 4)."""
    operator = catalogue.operator
    return words(translator.html("instructions-name-check", operator=operator.name, email=operator.email))


def _timing(translator: Translator, registration: Registration) -> str:
    return translator.plain(
        "mail-pay-timing",
        at_once=registration.at_once,
        same=registration.min_days == registration.max_days,
        min=registration.min_days,
        max=registration.max_days,
    )


def _qr(translator: Translator, how: Transfer, number: str) -> tuple[Part, ...]:
    try:
        png = transfer_qr(how)
    except ValueError:
        # Nothing is due, or a value does not fit in such a code: what is written above says it all.
        return ()
    picture = Picture(
        cid=f"qr-{number}", name=f"{number}.png", alt=translator.plain("mail-pay-qr-alt"), png=png
    )
    return (Drawing(picture, translator.html("mail-pay-qr")),)


def _commitment_letter(translator: Translator, catalogue: Catalogue, how: Transfer) -> tuple[Part, ...]:
    if not how.commitment_letter:
        return ()
    operator = catalogue.operator
    return words(translator.html("mail-pay-letter", operator=operator.name, email=operator.email))


def order_section(
    translator: Translator, catalogue: Catalogue, facts: OrderFacts, *, completed: bool
) -> Section:
    """The lines of the order, mailbox by mailbox where they are few, and the sums.

    Before it is `completed`, what it takes away comes first, and what it brings is listed; afterwards both are said
    elsewhere.
    """
    quote = facts.quote
    priced = by_mailbox(quote)
    many = len(priced) > _MOST_ONE_BY_ONE
    parts: list[Part] = []
    if not completed:
        parts += words(archives_closing(translator, catalogue, facts))
    if many:
        sums = added_up(line for box in priced for line in box.lines)
        entries = tuple(_added(translator, catalogue, each, quote.years) for each in sums)
        parts.append(Entries(entries, translator.plain("mail-order-many", count=len(priced))))
    else:
        boxes = {item.mailbox_id: item for item in facts.items}
        parts += [
            Entries(
                (
                    *(_line(translator, catalogue, line) for line in box.lines),
                    _expiry(translator, catalogue, boxes[box.mailbox_id]),
                ),
                boxes[box.mailbox_id].address,
            )
            for box in priced
        ]
    once = tuple(_line(translator, catalogue, line) for line in paid_once(quote))
    if once:
        parts.append(Entries(once, translator.plain("mail-order-once")))
    parts.append(Entries(_totals(translator, facts)))
    parts += words(mention_words(translator, facts.vat_mention))
    if facts.split_ended:
        parts += words(split_ended(translator, catalogue))
    if facts.auto_renew and not completed:
        parts += words(translator.html("mail-auto-renewal"))
    if many and not completed:
        parts.append(mailbox_list(translator, catalogue, facts))
    return Section(translator.plain("mail-order-section", order=facts.number), tuple(parts))


def mailbox_list(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Entries:
    """Every mailbox with its new expiry and what it has from then on."""
    return Entries(
        tuple(
            Entry(
                item.address,
                short_date(item.new_expiry, translator.locale),
                activated(translator, catalogue, item),
            )
            for item in facts.items
        ),
        translator.plain("mail-mailboxes", count=len(facts.items)),
    )


def _line(translator: Translator, catalogue: Catalogue, line: Line) -> Entry:
    name = (
        kit_name(translator, catalogue, line.code)
        if line.kind in {LineKind.KIT, LineKind.SHIPPING}
        else plan_name(translator, catalogue, line.code)
    )
    return _entry(
        translator,
        translator.plain(
            "lines-what",
            kind=line.kind.value,
            name=name,
            promoted=is_promoted(line),
            quantity=line.quantity,
            years=line.years,
        ),
        line,
    )


def _added(translator: Translator, catalogue: Catalogue, sums: AddedLines, years: int) -> Entry:
    what = translator.plain(
        "lines-added-what",
        kind=sums.kind.value,
        name=plan_name(translator, catalogue, sums.code),
        promoted=sums.promoted,
        mailboxes=sums.mailboxes,
        quantity=sums.quantity,
    )
    return _entry(translator, translator.plain("mail-order-years", what=what, years=years), sums)


def _entry(translator: Translator, what: str, priced: Line | AddedLines) -> Entry:
    return Entry(
        what,
        money(priced.total, translator.locale),
        translator.plain("mail-order-vat", net=priced.net, vat=priced.vat),
    )


def _expiry(translator: Translator, catalogue: Catalogue, item: Item) -> Entry:
    changed = item.plan_id != item.old_plan_id
    detail = (
        translator.plain(
            "mail-order-plan-change",
            old=plan_name(translator, catalogue, item.old_plan_id),
            new=plan_name(translator, catalogue, item.plan_id),
        )
        if changed
        else ""
    )
    return Entry(
        translator.plain("mail-order-new-expiry", old=item.old_expiry),
        short_date(item.new_expiry, translator.locale),
        detail,
    )


def _totals(translator: Translator, facts: OrderFacts) -> tuple[Entry, ...]:
    quote = facts.quote

    def total(key: str, cents: int, *, strong: bool = False, detail: str = "") -> Entry:
        return Entry(translator.plain(key), money(cents, translator.locale), detail, strong)

    if facts.vat is VatTreatment.OPEN:
        return (
            total("mail-order-net", quote.net, strong=True),
            total("mail-order-vat-open", quote.vat),
            total("mail-order-total-open", quote.total, strong=True),
        )
    rows = [total("mail-order-net", quote.net), total("mail-order-vat-sum", quote.vat)]
    if quote.split_payment:
        rows.append(total("mail-order-total", quote.total))
        split = translator.plain("mail-order-split")
        return (*rows, total("mail-order-due", quote.due, strong=True, detail=split))
    return (*rows, total("mail-order-total", quote.due, strong=True))
