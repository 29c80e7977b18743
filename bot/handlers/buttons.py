"""The buttons of plain messages, which work from a message of any age, whatever dialog is open.

Their data is short and says nothing about anybody; ownership is checked by the service that each one calls.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.dialogs.linking.data import Purpose
from bot.domain.reminders import MuteLevel
from bot.services.errors import NotYours
from bot.services.reminders.preferences import About
from bot.services.renewing.as_it_is import OfHolder, OfMailbox
from bot.texts import Locale, Translator

RowId: TypeAlias = Annotated[int, Field(ge=0, le=2**63 - 1)]
"""The number of a row. What is no such number was never on a button of ours, and is answered as an outdated one."""


class RenewMailbox(CallbackData, prefix="renew"):
    """*Rinnova* on a notice: open the renewal of this mailbox."""

    mailbox: RowId


class RenewAsItIs(CallbackData, prefix="keep"):
    """*Rinnova per 1 anno · 12,08 €* on a reminder: what it names is chosen by the tap (docs/decisions/023).

    It is about one mailbox, or those of a `holder` that expire by a day (`yyyymmdd`). `seal` says what it was made for.
    With `afresh` the renewal under way is thrown away first.
    """

    mailbox: RowId | None
    holder: RowId | None
    by: int | None
    years: int
    seal: str
    method: str | None
    afresh: bool

    def what(self) -> OfMailbox | OfHolder:
        """The same as the service takes it.

        Raises:
            NotYours: it is about nothing.
        """
        if self.mailbox is not None:
            return OfMailbox(self.mailbox)
        if self.holder is None or self.by is None:
            raise NotYours
        return OfHolder(self.holder, day_of(self.by))


class OpenRenewal(CallbackData, prefix="open"):
    """Begin a renewal, or go on with the one under way."""


class StartAfresh(CallbackData, prefix="fresh"):
    """Throw the renewal under way away and begin another.

    With `mailbox` it is that mailbox's; with `customer` and `by` (`yyyymmdd`) that of the customer's mailboxes which
    expire by then, of one `holder` if it is named.
    """

    mailbox: RowId | None = None
    customer: RowId | None = None
    holder: RowId | None = None
    by: int | None = None


class DiscardRenewal(CallbackData, prefix="discard"):
    """Throw the renewal under way away; `sure` is the second tap."""

    sure: bool


class RenewDue(CallbackData, prefix="due"):
    """*Rinnova* on a notice of several mailboxes: those of the holder that expire by a day (`yyyymmdd`).

    `holder` is 0 where it is not said for whom.
    """

    customer: RowId
    holder: RowId
    by: int


class AboutMailboxes(CallbackData, prefix="about"):
    """Which mailboxes a button speaks of: one, or those of a customer that expire by a day (`yyyymmdd`)."""

    mailbox: RowId | None = None
    customer: RowId | None = None
    by: int | None = None

    def about(self) -> About:
        """The same as the service takes it.

        Raises:
            NotYours: it is no day.
        """
        return About(self.mailbox, self.customer, None if self.by is None else day_of(self.by))

    def only(self) -> dict[str, int | None]:
        """What another button about the same mailboxes is made with."""
        return {"mailbox": self.mailbox, "customer": self.customer, "by": self.by}


class RemindLater(AboutMailboxes, prefix="later"):
    """*Più tardi*: ask when."""


class PickDay(AboutMailboxes, prefix="pick"):
    """The calendar, at this month (`yyyymm`)."""

    month: int


class SnoozeTo(AboutMailboxes, prefix="snooze"):
    """Remind on this day (`yyyymmdd`)."""

    on: int


class KeepReminders(CallbackData, prefix="asis"):
    """Leave the reminders as they are."""


class MuteMailbox(CallbackData, prefix="mute"):
    """*Non ricordarmela*: with `level` `most` but the last words, with `all` those too."""

    mailbox: RowId
    level: MuteLevel


class UnmuteMailbox(CallbackData, prefix="unmute"):
    """Speak of this mailbox again."""

    mailbox: RowId


class OpenReminders(CallbackData, prefix="reminders"):
    """The settings of reminders, at the list of mailboxes."""


class Nothing(CallbackData, prefix="nothing"):
    """A cell of a keyboard that only shows something."""


class ListDue(CallbackData, prefix="listdue"):
    """*Vedi tutte le caselle* on a reminder: a customer's that expire from one day to another (`yyyymmdd`).

    `page` is that of the list itself; None on the message that leads to it.
    """

    customer: RowId
    since: int
    by: int
    page: RowId | None


class ListOrder(CallbackData, prefix="listorder"):
    """The same for the mailboxes of an order."""

    number: str
    page: RowId | None


class ShowMailboxes(CallbackData, prefix="boxes"):
    """The list of mailboxes, at this page."""

    page: int


class ShowCard(CallbackData, prefix="card"):
    """The card of a mailbox; `page` is that of the list it is named in, None where there is none."""

    mailbox: RowId
    page: RowId | None = None


class OpenDecline(CallbackData, prefix="decline"):
    """*Non rinnovo* in an answer: the question whether this mailbox is not renewed."""

    mailbox: RowId


class RenewAnyway(CallbackData, prefix="anyway"):
    """*Rinnovo lo stesso*: take back that the mailbox is not renewed, and open its renewal."""

    mailbox: RowId


class RemindAgain(CallbackData, prefix="wanted"):
    """*Annulla «non si rinnova»*: take back that the mailbox is not renewed."""

    mailbox: RowId


class ListSwitches(CallbackData, prefix="switches"):
    """*Rinnovo automatico* below the list of mailboxes, which stands at this page."""

    page: int


class ShowSwitch(CallbackData, prefix="switch"):
    """*Disattiva* on a notice: the automatic renewal of this mailbox."""

    mailbox: RowId


class SwitchStep(StrEnum):
    """What a button of the switch's own message does; the values are in buttons that stand in chats."""

    LIST = "list"
    SHOW = "show"
    OFF = "off"
    ON = "on"
    CHAT = "chat"
    """The notice before a charge in the chat alone, ..."""
    MAIL = "mail"
    """... or by e-mail too."""


