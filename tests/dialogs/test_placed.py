"""The confirmation of an order, in the chat (DOMAIN.md 4)."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendPhoto

from bot.domain.registrant import HolderKind
from bot.playground.entities import utf16_length
from bot.services.actor import Actor
from bot.services.payments.ledger import PaymentKind, PaymentReport
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import example_catalogue, with_plan
from tests.support.chat import Chat, labels_of
from tests.support.long_runs import long, some
from tests.support.ordering import at_recap, labels, order_of, screen
from tests.support.reminding import plain
from tests.support.running_bot import Talk
from tests.support.seed import Seed

ACCEPT = {
    "it": ["Accetto condizioni", "Approvo clausole", "Ho letto l'informativa"],
    "en": ["I accept the general", "I approve onerous", "I read the privacy"],
}
FINAL = {"it": "obbligo di pagare", "en": "obligation to pay"}


async def ordered(
    seed: Seed,
    talk: Talk,
    services: Services,
    *,
    language: str = "it",
    method: str = "bank_transfer",
    kind: HolderKind = HolderKind.NATURAL_PERSON,
    expires_in: int = 30,
    count: int = 1,
) -> Chat:
    """A chat that has just placed an order, on Monday 23 November 2026."""
    mailboxes = [
        await seed.mailbox("rossi", plan="pro", kind=kind, expires_in=expires_in) for _ in range(count)
    ]
    chat = await talk("rossi", language=language)
    await at_recap(chat, services, mailboxes, language=language, method=method)
    for label in ACCEPT[language]:
        await chat.tap(label)
    await chat.tap(FINAL[language])
    return chat


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "it",
            [
                "Ordine {0} ricevuto",
                "Il rinnovo si completa quando il pagamento è registrato: fino ad allora la scadenza non cambia.",
                "Piano Pro, 1 anno: 29,90 € + IVA 6,58 € = 36,48 €",
                "Scadenza: 23/12/2026 → 23/12/2027",
                "Totale: 36,48 €",
                "Come pagare: Bonifico bancario",
                "Beneficiario: Posta Esempio S.r.l.",
                "IBAN: IT24 F999 9999 9990 0000 ESEM PIO",
                "Causale: {0}, nient'altro",
                "Importo: 36,48 €",
                "La banca confronta il nome con l'IBAN: se ne mostra un altro, è meglio fermarsi e chiedere a",
                "Il pagamento va registrato entro mercoledì 23 dicembre 2026, giorno della scadenza.",
                "ma entro il 23/03/2027, il rinnovo si completa lo stesso",
                "Pagando oggi, viene registrato il 24/11/2026.",
                "Finché non è pagato, l'ordine si può annullare: si trova in /ordini.",
                "Un consumatore può recedere entro 14 giorni dall'ordine, senza dire perché",
                "Recesso: fino al 07/12/2026.",
                "/recesso",
            ],
        ),
        *long(
            (
                "en",
                [
                    "Order {0} received",
                    "The renewal is complete once the payment is received: until then the expiry date does not change.",
                    "Pro plan, 1 year: €29.90 + VAT €6.58 = €36.48",
                    "Expiry date: 23 Dec 2026 → 23 Dec 2027",
                    "Total: €36.48",
                    "How to pay: Bank transfer",
                    "Beneficiary: Posta Esempio S.r.l.",
                    "IBAN: IT24 F999 9999 9990 0000 ESEM PIO",
                    "Payment reference: {0}, nothing else",
                    "Amount: €36.48",
                    "The payment must be received by Wednesday 23 December 2026, the expiry date.",
                    "but by 23 Mar 2027, the renewal is completed all the same",
                    "A payment made today is received on 24 Nov 2026.",
                    "Until it is paid, the order can be cancelled: it is listed in /orders.",
                    "As a consumer you can withdraw within 14 days of the order, without giving a reason",
                    "Withdrawal: until 7 Dec 2026.",
                    "/withdraw",
                ],
            )
        ),
    ],
)
async def test_the_confirmation_says_what_was_ordered_how_to_pay_by_when_and_how_to_stop_it(
    seed: Seed, talk: Talk, services: Services, language: str, lines: list[str]
) -> None:
    chat = await ordered(seed, talk, services, language=language)
    order = await order_of(services, chat)

    for line in lines:
        assert line.format(order.number) in screen(chat)


async def test_name_iban_amount_and_reason_are_copied_by_a_tap(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ordered(seed, talk, services)
    order = await order_of(services, chat)

    text = chat.screen.content.text
    monospace = [
        text.text.encode("utf-16-le")[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le")
        for e in text.entities
        if e.type == "code"
    ]
    assert monospace == ["Posta Esempio S.r.l.", "IT24 F999 9999 9990 0000 ESEM PIO", order.number]
    rows = [[(button.text, button.copy_text) for button in row] for row in chat.screen.content.keyboard[:2]]
    assert rows == [
        [("Copia nome", "Posta Esempio S.r.l."), ("Copia IBAN", "IT24F999999999900000ESEMPIO")],
        [("Copia importo", "36,48"), ("Copia causale", order.number)],
    ]


@pytest.mark.soak
async def test_a_slip_is_copied_by_a_tap_too(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await ordered(seed, talk, services, method="slip_ordinary", language="en")
    order = await order_of(services, chat)
    copied = {button.text: button.copy_text for row in chat.screen.content.keyboard[:2] for button in row}
    assert copied == {
        "Copy name": "Posta Esempio S.r.l.",
        "Copy account": "000000000000",
        "Copy amount": "36.48",
        "Copy reference": order.number,
    }


async def test_what_is_copied_stands_first_then_all_else_folded_and_last_the_withdrawal(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ordered(seed, talk, services)
    for screen_of in ("the confirmation", "the order's page"):
        shown = screen(chat)
        places = [
            shown.index(said)
            for said in ("IBAN", "Causale", "Da registrare entro mercoledì", "Piano Pro", "Recesso:")
        ]
        assert places == sorted(places), screen_of
        folded = chat.screen.content.text.entities
        (quote,) = [entity for entity in folded if entity.type == "expandable_blockquote"]
        assert utf16_length(shown[: shown.index("Da registrare entro")]) < quote.offset, (
            "it is folded, and below"
        )
        assert quote.end <= utf16_length(shown[: shown.index("Recesso:")]), "the right to withdraw never is"
        assert labels(chat)[:4] == ["Copia nome", "Copia IBAN", "Copia importo", "Copia causale"]
        if screen_of == "the confirmation":
            await chat.tap("Vedi l'ordine")


async def test_the_picture_of_the_transfer_comes_below_the_confirmation(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ordered(seed, talk, services)
    order = await order_of(services, chat)
    assert chat.newest is chat.screen, "nothing pushes what has to be copied away"
    await chat.tap("Mostra il QR")

    assert chat.newest.content.photo is not None
    assert chat.newest.message_id > chat.screen.message_id
    assert chat.text.startswith(
        f"QR del bonifico per l'ordine {order.number}\n36,48\u00a0€ a Posta Esempio S.r.l."
    )
    assert "ricevuto" in chat.screen_text


@pytest.mark.parametrize("method", ["card", *long("paypal")])
async def test_a_link_opens_the_page_with_order_and_amount(
    seed: Seed, talk: Talk, services: Services, method: str
) -> None:
    chat = await ordered(seed, talk, services, method=method)
    order = await order_of(services, chat)

    (link,) = [button for row in chat.screen.content.keyboard for button in row if button.url]
    assert link.text.replace("\u00a0", " ") == "Paga 36,48 €"
    assert link.url == example_catalogue().methods[method].url.replace("{order}", order.number).replace(
        "{amount}", "36.48"
    )
    assert "Nella chat non si scrivono mai dati di carte." in screen(chat)
    assert "Con questa modalità il pagamento viene registrato subito." in screen(chat)
    assert chat.newest.content.photo is None
    assert chat.newest is chat.screen


async def test_a_slip_names_the_account(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await ordered(seed, talk, services, method="slip_ordinary")
    order = await order_of(services, chat)

    for line in [
        "Come pagare: Bollettino postale in bianco",
        "Conto corrente postale: 000000000000",
        "Intestato a: Posta Esempio S.r.l.",
        f"Causale: {order.number}, nient'altro",
        "Pagando oggi, viene registrato tra il 30/11/2026 e il 02/12/2026.",
    ]:
        assert line in screen(chat)
    assert chat.newest.content.photo is None


async def test_a_public_administration_reads_of_its_commitment_letter_and_of_no_withdrawal(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ordered(seed, talk, services, method="pa_transfer", kind=HolderKind.PUBLIC_ADMINISTRATION)

    assert "La lettera d'impegno, firmata e con il numero d'ordine, va inviata a Posta Esempio" in screen(
        chat
    )
    assert "recedere" not in screen(chat)
    assert "Recesso" not in screen(chat)


@pytest.mark.parametrize("kind", some([kind for kind in HolderKind if not kind.is_consumer], 1))
async def test_only_consumers_read_of_the_withdrawal(
    seed: Seed, talk: Talk, services: Services, kind: HolderKind
) -> None:
    method = "pa_transfer" if kind is HolderKind.PUBLIC_ADMINISTRATION else "card"
    chat = await ordered(seed, talk, services, kind=kind, method=method)
    assert "recedere" not in screen(chat)
    assert "Recesso" not in screen(chat)


async def test_an_expired_mailbox_is_saved_until_its_deletion(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ordered(seed, talk, services, expires_in=-10)

    assert (
        "Il pagamento va registrato entro giovedì 11 febbraio 2027: dopo quel giorno la casella viene cancellata"
        in screen(chat)
    )


@pytest.mark.soak
async def test_several_mailboxes_are_paid_by_the_date_of_the_first(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ordered(seed, talk, services, count=4)

    assert "4 caselle PEC, 1 anno" in screen(chat)
    assert "entro mercoledì 23 dicembre 2026, giorno della prima scadenza" in screen(chat)


async def test_a_picture_that_telegram_refuses_does_not_take_the_order_back(
    seed: Seed, talk: Talk, services: Services, monkeypatch: pytest.MonkeyPatch, bot: Bot
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise TelegramBadRequest(method=SendPhoto(chat_id=1, photo="x"), message="Bad Request: no pictures")

    monkeypatch.setattr(type(bot), "send_photo", refuse)
    chat = await ordered(seed, talk, services)
    order = await order_of(services, chat)
    await chat.tap("Mostra il QR")

    assert f"Ordine {order.number} ricevuto" in screen(chat)
    monkeypatch.undo()
    await chat.tap("Vedi l'ordine")
    await chat.tap("Mostra il QR")
    assert chat.newest.content.photo is not None


@pytest.mark.soak
async def test_nothing_to_pay_is_confirmed_without_a_picture(
    seed: Seed, talk: Talk, services: Services, surroundings: Surroundings
) -> None:
    surroundings.catalogue = with_plan("pro", price=0)
    chat = await ordered(seed, talk, services)

    assert "Totale: 0,00 €" in screen(chat)
    assert not chat.has("Copia")
    await chat.tap("Mostra il QR")
    assert chat.newest.content.photo is None


@pytest.mark.soak
async def test_the_order_is_shown_from_here_and_can_be_cancelled_there(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ordered(seed, talk, services)
    order = await order_of(services, chat)
    await chat.tap("Vedi l'ordine")

    assert screen(chat).startswith(f"Ordine {order.number}, in attesa di pagamento")
    assert chat.has("Annulla ordine")


async def test_closed_it_stays_to_be_read(seed: Seed, talk: Talk, services: Services) -> None:
    chat = await ordered(seed, talk, services, method="card")
    await chat.tap("Chiudi")

    assert "ricevuto" in chat.text
    assert chat.newest.content.keyboard == ()


@pytest.mark.soak
async def test_after_a_restart_the_confirmation_is_still_there(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ordered(seed, talk, services)
    await chat.send("e adesso?")

    assert "ricevuto" in screen(chat)
    assert await services.renewals.unfinished(Actor(chat.id, "it")) is None
    assert "Chiudi" in labels(chat)


@pytest.mark.soak
async def test_the_day_under_the_amount_is_that_of_receipt_in_english_too(
    seed: Seed, talk: Talk, services: Services
) -> None:
    chat = await ordered(seed, talk, services, language="en")
    assert "To be received by 23 Dec 2026" in screen(chat)


@pytest.mark.soak
@pytest.mark.parametrize(
    ("language", "say", "back", "expected"),
    [
        ("it", "Ho pagato", "Non ho ancora pagato", "Pagamento atteso entro"),
        *long(("en", "I have paid", "I have not paid yet", "Payment expected by")),
    ],
)
async def test_taken_back_on_the_card_the_confirmation_asks_to_be_paid_again(
    seed: Seed, talk: Talk, services: Services, language: str, say: str, back: str, expected: str
) -> None:
    chat = await ordered(seed, talk, services, language=language)
    number = chat.screen.message_id
    await chat.tap(say)
    messages = chat.world.chat(chat.id).messages
    card = chat.world.chat(chat.id).pinned
    assert card is not None
    assert expected in plain(messages[number].text)
    await chat.tap(back, on=messages[card])
    assert expected not in plain(chat.world.chat(chat.id).messages[number].text)


@pytest.mark.soak
@pytest.mark.parametrize(
    ("language", "say", "told"),
    [
        ("it", "Ho pagato", "Il pagamento è già registrato: il rinnovo è completato."),
        *long(("en", "I have paid", "The payment has been received already: the renewal is completed.")),
    ],
)
async def test_who_says_that_it_is_paid_when_it_is_registered_is_told_so_and_the_button_goes(
    seed: Seed, talk: Talk, services: Services, language: str, say: str, told: str
) -> None:
    chat = await ordered(seed, talk, services, language=language)
    (order,) = await services.orders.list(Actor(chat.id, language))
    now = services.surroundings.now()
    await services.payments.register(
        PaymentReport(
            PaymentKind.REGISTERED, "bank-1", order.number, order.quote.due, "EUR", "bank_transfer", now
        )
    )
    confirmation = chat.screen
    await chat.tap(say, on=confirmation)
    assert chat.toast == told
    assert not any(say in label for label in labels_of(confirmation))
