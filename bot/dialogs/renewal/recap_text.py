"""What the recap says, block by block (DOMAIN.md 3.8)."""

from collections.abc import Iterator

from bot.dialogs.order_lines import OrderLines, lines_of_renewal
from bot.dialogs.renewal.forms import address_line, blocks
from bot.dialogs.renewal.mailbox_text import lines_of
from bot.dialogs.renewal.payment import is_late, rescue_text
from bot.domain.calendar import registered
from bot.domain.catalogue import Document, DocumentId, RenewAt
from bot.domain.drafts import (
    Gap,
    all_required_accepted,
    chosen_kit,
    chosen_method,
    documents_for,
    method_arrival,
    renewed_documents,
)
from bot.domain.instant import ways_to_transfer
from bot.domain.renewal import Renewal
from bot.domain.vat import VatTreatment
from bot.messages.blocks import folded
from bot.messages.words import named
from bot.services.errors import OfferChanged
from bot.services.renewing.offer import automatic_renewal
from bot.texts import Safe, Translator


def recap_body(translator: Translator, renewal: Renewal, changed: OfferChanged | None) -> Safe:
    """What is missing, the documents to accept once nothing is, and last what is ordered: directly above the buttons.

    Documents, clauses and the sums of each line are folded; what the mailboxes become, the registrant, the payment and
    automatic renewal never are, nor is the total, which stands below.
    """
    gaps = renewal.gaps
    lines = lines_of_renewal(translator, renewal)
    return lines_of(
        [
            None if changed is None else _changed(translator, changed),
            folded(
                _missing(translator, gaps) if gaps else _documents(translator, renewal),
                lines.detail() or None,
                _kit(translator, renewal, lines),
                _sums(lines),
                _rescued(translator, renewal),
                lines.split_note() if gaps else None,
            ),
            lines.brief() if lines.boxes else None,
            _kit_brief(translator, renewal),
            *_choices(translator, renewal),
            None if gaps else lines.split_note(),
            _open_vat(translator, renewal),
            None
            if gaps or all_required_accepted(renewal.draft, renewal.facts)
            else translator.html("renewal-recap-then"),
        ]
    )


def _open_vat(translator: Translator, renewal: Renewal) -> Safe | None:
    """That the operator decides on the VAT, and what follows; nothing where it is charged."""
    if renewal.vat is VatTreatment.CHARGED:
        return None
    return translator.html("vat-recap", operator=renewal.facts.catalogue.operator.name)


def _changed(translator: Translator, changed: OfferChanged) -> Safe:
    """What is no longer as the final button showed it."""
    amount = changed.old_due != changed.new_due
    other = not (amount or changed.documents or changed.dates)
    return lines_of(
        [
            translator.html("renewal-recap-changed"),
            translator.html("renewal-recap-changed-amount", old=changed.old_due, new=changed.new_due)
            if amount
            else None,
            translator.html("renewal-recap-changed-documents") if changed.documents else None,
            translator.html("renewal-recap-changed-dates") if changed.dates else None,
            translator.html("renewal-recap-changed-choices") if other else None,
        ]
    )


def _missing(translator: Translator, gaps: tuple[Gap, ...]) -> Safe:
    return lines_of(
        [
            translator.html("renewal-recap-missing"),
            *(translator.html(f"renewal-recap-missing-{gap.value}") for gap in gaps),
        ]
    )


def _kit(translator: Translator, renewal: Renewal, lines: OrderLines) -> Safe | None:
    kit, choice = chosen_kit(renewal.draft, renewal.facts), renewal.draft.kit
    if kit is None or choice is None:
        return None
    holder, shipping = choice.holder, choice.shipping
    name = "" if holder is None else f"{holder.first_name} {holder.last_name}".strip()
    address = "" if shipping is None else address_line(translator, shipping.address)
    return lines_of(
        [
            translator.html("renewal-recap-kit"),
            lines.once(),
            translator.html("renewal-recap-kit-holder", name=name, years=kit.certificate_years)
            if name
            else None,
            translator.html(
                "renewal-recap-kit-shipping", name="" if shipping is None else shipping.name, address=address
            )
            if kit.has_hardware and address
            else None,
        ]
    )


