"""`vat_abroad = "ask"`: an order of a business abroad waits for the operator's word on its VAT (decision 036)."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import CaseRow, VatDecisionRow
from bot.domain.catalogue import VatAbroad
from bot.domain.orders import OrderStatus, Progress
from bot.domain.registrant import Address, HolderKind, Registrant
from bot.domain.vat import Mention, VatTreatment
from bot.messages import render_mail
from bot.services.actor import Actor
from bot.services.errors import OfferChanged, OrderNotOpen
from bot.services.office.vat_decisions import NotUndecided, VatDecisions
from bot.services.orders.expiring import Expiring
from bot.services.orders.rows import Order
from bot.services.payments.payments import PaymentAnswer
from bot.services.renewing.offer import offer_seal
from bot.services.sending.notices import Notices
from bot.services.surroundings import Surroundings
from bot.texts import Locale, Texts
from tests.support.catalogue import with_rules
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.ordering import accept_all, chosen, place
from tests.support.seed import registrant
from tests.support.till import OPERATOR_CHAT, Till, Told

ACTOR = Actor(7, "it")
BERLIN = Address("Musterstr. 1", "10115", "Berlin", "", "DE")
ZURICH = Address("Beispielweg 1", "8001", "Zürich", "", "CH")
SAN_MARINO = Address("Via Esempio 1", "47890", "San Marino", "SM", "SM")


def abroad(
    address: Address = BERLIN, vat: str = "DE136695976", kind: HolderKind = HolderKind.COMPANY
) -> Registrant:
    return registrant(kind, vat_number=vat, recipient_code="XXXXXXX", address=address)


@pytest.fixture
def database(each_database: Database) -> Database:
    """Both back ends, for every fixture that stands on the database."""
    return each_database


@pytest.fixture
def notices(surroundings: Surroundings) -> Notices:
    """Everybody is told."""
    return Notices(surroundings, operator_chat_id=OPERATOR_CHAT, mail=True, events=True)


@pytest.fixture(autouse=True)
def asking(surroundings: Surroundings) -> None:
    """The operator wants to be asked."""
    surroundings.catalogue = with_rules(vat_abroad=VatAbroad.ASK)


@pytest.fixture
def decisions(database: Database, surroundings: Surroundings, notices: Notices) -> VatDecisions:
    """The operator's word."""
    return VatDecisions(database, surroundings, notices)


async def ordered(till: Till, holder: Registrant | None = None, *, expires_in: int = 30) -> Order:
    """An order of one Pro mailbox: 29,90 € without VAT, 36,48 € with it."""
    mailbox = await till.seed.mailbox("rossi", plan="pro", holder=holder or abroad(), expires_in=expires_in)
    await till.services.linking.redeem(ACTOR, (await till.services.linking.invite("rossi")).token)
    return await place(till.services, ACTOR, await chosen(till.services, ACTOR, [mailbox]))


async def shown(till: Till, order: Order) -> Order:
    return await till.services.orders.show(ACTOR, order.number)


async def cases(till: Till) -> Sequence[CaseRow]:
    async with till.database.read() as session:
        return (await session.scalars(select(CaseRow).order_by(CaseRow.id))).all()


async def all_told(till: Till) -> list[Told]:
    return await till.told("order-placed", "order-undecided", "order-vat-decided")


async def paid(till: Till, order: Order, cents: int, payment_id: str = "bank-1") -> PaymentAnswer:
    return await till.receive(till.paid(order.number, cents, payment_id))


@pytest.mark.parametrize(
    ("holder", "waits"),
    [
        (abroad(), True),
        (registrant(HolderKind.NATURAL_PERSON, address=BERLIN), False),
        *long(
            (abroad(SAN_MARINO, "SM12345"), True),
            (abroad(ZURICH, "CHE107787577"), True),
            (abroad(vat="", kind=HolderKind.ASSOCIATION), False),
            (registrant(HolderKind.COMPANY), False),
        ),
    ],
)
async def test_businesses_abroad_wait_and_everybody_else_pays(
    till: Till, holder: Registrant, waits: bool
) -> None:
    order = await ordered(till, holder)
    assert await till.status(order) == ("awaiting_decision" if waits else "awaiting_payment")
    assert [case.kind for case in await cases(till)] == (["vat"] if waits else [])


async def test_without_the_rule_nothing_waits(till: Till, surroundings: Surroundings) -> None:
    surroundings.catalogue = with_rules()
    assert await till.status(await ordered(till)) == "awaiting_payment"


@pytest.mark.parametrize("locale", some(Locale, 1))
async def test_before_the_decision_nobody_is_told_how_to_pay(
    till: Till, texts: Texts, locale: Locale
) -> None:
    order = await ordered(till)
    assert order.progress(till.seed.today) is Progress.AWAITING_DECISION
    [mail] = await all_told(till)
    assert (mail.channel, mail.message) == ("mail", "order-undecided")
    letter = render_mail(mail.payload, texts.translator(locale), till.services.surroundings.catalogue)
    assert "IT60" not in letter.text
    assert "IBAN" not in letter.text
    for amount in {Locale.IT: ("29,90", "36,48"), Locale.EN: ("29.90", "36.48")}[locale]:
        assert amount in letter.text
    with pytest.raises(OrderNotOpen):
        await till.services.promises.say_paid(ACTOR, order.number)
    with pytest.raises(OrderNotOpen):
        await till.services.other_methods.offered(ACTOR, order.number)
    with pytest.raises(OrderNotOpen):
        await till.services.payment_mails.send_again(ACTOR, order.number)


