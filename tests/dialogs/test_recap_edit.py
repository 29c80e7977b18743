"""Every choice can be changed from the recap, without walking through the rest (DOMAIN.md 3.8)."""

import pytest

from bot.services.services import Services
from tests.support.long_runs import long
from tests.support.ordering import at_recap, labels, screen
from tests.support.running_bot import Talk
from tests.support.seed import Seed


async def test_every_choice_is_in_the_menu_with_its_value(seed: Seed, talk: Talk, services: Services) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro", extra=(1, 0))
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox], method="card", years=3)
    await chat.tap("Cambia")

    assert labels(chat) == [
        "Caselle: 1",
        "Piano: Pro",
        "Extra: 1 GB di casella",
        "Kit di firma: no",
        "Titolare: Maria Esempio",
        "Pagamento: Carta",
        "Rinnovo automatico: no",
        "Durata: 3 anni",
        "← Indietro",
        "Annulla",
    ]
    await chat.tap("Indietro")
    assert "Riepilogo dell'ordine" in screen(chat)


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("Piano", "Rinnovo di"),
        *long(
            ("Caselle", "casell"),
            ("Extra", "Spazio"),
            ("Kit di firma", "Kit di firma digitale"),
            ("Titolare", "Dati dell'intestatario"),
            ("Pagamento", "Modalità di pagamento"),
            ("Durata", "Durata del rinnovo"),
        ),
    ],
)
async def test_each_opens_its_step_and_back_returns_to_the_menu_and_the_recap(
    seed: Seed, talk: Talk, services: Services, entry: str, title: str
) -> None:
    mailbox = await seed.mailbox("rossi", plan="pro", extra=(1, 0))
    await seed.mailbox("rossi", plan="pro")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox])
    await chat.tap("Cambia")
    await chat.tap(f"{entry}: ")

    assert title in screen(chat)
    await chat.tap("Indietro")
    assert "Che cosa cambiare?" in screen(chat)
    await chat.tap("Indietro")
    assert "Riepilogo dell'ordine" in screen(chat)


async def test_with_several_mailboxes_plans_and_space_are_one_entry(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailboxes = [await seed.mailbox("rossi", plan="pro") for _ in range(2)]
    chat = await talk("rossi")
    await at_recap(chat, services, mailboxes)
    await chat.tap("Cambia")

    assert labels(chat)[:2] == ["Caselle: 2", "Piani e spazio delle caselle"]
    await chat.tap("Piani e spazio")
    assert "Rinnovo di 2 caselle" in screen(chat)