class UseSwitch(CallbackData, prefix="auto"):
    """The buttons of the switch's own message, which each of them rewrites.

    They are one kind, so that a quick hand which goes there and back is not taken for one that taps twice
    (`bot.handlers.taps`). `page` is that of the list to go back to, None where there is none; `terms` are those
    agreed to by switching it on (`bot.domain.switching.Terms.seal`).
    """

    step: SwitchStep
    mailbox: RowId = 0
    page: int | None = None
    terms: str = ""


class ShowOrders(CallbackData, prefix="orders"):
    """My orders; with `number`, that one."""

    number: str | None = None


class Withdraw(CallbackData, prefix="recede"):
    """*Recedere da …*: the first step of withdrawing from this order."""

    number: str


class ShowQr(CallbackData, prefix="qr"):
    """*Mostra il QR* on a message that an order is paid from."""

    number: str


class PayOtherwise(CallbackData, prefix="paywith"):
    """*Altra modalità* on such a message."""

    number: str


class SayPaid(CallbackData, prefix="paid"):
    """*Ho pagato* on such a message."""

    number: str


class TakePaidBack(CallbackData, prefix="unpaid"):
    """*Non ho ancora pagato* on the card that *Ho pagato* has pinned."""

    number: str


class MailAgain(CallbackData, prefix="mailpay"):
    """*Manda di nuovo l'email* on a message whose link to pay is in an e-mail."""

    number: str


class ChooseLanguage(CallbackData, prefix="lang"):
    """Speak this language."""

    language: str


class AnswerLink(CallbackData, prefix="link"):
    """The answer to whether another customer may be added to this chat (DOMAIN.md 2.3)."""

    token: int
    accept: bool


