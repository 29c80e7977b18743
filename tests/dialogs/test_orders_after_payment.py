"""My orders once money moves, and when it does not: each state, live, in the chat (DOMAIN.md 4 and 5)."""

from datetime import date, timedelta

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import update

from bot.db.engine import Database
from bot.db.tables import OrderRow
from bot.domain.invoices import DocumentKind, Invoice
from bot.domain.money import Cents
from bot.domain.orders import OrderStatus
from bot.handlers.buttons import ShowOrders
from bot.services.actor import Actor
from bot.services.orders.invoicing import InvoiceReport
from bot.services.orders.rows import Order
from bot.services.payments.ledger import PaymentKind, PaymentReport
from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long, some
from tests.support.ordering import chosen, labels, place, screen
from tests.support.running_bot import Talk
from tests.support.seed import Seed


class Customer:
    """A chat with one order, placed on Monday 23 November 2026 for 36,48 €, and the operator who sees its money."""

    def __init__(self, chat: Chat, order: Order, services: Services) -> None:
        self.chat = chat
        self.order = order
        self.services = services

    async def pays(
        self, cents: Cents, payment_id: str = "bank-1", *, kind: PaymentKind = PaymentKind.REGISTERED
    ) -> None:
        """The operator registers a payment, or that it went back."""
        await self.services.payments.register(
            PaymentReport(
                kind,
                payment_id,
                self.order.number,
                cents,
                "EUR",
                "bank_transfer",
                self.services.surroundings.now(),
            )
        )

    async def looks(self) -> str:
        """Open the order from a button of a message, and read it."""
        await self.chat.press(ShowOrders(number=self.order.number).pack(), on=self.chat.newest)
        return screen(self.chat)

    async def line(self) -> str:
        """The order's line in the list."""
        await self.chat.send("/orders")
        return next(line for line in screen(self.chat).splitlines() if line.startswith(self.order.number))


async def customer(
    seed: Seed,
    talk: Talk,
    services: Services,
    *,
    language: str = "it",
    method: str = "bank_transfer",
    count: int = 1,
    expires_in: int = 30,
) -> Customer:
    mailboxes = [await seed.mailbox("rossi", plan="pro", expires_in=expires_in) for _ in range(count)]
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    renewal = await chosen(services, actor, mailboxes, method=method)
    if method == "card":
        renewal = await services.renewals.set_auto_renew(actor, renewal.draft.id, on=True)
    return Customer(chat, await place(services, actor, renewal), services)


