"""Messages about an order that holds a mailbox which is gone: none says how it is paid (docs/decisions/034)."""

import json
from typing import Any

import pytest

from bot.domain.mailboxes import Mailbox
from tests.messages.conftest import Chat, Mail, Read
from tests.messages.payloads import NUMBER, about_order, about_reminder, an_order
from tests.support.builders import TODAY, a_mailbox

LANGUAGES = ("it", "en")
NOT_TO_BE_PAID = {
    "it": "Quest'ordine non va pagato: casella1@pec.example",
    "en": "Do not pay this order: casella1",
}
OTHERS = {"it": "annulla quest'ordine e fanne uno nuovo", "en": "cancel this order and place a new one"}
SEE_ORDER = {"it": "Vedi l'ordine", "en": "View the order"}
TO_PAY_WITH = ("IBAN", "Come pagare", "How to pay", "da pagare entro", "to pay by", "ora si può pagare")
TWO = (a_mailbox(1), a_mailbox(2))


def with_gone(
    message: str, *, gone: int = 1, mailboxes: tuple[Mailbox, ...] = TWO, **more: Any
) -> dict[str, Any]:
    """A payload about an order of these mailboxes, of which the first ones are gone."""
    order = an_order(mailboxes, draft={"method_id": "bank_transfer"})
    for item in order.items[:gone]:
        item.gone_on = TODAY
    if message.startswith("reminder"):
        return about_reminder(message, [mailboxes[-1]], order=order, **more)
    return about_order(message, order, **more)


TOLD: dict[str, dict[str, Any]] = {
    "reminder-awaiting-payment": {},
    "reminder-awaiting-decision": {"vat_treatment": "open"},
    "order-expiring": {},
    "order-vat-decided": {},
    "payment-not-arrived": {"expected_on": "2026-11-24"},
}


@pytest.mark.parametrize("message", TOLD)
async def test_it_says_not_to_pay_and_leads_to_the_order(
    chat: Chat, mail: Mail, read: Read, message: str
) -> None:
    payload = json.loads(json.dumps(with_gone(message, **TOLD[message])))
    for language in LANGUAGES:
        pushed, letter = chat(payload, language), mail(payload, language)
        said = await read(pushed)
        for text in (said, letter.text.replace("\n", " ")):
            assert NOT_TO_BE_PAID[language] in text
            assert OTHERS[language] in text
            assert "assistenza@posta.example" in text
            assert NUMBER in text
        for text in (said, letter.subject, letter.text, letter.html):
            assert not any(words in text for words in TO_PAY_WITH)
        buttons = [button for row in pushed.rows for button in row]
        assert buttons[0].label == SEE_ORDER[language]
        assert not any(button.url or button.copied for button in buttons)
        assert "/ordini" in letter.text or "/orders" in letter.text


@pytest.mark.parametrize("message", TOLD)
async def test_what_an_earlier_release_stored_reads_as_before(chat: Chat, read: Read, message: str) -> None:
    new = with_gone(message, gone=0, **TOLD[message])
    assert not any("gone" in item for item in new["items"]), "as it was stored"
    assert "non va pagato" not in await read(chat(new))


async def test_what_is_paid_in_part_is_not_said_to_be_cancelled(chat: Chat, mail: Mail, read: Read) -> None:
    payload = with_gone("order-expiring", missing=1)
    for language in LANGUAGES:
        assert OTHERS[language] not in await read(chat(payload, language))
        assert "/ord" not in mail(payload, language).text


async def test_an_order_that_ends_promises_nothing_of_it(chat: Chat, mail: Mail, read: Read) -> None:
    for language in LANGUAGES:
        expired = await read(chat(with_gone("order-expired"), language))
        cancelled = mail(with_gone("order-cancelled"), language).text
        for text in (expired, cancelled):
            assert "casella2@pec.example" in text
            assert "casella1@pec.example" not in text
        none_left = mail(with_gone("order-cancelled", gone=2), language).text
        assert "un nuovo ordine" not in none_left
        assert "a new order" not in none_left
