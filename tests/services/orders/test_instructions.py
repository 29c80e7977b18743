"""How an order is paid (DOMAIN.md 4)."""

from dataclasses import replace

import pytest

from bot.domain.catalogue import Catalogue
from bot.domain.creditor_reference import number_of_reference
from bot.domain.instructions import Instructions, Link, Slip, Transfer, Unknown, instructions_for
from bot.domain.money import Cents
from bot.messages.paying import copies, instructions_text, payer_text
from bot.messages.qr import epc_text
from bot.texts import Texts
from tests.support.catalogue import example_catalogue

CATALOGUE = example_catalogue()
TRANSFER = Transfer(
    names={"it": "Bonifico bancario", "en": "Bank transfer"},
    registration=CATALOGUE.methods["bank_transfer"].registration,
    beneficiary="Posta Esempio S.r.l.",
    iban="IT24F999999999900000ESEMPIO",
    bic="",
    reason="R7K2M-4",
    due=3648,
    commitment_letter=False,
)


def how_to_pay(
    method_id: str, due: Cents = 3648, *, catalogue: Catalogue = CATALOGUE, integrates: bool = False
) -> Instructions:
    """How to pay the order R7K2M-4 by this method."""
    return instructions_for(catalogue, method_id=method_id, number="R7K2M-4", due=due, integrates=integrates)


def with_method(method_id: str, **changes: object) -> Catalogue:
    """The shipped catalogue with one method changed."""
    method = replace(CATALOGUE.methods[method_id], **changes)  # type: ignore[arg-type]
    return replace(CATALOGUE, methods={**CATALOGUE.methods, method_id: method})


@pytest.fixture(scope="module")
def texts() -> Texts:
    """The project's own texts."""
    return Texts.load()


def test_a_transfer_is_for_the_order_number_alone() -> None:
    assert how_to_pay("bank_transfer") == TRANSFER


def test_what_a_first_payment_left_missing_is_paid_with_a_reason_of_its_own() -> None:
    how = how_to_pay("bank_transfer", 648, integrates=True)
    assert how == replace(TRANSFER, due=648, reason="R7K2M-4 integrazione")


def test_a_public_body_sends_a_commitment_letter() -> None:
    how = how_to_pay("pa_transfer", 2990)
    assert isinstance(how, Transfer)
    assert (how.commitment_letter, how.due, how.reason) == (True, 2990, "R7K2M-4")


@pytest.mark.parametrize("method_id", ["slip_preprinted", "slip_ordinary"])
def test_a_slip_names_account_and_holder(method_id: str) -> None:
    method = CATALOGUE.methods[method_id]
    assert how_to_pay(method_id) == Slip(
        method.names, method.registration, "Posta Esempio S.r.l.", "000000000000", "R7K2M-4", 3648
    )


@pytest.mark.parametrize("method_id", ["card", "paypal"])
def test_a_link_carries_order_and_amount(method_id: str) -> None:
    how = how_to_pay(method_id, 122_005)
    path = {"card": "carta", "paypal": "paypal"}[method_id]
    assert isinstance(how, Link)
    assert how.url == f"https://paga.posta.example/{path}?ordine=R7K2M-4&importo=1220.05"


def test_a_method_that_the_catalogue_gave_up_sends_to_the_operator(texts: Texts) -> None:
    how = how_to_pay("barter")
    assert how == Unknown("R7K2M-4", 3648)
    said = instructions_text(texts.translator("it"), CATALOGUE, how)
    assert "assistenza@posta.example" in said
    assert "<code>R7K2M-4</code>" in said


def test_the_accounts_in_force_count_not_those_of_the_order_s_day() -> None:
    moved = with_method("bank_transfer", beneficiary="Nuovo Nome S.r.l.")
    how = how_to_pay("bank_transfer", catalogue=moved)
    assert isinstance(how, Transfer)
    assert how.beneficiary == "Nuovo Nome S.r.l."


