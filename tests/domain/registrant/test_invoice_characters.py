"""What the invoice system does not pass is replaced where there is a plain form, else named (DOMAIN.md 3.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.registrant import INVOICE_TEXTS, Context, ErrorCode, Field, FieldError, HolderKind, clean

COMPANY = Context(HolderKind.COMPANY)
ABROAD = Context(HolderKind.COMPANY, "DE")


@pytest.mark.parametrize(
    ("field", "raw", "read"),
    [
        (Field.BUSINESS_NAME, "\u201cPer\u00f9\u201d \u2013 5 \u20ac", '"Per\u00f9" - 5 EUR'),
        (Field.BUSINESS_NAME, "\u201eBeispiel\u201c GmbH\u2026", '"Beispiel" GmbH...'),
        (
            Field.BUSINESS_NAME,
            "Stra\u00dfe & C\u00f8. \u00abEsempio\u00bb",
            "Stra\u00dfe & C\u00f8. \u00abEsempio\u00bb",
        ),
        (Field.STREET, "Via dell\u2019Olmo 3", "Via dell'Olmo 3"),
        (Field.TOWN, "\u0141\u00f3d\u017a", "L\u00f3dz"),
        (Field.LEGAL_REP, "\u0218tefan \u0110ur\u0111evi\u0107\u2013\u0160kvorc", "Stefan Durdevic-Skvorc"),
        (Field.BUSINESS_NAME, "\u0152uvre \u2022 Prova\u2122", "OEuvre - ProvaTM"),
    ],
)
def test_what_has_a_plain_form_is_replaced(field: Field, raw: str, read: str) -> None:
    assert clean(field, raw, COMPANY) == read


@pytest.mark.parametrize(
    ("field", "raw", "code", "odd"),
    [
        (
            Field.BUSINESS_NAME,
            "Esempio \U0001f600 \u2192 \U0001f600",
            ErrorCode.TEXT_CHARACTERS,
            "\U0001f600 \u2192",
        ),
        (
            Field.TOWN,
            "\u0391\u03b8\u03ae\u03bd\u03b1",
            ErrorCode.TEXT_CHARACTERS,
            "\u0391 \u03b8 \u03ae \u03bd \u03b1",
        ),
        (Field.LEGAL_REP, "Mar1a Ro$$i", ErrorCode.NAME_CHARACTERS, "1 $"),
        (Field.LEGAL_REP, "Maria D'Arco \u20acuro", ErrorCode.NAME_CHARACTERS, "\u20ac"),
    ],
)
def test_what_has_none_is_named(field: Field, raw: str, code: ErrorCode, odd: str) -> None:
    with pytest.raises(FieldError) as caught:
        clean(field, raw, COMPANY)
    assert (caught.value.code, caught.value.odd) == (code, odd)


@given(st.sampled_from(sorted(INVOICE_TEXTS)), st.text(max_size=60), st.sampled_from([COMPANY, ABROAD]))
def test_no_text_brings_anything_beyond_latin_1_onto_an_invoice(
    field: Field, raw: str, context: Context
) -> None:
    try:
        read = clean(field, raw, context)
    except FieldError:
        return
    assert read.encode("latin-1").decode("latin-1") == read
    assert clean(field, read, context) == read


@given(st.text(st.characters(codec="latin-1", categories=["L"]), min_size=1, max_size=40))
def test_letters_of_latin_1_stay_as_they_are(letters: str) -> None:
    assume_plain = letters.replace("\u00ba", "").replace(
        "\u00aa", ""
    )  # ordinal signs become what they stand for
    if assume_plain:
        assert clean(Field.BUSINESS_NAME, assume_plain, COMPANY) == assume_plain
