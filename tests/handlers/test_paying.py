"""A message that one pays from has what one pays with: in the chat, in both languages (DOMAIN.md 4, 5, 6)."""

from datetime import timedelta

import pytest

from bot.domain.catalogue import PaymentLink
from bot.domain.money import Cents
from bot.handlers.buttons import ShowOrders, ShowQr
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.services.payments.ledger import PaymentKind, PaymentReport
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.services.orders.test_instructions import with_method
from tests.support.catalogue import with_rules
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import chosen, place
from tests.support.pushing import Push
from tests.support.reminding import plain, reminders
from tests.support.running_bot import Talk
from tests.support.seed import Seed

COPY = {
    "it": ["Copia nome", "Copia IBAN", "Copia importo", "Copia causale"],
    "en": ["Copy name", "Copy IBAN", "Copy amount", "Copy reference"],
}
QR = {"it": "Mostra il QR", "en": "Show the QR"}
AMOUNT = {"it": "36,48", "en": "36.48"}
MISSING = {"it": "26,48", "en": "26.48"}
LANGUAGES = ["it", *long("en")]


async def ordered(
    seed: Seed,
    talk: Talk,
    services: Services,
    clock: FrozenClock,
    *,
    language: str = "it",
    method: str = "bank_transfer",
) -> tuple[Chat, Order]:
    """A chat with an order for 36,48 € that was placed eight days before the reminder of the seventh day is due."""
    mailbox = await seed.mailbox("rossi", plan="pro", expires_in=15)
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    order = await place(services, actor, await chosen(services, actor, [mailbox], method=method))
    clock.advance(timedelta(days=8))
    return chat, order


async def pays(services: Services, order: Order, cents: Cents) -> None:
    """The operator registers a payment."""
    now = services.surroundings.now()
    await services.payments.register(
        PaymentReport(PaymentKind.REGISTERED, "bank-1", order.number, cents, "EUR", "bank_transfer", now)
    )


def copied(chat: Chat) -> list[str]:
    """What the buttons of the screen copy, in their order."""
    return [button.copy_text for button in chat.screen.buttons if button.copy_text]


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_reminder_of_an_unpaid_transfer_has_all_that_a_bank_s_form_asks_for(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, clock, language=language)
    assert await remind() == 1
    assert chat.buttons[:4] == COPY[language]
    assert copied(chat)[:4] == [
        "Posta Esempio S.r.l.",
        "IT24F999999999900000ESEMPIO",
        AMOUNT[language],
        order.number,
    ]
    assert QR[language] in chat.buttons


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_payment_in_part_asks_for_the_rest_with_its_own_reason(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, push: Push, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, clock, language=language)
    await pays(services, order, 1000)
    assert await push() == 1
    assert copied(chat)[2:4] == [MISSING[language], f"{order.number} integrazione"]
    await chat.tap(QR[language])
    assert chat.newest.content.photo is not None
    assert MISSING[language] in chat.text


async def test_the_picture_comes_below_the_reminder_which_stays_as_it_is(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push
) -> None:
    chat, order = await ordered(seed, talk, services, clock)
    await remind()
    (reminder,) = reminders(chat)
    words, buttons = reminder.text, reminder.labels
    await chat.tap("Mostra il QR")

    assert chat.newest.content.photo is not None
    assert plain(chat.text).startswith(f"QR del bonifico per l'ordine {order.number}\n36,48 €")
    assert (reminder.text, reminder.labels) == (words, buttons)


@pytest.mark.soak
async def test_a_quick_second_tap_brings_no_second_picture(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push
) -> None:
    chat, _ = await ordered(seed, talk, services, clock)
    await remind()
    await chat.tap_together(["Mostra il QR", "Mostra il QR"])
    assert sum(message.content.photo is not None for message in chat.world.messages(chat.id)) == 1


@pytest.mark.soak
async def test_paid_meanwhile_there_is_no_picture_to_pay_from_again(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push
) -> None:
    chat, order = await ordered(seed, talk, services, clock)
    await remind()
    (reminder,) = reminders(chat)
    await pays(services, order, 3648)
    await chat.tap("Mostra il QR", on=reminder)
    assert chat.toast == "L'ordine non è più in attesa di pagamento."
    assert chat.newest.content.photo is None


