"""The windows of every dialog. The names are stored with open conversations: they are a schema, never renamed.

A test keeps the list; a window that is taken away leaves its state here until no conversation can stand in it.
"""

from aiogram.fsm.state import State, StatesGroup


class RenewalStates(StatesGroup):
    """The renewal, step by step (DOMAIN.md 3)."""

    holder = State()
    mailboxes = State()
    unavailable = State()
    offer = State()
    item = State()
    plan = State()
    plan_change = State()
    archive_loss = State()
    space = State()
    kit = State()
    kit_holder = State()
    shipping = State()
    registrant = State()
    registrant_fields = State()
    recipient = State()
    field = State()
    payment = State()
    auto_renew = State()
    years = State()
    recap = State()
    recap_lines = State()
    edit = State()
    placed = State()
    leave = State()
    email = State()
    email_code = State()


class OrderStates(StatesGroup):
    """My orders (DOMAIN.md 4)."""

    list = State()
    order = State()
    lines = State()
    cancel = State()
    methods = State()
    method = State()
    withdraw = State()
    withdraw_email = State()
    withdraw_confirm = State()
    withdrawn = State()


class CardStates(StatesGroup):
    """The card of one mailbox."""

    card = State()
    decline = State()


class LinkStates(StatesGroup):
    """Linking the chat by a code that is mailed (DOMAIN.md 2.2)."""

    email = State()
    code = State()


class LeavingStates(StatesGroup):
    """Deleting everything of a customer (DOMAIN.md 7, "Data")."""

    whose = State()
    terms = State()
    code = State()


class SettingsStates(StatesGroup):
    """Language, reminders and security phrase (DOMAIN.md 6)."""

    menu = State()
    language = State()
    steps = State()
    step_off = State()
    mailboxes = State()
    mailbox = State()
    silence = State()
    day = State()
    automatic = State()
    phrase = State()
    phrase_remove = State()
    email = State()
    email_code = State()
