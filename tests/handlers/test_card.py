"""The card of a mailbox: how it stands at a glance, and the way from it and back (DOMAIN.md 3.1, 6)."""

import pytest

from bot.app import Told
from bot.domain.reminders import MuteLevel
from bot.handlers.buttons import ShowCard
from bot.services.actor import Actor
from bot.services.reminders.preferences import About
from bot.services.services import Services
from tests.support.budget import over_budget
from tests.support.chat import Chat
from tests.support.long_runs import long, some
from tests.support.ordering import chosen, place
from tests.support.running_bot import Talk
from tests.support.seed import Seed

LIST = {"it": "/caselle", "en": "/mailboxes"}
CARD = {
    "it": [
        "rossi1@pec.example",
        "Titolare: Maria Esempio · Premium",
        "Scade mercoledì 23 dicembre 2026, tra 30 giorni",
        "",
        "Casella ▰▰▰▰▰▰▱▱ 1,5 GB su 2 GB",
        "Archivio ▰▰▱▱▱▱▱▱ 2,5 GB su 10 GB",
        "",
        "Rinnovo automatico: non attivo.",
        "Promemoria: tutti",
    ],
    "en": [
        "rossi1@pec.example",
        "Holder: Maria Esempio · Premium",
        "Expires on Wednesday 23 December 2026, in 30 days",
        "",
        "Mailbox ▰▰▰▰▰▰▱▱ 1.5 GB of 2 GB",
        "Archive ▰▰▱▱▱▱▱▱ 2.5 GB of 10 GB",
        "",
        "Automatic renewal: off.",
        "Reminders: all",
    ],
}
BUTTONS = {
    "it": ["Rinnova", "Rinnovo automatico", "Promemoria", "Non rinnovo", "Inizio", "Chiudi"],
    "en": ["Renew", "Automatic renewal", "Reminders", "Don't renew", "Home", "Close"],
}
BOTH = pytest.mark.parametrize("language", ["it", *long("en")])


def lines(chat: Chat) -> list[str]:
    return chat.screen_text.replace("\N{NO-BREAK SPACE}", " ").splitlines()


@BOTH
async def test_the_only_mailbox_is_shown_as_its_card(talk: Talk, seed: Seed, language: str) -> None:
    await seed.mailbox("rossi", plan="premium", used=("1.5", "2.5"), extra=(0, 2))
    chat = await talk("rossi", language=language)
    await chat.send(LIST[language])
    assert lines(chat) == CARD[language]
    assert chat.buttons == BUTTONS[language]


