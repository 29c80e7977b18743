"""Every error, caution, field, category and route has its words, in both languages."""

import pytest

from bot.domain.registrant import (
    Caution,
    Context,
    ErrorCode,
    Field,
    HolderKind,
    InvoiceRoute,
    KitHolderField,
    ShippingField,
    Worded,
    text_key,
)
from bot.texts import Texts
from bot.texts.markup import markup_error

TEXTS = Texts.load()
NAMED: tuple[Worded, ...] = (*Field, *KitHolderField, *ShippingField, *HolderKind, *InvoiceRoute)


@pytest.mark.parametrize("locale", ["it", "en"])
@pytest.mark.parametrize("code", ErrorCode)
def test_an_error_says_the_value_and_what_to_do(locale: str, code: ErrorCode) -> None:
    text = TEXTS.translator(locale).html(text_key(code), value="<Rossi & C.>", example="<Bianchi>")
    assert markup_error(text) is None
    if code is not ErrorCode.REQUIRED:
        assert "<b>&lt;Rossi &amp; C.&gt;</b>" in text
    assert text.endswith(".")
    assert "\n" not in text
    assert len(text) < 400


@pytest.mark.parametrize("locale", ["it", "en"])
@pytest.mark.parametrize("caution", Caution)
def test_a_caution_names_what_it_is_about(locale: str, caution: Caution) -> None:
    text = TEXTS.translator(locale).html(text_key(caution), value="a@pec.example")
    assert markup_error(text) is None
    assert "<b>a@pec.example</b>" in text


@pytest.mark.parametrize("locale", ["it", "en"])
@pytest.mark.parametrize("thing", NAMED)
def test_everything_has_a_name(locale: str, thing: Worded) -> None:
    name = TEXTS.translator(locale).plain(text_key(thing))
    assert name
    assert not name.endswith(".")


def test_the_invoice_code_of_a_public_body_has_its_own_name() -> None:
    assert text_key(Field.RECIPIENT_CODE, Context(HolderKind.COMPANY)) == "field-recipient-code"
    assert text_key(Field.RECIPIENT_CODE, Context(HolderKind.PUBLIC_ADMINISTRATION)) == "field-office-code"
    assert text_key(Field.PHONE, Context(HolderKind.PUBLIC_ADMINISTRATION)) == "field-phone"
    for locale in TEXTS.locales:
        assert TEXTS.translator(locale).has("field-office-code")


def test_keys_are_made_in_one_way() -> None:
    assert text_key(ErrorCode.TAX_CODE_CHECK) == "error-tax-code-check"
    assert text_key(HolderKind.NATURAL_PERSON) == "kind-natural-person"
    assert text_key(InvoiceRoute.PEC) == "route-pec"
    assert text_key(Caution.EMAIL_IS_EXPIRING_PEC) == "caution-email-is-expiring-pec"


def test_the_words_of_a_wrong_tax_code() -> None:
    text = TEXTS.translator("it").html(
        text_key(ErrorCode.TAX_CODE_CHECK), value="RSSMRA85T10A562X", example=""
    )
    assert text == (
        "<b>RSSMRA85T10A562X</b> non \u00e8 un codice fiscale valido: l'ultimo carattere non torna. "
        "Controlla sulla tessera sanitaria e scrivilo di nuovo."
    )
