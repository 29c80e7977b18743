"""`run` takes a payment over HTTP and tells the chat, in one process; and stops when it is asked to."""

import asyncio
from pathlib import Path

from bot.playground.payments_panel import PaymentsPanel, Sent
from bot.services.actor import Actor
from tests.end_to_end.conftest import PATIENCE_SECONDS, Outside
from tests.support.ordering import chosen, place

CHAT = 1001
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


async def report(panel: PaymentsPanel, order: str, amount: str) -> Sent:
    """Report a payment, as soon as somebody answers."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        sent = await panel.register(order, amount)
        while sent.status is None:
            await asyncio.sleep(0.2)
            sent = await panel.repeat(sent.number)
    return sent


async def test_a_callback_completes_the_renewal_and_the_message_arrives(
    outside: Outside, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(f"PAYMENT_CALLBACK_SECRETS={SECRET}\n", encoding="ascii")
    phone = outside.phone(CHAT, "it")
    async with outside.office() as office:
        actor = Actor(CHAT, "it")
        box = await office.seed.mailbox("rossi", address="rossi@pec.example", plan="pro", expires_in=200)
        await office.services.linking.redeem(actor, (await office.services.linking.invite("rossi")).token)
        order = await place(office.services, actor, await chosen(office.services, actor, [box]))
    started = outside.world.send_text(CHAT, "/start")
    await outside.process.start()

    port = outside.process._environment["PORT"]
    panel = PaymentsPanel(f"http://127.0.0.1:{port}", SECRET)
    sent = await report(panel, order.number, "36.48")
    assert (sent.status, sent.answer) == (
        200,
        {"outcome": "completed", "order": order.number, "due": "0.00"},
    )
    told = await phone.hear("Rinnovo completato", started)
    assert order.number in told.text
    assert "rossi@pec.example" in told.text
    await phone.tap("Vedi l'ordine")
    await phone.hear("rinnovo completato il", told)

    await outside.process.end()
    assert '"level": "error"' not in outside.process.log
    assert SECRET not in outside.process.log