def test_the_iban_is_printed_in_groups_of_four() -> None:
    assert TRANSFER.iban_in_groups == "IT24 F999 9999 9990 0000 ESEM PIO"


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "it",
            [
                "<b>Come pagare: Bonifico bancario</b>",
                "Beneficiario: <code>Posta Esempio S.r.l.</code>",
                "IBAN: <code>IT24 F999 9999 9990 0000 ESEM PIO</code>",
                "Causale: <code>R7K2M-4</code>, nient'altro",
                "Importo: <b>36,48 €</b>",
                (
                    "La banca confronta il nome con l'IBAN: se ne mostra un altro, "
                    "è meglio fermarsi e chiedere a Posta Esempio (assistenza@posta.example)."
                ),
            ],
        ),
        (
            "en",
            [
                "<b>How to pay: Bank transfer</b>",
                "Beneficiary: <code>Posta Esempio S.r.l.</code>",
                "IBAN: <code>IT24 F999 9999 9990 0000 ESEM PIO</code>",
                "Payment reference: <code>R7K2M-4</code>, nothing else",
                "Amount: <b>€36.48</b>",
                (
                    "The bank compares the name with the IBAN: if it shows another one, stop and ask Posta Esempio "
                    "(assistenza@posta.example)."
                ),
            ],
        ),
    ],
)
def test_what_has_to_be_copied_is_copied_by_a_tap(texts: Texts, language: str, lines: list[str]) -> None:
    said = instructions_text(texts.translator(language), CATALOGUE, TRANSFER).replace("\u00a0", " ")
    assert said.splitlines() == lines


def test_bic_and_commitment_letter_are_lines_of_their_own_where_there_are_any(texts: Texts) -> None:
    how = replace(TRANSFER, bic="ESEMITM1XXX", commitment_letter=True)
    said = instructions_text(texts.translator("it"), CATALOGUE, how).splitlines()
    assert said[3] == "BIC: <code>ESEMITM1XXX</code>"
    assert said[-1] == (
        "La lettera d'impegno, firmata e con il numero d'ordine, va inviata a Posta Esempio: assistenza@posta.example."
    )


@pytest.mark.parametrize(
    ("language", "line", "for_payer", "button"),
    [
        (
            "it",
            "Riferimento RF: <code>{}</code>, per le banche che hanno un campo apposito",
            "Riferimento RF: {}",
            "Copia riferimento RF",
        ),
        (
            "en",
            "RF reference: <code>{}</code>, for banks that have a field for it",
            "RF reference: {}",
            "Copy RF reference",
        ),
    ],
)
def test_where_the_catalogue_says_so_the_reference_of_iso_11649_stands_beside_the_reason(
    texts: Texts, language: str, line: str, for_payer: str, button: str
) -> None:
    how = how_to_pay("bank_transfer", catalogue=with_method("bank_transfer", creditor_reference=True))
    assert isinstance(how, Transfer)
    assert number_of_reference(how.creditor_reference) == how.reason == "R7K2M-4"
    translator = texts.translator(language)
    said = instructions_text(translator, CATALOGUE, how).splitlines()
    assert said[4] == line.format(how.reference_in_groups)
    assert for_payer.format(how.creditor_reference) in payer_text(translator, how).splitlines()
    copied = copies(translator, how)
    assert copied is not None
    assert copied.creditor_reference == how.creditor_reference
    assert translator.plain("paying-copy-creditor-reference") == button
    assert epc_text(how) == epc_text(TRANSFER)  # the picture says the reason, as ever


def test_an_order_that_lacks_a_rest_has_the_reference_of_its_number() -> None:
    catalogue = with_method("bank_transfer", creditor_reference=True)
    how = how_to_pay("bank_transfer", 648, catalogue=catalogue, integrates=True)
    assert isinstance(how, Transfer)
    assert number_of_reference(how.creditor_reference) == "R7K2M-4"
