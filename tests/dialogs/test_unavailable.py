"""Mailboxes that cannot be renewed here: the reason and the way out, in the chat (DOMAIN.md 3.1)."""

import pytest

from bot.handlers.buttons import RenewMailbox
from bot.services.actor import Actor
from bot.services.renewing.offer import offer_seal
from bot.services.services import Services
from tests.support.chat import Chat
from tests.support.long_runs import long
from tests.support.mailbox_list import chosen, listed
from tests.support.ordering import screen
from tests.support.running_bot import Talk
from tests.support.seed import Seed

CONTINUE = {"it": "Continua", "en": "Continue"}
BACK = {"it": "Indietro", "en": "Back"}
LANGUAGES = pytest.mark.parametrize("language", ["it", *long("en")])


async def order_for(services: Services, chat: Chat, mailbox_id: int) -> str:
    """Place an order for a mailbox from outside of the chat, and return its number."""
    actor, renewals = Actor(chat.id, "it"), services.renewals
    draft = (await renewals.begin_with(actor, mailbox_id)).draft.id
    await renewals.renew_as_it_is(actor, draft, 1)
    await renewals.choose_method(actor, draft, "bank_transfer")
    for document in services.surroundings.catalogue.documents:
        await renewals.toggle_acceptance(actor, draft, document)
    seal = offer_seal(await renewals.read(actor, draft))
    return (await services.orders.place(actor, draft, seal, "Ordine con obbligo di pagare")).number


# From the list of a renewal


async def with_two_others(seed: Seed) -> None:
    """Two mailboxes that can be renewed, so that there is a list."""
    await seed.mailbox("rossi", address="a@pec.example")
    await seed.mailbox("rossi", address="b@pec.example")


