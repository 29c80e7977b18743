"""The settings of a chat: how everything stands, the language, e-mail too (DOMAIN.md 6)."""

import pytest

from bot.app import Told
from bot.db.engine import Database
from bot.domain.catalogue import RemindByMail
from bot.domain.reminders import MuteLevel
from bot.services.actor import Actor
from bot.services.reminders.preferences import About, ByMail
from bot.services.services import Services
from bot.services.surroundings import Surroundings
from tests.support.catalogue import with_rules
from tests.support.chat import Chat
from tests.support.long_runs import long, some
from tests.support.pushing import Push
from tests.support.reminding import Restart, titles
from tests.support.running_bot import Talk
from tests.support.seed import Seed
from tests.support.windows import state_of

LANGUAGES = ["it", "en"]
COMMAND = {"it": "/impostazioni", "en": "/settings"}

AT_FIRST = {
    "it": """Impostazioni

Lingua: Italiano
Promemoria: 13 su 13
Caselle silenziate: nessuna
Promemoria rimandati: nessuno
Frase di sicurezza: non ancora scelta

Email: i promemoria arrivano per email solo se questa chat non è più raggiungibile.""",
    "en": """Settings

Language: English
Reminders: 13 of 13
Muted mailboxes: none
Reminders put off: none
Security phrase: not set yet

E-mail: reminders come by e-mail only once this chat can no longer be reached.""",
}
CHANGED = {
    "it": """Impostazioni

Lingua: Italiano
Promemoria: 12 su 13
Caselle silenziate: 2 su 3
Promemoria rimandati: 1
Frase di sicurezza: scelta

Email: i promemoria arrivano anche per email, all'indirizzo di riferimento.""",
    "en": """Settings

Language: English
Reminders: 12 of 13
Muted mailboxes: 2 of 3
Reminders put off: 1
Security phrase: set

E-mail: reminders come by e-mail too, to the reference address.""",
}
BUTTONS = {
    "it": [
        "Lingua",
        "Promemoria",
        "Caselle",
        "Frase di sicurezza",
        "Email di riferimento",
        "□ Promemoria anche per email",
        "Chiudi",
    ],
    "en": [
        "Language",
        "Reminders",
        "Mailboxes",
        "Security phrase",
        "Reference e-mail",
        "□ Reminders by e-mail too",
        "Close",
    ],
}
PUT_OFF = {"it": "Rimandati (1)", "en": "Put off (1)"}
UNLINKED = {
    "it": "Questa chat non è ancora collegata a un cliente: i promemoria si scelgono dopo. "
    "Con /start si vede come collegarla.",
    "en": "This chat is not linked to a customer yet; reminders can be set up once it is. "
    "Use /start to see how to link it.",
}


@pytest.fixture
def who_is_told() -> Told:
    """This operator has set up e-mail."""
    return Told(mail=True)


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_the_menu_says_how_everything_stands(
    talk: Talk, seed: Seed, services: Services, language: str
) -> None:
    for _ in range(3):
        await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    await chat.send(COMMAND[language])
    assert chat.text == AT_FIRST[language]
    assert chat.buttons == BUTTONS[language]
    actor, wishes = Actor(chat.id, language), services.wishes
    await wishes.want_step(actor, 90, wanted=False)
    await wishes.mute(actor, 1, MuteLevel.MOST)
    await wishes.mute(actor, 2, MuteLevel.ALL)
    await wishes.snooze(actor, About(3), (await wishes.snooze_choices(actor, About(3))).first)
    await wishes.set_phrase(actor, "Ombra di sera")
    await wishes.want_mail(actor, on=True)
    await chat.send("/settings")
    assert chat.text == CHANGED[language], "the phrase itself is not shown"
    assert PUT_OFF[language] in chat.buttons


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_a_chat_without_a_customer_is_told_how_to_get_in_and_may_choose_its_language(
    talk: Talk, language: str
) -> None:
    chat = await talk(language=language)
    await chat.send("/settings")
    assert UNLINKED[language] in chat.text
    assert chat.buttons == [BUTTONS[language][0], BUTTONS[language][-1]]
    await chat.tap(BUTTONS[language][0])
    other = {"it": "English", "en": "Italiano"}[language]
    await chat.tap(other)
    await chat.tap({"it": "Back", "en": "Indietro"}[language])
    assert UNLINKED[{"it": "en", "en": "it"}[language]] in chat.text


