"""Another method of payment for an open order, in the chat (DOMAIN.md 3.6, 4)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.db.engine import Database
from bot.db.tables import MethodChangeRow
from bot.domain.registrant import HolderKind
from bot.handlers.buttons import PayOtherwise
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.services.payments.ledger import PaymentKind, PaymentReport
from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import chosen, labels, order_of, place, screen, tampered
from tests.support.pushing import Push
from tests.support.reminding import Restart
from tests.support.running_bot import Talk
from tests.support.seed import Seed

OTHER = {"it": "Altra modalità", "en": "Other method"}
YES = {"it": "Cambia modalità", "en": "Change method"}
CARD = {"it": "Carta", "en": "Card"}


async def ordered(
    seed: Seed,
    talk: Talk,
    services: Services,
    *,
    language: str = "it",
    method: str = "bank_transfer",
    auto_renew: bool = False,
    kind: HolderKind = HolderKind.NATURAL_PERSON,
    expires_in: int = 30,
) -> tuple[Chat, Order]:
    """A chat with one open order, placed on Monday 23 November 2026."""
    mailbox = await seed.mailbox("rossi", plan="pro", kind=kind, expires_in=expires_in)
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    renewal = await chosen(services, actor, [mailbox], method=method)
    if auto_renew:
        renewal = await services.renewals.set_auto_renew(actor, renewal.draft.id, on=True)
    return chat, await place(services, actor, renewal)


async def opened(chat: Chat, order: Order) -> None:
    """The page of the order, from the list."""
    await chat.send("/ordini")
    await chat.tap(order.number)


async def records(database: Database) -> list[MethodChangeRow]:
    """What is kept of the changes."""
    async with database.read() as session:
        return list((await session.execute(select(MethodChangeRow))).scalars())


async def pays(services: Services, order: Order, cents: int) -> None:
    """The operator registers a payment."""
    now = services.surroundings.now()
    await services.payments.register(
        PaymentReport(PaymentKind.REGISTERED, "bank-1", order.number, cents, "EUR", "bank_transfer", now)
    )


LISTED = {
    "it": [
        "ora si paga con bonifico bancario",
        "Accanto: quando viene registrato un pagamento di oggi. Il prezzo è uguale.",
    ],
    "en": ["now paid by bank transfer"],
}
ASKED = {
    "it": [
        "Pagare con carta di credito o debito?",
        "Con questa modalità il pagamento viene registrato subito.",
        "resta com'è: 36,48 €, da pagare entro il 23/12/2026.",
        "Se un pagamento è già partito, vale quello: non serve cambiare, né pagare di nuovo.",
    ],
    "en": [
        "Pay by credit or debit card?",
        "With this method the payment is received at once.",
        "stays as it is: €36.48, to be paid by 23 Dec 2026.",
        "If a payment is already on its way, it counts: do not change, and do not pay again.",
    ],
}
PAID_BY = {"it": "Come pagare: Carta di credito o debito", "en": "How to pay: Credit or debit card"}


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_an_order_is_paid_by_another_method_from_its_page(
    seed: Seed, talk: Talk, services: Services, database: Database, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, language=language)
    await opened(chat, order)
    await chat.tap(OTHER[language])
    for words in LISTED[language]:
        assert words in screen(chat)
    assert not chat.has("Bonifico bancario"), "the order's own method is no other one"
    await chat.tap(CARD[language])
    for words in ASKED[language]:
        assert words in screen(chat)
    question = screen(chat)
    await chat.tap(YES[language])

    assert PAID_BY[language] in screen(chat)
    (record,) = await records(database)
    assert (record.from_method_id, record.method_id, record.arrival) == ("bank_transfer", "card", "in-time")
    assert (record.chat_id, record.language, record.button_label) == (chat.id, language, YES[language])
    assert record.instructions["kind"] == "Link"
    assert record.instructions["url"].endswith(f"?ordine={order.number}&importo=36.48")
    kept = record.screen.replace("\u00a0", " ")
    assert all(line in kept.replace("<b>", "").replace("</b>", "") for line in ASKED[language][1:2])
    assert question.splitlines()[0] in kept


@pytest.mark.soak
async def test_a_method_that_comes_late_says_so_and_one_that_is_too_late_is_no_button(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock
) -> None:
    chat, order = await ordered(seed, talk, services, expires_in=5)
    await opened(chat, order)
    await chat.tap("Altra modalità")
    assert chat.has("Bollettino in bianco · tardi")
    assert (
        "Bollettino postale in bianco: registrato tra il 30/11/2026 e il 02/12/2026, dopo la scadenza"
        in screen(chat)
    )
    await chat.tap("Bollettino in bianco")
    assert "viene registrato tra il 30/11/2026 e il 02/12/2026, dopo la scadenza." in screen(chat)
    await chat.tap("Cambia modalità")
    assert "Conto corrente postale" in screen(chat)

    clock.advance(timedelta(days=90))  # five days before the last one
    await opened(chat, order)
    await chat.tap("Altra modalità")
    assert not chat.has("in bianco")
    assert chat.has("Carta")


async def test_what_is_too_late_is_refused_and_changes_nothing(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, database: Database
) -> None:
    chat, order = await ordered(seed, talk, services, expires_in=5)
    clock.advance(timedelta(days=93))
    await opened(chat, order)
    await chat.tap("Altra modalità")
    await chat.press(tampered(chat, "Carta", "card", "slip_ordinary"))
    assert chat.toast is not None
    assert await records(database) == []


@pytest.mark.soak
async def test_after_the_expiry_it_is_to_be_paid_before_the_deletion(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock
) -> None:
    chat, order = await ordered(seed, talk, services, expires_in=5)
    assert order.pay_by < order.payable_until
    clock.advance(timedelta(days=10))
    await opened(chat, order)
    await chat.tap("Altra modalità")
    await chat.tap("Carta")
    await chat.tap("Cambia modalità")
    assert (await order_of(services, chat)).pay_by == order.payable_until


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_automatic_renewal_ends_where_the_new_method_cannot_carry_it_and_that_is_said_first(
    seed: Seed, talk: Talk, services: Services, database: Database, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, method="card", auto_renew=True, language=language)
    await opened(chat, order)
    await chat.tap(OTHER[language])
    await chat.tap({"it": "Bonifico bancario", "en": "Bank transfer"}[language])
    said = {"it": "non viene attivato", "en": "will not be switched on"}
    assert said[language] in screen(chat)
    await chat.tap(YES[language])
    assert not (await order_of(services, chat)).auto_renew
    assert [record.ended_auto_renew for record in await records(database)] == [True]

    await chat.tap(OTHER[language])
    await chat.tap("PayPal")
    await chat.tap(YES[language])
    assert not (await order_of(services, chat)).auto_renew, "it is never switched on by choosing a method"
    assert len(await records(database)) == 2


@pytest.mark.soak
async def test_it_stays_where_the_new_method_carries_it(seed: Seed, talk: Talk, services: Services) -> None:
    chat, order = await ordered(seed, talk, services, method="card", auto_renew=True)
    await opened(chat, order)
    await chat.tap("Altra modalità")
    await chat.tap("PayPal")
    assert "rinnovo automatico" not in screen(chat)
    await chat.tap("Cambia modalità")
    assert (await order_of(services, chat)).auto_renew


@pytest.mark.soak
async def test_two_quick_taps_change_it_once(
    seed: Seed, talk: Talk, services: Services, database: Database
) -> None:
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    await chat.tap("Altra modalità")
    await chat.tap("Carta")
    await chat.tap_together(["Cambia modalità", "Cambia modalità"])
    assert len(await records(database)) == 1
    assert "Come pagare: Carta di credito o debito" in screen(chat)


@pytest.mark.soak
async def test_a_restart_between_the_question_and_the_answer_loses_nothing(
    seed: Seed, talk: Talk, services: Services, database: Database, restart: Restart
) -> None:
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    await chat.tap("Altra modalità")
    await chat.tap("Carta")
    restart(chat)
    await chat.tap("Cambia modalità")
    assert len(await records(database)) == 1


@pytest.mark.soak
async def test_a_payment_that_comes_before_the_answer_keeps_the_method(
    seed: Seed, talk: Talk, services: Services, database: Database
) -> None:
    chat, order = await ordered(seed, talk, services)
    await opened(chat, order)
    await chat.tap("Altra modalità")
    await chat.tap("Carta")
    await pays(services, order, 1000)
    await chat.tap("Cambia modalità")
    assert await records(database) == []
    assert (await order_of(services, chat)).method_id == "bank_transfer"
    assert "pagato in parte" in screen(chat)
    assert not chat.has("Altra modalità")


async def test_a_date_that_moves_before_the_answer_is_shown_and_asked_anew(
    seed: Seed, talk: Talk, services: Services, database: Database, clock: FrozenClock
) -> None:
    chat, order = await ordered(seed, talk, services, method="card")
    await opened(chat, order)
    await chat.tap("Altra modalità")
    await chat.tap("Bonifico bancario")
    assert "viene registrato il 24/11/2026" in screen(chat)
    clock.advance(timedelta(days=1))
    await chat.tap("Cambia modalità")
    assert chat.toast == "Intanto qualcosa è cambiato: leggi di nuovo e conferma."
    assert await records(database) == []
    assert "viene registrato il 25/11/2026" in screen(chat)
    await chat.tap("Cambia modalità")
    assert len(await records(database)) == 1


async def test_a_public_administration_has_its_transfer_alone(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat, order = await ordered(
        seed, talk, services, method="pa_transfer", kind=HolderKind.PUBLIC_ADMINISTRATION
    )
    await opened(chat, order)
    assert not chat.has("Altra modalità")
    await chat.press(PayOtherwise(number=order.number).pack())
    assert "Per quest'ordine non c'è un'altra modalità di pagamento." in screen(chat)


@pytest.mark.soak
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_a_reminder_of_an_open_order_leads_there_too(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, expires_in=15, language=language)
    clock.advance(timedelta(days=8))
    await remind()
    await chat.tap(OTHER[language])
    assert order.number in screen(chat)
    await chat.tap(CARD[language])
    await chat.tap(YES[language])
    assert (await order_of(services, chat)).method_id == "card"


@pytest.mark.soak
async def test_an_old_reminder_of_an_order_that_is_paid_says_so(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push
) -> None:
    chat, order = await ordered(seed, talk, services, expires_in=15)
    clock.advance(timedelta(days=8))
    await remind()
    reminder = chat.screen
    await pays(services, order, 3648)
    await chat.tap("Altra modalità", on=reminder)
    assert chat.toast == "L'ordine non è più in attesa di pagamento."


@pytest.mark.soak
async def test_the_other_chats_hear_how_it_is_paid_now(
    seed: Seed, talk: Talk, services: Services, push: Push
) -> None:
    chat, order = await ordered(seed, talk, services)
    other = await talk("rossi")
    await push()
    await opened(chat, order)
    await chat.tap("Altra modalità")
    await chat.tap("Carta")
    await chat.tap("Cambia modalità")
    before = len(chat.texts)
    assert await push() == 1
    assert f"L'ordine {order.number} si paga in un altro modo" in other.text
    assert "ora si paga con carta di credito o debito" in other.text
    assert labels(other)[0] == "Paga 36,48 €"
    assert len(chat.texts) == before
