"""Cancel asks: keep the renewal, throw it away, or go on. Nothing chosen is lost by mistake."""

import pytest

from bot.domain.steps import Step
from bot.services.actor import Actor
from bot.services.services import Services
from tests.support.long_runs import long
from tests.support.ordering import at_recap, labels, screen
from tests.support.renewing import draft_of, stand_at
from tests.support.running_bot import Talk
from tests.support.seed import Seed


@pytest.mark.parametrize(
    ("language", "words", "buttons"),
    [
        (
            "it",
            ["Interrompere il rinnovo?", "Riguarda rossi1@pec.example.", "Nulla è stato ordinato."],
            ["Continua il rinnovo", "Conserva per dopo", "Elimina questo rinnovo"],
        ),
        *long(
            (
                "en",
                ["Stop the renewal?", "It is about rossi1@pec.example.", "Nothing has been ordered."],
                ["Go on with the renewal", "Keep for later", "Discard this renewal"],
            )
        ),
    ],
)
async def test_cancel_asks_and_has_done_nothing_yet(
    seed: Seed, talk: Talk, services: Services, language: str, words: list[str], buttons: list[str]
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    await stand_at(chat, services, mailbox, Step.PAYMENT, language=language)
    await chat.tap({"it": "Annulla", "en": "Cancel"}[language])

    for part in words:
        assert part in screen(chat)
    assert labels(chat) == buttons
    assert (await draft_of(chat, services)).step is Step.PAYMENT


async def test_kept_it_goes_on_at_the_same_step_with_the_same_choices(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.PAYMENT)
    await chat.tap("Bonifico bancario")
    await chat.tap("Annulla")
    await chat.tap("Conserva per dopo")

    assert chat.text == "Il rinnovo è conservato.\nPer riprenderlo: /rinnova"
    assert chat.newest.content.keyboard == ()
    await chat.send("/rinnova")
    await chat.tap("Riprendi il rinnovo")
    assert "Durata del rinnovo" in screen(chat)
    assert (await draft_of(chat, services)).method_id == "bank_transfer"


async def test_thrown_away_it_is_gone_and_another_can_be_begun(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.PAYMENT)
    await chat.tap("Annulla")
    await chat.tap("Elimina questo rinnovo")

    assert chat.text.startswith("Il rinnovo è stato eliminato.")
    assert chat.newest.content.keyboard == ()
    assert await services.renewals.unfinished(Actor(chat.id, "it")) is None
    await chat.send("/rinnova")
    assert "Rinnovo di rossi1@pec.example" in screen(chat)


@pytest.mark.parametrize(
    ("step", "title"),
    [
        (Step.KIT, "Kit di firma"),
        *long((Step.PAYMENT, "Modalità di pagamento"), (Step.YEARS, "Durata del rinnovo")),
    ],
)
async def test_gone_on_with_it_returns_to_the_step(
    seed: Seed, talk: Talk, services: Services, step: Step, title: str
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, step)
    await chat.tap("Annulla")
    await chat.tap("Continua il rinnovo")

    assert title in screen(chat)


async def test_from_a_choice_opened_in_the_recap_it_returns_to_that_choice(
    seed: Seed, talk: Talk, services: Services
) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await at_recap(chat, services, [mailbox])
    await chat.tap("Cambia")
    await chat.tap("Durata")
    await chat.tap("Annulla")
    await chat.tap("Continua il rinnovo")

    assert "Durata del rinnovo" in screen(chat)
    await chat.tap("2 anni")
    assert "Riepilogo dell'ordine" in screen(chat)


@pytest.mark.soak
async def test_on_the_short_way_it_is_still_the_short_way(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/rinnova")
    await chat.tap("1 anno")
    await chat.tap("Annulla")
    await chat.tap("Continua il rinnovo")
    await chat.tap("Carta")

    assert "Riepilogo dell'ordine" in screen(chat)


async def test_several_mailboxes_are_counted(seed: Seed, talk: Talk, services: Services) -> None:
    mailboxes = [await seed.mailbox("rossi", expires_in=days) for days in (9, 3)]
    chat = await talk("rossi")
    await at_recap(chat, services, mailboxes)
    await chat.tap("Annulla")

    assert "Riguarda 2 caselle, la prima è rossi2@pec.example." in screen(chat)


@pytest.mark.soak
async def test_two_quick_taps_throw_it_away_once(seed: Seed, talk: Talk, services: Services) -> None:
    mailbox = await seed.mailbox("rossi")
    chat = await talk("rossi")
    await stand_at(chat, services, mailbox, Step.PAYMENT)
    await chat.tap("Annulla")
    await chat.tap_together(["Elimina questo rinnovo"] * 2)

    assert await services.renewals.unfinished(Actor(chat.id, "it")) is None
    assert any(text.startswith("Il rinnovo è stato eliminato.") for text in chat.texts)
