"""One reference e-mail: changed by a code, told to the old address, kept against the file (DOMAIN.md 3.5)."""

import html
import re
from datetime import timedelta
from email.message import EmailMessage

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from bot.app import Told
from bot.db.tables import CaseRow, OutboxRow
from bot.domain.steps import Step
from bot.services.actor import Actor
from bot.services.services import Services
from bot.texts import Texts
from bot.web.reference_email import reference_email_router
from tests.end_to_end.held.office import BOTH_KINDS, CUSTOMER, FILE, Office
from tests.support.chat import Chat
from tests.support.clock import FrozenClock
from tests.support.letterbox import Letterbox, code_in_mail, text_of
from tests.support.long_runs import long
from tests.support.ordering import chosen, place
from tests.support.renewing import stand_at
from tests.support.running_bot import Talk

OLD, NEW = FILE["reference_email"], "nuova@example.com"
WEB = "https://rinnovo.example.com"


@pytest.fixture
def who_is_told() -> Told:
    """A bot that can send mail, and has pages that are reached from outside."""
    return Told(mail=True, events=True, web=WEB)


@pytest.fixture
async def chat(office: Office, talk: Talk, services: Services) -> Chat:
    """A customer who stands before the card of the renewal."""
    await office.imports(FILE)
    chat = await talk(CUSTOMER)
    await stand_at(chat, services, (await office.mailbox()).id, Step.REGISTRANT)
    return chat


async def ask_for(chat: Chat, address: str = NEW) -> None:
    """Ask for another reference e-mail on the card."""
    await chat.tap("Modifica")
    await chat.tap("Email")
    await chat.send(address)


async def change(chat: Chat, letterbox: Letterbox, address: str = NEW) -> EmailMessage:
    """Change it, and return the mail to the address before."""
    await ask_for(chat, address)
    (mail,) = await letterbox.fetch()
    assert mail["To"] == address
    await chat.send(code_in_mail(mail))
    (told,) = [each for each in await letterbox.fetch() if "annulla" in text_of(each).casefold()]
    return told


def link_in(mail: EmailMessage) -> str:
    """The path of the link that undoes the change."""
    (path,) = re.findall(re.escape(WEB) + r"(/reference-email/[A-Za-z0-9_-]+)", text_of(mail))
    return str(path)


class Page:
    """A browser on the bot's page."""

    def __init__(self, services: Services, texts: Texts) -> None:
        app = FastAPI()
        app.include_router(reference_email_router(services.reference_emails, services.surroundings, texts))
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=WEB)

    async def look(self, path: str) -> str:
        """Open it."""
        return _words(await self._client.get(path))

    async def confirm(self, path: str) -> str:
        """Tap its button."""
        return _words(await self._client.post(path))


