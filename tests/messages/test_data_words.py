"""The page of one's own data, and what the operator is told of a payment, say in words what the program calls by names.

A customer read `natural_person` and `instant_transfer` there.
"""

import pytest

from bot.domain.catalogue import Catalogue, DocumentId
from bot.domain.invoices import DocumentKind
from bot.domain.orders import OrderStatus
from bot.domain.registrant import HolderKind
from bot.domain.reminders import MuteLevel
from bot.messages.data_words import data_word, method_name
from bot.messages.render import CHAT_MESSAGES
from bot.services.payments.ledger import PaymentKind
from bot.services.sending.outbox import Channel, Result
from bot.texts import Translator
from tests.support.catalogue import example_catalogue

VALUES = [
    *(("kind", each.value) for each in HolderKind),
    *(("kind", each) for each in ("plan", "extra_mailbox", "extra_archive", "kit", "shipping")),
    *(("state", each.value) for each in OrderStatus),
    *(("state", each.value) for each in Result if each is not Result.RETRY),
    *(("state", each) for each in ("due", "claimed")),
    *(("what", each.value) for each in (*PaymentKind, *DocumentKind)),
    *(("what", each) for each in ("automatic renewal", "renewing", "own data", "data by the operator")),
    *(("what", each) for each in ("deletion of the chat", "deletion of the customer")),
    *(("document", each.value) for each in DocumentId),
    *(("level", each.value) for each in MuteLevel),
    *(("by", each.value) for each in Channel if each is not Channel.EVENT),
    *(("email_reminders", each) for each in ("all", "last", "none")),
    *(("to", each) for each in ("on", "off", "way", "stop", "go")),
    *(("notice_by", each) for each in ("chat", "mail")),
    *(("language", each) for each in ("it", "en")),
    *(("message", each.NAME) for each in CHAT_MESSAGES),
]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The shipped one."""
    return example_catalogue()


def test_what_the_program_calls_by_a_name_is_said_in_words(
    translator: Translator, catalogue: Catalogue
) -> None:
    for name, value in VALUES:
        said = data_word(translator, catalogue, name, value)
        assert said, (name, value)
        assert "_" not in said, (name, value)
        # English has some of the program's words; the Italian page has one.
        assert translator.locale.value == "en" or said != value or value == "chat", (name, value)


def test_what_the_catalogue_names_is_called_as_there(translator: Translator, catalogue: Catalogue) -> None:
    locale = translator.locale.value
    for method in catalogue.methods.values():
        assert data_word(translator, catalogue, "method", method.id) == method.names[locale]
    for plan in catalogue.plans.values():
        for name in ("plan", "what"):
            assert data_word(translator, catalogue, name, plan.id) == plan.names[locale]
    for kit in catalogue.kits.values():
        for name in ("kit", "what"):
            assert data_word(translator, catalogue, name, kit.id) == kit.names[locale]


def test_what_somebody_wrote_stays_as_it_is(translator: Translator, catalogue: Catalogue) -> None:
    for name, value in (
        ("street", "Via natural_person 3"),
        ("security_phrase", "on"),
        ("to", "rossi@example.com"),
        ("kit", "a kit that the catalogue has given up"),
    ):
        assert data_word(translator, catalogue, name, value) == value


def test_a_method_that_nobody_knows_is_said_as_it_came(translator: Translator, catalogue: Catalogue) -> None:
    assert method_name(translator, catalogue, "contrassegno") == "contrassegno"


def test_a_field_that_a_customer_set_is_called_as_on_the_page(
    translator: Translator, catalogue: Catalogue
) -> None:
    for field in ("reference_email", "phone", "auto_renew", "recipient_code"):
        assert data_word(translator, catalogue, "field", field) != field