PART = {
    "it": [
        "Ordine {0}, pagato in parte",
        "Ordine del 23/11/2026",
        "Pagamento registrato: 10,00 € il 23/11/2026",
        "Resta da pagare 26,48 €.",
        "fino ad allora la scadenza non cambia",
        "Totale: 36,48 €",
        "Causale: {0} integrazione, così com'è",
        "Importo: 26,48 €",
        "entro mercoledì 23 dicembre 2026",
        "Parte dell'importo è già arrivata: l'ordine non si annulla più da qui.",
    ],
    "en": [
        "Order {0}, paid in part",
        "Placed on 23 Nov 2026",
        "Payment received: €10.00 on 23 Nov 2026",
        "€26.48 remains to be paid.",
        "Total: €36.48",
        "Payment reference: {0} integrazione, exactly like this",
        "Amount: €26.48",
        "Part of the amount has arrived: the order can no longer be cancelled here.",
    ],
}


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_paid_in_part_it_says_what_is_missing_and_how_to_bring_it(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    rossi = await customer(seed, talk, services, language=language)
    await rossi.pays(1000)

    words = await rossi.looks()
    for line in PART[language]:
        assert line.format(rossi.order.number) in words
    assert not rossi.chat.has("Annulla" if language == "it" else "Cancel")
    copies = {button.copy_text for button in rossi.chat.screen.buttons if button.copy_text}
    assert f"{rossi.order.number} integrazione" in copies
    missing = {"it": "pagato in parte: mancano 26,48 €", "en": "paid in part: €26.48 missing"}
    assert missing[language] in await rossi.line()


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_the_invoice_stands_with_the_order_and_opens_at_a_tap(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    rossi = await customer(seed, talk, services, language=language)
    await rossi.pays(3648)
    link = "https://fatture.example.com/d/8fJ2kQ"
    for invoice in (
        Invoice("2026/<b>", date(2026, 11, 24), url=link),
        Invoice("2026/2", date(2026, 11, 25), DocumentKind.CREDIT_NOTE),
    ):
        report = InvoiceReport(rossi.order.number, invoice)
        await services.invoices.receive(f"call-{invoice.number}", "{}", report)
    words = await rossi.looks()
    for line in {
        "it": ("Fattura 2026/<b> del 24/11/2026", "Nota di credito 2026/2 del 25/11/2026"),
        "en": ("Invoice 2026/<b> of 24 Nov 2026", "Credit note 2026/2 of 25 Nov 2026"),
    }[language]:
        assert line in words
    opened = {button.text: button.url for button in rossi.chat.screen.buttons if button.url}
    assert opened == {("Fattura" if language == "it" else "Invoice") + " 2026/<b>": link}


@pytest.mark.soak
async def test_the_picture_and_the_link_ask_for_what_is_missing_alone(
    seed: Seed, talk: Talk, services: Services
) -> None:
    rossi = await customer(seed, talk, services)
    await rossi.pays(1000)
    await rossi.looks()
    await rossi.chat.tap("QR")
    assert rossi.chat.newest.content.photo is not None
    assert "26,48" in rossi.chat.text

    verdi = await customer(seed, talk, services, method="card")
    await verdi.pays(3000, "card-1")
    await verdi.looks()
    assert labels(verdi.chat)[0] == "Paga 6,48 €"
    (link,) = [button.url for button in verdi.chat.screen.buttons if button.url]
    assert "6.48" in link


COMPLETE = {
    "it": [
        "Del 23/11/2026, rinnovo completato il 25/11/2026",
        "Pagamenti registrati, in tutto 36,48 €:\n10,00 € il 24/11/2026\n26,48 € il 25/11/2026",
        "Piano Pro, 1 anno: 29,90 € + IVA 6,58 € = 36,48 €",
        "Scadenza: 23/12/2026 → 23/12/2027",
        "Attivo: Piano Pro: 2 GB di casella, 3 GB di archivio",
        "Titolare: Maria Esempio",
    ],
    "en": [
        "Placed on 23 Nov 2026, renewal completed on 25 Nov 2026",
        "Payments received, €36.48 in all:\n€10.00 on 24 Nov 2026\n€26.48 on 25 Nov 2026",
        "Expiry date: 23 Dec 2026 → 23 Dec 2027",
        "Active: Pro plan: 2 GB mailbox, 3 GB archive",
    ],
}


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_completed_it_is_a_receipt(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, language: str
) -> None:
    rossi = await customer(seed, talk, services, language=language)
    for cents, payment in ((1000, "bank-1"), (2648, "bank-2")):
        clock.advance(timedelta(days=1))
        await rossi.pays(cents, payment)

    words = await rossi.looks()
    for line in COMPLETE[language]:
        assert line in words
    assert "IBAN" not in words
    assert len(labels(rossi.chat)) == 4, (
        "nothing is left to do but to ask for papers, withdraw, go back or close"
    )
    assert {"it": "rinnovo completato", "en": "renewal completed"}[language] in await rossi.line()


@pytest.mark.soak
async def test_a_receipt_of_many_mailboxes_has_their_lines_on_pages(
    seed: Seed, talk: Talk, services: Services
) -> None:
    rossi = await customer(seed, talk, services, count=5)
    await rossi.pays(rossi.order.quote.due)

    assert "Nuova scadenza: 23/12/2027" in await rossi.looks()
    await rossi.chat.tap("Le caselle")
    assert screen(rossi.chat).count("Scadenza: 23/12/2026 → 23/12/2027") == 2


async def test_what_was_destroyed_stands_first_on_the_receipt(
    seed: Seed, talk: Talk, services: Services
) -> None:
    box = await seed.mailbox("rossi", plan="premium")
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    renewal = await chosen(services, actor, [box])
    renewal = await services.renewals.choose_plan(
        actor, renewal.draft.id, box, "standard", archive_loss_confirmed=True
    )
    rossi = Customer(chat, await place(services, actor, renewal), services)
    await rossi.pays(rossi.order.quote.due)

    words = await rossi.looks()
    assert "Come confermato nell'ordine, l'archivio di rossi1@pec.example è stato chiuso" in words
    assert words.index("è stato chiuso") < words.index("Pagamento registrato") < words.index("Attivo:")


@pytest.mark.soak
async def test_automatic_renewal_is_named_and_where_it_is_seen_once_it_may_have_been_switched_off(
    seed: Seed, talk: Talk, services: Services
) -> None:
    rossi = await customer(seed, talk, services, method="card")
    assert "Rinnovo automatico: attivo a rinnovo completato" in await rossi.looks()
    await rossi.pays(rossi.order.quote.due)
    assert "Con questo ordine è stato attivato il rinnovo automatico: con /caselle" in await rossi.looks()


async def test_too_much_is_said_until_it_is_refunded_or_goes_back(
    seed: Seed, talk: Talk, services: Services
) -> None:
    rossi = await customer(seed, talk, services)
    await rossi.pays(4000)
    words = await rossi.looks()
    assert "Pagamento registrato: 36,48 €" in words
    assert "Sono arrivati 3,52 € più del dovuto" in words

    await rossi.pays(3648, "bank-2")
    assert "Sono arrivati 40,00 € più del dovuto" in await rossi.looks()
    await rossi.pays(3648, "bank-2", kind=PaymentKind.REVERSED)
    assert "Sono arrivati 3,52 € più del dovuto" in await rossi.looks()


@pytest.mark.parametrize(
    ("language", "line"),
    [("it", "Stornati 36,48 € il 23/11/2026"), *long(("en", "€36.48 reversed on 23 Nov 2026"))],
)
async def test_a_payment_that_went_back_is_on_the_receipt(
    seed: Seed, talk: Talk, services: Services, language: str, line: str
) -> None:
    rossi = await customer(seed, talk, services, language=language)
    await rossi.pays(3648)
    await rossi.pays(3648, kind=PaymentKind.REVERSED)
    words = await rossi.looks()
    assert line in words
    assert {"it": "rinnovo completato", "en": "renewal completed"}[language] in words


@pytest.mark.soak
async def test_part_of_it_reversed_it_awaits_all_of_it_again(
    seed: Seed, talk: Talk, services: Services
) -> None:
    rossi = await customer(seed, talk, services)
    await rossi.pays(1000)
    await rossi.pays(1000, kind=PaymentKind.REVERSED)
    words = await rossi.looks()
    assert "in attesa di pagamento" in words
    assert f"Causale: {rossi.order.number}, nient'altro" in words
    assert rossi.chat.has("Annulla ordine")


@pytest.mark.soak
async def test_only_the_last_of_many_payments_are_listed(seed: Seed, talk: Talk, services: Services) -> None:
    rossi = await customer(seed, talk, services)
    for number in range(9):
        await rossi.pays(100 + number, f"bank-{number}")
    words = await rossi.looks()
    assert "in tutto 9,36 €" in words
    assert "e altri 3, di prima" in words
    assert "1,08 €" in words
    assert "1,00 €" not in words


@pytest.mark.soak
async def test_an_old_screen_cancels_nothing_once_money_has_come(
    seed: Seed, talk: Talk, services: Services
) -> None:
    rossi = await customer(seed, talk, services)
    await rossi.looks()
    await rossi.pays(1000)
    await rossi.chat.tap("Annulla ordine")
    assert rossi.chat.toast is not None
    assert "Parte dell'importo è già arrivata" in rossi.chat.toast
    assert "pagato in parte" in screen(rossi.chat), "the screen says how it stands now"

    await rossi.pays(2648, "bank-2")
    await rossi.chat.tap("QR")
    assert "rinnovo completato" in screen(rossi.chat)
    assert rossi.chat.newest.content.photo is None


@pytest.mark.soak
async def test_a_payment_between_the_question_and_the_answer_wins(
    seed: Seed, talk: Talk, services: Services
) -> None:
    rossi = await customer(seed, talk, services)
    await rossi.looks()
    await rossi.chat.tap("Annulla ordine")
    await rossi.pays(1000)
    await rossi.chat.tap("definitivamente")
    assert rossi.chat.toast is not None
    assert "Parte dell'importo è già arrivata" in rossi.chat.toast
    assert (await services.orders.show(Actor(rossi.chat.id, "it"), rossi.order.number)).received.paid == 1000


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "it",
            [
                "annullato il 23/11/2026",
                "Se il pagamento è già partito, il denaro non va perso",
                "Per ordinare di nuovo: /rinnova",
            ],
        ),
        *long(("en", ["cancelled on 23 Nov 2026", "If you have already paid", "To order again: /renew"])),
    ],
)
async def test_cancelled_it_says_what_becomes_of_money_on_its_way(
    seed: Seed, talk: Talk, services: Services, language: str, lines: list[str]
) -> None:
    rossi = await customer(seed, talk, services, language=language)
    await services.orders.cancel(Actor(rossi.chat.id, language), rossi.order.number)
    words = await rossi.looks()
    for line in lines:
        assert line in words
    assert "IBAN" not in words
    assert "recedere" not in words


