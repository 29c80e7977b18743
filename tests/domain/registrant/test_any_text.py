"""Whatever is typed: a value that stays when cleaned again, or a `FieldError`; records survive JSON."""

import json
import string
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.registrant import (
    Address,
    Context,
    Field,
    FieldError,
    Form,
    HolderKind,
    KitHolder,
    Registrant,
    ShippingAddress,
    clean,
    clean_field,
    form_fields,
    review,
)
from bot.domain.registrant.countries import COUNTRIES
from bot.domain.registrant.text import tidy_line

INVISIBLE = "\u200b\u202e\ufeff\u00ad\u0000\u00a0\u2003\ud800"
ODD = "\u00b4\u00a8\u0301\u2019\u00ba\u00df\u0131\ufb01\uff10\u0660" + INVISIBLE
texts = st.one_of(
    st.text(),
    st.text(alphabet=string.printable + ODD),
    st.text(alphabet=string.digits + "+-./ ()"),
    st.text(alphabet=string.ascii_letters + string.digits, min_size=1, max_size=18),
    st.from_regex(r"[a-z.\-']{1,8}@[a-z0-9\-]{1,8}\.[a-z]{2,4}", fullmatch=True),
)
contexts = st.builds(Context, st.sampled_from(HolderKind), st.sampled_from([*sorted(COUNTRIES), "", "??"]))
everywhere = st.one_of(contexts, st.builds(Context, st.sampled_from(HolderKind)))


def outcome_of(check: Callable[[str], str], raw: str) -> str | FieldError:
    try:
        return check(raw)
    except FieldError as error:
        return error


@given(st.data(), st.sampled_from(Form), everywhere, texts)
def test_any_text_is_cleaned_or_refused_and_stays_clean(
    data: st.DataObject, form: Form, context: Context, raw: str
) -> None:
    field = data.draw(st.sampled_from(form_fields(form, context)))
    outcome = outcome_of(lambda text: clean_field(form, field, text, context), raw)
    if isinstance(outcome, FieldError):
        assert outcome.field is field
        assert len(outcome.value) <= 60
        assert outcome.value.encode().decode() == outcome.value  # can be sent
    else:
        assert clean_field(form, field, outcome, context) == outcome
        assert outcome.isprintable()
        assert len(outcome) <= 254


@given(everywhere, st.sampled_from(Field), texts, st.booleans())
def test_nothing_but_a_field_error_comes_out_of_clean(
    context: Context, field: Field, raw: str, required: bool
) -> None:
    outcome = outcome_of(lambda text: clean(field, text, context, required=required), raw)
    if isinstance(outcome, FieldError):
        assert outcome.field is field
    else:
        assert clean(field, outcome, context, required=required) == outcome


@given(texts)
@example("\u00b4")
@example("a\u200b\u0301")
def test_tidying_twice_changes_nothing(raw: str) -> None:
    tidied = tidy_line(raw)
    assert tidy_line(tidied) == tidied
    assert tidied == tidied.strip()


def test_a_megabyte_of_text_is_refused_without_being_read() -> None:
    for field in Field:
        with pytest.raises(FieldError) as caught:
            clean(field, "9" * 1_000_000, Context())
        assert len(caught.value.value) == 60


addresses = st.builds(Address, *[st.text(max_size=20)] * 5)
registrants = st.builds(
    Registrant,
    kind=st.sampled_from(HolderKind),
    address=addresses,
    split_payment=st.booleans(),
    **{
        name: st.text(max_size=20)
        for name in (
            "first_name",
            "business_name",
            "tax_code",
            "phone",
            "recipient_code",
            "recipient_pec",
            "cig",
        )
    },
)


@given(registrants)
def test_a_registrant_survives_json(registrant: Registrant) -> None:
    assert Registrant.from_json(json.loads(json.dumps(registrant.to_json()))) == registrant


@given(st.builds(KitHolder, *[st.text(max_size=20)] * 5))
def test_a_kit_holder_survives_json(holder: KitHolder) -> None:
    assert KitHolder.from_json(json.loads(json.dumps(holder.to_json()))) == holder


@given(st.builds(ShippingAddress, st.text(max_size=20), addresses))
def test_a_shipping_address_survives_json(shipping: ShippingAddress) -> None:
    assert ShippingAddress.from_json(json.loads(json.dumps(shipping.to_json()))) == shipping


@given(registrants)
def test_any_record_can_be_reviewed_and_reviewing_again_changes_nothing(registrant: Registrant) -> None:
    understood, errors = review(registrant)
    assert review(understood) == (understood, errors)
