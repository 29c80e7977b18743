"""What a service answers instead of a result, and where it stands among all that is refused on purpose.

The tree, of which a test holds every branch. Each class names the text with which the chat answers, where no screen
has a better one (`bot.handlers.recovery`)::

    RinnovoError                      bot.domain.errors
    ├── InvalidOrderNumber            the text is no order number
    ├── ChoiceRefused                 the rules do not allow a choice: `reason` says why
    ├── RegistrantError               something is wrong with a holder's data
    │   ├── FieldError                one value, judged and refused: say what is wrong and ask again
    │   ├── LockedField               the value changes only with the holder
    │   ├── FieldNotAsked             this holder has no such field
    │   ├── RouteNotAllowed           this holder's invoices cannot be sent that way
    │   └── MalformedRecord           stored data that nobody wrote like this
    ├── NotADocument                  what was read is no evidence document
    ├── UnreadableStatement           a bank's file is no statement, is damaged, or does not add up
    ├── CatalogueError                the catalogue cannot be used: `problems` say why
    ├── ImportFailed                  an import did not come to its end
    │   ├── FileRefused               the file is not taken at all
    │   │   ├── FileUnreadable        it cannot be read
    │   │   └── FileUnbelievable      so much of it contradicts itself that the rest cannot be believed
    │   ├── NotConfirmed              it would do what a person has to agree to, and nobody did
    │   └── ImportInterrupted         the database failed; what was written before stays
    └── ServiceError                  a request that a service could not fulfil
        ├── NotYours                  it does not exist, or belongs to somebody else: never told apart
        ├── DraftClosed               the renewal was ordered or thrown away meanwhile
        ├── OtherDraftOpen            another renewal is under way in this chat
        ├── NoMoreReminders           the mailbox is deleted or gone: nothing more is told of it
        ├── NothingToRenew            no mailbox of the holder can be renewed here
        ├── TokenRefused              the deep link is unknown, used, or expired
        ├── CodesPaused               for now no code is mailed to this chat or address, or none is taken
        ├── CodeNotOpen               no code of this chat is good: it expired, or a newer one took its place
        ├── NotACode                  what was typed is not six digits
        ├── MailNotSetUp              nothing can be mailed
        ├── AddressUnchanged          the new reference e-mail is the customer's already
        ├── MailboxBlocked            a mailbox of the renewal cannot be renewed here any more
        ├── OfferChanged              what the final button showed no longer holds
        ├── NotOffered                automatic renewal cannot be switched on now, or not on these terms
        ├── CannotDecline             of this mailbox it cannot be said now that it is not renewed
        ├── OrderNotOpen              the order is paid, cancelled or expired already
        ├── OrderPartPaid             money for the order has arrived: it cannot be cancelled any more
        ├── NotWithdrawable           the order cannot be withdrawn from here
        ├── NothingToExpect           by its method an order's payment is registered at once
        ├── NothingRecorded           no evidence was kept of it
        ├── TermsChanged              what a confirmation showed is otherwise by now: it is shown anew
        ├── DayOutOfRange             nobody can be reminded on that day
        ├── SureNeeded                a last reminder is switched off only by who says so twice
        ├── UnusablePhrase            no phrase by which a message can be known
        ├── NoSuchCustomer            no customer has this code
        │   └── WasForgotten          the one that had it was deleted
        ├── StillNeeded               a customer cannot be deleted yet: `obstacles` say why
        ├── NoSuchCase                the office has no case of this number
        ├── CaseClosed                it was closed before
        ├── NotUndecided              the order does not wait for a word on its VAT
        ├── MentionNeeded             hardware is sent: why no VAT is charged has to be said
        ├── NoHardware                no hardware of a kit is sent with the order
        ├── NotPaid                   it never was complete, so that nothing was sent
        ├── NoDayOfDelivery           no delivery can be of that day
        ├── TooLarge                  Telegram gives bots no file of that size
        ├── NotFetched                Telegram did not give a file, for a reason that may pass
        ├── TakenOver                 another run of the same statement has taken the place of this one
        ├── EntryRefused              a decision on an entry of a statement cannot be taken
        │   ├── NoSuchEntry           no such entry waits, or waited
        │   ├── EntryDecided          it was decided already
        │   ├── EntryChanged          it stands otherwise by now: it is shown anew
        │   ├── OrderNeeded           an order has to be named, and be there
        │   └── NotForAnOrder         it is money that went back, of an unknown payment
        └── DecisionRefused           a decision on a payment cannot be taken
            ├── NoSuchPayment         the ledger has no such payment that needs, or needed, a person
            ├── CaseDecided           it was decided already
            ├── NothingWaiting        none of its money can be assigned, or sent back
            ├── NoSuchOrder           no order has this number
            └── NotPayable            the order cannot be paid with it

What never leaves the room that raises it (a bad cell, a broken line of JSON) is not here, nor is what keeps the bot
from starting (settings, keys, tables).
"""

from datetime import date, datetime
from enum import StrEnum

from bot.domain.errors import RinnovoError
from bot.domain.leaving import Obstacle
from bot.domain.withdrawal import Right


class ServiceError(RinnovoError):
    """A request that a service could not fulfil; nothing was changed."""


class NotYours(ServiceError):
    """No such thing for this chat. Whether it exists for somebody else is not said."""

    text = "error-not-found"