LATE = {
    "it": (
        "Con questa modalità si rischia di arrivare tardi. Un pagamento fatto oggi potrebbe essere registrato fino al",
        "Con questa modalità non si arriva più in tempo. Un pagamento fatto oggi verrebbe registrato",
        "Conviene scegliere nell'ordine un'altra modalità, più rapida, come carta di credito o debito",
        "Per sapere come pagare in tempo: Posta Esempio",
    ),
    "en": (
        "This method may be too late. A payment made today might not be received before",
        "This method is no longer in time. A payment made today would be received",
        "It is better to choose another, faster method in the order, such as",
        "To find out how to pay in time: Posta Esempio",
    ),
}


@pytest.mark.soak
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_an_order_that_can_hardly_be_paid_in_time_says_so_and_what_to_do(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, language: str
) -> None:
    may, surely, faster, ask = LATE[language]
    rossi = await customer(seed, talk, services, language=language, method="slip_ordinary")
    last_day = rossi.order.payable_until
    words = await rossi.looks()
    assert may not in words
    assert surely not in words

    clock.advance(last_day - seed.today - timedelta(days=8))
    words = await rossi.looks()
    assert may in words
    assert faster in words
    clock.advance(timedelta(days=6))
    words = await rossi.looks()
    assert surely in words
    assert words.index(surely) < words.index("000000000000"), "before the account that would be paid in vain"

    await rossi.pays(1000)
    words = await rossi.looks()
    assert faster not in words, "what is paid in part cannot be cancelled"
    assert ask in words


