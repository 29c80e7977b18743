"""The page where reminders by e-mail are chosen.

It is written for whoever holds its link, which may have been forwarded: it names neither customer nor mailbox.
"""

from html import escape
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.mailboxes import deletion_days
from bot.domain.reminders import MuteLevel, full_ladder, last_steps
from bot.messages.reminder_words import step_list
from bot.services.reminders.batch import MAIL_MUTES
from bot.services.reminders.mail_wishes import MailWish, Undo
from bot.texts import Translator
from bot.web.pages import button_form, hidden_field, page

LEVELS: Final = MAIL_MUTES
"""The choices, as forms send them, in the order in which they are shown."""
LEVEL_FIELD: Final = "level"
SURE_FIELD: Final = "sure"
SURE: Final = "yes"


def choice_page(translator: Translator, catalogue: Catalogue, wish: MailWish, *, saved: bool) -> str:
    """How things stand, with what else can be chosen; `saved` says that it was chosen just now."""
    word = _word(wish.level)
    told = translator.plain("unsubscribe-kept", level=word)
    rules = catalogue.rules
    what = {
        "all": translator.plain("unsubscribe-all-what", days=full_ladder(rules)[0]),
        "last": translator.plain(
            "unsubscribe-last-what",
            steps=_capital(step_list(translator, catalogue, last_steps(rules), wish.plan_id)),
        ),
        "none": translator.plain("unsubscribe-none-what"),
    }
    choices = "".join(
        f"<li>{_current(translator, each) if each == word else _form(translator, each)}"
        f"<p>{escape(what[each])}</p></li>\n"
        for each in LEVELS
    )
    return page(
        translator,
        catalogue,
        translator.plain("unsubscribe-title"),
        (f'<p class="kept" role="status">{escape(told)}</p>\n' if saved else "")
        + f"<p>{escape(translator.plain('unsubscribe-about'))}</p>\n<ul>\n{choices}</ul>\n",
    )


def sure_page(translator: Translator, catalogue: Catalogue, wish: MailWish) -> str:
    """Ask once more before the last reminders are silenced too (DOMAIN.md 6)."""
    told = translator.plain("unsubscribe-sure", deletion_days=deletion_days(wish.plan_id, catalogue))
    keep = button_form(translator.plain("unsubscribe-last"), hidden_field(LEVEL_FIELD, "last"), first=True)
    stop = button_form(
        translator.plain("unsubscribe-sure-yes"),
        hidden_field(LEVEL_FIELD, "none"),
        hidden_field(SURE_FIELD, SURE),
    )
    return page(
        translator,
        catalogue,
        translator.plain("unsubscribe-sure-title"),
        f"<p>{escape(told)}</p>\n{keep}{stop}",
    )


def undo_page(translator: Translator, catalogue: Catalogue, undo: Undo, *, done: bool) -> str:
    """Undo the silence that an e-mail confirmed; say how things stand once `done`, or where it came too late."""
    now, back = _word(undo.wish.level), _word(undo.back)
    if undo.stands and not done:
        told = f"<p>{escape(translator.plain('unsubscribe-undo-what', level=back))}</p>\n"
        button = button_form(
            translator.plain("unsubscribe-undo", level=back), hidden_field("undo", SURE), first=True
        )
        return page(translator, catalogue, translator.plain("unsubscribe-undo-title"), told + button)
    kept = translator.plain("unsubscribe-undone" if undo.stands else "unsubscribe-undo-late", level=now)
    link = translator.plain("unsubscribe-undo-elsewhere")
    return page(
        translator,
        catalogue,
        translator.plain("unsubscribe-title"),
        f'<p class="kept" role="status">{escape(kept)}</p>\n<p>{escape(link)}</p>\n',
    )


def unknown_page(translator: Translator, catalogue: Catalogue) -> str:
    """Nobody has the code of this address."""
    operator = catalogue.operator
    told = translator.plain("unsubscribe-unknown", operator=operator.name, email=operator.email)
    title = translator.plain("unsubscribe-unknown-title")
    return page(translator, catalogue, title, f"<p>{escape(told)}</p>\n")


def unclear_page(translator: Translator, catalogue: Catalogue) -> str:
    """What was sent is none of our forms."""
    told = translator.plain("unsubscribe-unclear", email=catalogue.operator.email)
    title = translator.plain("unsubscribe-unclear-title")
    return page(translator, catalogue, title, f"<p>{escape(told)}</p>\n")


def _word(level: MuteLevel | None) -> str:
    return next(word for word, each in LEVELS.items() if each is level)


def _current(translator: Translator, word: str) -> str:
    return (
        f"<strong>{escape(translator.plain(f'unsubscribe-{word}'))}</strong>"
        f'<span class="now">{escape(translator.plain("unsubscribe-now"))}</span>'
    )


def _form(translator: Translator, word: str) -> str:
    return button_form(translator.plain(f"unsubscribe-{word}"), hidden_field(LEVEL_FIELD, word))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