class LinkByEmail(CallbackData, prefix="linkmail"):
    """Link the chat to a customer by a code that is mailed (DOMAIN.md 2.2)."""


class GetIn(CallbackData, prefix="getin"):
    """The same on the welcome of a stranger, who came for this `purpose`."""

    purpose: Purpose


class WelcomeIn(CallbackData, prefix="hello"):
    """The welcome of a stranger in another language, which is spoken from now on."""

    language: Locale
    purpose: Purpose


class GoHome(CallbackData, prefix="home"):
    """*Inizio*: how things stand, below."""


class OpenSettings(CallbackData, prefix="settings"):
    """The settings, at their menu."""


class AnswerUnlink(CallbackData, prefix="unlink"):
    """The answer to whether the chat is to let go of its customers."""

    accept: bool


class SendOwnData(CallbackData, prefix="mydata"):
    """*Inviami i miei dati* below what is said of personal data."""


class AskDeletion(CallbackData, prefix="erase"):
    """*Cancella i miei dati* there: the first of two steps."""


class DeleteOwnData(CallbackData, prefix="erased"):
    """The second one."""

    accept: bool


class AskWholeDeletion(CallbackData, prefix="leave"):
    """*Cancella tutti i dati* there: the way to delete everything of a customer."""


def number_of(day: date) -> int:
    """A day as buttons carry it: `yyyymmdd`."""
    return int(day.strftime("%Y%m%d"))


def day_of(number: int) -> date:
    """The day of such a number.

    Raises:
        NotYours: it is none: no button of ours carries it.
    """
    try:
        return datetime.strptime(str(number), "%Y%m%d").date()  # noqa: DTZ007 - a calendar day has no zone
    except ValueError:
        raise NotYours from None


COLOURS: Final = {
    "button-renew": ButtonStyle.PRIMARY,
    "button-resume": ButtonStyle.PRIMARY,
    "button-go-on": ButtonStyle.PRIMARY,
    "button-link": ButtonStyle.PRIMARY,
    "button-start-afresh": ButtonStyle.DANGER,
    "button-discard": ButtonStyle.DANGER,
    "discard-yes": ButtonStyle.DANGER,
    "unlink-yes": ButtonStyle.DANGER,
    "data-delete-yes": ButtonStyle.DANGER,
    "data-delete-all": ButtonStyle.DANGER,
}
"""By the key of the text; all others are plain (see `bot.dialogs.widgets.colours`)."""


def button(translator: Translator, key: str, data: CallbackData, **variables: object) -> InlineKeyboardButton:
    """A button with a text by key, and the colour that belongs to what it says."""
    return InlineKeyboardButton(
        text=translator.plain(key, **variables), callback_data=data.pack(), style=COLOURS.get(key)
    )


class RegisterLikely(CallbackData, prefix="bankall"):
    """*Registra questi 12* on the summary of a bank's statement."""

    statement: RowId


class SeeEntry(CallbackData, prefix="banksee"):
    """*Guarda uno a uno*, *Più tardi*: the first entry of a statement that waits, above the one of a number.

    `left` is how many were left for later on the way.
    """

    statement: RowId
    after: RowId
    left: int = 0


class ConfirmEntry(CallbackData, prefix="bankyes"):
    """Register an entry: for the order that is proposed, or for the one of this number."""

    statement: RowId
    entry: RowId
    order: str | None
    left: int


class DismissEntry(CallbackData, prefix="bankno"):
    """An entry is no payment to be registered."""

    statement: RowId
    entry: RowId
    left: int


def keyboard(*rows: InlineKeyboardButton | tuple[InlineKeyboardButton, ...]) -> InlineKeyboardMarkup:
    """A keyboard of these rows; a single button is a row of its own."""
    return InlineKeyboardMarkup(
        inline_keyboard=[[row] if isinstance(row, InlineKeyboardButton) else list(row) for row in rows]
    )
