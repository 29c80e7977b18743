"""What a customer corrects in a renewal stays corrected, whatever the operator's old file says (DOMAIN.md 3.5)."""

import pytest

from bot.domain.choices import ChoiceRefused
from bot.domain.steps import Step
from bot.services.actor import Actor
from bot.services.orders.rows import Order
from bot.services.renewing.offer import offer_seal
from bot.services.services import Services
from tests.end_to_end.held.office import BOTH_KINDS, CUSTOMER, FILE, Office
from tests.support.chat import Chat
from tests.support.ordering import chosen, place
from tests.support.renewing import stand_at
from tests.support.running_bot import Talk

NEW_STREET = "Corso della Prova 5"
NEW_PHONE = "+390655500001"
SHOWN_PHONE = "+39 06 5550 0001"


async def correct(chat: Chat, services: Services, office: Office, **fields: str) -> Order:
    """Correct fields of the card in the chat, by the labels of their buttons, and order."""
    mailbox_id = (await office.mailbox()).id
    await stand_at(chat, services, mailbox_id, Step.REGISTRANT)
    for label, text in fields.items():
        await chat.tap("Modifica")
        await chat.tap(label)
        await chat.send(text)
        if chat.has("Basta così"):  # of an address, the rest stays as it is
            await chat.tap("Basta così")
    await chat.tap("Confermo i dati")
    actor = Actor(chat.id, "it")
    return await place(services, actor, await chosen(services, actor, [mailbox_id]))


@BOTH_KINDS
async def test_a_correction_is_kept_and_the_report_says_so_until_the_file_says_the_same(
    office: Office, talk: Talk, services: Services
) -> None:
    assert (await office.imports(FILE)).exit_code == 0
    chat = await talk(CUSTOMER)
    order = await correct(chat, services, office, Telefono=NEW_PHONE)

    for dry_run in (True, False, False):
        old = await office.imports(FILE, dry_run=dry_run)
        assert old.exit_code == 0
        assert "Held │ 1" in old.words
        assert list(old.held) == ["phone"]
        value, reason = old.held["phone"]
        assert value == FILE["phone"]
        assert f"the customer set '{NEW_PHONE}' on 2026-11-23 (order {order.number})" in reason
        assert f"line 2, phone: '{FILE['phone']}' is not taken over" in old.words
        assert (await office.holder())["phone"] == NEW_PHONE

    other = await office.imports(FILE | {"legal_rep": "Ada Prova"})
    assert list(other.held) == ["phone"]
    assert (await office.holder())["legal_rep"] == "Ada Prova", "what was not corrected is the file's"

    dry = await office.imports(FILE | {"phone": NEW_PHONE}, dry_run=True)
    assert dry.held == {}
    assert list((await office.imports(FILE)).held) == ["phone"], "a dry run releases nothing"

    same = await office.imports(FILE | {"phone": "+39 06 55500001"})
    assert (same.held, same.exit_code) == ({}, 0)
    assert (await office.holder())["phone"] == NEW_PHONE

    later = await office.imports(FILE | {"phone": "+390655500002"})
    assert later.held == {}
    assert (await office.holder())["phone"] == "+390655500002", "the file is the master again"


@pytest.mark.soak
async def test_what_was_corrected_is_what_the_next_renewal_shows(
    office: Office, talk: Talk, services: Services
) -> None:
    await office.imports(FILE)
    chat = await talk(CUSTOMER)
    order = await correct(chat, services, office, Telefono=NEW_PHONE)
    await services.orders.cancel(Actor(chat.id, "it"), order.number)
    await office.imports(FILE)

    await stand_at(chat, services, (await office.mailbox()).id, Step.REGISTRANT)

    assert SHOWN_PHONE in chat.text
    assert FILE["phone"] not in chat.text


@pytest.mark.soak
async def test_half_of_an_address_is_never_joined_to_half_of_another(
    office: Office, talk: Talk, services: Services
) -> None:
    await office.imports(FILE)
    await correct(await talk(CUSTOMER), services, office, Indirizzo=NEW_STREET)

    moved = {"street": "Via Altrove 9", "town": "Milano", "postcode": "20100", "province": "MI"}
    report = await office.imports(FILE | moved)

    assert set(report.held) == {"street", "town", "postcode", "province"}
    assert "goes with what the customer set" in report.held["town"][1]
    holder = await office.holder()
    assert (holder["street"], holder["town"], holder["province"]) == (NEW_STREET, "Roma", "RM")


