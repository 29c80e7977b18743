"""Kit holder and shipping address (DOMAIN.md 3.4), and the forms that ask one field at a time."""

from dataclasses import replace

import pytest

from bot.domain.registrant import (
    Address,
    Caution,
    Context,
    ErrorCode,
    Field,
    FieldError,
    FieldNotAsked,
    Form,
    HolderKind,
    KitHolder,
    KitHolderField,
    MalformedRecord,
    ShippingAddress,
    ShippingField,
    clean_field,
    edit_kit_holder,
    edit_shipping,
    field_named,
    field_required,
    fields_for,
    form_fields,
    kit_holder_cautions,
    kit_holder_problems,
    shipping_problems,
)
from tests.domain.registrant.samples import COMPANY_CODE, KIT_HOLDER, PERSON_CODE, SHIPPING

COMPANY = Context(HolderKind.COMPANY)


def test_a_complete_kit_holder_and_address_have_no_problems() -> None:
    assert kit_holder_problems(KIT_HOLDER) == ()
    assert shipping_problems(SHIPPING) == ()


def test_a_tax_code_of_somebody_else_is_worth_a_word_and_no_more() -> None:
    assert kit_holder_cautions(KIT_HOLDER) == ()
    assert kit_holder_cautions(KitHolder()) == (), "nothing is compared with nothing"
    other = replace(KIT_HOLDER, first_name="Paola", last_name="Bianchi")
    assert kit_holder_cautions(other) == (Caution.TAX_CODE_NAME_MISMATCH,)
    assert kit_holder_problems(other) == ()


def test_everything_about_the_kit_holder_is_required_in_order() -> None:
    errors = kit_holder_problems(KitHolder())
    assert [(error.field, error.code) for error in errors] == [
        (field, ErrorCode.REQUIRED) for field in KitHolderField
    ]


@pytest.mark.parametrize(
    ("field", "raw", "code"),
    [
        (KitHolderField.FIRST_NAME, "M4ria", ErrorCode.NAME_CHARACTERS),
        (KitHolderField.LAST_NAME, "\u0418\u0432\u0430\u043d", ErrorCode.NAME_CHARACTERS),
        (KitHolderField.LAST_NAME, "-", ErrorCode.LETTERS_MISSING),
        (KitHolderField.LAST_NAME, "R" * 61, ErrorCode.TOO_LONG),
        (KitHolderField.TAX_CODE, COMPANY_CODE, ErrorCode.TAX_CODE_FINAL_LENGTH),  # a natural person only
        (KitHolderField.EMAIL, "maria", ErrorCode.EMAIL_SYNTAX),
        (KitHolderField.MOBILE, "02 12345678", ErrorCode.PHONE_NOT_MOBILE),
        (KitHolderField.MOBILE, "333", ErrorCode.PHONE_INVALID),
    ],
)
def test_what_a_kit_holder_can_get_wrong(field: KitHolderField, raw: str, code: ErrorCode) -> None:
    with pytest.raises(FieldError) as caught:
        edit_kit_holder(KIT_HOLDER, field, raw)
    assert (caught.value.field, caught.value.code) == (field, code)
    assert kit_holder_problems(edit_kit_holder(KIT_HOLDER, field, caught.value.example)) == ()
    assert [error.code for error in kit_holder_problems(KIT_HOLDER.with_text(field, raw))] == [code]


def test_a_kit_holder_is_filled_in_field_by_field() -> None:
    holder = KitHolder()
    for field, raw in zip(
        KitHolderField,
        ["Maria", "D\u2019Angelo", "rssmra85t50a562w", "Maria@Example.com", "333 1234567"],
        strict=True,
    ):
        holder = edit_kit_holder(holder, field, raw)
    assert holder == KitHolder("Maria", "D'Angelo", PERSON_CODE, "maria@example.com", "+393331234567")


