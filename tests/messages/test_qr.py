"""The picture of a transfer, read back as banks' apps do, by two decoders that share nothing (DOMAIN.md 4)."""

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.instructions import Transfer
from bot.messages.qr import epc_text, transfer_qr
from tests.support.catalogue import example_catalogue

TRANSFER = Transfer(
    names={"it": "Bonifico bancario", "en": "Bank transfer"},
    registration=example_catalogue().methods["bank_transfer"].registration,
    beneficiary="Posta Esempio S.r.l.",
    iban="IT24F999999999900000ESEMPIO",
    bic="",
    reason="R7K2M-4",
    due=3648,
    commitment_letter=False,
)
LONGEST = replace(
    TRANSFER, beneficiary="Società È" * 7 + "à" * 7, reason="R" * 140, due=99_999_999_999, bic="ESEMITM1XXX"
)
EUROPEAN = st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("C", "Z"))


def by_zxing(png: bytes) -> str:
    """What ZXing reads."""
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert image is not None
    (found,) = zxingcpp.read_barcodes(image)
    return str(found.text)


def by_opencv(png: bytes) -> str:
    """What OpenCV reads."""
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return str(cv2.QRCodeDetector().detectAndDecode(image)[0])


@pytest.mark.parametrize(
    ("transfer", "said"),
    [
        (
            TRANSFER,
            "BCD\n002\n1\nSCT\n\nPosta Esempio S.r.l.\nIT24F999999999900000ESEMPIO\nEUR36.48\n\n\nR7K2M-4",
        ),
        (
            replace(TRANSFER, bic="ESEMITM1XXX", due=10_000, beneficiary="Posta dell'Età è più S.r.l."),
            (
                "BCD\n002\n1\nSCT\nESEMITM1XXX\nPosta dell'Età è più S.r.l.\nIT24F999999999900000ESEMPIO\nEUR100.00"
                "\n\n\nR7K2M-4"
            ),
        ),
        (
            replace(
                TRANSFER, beneficiary="Müller & Søn & Cª, Łódź S.p.A.", reason="R7K2M-4 integrazione", due=1
            ),
            (
                "BCD\n002\n1\nSCT\n\nMüller & Søn & Cª, Łódź S.p.A.\nIT24F999999999900000ESEMPIO\nEUR0.01"
                "\n\n\nR7K2M-4 integrazione"
            ),
        ),
    ],
)
def test_two_decoders_read_what_is_meant(transfer: Transfer, said: str) -> None:
    png = transfer_qr(transfer)
    assert by_zxing(png) == by_opencv(png) == said


def test_the_longest_values_fit_and_are_read() -> None:
    assert len(LONGEST.beneficiary) == 70
    assert by_zxing(transfer_qr(LONGEST)) == epc_text(LONGEST)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"due": 0}, "the amount must be from 0.01 to 999999999.99"),
        ({"due": 100_000_000_000}, "the amount must be from 0.01 to 999999999.99"),
        ({"beneficiary": "E" * 71}, "the beneficiary must have 1 to 70 characters"),
        ({"beneficiary": ""}, "the beneficiary must have 1 to 70 characters"),
        ({"reason": "R" * 141}, "the reason must have 1 to 140 characters"),
        ({"reason": ""}, "the reason must have 1 to 140 characters"),
        ({"iban": "IT24F999999999900000ESEMPIA"}, "the IBAN is not valid"),
        ({"reason": "R7K2M-4\nEUR1.00"}, "a value has more than one line"),
        ({"beneficiary": "漢" * 70, "reason": "漢" * 140}, "above 13"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_cut(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        transfer_qr(replace(TRANSFER, **changes))


@given(
    name=st.text(
        st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("C", "Z")),
        min_size=1,
        max_size=40,
    ),
    due=st.integers(1, 99_999_999_999),
)
@settings(max_examples=20, deadline=None)
def test_any_european_name_is_read_back(name: str, due: int) -> None:
    transfer = replace(TRANSFER, beneficiary=name, due=due)
    assert by_zxing(transfer_qr(transfer)) == epc_text(transfer)