@pytest.mark.soak
async def test_another_correction_takes_the_place_of_the_first(
    office: Office, talk: Talk, services: Services
) -> None:
    await office.imports(FILE)
    chat = await talk(CUSTOMER)
    first = await correct(chat, services, office, Telefono=NEW_PHONE)
    await services.orders.cancel(Actor(chat.id, "it"), first.number)
    second = await correct(chat, services, office, Telefono="+390655500003")

    report = await office.imports(FILE | {"phone": NEW_PHONE})

    assert f"(order {second.number})" in report.held["phone"][1]
    assert (await office.holder())["phone"] == "+390655500003"


@pytest.mark.soak
async def test_a_holder_of_several_mailboxes_is_named_once(
    office: Office, talk: Talk, services: Services
) -> None:
    await office.imports(FILE)
    await correct(await talk(CUSTOMER), services, office, Telefono=NEW_PHONE)

    report = await office.imports(FILE, FILE | {"address": "due@pec.example"})

    assert "Held │ 1" in report.words
    assert (await office.holder())["phone"] == NEW_PHONE


@pytest.mark.soak
async def test_a_file_that_comes_while_the_card_is_being_corrected_is_not_undone_with_the_order(
    office: Office, talk: Talk, services: Services
) -> None:
    await office.imports(FILE)
    chat = await talk(CUSTOMER)
    actor, mailbox_id = Actor(chat.id, "it"), (await office.mailbox()).id
    await stand_at(chat, services, mailbox_id, Step.REGISTRANT)
    await chat.tap("Modifica")
    await chat.tap("Telefono")
    await chat.send(NEW_PHONE)
    await chat.tap("Confermo i dati")

    moved = FILE | {"street": NEW_STREET, "legal_rep": "Ada Prova"}
    assert (await office.imports(moved)).held == {}

    renewal = await services.renewals.unfinished(actor)
    assert renewal is not None
    assert not renewal.draft.registrant_confirmed, "nobody has confirmed what the file says now"
    await stand_at(chat, services, mailbox_id, Step.REGISTRANT)
    for value in (NEW_STREET, "Ada Prova", SHOWN_PHONE):
        assert value in chat.text
    await chat.tap("Confermo i dati")
    await place(services, actor, await chosen(services, actor, [mailbox_id]))

    holder = await office.holder()
    assert (holder["street"], holder["legal_rep"], holder["phone"]) == (NEW_STREET, "Ada Prova", NEW_PHONE)
    assert list((await office.imports(moved)).held) == ["phone"], "the customer set nothing else"


@pytest.mark.soak
async def test_what_was_confirmed_and_then_changed_in_the_file_is_asked_again_before_it_is_ordered(
    office: Office, talk: Talk, services: Services
) -> None:
    await office.imports(FILE)
    chat = await talk(CUSTOMER)
    actor = Actor(chat.id, "it")
    renewal = await chosen(services, actor, [(await office.mailbox()).id])
    await office.imports(FILE | {"street": NEW_STREET})
    with pytest.raises(ChoiceRefused):
        await place(services, actor, renewal)
    await stand_at(chat, services, (await office.mailbox()).id, Step.REGISTRANT)
    await chat.tap("Confermo i dati")
    renewal = await services.renewals.read(actor, renewal.draft.id)
    order = await services.orders.place(actor, renewal.draft.id, offer_seal(renewal), "Ordine di prova")
    assert order.registrant.address.street == NEW_STREET


async def test_a_card_that_the_file_changed_since_it_was_shown_is_shown_again_before_it_is_confirmed(
    office: Office, talk: Talk, services: Services
) -> None:
    await office.imports(FILE)
    chat = await talk(CUSTOMER)
    await stand_at(chat, services, (await office.mailbox()).id, Step.REGISTRANT)
    await office.imports(FILE | {"street": NEW_STREET})

    await chat.tap("Confermo i dati")

    assert "Nel frattempo i dati in archivio sono cambiati" in chat.text
    assert NEW_STREET in chat.text
    await chat.tap("Confermo i dati")
    assert "Modalità di pagamento" in chat.text
