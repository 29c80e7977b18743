"""Sentences that a message in a chat and an e-mail share, so that the two never say different things."""

from datetime import date, datetime, time

from bot.clock import rome_day
from bot.domain.calendar import Arrival, charge_date, last_order_day, registered
from bot.domain.catalogue import Catalogue, Names
from bot.domain.deadlines import limits_of
from bot.domain.instant import Rescue, rescue, ways_to_transfer
from bot.domain.invoices import Invoice
from bot.domain.mailboxes import is_deleted
from bot.domain.summary import next_renewal, of_mailbox
from bot.domain.vat import Mention, VatTreatment
from bot.domain.withdrawal import ONLINE_FROM, last_day
from bot.messages.facts import Item, OrderFacts
from bot.texts import Safe, Translator


def named(translator: Translator, names: Names) -> str:
    """A name of the catalogue's in the reader's language."""
    return names[translator.locale.value]


def hour(at: time) -> str:
    """An hour as both languages write it: `15:00`."""
    return f"{at:%H:%M}"


def plan_name(translator: Translator, catalogue: Catalogue, plan_id: str) -> str:
    """A plan by name; its id, where the catalogue has given it up."""
    plan = catalogue.plans.get(plan_id)
    return plan_id if plan is None else named(translator, plan.names)


def kit_name(translator: Translator, catalogue: Catalogue, kit_id: str) -> str:
    """A digital-signature kit by name; its id, where the catalogue has given it up."""
    kit = catalogue.kits.get(kit_id)
    return kit_id if kit is None else named(translator, kit.names)