@pytest.mark.parametrize(
    ("language", "other", "titled", "command"),
    [
        ("it", "English", "Settings", "How to renew"),
        *long(("en", "Italiano", "Impostazioni", "Come si rinnova")),
    ],
)
async def test_the_language_takes_effect_at_once_and_stays(
    talk: Talk,
    seed: Seed,
    remind: Push,
    restart: Restart,
    language: str,
    other: str,
    titled: str,
    command: str,
) -> None:
    await seed.mailbox("rossi", expires_in=15)
    chat = await talk("rossi", language=language)
    await chat.send("/settings")
    await chat.tap({"it": "Lingua", "en": "Language"}[language])
    assert (
        chat.buttons[:2]
        == {
            "it": ["● Italiano", "○ English"],
            "en": ["○ Italiano", "● English"],
        }[language]
    )
    await chat.tap(other)
    spoken = {"it": "en", "en": "it"}[language]
    assert chat.text.startswith({"it": "Lingua\n", "en": "Language\n"}[spoken]), "in this very window"
    assert chat.has(f"● {other}")
    await chat.tap({"it": "Indietro", "en": "Back"}[spoken])
    assert chat.text.startswith(titled)
    await chat.send("/help")
    assert command in chat.text
    restart(chat)
    await remind()
    assert titles(chat) == [
        {"it": "La casella PEC scade tra 15 giorni", "en": "Your PEC mailbox expires in 15 days"}[spoken]
    ]


async def test_a_language_that_the_bot_does_not_speak_changes_nothing(talk: Talk, seed: Seed) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/settings")
    await chat.tap("Lingua")
    await chat.press(with_widget(chat, "settings_locale:fr"))
    assert chat.text.startswith("Lingua\n")
    assert chat.has("● Italiano")


def with_widget(chat: Chat, widget: str) -> str:
    """Data of the dialog that is open, for another item than those on the screen."""
    data = next(
        button.callback_data
        for button in chat.screen.buttons
        if button.callback_data and "\x1d" in button.callback_data
    )
    return f"{data.split(chr(0x1D))[0]}\x1d{widget}"


# E-mail


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_e_mail_beside_the_chat_is_switched_on_and_off(
    talk: Talk, seed: Seed, services: Services, language: str
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi", language=language)
    actor = Actor(chat.id, language)
    await chat.send("/settings")
    label = BUTTONS[language][5].removeprefix("□ ")
    await chat.tap_together([label] * 3)
    assert f"■ {label}" in chat.buttons, "three quick taps do what one does"
    assert (await services.wishes.read(actor)).by_mail is ByMail.TOO
    assert CHANGED[language].splitlines()[-1] in chat.text
    await chat.tap(label)
    assert (await services.wishes.read(actor)).by_mail is ByMail.UNREACHABLE
    assert AT_FIRST[language].splitlines()[-1] in chat.text


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
async def test_where_the_operator_sends_e_mail_to_everybody_it_is_said_and_no_choice(
    talk: Talk, seed: Seed, surroundings: Surroundings, language: str
) -> None:
    await seed.mailbox("rossi")
    surroundings.catalogue = with_rules(remind_by_mail=RemindByMail.ALWAYS)
    chat = await talk("rossi", language=language)
    await chat.send("/settings")
    assert {"it": "arrivano sempre anche per email", "en": "always come by e-mail too"}[language] in chat.text
    assert not chat.has("□")


async def test_without_e_mail_nothing_is_said_of_it(talk: Talk, seed: Seed, restart: Restart) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    restart(chat)  # as an operator who has set up no e-mail
    await chat.send("/settings")
    assert "mail" not in chat.text
    assert chat.buttons == [*BUTTONS["it"][:5], "Chiudi"]


# Around the dialog


async def test_it_closes_and_a_second_tap_is_no_news(talk: Talk, seed: Seed) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/settings")
    said = len(chat.texts)
    await chat.tap_together(["Chiudi"] * 3)
    assert len(chat.texts) == said


@pytest.mark.soak
async def test_what_is_written_where_only_taps_count_gets_the_hint(
    talk: Talk, seed: Seed, database: Database
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    for taps in ([], ["Lingua"], ["Promemoria"], ["Caselle"], ["Caselle", "rossi1@"]):
        await chat.send("/settings")
        for tap in taps:
            await chat.tap(tap)
        before = await state_of(database, chat.screen)
        await chat.send("buongiorno")
        assert chat.texts[-2] == "Per continuare basta toccare uno dei pulsanti qui sotto."
        assert await state_of(database, chat.screen) == before


@pytest.mark.soak
async def test_it_goes_on_after_a_restart(talk: Talk, seed: Seed, restart: Restart) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/settings")
    for tap in (
        "Caselle",
        "rossi1@",
        "Rimanda il prossimo promemoria",
        "30",
        "← Indietro",
        "← Indietro",
        "Rimandati",
    ):
        restart(chat)
        await chat.tap(tap)
    assert chat.buttons == ["rossi1@pec.example · dal 30/11", "← Indietro"]


@pytest.mark.soak
async def test_a_chat_that_was_unlinked_meanwhile_sees_nothing_more(
    talk: Talk, seed: Seed, services: Services
) -> None:
    await seed.mailbox("rossi")
    chat = await talk("rossi")
    await chat.send("/settings")
    await chat.tap("Caselle")
    await chat.tap("rossi1@")
    await services.linking.unlink(Actor(chat.id, "it"))
    await chat.tap("Solo gli ultimi")
    assert chat.toast == "Non trovato, o non collegato a questa chat."
    await chat.tap("Indietro")
    assert "Nessuna casella di cui ricordare la scadenza." in chat.text
    await chat.tap("Indietro")
    assert UNLINKED["it"] in chat.text