@pytest.mark.soak
async def test_a_method_that_is_no_transfer_any_more_has_no_picture(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push
) -> None:
    chat, order = await ordered(seed, talk, services, clock, method="slip_ordinary")
    await remind()
    assert chat.buttons[:4] == ["Copia nome", "Copia conto", "Copia importo", "Copia causale"]
    assert not chat.has("QR")
    await chat.press(ShowQr(number=order.number).pack())
    assert chat.toast is not None
    assert chat.toast.startswith("L'ordine non si paga più con un bonifico")
    assert chat.newest.content.photo is None


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_link_is_what_one_pays_with_where_the_order_is_paid_by_one(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, clock, language=language, method="card")
    await remind()
    (link,) = [button.url for button in chat.screen.buttons if button.url]
    assert link == f"https://paga.posta.example/carta?ordine={order.number}&importo=36.48"
    assert plain(chat.buttons[0]) == {"it": "Paga 36,48 €", "en": "Pay €36.48"}[language]
    assert not chat.has("QR")


async def test_somebody_else_s_order_has_no_picture(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push
) -> None:
    chat, order = await ordered(seed, talk, services, clock)
    await seed.mailbox("verdi", expires_in=7)
    stranger = await talk("verdi")
    await remind()
    await stranger.press(ShowQr(number=order.number).pack())
    assert stranger.toast is not None
    assert all(message.content.photo is None for message in stranger.world.messages(stranger.id))
    assert chat.has("QR")


WHOLE = {
    "it": "Bonifico bancario: 36,48 €\nBeneficiario: Posta Esempio S.r.l.\nIBAN: {iban}\nCausale: {order}",
    "en": "Bank transfer: €36.48\nBeneficiary: Posta Esempio S.r.l.\nIBAN: {iban}\nPayment reference: {order}",
}
PAYER = {"it": "Per chi paga", "en": "For the payer"}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_pays_gets_all_that_a_payer_needs_and_nothing_else(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push, language: str
) -> None:
    chat, order = await ordered(seed, talk, services, clock, language=language)
    await remind()
    whole = WHOLE[language].format(iban="IT24F999999999900000ESEMPIO", order=order.number)
    await chat.press(ShowOrders(number=order.number).pack())
    page = chat.screen
    (reminder,) = reminders(chat)
    for message in (reminder, page):
        texts = {button.text: button.copy_text for button in message.buttons if button.copy_text}
        assert plain(texts[PAYER[language]]) == whole
        assert "rossi" not in texts[PAYER[language]]


async def test_of_what_is_missing_the_payer_reads_the_rest_and_its_own_reason(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, push: Push
) -> None:
    chat, order = await ordered(seed, talk, services, clock, method="slip_ordinary")
    await pays(services, order, 1000)
    await push()
    (text,) = [text for text in copied(chat) if "\n" in text]
    assert plain(text).splitlines() == [
        "Bollettino postale in bianco: 26,48 €",
        "Conto corrente postale: 000000000000",
        "Intestato a: Posta Esempio S.r.l.",
        f"Causale: {order.number} integrazione",
    ]


@pytest.mark.soak
async def test_a_link_is_for_the_payer_too_unless_it_goes_by_mail_or_is_too_long(
    seed: Seed,
    talk: Talk,
    services: Services,
    clock: FrozenClock,
    remind: Push,
    surroundings: Surroundings,
) -> None:
    chat, order = await ordered(seed, talk, services, clock, method="card")
    await remind()
    (text,) = copied(chat)
    assert text.endswith(f"https://paga.posta.example/carta?ordine={order.number}&importo=36.48")
    for catalogue in (
        with_rules(payment_link=PaymentLink.MAIL),
        with_method("card", url=f"https://paga.posta.example/{'x' * 300}?o={{order}}&a={{amount}}"),
    ):
        surroundings.catalogue = catalogue
        await chat.press(ShowOrders(number=order.number).pack())
        assert copied(chat) == []
