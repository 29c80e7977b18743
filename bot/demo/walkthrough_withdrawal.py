"""The end of the walkthrough that withdraws: two steps, both receipts, and the case in the office."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from bot.demo.stage import Stage
from bot.demo.walkthrough_paper import Paper
from bot.demo.walkthrough_phone import NotAsExpected, Phone
from bot.domain.cases import CaseKind
from bot.domain.money import amount
from bot.domain.orders import OrderStatus
from bot.playground.mail import ReceivedMail
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.texts import Translator

_MAIL_WITHIN: Final = 60.0
_MAILS: Final = 3
"""The confirmation, the completion, and the receipt of the withdrawal."""


async def mails_about(stage: Stage, phone: Phone, number: str, wanted: int) -> list[ReceivedMail]:
    """The e-mails about an order, as soon as so many have come.

    In the hours of reminders, e-mails about expiries come to the sample's customers meanwhile.

    Raises:
        NotAsExpected: they did not come.
    """

    def arrived() -> list[ReceivedMail]:
        return [mail for mail in stage.room.mails if number in mail.text]

    with stage.room.subscribe() as feed:
        try:
            async with asyncio.timeout(_MAIL_WITHIN):
                while len(arrived()) < wanted:
                    await feed.next()
        except TimeoutError:
            told = f"{wanted} e-mails about the order {number}, not {len(arrived())}"
            raise NotAsExpected(told, phone.newest) from None
    return arrived()


async def withdraw_from(
    stage: Stage,
    phone: Phone,
    paper: Paper,
    translator: Translator,
    order: Order,
    tap: Callable[[str], Awaitable[None]],
) -> str:
    """Withdraw from an order that was just paid; return what came of it, in one sentence.

    Args:
        stage: where it is played.
        phone: of who ordered.
        paper: on which it is written down.
        translator: of that person's language.
        order: as it was placed.
        tap: waits for a button, draws the screen, and taps.

    Raises:
        NotAsExpected: a receipt, the case or what is stored says something else.
    """
    services = stage.running.conversation.services
    await tap(translator.plain("message-see-order"))
    await tap(translator.plain("withdrawal-open"))
    await tap(translator.plain("withdrawal-next"))
    before = phone.newest
    if before is None:
        raise NotAsExpected("the step before the withdrawal", None)
    await tap(translator.plain("withdrawal-confirm"))
    title = translator.plain("withdrawal-receipt-title", order=order.number, kit=False)
    receipt = await phone.hear(title, before)
    paper.bot_shows(receipt)
    *_, mail = await mails_about(stage, phone, order.number, _MAILS)
    paper.mail(mail)
    shown = await services.withdrawals.show(Actor(receipt.chat.id, translator.locale.value), order.number)
    stated = shown.receipt
    if stated is None or shown.order.status is not OrderStatus.WITHDRAWN:
        raise NotAsExpected(f"an order that is withdrawn from, not {shown.order.status}", receipt)
    for name, words in (("chat", receipt.text), ("mail", mail.text)):
        if stated.number not in words:
            raise NotAsExpected(f"the receipt {stated.number} in the {name}", receipt)
    cases, _ = await services.worklist.items(limit=10, kind=CaseKind.WITHDRAWN)
    case = next((each for each in cases if each.subject == order.number), None)
    if case is None:
        raise NotAsExpected(f"a case in the office about {order.number}", receipt)
    file = await services.worklist.case(case.number)
    if file.facts["remaining"] != amount(stated.due_back):
        raise NotAsExpected(f"{amount(stated.due_back)} due back in the office", receipt)
    payer = file.facts["payers"][0]
    return (
        f"Order {order.number} is withdrawn from: the chat and the mail have the receipt {stated.number}, and the "
        f"office has case {case.id}: {file.facts['remaining']} EUR due back by {case.due_on}, to whoever paid "
        f"{payer['payment_id']}."
    )