@pytest.mark.soak
async def test_after_the_expiry_it_says_that_the_mailbox_cannot_send_meanwhile(
    seed: Seed, talk: Talk, services: Services
) -> None:
    rossi = await customer(seed, talk, services, expires_in=0)
    words = await rossi.looks()
    assert "Pagando oggi, viene registrato il 24/11/2026, dopo la scadenza." in words
    assert "intanto però la casella scaduta non può inviare" in words


@pytest.mark.parametrize("stored", some([False, True], 1), ids=["before it is stored", "after"])
@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "it",
            [
                "scaduto senza pagamento",
                "Il pagamento di 36,48 € non è stato registrato entro martedì 23 marzo 2027",
                "rossi1@pec.example si poteva salvare fino al 23/03/2027: ora viene cancellata",
                "Se il pagamento è già partito, il denaro non va perso",
            ],
        ),
        *long(("en", ["expired without payment", "Tuesday 23 March 2027", "If you have already paid"])),
    ],
)
async def test_expired_it_says_why_and_what_can_still_be_done(
    seed: Seed,
    talk: Talk,
    services: Services,
    clock: FrozenClock,
    database: Database,
    language: str,
    lines: list[str],
    stored: bool,
) -> None:
    rossi = await customer(seed, talk, services, language=language)
    clock.advance(rossi.order.payable_until - seed.today + timedelta(days=1))
    if stored:
        await expire(database)
    words = await rossi.looks()
    for line in lines:
        assert line in words
    assert "IBAN" not in words
    assert len(labels(rossi.chat)) == 3
    assert lines[0] in await rossi.line()


