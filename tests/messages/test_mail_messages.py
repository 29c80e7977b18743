"""What each e-mail says (DOMAIN.md 4 and 5)."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.instructions import Transfer, instructions_for
from bot.domain.payments import PaymentOutcome
from bot.domain.registrant import HolderKind
from bot.messages.mail.plain import plain_words
from bot.messages.qr import transfer_qr
from bot.texts import Safe
from tests.messages.conftest import Mail
from tests.messages.every import (
    AFTER_DELETION,
    AFTER_EXPIRY,
    CARD,
    GONE,
    ORDER_PAYLOADS,
    ORDERS,
    OTHER_PAYLOADS,
    SLIP,
    TRANSFER,
)
from tests.messages.payloads import NUMBER, about_order, about_payment, an_order
from tests.support.builders import a_mailbox
from tests.support.catalogue import example_catalogue

IBAN = "IT24 F999 9999 9990 0000 ESEM PIO"
NBSP = "\N{NO-BREAK SPACE}"


def flat(text: str) -> str:
    """The text without its line breaks, so that a sentence can be looked for."""
    return re.sub(r"[ \n]+", " ", text)


def test_the_confirmation_has_all_that_the_law_and_the_customer_ask_for(mail: Mail) -> None:
    message = mail(about_order("order-placed", an_order(draft=TRANSFER)))
    assert message.subject == f"Ordine {NUMBER}: 36,48{NBSP}€ da pagare entro il 22/12/2026"
    text = flat(message.text)
    for said in (
        f"Ordine {NUMBER} ricevuto",
        f"Importo: 36,48{NBSP}€",
        "Modalità: Bonifico bancario (registrato il giorno lavorativo successivo)",
        "Beneficiario: Posta Esempio S.r.l.",
        f"IBAN: {IBAN}",
        f"Causale: {NUMBER} (soltanto il numero d'ordine)",
        "La banca confronta il nome con l'IBAN: se ne mostra un altro, è meglio fermarsi e chiedere a Posta Esempio",
        "Il pagamento va registrato entro mercoledì 23 dicembre 2026",
        f"Piano Pro, 1 anno: 36,48{NBSP}€ 29,90{NBSP}€ + IVA 6,58{NBSP}€",
        "Nuova scadenza (prima 23/12/2026): 23/12/2027",
        f"Imponibile: 29,90{NBSP}€",
        f"IVA: 6,58{NBSP}€",
        f"Totale: 36,48{NBSP}€",
        "si può annullare: nella chat di Rinnovo, con il comando /ordini",
        "può recedere entro 14 giorni dall'ordine, fino al 07/12/2026",
        "sotto l'ordine o con il comando /recesso",
        "P. IVA 99999990999",
        "Gestore di esempio",
    ):
        assert said in text


def test_the_confirmation_in_english(mail: Mail) -> None:
    message = mail(about_order("order-placed", an_order(draft=TRANSFER)), "en")
    assert message.subject == f"Order {NUMBER}: €36.48 to be paid by 22 Dec 2026"
    text = flat(message.text)
    for said in (
        "How to pay",
        f"Payment reference: {NUMBER} (the order number alone)",
        "Pro plan, 1 year: €36.48",
        "with the command /orders",
        "you can withdraw within 14 days of the order, up to and including 7 Dec 2026",
    ):
        assert said in text
    assert '<html lang="en">' in message.html


def test_only_consumers_are_told_how_to_withdraw(mail: Mail) -> None:
    company = an_order(kind=HolderKind.COMPANY, draft=TRANSFER)
    assert "recedere" not in mail(about_order("order-placed", company)).text


def test_the_picture_is_the_transfer_that_the_text_tells(mail: Mail) -> None:
    order = an_order(draft=TRANSFER)
    (picture,) = mail(about_order("order-placed", order)).pictures
    assert f'src="cid:{picture.cid}"' in mail(about_order("order-placed", order)).html
    assert picture.name == f"{NUMBER}.png"
    how = instructions_for(example_catalogue(), method_id="bank_transfer", number=NUMBER, due=3648)
    assert isinstance(how, Transfer)
    assert picture.png == transfer_qr(how)


def test_the_picture_of_a_second_payment_asks_for_the_rest(mail: Mail) -> None:
    order = an_order(draft=TRANSFER)
    payload = about_payment("payment-partial", order, 2000, outcome=PaymentOutcome.PARTIAL, missing=1648)
    (picture,) = mail(payload).pictures
    how = instructions_for(
        example_catalogue(), method_id="bank_transfer", number=NUMBER, due=1648, integrates=True
    )
    assert isinstance(how, Transfer)
    assert picture.png == transfer_qr(how)


def test_a_card_is_paid_on_its_page(mail: Mail) -> None:
    message = mail(about_order("order-placed", an_order(draft=CARD)))
    url = f"https://paga.posta.example/carta?ordine={NUMBER}&importo=36.48"
    assert url in message.text
    assert url.replace("&", "&amp;") in message.html
    assert "registrato subito" in message.text
    assert message.pictures == ()


def test_a_slip_names_account_and_holder(mail: Mail) -> None:
    text = mail(about_order("order-placed", an_order(draft=SLIP))).text
    assert "Conto corrente postale: 000000000000" in text
    assert "(registrato dopo 5\N{EN DASH}7 giorni lavorativi)" in text


def test_a_method_that_is_gone_leads_to_the_operator(mail: Mail) -> None:
    text = flat(mail(about_order("order-placed", an_order(draft=GONE))).text)
    assert "La modalità scelta non è più disponibile. Posta Esempio dice come pagare" in text


def test_a_bic_is_shown_where_there_is_one(mail: Mail) -> None:
    catalogue = example_catalogue()
    method = replace(catalogue.methods["bank_transfer"], bic="ESEMITRRXXX")
    with_bic = replace(catalogue, methods={**catalogue.methods, "bank_transfer": method})
    payload = about_order("order-placed", an_order(draft=TRANSFER))
    assert "BIC: ESEMITRRXXX" in mail(payload, catalogue=with_bic).text
    assert "BIC" not in mail(payload).text


def test_a_public_administration_pays_the_net_amount_with_a_letter(mail: Mail) -> None:
    order = ORDERS["letter"]
    order_split = about_order("order-placed", order, missing=order.net) | {"split_payment": True}
    text = flat(mail(order_split).text)
    assert f"Importo: 29,90{NBSP}€" in text
    assert f"Da pagare: 29,90{NBSP}€ Scissione dei pagamenti" in text
    assert f"Totale: 36,48{NBSP}€" in text
    assert "La lettera d'impegno, firmata e con il numero d'ordine" in text


def test_a_public_administration_reads_that_split_payment_has_ended(mail: Mail) -> None:
    payload = about_order("order-placed", ORDERS["letter"])
    assert payload["split_ended"] is False
    text = flat(mail(payload | {"split_ended": True}).text)
    assert f"Importo: 36,48{NBSP}€" in text
    assert "Scissione dei pagamenti: l'autorizzazione nota è finita il 30/06/2026" in text
    assert "scissione" not in flat(mail(payload).text).lower()


def test_what_a_change_of_plan_will_destroy_comes_first_among_the_lines(mail: Mail) -> None:
    text = flat(mail(about_order("order-placed", ORDERS["downgrade"])).text)
    lost = text.index(
        "l'archivio di casella1@pec.example viene chiuso e i messaggi che contiene vengono cancellati"
    )
    assert lost < text.index("Cambio di piano: da Premium a Standard")
    assert "Rinnovo automatico: attivo a rinnovo completato" in text


def test_many_mailboxes_are_added_up_and_listed(mail: Mail) -> None:
    order = ORDERS["99"]
    text = flat(mail(about_order("order-placed", order)).text)
    assert "Piano Pro per 33 caselle, 1 anno" in text
    assert all(f"casella{number}@pec.example: " in text for number in range(1, 100))


def test_the_kit_is_a_line_of_its_own(mail: Mail) -> None:
    payload = about_order("order-placed", an_order(draft=TRANSFER))
    kit = payload["lines"][0] | {"kind": "kit", "code": "usb_token", "mailbox": None, "next_unit_net": None}
    shipping = kit | {"kind": "shipping"}
    text = flat(mail(payload | {"lines": [*payload["lines"], kit, shipping], "kit": "usb_token"}).text)
    assert f"Una volta sola - Token USB: 36,48{NBSP}€" in text
    assert f"- Spedizione: 36,48{NBSP}€" in text


def test_a_completed_renewal_is_a_receipt(mail: Mail) -> None:
    order = an_order(draft=TRANSFER)
    message = mail(about_payment("renewal-completed", order, order.due))
    text = flat(message.text)
    assert message.subject == f"Rinnovo completato: ordine {NUMBER}"
    assert "casella1@pec.example è rinnovata fino a giovedì 23 dicembre 2027" in text
    assert f"Il pagamento dell'ordine {NUMBER}, 36,48{NBSP}€, è registrato" in text
    assert f"Totale: 36,48{NBSP}€" in text
    assert "Come pagare" not in text


def test_99_completed_renewals_are_all_listed_once(mail: Mail) -> None:
    order = ORDERS["99"]
    text = mail(about_payment("renewal-completed", order, order.due)).text
    # The first is also named in the preview, which only the HTML has.
    assert all(text.count(f"casella{number}@pec.example") == 1 for number in range(1, 100))


def test_a_payment_in_part_asks_for_the_rest(mail: Mail) -> None:
    order = an_order(draft=TRANSFER)
    message = mail(
        about_payment("payment-partial", order, 2000, outcome=PaymentOutcome.PARTIAL, missing=1648)
    )
    text = flat(message.text)
    assert message.subject == f"Ordine {NUMBER}: ricevuti 20,00{NBSP}€, restano 16,48{NBSP}€"
    assert f"Causale: {NUMBER} integrazione (da scrivere proprio così)" in text
    assert f"Importo: 16,48{NBSP}€" in text


def test_an_order_about_to_expire_has_the_last_day_in_its_subject(mail: Mail) -> None:
    order = an_order(draft=TRANSFER)
    message = mail(about_order("order-expiring", order, on=AFTER_EXPIRY, missing=order.due))
    assert message.subject == f"Ordine {NUMBER}: 36,48{NBSP}€ da pagare entro il 22/03/2027"
    assert "dopo quel giorno la casella viene cancellata" in flat(message.text)
    assert len(message.pictures) == 1


@pytest.mark.parametrize("language", ["it", "en"])
def test_an_order_that_is_closed_no_longer_says_how_to_pay(language: str, mail: Mail) -> None:
    order = an_order([a_mailbox(1), a_mailbox(2, expires_in=50)], draft=TRANSFER)
    for payload in (
        about_order("order-expired", order, on=AFTER_DELETION, missing=order.due),
        about_order("order-cancelled", order, missing=order.due),
    ):
        message = mail(payload, language)
        assert NUMBER in message.subject
        assert "IBAN" not in message.text
        assert message.pictures == ()


def test_a_cancelled_order_leaves_the_expiry_as_it_is(mail: Mail) -> None:
    order = an_order(draft=TRANSFER)
    text = flat(mail(about_order("order-cancelled", order, missing=order.due)).text)
    assert "non va più pagato. casella1@pec.example resta con la scadenza del 23/12/2026" in text


def test_a_real_operator_is_not_called_an_example(mail: Mail) -> None:
    catalogue = example_catalogue()
    real = replace(catalogue, operator=replace(catalogue.operator, example=False))
    message = mail(about_order("order-placed", an_order(draft=TRANSFER)), catalogue=real)
    assert "Gestore di esempio" not in message.text


def test_lines_of_plain_text_are_folded_but_addresses_stay_whole(mail: Mail) -> None:
    message = mail(about_order("order-placed", ORDERS["99-long"]))
    for line in message.text.splitlines():
        assert len(line) <= 76 or "@" in line or "https://" in line


def test_a_link_in_plain_text_is_followed_by_its_address() -> None:
    words = Safe('<b>Nuova</b>: <a href="https://posta.example/?a=1&amp;b=2">casella &amp; altro</a>.')
    assert plain_words(words) == "Nuova: casella & altro (https://posta.example/?a=1&b=2)."


def test_an_order_for_nothing_has_no_picture(mail: Mail) -> None:
    payload = about_order("order-placed", an_order(draft=TRANSFER), missing=0)
    assert mail(payload).pictures == ()


def test_the_withdrawal_is_counted_from_the_day_of_the_order(mail: Mail) -> None:
    order = an_order(draft=TRANSFER)
    late = order.placed_at.date() + timedelta(days=1)
    assert "fino al 07/12/2026" in flat(mail(about_order("order-placed", order, on=late)).text)
    order.placed_at += timedelta(days=1)
    text = flat(mail(about_order("order-placed", order, on=late)).text)
    assert "fino al 09/12/2026 compreso" in text, "the 8th is a holiday"


@pytest.mark.parametrize(
    ("language", "label"),
    [("it", "Recedere dal contratto qui"), ("en", "Withdraw from the contract here")],
)
def test_the_confirmation_leads_to_the_page_on_which_a_consumer_withdraws(
    mail: Mail, language: str, label: str
) -> None:
    url = f"https://rinnovo.example.com/withdrawal/{'Tk-_9' * 8}Abc"
    message = mail(about_order("order-placed", an_order(draft=TRANSFER), withdraw_url=url), language)
    assert f"{label}:\n{url}" in message.text
    assert f'href="{url}"' in message.html


def test_the_receipt_has_number_words_and_the_second_with_its_zone(mail: Mail) -> None:
    message = mail(ORDER_PAYLOADS["order-withdrawn transfer"])
    assert message.subject == f"Ricevuta del recesso dall'ordine {NUMBER}"
    text = flat(message.text)
    for said in (
        f"Numero della ricevuta: REC-{NUMBER}",
        "martedì 24 novembre 2026, ore 10:58:00 (CET)",
        "«Dichiaro di recedere dal contratto.",
        "non una decisione",
        f"Vengono restituiti 35,40{NBSP}€ entro il 07/12/2026",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "it",
            [
                "Codice: 048213 (vale 10 minuti, fino alle 11:10, e soltanto nella chat in cui è stato chiesto)",
                "Nessuno chiede questo codice per telefono o per email, nemmeno Posta Esempio",
                "Se non l'hai chiesto, ignora questa email",
            ],
        ),
        (
            "en",
            [
                "Code: 048213 (works for 10 minutes, until 11:10, and only in the chat that asked for it)",
                "Nobody asks for this code by phone or by e-mail, Posta Esempio included",
                "If you did not ask for it, ignore this e-mail",
            ],
        ),
    ],
)
def test_the_code_stands_in_the_mail_and_not_where_others_look(
    mail: Mail, language: str, said: list[str]
) -> None:
    payload = OTHER_PAYLOADS["login-code"] | {"good_until": "2026-11-23T10:10:00+00:00"}
    message = mail(payload, language)
    for words in said:
        assert words in flat(message.text)
    assert message.html.count("048213") == 1, "in the letter, and not in its title and preview"
    assert "048213" not in message.subject
