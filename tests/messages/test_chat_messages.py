"""What each pushed message says, and what can be tapped under it (DOMAIN.md 2, 4 and 5)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.payments import PaymentOutcome, ReviewReason
from bot.handlers.buttons import ListOrder
from bot.services.sending.row_facts import payment_facts
from bot.texts import Translator
from tests.messages.conftest import Chat, Read
from tests.messages.every import AFTER_DELETION, AFTER_EXPIRY, CARD, ORDERS, SLIP, TRANSFER, many_mailboxes
from tests.messages.payloads import NUMBER, PAID_AT, a_payment, about_order, about_payment, an_order
from tests.support.builders import TODAY, a_mailbox
from tests.support.catalogue import example_catalogue

IBAN = "IT24 F999 9999 9990 0000 ESEM PIO"


async def test_a_completed_renewal_names_mailbox_expiry_amount_order_and_plan(chat: Chat, read: Read) -> None:
    order = an_order(draft=TRANSFER)
    text = await read(chat(about_payment("renewal-completed", order, order.due)))
    for said in (
        "Rinnovo completato",
        "casella1@pec.example",
        "giovedì 23 dicembre 2027",
        "Piano Pro: 2\N{NO-BREAK SPACE}GB di casella, 3\N{NO-BREAK SPACE}GB di archivio",
        NUMBER,
        "36,48\N{NO-BREAK SPACE}€",
    ):
        assert said in text
    for unsaid in ("Rinnovo automatico", "Kit", "rimborso", "archivio di"):
        assert unsaid not in text


async def test_a_completed_renewal_in_english(chat: Chat, read: Read) -> None:
    order = an_order(draft=TRANSFER)
    text = await read(chat(about_payment("renewal-completed", order, order.due), "en"))
    for said in (
        "Renewal completed",
        "Thursday 23 December 2027",
        "Pro plan: 2\N{NO-BREAK SPACE}GB mailbox",
        "€36.48",
    ):
        assert said in text


async def test_extra_space_is_part_of_what_is_active(chat: Chat, read: Read) -> None:
    order = an_order(draft=TRANSFER)
    order.items[0].extra_mailbox_gb, order.items[0].extra_archive_gb = 4, 1
    text = await read(chat(about_payment("renewal-completed", order, order.due)))
    assert "Piano Pro: 6\N{NO-BREAK SPACE}GB di casella, 4\N{NO-BREAK SPACE}GB di archivio" in text


async def test_a_plan_that_the_catalogue_gave_up_is_named_by_its_id(chat: Chat, read: Read) -> None:
    catalogue = example_catalogue()
    plans = {name: plan for name, plan in catalogue.plans.items() if name != "pro"}
    order = an_order(draft=TRANSFER)
    payload = about_payment("renewal-completed", order, order.due)
    assert "Piano pro" in await read(chat(payload, catalogue=replace(catalogue, plans=plans)))


async def test_what_was_lost_is_said_before_what_was_gained(chat: Chat, read: Read) -> None:
    order = ORDERS["downgrade"]
    text = await read(chat(about_payment("renewal-completed", order, order.due)))
    lost = text.index("l'archivio di casella1@pec.example è stato chiuso")
    assert lost < text.index("Nuova scadenza")
    assert "Rinnovo automatico: attivo. Prossimo addebito: dal 16/12/2027 al 05/01/2028, in tutto, " in text


async def test_a_surplus_is_promised_back(chat: Chat, read: Read) -> None:
    order = an_order(draft=TRANSFER)
    text = await read(chat(about_payment("renewal-completed", order, order.due + 500, refund=500)))
    assert "5,00\N{NO-BREAK SPACE}€ più del dovuto: Posta Esempio provvede al rimborso" in text


async def test_the_kit_is_named(chat: Chat, read: Read) -> None:
    order = an_order(draft=TRANSFER)
    order.kit_id = "usb_token"
    text = await read(chat(about_payment("renewal-completed", order, order.due)))
    assert "Kit di firma digitale incluso nell'ordine: Token USB" in text


async def test_of_99_renewed_mailboxes_five_are_named_and_a_button_shows_all(chat: Chat, read: Read) -> None:
    order = ORDERS["99"]
    message = chat(about_payment("renewal-completed", order, order.due))
    text = await read(message)
    assert "99 caselle rinnovate" in text
    listed = [line for line in text.splitlines() if line.startswith("casella")]
    assert [line.split("@")[0] for line in listed] == [f"casella{number}" for number in range(1, 6)]
    assert "e altre 94 caselle" in text
    assert [row[0].label for row in message.rows] == ["Vedi tutte le caselle", "Vedi l'ordine"]
    assert message.rows[0][0].data == ListOrder(number=order.number, page=None).pack()


async def test_six_mailboxes_are_a_list_and_five_are_told_in_full(chat: Chat, read: Read) -> None:
    for count, listed in ((5, False), (6, True)):
        order = an_order(many_mailboxes(count), draft=TRANSFER)
        text = await read(chat(about_payment("renewal-completed", order, order.due)))
        assert ("caselle rinnovate" in text) is listed
        assert ("Piano Standard" in text) is not listed
        assert all(f"casella{number}@pec.example" in text for number in range(1, 6))
        assert ("e un'altra casella" in text) is listed


async def test_a_payment_in_part_says_what_came_what_is_missing_and_how(chat: Chat, read: Read) -> None:
    order = an_order(draft=TRANSFER)
    payload = about_payment("payment-partial", order, 2000, outcome=PaymentOutcome.PARTIAL, missing=1648)
    text = await read(chat(payload))
    for said in (
        "un pagamento di 20,00\N{NO-BREAK SPACE}€, su un totale di 36,48\N{NO-BREAK SPACE}€",
        "Resta da pagare 16,48\N{NO-BREAK SPACE}€",
        IBAN,
        f"Causale: {NUMBER} integrazione, così com'è",
        "entro mercoledì 23 dicembre 2026",
    ):
        assert said in text


async def test_the_reason_of_the_second_payment_is_the_same_word_in_english(chat: Chat, read: Read) -> None:
    order = an_order(draft=SLIP)
    payload = about_payment("payment-partial", order, 2000, outcome=PaymentOutcome.PARTIAL, missing=1648)
    text = await read(chat(payload, "en"))
    assert f"Payment reference: {NUMBER} integrazione, exactly like this" in text


async def test_a_second_payment_in_part_tells_the_sum_so_far(chat: Chat, read: Read) -> None:
    order = an_order(draft=TRANSFER)
    payload = about_payment("payment-partial", order, 500, outcome=PaymentOutcome.PARTIAL, missing=1148)
    text = await read(chat(payload))
    assert "5,00\N{NO-BREAK SPACE}€: in tutto 25,00\N{NO-BREAK SPACE}€ su 36,48\N{NO-BREAK SPACE}€" in text


def test_what_is_missing_is_paid_on_its_page_by_a_button(chat: Chat) -> None:
    order = an_order(draft=CARD)
    payload = about_payment("payment-partial", order, 2000, outcome=PaymentOutcome.PARTIAL, missing=1648)
    (pay,), (payer, see) = chat(payload).rows
    assert payer.copied.endswith(pay.url)
    assert pay.label == "Paga 16,48\N{NO-BREAK SPACE}€"
    assert pay.url == f"https://paga.posta.example/carta?ordine={NUMBER}&importo=16.48"
    assert (see.label, see.data) == ("Vedi l'ordine", f"orders:{NUMBER}")


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (TODAY, "entro mercoledì 23 dicembre 2026, giorno della scadenza"),
        (AFTER_EXPIRY, "entro martedì 23 marzo 2027: dopo quel giorno la casella viene cancellata"),
    ],
)
async def test_an_order_about_to_expire_says_by_when_and_what_is_at_stake(
    on: date, said: str, chat: Chat, read: Read
) -> None:
    order = an_order(draft=TRANSFER)
    text = await read(chat(about_order("order-expiring", order, on=on, missing=order.due)))
    assert said in text
    assert "Il pagamento di 36,48\N{NO-BREAK SPACE}€ non è ancora registrato" in text
    assert f"Causale: {NUMBER}, nient'altro" in text


async def test_an_order_paid_in_part_asks_only_for_the_rest(chat: Chat, read: Read) -> None:
    order = an_order(draft=TRANSFER)
    text = await read(chat(about_order("order-expiring", order, on=AFTER_EXPIRY, missing=1648)))
    assert "restano da pagare 16,48\N{NO-BREAK SPACE}€" in text
    assert "Importo: 16,48\N{NO-BREAK SPACE}€" in text
    assert f"{NUMBER} integrazione" in text


async def test_an_expired_order_whose_mailbox_is_lost_offers_no_renewal(chat: Chat, read: Read) -> None:
    order = an_order(draft=TRANSFER)
    message = chat(about_order("order-expired", order, on=AFTER_DELETION, missing=order.due))
    text = await read(message)
    assert "casella1@pec.example si poteva salvare fino al 23/03/2027: ora viene cancellata" in text
    assert "https://posta.example/acquista" in message.html
    assert "Se il pagamento è già partito, il denaro non va perso" in text
    assert [[button.label for button in row] for row in message.rows] == [["Vedi l'ordine"]]


async def test_an_expired_order_says_which_mailboxes_can_still_be_renewed(chat: Chat, read: Read) -> None:
    order = an_order([a_mailbox(1), a_mailbox(2, expires_in=50)], draft=TRANSFER)
    message = chat(about_order("order-expired", order, on=AFTER_DELETION, missing=order.due))
    text = await read(message)
    assert text.index("casella1@pec.example si poteva salvare") < text.index(
        "casella2@pec.example si può ancora"
    )
    assert "fino al 12/04/2027" in text
    assert [button.data for row in message.rows for button in row] == ["open", f"orders:{NUMBER}"]


async def test_what_was_paid_of_an_expired_order_is_promised_back(chat: Chat, read: Read) -> None:
    order = an_order(draft=TRANSFER)
    text = await read(chat(about_order("order-expired", order, on=AFTER_DELETION, missing=order.due - 2000)))
    assert "non è stato registrato per intero entro" in text
    assert "I 20,00\N{NO-BREAK SPACE}€ già registrati non vanno persi" in text


async def test_the_last_day_of_a_mailbox_is_still_a_day_on_which_it_can_be_renewed(
    chat: Chat, read: Read
) -> None:
    order = an_order(draft=TRANSFER)
    text = await read(
        chat(about_order("order-expired", order, on=AFTER_DELETION - timedelta(days=1), missing=order.due))
    )
    assert "casella1@pec.example si può ancora rinnovare" in text


async def test_the_first_chat_hears_of_another_one(chat: Chat, read: Read) -> None:
    payload = {
        "message": "chat-joined",
        "at": PAID_AT.isoformat(),
        "addresses": ["uno@pec.example", "due@pec.example"],
    }
    text = await read(chat(payload))
    assert "24/11/2026 alle 10:58" in text
    assert "alle stesse 2 caselle, tra cui uno@pec.example" in text
    assert "assistenza@posta.example" in text


async def test_the_operator_is_told_why_and_what_to_do(chat: Chat, read: Read) -> None:
    row = a_payment(4000, outcome=PaymentOutcome.COMPLETED, reason=ReviewReason.SURPLUS, refund=352)
    text = await read(chat({"message": "operator-review", **payment_facts(row).to_json()}))
    for said in (
        "È arrivato più del dovuto",
        "bank-7781",
        NUMBER,
        "Importo: 40,00\N{NO-BREAK SPACE}€",
        "Da rimborsare: 3,52\N{NO-BREAK SPACE}€",
        "24/11/2026, 10:58 (Bonifico bancario)",
        "python -m bot payments review",
    ):
        assert said in text


async def test_an_amount_in_another_currency_is_not_shown_as_euros(chat: Chat, read: Read) -> None:
    row = a_payment(4000, outcome=PaymentOutcome.REVIEW, reason=ReviewReason.OTHER_CURRENCY, currency="USD")
    text = await read(chat({"message": "operator-review", **payment_facts(row).to_json()}))
    assert "Importo: 40.00 USD" in text
    assert "€" not in text


def test_every_reason_has_words_of_its_own(chat: Chat, translator: Translator) -> None:
    told = {
        chat(
            {
                "message": "operator-review",
                **payment_facts(a_payment(100, outcome=PaymentOutcome.REVIEW, reason=reason)).to_json(),
            },
            translator.locale,
        ).html
        for reason in ReviewReason
    }
    assert len(told) == len(ReviewReason)


def test_a_payment_that_needs_nobody_is_not_put_before_the_operator(chat: Chat) -> None:
    row = a_payment(100, outcome=PaymentOutcome.COMPLETED)
    with pytest.raises(ValueError, match="nothing about this payment"):
        chat({"message": "operator-review", **payment_facts(row).to_json()})
