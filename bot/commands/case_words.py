"""What the operator is told of a case that is no payment: what happened, what is to be done, and the command."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from bot.commands.office import Office
from bot.domain.cases import CaseKind
from bot.domain.money import amount

if TYPE_CHECKING:
    from bot.services.office.worklist import CaseFile, Item

_COMMAND: Final = "python -m bot"

_NOT_TOLD: Final[Mapping[str, str]] = {
    "order-placed": "The order was placed; its confirmation by e-mail",
    "order-undecided": "The order was placed, its VAT is undecided; its confirmation by e-mail",
    "order-vat-decided": "The VAT of the order was decided; what it costs and how to pay it",
    "order-expiring": "The order can soon be paid no more; this",
    "order-expired": "The order expired unpaid; this",
    "order-withdrawn": "The consumer has withdrawn from the order; the receipt",
    "payment-partial": "Part of the amount arrived; what is still missing",
    "renewal-completed": "The renewal is complete; this",
}


_TO_DO: Final[Mapping[CaseKind, str]] = {
    CaseKind.UNDELIVERED: "    Tell the customer in another way, and correct the reference e-mail if it is wrong:",
    CaseKind.NOT_RENEWED: (
        "    Renew it at the provider, or ask there: the case ends by itself when an import shows the new expiry."
    ),
    CaseKind.NOTICE: (
        "    Tell the customer in another way what will be charged, when, and how to stop it, and keep proof:\n"
        "    without a timely notice a consumer may leave free of charge until the next expiry."
    ),
    CaseKind.SWITCHED: (
        "    Tell whoever charges. With EVENTS_URL or OPERATOR_CHAT_ID the next one is told by itself:"
    ),
    CaseKind.WITHDRAWN: (
        "    Give it back by the way it came, at no cost to the consumer: reported as payment.reversed it closes the\n"
        "    case by itself. The expiry was not moved back: undo the renewal at the provider if you can."
    ),
    CaseKind.EMAIL_UNDONE: (
        "    Ask the customer, by a way that you know, who changed it: the chat that did may still be linked, and\n"
        "    sees mailboxes and orders."
    ),
    CaseKind.GONE: (
        "    Make sure that nobody is charged, and give back what was paid for nothing. If it is there after all,\n"
        "    import a file that names it: the case ends by itself."
    ),
    CaseKind.VAT: (
        "    Decide; the customer is told at once what it costs and how to pay it:\n"
        f'        {_COMMAND} orders vat NUMBER --charge --note "…"\n'
        f'        {_COMMAND} orders vat NUMBER --without --note "number checked in VIES"'
    ),
    CaseKind.STATEMENT: (
        "    Decide each entry: the case ends by itself with the last one. A file that cannot be read: export it anew."
    ),
    CaseKind.FORGOTTEN: (
        "    Take the customer out of your own files, and tell those to whom you gave the data (art. 19 GDPR). What\n"
        "    you must keep by law you keep. Closing this case takes the code away here too:"
    ),
    CaseKind.INVOICE: (
        "    Let your system report it once more, in a call of its own, with the right order or number:"
    ),
}


_TO_DO_OF_KIT: Final = (
    "    Give it back by the way it came, at no cost to the consumer: reported as payment.reversed it closes the\n"
    "    case by itself. The renewal stays as it is."
)

_ABOUT_NO_ORDER: Final = frozenset(
    {
        CaseKind.NOTICE,
        CaseKind.SWITCHED,
        CaseKind.EMAIL_UNDONE,
        CaseKind.GONE,
        CaseKind.INVOICE,
        CaseKind.STATEMENT,
        CaseKind.FORGOTTEN,
    }
)


def case_lines(case: "CaseFile", office: Office) -> Iterator[str]:
    """A case: what it is about, what is known of it, what is to be done, and the commands for it."""
    due = "" if case.due_on is None else f"  due {case.due_on}"
    yield f"C{case.number}  {case.kind.value}  {case.subject}{due}  since {office.local(case.opened_at)}"
    yield from _KNOWN[case.kind](case.facts, office)
    if case.outcome is None:
        to_do = _TO_DO_OF_KIT if case.facts.get("kit_alone", False) else _TO_DO[case.kind]
        yield to_do.replace("NUMBER", case.subject)
        if case.kind not in _ABOUT_NO_ORDER:
            yield f"        {_COMMAND} orders show {case.subject} --personal"
        if decides_itself(case):
            yield f"        {_COMMAND} payments review"
        elif case.kind is not CaseKind.VAT:
            yield f'        {_COMMAND} office close C{case.number} --note "…"'
    else:
        yield f"    Closed: {how_closed(case, office)}"


def decides_itself(case: "CaseFile") -> bool:
    """Whether a case is of entries of a statement, and ends when the last of them is decided."""
    return case.kind is CaseKind.STATEMENT and case.facts["why"] == "waiting"


def how_closed(case: "CaseFile", office: Office) -> str:
    """How a case ended, when, and what the note says."""
    when = "" if case.closed_at is None else f" on {office.day(case.closed_at)}"
    return f"{case.outcome}{when}, {case.note}"


def state(item: "Item", office: Office) -> str:
    """How a case stands in a list."""
    if item.outcome is None:
        return "open"
    return item.outcome if item.closed_at is None else f"{item.outcome} {office.day(item.closed_at)}"


def _not_renewed(facts: Mapping[str, Any], _: Office) -> Iterator[str]:
    yield (
        f"    {facts['mailbox']} of customer {facts['customer']} was paid and renewed on {facts['completed_on']}, "
        f"until {facts['new_expiry']}."
    )
    yield f"    The mailbox file imported on {facts['imported_on']} still has {facts['said']}."
    yield "    The customer was told of the new expiry, and the bot keeps to it."


def _undelivered(facts: Mapping[str, Any], _: Office) -> Iterator[str]:
    what = _NOT_TOLD[facts["message"]]
    yield f"    {what} could not be told to customer {facts['customer']} by any way."
    for way in facts["tried"]:
        yield f"    {way['to']}: {way['state']}, {way['reason']}"
    if not facts["tried"]:
        yield "    No chat is bound to the customer, and no e-mail is set up."


def _notice(facts: Mapping[str, Any], _: Office) -> Iterator[str]:
    what = f"    The notice that {facts['mailbox']}, which expires on {facts['expires_on']}, renews itself"
    if facts["why"] == "late":
        yield f"{what} could only be told late: the last lawful day was {facts['lawful_until']}."
        return
    yield f"{what} is not known to have been told by any way; the last lawful day is {facts['lawful_until']}."
    for way in facts["tried"]:
        yield f"    {way['to']}: {way['state']}, {way['reason']}"
    if not facts["tried"]:
        yield "    No chat of the customer is reached, and no e-mail is set up."


def _switched(facts: Mapping[str, Any], office: Office) -> Iterator[str]:
    which, at = "on" if facts["on"] else "off", office.local(datetime.fromisoformat(facts["at"]))
    yield f"    The automatic renewal of {facts['address']} was switched {which} at {at}."
    if facts["on"]:
        years = "1 year" if facts["years"] == 1 else f"{facts['years']} years"
        yield f"    To be charged on {facts['charge_on']}, for {years}."
    else:
        yield f"    The charge of {facts['charge_on']} has to be taken out; it expires on {facts['expires_on']}."


def _email_undone(facts: Mapping[str, Any], _: Office) -> Iterator[str]:
    yield (
        f"    The reference e-mail of customer {facts['customer']} was changed in a chat on {facts['changed_on']}, and "
        f"taken back on {facts['undone_on']}"
    )
    yield "    with the link that the address before it had been sent."
    if facts["changes"] > 1:
        yield f"    {facts['changes']} changes were taken back at once."


def _gone(facts: Mapping[str, Any], _: Office) -> Iterator[str]:
    yield f"    {facts['mailbox']}, which expires on {facts['expires_on']}, was marked gone on {facts['gone_on']}."
    if facts["automatic"]:
        yield (
            "    Its automatic renewal is on, and its customer is not told of the charge any more: take the charge out."
        )
    if facts["order"] is not None:
        yield f"    Order {facts['order']} awaits payment for it: money that comes waits in the office."
    if facts["unseen"] is not None:
        yield f"    It was paid with order {facts['unseen']}, and no file has shown it renewed."


def _vat(facts: Mapping[str, Any], _: Office) -> Iterator[str]:
    yield (
        f"    It was ordered by a business in {facts['country']} with the VAT number {facts['vat_number']}, and cannot "
        "be paid before you decide:"
    )
    yield f"    {amount(facts['net'])} EUR without VAT, {amount(facts['net'] + facts['vat'])} EUR with it."
    if facts["hardware"]:
        yield "    Hardware is sent with it: --without needs --mention, what the invoice says."


def _forgotten(facts: Mapping[str, Any], _: Office) -> Iterator[str]:
    boxes = "1 mailbox" if facts["mailboxes"] == 1 else f"{facts['mailboxes']} mailboxes"
    yield f"    Customer {facts['customer']} ({boxes}) deleted everything in the chat on {facts['forgotten_on']}."
    yield f"    What the law wants kept is kept until {facts['until']} at the latest, as {facts['now_called']}."
    yield "    A mailbox file that still names the customer brings nothing back."


def _invoice(facts: Mapping[str, Any], _: Office) -> Iterator[str]:
    what = "credit note" if facts["document"] == "credit_note" else "invoice"
    yield f"    Your system told of the {what} {facts['number']} of {facts['date']} for order {facts['order']!r}."
    if facts["why"] == "no_order":
        yield "    No single order has that number: nobody was told."
        return
    was = "a credit note" if facts["was"] == "credit_note" else "an invoice"
    yield f"    The order has that number already, as {was} of {facts['before']}: it stays, and nobody was told."


def _statement(facts: Mapping[str, Any], _: Office) -> Iterator[str]:
    if facts["why"] == "unreadable":
        yield f"    Nothing of the file was registered. {facts['problem']}"
        return
    yield f"    It was taken on {facts['taken_on']}, and so many of its entries waited for somebody:"
    yield f"    likely {facts['likely']}, probably the same {facts['same']}, unknown {facts['unknown']}."


def _withdrawn(facts: Mapping[str, Any], _: Office) -> Iterator[str]:
    early = ", with the early start asked for" if facts["early_start"] else ""
    what = " from the signature kit alone" if facts.get("kit_alone", False) else ""
    yield (
        f"    Customer {facts['customer']} withdrew{what} on {facts['withdrawn_on']}{early}: "
        f"receipt {facts['statement']}."
    )
    yield f"    Due back: {facts['remaining']} EUR."
    yield f"    Paid {facts['paid']}, of which {facts['served']} was served; in all {facts['due_back']} is due back."
    if facts["given_back"] != "0.00":
        yield f"    Given back so far: {facts['given_back']}."
    for part in facts["parts"]:
        whose = "the signature kit" if part["mailbox"] is None else part["mailbox"]
        served = f"{part['days_served']} of {part['days']} days" if part["days"] else "nothing by days"
        at_once = ", plan or space given at once" if part["kind"] == "at_once" else ""
        yield f"    {whose}{at_once}: {part['paid_for']}, served {served}, {part['served']} stays."
    for when, payers in (("Came", facts["payers"]), ("Came afterwards", facts["later"])):
        for payer in payers:
            by = f"{payer['payment_id']} ({payer['method']})"
            yield f"    {when} by {by} on {payer['registered_on']}: {payer['amount']}."
    if facts["completed_on"] is not None:
        yield f"    The renewal was complete on {facts['completed_on']}."
    if facts["kit"] is not None:
        yield f"    A signature kit is part of it ({facts['kit']}): hardware comes back from the customer."


_KNOWN: Final[Mapping[CaseKind, Callable[[Mapping[str, Any], Office], Iterator[str]]]] = {
    CaseKind.UNDELIVERED: _undelivered,
    CaseKind.NOT_RENEWED: _not_renewed,
    CaseKind.NOTICE: _notice,
    CaseKind.SWITCHED: _switched,
    CaseKind.EMAIL_UNDONE: _email_undone,
    CaseKind.GONE: _gone,
    CaseKind.FORGOTTEN: _forgotten,
    CaseKind.INVOICE: _invoice,
    CaseKind.STATEMENT: _statement,
    CaseKind.WITHDRAWN: _withdrawn,
    CaseKind.VAT: _vat,
}
