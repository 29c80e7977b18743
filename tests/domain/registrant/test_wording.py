"""Every error, caution, field, category and route has its words, in both languages."""

from enum import StrEnum

import pytest

from bot.domain.registrant import (
    Caution,
    ErrorCode,
    Field,
    HolderKind,
    InvoiceRoute,
    KitHolderField,
    ShippingField,
)
from bot.texts import Texts
from bot.texts.markup import markup_error

TEXTS = Texts.load()
LABELS = [
    *(("field", field) for forms in (Field, KitHolderField, ShippingField) for field in forms),
    *(("kind", kind) for kind in HolderKind),
    *(("route", route) for route in InvoiceRoute),
]


def key(prefix: str, thing: StrEnum) -> str:
    return f"{prefix}-{thing.value.replace('_', '-')}"


@pytest.mark.parametrize("locale", ["it", "en"])
@pytest.mark.parametrize("code", ErrorCode)
def test_an_error_says_the_value_and_what_to_do(locale: str, code: ErrorCode) -> None:
    text = TEXTS.translator(locale).html(
        key("error", code), value="<Rossi & C.>", example="<Bianchi>", odd="<&>"
    )
    assert markup_error(text) is None
    if code is not ErrorCode.REQUIRED:
        assert "<b>&lt;Rossi &amp; C.&gt;</b>" in text
    assert text.endswith(".")
    assert "\n" not in text
    assert len(text) < 400


@pytest.mark.parametrize("locale", ["it", "en"])
@pytest.mark.parametrize("caution", Caution)
def test_a_caution_names_what_it_is_about(locale: str, caution: Caution) -> None:
    text = TEXTS.translator(locale).html(key("caution", caution), value="a@pec.example")
    assert markup_error(text) is None
    assert "<b>a@pec.example</b>" in text


@pytest.mark.parametrize("locale", ["it", "en"])
@pytest.mark.parametrize(("prefix", "thing"), LABELS)
def test_everything_has_a_name(locale: str, prefix: str, thing: StrEnum) -> None:
    name = TEXTS.translator(locale).plain(key(prefix, thing))
    assert name
    assert not name.endswith(".")


@pytest.mark.parametrize("locale", ["it", "en"])
def test_the_invoice_code_of_a_public_body_has_its_own_name(locale: str) -> None:
    assert "codice univoco ufficio" in TEXTS.translator(locale).plain("field-office-code")


def test_the_words_of_a_wrong_tax_code() -> None:
    wrong = key("error", ErrorCode.TAX_CODE_CHECK)
    assert TEXTS.translator("it").html(wrong, value="RSSMRA85T10A562X", example="") == (
        "<b>RSSMRA85T10A562X</b> non \u00e8 un codice fiscale valido: l'ultimo carattere non torna. "
        "Controlla sulla tessera sanitaria e scrivilo di nuovo."
    )