def deadline(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Safe:
    """By when the payment must be registered, and what happens to the mailboxes otherwise (DOMAIN.md 4).

    By when it has to be ordered for that follows, where the order's method takes its time.
    """
    registered_by = translator.html(
        "instructions-deadline",
        by=facts.pay_by,
        until=facts.payable_until,
        saves=facts.on <= facts.pay_by < facts.payable_until,
        count=len(facts.items),
    )
    said = [registered_by, *_ordered_by(translator, catalogue, facts)]
    return Safe(" ").join(said)


def _ordered_by(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> list[Safe]:
    """The last day and hour at which the payment can be made; or that one made that day is late (DOMAIN.md 3.6).

    A message is read some time after it was written: it says the last moment, which stays true, and no arrival.
    """
    method = catalogue.methods.get(facts.method_id)
    if method is None or method.registration.at_once:
        return []
    by = facts.pay_by if facts.on <= facts.pay_by else facts.payable_until
    latest = registered(method, facts.on, time.min).latest
    late = Arrival.AFTER_EXPIRY if latest <= facts.payable_until else Arrival.AFTER_DELETION
    last = last_order_day(method, by)
    if latest <= by == last and method.cutoff is None:
        return []  # the day itself, which has just been named
    ordered_by = translator.html(
        "instructions-order-by",
        arrival=(Arrival.IN_TIME if latest <= by else late).value,
        by=by,
        last=last,
        has_cutoff=method.cutoff is not None,
        cutoff=hour(method.cutoff or time.min),
    )
    found = rescue(
        ways_to_transfer(catalogue, method),
        by=facts.pay_by,
        until=facts.payable_until,
        today=facts.on,
        at=time.min,
    )
    return [ordered_by, *([] if found is None else [rescue_words(translator, found, ordered=True)])]


def last_day_to_pay(catalogue: Catalogue, facts: OrderFacts, by: date) -> date:
    """The last day on which the order can be paid by its method to be registered by a date; that date where it is over.

    A short line that names one day, such as the subject of an e-mail, names this one: who waits for the later one comes
    too late (DOMAIN.md 3.6).
    """
    method = catalogue.methods.get(facts.method_id)
    if method is None or method.registration.at_once:
        return by
    last = last_order_day(method, by)
    return last if last >= facts.on else by


def rescue_words(translator: Translator, found: Rescue, *, ordered: bool) -> Safe:
    """That an instant transfer is in time where an ordinary one is not (DOMAIN.md 3.6).

    `ordered` says whether there is an order already, whose own transfer can be made instantly.
    """
    return translator.html(
        "instant-rescue-order" if ordered else "instant-rescue",
        saves=found.saves.value,
        already=found.after is None,
        after=hour(found.after or time.min),
    )


def split_ended(translator: Translator, catalogue: Catalogue, *, today: date | None = None) -> Safe:
    """That split payment, which was declared, is not authorised any more as far as is known (DOMAIN.md 3.6).

    `today` is given where it may be a later charge that comes after the end.
    """
    until = catalogue.rules.split_payment_until
    return translator.html(
        "split-payment-ended",
        over=today is None or today > until,
        until=until,
        operator=catalogue.operator.name,
    )


def activated(translator: Translator, catalogue: Catalogue, item: Item) -> str:
    """The plan and the space that a mailbox has now, in one line."""
    plan = catalogue.plans.get(item.plan_id)
    if plan is None:
        return translator.plain("message-active-plan", plan=item.plan_id)
    return translator.plain(
        "message-active",
        plan=named(translator, plan.names),
        mailbox=plan.mailbox_gb + item.extra_mailbox_gb,
        archive=plan.archive_gb + item.extra_archive_gb,
        archives=plan.has_archive,
    )


def lost_archives(catalogue: Catalogue, facts: OrderFacts) -> tuple[Item, ...]:
    """The mailboxes whose archive the change of plan closes (DOMAIN.md 3.2)."""
    plans = catalogue.plans
    return tuple(
        item
        for item in facts.items
        if item.old_plan_id in plans
        and item.plan_id in plans
        and plans[item.old_plan_id].has_archive
        and not plans[item.plan_id].has_archive
    )


def archives_closed(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Safe | None:
    """What a completed renewal took away; nothing when it took nothing."""
    closed = lost_archives(catalogue, facts)
    if not closed:
        return None
    return translator.html("message-archives-closed", count=len(closed), first=closed[0].address)


def archives_closing(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Safe | None:
    """What the order will take away once it is complete; nothing when it takes nothing."""
    closing = lost_archives(catalogue, facts)
    if not closing:
        return None
    return translator.html("message-archives-closing", count=len(closing), first=closing[0].address)


def auto_renewal(
    translator: Translator, catalogue: Catalogue, facts: OrderFacts, since: datetime | None = None
) -> Safe | None:
    """That the mailboxes renew themselves, `since` when, and what is charged next; nothing when they do not."""
    if not facts.auto_renew:
        return None
    years = facts.quote.years
    charges = {item.mailbox_id: charge_date(item.new_expiry, catalogue) for item in facts.items}
    first, last = min(charges.values()), max(charges.values())
    later = [next_renewal(of_mailbox(facts.quote, box), years, catalogue, on) for box, on in charges.items()]
    return translator.html(
        "message-auto-renewal",
        dated=since is not None,
        at=since or facts.placed_at,
        first=first,
        last=last,
        same=first == last,
        due=sum(quote.due for quote in later),
        years=years,
    )


def kit_ordered(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Safe | None:
    """The digital-signature kit that the order brings; nothing without one."""
    if facts.kit_id is None:
        return None
    return translator.html("message-kit", kit=kit_name(translator, catalogue, facts.kit_id))


def gone_words(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Safe:
    """Why nothing is to be paid: which mailboxes are gone, what to do for the others, and whom to ask."""
    operator, gone = catalogue.operator, facts.gone
    return translator.html(
        "order-gone",
        first=gone[0].address,
        count=len(gone),
        more=len(gone) - 1,
        others=bool(facts.living) and facts.received == 0,
        operator=operator.name,
        email=operator.email,
    )


def surplus(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Safe | None:
    """What arrived beyond what was due; nothing when it was exact (DOMAIN.md 5)."""
    if not facts.refund:
        return None
    return translator.html("message-surplus", refund=facts.refund, operator=catalogue.operator.name)


def renewal_of(translator: Translator, facts: OrderFacts) -> Safe:
    """Which mailboxes the order is about: its number alone says little to a reader."""
    return translator.html("message-renewal-of", count=len(facts.items), first=facts.items[0].address)


def open_vat_words(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Safe:
    """That the operator decides on the VAT, what the order costs either way, and that nothing can be paid before."""
    return translator.html(
        "vat-open",
        operator=catalogue.operator.name,
        net=facts.quote.net,
        total=facts.quote.total,
    )


def mention_words(translator: Translator, mention: str | None) -> Safe | None:
    """Why no VAT is charged, as the invoice says it; nothing where it is charged."""
    if mention is None:
        return None
    return translator.html("vat-mention", why=mention if mention in set(Mention) else "own", mention=mention)


def vat_decided_words(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Safe:
    """What the operator has decided, and what is due; `mention_words` say why."""
    return translator.html(
        "vat-decided",
        operator=catalogue.operator.name,
        without=facts.vat is VatTreatment.WITHOUT,
        due=facts.quote.due,
        vat=facts.quote.vat,
    )


def invoice_words(translator: Translator, facts: OrderFacts, invoice: Invoice) -> Safe:
    """Which invoice was issued, of when, and for which order."""
    return translator.html(
        "message-invoice-what",
        document=invoice.document.value,
        number=invoice.number,
        issued=invoice.issued_on,
        order=facts.number,
    )


def registered_so_far(translator: Translator, facts: OrderFacts, paid: int) -> Safe:
    """What a payment of `paid` cents brought, and how it stands to what is due."""
    return translator.html(
        "message-partial-received",
        paid=paid,
        received=facts.received,
        due=facts.quote.due,
        several=facts.received != paid,
        order=facts.number,
    )


def what_remains(translator: Translator, facts: OrderFacts) -> Safe:
    """What is missing after a payment in part, and what follows from that."""
    return Safe(" ").join([missing_words(translator, facts), completes_words(translator)])


def missing_words(translator: Translator, facts: OrderFacts) -> Safe:
    """What is missing after a payment in part."""
    return translator.html("message-partial-missing", missing=facts.missing)


def completes_words(translator: Translator) -> Safe:
    """That the renewal is complete with the rest alone."""
    return translator.html("message-partial-completes")


def method_changed_words(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Safe:
    """That the instructions of before count no longer, and a payment that is on its way does."""
    method = catalogue.methods.get(facts.method_id)
    return translator.html(
        "message-method-what",
        method=facts.method_id if method is None else named(translator, method.in_sentence),
    )


def still_missing(translator: Translator, facts: OrderFacts) -> Safe:
    """What is missing when nothing has just arrived."""
    return translator.html(
        "message-expiring-due",
        some=facts.received > 0,
        received=facts.received,
        missing=facts.missing,
    )


def why_expired(translator: Translator, facts: OrderFacts) -> Safe:
    """What was not paid, and by when it should have been; or that nobody has said what was to be paid."""
    if facts.vat is VatTreatment.OPEN:
        return translator.html("vat-expired", until=facts.payable_until)
    return translator.html(
        "message-expired-why",
        due=facts.quote.due,
        some=facts.received > 0,
        until=facts.payable_until,
    )


def what_was_cancelled(translator: Translator, facts: OrderFacts) -> Safe:
    """That nothing is to be paid any more, and with which expiries the mailboxes stay that are not gone."""
    living = facts.living
    return translator.html(
        "message-cancelled-what",
        count=len(living),
        first=living[0].address if living else "-",
        expires=min((item.old_expiry for item in living), default=facts.on),
    )


def lost_and_renewable(catalogue: Catalogue, facts: OrderFacts) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The mailboxes that can no longer be saved on the day of the payload, and those that still can.

    Of those that are gone neither is known (docs/decisions/034).
    """
    lost = tuple(item for item in facts.living if is_deleted(item.before, catalogue, facts.on))
    return lost, tuple(item for item in facts.living if item not in lost)


def after_expiry(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> tuple[Safe, ...]:
    """What becomes of the mailboxes of an order that expired, the worst first (DOMAIN.md 3.1 and 4)."""
    lost, renewable = lost_and_renewable(catalogue, facts)
    told: list[Safe] = []
    if lost:
        told.append(
            translator.html(
                "message-expired-gone",
                count=len(lost),
                first=lost[0].address,
                last_day=_soonest_deletion(catalogue, lost),
                url=catalogue.operator.purchase_url,
            )
        )
    if renewable:
        told.append(
            translator.html(
                "message-expired-renewable",
                count=len(renewable),
                first=renewable[0].address,
                until=_soonest_deletion(catalogue, renewable),
            )
        )
    return tuple(told)


def if_already_paid(translator: Translator, catalogue: Catalogue, facts: OrderFacts) -> Safe:
    """What happens to money of an order that is closed: none is ever dropped (DOMAIN.md 5)."""
    return translator.html(
        "message-if-already-paid",
        some=facts.received > 0,
        received=facts.received,
        operator=catalogue.operator.name,
        email=catalogue.operator.email,
    )


def withdrawal(
    translator: Translator, catalogue: Catalogue, facts: OrderFacts, *, on_page: bool
) -> Safe | None:
    """Until when and how a consumer withdraws, from a kit's hardware too; nothing for other holders.

    `on_page` is whether a link to it follows.
    """
    if not facts.consumer:
        return None
    rules, placed_on = catalogue.rules, rome_day(facts.placed_at)
    online, email = placed_on >= ONLINE_FROM, catalogue.operator.withdrawal_email
    said = translator.html(
        "order-withdrawal",
        days=rules.withdrawal_days,
        until=last_day(placed_on, rules),
        way="mail" if not online else "web" if on_page else "chat",
        email=email,
    )
    kit = None if facts.kit_id is None else catalogue.kits.get(facts.kit_id)
    if kit is None or not kit.has_hardware:
        return said
    way = "later" if online else "mail"
    goods = translator.html(
        "order-withdrawal-kit", days=rules.withdrawal_days, way=way, email=email, known=False, until=placed_on
    )
    return Safe(" ").join([said, goods])


def _soonest_deletion(catalogue: Catalogue, items: tuple[Item, ...]) -> date:
    return limits_of([item.before for item in items], catalogue).deletion