def _words(response: httpx.Response) -> str:
    body = re.sub(r"<style>.*?</style>", "", response.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.fixture
def page(services: Services, texts: Texts) -> Page:
    """The page of the link."""
    return Page(services, texts)


async def test_a_code_mailed_to_the_new_address_makes_it_the_one_for_everything(
    chat: Chat, office: Office, services: Services, letterbox: Letterbox
) -> None:
    told = await change(chat, letterbox)

    assert f"l'indirizzo di riferimento ora è {NEW}" in chat.text
    assert f"Indirizzo email di riferimento: {NEW}" in chat.text
    written = [each for each in chat.world.messages(chat.id) if each.sender != chat.world.bot]
    assert not any(each.content.text.text.isdigit() for each in written), "the code does not stay in the chat"
    customer = await office.customer()
    assert customer.reference_email == NEW
    assert customer.email_index == office.database.keys.index(NEW)
    assert told["To"] == OLD
    assert NEW not in text_of(told)
    assert "fino al" in " ".join(text_of(told).split())

    actor = Actor(chat.id, "it")
    order = await place(services, actor, await chosen(services, actor, [(await office.mailbox()).id]))
    assert order.registrant.reference_email == NEW
    assert {mail["To"] for mail in await letterbox.fetch()} == {NEW}
    assert (await office.holder())["reference_email"] == ""


@pytest.mark.soak
async def test_the_operators_system_is_told_of_the_change_and_of_its_undoing(
    chat: Chat, letterbox: Letterbox, page: Page
) -> None:
    path = link_in(await change(chat, letterbox))
    await page.confirm(path)

    async with letterbox.database.read() as session:
        rows = await session.scalars(
            select(OutboxRow).where(OutboxRow.channel == "event").order_by(OutboxRow.id)
        )
        told = [row.payload["data"] for row in rows]
    assert [each["changes"] for each in told] == [
        [{"field": "reference_email", "old": OLD, "new": NEW}],
        [{"field": "reference_email", "old": NEW, "new": OLD}],
    ]
    assert [each["registrant"]["reference_email"] for each in told] == [NEW, OLD]


@BOTH_KINDS
async def test_it_is_held_against_the_file_until_the_file_says_the_same(
    chat: Chat, office: Office, letterbox: Letterbox
) -> None:
    await change(chat, letterbox)

    for dry_run in (True, False, False):
        old = await office.imports(FILE, dry_run=dry_run)
        assert old.exit_code == 0
        assert list(old.held) == ["reference_email"]
        value, reason = old.held["reference_email"]
        assert value == OLD
        assert f"the customer set '{NEW}' on 2026-11-23 (chat {chat.id})" in reason
        assert (await office.customer()).reference_email == NEW

    assert (await office.imports(FILE | {"reference_email": NEW})).held == {}
    assert (await office.imports(FILE)).held == {}
    customer = await office.customer()
    assert customer.reference_email == OLD, "the file is the master again"
    assert customer.email_index == office.database.keys.index(OLD)


@pytest.mark.soak
async def test_until_the_code_is_typed_the_renewal_goes_on_with_the_old_address_and_says_so(
    chat: Chat, office: Office, services: Services, letterbox: Letterbox
) -> None:
    await ask_for(chat)
    (mail,) = await letterbox.fetch()
    assert f"il rinnovo va avanti con {OLD}" in chat.text

    await chat.tap("Indietro")

    assert f"Indirizzo email di riferimento: {OLD}" in chat.text
    assert f"{NEW} aspetta il suo codice" in chat.text
    await chat.tap("Confermo i dati")
    actor = Actor(chat.id, "it")
    order = await place(services, actor, await chosen(services, actor, [(await office.mailbox()).id]))
    assert order.registrant.reference_email == OLD
    assert (await office.customer()).reference_email == OLD
    assert code_in_mail(mail)


@pytest.mark.soak
async def test_a_pasted_name_with_its_address_is_read_and_shown(chat: Chat, letterbox: Letterbox) -> None:
    await ask_for(chat, "Ada Prova <Ada@Example.com>")
    assert "ada@example.com" in chat.text
    assert [mail["To"] for mail in await letterbox.fetch()] == ["ada@example.com"]


@pytest.mark.soak
async def test_what_waits_is_found_again_on_the_card(
    chat: Chat, office: Office, letterbox: Letterbox
) -> None:
    await ask_for(chat)
    code = code_in_mail((await letterbox.fetch())[0])
    await chat.tap("Indietro")

    await chat.tap("Modifica")
    await chat.tap("Email")
    assert "Codice di 6 cifre" in chat.text
    await chat.send(code)

    assert (await office.customer()).reference_email == NEW


@pytest.mark.soak
async def test_wrong_answers_are_answered_as_where_the_chat_is_linked(
    chat: Chat, office: Office, letterbox: Letterbox
) -> None:
    await ask_for(chat, "non è un indirizzo")
    assert "non è un indirizzo email valido" in chat.text
    await chat.send(OLD)
    assert "È già questo l'indirizzo di riferimento" in chat.text
    await chat.send(NEW)
    code = code_in_mail((await letterbox.fetch())[0])
    await chat.send("boh")
    assert "Il codice è fatto di 6 cifre" in chat.text
    await chat.send(f"{(int(code) + 1) % 10**6:06}")
    assert "restano 4 tentativi" in chat.text
    for wrong in range(2, 6):
        await chat.send(f"{(int(code) + wrong) % 10**6:06}")
    assert "I codici sbagliati sono stati troppi" in chat.text
    await chat.send(code)
    assert (await office.customer()).reference_email == OLD


@pytest.mark.soak
async def test_another_code_takes_the_place_of_the_first(
    chat: Chat, office: Office, letterbox: Letterbox
) -> None:
    await ask_for(chat)
    first = code_in_mail((await letterbox.fetch())[0])
    await chat.tap("Manda un altro codice")
    second = code_in_mail((await letterbox.fetch())[0])
    if first != second:
        await chat.send(first)
        assert "Il codice non è giusto" in chat.text
    await chat.send(second)
    assert (await office.customer()).reference_email == NEW


@BOTH_KINDS
async def test_the_old_address_undoes_it_by_the_link_and_that_is_held_too(
    chat: Chat, office: Office, letterbox: Letterbox, page: Page
) -> None:
    path = link_in(await change(chat, letterbox))

    for _ in range(2):
        assert "Annullare il cambio dell'indirizzo?" in await page.look(path)
    assert (await office.customer()).reference_email == NEW, "a look changes nothing"
    for _ in range(2):
        seen = await page.confirm(path)
        assert "Il cambio è annullato" in seen
        assert OLD not in seen
        assert NEW not in seen
    assert (await office.customer()).reference_email == OLD
    assert "Il cambio è annullato" in await page.look(path)
    assert [mail["To"] for mail in await letterbox.fetch()] == [NEW]

    other = await office.imports(FILE | {"reference_email": "terza@example.com"})
    assert "(by the link in an e-mail)" in other.held["reference_email"][1]
    assert (await office.imports(FILE)).held == {}


@pytest.mark.soak
async def test_it_takes_back_whatever_was_changed_after_it(
    chat: Chat, office: Office, letterbox: Letterbox, page: Page
) -> None:
    """Whoever has got hold of a chat changes the address twice: the owner's link still works, the other's does not."""
    first = link_in(await change(chat, letterbox))
    second = link_in(await change(chat, letterbox, "terza@example.com"))

    await page.confirm(first)
    assert (await office.customer()).reference_email == OLD
    await page.confirm(second)
    assert (await office.customer()).reference_email == OLD


@pytest.mark.soak
async def test_a_code_that_was_on_its_way_does_nothing_after_it(
    chat: Chat, office: Office, letterbox: Letterbox, page: Page
) -> None:
    path = link_in(await change(chat, letterbox))
    await ask_for(chat, "terza@example.com")
    code = code_in_mail((await letterbox.fetch())[-1])
    await page.confirm(path)
    await chat.send(code)
    assert (await office.customer()).reference_email == OLD


@pytest.mark.soak
async def test_after_seven_days_or_another_word_of_the_file_the_link_is_over(
    chat: Chat, office: Office, letterbox: Letterbox, page: Page, clock: FrozenClock
) -> None:
    path = link_in(await change(chat, letterbox))
    await office.imports(FILE | {"reference_email": NEW})
    await office.imports(FILE | {"reference_email": "archivio@example.com"})
    assert "Il link non vale più" in await page.confirm(path)
    assert (await office.customer()).reference_email == "archivio@example.com"

    await chat.tap("Modifica")
    await chat.tap("Email")
    await chat.send("quarta@example.com")
    await chat.send(code_in_mail((await letterbox.fetch())[-1]))
    late = link_in((await letterbox.fetch())[0])
    clock.advance(timedelta(days=7))
    assert "Il link non vale più" in await page.confirm(late)
    assert (await office.customer()).reference_email == "quarta@example.com"


async def test_a_link_that_nobody_sent_does_nothing(page: Page) -> None:
    for path in ("/reference-email/nonsense", "/reference-email/%00%ff"):
        assert "Link" in await page.look(path)
        assert "Link" in await page.confirm(path)


@pytest.mark.soak
async def test_the_customers_other_chats_hear_of_it(
    chat: Chat, talk: Talk, letterbox: Letterbox, page: Page
) -> None:
    other = await talk(CUSTOMER)
    path = link_in(await change(chat, letterbox))
    told = await told_in(letterbox, other.id)
    assert told == ["reference-email-changed"]
    assert "reference-email-changed" not in await told_in(letterbox, chat.id)
    await page.confirm(path)
    assert "reference-email-restored" in await told_in(letterbox, chat.id)


async def told_in(letterbox: Letterbox, chat_id: int) -> list[str]:
    """The names of the messages about the address that wait for a chat."""
    async with letterbox.database.read() as session:
        rows = await session.scalars(select(OutboxRow).where(OutboxRow.chat_id == chat_id))
        names = [row.payload["message"] for row in rows]
    return [name for name in names if name.startswith("reference-email")]


class TestWithoutMail:
    """Where no SMTP_URL is set."""

    @pytest.fixture
    def who_is_told(self) -> Told:
        return Told()

    async def test_it_cannot_be_changed_and_the_renewal_goes_on(
        self, chat: Chat, office: Office, services: Services
    ) -> None:
        await ask_for(chat)

        assert "Da qui non si può cambiare" in chat.text
        assert services.surroundings.catalogue.operator.email in chat.text
        await chat.tap("Indietro")
        await chat.tap("Confermo i dati")
        assert "5/7" in chat.text
        assert (await office.customer()).reference_email == OLD


class TestWithoutPages:
    """Where nobody can reach the bot's pages: polling, without PUBLIC_URL."""

    @pytest.fixture
    def who_is_told(self) -> Told:
        return Told(mail=True)

    @pytest.mark.soak
    async def test_the_mail_says_whom_to_write_to(
        self, chat: Chat, services: Services, letterbox: Letterbox
    ) -> None:
        await ask_for(chat)
        await chat.send(code_in_mail((await letterbox.fetch())[0]))

        (told,) = await letterbox.fetch()
        assert told["To"] == OLD
        said = " ".join(text_of(told).split())
        assert "Per tornare a questo indirizzo basta scrivere a" in said
        assert services.surroundings.catalogue.operator.email in said
        assert "https" not in said


@pytest.mark.soak
async def test_an_undoing_asks_the_operator_who_had_changed_it(
    chat: Chat, office: Office, letterbox: Letterbox, page: Page
) -> None:
    path = link_in(await change(chat, letterbox))
    assert await cases(office) == []
    for _ in range(2):
        await page.confirm(path)
    [case] = await cases(office)
    assert (case.kind, case.subject) == ("email_undone", CUSTOMER)
    assert case.facts == {
        "customer": CUSTOMER,
        "changed_on": "2026-11-23",
        "undone_on": "2026-11-23",
        "changes": 1,
    }


async def cases(office: Office) -> list[CaseRow]:
    """The cases of the office."""
    async with office.database.read() as session:
        return list(await session.scalars(select(CaseRow)))


IN_SETTINGS = {
    "it": (
        "Email di riferimento",
        f"Adesso: {OLD}, per la casella esempio@pec.example.",
        f"Il codice è in arrivo a {NEW}.",
        f"l'indirizzo di riferimento ora è {NEW}",
    ),
    "en": (
        "Reference e-mail",
        f"At present: {OLD}, for the mailbox esempio@pec.example.",
        f"The code is on its way to {NEW}.",
        f"the reference e-mail is {NEW} now",
    ),
}


@pytest.mark.soak
@pytest.mark.parametrize("language", ["it", *long("en")])
async def test_it_is_changed_in_the_settings_too(
    office: Office, talk: Talk, letterbox: Letterbox, language: str
) -> None:
    await office.imports(FILE)
    chat = await talk(CUSTOMER, language=language)
    opens, now, on_its_way, changed = IN_SETTINGS[language]
    await chat.send("/settings")
    await chat.tap(opens)
    assert now in chat.text
    await chat.send("non un indirizzo")
    assert (await office.customer()).reference_email == OLD
    await chat.send(NEW)
    assert on_its_way in chat.text
    (mail,) = await letterbox.fetch()
    await chat.tap({"it": "Indietro", "en": "Back"}[language])
    await chat.tap({"it": "Scrivi il codice", "en": "Enter the code"}[language])
    await chat.send("000000" if code_in_mail(mail) != "000000" else "111111")
    assert (await office.customer()).reference_email == OLD
    await chat.send(code_in_mail(mail))
    assert changed in chat.text
    assert now.replace(OLD, NEW) in chat.text
    assert (await office.customer()).reference_email == NEW
    assert any(each["To"] == OLD for each in await letterbox.fetch()), "the address before is told"