@pytest.mark.parametrize(
    ("holder", "mention"),
    [
        (abroad(), Mention.REVERSE_CHARGE),
        *long(
            (abroad(SAN_MARINO, "SM12345"), Mention.NOT_SUBJECT),
            (abroad(ZURICH, "CHE107787577"), Mention.NOT_SUBJECT),
        ),
    ],
)
async def test_without_vat_the_net_is_due_everywhere_and_completes(
    till: Till, texts: Texts, decisions: VatDecisions, holder: Registrant, mention: Mention
) -> None:
    order = await ordered(till, holder)
    decided = await decisions.waive(order.number, "VIES, 23/11")
    assert (decided.due, decided.mention) == (2990, mention.value)
    now = await shown(till, order)
    assert (now.quote.net, now.quote.vat, now.quote.due, now.missing) == (2990, 0, 2990, 2990)
    assert (now.status, now.vat, now.vat_mention) == (
        OrderStatus.AWAITING_PAYMENT,
        VatTreatment.WITHOUT,
        mention.value,
    )
    messages = (await all_told(till))[1:]
    assert [(each.channel, each.message) for each in messages] == [
        ("telegram", "order-vat-decided"),
        ("mail", "order-vat-decided"),
    ]
    letter = render_mail(
        messages[1].payload, texts.translator(Locale.IT), till.services.surroundings.catalogue
    )
    assert "29,90" in letter.subject
    assert "36,48" not in letter.text
    assert "art. 7-ter" in letter.text
    answer = await paid(till, order, 2990)
    assert (answer.outcome.value, answer.due) == ("completed", 0)
    assert (await shown(till, order)).quote.due == 2990


async def test_with_vat_the_order_costs_what_its_lines_say(till: Till, decisions: VatDecisions) -> None:
    order = await ordered(till)
    assert (await decisions.charge(order.number, "not in VIES")).due == 3648
    assert (await paid(till, order, 2990)).due == 658
    assert (await paid(till, order, 658, "bank-2")).outcome.value == "completed"


async def test_the_word_is_given_once_and_stays_as_evidence(till: Till, decisions: VatDecisions) -> None:
    order = await ordered(till)
    await decisions.waive(order.number, "VIES")
    with pytest.raises(NotUndecided):
        await decisions.charge(order.number, "after all")
    async with till.database.read() as session:
        [row] = (await session.scalars(select(VatDecisionRow))).all()
    assert (row.treatment, row.mention, row.net, row.vat, row.due, row.note) == (
        *("without", "reverse_charge"),
        *(2990, 0, 2990),
        "VIES",
    )
    [case] = await cases(till)
    assert (case.outcome, case.note) == ("decided", "VIES")
    assert len(await all_told(till)) == 3


async def test_money_that_comes_before_the_decision_waits_for_a_person(
    till: Till, decisions: VatDecisions
) -> None:
    order = await ordered(till)
    answer = await paid(till, order, 2990)
    assert (answer.outcome.value, answer.due) == ("review", 0)
    [row] = await till.ledger()
    assert (row.reason, row.counted) == ("order_undecided", 0)
    await decisions.waive(order.number, "")
    assert (await shown(till, order)).missing == 2990


async def test_an_order_that_waits_can_be_cancelled_and_asks_nobody_any_more(
    till: Till, decisions: VatDecisions
) -> None:
    order = await ordered(till)
    await till.services.orders.cancel(ACTOR, order.number)
    [case] = await cases(till)
    assert case.outcome == "resolved"
    with pytest.raises(NotUndecided):
        await decisions.waive(order.number, "")


async def test_an_order_that_nobody_decided_expires_and_says_why(
    till: Till,
    clock: FrozenClock,
    database: Database,
    surroundings: Surroundings,
    notices: Notices,
    texts: Texts,
) -> None:
    order = await ordered(till)
    expiring = Expiring(database, surroundings, notices)
    clock.advance(timedelta(days=(order.payable_until - till.seed.today).days - 1))
    await expiring.run()
    assert not await till.told("order-expiring"), "nobody is asked to pay"
    clock.advance(timedelta(days=2))
    await expiring.run()
    assert await till.status(order) == "expired"
    assert [case.outcome for case in await cases(till)] == ["resolved"]
    mail = (await till.told("order-expired"))[-1]
    letter = render_mail(mail.payload, texts.translator(Locale.IT), surroundings.catalogue)
    assert "decisione sull'IVA" in letter.text
    assert "36,48" not in letter.text


async def test_a_rule_that_changes_between_the_screen_and_the_tap_is_shown_first(
    till: Till, surroundings: Surroundings
) -> None:
    mailbox = await till.seed.mailbox("rossi", plan="pro", holder=abroad())
    await till.services.linking.redeem(ACTOR, (await till.services.linking.invite("rossi")).token)
    renewal = await chosen(till.services, ACTOR, [mailbox])
    renewal = await accept_all(till.services, ACTOR, renewal.draft.id)
    seal = offer_seal(renewal)
    surroundings.catalogue = with_rules()
    with pytest.raises(OfferChanged):
        await till.services.orders.place(ACTOR, renewal.draft.id, seal, "Ordine di prova")


async def test_after_a_late_decision_nobody_is_warned_on_top_of_it(
    till: Till,
    clock: FrozenClock,
    decisions: VatDecisions,
    database: Database,
    surroundings: Surroundings,
    notices: Notices,
) -> None:
    order = await ordered(till, expires_in=-80)
    clock.advance(timedelta(days=1))
    await decisions.waive(order.number, "")
    await Expiring(database, surroundings, notices).run()
    assert not await till.told("order-expiring")
