"""My orders, in the chat (DOMAIN.md 4)."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.db.engine import Database
from bot.db.tables import OrderRow
from bot.domain.orders import OrderStatus
from bot.handlers.buttons import ShowOrders
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import chosen, labels, place, screen, tampered
from tests.support.running_bot import Talk
from tests.support.seed import Seed


async def with_order(
    seed: Seed,
    talk: Talk,
    services: Services,
    *,
    language: str = "it",
    method: str = "bank_transfer",
    count: int = 1,
) -> tuple[Chat, Order]:
    """A chat with one order, placed on Monday 23 November 2026."""
    mailboxes = [await seed.mailbox("rossi", plan="pro") for _ in range(count)]
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    return chat, await place(services, actor, await chosen(services, actor, mailboxes, method=method))


async def set_status(database: Database, status: OrderStatus) -> None:
    """What a payment, or time, does to the order."""
    async with database.write() as session:
        await session.execute(update(OrderRow).values(status=status.value))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("it", "Non ci sono ancora ordini. Per rinnovare una casella: /rinnova"),
        *long(("en", "There are no orders yet. To renew a mailbox: /renew")),
    ],
)
async def test_without_orders_it_says_so(seed: Seed, talk: Talk, language: str, words: str) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    await chat.send("/orders")

    assert words in screen(chat)
    assert len(labels(chat)) == 1


@pytest.mark.parametrize(
    ("language", "status", "line"),
    [
        ("it", OrderStatus.AWAITING_PAYMENT, "{0}, 23/11/2026: 36,48 €, in attesa di pagamento"),
        ("en", OrderStatus.CANCELLED, "{0}, 23 Nov 2026: €36.48, cancelled"),
        *long(
            ("it", OrderStatus.COMPLETED, "{0}, 23/11/2026: 36,48 €, rinnovo completato"),
            ("it", OrderStatus.CANCELLED, "{0}, 23/11/2026: 36,48 €, annullato"),
            ("it", OrderStatus.EXPIRED, "{0}, 23/11/2026: 36,48 €, scaduto senza pagamento"),
            ("en", OrderStatus.AWAITING_PAYMENT, "{0}, 23 Nov 2026: €36.48, awaiting payment"),
            ("en", OrderStatus.COMPLETED, "{0}, 23 Nov 2026: €36.48, renewal completed"),
            ("en", OrderStatus.EXPIRED, "{0}, 23 Nov 2026: €36.48, expired without payment"),
        ),
    ],
)
async def test_the_list_has_number_date_amount_and_state(
    seed: Seed,
    talk: Talk,
    services: Services,
    database: Database,
    language: str,
    status: OrderStatus,
    line: str,
) -> None:
    chat, order = await with_order(seed, talk, services, language=language)
    await set_status(database, status)
    await chat.send("/orders")

    assert line.format(order.number) in screen(chat)
    assert labels(chat)[0] == f"{order.number} · {({'it': '36,48 €', 'en': '€36.48'})[language]}"


@pytest.mark.parametrize(("count", "pages"), [(9, 2), *long((19, 3))])
async def test_many_orders_are_paged_newest_first_and_the_text_goes_with_the_page(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, count: int, pages: int
) -> None:
    mailboxes = [await seed.mailbox("rossi", plan="pro") for _ in range(count)]
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    numbers = []
    for mailbox in mailboxes:
        clock.advance(timedelta(minutes=1))
        numbers.append((await place(services, actor, await chosen(services, actor, [mailbox]))).number)
    numbers.reverse()
    await chat.send("/ordini")

    shown = []
    for page in range(1, pages + 1):
        lines = [line.split(",")[0] for line in screen(chat).splitlines() if "23/11/2026" in line]
        on_buttons = [label.split(" · ")[0] for label in labels(chat) if " · " in label]
        assert lines == on_buttons
        assert f"{page}/{pages}" in labels(chat)
        shown += lines
        await chat.tap("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
    assert shown == numbers

    assert f"1/{pages}" in labels(chat)
    await chat.tap(numbers[0])
    assert f"Ordine {numbers[0]}" in screen(chat)


async def test_an_order_that_awaits_payment_says_how_to_pay_it(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat, order = await with_order(seed, talk, services)
    await chat.send("/ordini")
    await chat.tap(order.number)

    for line in [
        f"Ordine {order.number}, in attesa di pagamento",
        "Ordine del 23/11/2026",
        "rossi1@pec.example",
        "Piano Pro, 1 anno: 29,90 € + IVA 6,58 € = 36,48 €",
        "Scadenza: 23/12/2026 → 23/12/2027",
        "Totale: 36,48 €",
        "Titolare: Maria Esempio",
        "Pagamento: Bonifico bancario",
        "Rinnovo automatico: non attivo",
        "IBAN: IT24 F999 9999 9990 0000 ESEM PIO",
        f"Causale: {order.number}, nient'altro",
        "entro mercoledì 23 dicembre 2026",
        "recedere entro 14 giorni",
    ]:
        assert line in screen(chat)
    assert screen(chat).count("in attesa di pagamento") == 1
    assert labels(chat) == [
        "Copia nome",
        "Copia IBAN",
        "Copia importo",
        "Copia causale",
        "Mostra il QR",
        "Per chi paga",
        "Ho pagato",
        "Altra modalità",
        "Annulla ordine",
        "Invia le prove",
        "I miei ordini",
        "Recedere dal contratto qui",
    ]


async def test_the_days_that_remain_are_those_of_today(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock
) -> None:
    chat, order = await with_order(seed, talk, services)
    clock.advance(timedelta(days=40))
    await chat.press(ShowOrders(number=order.number).pack(), on=chat.newest)

    assert "entro martedì 23 marzo 2027: dopo quel giorno la casella viene cancellata" in screen(chat)
    # Saturday 2 January counts as Monday: the next working day is Tuesday
    assert "Pagando oggi, viene registrato il 05/01/2027." in screen(chat)


@pytest.mark.parametrize(
    ("days", "said", "unsaid"),
    [
        (
            29,
            "Dalle 15:00 di oggi conviene un bonifico istantaneo, con gli stessi dati",
            "dopo la cancellazione",
        ),
        (40, "Pagando oggi, viene registrato il 05/01/2027.", "istantaneo"),
        *long(
            # the mailbox expires on Wednesday 23 December, and is deleted after Tuesday 23 March
            (28, "Pagando oggi, viene registrato il 22/12/2026.", "istantaneo"),
            (30, "Conviene un bonifico istantaneo, con gli stessi dati", "dopo la cancellazione"),
            (120, "uno ordinario arriverebbe dopo la cancellazione", "annullare quest'ordine"),
        ),
    ],
)
async def test_the_order_says_where_an_instant_transfer_saves_a_date(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, days: int, said: str, unsaid: str
) -> None:
    chat, order = await with_order(seed, talk, services)
    clock.advance(timedelta(days=days))
    await chat.press(ShowOrders(number=order.number).pack(), on=chat.newest)

    assert said in screen(chat)
    assert unsaid not in screen(chat)
    assert screen(chat).count("istantaneo") == (unsaid != "istantaneo")


@pytest.mark.parametrize(
    ("status", "words", "more"),
    [
        (OrderStatus.COMPLETED, "rinnovo completato", ["Recedere dal contratto qui"]),
        *long((OrderStatus.EXPIRED, "scaduto senza pagamento", [])),
    ],
)
async def test_an_order_that_is_over_has_nothing_to_pay_or_cancel(
    seed: Seed,
    talk: Talk,
    services: Services,
    database: Database,
    status: OrderStatus,
    words: str,
    more: list[str],
) -> None:
    chat, order = await with_order(seed, talk, services)
    await set_status(database, status)
    await chat.send("/ordini")
    await chat.tap(order.number)

    assert words in screen(chat)
    assert "IBAN" not in screen(chat)
    assert labels(chat) == ["Invia le prove", *more, "I miei ordini", "Chiudi"]


async def test_the_picture_is_sent_again(seed: Seed, talk: Talk, services: Services) -> None:
    chat, order = await with_order(seed, talk, services)
    await chat.send("/ordini")
    await chat.tap(order.number)
    await chat.tap("Mostra il QR")

    assert chat.newest.content.photo is not None
    assert order.number in chat.text
    assert f"Ordine {order.number}" in screen(chat)


@pytest.mark.soak
async def test_a_picture_of_an_order_paid_meanwhile_is_not_sent(
    seed: Seed, talk: Talk, services: Services, database: Database
) -> None:
    chat, order = await with_order(seed, talk, services)
    await chat.send("/ordini")
    await chat.tap(order.number)
    await set_status(database, OrderStatus.COMPLETED)
    await chat.tap("Mostra il QR")

    assert chat.newest.content.photo is None
    assert "rinnovo completato" in screen(chat)


async def test_other_methods_have_a_link_or_no_picture(seed: Seed, talk: Talk, services: Services) -> None:
    chat, order = await with_order(seed, talk, services, method="card")
    await chat.send("/ordini")
    await chat.tap(order.number)

    assert labels(chat)[0] == "Paga 36,48 €"
    assert not chat.has("QR")


@pytest.mark.parametrize(
    ("language", "ask", "yes", "done"),
    [
        (
            "it",
            [
                "Annullare l'ordine {0}?",
                "rossi1@pec.example resta con la scadenza del 23/12/2026 e si può rinnovare con un nuovo ordine.",
                "Se il pagamento di 36,48 € è già stato fatto, conviene non annullare",
            ],
            ["Annulla ordine", "Annulla definitivamente"],
            "annullato il 23/11/2026",
        ),
        *long(
            (
                "en",
                [
                    "Cancel order {0}?",
                    "rossi1@pec.example keeps its expiry date of 23 Dec 2026 and can be renewed with a new order.",
                    (
                        "If you have already paid €36.48, do not cancel: "
                        "the renewal is complete once the payment is received."
                    ),
                ],
                ["Cancel order", "Cancel for good"],
                "cancelled on 23 Nov 2026",
            )
        ),
    ],
)
async def test_cancelling_is_asked_once_more_and_frees_the_mailbox(
    seed: Seed,
    talk: Talk,
    services: Services,
    language: str,
    ask: list[str],
    yes: list[str],
    done: str,
) -> None:
    chat, order = await with_order(seed, talk, services, language=language)
    await chat.send("/orders")
    await chat.tap(order.number)
    await chat.tap(yes[0])
    for line in ask:
        assert line.format(order.number) in screen(chat)
    assert (await services.orders.list(Actor(chat.id, "it")))[0].status is OrderStatus.AWAITING_PAYMENT

    await chat.tap(yes[1])
    assert done in screen(chat)
    assert len(labels(chat)) == 3
    (holding,) = await services.renewals.holdings(Actor(chat.id, "it"))
    assert holding.mailboxes[0].open_order is None


async def test_the_way_back_from_the_question_cancels_nothing(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat, order = await with_order(seed, talk, services)
    await chat.send("/ordini")
    await chat.tap(order.number)
    await chat.tap("Annulla ordine")
    await chat.tap("Torna all'ordine")

    assert "in attesa di pagamento" in screen(chat)


@pytest.mark.soak
async def test_an_order_paid_while_it_was_asked_is_not_cancelled(
    seed: Seed, talk: Talk, services: Services, database: Database
) -> None:
    chat, order = await with_order(seed, talk, services)
    await chat.send("/ordini")
    await chat.tap(order.number)
    await chat.tap("Annulla ordine")
    await set_status(database, OrderStatus.COMPLETED)
    await chat.tap("definitivamente")

    assert chat.toast == "L'ordine non è più in attesa di pagamento."
    await chat.tap("Torna all'ordine")
    assert "rinnovo completato" in screen(chat)


@pytest.mark.soak
async def test_two_quick_taps_cancel_it_once(seed: Seed, talk: Talk, services: Services) -> None:
    chat, order = await with_order(seed, talk, services)
    await chat.send("/ordini")
    await chat.tap(order.number)
    await chat.tap("Annulla ordine")
    await chat.tap_together(["Annulla definitivamente"] * 3)

    assert "annullato il 23/11/2026" in screen(chat)


@pytest.mark.soak
async def test_a_large_order_has_its_lines_on_pages(seed: Seed, talk: Talk, services: Services) -> None:
    chat, order = await with_order(seed, talk, services, count=7)
    await chat.send("/ordini")
    await chat.tap(order.number)
    assert "7 caselle PEC, 1 anno" in screen(chat)
    assert "Piano Pro per 7 caselle: 209,30 € + IVA 46,06 € = 255,36 €" in screen(chat)

    await chat.tap("Le caselle")
    assert screen(chat).count("Piano Pro, 1 anno: 29,90 € + IVA 6,58 € = 36,48 €") == 2
    await chat.tap("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
    assert screen(chat).count("Piano Pro, 1 anno: 29,90 € + IVA 6,58 € = 36,48 €") == 2
    await chat.tap("Indietro")
    assert f"Ordine {order.number}" in screen(chat)


async def test_a_button_of_a_message_opens_the_order(seed: Seed, talk: Talk, services: Services) -> None:
    chat, order = await with_order(seed, talk, services)
    await chat.press(ShowOrders(number=order.number).pack(), on=chat.newest)
    assert f"Ordine {order.number}" in screen(chat)

    await chat.tap("I miei ordini")
    await chat.tap(order.number)
    assert f"Ordine {order.number}" in screen(chat)


@pytest.mark.soak
async def test_the_order_of_somebody_else_is_not_found(seed: Seed, talk: Talk, services: Services) -> None:
    mine, order = await with_order(seed, talk, services)
    await seed.mailbox("verdi", plan="pro")
    stranger = await talk("verdi")
    actor = Actor(stranger.id, "it")
    (holding,) = await services.renewals.holdings(actor)
    own = await place(services, actor, await chosen(services, actor, [holding.mailboxes[0].id]))
    await stranger.send("/ordini")
    assert order.number not in screen(stranger)

    await stranger.press(tampered(stranger, own.number, own.number, order.number))
    assert order.number not in " ".join(stranger.texts)
    await stranger.press(ShowOrders(number=order.number).pack())
    assert order.number not in " ".join(stranger.texts)
    assert (await services.orders.show(Actor(mine.id, "it"), order.number)).number == order.number


async def test_closed_it_leaves_what_was_read(seed: Seed, talk: Talk, services: Services) -> None:
    chat, order = await with_order(seed, talk, services)
    await chat.send("/ordini")
    await chat.tap("Chiudi")

    assert order.number in chat.text
    assert chat.newest.content.keyboard == ()