async def test_expired_with_a_part_paid_it_says_so_and_that_the_part_is_not_lost(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, database: Database
) -> None:
    rossi = await customer(seed, talk, services)
    await rossi.pays(1000)
    clock.advance(rossi.order.payable_until - seed.today + timedelta(days=1))
    await expire(database)
    words = await rossi.looks()
    for line in [
        "scaduto con un pagamento solo parziale",
        "non è stato registrato per intero",
        "Pagamento registrato: 10,00 € il 23/11/2026",
        "I 10,00 € già registrati non vanno persi",
    ]:
        assert line in words
    assert "solo parziale" in await rossi.line()


async def test_of_an_expired_order_a_mailbox_that_lives_can_be_ordered_again(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock
) -> None:
    first = await seed.mailbox("rossi", plan="pro", expires_in=-80)
    second = await seed.mailbox("rossi", plan="pro", expires_in=200)
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    order = await place(services, actor, await chosen(services, actor, [first, second]))
    clock.advance(timedelta(days=11))
    words = await Customer(chat, order, services).looks()
    assert "rossi2@pec.example si può ancora rinnovare con un nuovo ordine" in words
    assert "Per ordinare di nuovo: /rinnova" in words


@pytest.mark.soak
async def test_the_confirmation_drawn_again_after_the_payment_says_that_it_came(
    seed: Seed, talk: Talk, services: Services
) -> None:
    box = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    await chosen(services, actor, [box])
    await chat.send("/renew")
    await chat.tap("Riprendi il rinnovo")
    for label in (
        "Accetto condizioni",
        "Approvo clausole",
        "Ho letto l'informativa",
        "obbligo di pagare",
    ):
        await chat.tap(label)
    (order,) = await services.orders.list(actor)
    await Customer(chat, order, services).pays(order.quote.due)
    await chat.send("grazie")
    assert "rinnovo completato" in screen(chat)
    assert "IBAN" not in screen(chat)


async def test_a_pushed_message_keeps_its_button_and_the_window_before_loses_its_own(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock
) -> None:
    rossi = await customer(seed, talk, services)
    chat, number = rossi.chat, rossi.order.number
    await rossi.looks()
    window = chat.screen.message_id
    see = [InlineKeyboardButton(text="Vedi l'ordine", callback_data=ShowOrders(number=number).pack())]
    keyboard = InlineKeyboardMarkup(inline_keyboard=[see])
    params = {
        "chat_id": str(chat.id),
        "text": "Rinnovo completato",
        "reply_markup": keyboard.model_dump_json(exclude_none=True),
    }
    pushed = (await chat.world.call("sendMessage", params))["message_id"]

    for _ in range(2):
        await chat.tap("Vedi l'ordine", on=chat.world.message(chat.id, pushed))
        assert f"Ordine {number}" in screen(chat)
        assert chat.world.message(chat.id, window).buttons == (), "its buttons would lead nowhere"
        window = chat.screen.message_id
        clock.advance(timedelta(minutes=1))  # at once it would be the second tap of a hurried hand
    assert chat.world.message(chat.id, pushed).labels == (("Vedi l'ordine",),)
    assert chat.world.message(chat.id, pushed).edits == 0


async def expire(database: Database) -> None:
    """What the worker does with an order that nobody paid."""
    async with database.write() as session:
        await session.execute(update(OrderRow).values(status=OrderStatus.EXPIRED.value))
