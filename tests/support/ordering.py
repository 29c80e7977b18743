"""A renewal with all but its acceptances chosen, and what its screens say, without walking through the steps."""

import re
from collections.abc import Sequence

from bot.domain.drafts import documents_for
from bot.domain.registrant import Form, KitHolderField
from bot.domain.renewal import Renewal
from bot.domain.steps import Step
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.services.renewing.offer import offer_seal
from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.renewing import come_back, go_to, one_turn
from tests.support.running_bot import Talk
from tests.support.seed import Seed

NO_BREAK_SPACE = "\u00a0"


def screen(chat: Chat) -> str:
    """The text of the live screen, with plain spaces in its amounts."""
    return chat.screen_text.replace(NO_BREAK_SPACE, " ")


def labels(chat: Chat) -> list[str]:
    """The live buttons, with plain spaces in their amounts."""
    return [label.replace(NO_BREAK_SPACE, " ") for label in chat.buttons]


def tampered(chat: Chat, label: str, old: str, new: str) -> str:
    """The data of a live button with one part exchanged, as a client could send it."""
    wanted = chat.button(label)
    for row in chat.screen.content.keyboard:
        for button in row:
            if button.text == wanted and button.callback_data is not None:
                assert old in button.callback_data
                return button.callback_data.replace(old, new)
    raise AssertionError(f"{label!r} has no data")


async def chosen(
    services: Services,
    actor: Actor,
    mailbox_ids: Sequence[int],
    *,
    method: str | None = "bank_transfer",
    years: int | None = 1,
) -> Renewal:
    """A renewal of mailboxes of one holder, as they are, without a kit, with its data confirmed."""
    renewals = services.renewals
    async with one_turn(actor):
        if len(mailbox_ids) == 1:
            renewal = await renewals.begin_with(actor, mailbox_ids[0])
        else:
            holdings = await renewals.holdings(actor)
            holder_id = next(
                found.holder_id for found in holdings if mailbox_ids[0] in {box.id for box in found.mailboxes}
            )
            renewal = await renewals.begin(actor, holder_id)
            for mailbox_id in mailbox_ids:
                await renewals.toggle_mailbox(actor, renewal.draft.id, mailbox_id)
        draft_id = renewal.draft.id
        await renewals.answer_kit(actor, draft_id, None)
        await renewals.confirm_registrant(actor, draft_id)
        if method is not None:
            await renewals.choose_method(actor, draft_id, method)
        if years is not None:
            await renewals.choose_years(actor, draft_id, years)
        return await go_to(services, actor, renewal, Step.ORDER)


async def accept_all(services: Services, actor: Actor, draft_id: int) -> Renewal:
    """Tick every document, the optional one too."""
    async with one_turn(actor):
        renewal = await services.renewals.read(actor, draft_id)
        for document in documents_for(renewal.draft, renewal.facts):
            renewal = await services.renewals.toggle_acceptance(actor, draft_id, document.id)
    return renewal


async def place(services: Services, actor: Actor, renewal: Renewal) -> Order:
    """Accept everything and place the order."""
    renewal = await accept_all(services, actor, renewal.draft.id)
    return await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), "Ordine di prova")


async def ordered(
    services: Services,
    actor: Actor,
    mailbox_ids: Sequence[int],
    *,
    method: str = "bank_transfer",
    years: int = 1,
) -> Order:
    """Choose all of such a renewal, accept everything, and place the order."""
    async with one_turn(actor):
        renewal = await chosen(services, actor, mailbox_ids, method=method, years=years)
        renewal = await accept_all(services, actor, renewal.draft.id)
    return await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), "Ordine di prova")


async def at_recap(
    chat: Chat,
    services: Services,
    mailbox_ids: Sequence[int],
    *,
    language: str = "it",
    method: str | None = "bank_transfer",
    years: int | None = 1,
) -> Renewal:
    """Stand at the recap of such a renewal, as a chat that left there and came back."""
    renewal = await chosen(services, Actor(chat.id, language), mailbox_ids, method=method, years=years)
    await come_back(chat)
    return renewal


async def order_of(services: Services, chat: Chat) -> Order:
    """The only order of the chat's customers."""
    (order,) = await services.orders.list(Actor(chat.id, "it"))
    return order


# The recap, as the tests read and tap it

ACCEPT = {
    "it": [
        "Accetto condizioni generali",
        "Approvo clausole vessatorie",
        "Ho letto l'informativa",
    ],
    "en": ["I accept the general terms", "I approve onerous clauses", "I read the privacy notice"],
}
"""The labels of the documents that an order needs, without their marks."""

EARLY = {"it": "Inizio subito (facoltativo)", "en": "Start at once (optional)"}
FINAL = {"it": "Ordine con obbligo di pagare · 36,48 €", "en": "Order with obligation to pay · €36.48"}
"""The label of the final button for one Pro mailbox and a year."""

NEXT_PAGE = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"


async def ready(seed: Seed, talk: Talk, services: Services, *, language: str = "it") -> Chat:
    """A chat at the recap of one Pro mailbox for a year, paid by transfer, with nothing accepted yet."""
    mailbox = await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi", language=language)
    await at_recap(chat, services, [mailbox], language=language)
    return chat


async def tick_required(chat: Chat, language: str = "it") -> None:
    """Accept the three documents that an order needs."""
    for label in ACCEPT[language]:
        await chat.tap(label)


async def give_kit(services: Services, chat: Chat, draft_id: int, kit_id: str) -> None:
    """Choose a kit for the registrant, sent home."""
    await give_kit_to(services, Actor(chat.id, "it"), draft_id, kit_id)


async def give_kit_to(services: Services, actor: Actor, draft_id: int, kit_id: str) -> None:
    """The same without a chat on the screen."""
    await services.renewals.answer_kit(actor, draft_id, kit_id)
    await services.renewals.kit_for_registrant(actor, draft_id)
    for field, text in (
        (KitHolderField.EMAIL, "maria@example.com"),
        (KitHolderField.MOBILE, "+393331234567"),
    ):
        await services.renewals.answer_field(actor, draft_id, Form.KIT_HOLDER, field, text)
    await services.renewals.ship_to_registrant(actor, draft_id)


def cents_in(text: str) -> list[int]:
    """Every amount of a text, in cents."""
    return [
        int(re.sub(r"\D", "", italian or english))
        for italian, english in re.findall(r"([\d.]+,\d\d) €|€([\d,]+\.\d\d)", text)
    ]


def total_line(text: str, language: str) -> str:
    """The line of a recap or a confirmation that says what is due."""
    start = {"it": ("Totale: ", "Totale per ", "Da pagare: "), "en": ("Total: ", "Total for ", "To pay: ")}[
        language
    ]
    (found,) = [line for line in text.splitlines() if line.startswith(start)]
    return found