@BOTH
async def test_of_several_a_tap_on_the_row_opens_the_card_and_back_leads_to_the_page(
    talk: Talk, seed: Seed, language: str
) -> None:
    for number in range(12):
        await seed.mailbox("rossi", address=f"info@studio{number}.legalmail.example", expires_in=20 + number)
    chat = await talk("rossi", language=language)
    await chat.send(LIST[language])
    assert not list(over_budget(chat.newest))
    await chat.tap("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
    rows = [label for label in chat.buttons if " · " in label]
    assert len(rows) == 4
    await chat.tap(rows[1])
    assert lines(chat)[0] == "info@studio9.legalmail.example"
    shown = len(chat.texts)
    await chat.tap({"it": "Indietro", "en": "Back"}[language])
    assert [label for label in chat.buttons if " · " in label] == rows
    assert len(chat.texts) == shown, "the list takes the place of the card"


@pytest.mark.parametrize(
    ("used", "hours", "words"),
    some(
        [
            (None, 0, ["Lo spazio usato non è noto."]),
            (("0", "0"), 1, ["Casella ▱▱▱▱▱▱▱▱ 0 GB su 1 GB"]),
            (("0.01", "0"), 1, ["Casella ▰▱▱▱▱▱▱▱ 0,01 GB su 1 GB"]),
            (("0.999", "0"), 1, ["Casella ▰▰▰▰▰▰▰▱ 1 GB su 1 GB"]),
            (("1.4", "0"), 1, ["Casella ▰▰▰▰▰▰▰▰ 1,4 GB su 1 GB"]),
            (
                ("0.5", "0"),
                100,
                ["Casella ▰▰▰▰▱▱▱▱ 0,5 GB su 1 GB", "Misurato il 19/11/2026: può essere cambiato."],
            ),
        ],
        3,
    ),
)
async def test_the_space_is_as_full_as_it_is_known_to_be(
    talk: Talk, seed: Seed, used: tuple[str, str] | None, hours: int, words: list[str]
) -> None:
    await seed.mailbox("rossi", used=used, usage_age_hours=hours)
    chat = await talk("rossi")
    await chat.send("/caselle")
    assert lines(chat)[4 : 4 + len(words)] == words
    assert "Archivio" not in chat.text, "the plan has none"


@pytest.mark.parametrize(
    ("changes", "words", "leads"),
    some(
        [
            ({"auto_renew": True}, "Si rinnova da sola", "Rinnovo automatico"),
            ({"auto_renew": True, "expires_in": 3}, "può essere già avvenuto", "Rinnovo automatico"),
            ({"plan": "domain"}, "si rinnova con il suo dominio", "Rinnova il dominio"),
            ({"expires_in": -100}, "Cancellata dopo il 13/11/2026", "Acquista una casella nuova"),
        ],
        2,
    ),
)
async def test_what_cannot_be_renewed_says_why_and_the_way_out(
    talk: Talk, seed: Seed, changes: dict[str, object], words: str, leads: str
) -> None:
    await seed.mailbox("rossi", **changes)  # type: ignore[arg-type] # what a test may say
    chat = await talk("rossi")
    await chat.send("/caselle")
    assert words in chat.text
    assert chat.button(leads)
    assert "Rinnova" not in chat.buttons


@pytest.mark.soak
async def test_an_open_order_is_named_and_opened_from_the_card_and_closing_it_leads_back(
    talk: Talk, seed: Seed, services: Services
) -> None:
    ordered = await seed.mailbox("rossi")
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    actor = Actor(chat.id, "it")
    renewal = await chosen(services, actor, [ordered])
    order = await place(services, actor, renewal)
    await chat.send("/caselle")
    await chat.tap("rossi1")
    assert f"L'ordine {order.number} è in attesa di pagamento" in chat.text
    await chat.tap(f"Apri l'ordine {order.number}")
    assert chat.has("Annulla ordine")
    await chat.tap("I miei ordini")
    assert order.number in chat.text
    await chat.tap("Chiudi")
    assert lines(chat)[0] == "rossi1@pec.example"
    await chat.tap("Ordini (1)")
    assert order.number in chat.text
    await chat.tap("Indietro")
    assert lines(chat)[0] == "rossi1@pec.example"
    await chat.tap("Indietro")
    await chat.tap("rossi2")
    assert not chat.has("Ordini"), "it is in none"


@pytest.mark.soak
async def test_reminders_and_the_switch_are_opened_from_the_card_and_lead_back_to_it(
    talk: Talk, seed: Seed, services: Services
) -> None:
    box = await seed.mailbox("rossi", plan="pro", auto_renew=True, expires_in=40)
    chat = await talk("rossi")
    await chat.send("/caselle")
    assert "Rinnovo automatico: attivo. Addebito: 26/12/2026." in chat.text
    await chat.tap("Promemoria")
    await chat.tap("Giorni dei promemoria")
    assert chat.has("90 giorni prima")
    await chat.tap("Indietro")
    await chat.tap("Solo gli ultimi")
    await chat.tap("Indietro")
    assert "Promemoria: solo gli ultimi" in chat.text
    await chat.tap("Rinnovo automatico")
    await chat.tap("Disattiva rinnovo automatico")
    await chat.tap("Indietro")
    assert "Rinnovo automatico: non attivo." in chat.text
    actor = Actor(chat.id, "it")
    await services.wishes.mute(actor, box, MuteLevel.ALL)
    await chat.send("/caselle")
    assert "Promemoria: nessuno" in chat.text
    days = await services.wishes.snooze_choices(actor, About(box))
    await services.wishes.snooze(actor, About(box), days.first)
    await chat.send("/caselle")
    assert "Promemoria: rimandati al 24/11/2026" in chat.text


async def test_renewing_from_the_card_begins_with_its_mailbox_and_asks_about_another_renewal(
    talk: Talk, seed: Seed
) -> None:
    for _ in range(3):
        await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/caselle")
    listed = chat.screen
    await chat.tap("rossi2")
    await chat.tap("Rinnova")
    assert "Rinnovo di rossi2@pec.example" in chat.text
    await chat.tap("rossi3", on=listed)
    await chat.tap("Rinnova")
    assert "C'è già un rinnovo lasciato a metà: rossi2@pec.example." in chat.text


class TestWhoElseHears:
    """The card counts the customer's other chats, and hides whose they are."""

    @pytest.fixture
    def who_is_told(self) -> Told:
        """E-mail is set up."""
        return Told(mail=True)

    @BOTH
    async def test_other_chats_are_counted_and_the_email_is_masked(
        self, talk: Talk, seed: Seed, language: str
    ) -> None:
        await seed.mailbox("rossi")
        chat = await talk("rossi", language=language)
        await chat.send(LIST[language])
        said = {"it": "Messaggi anche a: ", "en": "Messages also go to: "}[language]
        assert lines(chat)[-1] == said + "r•••@example.com"
        for _ in range(2):
            await talk("rossi")
        await chat.send(LIST[language])
        others = {"it": "altre 2 chat e ", "en": "2 other chats and "}[language]
        assert lines(chat)[-1] == said + others + "r•••@example.com"


async def test_a_stranger_sees_no_card(talk: Talk, seed: Seed) -> None:
    box = await seed.mailbox("rossi")
    await seed.mailbox("bianchi", holder=seed.registrant("company"))
    thief = await talk("bianchi")
    await thief.press(ShowCard(mailbox=box).pack())
    assert all("rossi1" not in text for text in thief.texts)