def test_an_address_is_judged_by_the_country_it_is_in() -> None:
    abroad = edit_shipping(SHIPPING, ShippingField.COUNTRY, "Svizzera")
    abroad = edit_shipping(abroad, ShippingField.POSTCODE, "6900")
    abroad = edit_shipping(abroad, ShippingField.PROVINCE, "")
    assert shipping_problems(abroad) == ()
    errors = shipping_problems(abroad.with_text(ShippingField.COUNTRY, "IT"))
    assert [(error.field, error.code) for error in errors] == [
        (ShippingField.POSTCODE, ErrorCode.POSTCODE_FORMAT),
        (ShippingField.PROVINCE, ErrorCode.REQUIRED),
    ]


def test_shipping_fields_read_and_write_the_address() -> None:
    shipping = ShippingAddress()
    for field, raw in zip(
        ShippingField, ["Studio Esempio", "Via Roma 12", "20121", "Milano", "mi", "it"], strict=True
    ):
        shipping = edit_shipping(shipping, field, raw)
    assert shipping == SHIPPING
    assert [shipping.text_of(field) for field in ShippingField] == [
        "Studio Esempio",
        "Via Roma 12",
        "20121",
        "Milano",
        "MI",
        "IT",
    ]


def test_kit_records_are_read_back_strictly() -> None:
    assert KitHolder.from_json(KIT_HOLDER.to_json()) == KIT_HOLDER
    assert ShippingAddress.from_json(SHIPPING.to_json()) == SHIPPING
    for wrong in ({}, KIT_HOLDER.to_json() | {"extra": ""}, KIT_HOLDER.to_json() | {"email": None}):
        with pytest.raises(MalformedRecord):
            KitHolder.from_json(wrong)
        with pytest.raises(MalformedRecord):
            ShippingAddress.from_json(wrong)


def test_each_form_lists_its_fields() -> None:
    assert form_fields(Form.REGISTRANT, COMPANY) == fields_for(HolderKind.COMPANY, "IT")
    assert form_fields(Form.KIT_HOLDER, COMPANY) == tuple(KitHolderField)
    assert form_fields(Form.SHIPPING, COMPANY) == tuple(ShippingField)


@pytest.mark.parametrize("form", Form)
def test_a_field_is_found_by_the_name_on_its_button(form: Form) -> None:
    for field in form_fields(form, COMPANY):
        assert field_named(form, field.value, COMPANY) is field
    for name in ("", "password", "cig"):
        with pytest.raises(FieldNotAsked):
            field_named(form, name, COMPANY)
        with pytest.raises(FieldNotAsked):
            clean_field(form, name, "x", COMPANY)


@pytest.mark.parametrize(
    ("form", "field", "raw", "expected"),
    [
        (Form.REGISTRANT, Field.TAX_CODE, "IT12345679992", COMPANY_CODE),
        (Form.REGISTRANT, "phone", "02 12345678", "+390212345678"),
        (Form.KIT_HOLDER, KitHolderField.TAX_CODE, "rssmra85t50a562w", PERSON_CODE),
        (Form.KIT_HOLDER, "mobile", "333 1234567", "+393331234567"),
        (Form.SHIPPING, ShippingField.NAME, " Studio  Esempio ", "Studio Esempio"),
        (Form.SHIPPING, "province", "milano", "MI"),
    ],
)
def test_one_question_of_any_form(
    form: Form, field: Field | KitHolderField | ShippingField | str, raw: str, expected: str
) -> None:
    assert clean_field(form, field, raw, COMPANY) == expected


def test_required_fields_of_every_form() -> None:
    abroad = replace(COMPANY, country="GB")
    assert field_required(Field.VAT_NUMBER, COMPANY)
    assert not field_required(Field.RECIPIENT_PEC, COMPANY)
    assert all(field_required(field, abroad) for field in KitHolderField)
    assert all(field_required(field, COMPANY) for field in ShippingField)
    assert {field for field in ShippingField if not field_required(field, abroad)} == {
        ShippingField.POSTCODE,
        ShippingField.PROVINCE,
    }
    assert clean_field(Form.SHIPPING, ShippingField.POSTCODE, "", abroad) == ""


def test_an_address_defaults_to_italy() -> None:
    assert Address().country == "IT"
    assert ShippingAddress().address == Address()