def _kit_brief(translator: Translator, renewal: Renewal) -> Safe | None:
    """The kit and whose it is, in one line."""
    kit, choice = chosen_kit(renewal.draft, renewal.facts), renewal.draft.kit
    if kit is None or choice is None:
        return None
    holder = choice.holder
    name = "" if holder is None else f"{holder.first_name} {holder.last_name}".strip()
    return translator.html("renewal-recap-kit-brief", kit=named(translator, kit.names), name=name or "none")


def _sums(lines: OrderLines) -> Safe | None:
    """The sums without VAT, where a single line does not say them already."""
    split = lines.quote.split_payment
    return lines.sums() if lines.quote.lines and (split or not lines.are_short) else None


def _choices(translator: Translator, renewal: Renewal) -> Iterator[Safe]:
    """Who, how and for how long, as far as it is chosen."""
    yield translator.html("renewal-recap-registrant", name=renewal.registrant.display_name)
    method = chosen_method(renewal.draft, renewal.facts)
    if method is None or not renewal.draft.items:
        return
    dates = registered(method, renewal.facts.today, renewal.facts.at)
    yield translator.html(
        "renewal-recap-payment",
        method=named(translator, method.names),
        earliest=dates.earliest,
        latest=dates.latest,
        same=dates.earliest == dates.latest,
        late=is_late(renewal, method_arrival(renewal.draft, renewal.facts, method)),
    )
    if renewal.draft.auto_renew and renewal.draft.years is not None:
        charge = automatic_renewal(renewal, renewal.draft.years)
        yield translator.html(
            "renewal-recap-auto-renew-on",
            due=charge.amount,
            years=charge.years,
            first=charge.first_charge,
            last=charge.last_charge,
            same=charge.first_charge == charge.last_charge,
            asked=renewal.ordered_way is not None,
            way=renewal.notice_way.value,
        )
    else:
        yield translator.html("renewal-recap-auto-renew-off")


def _rescued(translator: Translator, renewal: Renewal) -> Safe | None:
    """That the chosen transfer is in time as an instant one, where it is not otherwise."""
    method = chosen_method(renewal.draft, renewal.facts)
    if method is None:
        return None
    return rescue_text(translator, renewal, ways_to_transfer(renewal.facts.catalogue, method))


def _documents(translator: Translator, renewal: Renewal) -> Safe:
    documents = documents_for(renewal.draft, renewal.facts)
    renewed = renewed_documents(renewal.draft, renewal.facts)
    required = [document for document in documents if document.id is not DocumentId.EARLY_START]
    return blocks(
        lines_of(
            [
                translator.html("renewal-recap-documents"),
                *(
                    _document(translator, document, position, renewed=document.id in renewed)
                    for position, document in enumerate(required, start=1)
                ),
            ]
        ),
        *(
            translator.html(
                "renewal-recap-early-start",
                name=named(translator, document.names),
                url=named(translator, document.urls),
                version=document.version,
                renewed=document.id in renewed,
                days=renewal.facts.catalogue.rules.withdrawal_days,
                waits=renewal.facts.catalogue.rules.renew_at is RenewAt.AFTER_WITHDRAWAL,
            )
            for document in documents
            if document not in required
        ),
        translator.html("renewal-recap-withdrawal", days=renewal.facts.catalogue.rules.withdrawal_days)
        if renewal.registrant.kind.is_consumer
        else None,
    )


def _document(translator: Translator, document: Document, position: int, *, renewed: bool) -> Safe:
    """A document with its version and its link, and the clauses that are approved one by one."""
    return lines_of(
        [
            translator.html(
                "renewal-recap-document",
                position=position,
                name=named(translator, document.names),
                url=named(translator, document.urls),
                version=document.version,
                renewed=renewed,
            ),
            *(
                translator.html(
                    "renewal-recap-clause", number=clause.number, title=named(translator, clause.titles)
                )
                for clause in document.clauses
            ),
        ]
    )
