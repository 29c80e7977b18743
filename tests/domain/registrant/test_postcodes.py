"""Postcode and province that contradict each other are said, and stop nobody (DOMAIN.md 3.5)."""

from dataclasses import replace
from itertools import chain

import pytest

from bot.domain.registrant import Address, Caution, cautions, problems
from bot.domain.registrant.postcodes import PROVINCES_OF, lies_elsewhere
from bot.domain.registrant.provinces import PROVINCES
from tests.domain.registrant.samples import PERSON


@pytest.mark.parametrize(
    ("postcode", "province"),
    [
        ("00118", "RM"),
        ("01100", "VT"),
        ("07026", "OT"),
        ("09016", "SU"),
        ("13900", "BI"),
        ("18025", "CN"),  # Briga Alta
        ("20900", "MB"),
        ("23900", "LC"),
        ("26900", "LO"),
        ("28922", "VB"),
        ("33170", "PN"),
        ("34170", "GO"),
        ("39100", "BZ"),
        ("47921", "RN"),
        ("59100", "PO"),
        ("63900", "FM"),
        ("76121", "BT"),
        ("86170", "IS"),
        ("88900", "KR"),
        ("89900", "VV"),
        ("98168", "ME"),
        ("", "MI"),
        ("20121", ""),
    ],
)
def test_what_belongs_together_is_not_remarked_on(postcode: str, province: str) -> None:
    assert not lies_elsewhere(postcode, province)


@pytest.mark.parametrize(
    ("postcode", "province"),
    [("20121", "RM"), ("00118", "MI"), ("07100", "CN"), ("90121", "CT"), ("59100", "FI")],
)
def test_what_contradicts_each_other_is(postcode: str, province: str) -> None:
    assert lies_elsewhere(postcode, province)


def test_every_province_lies_somewhere_and_nothing_else_does() -> None:
    assert set(chain.from_iterable(PROVINCES_OF.values())) == set(PROVINCES)


def test_a_contradiction_stops_nobody_and_is_no_matter_abroad() -> None:
    astray = replace(PERSON, address=Address("Via Roma 1", "20121", "Roma", "RM", "IT"))
    assert cautions(astray) == (Caution.POSTCODE_ELSEWHERE,)
    assert problems(astray) == ()
    abroad = replace(astray, address=replace(astray.address, country="DE"))
    assert Caution.POSTCODE_ELSEWHERE not in cautions(abroad)