class DraftClosed(ServiceError):
    """The draft is no longer open: `order_number` names the order that it became, None if it was thrown away."""

    def __init__(self, order_number: str | None) -> None:
        super().__init__("the draft is closed")
        self.order_number = order_number


class OtherDraftOpen(ServiceError):
    """Another renewal is under way in this chat: go on with it, or throw it away first."""

    def __init__(self, draft_id: int) -> None:
        super().__init__("another draft is open")
        self.draft_id = draft_id


class NothingToRenew(ServiceError):
    """Every mailbox in question has a reason not to be renewed here."""


class NoMoreReminders(ServiceError):
    """The mailbox is deleted or gone, so that there is nothing to put off, nor to silence; its card says why."""

    text = "error-no-more-reminders"


class TokenFault(StrEnum):
    """Why a deep-link token is refused (DOMAIN.md 2.3)."""

    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"


class TokenRefused(ServiceError):
    """The deep link cannot be used; the way in by e-mail remains."""

    def __init__(self, fault: TokenFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class CodePause(StrEnum):
    """Why there is no code for a while (DOMAIN.md 2.2)."""

    MANY_CODES = "many-codes"
    MANY_STRANGERS = "many-strangers"
    WRONG_CODES = "wrong-codes"


class CodesPaused(ServiceError):
    """No code is mailed, or taken, before the instant `until`: too many were asked for, or were wrong."""

    def __init__(self, reason: CodePause, until: datetime) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.until = until


class CodeNotOpen(ServiceError):
    """No code of this chat is good: it expired, a newer one took its place, or none was asked for."""


class NotACode(ServiceError):
    """What was typed is not six digits. It does not count as a wrong code."""


class MailNotSetUp(ServiceError):
    """The operator has set up no e-mail: there is no way in by it."""


class AddressUnchanged(ServiceError):
    """The address that was typed is the customer's reference e-mail already."""


class MailboxBlocked(ServiceError):
    """A mailbox of the renewal, `mailbox_id`, cannot be renewed here any more.

    Where another chat was quicker, `order_number` names the open order that it is in.
    """

    text = "error-mailbox-blocked"

    def __init__(self, mailbox_id: int, order_number: str | None) -> None:
        super().__init__("a mailbox of the renewal is blocked")
        self.mailbox_id = mailbox_id
        self.order_number = order_number


class OfferChanged(ServiceError):
    """What the final button showed has changed since: it is shown and asked again (DOMAIN.md 3.8).

    Attributes:
        old_due: cents that the button showed; `new_due` what is due now. Equal when the amount is the same.
        documents: the documents to accept are others, or have another version.
        dates: a new expiry is another one.

    None of the three may hold: then the choices changed meanwhile in another screen, or the prices of later years.
    """

    def __init__(self, old_due: int, new_due: int, *, documents: bool, dates: bool) -> None:
        super().__init__("the offer changed")
        self.old_due = old_due
        self.new_due = new_due
        self.documents = documents
        self.dates = dates


class NotOffered(ServiceError):
    """Automatic renewal cannot be switched on now, or the terms that were shown are others by now: shown anew."""


class CannotDecline(ServiceError):
    """Of this mailbox it cannot be said now that it is not renewed: its card says why, and the way out."""


class OrderNotOpen(ServiceError):
    """The order does not await payment any more."""

    text = "error-order-not-open"


class OrderPartPaid(ServiceError):
    """Part of the amount has arrived: the order can be paid to the end, not cancelled."""

    text = "error-order-part-paid"


class NotWithdrawable(ServiceError):
    """The order cannot be withdrawn from here: `right` says why, and the screen what else there is."""

    def __init__(self, right: Right) -> None:
        super().__init__(right.value)
        self.right = right


class NothingToExpect(ServiceError):
    """By the order's method a payment is registered at once: that it was made need not be said."""

    text = "paid-nothing-to-expect"


class NothingRecorded(ServiceError):
    """There is no chain of evidence: nothing was recorded, or no such thing exists."""

    text = "evidence-none"


class TermsChanged(ServiceError):
    """What was to be confirmed is otherwise by now, a date for one; nothing was changed, and it is shown anew."""

    text = "error-terms-changed"


class DayOutOfRange(ServiceError):
    """A reminder cannot be put off to that day: it has to be from `first` to `limit`."""

    def __init__(self, first: date, limit: date) -> None:
        super().__init__("the day is out of range")
        self.first = first
        self.limit = limit


class SureNeeded(ServiceError):
    """The last steps before the expiry and the deletion are switched off only after one more confirmation."""


class NoSuchCustomer(ServiceError):
    """No customer has this code."""


class WasForgotten(NoSuchCustomer):
    """The customer who had this code was deleted on the day `on`, and what is kept of it is `now_called`."""

    def __init__(self, on: date, now_called: str) -> None:
        super().__init__("the customer was deleted")
        self.on = on
        self.now_called = now_called


class StillNeeded(ServiceError):
    """A customer cannot be deleted yet: something needs its data, and `obstacles` say what."""

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        super().__init__("the data are still needed")
        self.obstacles = obstacles


class UnusablePhrase(ServiceError):
    """A security phrase is one line of `shortest` to `longest` characters."""

    def __init__(self, shortest: int, longest: int) -> None:
        super().__init__("the phrase cannot be used")
        self.shortest = shortest
        self.longest = longest