@LANGUAGES
async def test_a_deleted_mailbox_can_only_be_bought_anew(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    await with_two_others(seed)
    await seed.mailbox("rossi", address="gone@a.example", expires_in=-91)
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    word = {"it": "cancellata", "en": "deleted"}[language]
    assert chat.button("gone@a.example") == f"⊘ gone@a.example · {word}"
    await chat.tap("gone@a.example")
    assert {"it": "codice fiscale", "en": "tax code"}[language] in chat.text
    assert "90" in chat.text
    assert any(button.url == "https://posta.example/acquista" for button in chat.screen.buttons)
    await chat.tap(BACK[language])
    assert await chosen(chat, services) == []
    assert len(listed(chat)) == 3


async def test_on_the_last_day_before_deletion_it_is_renewable_still(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", address="last@pec.example", expires_in=-90)
    chat = await talk("rossi")
    await chat.send("/renew")
    assert "Rinnovo di last@pec.example" in chat.text
    assert "fino al 23/11/2026" in chat.text


@LANGUAGES
async def test_a_mailbox_on_its_own_domain_is_renewed_with_the_domain(
    seed: Seed, talk: Talk, language: str
) -> None:
    await with_two_others(seed)
    await seed.mailbox("rossi", address="info@a.example", plan="domain")
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    await chat.tap("info@a.example")
    assert {"it": "insieme al suo dominio", "en": "together with its domain"}[language] in chat.text
    assert any(button.url == "https://posta.example/rinnovo-dominio" for button in chat.screen.buttons)


@LANGUAGES
async def test_automatic_renewal_is_explained_and_switched_off_and_the_renewal_goes_on_by_another_tap(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    await with_two_others(seed)
    automatic = await seed.mailbox("rossi", address="auto@a.example", expires_in=40, auto_renew=True)
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    await chat.tap("auto@a.example")
    assert {"it": "26/12/2026", "en": "26 Dec 2026"}[language] in chat.text
    await chat.tap({"it": "Disattiva", "en": "Switch off"}[language])
    assert (
        chat.toast
        == {"it": "Rinnovo automatico disattivato.", "en": "Automatic renewal switched off."}[language]
    )
    assert {"it": "Ora si può rinnovare", "en": "It can be renewed now"}[language] in chat.text
    assert {"it": "alle 11:00 (CET) da questa chat", "en": "at 11:00 (CET) from this chat"}[
        language
    ] in chat.text
    assert automatic not in await chosen(chat, services), "switching starts nothing"
    await chat.tap({"it": "Rinnova questa casella", "en": "Renew this mailbox"}[language])
    assert chat.button("auto@a.example").startswith("■")
    assert await chosen(chat, services) == [automatic]


async def test_after_the_charge_date_it_is_said_that_the_charge_may_have_been_made(
    seed: Seed, talk: Talk
) -> None:
    await with_two_others(seed)
    await seed.mailbox("rossi", address="auto@a.example", expires_in=7, auto_renew=True)
    chat = await talk("rossi")
    await chat.send("/renew")
    await chat.tap("auto@a.example")
    assert "era previsto il 23/11/2026" in chat.text
    assert "può essere già avvenuto" in chat.text


@LANGUAGES
async def test_an_open_order_is_shown_and_once_cancelled_the_mailbox_can_be_chosen(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    await with_two_others(seed)
    ordered = await seed.mailbox("rossi", address="paid@a.example")
    chat = await talk("rossi", language=language)
    number = await order_for(services, chat, ordered)
    await chat.send("/renew")
    await chat.tap("paid@a.example")
    assert number in chat.text
    await chat.tap(number)
    assert number in chat.text
    assert chat.has({"it": "Annulla", "en": "Cancel"}[language])
    await services.orders.cancel(Actor(chat.id, language), number)
    await chat.tap({"it": "I miei ordini", "en": "My orders"}[language])
    await chat.tap({"it": "Chiudi", "en": "Close"}[language])
    assert {"it": "Ora si può rinnovare", "en": "It can be renewed now"}[language] in chat.text
    await chat.tap({"it": "Rinnova questa casella", "en": "Renew this mailbox"}[language])
    assert await chosen(chat, services) == [ordered]


@LANGUAGES
async def test_an_open_order_is_to_be_paid_by_the_day_that_its_page_says(
    seed: Seed, talk: Talk, services: Services, language: str
) -> None:
    ordered = await seed.mailbox("rossi", expires_in=30)
    chat = await talk("rossi", language=language)
    await order_for(services, chat, ordered)
    await chat.press(RenewMailbox(mailbox=ordered).pack())
    for words in {
        "it": (
            "Va registrato entro il 23/12/2026",
            "non può più inviare",
            "dopo il 23/03/2027 viene cancellata",
        ),
        "en": ("be received by 23 Dec 2026", "cannot send", "after 23 Mar 2027 it is deleted"),
    }[language]:
        assert words in screen(chat)


@pytest.mark.soak
async def test_a_chosen_mailbox_that_was_ordered_meanwhile_is_explained_at_once(
    seed: Seed, talk: Talk, services: Services
) -> None:
    await with_two_others(seed)
    shared = await seed.mailbox("rossi", address="shared@a.example", expires_in=5)
    chat, other = await talk("rossi"), await talk("rossi")
    await chat.send("/renew")
    await chat.tap("shared@a.example")
    number = await order_for(services, other, shared)
    await chat.tap(CONTINUE["it"])
    assert number in chat.text
    await chat.tap(BACK["it"])
    assert await chosen(chat, services) == []
    await chat.tap("shared@a.example")
    assert number in chat.text


# Nothing renewable at all, and buttons of mailboxes that are not


@LANGUAGES
async def test_when_nothing_is_renewable_every_mailbox_is_shown_with_its_reason(
    seed: Seed, talk: Talk, language: str
) -> None:
    await seed.mailbox("rossi", address="gone@a.example", expires_in=-200)
    await seed.mailbox("rossi", address="info@a.example", plan="domain")
    await seed.mailbox("rossi", address="auto@a.example", auto_renew=True)
    chat = await talk("rossi", language=language)
    await chat.send("/renew")
    assert listed(chat) == ["gone@a.example", "info@a.example", "auto@a.example"]
    await chat.tap("info@a.example")
    assert any(button.url for button in chat.screen.buttons)
    await chat.tap(BACK[language])
    assert len(listed(chat)) == 3
    await chat.tap({"it": "Chiudi", "en": "Close"}[language])
    assert not chat.newest.buttons


async def test_a_single_mailbox_that_cannot_be_renewed_is_explained_at_once(
    seed: Seed, talk: Talk, services: Services
) -> None:
    await seed.mailbox("rossi", address="auto@a.example", auto_renew=True)
    chat = await talk("rossi")
    await chat.send("/renew")
    assert "Il rinnovo automatico è attivo" in chat.text
    await chat.tap("Disattiva")
    assert "Ora si può rinnovare" in chat.text
    assert (await services.renewals.unfinished(Actor(chat.id, "it"))) is None, "switching starts nothing"
    await chat.tap("Rinnova questa casella")
    assert "Rinnovo di auto@a.example" in chat.text


@pytest.mark.soak
async def test_during_another_renewal_the_window_says_what_is_so_and_the_other_one_stays(
    seed: Seed, talk: Talk, services: Services
) -> None:
    """The renewal of another mailbox is under way: a notice's old button still leads to the window."""
    first, automatic = await seed.mailbox("rossi"), await seed.mailbox("rossi", auto_renew=True)
    chat = await talk("rossi")
    await chat.press(RenewMailbox(mailbox=first).pack(), on=chat.newest)
    await chat.press(RenewMailbox(mailbox=automatic).pack(), on=chat.newest)
    await chat.tap("Disattiva")
    assert "attivo</b>" not in chat.text
    assert "Ora si può rinnovare" in chat.text
    await chat.tap("Rinnova questa casella")
    assert chat.toast == "C'è già un altro rinnovo in corso: con /rinnova si riprende o si elimina."
    assert await chosen(chat, services) == [first]


async def test_the_button_of_a_notice_about_such_a_mailbox_explains_it(seed: Seed, talk: Talk) -> None:
    await seed.mailbox("rossi", address="a@pec.example")
    gone = await seed.mailbox("rossi", address="gone@a.example", expires_in=-120)
    chat = await talk("rossi")
    await chat.press(RenewMailbox(mailbox=gone).pack(), on=chat.newest)
    assert "gone@a.example" in chat.text
    assert "È stata cancellata" in chat.text
