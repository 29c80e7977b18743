"""A business abroad orders where the operator wants to be asked about its VAT: what the chat says, step by step."""

from datetime import timedelta

import pytest

from bot.db.engine import Database
from bot.domain.catalogue import VatAbroad
from bot.domain.registrant import Address, Field, Form, HolderKind
from bot.handlers.buttons import ShowOrders
from bot.services.actor import Actor
from bot.services.office.vat_decisions import VatDecisions
from bot.services.sending.notices import Notices
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import with_rules
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.long_runs import long
from tests.support.ordering import at_recap, labels, order_of, screen, tick_required
from tests.support.pushing import Push
from tests.support.reminding import plain, reminders
from tests.support.renewing import come_back
from tests.support.running_bot import Talk
from tests.support.seed import Seed

BERLIN = Address("Musterstr. 1", "10115", "Berlin", "", "DE")


@pytest.fixture(autouse=True)
def asking(surroundings: Surroundings) -> None:
    """The operator wants to be asked."""
    surroundings.catalogue = with_rules(vat_abroad=VatAbroad.ASK)


async def begun(seed: Seed, talk: Talk, services: Services, language: str = "it") -> Chat:
    """At the recap of one Pro mailbox of a company in Berlin, for a year, by transfer."""
    holder = seed.registrant(
        HolderKind.COMPANY, vat_number="DE136695976", recipient_code="XXXXXXX", address=BERLIN
    )
    mailbox = await seed.mailbox("rossi", plan="pro", holder=holder)
    chat = await talk("rossi", language=language)
    await at_recap(chat, services, [mailbox], language=language)
    return chat


WORDS = {
    "it": {
        "recap": ("L'IVA la decide Posta Esempio", "Totale: 29,90 € senza IVA, 36,48 € con IVA"),
        "button": "Ordine con obbligo di pagare · 29,90 € + IVA se dovuta",
        "placed": ("in attesa della decisione sull'IVA", "Per ora non c'è nulla da pagare."),
        "decided": ("senza IVA", "Da pagare: 29,90 €", "inversione contabile"),
        "cancel": ("Annulla ordine", "Non c'è ancora nulla da pagare."),
    },
    "en": {
        "recap": ("Posta Esempio decides on the VAT", "Total: €29.90 without VAT, €36.48 with VAT"),
        "button": "Order with obligation to pay · €29.90 + VAT if due",
        "placed": ("waiting for the decision on its VAT", "There is nothing to pay yet."),
        "decided": ("no VAT", "To pay: €29.90", "reverse charge"),
        "cancel": ("Cancel order", "There is nothing to pay yet."),
    },
}


@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_from_the_recap_to_how_to_pay(
    seed: Seed,
    talk: Talk,
    services: Services,
    surroundings: Surroundings,
    database: Database,
    push: Push,
    language: str,
) -> None:
    words = WORDS[language]
    chat = await begun(seed, talk, services, language)
    for said in words["recap"]:
        assert said in screen(chat)
    await tick_required(chat, language)
    assert words["button"] in labels(chat)

    await chat.tap(str(words["button"])[:12])
    order = await order_of(services, chat)
    for said in words["placed"]:
        assert said in screen(chat)
    assert "IBAN" not in screen(chat)
    assert not [button for button in chat.screen.buttons if button.copy_text or button.url]

    notices = Notices(surroundings, operator_chat_id=None, mail=False, events=False)
    said_before = len(chat.texts)
    await VatDecisions(database, surroundings, notices).waive(order.number, "")
    assert await push() == 2, "what was decided, and the confirmation rewritten in its place"
    assert len(chat.texts) == said_before + 1
    told = plain(chat.newest.text)
    for said in words["decided"]:
        assert said in told
    assert "36" not in told.replace(order.number, "").split("IBAN")[0]
    await chat.press(ShowOrders(number=order.number).pack())
    assert "IBAN" in screen(chat)
    assert str(words["decided"][2]) in screen(chat)
    assert "36,48" not in screen(chat)
    assert "36.48" not in screen(chat)


@pytest.mark.soak
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_an_order_that_waits_is_cancelled_as_any(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    label, said = WORDS[language]["cancel"]
    chat = await begun(seed, talk, services, language)
    await tick_required(chat, language)
    await chat.tap(str(WORDS[language]["button"])[:12])
    await chat.press(ShowOrders(number=(await order_of(services, chat)).number).pack())
    await chat.tap(label)
    assert said in screen(chat)


@pytest.mark.soak
async def test_a_reminder_meanwhile_asks_nobody_to_pay(
    seed: Seed, talk: Talk, services: Services, clock: FrozenClock, remind: Push
) -> None:
    chat = await begun(seed, talk, services)
    await tick_required(chat)
    await chat.tap("Ordine con obbligo")
    clock.advance(timedelta(days=16))
    assert await remind() == 1
    [reminder] = reminders(chat)
    said = plain(reminder.text)
    assert "attende la decisione sull'IVA" in said
    assert "Per ora non c'è nulla da pagare." in said
    assert "IBAN" not in said
    assert not [button for button in reminder.buttons if button.copy_text or button.url]


async def test_another_country_on_the_way_is_judged_anew(seed: Seed, talk: Talk, services: Services) -> None:
    there = Address("Via dell'Esempio 1", "00100", "Roma", "RM", "US")
    holder = seed.registrant(HolderKind.COMPANY, recipient_code="XXXXXXX", address=there)
    mailbox = await seed.mailbox("rossi", plan="pro", holder=holder)
    chat = await talk("rossi")
    renewal = await at_recap(chat, services, [mailbox])
    assert "29,90 € senza IVA, 36,48 € con IVA" in screen(chat)
    actor = Actor(chat.id, "it")
    await services.renewals.answer_field(actor, renewal.draft.id, Form.REGISTRANT, Field.COUNTRY, "IT")
    await come_back(chat)
    assert "Totale: 36,48 €, IVA inclusa" in screen(chat)
